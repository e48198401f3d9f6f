"""The rows of what an afnemer has set: abonnementen and the secrets that belong to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from gateway.abonnementen.aanmelding import Aanmelding
from gateway.abonnementen.aanmelding import Soort as Aanmeldsoort
from gateway.abonnementen.abonnement import Abonnement, Sleutel, Status
from gateway.abonnementen.berichten import Formaat

if TYPE_CHECKING:
    import asyncpg

    from chassis.unit_of_work import Reading, UnitOfWork
    from chassis.vault import DataKey

_COLUMNS: Final = """
    a.id, a.afnemer, a.naam, a.callback_url, a.formaat, a.types, a.aanmelding,
    a.instellingen, a.versie, a.aangemaakt_op, b.status, b.gepauzeerd, b.toestemming_fout
"""
_FROM: Final = "FROM abonnement a JOIN bezorging b ON b.abonnement_id = a.id"


async def aantal(uow: Reading) -> int:
    """How many the organisation has; others of it wait until this one is done counting."""
    await uow.connection.execute(
        "SELECT pg_advisory_xact_lock(hashtext('abonnementen'), hashtext($1))", uow.organisation
    )
    return int(await uow.connection.fetchval("SELECT count(*) FROM abonnement"))


async def voeg_toe(
    uow: UnitOfWork,
    *,
    naam: str,
    callback_url: str,
    formaat: Formaat,
    types: Sequence[str],
    wie: Aanmelding,
    gelezen_tot: int,
) -> UUID:
    """Add one, that waits for permission. Returns its id."""
    id_ = uuid4()
    sleutel, verpakt = uow.vault.new_key(str(id_))
    await uow.connection.execute(
        "INSERT INTO abonnement (id, afnemer, naam, callback_url, formaat, types,"
        " aanmelding, instellingen, geheimen, datasleutel, aangemaakt_op)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id_,
        uow.organisation,
        naam,
        callback_url,
        formaat,
        list(types),
        wie.soort,
        json.dumps(wie.instellingen),
        sleutel.seal(json.dumps(wie.geheimen), _geheimen_van(id_)),
        verpakt,
        uow.now,
    )
    await uow.connection.execute(
        "INSERT INTO bezorging (abonnement_id, afnemer, status, gelezen_tot, toestemming_op)"
        " VALUES ($1, $2, $3, $4, $5)",
        id_,
        uow.organisation,
        Status.WACHT_OP_TOESTEMMING,
        gelezen_tot,
        uow.now,
    )
    return id_


async def lees(uow: Reading, id_: UUID, *, op_slot: bool = False) -> Abonnement | None:
    """One of the organisation's own. op_slot: nobody changes it, or its delivery, before we do."""
    if op_slot:
        # Everyone locks the row of delivery first. And by itself, so that what is read next is not
        # older than the lock.
        await uow.connection.execute(
            "SELECT FROM bezorging WHERE abonnement_id = $1 FOR UPDATE", id_
        )
    row = await uow.connection.fetchrow(f"SELECT {_COLUMNS} {_FROM} WHERE a.id = $1", id_)
    return None if row is None else _abonnement(row)


async def lijst(uow: Reading, na: tuple[datetime, UUID] | None, hoeveel: int) -> list[Abonnement]:
    rows = await uow.connection.fetch(
        f"SELECT {_COLUMNS} {_FROM} WHERE $1::timestamptz IS NULL"
        " OR (a.aangemaakt_op, a.id) > ($1, $2::uuid) ORDER BY a.aangemaakt_op, a.id LIMIT $3",
        *(na or (None, None)),
        hoeveel,
    )
    return [_abonnement(row) for row in rows]


async def wijzig(
    uow: UnitOfWork,
    id_: UUID,
    *,
    naam: str,
    callback_url: str,
    types: Sequence[str],
    wie: Aanmelding,
) -> None:
    """Put all that its owner sets; the version goes up."""
    sleutel = await _datasleutel(uow, id_)
    await uow.connection.execute(
        "UPDATE abonnement SET naam = $2, callback_url = $3, types = $4, aanmelding = $5,"
        " instellingen = $6, geheimen = $7, versie = versie + 1 WHERE id = $1",
        id_,
        naam,
        callback_url,
        list(types),
        wie.soort,
        json.dumps(wie.instellingen),
        sleutel.seal(json.dumps(wie.geheimen), _geheimen_van(id_)),
    )


async def verwijder(uow: UnitOfWork, id_: UUID) -> None:
    """Remove it with its secrets, its deliveries and their log."""
    await uow.connection.execute("DELETE FROM abonnement WHERE id = $1", id_)


async def aanmelding_van(uow: Reading, abonnement: Abonnement) -> Aanmelding:
    """How to be known at the receiver, secrets included."""
    sealed = await uow.connection.fetchval(
        "SELECT geheimen FROM abonnement WHERE id = $1", abonnement.id
    )
    sleutel = await _datasleutel(uow, abonnement.id)
    geheimen: dict[str, Any] = json.loads(sleutel.open(sealed, _geheimen_van(abonnement.id)))
    return Aanmelding(Aanmeldsoort(abonnement.aanmelding), abonnement.instellingen, geheimen)


async def voeg_sleutel_toe(
    uow: UnitOfWork, abonnement_id: UUID, geheim: str, vorige_tot: datetime
) -> Sleutel:
    """Sign with a new secret; those that were there do so until then, if not shorter."""
    sleutel = await _datasleutel(uow, abonnement_id)
    await uow.connection.execute(
        "UPDATE abonnement_sleutel SET vervalt_op = least(vervalt_op, $2) WHERE abonnement_id = $1",
        abonnement_id,
        vorige_tot,
    )
    id_ = uuid4()
    await uow.connection.execute(
        "INSERT INTO abonnement_sleutel (id, abonnement_id, afnemer, geheim, gemaakt_op)"
        " VALUES ($1, $2, $3, $4, $5)",
        id_,
        abonnement_id,
        uow.organisation,
        sleutel.seal(geheim, _geheim_van(id_)),
        uow.now,
    )
    return Sleutel(id_, uow.now, None)


async def sleutels(uow: Reading, abonnement_id: UUID) -> list[Sleutel]:
    """Those that sign now, the newest first."""
    rows = await uow.connection.fetch(
        "SELECT id, gemaakt_op, vervalt_op FROM abonnement_sleutel WHERE abonnement_id = $1"
        " AND (vervalt_op IS NULL OR vervalt_op > $2)"
        " ORDER BY vervalt_op DESC NULLS FIRST, gemaakt_op DESC, id",
        abonnement_id,
        uow.now,
    )
    return [Sleutel(**row) for row in rows]


async def geheimen(uow: Reading, abonnement_id: UUID) -> list[tuple[str, datetime | None]]:
    """The secrets to sign with and until when, the newest first."""
    sleutel = await _datasleutel(uow, abonnement_id)
    rows = await uow.connection.fetch(
        "SELECT id, geheim, vervalt_op FROM abonnement_sleutel WHERE abonnement_id = $1"
        " AND (vervalt_op IS NULL OR vervalt_op > $2)"
        " ORDER BY vervalt_op DESC NULLS FIRST, gemaakt_op DESC, id",
        abonnement_id,
        uow.now,
    )
    return [(sleutel.open(r["geheim"], _geheim_van(r["id"])), r["vervalt_op"]) for r in rows]


async def _datasleutel(uow: Reading, id_: UUID) -> DataKey:
    verpakt = await uow.connection.fetchval("SELECT datasleutel FROM abonnement WHERE id = $1", id_)
    return uow.vault.key(str(id_), verpakt)


def _geheimen_van(id_: UUID) -> str:
    return f"abonnement.geheimen/{id_}"


def _geheim_van(sleutel_id: UUID) -> str:
    return f"abonnement_sleutel.geheim/{sleutel_id}"


def _abonnement(row: asyncpg.Record) -> Abonnement:
    return Abonnement(
        id=row["id"],
        afnemer=row["afnemer"],
        naam=row["naam"],
        callback_url=row["callback_url"],
        formaat=Formaat(row["formaat"]),
        types=tuple(row["types"]),
        aanmelding=Aanmeldsoort(row["aanmelding"]),
        instellingen=json.loads(row["instellingen"]),
        versie=row["versie"],
        aangemaakt_op=row["aangemaakt_op"],
        status=Status(row["status"]),
        gepauzeerd=row["gepauzeerd"],
        toestemming_fout=row["toestemming_fout"],
    )
