"""The shared fixtures give what they promise."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.kafka.keuze import Soort, kies
from tests.conftest import KAFKA_MAP, WORTEL

KAAL = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""A pytest within a pytest, without the plugins that the small test does not need."""


async def test_postgres_fixture_is_a_superuser_on_a_recent_server(postgres_beheer_url: str) -> None:
    verbinding = await asyncpg.connect(postgres_beheer_url)
    try:
        assert await verbinding.fetchval("select rolsuper from pg_roles where rolname = user")
        assert verbinding.get_server_version().major >= 15
    finally:
        await verbinding.close()


@pytest.mark.kafka
async def test_kafka_fixture_carries_a_message_from_producer_to_consumer(
    kafka_bootstrap: str,
) -> None:
    if kies(KAFKA_MAP).is_echt:
        from deploy.kafka.topics import maak_topics

        await maak_topics(kafka_bootstrap, ["proef.v1"], partities=1)
    async with AIOKafkaProducer(bootstrap_servers=kafka_bootstrap, acks="all") as producer:
        plaats = await producer.send_and_wait("proef.v1", b"hallo", key=b"k")
    async with AIOKafkaConsumer(
        "proef.v1", bootstrap_servers=kafka_bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        bericht = await consumer.getone()
    assert (bericht.offset, bericht.key, bericht.value) == (plaats.offset, b"k", b"hallo")


def test_a_given_broker_is_chosen_above_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
    keuze = kies(KAFKA_MAP)
    assert keuze.soort is Soort.GEGEVEN
    assert "127.0.0.1:1" in keuze.uitleg


def test_without_a_real_broker_the_mock_is_used_and_the_reason_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for naam in ("KAFKA_BOOTSTRAP_SERVERS", "MEEDOEN_TEST_KAFKA", "CI"):
        monkeypatch.delenv(naam, raising=False)
    keuze = kies(tmp_path)
    assert keuze.soort is Soort.NAGEBOOTST
    assert "./meedoen kafka" in keuze.uitleg


@pytest.mark.parametrize(
    ("alles", "code", "melding"),
    [("0", 0, "1 passed, 2 skipped"), ("1", 1, "1 test(s) overgeslagen: de run is mislukt")],
)
def test_a_skipped_test_fails_the_run_when_everything_must_run(
    tmp_path: Path, alles: str, code: int, melding: str
) -> None:
    proef = """
        import pytest
        from tests.conftest import vereis

        def test_that_runs(): pass

        @pytest.mark.skip
        def test_that_is_skipped(): pass

        def test_that_misses_something(): vereis(False, "er is geen hamer")
    """
    (tmp_path / "test_proef.py").write_text(textwrap.dedent(proef))
    uitkomst = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", "-p", "tests.conftest", tmp_path],
        env={**os.environ, **KAAL, "MEEDOEN_ALLES": alles},
        cwd=WORTEL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert uitkomst.returncode == code, uitkomst.stdout
    assert melding in uitkomst.stdout
    assert "er is geen hamer" in uitkomst.stdout


@pytest.mark.parametrize(
    ("opties", "melding"),
    [
        ([], "Storingsproef: niet gedraaid (1 tests); die draait mee met --storing"),
        (["--storing"], "2 passed"),
    ],
)
def test_the_fault_suite_runs_for_who_asks_and_the_report_says_when_it_did_not(
    tmp_path: Path, opties: list[str], melding: str
) -> None:
    proef = """
        import pytest

        @pytest.mark.storing
        def test_that_takes_minutes(): pass

        def test_that_is_quick(): pass
    """
    (tmp_path / "test_proef.py").write_text(textwrap.dedent(proef))
    uitkomst = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", *opties, tmp_path],
        env={**os.environ, **KAAL, "MEEDOEN_ALLES": "1"},
        cwd=WORTEL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert uitkomst.returncode == 0, uitkomst.stdout
    assert melding in uitkomst.stdout
