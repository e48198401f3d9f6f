"""Nothing is sent into our own network, whatever a name pretends."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from gateway.abonnementen.adres import AdresGeweigerd, controleer, mag
from gateway.abonnementen.modellen import Url

URL: TypeAdapter[str] = TypeAdapter(Url)
ALLES = (ip_network("0.0.0.0/0"), ip_network("::/0"))

VERBODEN = [
    *("0.0.0.0", "10.1.2.3", "127.0.0.1", "127.9.9.9", "172.16.0.1", "192.168.1.1"),  # noqa: S104
    *("100.64.0.1", "169.254.169.254", "192.0.0.8", "192.0.2.1", "198.18.0.1", "203.0.113.9"),
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("168.63.129.16", "100.100.100.200", "192.0.0.192"),
    *("::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8"),
    *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2001::1"),
    *("fe80::1%eth0",),
]
NOOIT = [
    *("0.0.0.0", "169.254.169.254", "168.63.129.16", "100.100.100.200", "224.0.0.1"),  # noqa: S104
    *("255.255.255.255", "::", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "192.0.0.192"),
]


@pytest.mark.parametrize("adres", VERBODEN)
def test_naar_een_adres_dat_niet_openbaar_is_gaat_niets(adres: str) -> None:
    assert not mag(ip_address(adres))


@pytest.mark.parametrize("adres", NOOIT)
def test_sommige_adressen_staat_geen_instelling_toe(adres: str) -> None:
    assert not mag(ip_address(adres), ALLES)


@pytest.mark.parametrize("adres", ["8.8.8.8", "145.21.1.1", "2a02:898::1", "2001:4860::8888"])
def test_een_openbaar_adres_mag(adres: str) -> None:
    assert mag(ip_address(adres))


def test_een_netwerk_kan_worden_toegestaan() -> None:
    diginetwerk = (ip_network("10.10.0.0/16"), ip_network("127.0.0.0/8"), ip_network("::1/128"))
    for adres in ("10.10.3.4", "127.0.0.1", "::1"):
        assert mag(ip_address(adres), diginetwerk)
    assert not mag(ip_address("10.11.0.1"), diginetwerk)


@given(st.ip_addresses(v=4))
def test_wat_een_ipv4_adres_niet_mag_mag_het_vermomd_ook_niet(adres: IPv4Address) -> None:
    nummer = int(adres)
    for basis in ("::ffff:0:0", "64:ff9b::", "::"):
        vermomd = IPv6Address(int(IPv6Address(basis)) + nummer)
        if vermomd != IPv6Address("::1"):
            assert not mag(vermomd, ALLES)
    assert not mag(IPv6Address((0x2002 << 112) | (nummer << 80)), ALLES)


@given(st.ip_addresses())
def test_wat_mag_is_openbaar_naar_de_maat_van_de_standaardbibliotheek(
    adres: IPv4Address | IPv6Address,
) -> None:
    if mag(adres):
        assert adres.is_global
        assert not (adres.is_private)
        assert not (adres.is_loopback)
        assert not (adres.is_link_local)
        assert not (adres.is_multicast)
        assert not (adres.is_reserved)
        assert not (adres.is_unspecified)


async def test_een_naam_met_een_verboden_adres_erbij_wordt_geweigerd() -> None:
    async def twee(_host: str, _poort: int) -> Sequence[str]:
        return ["8.8.8.8", "127.0.0.1"]

    with pytest.raises(AdresGeweigerd):
        await controleer("ontvanger.example", 443, twee, ())


@pytest.mark.parametrize(
    "url",
    [
        "https://ontvanger.example",
        "https://ontvanger.example/",
        "https://ontvanger.example:8443/pad/van%20hier?x=1&y=/a?b",
        "https://a.b-c.nl:1024/",
        "https://xn--caf-dma.nl/x",
    ],
)
def test_een_gewoon_https_adres_kan_worden_geregistreerd(url: str) -> None:
    assert URL.validate_python(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://ontvanger.example/",
        "https://wie:wat@ontvanger.example/",
        "https://ontvanger.example/#deel",
        "https://ontvanger.example:22/",
        "https://ontvanger.example:1023/",
        "https://ontvanger.example:65536/",
        "https://[::1]/",
        "https:///pad",
        "https://ontvanger.example/pad met spatie",
        "https://ontvanger.example/\r\nHost: x",
        "https://ontvanger.example/\n",
        "https://ontvanger.example\\@127.0.0.1/",
        "https://ontvanger..example/",
        "https://café.nl/",
        "ftp://ontvanger.example/",
    ],
)
def test_elk_ander_adres_niet(url: str) -> None:
    with pytest.raises(ValidationError):
        URL.validate_python(url)
