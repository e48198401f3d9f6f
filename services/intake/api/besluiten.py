"""Besluiten: taken at the gate and on the advies of WSD, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web import Command, Datum, Invoer, NietGevonden, Uitvoer, problems
from contracts.portfolio import Dienst
from services.intake import store
from services.intake.api.vormen import (
    KANDIDAAT,
    Beslisser,
    KandidaatId,
    Klantmanager,
    Lezen,
    Tekst,
)
from services.intake.domain import fouten
from services.intake.domain.besluit import Beslisser as DoorWie
from services.intake.domain.besluit import Besluit
from services.intake.domain.kandidaat import (
    BeschutWerkbesluit,
    Genomen,
    Kandidaat,
    Poortbesluit,
    Poortuitkomst,
    Programma,
    Trajectbesluit,
    UwvAdvies,
    Zorgtraject,
)
from services.intake.domain.rechtsgrond import TOEGESTAAN, Besluitsoort, Rechtsgrond
from services.intake.domain.vrijstelling import Verplichting, Vrijstelling
from services.intake.use_cases.neem_beschut_werkbesluit import neem_beschut_werkbesluit
from services.intake.use_cases.neem_poortbesluit import neem_poortbesluit
from services.intake.use_cases.neem_trajectbesluit import neem_trajectbesluit
from services.intake.use_cases.neem_zorgtraject import neem_zorgtraject
from services.intake.use_cases.verleen_vrijstelling import TeVerlenen, verleen_vrijstelling

router = APIRouter(tags=["Besluiten"])

_ELK_BESLUIT = (
    NietGevonden,
    fouten.KandidaatIsUitgestroomd,
    fouten.NietBevoegd,
    fouten.DatumPastNiet,
    fouten.MotiveringOntbreekt,
    fouten.RechtsgrondPastNiet,
    fouten.OnbekendeGemeente,
)
"""How any besluit can be refused."""


def _artikelen(soort: Besluitsoort) -> str:
    regels = "\n".join(f"- `{grond}`: {grond.naam}" for grond in TOEGESTAAN[soort])
    return f"Het artikel waarop het besluit rust:\n\n{regels}"


def door_wie(opdracht: Command, uow: UnitOfWork) -> DoorWie:
    """Who takes a besluit: the organisation and the role of the caller."""
    return DoorWie(uow.organisation, opdracht.caller.role)


class BesluitInvoer(Invoer):
    """Wat elk besluit draagt (art. 3:41, 3:46 en 3:47 Awb)."""

    genomen_op: Annotated[Datum, Field(description="Vandaag of eerder.")]
    motivering: Tekst
    rechtsgrond: Rechtsgrond
    ingangsdatum: Annotated[Datum, Field(description="Ten hoogste een jaar vooruit.")]
    bekendgemaakt_op: Annotated[
        Datum | None,
        Field(description="Dag van verzending, als die er al is; later kan ook: bekendmakingen."),
    ] = None

    def naar_besluit(self, opdracht: Command, uow: UnitOfWork) -> Besluit:
        return Besluit.neem(
            besluit_id=uuid4(),
            genomen_op=self.genomen_op,
            genomen_door=door_wie(opdracht, uow),
            motivering=self.motivering,
            rechtsgrond=self.rechtsgrond,
            ingangsdatum=self.ingangsdatum,
            bekendgemaakt_op=self.bekendgemaakt_op,
            vandaag=local_date(uow.now),
        )


class PoortbesluitInvoer(BesluitInvoer):
    rechtsgrond: Annotated[Rechtsgrond, Field(description=_artikelen(Besluitsoort.POORTBESLUIT))]
    uitkomst: Poortuitkomst


class TrajectbesluitInvoer(BesluitInvoer):
    rechtsgrond: Annotated[Rechtsgrond, Field(description=_artikelen(Besluitsoort.TRAJECTBESLUIT))]
    programma: Programma
    diensten: Annotated[list[Dienst], Field(min_length=1, max_length=20)]
    met_wsd: bool


class VrijstellingInvoer(BesluitInvoer):
    """Vrijstelling van verplichtingen van art. 9 lid 1; het artikel bepaalt welke en hoe lang."""

    rechtsgrond: Annotated[
        Rechtsgrond,
        Field(
            description=_artikelen(Besluitsoort.VRIJSTELLING)
            + "\n\nLid 2: dringende redenen, van arbeid en tegenprestatie, ten hoogste een jaar. "
            "Lid 5: volledig en duurzaam arbeidsongeschikt, van alle drie, zonder einddatum. "
            "Art. 9a: alleenstaande ouder met een kind jonger dan 5, van arbeid, ten hoogste vijf "
            "jaar en één keer."
        ),
    ]
    vrijgesteld_van: Annotated[list[Verplichting], Field(min_length=1, max_length=3)]
    einddatum: Annotated[
        Datum | None, Field(description="Laatste dag; weg te laten bij een blijvende vrijstelling.")
    ] = None
    alleenstaande_ouder_kind_jonger_dan5: Annotated[
        bool,
        Field(
            description="Alleen bij art. 9a: is vastgesteld dat de kandidaat alleenstaande ouder "
            "is en het jongste kind jonger is dan 5 jaar? Wordt getoetst en niet bewaard."
        ),
    ] = False

    def naar_vrijstelling(self) -> TeVerlenen:
        return TeVerlenen(
            frozenset(self.vrijgesteld_van),
            self.einddatum,
            self.alleenstaande_ouder_kind_jonger_dan5,
        )


class ZorgtrajectInvoer(BesluitInvoer):
    """De kandidaat volgt eerst een zorgtraject; welke zorg wordt hier niet vastgelegd."""

    rechtsgrond: Annotated[Rechtsgrond, Field(description=_artikelen(Besluitsoort.ZORGTRAJECT))]


class BeschutWerkbesluitInvoer(BesluitInvoer):
    """Of de kandidaat beschut werk krijgt, na advies van het UWV (art. 10b Participatiewet)."""

    rechtsgrond: Annotated[Rechtsgrond, Field(description=_artikelen(Besluitsoort.BESCHUT_WERK))]
    uwv_advies_op: Annotated[Datum, Field(description="Dag van het advies, voor het besluit.")]
    uwv_advies_positief: Annotated[
        bool, Field(description="Of het UWV adviseerde dat beschut werk nodig is.")
    ]
    toegekend: Annotated[bool, Field(description="Alleen mogelijk na een positief advies.")]


class BesluitUitvoer(Uitvoer):
    """Een besluit; de motivering wordt bewaard en staat alleen in de brief."""

    besluit_id: UUID
    genomen_op: date
    genomen_door: Annotated[str, Field(description="Gemeentecode, of wsd onder mandaat.")]
    rol: Annotated[str, Field(description="De rol van wie het besluit nam.")]
    college: Annotated[str, Field(description="Gemeentecode van het college dat besloot.")]
    rechtsgrond: Rechtsgrond
    ingangsdatum: date
    bekendgemaakt_op: date | None
    bezwaar_tot_en_met: date | None
    ingetrokken_per: Annotated[
        date | None, Field(description="Vanaf deze dag werkt het besluit niet meer.")
    ]
    telt: Annotated[
        bool,
        Field(
            description="Of dit voor een volgende stap telt: het laatste besluit van deze soort "
            "dat niet is ingetrokken."
        ),
    ]


class PoortbesluitUitvoer(BesluitUitvoer):
    soort: Literal[Besluitsoort.POORTBESLUIT]
    uitkomst: Poortuitkomst

    @classmethod
    def van(cls, genomen: Poortbesluit, *, telt: bool = True) -> PoortbesluitUitvoer:
        return cls(**_besluit(genomen, telt), soort=genomen.soort, uitkomst=genomen.uitkomst)


class TrajectbesluitUitvoer(BesluitUitvoer):
    soort: Literal[Besluitsoort.TRAJECTBESLUIT]
    programma: Programma
    diensten: list[str]
    met_wsd: bool
    advies_id: Annotated[
        UUID | None, Field(description="Leeg bij een gemeente die zonder WSD werkt.")
    ]
    wijkt_af_van_advies: bool
    inkooporder_nodig: Annotated[
        bool, Field(description="Of het traject pas mag starten na een inkooporder (cafetaria).")
    ]
    inkooporder_geplaatst_op: Annotated[
        date | None, Field(description="Dag van de inkooporder, als die er is.")
    ]

    @classmethod
    def van(cls, genomen: Trajectbesluit, *, telt: bool = True) -> TrajectbesluitUitvoer:
        return cls(
            **_besluit(genomen, telt),
            soort=genomen.soort,
            programma=genomen.programma,
            diensten=list(genomen.diensten),
            met_wsd=genomen.met_wsd,
            advies_id=genomen.advies_id,
            wijkt_af_van_advies=genomen.wijkt_af,
            inkooporder_nodig=genomen.inkooporder_nodig,
            inkooporder_geplaatst_op=(
                genomen.inkooporder.geplaatst_op if genomen.inkooporder else None
            ),
        )


class VrijstellingUitvoer(BesluitUitvoer):
    soort: Literal[Besluitsoort.VRIJSTELLING]
    vrijgesteld_van: list[Verplichting]
    einddatum: Annotated[date | None, Field(description="Laatste dag; leeg als zij blijvend is.")]
    plan_van_aanpak_uiterlijk: Annotated[
        date | None, Field(description="Alleen bij art. 9a: binnen 6 maanden.")
    ]

    @classmethod
    def van(cls, genomen: Vrijstelling, *, telt: bool = True) -> VrijstellingUitvoer:
        return cls(
            **_besluit(genomen, telt),
            soort=genomen.soort,
            vrijgesteld_van=sorted(genomen.vrijgesteld_van),
            einddatum=genomen.einddatum,
            plan_van_aanpak_uiterlijk=genomen.plan_van_aanpak_uiterlijk,
        )


class ZorgtrajectUitvoer(BesluitUitvoer):
    soort: Literal[Besluitsoort.ZORGTRAJECT]

    @classmethod
    def van(cls, genomen: Zorgtraject, *, telt: bool = True) -> ZorgtrajectUitvoer:
        return cls(**_besluit(genomen, telt), soort=genomen.soort)


class BeschutWerkbesluitUitvoer(BesluitUitvoer):
    soort: Literal[Besluitsoort.BESCHUT_WERK]
    uwv_advies_op: date
    uwv_advies_positief: bool
    toegekend: bool

    @classmethod
    def van(cls, genomen: BeschutWerkbesluit, *, telt: bool = True) -> BeschutWerkbesluitUitvoer:
        return cls(
            **_besluit(genomen, telt),
            soort=genomen.soort,
            uwv_advies_op=genomen.advies.gegeven_op,
            uwv_advies_positief=genomen.advies.positief,
            toegekend=genomen.toegekend,
        )


class _PerSoort(Uitvoer):
    poortbesluiten: list[PoortbesluitUitvoer]
    trajectbesluiten: list[TrajectbesluitUitvoer]
    vrijstellingen: list[VrijstellingUitvoer]
    zorgtrajecten: list[ZorgtrajectUitvoer]
    beschut_werkbesluiten: list[BeschutWerkbesluitUitvoer]


class EerdereBesluitenUitvoer(_PerSoort):
    """Wat is besloten voor de laatste heraanmelding; het telt niet meer."""


class BesluitenUitvoer(_PerSoort):
    """Alle besluiten over een kandidaat, per soort, het oudste eerst."""

    eerder: EerdereBesluitenUitvoer

    @classmethod
    def van(cls, bewaard: store.Bewaard) -> BesluitenUitvoer:
        kandidaat = bewaard.kandidaat
        eerder = _per_soort(kandidaat, kandidaat.eerdere_besluiten)
        return cls(
            **_per_soort(kandidaat, kandidaat.besluiten),
            eerder=EerdereBesluitenUitvoer(**eerder),
        )


def _per_soort(kandidaat: Kandidaat, besluiten: Sequence[Genomen]) -> dict[str, Any]:
    poort, traject, vrijstelling, zorg, beschut = [], [], [], [], []
    for genomen in besluiten:
        telt = _telt(kandidaat, genomen)
        match genomen:
            case Poortbesluit():
                poort.append(PoortbesluitUitvoer.van(genomen, telt=telt))
            case Trajectbesluit():
                traject.append(TrajectbesluitUitvoer.van(genomen, telt=telt))
            case Vrijstelling():
                vrijstelling.append(VrijstellingUitvoer.van(genomen, telt=telt))
            case Zorgtraject():
                zorg.append(ZorgtrajectUitvoer.van(genomen, telt=telt))
            case BeschutWerkbesluit():
                beschut.append(BeschutWerkbesluitUitvoer.van(genomen, telt=telt))
    return {
        "poortbesluiten": poort,
        "trajectbesluiten": traject,
        "vrijstellingen": vrijstelling,
        "zorgtrajecten": zorg,
        "beschut_werkbesluiten": beschut,
    }


def _telt(kandidaat: Kandidaat, genomen: Genomen) -> bool:
    return genomen is kandidaat.geldend(type(genomen))


def _besluit(genomen: Genomen, telt: bool) -> dict[str, object]:
    besluit = genomen.besluit
    return {
        "besluit_id": besluit.besluit_id,
        "genomen_op": besluit.genomen_op,
        "genomen_door": besluit.genomen_door.organisatie,
        "rol": besluit.genomen_door.rol,
        "college": besluit.college,
        "rechtsgrond": besluit.rechtsgrond,
        "ingangsdatum": besluit.ingangsdatum,
        "bekendgemaakt_op": besluit.bekendgemaakt_op,
        "bezwaar_tot_en_met": besluit.bezwaar_tot_en_met,
        "ingetrokken_per": besluit.intrekking.ingangsdatum if besluit.intrekking else None,
        "telt": telt,
    }


@router.get(
    KANDIDAAT + "/besluiten", response_model=BesluitenUitvoer, responses=problems(NietGevonden)
)
async def geef_besluiten(kandidaat_id: KandidaatId, vraag: Lezen) -> Response:
    """Geef de besluiten over een kandidaat"""
    return await vraag.run(
        lambda uow: store.haal(uow, kandidaat_id),
        answer=BesluitenUitvoer.van,
    )


@router.post(
    KANDIDAAT + "/poortbesluiten",
    status_code=201,
    response_model=PoortbesluitUitvoer,
    responses=problems(*_ELK_BESLUIT, fouten.AlDoorverwezen, fouten.ZonderWsd),
)
async def neem_een_poortbesluit(
    kandidaat_id: KandidaatId,
    invoer: PoortbesluitInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Neem een poortbesluit

    De gemeente besluit aan de poort: vrijstellen, een zorgtraject, direct naar regulier werk, of
    aanmelden bij WSD. Een besluit wordt nooit gewijzigd; een later besluit vervangt het.
    """
    return await opdracht.run(
        lambda uow: neem_poortbesluit(
            uow, kandidaat_id, invoer.uitkomst, invoer.naar_besluit(opdracht, uow)
        ),
        answer=PoortbesluitUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )


@router.post(
    KANDIDAAT + "/trajectbesluiten",
    status_code=201,
    response_model=TrajectbesluitUitvoer,
    responses=problems(
        *_ELK_BESLUIT,
        fouten.ZonderWsd,
        fouten.GeenPoortbesluit,
        fouten.NietDoorverwezen,
        fouten.AdviesOntbreekt,
    ),
)
async def neem_een_trajectbesluit(
    kandidaat_id: KandidaatId,
    invoer: TrajectbesluitInvoer,
    opdracht: Beslisser,
) -> Response:
    """Neem een trajectbesluit

    Op het advies van WSD. De gemeente besluit; WSD alleen waar de gemeente haar dat heeft
    gemandateerd (model Het Participatiebedrijf). Een gemeente die zonder WSD werkt besluit na het
    poortbesluit op haar eigen diagnose.
    """
    return await opdracht.run(
        lambda uow: neem_trajectbesluit(
            uow,
            kandidaat_id,
            programma=invoer.programma,
            diensten=tuple(dienst.value for dienst in invoer.diensten),
            met_wsd=invoer.met_wsd,
            besluit=invoer.naar_besluit(opdracht, uow),
        ),
        answer=TrajectbesluitUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )


@router.post(
    KANDIDAAT + "/vrijstellingen",
    status_code=201,
    response_model=VrijstellingUitvoer,
    responses=problems(
        *_ELK_BESLUIT,
        fouten.VrijstellingTeRuim,
        fouten.VrijstellingTijdelijk,
        fouten.VrijstellingBlijvend,
        fouten.VrijstellingTeLang,
        fouten.VrijstellingAlGebruikt,
        fouten.GeenAlleenstaandeOuderVanJongKind,
    ),
)
async def verleen_een_vrijstelling(
    kandidaat_id: KandidaatId,
    invoer: VrijstellingInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Verleen een vrijstelling

    Van verplichtingen van art. 9 lid 1 Participatiewet: `arbeid` (a), `voorziening` (b) en
    `tegenprestatie` (c). Altijd door de gemeente (art. 7 lid 4).
    """
    return await opdracht.run(
        lambda uow: verleen_vrijstelling(
            uow, kandidaat_id, invoer.naar_vrijstelling(), invoer.naar_besluit(opdracht, uow)
        ),
        answer=VrijstellingUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )


@router.post(
    KANDIDAAT + "/zorgtrajecten",
    status_code=201,
    response_model=ZorgtrajectUitvoer,
    responses=problems(*_ELK_BESLUIT),
)
async def neem_een_besluit_over_zorg(
    kandidaat_id: KandidaatId,
    invoer: ZorgtrajectInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Besluit tot een zorgtraject

    Altijd door de gemeente (art. 7 lid 4 Participatiewet).
    """
    return await opdracht.run(
        lambda uow: neem_zorgtraject(uow, kandidaat_id, invoer.naar_besluit(opdracht, uow)),
        answer=ZorgtrajectUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )


@router.post(
    KANDIDAAT + "/beschut-werkbesluiten",
    status_code=201,
    response_model=BeschutWerkbesluitUitvoer,
    responses=problems(*_ELK_BESLUIT, fouten.BeschutWerkZonderAdvies),
)
async def neem_een_besluit_over_beschut_werk(
    kandidaat_id: KandidaatId,
    invoer: BeschutWerkbesluitInvoer,
    opdracht: Klantmanager,
) -> Response:
    """Besluit over beschut werk

    Altijd door de gemeente, op advies van het UWV (art. 10b Participatiewet). Intrekken kan niet:
    een nieuw besluit komt ervoor in de plaats.
    """
    return await opdracht.run(
        lambda uow: neem_beschut_werkbesluit(
            uow,
            kandidaat_id,
            UwvAdvies(invoer.uwv_advies_op, invoer.uwv_advies_positief),
            invoer.naar_besluit(opdracht, uow),
            toegekend=invoer.toegekend,
        ),
        answer=BeschutWerkbesluitUitvoer.van,
        location=lambda _: f"/kandidaten/{kandidaat_id}/besluiten",
    )
