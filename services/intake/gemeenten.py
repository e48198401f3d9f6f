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
import re
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
_BESTANDSNAAM: Final = re.compile(r"proces-([1-9][0-9]*)\.bpmn", re.A)


class _Samenwerking(BaseModel):
    model_config = ConfigDict(extra="forbid")

    vanaf: date
    model: Samenwerkingsmodel
    bron: str
    onzeker: bool = False


class _Contact(BaseModel):
    """What a letter says of how to reach the gemeente."""

    model_config = ConfigDict(extra="forbid")

    postadres: str = ""
    telefoon: str = ""
    email: str = ""
    website: str = ""


class _Bestand(BaseModel):
    """What stands in a gemeente.toml. colleges: where a folder is for more than one gemeente."""

    model_config = ConfigDict(extra="forbid")

    naam: str
    gemeentecodes: Annotated[
        list[Annotated[str, Field(pattern=r"^[0-9]{4}$")]], Field(min_length=1)
    ]
    samenwerking: Annotated[list[_Samenwerking], Field(min_length=1)]
    colleges: dict[str, str] = {}
    contact: _Contact = _Contact()


@dataclass(frozen=True, slots=True)
class College:
    """In whose name a letter goes out. naam: of the gemeente; contact: lines on how to reach it."""

    naam: str
    postadres: str
    contact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gemeenten:
    """All of them. proces: by gemeentecode, the name of its process; versies: of each process, the
    file by number; gebiedsteams: by gemeentecode, of those that work in teams by postcode.
    """

    namen: dict[str, str]
    colleges: dict[str, College]
    afspraken: Samenwerkingsafspraken
    proces: dict[str, str]
    versies: dict[str, dict[int, bytes]]
    gebiedsteams: dict[str, Gebiedsteams]

    def gebiedsteam(self, gemeentecode: str, postcode: str | None) -> str | None:
        """The team of the gemeente for a postcode; None without teams or without a postcode."""
        teams = self.gebiedsteams.get(gemeentecode)
        return teams.van(postcode) if teams and postcode else None


@cache
def gemeenten() -> Gemeenten:
    """Read once per process. Raises ValueError when a folder is wrong or a code is there twice."""
    namen: dict[str, str] = {}
    proces: dict[str, str] = {}
    versies = {STANDAARDPROCES: _versies(EIGEN_MAP / STANDAARDPROCES)}
    colleges: dict[str, College] = {}
    afspraken: list[Samenwerkingsafspraak] = []
    gebiedsteams: dict[str, Gebiedsteams] = {}
    for folder in _folders():
        bestand = _Bestand.model_validate(tomllib.loads((folder / "gemeente.toml").read_text()))
        if eigen := _versies(folder):
            if folder.name in versies:
                raise ValueError(f"er zijn twee processen met de naam {folder.name}")
            versies[folder.name] = eigen
        teams = _gebiedsteams(folder / "gebiedsteams.csv")
        for code in bestand.gemeentecodes:
            if code in namen:
                raise ValueError(f"gemeentecode {code} staat in twee mappen, ook in {folder.name}")
            namen[code] = bestand.naam
            colleges[code] = _college(bestand, code)
            if teams is not None:
                gebiedsteams[code] = teams
            proces[code] = folder.name if eigen else STANDAARDPROCES
            afspraken += [
                Samenwerkingsafspraak(code, s.vanaf, s.model, s.bron, s.onzeker)
                for s in bestand.samenwerking
            ]
    return Gemeenten(
        namen,
        colleges,
        Samenwerkingsafspraken(tuple(afspraken)),
        proces,
        versies,
        gebiedsteams,
    )


def _versies(folder: Path) -> dict[int, bytes]:
    """The files ``proces-<number>.bpmn`` of a folder."""
    genummerd = ((_BESTANDSNAAM.fullmatch(b.name), b) for b in sorted(folder.iterdir()))
    return {int(naam[1]): bestand.read_bytes() for naam, bestand in genummerd if naam}


def _college(bestand: _Bestand, code: str) -> College:
    contact = bestand.contact
    regels = (
        ("Telefoon", contact.telefoon),
        ("E-mail", contact.email),
        ("Website", contact.website),
    )
    return College(
        naam=bestand.colleges.get(code, bestand.naam),
        postadres=contact.postadres,
        contact=tuple(f"{wat}: {waarde}" for wat, waarde in regels if waarde),
    )


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
