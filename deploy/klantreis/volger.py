"""What the feeds of the afnemers tell while klantreizen are played."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from contracts.afnemers import WSD
from deploy.klantreis.verbinding import KlantreisFout, Verbinding

_FEED: Final = "/gebeurtenissen/v1/gebeurtenissen"
_WAIT_SECONDS: Final = 20
_PATIENCE_SECONDS: Final = 60.0


@dataclass
class Ontvangen:
    """One event, with which organisations received it and after how many milliseconds."""

    gebeurtenis: dict[str, Any]
    milliseconden: dict[str, float] = field(default_factory=dict)

    @property
    def naam(self) -> str:
        """The kebab-case name in its type."""
        return str(self.gebeurtenis["type"]).split(".")[2]

    @property
    def subject(self) -> str:
        return str(self.gebeurtenis["subject"])


class Volger:
    """Reads the feeds of some organisations from the moment it starts."""

    def __init__(self, verbinding: Verbinding, organisaties: Collection[str]) -> None:
        self._verbinding = verbinding
        self._organisaties = tuple(organisaties)
        self._veranderd = asyncio.Condition()
        self.ontvangen: dict[str, Ontvangen] = {}
        self.per_organisatie: dict[str, list[str]] = defaultdict(list)
        """Event ids in the order in which an organisation received them."""

    @contextlib.asynccontextmanager
    async def volgend(self) -> AsyncIterator[None]:
        """Follow the feeds until the block ends."""
        cursors = {o: await self._cursor(o) for o in self._organisaties}
        tasks = [asyncio.create_task(self._volg(o, cursor)) for o, cursor in cursors.items()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def wacht(self, klaar: Callable[[], bool]) -> bool:
        """Until enough has been received; False when it takes too long."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), self._veranderd:
                await self._veranderd.wait_for(klaar)
        except TimeoutError:
            return False
        return True

    async def _cursor(self, organisatie: str) -> str:
        page = await self._lees(organisatie, {"na": "nu"})
        return str(page["cursor"])

    async def _volg(self, organisatie: str, cursor: str) -> None:
        while True:
            page = await self._lees(
                organisatie, {"na": cursor, "wacht": _WAIT_SECONDS, "limiet": 500}
            )
            cursor = page["cursor"]
            async with self._veranderd:
                for regel in page["resultaten"]:
                    self._neem_op(organisatie, regel)
                self._veranderd.notify_all()

    def _neem_op(self, organisatie: str, regel: dict[str, Any]) -> None:
        event = regel["gebeurtenis"]
        ontvangen = self.ontvangen.setdefault(event["id"], Ontvangen(event))
        duur = datetime.fromisoformat(regel["ontvangenOp"]) - datetime.fromisoformat(event["time"])
        ontvangen.milliseconden[organisatie] = duur.total_seconds() * 1000
        self.per_organisatie[organisatie].append(event["id"])

    async def _lees(self, organisatie: str, params: dict[str, Any]) -> dict[str, Any]:
        rol = "trajectconsulent" if organisatie == WSD else "klantmanager"
        answer = await self._verbinding.lees(organisatie, rol, _FEED, params)
        if answer.status_code != 200:
            raise KlantreisFout(f"GET {_FEED} gaf {answer.status_code}.")
        page: dict[str, Any] = answer.json()
        return page
