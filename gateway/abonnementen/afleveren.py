"""One delivery: the message, signed, with who we are, to the address of an abonnement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.clock import Clock
from gateway.abonnementen.aanmelding import Aanmelder, Aanmelding, GeenToken
from gateway.abonnementen.abonnement import Abonnement
from gateway.abonnementen.berichten import bericht
from gateway.abonnementen.ondertekening import onderteken
from gateway.abonnementen.toestemming import afzender
from gateway.abonnementen.uitkomst import Antwoord
from gateway.abonnementen.zenden import Verzender

_NIET_AANGEMELD = 401


@dataclass(frozen=True, slots=True)
class Bestemming:
    """An abonnement with all that is secret of it, for as long as it is being delivered to.

    geheimen: to sign with, and until when each does so.
    """

    abonnement: Abonnement
    aanmelding: Aanmelding
    geheimen: Sequence[tuple[str, datetime | None]]


class Afleveraar:
    """Delivers. publiek: ``https://`` address of the gateway."""

    def __init__(self, verzender: Verzender, clock: Clock, publiek: str) -> None:
        self.verzender = verzender
        self.publiek = publiek
        self._aanmelder = Aanmelder(verzender, clock)
        self._clock = clock

    async def lever(self, aan: Bestemming, event_id: UUID, cloudevent: str) -> Antwoord:
        """Try once. Never raises for what a receiver does."""
        abonnement = aan.abonnement
        wat = bericht(abonnement.formaat, cloudevent, self.publiek)
        nu = self._clock.now()
        geldig = [geheim for geheim, tot in aan.geheimen if tot is None or tot > nu]
        headers = {
            "Content-Type": wat.media_type,
            "WebHook-Request-Origin": afzender(self.publiek),
            **onderteken(geldig, str(event_id), nu, wat.body),
        }
        try:
            antwoord = await self._post(aan, headers, wat.body)
            if antwoord.status == _NIET_AANGEMELD and self._aanmelder.vergeet(abonnement.id):
                antwoord = await self._post(aan, headers, wat.body)
        except GeenToken as error:
            return Antwoord(None, 0, error.fout)
        return antwoord

    async def headers(self, aan: Bestemming) -> dict[str, str]:
        """Who we are, at this receiver. Raises GeenToken."""
        abonnement = aan.abonnement
        return await self._aanmelder.headers(abonnement.id, abonnement.versie, aan.aanmelding)

    async def _post(self, aan: Bestemming, headers: dict[str, str], body: bytes) -> Antwoord:
        alle = headers | await self.headers(aan)
        return await self.verzender.post(aan.abonnement.callback_url, alle, body)
