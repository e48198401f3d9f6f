"""./meedoen klantreis: a resident travels the whole chain through the public REST API."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import httpx2
from rich.console import Console

from chassis.clock import NEDERLAND
from deploy.cli.up import POORT
from deploy.installatie import WORTEL
from deploy.klantreis.spel import Uitslag, speel_een, speel_vele
from deploy.klantreis.verbinding import KlantreisFout
from deploy.lokaal.adres import HOST, vrije_poorten

_START_SECONDS = 60.0


def main(argumenten: Sequence[str]) -> int:
    lezer = argparse.ArgumentParser(
        prog="./meedoen klantreis",
        description="Speelt een klantreis van Boxtel af via de openbare REST API, met elke aanroep "
        "en elke gebeurtenis, tegen een draaiende Meedoen (./meedoen up) of tegen een tijdelijke "
        "die hiervoor start en daarna weer verdwijnt.",
    )
    lezer.add_argument("--aantal", type=int, default=1, help="zoveel klantreizen, met een telling")
    lezer.add_argument("--url", help=f"adres van Meedoen (standaard http://{HOST}:{POORT})")
    lezer.add_argument("--zaad", type=int, help="herhaalt dezelfde verzonnen gegevens")
    keuze = lezer.parse_args(argumenten)
    if keuze.aantal < 1:
        lezer.error("--aantal is ten minste 1")
    console = Console()
    try:
        with _meedoen(keuze.url, console) as url:
            uitslag = asyncio.run(_speel(console, url, keuze.aantal, keuze.zaad))
    except KlantreisFout as fout:
        print(fout, file=sys.stderr)
        return 1
    except ExceptionGroup as fouten:
        print(fouten.exceptions[0], file=sys.stderr)
        return 1
    return 0 if uitslag.klopt else 1


async def _speel(console: Console, url: str, aantal: int, zaad: int | None) -> Uitslag:
    toeval = random.Random(zaad)  # noqa: S311 - invented people, no secrets
    vandaag = datetime.now(NEDERLAND).date()
    if aantal == 1:
        return await speel_een(console, url, vandaag=vandaag, toeval=toeval)
    return await speel_vele(console, url, aantal, vandaag=vandaag, toeval=toeval)


@contextlib.contextmanager
def _meedoen(url: str | None, console: Console) -> Iterator[str]:
    """A running Meedoen: the one that is asked for, the one that runs, or one of our own."""
    gevraagd = (url or f"http://{HOST}:{POORT}").rstrip("/")
    if _gezond(gevraagd):
        yield gevraagd
        return
    if url:
        raise KlantreisFout(
            f"Op {gevraagd} draait geen gezonde Meedoen. Start die met ./meedoen up."
        )
    console.print("Er draait geen Meedoen; een tijdelijke start …")
    [poort] = vrije_poorten(1)
    with tempfile.TemporaryDirectory(prefix="meedoen-") as map_:
        opdracht = [sys.executable, "-m", "deploy.cli", "up", "--poort", str(poort), "--map", map_]
        log = Path(map_) / "up.log"
        with log.open("wb") as uitvoer:
            proces = subprocess.Popen(
                opdracht, cwd=WORTEL, stdin=subprocess.DEVNULL, stdout=uitvoer, stderr=uitvoer
            )
        try:
            eigen = f"http://{HOST}:{poort}"
            tot = time.monotonic() + _START_SECONDS
            while not _gezond(eigen):
                if proces.poll() is not None or time.monotonic() > tot:
                    raise KlantreisFout(f"Meedoen start niet:\n{log.read_text()}")
                time.sleep(0.1)
            yield eigen
        finally:
            proces.terminate()
            proces.wait(30)


def _gezond(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/gezondheid", timeout=2.0).status_code == httpx2.codes.OK
    except httpx2.HTTPError:
        return False
