"""Loonkostensubsidies in the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.lks_dossier import (
    Besluit,
    Dienstverband,
    Grond,
    Grondslag,
    Kandidaatfeiten,
    LksStatus,
    Loonkostensubsidie,
    Vaststelling,
)
from services.financiering.domain.lks_toekenning import ArbeidsduurVanaf, EindeLks
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from services.financiering.store import kandidaten

_LKS: Final = """
SELECT id, kandidaat_id, gemeentecode, plaatsing_id, werkgever_id, begindatum, uren, voltijdsuren,
       loonwaarde, laatste_dag, eindereden, status, maandbedrag, besluit, besloten_op, gronden,
       versie, vastgelegd_op, gemeld_op
FROM loonkostensubsidie
"""
_VASTSTELLINGEN: Final = """
SELECT DISTINCT ON (lks_id, ingangsdatum) lks_id, ingangsdatum, grondslag, loonwaarde, maandbedrag,
    reden, betaler
FROM vaststelling WHERE lks_id = ANY($1::uuid[]) ORDER BY lks_id, ingangsdatum, id DESC
"""


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A subsidy as it is stored, with the facts it rests on. versie is its ETag."""

    lks: Loonkostensubsidie
    feiten: Kandidaatfeiten
    versie: int


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """A line in a list of subsidies."""

    lks_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID
    gemeentecode: str
    status: LksStatus
    begindatum: date
    laatste_dag: date | None
    maandbedrag: Decimal | None
    vastgelegd_op: datetime


async def voeg_toe(uow: UnitOfWork, lks: Loonkostensubsidie) -> bool:
    """Store the subsidy of a new placement; False when the placement already has one."""
    dienstverband = lks.dienstverband
    toegevoegd = await uow.connection.fetchval(
        "INSERT INTO loonkostensubsidie (id, kandidaat_id, gemeentecode, plaatsing_id, begindatum,"
        " uren, voltijdsuren, loonwaarde, status, vastgelegd_op, werkgever_id,"
        " gemeld_op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        " ON CONFLICT (plaatsing_id) DO NOTHING RETURNING true",
        lks.lks_id,
        lks.kandidaat_id,
        lks.gemeentecode,
        dienstverband.plaatsing_id,
        dienstverband.begindatum,
        dienstverband.arbeidsduur.uren,
        dienstverband.arbeidsduur.voltijdsuren,
        dienstverband.loonwaarde,
        lks.status,
        uow.now,
        dienstverband.werkgever_id,
        dienstverband.gemeld_op,
    )
    return bool(toegevoegd)


async def bewaar_arbeidsduur(
    uow: UnitOfWork, lks: Loonkostensubsidie, gewijzigd: ArbeidsduurVanaf
) -> None:
    """Other hours from a day on; said again for the same day, the last counts."""
    await uow.connection.execute(
        "INSERT INTO arbeidsduur (lks_id, vanaf, kandidaat_id, gemeentecode, uren, voltijdsuren)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (lks_id, vanaf)"
        " DO UPDATE SET uren = excluded.uren, voltijdsuren = excluded.voltijdsuren",
        lks.lks_id,
        gewijzigd.vanaf,
        lks.kandidaat_id,
        lks.gemeentecode,
        gewijzigd.arbeidsduur.uren,
        gewijzigd.arbeidsduur.voltijdsuren,
    )


async def bewaar(
    uow: UnitOfWork, lks: Loonkostensubsidie, nieuw: Collection[Vaststelling] = ()
) -> None:
    """Store what was decided about a subsidy, its end, and what was newly established."""
    await uow.connection.execute(
        "UPDATE loonkostensubsidie SET laatste_dag = $2, eindereden = $3, status = $4,"
        " maandbedrag = $5, besluit = $6, besloten_op = $7, gronden = $8, versie = versie + 1"
        " WHERE id = $1",
        lks.lks_id,
        lks.dienstverband.laatste_dag,
        lks.dienstverband.eindereden,
        lks.status,
        lks.maandbedrag,
        lks.besluit,
        lks.besloten_op,
        json.dumps([asdict(grond) for grond in lks.gronden]),
    )
    await uow.connection.executemany(
        "INSERT INTO vaststelling (lks_id, gemeentecode, ingangsdatum, grondslag, loonwaarde,"
        " maandbedrag, reden, betaler, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            (
                lks.lks_id,
                lks.gemeentecode,
                vast.ingangsdatum,
                vast.grondslag,
                vast.loonwaarde,
                vast.maandbedrag,
                json.dumps(asdict(vast.reden)) if vast.reden else None,
                vast.betaler,
                uow.now,
            )
            for vast in nieuw
        ],
    )


async def haal(uow: Reading, lks_id: UUID) -> Bewaard | None:
    """A subsidy with its facts; None when there is none that this organisation may see."""
    rij = await uow.connection.fetchrow(_LKS + "WHERE id = $1", lks_id)
    if rij is None:
        return None
    feiten = await kandidaten.feiten(uow, rij["kandidaat_id"])
    [lks] = await _lees(uow, [rij])
    return Bewaard(lks, feiten, rij["versie"])


async def van_plaatsing(uow: Reading, plaatsing_id: UUID) -> Loonkostensubsidie | None:
    """The subsidy of a placement; None when it has none."""
    rijen = await uow.connection.fetch(_LKS + "WHERE plaatsing_id = $1", plaatsing_id)
    return next(iter(await _lees(uow, rijen)), None)


async def kandidaat_van(uow: Reading, lks_id: UUID) -> UUID | None:
    """The kandidaat of a subsidy; None when there is no such subsidy."""
    gevonden: UUID | None = await uow.connection.fetchval(
        "SELECT kandidaat_id FROM loonkostensubsidie WHERE id = $1", lks_id
    )
    return gevonden


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> Sequence[Loonkostensubsidie]:
    """All subsidies of a kandidaat, the oldest first."""
    rijen = await uow.connection.fetch(
        _LKS + "WHERE kandidaat_id = $1 ORDER BY vastgelegd_op, id", kandidaat_id
    )
    return await _lees(uow, rijen)


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """A subsidy and whose it is."""

    lks_id: UUID
    kandidaat_id: UUID


async def toegekend(
    uow: Reading, *, na: UUID | None, voor: date, aantal: int, lopend_op: date | None = None
) -> Sequence[Verwijzing]:
    """Granted subsidies of this gemeente that started before a day, by id, after one of them.

    lopend_op: only those that have not ended before this day.
    """
    rijen = await uow.connection.fetch(
        "SELECT id, kandidaat_id FROM loonkostensubsidie"
        " WHERE gemeentecode = $1 AND besluit = 'toegekend' AND begindatum < $2"
        " AND ($3::uuid IS NULL OR id > $3) AND ($5::date IS NULL OR laatste_dag IS NULL"
        " OR laatste_dag >= $5) ORDER BY id LIMIT $4",
        uow.organisation,
        voor,
        na,
        aantal,
        lopend_op,
    )
    return [Verwijzing(rij["id"], rij["kandidaat_id"]) for rij in rijen]


async def kandidaten_in(
    uow: Reading, gemeentecode: str, vanaf: date, tot_en_met: date, *, na: UUID | None, aantal: int
) -> list[UUID]:
    """Kandidaten for whom a gemeente pays, or paid, on some of these days; by id, after one."""
    rijen = await uow.connection.fetch(
        "SELECT kandidaat_id FROM loonkostensubsidie WHERE gemeentecode = $1"
        " AND besluit = 'toegekend' AND begindatum <= $3"
        " AND (laatste_dag IS NULL OR laatste_dag >= $2)"
        " AND ($4::uuid IS NULL OR kandidaat_id > $4)"
        " UNION SELECT kandidaat_id FROM maand_na_overdracht WHERE gemeentecode = $1"
        " AND maand BETWEEN date_trunc('month', $2::date) AND $3"
        " AND ($4::uuid IS NULL OR kandidaat_id > $4) ORDER BY 1 LIMIT $5",
        gemeentecode,
        vanaf,
        tot_en_met,
        na,
        aantal,
    )
    return [rij["kandidaat_id"] for rij in rijen]


async def toegekend_aan(
    uow: Reading, gemeentecode: str, kandidaat_ids: Collection[UUID]
) -> Sequence[Loonkostensubsidie]:
    """Granted subsidies of these kandidaten that a gemeente has now, by id."""
    rijen = await uow.connection.fetch(
        _LKS + "WHERE kandidaat_id = ANY($1::uuid[]) AND gemeentecode = $2"
        " AND besluit = 'toegekend' ORDER BY id",
        list(kandidaat_ids),
        gemeentecode,
    )
    return await _lees(uow, rijen)


async def met_id(uow: Reading, lks_ids: Sequence[UUID]) -> Sequence[Loonkostensubsidie]:
    """These subsidies, by id."""
    rijen = await uow.connection.fetch(_LKS + "WHERE id = ANY($1::uuid[]) ORDER BY id", lks_ids)
    return await _lees(uow, rijen)


async def kent_werkgever(uow: Reading, werkgever_id: UUID) -> bool:
    """Whether this gemeente has, or had to pay, a subsidy for someone who works there."""
    gevonden = await uow.connection.fetchval(
        "SELECT EXISTS (SELECT FROM loonkostensubsidie"
        " WHERE werkgever_id = $1 AND gemeentecode = $2)"
        " OR EXISTS (SELECT FROM maand_na_overdracht"
        " WHERE werkgever_id = $1 AND gemeentecode = $2)",
        werkgever_id,
        uow.organisation,
    )
    return bool(gevonden)


async def lijst(
    uow: Reading,
    *,
    kandidaat_id: UUID | None,
    plaatsing_id: UUID | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Samenvatting]:
    """Subsidies in the order in which they were recorded, after a point in that order."""
    rijen = await uow.connection.fetch(
        _LKS + "WHERE ($1::uuid IS NULL OR kandidaat_id = $1)"
        " AND ($2::uuid IS NULL OR plaatsing_id = $2)"
        " AND ($3::timestamptz IS NULL OR (vastgelegd_op, id) > ($3, $4))"
        " ORDER BY vastgelegd_op, id LIMIT $5",
        kandidaat_id,
        plaatsing_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [
        Samenvatting(
            lks_id=rij["id"],
            kandidaat_id=rij["kandidaat_id"],
            plaatsing_id=rij["plaatsing_id"],
            gemeentecode=rij["gemeentecode"],
            status=LksStatus(rij["status"]),
            begindatum=rij["begindatum"],
            laatste_dag=rij["laatste_dag"],
            maandbedrag=rij["maandbedrag"],
            vastgelegd_op=rij["vastgelegd_op"],
        )
        for rij in rijen
    ]


async def _lees(uow: Reading, rijen: Sequence[asyncpg.Record]) -> list[Loonkostensubsidie]:
    """The subsidies of these rows, in this order, with what is stored beside them."""
    ids = [rij["id"] for rij in rijen]
    vaststellingen: dict[UUID, list[Vaststelling]] = {lks_id: [] for lks_id in ids}
    for rij in await uow.connection.fetch(_VASTSTELLINGEN, ids):
        vaststellingen[rij["lks_id"]].append(_vaststelling(rij))
    arbeidsduren: dict[UUID, list[ArbeidsduurVanaf]] = {lks_id: [] for lks_id in ids}
    for rij in await uow.connection.fetch(
        "SELECT lks_id, vanaf, uren, voltijdsuren FROM arbeidsduur"
        " WHERE lks_id = ANY($1::uuid[]) ORDER BY vanaf",
        ids,
    ):
        arbeidsduren[rij["lks_id"]].append(
            ArbeidsduurVanaf(Arbeidsduur(rij["uren"], rij["voltijdsuren"]), rij["vanaf"])
        )
    return [
        _lks(rij, tuple(vaststellingen[rij["id"]]), tuple(arbeidsduren[rij["id"]])) for rij in rijen
    ]


def _lks(
    rij: asyncpg.Record,
    vaststellingen: tuple[Vaststelling, ...],
    gewijzigd: tuple[ArbeidsduurVanaf, ...],
) -> Loonkostensubsidie:
    return Loonkostensubsidie(
        lks_id=rij["id"],
        kandidaat_id=rij["kandidaat_id"],
        gemeentecode=rij["gemeentecode"],
        dienstverband=Dienstverband(
            plaatsing_id=rij["plaatsing_id"],
            begindatum=rij["begindatum"],
            arbeidsduur=Arbeidsduur(rij["uren"], rij["voltijdsuren"]),
            loonwaarde=rij["loonwaarde"],
            laatste_dag=rij["laatste_dag"],
            eindereden=EindeLks(rij["eindereden"]) if rij["eindereden"] else None,
            gewijzigd=gewijzigd,
            werkgever_id=rij["werkgever_id"],
            gemeld_op=rij["gemeld_op"],
        ),
        besluit=Besluit(rij["besluit"]) if rij["besluit"] else None,
        besloten_op=rij["besloten_op"],
        gronden=tuple(Grond(**grond) for grond in json.loads(rij["gronden"])),
        vaststellingen=vaststellingen,
    )


def _vaststelling(rij: asyncpg.Record) -> Vaststelling:
    reden: dict[str, Any] | None = json.loads(rij["reden"]) if rij["reden"] else None
    return Vaststelling(
        ingangsdatum=rij["ingangsdatum"],
        grondslag=Grondslag(rij["grondslag"]) if rij["grondslag"] else None,
        loonwaarde=rij["loonwaarde"],
        maandbedrag=rij["maandbedrag"],
        reden=Grond(**reden) if reden else None,
        betaler=rij["betaler"],
    )
