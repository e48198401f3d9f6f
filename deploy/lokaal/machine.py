"""Small things about this machine that the local servers share: processes, ports, locks."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO


class SlotBezet(Exception):
    """Another living process holds the lock; `houder` is its process id, as text."""

    def __init__(self, houder: str) -> None:
        super().__init__(houder)
        self.houder = houder


def neem_slot(bestand: Path) -> IO[str]:
    """Lock a file until it is closed or this process dies, and write our process id in it."""
    slot = bestand.open("a+")
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        slot.seek(0)
        houder = slot.read().strip() or "onbekend"
        slot.close()
        raise SlotBezet(houder) from None
    slot.truncate(0)
    slot.write(str(os.getpid()))
    slot.flush()
    return slot


def wacht_tot(voorwaarde: Callable[[], bool], seconden: float, stap: float = 0.01) -> bool:
    """Poll until the condition holds; False when the time is up."""
    einde = time.monotonic() + seconden
    while not voorwaarde():
        if time.monotonic() > einde:
            return False
        time.sleep(stap)
    return True


def bestaat(pid: int) -> bool:
    """Whether a process with this id exists, a zombie included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_vrij(poort: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", poort))
        except OSError:
            return False
    return True


def luistert(poort: int) -> bool:
    """Whether something accepts connections on this port of 127.0.0.1."""
    try:
        with socket.create_connection(("127.0.0.1", poort), timeout=1):
            return True
    except OSError:
        return False


def vrije_poorten(aantal: int) -> list[int]:
    """Different ports of 127.0.0.1 that are free now."""
    with ExitStack() as open_:
        sockets = [
            open_.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            for _ in range(aantal)
        ]
        for s in sockets:
            s.bind(("127.0.0.1", 0))
        return [s.getsockname()[1] for s in sockets]


def laatste_regels(tekst: str, aantal: int = 5) -> str:
    """The end of a server's log, indented, for in an error message."""
    return "\n".join(f"  {regel}" for regel in tekst.strip().splitlines()[-aantal:])
