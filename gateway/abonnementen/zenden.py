"""One HTTP request to a receiver, and what came of it: a status, a time and a class of failure."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import httpcore2

from chassis.clock import Clock, SystemClock
from gateway.abonnementen.adres import AdresGeweigerd, Netwerk, Opzoeken, controleer, zoek_op
from gateway.abonnementen.uitkomst import Antwoord, retry_after

TIJD: Final = 10.0
"""Seconds for all of a request: name, connection, sending, answer."""
_LEES_TIJD: Final = 1.0
_LEES: Final = 16 * 1024
"""Bytes of an answer that are read: enough to use the connection again. Nobody looks at them."""
_GEBRUIKER: Final = "Meedoen-webhooks/1"
_KEEPALIVE: Final = 2.0
"""Shorter than the 5 seconds of many servers: else a request goes out on a connection that is just
being closed at the other end."""


@dataclass(frozen=True, slots=True)
class Ruw:
    """An answer as it came. body: its beginning, of what we asked for ourselves."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Verzender:
    """Sends over HTTPS to addresses that are allowed, and follows nobody anywhere else.

    netwerken: networks that are allowed although they are not public, such as Diginetwerk.
    ca: file with certificates to trust besides those of the system.
    """

    def __init__(
        self,
        *,
        netwerken: Collection[Netwerk] = (),
        ca: Path | None = None,
        opzoeken: Opzoeken = zoek_op,
        clock: Clock | None = None,
        tijd: float = TIJD,
    ) -> None:
        self._clock = clock or SystemClock()
        self._tijd = tijd
        context = httpcore2.default_ssl_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if ca is not None:
            context.load_verify_locations(ca)
        # No proxy from the environment, no redirects: the pool knows neither.
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=None,
            max_keepalive_connections=100,
            keepalive_expiry=_KEEPALIVE,
            network_backend=_Gecontroleerd(netwerken, opzoeken),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._pool.aclose()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Antwoord:
        """Send, and say what the receiver answered. Never raises for what it does."""
        return (await self.vraag("POST", url, headers, body))[0]

    async def vraag(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[Antwoord, Ruw | None]:
        """As ``post``, with the answer itself, for what we ask on our own account."""
        begin = time.monotonic()

        def duur() -> int:
            return round((time.monotonic() - begin) * 1000)

        try:
            async with asyncio.timeout(self._tijd) as grens:
                ruw = await self._vraag(method, url, headers, body, grens)
        except TimeoutError:
            return Antwoord(None, duur(), "tijd-op"), None
        except Exception as error:
            return Antwoord(None, duur(), _foutklasse(error)), None
        fout = None if 200 <= ruw.status < 300 else f"http-{ruw.status}"
        wacht = retry_after(ruw.headers.get("retry-after", ""), self._clock.now())
        return Antwoord(ruw.status, duur(), fout, wacht), ruw

    async def _vraag(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        grens: asyncio.Timeout,
    ) -> Ruw:
        alle = {"User-Agent": _GEBRUIKER, "Accept": "*/*", **headers}
        async with self._pool.stream(
            method, url, headers=list(alle.items()), content=body if method == "POST" else None
        ) as response:
            grens.reschedule(None)
            # The receiver has said what it had to say, the status: what follows changes nothing.
            begin = b""
            with contextlib.suppress(httpcore2.NetworkError, httpcore2.ProtocolError, TimeoutError):
                async with asyncio.timeout(_LEES_TIJD):
                    async for deel in response.aiter_stream():
                        begin += deel[: _LEES - len(begin)]
                        if len(begin) >= _LEES:
                            break
            gevonden = {
                n.decode("latin-1").lower(): v.decode("latin-1") for n, v in response.headers
            }
            return Ruw(response.status, gevonden, begin)


class _Gecontroleerd(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that were judged, in their turn."""

    def __init__(self, netwerken: Collection[Netwerk], opzoeken: Opzoeken) -> None:
        self._netwerken = netwerken
        self._opzoeken = opzoeken
        self._net = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface of httpcore2
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        laatste: Exception = OSError()
        for adres in await controleer(host, port, self._opzoeken, self._netwerken):
            try:
                return await self._net.connect_tcp(
                    str(adres), port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                laatste = error
        raise laatste


def _foutklasse(error: BaseException) -> str:
    """A fixed word for what went wrong: the text of an error may hold anything."""
    keten: BaseException | None = error
    while keten is not None:
        match keten:
            case AdresGeweigerd():
                return "adres-geweigerd"
            case ssl.SSLError():
                return "tls"
            case socket.gaierror():
                return "naam-onbekend"
        keten = keten.__cause__ or keten.__context__
    match error:
        case httpcore2.TimeoutException():
            return "tijd-op"
        case httpcore2.ConnectError() | OSError():
            return "geen-verbinding"
        case httpcore2.NetworkError() | httpcore2.ProtocolError():
            return "verbinding-verbroken"
        case _:
            return "onverwacht"
