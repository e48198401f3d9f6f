"""To which addresses we send: never to our own network because somebody says so (SSRF).

What a caller registers is a name. What we connect to is an address, and that is what is judged: at
each connection, all that the name has, and the connection goes to the address that was judged. So a
name that changes its mind between question and connection (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final

Adres = IPv4Address | IPv6Address
Netwerk = IPv4Network | IPv6Network
Opzoeken = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host name and a port to the addresses it has. Raises OSError."""

_POORT: Final = (
    "(?:443|102[4-9]|10[3-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}"
    "|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
)
_LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_TEKEN: Final = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"

PATROON: Final = (
    rf"^https://{_LABEL}(?:\.{_LABEL})*(?::{_POORT})?(?:/{_TEKEN}*)*(?:\?(?:{_TEKEN}|[/?])*)?$"
)
"""https, a host in lower case, no user, no fragment. Port 443 or one from 1024 on: below that live
services that are not ours to knock at."""

_NIET_OPENBAAR: Final = tuple(
    ip_network(netwerk)
    # Of IANA's special addresses those that not every version of Python knows as such.
    for netwerk in ("192.0.0.0/24", "100::/64", "2001::/23", "3fff::/20", "5f00::/16")
)
_NOOIT: Final = tuple(
    ip_network(netwerk)
    for netwerk in (
        # Nowhere, link-local (with the metadata services of most clouds), multicast, reserved.
        *("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/128", "fe80::/10", "fec0::/10", "ff00::/8"),
        # Metadata services that stand elsewhere: AWS, Alibaba, Azure, Oracle.
        *("fd00:ec2::254/128", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"),
        # An IPv4 address in disguise: mapped, compatible, NAT64, 6to4 and its relay, Teredo.
        *("::ffff:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48"),
        *("2002::/16", "192.88.99.0/24", "2001::/32"),
    )
)
_LOOPBACK_6: Final = IPv6Address("::1")


class AdresGeweigerd(Exception):
    """The name has an address to which nothing is sent."""


def mag(adres: Adres, toegestaan: Collection[Netwerk] = ()) -> bool:
    """Whether something may be sent to an address: a public one, or in a network that is allowed.

    Some are never allowed, whatever the settings say.
    """
    if isinstance(adres, IPv6Address) and adres.scope_id:
        return False
    if adres != _LOOPBACK_6 and _in(adres, _NOOIT):
        return False
    is_openbaar = adres.is_global and not adres.is_reserved and not _in(adres, _NIET_OPENBAAR)
    return is_openbaar or _in(adres, toegestaan)


async def controleer(
    host: str, poort: int, opzoeken: Opzoeken, toegestaan: Collection[Netwerk]
) -> list[Adres]:
    """The addresses of a host, all of them allowed. Raises AdresGeweigerd, OSError."""
    adressen = list(dict.fromkeys(ip_address(a) for a in await opzoeken(host, poort)))
    if not adressen or not all(mag(adres, toegestaan) for adres in adressen):
        raise AdresGeweigerd
    return adressen


async def zoek_op(host: str, poort: int) -> list[str]:
    """Ask the resolver of this machine."""
    loop = asyncio.get_running_loop()
    gevonden = await loop.getaddrinfo(host, poort, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in gevonden]


def _in(adres: Adres, netwerken: Collection[Netwerk]) -> bool:
    return any(adres.version == n.version and adres in n for n in netwerken)
