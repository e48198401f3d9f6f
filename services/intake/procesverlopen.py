"""How far a kandidaat is in the process of their gemeente, in the database.

The steps that were done are what is kept; the open steps beside them are worked out from those, so
that lists are fast.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.vault import Person
from services.intake import procesversies
from services.intake.bpmn import Procesdefinitie
from services.intake.domain.proces import Einde, Feiten, GezetteStap, OpenStap
from services.intake.motor import Stand

LOOPT: Final = "loopt"
ZONDER_TERMIJN: Final = date(2500, 1, 1)
"""Sorts a step without a term after all others."""


@dataclass(frozen=True, slots=True)
class VastgelegdeStap:
    """A step that was done. door: the organisation; rol: of who did it."""

    gezet: GezetteStap
    door: str
    rol: str


@dataclass(frozen=True, slots=True)
class OpenRegel:
    """An open step as it is kept, with what was done about its term since."""

    open: OpenStap
    evaluaties: int


@dataclass(frozen=True, slots=True)
class Procesverloop:
    """One run of a process by one kandidaat."""

    verloop_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    definitie: Procesdefinitie
    begonnen_op: date
    altijd: Feiten
    status: str
    einde: Einde | None
    geeindigd_op: date | None
    gezet: tuple[VastgelegdeStap, ...]
    open: tuple[OpenRegel, ...]

    @property
    def stappen(self) -> list[GezetteStap]:
        return [vastgelegd.gezet for vastgelegd in self.gezet]

    @property
    def laatst_gezet_op(self) -> date:
        return self.gezet[-1].gezet.gezet_op if self.gezet else self.begonnen_op


@dataclass(frozen=True, slots=True)
class Werkregel:
    """An open step in the worklist of a role."""

    regel_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    proces: str
    stap: str
    rol: str
    van_wsd: bool
    sinds: date
    niet_voor: date
    uiterlijk: date | None

    @property
    def volgorde(self) -> tuple[date, UUID]:
        """By urgency; what has no term comes last."""
        return self.uiterlijk or ZONDER_TERMIJN, self.regel_id


@dataclass(frozen=True, slots=True)
class NieuwVerloop:
    """A run that begins, and where that leads without a step being done."""

    verloop_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    definitie: Procesdefinitie
    begonnen_op: date
    altijd: Feiten
    stand: Stand


async def begin(uow: UnitOfWork, verlopen: Sequence[NieuwVerloop]) -> None:
    """These kandidaten go by these versions from here on."""
    definities = {(v.definitie.proces, v.definitie.versie): v.definitie for v in verlopen}
    for definitie in definities.values():
        await procesversies.leg_vast(uow, definitie)
    personen = await uow.vault.people(uow, [verloop.kandidaat_id for verloop in verlopen])
    await uow.connection.executemany(
        "INSERT INTO procesverloop (id, kandidaat_id, gemeentecode, proces, versie, begonnen_op,"
        " feiten, status, vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7, 'loopt', $8)",
        [
            (
                v.verloop_id,
                v.kandidaat_id,
                v.gemeentecode,
                v.definitie.proces,
                v.definitie.versie,
                v.begonnen_op,
                personen[v.kandidaat_id].seal(json.dumps(v.altijd), _plaats(v.verloop_id, 0)),
                uow.now,
            )
            for v in verlopen
        ],
    )
    await _open_stappen(
        uow, [(v.verloop_id, v.kandidaat_id, v.gemeentecode, v.stand) for v in verlopen]
    )
    for v in verlopen:
        await _eindig(uow, v.verloop_id, v.stand, v.begonnen_op)


async def huidig(uow: Reading, kandidaat_id: UUID) -> Procesverloop | None:
    """The last run of this kandidaat; None when there is none that this organisation may see."""
    row = await uow.connection.fetchrow(
        "SELECT * FROM procesverloop WHERE kandidaat_id = $1"
        " ORDER BY (status = 'loopt') DESC, vastgelegd_op DESC, id DESC LIMIT 1",
        kandidaat_id,
    )
    if row is None:
        return None
    person = await uow.vault.person(uow, kandidaat_id)
    definitie = await procesversies.haal(uow, row["proces"], row["versie"])
    gezet = await uow.connection.fetch(
        "SELECT * FROM gezette_stap WHERE procesverloop_id = $1 ORDER BY volgnummer", row["id"]
    )
    open_ = await uow.connection.fetch(
        "SELECT * FROM open_stap WHERE procesverloop_id = $1 ORDER BY sinds, stap", row["id"]
    )
    return Procesverloop(
        verloop_id=row["id"],
        kandidaat_id=kandidaat_id,
        gemeentecode=row["gemeentecode"],
        definitie=definitie,
        begonnen_op=row["begonnen_op"],
        altijd=json.loads(person.open(row["feiten"], _plaats(row["id"], 0))),
        status=row["status"],
        einde=Einde(row["einde"], row["einde_naam"]) if row["einde"] else None,
        geeindigd_op=row["geeindigd_op"],
        gezet=tuple(_gezet(rij, person) for rij in gezet),
        open=tuple(
            OpenRegel(
                OpenStap(
                    definitie.stappen[rij["stap"]],
                    rij["sinds"],
                    row["begonnen_op"],
                    rij["verlengd"],
                ),
                rij["evaluaties"],
            )
            for rij in open_
        ),
    )


async def voeg_stap_toe(
    uow: UnitOfWork, verloop: Procesverloop, volgnummer: int, stap: VastgelegdeStap
) -> None:
    """Keep a step that was done; volgnummer counts from 1."""
    person = await uow.vault.person(uow, verloop.kandidaat_id)
    await uow.connection.execute(
        "INSERT INTO gezette_stap (procesverloop_id, volgnummer, kandidaat_id, gemeentecode, stap,"
        " gezet_op, door, rol, feiten, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        verloop.verloop_id,
        volgnummer,
        verloop.kandidaat_id,
        verloop.gemeentecode,
        stap.gezet.code,
        stap.gezet.gezet_op,
        stap.door,
        stap.rol,
        person.seal(json.dumps(stap.gezet.feiten), _plaats(verloop.verloop_id, volgnummer)),
        uow.now,
    )


async def bewaar_stand(
    uow: UnitOfWork,
    *,
    verloop_id: UUID,
    kandidaat_id: UUID,
    gemeentecode: str,
    stand: Stand,
    geeindigd_op: date,
) -> None:
    """Keep where the steps led; what was extended or evaluated of an open step stays."""
    await uow.connection.execute(
        "DELETE FROM open_stap WHERE procesverloop_id = $1 AND NOT EXISTS ("
        " SELECT FROM unnest($2::text[], $3::date[]) AS o (stap, sinds)"
        " WHERE o.stap = open_stap.stap AND o.sinds = open_stap.sinds)",
        verloop_id,
        [o.stap.code for o in stand.open],
        [o.sinds for o in stand.open],
    )
    await _open_stappen(uow, [(verloop_id, kandidaat_id, gemeentecode, stand)])
    await _eindig(uow, verloop_id, stand, geeindigd_op)


async def _open_stappen(uow: UnitOfWork, standen: Sequence[tuple[UUID, UUID, str, Stand]]) -> None:
    """By run, kandidaat and gemeente; a step that is there already stays as it is."""
    await uow.connection.executemany(
        "INSERT INTO open_stap (procesverloop_id, stap, kandidaat_id, gemeentecode, rol, van_wsd,"
        " sinds, niet_voor, uiterlijk) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT DO NOTHING",
        [
            (
                verloop_id,
                o.stap.code,
                kandidaat_id,
                gemeentecode,
                o.stap.rol,
                o.stap.van_wsd,
                o.sinds,
                o.niet_voor,
                o.uiterlijk,
            )
            for verloop_id, kandidaat_id, gemeentecode, stand in standen
            for o in stand.open
        ],
    )


async def _eindig(uow: UnitOfWork, verloop_id: UUID, stand: Stand, op: date) -> None:
    if einde := stand.einde:
        await uow.connection.execute(
            "UPDATE procesverloop SET status = 'geeindigd', einde = $2, einde_naam = $3,"
            " geeindigd_op = $4 WHERE id = $1",
            verloop_id,
            einde.code,
            einde.naam,
            op,
        )


async def breek_af(uow: UnitOfWork, kandidaat_id: UUID, op: date) -> list[str]:
    """End the run where it is. Returns the codes of the steps that were open."""
    rows = await uow.connection.fetch(
        "DELETE FROM open_stap WHERE kandidaat_id = $1 RETURNING stap", kandidaat_id
    )
    await uow.connection.execute(
        "UPDATE procesverloop SET status = 'afgebroken', geeindigd_op = $2"
        " WHERE kandidaat_id = $1 AND status = 'loopt'",
        kandidaat_id,
        op,
    )
    return [row["stap"] for row in rows]


async def hervat(uow: UnitOfWork, kandidaat_id: UUID) -> Procesverloop | None:
    """Go on with the last run, without open steps yet; None when it was not broken off."""
    hervat = await uow.connection.fetchval(
        "UPDATE procesverloop SET status = 'loopt', geeindigd_op = NULL"
        " WHERE status = 'afgebroken' AND id = (SELECT id FROM procesverloop"
        " WHERE kandidaat_id = $1 ORDER BY (status = 'loopt') DESC, vastgelegd_op DESC, id DESC"
        " LIMIT 1) RETURNING true",
        kandidaat_id,
    )
    return await huidig(uow, kandidaat_id) if hervat else None


async def bewaar_versie(uow: UnitOfWork, verloop_id: UUID, versie: int) -> None:
    """The kandidaat goes over to another version."""
    await uow.connection.execute(
        "UPDATE procesverloop SET versie = $2 WHERE id = $1", verloop_id, versie
    )


async def bewaar_verlenging(uow: UnitOfWork, verloop_id: UUID, verlengd: OpenStap) -> None:
    await uow.connection.execute(
        "UPDATE open_stap SET verlengd = true, uiterlijk = $3"
        " WHERE procesverloop_id = $1 AND stap = $2",
        verloop_id,
        verlengd.stap.code,
        verlengd.uiterlijk,
    )


async def tel_evaluatie(uow: UnitOfWork, verloop_id: UUID, stap: str) -> None:
    await uow.connection.execute(
        "UPDATE open_stap SET evaluaties = evaluaties + 1"
        " WHERE procesverloop_id = $1 AND stap = $2",
        verloop_id,
        stap,
    )


async def werklijst(
    uow: Reading,
    *,
    rol: str | None,
    stap: str | None,
    na: tuple[date, UUID] | None,
    aantal: int,
) -> Sequence[Werkregel]:
    """Open steps, the most urgent first, after a point in that order."""
    rows = await uow.connection.fetch(
        "SELECT o.id, o.kandidaat_id, o.gemeentecode, v.proces, o.stap, o.rol, o.van_wsd, o.sinds,"
        " o.niet_voor, o.uiterlijk"
        " FROM open_stap o JOIN procesverloop v ON v.id = o.procesverloop_id"
        " WHERE ($1::text IS NULL OR o.rol = $1) AND ($2::text IS NULL OR o.stap = $2)"
        " AND ($3::date IS NULL OR (coalesce(o.uiterlijk, DATE '2500-01-01'), o.id) > ($3, $4))"
        " ORDER BY coalesce(o.uiterlijk, DATE '2500-01-01'), o.id LIMIT $5",
        rol,
        stap,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [
        Werkregel(
            regel_id=row["id"],
            kandidaat_id=row["kandidaat_id"],
            gemeentecode=row["gemeentecode"],
            proces=row["proces"],
            stap=row["stap"],
            rol=row["rol"],
            van_wsd=row["van_wsd"],
            sinds=row["sinds"],
            niet_voor=row["niet_voor"],
            uiterlijk=row["uiterlijk"],
        )
        for row in rows
    ]


async def open_sinds(uow: Reading, kandidaten: Sequence[UUID], stap: str) -> dict[UUID, date]:
    """Of these kandidaten, those for whom this step is open, with the first day to do it."""
    rows = await uow.connection.fetch(
        "SELECT kandidaat_id, niet_voor FROM open_stap"
        " WHERE kandidaat_id = ANY($1::uuid[]) AND stap = $2",
        list(kandidaten),
        stap,
    )
    return {row["kandidaat_id"]: row["niet_voor"] for row in rows}


def _gezet(row: asyncpg.Record, person: Person) -> VastgelegdeStap:
    plaats = _plaats(row["procesverloop_id"], row["volgnummer"])
    return VastgelegdeStap(
        GezetteStap(row["stap"], row["gezet_op"], json.loads(person.open(row["feiten"], plaats))),
        row["door"],
        row["rol"],
    )


def _plaats(verloop_id: UUID, volgnummer: int) -> str:
    return f"gezette_stap.feiten/{verloop_id}/{volgnummer}"
