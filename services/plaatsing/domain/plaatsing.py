"""A placement of any kind that this service knows."""

from __future__ import annotations

from services.plaatsing.domain.fouten import NietTeVerlengen
from services.plaatsing.domain.lks_plaatsing import LksPlaatsing
from services.plaatsing.domain.loopbaan import Loopbaandeel
from services.plaatsing.domain.proefplaatsing import Proefplaatsing

Plaatsing = Proefplaatsing | LksPlaatsing


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
