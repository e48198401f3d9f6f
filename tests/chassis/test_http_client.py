"""A connection that breaks off at once is one that could not be made, on every event loop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import httpx2
import pytest
import uvloop
from httpcore2 import AsyncHTTPConnection

from chassis.http_client import Transport


@pytest.fixture
def server() -> Iterator[str]:
    """Something to connect to; it never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


@pytest.fixture(autouse=True)
def _reset_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the server is killed right after it took the connection: that moment cannot be had
    by killing one, it comes by itself once in a hundred times."""
    connect = AsyncHTTPConnection._connect

    async def connect_and_lose(self: AsyncHTTPConnection, request: Any) -> Any:
        stream: Any = await connect(self, request)
        stream._stream._transport.abort()
        await asyncio.sleep(0.01)
        return stream

    monkeypatch.setattr(AsyncHTTPConnection, "_connect", connect_and_lose)


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_a_connection_that_is_reset_at_once_is_a_transport_error(
    server: str, run: Callable[[Coroutine[Any, Any, None]], None]
) -> None:
    async def ask() -> None:
        async with httpx2.AsyncClient(transport=Transport()) as client:
            with pytest.raises(httpx2.TransportError):
                await client.get(server)

    run(ask())
