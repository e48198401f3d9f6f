"""./meedoen up: the whole chain on this machine, ready to be called."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import uvloop

from deploy.installatie import WORTEL
from deploy.kafka.ophalen import KafkaStartFout
from deploy.lokaal import een_proces, processen
from deploy.lokaal.adres import AdresBezet, eis_vrij
from deploy.lokaal.opruimen import begin_opnieuw
from deploy.lokaal.postgres import PostgresStartFout

GEGEVENS: Final = WORTEL / ".meedoen" / "gegevens"
POORT: Final = 8080


def main(argumenten: Sequence[str]) -> int:
    begin = time.monotonic()
    lezer = argparse.ArgumentParser(
        prog="./meedoen up",
        description="Start Meedoen op deze machine: PostgreSQL, vier diensten en de gateway, met "
        "negen gemeenten en WSD als demo-organisaties. Stopt met Ctrl-C; de gegevens blijven "
        "bewaard in .meedoen/gegevens.",
    )
    lezer.add_argument("--poort", type=int, default=POORT, help=f"poort (standaard {POORT})")
    lezer.add_argument("--map", type=Path, default=GEGEVENS, help="waar de gegevens blijven")
    lezer.add_argument("--schoon", action="store_true", help="wis de gegevens en begin opnieuw")
    lezer.add_argument(
        "--kafka",
        action="store_true",
        help="elke dienst als eigen proces, op een echte Apache Kafka",
    )
    lezer.add_argument(
        "--brokers", type=int, choices=(1, 3), default=1, help="met --kafka: aantal brokers"
    )
    keuze = lezer.parse_args(argumenten)
    map_ = keuze.map / ("kafka" if keuze.kafka else "een-proces")
    try:
        eis_vrij(keuze.poort)
        if keuze.schoon:
            begin_opnieuw(map_)
        if keuze.kafka:
            uvloop.run(processen.draai(map_, keuze.poort, brokers=keuze.brokers, begin=begin))
        else:
            uvloop.run(een_proces.draai(map_, keuze.poort, begin=begin))
    except (AdresBezet, PostgresStartFout, KafkaStartFout, processen.ProcesGestopt) as fout:
        print(fout, file=sys.stderr)
        return 1
    return 0
