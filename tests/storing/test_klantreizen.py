"""Many klantreizen while everything they stand on is killed: it ends as if nothing had happened.

One run without and one with disturbances, from one seed; each test looks at another promise.
MEEDOEN_ZAAD=<seed> plays both again, MEEDOEN_KLANTREIZEN=<number> fewer.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
import uvloop

from contracts.afnemers import DIENST_TOPICS, ORGANISATIES, afnemer_topic
from deploy.kafka.ophalen import Kafka
from deploy.klantreis.verbinding import Verbinding
from tests.storing import oordeel
from tests.storing.aap import Aap
from tests.storing.conftest import Zeg
from tests.storing.kanalen import Verteld, eerste_keer, lees_feed, lees_topic
from tests.storing.last import Last, maak_reizen
from tests.storing.omgeving import Ene, Losse, een_proces, losse_processen
from tests.storing.plan import Storing, maak_plan
from tests.storing.toestand import (
    Toestand,
    bedragen,
    is_in_rust,
    lees_rijen,
    lees_werk,
    toestand,
)

pytestmark = [
    pytest.mark.storing,
    pytest.mark.kafka(echt=True),
    pytest.mark.timeout(1500),
]

AANTAL: Final = int(os.environ.get("MEEDOEN_KLANTREIZEN") or 2000)
_RUST_SECONDS: Final = 180.0
_STAP: Final = timedelta(hours=6)
_STAPPEN: Final = 5


@dataclass
class Afloop:
    """How a run ended."""

    last: Last
    toestand: Toestand
    bedragen: list[str]
    werk: dict[str, int]
    feed: dict[str, list[Verteld]]
    topics: dict[str, list[Verteld]] = field(default_factory=dict)

    def van_afnemer(self, verteld: list[Verteld]) -> dict[int, list[str]]:
        return oordeel.per_reis(verteld, self.toestand, self.last.per_kandidaat)


@dataclass
class Proef:
    """Both runs, and what was done to the second one."""

    zaad: int
    plan: list[Storing]
    gedaan: list[str]
    map_: Path
    ongestoord: Afloop
    gestoord: Afloop

    def eis(self, fouten: list[str]) -> None:
        """Fails with everything that is needed to look further."""
        if fouten:
            eerste = "\n".join(fouten[: oordeel.EERSTE])
            plan = "\n".join(map(str, self.plan))
            gedaan = "\n".join(self.gedaan)
            pytest.fail(
                f"{len(fouten)} fout(en), de eerste:\n{eerste}\n\nMEEDOEN_ZAAD={self.zaad}\n"
                f"{plan}\n\n{gedaan}\n\nlogs: {self.map_}",
                pytrace=False,
            )


@pytest.fixture(scope="module")
def proef(zaad: int, zeg: Zeg, storingsmap: Path, apache_kafka: Kafka) -> Proef:
    return uvloop.run(_proef(zaad, zeg, storingsmap, apache_kafka))


async def _proef(zaad: int, zeg: Zeg, map_: Path, kafka: Kafka) -> Proef:
    async with een_proces(map_ / "ongestoord") as ene:
        last = Last(maak_reizen(zaad, AANTAL), zeg)
        await last.speel(ene.url, zaad)
        ongestoord = await _loop_af(ene, last, ene.url)
    zeg(f"ongestoord: {AANTAL} klantreizen in {last.seconden:.0f} s")
    async with losse_processen(map_ / "gestoord", kafka) as losse:
        plan = maak_plan(zaad, list(losse.processen.opdrachten))
        zeg("plan (moment, doel, uitval):\n" + "\n".join(map(str, plan)))
        last = Last(maak_reizen(zaad, AANTAL), zeg)
        aap = Aap(losse, lambda: last.voortgang, zeg)
        async with _aan_het_werk(aap, plan):
            await last.speel(losse.url, zaad)
        losse.processen.eis_levend()
        gestoord = await _loop_af(losse, last, losse.feed_url)
        gestoord.topics = {
            topic: await asyncio.to_thread(lees_topic, losse.kafka.bootstrap, topic)
            for topic in (*map(afnemer_topic, ORGANISATIES), *DIENST_TOPICS)
        }
    _vertel(zeg, gestoord)
    return Proef(zaad, plan, aap.gedaan, map_, ongestoord, gestoord)


@contextlib.asynccontextmanager
async def _aan_het_werk(aap: Aap, plan: list[Storing]) -> AsyncIterator[None]:
    """Disturb while the block runs, and until all is up again after it."""
    async with asyncio.TaskGroup() as groep:
        groep.create_task(aap.voer_uit(plan))
        yield


async def _loop_af(keten: Ene | Losse, last: Last, feed_url: str) -> Afloop:
    """Let a day pass after the last klantreis, and look at all that there is."""
    await _rust(keten.beheer_url)
    for _ in range(_STAPPEN):
        keten.klok.verzet(_STAP)
        await asyncio.sleep(2.5)  # longer than a timer takes to look at the clock again
        await _rust(keten.beheer_url)
    rijen = await lees_rijen(keten.beheer_url)
    async with Verbinding(feed_url) as lezer:
        feed = {organisatie: await lees_feed(lezer, organisatie) for organisatie in ORGANISATIES}
    return Afloop(
        last,
        toestand(rijen, last.per_kandidaat),
        bedragen(rijen),
        await lees_werk(keten.beheer_url),
        feed,
    )


async def _rust(beheer_url: str) -> None:
    """Until all is handled; whoever looks will find what did not come in time."""
    tot = time.monotonic() + _RUST_SECONDS
    while not await is_in_rust(beheer_url) and time.monotonic() < tot:  # noqa: ASYNC110
        await asyncio.sleep(0.1)


def _vertel(zeg: Zeg, afloop: Afloop) -> None:
    op_de_lijn = sum(map(len, afloop.topics.values()))
    dubbel = op_de_lijn - sum(len(eerste_keer(v)) for v in afloop.topics.values())
    last = afloop.last
    zeg(
        f"gestoord: {AANTAL} klantreizen in {last.seconden:.0f} s; verzoeken herhaald "
        f"{dict(last.herhaald)}; {last.nog_eens} antwoorden nog eens gevraagd; op Kafka "
        f"{op_de_lijn} berichten, {dubbel} dubbel; in de feeds "
        f"{sum(map(len, afloop.feed.values()))} gebeurtenissen; {len(afloop.bedragen)} bedragen, "
        f"samen {sum(map(float, afloop.bedragen)):.2f} euro"
    )


def test_elke_klantreis_wordt_uitgespeeld(proef: Proef) -> None:
    proef.eis(proef.ongestoord.last.fouten + proef.gestoord.last.fouten)
    assert proef.gestoord.last.klaar == AANTAL


def test_de_eindtoestand_is_die_van_de_ongestoorde_keten(proef: Proef) -> None:
    proef.eis(
        oordeel.verschillen(proef.ongestoord.toestand.per_reis, proef.gestoord.toestand.per_reis)
    )
    assert proef.gestoord.toestand.los == proef.ongestoord.toestand.los


def test_de_bedragen_zijn_tot_op_de_cent_gelijk(proef: Proef) -> None:
    assert proef.gestoord.bedragen == proef.ongestoord.bedragen
    assert len(proef.gestoord.bedragen) > AANTAL / 10


def test_er_wacht_niets_en_er_is_niets_geparkeerd(proef: Proef) -> None:
    wachtend = {n: a for n, a in proef.gestoord.werk.items() if not n.endswith("eenmalig")}
    assert not any(wachtend.values()), wachtend
    assert proef.gestoord.werk == proef.ongestoord.werk


def test_een_herhaald_verzoek_krijgt_hetzelfde_antwoord(proef: Proef) -> None:
    proef.eis(proef.gestoord.last.andere_antwoorden)
    assert proef.gestoord.last.nog_eens > 0


@pytest.mark.parametrize("organisatie", ORGANISATIES)
def test_de_feed_vertelt_elke_gebeurtenis_een_keer_en_op_volgorde(
    proef: Proef, organisatie: str
) -> None:
    verteld = proef.gestoord.feed[organisatie]
    proef.eis(oordeel.volgordefouten(verteld))
    proef.eis(
        oordeel.verschillen(
            proef.ongestoord.van_afnemer(proef.ongestoord.feed[organisatie]),
            proef.gestoord.van_afnemer(verteld),
        )
    )


@pytest.mark.parametrize("organisatie", ORGANISATIES)
def test_het_topic_vertelt_elke_gebeurtenis_op_volgorde(proef: Proef, organisatie: str) -> None:
    verteld = eerste_keer(proef.gestoord.topics[afnemer_topic(organisatie)])
    proef.eis(oordeel.volgordefouten(verteld))
    proef.eis(
        oordeel.verschillen(
            proef.ongestoord.van_afnemer(proef.ongestoord.feed[organisatie]),
            proef.gestoord.van_afnemer(verteld),
        )
    )


@pytest.mark.parametrize("topic", DIENST_TOPICS)
def test_een_dienst_vertelt_elke_gebeurtenis_op_volgorde(proef: Proef, topic: str) -> None:
    verteld = eerste_keer(proef.gestoord.topics[topic])
    proef.eis(oordeel.volgordefouten(verteld))
    assert {event.versie for event in verteld} >= {1}
