"""Watched terms in the database, with the deadlines that make them warn, pass and resume."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

import asyncpg

from chassis.awb import EEN_DAG
from chassis.clock import NEDERLAND, local_date
from chassis.unit_of_work import Reading, UnitOfWork
from services.intake.domain.bewaakte_termijn import (
    OPEN,
    BewaakteTermijn,
    Opschorting,
    Opschortingsgrond,
    Termijnsoort,
    Termijnstatus,
)

WAARSCHUWING: Final = "termijn-nadert"
"""Kind of the deadline at the start of the day from which to warn."""
EINDE: Final = "termijn-verstreken"
"""Kind of the deadline at the start of the day after the last."""
HERVATTING: Final = "termijn-hervat"
"""Kind of the deadline at the start of the day on which a term runs again by itself."""

_AFGEDAAN: Final = 3
"""The rang of what nobody needs to do anything about."""


@dataclass(frozen=True, slots=True)
class Gezien:
    """A term as someone sees it today, with its place in the order of urgency."""

    termijn: BewaakteTermijn
    vandaag: date
    rang: int


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """Which terms to list. status: None for all that something must still be done about."""

    soort: Termijnsoort | None = None
    status: Termijnstatus | None = None
    rol: str | None = None
    kandidaat_id: UUID | None = None
    uiterlijk: date | None = None


_BEWAAR: Final = """
INSERT INTO bewaakte_termijn
    (id, kandidaat_id, gemeentecode, soort, kenmerk, rol, begonnen_op, einddag, atw,
     eigen_waarschuwingsdag, opschortingen, verlengd_op, gewaarschuwd_voor, verstreken_voor,
     gehaald_op, status, laatste_dag)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (id) DO UPDATE
SET rol = excluded.rol, begonnen_op = excluded.begonnen_op, einddag = excluded.einddag,
    atw = excluded.atw, eigen_waarschuwingsdag = excluded.eigen_waarschuwingsdag,
    opschortingen = excluded.opschortingen, verlengd_op = excluded.verlengd_op,
    gewaarschuwd_voor = excluded.gewaarschuwd_voor, verstreken_voor = excluded.verstreken_voor,
    gehaald_op = excluded.gehaald_op, status = excluded.status, laatste_dag = excluded.laatste_dag
"""


async def bewaar(uow: UnitOfWork, termijn: BewaakteTermijn) -> None:
    """Store a term of a kandidaat that is under lock, and set its deadlines."""
    await uow.connection.execute(
        _BEWAAR,
        termijn.termijn_id,
        termijn.kandidaat_id,
        termijn.gemeentecode,
        termijn.soort,
        termijn.kenmerk,
        termijn.rol,
        termijn.begonnen_op,
        termijn.einddag,
        termijn.atw,
        termijn.eigen_waarschuwingsdag,
        json.dumps([asdict(o) for o in termijn.opschortingen], default=date.isoformat),
        termijn.verlengd_op,
        termijn.gewaarschuwd_voor,
        termijn.verstreken_voor,
        termijn.gehaald_op,
        termijn.status,
        termijn.laatste_dag,
    )
    lopend, opschorting = termijn.status is Termijnstatus.LOPEND, termijn.opschorting
    waarschuwen = termijn.waarschuwen_vanaf if termijn.moet_nog_waarschuwen else None
    await _plan(uow, termijn, WAARSCHUWING, waarschuwen)
    await _plan(uow, termijn, EINDE, termijn.laatste_dag + EEN_DAG if lopend else None)
    await _plan(uow, termijn, HERVATTING, opschorting.uiterlijk_tot if opschorting else None)


async def open_termijn(
    uow: Reading, kandidaat_id: UUID, soort: Termijnsoort, kenmerk: str = ""
) -> BewaakteTermijn | None:
    """The term that is running, standing still or passed; there is one at most."""
    row = await uow.connection.fetchrow(
        "SELECT * FROM bewaakte_termijn WHERE kandidaat_id = $1 AND soort = $2 AND kenmerk = $3"
        " AND status = ANY($4::text[])",
        kandidaat_id,
        soort,
        kenmerk,
        sorted(OPEN),
    )
    return _termijn(row) if row else None


async def laatste(
    uow: Reading, kandidaat_id: UUID, soort: Termijnsoort, kenmerk: str
) -> BewaakteTermijn | None:
    """The term with this kenmerk that began last, whatever became of it."""
    row = await uow.connection.fetchrow(
        "SELECT * FROM bewaakte_termijn WHERE kandidaat_id = $1 AND soort = $2 AND kenmerk = $3"
        " ORDER BY begonnen_op DESC, id LIMIT 1",
        kandidaat_id,
        soort,
        kenmerk,
    )
    return _termijn(row) if row else None


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> Sequence[Gezien] | None:
    """All terms, the most urgent first; None when there is no kandidaat that this one may see."""
    gezien = await uow.connection.fetchval("SELECT true FROM kandidaat WHERE id = $1", kandidaat_id)
    if not gezien:
        return None
    rows = await uow.connection.fetch(
        "SELECT * FROM bewaakte_termijn WHERE kandidaat_id = $1 ORDER BY rang, laatste_dag, id",
        kandidaat_id,
    )
    return [_gezien(row, uow) for row in rows]


async def lijst(
    uow: Reading, zoek: Zoekvraag, *, na: tuple[int, date, UUID] | None, aantal: int
) -> Sequence[Gezien]:
    """The most urgent first: what has passed, then what runs, by last day."""
    rows = await uow.connection.fetch(
        "SELECT * FROM bewaakte_termijn"
        " WHERE CASE WHEN $1::text IS NULL THEN rang < $10 ELSE status = $1 END"
        " AND ($2::text IS NULL OR soort = $2)"
        " AND ($3::text IS NULL OR rol = $3)"
        " AND ($4::uuid IS NULL OR kandidaat_id = $4)"
        " AND ($5::date IS NULL OR laatste_dag <= $5)"
        " AND ($6::bigint IS NULL OR (rang, laatste_dag, id) > ($6, $7, $8))"
        " ORDER BY rang, laatste_dag, id LIMIT $9",
        zoek.status,
        zoek.soort,
        zoek.rol,
        zoek.kandidaat_id,
        zoek.uiterlijk,
        na[0] if na else None,
        na[1] if na else None,
        na[2] if na else None,
        aantal,
        _AFGEDAAN,
    )
    return [_gezien(row, uow) for row in rows]


async def met_id(uow: Reading, termijn_id: UUID) -> BewaakteTermijn | None:
    row = await uow.connection.fetchrow("SELECT * FROM bewaakte_termijn WHERE id = $1", termijn_id)
    return _termijn(row) if row else None


async def _plan(uow: UnitOfWork, termijn: BewaakteTermijn, kind: str, dag: date | None) -> None:
    """At the start of the day in the Netherlands, or not at all."""
    key = str(termijn.termijn_id)
    if dag is None:
        await uow.cancel(kind, aggregate_id=termijn.kandidaat_id, key=key)
        return
    await uow.schedule(
        kind,
        aggregate_id=termijn.kandidaat_id,
        gemeentecode=termijn.gemeentecode,
        due_at=datetime.combine(dag, time(), NEDERLAND),
        key=key,
    )


def _termijn(row: asyncpg.Record) -> BewaakteTermijn:
    return BewaakteTermijn(
        termijn_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        soort=Termijnsoort(row["soort"]),
        kenmerk=row["kenmerk"],
        rol=row["rol"],
        begonnen_op=row["begonnen_op"],
        einddag=row["einddag"],
        atw=row["atw"],
        eigen_waarschuwingsdag=row["eigen_waarschuwingsdag"],
        opschortingen=tuple(_opschorting(o) for o in json.loads(row["opschortingen"])),
        verlengd_op=row["verlengd_op"],
        gewaarschuwd_voor=row["gewaarschuwd_voor"],
        verstreken_voor=row["verstreken_voor"],
        gehaald_op=row["gehaald_op"],
        status=Termijnstatus(row["status"]),
    )


def _gezien(row: asyncpg.Record, uow: Reading) -> Gezien:
    return Gezien(_termijn(row), local_date(uow.now), row["rang"])


def _opschorting(velden: dict[str, str | None]) -> Opschorting:
    grond, vanaf = velden["grond"], velden["vanaf"]
    if grond is None or vanaf is None:
        raise ValueError("een opschorting heeft een grond en een begin")
    return Opschorting(
        grond=Opschortingsgrond(grond),
        vanaf=date.fromisoformat(vanaf),
        uiterlijk_tot=_dag(velden["uiterlijk_tot"]),
        hervat_op=_dag(velden["hervat_op"]),
    )


def _dag(tekst: str | None) -> date | None:
    return date.fromisoformat(tekst) if tekst else None
