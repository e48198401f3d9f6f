"""Receivers of webhooks that can be away for a day."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Collection
from pathlib import Path
from typing import Any, Final

from contracts.afnemers import WSD
from deploy.klantreis.verbinding import Verbinding
from deploy.lokaal.adres import vrije_poorten
from tests.gateway.abonnementen.ontvanger import Ontvanger, luisterend, maak_certificaten
from tests.storing.kanalen import Verteld

ABONNEES: Final = (WSD, "0865")
_ABONNEMENTEN: Final = "/gebeurtenissen/v1/abonnementen"
_NAAM: Final = "localhost"
_SECONDS: Final = 240.0


class Ontvangers:
    """Of some afnemers, on this machine and over TLS."""

    def __init__(self, map_: Path) -> None:
        map_.mkdir(parents=True, exist_ok=True)
        self._certificaten = maak_certificaten(map_, _NAAM)
        self._ontvanger = Ontvanger()
        [self._poort] = vrije_poorten(1)

    @property
    def omgeving(self) -> dict[str, str]:
        """What a gateway must know to be allowed to send here."""
        return {
            "MEEDOEN_WEBHOOK_NETWERKEN": json.dumps(["127.0.0.0/8", "::1/128"]),
            "MEEDOEN_WEBHOOK_CA": str(self._certificaten.ca),
        }

    @contextlib.asynccontextmanager
    async def bereikbaar(self) -> AsyncIterator[None]:
        """Take in what comes, until the block ends; then connections are refused."""
        certificaat = self._certificaten.van[_NAAM]
        async with luisterend(self._ontvanger, certificaat, port=self._poort):
            yield

    async def abonneer(self, verbinding: Verbinding) -> None:
        """Subscribe all to all they may see, and give permission."""
        for afnemer in ABONNEES:
            abonnement = await verbinding.doe(
                afnemer,
                "backoffice",
                _ABONNEMENTEN,
                {
                    "naam": "storingsproef",
                    "callbackUrl": f"https://{_NAAM}:{self._poort}/{afnemer}",
                    "vanaf": f"{afnemer}-0",
                },
            )
            await verbinding.wacht_op(
                afnemer,
                "backoffice",
                f"{_ABONNEMENTEN}/{abonnement['abonnementId']}",
                {},
                lambda gelezen: gelezen["status"] == "actief",
            )

    def verteld(self, afnemer: str) -> list[Verteld]:
        """What was accepted for an afnemer, in that order, doubles too."""
        verzoeken = self._ontvanger.aangenomen[:]
        events: list[dict[str, Any]] = [v.json for v in verzoeken if v.pad == f"/{afnemer}"]
        return [Verteld.van(event) for event in events]

    async def tot_aangekomen(self, afnemer: str, ids: Collection[str]) -> None:
        """Until all of these have come; whoever looks will find what did not come in time."""
        tot = time.monotonic() + _SECONDS
        while time.monotonic() < tot:
            if {event.id for event in self.verteld(afnemer)} >= set(ids):
                return
            await asyncio.sleep(0.5)
