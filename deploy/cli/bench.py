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
from deploy.bench import (
    aanmelding,
    consument,
    diagnose,
    financiering,
    kanalen,
    matching,
    plaatsing,
    proces,
    relay,
    vertraging,
)
from deploy.bench.omgeving import omgeving
from deploy.bench.uitslag import (
    Antwoordtijd,
    Inhaalslag,
    Kanaal,
    Verhouding,
    Vertraging,
)
from deploy.kafka.ophalen import versie


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen bench",
        description="Meet Meedoen tegen de kale bibliotheken die hetzelfde doen, om en om op "
        "dezelfde PostgreSQL en Kafka. Een verhouding van 1 betekent dat Meedoen niets kost. "
        "Duurt enkele minuten; zet andere zware programma's stil.",
    )
    lezer.add_argument("--rondes", type=int, default=5, help="rondes per meting (standaard 5)")
    lezer.add_argument(
        "--alleen",
        choices=("diensten", "kanalen", "matching", "financiering"),
        help="een van de delen (standaard alle)",
    )
    lezer.add_argument(
        "--groot",
        action="store_true",
        help="financiering ook met 100.000 loonkostensubsidies (minuten)",
    )
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
    if keuze.alleen in (None, "diensten"):
        _toon_diensten(console, *uvloop.run(_meet_diensten(console, keuze.rondes)))
    if keuze.alleen in (None, "kanalen"):
        _toon_kanalen(console, *uvloop.run(_meet_kanalen(console, keuze.rondes)))
    if keuze.alleen in (None, "matching"):
        with console.status("matching …"):
            tijden = uvloop.run(matching.meet(keuze.rondes))
        kop = f"Beste {matching.BESTE}, {_duizend(matching.WERKPLEKKEN)} werkplekken"
        _toon_antwoordtijden(console, kop, matching.KANDIDATEN, tijden)
    if keuze.alleen in (None, "financiering"):
        omvang = financiering.GROOT if keuze.groot else financiering.OMVANG
        with console.status("financiering …"):
            aantallen = uvloop.run(financiering.meet(omvang))
        tabel = _tabel("Loonkostensubsidies", *(f"{_duizend(n)} lopend" for n in omvang))
        for gemeten in aantallen:
            tabel.add_row(*gemeten.regel())
        console.print(tabel)
    return 0


async def _meet_diensten(
    console: Console, rondes: int
) -> tuple[list[Verhouding], list[Antwoordtijd], Vertraging]:
    async with omgeving() as waar:
        uitslagen: list[Verhouding] = []
        with console.status("POST aanmelding …"):
            uitslagen += await aanmelding.meet(waar, rondes)
        with console.status("POST metingen …"):
            uitslagen += await diagnose.meet(waar, rondes)
        with console.status("POST plaatsingen …"):
            uitslagen += await plaatsing.meet(waar, rondes)
        with console.status("relay …"):
            uitslagen += await relay.meet(waar, rondes)
        with console.status("consument …"):
            uitslagen.append(await consument.meet(waar, rondes))
        with console.status("rapportages …"):
            rapporten = await plaatsing.meet_rapportages(waar)
        # Last, on a broker that has warmed up.
        with console.status("vertraging …"):
            duren = await vertraging.meet(waar)
    return uitslagen, rapporten, duren


def _toon_diensten(
    console: Console,
    verhoudingen: list[Verhouding],
    rapporten: list[Antwoordtijd],
    duren: Vertraging,
) -> None:
    tabel = _tabel("", "Meedoen", "kaal", "verhouding", "spreiding", "doel")
    for verhouding in verhoudingen:
        tabel.add_row(*verhouding.regel())
    console.print(tabel)
    console.print(proces.meet().regel(), highlight=False)
    _toon_antwoordtijden(console, "Rapportage", plaatsing.OMVANG, rapporten)
    for regel in duren.regels():
        console.print(f"Vertraging bij 200 gebeurtenissen/s, {regel}", highlight=False)


async def _meet_kanalen(console: Console, rondes: int) -> tuple[list[Kanaal], Inhaalslag]:
    with console.status("kanalen …") as status:
        async with omgeving() as waar:
            return await kanalen.meet(waar, rondes, lambda wat: status.update(f"{wat} …"))


def _toon_kanalen(console: Console, gemeten: list[Kanaal], inhaalslag: Inhaalslag) -> None:
    tabel = _tabel(
        "Van vastleggen tot tien afnemers",
        *("gebeurtenissen", "verhouding", "spreiding", "p50 bij 200/s", "p99 bij 200/s"),
    )
    tabel.add_row(*gemeten[0].kale_regel())
    for kanaal in gemeten:
        tabel.add_row(*kanaal.regel())
    console.print(tabel)
    console.print(inhaalslag.regel(), highlight=False)


def _toon_antwoordtijden(
    console: Console, kop: str, kandidaten: Sequence[int], gemeten: list[Antwoordtijd]
) -> None:
    tabel = _tabel(kop, *(f"{_duizend(aantal)} kandidaten" for aantal in kandidaten))
    for tijd in gemeten:
        tabel.add_row(*tijd.regel())
    console.print(tabel)


def _duizend(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")


def _tabel(*koppen: str) -> Table:
    """The first column, and a column of words, to the left; figures to the right."""
    tabel = Table(box=box.SIMPLE)
    for kop in koppen:
        tabel.add_column(kop, justify="left" if kop in (koppen[0], "doel") else "right")
    return tabel
