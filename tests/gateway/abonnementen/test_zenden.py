"""A receiver can be slow, broken or evil: we get a fixed word for it, in bounded time and space."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from gateway.abonnementen.uitkomst import Soort
from gateway.abonnementen.zenden import Verzender
from tests.gateway.abonnementen.conftest import HIER, Wereld
from tests.gateway.abonnementen.ontvanger import (
    ANDER,
    NAAM,
    Antwoord,
    Certificaten,
    Ontvanger,
    Verzoek,
    luisterend,
    overal_hier,
)

METADATA = "https://169.254.169.254/latest/meta-data"


async def test_een_doorverwijzing_wordt_niet_gevolgd(wereld: Wereld) -> None:
    for status in (301, 302, 303, 307, 308):
        wereld.ontvanger.gedrag = lambda _, s=status: Antwoord(s, {"Location": METADATA})  # type: ignore[misc]
        antwoord = await wereld.verzender.post(wereld.url, {}, b"{}")
        assert (antwoord.status, antwoord.fout) == (status, f"http-{status}")
        assert antwoord.soort is Soort.ONTVANGER
    assert len(wereld.ontvanger.verzoeken) == 5


async def test_van_een_eindeloos_antwoord_wordt_alleen_de_status_gelezen(wereld: Wereld) -> None:
    wereld.ontvanger.gedrag = lambda _: Antwoord(200, body=b"x" * 50_000_000)
    begin = time.monotonic()
    antwoord, ruw = await wereld.verzender.vraag("POST", wereld.url, {}, b"{}")
    assert antwoord.status == 200
    assert ruw is not None
    assert len(ruw.body) <= 16 * 1024
    assert time.monotonic() - begin < 5


async def test_een_half_antwoord_telt_om_zijn_status(wereld: Wereld) -> None:
    wereld.ontvanger.gedrag = lambda _: Antwoord(200, body=b"half", lengte=400)
    assert (await wereld.verzender.post(wereld.url, {}, b"{}")).status == 200


async def test_wie_niet_binnen_de_tijd_antwoordt_is_te_laat(
    wereld: Wereld, certificaten: Certificaten
) -> None:
    async def traag(_: Verzoek) -> Antwoord:
        await asyncio.sleep(30)
        return Antwoord()

    wereld.ontvanger.gedrag = traag
    async with Verzender(
        netwerken=HIER, ca=certificaten.ca, opzoeken=overal_hier, tijd=0.5
    ) as ongeduldig:
        antwoord = await ongeduldig.post(wereld.url, {}, b"{}")
    assert (antwoord.status, antwoord.fout) == (None, "tijd-op")
    assert 400 < antwoord.duur_ms < 5000


async def test_waar_niemand_luistert_is_geen_verbinding(verzender: Verzender) -> None:
    antwoord = await verzender.post(f"https://{NAAM}:1/", {}, b"{}")
    assert antwoord.fout == "geen-verbinding"


async def test_een_certificaat_op_een_andere_naam_wordt_niet_geloofd(
    verzender: Verzender, ontvanger: Ontvanger, certificaten: Certificaten
) -> None:
    async with luisterend(ontvanger, certificaten.van[ANDER]) as poort:
        antwoord = await verzender.post(f"https://{NAAM}:{poort}/", {}, b"{}")
    assert antwoord.fout == "tls"
    assert not ontvanger.verzoeken


async def test_een_certificaat_van_een_onbekende_uitgever_wordt_niet_geloofd(
    wereld: Wereld,
) -> None:
    async with Verzender(netwerken=HIER, opzoeken=overal_hier) as zonder_ca:
        antwoord = await zonder_ca.post(wereld.url, {}, b"{}")
    assert antwoord.fout == "tls"
    assert not wereld.ontvanger.verzoeken


@pytest.mark.parametrize("doet", ["sluiten", "onzin"])
async def test_wie_ophangt_of_onzin_praat_heeft_niets_aangenomen(
    verzender: Verzender, certificaten: Certificaten, doet: str
) -> None:
    async def handel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if doet == "onzin":
            writer.write(b"dit is geen HTTP\r\n\r\n")
            await writer.drain()
        writer.close()

    async with ruw_luisterend(handel, certificaten) as poort:
        antwoord = await verzender.post(f"https://{NAAM}:{poort}/", {}, b"{}")
    assert (antwoord.status, antwoord.fout) == (None, "verbinding-verbroken")


async def test_een_naam_die_niet_bestaat_heeft_een_eigen_woord(certificaten: Certificaten) -> None:
    async with Verzender() as verzender:
        antwoord = await verzender.post("https://bestaat-niet.invalid/", {}, b"{}")
    assert antwoord.fout == "naam-onbekend"


async def test_een_naam_die_naar_binnen_wijst_wordt_geweigerd(wereld: Wereld) -> None:
    async with Verzender(opzoeken=overal_hier) as zonder_netwerken:
        antwoord = await zonder_netwerken.post(wereld.url, {}, b"{}")
    assert antwoord.fout == "adres-geweigerd"
    assert not wereld.ontvanger.verzoeken


@pytest.mark.parametrize("url", ["https://127.0.0.1:{}/", "https://2130706433:{}/"])
async def test_een_adres_als_getal_wordt_geweigerd(wereld: Wereld, url: str) -> None:
    poort = wereld.url.split(":")[2].partition("/")[0]
    async with Verzender() as zonder_netwerken:
        antwoord = await zonder_netwerken.post(url.format(poort), {}, b"{}")
    assert antwoord.fout in ("adres-geweigerd", "naam-onbekend")
    assert not wereld.ontvanger.verzoeken


async def test_een_naam_die_van_gedachten_verandert_bereikt_ons_netwerk_niet(
    wereld: Wereld, certificaten: Certificaten
) -> None:
    """DNS rebinding: what was judged is what is connected to, and each connection asks anew."""
    gevraagd: list[str] = []

    async def wispelturig(_host: str, _poort: int) -> Sequence[str]:
        gevraagd.append(_host)
        return ["127.0.0.1"] if len(gevraagd) == 1 else ["10.0.0.1"]

    async with Verzender(netwerken=HIER, ca=certificaten.ca, opzoeken=wispelturig) as verzender:
        # Closes its connection, so that the next request needs a new one.
        wereld.ontvanger.gedrag = lambda _: Antwoord(200, {"Connection": "close"}, b"")
        assert (await verzender.post(wereld.url, {}, b"{}")).status == 200
        antwoord = await verzender.post(wereld.url, {}, b"{}")
    assert antwoord.fout == "adres-geweigerd"
    assert len(gevraagd) == 2, "één vraag per verbinding: daarna beslist het adres"


async def test_een_proxy_uit_de_omgeving_krijgt_niets(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch, certificaten: Certificaten
) -> None:
    for naam in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(naam, "http://127.0.0.1:9")
    async with Verzender(netwerken=HIER, ca=certificaten.ca, opzoeken=overal_hier) as verzender:
        assert (await verzender.post(wereld.url, {}, b"{}")).status == 204


async def test_retry_after_komt_mee(wereld: Wereld) -> None:
    wereld.ontvanger.gedrag = lambda _: Antwoord(429, {"Retry-After": "7"})
    antwoord = await wereld.verzender.post(wereld.url, {}, b"{}")
    assert antwoord.wacht is not None
    assert antwoord.wacht.total_seconds() == 7


Handelaar = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def ruw_luisterend(handel: Handelaar, certificaten: Certificaten) -> AsyncIterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificaten.van[NAAM])
    server = await asyncio.start_server(handel, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]
