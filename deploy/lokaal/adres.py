"""Where the local run listens, and what to say when that is not to be had."""

from __future__ import annotations

import socket

HOST = "127.0.0.1"


class AdresBezet(Exception):
    """Another program listens there; the text (Dutch) says what to do."""


def eis_vrij(poort: int) -> None:
    """Raises AdresBezet when nothing can listen on this port of the loopback address."""
    try:
        socket.create_server((HOST, poort)).close()
    except OverflowError as fout:
        raise AdresBezet(f"Een poort is een getal van 1 tot en met 65535, {poort} niet.") from fout
    except OSError as fout:
        raise AdresBezet(
            f"Poort {poort} is al in gebruik (misschien draait Meedoen al).\n"
            f"Stop wat daar draait, of kies een andere poort: ./meedoen up --poort {poort + 1}"
        ) from fout


def vrije_poorten(aantal: int) -> list[int]:
    """Ports that nothing listens on now."""
    sockets = [socket.create_server((HOST, 0)) for _ in range(aantal)]
    poorten = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return poorten
