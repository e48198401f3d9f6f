"""Profielen in the database: every version a sealed document, and of the last the codes to search.

Beside the seal stand only the codes that are compared; who may see the kandidaat sees them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from services.plaatsing.domain.eisen import (
    Begeleidingsniveau,
    Belastingseis,
    Dag,
    als_masker,
)
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.matching import Zoekende
from services.plaatsing.domain.profiel import Profiel, Profielversie, Vervoer
from services.plaatsing.domain.werkplek import Werksoort

E = TypeVar("E", bound=StrEnum)

_INHOUD: Final = TypeAdapter(Profielversie)
_OVERAL: Final = 32767
"""Kilometres that nobody is from anything: how far someone travels does not count."""

CODES: Final = (
    *("uren_van", "uren_tot", "groeit_naar_uren", "dagen", "beschikbaar_vanaf", "reist_vanuit"),
    *("reist_hoogstens_km", "vervoer", "wensen", "ervaring", "vaardigheden", "leerdoelen"),
    *("niet_mogelijk", "begeleiding_nodig"),
)
"""The columns of what is compared, in the order of codes()."""
_EXCLUDED: Final = ", ".join(f"excluded.{kolom}" for kolom in ("versie", *CODES))

_BEWAAR: Final = f"""
INSERT INTO profiel
    (kandidaat_id, gemeentecode, doorverwezen, uitgestroomd_op, versie, {", ".join(CODES)})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT (kandidaat_id) DO UPDATE SET (versie, {", ".join(CODES)}) = ({_EXCLUDED})
"""  # noqa: S608 - constants


async def bewaar(uow: UnitOfWork, kandidaat: Kandidaat, versie: Profielversie) -> None:
    """Store the next version of the profiel of a kandidaat that is under lock."""
    kandidaat_id, gemeentecode = kandidaat.kandidaat_id, kandidaat.gemeentecode
    person = await uow.vault.new_person(uow, kandidaat_id, gemeentecode)
    inhoud = person.seal(_INHOUD.dump_json(versie).decode(), _plaats(kandidaat_id, versie.versie))
    await uow.connection.execute(
        "INSERT INTO profielversie (kandidaat_id, versie, gemeentecode, vastgelegd_op, inhoud)"
        " VALUES ($1, $2, $3, $4, $5)",
        kandidaat_id,
        versie.versie,
        gemeentecode,
        versie.vastgelegd_op,
        inhoud,
    )
    await uow.connection.execute(
        _BEWAAR,
        kandidaat_id,
        gemeentecode,
        kandidaat.doorverwezen_op is not None,
        kandidaat.uitgestroomd_op,
        versie.versie,
        *codes(versie.profiel),
    )


def codes(profiel: Profiel) -> tuple[Any, ...]:
    """The values of CODES."""
    km = profiel.reist_hoogstens_km
    return (
        profiel.uren_van,
        profiel.uren_tot,
        profiel.groeit_naar_uren,
        als_masker(profiel.dagen),
        profiel.beschikbaar_vanaf,
        profiel.reist_vanuit or "",
        _OVERAL if km is None else km,
        profiel.vervoer,
        sorted(profiel.wensen),
        sorted(profiel.ervaring),
        als_masker(profiel.vaardigheden),
        als_masker(profiel.leerdoelen),
        als_masker(profiel.niet_mogelijk),
        profiel.begeleiding_nodig.zwaarte,
    )


async def geldende_versie(uow: Reading, kandidaat_id: UUID) -> int:
    """0 when there is no profiel yet."""
    versie: int | None = await uow.connection.fetchval(
        "SELECT versie FROM profiel WHERE kandidaat_id = $1", kandidaat_id
    )
    return versie or 0


async def zie_in(uow: Reading, kandidaat_id: UUID) -> Sequence[Profielversie] | None:
    """Every version, the newest first, for a person who asks: that it was read is recorded.

    None when there is none that this organisation may see.
    """
    rows = await uow.connection.fetch(
        "SELECT versie, gemeentecode, inhoud FROM profielversie WHERE kandidaat_id = $1"
        " ORDER BY versie DESC",
        kandidaat_id,
    )
    if not rows:
        return None
    await uow.log_processing(
        "profiel ingezien",
        kandidaat_id=kandidaat_id,
        gemeentecode=rows[0]["gemeentecode"],
        activity="plaatsing/profiel-inzien",
    )
    person = await uow.vault.person(uow, kandidaat_id)
    return [
        _INHOUD.validate_json(person.open(row["inhoud"], _plaats(kandidaat_id, row["versie"])))
        for row in rows
    ]


async def zoekende(uow: Reading, kandidaat_id: UUID) -> Zoekende | None:
    """Who looks for work, by the codes alone; None when there is no profiel to see."""
    row = await uow.connection.fetchrow(
        "SELECT * FROM profiel WHERE kandidaat_id = $1", kandidaat_id
    )
    return None if row is None else als_zoekende(row)


def als_zoekende(row: asyncpg.Record) -> Zoekende:
    """From a row of profiel."""
    km = row["reist_hoogstens_km"]
    return Zoekende(
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        uitgestroomd_op=row["uitgestroomd_op"],
        profiel=Profiel(
            uren_van=row["uren_van"],
            uren_tot=row["uren_tot"],
            groeit_naar_uren=row["groeit_naar_uren"],
            dagen=_uit_masker(Dag, row["dagen"]),
            beschikbaar_vanaf=row["beschikbaar_vanaf"],
            reist_vanuit=row["reist_vanuit"] or None,
            reist_hoogstens_km=None if km == _OVERAL else km,
            vervoer=Vervoer(row["vervoer"]) if row["vervoer"] else None,
            wensen=frozenset(map(Werksoort, row["wensen"])),
            ervaring=frozenset(map(Werksoort, row["ervaring"])),
            vaardigheden=_uit_masker(Belastingseis, row["vaardigheden"]),
            leerdoelen=_uit_masker(Belastingseis, row["leerdoelen"]),
            niet_mogelijk=_uit_masker(Belastingseis, row["niet_mogelijk"]),
            begeleiding_nodig=list(Begeleidingsniveau)[row["begeleiding_nodig"]],
        ),
    )


def _uit_masker(soort: type[E], masker: int) -> frozenset[E]:
    return frozenset(waarde for plek, waarde in enumerate(soort) if masker >> plek & 1)


def _plaats(kandidaat_id: UUID, versie: int) -> str:
    return f"profielversie.inhoud/{kandidaat_id}/{versie}"
