"""Pages by cursor: stable while rows are added, and as fast for the last page as for the first.

    Pagina = Annotated[PageRequest, page(datetime, UUID)]

    class KandidatenPagina(Page[KandidaatUit]): ...

The cursor is the sort key of the last row shown, each part written as PARTS says.  It ends up in
URLs, so only types that hold nothing personal can be in it: no text.  It is no secret either:
row-level security decides what can be seen, and whatever has the form of a cursor is a cursor.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends
from fastapi import Query as QueryParameter
from pydantic import BaseModel, BeforeValidator, WithJsonSchema
from starlette.requests import Request

from chassis.web.invalid_input import OngeldigeWaarde

Item = TypeVar("Item")

LARGEST_PAGE: Final = 500
USUAL_PAGE: Final = 100

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OURS: Final = frozenset({"cursor", "limiet"})


@dataclass(frozen=True, slots=True)
class Part:
    """How one type is written in a cursor; every text that fits the pattern can be read."""

    pattern: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]


PARTS: Final[Mapping[type, Part]] = {
    datetime: Part(
        "[0-9]{1,16}",
        lambda moment: str((moment - _EPOCH) // timedelta(microseconds=1)),
        lambda text: _EPOCH + timedelta(microseconds=int(text)),
    ),
    date: Part(
        "[1-9][0-9]{0,5}",
        lambda day: str(day.toordinal()),
        lambda text: date.fromordinal(int(text)),
    ),
    UUID: Part("[0-9a-f]{32}", lambda id_: id_.hex, UUID),
    int: Part("[0-9]{1,18}", str, int),
}


@dataclass(frozen=True, slots=True)
class PageRequest:
    limit: int
    after: tuple[Any, ...] | None
    """The sort key of the last row of the page before; None for the first page."""
    parts: tuple["Part", ...]
    """How a sort key is written."""

    @property
    def fetch(self) -> int:
        """How many rows to ask the database for: one more than are shown."""
        return self.limit + 1


class Page(BaseModel, Generic[Item]):
    """Subclass with a name of its own, as the OpenAPI shows it: `class XPagina(Page[X])`."""

    resultaten: list[Item]


def page(*key_types: type) -> Any:
    """A dependency that reads `cursor` and `limiet`; `key_types` are those of the sort key."""
    parts = tuple(PARTS[key_type] for key_type in key_types)
    pattern = r"\.".join(part.pattern for part in parts)
    form = re.compile(pattern)

    def decode(cursor: object) -> tuple[Any, ...]:
        if not isinstance(cursor, str) or not form.fullmatch(cursor):
            raise OngeldigeWaarde(
                "onbekende-cursor",
                "Neem de cursor ongewijzigd over uit de header Link van de vorige pagina.",
            )
        texts = cursor.split(".")
        return tuple(part.read(text) for part, text in zip(parts, texts, strict=True))

    async def read(
        cursor: Annotated[
            Any,
            BeforeValidator(decode),
            WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"}),
            QueryParameter(
                description="Waar de pagina begint; staat in de header Link van de vorige."
            ),
        ] = None,
        limiet: Annotated[
            int,
            QueryParameter(ge=1, le=LARGEST_PAGE, description="Aantal resultaten per pagina."),
        ] = USUAL_PAGE,
    ) -> PageRequest:
        return PageRequest(limiet, cursor, parts)

    return Depends(read)


def next_link(request: Request, page: PageRequest, last_key: Sequence[Any]) -> str:
    """The Link header to the next page: the same question, from here on."""
    same = [
        (name, value) for name, value in request.query_params.multi_items() if name not in _OURS
    ]
    cursor = ".".join(part.write(value) for part, value in zip(page.parts, last_key, strict=True))
    ours = [("limiet", str(page.limit)), ("cursor", cursor)]
    return f'<{request.url.path}?{urlencode(same + ours)}>; rel="next"'
