"""Who sends a factuur and who receives it, from a file that an editor can change."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from stdnum import iban

from contracts.afnemers import GEMEENTEN

BESTAND: Final = Path(__file__).with_name("partijen.toml")


@dataclass(frozen=True, slots=True)
class Partij:
    """An organisation on a factuur. oin: 20 digits; the other particulars may be empty."""

    naam: str
    oin: str
    straat: str = ""
    postcode: str = ""
    plaats: str = ""
    btw_nummer: str = ""
    iban: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Partijen:
    afzender: Partij
    ontvanger: Partij


class _Partij(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    naam: Annotated[str, Field(min_length=1)]
    oin: Annotated[str, Field(pattern=r"^[0-9]{20}$")]
    straat: Annotated[str, Field(min_length=1)]
    postcode: Annotated[str, Field(pattern=r"^[1-9][0-9]{3} [A-Z]{2}$")]
    plaats: Annotated[str, Field(min_length=1)]

    def partij(self) -> Partij:
        return Partij(**self.model_dump())


class _Afzender(_Partij):
    btw_nummer: Annotated[str, Field(pattern=r"^NL[0-9]{9}B[0-9]{2}$")]
    iban: Annotated[str, AfterValidator(iban.validate)]
    email: str


class _Bestand(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    afzender: _Afzender
    gemeenten: dict[Annotated[str, Field(pattern=r"^[0-9]{4}$")], _Partij] = {}


@functools.cache
def _bestand() -> _Bestand:
    return _Bestand.model_validate(tomllib.loads(BESTAND.read_text()))


def partijen_van(gemeentecode: str) -> Partijen:
    """WSD to a gemeente, as they are called today. Raises ValueError for a file that is wrong.

    A gemeente that the file does not name has example particulars, with a test OIN of its own.
    """
    bestand = _bestand()
    eigen = bestand.gemeenten.get(gemeentecode)
    naam = GEMEENTEN.get(gemeentecode, gemeentecode)
    ontvanger = (
        eigen.partij()
        if eigen
        else Partij(
            naam=f"Gemeente {naam}",
            oin=f"00000099{gemeentecode:0>12}",
            straat="Voorbeeldstraat 1",
            postcode="1234 AB",
            plaats=naam,
        )
    )
    return Partijen(bestand.afzender.partij(), ontvanger)
