"""The gemeenten that intake serves: a folder each, with the agreement with WSD and its process.

``processen/<name>/gemeente.toml`` says which gemeentecodes the folder is for and how they work
together with WSD, from which day; ``processen/<name>/proces-<version>.bpmn`` how they run the gate.
Without a process of its own a gemeente follows ``processen/klantreis``.
``processen/<name>/gebiedsteams.csv``, where there is one, says which team serves which postcodes
(van,tot_en_met,gebiedsteam; four digits).  A deployment adds its own folders in the folder that
MEEDOEN_PROCESSEN names.
"""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from services.intake.domain.gebiedsteam import Gebiedsteams, Postcodegebied
from services.intake.domain.samenwerkingsmodel import (
    Samenwerkingsafspraak,
    Samenwerkingsafspraken,
    Samenwerkingsmodel,
)

EIGEN_MAP: Final = Path(__file__).parent / "processen"
STANDAARDPROCES: Final = "klantreis"


class _Samenwerking(BaseModel):
    model_config = ConfigDict(extra="forbid")

    vanaf: date
    model: Samenwerkingsmodel
    bron: str
    onzeker: bool = False


class _Bestand(BaseModel):
    """What stands in a gemeente.toml."""

    model_config = ConfigDict(extra="forbid")

    naam: str
    gemeentecodes: Annotated[
        list[Annotated[str, Field(pattern=r"^[0-9]{4}$")]], Field(min_length=1)
    ]
    samenwerking: Annotated[list[_Samenwerking], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Gemeenten:
    """All of them. procesmap: by gemeentecode, the folder with the versions of its process.

    gebiedsteams: by gemeentecode, of those that work in teams by postcode.
    """

    namen: dict[str, str]
    afspraken: Samenwerkingsafspraken
    procesmap: dict[str, Path]
    gebiedsteams: dict[str, Gebiedsteams]

    def gebiedsteam(self, gemeentecode: str, postcode: str | None) -> str | None:
        """The team of the gemeente for a postcode; None without teams or without a postcode."""
        teams = self.gebiedsteams.get(gemeentecode)
        return teams.van(postcode) if teams and postcode else None


@cache
def gemeenten() -> Gemeenten:
    """Read once per process. Raises ValueError when a folder is wrong or a code is there twice."""
    namen: dict[str, str] = {}
    procesmap: dict[str, Path] = {}
    afspraken: list[Samenwerkingsafspraak] = []
    gebiedsteams: dict[str, Gebiedsteams] = {}
    for folder in _folders():
        bestand = _Bestand.model_validate(tomllib.loads((folder / "gemeente.toml").read_text()))
        heeft_eigen_proces = any(folder.glob("proces-*.bpmn"))
        teams = _gebiedsteams(folder / "gebiedsteams.csv")
        for code in bestand.gemeentecodes:
            if code in namen:
                raise ValueError(f"gemeentecode {code} staat in twee mappen, ook in {folder.name}")
            namen[code] = bestand.naam
            if teams is not None:
                gebiedsteams[code] = teams
            procesmap[code] = folder if heeft_eigen_proces else EIGEN_MAP / STANDAARDPROCES
            afspraken += [
                Samenwerkingsafspraak(code, s.vanaf, s.model, s.bron, s.onzeker)
                for s in bestand.samenwerking
            ]
    return Gemeenten(namen, Samenwerkingsafspraken(tuple(afspraken)), procesmap, gebiedsteams)


def _gebiedsteams(bestand: Path) -> Gebiedsteams | None:
    """Raises ValueError that names the file and the row."""
    if not bestand.exists():
        return None
    with bestand.open(newline="", encoding="utf-8") as regels:
        try:
            rijen = [Postcodegebied(**rij) for rij in csv.DictReader(regels, strict=True)]
            return Gebiedsteams(tuple(rijen))
        except (ValueError, TypeError, csv.Error) as fout:
            raise ValueError(f"{bestand.parent.name}/{bestand.name}: {fout}") from fout


def _folders() -> Iterator[Path]:
    bijgeplaatst = os.environ.get("MEEDOEN_PROCESSEN")
    for parent in (EIGEN_MAP, *([Path(bijgeplaatst)] if bijgeplaatst else [])):
        yield from sorted(p.parent for p in parent.glob("*/gemeente.toml"))
