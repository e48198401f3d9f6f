"""Aanvragen: of bijstand, with what stops, lengthens and ends the term to decide on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Uitvoer, problems
from services.intake import aanvragen
from services.intake.aanvragen import AanvraagMetTermijn
from services.intake.api.vormen import KANDIDAAT, KandidaatId, Klantmanager, Lezen
from services.intake.domain import fouten
from services.intake.domain.aanvraag import Aanvraaguitkomst, Zoektermijnuitzondering
from services.intake.domain.bewaakte_termijn import Opschortingsgrond, Termijnstatus
from services.intake.use_cases.behandel_aanvraag import (
    beslis_op_aanvraag,
    dien_aanvraag_in,
    hervat_aanvraag,
    schort_aanvraag_op,
    verleng_beslistermijn,
    verstrek_voorschot,
)

router = APIRouter()

AANVRAAG: Final = KANDIDAAT + "/aanvragen/{aanvraagId}"

AanvraagId = Annotated[UUID, Path(alias="aanvraagId", description="Het nummer van de aanvraag.")]


class AanvraagInvoer(Invoer):
    aangevraagd_op: Datum
    uitzondering: Annotated[
        Zoektermijnuitzondering | None,
        Field(
            description="Waarom een jongere eerder dan vier weken na de melding kan aanvragen; "
            "wordt alleen bewaard als dat zo is."
        ),
    ] = None


class OpschortingInvoer(Invoer):
    """Waarom de beslistermijn stilstaat (art. 4:15 Awb)."""

    grond: Opschortingsgrond
    op: Annotated[
        Datum,
        Field(
            description="De dag van het verzoek om aanvulling (de termijn staat stil vanaf de dag "
            "erna), of de eerste dag van de vertraging of het uitstel."
        ),
    ]
    tot_en_met: Annotated[
        Datum | None,
        Field(
            description="De laatste dag om aan te vullen of van het uitstel; verplicht, behalve "
            "bij vertraging door de aanvrager. Daarna loopt de termijn vanzelf weer."
        ),
    ] = None


class HervattingInvoer(Invoer):
    op: Annotated[
        Datum, Field(description="De dag van de aanvulling, of de eerste zonder vertraging.")
    ]


class VerlengingInvoer(Invoer):
    """Een verlenging, binnen de termijn aan de aanvrager meegedeeld (art. 4:14 Awb)."""

    meegedeeld_op: Datum
    tot_en_met: Annotated[Datum, Field(description="De nieuwe laatste dag om te beslissen.")]


class VoorschotInvoer(Invoer):
    verstrekt_op: Datum


class BeslissingInvoer(Invoer):
    uitkomst: Aanvraaguitkomst
    beslist_op: Datum


class BeslistermijnUitvoer(Uitvoer):
    termijn_id: UUID
    status: Termijnstatus
    laatste_dag: date
    dagen_opgeschort: int
    opgeschort_sinds: date | None
    hervat_uiterlijk_op: Annotated[
        date | None, Field(description="Vanaf deze dag loopt de termijn vanzelf weer.")
    ]
    verlengd_op: date | None
    dagen_te_laat: int | None


class AanvraagUitvoer(Uitvoer):
    aanvraag_id: UUID
    kandidaat_id: UUID
    aangevraagd_op: date
    uitzondering: Zoektermijnuitzondering | None
    voorschotten: Annotated[list[date], Field(description="De dagen waarop is verstrekt.")]
    uitkomst: Aanvraaguitkomst | None
    beslist_op: date | None
    beslistermijn: BeslistermijnUitvoer

    @classmethod
    def van(cls, gevonden: AanvraagMetTermijn) -> AanvraagUitvoer:
        aanvraag, termijn = gevonden.aanvraag, gevonden.beslistermijn
        opschorting = termijn.opschorting
        return cls(
            aanvraag_id=aanvraag.aanvraag_id,
            kandidaat_id=aanvraag.kandidaat_id,
            aangevraagd_op=aanvraag.aangevraagd_op,
            uitzondering=aanvraag.uitzondering,
            voorschotten=list(aanvraag.voorschotten),
            uitkomst=aanvraag.uitkomst,
            beslist_op=aanvraag.beslist_op,
            beslistermijn=BeslistermijnUitvoer(
                termijn_id=termijn.termijn_id,
                status=termijn.status,
                laatste_dag=termijn.laatste_dag,
                dagen_opgeschort=termijn.dagen_opgeschort,
                opgeschort_sinds=opschorting.vanaf if opschorting else None,
                hervat_uiterlijk_op=opschorting.uiterlijk_tot if opschorting else None,
                verlengd_op=termijn.verlengd_op,
                dagen_te_laat=termijn.dagen_te_laat,
            ),
        )


class AanvragenUitvoer(Uitvoer):
    """Alle aanvragen van een kandidaat, de oudste eerst."""

    aanvragen: list[AanvraagUitvoer]

    @classmethod
    def van(cls, gevonden: Sequence[AanvraagMetTermijn]) -> AanvragenUitvoer:
        return cls(aanvragen=[AanvraagUitvoer.van(aanvraag) for aanvraag in gevonden])


@router.get(
    KANDIDAAT + "/aanvragen",
    tags=["Aanvragen"],
    response_model=AanvragenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_aanvragen(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef de aanvragen van een kandidaat

    Een aanvraag is tussen de inwoner en de gemeente: WSD ziet er geen.
    """
    return await vraag.run(
        lambda uow: aanvragen.lijst(uow, kandidaat_id),
        answer=AanvragenUitvoer.van,
    )


@router.post(
    KANDIDAAT + "/aanvragen",
    status_code=201,
    tags=["Aanvragen"],
    response_model=AanvraagUitvoer,
    responses=problems(
        NietGevonden,
        fouten.KandidaatIsUitgestroomd,
        fouten.NietBevoegd,
        fouten.AanvraagLoopt,
        fouten.ZoektermijnLoopt,
        fouten.DatumPastNiet,
    ),
)
async def dien_een_aanvraag_in(
    kandidaat_id: KandidaatId, invoer: AanvraagInvoer, opdracht: Klantmanager
) -> Response:
    """Leg een aanvraag van bijstand vast

    Na de melding; wie jonger is dan 27 vraagt aan vanaf vier weken daarna, tenzij een uitzondering
    geldt (art. 41 lid 4 en 11 Participatiewet). Vanaf de aanvraag lopen de beslistermijn van acht
    weken en de termijn voor het eerste voorschot.
    """
    return await opdracht.run(
        lambda uow: dien_aanvraag_in(uow, kandidaat_id, invoer.aangevraagd_op, invoer.uitzondering),
        answer=AanvraagUitvoer.van,
        location=_adres,
    )


@router.post(
    AANVRAAG + "/opschortingen",
    status_code=201,
    tags=["Aanvragen"],
    response_model=AanvraagUitvoer,
    responses=problems(
        NietGevonden,
        fouten.AanvraagAfgehandeld,
        fouten.EindeOpschortingOntbreekt,
        fouten.TermijnOpgeschort,
        fouten.TermijnLooptNiet,
        fouten.DatumPastNiet,
    ),
)
async def schort_een_aanvraag_op(
    kandidaat_id: KandidaatId,
    aanvraag_id: AanvraagId,
    invoer: OpschortingInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Schort de beslistermijn op

    Omdat de aanvrager de aanvraag moet aanvullen, schriftelijk met uitstel instemt of zelf voor
    vertraging zorgt. Leg dit vast op de dag zelf: de dagen die niet meetellen komen er precies bij.
    """
    return await opdracht.run(
        lambda uow: schort_aanvraag_op(
            uow,
            kandidaat_id,
            aanvraag_id,
            grond=invoer.grond,
            op=invoer.op,
            tot_en_met=invoer.tot_en_met,
        ),
        answer=AanvraagUitvoer.van,
        location=_adres,
    )


@router.post(
    AANVRAAG + "/hervattingen",
    status_code=201,
    tags=["Aanvragen"],
    response_model=AanvraagUitvoer,
    responses=problems(
        NietGevonden,
        fouten.AanvraagAfgehandeld,
        fouten.TermijnNietOpgeschort,
        fouten.DatumPastNiet,
    ),
)
async def hervat_een_aanvraag(
    kandidaat_id: KandidaatId,
    aanvraag_id: AanvraagId,
    invoer: HervattingInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Laat de beslistermijn weer lopen

    De aanvulling is ontvangen, of de vertraging is voorbij. Wordt er niet aangevuld, dan loopt de
    termijn vanzelf weer na de laatste dag daarvoor.
    """
    return await opdracht.run(
        lambda uow: hervat_aanvraag(uow, kandidaat_id, aanvraag_id, invoer.op),
        answer=AanvraagUitvoer.van,
        location=_adres,
    )


@router.post(
    AANVRAAG + "/verlengingen",
    status_code=201,
    tags=["Aanvragen"],
    response_model=AanvraagUitvoer,
    responses=problems(
        NietGevonden,
        fouten.AanvraagAfgehandeld,
        fouten.AlVerlengd,
        fouten.TermijnOpgeschort,
        fouten.TermijnLooptNiet,
        fouten.VerlengingTeLaat,
        fouten.DatumPastNiet,
    ),
)
async def verleng_een_beslistermijn(
    kandidaat_id: KandidaatId,
    aanvraag_id: AanvraagId,
    invoer: VerlengingInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Verleng de beslistermijn

    Een keer, en binnen de termijn aan de aanvrager meegedeeld.
    """
    return await opdracht.run(
        lambda uow: verleng_beslistermijn(
            uow,
            kandidaat_id,
            aanvraag_id,
            meegedeeld_op=invoer.meegedeeld_op,
            tot_en_met=invoer.tot_en_met,
        ),
        answer=AanvraagUitvoer.van,
        location=_adres,
    )


@router.post(
    AANVRAAG + "/voorschotten",
    status_code=201,
    tags=["Aanvragen"],
    response_model=AanvraagUitvoer,
    responses=problems(NietGevonden, fouten.AanvraagAfgehandeld, fouten.DatumPastNiet),
)
async def verstrek_een_voorschot(
    kandidaat_id: KandidaatId,
    aanvraag_id: AanvraagId,
    invoer: VoorschotInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Leg vast dat een voorschot is verstrekt

    Binnen vier weken na de aanvraag, en zolang er niet is beslist telkens weer binnen vier weken
    (art. 52 lid 1 Participatiewet).
    """
    return await opdracht.run(
        lambda uow: verstrek_voorschot(uow, kandidaat_id, aanvraag_id, invoer.verstrekt_op),
        answer=AanvraagUitvoer.van,
        location=_adres,
    )


@router.post(
    AANVRAAG + "/beslissingen",
    status_code=201,
    tags=["Aanvragen"],
    response_model=AanvraagUitvoer,
    responses=problems(
        NietGevonden,
        fouten.AanvraagAfgehandeld,
        fouten.AanvullingNietGevraagd,
        fouten.BuitenBehandelingTeLaat,
        fouten.DatumPastNiet,
    ),
)
async def beslis_op_een_aanvraag(
    kandidaat_id: KandidaatId,
    aanvraag_id: AanvraagId,
    invoer: BeslissingInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Leg de beslissing op een aanvraag vast

    Toegekend, afgewezen, door de aanvrager ingetrokken, of buiten behandeling gelaten; dat laatste
    binnen vier weken na de termijn om aan te vullen (art. 4:5 Awb). De termijnen eindigen hiermee.
    """
    return await opdracht.run(
        lambda uow: beslis_op_aanvraag(
            uow, kandidaat_id, aanvraag_id, invoer.uitkomst, invoer.beslist_op
        ),
        answer=AanvraagUitvoer.van,
        location=_adres,
    )


def _adres(gevonden: AanvraagMetTermijn) -> str:
    return f"/kandidaten/{gevonden.aanvraag.kandidaat_id}/aanvragen"
