"""The reports of a planregie, and who agrees with them."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import Command, Invoer, NietGevonden, Query, command, problems, query
from services.diagnose.api.planregies import PLANREGIE, PlanregieId, RapportageUitvoer
from services.diagnose.api.vormen import DossierId, Medewerker, Planregisseur, Tekst
from services.diagnose.domain import fouten
from services.diagnose.domain.planregie import Akkoordrol, Rapportagesoort
from services.diagnose.planregierapport import RAPPORT
from services.diagnose.planregierapport.inhoud import schrijf
from services.diagnose.store import planregies
from services.diagnose.use_cases.accordeer_rapportage import accordeer_rapportage
from services.diagnose.use_cases.maak_rapportage import maak_rapportage

router = APIRouter(tags=["Planregie"])

RAPPORTAGES: Final = PLANREGIE + "/rapportages"
RAPPORTAGE: Final = RAPPORTAGES + "/{rapportageId}"
HTML: Final = "text/html"
PDF: Final = "application/pdf"

InzienAlsDocument = Annotated[Query, query("diagnose.lezen", media_types=(HTML, PDF))]
Akkoordgever = Annotated[
    Command, command("diagnose.schrijven", roles={"klantmanager", "planregisseur"})
]
RapportageId = Annotated[
    UUID, Path(alias="rapportageId", description="Het nummer van de rapportage.")
]

_ANTWOORDEN: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {
            HTML: {"schema": {"type": "string"}},
            PDF: {"schema": {"type": "string", "contentMediaType": PDF}},
        }
    }
}


class RapportageInvoer(Invoer):
    """Wat de planregisseur in woorden toevoegt; de rest komt uit wat is vastgelegd."""

    soort: Rapportagesoort
    samenvatting: Annotated[Tekst, Field(description="Hoe het gaat, in enkele zinnen.")]
    vervolg: Annotated[Tekst, Field(description="Wat er nu gebeurt, en wie dat doet.")]


class AkkoordInvoer(Invoer):
    """Wie accordeert; de organisatie en de rol staan in het token."""

    medewerker: Medewerker


@router.post(
    RAPPORTAGES,
    status_code=201,
    response_model=RapportageUitvoer,
    responses=problems(
        NietGevonden,
        fouten.PlanregieInAndereToestand,
        fouten.RapportageZonderZrm,
        fouten.RapportageZonderTrajectplan,
        fouten.TrajectplanZonderDoelen,
        fouten.RapportageVastgesteld,
    ),
)
async def maak_een_rapportage(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    invoer: RapportageInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Maak een rapportage

    Het trajectplan, de tussenrapportage (3 maanden) of de eindrapportage (6 maanden), uit wat nu is
    vastgelegd. Daarna verandert de inhoud niet meer; de gemeente kan haar meteen lezen. De laatste
    ZRM is ten hoogste 30 dagen oud. Zolang niet allebei akkoord zijn kan er een nieuwe versie
    komen.
    """
    return await opdracht.run(
        lambda uow: maak_rapportage(
            uow,
            dossier_id,
            planregie_id,
            invoer.soort,
            samenvatting=invoer.samenvatting,
            vervolg=invoer.vervolg,
        ),
        answer=RapportageUitvoer.van,
        location=lambda r: (
            f"/dossiers/{dossier_id}/planregies/{planregie_id}/rapportages/{r.rapportage_id}"
        ),
    )


@router.get(
    RAPPORTAGE,
    response_class=Response,
    response_model=None,
    responses={**_ANTWOORDEN, **problems(NietGevonden)},
)
async def zie_rapportage_in(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    rapportage_id: RapportageId,
    vraag: InzienAlsDocument,
) -> Response:
    """Zie een rapportage in

    Als HTML, of met `Accept: application/pdf` als toegankelijke PDF (PDF/UA-1 en PDF/A-2a). Wie
    haar accordeerde staat onderaan. Elke inzage wordt vastgelegd.
    """

    async def lees(uow: Reading) -> tuple[planregies.Gelezen | None, datetime]:
        gelezen = await planregies.zie_rapport_in(uow, dossier_id, planregie_id, rapportage_id)
        return gelezen, uow.now

    gelezen, nu = await vraag.read(lees)
    if gelezen is None:
        raise NietGevonden
    document = schrijf(gelezen)
    if vraag.media_type == PDF:
        pdf = await asyncio.to_thread(RAPPORT.pdf, document, nu)
        naam = f'inline; filename="{gelezen.rapportage.soort}-{rapportage_id}.pdf"'
        return Response(pdf, 200, {"Content-Disposition": naam}, PDF)
    beveiliging = {"Content-Security-Policy": RAPPORT.html_security}
    return Response(RAPPORT.html(document), 200, beveiliging, f"{HTML}; charset=utf-8")


@router.post(
    RAPPORTAGE + "/akkoorden",
    status_code=201,
    response_model=RapportageUitvoer,
    responses=problems(
        NietGevonden,
        fouten.AkkoordNietBevoegd,
        fouten.AlGeaccordeerd,
        fouten.RapportageVervangen,
    ),
)
async def accordeer_een_rapportage(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    rapportage_id: RapportageId,
    invoer: AkkoordInvoer,
    opdracht: Akkoordgever,
) -> Response:
    """Accordeer een rapportage

    De planregisseur namens WSD, de klantmanager namens de gemeente; elk een keer.
    """
    rol = Akkoordrol(opdracht.caller.role)
    return await opdracht.run(
        lambda uow: accordeer_rapportage(
            uow, dossier_id, planregie_id, rapportage_id, rol=rol, medewerker=invoer.medewerker
        ),
        answer=RapportageUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )
