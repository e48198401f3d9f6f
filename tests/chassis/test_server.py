"""The servers of one process start together, stop together, and finish what is under way."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from chassis.server import _listen, serve

PROGRAM = """
import asyncio, contextlib, sys
from chassis.server import _listen, serve

async def app(scope, receive, send):
    if scope["path"] == "/traag":
        print("binnen", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"af"})

async def until_listening(address):
    host, port = address.split(":")
    while True:
        with contextlib.suppress(OSError):
            (await asyncio.open_connection(host, port))[1].close()
            return
        await asyncio.sleep(0.01)

async def main(*addresses):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(serve(*((app, address) for address in addresses)))
            for address in addresses:
                await until_listening(address)
            print("klaar", flush=True)
    finally:
        print("opgeruimd", flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


def free_addresses(number: int) -> list[str]:
    with contextlib.ExitStack() as stack:
        sockets = [
            stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)
        ]
        return [f"127.0.0.1:{s.getsockname()[1]}" for s in sockets]


@contextlib.asynccontextmanager
async def program(addresses: list[str]) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PROGRAM,
        *addresses,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert await line(process) == "klaar"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_requests_end_and_the_process_clean_up(how: signal.Signals) -> None:
    addresses = free_addresses(2)
    async with program(addresses) as process, httpx2.AsyncClient(trust_env=False) as client:
        for address in addresses:
            assert (await client.get(f"http://{address}/")).text == "af"
        under_way = asyncio.create_task(client.get(f"http://{addresses[0]}/traag"))
        assert await line(process) == "binnen"
        process.send_signal(how)
        assert process.stdin is not None
        process.stdin.write(b"\n")
        assert (await under_way).text == "af"
        assert await line(process) == "opgeruimd"
        assert await process.wait() == 0


async def test_an_address_that_is_taken_is_an_error_at_the_start() -> None:
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None: ...

    with socket.create_server(("127.0.0.1", 0)) as taken:
        (free,) = free_addresses(1)
        with pytest.raises(OSError, match="in use"):
            await serve((app, free), (app, f"127.0.0.1:{taken.getsockname()[1]}"))
        # Nothing is left behind on the other address.
        host, port = free.split(":")
        with socket.create_server((host, int(port))):
            pass


def test_an_answer_in_two_packets_does_not_wait_for_an_acknowledgement() -> None:
    with _listen("127.0.0.1:0") as listening, socket.create_connection(listening.getsockname()):
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
