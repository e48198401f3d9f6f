"""What each college chose about birthdays, from a file that an editor can change."""

from __future__ import annotations

import functools
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from contracts.afnemers import GEMEENTEN
from services.financiering.domain.leeftijdsgroep import (
    Verjaardagskeuze,
    Verjaardagskeuzes,
    Verjaardagsregel,
)

BESTAND: Final = Path(__file__).with_name("verjaardagsregels.toml")


def _van_de_negen(gemeentecode: str) -> str:
    if gemeentecode not in GEMEENTEN:
        raise ValueError(f"kies een van {', '.join(GEMEENTEN)}")
    return gemeentecode


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Keuze(_Deel):
    gemeentecode: Annotated[str, AfterValidator(_van_de_negen)]
    vanaf: date
    regel: Verjaardagsregel
    bron: Annotated[str, Field(min_length=1)]


class _Bestand(_Deel):
    standaard: Verjaardagsregel
    keuze: tuple[_Keuze, ...] = ()


def lees(tekst: str) -> Verjaardagskeuzes:
    """Raises ValueError for a file that is wrong, with every fault and where it stands."""
    bestand = _Bestand.model_validate(tomllib.loads(tekst))
    return Verjaardagskeuzes(
        bestand.standaard,
        tuple(Verjaardagskeuze(k.gemeentecode, k.vanaf, k.regel) for k in bestand.keuze),
    )


@functools.cache
def verjaardagskeuzes() -> Verjaardagskeuzes:
    """What is chosen. Raises ValueError."""
    return lees(BESTAND.read_text())
