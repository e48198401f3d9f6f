"""./meedoen bench: speed, as ratios in one run."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Sequence

import uvloop
from rich import box
from rich.console import Console
from rich.table import Table

from chassis import telemetry
from deploy.bench import aanmelding, consument, relay, vertraging
from deploy.bench.omgeving import omgeving
from deploy.bench.uitslag import Verhouding, Vertraging
from deploy.kafka.ophalen import versie


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen bench",
        description="Meet Meedoen tegen de kale bibliotheken die hetzelfde doen, om en om op "
        "dezelfde PostgreSQL en Kafka. Een verhouding van 1 betekent dat Meedoen niets kost. "
        "Duurt enkele minuten; zet andere zware programma's stil.",
    )
    lezer.add_argument("--rondes", type=int, default=5, help="rondes per meting (standaard 5)")
    keuze = lezer.parse_args(argumenten)
    telemetry.configure("ERROR")
    console = Console()
    if not console.is_terminal:
        console = Console(width=110)  # in a file or a log nothing need be folded
    console.print(
        f"{os.cpu_count()} processorkernen, belasting vooraf {os.getloadavg()[0]:.1f}; Python "
        f"{platform.python_version()}; PostgreSQL met fsync; Apache Kafka {versie()}, een broker",
        highlight=False,
    )
    verhoudingen, duren = uvloop.run(_meet(console, keuze.rondes))
    tabel = Table(box=box.SIMPLE)
    for kop in ("", "Meedoen", "kaal", "verhouding", "spreiding", "doel"):
        tabel.add_column(kop, justify="left" if kop in ("", "doel") else "right")
    for verhouding in verhoudingen:
        tabel.add_row(*verhouding.regel())
    console.print(tabel)
    for regel in duren.regels():
        console.print(f"Vertraging bij 200 gebeurtenissen/s, {regel}", highlight=False)
    return 0


async def _meet(console: Console, rondes: int) -> tuple[list[Verhouding], Vertraging]:
    async with omgeving() as waar:
        uitslagen: list[Verhouding] = []
        with console.status("POST aanmelding …"):
            uitslagen.append(await aanmelding.meet(waar, rondes))
        with console.status("relay …"):
            uitslagen += await relay.meet(waar, rondes)
        with console.status("consument …"):
            uitslagen.append(await consument.meet(waar, rondes))
        # Last, on a broker that has warmed up.
        with console.status("vertraging …"):
            duren = await vertraging.meet(waar)
    return uitslagen, duren
