"""Planregies of a dossier, from the aanmelding to the end, with doelen and hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.web import (
    Command,
    Daguren,
    Datum,
    Invoer,
    NietGevonden,
    Uitvoer,
    command,
    problems,
)
from services.diagnose.api.vormen import (
    DOSSIER,
    DossierId,
    Lezen,
    Medewerker,
    Naam,
    Planregisseur,
    Tekst,
)
from services.diagnose.domain import fouten
from services.diagnose.domain.planregie import (
    URENBUDGET,
    Akkoordrol,
    Betrokkene,
    Betrokkenheid,
    Doel,
    Doelstand,
    Functie,
    Inzet,
    Planregie,
    Planregiestatus,
    Rapportage,
    Rapportagesoort,
    RedenEinde,
    RedenNietGestart,
    Verlenging,
)
from services.diagnose.domain.zrm import ZrmDomein
from services.diagnose.store import planregies
from services.diagnose.store.planregies import Planregieregel
from services.diagnose.use_cases.beeindig_planregie import beeindig_planregie
from services.diagnose.use_cases.leg_inzet_vast import betrek, boek_inzet
from services.diagnose.use_cases.meld_voor_planregie_aan import meld_voor_planregie_aan
from services.diagnose.use_cases.start_planregie import start_planregie, start_planregie_niet
from services.diagnose.use_cases.verleng_planregie import verleng_planregie
from services.diagnose.use_cases.volg_doelen import sluit_doel, stel_doel

router = APIRouter(tags=["Planregie"])

PLANREGIES: Final = DOSSIER + "/planregies"
PLANREGIE: Final = PLANREGIES + "/{planregieId}"
DOEL: Final = PLANREGIE + "/doelen/{doelId}"

Aanmelder = Annotated[
    Command, command("diagnose.schrijven", roles={"klantmanager", "planregisseur"})
]
PlanregieId = Annotated[UUID, Path(alias="planregieId", description="Het nummer van de planregie.")]
DoelId = Annotated[UUID, Path(alias="doelId", description="Het nummer van het doel.")]
Toelichting = Annotated[
    str, Field(max_length=5000, description="Wordt versleuteld bewaard, en bij inzage getoond.")
]


class PlanregieInvoer(Invoer):
    aangemeld_op: Datum


class PlanregiestartInvoer(Invoer):
    gestart_op: Datum


class PlanregieafmeldingInvoer(Invoer):
    """Het traject begint niet."""

    op: Datum
    reden: RedenNietGestart
    toelichting: Toelichting = ""


class PlanregieverlengingInvoer(Invoer):
    verlengd_op: Datum
    einddatum: Annotated[Datum, Field(description="De nieuwe laatste dag.")]
    reden: Tekst


class PlanregiebeeindigingInvoer(Invoer):
    beeindigd_op: Annotated[Datum, Field(description="De laatste dag van het traject.")]
    reden: RedenEinde
    toelichting: Toelichting = ""


class DoelInvoer(Invoer):
    """Wat te bereiken is, in een domein van de ZRM."""

    domein: ZrmDomein
    omschrijving: Tekst
    gesteld_op: Datum


class DoeluitkomstInvoer(Invoer):
    """Het doel is behaald, of vervalt."""

    uitkomst: Literal[Doelstand.BEHAALD, Doelstand.VERVALLEN]
    op: Datum
    toelichting: Toelichting = ""


class InzetInvoer(Invoer):
    """Uren van een medewerker op een dag."""

    medewerker: Medewerker
    functie: Functie
    op: Datum
    uren: Daguren


class BetrokkeneInvoer(Invoer):
    """Wie meehelpt, naast WSD en de gemeente."""

    soort: Betrokkenheid
    naam: Annotated[Naam, Field(description="Van de organisatie; wordt versleuteld bewaard.")]

    def naar_betrokkene(self) -> Betrokkene:
        return Betrokkene(self.soort, self.naam)


class PlanregieUitvoer(Uitvoer):
    """Een planregie, zonder wat er in woorden in staat."""

    planregie_id: UUID
    status: Planregiestatus
    aangemeld_op: date
    gestart_op: date | None
    einddatum: Annotated[date | None, Field(description="De laatste dag, zoals nu gepland.")]
    beeindigd_op: date | None

    @classmethod
    def van(cls, planregie: Planregie | Planregieregel) -> PlanregieUitvoer:
        return cls(
            planregie_id=planregie.planregie_id,
            status=planregie.status,
            aangemeld_op=planregie.aangemeld_op,
            gestart_op=planregie.gestart_op,
            einddatum=planregie.einddatum,
            beeindigd_op=planregie.beeindigd_op,
        )


class PlanregiesUitvoer(Uitvoer):
    """De planregies van een dossier, de oudste eerst."""

    resultaten: list[PlanregieUitvoer]

    @classmethod
    def van(cls, regels: Sequence[Planregieregel]) -> PlanregiesUitvoer:
        return cls(resultaten=[PlanregieUitvoer.van(regel) for regel in regels])


class DoelUitvoer(Uitvoer):
    doel_id: UUID
    domein: ZrmDomein
    omschrijving: str
    gesteld_op: date
    stand: Doelstand
    stand_op: date | None
    toelichting: str

    @classmethod
    def van(cls, doel: Doel) -> DoelUitvoer:
        return cls(
            doel_id=doel.doel_id,
            domein=doel.domein,
            omschrijving=doel.omschrijving,
            gesteld_op=doel.gesteld_op,
            stand=doel.stand,
            stand_op=doel.stand_op,
            toelichting=doel.toelichting,
        )


class DoelVastgelegd(Uitvoer):
    doel_id: UUID
    stand: Doelstand

    @classmethod
    def van(cls, doel: Doel) -> DoelVastgelegd:
        return cls(doel_id=doel.doel_id, stand=doel.stand)


class InzetUitvoer(Uitvoer):
    inzet_id: UUID
    medewerker: str
    functie: Functie
    op: date
    uren: Decimal

    @classmethod
    def van(cls, inzet: Inzet) -> InzetUitvoer:
        return cls(
            inzet_id=inzet.inzet_id,
            medewerker=inzet.medewerker,
            functie=inzet.functie,
            op=inzet.op,
            uren=inzet.uren,
        )


class InzetVastgelegd(Uitvoer):
    inzet_id: UUID

    @classmethod
    def van(cls, inzet: Inzet) -> InzetVastgelegd:
        return cls(inzet_id=inzet.inzet_id)


class BetrokkeneUitvoer(Uitvoer):
    soort: Betrokkenheid
    naam: str


class VerlengingUitvoer(Uitvoer):
    verlengd_op: date
    einddatum: date
    reden: str

    @classmethod
    def van(cls, verlenging: Verlenging) -> VerlengingUitvoer:
        return cls(
            verlengd_op=verlenging.verlengd_op,
            einddatum=verlenging.einddatum,
            reden=verlenging.reden,
        )


class AkkoordUitvoer(Uitvoer):
    organisatie: str
    rol: Akkoordrol
    medewerker: str
    op: date


class RapportageUitvoer(Uitvoer):
    """Een rapportage, en wie haar wanneer accordeerde. De inhoud staat in het document."""

    rapportage_id: UUID
    soort: Rapportagesoort
    versie: int
    gemaakt_op: date
    zrm_meting_id: UUID
    akkoorden: list[AkkoordUitvoer]
    geaccordeerd: Annotated[bool, Field(description="Allebei zijn akkoord.")]

    @classmethod
    def van(cls, rapportage: Rapportage) -> RapportageUitvoer:
        return cls(
            rapportage_id=rapportage.rapportage_id,
            soort=rapportage.soort,
            versie=rapportage.versie,
            gemaakt_op=rapportage.gemaakt_op,
            zrm_meting_id=rapportage.zrm_meting_id,
            akkoorden=[
                AkkoordUitvoer(
                    organisatie=akkoord.organisatie,
                    rol=akkoord.rol,
                    medewerker=akkoord.medewerker,
                    op=akkoord.op,
                )
                for akkoord in rapportage.akkoorden
            ],
            geaccordeerd=rapportage.is_geaccordeerd,
        )


class PlanregieMetInhoud(PlanregieUitvoer):
    """Een planregie met alles erin. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    niet_gestart_op: date | None
    reden_niet_gestart: RedenNietGestart | None
    toelichting_niet_gestart: str
    reden_einde: RedenEinde | None
    toelichting_einde: str
    verlengingen: list[VerlengingUitvoer]
    doelen: list[DoelUitvoer]
    inzet: list[InzetUitvoer]
    uren: Annotated[Decimal, Field(description="Alle geboekte uren samen.")]
    urenbudget: Annotated[Decimal, Field(description="Richtgetal voor het hele traject.")]
    betrokkenen: list[BetrokkeneUitvoer]
    rapportages: list[RapportageUitvoer]

    @classmethod
    def van_planregie(cls, planregie: Planregie) -> PlanregieMetInhoud:
        return cls(
            **PlanregieUitvoer.van(planregie).model_dump(),
            niet_gestart_op=planregie.niet_gestart_op,
            reden_niet_gestart=planregie.reden_niet_gestart,
            toelichting_niet_gestart=planregie.toelichting_niet_gestart,
            reden_einde=planregie.reden_einde,
            toelichting_einde=planregie.toelichting_einde,
            verlengingen=[VerlengingUitvoer.van(v) for v in planregie.verlengingen],
            doelen=[DoelUitvoer.van(doel) for doel in planregie.doelen],
            inzet=[InzetUitvoer.van(inzet) for inzet in planregie.inzet],
            uren=planregie.uren,
            urenbudget=URENBUDGET,
            betrokkenen=[
                BetrokkeneUitvoer(soort=b.soort, naam=b.naam) for b in planregie.betrokkenen
            ],
            rapportages=[RapportageUitvoer.van(r) for r in planregie.rapportages],
        )


@router.post(
    PLANREGIES,
    status_code=201,
    response_model=PlanregieUitvoer,
    responses=problems(
        NietGevonden, fouten.PlanregieLoopt, fouten.DatumPastNiet, fouten.DatumTeLaat
    ),
)
async def meld_aan_voor_planregie(
    dossier_id: DossierId, invoer: PlanregieInvoer, opdracht: Aanmelder
) -> Response:
    """Meld een kandidaat aan voor planregie

    Door de klantmanager of de planregisseur. Een kandidaat heeft er een tegelijk.
    """
    return await opdracht.run(
        lambda uow: meld_voor_planregie_aan(uow, dossier_id, invoer.aangemeld_op),
        answer=PlanregieUitvoer.van,
        location=lambda p: f"/dossiers/{dossier_id}/planregies/{p.planregie_id}",
    )


@router.get(PLANREGIES, response_model=PlanregiesUitvoer, responses=problems(NietGevonden))
async def geef_planregies(dossier_id: DossierId, vraag: Lezen) -> Response:
    """Geef de planregies van een dossier"""
    return await vraag.run(
        lambda uow: planregies.lijst(uow, dossier_id), answer=PlanregiesUitvoer.van
    )


@router.get(PLANREGIE, response_model=PlanregieMetInhoud, responses=problems(NietGevonden))
async def zie_planregie_in(
    dossier_id: DossierId, planregie_id: PlanregieId, vraag: Lezen
) -> Response:
    """Zie een planregie in

    Met de doelen, de uren, wie er meehelpen en wie welke rapportage accordeerde.
    """
    return await vraag.run(
        lambda uow: planregies.zie_in(uow, dossier_id, planregie_id),
        answer=PlanregieMetInhoud.van_planregie,
    )


@router.post(
    PLANREGIE + "/starts",
    status_code=201,
    response_model=PlanregieUitvoer,
    responses=problems(
        NietGevonden,
        fouten.PlanregieInAndereToestand,
        fouten.DatumPastNiet,
        fouten.DatumTeLaat,
    ),
)
async def start_een_planregie(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    invoer: PlanregiestartInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Start een planregie

    Voor 26 weken. Vanaf nu loopt de termijn van de tussenrapportage (3 maanden) en die van de
    eindrapportage (6 maanden).
    """
    return await opdracht.run(
        lambda uow: start_planregie(uow, dossier_id, planregie_id, invoer.gestart_op),
        answer=PlanregieUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )


@router.post(
    PLANREGIE + "/afmeldingen",
    status_code=201,
    response_model=PlanregieUitvoer,
    responses=problems(
        NietGevonden,
        fouten.PlanregieInAndereToestand,
        fouten.DatumPastNiet,
        fouten.DatumTeLaat,
    ),
)
async def start_een_planregie_niet(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    invoer: PlanregieafmeldingInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Leg vast dat een planregie niet begint

    Met de reden. Wat niet begint wordt niet in rekening gebracht.
    """
    return await opdracht.run(
        lambda uow: start_planregie_niet(
            uow, dossier_id, planregie_id, invoer.op, invoer.reden, invoer.toelichting
        ),
        answer=PlanregieUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )


@router.post(
    PLANREGIE + "/verlengingen",
    status_code=201,
    response_model=PlanregieUitvoer,
    responses=problems(
        NietGevonden,
        fouten.OngeldigePlanregie,
        fouten.PlanregieInAndereToestand,
        fouten.DatumPastNiet,
        fouten.DatumTeLaat,
    ),
)
async def verleng_een_planregie(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    invoer: PlanregieverlengingInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Verleng een planregie

    Met de reden. Op de nieuwe laatste dag moet er nog een eindrapportage zijn.
    """
    return await opdracht.run(
        lambda uow: verleng_planregie(
            uow, dossier_id, planregie_id, invoer.verlengd_op, invoer.einddatum, invoer.reden
        ),
        answer=PlanregieUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )


@router.post(
    PLANREGIE + "/beeindigingen",
    status_code=201,
    response_model=PlanregieUitvoer,
    responses=problems(
        NietGevonden,
        fouten.PlanregieInAndereToestand,
        fouten.DatumPastNiet,
        fouten.DatumTeLaat,
    ),
)
async def beeindig_een_planregie(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    invoer: PlanregiebeeindigingInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Beëindig een planregie"""
    return await opdracht.run(
        lambda uow: beeindig_planregie(
            uow,
            dossier_id,
            planregie_id,
            invoer.beeindigd_op,
            invoer.reden,
            invoer.toelichting,
        ),
        answer=PlanregieUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )


@router.post(
    PLANREGIE + "/doelen",
    status_code=201,
    response_model=DoelVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigePlanregie,
        fouten.PlanregieInAndereToestand,
        fouten.DatumPastNiet,
        fouten.DatumTeLaat,
    ),
)
async def stel_een_doel(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    invoer: DoelInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Stel een doel"""
    return await opdracht.run(
        lambda uow: stel_doel(
            uow, dossier_id, planregie_id, invoer.domein, invoer.omschrijving, invoer.gesteld_op
        ),
        answer=DoelVastgelegd.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )


@router.post(
    DOEL + "/uitkomsten",
    status_code=201,
    response_model=DoelVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigePlanregie,
        fouten.PlanregieInAndereToestand,
        fouten.DoelAlAfgesloten,
        fouten.DatumPastNiet,
        fouten.DatumTeLaat,
    ),
)
async def sluit_een_doel(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    doel_id: DoelId,
    invoer: DoeluitkomstInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Leg vast dat een doel is behaald of vervalt"""
    return await opdracht.run(
        lambda uow: sluit_doel(
            uow,
            dossier_id,
            planregie_id,
            doel_id,
            invoer.uitkomst,
            invoer.op,
            invoer.toelichting,
        ),
        answer=DoelVastgelegd.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )


@router.post(
    PLANREGIE + "/uren",
    status_code=201,
    response_model=InzetVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigePlanregie,
        fouten.PlanregieInAndereToestand,
        fouten.DatumPastNiet,
        fouten.DatumTeLaat,
    ),
)
async def boek_uren(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    invoer: InzetInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Boek uren

    Per medewerker en dag, ook na het einde voor dagen van het traject.
    """
    return await opdracht.run(
        lambda uow: boek_inzet(
            uow,
            dossier_id,
            planregie_id,
            medewerker=invoer.medewerker,
            functie=invoer.functie,
            op=invoer.op,
            uren=invoer.uren,
        ),
        answer=InzetVastgelegd.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )


@router.post(
    PLANREGIE + "/betrokkenen",
    status_code=201,
    response_model=PlanregieUitvoer,
    responses=problems(NietGevonden, fouten.OngeldigePlanregie, fouten.PlanregieInAndereToestand),
)
async def betrek_organisatie(
    dossier_id: DossierId,
    planregie_id: PlanregieId,
    invoer: BetrokkeneInvoer,
    opdracht: Planregisseur,
) -> Response:
    """Leg vast wie er meehelpt

    Een organisatie of het eigen netwerk; WSD en de gemeente doen altijd mee.
    """
    return await opdracht.run(
        lambda uow: betrek(uow, dossier_id, planregie_id, invoer.naar_betrokkene()),
        answer=PlanregieUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}/planregies/{planregie_id}",
    )
