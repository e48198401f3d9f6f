"""The one way a route reads.

    Lezen = Annotated[Query, query("intake.lezen", etag=True)]

    @router.get("/kandidaten/{kandidaatId}", response_model=KandidaatUit)
    async def lees_kandidaat(kandidaat_id: KandidaatId, query: Lezen) -> Response:
        return await query.run(
            lambda uow: store.lees(uow, kandidaat_id), answer=KandidaatUit.van,
            version=lambda kandidaat: kandidaat.versie,
        )

What row-level security hides is not there: `None` is a 404, whoever owns the row.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Depends
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from chassis import trace
from chassis.access import Caller
from chassis.database import Database
from chassis.tenancy import is_gemeente
from chassis.unit_of_work import Reading
from chassis.web.commands import entity_tag, repeated, storable_body
from chassis.web.pages import PageRequest, next_link
from chassis.web.problems import NietGevonden
from chassis.web.rights import Right

Result = TypeVar("Result")


def query(
    scope: str,
    *,
    roles: Collection[str] = (),
    etag: bool = False,
    media_types: tuple[str, ...] = ("application/json",),
    operator: bool = False,
) -> Any:
    """A dependency that admits callers with this scope, in one of these roles (none: any role).

    `etag`: the answer carries its version, and If-None-Match saves sending it again.
    `media_types`: what the route can answer with, where that is not JSON; `Query.media_type` says
    which one the caller chose.  `operator`: for who runs the platform, and nobody else.
    """
    right = QueryRight(
        scope, frozenset(roles), etag=etag, media_types=media_types, operator=operator
    )
    return Depends(right)


class Query:
    """One request to read something, by a caller who may."""

    def __init__(self, request: Request, right: "QueryRight", caller: Caller) -> None:
        self.caller = caller
        self.media_type = right.chosen(request) or right.media_types[0]
        self._request = request
        self._right = right

    def of_gemeente(self, asked: str | None) -> str | None:
        """Whose figures a report is of: of a gemeente its own, of WSD one gemeente or all (None).

        Raises NietGevonden for a gemeente that asks for those of another.
        """
        caller = self.caller.organisation
        if not is_gemeente(caller):
            return asked
        if asked not in (None, caller):
            raise NietGevonden
        return caller

    async def run(
        self,
        read: Callable[[Reading], Awaitable[Result | None]],
        *,
        answer: Callable[[Result], BaseModel],
        version: Callable[[Result], int] | None = None,
    ) -> Response:
        """Answer with what `read` finds; 404 for None, 304 when the caller has this version."""
        if self._right.etag != (version is not None):
            raise TypeError("a route with etag=True gives `version`, and no other route does")
        result = await self.read(read)
        if result is None:
            raise NietGevonden
        headers = {}
        if version:
            headers["ETag"] = entity_tag(version(result))
            if self._has(headers["ETag"]):
                return Response(status_code=304, headers=headers)
        content = answer(result).model_dump_json(by_alias=True)
        return Response(content, 200, headers, "application/json")

    async def page(
        self,
        page: PageRequest,
        read: Callable[[Reading], Awaitable[Sequence[Result]]],
        *,
        answer: Callable[[Result], BaseModel],
        key: Callable[[Result], tuple[Any, ...]],
    ) -> Response:
        """Answer with one page.

        `read` gives rows after `page.after` in the order of `key`, `page.fetch` of them at most:
        one more than the page shows, so that we know whether there is a next one.
        """
        found = await self.read(read)
        shown = found[: page.limit]
        items = ",".join(answer(item).model_dump_json(by_alias=True) for item in shown)
        headers = {}
        if len(found) > page.limit:
            headers["Link"] = next_link(self._request, page, key(shown[-1]))
        return Response(f'{{"resultaten":[{items}]}}', 200, headers, "application/json")

    async def read(self, read: Callable[[Reading], Awaitable[Result]]) -> Result:
        """Only read, for a route that makes its answer itself."""
        await storable_body(self._request)  # A question may be asked with a body.
        database: Database = self._request.app.state.database
        span = trace.current.get()

        async def attempt() -> Result:
            traceparent = span.traceparent if span else None
            async with database.unit_of_work(
                self._right.acts_for(self.caller), traceparent=traceparent
            ) as uow:
                result = await read(uow)
                # What a reader logs of its processing counts before anyone sees the data.
                await uow.commit()
            return result

        return await repeated(attempt)

    def _has(self, current: str) -> bool:
        sent = (tag for h in self._request.headers.getlist("if-none-match") for tag in h.split(","))
        return any(tag.strip().removeprefix("W/") in ("*", current) for tag in sent)


@dataclass(frozen=True, slots=True)
class QueryRight(Right):
    async def __call__(self, request: Request) -> Query:
        return Query(request, self, await self.admit(request))
