"""Jongeren in the database: who is known, and their beelden and quick scans as sealed documents.

Beside a document stands only its day: what is counted is counted from what was opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.diagnose.domain.jongere import Beeld, BekendeJongere, Jongerenscan
from services.diagnose.store import dossiers

Document = TypeVar("Document", Beeld, Jongerenscan)

_TABLES: Final[dict[type[Any], str]] = {Beeld: "jongerenbeeld", Jongerenscan: "jongerenscan"}
_DAYS: Final[dict[type[Any], str]] = {Beeld: "gezien_op", Jongerenscan: "afgerond_op"}
_FORMS: Final[dict[type[Any], TypeAdapter[Any]]] = {kind: TypeAdapter(kind) for kind in _TABLES}
_ZIE_IN_SQL: Final = {
    kind: f"SELECT gemeentecode, inhoud FROM {table} WHERE id = $1 AND kandidaat_id = $2"  # noqa: S608
    for kind, table in _TABLES.items()
}
_BEWAAR_SQL: Final = {
    kind: f"INSERT INTO {table} (id, kandidaat_id, gemeentecode, {_DAYS[kind]}, vastgelegd_op,"  # noqa: S608
    " inhoud) VALUES ($1, $2, $3, $4, $5, $6)"
    for kind, table in _TABLES.items()
}
_DAGEN_SQL: Final = {
    kind: f"SELECT id, {_DAYS[kind]} AS dag FROM {table} WHERE kandidaat_id = $1"  # noqa: S608
    f" ORDER BY {_DAYS[kind]} DESC, vastgelegd_op DESC, id"
    for kind, table in _TABLES.items()
}
_KEN_SQL: Final = (
    "INSERT INTO jongere AS j (kandidaat_id, gemeentecode, bekend_op) VALUES ($1, $2, $3)"
    " ON CONFLICT (kandidaat_id) DO UPDATE SET bekend_op = least(j.bekend_op, excluded.bekend_op)"
)
_OP_PEILDATUM_SQL: Final = """
SELECT j.kandidaat_id, j.gemeentecode, b.id, b.inhoud
FROM jongere j
LEFT JOIN LATERAL (
    SELECT id, inhoud FROM jongerenbeeld
    WHERE kandidaat_id = j.kandidaat_id AND gezien_op <= $1
    ORDER BY gezien_op DESC, vastgelegd_op DESC, id LIMIT 1
) b ON true
WHERE j.bekend_op <= $1 AND ($2::text IS NULL OR j.gemeentecode = $2)
"""
_LIJST_SQL: Final = """
SELECT * FROM (
    SELECT j.kandidaat_id, j.gemeentecode, j.bekend_op,
           (SELECT max(gezien_op) FROM jongerenbeeld b WHERE b.kandidaat_id = j.kandidaat_id)
               AS gezien_op,
           (SELECT max(afgerond_op) FROM jongerenscan s WHERE s.kandidaat_id = j.kandidaat_id)
               AS gescand_op
    FROM jongere j
    WHERE $1::date IS NULL OR (j.bekend_op, j.kandidaat_id) > ($1, $2)
) j
WHERE $3::boolean IS NULL OR (gezien_op IS NOT NULL) = $3
ORDER BY bekend_op, kandidaat_id LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class Jongere:
    """A jongere under lock, to add something to. is_bij_wsd: has been referred to WSD."""

    kandidaat_id: UUID
    gemeentecode: str
    is_bij_wsd: bool

    @property
    def afnemers(self) -> set[str]:
        """The gemeente, and WSD from the doorverwijzing on."""
        return {self.gemeentecode, WSD} if self.is_bij_wsd else {self.gemeentecode}


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """A line in a list of jongeren: since when known, and of when the last beeld and scan are."""

    kandidaat_id: UUID
    gemeentecode: str
    bekend_op: date
    gezien_op: date | None
    gescand_op: date | None


@dataclass(frozen=True, slots=True)
class Overzicht:
    """A jongere with the numbers and days of all beelden and scans, the newest first."""

    kandidaat_id: UUID
    gemeentecode: str
    bekend_op: date
    beelden: Sequence[tuple[UUID, date]]
    scans: Sequence[tuple[UUID, date]]


async def ken(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, op: date) -> None:
    """Know a jongere from a day on; one who is known already stays so, from the earlier day."""
    await uow.connection.execute(_KEN_SQL, kandidaat_id, gemeentecode, op)


async def op_slot(uow: UnitOfWork, kandidaat_id: UUID) -> None:
    """Lock what there is of a kandidaat who may be known without a dossier."""
    await dossiers.op_slot(uow, kandidaat_id)
    await uow.connection.execute(
        "SELECT FROM jongere WHERE kandidaat_id = $1 FOR UPDATE", kandidaat_id
    )


async def neem(uow: UnitOfWork, kandidaat_id: UUID, op: date) -> Jongere:
    """The jongere under lock; of a dossier without one, a jongere from now on.

    op: the day on which they were certainly known. Raises NietGevonden.
    """
    await op_slot(uow, kandidaat_id)
    row = await uow.connection.fetchrow(
        "SELECT coalesce(d.gemeentecode, j.gemeentecode) AS gemeentecode, d.id IS NOT NULL AS bij"
        " FROM (VALUES ($1::uuid)) k (id)"
        " LEFT JOIN dossier d ON d.kandidaat_id = k.id"
        " LEFT JOIN jongere j ON j.kandidaat_id = k.id",
        kandidaat_id,
    )
    if row is None or row["gemeentecode"] is None:
        raise NietGevonden
    await ken(uow, kandidaat_id, row["gemeentecode"], op)
    return Jongere(kandidaat_id, row["gemeentecode"], row["bij"])


async def voeg_toe(uow: UnitOfWork, jongere: Jongere, document: Document) -> None:
    """Store a beeld or a scan of a jongere under lock."""
    kind = type(document)
    document_id, dag = (
        (document.beeld_id, document.gezien_op)
        if isinstance(document, Beeld)
        else (document.scan_id, document.afgerond_op)
    )
    person = await uow.vault.new_person(uow, jongere.kandidaat_id, jongere.gemeentecode)
    inhoud = person.seal(_FORMS[kind].dump_json(document).decode(), _plaats(kind, document_id))
    await uow.connection.execute(
        _BEWAAR_SQL[kind],
        document_id,
        jongere.kandidaat_id,
        jongere.gemeentecode,
        dag,
        uow.now,
        inhoud,
    )


async def overzicht(uow: Reading, kandidaat_id: UUID) -> Overzicht | None:
    row = await uow.connection.fetchrow(
        "SELECT kandidaat_id, gemeentecode, bekend_op FROM jongere WHERE kandidaat_id = $1",
        kandidaat_id,
    )
    if row is None:
        return None
    beelden = await uow.connection.fetch(_DAGEN_SQL[Beeld], kandidaat_id)
    scans = await uow.connection.fetch(_DAGEN_SQL[Jongerenscan], kandidaat_id)
    return Overzicht(
        **row,
        beelden=[(beeld["id"], beeld["dag"]) for beeld in beelden],
        scans=[(scan["id"], scan["dag"]) for scan in scans],
    )


async def zie_in(
    uow: Reading, kandidaat_id: UUID, kind: type[Document], document_id: UUID
) -> Document | None:
    """One beeld or scan for a person who asks; that it was read is recorded."""
    row = await uow.connection.fetchrow(_ZIE_IN_SQL[kind], document_id, kandidaat_id)
    if row is None:
        return None
    await uow.log_processing(
        f"{_TABLES[kind]} ingezien",
        kandidaat_id=kandidaat_id,
        gemeentecode=row["gemeentecode"],
        activity="diagnose/jongere-inzien",
    )
    person = await uow.vault.person(uow, kandidaat_id)
    document: Document = _FORMS[kind].validate_json(
        person.open(row["inhoud"], _plaats(kind, document_id))
    )
    return document


async def lijst(
    uow: Reading, *, in_beeld: bool | None, na: tuple[date, UUID] | None, aantal: int
) -> Sequence[Samenvatting]:
    """In the order in which they became known, after a point in that order."""
    rows = await uow.connection.fetch(
        _LIJST_SQL, na[0] if na else None, na[1] if na else None, in_beeld, aantal
    )
    return [Samenvatting(**row) for row in rows]


async def op_peildatum(
    uow: Reading, peildatum: date, gemeentecode: str | None
) -> list[BekendeJongere]:
    """Everyone who was known that day, to count; that their beeld was opened is recorded."""
    rows = await uow.connection.fetch(_OP_PEILDATUM_SQL, peildatum, gemeentecode)
    people = await uow.vault.people(uow, [row["kandidaat_id"] for row in rows if row["id"]])
    jongeren = []
    for row in rows:
        person, beeld = people.get(row["kandidaat_id"]), None
        if person is not None:
            await uow.log_processing(
                "jongerenbeeld geteld",
                kandidaat_id=row["kandidaat_id"],
                gemeentecode=row["gemeentecode"],
                activity="diagnose/rapporteren",
            )
            beeld = _FORMS[Beeld].validate_json(
                person.open(row["inhoud"], _plaats(Beeld, row["id"]))
            )
        jongeren.append(BekendeJongere(row["gemeentecode"], beeld))
    return jongeren


def _plaats(kind: type[Any], document_id: UUID) -> str:
    return f"{_TABLES[kind]}.inhoud/{document_id}"
