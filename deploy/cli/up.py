"""./meedoen up: the whole chain on this machine, ready to be called."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from deploy.installatie import WORTEL
from deploy.lokaal.adres import Adres, AdresBezet
from deploy.lokaal.aan_het_werk import draai
from deploy.lokaal.postgres import PostgresStartFout

GEGEVENS: Final = WORTEL / ".meedoen" / "gegevens"
POORT: Final = 8080


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen up",
        description="Start Meedoen op deze machine: PostgreSQL, vier diensten en de gateway, met "
        "negen gemeenten en WSD als demo-organisaties. Stopt met Ctrl-C; gegevens blijven bewaard.",
    )
    lezer.add_argument("--poort", type=int, default=POORT, help=f"poort (standaard {POORT})")
    lezer.add_argument(
        "--map", type=Path, default=GEGEVENS, help="waar de gegevens blijven (.meedoen/gegevens)"
    )
    lezer.add_argument("--schoon", action="store_true", help="wis de gegevens en begin opnieuw")
    lezer.add_argument(
        "--kafka",
        action="store_true",
        help="elke dienst als eigen proces, op een echte Apache Kafka",
    )
    keuze = lezer.parse_args(argumenten)
    try:
        adres = Adres.vrij(keuze.poort)
        if keuze.schoon and keuze.map.exists():
            shutil.rmtree(keuze.map)
            print(f"Gegevens gewist: {keuze.map}")
        asyncio.run(draai(keuze.map, adres, kafka=keuze.kafka))
    except (AdresBezet, PostgresStartFout) as fout:
        print(fout, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0
