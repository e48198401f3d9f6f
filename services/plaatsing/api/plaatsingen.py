"""Routes of plaatsingen: starting one of each kind, extending, ending and reading them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field, RootModel

from chassis.unit_of_work import UnitOfWork
from chassis.web import GEHEEL, Datum, Invoer, NietGevonden, Page, Uitvoer, problems
from services.plaatsing.api.vormen import (
    Lezen,
    LezenMetVersie,
    Pagina,
    Plaatsen,
    Tarief,
    Uren,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.lks_plaatsing import Grondslag, LksPlaatsing
from services.plaatsing.domain.overige_plaatsing import OverigePlaatsing
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.proefplaatsing import (
    LANGSTE_DUUR,
    LANGSTE_VERLENGING,
    Proefplaatsing,
)
from services.plaatsing.domain.soorten import OverigePlaatsingsoort
from services.plaatsing.domain.verloop import Wijziging
from services.plaatsing.domain.werkgever import Route, route_bij
from services.plaatsing.store import plaatsingen
from services.plaatsing.use_cases.beeindig_plaatsing import beeindig_plaatsing
from services.plaatsing.use_cases.heroverweeg_plaatsing import heroverweeg_plaatsing
from services.plaatsing.use_cases.start_lks_plaatsing import (
    TeStartenLksPlaatsing,
    start_lks_plaatsing,
)
from services.plaatsing.use_cases.start_plaatsing import TeStartenPlaatsing, start_plaatsing
from services.plaatsing.use_cases.start_proefplaatsing import (
    TeStartenProefplaatsing,
    start_proefplaatsing,
)
from services.plaatsing.use_cases.verleng_plaatsing import verleng
from services.plaatsing.use_cases.wijzig_plaatsing import wijzig_plaatsing

router = APIRouter(tags=["Plaatsingen"])

PLAATSING: Final = "/plaatsingen/{plaatsingId}"
PlaatsingId = Annotated[UUID, Path(alias="plaatsingId", description="Het nummer van de plaatsing.")]

_BEGIN: Final = (
    NietGevonden,
    fouten.NietBevoegd,
    fouten.KandidaatIsUitgestroomd,
    fouten.DoorverwijzingOntbreekt,
    fouten.TrajectbesluitOntbreekt,
    fouten.TrajectNogNietIngegaan,
    fouten.InkooporderOntbreekt,
    fouten.BeginTeVerWeg,
    fouten.PlaatsingenOverlappen,
    fouten.WerkplekNietBeschikbaar,
    fouten.WerkplekVol,
    fouten.UrenPassenNiet,
    fouten.VorigePlaatsingPastNiet,
)
"""How the start of any placement can be refused."""


VorigePlaatsingId = Annotated[
    UUID | None,
    Field(
        description="De plaatsing waaruit de kandidaat doorstroomt. Loopt die nog, dan eindigt zij "
        "op de dag voor de begindatum, in dezelfde opdracht."
    ),
]


class ProefplaatsingInvoer(Invoer):
    """Onbetaald werken op proef, met behoud van uitkering."""

    kandidaat_id: UUID
    werkplek_id: UUID
    begindatum: Datum
    uren_per_week: Uren
    maanden: Annotated[
        int,
        Field(ge=1, le=LANGSTE_DUUR, description="Duur; verlengen kan later."),
        GEHEEL,
    ] = LANGSTE_DUUR
    ontvangt_algemene_bijstand: Annotated[
        bool,
        Field(description="Of de kandidaat algemene bijstand ontvangt; zonder kan het niet."),
    ]
    vorige_plaatsing_id: VorigePlaatsingId = None

    def naar_opdracht(self) -> TeStartenProefplaatsing:
        return TeStartenProefplaatsing(
            kandidaat_id=self.kandidaat_id,
            werkplek_id=self.werkplek_id,
            begindatum=self.begindatum,
            uren_per_week=self.uren_per_week,
            maanden=self.maanden,
            ontvangt_algemene_bijstand=self.ontvangt_algemene_bijstand,
            vorige_plaatsing_id=self.vorige_plaatsing_id,
        )


class LksPlaatsingInvoer(Invoer):
    """Een dienstverband met loonkostensubsidie."""

    kandidaat_id: UUID
    werkplek_id: UUID
    begindatum: Datum
    uren_per_week: Annotated[Uren, Field(description="Overeengekomen uren per week.")]
    voltijdsuren_per_week: Annotated[
        Uren,
        Field(description="Uren per week van een voltijds dienstverband in dezelfde functie."),
    ]
    grondslag: Annotated[
        Grondslag,
        Field(
            description="De vastgestelde loonwaarde die op de begindatum geldt, of het forfait "
            "(art. 10d lid 4 en lid 5 Participatiewet)."
        ),
    ]
    via: Annotated[Route, Field(description="Bij de werkgever zelf, of via Werkpartners van WSD.")]
    behoort_tot_doelgroep: Annotated[
        bool,
        Field(
            description="Of het college heeft vastgesteld dat de kandidaat tot de doelgroep "
            "loonkostensubsidie behoort (art. 10c Participatiewet)."
        ),
    ]
    vorige_plaatsing_id: VorigePlaatsingId = None

    def naar_opdracht(self) -> TeStartenLksPlaatsing:
        return TeStartenLksPlaatsing(
            kandidaat_id=self.kandidaat_id,
            werkplek_id=self.werkplek_id,
            begindatum=self.begindatum,
            uren_per_week=self.uren_per_week,
            voltijdsuren_per_week=self.voltijdsuren_per_week,
            grondslag=self.grondslag,
            via=self.via,
            behoort_tot_doelgroep=self.behoort_tot_doelgroep,
            vorige_plaatsing_id=self.vorige_plaatsing_id,
        )


class PlaatsingInvoer(Invoer):
    """Een plaatsing van een andere soort dan op proef of met loonkostensubsidie."""

    kandidaat_id: UUID
    soort: OverigePlaatsingsoort
    begindatum: Datum
    einddatum: Annotated[
        Datum | None,
        Field(description="Afgesproken laatste dag; bij onbetaald werk verplicht."),
    ] = None
    uren_per_week: Annotated[Uren | None, Field(description="Verplicht op een werkplek.")] = None
    werkplek_id: Annotated[
        UUID | None,
        Field(
            description="Verplicht bij beschut werk, detachering (een werkplek van de inlener), "
            "werkervaringsplaats, werken met behoud van uitkering en participatieplaats."
        ),
    ] = None
    tarief_per_uur: Annotated[
        Tarief | None, Field(description="Wat de inlener per uur betaalt; alleen bij detachering.")
    ] = None
    ontvangt_algemene_bijstand: Annotated[
        bool,
        Field(
            description="Of de kandidaat algemene bijstand ontvangt; nodig bij een "
            "participatieplaats en bij werken met behoud van uitkering."
        ),
    ] = False
    vorige_plaatsing_id: VorigePlaatsingId = None

    def naar_opdracht(self) -> TeStartenPlaatsing:
        return TeStartenPlaatsing(
            kandidaat_id=self.kandidaat_id,
            soort=self.soort,
            begindatum=self.begindatum,
            einddatum=self.einddatum,
            uren_per_week=self.uren_per_week,
            werkplek_id=self.werkplek_id,
            tarief_per_uur=self.tarief_per_uur,
            ontvangt_algemene_bijstand=self.ontvangt_algemene_bijstand,
            vorige_plaatsing_id=self.vorige_plaatsing_id,
        )


class VerlengingInvoer(Invoer):
    """Meer tijd: van een proefplaatsing in maanden, van een andere soort tot een einddatum."""

    maanden: Annotated[
        int | None,
        Field(
            ge=1,
            le=LANGSTE_VERLENGING,
            description="Van een proefplaatsing; alle verlengingen samen: hoogstens 4.",
        ),
        GEHEEL,
    ] = None
    einddatum: Annotated[
        Datum | None, Field(description="De nieuwe laatste dag, van een andere soort.")
    ] = None
    verlengd_op: Annotated[Datum, Field(description="Dag van het besluit, voor de afloop.")]
    werkplek_id: Annotated[
        UUID | None,
        Field(
            description="Alleen van een participatieplaats die langer wordt dan twee jaar: ander "
            "werk op een andere locatie van de werkgever (art. 10a Participatiewet)."
        ),
    ] = None

    async def voer_uit(self, uow: UnitOfWork, plaatsing_id: UUID) -> Plaatsing:
        """Raises what the extension raises."""
        return await verleng(
            uow,
            plaatsing_id,
            self.verlengd_op,
            maanden=self.maanden,
            einddatum=self.einddatum,
            werkplek_id=self.werkplek_id,
        )


class WijzigingInvoer(Invoer):
    """Wat er vanaf een dag anders is; wat u weglaat blijft gelijk."""

    vanaf: Annotated[Datum, Field(description="Na de vorige wijziging, en na het begin.")]
    uren_per_week: Uren | None = None
    voltijdsuren_per_week: Annotated[
        Uren | None, Field(description="Alleen van een plaatsing met loonkostensubsidie.")
    ] = None
    werkplek_id: Annotated[
        UUID | None,
        Field(
            description="Een andere werkplek, en zo een andere functie, bij dezelfde werkgever. "
            "Naar een andere werkgever stroomt de kandidaat door."
        ),
    ] = None

    def naar_wijziging(self) -> Wijziging:
        return Wijziging(
            self.vanaf, self.uren_per_week, self.voltijdsuren_per_week, self.werkplek_id
        )


class HeroverwegingInvoer(Invoer):
    """Of een participatieplaats doorgaat (art. 10a Participatiewet)."""

    heroverwogen_op: Annotated[Datum, Field(description="Uiterlijk negen maanden na het begin.")]
    vooruitgang: Annotated[
        bool,
        Field(
            description="Of de plaats de kans op werk vergroot. Zo niet, dan eindigt zij na twaalf "
            "maanden."
        ),
    ]


class BeeindigingInvoer(Invoer):
    """Het einde van een plaatsing."""

    einddatum: Annotated[Datum, Field(description="De laatste dag van de plaatsing.")]
    reden: Annotated[
        Eindereden,
        Field(
            description="Welke redenen bij de soort horen, staat in het antwoord als een niet past."
        ),
    ]


class _PlaatsingUitvoer(Uitvoer):
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    werkgever_id: UUID | None
    werkplek_id: UUID | None
    begindatum: date
    einddatum: Annotated[
        date | None,
        Field(description="Laatste dag, zoals afgesproken of zoals het liep; leeg bij open einde."),
    ]
    eindereden: Annotated[
        Eindereden | None, Field(description="Leeg zolang de plaatsing niet is beëindigd.")
    ]
    uren_per_week: Uren | None


class ProefplaatsingUitvoer(_PlaatsingUitvoer):
    """Onbetaald werken op proef, met behoud van uitkering."""

    soort: Literal[Plaatsingsoort.PROEFPLAATSING]
    maanden: int
    verlengd_met_maanden: int

    @classmethod
    def van(cls, plaatsing: Proefplaatsing) -> ProefplaatsingUitvoer:
        return cls(
            **_gemeenschappelijk(plaatsing),
            soort=Plaatsingsoort.PROEFPLAATSING,
            maanden=plaatsing.maanden,
            verlengd_met_maanden=plaatsing.verlengd,
        )


class LksPlaatsingUitvoer(_PlaatsingUitvoer):
    """Een dienstverband met loonkostensubsidie."""

    soort: Literal[Plaatsingsoort.LKS_DIENSTVERBAND]
    voltijdsuren_per_week: Uren
    grondslag: Grondslag
    loonwaarde: Annotated[
        int | None,
        Field(description="Hele procenten van het wettelijk minimumloon; leeg bij het forfait."),
    ]
    via: Route

    @classmethod
    def van(cls, plaatsing: LksPlaatsing) -> LksPlaatsingUitvoer:
        return cls(
            **_gemeenschappelijk(plaatsing),
            soort=Plaatsingsoort.LKS_DIENSTVERBAND,
            voltijdsuren_per_week=plaatsing.voltijdsuren_per_week,
            grondslag=plaatsing.grondslag,
            loonwaarde=plaatsing.loonwaarde,
            via=route_bij(plaatsing.werkgeversoort),
        )


class OverigePlaatsingUitvoer(_PlaatsingUitvoer):
    """Een plaatsing van een andere soort."""

    soort: OverigePlaatsingsoort
    tarief_per_uur: Annotated[Tarief | None, Field(description="Alleen bij detachering.")]
    loonwaarde: Annotated[
        int | None,
        Field(description="Hele procenten, van betaald werk van wie die is gemeten."),
    ]
    besluit_beschut_werk_id: UUID | None
    heroverwogen_op: Annotated[date | None, Field(description="Van een participatieplaats.")]

    @classmethod
    def van(cls, plaatsing: OverigePlaatsing) -> OverigePlaatsingUitvoer:
        return cls(
            **{**_gemeenschappelijk(plaatsing), "soort": plaatsing.soort},
            tarief_per_uur=plaatsing.tarief_per_uur,
            loonwaarde=plaatsing.loonwaarde,
            besluit_beschut_werk_id=plaatsing.besluit_id,
            heroverwogen_op=plaatsing.heroverwogen_op,
        )


class PlaatsingUitvoer(
    RootModel[
        Annotated[
            ProefplaatsingUitvoer | LksPlaatsingUitvoer | OverigePlaatsingUitvoer,
            Field(discriminator="soort"),
        ]
    ]
):
    """Een plaatsing; `soort` zegt welke."""

    @classmethod
    def van(cls, plaatsing: Plaatsing) -> PlaatsingUitvoer:
        match plaatsing:
            case Proefplaatsing():
                return cls(ProefplaatsingUitvoer.van(plaatsing))
            case LksPlaatsing():
                return cls(LksPlaatsingUitvoer.van(plaatsing))
            case OverigePlaatsing():
                return cls(OverigePlaatsingUitvoer.van(plaatsing))


class PlaatsingenPagina(Page[PlaatsingUitvoer]):
    """Plaatsingen in de volgorde waarin zij zijn vastgelegd."""


def _gemeenschappelijk(plaatsing: Plaatsing) -> dict[str, object]:
    return {
        "plaatsing_id": plaatsing.plaatsing_id,
        "kandidaat_id": plaatsing.kandidaat_id,
        "gemeentecode": plaatsing.gemeentecode,
        "werkgever_id": plaatsing.werkgever_id,
        "werkplek_id": plaatsing.werkplek_id,
        "begindatum": plaatsing.begin,
        "einddatum": plaatsing.tot_en_met,
        "eindereden": plaatsing.eindereden,
        "uren_per_week": plaatsing.uren_per_week,
    }


@router.post(
    "/proefplaatsingen",
    status_code=201,
    response_model=ProefplaatsingUitvoer,
    responses=problems(*_BEGIN, fouten.GeenAlgemeneBijstand),
)
async def start_een_proefplaatsing(invoer: ProefplaatsingInvoer, opdracht: Plaatsen) -> Response:
    """Start een proefplaatsing

    Hoogstens 2 maanden, te verlengen met hoogstens 4 (art. 6 lid 1 onder h en art. 8a lid 2 onder d
    Participatiewet). Kan vanaf de dag waarop het trajectbesluit ingaat. WSD plaatst bij een traject
    met WSD, de gemeente zelf bij een traject zonder WSD.
    """
    return await opdracht.run(
        lambda uow: start_proefplaatsing(uow, invoer.naar_opdracht()),
        answer=ProefplaatsingUitvoer.van,
        location=lambda plaatsing: f"/plaatsingen/{plaatsing.plaatsing_id}",
    )


@router.post(
    "/lks-plaatsingen",
    status_code=201,
    response_model=LksPlaatsingUitvoer,
    responses=problems(
        *_BEGIN,
        fouten.LoonwaardeOntbreekt,
        fouten.LoonwaardeVolledig,
        fouten.NietInDoelgroep,
        fouten.RoutePastNiet,
    ),
)
async def start_een_lks_plaatsing(invoer: LksPlaatsingInvoer, opdracht: Plaatsen) -> Response:
    """Start een plaatsing met loonkostensubsidie

    Een dienstverband, bij de werkgever zelf of via Werkpartners. De loonwaarde komt uit de diagnose
    en wordt niet meegestuurd. Kan vanaf de dag waarop het trajectbesluit ingaat.
    """
    return await opdracht.run(
        lambda uow: start_lks_plaatsing(uow, invoer.naar_opdracht()),
        answer=LksPlaatsingUitvoer.van,
        location=lambda plaatsing: f"/plaatsingen/{plaatsing.plaatsing_id}",
    )


@router.post(
    "/plaatsingen",
    status_code=201,
    response_model=OverigePlaatsingUitvoer,
    responses=problems(
        *_BEGIN,
        fouten.OngeldigePlaatsing,
        fouten.GeenAlgemeneBijstand,
        fouten.BesluitBeschutWerkOntbreekt,
        fouten.InlenerPastNiet,
        fouten.PlaatsingTeLang,
    ),
)
async def start_een_plaatsing(invoer: PlaatsingInvoer, opdracht: Plaatsen) -> Response:
    """Start een plaatsing van een andere soort

    Beschut werk, detachering, onbetaald werk, begeleiding of regulier werk. Wat een soort vraagt en
    hoe lang zij duurt, staat in de handleiding. Beschut werk kan na een besluit van de gemeente.
    """
    return await opdracht.run(
        lambda uow: start_plaatsing(uow, invoer.naar_opdracht()),
        answer=OverigePlaatsingUitvoer.van,
        location=lambda plaatsing: f"/plaatsingen/{plaatsing.plaatsing_id}",
    )


@router.post(
    PLAATSING + "/verlengingen",
    status_code=201,
    response_model=PlaatsingUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.VerlengingOnduidelijk,
        fouten.NietTeVerlengen,
        fouten.PlaatsingAlBeeindigd,
        fouten.VerlengingTeLaat,
        fouten.DatumBuitenPlaatsing,
        fouten.ProefplaatsingTeLang,
        fouten.PlaatsingTeLang,
        fouten.HeroverwegingOntbreekt,
        fouten.AndereOmgevingNodig,
        fouten.PlaatsingenOverlappen,
        fouten.WerkplekNietBeschikbaar,
        fouten.WerkplekVol,
        fouten.UrenPassenNiet,
        fouten.WijzigingPastNiet,
    ),
)
async def verleng_een_plaatsing(
    plaatsing_id: PlaatsingId, invoer: VerlengingInvoer, opdracht: Plaatsen
) -> Response:
    """Verleng een plaatsing

    Voor zij afloopt. Een proefplaatsing met hoogstens 4 maanden samen; een andere soort tot een
    nieuwe einddatum, zo lang als de soort mag duren. Er moet plaats blijven op de werkplek.
    """
    return await opdracht.run(
        lambda uow: invoer.voer_uit(uow, plaatsing_id),
        answer=PlaatsingUitvoer.van,
        location=lambda _: f"/plaatsingen/{plaatsing_id}",
    )


@router.post(
    PLAATSING + "/wijzigingen",
    status_code=201,
    response_model=PlaatsingUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.BeginTeVerWeg,
        fouten.PlaatsingAlBeeindigd,
        fouten.DatumBuitenPlaatsing,
        fouten.NietsGewijzigd,
        fouten.WijzigingPastNiet,
        fouten.WerkplekNietBeschikbaar,
        fouten.WerkplekVol,
        fouten.UrenPassenNiet,
    ),
)
async def wijzig_een_plaatsing(
    plaatsing_id: PlaatsingId, invoer: WijzigingInvoer, opdracht: Plaatsen
) -> Response:
    """Wijzig een plaatsing vanaf een dag

    Andere uren of een andere werkplek bij dezelfde werkgever. Wat eerder gold blijft bewaard. Een
    andere loonwaarde komt vanzelf uit de diagnose.
    """
    return await opdracht.run(
        lambda uow: wijzig_plaatsing(uow, plaatsing_id, invoer.naar_wijziging()),
        answer=PlaatsingUitvoer.van,
        location=lambda _: f"/plaatsingen/{plaatsing_id}",
    )


@router.post(
    PLAATSING + "/heroverwegingen",
    status_code=201,
    response_model=OverigePlaatsingUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.GeenHeroverweging,
        fouten.PlaatsingAlBeeindigd,
        fouten.DatumBuitenPlaatsing,
    ),
)
async def heroverweeg_een_plaatsing(
    plaatsing_id: PlaatsingId, invoer: HeroverwegingInvoer, opdracht: Plaatsen
) -> Response:
    """Heroverweeg een participatieplaats

    Na negen maanden. Zonder vooruitgang eindigt de plaats na twaalf maanden; na een heroverweging
    kan zij langer duren dan twee jaar (art. 10a Participatiewet).
    """
    return await opdracht.run(
        lambda uow: heroverweeg_plaatsing(
            uow, plaatsing_id, invoer.heroverwogen_op, vooruitgang=invoer.vooruitgang
        ),
        answer=OverigePlaatsingUitvoer.van,
        location=lambda _: f"/plaatsingen/{plaatsing_id}",
    )


@router.post(
    PLAATSING + "/beeindigingen",
    status_code=201,
    response_model=PlaatsingUitvoer,
    responses=problems(
        NietGevonden,
        fouten.NietBevoegd,
        fouten.PlaatsingAlBeeindigd,
        fouten.DatumBuitenPlaatsing,
        fouten.EinderedenPastNiet,
    ),
)
async def beeindig_een_plaatsing(
    plaatsing_id: PlaatsingId, invoer: BeeindigingInvoer, opdracht: Plaatsen
) -> Response:
    """Beëindig een plaatsing

    Na de einddatum is de plaats op de werkplek weer vrij.
    """
    return await opdracht.run(
        lambda uow: beeindig_plaatsing(uow, plaatsing_id, invoer.einddatum, invoer.reden),
        answer=PlaatsingUitvoer.van,
        location=lambda _: f"/plaatsingen/{plaatsing_id}",
    )


@router.get("/plaatsingen", response_model=PlaatsingenPagina, responses=problems())
async def lijst_plaatsingen(
    vraag: Lezen,
    pagina: Pagina,
    kandidaat_id: Annotated[
        UUID | None,
        QueryParameter(alias="kandidaatId", description="Alleen plaatsingen van deze kandidaat."),
    ] = None,
) -> Response:
    """Geef plaatsingen

    De gemeente ziet die van de eigen kandidaten; WSD van wie naar haar is doorverwezen.
    """
    return await vraag.page(
        pagina,
        lambda uow: plaatsingen.lijst(
            uow, kandidaat_id=kandidaat_id, na=pagina.after, aantal=pagina.fetch
        ),
        answer=lambda bewaard: PlaatsingUitvoer.van(bewaard.plaatsing),
        key=_volgorde,
    )


@router.get(PLAATSING, response_model=PlaatsingUitvoer, responses=problems(NietGevonden))
async def geef_plaatsing(plaatsing_id: PlaatsingId, vraag: LezenMetVersie) -> Response:
    """Geef een plaatsing"""
    return await vraag.run(
        lambda uow: plaatsingen.haal(uow, plaatsing_id),
        answer=lambda bewaard: PlaatsingUitvoer.van(bewaard.plaatsing),
        version=lambda bewaard: bewaard.versie,
    )


def _volgorde(bewaard: plaatsingen.Bewaard) -> tuple[datetime, UUID]:
    return bewaard.vastgelegd_op, bewaard.plaatsing.plaatsing_id
