"""One POST, one effect: the answer to an Idempotency-Key is kept in the transaction of the change.

The answer is inserted last, right before the commit.  A second request with the same key waits for
the first on the unique index; when the first commits, the second finds the key taken, rolls back
all it did and gives the answer of the first; when the first rolls back, the second goes on.  So a
first request, nearly all of them, costs one statement more, and only a repeated one does its work
in vain.

Only successful answers are kept: a refused request changed nothing, so its key is free again.
Answers are kept whole, at least KEEP_FOR, so a route must answer with ids and codes rather than
with a person's data.  `remove_expired` is to be run daily for each organisation.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol

from starlette.requests import Request
from starlette.responses import Response

from chassis.tenancy import ACTING, isolate_by
from chassis.unit_of_work import UnitOfWork
from chassis.web.invalid_input import fault
from chassis.web.problems import OngeldigeInvoer, SleutelHergebruikt

KEEP_FOR: Final = timedelta(days=7)
HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"

TABLE_SQL: Final = """
CREATE TABLE eenmalig (
    organisatie   text        NOT NULL,
    client_id     text        NOT NULL,
    sleutel       text        NOT NULL,
    route         text        NOT NULL,
    vingerafdruk  bytea       NOT NULL,
    status        smallint    NOT NULL,
    headers       text        NOT NULL,
    inhoud        bytea       NOT NULL,
    vastgelegd_op timestamptz NOT NULL,
    PRIMARY KEY (organisatie, client_id, sleutel, route)
);
CREATE INDEX eenmalig_vastgelegd_op ON eenmalig (organisatie, vastgelegd_op);
COMMENT ON TABLE eenmalig IS 'Answers to requests with an Idempotency-Key, kept for 7 days';
COMMENT ON COLUMN eenmalig.vingerafdruk IS 'sha256 of method, path, query and body';
""" + isolate_by("eenmalig", f"organisatie = {ACTING}")

_KEEP: Final = """
INSERT INTO eenmalig
    (organisatie, client_id, sleutel, route, vingerafdruk, status, headers, inhoud, vastgelegd_op)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
"""
_KEPT: Final = """
SELECT vingerafdruk, status, headers, inhoud FROM eenmalig
WHERE organisatie = $1 AND client_id = $2 AND sleutel = $3 AND route = $4
"""
_REMOVE: Final = "DELETE FROM eenmalig WHERE organisatie = $1 AND vastgelegd_op < $2"

_KEPT_HEADERS: Final = ("content-type", "location", "etag")


class Hash(Protocol):
    """Of a request, made as it comes in."""

    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


class KeyTakenError(Exception):
    """Another request with this key has committed first."""


@dataclass(frozen=True, slots=True)
class Key:
    """One use of an Idempotency-Key: by whom, for which route, and for exactly which request."""

    client_id: str
    key: str
    route: str
    fingerprint: bytes

    async def keep(self, uow: UnitOfWork, response: Response) -> None:
        """Store the answer; it becomes visible, with the change, when the unit of work commits.

        Raises KeyTakenError.
        """
        headers = {
            name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers
        }
        done = await uow.connection.execute(
            _KEEP,
            *self._row(uow),
            self.fingerprint,
            response.status_code,
            json.dumps(headers),
            response.body,
            uow.now,
        )
        if done != "INSERT 0 1":
            raise KeyTakenError

    async def earlier_answer(self, uow: UnitOfWork) -> Response | None:
        """What an earlier request with this key was answered, if there was one.

        Raises SleutelHergebruikt when that was a different request.
        """
        kept = await uow.connection.fetchrow(_KEPT, *self._row(uow))
        if kept is None:
            return None
        if kept["vingerafdruk"] != self.fingerprint:
            raise SleutelHergebruikt
        headers = json.loads(kept["headers"]) | {REPLAYED: "true"}
        return Response(kept["inhoud"], kept["status"], headers)

    def _row(self, uow: UnitOfWork) -> tuple[Any, ...]:
        return uow.organisation, self.client_id, self.key, self.route


def begin_fingerprint(request: Request) -> Hash:
    """The fingerprint of a request, still without its body."""
    scope = request.scope
    fingerprint = hashlib.sha256(f"{request.method} {scope['path']}?".encode())
    fingerprint.update(scope["query_string"] + b"\n")
    return fingerprint


def read_key(request: Request, fingerprint: bytes, client_id: str) -> Key | None:
    """The Idempotency-Key of a request, if it has one."""
    sent = request.headers.getlist(HEADER)
    if not sent:
        return None
    key = sent[0]
    if len(sent) > 1 or not 1 <= len(key) <= 255 or not all("!" <= char <= "~" for char in key):
        raise OngeldigeInvoer(
            fault(
                f"header.{HEADER}",
                "verkeerde-vorm",
                "Geef één sleutel van 1 tot 255 zichtbare ASCII-tekens op, zoals een UUID.",
            )
        )
    route = f"{request.method} {request.scope['route'].path}"
    return Key(client_id, key, route, fingerprint)


async def remove_expired(uow: UnitOfWork) -> None:
    """Remove the kept answers of one organisation that are older than KEEP_FOR."""
    before = uow.now - KEEP_FOR
    await uow.connection.execute(_REMOVE, uow.organisation, before)
    await uow.commit()
