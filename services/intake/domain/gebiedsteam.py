"""Which team of the gemeente helps whom, by postcode (bron 004 §4.3, Súdwest-Fryslân)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_PC4: Final = re.compile(r"[1-9][0-9]{3}")


@dataclass(frozen=True, slots=True, order=True)
class Postcodegebied:
    """The four digits of postcodes, from ``van`` to ``tot_en_met``, that one team serves."""

    van: str
    tot_en_met: str
    gebiedsteam: str

    def __post_init__(self) -> None:
        if not (_PC4.fullmatch(self.van) and _PC4.fullmatch(self.tot_en_met)):
            raise ValueError(f"{self.gebiedsteam}: een postcodegebied is van vier cijfers tot vier")
        if self.van > self.tot_en_met:
            raise ValueError(f"{self.gebiedsteam}: {self.van} ligt na {self.tot_en_met}")
        if not self.gebiedsteam.strip():
            raise ValueError(f"{self.van}: noem het gebiedsteam")


@dataclass(frozen=True, slots=True)
class Gebiedsteams:
    """The teams of one gemeente. Raises ValueError when a postcode would be of two rows."""

    gebieden: tuple[Postcodegebied, ...]

    def __post_init__(self) -> None:
        for vorige, volgende in pairwise(sorted(self.gebieden)):
            if volgende.van <= vorige.tot_en_met:
                raise ValueError(
                    f"{vorige.gebiedsteam} en {volgende.gebiedsteam} overlappen bij {volgende.van}"
                )

    def van(self, postcode: str) -> str | None:
        """The team for a postcode as 1234AB; None when no row has it."""
        pc4 = postcode[:4]
        return next(
            (g.gebiedsteam for g in self.gebieden if g.van <= pc4 <= g.tot_en_met),
            None,
        )
