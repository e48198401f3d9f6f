"""A service in another process, as an ASGI application like one in this process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from types import TracebackType
from typing import Final, Self

import httpx2
import structlog
from starlette.types import Receive, Scope, Send

from chassis.http_client import Transport
from chassis.web.problems import TijdelijkNietBeschikbaar
from gateway.entry import headers, paths
from gateway.entry.problems import GeenAntwoord

log = structlog.get_logger(__name__)

TIMEOUT: Final = httpx2.Timeout(connect=2.0, read=30.0, write=10.0, pool=2.0)
LIMITS: Final = httpx2.Limits(
    max_connections=200,
    max_keepalive_connections=50,
    # Shorter than the 5 seconds of uvicorn: else a request goes out on a connection that is just
    # being closed at the other end.
    keepalive_expiry=2.0,
)


_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})


class ReverseProxy:
    """Passes requests on to one service, and answers itself when that does not.

    Each service has its own connections, so that a slow one cannot use up those of the others.
    What comes and goes is streamed: no request or answer is ever whole in memory.
    """

    def __init__(
        self,
        name: str,
        address: str,
        *,
        timeout: httpx2.Timeout = TIMEOUT,
        patience: Mapping[str, float] | None = None,
    ) -> None:
        """address: ``http://host:port``, without a path.

        patience: by path, how many seconds an answer may take there instead.
        """
        self._patience = {
            path: httpx2.Timeout(
                connect=timeout.connect, read=seconds, write=timeout.write, pool=timeout.pool
            )
            for path, seconds in (patience or {}).items()
        }
        self._name = name
        self._address = httpx2.URL(address)
        if self._address.scheme not in ("http", "https") or not self._address.host:
            raise ValueError(f"het adres van {name} is geen http(s)-adres")
        if self._address.path != "/" or self._address.query or self._address.userinfo:
            raise ValueError(f"het adres van {name} heeft alleen een host en een poort")
        # trust_env: a proxy set in the environment must not get to see tokens.
        self._client = httpx2.AsyncClient(
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            transport=Transport(limits=LIMITS, trust_env=False),
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._client.__aexit__(exc_type, exc, traceback)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises TijdelijkNietBeschikbaar or GeenAntwoord, before anything is sent."""
        body = _Body(receive)
        answering = asyncio.create_task(self._answer(scope, body, send))
        leaving = asyncio.create_task(body.caller_left())
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            # Nobody waits for the answer any more, or nobody needs to be watched any more.
            for task in (answering, leaving):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await answering

    async def _answer(self, scope: Scope, body: _Body, send: Send) -> None:
        try:
            response = await self._client.send(self._request(scope, body), stream=True)
        except _CallerLeftError:
            return
        except (httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise self._unavailable(error) from error
        except httpx2.TimeoutException as error:
            log.warning("dienst_antwoordt_niet", dienst=self._name, fout=type(error).__name__)
            raise GeenAntwoord from error
        except httpx2.TransportError as error:
            raise self._unavailable(error) from error
        try:
            own = headers.outwards(response.headers.raw)
            start = {"type": "http.response.start", "status": response.status_code, "headers": own}
            await send(start)
            async for chunk in response.aiter_raw():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            await response.aclose()

    def _request(self, scope: Scope, body: _Body) -> httpx2.Request:
        sent: headers.Headers = scope["headers"]
        own = [(name, value) for name, value in sent if name != b"host"]
        own += [(b"x-forwarded-host", value) for name, value in sent if name == b"host"]
        own.append((b"x-forwarded-proto", scope["scheme"].encode()))
        own.append((b"host", self._address.netloc))
        query = scope["query_string"]
        target = paths.raw_path(scope) + (b"?" + query if query else b"")
        patience = self._patience.get(scope["path"])
        has_body = scope["method"] in _WITH_BODY or any(n == b"content-length" for n, _ in own)
        if not has_body:
            body.skip()
        return httpx2.Request(
            scope["method"],
            self._address.copy_with(raw_path=target),
            headers=own,
            content=body.chunks() if has_body else None,
            extensions={"timeout": patience.as_dict()} if patience else None,
        )

    def _unavailable(self, error: Exception) -> TijdelijkNietBeschikbaar:
        log.warning("dienst_onbereikbaar", dienst=self._name, fout=type(error).__name__)
        return TijdelijkNietBeschikbaar(
            f"De dienst {self._name} is nu niet bereikbaar. Probeer het over enkele seconden "
            "opnieuw; een POST met dezelfde Idempotency-Key, dan gebeurt het nooit twee keer.",
            retry_after=5,
        )


class _CallerLeftError(Exception):
    """The caller hung up before the whole request was in."""


class _Body:
    """The body of a request on its way through, and whether the caller is still there."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._complete = asyncio.Event()

    def skip(self) -> None:
        """There is no body to pass on."""
        self._complete.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        more = True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise _CallerLeftError
            if chunk := message.get("body"):
                yield chunk
            more = message.get("more_body", False)
        self._complete.set()

    async def caller_left(self) -> None:
        """Return when the caller hangs up while waiting for the answer."""
        await self._complete.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass
