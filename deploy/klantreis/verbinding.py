"""Calls to a running Meedoen, each in a role of an organisation."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

import httpx2

_PATIENCE_SECONDS: Final = 30.0
_LOOK_AGAIN_SECONDS: Final = 0.02


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
    """base_url: of the gateway. gedaan: is told of every call that changed something."""

    def __init__(
        self,
        base_url: str,
        *,
        transport: httpx2.AsyncBaseTransport | None = None,
        gedaan: Callable[[Aanroep], None] = lambda _: None,
    ) -> None:
        self._http = httpx2.AsyncClient(base_url=base_url, timeout=60.0, transport=transport)
        self._tokens: dict[tuple[str, str], str] = {}
        self._gedaan = gedaan

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
            answer = await self._http.post(
                "/ontwikkeluitgever/token", json={"organisatie": organisatie, "rol": rol}
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
        """GET, whatever the answer is."""
        headers = {"Authorization": f"Bearer {await self.token(organisatie, rol)}"}
        return await self._http.get(pad, params=params, headers=headers)

    async def doe(
        self, organisatie: str, rol: str, pad: str, body: Mapping[str, Any], *, zodra: str = ""
    ) -> Any:
        """POST with an Idempotency-Key; gives the answer of a 201.

        zodra: the code of a refusal that means that an event has not arrived there yet; the same
        request is then sent again until it has. Raises KlantreisFout for any other refusal.
        """
        headers = {
            "Authorization": f"Bearer {await self.token(organisatie, rol)}",
            "Idempotency-Key": str(uuid4()),
        }
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            begin = time.perf_counter()
            answer = await self._http.post(pad, json=body, headers=headers)
            duur = (time.perf_counter() - begin) * 1000
            if answer.status_code == httpx2.codes.CREATED:
                self._gedaan(
                    Aanroep(organisatie, rol, "POST", pad, 201, duur, antwoord := answer.json())
                )
                return antwoord
            problem = _problem(answer)
            if problem.get("code") != zodra or time.monotonic() > deadline:
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
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            answer = await self.lees(organisatie, rol, pad, params)
            if answer.status_code == httpx2.codes.OK and (found := gevonden(answer.json())):
                return found
            if time.monotonic() > deadline:
                raise KlantreisFout(
                    f"GET {pad} liet na {_PATIENCE_SECONDS:.0f} s nog niet zien wat was verwacht."
                )
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)


def _problem(answer: httpx2.Response) -> dict[str, Any]:
    try:
        problem = answer.json()
    except ValueError:
        return {"title": "geen leesbaar antwoord"}
    return problem if isinstance(problem, dict) else {}
