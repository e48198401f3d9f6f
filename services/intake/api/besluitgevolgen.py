"""What becomes of a besluit: it is sent, withdrawn, or its traject is ordered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web import Command, Datum, Invoer, NietGevonden, Uitvoer, problems
from services.intake.api.besluiten import door_wie
from services.intake.api.vormen import KANDIDAAT, Beslisser, KandidaatId, Klantmanager, Tekst
from services.intake.domain import fouten
from services.intake.domain.besluit import Besluit, Intrekking
from services.intake.domain.bewaakte_termijn import BewaakteTermijn
from services.intake.domain.inkooporder import Inkooporder
from services.intake.domain.kandidaat import Genomen
from services.intake.domain.rechtsgrond import Besluitsoort
from services.intake.use_cases.maak_besluit_bekend import maak_besluit_bekend
from services.intake.use_cases.plaats_inkooporder import plaats_inkooporder
from services.intake.use_cases.trek_besluit_in import trek_besluit_in
from services.intake.use_cases.volg_vrijstelling import (
    leg_heronderzoek_vast,
    leg_plan_van_aanpak_vast,
)

router = APIRouter(tags=["Besluiten"])

BESLUIT: Final = KANDIDAAT + "/besluiten/{besluitId}"
BesluitId = Annotated[UUID, Path(alias="besluitId", description="Het nummer van het besluit.")]


class BekendmakingInvoer(Invoer):
    bekendgemaakt_op: Annotated[
        Datum, Field(description="Dag van verzending aan de kandidaat: vandaag of eerder.")
    ]


class BekendmakingUitvoer(Uitvoer):
    besluit_id: UUID
    bekendgemaakt_op: date | None
    bezwaar_tot_en_met: Annotated[
        date | None, Field(description="Laatste dag om bezwaar te maken (art. 6:7 en 6:8 Awb).")
    ]

    @classmethod
    def van(cls, besluit: Besluit) -> BekendmakingUitvoer:
        return cls(
            besluit_id=besluit.besluit_id,
            bekendgemaakt_op=besluit.bekendgemaakt_op,
            bezwaar_tot_en_met=besluit.bezwaar_tot_en_met,
        )


class IntrekkingInvoer(Invoer):
    """Ook een intrekking is gemotiveerd (art. 3:46 Awb)."""

    genomen_op: Annotated[Datum, Field(description="Vandaag of eerder.")]
    motivering: Tekst
    ingangsdatum: Annotated[
        Datum,
        Field(
            description="Vanaf deze dag werkt het besluit niet meer; ten hoogste een jaar vooruit."
        ),
    ]

    def naar_intrekking(self, opdracht: Command, uow: UnitOfWork) -> Intrekking:
        return Intrekking.neem(
            intrekking_id=uuid4(),
            genomen_op=self.genomen_op,
            genomen_door=door_wie(opdracht, uow),
            motivering=self.motivering,
            ingangsdatum=self.ingangsdatum,
            vandaag=local_date(uow.now),
        )


class IntrekkingUitvoer(Uitvoer):
    besluit_id: UUID
    soort: Besluitsoort
    ingetrokken_per: date | None

    @classmethod
    def van(cls, genomen: Genomen) -> IntrekkingUitvoer:
        besluit = genomen.besluit
        return cls(
            besluit_id=besluit.besluit_id,
            soort=genomen.soort,
            ingetrokken_per=besluit.intrekking.ingangsdatum if besluit.intrekking else None,
        )


class PlanInvoer(Invoer):
    opgesteld_op: Annotated[Datum, Field(description="Vandaag of eerder.")]


class HeronderzoekInvoer(Invoer):
    onderzocht_op: Annotated[Datum, Field(description="Vandaag of eerder.")]


class HeronderzoekUitvoer(Uitvoer):
    """Wat het eerstvolgende heronderzoek is en uiterlijk wanneer."""

    besluit_id: UUID
    termijn_id: UUID
    heronderzoek_uiterlijk: date


class InkooporderInvoer(Invoer):
    nummer: Annotated[
        str,
        Field(
            description="Het ordernummer in het eigen systeem van de gemeente.",
            pattern=r"^[A-Za-z0-9][A-Za-z0-9./_-]{0,39}$",
            json_schema_extra={"examples": ["2026-001234"]},
        ),
    ]
    geplaatst_op: Annotated[Datum, Field(description="Vandaag of eerder.")]


class InkooporderUitvoer(Uitvoer):
    """Het nummer wordt versleuteld bewaard en staat niet in dit antwoord."""

    inkooporder_id: UUID
    geplaatst_op: date

    @classmethod
    def van(cls, order: Inkooporder) -> InkooporderUitvoer:
        return cls(inkooporder_id=order.inkooporder_id, geplaatst_op=order.geplaatst_op)


@router.post(
    BESLUIT + "/bekendmakingen",
    status_code=201,
    response_model=BekendmakingUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.DatumPastNiet,
        fouten.BesluitAlBekendgemaakt,
        fouten.OnbekendeGemeente,
    ),
)
async def maak_een_besluit_bekend(
    kandidaat_id: KandidaatId,
    besluit_id: BesluitId,
    invoer: BekendmakingInvoer,
    opdracht: Beslisser,
) -> Response:
    """Leg vast dat een besluit is bekendgemaakt

    Vanaf de dag erna loopt de bezwaartermijn van 6 weken. Door wie het besluit mag nemen.
    """
    return await opdracht.run(
        lambda uow: maak_besluit_bekend(uow, kandidaat_id, besluit_id, invoer.bekendgemaakt_op),
        answer=BekendmakingUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )


@router.post(
    BESLUIT + "/intrekkingen",
    status_code=201,
    response_model=IntrekkingUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.DatumPastNiet,
        fouten.MotiveringOntbreekt,
        fouten.BesluitAlIngetrokken,
        fouten.BesluitDraagtDoorverwijzing,
        fouten.BesluitNietInTeTrekken,
        fouten.OnbekendeGemeente,
    ),
)
async def trek_een_besluit_in(
    kandidaat_id: KandidaatId,
    besluit_id: BesluitId,
    invoer: IntrekkingInvoer,
    opdracht: Beslisser,
) -> Response:
    """Trek een besluit in

    Het blijft bewaard en werkt vanaf de ingangsdatum niet meer. Voor een volgende stap telt dan
    weer het besluit van dezelfde soort dat ervoor kwam, als dat er is. Door wie het besluit mag
    nemen.
    """
    return await opdracht.run(
        lambda uow: trek_besluit_in(
            uow, kandidaat_id, besluit_id, invoer.naar_intrekking(opdracht, uow)
        ),
        answer=IntrekkingUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )


@router.post(
    KANDIDAAT + "/trajectbesluiten/{besluitId}/inkooporders",
    status_code=201,
    response_model=InkooporderUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.DatumPastNiet,
        fouten.GeenInkooporderNodig,
        fouten.InkooporderAlGeplaatst,
        fouten.BesluitAlIngetrokken,
    ),
)
async def plaats_een_inkooporder(
    kandidaat_id: KandidaatId,
    besluit_id: BesluitId,
    invoer: InkooporderInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Leg de inkooporder voor een traject vast

    Bij een trajectbesluit met `inkooporderNodig` (cafetariamodel): vanaf de dag van de order kan de
    plaatsing beginnen.
    """
    return await opdracht.run(
        lambda uow: plaats_inkooporder(
            uow,
            kandidaat_id,
            besluit_id,
            Inkooporder(uuid4(), invoer.nummer, invoer.geplaatst_op),
        ),
        answer=InkooporderUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )


def _heronderzoek(besluit_id: UUID, termijn: BewaakteTermijn) -> HeronderzoekUitvoer:
    return HeronderzoekUitvoer(
        besluit_id=besluit_id,
        termijn_id=termijn.termijn_id,
        heronderzoek_uiterlijk=termijn.laatste_dag,
    )


_WEIGERINGEN_9A: Final = problems(
    NietGevonden,
    fouten.NietBevoegd,
    fouten.VrijstellingVraagtDitNiet,
    fouten.DatumPastNiet,
)


@router.post(
    BESLUIT + "/plannen-van-aanpak",
    status_code=201,
    response_model=HeronderzoekUitvoer,
    responses=_WEIGERINGEN_9A,
)
async def leg_een_plan_van_aanpak_vast(
    kandidaat_id: KandidaatId, besluit_id: BesluitId, invoer: PlanInvoer, opdracht: Klantmanager
) -> Response:
    """Leg vast dat het plan van aanpak er is

    Bij een vrijstelling van art. 9a, binnen zes maanden. Zes maanden later volgt het eerste
    heronderzoek.
    """
    return await opdracht.run(
        lambda uow: leg_plan_van_aanpak_vast(uow, kandidaat_id, besluit_id, invoer.opgesteld_op),
        answer=lambda termijn: _heronderzoek(besluit_id, termijn),
        location=lambda _: f"/kandidaten/{kandidaat_id}/termijnen",
    )


@router.post(
    BESLUIT + "/heronderzoeken",
    status_code=201,
    response_model=HeronderzoekUitvoer,
    responses=_WEIGERINGEN_9A,
)
async def leg_een_heronderzoek_vast(
    kandidaat_id: KandidaatId,
    besluit_id: BesluitId,
    invoer: HeronderzoekInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Leg een heronderzoek van een vrijstelling vast

    Bij een vrijstelling van art. 9a, telkens binnen zes maanden.
    """
    return await opdracht.run(
        lambda uow: leg_heronderzoek_vast(uow, kandidaat_id, besluit_id, invoer.onderzocht_op),
        answer=lambda termijn: _heronderzoek(besluit_id, termijn),
        location=lambda _: f"/kandidaten/{kandidaat_id}/termijnen",
    )
