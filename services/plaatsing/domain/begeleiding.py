"""Guidance on the workplace: hours as agreed from a day on, and as given on each day.

Art. 10 lid 3 Participatiewet: by a recognised expert (jobcoach), or by someone of the employer
(werkleider).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.plaatsing.domain.fouten import DagVol, DatumPastNiet, OngeldigeUren
from services.plaatsing.domain.kalender import EEN_DAG
from services.plaatsing.domain.werkplek import LANGSTE_WERKWEEK

UREN_IN_EEN_DAG: Final = Decimal(24)
DAGEN_IN_EEN_WEEK: Final = 7


class Begeleidingsoort(StrEnum):
    """Who guides (art. 10 lid 3 Participatiewet; bron 000 bijlage 3)."""

    JOBCOACH = "jobcoach"
    WERKLEIDER = "werkleider"


@dataclass(frozen=True, slots=True)
class Urenafspraak:
    """Hours of guidance per week from a day on, until the next afspraak. Raises OngeldigeUren."""

    vanaf: date
    uren_per_week: Decimal

    def __post_init__(self) -> None:
        if not 0 < self.uren_per_week <= LANGSTE_WERKWEEK:
            raise OngeldigeUren(
                f"Geef meer dan 0 en hoogstens {LANGSTE_WERKWEEK} uren per week op."
            )


@dataclass(frozen=True, slots=True)
class Begeleiding:
    """One guide on one placement; afspraken by their day, at least one."""

    begeleiding_id: UUID
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Begeleidingsoort
    afspraken: tuple[Urenafspraak, ...]

    @property
    def begin(self) -> date:
        return self.afspraken[0].vanaf

    def spreek_af(self, afspraak: Urenafspraak) -> Begeleiding:
        """Other hours from a day on; those of the same day are replaced."""
        per_dag = {a.vanaf: a for a in (*self.afspraken, afspraak)}
        return replace(self, afspraken=tuple(per_dag[dag] for dag in sorted(per_dag)))

    def eis_begonnen(self, dag: date) -> None:
        """Raises DatumPastNiet."""
        if dag < self.begin:
            raise DatumPastNiet(f"De begeleiding begint op {self.begin.isoformat()}.")

    def weekuren_maal_dagen(
        self, van: date, tot_en_met: date, *, laatste_dag: date | None
    ) -> Decimal:
        """Agreed in a period, both days included, in hours per week times days.

        laatste_dag: of the placement, None when its end is open. Divide the sum of many by 7, once,
        to have hours.
        """
        einde = tot_en_met if laatste_dag is None else min(tot_en_met, laatste_dag)
        som = Decimal(0)
        for nummer, afspraak in enumerate(self.afspraken):
            volgende = self.afspraken[nummer + 1 :][:1]
            tot = min([einde, *(v.vanaf - EEN_DAG for v in volgende)])
            dagen = (tot - max(van, afspraak.vanaf)) // timedelta(days=1) + 1
            som += max(0, dagen) * afspraak.uren_per_week
        return som


def eis_past_in_dag(uren: Decimal, van_anderen: Iterable[Decimal]) -> None:
    """Of all who guide on a placement together. Raises OngeldigeUren, DagVol."""
    if uren <= 0:
        raise OngeldigeUren("Boek meer dan 0 uren.")
    over = UREN_IN_EEN_DAG - sum(van_anderen, Decimal(0))
    if uren > over:
        raise DagVol(f"Op deze dag zijn bij deze plaatsing nog {over} uren te boeken.")
