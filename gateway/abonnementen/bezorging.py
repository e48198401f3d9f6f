"""The rows of delivery: who does it, how far it is, what is open, what was tried."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gateway.abonnementen.abonnement import BEWAAR_LOGBOEK, Poging, Regel, Stand, Status
from gateway.abonnementen.uitkomst import Antwoord
from gateway.abonnementen.wachtrij import Aflevering, Ontvanger
from gateway.abonnementen.wachtrij import Status as AfleveringStatus

if TYPE_CHECKING:
    import asyncpg

    from chassis.unit_of_work import Reading, UnitOfWork
    from gateway.gebeurtenissen.feed import Regel as FeedRegel

MEESTE_POGINGEN: Final = 20
"""Attempts that a line in the log shows."""

# Who holds an abonnement is about processes and not about the domain: by the one clock that all of
# them share, that of the database, and it does not move with the clock of a test.
_NEEM: Final = """
UPDATE bezorging SET houder = $1, houder_tot = clock_timestamp() + $2 WHERE abonnement_id IN (
    SELECT abonnement_id FROM bezorging
    WHERE status = ANY($3::text[]) AND NOT gepauzeerd
        AND (houder IS NULL OR houder_tot < clock_timestamp()) AND abonnement_id <> ALL($4::uuid[])
    LIMIT $5 FOR UPDATE SKIP LOCKED)
RETURNING abonnement_id, afnemer
"""
_WERK: Final = (Status.WACHT_OP_TOESTEMMING, Status.ACTIEF)

_VOEG_TOE: Final = """
INSERT INTO aflevering
    (abonnement_id, nummer, afnemer, event_id, type, subject, cloudevent, volgende_op)
SELECT $1, r.nummer, $2, r.event_id, r.type, r.subject, r.cloudevent, $8
FROM unnest($3::bigint[], $4::uuid[], $5::text[], $6::uuid[], $7::text[])
    AS r (nummer, event_id, type, subject, cloudevent)
ON CONFLICT (abonnement_id, nummer) DO UPDATE SET
    cloudevent = excluded.cloudevent, status = 'wacht', pogingen = 0, begonnen_op = NULL,
    volgende_op = excluded.volgende_op, opgegeven_op = NULL, afgerond_op = NULL, fout = NULL
WHERE aflevering.status <> 'overgeslagen'
RETURNING nummer
"""
"""What is there already is delivered again: its owner went back in the feed. What was skipped by a
human stays so."""

_LEG_VAST: Final = """
UPDATE aflevering a SET
    status = r.status, pogingen = r.pogingen, begonnen_op = r.begonnen_op,
    volgende_op = r.volgende_op, opgegeven_op = r.opgegeven_op, fout = r.fout,
    afgerond_op = CASE WHEN r.status = 'afgeleverd' THEN $9::timestamptz END,
    cloudevent = CASE WHEN r.status = 'afgeleverd' THEN NULL ELSE a.cloudevent END
FROM unnest($2::bigint[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[],
            $7::timestamptz[], $8::text[])
    AS r (nummer, status, pogingen, begonnen_op, volgende_op, opgegeven_op, fout)
WHERE a.abonnement_id = $1 AND a.nummer = r.nummer AND a.status IN ('wacht', 'opgegeven')
"""

_LOGBOEK: Final = f"""
SELECT a.nummer, a.event_id, a.type, a.subject, a.status, a.pogingen AS aantal, a.volgende_op,
       a.opgegeven_op, a.afgerond_op, a.fout, a.reden, a.overgeslagen_door,
       (SELECT coalesce(json_agg(p ORDER BY p.id DESC), '[]') FROM (
            SELECT id, moment, status, duur_ms, fout FROM poging
            WHERE abonnement_id = a.abonnement_id AND nummer = a.nummer
            ORDER BY id DESC LIMIT {MEESTE_POGINGEN}) p)::text AS pogingen
FROM aflevering a
WHERE a.abonnement_id = $1 AND ($2::text IS NULL OR a.status = $2)
    AND ($3::bigint IS NULL OR a.nummer < $3)
ORDER BY a.nummer DESC LIMIT $4
"""  # noqa: S608 - a number of our own


@dataclass(frozen=True, slots=True)
class Stap:
    """Where delivery stood when it was read, as the worker needs it."""

    status: Status
    gepauzeerd: bool
    gelezen_tot: int
    wijziging: int
    tempo: int | None
    ontvanger: Ontvanger
    toestemming_pogingen: int
    toestemming_op: datetime | None
    is_houder: bool


async def neem(
    uow: UnitOfWork, houder: UUID, duur: timedelta, behalve: Collection[UUID], hoogstens: int
) -> list[tuple[UUID, str]]:
    """Become the one who delivers, of abonnementen that nobody holds: id and afnemer of each."""
    rows = await uow.connection.fetch(_NEEM, houder, duur, list(_WERK), list(behalve), hoogstens)
    return [(row["abonnement_id"], row["afnemer"]) for row in rows]


async def laat_los(uow: UnitOfWork, id_: UUID, houder: UUID, over: timedelta) -> None:
    """Let another take over, after what may still be under way is over."""
    await uow.connection.execute(
        "UPDATE bezorging SET houder_tot = clock_timestamp() + $3"
        " WHERE abonnement_id = $1 AND houder = $2",
        id_,
        houder,
        over,
    )


async def stap(uow: Reading, id_: UUID, houder: UUID) -> Stap | None:
    """Where delivery stands; None when the abonnement is gone."""
    row = await uow.connection.fetchrow(
        "SELECT *, coalesce(houder = $2, false) AS is_houder FROM bezorging"
        " WHERE abonnement_id = $1",
        id_,
        houder,
    )
    if row is None:
        return None
    return Stap(
        status=Status(row["status"]),
        gepauzeerd=row["gepauzeerd"],
        gelezen_tot=row["gelezen_tot"],
        wijziging=row["wijziging"],
        tempo=row["tempo"],
        ontvanger=Ontvanger(
            fouten=row["fouten"],
            van=row["fouten_van"],
            storing_sinds=row["storing_sinds"],
            proef_op=row["proef_op"],
            proeven=row["proeven"],
            wacht_tot=row["wacht_tot"],
        ),
        toestemming_pogingen=row["toestemming_pogingen"],
        toestemming_op=row["toestemming_op"],
        is_houder=row["is_houder"],
    )


async def bewaar(
    uow: UnitOfWork,
    id_: UUID,
    houder: UUID,
    duur: timedelta,
    verder: tuple[int, int, Ontvanger] | None,
) -> bool:
    """Hold on to an abonnement, before anything else of it is written.

    verder: the change counter that was read, how far the feed is read now, what is known of the
    receiver; None when the owner has changed something, so that none of it counts.
    Returns whether it is still ours and as it was read.
    """
    wijziging, gelezen_tot, ontvanger = verder or (None, None, Ontvanger())
    done = await uow.connection.execute(
        "UPDATE bezorging SET houder_tot = clock_timestamp() + $3,"
        " gelezen_tot = CASE WHEN $4::int IS NULL THEN gelezen_tot ELSE $5 END,"
        " fouten = CASE WHEN $4::int IS NULL THEN fouten ELSE $6 END,"
        " fouten_van = CASE WHEN $4::int IS NULL THEN fouten_van ELSE $7 END,"
        " storing_sinds = CASE WHEN $4::int IS NULL THEN storing_sinds ELSE $8 END,"
        " proef_op = CASE WHEN $4::int IS NULL THEN proef_op ELSE $9 END,"
        " proeven = CASE WHEN $4::int IS NULL THEN proeven ELSE $10 END,"
        " wacht_tot = CASE WHEN $4::int IS NULL THEN wacht_tot ELSE $11 END"
        " WHERE abonnement_id = $1 AND houder = $2 AND wijziging = coalesce($4, wijziging)",
        id_,
        houder,
        duur,
        wijziging,
        gelezen_tot,
        ontvanger.fouten,
        ontvanger.van,
        ontvanger.storing_sinds,
        ontvanger.proef_op,
        ontvanger.proeven,
        ontvanger.wacht_tot,
    )
    return done == "UPDATE 1"


async def zet_status(uow: UnitOfWork, id_: UUID, status: Status) -> None:
    """Change the status, which is a new version of the abonnement too."""
    await uow.connection.execute(
        "UPDATE bezorging SET status = $2 WHERE abonnement_id = $1", id_, status
    )
    await uow.connection.execute("UPDATE abonnement SET versie = versie + 1 WHERE id = $1", id_)


async def gewijzigd(uow: UnitOfWork, id_: UUID) -> None:
    """Let the one who delivers read everything again."""
    await uow.connection.execute(
        "UPDATE bezorging SET wijziging = wijziging + 1 WHERE abonnement_id = $1", id_
    )


async def pauzeer(uow: UnitOfWork, id_: UUID, *, gepauzeerd: bool) -> None:
    await uow.connection.execute(
        "UPDATE bezorging SET gepauzeerd = $2 WHERE abonnement_id = $1", id_, gepauzeerd
    )


async def vraag_toestemming(uow: UnitOfWork, id_: UUID) -> None:
    """Begin anew with a receiver: nothing is sent until it agrees."""
    await uow.connection.execute(
        "UPDATE bezorging SET status = $2, fouten = 0, fouten_van = NULL, storing_sinds = NULL,"
        " proef_op = NULL, proeven = 0, wacht_tot = NULL, tempo = NULL, toestemming_hash = NULL,"
        " toestemming_pogingen = 0, toestemming_op = $3, toestemming_fout = NULL"
        " WHERE abonnement_id = $1",
        id_,
        Status.WACHT_OP_TOESTEMMING,
        uow.now,
    )


async def toestemming_gevraagd(
    uow: UnitOfWork, id_: UUID, hash_: bytes, volgende_op: datetime | None
) -> None:
    """Remember the key of the callback before it is sent."""
    await uow.connection.execute(
        "UPDATE bezorging SET toestemming_hash = $2, toestemming_op = $3,"
        " toestemming_pogingen = toestemming_pogingen + 1 WHERE abonnement_id = $1",
        id_,
        hash_,
        volgende_op,
    )


async def vraag_nog_eens(uow: UnitOfWork, id_: UUID) -> None:
    """Ask for permission again at once: what was answered was about something else."""
    await uow.connection.execute(
        "UPDATE bezorging SET toestemming_op = $2 WHERE abonnement_id = $1", id_, uow.now
    )


async def toestemming_geweigerd(uow: UnitOfWork, id_: UUID, fout: str) -> None:
    await uow.connection.execute(
        "UPDATE bezorging SET toestemming_fout = $2 WHERE abonnement_id = $1", id_, fout
    )


async def toestemming_gegeven(uow: UnitOfWork, id_: UUID, tempo: int | None) -> None:
    await uow.connection.execute(
        "UPDATE bezorging SET tempo = $2, toestemming_hash = NULL, toestemming_op = NULL,"
        " toestemming_fout = NULL WHERE abonnement_id = $1",
        id_,
        tempo,
    )
    await zet_status(uow, id_, Status.ACTIEF)
    await gewijzigd(uow, id_)


async def wacht_op(uow: Reading, hash_: bytes) -> tuple[UUID, str] | None:
    """The abonnement and afnemer that a callback key is of; the key counts once."""
    row = await uow.connection.fetchrow(
        "SELECT abonnement_id, afnemer FROM bezorging WHERE toestemming_hash = $1 AND status = $2",
        hash_,
        Status.WACHT_OP_TOESTEMMING,
    )
    return None if row is None else (row["abonnement_id"], row["afnemer"])


async def open_afleveringen(uow: Reading, id_: UUID, tot: int) -> list[Aflevering]:
    """What is open, in the order of the feed; what lies beyond ``tot`` is to be read again."""
    rows = await uow.connection.fetch(
        "SELECT nummer, subject, event_id, type, volgende_op, status, pogingen, begonnen_op,"
        " opgegeven_op, fout FROM aflevering WHERE abonnement_id = $1"
        " AND status IN ('wacht', 'opgegeven') AND nummer <= $2 ORDER BY nummer",
        id_,
        tot,
    )
    return [Aflevering(**{**row, "status": AfleveringStatus(row["status"])}) for row in rows]


async def neem_op(uow: UnitOfWork, id_: UUID, regels: Sequence[FeedRegel]) -> list[Aflevering]:
    """Take in a page of the feed. Returns what of it is to be delivered."""
    afleveringen = [_van(regel, uow.now) for regel in regels]
    toegevoegd = await uow.connection.fetch(
        _VOEG_TOE,
        id_,
        uow.organisation,
        [a.nummer for a in afleveringen],
        [a.event_id for a in afleveringen],
        [a.type for a in afleveringen],
        [a.subject for a in afleveringen],
        [regel.cloudevent for regel in regels],
        uow.now,
    )
    nummers = {row["nummer"] for row in toegevoegd}
    return [a for a in afleveringen if a.nummer in nummers]


async def leg_vast(
    uow: UnitOfWork,
    id_: UUID,
    gewijzigd: Sequence[Aflevering],
    geprobeerd: Sequence[tuple[int, datetime, Antwoord]],
) -> None:
    """Record what changed, and the attempts that changed it."""
    await uow.connection.execute(
        _LEG_VAST,
        id_,
        [a.nummer for a in gewijzigd],
        [a.status for a in gewijzigd],
        [a.pogingen for a in gewijzigd],
        [a.begonnen_op for a in gewijzigd],
        [a.volgende_op for a in gewijzigd],
        [a.opgegeven_op for a in gewijzigd],
        [a.fout for a in gewijzigd],
        uow.now,
    )
    await uow.connection.execute(
        "INSERT INTO poging (abonnement_id, nummer, afnemer, moment, status, duur_ms, fout)"
        " SELECT $1, p.nummer, $2, p.moment, p.status, p.duur_ms, p.fout"
        " FROM unnest($3::bigint[], $4::timestamptz[], $5::int[], $6::int[], $7::text[])"
        " AS p (nummer, moment, status, duur_ms, fout)"
        " JOIN aflevering a ON a.abonnement_id = $1 AND a.nummer = p.nummer",
        id_,
        uow.organisation,
        [nummer for nummer, _, _ in geprobeerd],
        [moment for _, moment, _ in geprobeerd],
        [antwoord.status for _, _, antwoord in geprobeerd],
        [antwoord.duur_ms for _, _, antwoord in geprobeerd],
        [antwoord.fout for _, _, antwoord in geprobeerd],
    )


async def inhoud(uow: Reading, id_: UUID, nummers: Collection[int]) -> dict[int, str]:
    """The events of open afleveringen."""
    rows = await uow.connection.fetch(
        "SELECT nummer, cloudevent FROM aflevering WHERE abonnement_id = $1"
        " AND nummer = ANY($2::bigint[]) AND status IN ('wacht', 'opgegeven')",
        id_,
        list(nummers),
    )
    return {row["nummer"]: row["cloudevent"] for row in rows}


async def stand(uow: Reading, id_: UUID) -> Stand | None:
    row = await uow.connection.fetchrow(
        """
        SELECT b.gelezen_tot, b.storing_sinds, b.proef_op, b.wacht_tot, b.tempo,
               o.opgegeven, o.oudste_op, o.wachtend + (
                   SELECT count(*) FROM ontvangen r, abonnement a
                   WHERE a.id = b.abonnement_id AND r.afnemer = a.afnemer
                       AND r.nummer > b.gelezen_tot
                       AND (a.types = '{}' OR r.type = ANY(a.types))) AS wachtend
        FROM bezorging b, LATERAL (
            SELECT count(*) FILTER (WHERE a.status = 'wacht') AS wachtend,
                   count(*) FILTER (WHERE a.status = 'opgegeven') AS opgegeven,
                   min(r.ontvangen_op) AS oudste_op
            FROM aflevering a LEFT JOIN ontvangen r USING (afnemer, nummer)
            WHERE a.abonnement_id = b.abonnement_id AND a.nummer <= b.gelezen_tot
                AND a.status IN ('wacht', 'opgegeven')) o
        WHERE b.abonnement_id = $1
        """,
        id_,
    )
    if row is None:
        return None
    return Stand(
        gelezen_tot=row["gelezen_tot"],
        wachtend=row["wachtend"],
        oudste_op=row["oudste_op"],
        opgegeven=row["opgegeven"],
        storing_sinds=row["storing_sinds"],
        volgende_proef_op=row["proef_op"] if row["storing_sinds"] else None,
        niet_voor=row["wacht_tot"] if row["wacht_tot"] and row["wacht_tot"] > uow.now else None,
        tempo=row["tempo"],
    )


async def logboek(
    uow: Reading,
    id_: UUID,
    *,
    status: AfleveringStatus | None,
    voor: int | None,
    hoeveel: int,
) -> list[Regel]:
    """The delivery log, the newest event first."""
    rows = await uow.connection.fetch(_LOGBOEK, id_, status, voor, hoeveel)
    return [_regel(row) for row in rows]


async def ga_terug(uow: UnitOfWork, id_: UUID, gelezen_tot: int) -> None:
    """Deliver again what comes after a place in the feed, in order."""
    await uow.connection.execute(
        "UPDATE bezorging SET gelezen_tot = least(gelezen_tot, $2) WHERE abonnement_id = $1",
        id_,
        gelezen_tot,
    )


async def hervat(uow: UnitOfWork, id_: UUID, event_id: UUID | None) -> int:
    """Try again what was given up, one or all of it. Returns how many that are."""
    done = await uow.connection.execute(
        "UPDATE aflevering SET status = 'wacht', pogingen = 0, begonnen_op = NULL,"
        " volgende_op = $3, opgegeven_op = NULL WHERE abonnement_id = $1 AND status = 'opgegeven'"
        " AND ($2::uuid IS NULL OR event_id = $2)",
        id_,
        event_id,
        uow.now,
    )
    return int(done.removeprefix("UPDATE "))


async def sla_over(uow: UnitOfWork, id_: UUID, event_id: UUID, reden: str, door: str) -> int:
    """Let the next of the subject go although this one was not delivered. Returns how many."""
    done = await uow.connection.execute(
        "UPDATE aflevering SET status = 'overgeslagen', reden = $3, overgeslagen_door = $4,"
        " afgerond_op = $5, cloudevent = NULL"
        " WHERE abonnement_id = $1 AND event_id = $2 AND status = 'opgegeven'",
        id_,
        event_id,
        reden,
        door,
        uow.now,
    )
    return int(done.removeprefix("UPDATE "))


async def is_in_feed(uow: Reading, event_id: UUID) -> bool:
    """Whether the organisation can see such an event at all."""
    found = await uow.connection.fetchval(
        "SELECT EXISTS (SELECT FROM ontvangen WHERE afnemer = $1 AND event_id = $2)",
        uow.organisation,
        event_id,
    )
    return bool(found)


async def nummer_voor(uow: Reading, moment: datetime) -> int | None:
    """The number before the first in the feed that was received at a moment or later; None when
    there is no such yet."""
    first = await uow.connection.fetchval(
        "SELECT nummer FROM ontvangen WHERE afnemer = $1 AND ontvangen_op >= $2"
        " ORDER BY ontvangen_op, nummer LIMIT 1",
        uow.organisation,
        moment,
    )
    return None if first is None else int(first) - 1


async def grenzen(uow: Reading) -> tuple[int, int]:
    """Of the feed of the organisation: the last number that is no longer kept, and the last."""
    row = await uow.connection.fetchrow(
        "SELECT verwijderd_tot, laatste FROM teller WHERE afnemer = $1", uow.organisation
    )
    return (0, 0) if row is None else (row["verwijderd_tot"], row["laatste"])


async def meet(uow: Reading) -> asyncpg.Record | None:
    """What an operator watches, of one afnemer."""
    return await uow.connection.fetchrow(
        """
        SELECT coalesce(sum(o.wachtend), 0) AS wachtend, coalesce(sum(o.opgegeven), 0) AS opgegeven,
               extract(epoch FROM $2 - min(o.oudste))::float AS leeftijd,
               count(*) FILTER (WHERE b.storing_sinds IS NOT NULL) AS onderbroken,
               count(*) FILTER (WHERE b.status <> 'actief') AS niet_actief, count(*) AS aantal
        FROM bezorging b, LATERAL (
            SELECT count(*) FILTER (WHERE a.status = 'wacht') AS wachtend,
                   count(*) FILTER (WHERE a.status = 'opgegeven') AS opgegeven,
                   (SELECT r.ontvangen_op FROM ontvangen r
                    WHERE r.afnemer = $1 AND r.nummer = min(a.nummer)) AS oudste
            FROM aflevering a
            WHERE a.abonnement_id = b.abonnement_id AND a.status IN ('wacht', 'opgegeven')
                AND a.nummer <= b.gelezen_tot) o
        WHERE b.afnemer = $1
        """,
        uow.organisation,
        uow.now,
    )


async def ruim_op(uow: UnitOfWork) -> None:
    """Remove from the log what was delivered or skipped long enough ago, and secrets that ended."""
    voor = uow.now - BEWAAR_LOGBOEK
    await uow.connection.execute(
        "DELETE FROM aflevering WHERE afnemer = $1 AND afgerond_op < $2",
        uow.organisation,
        voor,
    )
    await uow.connection.execute("DELETE FROM abonnement_sleutel WHERE vervalt_op < $1", uow.now)


def _van(regel: FeedRegel, nu: datetime) -> Aflevering:
    event_id = UUID(json.loads(regel.cloudevent)["id"])
    return Aflevering(regel.nummer, regel.subject, event_id, regel.type, nu)


def _regel(row: asyncpg.Record) -> Regel:
    status = AfleveringStatus(row["status"])
    return Regel(
        nummer=row["nummer"],
        event_id=row["event_id"],
        type=row["type"],
        subject=row["subject"],
        status=status,
        aantal_pogingen=row["aantal"],
        volgende_op=row["volgende_op"] if status is AfleveringStatus.WACHT else None,
        opgegeven_op=row["opgegeven_op"],
        afgerond_op=row["afgerond_op"],
        fout=row["fout"],
        reden=row["reden"],
        overgeslagen_door=row["overgeslagen_door"],
        pogingen=tuple(
            Poging(datetime.fromisoformat(p["moment"]), p["status"], p["duur_ms"], p["fout"])
            for p in json.loads(row["pogingen"])
        ),
    )
