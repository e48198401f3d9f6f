"""Calls to a running Meedoen, each in a role of an organisation.

It calls as a good integrator does: each POST with an Idempotency-Key, and again with the same key
as long as there is no answer, so that an outage is waited out and nothing happens twice.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

import httpx2

from chassis.http_client import Transport

_PATIENCE_SECONDS: Final = 30.0
_LOOK_AGAIN_SECONDS: Final = 0.02
_LONGEST_PAUSE_SECONDS: Final = 2.0
_TRY_AGAIN: Final = frozenset({429, 502, 503, 504})
"""Statuses that say: not now. Whether the request was done is then not known."""


class KlantreisFout(Exception):
    """A klantreis cannot go on; the text (Dutch) says at which call and why."""


@dataclass(frozen=True)
class Aanroep:
    """One call as it was made and answered."""

    organisatie: str
    rol: str
    methode: str
    pad: str
    status: int
    milliseconden: float
    antwoord: Any = field(repr=False)


class Verbinding:
    """base_url: of the gateway. gedaan: is told of every call that changed something.

    geduld: seconds after which a call that gets no answer, or not yet the one that is waited for,
    is given up.
    """

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        gedaan: Callable[[Aanroep], None] = lambda _: None,
        geduld: float = _PATIENCE_SECONDS,
    ) -> None:
        self._http = httpx2.AsyncClient(
            base_url=base_url, timeout=60.0, transport=transport or Transport()
        )
        self._tokens: dict[tuple[str, str], str] = {}
        self._gedaan = gedaan
        self._geduld = geduld
        self.herhaald: Counter[str] = Counter()
        """How often a request was sent again, by status or by what became of the connection."""

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.__aexit__(exc_type, exc, traceback)

    async def token(self, organisatie: str, rol: str) -> str:
        """A token of the development issuer, asked once."""
        key = organisatie, rol
        if key not in self._tokens:
            answer = await self._stuur(
                "POST",
                "/ontwikkeluitgever/token",
                json={"organisatie": organisatie, "rol": rol},
            )
            if answer.status_code != httpx2.codes.OK:
                raise KlantreisFout(
                    "Deze Meedoen heeft geen ontwikkeluitgever voor tokens. Speel een klantreis "
                    "alleen af tegen een lokale Meedoen (./meedoen up)."
                )
            self._tokens[key] = answer.json()["access_token"]
        return self._tokens[key]

    async def lees(
        self, organisatie: str, rol: str, pad: str, params: Mapping[str, Any] | None = None
    ) -> httpx2.Response:
        """GET, whatever the answer is. Raises KlantreisFout when there is none."""
        headers = {"Authorization": f"Bearer {await self.token(organisatie, rol)}"}
        return await self._stuur("GET", pad, params=params, headers=headers)

    async def doe(
        self,
        organisatie: str,
        rol: str,
        pad: str,
        body: Mapping[str, Any],
        *,
        zodra: Collection[str] = (),
        sleutel: str | None = None,
        if_match: str | None = None,
    ) -> Any:
        """POST with an Idempotency-Key; gives the answer of a 201.

        zodra: the codes of refusals that mean that an event has not arrived there yet; the same
        request is then sent again until it has. sleutel: the Idempotency-Key, a new one by default.
        if_match: the version that is to be changed, where the operation asks for it.
        Raises KlantreisFout for any other refusal.
        """
        headers = {
            "Authorization": f"Bearer {await self.token(organisatie, rol)}",
            "Idempotency-Key": sleutel or str(uuid4()),
            **({"If-Match": if_match} if if_match else {}),
        }
        deadline = time.monotonic() + self._geduld
        while True:
            begin = time.perf_counter()
            answer = await self._stuur("POST", pad, json=body, headers=headers)
            duur = (time.perf_counter() - begin) * 1000
            if answer.status_code == httpx2.codes.CREATED:
                self._gedaan(
                    Aanroep(organisatie, rol, "POST", pad, 201, duur, antwoord := answer.json())
                )
                return antwoord
            problem = _problem(answer)
            if problem.get("code") not in zodra or time.monotonic() > deadline:
                raise KlantreisFout(
                    f"POST {pad} gaf {answer.status_code}: {problem.get('title')}. "
                    f"{problem.get('detail')} {problem.get('fouten', '')}".strip()
                )
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def wacht_op(
        self,
        organisatie: str,
        rol: str,
        pad: str,
        params: Mapping[str, Any],
        gevonden: Callable[[Any], Any],
    ) -> Any:
        """GET until the answer has what is looked for; gives that."""
        deadline = time.monotonic() + self._geduld
        while True:
            answer = await self.lees(organisatie, rol, pad, params)
            if answer.status_code == httpx2.codes.OK and (found := gevonden(answer.json())):
                return found
            if time.monotonic() > deadline:
                raise KlantreisFout(
                    f"GET {pad} liet na {self._geduld:.0f} s nog niet zien wat was verwacht."
                )
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _stuur(self, methode: str, pad: str, **verzoek: Any) -> httpx2.Response:
        """Send a request until it is answered. Raises KlantreisFout when the patience ends."""
        deadline = time.monotonic() + self._geduld
        pause = _LOOK_AGAIN_SECONDS
        while True:
            try:
                answer = await self._http.request(methode, pad, **verzoek)
            except httpx2.TransportError as error:
                reason = type(error).__name__
            else:
                if answer.status_code not in _TRY_AGAIN:
                    return answer
                reason = str(answer.status_code)
            if time.monotonic() > deadline:
                raise KlantreisFout(
                    f"{methode} {pad} kreeg in {self._geduld:.0f} s geen antwoord: {reason}."
                )
            self.herhaald[reason] += 1
            await asyncio.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - no secret
            pause = min(_LONGEST_PAUSE_SECONDS, pause * 2)


def _problem(answer: httpx2.Response) -> dict[str, Any]:
    try:
        problem = answer.json()
    except ValueError:
        return {"title": "geen leesbaar antwoord"}
    return problem if isinstance(problem, dict) else {}
