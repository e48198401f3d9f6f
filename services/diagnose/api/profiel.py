"""What WSD establishes of a kandidaat beside measurements: ladder and arbeidsvermogen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import Datum, Invoer, NietGevonden, Uitvoer, problems
from services.diagnose.api.vormen import DOSSIER, DossierId, Lezen, Trajectconsulent
from services.diagnose.domain import fouten
from services.diagnose.domain.arbeidsvermogen import Arbeidsvermogen, Arbeidsvermogencode
from services.diagnose.domain.ladder import TREDEN, Ladderbron, Ladderpositie
from services.diagnose.store import arbeidsvermogens, dossiers, ladder
from services.diagnose.use_cases.bepaal_ladder import stel_ladderpositie_vast
from services.diagnose.use_cases.stel_arbeidsvermogen_vast import stel_arbeidsvermogen_vast

router = APIRouter(tags=["Profiel"])

LADDER: Final = DOSSIER + "/ladderposities"
ARBEIDSVERMOGENS: Final = DOSSIER + "/arbeidsvermogens"


class LadderpositieInvoer(Invoer):
    """De trede van de participatieladder, zoals een professional haar ziet."""

    trede: Annotated[
        int, Field(ge=1, le=6, description="1 tot en met 4; 5 en 6 volgen uit een plaatsing.")
    ]
    vastgesteld_op: Datum


class LadderpositieUitvoer(Uitvoer):
    """De trede vanaf een dag."""

    trede: Annotated[
        int | None,
        Field(
            description="Leeg als een dienstverband is geëindigd en niemand een trede heeft "
            "vastgesteld."
        ),
    ]
    tredenaam: str | None
    vastgesteld_op: date
    bron: Annotated[
        Ladderbron, Field(description="Een professional, of een plaatsing waaruit de trede volgt.")
    ]

    @classmethod
    def van(cls, positie: Ladderpositie) -> LadderpositieUitvoer:
        return cls(
            trede=positie.trede,
            tredenaam=TREDEN[positie.trede] if positie.trede else None,
            vastgesteld_op=positie.vastgesteld_op,
            bron=positie.bron,
        )


class LadderpositiesUitvoer(Uitvoer):
    """Van de eerste tot de laatste; de laatste geldt."""

    ladderposities: list[LadderpositieUitvoer]

    @classmethod
    def van(cls, posities: Sequence[Ladderpositie]) -> LadderpositiesUitvoer:
        return cls(ladderposities=[LadderpositieUitvoer.van(positie) for positie in posities])


class ArbeidsvermogenInvoer(Invoer):
    """Een inschatting van wat de kandidaat kan verdienen, met de codes van het GGM."""

    arbeidsvermogen: Arbeidsvermogencode
    vastgesteld_op: Datum


class ArbeidsvermogenUitvoer(Uitvoer):
    """Wat op een dag is vastgesteld."""

    arbeidsvermogen: Arbeidsvermogencode
    vastgesteld_op: date

    @classmethod
    def van(cls, arbeidsvermogen: Arbeidsvermogen) -> ArbeidsvermogenUitvoer:
        return cls(
            arbeidsvermogen=arbeidsvermogen.code, vastgesteld_op=arbeidsvermogen.vastgesteld_op
        )


class ArbeidsvermogensUitvoer(Uitvoer):
    """Van het eerste tot het laatste; het laatste geldt."""

    arbeidsvermogens: list[ArbeidsvermogenUitvoer]

    @classmethod
    def van(cls, vastgesteld: Sequence[Arbeidsvermogen]) -> ArbeidsvermogensUitvoer:
        return cls(arbeidsvermogens=[ArbeidsvermogenUitvoer.van(een) for een in vastgesteld])


@router.post(
    LADDER,
    status_code=201,
    response_model=LadderpositieUitvoer,
    responses=problems(
        NietGevonden,
        fouten.OngeldigeTrede,
        fouten.LadderVolgtUitPlaatsing,
        fouten.DiagnoseNietGestart,
        fouten.DatumInToekomst,
        fouten.DatumPastNiet,
    ),
)
async def leg_een_ladderpositie_vast(
    dossier_id: DossierId, invoer: LadderpositieInvoer, opdracht: Trajectconsulent
) -> Response:
    """Leg de trede van de participatieladder vast

    Ten minste twee keer per jaar. Trede 5 en 6 volgen vanzelf uit plaatsingen.
    """
    return await opdracht.run(
        lambda uow: stel_ladderpositie_vast(uow, dossier_id, invoer.trede, invoer.vastgesteld_op),
        answer=LadderpositieUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}/ladderposities",
    )


@router.get(LADDER, response_model=LadderpositiesUitvoer, responses=problems(NietGevonden))
async def zie_ladderposities_in(dossier_id: DossierId, vraag: Lezen) -> Response:
    """Zie de posities op de participatieladder in

    De inzage wordt vastgelegd in het verwerkingenlogboek.
    """

    async def lees(uow: Reading) -> Sequence[Ladderpositie] | None:
        van = await dossiers.zie_onderdeel_in(uow, dossier_id, "participatieladder")
        return (await ladder.haal(uow, dossier_id, van)).posities if van else None

    return await vraag.run(lees, answer=LadderpositiesUitvoer.van)


@router.post(
    ARBEIDSVERMOGENS,
    status_code=201,
    response_model=ArbeidsvermogenUitvoer,
    responses=problems(
        NietGevonden, fouten.DatumInToekomst, fouten.DiagnoseNietGestart, fouten.DatumPastNiet
    ),
)
async def leg_een_arbeidsvermogen_vast(
    dossier_id: DossierId, invoer: ArbeidsvermogenInvoer, opdracht: Trajectconsulent
) -> Response:
    """Leg het arbeidsvermogen vast

    Ten minste twee keer per jaar.
    """
    arbeidsvermogen = Arbeidsvermogen(invoer.arbeidsvermogen, invoer.vastgesteld_op)
    return await opdracht.run(
        lambda uow: stel_arbeidsvermogen_vast(uow, dossier_id, arbeidsvermogen),
        answer=ArbeidsvermogenUitvoer.van,
        location=lambda _: f"/dossiers/{dossier_id}/arbeidsvermogens",
    )


@router.get(
    ARBEIDSVERMOGENS, response_model=ArbeidsvermogensUitvoer, responses=problems(NietGevonden)
)
async def zie_arbeidsvermogens_in(dossier_id: DossierId, vraag: Lezen) -> Response:
    """Zie het arbeidsvermogen in

    De inzage wordt vastgelegd in het verwerkingenlogboek.
    """

    async def lees(uow: Reading) -> Sequence[Arbeidsvermogen] | None:
        van = await dossiers.zie_onderdeel_in(uow, dossier_id, "arbeidsvermogen")
        return await arbeidsvermogens.van_dossier(uow, dossier_id) if van else None

    return await vraag.run(lees, answer=ArbeidsvermogensUitvoer.van)
