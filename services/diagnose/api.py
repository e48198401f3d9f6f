"""The REST API of diagnose."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import (
    Command,
    Datum,
    Invoer,
    NietGevonden,
    Page,
    PageRequest,
    Query,
    Uitvoer,
    command,
    page,
    problems,
    query,
)
from services.diagnose import store
from services.diagnose.domain import fouten
from services.diagnose.domain.advies import Advies, Dienst, Programma, Richting
from services.diagnose.domain.dossier import Dossier, Dossierstatus
from services.diagnose.domain.loonwaarde import Hoofdtaak, Loonwaardemeting
from services.diagnose.domain.zrm import NIVEAUS, HulpAanwezig, ZrmDomein, ZrmMeting, ZrmScore
from services.diagnose.use_cases.geef_advies import TeGevenAdvies, geef_advies
from services.diagnose.use_cases.neem_zrm_af import neem_zrm_af
from services.diagnose.use_cases.start_diagnose import start_diagnose
from services.diagnose.use_cases.stel_loonwaarde_vast import stel_loonwaarde_vast

TAGS: Final = {
    "Dossiers": "Een dossier ontstaat als de gemeente een kandidaat naar WSD doorverwijst.",
    "Metingen": "Zelfredzaamheid (ZRM 2017) en loonwaarde (uniforme methode).",
    "Adviezen": "Wat WSD de gemeente adviseert.",
}

DOSSIER: Final = "/dossiers/{dossierId}"
METINGEN: Final = DOSSIER + "/zrm-metingen"
LOONWAARDEN: Final = DOSSIER + "/loonwaardemetingen"
ADVIEZEN: Final = DOSSIER + "/adviezen"

router = APIRouter()

Lezen = Annotated[Query, query("diagnose.lezen")]
LezenMetVersie = Annotated[Query, query("diagnose.lezen", etag=True)]
Trajectconsulent = Annotated[Command, command("diagnose.schrijven", roles={"trajectconsulent"})]
Loonwaardedeskundige = Annotated[
    Command, command("diagnose.schrijven", roles={"loonwaardedeskundige"})
]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
DossierId = Annotated[UUID, Path(alias="dossierId", description="Het nummer van het dossier.")]
MetingId = Annotated[UUID, Path(alias="metingId", description="Het nummer van de meting.")]
AdviesId = Annotated[UUID, Path(alias="adviesId", description="Het nummer van het advies.")]

Naam = Annotated[str, Field(min_length=1, max_length=200)]
Tekst = Annotated[str, Field(min_length=1, max_length=5000)]
Procent = Annotated[
    Decimal,
    Field(ge=0, le=100, max_digits=5, decimal_places=2, examples=[60], description="Procenten."),
]


class DiagnoseInvoer(Invoer):
    gestart_op: Datum


class ZrmScoreInvoer(Invoer):
    """Het niveau in een domein: 1 acute problematiek tot en met 5 volledig zelfredzaam."""

    domein: ZrmDomein
    niveau: Annotated[int, Field(ge=1, le=5)]
    hulp: HulpAanwezig
    toelichting: Annotated[str, Field(max_length=5000)] = ""


class ZrmMetingInvoer(Invoer):
    """Een volledige meting: alle dertien domeinen, op informatie van ten hoogste dertig dagen."""

    afgenomen_op: Datum
    informatie_van: Annotated[
        Datum, Field(description="De dag van de oudste informatie waar de meting op rust.")
    ]
    beoordelaar: Naam
    scores: Annotated[list[ZrmScoreInvoer], Field(min_length=1, max_length=26)]

    def naar_meting(self) -> ZrmMeting:
        return ZrmMeting(
            meting_id=uuid4(),
            afgenomen_op=self.afgenomen_op,
            informatie_van=self.informatie_van,
            beoordelaar=self.beoordelaar,
            scores=tuple(
                ZrmScore(score.domein, score.niveau, score.hulp, score.toelichting)
                for score in self.scores
            ),
        )


class HoofdtaakInvoer(Invoer):
    """Een hoofdtaak: ten minste 1/16 van de werktijd en 30 minuten per werkdag."""

    omschrijving: Naam
    aandeel: Procent
    tempo: Procent
    kwaliteit: Procent
    netto_werktijd: Procent


class LoonwaardemetingInvoer(Invoer):
    """Het modelrapport van de Regeling loonkostensubsidie Participatiewet 2021, in gegevens."""

    bedrijfsbezoek_op: Datum
    vastgesteld_op: Datum
    ingangsdatum: Datum
    loonwaardedeskundige: Naam
    uren_per_week: Annotated[Decimal, Field(gt=0, le=60, max_digits=4, decimal_places=2)]
    werkdagen_per_week: Annotated[Decimal, Field(gt=0, le=7, max_digits=3, decimal_places=2)]
    hoofdtaken: Annotated[list[HoofdtaakInvoer], Field(max_length=10, default_factory=list)]
    reguliere_prestatie: Annotated[
        bool, Field(description="Levert een reguliere arbeidsprestatie: de loonwaarde is 100%.")
    ] = False

    def naar_meting(self) -> Loonwaardemeting:
        return Loonwaardemeting(
            meting_id=uuid4(),
            bedrijfsbezoek_op=self.bedrijfsbezoek_op,
            vastgesteld_op=self.vastgesteld_op,
            ingangsdatum=self.ingangsdatum,
            loonwaardedeskundige=self.loonwaardedeskundige,
            uren_per_week=self.uren_per_week,
            werkdagen_per_week=self.werkdagen_per_week,
            hoofdtaken=tuple(
                Hoofdtaak(
                    taak.omschrijving,
                    taak.aandeel,
                    taak.tempo,
                    taak.kwaliteit,
                    taak.netto_werktijd,
                )
                for taak in self.hoofdtaken
            ),
            reguliere_prestatie=self.reguliere_prestatie,
        )


class AdviesInvoer(Invoer):
    """Een advies rust op een ZRM-meting, een loonwaardemeting of beide uit dit dossier."""

    gegeven_op: Datum
    programma: Programma
    diensten: Annotated[list[Dienst], Field(min_length=1, max_length=20)]
    motivering: Tekst
    zrm_meting_id: UUID | None = None
    loonwaarde_meting_id: UUID | None = None
    alleen_aangepast: Annotated[
        bool, Field(description="Kan alleen onder aangepaste omstandigheden werken.")
    ] = False
    motivering_afwijking: Annotated[
        str,
        Field(
            max_length=5000,
            description="Nodig als het advies afwijkt van het voorstel van de regel.",
        ),
    ] = ""

    def naar_advies(self) -> TeGevenAdvies:
        return TeGevenAdvies(
            gegeven_op=self.gegeven_op,
            programma=self.programma,
            diensten=tuple(self.diensten),
            motivering=self.motivering,
            zrm_meting_id=self.zrm_meting_id,
            loonwaarde_meting_id=self.loonwaarde_meting_id,
            alleen_aangepast=self.alleen_aangepast,
            motivering_afwijking=self.motivering_afwijking,
        )


class DossierUitvoer(Uitvoer):
    """Een dossier, zonder wat er in woorden en niveaus in staat."""

    dossier_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    status: Dossierstatus
    geopend_op: date
    gestart_op: date | None
    loonwaarde: Annotated[
        int | None, Field(description="Laatst vastgestelde loonwaarde, hele procenten van het WML.")
    ]

    @classmethod
    def van(cls, dossier: Dossier | store.Samenvatting) -> DossierUitvoer:
        return cls(
            dossier_id=dossier.dossier_id,
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            status=dossier.status,
            geopend_op=dossier.geopend_op,
            gestart_op=dossier.gestart_op,
            loonwaarde=dossier.loonwaarde,
        )


class DossierMetInhoud(DossierUitvoer):
    """Een dossier met de nummers van wat erin staat, het oudste eerst."""

    zrm_metingen: list[UUID]
    loonwaardemetingen: list[UUID]
    adviezen: list[UUID]

    @classmethod
    def van_bewaard(cls, bewaard: store.Bewaard) -> DossierMetInhoud:
        dossier = bewaard.dossier
        return cls(
            **DossierUitvoer.van(dossier).model_dump(),
            zrm_metingen=[meting.meting_id for meting in dossier.zrm_metingen],
            loonwaardemetingen=[meting.meting_id for meting in dossier.loonwaardemetingen],
            adviezen=[advies.advies_id for advies in dossier.adviezen],
        )


class DossiersPagina(Page[DossierUitvoer]):
    """Dossiers in de volgorde waarin zij zijn geopend."""


class MetingVastgelegd(Uitvoer):
    """De meting is vastgelegd."""

    meting_id: UUID

    @classmethod
    def van(cls, meting: ZrmMeting) -> MetingVastgelegd:
        return cls(meting_id=meting.meting_id)


class LoonwaardeVastgelegd(Uitvoer):
    """De loonwaarde is vastgesteld."""

    meting_id: UUID
    loonwaarde: Annotated[int, Field(ge=0, le=100, description="Hele procenten van het WML.")]

    @classmethod
    def van(cls, meting: Loonwaardemeting) -> LoonwaardeVastgelegd:
        return cls(meting_id=meting.meting_id, loonwaarde=meting.loonwaarde)


class AdviesVastgelegd(Uitvoer):
    """Het advies is gegeven; de gemeente ziet het nu."""

    advies_id: UUID
    programma: Programma
    voorgesteld: Annotated[
        Richting | None, Field(description="Wat de regel voorstelt; leeg als zij niets voorstelt.")
    ]
    wijkt_af: bool

    @classmethod
    def van(cls, advies: Advies) -> AdviesVastgelegd:
        return cls(
            advies_id=advies.advies_id,
            programma=advies.programma,
            voorgesteld=advies.voorgesteld,
            wijkt_af=advies.wijkt_af,
        )


class ZrmScoreUitvoer(Uitvoer):
    domein: ZrmDomein
    niveau: int
    niveaunaam: str
    hulp: HulpAanwezig
    toelichting: str


class ZrmMetingUitvoer(Uitvoer):
    """Een ZRM-meting. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    meting_id: UUID
    zrm_versie: str
    afgenomen_op: date
    informatie_van: date
    beoordelaar: str
    scores: list[ZrmScoreUitvoer]

    @classmethod
    def van(cls, meting: ZrmMeting) -> ZrmMetingUitvoer:
        return cls(
            meting_id=meting.meting_id,
            zrm_versie=meting.versie,
            afgenomen_op=meting.afgenomen_op,
            informatie_van=meting.informatie_van,
            beoordelaar=meting.beoordelaar,
            scores=[
                ZrmScoreUitvoer(
                    domein=score.domein,
                    niveau=score.niveau,
                    niveaunaam=NIVEAUS[score.niveau],
                    hulp=score.hulp,
                    toelichting=score.toelichting,
                )
                for score in meting.scores
            ],
        )


class HoofdtaakUitvoer(Uitvoer):
    omschrijving: str
    aandeel: Decimal
    tempo: Decimal
    kwaliteit: Decimal
    netto_werktijd: Decimal
    resultaat: Annotated[
        Decimal, Field(description="Aandeel x tempo x kwaliteit x netto werktijd, in procenten.")
    ]


class LoonwaardemetingUitvoer(Uitvoer):
    """Een loonwaardemeting. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    meting_id: UUID
    methode: str
    bedrijfsbezoek_op: date
    vastgesteld_op: date
    ingangsdatum: date
    loonwaardedeskundige: str
    uren_per_week: Decimal
    werkdagen_per_week: Decimal
    reguliere_prestatie: bool
    hoofdtaken: list[HoofdtaakUitvoer]
    onafgerond: Decimal
    loonwaarde: int

    @classmethod
    def van(cls, meting: Loonwaardemeting) -> LoonwaardemetingUitvoer:
        return cls(
            meting_id=meting.meting_id,
            methode=meting.methode,
            bedrijfsbezoek_op=meting.bedrijfsbezoek_op,
            vastgesteld_op=meting.vastgesteld_op,
            ingangsdatum=meting.ingangsdatum,
            loonwaardedeskundige=meting.loonwaardedeskundige,
            uren_per_week=meting.uren_per_week,
            werkdagen_per_week=meting.werkdagen_per_week,
            reguliere_prestatie=meting.reguliere_prestatie,
            hoofdtaken=[
                HoofdtaakUitvoer(
                    omschrijving=taak.omschrijving,
                    aandeel=taak.aandeel,
                    tempo=taak.tempo,
                    kwaliteit=taak.kwaliteit,
                    netto_werktijd=taak.netto_werktijd,
                    resultaat=taak.resultaat,
                )
                for taak in meting.hoofdtaken
            ],
            onafgerond=meting.onafgerond,
            loonwaarde=meting.loonwaarde,
        )


class AdviesUitvoer(Uitvoer):
    """Een advies met de motivering. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    advies_id: UUID
    gegeven_op: date
    programma: Programma
    diensten: list[Dienst]
    motivering: str
    voorgesteld: Richting | None
    wijkt_af: bool
    motivering_afwijking: str
    zrm_meting_id: UUID | None
    loonwaarde_meting_id: UUID | None

    @classmethod
    def van(cls, advies: Advies) -> AdviesUitvoer:
        return cls(
            advies_id=advies.advies_id,
            gegeven_op=advies.gegeven_op,
            programma=advies.programma,
            diensten=list(advies.diensten),
            motivering=advies.motivering,
            voorgesteld=advies.voorgesteld,
            wijkt_af=advies.wijkt_af,
            motivering_afwijking=advies.motivering_afwijking,
            zrm_meting_id=advies.zrm_meting_id,
            loonwaarde_meting_id=advies.loonwaarde_meting_id,
        )


@router.get("/dossiers", tags=["Dossiers"], response_model=DossiersPagina, responses=problems())
async def geef_dossiers(
    vraag: Lezen,
    pagina: Pagina,
    kandidaat_id: Annotated[
        UUID | None,
        QueryParameter(alias="kandidaatId", description="Alleen het dossier van deze kandidaat."),
    ] = None,
) -> Response:
    """Geef dossiers

    De gemeente ziet die van de eigen kandidaten, WSD alle.
    """
    return await vraag.page(
        pagina,
        lambda uow: store.lijst(
            uow, kandidaat_id=kandidaat_id, na=pagina.after, aantal=pagina.fetch
        ),
        answer=DossierUitvoer.van,
        key=lambda regel: (regel.vastgelegd_op, regel.dossier_id),
    )


@router.get(
    DOSSIER,
    tags=["Dossiers"],
    response_model=DossierMetInhoud,
    responses=problems(NietGevonden),
)
async def geef_dossier(dossier_id: DossierId, vraag: LezenMetVersie) -> Response:
    """Geef een dossier"""
    return await vraag.run(
        lambda uow: store.haal(uow, dossier_id),
        answer=DossierMetInhoud.van_bewaard,
        version=lambda bewaard: bewaard.versie,
    )


@router.post(
    DOSSIER + "/diagnoses",
    status_code=201,
    tags=["Dossiers"],
    response_model=DossierUitvoer,
    responses=problems(NietGevonden, fouten.DiagnoseAlGestart, fouten.DatumPastNiet),
)
async def start_de_diagnose(
    dossier_id: DossierId, invoer: DiagnoseInvoer, opdracht: Trajectconsulent
) -> Response:
    """Start de diagnose"""
    return await opdracht.run(
        lambda uow: start_diagnose(uow, dossier_id, invoer.gestart_op),
        answer=DossierUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}",
    )


@router.post(
    METINGEN,
    status_code=201,
    tags=["Metingen"],
    response_model=MetingVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeZrm,
        fouten.DiagnoseNietGestart,
        fouten.ZrmAlAfgenomen,
        fouten.DatumPastNiet,
    ),
)
async def leg_zrm_vast(
    dossier_id: DossierId, invoer: ZrmMetingInvoer, opdracht: Trajectconsulent
) -> Response:
    """Leg een ZRM-meting vast

    Alle dertien domeinen van de Zelfredzaamheid-Matrix 2017, hoogstens een meting per dag.
    """
    return await opdracht.run(
        lambda uow: neem_zrm_af(uow, dossier_id, invoer.naar_meting()),
        answer=MetingVastgelegd.van,
        location=lambda meting: f"/dossiers/{dossier_id}/zrm-metingen/{meting.meting_id}",
    )


@router.get(
    METINGEN + "/{metingId}",
    tags=["Metingen"],
    response_model=ZrmMetingUitvoer,
    responses=problems(NietGevonden),
)
async def zie_zrm_in(dossier_id: DossierId, meting_id: MetingId, vraag: Lezen) -> Response:
    """Zie een ZRM-meting in"""
    return await vraag.run(
        lambda uow: store.zie_in(uow, dossier_id, ZrmMeting, meting_id),
        answer=ZrmMetingUitvoer.van,
    )


@router.post(
    LOONWAARDEN,
    status_code=201,
    tags=["Metingen"],
    response_model=LoonwaardeVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeLoonwaardemeting,
        fouten.DiagnoseNietGestart,
        fouten.LoonwaardeAlVastgesteld,
        fouten.DatumPastNiet,
    ),
)
async def leg_loonwaarde_vast(
    dossier_id: DossierId, invoer: LoonwaardemetingInvoer, opdracht: Loonwaardedeskundige
) -> Response:
    """Stel de loonwaarde vast

    Volgens de uniforme methode: de som over de hoofdtaken van aandeel x tempo x kwaliteit x netto
    werktijd, rekenkundig afgerond op hele procenten van het wettelijk minimumloon.
    """
    return await opdracht.run(
        lambda uow: stel_loonwaarde_vast(uow, dossier_id, invoer.naar_meting()),
        answer=LoonwaardeVastgelegd.van,
        location=lambda meting: f"/dossiers/{dossier_id}/loonwaardemetingen/{meting.meting_id}",
    )


@router.get(
    LOONWAARDEN + "/{metingId}",
    tags=["Metingen"],
    response_model=LoonwaardemetingUitvoer,
    responses=problems(NietGevonden),
)
async def zie_loonwaarde_in(dossier_id: DossierId, meting_id: MetingId, vraag: Lezen) -> Response:
    """Zie een loonwaardemeting in"""
    return await vraag.run(
        lambda uow: store.zie_in(uow, dossier_id, Loonwaardemeting, meting_id),
        answer=LoonwaardemetingUitvoer.van,
    )


@router.post(
    ADVIEZEN,
    status_code=201,
    tags=["Adviezen"],
    response_model=AdviesVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigAdvies,
        fouten.DiagnoseNietGestart,
        fouten.AdviesZonderGrondslag,
        fouten.GrondslagOnbekend,
        fouten.AfwijkingNietGemotiveerd,
        fouten.DatumPastNiet,
    ),
)
async def geef_een_advies(
    dossier_id: DossierId, invoer: AdviesInvoer, opdracht: Trajectconsulent
) -> Response:
    """Geef een advies

    De regel stelt op grond van de loonwaarde een richting voor; een advies dat daarvan afwijkt
    heeft een motivering van de afwijking nodig.
    """
    return await opdracht.run(
        lambda uow: geef_advies(uow, dossier_id, invoer.naar_advies()),
        answer=AdviesVastgelegd.van,
        location=lambda advies: f"/dossiers/{dossier_id}/adviezen/{advies.advies_id}",
    )


@router.get(
    ADVIEZEN + "/{adviesId}",
    tags=["Adviezen"],
    response_model=AdviesUitvoer,
    responses=problems(NietGevonden),
)
async def zie_advies_in(dossier_id: DossierId, advies_id: AdviesId, vraag: Lezen) -> Response:
    """Zie een advies in

    Met de motivering, voor de gemeente die erop besluit en voor WSD.
    """
    return await vraag.run(
        lambda uow: store.zie_in(uow, dossier_id, Advies, advies_id),
        answer=AdviesUitvoer.van,
    )
