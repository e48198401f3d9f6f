"""The letter of a besluit, for who prints and sends it, or puts it in a dossier."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Response

from chassis.clock import local_date
from chassis.letters import BRIEF, Brief
from chassis.unit_of_work import Reading
from chassis.web import NietGevonden, Query, problems, query
from chassis.web.documents import DOCUMENT_CONTENT, HTML, PDF, document_response
from services.intake import persoonsgegevens, store
from services.intake.api.besluitgevolgen import BESLUIT, BesluitId
from services.intake.api.vormen import KandidaatId
from services.intake.brieven import stel_op
from services.intake.gemeenten import gemeenten

router = APIRouter(tags=["Besluiten"])

InzienAlsBrief = Annotated[Query, query("intake.persoonsgegevens.lezen", media_types=(HTML, PDF))]

_ANTWOORDEN: Final[dict[int | str, dict[str, Any]]] = {200: {"content": DOCUMENT_CONTENT}}


@router.get(
    BESLUIT + "/brief",
    response_class=Response,
    response_model=None,
    responses={**_ANTWOORDEN, **problems(NietGevonden)},
)
async def geef_brief(
    kandidaat_id: KandidaatId, besluit_id: BesluitId, vraag: InzienAlsBrief
) -> Response:
    """Geef de brief bij een besluit

    Als HTML, of met `Accept: application/pdf` als toegankelijke PDF (PDF/UA-1 en PDF/A-2a). In de
    brief staan persoonsgegevens en de motivering: elke inzage wordt vastgelegd.
    """
    brief, nu = await vraag.read(lambda uow: _stel_op(uow, kandidaat_id, besluit_id))
    if brief is None:
        raise NietGevonden
    return await document_response(
        BRIEF, brief, vraag.media_type, name=f"besluit-{besluit_id}", made_at=nu
    )


async def _stel_op(
    uow: Reading, kandidaat_id: UUID, besluit_id: UUID
) -> tuple[Brief | None, datetime]:
    bewaard = await store.haal(uow, kandidaat_id)
    genomen = bewaard.kandidaat.ooit_genomen(besluit_id) if bewaard else None
    if genomen is None:
        return None, uow.now
    gegevens = await persoonsgegevens.zie_in(uow, kandidaat_id, wat="brief")
    if gegevens is None:
        return None, uow.now
    college = gemeenten().colleges[genomen.besluit.college]
    return stel_op(genomen, gegevens, college, local_date(uow.now)), uow.now
