"""The fields of the DKD re-integratiebericht that concern the loonwaarde (Praktijkroute).

Source: the pages of the Inlichtingenbureau on the Praktijkroute (domain-rules §4.2). The
specification of the bericht itself was not available: names and codes of these three fields are
theirs, the form in which they are delivered is ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
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
    """A letter to an employer. loonwaarden: what it tells, from which day on, rising by date.

    A percentage is None in the forfait: then none was measured.
    """

    beschikking_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID
    soort: Beschikkingsoort
    bekendgemaakt_op: date
    volgorde: int
    loonwaarden: tuple[tuple[date, int | None], ...]


@dataclass(frozen=True, slots=True)
class Bericht:
    """What changed for the DKD by a beschikking: from a day on it tells another loonwaarde."""

    beschikking: Beschikking
    ingangsdatum: date
    percentage: int

    @property
    def onder_wml(self) -> OnderWml:
        return OnderWml.JA if self.percentage < 100 else OnderWml.NEE

    @property
    def begin_inzet(self) -> date:
        """The day of the letter that tells the employer loonwaarde and loonkostensubsidie."""
        return self.beschikking.bekendgemaakt_op


class Uitkomst(StrEnum):
    """What a beschikking gave."""

    MET_BERICHT = "met-bericht"
    ONGEWIJZIGD = "ongewijzigd"
    ZONDER_LOONWAARDE = "zonder-loonwaarde"
    AFGEWEZEN = "afgewezen"
    BEEINDIGD = "beeindigd"


@dataclass(frozen=True, slots=True)
class Levering:
    """The berichten of a month, and what every beschikking of that month gave."""

    berichten: tuple[Bericht, ...]
    uitkomsten: Counter[Uitkomst]


def levering_van(maand: Maand, beschikkingen: Sequence[Beschikking]) -> Levering:
    """Of a month, from all beschikkingen up to its end about whoever it concerns.

    A bericht is due when a letter tells another loonwaarde than what was told before it about the
    same placement; one letter can tell several, each from its own day. With the forfait nothing was
    measured, and an afwijzing or beeindiging tells no loonwaarde.
    """
    berichten: list[Bericht] = []
    uitkomsten: Counter[Uitkomst] = Counter()
    verteld: dict[UUID, int] = {}
    for beschikking in sorted(beschikkingen, key=lambda b: (b.bekendgemaakt_op, b.volgorde)):
        nieuw = _berichten(beschikking, verteld)
        if maand.eerste_dag <= beschikking.bekendgemaakt_op <= maand.laatste_dag:
            berichten += nieuw
            uitkomsten[_uitkomst(beschikking, nieuw)] += 1
    return Levering(tuple(berichten), uitkomsten)


def _berichten(beschikking: Beschikking, verteld: dict[UUID, int]) -> list[Bericht]:
    """Of one letter; verteld, what was told last of each placement, goes along with it."""
    if beschikking.soort in (Beschikkingsoort.AFWIJZING, Beschikkingsoort.BEEINDIGING):
        return []
    berichten = []
    for ingangsdatum, percentage in beschikking.loonwaarden:
        if percentage is not None and verteld.get(beschikking.plaatsing_id) != percentage:
            verteld[beschikking.plaatsing_id] = percentage
            berichten.append(Bericht(beschikking, ingangsdatum, percentage))
    return berichten


def _uitkomst(beschikking: Beschikking, berichten: Sequence[Bericht]) -> Uitkomst:
    if beschikking.soort is Beschikkingsoort.AFWIJZING:
        return Uitkomst.AFGEWEZEN
    if beschikking.soort is Beschikkingsoort.BEEINDIGING:
        return Uitkomst.BEEINDIGD
    if berichten:
        return Uitkomst.MET_BERICHT
    gemeten = any(percentage is not None for _, percentage in beschikking.loonwaarden)
    return Uitkomst.ONGEWIJZIGD if gemeten else Uitkomst.ZONDER_LOONWAARDE
