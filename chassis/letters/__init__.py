"""A letter by which a besluit is made known: one content, shown as HTML and as PDF.

What stands in it is for the service that decided; how it looks is the same for all. The words are
those of the letter, so they are Dutch.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chassis.documents import DocumentTemplate


@dataclass(frozen=True, slots=True)
class Tabel:
    """Rows under headings; the last column holds amounts, and the last row what they come to."""

    onderschrift: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Deel:
    """Paragraphs under a heading, then points, then tables."""

    onderdeel: str
    alineas: tuple[str, ...]
    punten: tuple[str, ...] = ()
    tabellen: tuple[Tabel, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Plain text only: whoever shows it takes nothing in it for markup."""

    titel: str
    afzender: str
    geadresseerde: tuple[str, ...]
    datum: str
    kenmerk: str
    aanhef: str
    delen: tuple[Deel, ...]
    ondertekening: tuple[str, ...]

    def __repr__(self) -> str:
        return "Brief(…)"


BRIEF: Final = DocumentTemplate(Path(__file__).parent, "brief")
