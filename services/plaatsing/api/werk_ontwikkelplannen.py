"""Routes of the werk-ontwikkelplan: making, revising and evaluating it, and who reads what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Datum, Invoer, NietGevonden, Page, Uitvoer, problems
from services.plaatsing.api.plaatsingen import PLAATSING, PlaatsingId
from services.plaatsing.api.vormen import (
    BegeleidenMetVersie,
    Herzien,
    Lezen,
    OverKandidaatMetVersie,
    Pagina,
    VrijeTekst,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.werk_ontwikkelplan import (
    Afspraak,
    Evaluatie,
    Evaluatieuitkomst,
    Partij,
    Planinhoud,
    Planversie,
    Werkgeverseditie,
    WerkOntwikkelplan,
    werkgeverseditie,
)
from services.plaatsing.store import werk_ontwikkelplannen
from services.plaatsing.store.werk_ontwikkelplannen import Planregel
from services.plaatsing.use_cases.evalueer_werk_ontwikkelplan import evalueer_werk_ontwikkelplan
from services.plaatsing.use_cases.stel_werk_ontwikkelplan_vast import (
    VastTeStellen,
    herzie_werk_ontwikkelplan,
    stel_werk_ontwikkelplan_vast,
)

router = APIRouter(tags=["Werk-ontwikkelplannen"])

PLANNEN: Final = "/werk-ontwikkelplannen"
PLAN: Final = PLANNEN + "/{planId}"
PlanId = Annotated[UUID, Path(alias="planId", description="Het nummer van het werk-ontwikkelplan.")]
BesprokenMet = Annotated[
    list[Partij],
    Field(
        min_length=1,
        max_length=len(Partij),
        json_schema_extra={"uniqueItems": True},
        description="Met wie het is besproken, elk een keer.",
    ),
]

_WIJZIGING: Final = (
    NietGevonden,
    fouten.NietBevoegd,
    fouten.PlaatsingAlBeeindigd,
    fouten.DatumInToekomst,
)


class PlanafspraakInvoer(Invoer):
    """Wat iemand gaat doen."""

    wie: Partij
    tekst: VrijeTekst
    uiterlijk: Datum | None = None
    met_werkgever: Annotated[
        bool,
        Field(
            description="Of de werkgever deze afspraak leest. Wat de werkgever zelf doet, altijd."
        ),
    ]

    def naar_afspraak(self) -> Afspraak:
        return Afspraak(self.wie, self.tekst, self.uiterlijk, self.met_werkgever)


class PlanInvoer(Invoer):
    """Het plan: wat gemeente, WSD en werkgever delen over deze werkplek."""

    vastgesteld_op: Datum
    besproken_met: BesprokenMet
    profiel: Annotated[VrijeTekst, Field(description="Wie dit is; alleen voor gemeente en WSD.")]
    groei: Annotated[VrijeTekst, Field(description="Groeivermogen; alleen voor gemeente en WSD.")]
    doel: Annotated[
        VrijeTekst, Field(description="Waarvoor deze werkplek is. De werkgever leest dit.")
    ]
    volgende_stap: Annotated[
        VrijeTekst, Field(description="Wat hierna komt. De werkgever leest dit.")
    ]
    afspraken: Annotated[tuple[PlanafspraakInvoer, ...], Field(max_length=50)] = ()

    def naar_opdracht(self) -> VastTeStellen:
        return VastTeStellen(
            vastgesteld_op=self.vastgesteld_op,
            besproken_met=tuple(sorted(set(self.besproken_met))),
            inhoud=Planinhoud(
                profiel=self.profiel,
                groei=self.groei,
                doel=self.doel,
                volgende_stap=self.volgende_stap,
                afspraken=tuple(afspraak.naar_afspraak() for afspraak in self.afspraken),
            ),
        )


class EvaluatieInvoer(Invoer):
    """Hoe het ging sinds de vorige keer."""

    geevalueerd_op: Datum
    besproken_met: BesprokenMet
    uitkomst: Evaluatieuitkomst
    toelichting: Annotated[VrijeTekst, Field(description="Alleen voor gemeente en WSD.")]


class PlanafspraakUitvoer(Uitvoer):
    """Wat iemand gaat doen."""

    wie: Partij
    tekst: str
    uiterlijk: date | None
    met_werkgever: bool

    @classmethod
    def van(cls, afspraak: Afspraak) -> PlanafspraakUitvoer:
        return cls(
            wie=afspraak.wie,
            tekst=afspraak.tekst,
            uiterlijk=afspraak.uiterlijk,
            met_werkgever=afspraak.met_werkgever,
        )


class PlanversieUitvoer(Uitvoer):
    """Het plan zoals het vanaf een dag is."""

    vastgesteld_op: date
    vastgesteld_door: Annotated[str, Field(description="Gemeentecode, of wsd.")]
    besproken_met: list[Partij]
    profiel: str
    groei: str
    doel: str
    volgende_stap: str
    afspraken: list[PlanafspraakUitvoer]

    @classmethod
    def van(cls, versie: Planversie) -> PlanversieUitvoer:
        return cls(
            vastgesteld_op=versie.vastgesteld_op,
            vastgesteld_door=versie.vastgesteld_door,
            besproken_met=list(versie.besproken_met),
            profiel=versie.inhoud.profiel,
            groei=versie.inhoud.groei,
            doel=versie.inhoud.doel,
            volgende_stap=versie.inhoud.volgende_stap,
            afspraken=[PlanafspraakUitvoer.van(afspraak) for afspraak in versie.inhoud.afspraken],
        )


class EvaluatieUitvoer(Uitvoer):
    """Hoe het ging."""

    evaluatie_id: UUID
    geevalueerd_op: date
    geevalueerd_door: Annotated[str, Field(description="Gemeentecode, of wsd.")]
    besproken_met: list[Partij]
    uitkomst: Evaluatieuitkomst
    toelichting: str

    @classmethod
    def van(cls, evaluatie: Evaluatie) -> EvaluatieUitvoer:
        return cls(
            evaluatie_id=evaluatie.evaluatie_id,
            geevalueerd_op=evaluatie.geevalueerd_op,
            geevalueerd_door=evaluatie.geevalueerd_door,
            besproken_met=list(evaluatie.besproken_met),
            uitkomst=evaluatie.uitkomst,
            toelichting=evaluatie.toelichting,
        )


class WerkOntwikkelplanUitvoer(Uitvoer):
    """Het hele plan, voor gemeente en WSD."""

    plan_id: UUID
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    evaluatie_uiterlijk: date
    geldend: PlanversieUitvoer
    eerdere_versies: Annotated[list[PlanversieUitvoer], Field(description="De oudste eerst.")]
    evaluaties: Annotated[list[EvaluatieUitvoer], Field(description="De oudste eerst.")]

    @classmethod
    def van(cls, plan: WerkOntwikkelplan) -> WerkOntwikkelplanUitvoer:
        return cls(
            plan_id=plan.plan_id,
            plaatsing_id=plan.plaatsing_id,
            kandidaat_id=plan.kandidaat_id,
            gemeentecode=plan.gemeentecode,
            evaluatie_uiterlijk=plan.evaluatie_uiterlijk,
            geldend=PlanversieUitvoer.van(plan.geldend),
            eerdere_versies=[PlanversieUitvoer.van(versie) for versie in plan.versies[:-1]],
            evaluaties=[EvaluatieUitvoer.van(evaluatie) for evaluatie in plan.evaluaties],
        )


class WerkgeversafspraakUitvoer(Uitvoer):
    """Wat iemand gaat doen."""

    wie: Partij
    tekst: str
    uiterlijk: date | None


class WerkgeverseditieUitvoer(Uitvoer):
    """Wat de werkgever leest: wat het werk vraagt, en niets over de persoon."""

    plan_id: UUID
    plaatsing_id: UUID
    vastgesteld_op: date
    doel: str
    volgende_stap: str
    afspraken: list[WerkgeversafspraakUitvoer]
    evaluatie_uiterlijk: date

    @classmethod
    def van(cls, editie: Werkgeverseditie) -> WerkgeverseditieUitvoer:
        return cls(
            plan_id=editie.plan_id,
            plaatsing_id=editie.plaatsing_id,
            vastgesteld_op=editie.vastgesteld_op,
            doel=editie.doel,
            volgende_stap=editie.volgende_stap,
            afspraken=[
                WerkgeversafspraakUitvoer(wie=a.wie, tekst=a.tekst, uiterlijk=a.uiterlijk)
                for a in editie.afspraken
            ],
            evaluatie_uiterlijk=editie.evaluatie_uiterlijk,
        )


class PlanregelUitvoer(Uitvoer):
    """Dat er een plan is, zonder wat erin staat."""

    plan_id: UUID
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    vastgesteld_op: Annotated[date, Field(description="Van de versie die geldt.")]
    evaluatie_uiterlijk: date
    versies: int
    evaluaties: int

    @classmethod
    def van_plan(cls, plan: WerkOntwikkelplan) -> PlanregelUitvoer:
        return cls(
            plan_id=plan.plan_id,
            plaatsing_id=plan.plaatsing_id,
            kandidaat_id=plan.kandidaat_id,
            gemeentecode=plan.gemeentecode,
            vastgesteld_op=plan.geldend.vastgesteld_op,
            evaluatie_uiterlijk=plan.evaluatie_uiterlijk,
            versies=len(plan.versies),
            evaluaties=len(plan.evaluaties),
        )

    @classmethod
    def van(cls, regel: Planregel) -> PlanregelUitvoer:
        return cls(
            plan_id=regel.plan_id,
            plaatsing_id=regel.plaatsing_id,
            kandidaat_id=regel.kandidaat_id,
            gemeentecode=regel.gemeentecode,
            vastgesteld_op=regel.vastgesteld_op,
            evaluatie_uiterlijk=regel.evaluatie_uiterlijk,
            versies=regel.versies,
            evaluaties=regel.evaluaties,
        )


class WerkOntwikkelplannenPagina(Page[PlanregelUitvoer]):
    """Plannen in de volgorde waarin zij zijn vastgelegd."""


@router.post(
    PLAATSING + PLANNEN,
    status_code=201,
    response_model=PlanregelUitvoer,
    responses=problems(*_WIJZIGING, fouten.PlanBestaatAl, fouten.OngeldigWerkOntwikkelplan),
)
async def stel_een_plan_vast(
    plaatsing_id: PlaatsingId, invoer: PlanInvoer, opdracht: BegeleidenMetVersie
) -> Response:
    """Stel een werk-ontwikkelplan vast

    Een plan per plaatsing, door wie de kandidaat plaatste. Binnen drie maanden is een evaluatie
    nodig; blijft die uit, dan volgt `PlaatsingstermijnVerstreken`.
    """
    return await opdracht.run(
        lambda uow: stel_werk_ontwikkelplan_vast(uow, plaatsing_id, invoer.naar_opdracht()),
        answer=PlanregelUitvoer.van_plan,
        location=lambda plan: f"{PLANNEN}/{plan.plan_id}",
        version=lambda plan: plan.wijzigingen,
    )


@router.post(
    PLAN + "/versies",
    status_code=201,
    response_model=PlanregelUitvoer,
    responses=problems(*_WIJZIGING, fouten.DatumPastNiet, fouten.OngeldigWerkOntwikkelplan),
)
async def herzie_een_plan(plan_id: PlanId, invoer: PlanInvoer, opdracht: Herzien) -> Response:
    """Herzie een werk-ontwikkelplan

    Het hele plan zoals het nu wordt; wat er stond blijft als eerdere versie te lezen. De volgende
    evaluatie blijft nodig op de dag waarop zij dat was.
    """
    return await opdracht.run(
        lambda uow: herzie_werk_ontwikkelplan(
            uow, plan_id, invoer.naar_opdracht(), opdracht.require_version
        ),
        answer=PlanregelUitvoer.van_plan,
        location=lambda _: f"{PLANNEN}/{plan_id}",
        version=lambda plan: plan.wijzigingen,
    )


@router.post(
    PLAN + "/evaluaties",
    status_code=201,
    response_model=PlanregelUitvoer,
    responses=problems(*_WIJZIGING, fouten.DatumPastNiet),
)
async def evalueer_een_plan(
    plan_id: PlanId, invoer: EvaluatieInvoer, opdracht: BegeleidenMetVersie
) -> Response:
    """Evalueer een werk-ontwikkelplan

    De volgende evaluatie is drie maanden later.
    """
    return await opdracht.run(
        lambda uow: evalueer_werk_ontwikkelplan(
            uow,
            plan_id,
            op=invoer.geevalueerd_op,
            besproken_met=tuple(sorted(set(invoer.besproken_met))),
            uitkomst=invoer.uitkomst,
            toelichting=invoer.toelichting,
        ),
        answer=PlanregelUitvoer.van_plan,
        location=lambda _: f"{PLANNEN}/{plan_id}",
        version=lambda plan: plan.wijzigingen,
    )


@router.get(PLANNEN, response_model=WerkOntwikkelplannenPagina, responses=problems())
async def lijst_werk_ontwikkelplannen(
    vraag: Lezen,
    pagina: Pagina,
    kandidaat_id: Annotated[
        UUID | None, QueryParameter(alias="kandidaatId", description="Alleen van deze kandidaat.")
    ] = None,
    plaatsing_id: Annotated[
        UUID | None, QueryParameter(alias="plaatsingId", description="Alleen bij deze plaatsing.")
    ] = None,
) -> Response:
    """Geef werk-ontwikkelplannen

    Zonder wat erin staat.
    """
    return await vraag.page(
        pagina,
        lambda uow: werk_ontwikkelplannen.lijst(
            uow,
            kandidaat_id=kandidaat_id,
            plaatsing_id=plaatsing_id,
            na=pagina.after,
            aantal=pagina.fetch,
        ),
        answer=PlanregelUitvoer.van,
        key=_volgorde,
    )


@router.get(PLAN, response_model=WerkOntwikkelplanUitvoer, responses=problems(NietGevonden))
async def zie_plan_in(plan_id: PlanId, vraag: OverKandidaatMetVersie) -> Response:
    """Zie een werk-ontwikkelplan in

    Helemaal: voor wie de kandidaat begeleidt, van WSD en van de gemeente. Elke inzage wordt
    vastgelegd.
    """
    return await vraag.run(
        lambda uow: werk_ontwikkelplannen.zie_in(uow, plan_id, "werk-ontwikkelplan"),
        answer=WerkOntwikkelplanUitvoer.van,
        version=lambda plan: plan.wijzigingen,
    )


@router.get(
    PLAN + "/werkgeverseditie",
    response_model=WerkgeverseditieUitvoer,
    responses=problems(NietGevonden),
)
async def zie_werkgeverseditie_in(plan_id: PlanId, vraag: Lezen) -> Response:
    """Zie in wat de werkgever leest

    Doel, volgende stap en de afspraken met `metWerkgever`; geen profiel, geen groei, geen
    evaluaties. Dit geeft u de werkgever. Elke inzage wordt vastgelegd.
    """
    return await vraag.run(
        lambda uow: werk_ontwikkelplannen.zie_in(uow, plan_id, "werkgeverseditie"),
        answer=lambda plan: WerkgeverseditieUitvoer.van(werkgeverseditie(plan)),
    )


def _volgorde(regel: Planregel) -> tuple[datetime, UUID]:
    return regel.vastgelegd_op, regel.plan_id
