"""OAD trajecten of a dossier, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import (
    Datum,
    Invoer,
    NietGevonden,
    Uitvoer,
    problems,
)
from services.diagnose.api.vormen import (
    DOSSIER,
    DossierId,
    Gemeentecode,
    Lezen,
    Tekst,
    Trajectconsulent,
    Uren,
)
from services.diagnose.domain import fouten
from services.diagnose.domain.oad import (
    VRAGEN,
    Antwoord,
    Bestemming,
    Oad,
    Oadcijfers,
    Oadeinde,
    Oadstart,
    Oadstatus,
    Selectie,
    Selectieuitkomst,
    Selectievraag,
    Vervolgantwoord,
    tel,
)
from services.diagnose.store import oad_trajecten
from services.diagnose.store.oad_trajecten import Samenvatting
from services.diagnose.use_cases.beantwoord_oad_vervolgvraag import beantwoord_oad_vervolgvraag
from services.diagnose.use_cases.beeindig_oad import beeindig_oad
from services.diagnose.use_cases.selecteer_voor_oad import selecteer_voor_oad
from services.diagnose.use_cases.start_oad import start_oad

router = APIRouter(tags=["OAD"])

TRAJECTEN: Final = DOSSIER + "/oad-trajecten"
TRAJECT: Final = TRAJECTEN + "/{oadId}"

OadId = Annotated[UUID, Path(alias="oadId", description="Het nummer van het OAD-traject.")]
Toelichting = Annotated[str, Field(max_length=5000)]

_STAPFOUTEN: Final = (
    NietGevonden,
    fouten.OadStapKanNiet,
    fouten.DatumPastNiet,
    fouten.DatumInToekomst,
)


class SelectieantwoordInvoer(Invoer):
    """Het antwoord op een vraag van de selectie."""

    vraag: Selectievraag
    ja: bool
    toelichting: Toelichting = ""


class SelectieInvoer(Invoer):
    """Past OAD bij deze inwoner? Elke vraag precies een keer, met uitkomst en motivering."""

    geselecteerd_op: Datum
    antwoorden: Annotated[list[SelectieantwoordInvoer], Field(min_length=1, max_length=16)]
    uitkomst: Selectieuitkomst
    motivering: Tekst

    def naar_oad(self) -> Oad:
        return Oad(
            oad_id=uuid4(),
            selectie=Selectie(
                geselecteerd_op=self.geselecteerd_op,
                antwoorden=tuple(
                    Antwoord(antwoord.vraag, antwoord.ja, antwoord.toelichting)
                    for antwoord in self.antwoorden
                ),
                uitkomst=self.uitkomst,
                motivering=self.motivering,
            ),
        )


class StartInvoer(Invoer):
    """Het begin van een traject van 6 tot 12 maanden."""

    gestart_op: Datum
    laatste_dag: Annotated[Datum, Field(description="Zoals nu gepland.")]
    uren_per_week: Annotated[Uren, Field(description="Hoogstens 40.")]

    def naar_start(self) -> Oadstart:
        return Oadstart(self.gestart_op, self.laatste_dag, self.uren_per_week)


class EindeInvoer(Invoer):
    """Het einde van een traject, en waarheen de deelnemer gaat."""

    beeindigd_op: Datum
    bestemming: Bestemming
    toelichting: Toelichting = ""

    def naar_einde(self) -> Oadeinde:
        return Oadeinde(self.beeindigd_op, self.bestemming, self.toelichting)


class VervolgantwoordInvoer(Invoer):
    """Is de deelnemer 6 of 12 maanden na het einde aan het werk?"""

    na_maanden: Literal[6, 12]
    beantwoord_op: Datum
    aan_het_werk: bool
    toelichting: Toelichting = ""

    def naar_antwoord(self) -> Vervolgantwoord:
        return Vervolgantwoord(
            self.na_maanden, self.beantwoord_op, self.aan_het_werk, self.toelichting
        )


class OadStand(Uitvoer):
    """Hoe het staat, zonder wat er is overwogen."""

    oad_id: UUID
    status: Oadstatus
    gestart_op: date | None
    laatste_dag: date | None
    beeindigd_op: date | None

    @classmethod
    def van(cls, oad: Oad) -> OadStand:
        return cls(
            oad_id=oad.oad_id,
            status=oad.status,
            gestart_op=oad.start.gestart_op if oad.start else None,
            laatste_dag=oad.start.laatste_dag if oad.start else None,
            beeindigd_op=oad.einde.beeindigd_op if oad.einde else None,
        )


class AntwoordUitvoer(Uitvoer):
    vraag: Selectievraag
    vraagtekst: str
    ja: bool
    toelichting: str

    @classmethod
    def van(cls, antwoord: Antwoord) -> AntwoordUitvoer:
        return cls(
            vraag=antwoord.vraag,
            vraagtekst=VRAGEN[antwoord.vraag],
            ja=antwoord.ja,
            toelichting=antwoord.toelichting,
        )


class SelectieUitvoer(Uitvoer):
    geselecteerd_op: date
    antwoorden: list[AntwoordUitvoer]
    uitkomst: Selectieuitkomst
    motivering: str

    @classmethod
    def van(cls, selectie: Selectie) -> SelectieUitvoer:
        return cls(
            geselecteerd_op=selectie.geselecteerd_op,
            antwoorden=[AntwoordUitvoer.van(antwoord) for antwoord in selectie.antwoorden],
            uitkomst=selectie.uitkomst,
            motivering=selectie.motivering,
        )


class EindeUitvoer(Uitvoer):
    beeindigd_op: date
    bestemming: Bestemming
    toelichting: str

    @classmethod
    def van(cls, einde: Oadeinde) -> EindeUitvoer:
        return cls(
            beeindigd_op=einde.beeindigd_op,
            bestemming=einde.bestemming,
            toelichting=einde.toelichting,
        )


class VervolgvraagUitvoer(Uitvoer):
    """Wanneer de vraag te stellen is, en het antwoord als dat er is."""

    na_maanden: int
    vanaf: date
    uiterlijk: date
    beantwoord_op: date | None
    aan_het_werk: bool | None
    toelichting: str

    @classmethod
    def van_oad(cls, oad: Oad) -> list[VervolgvraagUitvoer]:
        gegeven = {antwoord.na_maanden: antwoord for antwoord in oad.vervolg}
        return [
            cls(
                na_maanden=maanden,
                vanaf=vanaf,
                uiterlijk=uiterlijk,
                beantwoord_op=gegeven[maanden].beantwoord_op if maanden in gegeven else None,
                aan_het_werk=gegeven[maanden].aan_het_werk if maanden in gegeven else None,
                toelichting=gegeven[maanden].toelichting if maanden in gegeven else "",
            )
            for maanden, vanaf, uiterlijk in oad.vragen
        ]


class OadUitvoer(OadStand):
    """Het hele traject. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    selectie: SelectieUitvoer
    uren_per_week: Decimal | None
    einde: EindeUitvoer | None
    vervolgvragen: list[VervolgvraagUitvoer]

    @classmethod
    def van(cls, oad: Oad) -> OadUitvoer:
        return cls(
            **OadStand.van(oad).model_dump(),
            selectie=SelectieUitvoer.van(oad.selectie),
            uren_per_week=oad.start.uren_per_week if oad.start else None,
            einde=EindeUitvoer.van(oad.einde) if oad.einde else None,
            vervolgvragen=VervolgvraagUitvoer.van_oad(oad),
        )


class OadRegel(Uitvoer):
    oad_id: UUID
    status: Oadstatus
    gestart_op: date | None
    beeindigd_op: date | None


class OadTrajectenVanDossier(Uitvoer):
    """Op begindatum; wat niet begon staat achteraan."""

    oad_trajecten: list[OadRegel]

    @classmethod
    def van(cls, regels: Sequence[Samenvatting]) -> OadTrajectenVanDossier:
        return cls(
            oad_trajecten=[
                OadRegel(
                    oad_id=regel.oad_id,
                    status=regel.status,
                    gestart_op=regel.gestart_op,
                    beeindigd_op=regel.beeindigd_op,
                )
                for regel in regels
            ]
        )


class OadCijfers(Uitvoer):
    """Van trajecten die in een periode begonnen. Percentages zijn geheel, en leeg van niemand."""

    deelnemers: int
    lopend: int
    beeindigd: int
    per_bestemming: Annotated[
        dict[Bestemming, int], Field(description="Waarheen, ook waar het 0 is.")
    ]
    naar_werk: Annotated[
        int, Field(description="Regulier, met loonkostensubsidie of beschut, bij het einde.")
    ]
    doorstroompercentage: Annotated[
        int | None, Field(description="naarWerk van beeindigd; het doel is meer dan 50.")
    ]
    bekend: Annotated[
        int,
        Field(
            description="Van wie bekend is of hij na 6 tot 12 maanden werkt; wie verhuisde of "
            "overleed telt als niet aan het werk."
        ),
    ]
    nog_aan_het_werk: Annotated[int, Field(description="Volgens het laatste antwoord.")]
    slagingspercentage: Annotated[int | None, Field(description="nogAanHetWerk van bekend.")]

    @classmethod
    def van(cls, cijfers: Oadcijfers) -> OadCijfers:
        return cls(
            deelnemers=cijfers.deelnemers,
            lopend=cijfers.lopend,
            beeindigd=cijfers.beeindigd,
            per_bestemming=dict(cijfers.per_bestemming),
            naar_werk=cijfers.naar_werk,
            doorstroompercentage=cijfers.doorstroom,
            bekend=cijfers.bekend,
            nog_aan_het_werk=cijfers.nog_aan_het_werk,
            slagingspercentage=cijfers.slaging,
        )


@router.post(
    TRAJECTEN,
    status_code=201,
    response_model=OadStand,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeOad,
        fouten.DiagnoseNietGestart,
        fouten.OadLoopt,
        fouten.DatumPastNiet,
        fouten.DatumInToekomst,
    ),
)
async def leg_selectie_vast(
    dossier_id: DossierId, invoer: SelectieInvoer, opdracht: Trajectconsulent
) -> Response:
    """Selecteer voor OAD

    OAD past niet bij iedereen: alleen wie ontwikkelvermogen heeft kan geschikt zijn.
    """
    return await opdracht.run(
        lambda uow: selecteer_voor_oad(uow, dossier_id, invoer.naar_oad()),
        answer=OadStand.van,
        location=lambda oad: f"/dossiers/{dossier_id}/oad-trajecten/{oad.oad_id}",
    )


@router.get(TRAJECTEN, response_model=OadTrajectenVanDossier, responses=problems(NietGevonden))
async def geef_oad_trajecten(dossier_id: DossierId, vraag: Lezen) -> Response:
    """Geef de OAD-trajecten van een dossier"""
    return await vraag.run(
        lambda uow: oad_trajecten.lijst(uow, dossier_id), answer=OadTrajectenVanDossier.van
    )


@router.get(TRAJECT, response_model=OadUitvoer, responses=problems(NietGevonden))
async def zie_oad_traject_in(dossier_id: DossierId, oad_id: OadId, vraag: Lezen) -> Response:
    """Zie een OAD-traject in

    Met de selectie, de bestemming en de vervolgvragen.
    """
    return await vraag.run(
        lambda uow: oad_trajecten.zie_in(uow, dossier_id, oad_id), answer=OadUitvoer.van
    )


@router.post(
    TRAJECT + "/starts",
    status_code=201,
    response_model=OadStand,
    responses=problems(*_STAPFOUTEN, fouten.OngeldigeOad),
)
async def start_een_oad_traject(
    dossier_id: DossierId, oad_id: OadId, invoer: StartInvoer, opdracht: Trajectconsulent
) -> Response:
    """Start een OAD-traject

    Na een selectie als geschikt, voor 6 tot 12 maanden.
    """
    return await opdracht.run(
        lambda uow: start_oad(uow, dossier_id, oad_id, invoer.naar_start()),
        answer=OadStand.van,
        location=lambda _: f"/dossiers/{dossier_id}/oad-trajecten/{oad_id}",
    )


@router.post(
    TRAJECT + "/beeindigingen",
    status_code=201,
    response_model=OadStand,
    responses=problems(*_STAPFOUTEN),
)
async def beeindig_een_oad_traject(
    dossier_id: DossierId, oad_id: OadId, invoer: EindeInvoer, opdracht: Trajectconsulent
) -> Response:
    """Beëindig een OAD-traject

    Daarna vragen wij na 6 en na 12 maanden of de deelnemer aan het werk is, behalve van wie
    verhuisde of overleed.
    """
    return await opdracht.run(
        lambda uow: beeindig_oad(uow, dossier_id, oad_id, invoer.naar_einde()),
        answer=OadStand.van,
        location=lambda _: f"/dossiers/{dossier_id}/oad-trajecten/{oad_id}",
    )


@router.post(
    TRAJECT + "/vervolgantwoorden",
    status_code=201,
    response_model=OadStand,
    responses=problems(*_STAPFOUTEN),
)
async def beantwoord_een_vervolgvraag(
    dossier_id: DossierId, oad_id: OadId, invoer: VervolgantwoordInvoer, opdracht: Trajectconsulent
) -> Response:
    """Beantwoord een vervolgvraag

    Is de deelnemer 6 of 12 maanden na het einde aan het werk? Op zijn vroegst na die maanden.
    """
    return await opdracht.run(
        lambda uow: beantwoord_oad_vervolgvraag(uow, dossier_id, oad_id, invoer.naar_antwoord()),
        answer=OadStand.van,
        location=lambda _: f"/dossiers/{dossier_id}/oad-trajecten/{oad_id}",
    )


@router.get("/rapportages/oad", response_model=OadCijfers, responses=problems(NietGevonden))
async def rapporteer_oad(
    vraag: Lezen,
    vanaf: Annotated[
        Datum | None, QueryParameter(description="Alleen wie op of na deze dag begon.")
    ] = None,
    tot_en_met: Annotated[
        Datum | None,
        QueryParameter(alias="totEnMet", description="Alleen wie uiterlijk deze dag begon."),
    ] = None,
    gemeentecode: Gemeentecode = None,
) -> Response:
    """Rapporteer over OAD

    Waarheen deelnemers gingen, en hoeveel er na 6 tot 12 maanden nog werken. De gemeente telt de
    eigen deelnemers, WSD alle.
    """

    van = vraag.of_gemeente(gemeentecode)

    async def cijfers(uow: Reading) -> Oadcijfers:
        return tel(
            await oad_trajecten.regels(uow, gemeentecode=van, vanaf=vanaf, tot_en_met=tot_en_met)
        )

    return await vraag.run(cijfers, answer=OadCijfers.van)
