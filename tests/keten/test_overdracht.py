"""A kandidaat of Boxtel goes to Vught: who reads, hears and may act, before and after."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import pytest_asyncio

from chassis.clock import NEDERLAND, MovableClock
from deploy.klantreis.verloop import Klantreis, Opzet
from tests.keten.conftest import nieuwe_keten
from tests.keten.eindtoestand import onverwerkt
from tests.keten.operaties import operaties
from tests.keten.proefketen import BEGIN, BOXTEL, FEED_PAD, VANDAAG, VUGHT, WSD, Proefketen, tot
from tests.keten.wereld import AANROEPEN, Ids, bouw, namens, rollen_die_mogen

pytestmark = pytest.mark.asyncio(loop_scope="module")

BEST = "0753"
GEBEURTENIS = "nl.participatie.kandidaat-overgedragen.v1"


@pytest.fixture(scope="module")
def klok() -> MovableClock:
    return MovableClock(BEGIN)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proef(
    postgres_beheer_url: str, tmp_path_factory: pytest.TempPathFactory, klok: MovableClock
) -> AsyncIterator[Proefketen]:
    """A chain of its own, whose clock these tests move."""
    map_ = tmp_path_factory.mktemp("overdracht")
    async with nieuwe_keten(postgres_beheer_url, map_, klok) as proef:
        yield proef


class Kandidaat:
    """One kandidaat as each organisation meets them."""

    def __init__(self, proef: Proefketen, klant: httpx2.AsyncClient, ids: Ids) -> None:
        self.proef, self.klant, self.ids = proef, klant, ids

    @property
    def pad(self) -> str:
        return f"/intake/v1/kandidaten/{self.ids['kandidaatId']}"

    async def post(
        self, pad: str, body: Any, organisatie: str = BOXTEL, sleutel: str | None = None
    ) -> httpx2.Response:
        headers = namens(self.proef, organisatie, "klantmanager")
        headers |= {"Idempotency-Key": sleutel or str(uuid4())}
        return await self.klant.post(pad, json=body, headers=headers)

    async def draag_over(
        self, op: date, naar: str = VUGHT, organisatie: str = BOXTEL, sleutel: str | None = None
    ) -> httpx2.Response:
        body = {"naarGemeente": naar, "ingangsdatum": op.isoformat(), "reden": "verhuizing"}
        return await self.post(f"{self.pad}/overdrachten", body, organisatie, sleutel)

    async def trek_in(self, overdracht_id: str, organisatie: str = BOXTEL) -> httpx2.Response:
        pad = f"{self.pad}/overdrachten/{overdracht_id}/intrekkingen"
        return await self.post(pad, None, organisatie)

    async def poortbesluit(self, organisatie: str) -> httpx2.Response:
        body = AANROEPEN["intake.neemEenPoortbesluit"].invulling(self.ids)["json"]
        return await self.post(f"{self.pad}/poortbesluiten", body, organisatie)

    async def ziet(self, organisatie: str) -> dict[str, int]:
        """The status of every GET about one resource of the kandidaat, in every role."""
        gezien = {}
        for operatie in operaties(self.proef.documenten):
            aanroep = AANROEPEN.get(operatie.sleutel)
            if operatie.methode != "GET" or aanroep is None or operatie.is_beheer:
                continue
            if not operatie.padparameters or operatie.id in ("geefWerkgever", "geefWerkplek"):
                continue
            for rol in rollen_die_mogen(operatie):
                antwoord = await self.klant.get(
                    aanroep.adres(operatie, self.ids),
                    headers=namens(self.proef, organisatie, rol),
                    **aanroep.invulling(self.ids),
                )
                gezien[f"{operatie.sleutel} {rol}"] = antwoord.status_code
        assert len(gezien) > 8
        return gezien

    async def lijsten(self, organisatie: str) -> list[str]:
        """The names of the lists that name the kandidaat."""
        gezien = []
        for dienst, naam in (
            ("intake", "kandidaten"),
            ("diagnose", "dossiers"),
            ("plaatsing", "plaatsingen"),
            ("financiering", "loonkostensubsidies"),
        ):
            antwoord = await self.klant.get(
                f"/{dienst}/v1/{naam}?limiet=500",
                headers=namens(self.proef, organisatie, "klantmanager"),
            )
            assert antwoord.status_code == 200
            if self.ids["kandidaatId"] in antwoord.text:
                gezien.append(naam)
        return gezien

    async def feed(self, organisatie: str) -> list[dict[str, Any]]:
        antwoord = await self.klant.get(
            FEED_PAD,
            params={"subject": self.ids["kandidaatId"], "limiet": 500},
            headers=namens(self.proef, organisatie, "backoffice"),
        )
        assert antwoord.status_code == 200, antwoord.text
        return [regel["gebeurtenis"] for regel in antwoord.json()["resultaten"]]

    async def namen(self, organisatie: str) -> list[str]:
        return [e["type"].split(".")[2] for e in await self.feed(organisatie)]


ALLE_LIJSTEN = ["kandidaten", "dossiers", "plaatsingen", "loonkostensubsidies"]


@pytest_asyncio.fixture(loop_scope="module")
async def klant(proef: Proefketen) -> AsyncIterator[httpx2.AsyncClient]:
    async with proef.klant() as klant:
        yield klant


@pytest_asyncio.fixture(loop_scope="module")
async def geplaatst(proef: Proefketen, klant: httpx2.AsyncClient) -> Kandidaat:
    """A kandidaat of Boxtel whose klantreis was played to its end, nothing planned."""
    kandidaat = Kandidaat(proef, klant, await bouw(proef, BOXTEL))
    assert (await kandidaat.trek_in(kandidaat.ids["overdrachtId"])).status_code == 201
    return kandidaat


@pytest_asyncio.fixture(loop_scope="module")
async def aangemeld(proef: Proefketen, klant: httpx2.AsyncClient) -> Kandidaat:
    """A kandidaat of Boxtel of whom WSD does not know."""
    reis = await proef.speel(BOXTEL, poortuitkomst="zorgtraject")
    return Kandidaat(proef, klant, {"kandidaatId": reis.kandidaat_id})


def vandaag(klok: MovableClock) -> date:
    return klok.now().astimezone(NEDERLAND).date()


async def alles_verwerkt(proef: Proefketen) -> None:
    await proef.rust()
    assert not any((await onverwerkt(proef.beheer_url)).values())


async def test_vanaf_de_overdracht_leest_vught_alles_en_boxtel_niets_meer(
    proef: Proefketen, geplaatst: Kandidaat, klok: MovableClock
) -> None:
    bij_boxtel, bij_wsd = await geplaatst.ziet(BOXTEL), await geplaatst.ziet(WSD)
    assert set(bij_boxtel.values()) == {200}
    assert set((await geplaatst.ziet(VUGHT)).values()) == {404}
    assert await geplaatst.lijsten(VUGHT) == []

    assert (await geplaatst.draag_over(vandaag(klok))).status_code == 201
    await alles_verwerkt(proef)

    assert await geplaatst.ziet(VUGHT) == bij_boxtel
    assert set((await geplaatst.ziet(BOXTEL)).values()) == {404}
    assert await geplaatst.ziet(WSD) == bij_wsd
    assert await geplaatst.lijsten(BOXTEL) == []
    assert await geplaatst.lijsten(VUGHT) == await geplaatst.lijsten(WSD) == ALLE_LIJSTEN


async def test_boxtel_houdt_wat_het_ontving_en_hoort_niets_meer(
    proef: Proefketen, geplaatst: Kandidaat, klok: MovableClock
) -> None:
    voor_boxtel, voor_wsd = await geplaatst.feed(BOXTEL), await geplaatst.feed(WSD)
    assert await geplaatst.feed(VUGHT) == []
    await geplaatst.draag_over(vandaag(klok))
    await alles_verwerkt(proef)

    [overdracht] = await geplaatst.feed(VUGHT)
    assert overdracht["type"] == GEBEURTENIS
    assert overdracht["gemeentecode"] == VUGHT
    assert overdracht["aggregateversion"] == 5
    assert overdracht["data"] == {
        "kandidaatId": geplaatst.ids["kandidaatId"],
        "gemeentecode": VUGHT,
        "vanGemeente": BOXTEL,
        "ingangsdatum": vandaag(klok).isoformat(),
        "reden": "verhuizing",
    }
    assert await geplaatst.feed(BOXTEL) == [*voor_boxtel, overdracht]
    assert await geplaatst.feed(WSD) == [*voor_wsd, overdracht]

    adres = f"/plaatsing/v1/plaatsingen/{geplaatst.ids['plaatsingId']}/beeindigingen"
    body = {"einddatum": vandaag(klok).isoformat(), "reden": "uitstroom-regulier"}
    einde = await geplaatst.klant.post(
        adres, json=body, headers=namens(proef, WSD, "accountmanager")
    )
    assert einde.status_code == 201, einde.text
    await alles_verwerkt(proef)

    laatste = (await geplaatst.feed(VUGHT))[1:]
    assert [e["type"].split(".")[2] for e in laatste] == ["plaatsing-beeindigd"]
    assert {e["gemeentecode"] for e in laatste} == {VUGHT}
    assert await geplaatst.feed(WSD) == [*voor_wsd, overdracht, *laatste]
    assert await geplaatst.feed(BOXTEL) == [*voor_boxtel, overdracht]


async def test_vught_besluit_en_boxtel_niet_meer(
    proef: Proefketen, aangemeld: Kandidaat, klok: MovableClock
) -> None:
    assert (await aangemeld.poortbesluit(BOXTEL)).status_code == 201
    await aangemeld.draag_over(vandaag(klok))
    assert (await aangemeld.poortbesluit(BOXTEL)).status_code == 404
    assert (await aangemeld.poortbesluit(VUGHT)).status_code == 201
    await alles_verwerkt(proef)
    assert await aangemeld.namen(VUGHT) == ["kandidaat-overgedragen", "poortbesluit-genomen"]
    assert (await aangemeld.namen(BOXTEL))[-1] == "kandidaat-overgedragen"
    assert await aangemeld.feed(WSD) == []


async def test_een_overdracht_midden_in_de_klantreis_eindigt_met_lks_voor_vught(
    proef: Proefketen, klant: httpx2.AsyncClient, klok: MovableClock
) -> None:
    """After each event of the first half: the same klantreis, the same amount, for Vught."""
    for na in ("kandidaat-aangemeld", "kandidaat-doorverwezen", "zrm-afgenomen", "lks-plaatsing"):

        async def draag_over(reis: Klantreis, gebeurtenis: str, na: str = na) -> None:
            if gebeurtenis == na:
                kandidaat = Kandidaat(proef, klant, {"kandidaatId": reis.kandidaat_id})
                antwoord = await kandidaat.draag_over(vandaag(klok))
                assert antwoord.status_code == 201, antwoord.text
                reis.opzet = verhuisd(reis.opzet)

        reis = await proef.speel(BOXTEL, na_gebeurtenis=draag_over)
        await alles_verwerkt(proef)
        async with proef.verbinding() as reis.verbinding:
            assert (await reis.loonkostensubsidie())["maandbedrag"] == "1246.84"
        kandidaat = Kandidaat(proef, klant, {"kandidaatId": reis.kandidaat_id})
        assert "lks-vastgesteld" in await kandidaat.namen(VUGHT) or na == "lks-plaatsing"
        assert await kandidaat.lijsten(VUGHT) == ALLE_LIJSTEN
        assert await kandidaat.lijsten(BOXTEL) == []


def verhuisd(opzet: Opzet) -> Opzet:
    from dataclasses import replace

    return replace(opzet, gemeentecode=VUGHT)
