"""./meedoen herspeel on a real broker: a spoilt projection is right again."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from chassis.bus.kafka import KafkaBus, KafkaHistory
from chassis.bus.protocol import Message
from chassis.database import Database
from chassis.migrations import prepare, service_url
from contracts.afnemers import DIENST_TOPICS
from deploy.cli import herspeel
from deploy.kafka.topics import maak_topics
from tests.plaatsing.hulp import Keten, doorverwijzing, loonwaarde, trajectbesluit

pytestmark = pytest.mark.kafka(echt=True)


@pytest.fixture
def database_url(postgres_beheer_url: str) -> Iterator[str]:
    """Address of the role of plaatsing in a database of its own."""
    naam = f"herspeel_{uuid.uuid4().hex}"

    async def beheer(opdracht: str) -> None:
        verbinding = await asyncpg.connect(postgres_beheer_url)
        await verbinding.execute(opdracht)
        await verbinding.close()

    asyncio.run(beheer(f"CREATE DATABASE {naam}"))
    url = urlunsplit(urlsplit(postgres_beheer_url)._replace(path=f"/{naam}"))
    asyncio.run(prepare(url, "services.plaatsing", "proef"))
    yield service_url(url, "plaatsing", "proef")
    asyncio.run(beheer(f"DROP DATABASE {naam} WITH (FORCE)"))


async def _hoor_en_bederf(url: str, bootstrap: str, aantal: int) -> list[uuid.UUID]:
    """Plaatsing has handled what is on the topics; then half of what it knew was spoilt."""
    await maak_topics(bootstrap, DIENST_TOPICS)
    bus = KafkaBus(bootstrap, client_id="proef")
    kandidaten = [uuid.uuid4() for _ in range(aantal)]
    async with Database("plaatsing", url) as database:
        keten = Keten(database)
        berichten: list[Message] = []
        for k in kandidaten:
            gebeurtenissen = (doorverwijzing(k), trajectbesluit(k), loonwaarde(k))
            berichten += [keten.bericht(event) for event in gebeurtenissen]
        try:
            assert not await bus.publish(berichten)
            assert not await bus.publish(berichten[:5])  # Sent again, as after a crash.
        finally:
            await bus.close()
        for bericht in berichten:
            await keten.bezorg(bericht)
        async with database.unit_of_work("0757") as uow:
            await uow.connection.execute(
                "UPDATE loonwaarde SET loonwaarde = 1 WHERE kandidaat_id = ANY($1)",
                kandidaten[::2],
            )
            await uow.commit()
    return kandidaten


async def _loonwaarden(url: str) -> list[int]:
    async with Database("plaatsing", url) as database, database.unit_of_work("0757") as uow:
        rijen = await uow.connection.fetch("SELECT loonwaarde FROM loonwaarde")
        return [rij["loonwaarde"] for rij in rijen]


def test_een_bedorven_projectie_klopt_weer_na_herspelen(
    database_url: str,
    kafka_bootstrap: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asyncio.run(_hoor_en_bederf(database_url, kafka_bootstrap, 20))
    monkeypatch.setenv("MEEDOEN_DATABASE_URL", database_url)
    monkeypatch.setenv("MEEDOEN_KAFKA_BOOTSTRAP", kafka_bootstrap)
    assert herspeel.main(["plaatsing", "kandidaten"]) == 2
    assert "in productie gaat Kafka nooit onbeveiligd" in capsys.readouterr().err
    monkeypatch.setenv("MEEDOEN_OMGEVING", "test")

    assert herspeel.main(["plaatsing", "kandidaten", "--vergelijk"]) == 0
    assert capsys.readouterr().out == (
        "kandidaten (kandidaat, trajectbesluit, loonwaarde, beschut_werkbesluit, uitstroom): "
        "60 gebeurtenissen van 20 kandidaten herspeeld.\n"
        "Van 10 kandidaten wijkt zij af. Er is niets gewijzigd.\n"
    )
    assert sorted(asyncio.run(_loonwaarden(database_url))) == [1] * 10 + [40] * 10

    assert herspeel.main(["plaatsing", "kandidaten"]) == 0
    assert "dat is in een keer hersteld" in capsys.readouterr().out
    assert asyncio.run(_loonwaarden(database_url)) == [40] * 20
    assert herspeel.main(["plaatsing", "kandidaten"]) == 0
    assert "De projectie was al gelijk aan de geschiedenis." in capsys.readouterr().out


async def test_wie_de_geschiedenis_leest_leest_verder_waar_hij_was(kafka_bootstrap: str) -> None:
    topic = f"proef.{uuid.uuid4().hex}"
    await maak_topics(kafka_bootstrap, [topic])
    bus = KafkaBus(kafka_bootstrap, client_id="proef")

    async def publiceer(*nummers: int) -> None:
        await bus.publish([Message(topic, b"%d" % (n % 7), b"%d" % n, []) for n in nummers])

    async def lees(geschiedenis: KafkaHistory) -> list[int]:
        return [int(m.value) async for batch in geschiedenis.read_on() for m in batch]

    try:
        await publiceer(*range(5000))
        async with KafkaHistory(kafka_bootstrap, [topic], client_id="proef") as geschiedenis:
            gelezen = await lees(geschiedenis)
            assert sorted(gelezen) == list(range(5000))
            for sleutel in range(7):
                van = [n for n in gelezen if n % 7 == sleutel]
                assert van == sorted(van), "in order per key"
            assert await lees(geschiedenis) == []
            await publiceer(5000, 5001)
            assert sorted(await lees(geschiedenis)) == [5000, 5001]
    finally:
        await bus.close()


def test_zonder_kafka_is_er_geen_geschiedenis_en_dat_staat_er(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MEEDOEN_KAFKA_BOOTSTRAP", raising=False)
    monkeypatch.setenv("MEEDOEN_DATABASE_URL", "postgresql://x@127.0.0.1:9/x")
    assert herspeel.main(["plaatsing", "kandidaten"]) == 2
    fout = capsys.readouterr().err
    assert "MEEDOEN_KAFKA_BOOTSTRAP ontbreekt" in fout
    assert "bewaart geen\ngeschiedenis" in fout


def test_een_dienst_die_alleen_handelt_heeft_niets_te_herspelen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert herspeel.main(["financiering", "kandidaten"]) == 2
    assert "financiering heeft geen projectie «kandidaten»" in capsys.readouterr().err
