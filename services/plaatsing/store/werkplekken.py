"""Werkplekken in the database, their versions, and how many places of them are taken when.

Who sees a werkplek sees how many of its places are taken, and not by which plaatsing: the capacity
must be counted the same for everyone. The database itself counts, from the taken places.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.clock import local_date
from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.bezetting import (
    Verschil,
    bezetting_op,
    drukste_bezetting,
    plaats_vrij,
)
from services.plaatsing.domain.eisen import (
    Begeleidingsniveau,
    Belastingseis,
    Dag,
    als_masker,
)
from services.plaatsing.domain.jobcarving import Jobcarving
from services.plaatsing.domain.kalender import EEN_DAG
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.domain.werktijd import Werktijd

_INHOUD: Final = (
    "werksoort, functie, locatie, uren_van, uren_tot, capaciteit, vanaf, tot_en_met,"
    " begeleiding_vereist, begeleiding_geboden, eisen, dagen, werktijden, jobcarving, gedeeld"
)
"""What a version has, in this order."""
_ZOEKEN: Final = "eisen_masker, dagen_masker, begeleiding"
"""What is searched by, besides: of the version that counts."""

_WERKPLEK: Final = """
SELECT w.*, g.soort AS werkgeversoort FROM werkplek w JOIN werkgever g ON g.id = w.werkgever_id
"""

_WERKTIJDEN: Final = TypeAdapter(tuple[Werktijd, ...])
_JOBCARVING: Final = TypeAdapter(Jobcarving)


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A werkplek as it is stored, with the bezetting of today; eigenaar as of its werkgever."""

    werkplek: Werkplek
    eigenaar: str
    werkgeversoort: Werkgeversoort
    versie: int
    vastgelegd_op: datetime


@dataclass(frozen=True, slots=True)
class Versie:
    """A werkplek as it was from a moment on; reden None: it was recorded then."""

    werkplek: Werkplek
    versie: int
    reden: str | None
    vastgelegd_op: datetime


async def haal(uow: Reading, werkplek_id: UUID) -> Bewaard | None:
    """None when there is none that this organisation may see."""
    row = await uow.connection.fetchrow(_WERKPLEK + "WHERE w.id = $1", werkplek_id)
    return None if row is None else (await _bewaard(uow, [row]))[0]


async def haal_alle(uow: Reading, werkplek_ids: Sequence[UUID], dag: date) -> dict[UUID, Bewaard]:
    """Those that this organisation may see, by their id, with the bezetting of a day."""
    rows = await uow.connection.fetch(_WERKPLEK + "WHERE w.id = ANY($1::uuid[])", werkplek_ids)
    return {plek.werkplek.werkplek_id: plek for plek in await _bewaard(uow, rows, dag)}


async def neem(uow: UnitOfWork, werkplek_id: UUID) -> Bewaard:
    """The werkplek under lock, to place someone on or to correct. Raises NietGevonden.

    Lock the kandidaat first.
    """
    row = await uow.connection.fetchrow(_WERKPLEK + "WHERE w.id = $1 FOR UPDATE OF w", werkplek_id)
    if row is None:
        raise NietGevonden("Deze werkplek bestaat niet, of niet voor uw organisatie.")
    return (await _bewaard(uow, [row]))[0]


async def voeg_toe(uow: UnitOfWork, werkplek: Werkplek) -> Bewaard:
    """Store a new werkplek, its first version."""
    await uow.connection.execute(
        f"INSERT INTO werkplek (id, eigenaar, werkgever_id, vastgelegd_op, {_INHOUD}, {_ZOEKEN})"  # noqa: S608
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
        " $19, $20, $21, $22)",
        werkplek.werkplek_id,
        uow.organisation,
        werkplek.werkgever_id,
        uow.now,
        *_inhoud(werkplek),
        *_zoeken(werkplek),
    )
    return await _met_versie(uow, werkplek.werkplek_id, None)


async def corrigeer(uow: UnitOfWork, werkplek: Werkplek, reden: str) -> Bewaard:
    """Let the next version of a locked werkplek count."""
    await uow.connection.execute(
        f"UPDATE werkplek SET versie = versie + 1, ({_INHOUD}, {_ZOEKEN}) = ROW($2, $3, $4, $5,"  # noqa: S608
        " $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) WHERE id = $1",
        werkplek.werkplek_id,
        *_inhoud(werkplek),
        *_zoeken(werkplek),
    )
    return await _met_versie(uow, werkplek.werkplek_id, reden)


async def versies(uow: Reading, werkplek_id: UUID) -> Sequence[Versie]:
    """Every version, the newest first; none for who does not manage the werkplek, but for WSD."""
    rows = await uow.connection.fetch(
        "SELECT v.*, w.werkgever_id FROM werkplek_versie v JOIN werkplek w ON w.id = v.werkplek_id"
        " WHERE v.werkplek_id = $1 ORDER BY v.versie DESC",
        werkplek_id,
    )
    return [
        Versie(
            _werkplek(row, row["werkplek_id"], 0),
            row["versie"],
            row["reden"],
            row["vastgelegd_op"],
        )
        for row in rows
    ]


async def bezet(
    uow: UnitOfWork,
    werkplek: Werkplek,
    plaatsing: Plaatsing,
    *,
    van: date | None = None,
    sinds: date | None = None,
) -> None:
    """Take a place on a locked werkplek for the period of a stored placement, or keep it longer.

    van: from when the place must be free; sinds: first day on this werkplek; both the first day of
    the placement by default. Raises WerkplekNietBeschikbaar, WerkplekVol, UrenPassenNiet.
    """
    begin = van or sinds or plaatsing.begin
    werkplek.bezetting = drukste_bezetting(
        await _van_anderen(uow, werkplek.werkplek_id, plaatsing.plaatsing_id),
        begin,
        plaatsing.tot_en_met,
    )
    uren = plaatsing.uren_per_week or werkplek.uren_van
    werkplek.eis_plaats(uren, begin, plaatsing.tot_en_met)
    await uow.connection.execute(
        "INSERT INTO bezetting (plaatsing_id, werkplek_id, begin, laatste_dag)"
        " VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (plaatsing_id, begin) DO UPDATE SET laatste_dag = excluded.laatste_dag",
        plaatsing.plaatsing_id,
        werkplek.werkplek_id,
        sinds or plaatsing.begin,
        plaatsing.tot_en_met,
    )


async def sinds(uow: Reading, plaatsing_id: UUID) -> date | None:
    """First day of a plaatsing on the werkplek that it has last; None when it has none."""
    dag: date | None = await uow.connection.fetchval(
        "SELECT max(begin) FROM bezetting WHERE plaatsing_id = $1", plaatsing_id
    )
    return dag


async def geef_vrij(uow: UnitOfWork, plaatsing: Plaatsing) -> None:
    """The place is free after the last day. Nobody needs to wait for that: it only gets quieter."""
    if plaatsing.tot_en_met is not None:
        await _verlaat(uow, plaatsing.plaatsing_id, plaatsing.tot_en_met)


async def verhuis(uow: UnitOfWork, naar: Werkplek, plaatsing: Plaatsing, op: date) -> None:
    """Go to another werkplek, locked, on a day. Raises WerkplekVol, UrenPassenNiet."""
    await _verlaat(uow, plaatsing.plaatsing_id, op - EEN_DAG)
    await bezet(uow, naar, plaatsing, sinds=op)


async def _verlaat(uow: UnitOfWork, plaatsing_id: UUID, laatste_dag: date) -> None:
    await uow.connection.execute(
        "DELETE FROM bezetting WHERE plaatsing_id = $1 AND begin > $2", plaatsing_id, laatste_dag
    )
    await uow.connection.execute(
        "UPDATE bezetting SET laatste_dag = $2 WHERE plaatsing_id = $1"
        " AND (laatste_dag IS NULL OR laatste_dag > $2)",
        plaatsing_id,
        laatste_dag,
    )


async def drukste_vanaf(uow: Reading, werkplek_id: UUID, dag: date) -> int:
    """How many places are taken on the busiest day from a day on."""
    verschillen = (await _drukte(uow, [werkplek_id]))[werkplek_id]
    return drukste_bezetting(verschillen, dag, None)


async def lijst(
    uow: Reading,
    *,
    werkgever_id: UUID | None,
    werksoort: Werksoort | None = None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Bewaard]:
    """Werkplekken in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        _WERKPLEK + "WHERE ($1::uuid IS NULL OR w.werkgever_id = $1)"
        " AND ($2::text IS NULL OR w.werksoort = $2)"
        " AND ($3::timestamptz IS NULL OR (w.vastgelegd_op, w.id) > ($3, $4))"
        " ORDER BY w.vastgelegd_op, w.id LIMIT $5",
        werkgever_id,
        werksoort,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return await _bewaard(uow, rows)


async def _met_versie(uow: UnitOfWork, werkplek_id: UUID, reden: str | None) -> Bewaard:
    """Keep what counts now as a version, and read it back."""
    await uow.connection.execute(
        f"INSERT INTO werkplek_versie (werkplek_id, versie, eigenaar, reden, vastgelegd_op,"  # noqa: S608
        f" {_INHOUD}) SELECT id, versie, eigenaar, $2, $3, {_INHOUD} FROM werkplek WHERE id = $1",
        werkplek_id,
        reden,
        uow.now,
    )
    bewaard = await haal(uow, werkplek_id)
    if bewaard is None:
        raise LookupError("wat net is vastgelegd, is te lezen")
    return bewaard


def _inhoud(werkplek: Werkplek) -> tuple[Any, ...]:
    """The values of _INHOUD."""
    dagen = {werktijd.dag for werktijd in werkplek.werktijden}
    return (
        werkplek.werksoort,
        werkplek.functie,
        werkplek.locatie,
        werkplek.uren_van,
        werkplek.uren_tot,
        werkplek.capaciteit,
        werkplek.vanaf,
        werkplek.tot_en_met,
        werkplek.begeleiding_vereist,
        werkplek.begeleiding_geboden,
        [eis for eis in Belastingseis if eis in werkplek.eisen],
        [dag for dag in Dag if dag in dagen],
        _WERKTIJDEN.dump_json(werkplek.werktijden).decode(),
        _JOBCARVING.dump_json(werkplek.jobcarving).decode() if werkplek.jobcarving else None,
        werkplek.gedeeld,
    )


def _zoeken(werkplek: Werkplek) -> tuple[int, int, int]:
    """The values of _ZOEKEN."""
    return (
        als_masker(werkplek.eisen),
        als_masker({werktijd.dag for werktijd in werkplek.werktijden}),
        werkplek.begeleiding.zwaarte,
    )


async def _bewaard(
    uow: Reading, rows: Sequence[asyncpg.Record], dag: date | None = None
) -> list[Bewaard]:
    """dag: of which the bezetting is; today by default."""
    dag = dag or local_date(uow.now)
    drukte = await _drukte(uow, [row["id"] for row in rows])
    return [
        Bewaard(
            _werkplek(row, row["id"], bezetting_op(drukte[row["id"]], dag)),
            row["eigenaar"],
            Werkgeversoort(row["werkgeversoort"]),
            row["versie"],
            row["vastgelegd_op"],
        )
        for row in rows
    ]


def _werkplek(row: asyncpg.Record, werkplek_id: UUID, bezetting: int) -> Werkplek:
    return Werkplek(
        werkplek_id=werkplek_id,
        werkgever_id=row["werkgever_id"],
        werksoort=Werksoort(row["werksoort"]),
        functie=row["functie"],
        locatie=row["locatie"],
        uren_van=row["uren_van"],
        uren_tot=row["uren_tot"],
        capaciteit=row["capaciteit"],
        vanaf=row["vanaf"],
        tot_en_met=row["tot_en_met"],
        begeleiding_vereist=Begeleidingsniveau(row["begeleiding_vereist"]),
        begeleiding_geboden=Begeleidingsniveau(row["begeleiding_geboden"]),
        eisen=frozenset(map(Belastingseis, row["eisen"])),
        werktijden=_WERKTIJDEN.validate_json(row["werktijden"]),
        jobcarving=_JOBCARVING.validate_json(row["jobcarving"]) if row["jobcarving"] else None,
        gedeeld=row["gedeeld"],
        bezetting=bezetting,
    )


async def _drukte(uow: Reading, werkplek_ids: Collection[UUID]) -> dict[UUID, list[Verschil]]:
    """Per werkplek from which day on so many more places are taken, or fewer."""
    rows = await uow.connection.fetch(
        "SELECT werkplek_id, dag, verschil FROM drukte WHERE werkplek_id = ANY($1::uuid[])",
        werkplek_ids,
    )
    found: dict[UUID, list[Verschil]] = {werkplek_id: [] for werkplek_id in werkplek_ids}
    for row in rows:
        found[row["werkplek_id"]].append(Verschil(row["dag"], row["verschil"]))
    return found


async def _van_anderen(uow: Reading, werkplek_id: UUID, plaatsing_id: UUID) -> list[Verschil]:
    """What places others take: a placement that stays longer does not stand in its own way."""
    eigen = await uow.connection.fetch(
        "SELECT begin, laatste_dag FROM bezetting WHERE plaatsing_id = $1 AND werkplek_id = $2",
        plaatsing_id,
        werkplek_id,
    )
    verschillen = (await _drukte(uow, [werkplek_id]))[werkplek_id]
    for row in eigen:
        verschillen += plaats_vrij(row["begin"], row["laatste_dag"])
    return verschillen
