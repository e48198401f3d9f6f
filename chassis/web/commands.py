"""The one way a route changes something.

    Aanmelden = Annotated[Command, command("intake.schrijven", roles={"klantmanager"})]

    @router.post("/kandidaten", status_code=201, response_model=KandidaatUit,
                 responses=problems(BsnAlBekend))
    async def meld_kandidaat_aan(invoer: AanmeldingIn, command: Aanmelden) -> Response:
        return await command.run(
            lambda uow: use_cases.meld_aan(uow, invoer.naar_opdracht()),
            answer=KandidaatUit.van,
            location=lambda kandidaat: f"/kandidaten/{kandidaat.id}",
        )

The answer is made before the commit and sent after it: when the commit fails the caller gets an
error and never a 201.
"""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import asyncpg
from fastapi import Depends
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from chassis import trace
from chassis.access import Caller
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from chassis.web.idempotency import Hash, Key, KeyTakenError, begin_fingerprint, read_key
from chassis.web.invalid_input import fault, unstorable_text
from chassis.web.problems import (
    OngeldigeInvoer,
    TijdelijkNietBeschikbaar,
    VersieVereist,
    VersieVerouderd,
)
from chassis.web.rights import Right

Result = TypeVar("Result")

ATTEMPTS: Final = 3
LONGEST_PAUSE: Final = 0.05
"""Seconds before the second attempt, at most; it doubles with each further one."""

IF_MATCH: Final = r'(\*|(W/)?"[!#-+\--~]*"( *, *(W/)?"[!#-+\--~]*")*)'
"""A list of entity tags as in RFC 9110; a comma within one is not for us."""

_LOST: Final = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


def command(
    scope: str,
    *,
    roles: Collection[str] = (),
    etag: bool = False,
    if_match: bool = False,
    operator: bool = False,
) -> Any:
    """A dependency that admits callers with this scope, in one of these roles (none: any role).

    `etag`: the answer carries the version of what was changed.  `if_match`: the caller must say
    which version is to be changed; the use case calls `command.require_version`.  `operator`: for
    who runs the platform, and nobody else.
    """
    right = CommandRight(
        scope,
        frozenset(roles),
        etag=etag or if_match,
        operator=operator,
        if_match=if_match,
    )
    return Depends(right)


class Command:
    """One request to change something, by a caller who may."""

    def __init__(self, request: Request, right: "CommandRight", caller: Caller) -> None:
        self.caller = caller
        self._request = request
        self._right = right
        self._if_match = _read_if_match(request) if right.if_match else frozenset()
        self._fingerprint: Hash | None = None

    def require_version(self, current: int) -> None:
        """To be called in the unit of work, on the locked row: 412 unless If-Match names it."""
        if not self._if_match & {"*", entity_tag(current)}:
            raise VersieVerouderd(headers={"ETag": entity_tag(current)})

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body as it comes in, for a route that never has it whole; to be read before `run`.

        What cannot be stored is then for the route itself to refuse.
        """
        self._fingerprint = begin_fingerprint(self._request)
        async for chunk in self._request.stream():
            self._fingerprint.update(chunk)
            yield chunk

    async def run(
        self,
        use_case: Callable[[UnitOfWork], Awaitable[Result]],
        *,
        answer: Callable[[Result], BaseModel] | None = None,
        location: Callable[[Result], str] | None = None,
        version: Callable[[Result], int] | None = None,
    ) -> Response:
        """Run the use case in one transaction and answer with what it returns.

        A use case must stand being run again from the start: it is, when the transaction loses from
        another one.  So it touches the database through the unit of work and nothing else.
        """
        key = await self._key()

        async def attempt() -> Response:
            async with self._unit_of_work() as uow:
                result = await use_case(uow)
                response = self._response(result, answer, location, version)
                if key:
                    if uow.organisation != (caller := self._right.acts_for(self.caller)):
                        # The use case handed over to another; the answer stays the caller's.
                        await uow.act_for(caller)
                    await key.keep(uow, response)
                await uow.commit()
            return response

        try:
            return await repeated(attempt)
        except Exception:
            # A repeated request is refused for what the first one did ("already there"), or
            # finds its key taken at the end: either way the first one's answer is the answer.
            earlier = await self._earlier_answer(key)
            if earlier is None:
                raise
            return earlier

    async def run_steps(
        self,
        steps: Callable[[], Awaitable[Result]],
        *,
        answer: Callable[[Result], BaseModel],
        location: Callable[[Result], str] | None = None,
    ) -> Response:
        """Run something that commits step by step, and answer with what it returns.

        Only for steps that do no harm when they are taken again: a caller that never got the answer
        sends its request once more, and there may be no answer kept yet.
        """
        key = await self._key()
        earlier = await self._earlier_answer(key)
        if earlier is not None:
            return earlier
        response = self._response(await steps(), answer, location, None)
        if key is not None:
            async with self._unit_of_work() as uow:
                try:
                    await key.keep(uow, response)
                except KeyTakenError:
                    return response  # The same request at the same time: both tell what they saw.
                await uow.commit()
        return response

    async def _key(self) -> Key | None:
        """The Idempotency-Key, for a request whose body can be stored."""
        fingerprint = self._fingerprint
        if fingerprint is None:
            body = await storable_body(self._request)
            fingerprint = begin_fingerprint(self._request)
            fingerprint.update(body)
        if self._request.method not in ("POST", "PATCH"):
            return None
        return read_key(self._request, fingerprint.digest(), self.caller.client_id)

    async def _earlier_answer(self, key: Key | None) -> Response | None:
        if key is None:
            return None
        async with self._unit_of_work() as uow:
            return await key.earlier_answer(uow)

    def _unit_of_work(self) -> UnitOfWork:
        span, database = trace.current.get(), cast("Database", self._request.app.state.database)
        traceparent = span.traceparent if span else None
        return database.unit_of_work(self._right.acts_for(self.caller), traceparent=traceparent)

    def _response(
        self,
        result: Result,
        answer: Callable[[Result], BaseModel] | None,
        location: Callable[[Result], str] | None,
        version: Callable[[Result], int] | None,
    ) -> Response:
        route = self._request.scope["route"]
        status = route.status_code or 200
        # The OpenAPI promises these, so a route that forgets them must not pass its first test.
        if (status == 201) != (location is not None):
            raise TypeError("a 201 has a location, and nothing else has")
        if self._right.etag != (version is not None):
            raise TypeError("a route with etag=True gives `version`, and no other route does")
        if (route.response_model is None) != (answer is None):
            raise TypeError("a route with a response_model gives `answer`, and no other route does")
        headers = {}
        if location:
            headers["Location"] = self._request.app.state.prefix + location(result)
        if version:
            headers["ETag"] = entity_tag(version(result))
        if answer is None:
            return Response(status_code=status, headers=headers)
        content = answer(result).model_dump_json(by_alias=True)
        return Response(content, status, headers, "application/json")


@dataclass(frozen=True, slots=True)
class CommandRight(Right):
    if_match: bool = False

    async def __call__(self, request: Request) -> Command:
        return Command(request, self, await self.admit(request))


def _read_if_match(request: Request) -> frozenset[str]:
    header = ",".join(request.headers.getlist("if-match"))
    if not header:
        raise VersieVereist
    if not re.fullmatch(IF_MATCH, header):
        melding = "Geef hier de ETag op, met de aanhalingstekens."
        raise OngeldigeInvoer(fault("header.If-Match", "verkeerde-vorm", melding))
    return frozenset(tag.strip() for tag in header.split(","))


async def storable_body(request: Request) -> bytes:
    """The JSON body of a request. Raises OngeldigeInvoer for text that cannot be stored."""
    body = await request.body()
    # Such text comes in as an escape, so most bodies need no closer look.
    if rb"\u" in body and (found := list(unstorable_text(await request.json()))):
        raise OngeldigeInvoer(*found)
    return body


def entity_tag(version: int) -> str:
    return f'"{version}"'


async def repeated(attempt: Callable[[], Awaitable[Result]]) -> Result:
    """Run a whole transaction again when it lost from another one, a few times."""
    for number in range(1, ATTEMPTS + 1):
        try:
            return await attempt()
        except _LOST as error:
            if number == ATTEMPTS:
                raise TijdelijkNietBeschikbaar from error
            # Jitter keeps two transactions that met once from meeting again.
            await asyncio.sleep(random.uniform(0, LONGEST_PAUSE * 2 ** (number - 1)))  # noqa: S311
    raise AssertionError("unreachable")
