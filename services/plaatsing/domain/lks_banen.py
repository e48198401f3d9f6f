"""Jobs with loonkostensubsidie, as bron 003 counts them: realised per year, and standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LksBanen:
    """gerealiseerd: jobs that began, per calendar year. door_gemeente, door_wsd: jobs that run on
    the last day, by who placed.
    """

    gerealiseerd: Mapping[int, int]
    door_gemeente: int
    door_wsd: int

    @property
    def gerealiseerd_totaal(self) -> int:
        return sum(self.gerealiseerd.values())

    @property
    def stand(self) -> int:
        return self.door_gemeente + self.door_wsd
