"""How many places were agreed per gemeente and year, from a file that an editor can change."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from services.plaatsing.domain.transitiearrangement import Taakstelling

BESTAND: Final = Path(__file__).with_name("taakstelling.toml")


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Afspraak(_Deel):
    gemeentecode: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    jaar: Annotated[int, Field(ge=2015, le=9999)]
    plaatsen: Annotated[int, Field(ge=0)]
    bron: str


class _Bestand(_Deel):
    taakstelling: tuple[_Afspraak, ...]


@functools.cache
def taakstellingen() -> tuple[Taakstelling, ...]:
    """By gemeente and year. Raises ValueError for a file that is wrong, or says one thing twice."""
    bestand = _Bestand.model_validate(tomllib.loads(BESTAND.read_text()))
    gevonden = [Taakstelling(a.gemeentecode, a.jaar, a.plaatsen) for a in bestand.taakstelling]
    if len({(t.gemeentecode, t.jaar) for t in gevonden}) < len(gevonden):
        raise ValueError(f"{BESTAND.name}: een gemeente heeft per jaar een taakstelling")
    return tuple(sorted(gevonden, key=lambda t: (t.gemeentecode, t.jaar)))
