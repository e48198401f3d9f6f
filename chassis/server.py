"""HTTP servers for the applications of one process, stopped together and in good order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Final

import uvicorn
from starlette.types import ASGIApp

STOP_WITHIN: Final = 10
"""Seconds that requests under way get to end when the process is asked to stop."""
_BACKLOG: Final = 2048


async def serve(
    *listeners: tuple[ASGIApp, str], on_stop: Callable[[], None] = lambda: None
) -> None:
    """Answer on each ``host:port`` until SIGINT or SIGTERM; then finish what is under way.

    on_stop: ends what would be under way for ever, such as a stream.
    Raises OSError when an address cannot be had, before anything is answered.
    """
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(_listen(address)) for _, address in listeners]
        servers = [_Server(_config(app)) for app, _ in listeners]

        def stop() -> None:
            for server in servers:
                server.should_exit = True
            on_stop()

        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
            stack.callback(loop.remove_signal_handler, number)
        async with asyncio.TaskGroup() as group:
            for server, listening in zip(servers, sockets, strict=True):
                group.create_task(server.serve([listening]))


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to ``serve``: uvicorn would end the process before the rest is closed."""
        yield


def _listen(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, int(port)), family=family, backlog=_BACKLOG)
    # Connections inherit it. Without, an answer of two packets waits 40 ms for an acknowledgement;
    # asyncio sets it by itself only on sockets that it made.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        # Its own log lines would hold whole addresses; chassis.telemetry takes in what is left.
        log_config=None,
        access_log=False,
        server_header=False,
        # Nobody in front of us is believed about who is calling.
        proxy_headers=False,
        lifespan="off",
        timeout_graceful_shutdown=STOP_WITHIN,
    )
