"""ZRM metingen of a dossier: taken, corrected, and beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import (
    Command,
    Datum,
    Invoer,
    NietGevonden,
    Query,
    Uitvoer,
    command,
    problems,
    query,
)
from services.diagnose.api.vormen import (
    DOSSIER,
    DossierId,
    Lezen,
    LezenMetVersie,
    MetingId,
    Naam,
    Tekst,
    Trajectconsulent,
)
from services.diagnose.domain import fouten
from services.diagnose.domain.zrm import (
    NIVEAUS,
    Correctie,
    HulpAanwezig,
    ZrmDomein,
    ZrmMeting,
    ZrmScore,
    ZrmVersie,
)
from services.diagnose.domain.zrm_vergelijking import ZrmVergelijking, vergelijk
from services.diagnose.figuren.zrm import zrm_figuur
from services.diagnose.store import dossiers
from services.diagnose.use_cases.corrigeer_zrm import TeCorrigeren, corrigeer_zrm
from services.diagnose.use_cases.neem_zrm_af import neem_zrm_af

router = APIRouter(tags=["Metingen"])

METINGEN: Final = DOSSIER + "/zrm-metingen"
METING: Final = METINGEN + "/{metingId}"
VERGELIJKING: Final = METING + "/vergelijkingen/{latereMetingId}"
SVG: Final = "image/svg+xml"

Corrigeren = Annotated[
    Command, command("diagnose.schrijven", roles={"trajectconsulent"}, if_match=True)
]
LezenAlsFiguur = Annotated[Query, query("diagnose.lezen", media_types=(SVG,))]
LatereMetingId = Annotated[
    UUID,
    Path(
        alias="latereMetingId",
        description="De meting waarmee wordt vergeleken. Is zij eerder afgenomen, dan wisselen de "
        "stappen van teken.",
    ),
]

_FIGUUR: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {SVG: {"schema": {"type": "string"}}}}
}


class ZrmScoreInvoer(Invoer):
    """Het niveau in een domein: 1 acute problematiek tot en met 5 volledig zelfredzaam."""

    domein: ZrmDomein
    niveau: Annotated[int, Field(ge=1, le=5)]
    hulp: HulpAanwezig
    toelichting: Annotated[str, Field(max_length=5000)] = ""


class _Bevindingen(Invoer):
    informatie_van: Annotated[
        Datum, Field(description="De dag van de oudste informatie waar de meting op rust.")
    ]
    beoordelaar: Annotated[
        Naam, Field(description="Functie of personeelsnummer van wie de meting heeft afgenomen.")
    ]
    scores: Annotated[list[ZrmScoreInvoer], Field(min_length=1, max_length=26)]

    def naar_scores(self) -> tuple[ZrmScore, ...]:
        return tuple(
            ZrmScore(score.domein, score.niveau, score.hulp, score.toelichting)
            for score in self.scores
        )


class ZrmMetingInvoer(_Bevindingen):
    """Een volledige meting: alle domeinen van de versie, op informatie van hoogstens 30 dagen."""

    zrm_versie: Annotated[
        ZrmVersie,
        Field(description="2017 heeft dertien domeinen, 2013 elf. Zonder keuze is het 2017."),
    ] = ZrmVersie.V2017
    afgenomen_op: Datum

    def naar_meting(self) -> ZrmMeting:
        return ZrmMeting(
            meting_id=uuid4(),
            afgenomen_op=self.afgenomen_op,
            informatie_van=self.informatie_van,
            beoordelaar=self.beoordelaar,
            scores=self.naar_scores(),
            versie=self.zrm_versie,
        )


class ZrmCorrectieInvoer(_Bevindingen):
    """De hele meting zoals zij had moeten zijn; de dag en de versie van de matrix blijven."""

    gecorrigeerd_op: Datum
    reden: Annotated[Tekst, Field(description="Waarom de meting niet klopte.")]

    def naar_correctie(self) -> TeCorrigeren:
        return TeCorrigeren(
            Correctie(self.gecorrigeerd_op, self.reden),
            informatie_van=self.informatie_van,
            beoordelaar=self.beoordelaar,
            scores=self.naar_scores(),
        )


class MetingVastgelegd(Uitvoer):
    """De meting is vastgelegd."""

    meting_id: UUID

    @classmethod
    def van(cls, meting: ZrmMeting) -> MetingVastgelegd:
        return cls(meting_id=meting.meting_id)


class CorrectieVastgelegd(Uitvoer):
    """De nieuwe versie telt; de vorige blijft bij de versies te lezen."""

    meting_id: UUID
    metingversie: int

    @classmethod
    def van(cls, meting: ZrmMeting) -> CorrectieVastgelegd:
        return cls(meting_id=meting.meting_id, metingversie=meting.metingversie)


class ZrmScoreUitvoer(Uitvoer):
    domein: ZrmDomein
    domeinnaam: str
    niveau: int
    niveaunaam: str
    hulp: HulpAanwezig
    toelichting: str

    @classmethod
    def van(cls, score: ZrmScore) -> ZrmScoreUitvoer:
        return cls(
            domein=score.domein,
            domeinnaam=score.domein.naam,
            niveau=score.niveau,
            niveaunaam=NIVEAUS[score.niveau],
            hulp=score.hulp,
            toelichting=score.toelichting,
        )


class CorrectieUitvoer(Uitvoer):
    """Waarom deze versie in de plaats kwam van de vorige."""

    gecorrigeerd_op: date
    reden: str


class ZrmMetingUitvoer(Uitvoer):
    """Een ZRM-meting. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    meting_id: UUID
    metingversie: Annotated[
        int, Field(description="1, en na elke correctie een hoger; hetzelfde als de ETag.")
    ]
    zrm_versie: ZrmVersie
    afgenomen_op: date
    informatie_van: date
    beoordelaar: str
    correctie: CorrectieUitvoer | None
    scores: list[ZrmScoreUitvoer]

    @classmethod
    def van(cls, meting: ZrmMeting) -> ZrmMetingUitvoer:
        correctie = meting.correctie
        return cls(
            meting_id=meting.meting_id,
            metingversie=meting.metingversie,
            zrm_versie=meting.versie,
            afgenomen_op=meting.afgenomen_op,
            informatie_van=meting.informatie_van,
            beoordelaar=meting.beoordelaar,
            correctie=CorrectieUitvoer(
                gecorrigeerd_op=correctie.gecorrigeerd_op, reden=correctie.reden
            )
            if correctie
            else None,
            scores=[ZrmScoreUitvoer.van(score) for score in meting.scores],
        )


class ZrmVersiesUitvoer(Uitvoer):
    """Wat de meting in elke versie zei; de laatste telt."""

    versies: list[ZrmMetingUitvoer]

    @classmethod
    def van(cls, versies: Sequence[ZrmMeting]) -> ZrmVersiesUitvoer:
        return cls(versies=[ZrmMetingUitvoer.van(meting) for meting in versies])


class VergelekenDomein(Uitvoer):
    """Een domein dat in beide metingen hetzelfde meet."""

    domein: ZrmDomein
    domeinnaam: str
    niveau_eerder: int
    niveau_later: int
    stappen: Annotated[int, Field(description="Verschil in niveau; boven nul is vooruitgang.")]


class NietVergelekenDomeinen(Uitvoer):
    """Domeinen die tussen de versies zijn gesplitst: hun niveaus zijn niet te vergelijken."""

    eerder: list[ZrmDomein]
    later: list[ZrmDomein]
    reden: str


class ZrmVergelijkingUitvoer(Uitvoer):
    """Twee metingen naast elkaar. Elke inzage wordt vastgelegd in het verwerkingenlogboek."""

    eerder_afgenomen_op: date
    later_afgenomen_op: date
    domeinen: list[VergelekenDomein]
    niet_vergelijkbaar: list[NietVergelekenDomeinen]
    totaal: Annotated[
        int, Field(description="Stappen van alle vergeleken domeinen, vooruit en terug verrekend.")
    ]

    @classmethod
    def van(cls, gevonden: tuple[ZrmMeting, ZrmMeting]) -> ZrmVergelijkingUitvoer:
        eerder, later = gevonden
        vergelijking: ZrmVergelijking = vergelijk(eerder, later)
        return cls(
            eerder_afgenomen_op=eerder.afgenomen_op,
            later_afgenomen_op=later.afgenomen_op,
            domeinen=[
                VergelekenDomein(
                    domein=regel.domein,
                    domeinnaam=regel.domein.naam,
                    niveau_eerder=regel.niveau_eerder,
                    niveau_later=regel.niveau_later,
                    stappen=regel.stappen,
                )
                for regel in vergelijking.regels
            ],
            niet_vergelijkbaar=[
                NietVergelekenDomeinen(
                    eerder=list(anders.eerder), later=list(anders.later), reden=anders.reden
                )
                for anders in vergelijking.niet_vergelijkbaar
            ],
            totaal=vergelijking.totaal,
        )


@router.post(
    METINGEN,
    status_code=201,
    response_model=MetingVastgelegd,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeZrm,
        fouten.DiagnoseNietGestart,
        fouten.ZrmAlAfgenomen,
        fouten.DatumInToekomst,
        fouten.DatumPastNiet,
    ),
)
async def leg_zrm_vast(
    dossier_id: DossierId, invoer: ZrmMetingInvoer, opdracht: Trajectconsulent
) -> Response:
    """Leg een ZRM-meting vast

    Alle domeinen van de Zelfredzaamheid-Matrix in de gekozen versie, hoogstens een meting per dag.
    De volgende meting is binnen drie maanden nodig.
    """
    return await opdracht.run(
        lambda uow: neem_zrm_af(uow, dossier_id, invoer.naar_meting()),
        answer=MetingVastgelegd.van,
        location=lambda meting: f"/dossiers/{dossier_id}/zrm-metingen/{meting.meting_id}",
    )


@router.get(METING, response_model=ZrmMetingUitvoer, responses=problems(NietGevonden))
async def zie_zrm_in(dossier_id: DossierId, meting_id: MetingId, vraag: LezenMetVersie) -> Response:
    """Zie een ZRM-meting in"""
    return await vraag.run(
        lambda uow: dossiers.zie_in(uow, dossier_id, ZrmMeting, meting_id),
        answer=ZrmMetingUitvoer.van,
        version=lambda meting: meting.metingversie,
    )


@router.post(
    METING + "/correcties",
    status_code=201,
    response_model=CorrectieVastgelegd,
    responses=problems(
        NietGevonden, fouten.OngeldigeZrm, fouten.DatumInToekomst, fouten.DatumPastNiet
    ),
)
async def corrigeer_een_zrm(
    dossier_id: DossierId, meting_id: MetingId, invoer: ZrmCorrectieInvoer, opdracht: Corrigeren
) -> Response:
    """Corrigeer een ZRM-meting

    Er komt een nieuwe versie van de meting, met de reden. De vorige blijft te lezen. Is de
    kandidaat veranderd, neem dan een nieuwe meting af.
    """
    return await opdracht.run(
        lambda uow: corrigeer_zrm(
            uow, dossier_id, meting_id, invoer.naar_correctie(), opdracht.require_version
        ),
        answer=CorrectieVastgelegd.van,
        location=lambda _: f"/dossiers/{dossier_id}/zrm-metingen/{meting_id}",
        version=lambda meting: meting.metingversie,
    )


@router.get(METING + "/versies", response_model=ZrmVersiesUitvoer, responses=problems(NietGevonden))
async def zie_zrm_versies_in(dossier_id: DossierId, meting_id: MetingId, vraag: Lezen) -> Response:
    """Zie alle versies van een ZRM-meting in

    De eerste staat bovenaan, de versie die nu telt onderaan.
    """
    return await vraag.run(
        lambda uow: dossiers.zie_zrm_versies_in(uow, dossier_id, meting_id),
        answer=ZrmVersiesUitvoer.van,
    )


@router.get(
    METING + "/figuur",
    response_class=Response,
    response_model=None,
    responses={**_FIGUUR, **problems(NietGevonden)},
)
async def teken_zrm(dossier_id: DossierId, meting_id: MetingId, vraag: LezenAlsFiguur) -> Response:
    """Teken een ZRM-meting

    Als SVG met balken, zonder toelichtingen. De inzage wordt vastgelegd in het verwerkingenlogboek.
    """
    meting = await vraag.read(lambda uow: dossiers.zie_in(uow, dossier_id, ZrmMeting, meting_id))
    if meting is None:
        raise NietGevonden
    return _als_svg(zrm_figuur(meting))


@router.get(VERGELIJKING, response_model=ZrmVergelijkingUitvoer, responses=problems(NietGevonden))
async def vergelijk_zrm(
    dossier_id: DossierId, meting_id: MetingId, latere_meting_id: LatereMetingId, vraag: Lezen
) -> Response:
    """Vergelijk twee ZRM-metingen

    Stappen per domein en samen, ook tussen de versies van 2013 en 2017. Domeinen die zijn gesplitst
    staan apart: hun niveaus zijn niet te vergelijken.
    """
    return await vraag.run(
        lambda uow: _beide(uow, dossier_id, meting_id, latere_meting_id),
        answer=ZrmVergelijkingUitvoer.van,
    )


@router.get(
    VERGELIJKING + "/figuur",
    response_class=Response,
    response_model=None,
    responses={**_FIGUUR, **problems(NietGevonden)},
)
async def teken_zrm_vergelijking(
    dossier_id: DossierId,
    meting_id: MetingId,
    latere_meting_id: LatereMetingId,
    vraag: LezenAlsFiguur,
) -> Response:
    """Teken twee ZRM-metingen naast elkaar

    Als SVG met balken en de stappen per domein, leesbaar in zwart-wit en met een beschrijving voor
    wie laat voorlezen. De inzage wordt vastgelegd in het verwerkingenlogboek.
    """
    gevonden = await vraag.read(lambda uow: _beide(uow, dossier_id, meting_id, latere_meting_id))
    if gevonden is None:
        raise NietGevonden
    return _als_svg(zrm_figuur(*gevonden))


async def _beide(
    uow: Reading, dossier_id: UUID, meting_id: UUID, latere_meting_id: UUID
) -> tuple[ZrmMeting, ZrmMeting] | None:
    eerder = await dossiers.zie_in(uow, dossier_id, ZrmMeting, meting_id)
    later = await dossiers.zie_in(uow, dossier_id, ZrmMeting, latere_meting_id)
    return None if eerder is None or later is None else (eerder, later)


def _als_svg(figuur: str) -> Response:
    beveiliging = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
    return Response(figuur, 200, beveiliging, f"{SVG}; charset=utf-8")
