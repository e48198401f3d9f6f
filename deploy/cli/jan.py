"""./meedoen jan: the case of bron 004 in one gemeente or in all five."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence

from rich.console import Console

from chassis import telemetry
from deploy.jan import uitvoer
from deploy.jan.spel import Gespeeld, keten_met_klok, speel
from deploy.jan.verhalen import VERHALEN, Verhaal
from deploy.klantreis.verbinding import KlantreisFout


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen jan",
        description="Jan: zijn relatie is voorbij, hij heeft geen huis en geen inkomen. Volg hem "
        "door de poort van een gemeente, of van alle vijf, met een klok die wordt verzet. Alles "
        "gaat via de openbare REST API van een tijdelijke Meedoen, die daarna weer verdwijnt.",
    )
    lezer.add_argument("gemeente", nargs="?", choices=tuple(VERHALEN), help="standaard alle vijf")
    keuze = lezer.parse_args(argumenten)
    verhalen = [VERHALEN[keuze.gemeente]] if keuze.gemeente else list(VERHALEN.values())
    console = Console()
    telemetry.configure("ERROR")
    console.print("Een tijdelijke Meedoen start …")
    try:
        gespeeld = asyncio.run(_speel(console, verhalen))
    except KlantreisFout as fout:
        print(fout, file=sys.stderr)
        return 1
    if len(gespeeld) > 1:
        uitvoer.vergelijking(console, gespeeld)
    return 0


async def _speel(console: Console, verhalen: Sequence[Verhaal]) -> list[Gespeeld]:
    gespeeld = []
    async with keten_met_klok() as (keten, klok):
        for verhaal in verhalen:
            uitvoer.kop(console, verhaal)
            gespeeld.append(
                await speel(keten, klok, verhaal, toon=lambda r: uitvoer.regel(console, r))
            )
            uitvoer.einde(console, gespeeld[-1])
    return gespeeld
