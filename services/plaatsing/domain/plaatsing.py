"""A placement of any kind that this service knows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from services.plaatsing.domain.fouten import BeginTeVerWeg, NietTeVerlengen
from services.plaatsing.domain.lks_plaatsing import LksPlaatsing
from services.plaatsing.domain.loopbaan import Loopbaandeel
from services.plaatsing.domain.proefplaatsing import Proefplaatsing

Plaatsing = Proefplaatsing | LksPlaatsing

LANGST_VOORUIT: Final = timedelta(days=366)
"""How far ahead a placement can be recorded. Our own bound: it keeps typing errors out."""


def eis_begin_nabij(begin: date, vandaag: date) -> None:
    """Raises BeginTeVerWeg."""
    if begin > vandaag + LANGST_VOORUIT:
        raise BeginTeVerWeg("Leg een plaatsing vast die binnen een jaar begint.")


def loopbaandeel(plaatsing: Plaatsing) -> Loopbaandeel:
    """The placement as a part of the loopbaan of its kandidaat."""
    return Loopbaandeel(
        plaatsing.plaatsing_id, plaatsing.soort, plaatsing.begin, plaatsing.tot_en_met
    )


def eis_proefplaatsing(plaatsing: Plaatsing) -> Proefplaatsing:
    """Raises NietTeVerlengen."""
    if not isinstance(plaatsing, Proefplaatsing):
        raise NietTeVerlengen("Een dienstverband loopt door tot het wordt beëindigd.")
    return plaatsing
