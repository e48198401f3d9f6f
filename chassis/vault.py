"""Personal data and secrets in a service's own tables: sealed with a data key of their own.

A service that keeps personal data (contact data, free text) has the table ``datasleutel``: one
wrapped data key per kandidaat. Destroying that row erases everything sealed with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from chassis.encryption import KeyRing, UnreadableError, decrypt, encrypt

if TYPE_CHECKING:
    from chassis.unit_of_work import Reading, UnitOfWork

TABLE_SQL: Final = """
CREATE TABLE datasleutel (
    kandidaat_id uuid PRIMARY KEY,
    gemeentecode text NOT NULL,
    verpakt bytea NOT NULL
);
COMMENT ON TABLE datasleutel IS 'Per kandidaat de verpakte sleutel van de persoonsgegevens.';
"""
"""The service isolates the table itself, since only it knows which kandidaten WSD may see."""


class Vault:
    """Seals and opens the personal data of kandidaten within a unit of work."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    def blind_index(self, scope: str, value: str) -> bytes:
        """A keyed hash to find equal values by; values of different scopes never compare equal."""
        return self._ring.blind_index(scope, value)

    def new_key(self, owner: str) -> tuple[DataKey, bytes]:
        """A data key for something else than a person, and what to keep of it beside the rows."""
        key, wrapped = self._ring.new_data_key(owner)
        return DataKey(key), wrapped

    def key(self, owner: str, wrapped: bytes) -> DataKey:
        """That data key again. Raises UnreadableError."""
        return DataKey(self._ring.unwrap(wrapped, owner))

    async def new_person(self, uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> Person:
        """Make the data key of a kandidaat; a second call gives the key that is there."""
        key, wrapped = self._ring.new_data_key(str(kandidaat_id))
        made = await uow.connection.fetchval(
            "INSERT INTO datasleutel (kandidaat_id, gemeentecode, verpakt) VALUES ($1, $2, $3)"
            " ON CONFLICT DO NOTHING RETURNING true",
            kandidaat_id,
            gemeentecode,
            wrapped,
        )
        return Person(kandidaat_id, key) if made else await self.person(uow, kandidaat_id)

    async def new_people(
        self, uow: UnitOfWork, kandidaat_ids: Sequence[UUID], gemeentecode: str
    ) -> list[Person]:
        """Make the data keys of kandidaten that have none yet, in one statement."""
        keys = [self._ring.new_data_key(str(kandidaat_id)) for kandidaat_id in kandidaat_ids]
        await uow.connection.execute(
            "INSERT INTO datasleutel (kandidaat_id, gemeentecode, verpakt)"
            " SELECT id, $2, verpakt FROM unnest($1::uuid[], $3::bytea[]) AS s (id, verpakt)",
            kandidaat_ids,
            gemeentecode,
            [wrapped for _, wrapped in keys],
        )
        return [
            Person(kandidaat_id, key)
            for kandidaat_id, (key, _) in zip(kandidaat_ids, keys, strict=True)
        ]

    async def people(self, uow: Reading, kandidaat_ids: Sequence[UUID]) -> dict[UUID, Person]:
        """The data keys of kandidaten, those that have one, in one statement."""
        rows = await uow.connection.fetch(
            "SELECT kandidaat_id, verpakt FROM datasleutel WHERE kandidaat_id = ANY($1::uuid[])",
            kandidaat_ids,
        )
        return {
            row["kandidaat_id"]: Person(
                row["kandidaat_id"], self._ring.unwrap(row["verpakt"], str(row["kandidaat_id"]))
            )
            for row in rows
        }

    async def person(self, uow: Reading, kandidaat_id: UUID) -> Person:
        """The data key of a kandidaat. Raises UnreadableError when it was destroyed."""
        wrapped = await uow.connection.fetchval(
            "SELECT verpakt FROM datasleutel WHERE kandidaat_id = $1", kandidaat_id
        )
        if wrapped is None:
            raise UnreadableError("no data key")
        return Person(kandidaat_id, self._ring.unwrap(wrapped, str(kandidaat_id)))


class DataKey:
    """One data key, for as long as a unit of work needs it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, plain: str, place: str) -> bytes:
        """Encrypt for one place, for example ``besluit.motivering/<id>``."""
        return encrypt(self._key, plain.encode(), place)

    def open(self, sealed: bytes, place: str) -> str:
        """The text again. Raises UnreadableError."""
        return decrypt(self._key, sealed, place).decode()


class Person(DataKey):
    """The data key of one kandidaat."""

    def __init__(self, kandidaat_id: UUID, key: bytes) -> None:
        super().__init__(key)
        self.kandidaat_id = kandidaat_id
