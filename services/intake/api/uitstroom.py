"""Uitstroom, and the two ways back: terugval and heraanmelding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Uitvoer, problems
from services.intake import uitstromingen
from services.intake.api.kandidaten import KandidaatUitvoer, PersoonInvoer, Reden
from services.intake.api.vormen import KANDIDAAT, Inzien, KandidaatId, Klantmanager, Tekst
from services.intake.domain import fouten
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.uitstroom import Uitstroom, Uitstroombestemming, Uitstroomreden
from services.intake.use_cases.stroom_uit import (
    Heraanmelding,
    meld_opnieuw_aan,
    stroom_uit,
    val_terug,
)

router = APIRouter()


class UitstroomInvoer(Invoer):
    """Vanaf wanneer en waarom. De reden wordt versleuteld bewaard."""

    uitgestroomd_op: Annotated[Datum, Field(description="Eerste dag zonder ondersteuning.")]
    reden: Uitstroomreden


class UitstroomUitvoer(Uitvoer):
    """Een uitstroom, zonder de precieze reden."""

    uitstroom_id: UUID
    uitgestroomd_op: date
    bestemming: Uitstroombestemming

    @classmethod
    def van(cls, uitstroom: Uitstroom) -> UitstroomUitvoer:
        return cls(
            uitstroom_id=uitstroom.uitstroom_id,
            uitgestroomd_op=uitstroom.uitgestroomd_op,
            bestemming=uitstroom.bestemming,
        )


class UitstroomMetReden(UitstroomUitvoer):
    reden: Uitstroomreden
    bus_code: Annotated[
        str, Field(description="De code van de reden in de Bijstandsuitkeringenstatistiek (CBS).")
    ]
    ronde: int
    teruggevallen_op: date | None

    @classmethod
    def van_reden(cls, uitstroom: Uitstroom) -> UitstroomMetReden:
        return cls(
            **UitstroomUitvoer.van(uitstroom).model_dump(),
            reden=uitstroom.reden,
            bus_code=uitstroom.bus_code,
            ronde=uitstroom.ronde,
            teruggevallen_op=uitstroom.teruggevallen_op,
        )


class UitstromingenUitvoer(Uitvoer):
    """Alle uitstromingen van een kandidaat, de oudste eerst."""

    uitstromingen: list[UitstroomMetReden]

    @classmethod
    def van(cls, gevonden: Sequence[Uitstroom]) -> UitstromingenUitvoer:
        return cls(uitstromingen=[UitstroomMetReden.van_reden(u) for u in gevonden])


class TerugvalInvoer(Invoer):
    teruggevallen_op: Datum


class HeraanmeldingInvoer(Invoer):
    """De nieuwe melding van een inwoner die eerder is uitgestroomd.

    Zonder persoon worden de bekende gegevens opnieuw gebruikt; dat kan tot twaalf maanden na de
    uitstroom (art. 43a Participatiewet).
    """

    aangemeld_op: Datum
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    instroomreden: Reden | None = None
    persoon: PersoonInvoer | None = None
    toelichting: Annotated[
        Tekst | None, Field(description="Alleen samen met persoon; de bekende blijft anders staan.")
    ] = None

    def naar_heraanmelding(self) -> Heraanmelding:
        return Heraanmelding(
            aangemeld_op=self.aangemeld_op,
            instroomkanaal=self.instroomkanaal,
            doelgroep=self.doelgroep,
            instroomreden=self.instroomreden,
            gegevens=self.persoon.naar_gegevens(self.toelichting, self.instroomreden)
            if self.persoon
            else None,
        )


@router.get(
    KANDIDAAT + "/uitstromingen",
    tags=["Uitstroom"],
    response_model=UitstromingenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_uitstromingen(kandidaat_id: KandidaatId, vraag: Inzien) -> Response:
    """Zie de uitstromingen van een kandidaat in

    Met de reden, en daarom alleen voor de gemeente van de kandidaat; elke inzage wordt vastgelegd.
    """
    return await vraag.run(
        lambda uow: uitstromingen.zie_in(uow, kandidaat_id), answer=UitstromingenUitvoer.van
    )


@router.post(
    KANDIDAAT + "/uitstromingen",
    status_code=201,
    tags=["Uitstroom"],
    response_model=UitstroomUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.KandidaatIsUitgestroomd,
        fouten.DatumPastNiet,
    ),
)
async def leg_uitstroom_vast(
    kandidaat_id: KandidaatId, invoer: UitstroomInvoer, opdracht: Klantmanager
) -> Response:
    """Leg vast dat een kandidaat is uitgestroomd

    Daarna kan over de kandidaat niets meer worden besloten, tot een terugval of een heraanmelding.
    Anderen horen alleen de bestemming: regulier werk, zelfstandig, onderwijs, verhuisd, overleden
    of anders.
    """
    return await opdracht.run(
        lambda uow: stroom_uit(uow, kandidaat_id, invoer.uitgestroomd_op, invoer.reden),
        answer=UitstroomUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/uitstromingen",
    )


@router.post(
    KANDIDAAT + "/terugvallen",
    status_code=201,
    tags=["Uitstroom"],
    response_model=KandidaatUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.NietUitgestroomd,
        fouten.TerugvaltermijnVerstreken,
        fouten.DatumPastNiet,
    ),
)
async def leg_terugval_vast(
    kandidaat_id: KandidaatId, invoer: TerugvalInvoer, opdracht: Klantmanager
) -> Response:
    """Leg vast dat een kandidaat is teruggevallen

    Tot twaalf maanden na de uitstroom. De kandidaat is weer waar hij voor de uitstroom was, met de
    besluiten die toen golden.
    """
    return await opdracht.run(
        lambda uow: val_terug(uow, kandidaat_id, invoer.teruggevallen_op),
        answer=KandidaatUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}",
    )


@router.post(
    KANDIDAAT + "/heraanmeldingen",
    status_code=201,
    tags=["Uitstroom"],
    response_model=KandidaatUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.NietUitgestroomd,
        fouten.GegevensVerouderd,
        fouten.AndereInwoner,
        fouten.OnbekendeGemeente,
        fouten.WswInstroomGesloten,
        fouten.DoelgroepPastNietBijLeeftijd,
        fouten.DatumPastNiet,
    ),
)
async def meld_kandidaat_opnieuw_aan(
    kandidaat_id: KandidaatId, invoer: HeraanmeldingInvoer, opdracht: Klantmanager
) -> Response:
    """Meld een uitgestroomde kandidaat opnieuw aan

    De kandidaat begint weer bij de poort, in een nieuwe ronde. Eerdere besluiten blijven te zien en
    tellen niet meer. WSD ziet de kandidaat pas weer na een nieuwe doorverwijzing.
    """
    return await opdracht.run(
        lambda uow: meld_opnieuw_aan(uow, kandidaat_id, invoer.naar_heraanmelding()),
        answer=KandidaatUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}",
    )
