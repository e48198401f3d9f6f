"""The guidance on placements: who pays it, and how the stimulus reserve of WSD stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.clock import local_date
from chassis.tenancy import WSD
from chassis.unit_of_work import Reading
from chassis.web import (
    Bedrag,
    Command,
    Invoer,
    NietGevonden,
    Uitvoer,
    command,
    problems,
)
from contracts.afnemers import GEMEENTEN
from services.financiering.api.rapportage_vormen import (
    RAPPORTAGES,
    GemeenteVraag,
    Lezen,
    OpDag,
    VanGemeente,
    gevraagde_gemeenten,
)
from services.financiering.domain.begeleiding import (
    STIMULUSRESERVE,
    BegeleidePlaatsing,
    Begeleidingsbudget,
    Begeleidingslast,
    Reservestand,
    TenLasteVan,
    Toerekening,
    lasten,
    ongedekt,
    reken_toe,
    reservestand,
)
from services.financiering.store import arbeidsplaatsen, budgetten
from services.financiering.use_cases.leg_werkgever_van_wsd_vast import leg_werkgever_van_wsd_vast

router = APIRouter(tags=["Begeleidingskosten"])

VanWsd = Annotated[Command, command("financiering.schrijven", roles={"backoffice"})]
PlaatsingId = Annotated[UUID, Path(alias="plaatsingId", description="Het nummer van de plaatsing.")]


class WerkgeverVanWsdInvoer(Invoer):
    """Een werkgever die WSD zelf is."""

    werkgever_id: UUID


class WerkgeverVanWsdUitvoer(Uitvoer):
    """Wie hier is geplaatst, is bij WSD geplaatst."""

    werkgever_id: UUID


class ToerekeningUitvoer(Uitvoer):
    """Dagen waarop dezelfde de begeleiding betaalt."""

    ten_laste_van: TenLasteVan
    vanaf: date
    tot_en_met: Annotated[date | None, Field(description="Leeg zolang er niets verandert.")]


class BegeleidingslastUitvoer(Uitvoer):
    """Wat de begeleiding kost over dagen van een jaar."""

    ten_laste_van: TenLasteVan
    vanaf: date
    tot_en_met: date
    dagen: int
    bedrag: Annotated[Bedrag, Field(description="Euro's, naar kalenderdagen van het jaar.")]
    ongedekt: Annotated[
        Bedrag | None,
        Field(
            description="Wat de stimulusreserve hiervan niet kan dragen. Alleen voor WSD, en "
            "alleen ten laste van de stimulus."
        ),
    ]


class BegeleidingskostenUitvoer(Uitvoer):
    """Wie de begeleiding van een plaatsing betaalt, en wat die tot vandaag kost.

    Zonder toerekening: de plaatsing telt niet voor het begeleidingsbudget (Wsw, detachering, of
    rechtstreeks bij een werkgever), of de gemeente legde nog geen budget vast.
    """

    plaatsing_id: UUID
    gemeentecode: VanGemeente
    toerekening: list[ToerekeningUitvoer]
    lasten: list[BegeleidingslastUitvoer]

    @classmethod
    def van(cls, kosten: _Kosten) -> BegeleidingskostenUitvoer:
        return cls(
            plaatsing_id=kosten.plaatsing_id,
            gemeentecode=kosten.gemeentecode,
            toerekening=[
                ToerekeningUitvoer(
                    ten_laste_van=t.ten_laste_van, vanaf=t.vanaf, tot_en_met=t.tot_en_met
                )
                for t in kosten.toerekening
            ],
            lasten=[
                BegeleidingslastUitvoer(
                    ten_laste_van=last.ten_laste_van,
                    vanaf=last.vanaf,
                    tot_en_met=last.tot_en_met,
                    dagen=last.dagen,
                    bedrag=last.bedrag,
                    ongedekt=kosten.ongedekt.get(last),
                )
                for last in kosten.lasten
            ],
        )


class GemeentebegeleidingUitvoer(Uitvoer):
    """De begeleiding van een gemeente op een dag. bijWsd = gemeentebudget + stimulus +
    nietToegerekend; in euro's van 1 januari tot en met die dag.
    """

    gemeentecode: VanGemeente
    plaatsen_in_budget: Annotated[
        int | None, Field(description="Leeg zolang de gemeente geen budget vastlegde.")
    ]
    rechtstreeks: Annotated[int, Field(description="Plaatsingen bij een werkgever zelf.")]
    bij_wsd: Annotated[int, Field(description="Plaatsingen bij WSD, zonder de Wsw.")]
    gemeentebudget: Annotated[int, Field(description="Ten laste van het gemeentebudget.")]
    stimulus: Annotated[int, Field(description="Boven budget: ten laste van de stimulus.")]
    niet_toegerekend: Annotated[int, Field(description="Van voor het eerste budget.")]
    lasten_gemeentebudget: Bedrag
    lasten_stimulus: Bedrag
    ongedekt: Annotated[
        Bedrag | None,
        Field(description="Wat de reserve van lastenStimulus niet kan dragen. Alleen voor WSD."),
    ]

    @classmethod
    def van(
        cls, deel: _Gemeente, niet_gedragen: Mapping[Begeleidingslast, Decimal] | None
    ) -> GemeentebegeleidingUitvoer:
        def som(wie: TenLasteVan) -> Decimal:
            return sum((r.bedrag for r in deel.lasten if r.ten_laste_van is wie), Decimal("0.00"))

        binnen, boven = deel.telling[TenLasteVan.GEMEENTEBUDGET], deel.telling[TenLasteVan.STIMULUS]
        return cls(
            gemeentecode=deel.gemeentecode,
            plaatsen_in_budget=deel.plaatsen,
            rechtstreeks=deel.rechtstreeks,
            bij_wsd=deel.bij_wsd,
            gemeentebudget=binnen,
            stimulus=boven,
            niet_toegerekend=deel.bij_wsd - binnen - boven,
            lasten_gemeentebudget=som(TenLasteVan.GEMEENTEBUDGET),
            lasten_stimulus=som(TenLasteVan.STIMULUS),
            ongedekt=None
            if niet_gedragen is None
            else sum((niet_gedragen.get(r, Decimal(0)) for r in deel.lasten), Decimal("0.00")),
        )


class StimulusreserveUitvoer(Uitvoer):
    """De reserve van WSD. gebruikt + over = bedrag; over is nooit negatief."""

    bedrag: Bedrag
    gevormd_op: date
    bron: str
    gebruikt: Annotated[Bedrag, Field(description="Euro's tot en met deze dag, van alle jaren.")]
    over: Bedrag
    ongedekt: Annotated[
        Bedrag,
        Field(
            description="Euro's die boven de reserve uitgaan. Meer dan 0.00: de reserve is op, en "
            "er moet worden besloten wie dit betaalt."
        ),
    ]

    @classmethod
    def van(cls, stand: Reservestand) -> StimulusreserveUitvoer:
        return cls(
            bedrag=STIMULUSRESERVE.bedrag,
            gevormd_op=STIMULUSRESERVE.gevormd_op,
            bron=STIMULUSRESERVE.bron,
            gebruikt=stand.gebruikt,
            over=stand.over,
            ongedekt=stand.ongedekt,
        )


class BegeleidingUitvoer(Uitvoer):
    """Wie op een dag de begeleiding betaalt, per gemeente."""

    op: date
    gemeenten: list[GemeentebegeleidingUitvoer]
    stimulusreserve: Annotated[
        StimulusreserveUitvoer | None,
        Field(description="Alleen voor WSD, als naar alle gemeenten is gevraagd."),
    ]


@dataclass(frozen=True, slots=True)
class _Kosten:
    """ongedekt: only for WSD, which sees the charges of all gemeenten to its reserve."""

    plaatsing_id: UUID
    gemeentecode: str
    toerekening: tuple[Toerekening, ...]
    lasten: list[Begeleidingslast]
    ongedekt: Mapping[Begeleidingslast, Decimal]


@dataclass(frozen=True, slots=True)
class _Begeleid:
    """Of one gemeente: its placements, who pays for each, and all charges until a day."""

    budgetten: list[Begeleidingsbudget]
    plaatsingen: list[BegeleidePlaatsing]
    toegerekend: dict[UUID, tuple[Toerekening, ...]]
    lasten: list[Begeleidingslast]


@dataclass(frozen=True, slots=True)
class _Gemeente:
    gemeentecode: str
    plaatsen: int | None
    rechtstreeks: int
    bij_wsd: int
    telling: Counter[TenLasteVan]
    lasten: list[Begeleidingslast]
    ten_laste_van_stimulus: Decimal


@dataclass(frozen=True, slots=True)
class _Gelezen:
    delen: list[_Gemeente]
    ongedekt: Mapping[Begeleidingslast, Decimal] | None


@router.post(
    "/werkgevers-van-wsd", response_model=WerkgeverVanWsdUitvoer, responses=problems(NietGevonden)
)
async def leg_een_werkgever_van_wsd_vast(
    invoer: WerkgeverVanWsdInvoer, opdracht: VanWsd
) -> Response:
    """Leg vast welke werkgever WSD zelf is

    Alleen voor WSD, zoals Werkpartners. Wie daar is geplaatst telt als geplaatst bij WSD, ook van
    voor deze vastlegging; wie bij een andere werkgever is geplaatst, is daar rechtstreeks.
    """
    return await opdracht.run(
        lambda uow: leg_werkgever_van_wsd_vast(uow, invoer.werkgever_id),
        answer=lambda werkgever_id: WerkgeverVanWsdUitvoer(werkgever_id=werkgever_id),
    )


@router.get(
    "/begeleidingskosten/{plaatsingId}",
    response_model=BegeleidingskostenUitvoer,
    responses=problems(NietGevonden),
)
async def geef_begeleidingskosten(plaatsing_id: PlaatsingId, vraag: Lezen) -> Response:
    """Geef wie de begeleiding van een plaatsing betaalt

    Plaatsingen hebben in volgorde van hun eerste dag een plaats in het budget van de gemeente, tot
    het aantal waarvoor het is; wie daarna komt is ten laste van de stimulus van WSD. Valt er een
    plaats vrij, dan gaat de eerstvolgende vanaf die dag naar het budget.
    """
    return await vraag.run(
        lambda uow: _kosten(uow, plaatsing_id), answer=BegeleidingskostenUitvoer.van
    )


@router.get(
    RAPPORTAGES + "/begeleiding",
    tags=["Rapportages"],
    response_model=BegeleidingUitvoer,
    responses=problems(NietGevonden),
)
async def rapporteer_begeleiding(
    vraag: Lezen, op: OpDag, gemeentecode: GemeenteVraag = None
) -> Response:
    """Geef de begeleiding binnen en boven budget

    Proefplaatsingen, dienstverbanden met loonkostensubsidie en beschut werk bij WSD, zonder de Wsw.
    De gemeente ziet de eigen cijfers, WSD alle met de stand van de stimulusreserve.
    """
    gemeenten = gevraagde_gemeenten(vraag, gemeentecode)

    async def lees(uow: Reading) -> _Gelezen:
        delen = [await _gemeente(uow, code, op) for code in gemeenten]
        return _Gelezen(delen, await _ongedekt(uow, op) if uow.organisation == WSD else None)

    def antwoord(gelezen: _Gelezen) -> BegeleidingUitvoer:
        delen = gelezen.delen
        stand = reservestand(STIMULUSRESERVE, (d.ten_laste_van_stimulus for d in delen))
        return BegeleidingUitvoer(
            op=op,
            gemeenten=[GemeentebegeleidingUitvoer.van(deel, gelezen.ongedekt) for deel in delen],
            stimulusreserve=StimulusreserveUitvoer.van(stand) if len(gemeenten) > 1 else None,
        )

    return await vraag.run(lees, answer=antwoord)


async def _kosten(uow: Reading, plaatsing_id: UUID) -> _Kosten | None:
    gemeentecode = await arbeidsplaatsen.gemeente_van(uow, plaatsing_id)
    if gemeentecode is None:
        return None
    vandaag = local_date(uow.now)
    begeleid = await _begeleid(uow, gemeentecode, vandaag)
    return _Kosten(
        plaatsing_id,
        gemeentecode,
        begeleid.toegerekend.get(plaatsing_id, ()),
        [last for last in begeleid.lasten if last.plaatsing_id == plaatsing_id],
        await _ongedekt(uow, vandaag) if uow.organisation == WSD else {},
    )


async def _begeleid(uow: Reading, gemeentecode: str, tot_en_met: date) -> _Begeleid:
    bekend = await budgetten.begeleiding(uow, gemeentecode)
    plaatsingen = [b.plaatsing for b in await arbeidsplaatsen.begeleid(uow, gemeentecode)]
    toegerekend = reken_toe(plaatsingen, bekend)
    alle = (t for deel in toegerekend.values() for t in deel)
    return _Begeleid(
        bekend, plaatsingen, toegerekend, list(lasten(alle, bekend, date(2015, 1, 1), tot_en_met))
    )


async def _ongedekt(uow: Reading, tot_en_met: date) -> Mapping[Begeleidingslast, Decimal]:
    """Of all gemeenten together: it is one reserve."""
    alle = [await _begeleid(uow, gemeentecode, tot_en_met) for gemeentecode in GEMEENTEN]
    begin: dict[UUID, date] = {}
    for plaatsing in (p for deel in alle for p in deel.plaatsingen):
        eerste = begin.get(plaatsing.plaatsing_id, plaatsing.begin)
        begin[plaatsing.plaatsing_id] = min(eerste, plaatsing.begin)
    return ongedekt(STIMULUSRESERVE, (last for deel in alle for last in deel.lasten), begin)


async def _gemeente(uow: Reading, gemeentecode: str, op: date) -> _Gemeente:
    begeleid = await _begeleid(uow, gemeentecode, op)
    eerder = [b for b in begeleid.budgetten if b.jaar <= op.year]
    return _Gemeente(
        gemeentecode=gemeentecode,
        plaatsen=eerder[-1].plaatsen if eerder else None,
        rechtstreeks=await arbeidsplaatsen.rechtstreeks(uow, gemeentecode, op),
        bij_wsd=sum(
            p.begin <= op and (p.laatste_dag is None or op <= p.laatste_dag)
            for p in begeleid.plaatsingen
        ),
        telling=Counter(
            t.ten_laste_van
            for deel in begeleid.toegerekend.values()
            for t in deel
            if t.vanaf <= op and (t.tot_en_met is None or op <= t.tot_en_met)
        ),
        lasten=[last for last in begeleid.lasten if last.vanaf.year == op.year],
        ten_laste_van_stimulus=sum(
            (last.bedrag for last in begeleid.lasten if last.ten_laste_van is TenLasteVan.STIMULUS),
            Decimal("0.00"),
        ),
    )
