"""The decision tables of gemeenten: for which target group WSD proposes what (domain.md §4, §5).

``<tabel>-<versie>.dmn`` is a table that a domain expert reads and changes in a modeler;
``gemeenten.toml`` says which table a gemeente has from which day.  A gemeente that is not in it has
the default table.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from services.diagnose.dmn import BeslistabelFout, lees
from services.diagnose.domain.advies import UITVOER, Voorstel
from services.diagnose.domain.beslistabel import Beslistabel
from services.diagnose.domain.feiten import INVOER

MAP: Final = Path(__file__).parent
_BESTANDSNAAM: Final = re.compile(r"(?P<naam>[a-z-]+)-(?P<versie>[1-9][0-9]*)\.dmn", re.A)


class _Gebruik(BaseModel):
    """Who uses a table from a day on. bron: where the rules come from."""

    model_config = ConfigDict(extra="forbid")

    tabel: str
    vanaf: date
    bron: str
    gemeentecodes: list[Annotated[str, Field(pattern=r"^[0-9]{4}$")]] = []


class _Bestand(BaseModel):
    """What stands in gemeenten.toml. standaard: for every gemeente without a table of its own."""

    model_config = ConfigDict(extra="forbid")

    standaard: Annotated[list[_Gebruik], Field(min_length=1)]
    gemeente: list[_Gebruik]


@dataclass(frozen=True, slots=True)
class Beslistabellen:
    """All tables, by the name of their file, and who uses which from when."""

    tabellen: dict[str, Beslistabel]
    _gebruik: _Bestand

    def voor(self, gemeentecode: str, op: date) -> Beslistabel:
        """The table of a gemeente on a day; before the first, that first one."""
        standaard = self._gebruik.standaard
        eigen = [
            g for g in self._gebruik.gemeente if gemeentecode in g.gemeentecodes and g.vanaf <= op
        ]
        geldend = eigen or [g for g in standaard if g.vanaf <= op] or standaard[:1]
        return self.tabellen[max(geldend, key=lambda g: g.vanaf).tabel]


@cache
def beslistabellen() -> Beslistabellen:
    """Read once per process. Raises BeslistabelFout, or ValueError when the mapping is wrong."""
    tabellen = {}
    for bestand in sorted(MAP.glob("*.dmn")):
        naam = _BESTANDSNAAM.fullmatch(bestand.name)
        if naam is None:
            raise ValueError(f"{bestand.name}: noem het bestand naam-versie.dmn")
        tabellen[bestand.stem] = lees_adviestabel(
            naam["naam"], int(naam["versie"]), bestand.read_bytes()
        )
    gebruik = _Bestand.model_validate(tomllib.loads((MAP / "gemeenten.toml").read_text("utf-8")))
    for regel in (*gebruik.standaard, *gebruik.gemeente):
        if regel.tabel not in tabellen:
            raise ValueError(f"gemeenten.toml: de tabel {regel.tabel} is er niet")
    return Beslistabellen(tabellen, gebruik)


def lees_adviestabel(naam: str, versie: int, inhoud: bytes) -> Beslistabel:
    """A table that proposes an advies. Raises BeslistabelFout with everything that is wrong."""
    tabel = lees(naam, versie, inhoud, invoer=INVOER, uitvoer=UITVOER)
    bezwaren = []
    for regel in tabel.regels:
        try:
            Voorstel.van(tabel, regel)
        except ValueError as fout:
            bezwaren.append(f"regel {regel.nummer}, {fout}")
    if bezwaren:
        raise BeslistabelFout(f"{naam}-{versie}.dmn", bezwaren)
    return tabel
