"""Many klantreizen while everything they stand on is killed: it ends as if nothing had happened.

One run without and one with disturbances, from one seed; each test looks at another promise.
MEEDOEN_ZAAD=<seed> plays both again, MEEDOEN_KLANTREIZEN=<number> fewer.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
import uvloop

from contracts.afnemers import DIENST_TOPICS, ORGANISATIES, afnemer_topic
from deploy.kafka.ophalen import Kafka
from deploy.klantreis.verbinding import Verbinding
from tests.storing import oordeel
from tests.storing.aap import Aap, Gedaan
from tests.storing.conftest import Zeg
from tests.storing.kanalen import Verteld, eerste_keer, lees_feed, lees_topic
from tests.storing.last import MAAND_ERNA, VANDAAG, Last, maak_reizen
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
from tests.storing.webhooks import ABONNEES, Ontvangers

pytestmark = [
    pytest.mark.storing,
    pytest.mark.kafka(echt=True),
    pytest.mark.timeout(1500),
]

AANTAL: Final = int(os.environ.get("MEEDOEN_KLANTREIZEN") or 2000)
_DELEN: Final = (0.5, 0.9, 0.99)
_RUST_SECONDS: Final = 180.0
_EEN_DAG: Final = (timedelta(hours=6),) * 5
"""And some more: longer than a webhook is tried again by itself."""
_TOT_VOLGENDE_MAAND: Final = MAAND_ERNA - VANDAAG
"""Then people turn 21."""
_TIMERS_SECONDS: Final = 2.5
"""Longer than it takes a timer to look at the clock again."""
_ONTVANGER_WEG: Final = 0.05
"""The part of the klantreizen after which the receivers of webhooks go away."""
EERSTE: Final = 5
"""So many faults are shown; the first tell the most."""


@dataclass
class Afloop:
    """How a run ended."""

    last: Last
    toestand: Toestand
    bedragen: list[Decimal]
    werk: dict[str, int]
    feed: dict[str, list[Verteld]]
    topics: dict[str, list[Verteld]] = field(default_factory=dict)
    webhooks: dict[str, list[Verteld]] = field(default_factory=dict)

    def van_afnemer(self, verteld: list[Verteld]) -> dict[int, list[str]]:
        return oordeel.per_reis(verteld, self.toestand, self.last.per_kandidaat)


@dataclass
class Proef:
    """Both runs, and what was done to the second one."""

    zaad: int
    plan: list[Storing]
    gedaan: list[Gedaan]
    map_: Path
    ongestoord: Afloop
    gestoord: Afloop

    def eis(self, fouten: list[str]) -> None:
        """Fails with everything that is needed to look further."""
        if fouten:
            eerste = "\n".join(fouten[:EERSTE])
            plan = "\n".join(map(str, self.plan))
            gedaan = "\n".join(map(str, self.gedaan))
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
        for stap in (*_EEN_DAG, _TOT_VOLGENDE_MAAND):
            await _verzet(ene, stap)
        ongestoord = await _afloop(ene, last, ene.url)
    zeg(f"ongestoord: {AANTAL} klantreizen in {last.seconden:.0f} s")
    ontvangers = Ontvangers(map_ / "ontvangers")
    async with losse_processen(map_ / "gestoord", kafka, ontvangers.omgeving) as losse:
        plan = maak_plan(zaad, list(losse.processen.opdrachten))
        zeg("plan (moment, doel, uitval):\n" + "\n".join(map(str, plan)))
        last = Last(maak_reizen(zaad, AANTAL), zeg)
        aap = Aap(losse, lambda: last.voortgang, zeg)
        async with ontvangers.bereikbaar():
            async with Verbinding(losse.url) as verbinding:
                await ontvangers.abonneer(verbinding)
            spel = asyncio.create_task(_speel_gestoord(aap, plan, last, losse.url, zaad))
            while last.voortgang < _ONTVANGER_WEG and not spel.done():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        zeg("de ontvangers van webhooks zijn weg")
        await spel
        losse.processen.eis_levend()
        for stap in _EEN_DAG:
            await _verzet(losse, stap)
        async with ontvangers.bereikbaar():
            zeg("de ontvangers van webhooks zijn terug, een dag later")
            await _verzet(losse, _TOT_VOLGENDE_MAAND)
            gestoord = await _afloop(losse, last, losse.feed_url)
            for afnemer in ABONNEES:
                ids = {event.id for event in gestoord.feed[afnemer]}
                await ontvangers.tot_aangekomen(afnemer, ids)
                gestoord.webhooks[afnemer] = ontvangers.verteld(afnemer)
        gestoord.topics = {
            topic: await asyncio.to_thread(lees_topic, losse.kafka.bootstrap, topic)
            for topic in (*map(afnemer_topic, ORGANISATIES), *DIENST_TOPICS)
        }
    _vertel(zeg, gestoord, aap.gedaan)
    return Proef(zaad, plan, aap.gedaan, map_, ongestoord, gestoord)


async def _speel_gestoord(aap: Aap, plan: list[Storing], last: Last, url: str, zaad: int) -> None:
    """All klantreizen and all disturbances, until everything is up again."""
    async with asyncio.TaskGroup() as groep:
        groep.create_task(aap.voer_uit(plan))
        await last.speel(url, zaad)


async def _verzet(keten: Ene | Losse, stap: timedelta) -> None:
    """Let time pass, and all that follows from it."""
    await _rust(keten.beheer_url)
    keten.klok.verzet(stap)
    await asyncio.sleep(_TIMERS_SECONDS)
    await _rust(keten.beheer_url)


async def _afloop(keten: Ene | Losse, last: Last, feed_url: str) -> Afloop:
    """Look at all that there is."""
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


def _vertel(zeg: Zeg, afloop: Afloop, gedaan: list[Gedaan]) -> None:
    last = afloop.last
    verteld = [event for van_een in afloop.feed.values() for event in van_een]
    zeg(
        f"gestoord: {AANTAL} klantreizen in {last.seconden:.0f} s; verzoeken herhaald "
        f"{dict(last.herhaald)}; {last.nog_eens} antwoorden nog eens gevraagd; op Kafka "
        f"{_telling(afloop.topics)}; in de feeds {len(verteld)} gebeurtenissen; "
        f"bij webhooks {_telling(afloop.webhooks)}; "
        f"{len(afloop.bedragen)} bedragen, samen {sum(afloop.bedragen)} euro"
    )
    duren = sorted(event.vertraging for event in verteld)
    zeg(
        "van zeggen tot in de feed: "
        + ", ".join(f"{deel:.0%} binnen {duren[int(deel * len(duren))]:.2f} s" for deel in _DELEN)
        + f", alles binnen {duren[-1]:.1f} s; het langst, per storing:"
    )
    for dit, volgend in zip(gedaan, [*gedaan[1:], None], strict=True):
        tot = volgend.moment if volgend else datetime.max.replace(tzinfo=UTC)
        ertussen = [e.vertraging for e in verteld if dit.moment <= e.gezegd < tot]
        zeg(f"{dit}: {max(ertussen, default=0.0):.1f} s over {len(ertussen)}")


def _telling(per_kanaal: dict[str, list[Verteld]]) -> str:
    bezorgd = sum(map(len, per_kanaal.values()))
    dubbel = bezorgd - sum(len(eerste_keer(verteld)) for verteld in per_kanaal.values())
    return f"{bezorgd} berichten, {dubbel} dubbel"


def test_elke_klantreis_wordt_uitgespeeld(proef: Proef) -> None:
    proef.eis(proef.ongestoord.last.fouten + proef.gestoord.last.fouten)
    assert proef.gestoord.last.klaar == AANTAL


def test_de_eindtoestand_is_die_van_de_ongestoorde_keten(proef: Proef) -> None:
    proef.eis(
        oordeel.verschillen(proef.ongestoord.toestand.per_reis, proef.gestoord.toestand.per_reis)
    )
    assert proef.gestoord.toestand.los == proef.ongestoord.toestand.los


def test_de_bedragen_zijn_tot_op_de_cent_gelijk(proef: Proef) -> None:
    over, tekort = Counter(proef.gestoord.bedragen), Counter(proef.ongestoord.bedragen)
    proef.eis([f"te veel: {b}" for b in (over - tekort).elements()])
    proef.eis([f"te weinig: {b}" for b in (tekort - over).elements()])
    assert sum(proef.gestoord.bedragen) == sum(proef.ongestoord.bedragen)
    assert len(proef.gestoord.bedragen) > AANTAL / 10


def test_er_wacht_niets_en_er_is_niets_geparkeerd(proef: Proef) -> None:
    wachtend = {n: a for n, a in proef.gestoord.werk.items() if not n.endswith("eenmalig")}
    proef.eis([f"{tabel}: {aantal}" for tabel, aantal in wachtend.items() if aantal])
    # As many kept answers as requests: none was done twice under another key.
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


@pytest.mark.parametrize("afnemer", ABONNEES)
def test_een_ontvanger_die_een_dag_weg_was_krijgt_elke_gebeurtenis_op_volgorde(
    proef: Proef, afnemer: str
) -> None:
    verteld = eerste_keer(proef.gestoord.webhooks[afnemer])
    proef.eis(oordeel.volgordefouten(verteld))
    proef.eis(
        oordeel.verschillen(
            proef.ongestoord.van_afnemer(proef.ongestoord.feed[afnemer]),
            proef.gestoord.van_afnemer(verteld),
        )
    )


@pytest.mark.parametrize("topic", DIENST_TOPICS)
def test_een_dienst_vertelt_elke_gebeurtenis_op_volgorde(proef: Proef, topic: str) -> None:
    verteld = eerste_keer(proef.gestoord.topics[topic])
    proef.eis(oordeel.volgordefouten(verteld))
    assert {event.versie for event in verteld} >= {1}
