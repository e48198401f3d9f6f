"""Pages by cursor: stable while rows are added, and as fast for the last page as for the first.

    Pagina = Annotated[PageRequest, page(datetime, UUID)]

    class KandidatenPagina(Page[KandidaatUit]): ...

The cursor is the sort key of the last row shown.  It ends up in URLs, so a list is never sorted by
anything personal.  It is no secret either: row-level security decides what can be seen, and the
types of the key decide whether a cursor is one of ours.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends
from fastapi import Query as QueryParameter
from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError, WithJsonSchema
from starlette.requests import Request

from chassis.web.invalid_input import OngeldigeWaarde

Item = TypeVar("Item")

LARGEST_PAGE = 500
USUAL_PAGE = 100
LONGEST_CURSOR = 1024


@dataclass(frozen=True, slots=True)
class PageRequest:
    limit: int
    after: tuple[Any, ...] | None
    """The sort key of the last row of the page before; None for the first page."""

    @property
    def fetch(self) -> int:
        """How many rows to ask the database for: one more than are shown."""
        return self.limit + 1


class Page(BaseModel, Generic[Item]):
    """Subclass with a name of its own, as the OpenAPI shows it: `class XPagina(Page[X])`."""

    resultaten: list[Item]


def page(*key_types: Any) -> Any:
    """A dependency that reads `cursor` and `limiet`; `key_types` are those of the sort key."""
    adapter = TypeAdapter[tuple[Any, ...]](tuple[key_types])  # type: ignore[valid-type]

    def decode(cursor: object) -> object:
        try:
            return decode_cursor(adapter, cursor)
        except ValueError as error:
            raise OngeldigeWaarde(
                "onbekende-cursor",
                "Neem de cursor ongewijzigd over uit de header Link van de vorige pagina.",
            ) from error

    async def read(
        cursor: Annotated[
            Any,
            BeforeValidator(decode),
            WithJsonSchema({"type": "string", "maxLength": LONGEST_CURSOR}),
            QueryParameter(
                description="Waar de pagina begint; staat in de header Link van de vorige."
            ),
        ] = None,
        limiet: Annotated[
            int,
            QueryParameter(ge=1, le=LARGEST_PAGE, description="Aantal resultaten per pagina."),
        ] = USUAL_PAGE,
    ) -> PageRequest:
        return PageRequest(limiet, cursor)

    return Depends(read)


def encode_cursor(key: Sequence[Any]) -> str:
    text = TypeAdapter(tuple[Any, ...]).dump_json(tuple(key))
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def decode_cursor(adapter: TypeAdapter[tuple[Any, ...]], cursor: object) -> tuple[Any, ...]:
    """The sort key in a cursor.  Raises ValueError for anything we did not make."""
    if not isinstance(cursor, str) or not 0 < len(cursor) <= LONGEST_CURSOR:
        raise ValueError("not a cursor")
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        key = adapter.validate_json(text, strict=True)
    except (binascii.Error, ValidationError, UnicodeError, json.JSONDecodeError) as error:
        raise ValueError("not a cursor") from error
    if encode_cursor(key) != cursor:
        raise ValueError("not a cursor as we write it")
    return key


def next_link(request: Request, page: PageRequest, last_key: Sequence[Any]) -> str:
    """The Link header to the next page: the same question, from here on."""
    same = [(name, value) for name, value in request.query_params.multi_items() if name not in OURS]
    ours = [("limiet", str(page.limit)), ("cursor", encode_cursor(last_key))]
    return f'<{request.url.path}?{urlencode(same + ours)}>; rel="next"'


OURS = frozenset({"cursor", "limiet"})
