"""The examples that read Kafka, run as they stand, on a cluster where everyone must log in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import confluent_kafka
import pytest
import pytest_asyncio

from contracts.afnemers import TOPIC_PARTITIES, afnemer_naam, afnemer_topic
from deploy.kafka.lokale_toegang import LokaleToegang
from deploy.kafka.ophalen import Kafka
from tests.conftest import vereis
from tests.docs.voorbeelden import (
    BOXTEL,
    MODULES,
    Meedoen,
    Regel,
    draaiend,
    een_geschiedenis,
    eis,
    per_kandidaat,
)
from tests.keten.omgevingen import losse_processen

KCAT = "afnemer_kcat.sh"
BESTANDEN = ("afnemer_aiokafka.py", "afnemer_confluent.py", "afnemer_kafkajs.mjs", KCAT)

NAAM = afnemer_naam(BOXTEL)
EVEN = 6
"""Klantreizen, short ones."""

pytestmark = [
    pytest.mark.kafka(echt=True),
    pytest.mark.timeout(240),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("bestand", BESTANDEN),
]


@dataclass(kw_only=True)
class MeedoenOpKafka(Meedoen):
    """``instellingen``: to connect with a password; ``met_certificaat``: without one."""

    met_certificaat: dict[str, str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meedoen(
    tmp_path_factory: pytest.TempPathFactory, apache_kafka: Kafka
) -> AsyncIterator[MeedoenOpKafka]:
    map_ = tmp_path_factory.mktemp("meedoen")
    toegang = LokaleToegang(map_ / "toegang")
    wachtwoord = toegang.wachtwoorden[NAAM]
    certificaat, sleutel = toegang.uitgever.certificaat(NAAM)
    assert wachtwoord
    wie = {"AFNEMER": NAAM, "KAFKA_CA": str(toegang.uitgever.ca)}
    async with losse_processen(map_, apache_kafka, toegang) as omgeving:
        meedoen = MeedoenOpKafka(
            url=omgeving.url,
            instellingen=wie
            | {
                "KAFKA_SERVERS": omgeving.bootstrap,
                "KAFKA_WACHTWOORD": wachtwoord.get_secret_value(),
            },
            met_certificaat=wie
            | {
                "KAFKA_SERVERS": omgeving.bootstrap_mtls,
                "KAFKA_CERTIFICAAT": str(certificaat),
                "KAFKA_SLEUTEL": str(sleutel),
            },
        )
        await een_geschiedenis(meedoen)
        yield meedoen


@pytest.fixture
def instellingen(bestand: str, meedoen: MeedoenOpKafka, tmp_path: Path) -> dict[str, str]:
    """Of an example that has what it needs, with a stand and a group of its own."""
    if bestand == KCAT:
        eis(bestand, "kcat", "jq")
    else:
        eis(bestand)
    if bestand.endswith(".mjs"):
        vereis(
            (MODULES / "kafkajs").exists(),
            "kafkajs ontbreekt: npm ci in deploy/ci, of MEEDOEN_NODE_MODULES",
        )
    return {
        **(meedoen.met_certificaat if bestand == KCAT else meedoen.instellingen),
        "STAND": str(tmp_path / "stand"),
        "KAFKA_GROEP": f"{NAAM}-{tmp_path.name}",
    }


async def test_een_afnemer_verwerkt_alles_een_keer_ook_na_een_herstart(
    bestand: str, meedoen: Meedoen, instellingen: dict[str, str], tmp_path: Path
) -> None:
    alles = await meedoen.alles_van_boxtel()
    gezien: list[Regel] = []
    for aantal in (5, len(alles) - 5):
        async with draaiend(bestand, tmp_path, instellingen | {"AANTAL": str(aantal)}) as voorbeeld:
            gezien += await voorbeeld.tot_het_einde()
        bevestigd = bevestigde_gebeurtenissen(meedoen, instellingen["KAFKA_GROEP"])
        assert bevestigd == (0 if bestand == KCAT else len(gezien))
    assert per_kandidaat(gezien) == per_kandidaat(alles)


async def test_wat_nog_eens_komt_wordt_niet_nog_eens_verwerkt(
    bestand: str, meedoen: Meedoen, instellingen: dict[str, str], tmp_path: Path
) -> None:
    eerst = instellingen | {"AANTAL": str(meedoen.aantal)}
    async with draaiend(bestand, tmp_path, eerst) as voorbeeld:
        gezien = await voorbeeld.tot_het_einde()
    await meedoen.speel(kort=True)
    # Another group begins at the begin, and so gets all of it again.
    daarna = instellingen | {
        "AANTAL": str(meedoen.aantal - len(gezien)),
        "KAFKA_GROEP": f"{NAAM}-weer-{tmp_path.name}",
    }
    async with draaiend(bestand, tmp_path, daarna) as voorbeeld:
        gezien += await voorbeeld.tot_het_einde()
    assert per_kandidaat(gezien) == per_kandidaat(await meedoen.alles_van_boxtel())


async def test_een_herverdeling_slaat_niets_over_en_doet_niets_twee_keer(
    bestand: str, meedoen: Meedoen, instellingen: dict[str, str], tmp_path: Path
) -> None:
    """A second one joins while events flow, and takes all over when the first one stops."""
    async with draaiend(bestand, tmp_path, instellingen) as een:
        await een.volg(1)
        async with draaiend(bestand, tmp_path, instellingen) as ander:
            for _ in range(EVEN):
                await meedoen.speel(kort=True)
            een.stop()
            for _ in range(EVEN):
                await meedoen.speel(kort=True)
            gezien = await een.tot_het_einde()
            alles = await meedoen.alles_van_boxtel()
            await ander.volg(len(alles) - len(gezien))
            ander.stop()
            gezien += await ander.tot_het_einde()
    assert sorted(gezien) == sorted(alles)


def bevestigde_gebeurtenissen(meedoen: Meedoen, groep: str) -> int:
    """How many events a group has confirmed, over all partitions."""
    consumer = confluent_kafka.Consumer(
        {
            "bootstrap.servers": meedoen.instellingen["KAFKA_SERVERS"],
            "security.protocol": "SASL_SSL",
            "ssl.ca.location": meedoen.instellingen["KAFKA_CA"],
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": meedoen.instellingen["AFNEMER"],
            "sasl.password": meedoen.instellingen["KAFKA_WACHTWOORD"],
            "group.id": groep,
        }
    )
    try:
        partities = [
            confluent_kafka.TopicPartition(afnemer_topic(BOXTEL), nummer)
            for nummer in range(TOPIC_PARTITIES)
        ]
        return sum(max(0, deel.offset) for deel in consumer.committed(partities, timeout=30))
    finally:
        consumer.close()
