"""The fields of the DKD re-integratiebericht that concern the loonwaarde (Praktijkroute).

Source: the pages of the Inlichtingenbureau on the Praktijkroute (domain-rules §4.2). The
specification of the bericht itself was not available: names and codes of these three fields are
theirs, the form in which they are delivered is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.intake.domain.srg import Maand


class Beschikkingsoort(StrEnum):
    """What a beschikking about a loonkostensubsidie decides."""

    TOEKENNING = "toekenning"
    AFWIJZING = "afwijzing"
    HERZIENING = "herziening"
    BEEINDIGING = "beeindiging"


class OnderWml(StrEnum):
    """Code arbeidsvermogen onder WML."""

    JA = "1"
    NEE = "2"


@dataclass(frozen=True, slots=True)
class Beschikking:
    """A letter to an employer, with the loonwaarde in it; None when none was measured."""

    beschikking_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID
    soort: Beschikkingsoort
    ingangsdatum: date
    bekendgemaakt_op: date
    volgorde: int
    loonwaarde: int | None


@dataclass(frozen=True, slots=True)
class Bericht:
    """What changed for the DKD by a beschikking: it tells the employer another loonwaarde."""

    beschikking: Beschikking
    percentage: int

    @property
    def onder_wml(self) -> OnderWml:
        return OnderWml.JA if self.percentage < 100 else OnderWml.NEE

    @property
    def begin_inzet(self) -> date:
        """The day of the letter that tells the employer loonwaarde and loonkostensubsidie."""
        return self.beschikking.bekendgemaakt_op


@dataclass(slots=True)
class Levering:
    """The berichten of a month, and why every other beschikking of that month gave none."""

    berichten: list[Bericht] = field(default_factory=list)
    afgewezen: int = 0
    zonder_loonwaarde: int = 0
    ongewijzigd: int = 0

    @property
    def beschikkingen(self) -> int:
        """All of the month: it must be as many as were sent."""
        return len(self.berichten) + self.afgewezen + self.zonder_loonwaarde + self.ongewijzigd


def levering_van(maand: Maand, beschikkingen: Sequence[Beschikking]) -> Levering:
    """Of a month, from all beschikkingen up to its end about whoever it concerns.

    A bericht is due when a letter tells another loonwaarde than the letter before it about the same
    placement. With the forfait nothing was measured, and an afwijzing tells no loonwaarde.
    """
    levering = Levering()
    verteld: dict[UUID, int] = {}
    for beschikking in sorted(beschikkingen, key=lambda b: (b.bekendgemaakt_op, b.volgorde)):
        in_maand = maand.eerste_dag <= beschikking.bekendgemaakt_op <= maand.laatste_dag
        percentage = beschikking.loonwaarde
        if beschikking.soort is Beschikkingsoort.AFWIJZING:
            levering.afgewezen += in_maand
        elif percentage is None:
            levering.zonder_loonwaarde += in_maand
        elif verteld.get(beschikking.plaatsing_id) == percentage:
            levering.ongewijzigd += in_maand
        else:
            verteld[beschikking.plaatsing_id] = percentage
            if in_maand:
                levering.berichten.append(Bericht(beschikking, percentage))
    return levering
