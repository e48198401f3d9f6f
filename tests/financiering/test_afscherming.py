"""Wie wat mag zien: de gemeente het eigen, WSD waar zij bij betrokken is, anderen niets."""

from __future__ import annotations

from datetime import date

import httpx2
import pytest

from chassis.database import Database
from contracts.afnemers import WSD
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

ONDERDELEN = ["", "/berekening?op=2026-12-01", "/maanden?vanaf=2026-12&tot=2026-12"]


@pytest.fixture
async def pad(omgeving: Omgeving) -> str:
    """Of a subsidy of Boxtel."""
    kandidaat = Kandidaat(BOXTEL)
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.loonwaarde(40, date(2026, 11, 2)),
        kandidaat.plaatsing(date(2026, 12, 1)),
    )
    return f"/loonkostensubsidies/{(await omgeving.lks(kandidaat)).lks_id}"


@pytest.mark.parametrize("onderdeel", ONDERDELEN)
async def test_boxtel_en_wsd_zien_een_subsidie_van_boxtel_en_vught_niet(
    client: Client, pad: str, onderdeel: str
) -> None:
    assert (await client(BOXTEL).get(pad + onderdeel)).status_code == 200
    assert (await client(WSD).get(pad + onderdeel)).status_code == 200
    verborgen = await client(VUGHT).get(pad + onderdeel)
    assert (verborgen.status_code, verborgen.json()["code"]) == (404, "niet-gevonden")


async def test_een_lijst_toont_alleen_wat_de_organisatie_mag_zien(
    client: Client, omgeving: Omgeving, pad: str
) -> None:
    vught = Kandidaat(VUGHT)
    await omgeving.hoort(vught.doorverwezen(), vught.plaatsing(date(2026, 12, 1)))

    async def gemeenten(organisatie: str) -> list[str]:
        pagina = (await client(organisatie).get("/loonkostensubsidies")).json()
        return sorted(lks["gemeentecode"] for lks in pagina["resultaten"])

    assert await gemeenten(BOXTEL) == [BOXTEL]
    assert await gemeenten(VUGHT) == [VUGHT]
    assert await gemeenten(WSD) == [BOXTEL, VUGHT]
    assert await gemeenten("0753") == []


@pytest.mark.parametrize(
    "tabel", ["kandidaat", "leeftijdsovergang", "loonwaarde", "loonkostensubsidie", "vaststelling"]
)
async def test_de_database_zelf_houdt_elke_tabel_afgeschermd(
    omgeving: Omgeving, database: Database, pad: str, tabel: str
) -> None:
    kandidaat = Kandidaat(BOXTEL)
    await omgeving.hoort(
        kandidaat.doorverwezen(groep="20"), kandidaat.leeftijdsgroep("21+", date(2026, 11, 1))
    )

    async def rijen(organisatie: str) -> int:
        async with database.unit_of_work(organisatie) as uow:
            return int(await uow.connection.fetchval(f"SELECT count(*) FROM {tabel}"))  # noqa: S608

    assert await rijen(BOXTEL) > 0
    assert await rijen(WSD) == await rijen(BOXTEL)
    assert await rijen(VUGHT) == 0
    assert await database.pool.fetchval(f"SELECT count(*) FROM {tabel}") == 0  # noqa: S608


async def test_wsd_ziet_niets_van_een_kandidaat_waar_zij_niet_bij_betrokken_is(
    omgeving: Omgeving, database: Database
) -> None:
    kandidaat = Kandidaat(BOXTEL)
    await omgeving.hoort(kandidaat.leeftijdsgroep("21+", date(2026, 11, 1)))
    async with database.unit_of_work(WSD) as uow:
        assert await uow.connection.fetchval("SELECT count(*) FROM kandidaat") == 0
        assert await uow.connection.fetchval("SELECT count(*) FROM leeftijdsovergang") == 0


async def test_wie_een_andere_gemeente_noemt_geeft_haar_de_kandidaat_niet(
    omgeving: Omgeving, database: Database
) -> None:
    """Whatever gemeente an event names: it is heard for Boxtel, and Vught sees nothing of it."""
    kandidaat = Kandidaat(BOXTEL)
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 12, 1)))
    kandidaat.gemeentecode = VUGHT
    await omgeving.hoort(kandidaat.loonwaarde(90, date(2026, 12, 2)))
    kandidaat.gemeentecode = BOXTEL
    assert {lks["gemeentecode"] for lks in await omgeving.gezegd(kandidaat)} == {BOXTEL}
    assert [*map(set, await omgeving.afnemers(kandidaat))] == [{BOXTEL, WSD}] * 2
    async with database.unit_of_work(VUGHT) as uow:
        for tabel in ("kandidaat", "loonwaarde", "loonkostensubsidie", "vaststelling"):
            assert await uow.connection.fetchval(f"SELECT count(*) FROM {tabel}") == 0  # noqa: S608


@pytest.mark.parametrize("scopes", [(), ("intake.lezen",), ("financiering.schrijven",)])
async def test_zonder_de_scope_is_er_niets_te_lezen(
    client: Client, pad: str, scopes: tuple[str, ...]
) -> None:
    vragen = [("GET", "/loonkostensubsidies"), ("POST", "/proefberekeningen")]
    for methode, adres in [*vragen, *(("GET", pad + onderdeel) for onderdeel in ONDERDELEN)]:
        antwoord = await client(BOXTEL, scopes).request(methode, adres, json={})
        assert (antwoord.status_code, antwoord.json()["scope"]) == (403, "financiering.lezen")


async def test_zonder_token_is_er_niets_te_lezen(client: Client, pad: str) -> None:
    anoniem: httpx2.AsyncClient = client()
    del anoniem.headers["authorization"]
    for onderdeel in ONDERDELEN:
        assert (await anoniem.get(pad + onderdeel)).status_code == 401
