"""./meedoen indexeer: re-set every running loonkostensubsidie on 1 January."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chassis.clock import local_date
from chassis.database import Database
from contracts.afnemers import GEMEENTEN
from deploy.dienstdatabase import database_van, waarom_onbereikbaar
from services.financiering.domain.fouten import DomeinFout
from services.financiering.domain.indexatie import eis_te_indexeren
from services.financiering.service import SERVICE
from services.financiering.store import indexaties
from services.financiering.store.indexaties import Indexatie
from services.financiering.use_cases.indexeer import indexeer

_VERVOLG: Final = "Geef de opdracht opnieuw: zij gaat verder waar zij was."


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen indexeer",
        description="Herziet op 1 januari elke lopende loonkostensubsidie van elke gemeente naar "
        "minimumloon en werkgeverslasten van dat jaar (art. 10d lid 7 Participatiewet). Kan op elk "
        "moment stoppen en opnieuw worden gegeven: niets gebeurt twee keer. Instelling: "
        "MEEDOEN_DATABASE_URL, het adres van de database van financiering.",
    )
    lezer.add_argument("jaar", type=int, help="bijvoorbeeld 2027")
    lezer.add_argument(
        "--ook-onzeker",
        action="store_true",
        help="ook als een cijfer van dat jaar niet in een bron is gevonden",
    )
    keuze = lezer.parse_args(argumenten)
    if not (url := database_van(SERVICE.name)):
        return 2
    return asyncio.run(_verbind(url, keuze.jaar, ook_onzeker=keuze.ook_onzeker))


async def _verbind(url: str, jaar: int, *, ook_onzeker: bool) -> int:
    try:
        async with Database(SERVICE.name, url, wake_other_processes=True) as database:
            return await voer_uit(database, jaar, ook_onzeker=ook_onzeker)
    except Exception as fout:
        if not (reden := waarom_onbereikbaar(fout)):
            raise
        print(f"{reden} {_VERVOLG}", file=sys.stderr)
        return 1


async def voer_uit(database: Database, jaar: int, *, ook_onzeker: bool) -> int:
    """Of all gemeenten, with a bar; the exit code."""
    try:
        eis_te_indexeren(jaar, local_date(database.clock.now()), ook_onzeker=ook_onzeker)
    except DomeinFout as fout:
        print(fout.uitleg, file=sys.stderr)
        return 1
    kolommen = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    te_gaan = await _te_gaan(database, jaar)
    with Progress(*kolommen, console=Console(stderr=True)) as balk:
        taak = balk.add_task("subsidies", total=sum(te_gaan.values()))

        def vorder(aantal: int) -> None:
            balk.advance(taak, aantal)

        standen = await _alle(database, jaar, te_gaan, vorder)
    bekeken, gewijzigd = sum(s.bekeken for s in standen), sum(s.gewijzigd for s in standen)
    print(
        f"{jaar}: {bekeken} lopende subsidies van {len(standen)} gemeenten herzien; van "
        f"{gewijzigd} veranderde er iets. Wat de dienst zelf al had herzien telt als ongewijzigd."
    )
    return 0


async def _te_gaan(database: Database, jaar: int) -> dict[str, int]:
    te_gaan = {}
    for gemeente in GEMEENTEN:
        async with database.unit_of_work(gemeente) as uow:
            te_gaan[gemeente] = await indexaties.te_gaan(uow, jaar)
    return te_gaan


async def _alle(
    database: Database, jaar: int, gemeenten: Iterable[str], vorder: Callable[[int], None]
) -> list[Indexatie]:
    return [await indexeer(database, gemeente, jaar, vorder=vorder) for gemeente in gemeenten]
