"""With which loonwaarde financiering calculates, as intake heard it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LksLoonwaarde:
    """From a day on; percentage: whole percents, None is the forfait.

    volgorde: its place among all that financiering says of the kandidaat.
    """

    plaatsing_id: UUID
    ingangsdatum: date
    percentage: int | None
    volgorde: int


def geldend_op(
    dag: date, plaatsing_id: UUID, gezegd: Iterable[LksLoonwaarde], *, voor: int | None = None
) -> LksLoonwaarde | None:
    """What holds for a placement on a day; of each first day what was said last counts.

    voor: only what had been said before this place in the order. None when nothing was said.
    """
    return max(
        (
            lks
            for lks in gezegd
            if lks.plaatsing_id == plaatsing_id
            and lks.ingangsdatum <= dag
            and (voor is None or lks.volgorde < voor)
        ),
        key=lambda lks: (lks.ingangsdatum, lks.volgorde),
        default=None,
    )
