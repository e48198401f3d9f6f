"""The participatieladder: how far a kandidaat takes part, from 1 to 6 (domain-rules §6.4).

A professional establishes 1 to 4.  5 and 6 are decided by rules, so they follow from plaatsingen
and from nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.diagnose.domain.fouten import (
    DatumPastNiet,
    LadderVolgtUitPlaatsing,
    OngeldigeTrede,
    Punt,
)
from services.diagnose.domain.kalender import EEN_DAG, laatste_dag_na_maanden

HERHALING_MAANDEN: Final = 6
"""Measured at least twice a year (domain-rules §6.4)."""

BETAALD_MET_ONDERSTEUNING: Final = 5
BETAALD: Final = 6
TREDEN: Final[Mapping[int, str]] = {
    1: "Geïsoleerd",
    2: "Sociale contacten buitenshuis",
    3: "Deelname georganiseerde activiteiten",
    4: "Onbetaald werk",
    BETAALD_MET_ONDERSTEUNING: "Betaald werk met ondersteuning",
    BETAALD: "Betaald werk",
}


class Ladderbron(StrEnum):
    """Who or what says so."""

    PROFESSIONAL = "professional"
    PLAATSING = "plaatsing"


@dataclass(frozen=True, slots=True)
class Ladderpositie:
    """The trede from a day on; None when a job ended and no one has established another."""

    trede: int | None
    vastgesteld_op: date
    bron: Ladderbron


@dataclass(frozen=True, slots=True)
class BetaaldWerk:
    """What plaatsing said of one plaatsing.

    dienstverband_van: first day of a job with loonkostensubsidie, None for a proefplaatsing.
    geeindigd_op: the last day. naar_regulier: it ended because the kandidaat has a regular job.
    """

    plaatsing_id: UUID
    dienstverband_van: date | None = None
    geeindigd_op: date | None = None
    naar_regulier: bool = False

    @property
    def loopt(self) -> bool:
        return self.dienstverband_van is not None and self.geeindigd_op is None


@dataclass(slots=True)
class Participatieladder:
    """The posities of one kandidaat, in the order in which they were established; the last holds.

    Change it through its methods only: each gives the positie that holds from now on, None when
    nothing changed.
    """

    posities: tuple[Ladderpositie, ...] = ()
    werk: Sequence[BetaaldWerk] = ()

    @property
    def geldend(self) -> Ladderpositie | None:
        return self.posities[-1] if self.posities else None

    def stel_vast(self, trede: int, op: date) -> Ladderpositie:
        """A professional establishes the trede.

        Raises OngeldigeTrede (5 and 6 follow from plaatsingen), LadderVolgtUitPlaatsing (during a
        job with loonkostensubsidie), DatumPastNiet.
        """
        if trede not in TREDEN or trede >= BETAALD_MET_ONDERSTEUNING:
            raise OngeldigeTrede(
                "Herstel de genoemde punten.",
                punten=(
                    Punt(
                        "trede",
                        "buiten-bereik",
                        "Kies trede 1, 2, 3 of 4; 5 en 6 volgen uit een plaatsing.",
                    ),
                ),
            )
        if any(werk.loopt for werk in self.werk):
            raise LadderVolgtUitPlaatsing(
                "Zolang de kandidaat met loonkostensubsidie werkt geldt trede 5. "
                "Stel de trede vast als de plaatsing is beëindigd."
            )
        if self.geldend is not None and op < self.geldend.vastgesteld_op:
            raise DatumPastNiet(
                f"De vorige trede geldt vanaf {self.geldend.vastgesteld_op.isoformat()}. "
                "Kies die dag of een latere."
            )
        return self._zet(Ladderpositie(trede, op, Ladderbron.PROFESSIONAL))

    def volg_werk(self, werk: Sequence[BetaaldWerk]) -> Ladderpositie | None:
        """What plaatsing said changes the trede, or does not.

        A job with loonkostensubsidie is trede 5; a plaatsing that ended in regular work is trede 6.
        When a job ends otherwise, what a professional said last holds again, until they look anew.
        """
        self.werk = werk
        lopend = [w.dienstverband_van for w in werk if w.loopt and w.dienstverband_van]
        if lopend:
            return self._zet_als_anders(BETAALD_MET_ONDERSTEUNING, min(lopend))
        geeindigd = [
            w
            for w in werk
            if w.geeindigd_op is not None and (w.dienstverband_van or w.naar_regulier)
        ]
        if not geeindigd:
            return None
        laatste = max(geeindigd, key=lambda w: (w.geeindigd_op or date.min, w.naar_regulier))
        erna = (laatste.geeindigd_op or date.min) + EEN_DAG
        nu = self.geldend
        if nu is not None and nu.bron is Ladderbron.PROFESSIONAL and nu.vastgesteld_op >= erna:
            return None
        if laatste.naar_regulier:
            return self._zet_als_anders(BETAALD, erna)
        gezien = [p.trede for p in self.posities if p.bron is Ladderbron.PROFESSIONAL]
        return self._zet_als_anders(gezien[-1] if gezien else None, erna)

    def _zet_als_anders(self, trede: int | None, vanaf: date) -> Ladderpositie | None:
        nu = self.geldend
        if nu is not None and nu.bron is Ladderbron.PLAATSING and nu.trede == trede:
            return None
        return self._zet(Ladderpositie(trede, vanaf, Ladderbron.PLAATSING))

    def _zet(self, positie: Ladderpositie) -> Ladderpositie:
        self.posities = (*self.posities, positie)
        return positie


def opnieuw_uiterlijk(positie: Ladderpositie) -> date | None:
    """The last day to establish the trede anew; None while it follows from a plaatsing."""
    if positie.trede in (BETAALD_MET_ONDERSTEUNING, BETAALD):
        return None
    return laatste_dag_na_maanden(positie.vastgesteld_op + EEN_DAG, HERHALING_MAANDEN)
