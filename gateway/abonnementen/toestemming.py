"""Whether a receiver wants to be sent anything: the handshake of CloudEvents (http-webhook §4).

OPTIONS asks; the answer, or later a visit to the callback address, gives permission. A receiver of
ZGW notifications knows no such thing: there our own rights at its Notificaties API are the
permission, seen by reading the kanaal that must be registered there anyway.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.database import Database
from chassis.tenancy import SYSTEM
from chassis.vault import Vault
from chassis.web.problems import MethodeNietToegestaan, NietGevonden
from gateway.abonnementen import bezorging
from gateway.abonnementen.abonnement import Abonnement
from gateway.abonnementen.berichten import KANAAL, Formaat
from gateway.abonnementen.zenden import Verzender
from gateway.gebeurtenissen.wekker import WEKKER

NAAM: Final = "toestemming"
"""The first segment of the callback address."""
GEVRAAGD_TEMPO: Final = 6000
"""Requests a minute that we ask for; a receiver allows fewer if it wants."""
_HOOGSTE_TEMPO: Final = 10**6


@dataclass(frozen=True, slots=True)
class Toestemming:
    """tempo: requests a minute at most, None for as many as we like."""

    tempo: int | None = None


@dataclass(frozen=True, slots=True)
class Weigering:
    """fout: class of what is missing, a fixed word."""

    fout: str


def sleutel(vault: Vault, abonnement: Abonnement) -> str:
    """The secret part of the callback address: the same each time that it is asked, for who finds
    it in a log, and another for another address."""
    text = f"{abonnement.id} {abonnement.callback_url}"
    return vault.blind_index("toestemming van een ontvanger", text).hex()


def hash_van(geheim: str) -> bytes:
    """What is kept of a key, to recognise it by."""
    return hashlib.sha256(geheim.encode()).digest()


async def vraag(
    verzender: Verzender, abonnement: Abonnement, publiek: str, geheim: str
) -> Toestemming | Weigering:
    """Ask a receiver for permission. publiek: ``https://`` address of the gateway."""
    headers = {
        "WebHook-Request-Origin": afzender(publiek),
        "WebHook-Request-Callback": f"{publiek}/{NAAM}/{geheim}",
        "WebHook-Request-Rate": str(GEVRAAGD_TEMPO),
    }
    antwoord, ruw = await verzender.vraag("OPTIONS", abonnement.callback_url, headers)
    if ruw is None:
        return Weigering(antwoord.fout or "onverwacht")
    toegestaan = ruw.headers.get("webhook-allowed-origin", "").strip()
    if toegestaan == "*" or toegestaan.lower() == afzender(publiek):
        return Toestemming(tempo(ruw.headers.get("webhook-allowed-rate", "")))
    return Weigering("afzender-niet-genoemd" if toegestaan else "geen-toestemming")


async def vraag_kanaal(
    verzender: Verzender, abonnement: Abonnement, headers: dict[str, str]
) -> Toestemming | Weigering:
    """See whether a Notificaties API lets us in and knows our kanaal. headers: who we are."""
    basis = abonnement.callback_url.removesuffix("/notificaties")
    antwoord, ruw = await verzender.vraag("GET", f"{basis}/kanaal?naam={KANAAL}", headers)
    if ruw is None or ruw.status != 200:
        return Weigering(antwoord.fout or "onverwacht")
    try:
        kanalen: Any = json.loads(ruw.body)
        namen = [kanaal["naam"] for kanaal in kanalen]
    except (ValueError, TypeError, KeyError):
        return Weigering("kanaal-onleesbaar")
    return Toestemming() if KANAAL in namen else Weigering("kanaal-niet-geregistreerd")


def vraagt_kanaal(abonnement: Abonnement) -> bool:
    return abonnement.formaat is Formaat.ZGW


def afzender(publiek: str) -> str:
    """Our DNS name, by which a receiver knows us."""
    return urlsplit(publiek).hostname or ""


def tempo(header: str) -> int | None:
    """WebHook-Allowed-Rate: requests a minute, None for ``*``, nothing, or nonsense."""
    text = header.strip()
    if not (text.isascii() and text.isdigit() and int(text[:9])):
        return None
    return min(int(text[:9]), _HOOGSTE_TEMPO)


def app(database: Database) -> ASGIApp:
    """``GET`` or ``POST /toestemming/<key>``: the receiver gives permission, whoever it is."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        parts = request.url.path.split("/")
        if len(parts) != 3 or not await _geef(database, parts[2], request):
            raise NietGevonden("Dit adres bestaat niet, of niet meer.")
        await PlainTextResponse("De toestemming is vastgelegd.\n")(scope, receive, send)

    return answer


async def _geef(database: Database, geheim: str, request: Request) -> bool:
    if request.method not in ("GET", "POST"):
        raise MethodeNietToegestaan(headers={"Allow": "GET, POST"})
    async with database.unit_of_work(SYSTEM) as uow:
        gevonden = await bezorging.wacht_op(uow, hash_van(geheim))
        if gevonden is None:
            return False
        id_, afnemer = gevonden
        await uow.act_for(afnemer)
        await bezorging.toestemming_gegeven(
            uow, id_, tempo(request.headers.get("webhook-allowed-rate", ""))
        )
        await uow.commit()
    WEKKER.wake(afnemer)
    return True
