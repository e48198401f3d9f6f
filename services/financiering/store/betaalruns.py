"""Payment runs in the database: lines and outcomes, which are added and never changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.betaalrun import Uitkomst, Werkgeverspost
from services.financiering.domain.betaalschema import (
    Betaalregel,
    Betaalvoorstel,
    Maandpost,
    Regelsoort,
)
from services.financiering.domain.kalender import Maand
from services.financiering.domain.lks_dossier import Grond

_RUN: Final = """
SELECT id, gemeentecode, maand, uitvoeringsdatum, ook_onzeker, rekening_id, status, positie,
       gestart_op, gereed_op
FROM betaalrun
"""
_SALDI: Final = """
SELECT werkgever_id, sum(bedrag) AS saldo FROM (
    SELECT werkgever_id, bedrag FROM betaalregel WHERE gemeentecode = $1
    UNION ALL
    SELECT werkgever_id, -saldo FROM werkgeverspost
    WHERE gemeentecode = $1 AND uitkomst = 'betaald'
) alles (werkgever_id, bedrag)
GROUP BY werkgever_id HAVING sum(bedrag) <> 0
"""
_MAAND_NA_OVERDRACHT: Final = """
INSERT INTO maand_na_overdracht AS m (lks_id, maand, gemeentecode, kandidaat_id, plaatsing_id,
    werkgever_id, bedrag, reden, onzekerheden, dagen)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (lks_id, maand, gemeentecode) DO UPDATE
SET bedrag = excluded.bedrag, reden = excluded.reden, onzekerheden = excluded.onzekerheden,
    dagen = excluded.dagen
"""


class Runstatus(StrEnum):
    BEZIG = "bezig"
    GEREED = "gereed"


@dataclass(frozen=True, slots=True)
class Run:
    """positie: the last subsidy that was handled; rekening_id: the account that pays."""

    run_id: UUID
    gemeentecode: str
    maand: Maand
    uitvoeringsdatum: date
    ook_onzeker: bool
    rekening_id: UUID
    status: Runstatus
    positie: UUID | None
    gestart_op: datetime
    gereed_op: datetime | None


@dataclass(frozen=True, slots=True)
class Regel:
    """A line as it is stored."""

    regel_id: int
    run_id: UUID
    lks_id: UUID
    werkgever_id: UUID
    regel: Betaalregel


@dataclass(frozen=True, slots=True)
class OudeMaanden:
    """What a gemeente still has to settle of a subsidy that went to another one."""

    lks_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID
    werkgever_id: UUID | None
    posten: tuple[Maandpost, ...]


@dataclass(frozen=True, slots=True)
class Ongesteld:
    """A month that a run could not pay."""

    lks_id: UUID
    maand: Maand
    reden: Grond


async def begin(
    uow: UnitOfWork,
    *,
    maand: Maand,
    uitvoeringsdatum: date,
    ook_onzeker: bool,
    rekening_id: UUID,
    door: str,
) -> UUID | None:
    """Start a run; None when this one exists, or another one of this gemeente is not ready."""
    begonnen: UUID | None = await uow.connection.fetchval(
        "INSERT INTO betaalrun (id, gemeentecode, maand, uitvoeringsdatum, ook_onzeker,"
        " rekening_id, status, gestart_door, gestart_op)"
        " VALUES ($1, $2, $3, $4, $5, $6, 'bezig', $7, $8) ON CONFLICT DO NOTHING RETURNING id",
        uuid4(),
        uow.organisation,
        maand.eerste_dag,
        uitvoeringsdatum,
        ook_onzeker,
        rekening_id,
        door,
        uow.now,
    )
    return begonnen


async def zoek(uow: Reading, maand: Maand, uitvoeringsdatum: date) -> Run | None:
    """The run of this gemeente for a month and an execution date."""
    rij = await uow.connection.fetchrow(
        _RUN + "WHERE gemeentecode = $1 AND maand = $2 AND uitvoeringsdatum = $3",
        uow.organisation,
        maand.eerste_dag,
        uitvoeringsdatum,
    )
    return _run(rij) if rij else None


async def haal(uow: Reading, run_id: UUID) -> Run | None:
    rij = await uow.connection.fetchrow(_RUN + "WHERE id = $1", run_id)
    return _run(rij) if rij else None


async def neem(uow: UnitOfWork, run_id: UUID) -> Run:
    """The run under lock. Raises LookupError."""
    rij = await uow.connection.fetchrow(_RUN + "WHERE id = $1 FOR UPDATE", run_id)
    if rij is None:
        raise LookupError("een betaalrun verdwijnt niet")
    return _run(rij)


async def schuif_op(uow: UnitOfWork, run_id: UUID, positie: UUID) -> None:
    await uow.connection.execute("UPDATE betaalrun SET positie = $2 WHERE id = $1", run_id, positie)


async def rond_af(uow: UnitOfWork, run: Run, posten: Iterable[Werkgeverspost]) -> None:
    """Store what became of every balance; from here on the run is as it is."""
    await uow.connection.executemany(
        "INSERT INTO werkgeverspost (run_id, gemeentecode, werkgever_id, saldo, uitkomst,"
        " rekening_id) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            (
                run.run_id,
                run.gemeentecode,
                post.werkgever_id,
                post.saldo,
                post.uitkomst,
                post.rekening_id,
            )
            for post in posten
        ],
    )
    await uow.connection.execute(
        "UPDATE betaalrun SET status = 'gereed', gereed_op = $2 WHERE id = $1", run.run_id, uow.now
    )


async def bewaar(
    uow: UnitOfWork,
    run: Run,
    voorstellen: Iterable[tuple[UUID, UUID | None, Betaalvoorstel]],
) -> None:
    """The lines of subsidies (with their werkgever), and what could not be paid."""
    voorstellen = list(voorstellen)
    await uow.connection.executemany(
        "INSERT INTO betaalregel (run_id, gemeentecode, lks_id, werkgever_id, maand, soort, bedrag)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [
            (
                run.run_id,
                run.gemeentecode,
                lks_id,
                werkgever_id,
                regel.maand.eerste_dag,
                regel.soort,
                regel.bedrag,
            )
            for lks_id, werkgever_id, voorstel in voorstellen
            for regel in voorstel.regels
        ],
    )
    await uow.connection.executemany(
        "INSERT INTO niet_betaalbaar (run_id, gemeentecode, lks_id, maand, reden)"
        " VALUES ($1, $2, $3, $4, $5)",
        [
            (
                run.run_id,
                run.gemeentecode,
                lks_id,
                niet.maand.eerste_dag,
                json.dumps(asdict(niet.reden)),
            )
            for lks_id, _, voorstel in voorstellen
            for niet in voorstel.niet_betaalbaar
        ],
    )


async def betaald(uow: Reading, lks_ids: Collection[UUID]) -> Mapping[UUID, dict[Maand, Decimal]]:
    """What the lines of this gemeente say of each month, per subsidy."""
    per_lks: dict[UUID, dict[Maand, Decimal]] = defaultdict(dict)
    for rij in await uow.connection.fetch(
        "SELECT lks_id, maand, sum(bedrag) AS bedrag FROM betaalregel"
        " WHERE gemeentecode = $1 AND lks_id = ANY($2::uuid[]) GROUP BY lks_id, maand",
        uow.organisation,
        list(lks_ids),
    ):
        per_lks[rij["lks_id"]][Maand.van(rij["maand"])] = rij["bedrag"]
    return per_lks


async def saldi(uow: Reading) -> dict[UUID, Decimal]:
    """What is open for each werkgever: all lines minus all that was paid out."""
    rijen = await uow.connection.fetch(_SALDI, uow.organisation)
    return {rij["werkgever_id"]: rij["saldo"] for rij in rijen}


async def bewaar_oude_maanden(uow: UnitOfWork, gemeentecode: str, oud: OudeMaanden) -> None:
    """What a gemeente that had the kandidaat is due, kept for it by the one that has them now."""
    await uow.connection.executemany(
        _MAAND_NA_OVERDRACHT,
        [
            (
                oud.lks_id,
                post.maand.eerste_dag,
                gemeentecode,
                oud.kandidaat_id,
                oud.plaatsing_id,
                oud.werkgever_id,
                post.bedrag,
                json.dumps(asdict(post.reden)) if post.reden else None,
                list(post.onzekerheden),
                post.dagen,
            )
            for post in oud.posten
        ],
    )


async def oude_maanden(
    uow: Reading, gemeentecode: str, kandidaat_ids: Collection[UUID] | None = None
) -> Sequence[OudeMaanden]:
    """What a gemeente is due of every subsidy that it no longer has; None is of all kandidaten."""
    rijen = await uow.connection.fetch(
        "SELECT m.lks_id, m.maand, m.kandidaat_id, m.plaatsing_id, m.werkgever_id, m.bedrag,"
        " m.reden, m.onzekerheden, m.dagen FROM maand_na_overdracht m WHERE m.gemeentecode = $1"
        " AND ($2::uuid[] IS NULL OR m.kandidaat_id = ANY($2)) AND NOT EXISTS"
        " (SELECT FROM loonkostensubsidie l WHERE l.id = m.lks_id AND l.gemeentecode = $1)"
        " ORDER BY m.lks_id, m.maand",
        gemeentecode,
        None if kandidaat_ids is None else list(kandidaat_ids),
    )
    per_lks: dict[UUID, list[asyncpg.Record]] = defaultdict(list)
    for rij in rijen:
        per_lks[rij["lks_id"]].append(rij)
    return [
        OudeMaanden(
            lks_id,
            van_lks[0]["kandidaat_id"],
            van_lks[0]["plaatsing_id"],
            van_lks[0]["werkgever_id"],
            tuple(
                Maandpost(
                    Maand.van(rij["maand"]),
                    rij["bedrag"],
                    Grond(**json.loads(rij["reden"])) if rij["reden"] else None,
                    tuple(rij["onzekerheden"]),
                    rij["dagen"],
                )
                for rij in van_lks
            ),
        )
        for lks_id, van_lks in per_lks.items()
    ]


async def betaalbaar_in(uow: Reading, gemeentecode: str, jaar: int) -> Decimal:
    """What the lines of a gemeente say so far of the months of a year, in euros."""
    som: Decimal = await uow.connection.fetchval(
        "SELECT coalesce(sum(bedrag), 0.00) FROM betaalregel"
        " WHERE gemeentecode = $1 AND maand >= $2 AND maand < $3",
        gemeentecode,
        date(jaar, 1, 1),
        date(jaar + 1, 1, 1),
    )
    return som


async def posten(uow: Reading, run_id: UUID) -> Sequence[Werkgeverspost]:
    """What became of the balance of each werkgever in a run."""
    rijen = await uow.connection.fetch(
        "SELECT werkgever_id, saldo, uitkomst, rekening_id FROM werkgeverspost WHERE run_id = $1"
        " ORDER BY werkgever_id",
        run_id,
    )
    return [
        Werkgeverspost(r["werkgever_id"], r["saldo"], Uitkomst(r["uitkomst"]), r["rekening_id"])
        for r in rijen
    ]


async def niet_betaald(uow: Reading, run_id: UUID) -> Sequence[Ongesteld]:
    """The months that a run could not pay, and why."""
    rijen = await uow.connection.fetch(
        "SELECT lks_id, maand, reden FROM niet_betaalbaar WHERE run_id = $1 ORDER BY lks_id, maand",
        run_id,
    )
    return [
        Ongesteld(r["lks_id"], Maand.van(r["maand"]), Grond(**json.loads(r["reden"])))
        for r in rijen
    ]


async def totaal(uow: Reading, run_id: UUID) -> tuple[int, Decimal]:
    """How many lines a run has, and what they add up to."""
    rij = await uow.connection.fetchrow(
        "SELECT count(*) AS aantal, coalesce(sum(bedrag), 0.00) AS bedrag FROM betaalregel"
        " WHERE run_id = $1",
        run_id,
    )
    return (rij["aantal"], rij["bedrag"]) if rij else (0, Decimal("0.00"))


async def regels(
    uow: Reading, run_id: UUID, *, na: tuple[int] | None, aantal: int
) -> Sequence[Regel]:
    """The lines of a run, in the order in which they were made, after one of them."""
    rijen = await uow.connection.fetch(
        "SELECT id, run_id, lks_id, werkgever_id, maand, soort, bedrag FROM betaalregel"
        " WHERE run_id = $1 AND id > $2 ORDER BY id LIMIT $3",
        run_id,
        na[0] if na else 0,
        aantal,
    )
    return [_regel(rij) for rij in rijen]


async def regels_van_lks(uow: Reading, lks_id: UUID) -> Sequence[Regel]:
    """All lines of a subsidy that this gemeente made, in order."""
    rijen = await uow.connection.fetch(
        "SELECT id, run_id, lks_id, werkgever_id, maand, soort, bedrag FROM betaalregel"
        " WHERE lks_id = $1 ORDER BY id",
        lks_id,
    )
    return [_regel(rij) for rij in rijen]


async def lijst(uow: Reading, *, na: tuple[datetime, UUID] | None, aantal: int) -> Sequence[Run]:
    """Runs in the order in which they were started, after a point in that order."""
    rijen = await uow.connection.fetch(
        _RUN + "WHERE $1::timestamptz IS NULL OR (gestart_op, id) > ($1, $2)"
        " ORDER BY gestart_op, id LIMIT $3",
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_run(rij) for rij in rijen]


def _regel(rij: asyncpg.Record) -> Regel:
    regel = Betaalregel(Maand.van(rij["maand"]), Regelsoort(rij["soort"]), rij["bedrag"])
    return Regel(rij["id"], rij["run_id"], rij["lks_id"], rij["werkgever_id"], regel)


def _run(rij: asyncpg.Record) -> Run:
    return Run(
        run_id=rij["id"],
        gemeentecode=rij["gemeentecode"],
        maand=Maand.van(rij["maand"]),
        uitvoeringsdatum=rij["uitvoeringsdatum"],
        ook_onzeker=rij["ook_onzeker"],
        rekening_id=rij["rekening_id"],
        status=Runstatus(rij["status"]),
        positie=rij["positie"],
        gestart_op=rij["gestart_op"],
        gereed_op=rij["gereed_op"],
    )
