"""What all tests share: a PostgreSQL, a Kafka, and an honest report of which ones.

With MEEDOEN_ALLES=1 (CI) nothing may be skipped: a missing tool is a failure.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest

from chassis.access import DevelopmentIssuer
from chassis.encryption import KeyRing
from contracts.afnemers import TOPICS
from deploy.kafka.keuze import Keuze, broker, kies
from deploy.kafka.keuze import Soort as SoortBroker
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.lokale_toegang import LokaleToegang
from deploy.kafka.ophalen import Kafka, KafkaStartFout, haal_op, vind_java
from deploy.kafka.rechten import PRINCIPALS, Handeling, Patroon, Principal, Recht, Soort
from deploy.lokaal.postgres import SNEL_MAAR_VLUCHTIG, LokalePostgres
from deploy.maven import OphaalFout
from tests.dienst import token_issuer
from tests.keuring import KEURMEESTERS, VeraPDF, opgehaald_in

WORTEL = Path(__file__).parents[1]
KAFKA_MAP = WORTEL / ".meedoen" / "kafka"
KEURING_MAP = WORTEL / ".meedoen" / "keuring"
ALLES = os.environ.get("MEEDOEN_ALLES") == "1"

KAFKA_KEUZE = pytest.StashKey[Keuze]()
GEBRUIKT = pytest.StashKey[dict[str, str]]()
WEGGELATEN = pytest.StashKey[int]()
HERBEREKEND = "Loonkostensubsidie opnieuw berekend"


def vereis(toegang: object, reden: str) -> None:
    """Skip the test when something is missing, or fail it when everything must run."""
    if not toegang:
        if ALLES:
            pytest.fail(f"MEEDOEN_ALLES=1, maar {reden}", pytrace=False)
        pytest.skip(reden)


@pytest.fixture
def werkmap() -> Iterator[Path]:
    """A folder that another user can reach: started by root, PostgreSQL runs as one."""
    with tempfile.TemporaryDirectory(prefix="meedoen-tests-") as naam:
        Path(naam).chmod(0o755)
        yield Path(naam)


# -- PostgreSQL ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_beheer_url(pytestconfig: pytest.Config, worker_naam: str) -> Iterator[str]:
    """Superuser DSN of an empty database that this test process has to itself.

    MEEDOEN_TEST_POSTGRES_URL names a server to use; without it the tests start their own,
    one for each pytest-xdist worker.
    """
    gegeven = os.environ.get("MEEDOEN_TEST_POSTGRES_URL")
    if gegeven:
        url, server = asyncio.run(_eigen_database(gegeven, f"meedoen_test_{worker_naam}"))
        pytestconfig.stash[GEBRUIKT]["PostgreSQL"] = f"{server} (MEEDOEN_TEST_POSTGRES_URL)"
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="meedoen-tests-") as map_:
        Path(map_).chmod(0o755)  # started by root, the server runs as another user
        pg = LokalePostgres(Path(map_, "postgres"), SNEL_MAAR_VLUCHTIG)
        try:
            with pg:
                server = asyncio.run(_versie(pg.beheer_url))
                pytestconfig.stash[GEBRUIKT]["PostgreSQL"] = f"{server}, gestart door de tests"
                yield pg.beheer_url
        finally:
            pg.wis()


@pytest.fixture(scope="session")
def worker_naam(request: pytest.FixtureRequest) -> str:
    """Name of this pytest-xdist worker, or 'gw0' without workers."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "gw0"))


async def _versie(url: str) -> str:
    verbinding = await asyncpg.connect(url)
    try:
        return str(await verbinding.fetchval("show server_version"))
    finally:
        await verbinding.close()


async def _eigen_database(url: str, naam: str) -> tuple[str, str]:
    verbinding = await asyncpg.connect(url)
    try:
        await verbinding.execute(f'drop database if exists "{naam}" with (force)')
        await verbinding.execute(f'create database "{naam}"')
        server = str(await verbinding.fetchval("show server_version"))
    finally:
        await verbinding.close()
    voor, vraagteken, opties = url.partition("?")
    return f"{voor.rsplit('/', 1)[0]}/{naam}{vraagteken}{opties}", server


# -- what judges documents ----------------------------------------------------------------


@pytest.fixture(scope="session")
def keurmeesters() -> Path:
    """The folder with the judges of tests/keuring, fetched with Maven when nothing is skipped."""
    jars = opgehaald_in(KEURING_MAP)
    vereis(ALLES or jars.is_dir(), "de keurmeesters haalt MEEDOEN_ALLES=1 op (met Maven)")
    try:
        return KEURMEESTERS.haal_op(jars)
    except OphaalFout as fout:
        pytest.fail(str(fout), pytrace=False)


@pytest.fixture(scope="session")
def verapdf(keurmeesters: Path) -> VeraPDF:
    java = shutil.which("java")
    vereis(java, "veraPDF heeft Java nodig en dat is hier niet")
    assert java
    return VeraPDF(java, keurmeesters)


# -- who calls ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIssuer:
    """Gives tokens to whoever a test needs."""
    return token_issuer(tmp_path_factory.mktemp("issuer"))


@pytest.fixture(scope="session")
def sleutels() -> KeyRing:
    return KeyRing.from_json(KeyRing.generate_json())


# -- Kafka --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def kafka_bootstrap(pytestconfig: pytest.Config) -> Iterator[str]:
    """Bootstrap servers of the broker that this run uses: see deploy/kafka/keuze.py."""
    keuze = pytestconfig.stash[KAFKA_KEUZE]
    vereis(keuze.soort is not SoortBroker.GEEN, keuze.uitleg)
    pytestconfig.stash[GEBRUIKT]["Kafka"] = keuze.uitleg
    with (
        tempfile.TemporaryDirectory(prefix="meedoen-tests-") as data,
        broker(keuze, KAFKA_MAP, Path(data)) as bootstrap,
    ):
        yield bootstrap


@pytest.fixture(scope="session")
def apache_kafka(pytestconfig: pytest.Config) -> Kafka:
    """A fetched Apache Kafka, for tests that start and kill brokers of their own."""
    keuze = pytestconfig.stash[KAFKA_KEUZE]
    try:
        vind_java()
    except KafkaStartFout as fout:
        vereis(False, str(fout).splitlines()[0])
    vereis(keuze.is_echt, keuze.uitleg)
    pytestconfig.stash[GEBRUIKT].setdefault("Kafka", keuze.uitleg)
    return haal_op(KAFKA_MAP)


PROEF: Final = Principal(
    "proef",
    frozenset(
        Recht(soort, naam, Patroon.PREFIXED, handeling)
        for soort, naam, handeling in (
            (Soort.TOPIC, "proef.", Handeling.READ),
            (Soort.TOPIC, "proef.", Handeling.WRITE),
            (Soort.GROUP, "groep-", Handeling.READ),
        )
    ),
)
"""A principal for tests: what a service may do, on topics ``proef.…`` in groups ``groep-…``."""


@pytest.fixture(scope="session")
def beveiligde_kafka(apache_kafka: Kafka) -> Iterator[LokaleKafka]:
    """A secured Apache Kafka with all topics, principals, rights and quota.

    Its ``toegang`` says how anyone connects: ``toegang.scram("gemeente-0757")`` to ``bootstrap``,
    ``toegang.mtls("gemeente-0757")`` to ``bootstrap_mtls``; ``beheerder`` may do everything.
    """
    with tempfile.TemporaryDirectory(prefix="meedoen-tests-") as naam:
        toegang = LokaleToegang(Path(naam, "toegang"), (*PRINCIPALS, PROEF))
        with LokaleKafka(Path(naam, "kafka"), apache_kafka, toegang=toegang) as cluster:
            # A thread: an async fixture that asks for this one is in an event loop already.
            with ThreadPoolExecutor(1) as draad:
                draad.submit(asyncio.run, cluster.richt_in(TOPICS)).result()
            yield cluster


def pytest_runtest_setup(item: pytest.Item) -> None:
    """kafka(echt=True): only on a real Apache Kafka."""
    teken = item.get_closest_marker("kafka")
    if teken and teken.kwargs.get("echt"):
        keuze = item.config.stash[KAFKA_KEUZE]
        vereis(keuze.is_echt, keuze.uitleg)


# -- the fault suite ----------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--storing",
        action="store_true",
        help="ook de storingsproef: de hele keten terwijl alles waar zij op steunt wordt gekild",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The fault suite takes minutes and kills servers: only for who asks for it."""
    if config.getoption("--storing"):
        return
    weg = [item for item in items if item.get_closest_marker("storing")]
    items[:] = [item for item in items if item not in weg]
    config.hook.pytest_deselected(items=weg)
    config.stash[WEGGELATEN] = len(weg)


# -- the report ---------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    config.stash[KAFKA_KEUZE] = kies(KAFKA_MAP)
    config.stash[GEBRUIKT] = {}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """pytest-xdist: what a worker used is told by the process that prints."""
    node.config.stash[GEBRUIKT].update(getattr(node, "workeroutput", {}).get("gebruikt", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["gebruikt"] = session.config.stash[GEBRUIKT]
    elif ALLES and _overgeslagen(session.config) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    gebruikt = config.stash[GEBRUIKT]
    terminalreporter.section("waarop gedraaid is")
    terminalreporter.line(f"PostgreSQL: {gebruikt.get('PostgreSQL', 'niet gebruikt')}")
    terminalreporter.line(f"Kafka: {gebruikt.get('Kafka', 'niet gebruikt')}")
    if HERBEREKEND in gebruikt:
        terminalreporter.line(f"{HERBEREKEND}: {gebruikt[HERBEREKEND]}")
    if weggelaten := config.stash.get(WEGGELATEN, 0):
        terminalreporter.line(
            f"Storingsproef: niet gedraaid ({weggelaten} tests); die draait mee met --storing",
            yellow=True,
        )
    if ALLES and (aantal := _overgeslagen(config)):
        terminalreporter.line(
            f"MEEDOEN_ALLES=1, maar {aantal} test(s) overgeslagen: de run is mislukt.", red=True
        )


def _overgeslagen(config: pytest.Config) -> int:
    verslag = config.pluginmanager.get_plugin("terminalreporter")
    return len(verslag.stats.get("skipped", [])) if verslag else 0
