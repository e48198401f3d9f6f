"""One POST, one effect: the answer to an Idempotency-Key is kept in the transaction of the change.

The claim on a key is a row that only becomes visible together with its answer.  A second request
with the same key waits on the unique index until the first one commits (then it gets that answer)
or rolls back (then it is the first).  Only successful answers are kept: a refused request changed
nothing, so its key is free again.

Answers are kept whole, at least KEEP_FOR, so a route must answer with ids and codes rather than
with a person's data.  `remove_expired` is to be run daily for each organisation.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import Response

from chassis.tenancy import ACTING, isolate_by
from chassis.web.invalid_input import fault
from chassis.web.problems import OngeldigeInvoer, SleutelHergebruikt

if TYPE_CHECKING:
    from chassis.unit_of_work import UnitOfWork

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
    status        smallint,
    headers       text,
    inhoud        bytea,
    vastgelegd_op timestamptz NOT NULL,
    PRIMARY KEY (organisatie, client_id, sleutel, route)
);
CREATE INDEX eenmalig_vastgelegd_op ON eenmalig (organisatie, vastgelegd_op);
COMMENT ON TABLE eenmalig IS 'Answers to requests with an Idempotency-Key, kept for 7 days';
COMMENT ON COLUMN eenmalig.vingerafdruk IS 'sha256 of method, path, query and body';
COMMENT ON COLUMN eenmalig.status IS 'Null only inside the transaction that claims the key';
""" + isolate_by("eenmalig", f"organisatie = {ACTING}")

_CLAIM: Final = """
INSERT INTO eenmalig (organisatie, client_id, sleutel, route, vingerafdruk, vastgelegd_op)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING true
"""
_KEPT: Final = """
SELECT vingerafdruk, status, headers, inhoud FROM eenmalig
WHERE organisatie = $1 AND client_id = $2 AND sleutel = $3 AND route = $4
"""
_KEEP: Final = """
UPDATE eenmalig SET status = $5, headers = $6, inhoud = $7
WHERE organisatie = $1 AND client_id = $2 AND sleutel = $3 AND route = $4
"""
_REMOVE: Final = "DELETE FROM eenmalig WHERE organisatie = $1 AND vastgelegd_op < $2"

_KEPT_HEADERS: Final = ("content-type", "location", "etag")


@dataclass(frozen=True, slots=True)
class Key:
    """One use of an Idempotency-Key: by whom, for which route, and for exactly which request."""

    client_id: str
    key: str
    route: str
    fingerprint: bytes

    async def claim(self, uow: "UnitOfWork") -> Response | None:
        """None when this request is the first with the key; else the answer the first one got."""
        claimed = await uow.connection.fetchval(_CLAIM, *self._row(uow), self.fingerprint, uow.now)
        if claimed:
            return None
        kept = await uow.connection.fetchrow(_KEPT, *self._row(uow))
        if kept is None:
            raise RuntimeError("an Idempotency-Key was taken and is not there")
        if kept["vingerafdruk"] != self.fingerprint:
            raise SleutelHergebruikt
        headers = json.loads(kept["headers"]) | {REPLAYED: "true"}
        return Response(kept["inhoud"], kept["status"], headers)

    async def keep(self, uow: "UnitOfWork", response: Response) -> None:
        """Store the answer; it becomes visible, with the key, when the unit of work commits."""
        headers = {
            name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers
        }
        await uow.connection.execute(
            _KEEP, *self._row(uow), response.status_code, json.dumps(headers), response.body
        )

    def _row(self, uow: "UnitOfWork") -> tuple[Any, ...]:
        return uow.organisation, self.client_id, self.key, self.route


async def read_key(request: Request, client_id: str) -> Key | None:
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
    url = request.url
    digest = hashlib.sha256(f"{request.method} {url.path}?{url.query}\n".encode())
    digest.update(await request.body())
    route = f"{request.method} {request.scope['route'].path}"
    return Key(client_id, key, route, digest.digest())


async def remove_expired(uow: "UnitOfWork") -> None:
    """Remove the kept answers of one organisation that are older than KEEP_FOR."""
    before = uow.now - KEEP_FOR
    await uow.connection.execute(_REMOVE, uow.organisation, before)
    await uow.commit()
