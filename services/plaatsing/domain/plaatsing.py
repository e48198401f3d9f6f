"""A placement of any kind that this service knows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from services.plaatsing.domain.fouten import BeginTeVerWeg
from services.plaatsing.domain.lks_plaatsing import LksPlaatsing
from services.plaatsing.domain.loopbaan import Loopbaandeel
from services.plaatsing.domain.overige_plaatsing import OverigePlaatsing
from services.plaatsing.domain.proefplaatsing import Proefplaatsing
from services.plaatsing.domain.verloop import Stand
from services.plaatsing.domain.werkgever import Werkgeversoort

Plaatsing = Proefplaatsing | LksPlaatsing | OverigePlaatsing

LANGST_VOORUIT: Final = timedelta(days=366)
"""How far ahead a placement can be recorded. Our own bound: it keeps typing errors out."""


def eis_begin_nabij(begin: date, vandaag: date) -> None:
    """Raises BeginTeVerWeg."""
    if begin > vandaag + LANGST_VOORUIT:
        raise BeginTeVerWeg("Leg een plaatsing vast die binnen een jaar begint.")


def loopbaandeel(plaatsing: Plaatsing) -> Loopbaandeel:
    """The placement as a part of the loopbaan of its kandidaat."""
    return Loopbaandeel(
        plaatsing.plaatsing_id,
        plaatsing.soort,
        plaatsing.begin,
        plaatsing.tot_en_met,
        not isinstance(plaatsing, Proefplaatsing)
        and plaatsing.werkgeversoort is Werkgeversoort.WERKPARTNERS,
    )


def eerste_stand(plaatsing: Plaatsing) -> Stand:
    """What holds from the first day of a new placement."""
    return Stand(
        plaatsing.begin,
        plaatsing.uren_per_week,
        plaatsing.voltijdsuren_per_week if isinstance(plaatsing, LksPlaatsing) else None,
        plaatsing.werkplek_id,
        _loonwaarde(plaatsing),
    )


def neem_stand_over(plaatsing: Plaatsing, stand: Stand) -> None:
    """The placement as it is agreed from the day of this stand on."""
    if isinstance(plaatsing, OverigePlaatsing):
        plaatsing.uren_per_week, plaatsing.werkplek_id = stand.uren_per_week, stand.werkplek_id
        plaatsing.loonwaarde = stand.loonwaarde
        return
    plaatsing.uren_per_week = stand.uren_per_week or plaatsing.uren_per_week
    plaatsing.werkplek_id = stand.werkplek_id or plaatsing.werkplek_id
    if isinstance(plaatsing, LksPlaatsing):
        plaatsing.voltijdsuren_per_week = (
            stand.voltijdsuren_per_week or plaatsing.voltijdsuren_per_week
        )
        plaatsing.loonwaarde = stand.loonwaarde


def volgt_loonwaarde(plaatsing: Plaatsing, ingangsdatum: date, *, forfait: bool) -> bool:
    """Does a loonwaarde from this day on count for this placement?

    Only where there is a wage, and what was measured for it: not before its first day, and during a
    forfait after that, as financiering does. forfait: it started without a loonwaarde.
    """
    if isinstance(plaatsing, Proefplaatsing) or (
        isinstance(plaatsing, OverigePlaatsing) and not plaatsing.regel.betaald
    ):
        return False
    if plaatsing.tot_en_met is not None and ingangsdatum > plaatsing.tot_en_met:
        return False
    op_forfait = isinstance(plaatsing, LksPlaatsing) and forfait
    return ingangsdatum > plaatsing.begin or (ingangsdatum == plaatsing.begin and not op_forfait)


def _loonwaarde(plaatsing: Plaatsing) -> int | None:
    return None if isinstance(plaatsing, Proefplaatsing) else plaatsing.loonwaarde
