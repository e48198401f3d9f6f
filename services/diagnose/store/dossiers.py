"""Dossiers in the database: loaded whole, with metingen and adviezen, and locked before a change.

A meting or advies is stored as one sealed document: nothing of it is searched in the database but
the columns that stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.diagnose.domain.advies import Advies
from services.diagnose.domain.dossier import Dossier, Dossierstatus
from services.diagnose.domain.loonwaarde import Loonwaardemeting
from services.diagnose.domain.zrm import ZrmMeting

Document = TypeVar("Document", ZrmMeting, Loonwaardemeting, Advies)

_TABLES: Final[dict[type[Any], str]] = {
    ZrmMeting: "zrm_meting",
    Loonwaardemeting: "loonwaardemeting",
    Advies: "advies",
}
_DOSSIER_SQL: Final = (
    "SELECT id, kandidaat_id, gemeentecode, geopend_op, gestart_op, versie"
    " FROM dossier WHERE id = $1"
)
_DOCUMENTEN_SQL: Final = {
    kind: f"SELECT id, inhoud FROM {table} WHERE dossier_id = $1 ORDER BY volgnummer"  # noqa: S608
    for kind, table in _TABLES.items()
}
_ZIE_IN_SQL: Final = {
    kind: f"SELECT inhoud FROM {table} WHERE id = $1 AND dossier_id = $2"  # noqa: S608
    for kind, table in _TABLES.items()
}
_FORMS: Final[dict[type[Any], TypeAdapter[Any]]] = {kind: TypeAdapter(kind) for kind in _TABLES}


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A dossier as it is stored. versie counts changes and is its ETag."""

    dossier: Dossier
    versie: int


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """A line in a list of dossiers."""

    dossier_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    status: Dossierstatus
    geopend_op: date
    gestart_op: date | None
    loonwaarde: int | None
    vastgelegd_op: datetime


async def haal(uow: Reading, dossier_id: UUID, *, op_slot: bool = False) -> Bewaard | None:
    """The whole dossier; None when there is none that this organisation may see.

    op_slot: lock the row, to decide on it and change it.
    """
    row = await uow.connection.fetchrow(
        _DOSSIER_SQL + (" FOR UPDATE" if op_slot else ""), dossier_id
    )
    if row is None:
        return None
    dossier = Dossier(
        dossier_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        geopend_op=row["geopend_op"],
        gestart_op=row["gestart_op"],
    )
    dossier.zrm_metingen = await _documenten(uow, dossier, ZrmMeting)
    dossier.loonwaardemetingen = await _documenten(uow, dossier, Loonwaardemeting)
    dossier.adviezen = await _documenten(uow, dossier, Advies)
    return Bewaard(dossier, row["versie"])


async def neem(uow: UnitOfWork, dossier_id: UUID) -> Dossier:
    """The dossier under lock, to decide on. Raises NietGevonden."""
    bewaard = await haal(uow, dossier_id, op_slot=True)
    if bewaard is None:
        raise NietGevonden
    return bewaard.dossier


async def op_slot(uow: UnitOfWork, kandidaat_id: UUID) -> None:
    """Lock the dossier of a kandidaat, if there is one."""
    await uow.connection.execute(
        "SELECT FROM dossier WHERE kandidaat_id = $1 FOR UPDATE", kandidaat_id
    )


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> UUID | None:
    """Which dossier a kandidaat has; None when there is none."""
    dossier_id: UUID | None = await uow.connection.fetchval(
        "SELECT id FROM dossier WHERE kandidaat_id = $1", kandidaat_id
    )
    return dossier_id


async def open_dossier(uow: UnitOfWork, dossier: Dossier) -> bool:
    """Store a new dossier; False when the kandidaat already has one."""
    geopend = await uow.connection.fetchval(
        "INSERT INTO dossier (id, kandidaat_id, gemeentecode, status, geopend_op, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kandidaat_id) DO NOTHING RETURNING true",
        dossier.dossier_id,
        dossier.kandidaat_id,
        dossier.gemeentecode,
        dossier.status,
        dossier.geopend_op,
        uow.now,
    )
    if geopend:
        await uow.vault.new_person(uow, dossier.kandidaat_id, dossier.gemeentecode)
    return bool(geopend)


async def bewaar(uow: UnitOfWork, dossier: Dossier) -> None:
    """Store what changed in a dossier that was loaded under lock."""
    await uow.connection.execute(
        "UPDATE dossier SET status = $2, gestart_op = $3, loonwaarde = $4, zrm_op = $5,"
        " loonwaarde_op = $6, versie = versie + 1 WHERE id = $1",
        dossier.dossier_id,
        dossier.status,
        dossier.gestart_op,
        dossier.loonwaarde,
        dossier.zrm_metingen[-1].afgenomen_op if dossier.zrm_metingen else None,
        dossier.loonwaardemetingen[-1].vastgesteld_op if dossier.loonwaardemetingen else None,
    )


async def bewaar_uitstroom(uow: UnitOfWork, dossier_id: UUID, op: date | None) -> None:
    """None: the kandidaat is back."""
    await uow.connection.execute(
        "UPDATE dossier SET uitgestroomd_op = $2 WHERE id = $1", dossier_id, op
    )


async def voeg_zrm_toe(uow: UnitOfWork, dossier: Dossier, meting: ZrmMeting) -> None:
    await uow.connection.execute(
        "INSERT INTO zrm_meting (id, dossier_id, gemeentecode, volgnummer, inhoud)"
        " VALUES ($1, $2, $3, $4, $5)",
        meting.meting_id,
        dossier.dossier_id,
        dossier.gemeentecode,
        len(dossier.zrm_metingen),
        await _verzegel(uow, dossier, meting, meting.meting_id),
    )


async def vervang_zrm(uow: UnitOfWork, dossier: Dossier, oud: ZrmMeting, nieuw: ZrmMeting) -> None:
    """Store a correctie; what was wrong is kept as the version it was."""
    versie_id = uuid4()
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    await uow.connection.execute(
        "INSERT INTO zrm_meting_versie"
        " (id, meting_id, dossier_id, gemeentecode, metingversie, inhoud)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        versie_id,
        oud.meting_id,
        dossier.dossier_id,
        dossier.gemeentecode,
        oud.metingversie,
        person.seal(_FORMS[ZrmMeting].dump_json(oud).decode(), _plaats_versie(versie_id)),
    )
    await uow.connection.execute(
        "UPDATE zrm_meting SET inhoud = $2 WHERE id = $1",
        nieuw.meting_id,
        await _verzegel(uow, dossier, nieuw, nieuw.meting_id),
    )


async def zie_zrm_versies_in(
    uow: Reading, dossier_id: UUID, meting_id: UUID
) -> Sequence[ZrmMeting] | None:
    """Every version of a meting, the first first; that they were read is recorded."""
    geldend = await zie_in(uow, dossier_id, ZrmMeting, meting_id)
    if geldend is None:
        return None
    rows = await uow.connection.fetch(
        "SELECT v.id, v.inhoud, d.kandidaat_id FROM zrm_meting_versie v"
        " JOIN dossier d ON d.id = v.dossier_id WHERE v.meting_id = $1 ORDER BY v.metingversie",
        meting_id,
    )
    versies: list[ZrmMeting] = []
    for row in rows:
        person = await uow.vault.person(uow, row["kandidaat_id"])
        inhoud = person.open(row["inhoud"], _plaats_versie(row["id"]))
        versies.append(_FORMS[ZrmMeting].validate_json(inhoud))
    return [*versies, geldend]


async def voeg_loonwaarde_toe(uow: UnitOfWork, dossier: Dossier, meting: Loonwaardemeting) -> None:
    await uow.connection.execute(
        "INSERT INTO loonwaardemeting (id, dossier_id, gemeentecode, volgnummer, loonwaarde,"
        " methode, inhoud) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        meting.meting_id,
        dossier.dossier_id,
        dossier.gemeentecode,
        len(dossier.loonwaardemetingen),
        meting.loonwaarde,
        meting.methode,
        await _verzegel(uow, dossier, meting, meting.meting_id),
    )


async def voeg_advies_toe(uow: UnitOfWork, dossier: Dossier, advies: Advies) -> None:
    await uow.connection.execute(
        "INSERT INTO advies (id, dossier_id, gemeentecode, volgnummer, programma, inhoud)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        advies.advies_id,
        dossier.dossier_id,
        dossier.gemeentecode,
        len(dossier.adviezen),
        advies.programma,
        await _verzegel(uow, dossier, advies, advies.advies_id),
    )


async def zie_in(
    uow: Reading, dossier_id: UUID, kind: type[Document], document_id: UUID
) -> Document | None:
    """One meting or advies for a person who asks; that it was read is recorded."""
    inhoud = await uow.connection.fetchval(_ZIE_IN_SQL[kind], document_id, dossier_id)
    if inhoud is None:
        return None
    kandidaat_id = await zie_onderdeel_in(uow, dossier_id, _TABLES[kind])
    if kandidaat_id is None:
        raise LookupError("a document lies in a dossier")
    person = await uow.vault.person(uow, kandidaat_id)
    document: Document = _FORMS[kind].validate_json(person.open(inhoud, _plaats(kind, document_id)))
    return document


async def zie_onderdeel_in(uow: Reading, dossier_id: UUID, wat: str) -> UUID | None:
    """Record that a person read a part of a dossier; gives the kandidaat, None without dossier."""
    row = await uow.connection.fetchrow(
        "SELECT kandidaat_id, gemeentecode FROM dossier WHERE id = $1", dossier_id
    )
    if row is None:
        return None
    await uow.log_processing(
        f"{wat} ingezien",
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        activity="diagnose/dossier-inzien",
    )
    kandidaat_id: UUID = row["kandidaat_id"]
    return kandidaat_id


async def lijst(
    uow: Reading,
    *,
    kandidaat_id: UUID | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Samenvatting]:
    """Dossiers in the order in which they were opened, after a point in that order."""
    rows = await uow.connection.fetch(
        "SELECT id, kandidaat_id, gemeentecode, status, geopend_op, gestart_op, loonwaarde,"
        " vastgelegd_op FROM dossier"
        " WHERE ($1::uuid IS NULL OR kandidaat_id = $1)"
        " AND ($2::timestamptz IS NULL OR (vastgelegd_op, id) > ($2, $3))"
        " ORDER BY vastgelegd_op, id LIMIT $4",
        kandidaat_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [
        Samenvatting(
            dossier_id=row["id"],
            kandidaat_id=row["kandidaat_id"],
            gemeentecode=row["gemeentecode"],
            status=Dossierstatus(row["status"]),
            geopend_op=row["geopend_op"],
            gestart_op=row["gestart_op"],
            loonwaarde=row["loonwaarde"],
            vastgelegd_op=row["vastgelegd_op"],
        )
        for row in rows
    ]


async def _documenten(uow: Reading, dossier: Dossier, kind: type[Document]) -> tuple[Document, ...]:
    rows = await uow.connection.fetch(_DOCUMENTEN_SQL[kind], dossier.dossier_id)
    if not rows:
        return ()
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    form = _FORMS[kind]
    return tuple(
        form.validate_json(person.open(row["inhoud"], _plaats(kind, row["id"]))) for row in rows
    )


async def _verzegel(
    uow: UnitOfWork, dossier: Dossier, document: Document, document_id: UUID
) -> bytes:
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    kind = type(document)
    return person.seal(_FORMS[kind].dump_json(document).decode(), _plaats(kind, document_id))


def _plaats_versie(versie_id: UUID) -> str:
    return f"zrm_meting_versie.inhoud/{versie_id}"


def _plaats(kind: type[Any], document_id: UUID) -> str:
    return f"{_TABLES[kind]}.inhoud/{document_id}"
