"""The shares in the goal of 2,100 places, from a file that an editor can change."""

from __future__ import annotations

import functools
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from services.financiering.domain.taakstelling import Aandeel, Verdeling

BESTAND: Final = Path(__file__).with_name("taakstelling.toml")


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Aandeel(_Deel):
    gemeentecode: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    plaatsen: Annotated[int, Field(ge=0)]
    bron: str
    aanname: bool


class _Verdeling(_Deel):
    vanaf: date
    te_realiseren_op: date
    totaal: Annotated[int, Field(ge=0)]
    aandelen: tuple[_Aandeel, ...]


class _Bestand(_Deel):
    verdeling: tuple[_Verdeling, ...]


def lees(tekst: str) -> tuple[Verdeling, ...]:
    """Raises ValueError for a file that is wrong, or whose shares do not add up."""
    return tuple(
        Verdeling(
            v.vanaf,
            v.te_realiseren_op,
            v.totaal,
            tuple(Aandeel(a.gemeentecode, a.plaatsen, a.bron, a.aanname) for a in v.aandelen),
        )
        for v in _Bestand.model_validate(tomllib.loads(tekst)).verdeling
    )


@functools.cache
def verdelingen() -> tuple[Verdeling, ...]:
    """What is agreed. Raises ValueError."""
    return lees(BESTAND.read_text())
