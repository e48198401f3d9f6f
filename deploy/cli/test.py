"""./meedoen test: pytest, with all its arguments; it reports at the end on what it ran."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

import pytest

from deploy.installatie import WORTEL

MEESTE_PROCESSEN: Final = 4
"""Each has a PostgreSQL and Kafka brokers of its own, so memory runs out before cores do."""

UITLEG = """\
./meedoen test [argumenten van pytest]

  ./meedoen test                       alle tests, verdeeld over de kernen van deze machine
  ./meedoen test -n 2 tests/intake     een deel, over twee processen, elk met een eigen PostgreSQL
  ./meedoen test tests/intake -k bsn   een deel, in een proces
  ./meedoen test --storing             ook de storingsproef (minuten; echte Apache Kafka nodig)
  ./meedoen test --storing tests/storing   alleen die

De storingsproef speelt klantreizen terwijl diensten, relays, gateway, PostgreSQL en Kafka-brokers
worden gekild, en vergelijkt met een ongestoorde keten. MEEDOEN_ZAAD herhaalt een proef,
MEEDOEN_KLANTREIZEN maakt haar kleiner dan 2000.

PostgreSQL: de tests starten er zelf een, of gebruiken MEEDOEN_TEST_POSTGRES_URL.
Kafka: KAFKA_BOOTSTRAP_SERVERS; anders een eigen Apache Kafka als die is opgehaald
(./meedoen kafka) of met MEEDOEN_TEST_KAFKA=1. Zonder echte broker worden de tests die er een nodig
hebben zichtbaar overgeslagen.
Aan het eind staat waarop gedraaid is. Met MEEDOEN_ALLES=1 mag geen test worden overgeslagen.
"""


def main(argumenten: Sequence[str]) -> int:
    if list(argumenten) in (["-h"], ["--help"]):
        print(UITLEG)
        return 0
    os.chdir(WORTEL)
    return int(pytest.main(list(argumenten) or _verdeeld()))


def _verdeeld() -> list[str]:
    """The tests of one module stay together: they share what is dear to start.

    In the order of the folders: the longest module has few tests, and would otherwise come last.
    """
    processen = min(os.cpu_count() or 1, MEESTE_PROCESSEN)
    return ["-n", str(processen), "--dist", "loadscope", "--no-loadscope-reorder"]
