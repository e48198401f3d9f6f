"""Routes of what was agreed with werkgevers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Page, PageRequest, Uitvoer, page, problems
from services.plaatsing.api.vormen import Lezen, Omschrijving, Plaatsen
from services.plaatsing.api.werkgevers import WERKGEVER, WerkgeverId
from services.plaatsing.domain import fouten
from services.plaatsing.domain.afspraak import Afspraak, Afspraaksoort
from services.plaatsing.store import afspraken
from services.plaatsing.use_cases.leg_afspraak_vast import leg_afspraak_vast
from services.plaatsing.use_cases.zie_afspraken_in import zie_afspraken_in

router = APIRouter(tags=["Werkgevers"])

AFSPRAKEN: Final = WERKGEVER + "/afspraken"
AfspraakId = Annotated[UUID, Path(alias="afspraakId", description="Het nummer van de afspraak.")]
AfsprakenPaginering = Annotated[PageRequest, page(date, UUID)]


class AfspraakInvoer(Invoer):
    """Wat met een werkgever is afgesproken."""

    soort: Annotated[Afspraaksoort, Field(description="Waar de afspraak over gaat.")]
    gemaakt_op: Annotated[Datum, Field(description="De dag waarop de afspraak is gemaakt.")]
    tot_en_met: Annotated[
        Datum | None, Field(description="De laatste dag; leeg als er geen einde is afgesproken.")
    ] = None
    omschrijving: Annotated[
        Omschrijving, Field(description="Wat is afgesproken. Noem geen namen van mensen.")
    ]

    def naar_afspraak(self, werkgever_id: UUID) -> Afspraak:
        return Afspraak(
            afspraak_id=uuid4(),
            werkgever_id=werkgever_id,
            soort=self.soort,
            gemaakt_op=self.gemaakt_op,
            omschrijving=self.omschrijving,
            tot_en_met=self.tot_en_met,
        )


class AfspraakUitvoer(Uitvoer):
    """Wat met een werkgever is afgesproken."""

    afspraak_id: UUID
    werkgever_id: UUID
    soort: Afspraaksoort
    gemaakt_op: date
    tot_en_met: date | None
    omschrijving: str

    @classmethod
    def van(cls, afspraak: Afspraak) -> AfspraakUitvoer:
        return cls(
            afspraak_id=afspraak.afspraak_id,
            werkgever_id=afspraak.werkgever_id,
            soort=afspraak.soort,
            gemaakt_op=afspraak.gemaakt_op,
            tot_en_met=afspraak.tot_en_met,
            omschrijving=afspraak.omschrijving,
        )


class AfsprakenPagina(Page[AfspraakUitvoer]):
    """Afspraken, de oudste eerst."""


@router.post(
    AFSPRAKEN,
    status_code=201,
    response_model=AfspraakUitvoer,
    responses=problems(NietGevonden, fouten.NietBevoegd, fouten.OngeldigeAfspraak),
)
async def leg_een_afspraak_vast(
    werkgever_id: WerkgeverId, invoer: AfspraakInvoer, opdracht: Plaatsen
) -> Response:
    """Leg een afspraak met een werkgever vast

    Met een werkgever die uw organisatie heeft vastgelegd. Een nieuwe afspraak vervangt geen
    eerdere.
    """
    return await opdracht.run(
        lambda uow: leg_afspraak_vast(uow, invoer.naar_afspraak(werkgever_id)),
        answer=AfspraakUitvoer.van,
        location=lambda a: f"/werkgevers/{werkgever_id}/afspraken/{a.afspraak_id}",
    )


@router.get(
    AFSPRAKEN,
    response_model=AfsprakenPagina,
    responses=problems(NietGevonden, fouten.NietBevoegd),
)
async def lijst_afspraken(
    werkgever_id: WerkgeverId, vraag: Lezen, pagina: AfsprakenPaginering
) -> Response:
    """Geef de afspraken met een werkgever

    Voor wie de werkgever beheert, en voor WSD.
    """
    return await vraag.page(
        pagina,
        lambda uow: zie_afspraken_in(uow, werkgever_id, na=pagina.after, aantal=pagina.fetch),
        answer=AfspraakUitvoer.van,
        key=lambda afspraak: (afspraak.gemaakt_op, afspraak.afspraak_id),
    )


@router.get(
    AFSPRAKEN + "/{afspraakId}", response_model=AfspraakUitvoer, responses=problems(NietGevonden)
)
async def geef_afspraak(
    werkgever_id: WerkgeverId, afspraak_id: AfspraakId, vraag: Lezen
) -> Response:
    """Geef een afspraak met een werkgever"""
    return await vraag.run(
        lambda uow: afspraken.haal(uow, werkgever_id, afspraak_id), answer=AfspraakUitvoer.van
    )
