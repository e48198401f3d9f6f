"""Kandidaten in the database: loaded whole, with their besluiten, and locked before a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.intake import besluiten
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import (
    Kandidaat,
    Kandidaatstatus,
    OntvangenAdvies,
    Programma,
)

_KANDIDAAT: Final = """
SELECT id, gemeentecode, aangemeld_op, instroomkanaal, doelgroep, doorverwezen_op, advies_id,
       advies_gegeven_op, advies_programma, advies_diensten, ronde, uitgestroomd_op, gebiedsteam,
       versie
FROM kandidaat WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A kandidaat as it is stored. versie counts changes and is its ETag."""

    kandidaat: Kandidaat
    versie: int


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """A line in a list of kandidaten."""

    kandidaat_id: UUID
    gemeentecode: str
    status: Kandidaatstatus
    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    doorverwezen_op: date | None
    uitgestroomd_op: date | None
    ronde: int
    gebiedsteam: str | None
    vastgelegd_op: datetime


async def haal(uow: Reading, kandidaat_id: UUID, *, op_slot: bool = False) -> Bewaard | None:
    """The kandidaat with all besluiten; None when there is none that this organisation may see.

    op_slot: lock the row, to decide on it and change it.
    """
    row = await uow.connection.fetchrow(
        _KANDIDAAT + ("FOR UPDATE" if op_slot else ""), kandidaat_id
    )
    if row is None:
        return None
    genomen = await besluiten.van_kandidaat(uow, kandidaat_id)
    kandidaat = Kandidaat(
        kandidaat_id=row["id"],
        gemeentecode=row["gemeentecode"],
        aangemeld_op=row["aangemeld_op"],
        instroomkanaal=Instroomkanaal(row["instroomkanaal"]),
        doelgroep=Doelgroep(row["doelgroep"]),
        besluiten=tuple(g for ronde, g in genomen if ronde == row["ronde"]),
        doorverwezen_op=row["doorverwezen_op"],
        advies=_advies(row),
        ronde=row["ronde"],
        eerdere_besluiten=tuple(g for ronde, g in genomen if ronde < row["ronde"]),
        uitgestroomd_op=row["uitgestroomd_op"],
        gebiedsteam=row["gebiedsteam"],
    )
    return Bewaard(kandidaat, row["versie"])


async def neem(uow: UnitOfWork, kandidaat_id: UUID) -> Kandidaat:
    """The kandidaat under lock, to decide on. Raises NietGevonden."""
    bewaard = await haal(uow, kandidaat_id, op_slot=True)
    if bewaard is None:
        raise NietGevonden
    return bewaard.kandidaat


@dataclass(frozen=True, slots=True)
class Bekend:
    """A kandidaat that the gemeente has already, found by BSN."""

    kandidaat_id: UUID
    uitgestroomd_op: date | None


async def met_bsn(
    uow: UnitOfWork, gemeentecode: str, bsn_indexen: Sequence[bytes]
) -> dict[bytes, Bekend]:
    """The kandidaten of this gemeente with these BSNs, by the index of the BSN."""
    rows = await uow.connection.fetch(
        "SELECT id, bsn_index, uitgestroomd_op FROM kandidaat"
        " WHERE gemeentecode = $1 AND bsn_index = ANY($2::bytea[])",
        gemeentecode,
        bsn_indexen,
    )
    return {row["bsn_index"]: Bekend(row["id"], row["uitgestroomd_op"]) for row in rows}


async def voeg_toe(uow: UnitOfWork, nieuw: Mapping[bytes, Kandidaat]) -> set[UUID]:
    """Store new kandidaten of one gemeente, by the index of their BSN.

    Returns which were: not those whose BSN the gemeente has already.
    """
    kandidaten = nieuw.values()
    rows = await uow.connection.fetch(
        "INSERT INTO kandidaat (id, gemeentecode, status, aangemeld_op, instroomkanaal, doelgroep,"
        " gebiedsteam, bsn_index, vastgelegd_op)"
        " SELECT id, $8, status, aangemeld_op, instroomkanaal, doelgroep, gebiedsteam, bsn, $9"
        " FROM unnest($1::uuid[], $2::text[], $3::date[], $4::text[], $5::text[], $6::text[],"
        " $7::bytea[])"
        " AS n (id, status, aangemeld_op, instroomkanaal, doelgroep, gebiedsteam, bsn)"
        " ON CONFLICT (gemeentecode, bsn_index) DO NOTHING RETURNING id",
        [kandidaat.kandidaat_id for kandidaat in kandidaten],
        [kandidaat.status for kandidaat in kandidaten],
        [kandidaat.aangemeld_op for kandidaat in kandidaten],
        [kandidaat.instroomkanaal for kandidaat in kandidaten],
        [kandidaat.doelgroep for kandidaat in kandidaten],
        [kandidaat.gebiedsteam for kandidaat in kandidaten],
        list(nieuw),
        uow.organisation,
        uow.now,
    )
    return {row["id"] for row in rows}


async def bewaar_bsn_index(uow: UnitOfWork, kandidaat_id: UUID, bsn_index: bytes) -> bool:
    """Store by what its gemeente recognises a kandidaat's BSN; False when it knows it already."""
    try:
        await uow.connection.execute(
            "UPDATE kandidaat SET bsn_index = $2 WHERE id = $1", kandidaat_id, bsn_index
        )
    except asyncpg.UniqueViolationError:
        return False
    return True


async def bewaar(uow: UnitOfWork, kandidaat: Kandidaat) -> int:
    """Store what changed in a kandidaat that was loaded under lock. Returns the new version."""
    advies = kandidaat.advies
    versie: int = await uow.connection.fetchval(
        "UPDATE kandidaat SET status = $2, doorverwezen_op = $3, gedeeld_met_wsd = $4,"
        " advies_id = $5, advies_gegeven_op = $6, advies_programma = $7, advies_diensten = $8,"
        " ronde = $9, uitgestroomd_op = $10, gebiedsteam = $11, aangemeld_op = $12,"
        " instroomkanaal = $13, doelgroep = $14, versie = versie + 1 WHERE id = $1"
        " RETURNING versie",
        kandidaat.kandidaat_id,
        kandidaat.status,
        kandidaat.doorverwezen_op,
        kandidaat.gedeeld_met_wsd,
        advies.advies_id if advies else None,
        advies.gegeven_op if advies else None,
        advies.programma if advies else None,
        list(advies.diensten) if advies else None,
        kandidaat.ronde,
        kandidaat.uitgestroomd_op,
        kandidaat.gebiedsteam,
        kandidaat.aangemeld_op,
        kandidaat.instroomkanaal,
        kandidaat.doelgroep,
    )
    return versie


async def lijst(
    uow: Reading,
    *,
    status: Kandidaatstatus | None,
    gebiedsteam: str | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Samenvatting]:
    """Kandidaten in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        "SELECT id, gemeentecode, status, aangemeld_op, instroomkanaal, doelgroep, doorverwezen_op,"
        " uitgestroomd_op, ronde, gebiedsteam, vastgelegd_op FROM kandidaat"
        " WHERE ($1::text IS NULL OR status = $1)"
        " AND ($2::timestamptz IS NULL OR (vastgelegd_op, id) > ($2, $3))"
        " AND ($5::text IS NULL OR gebiedsteam = $5)"
        " ORDER BY vastgelegd_op, id LIMIT $4",
        status,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
        gebiedsteam,
    )
    return [
        Samenvatting(
            kandidaat_id=row["id"],
            gemeentecode=row["gemeentecode"],
            status=Kandidaatstatus(row["status"]),
            aangemeld_op=row["aangemeld_op"],
            instroomkanaal=Instroomkanaal(row["instroomkanaal"]),
            doelgroep=Doelgroep(row["doelgroep"]),
            doorverwezen_op=row["doorverwezen_op"],
            uitgestroomd_op=row["uitgestroomd_op"],
            ronde=row["ronde"],
            gebiedsteam=row["gebiedsteam"],
            vastgelegd_op=row["vastgelegd_op"],
        )
        for row in rows
    ]


def _advies(row: asyncpg.Record) -> OntvangenAdvies | None:
    if row["advies_id"] is None:
        return None
    return OntvangenAdvies(
        advies_id=row["advies_id"],
        gegeven_op=row["advies_gegeven_op"],
        programma=Programma(row["advies_programma"]),
        diensten=tuple(row["advies_diensten"]),
    )
