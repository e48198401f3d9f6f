"""The drivers of bron 001 (koersdocument) per scenario, with their sources, from a file."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from services.financiering.domain.doorrekening import (
    JAREN,
    Bronscenario,
    Driver,
    Uitgangspunten,
)

BESTAND: Final = Path(__file__).with_name("koersdocument.toml")


def _elk_jaar(waarden: object) -> object:
    return waarden if isinstance(waarden, list) else [waarden] * len(JAREN)


class Regel(BaseModel):
    """One driver: a value per year of JAREN, where it stands, and what had to be assumed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    waarden: Annotated[
        tuple[Decimal, ...],
        BeforeValidator(_elk_jaar),
        Field(min_length=len(JAREN), max_length=len(JAREN)),
    ]
    bron: str
    aanname: str = ""


class _Scenario(BaseModel):
    model_config = ConfigDict(frozen=True)

    naam: str
    regels: dict[Driver, Regel]

    @model_validator(mode="before")
    @classmethod
    def _lees(cls, blok: dict[str, object]) -> dict[str, object]:
        return {"naam": blok["naam"], "regels": {d: r for d, r in blok.items() if d != "naam"}}


@dataclass(frozen=True, slots=True)
class Koersscenario:
    """A scenario of the source, with all drivers, its own or those of gezamenlijk-110."""

    scenario: Bronscenario
    naam: str
    regels: Mapping[Driver, Regel]

    @property
    def uitgangspunten(self) -> Uitgangspunten:
        return {
            jaar: {driver: regel.waarden[plek] for driver, regel in self.regels.items()}
            for plek, jaar in enumerate(JAREN)
        }

    @property
    def aannames(self) -> tuple[str, ...]:
        return tuple(regel.aanname for regel in self.regels.values() if regel.aanname)


@functools.cache
def koersscenarios() -> Mapping[Bronscenario, Koersscenario]:
    """All three. Raises ValueError for a file that is wrong or leaves out a driver."""
    blokken = tomllib.loads(BESTAND.read_text(), parse_float=Decimal)
    gelezen = {Bronscenario(code): _Scenario.model_validate(b) for code, b in blokken.items()}
    basis = gelezen[Bronscenario.GEZAMENLIJK].regels
    if missing := [driver for driver in Driver if driver not in basis]:
        raise ValueError(f"{BESTAND.name}: gezamenlijk-110 mist {', '.join(missing)}")
    return {
        code: Koersscenario(
            code, s.naam, {driver: s.regels.get(driver, basis[driver]) for driver in Driver}
        )
        for code, s in gelezen.items()
    }
