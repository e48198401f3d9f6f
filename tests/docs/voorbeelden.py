"""Running an example of the integrators' guide as an integrator would, and what it should tell."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import shutil
import signal
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from contracts.afnemers import GEMEENTEN
from deploy.installatie import WORTEL
from deploy.klantreis.persoon import verzin_kvk_nummer, verzin_persoon
from deploy.klantreis.verbinding import Verbinding
from deploy.klantreis.verloop import Klantreis, Opzet
from tests.conftest import vereis

MAP: Final = WORTEL / "docs" / "integratie" / "voorbeelden"
MODULES: Final = Path(os.environ.get("MEEDOEN_NODE_MODULES", WORTEL / ".meedoen/node/node_modules"))
_FEED: Final = "/gebeurtenissen/v1/gebeurtenissen"
_VANDAAG: Final = date(2026, 11, 20)
_PATIENCE_SECONDS: Final = 60.0


class Regel(NamedTuple):
    """The line that every example prints of an event it handled."""

    type: str
    source: str
    subject: str
    versie: int


class Voorbeeld:
    """A running example. ``uitvoer`` grows while it is followed."""

    def __init__(self, proces: asyncio.subprocess.Process, fouten: Path) -> None:
        self._proces = proces
        self._fouten = fouten
        self.uitvoer: list[Regel] = []

    async def tot_het_einde(self) -> list[Regel]:
        """All it tells, after it ended by itself and without an error."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while await self._lees():
                pass
            code = await self._proces.wait()
        assert code == 0, self._fouten.read_text()
        return self.uitvoer

    async def volgende(self) -> None:
        """Until it told of one more event."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            assert await self._lees(), self._fouten.read_text()

    async def _lees(self) -> bool:
        assert self._proces.stdout is not None
        if not (regel := await self._proces.stdout.readline()):
            return False
        type_, source, subject, versie = regel.decode().split()
        self.uitvoer.append(Regel(type_, source, subject, int(versie)))
        return True


@contextlib.asynccontextmanager
async def draaiend(
    bestand: str, map_: Path, instellingen: dict[str, str]
) -> AsyncIterator[Voorbeeld]:
    """The example as it stands, in a folder of its own, with these settings and no others."""
    opdracht = {".py": [sys.executable, "-I"], ".mjs": ["node"], ".sh": ["bash"]}
    kopie = Path(shutil.copy(MAP / bestand, map_))
    if kopie.suffix == ".mjs" and not (map_ / "node_modules").exists():
        (map_ / "node_modules").symlink_to(MODULES)
    fouten = map_ / "fouten.txt"
    with fouten.open("ab") as fouten_uit:
        proces = await asyncio.create_subprocess_exec(
            *(*opdracht[kopie.suffix], str(kopie)),
            cwd=map_,
            env={"PATH": os.environ["PATH"], **instellingen},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=fouten_uit,
            start_new_session=True,
        )
    try:
        yield Voorbeeld(proces, fouten)
    finally:
        # What it started itself goes too.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(proces.pid, signal.SIGKILL)
        await proces.wait()


def eis_programmas(bestand: str, *nodig: str) -> None:
    """What an example needs to run at all."""
    suffix = Path(bestand).suffix
    for programma in {".mjs": ("node",), ".sh": ("bash", "jq")}.get(suffix, ()) + nodig:
        vereis(shutil.which(programma), f"{programma} ontbreekt op deze machine")


async def speel(url: str, gemeentecode: str, toeval: random.Random, *, kort: bool = False) -> int:
    """One klantreis, to its end or only to the first besluit; how many events follow from it."""
    opzet = Opzet(
        gemeentecode=gemeentecode,
        persoon=verzin_persoon(toeval, GEMEENTEN[gemeentecode], _VANDAAG),
        kvk_nummer=verzin_kvk_nummer(toeval),
        vandaag=_VANDAAG,
        poortuitkomst="zorgtraject" if kort else "aanmelden-bij-wsd",
    )
    async with Verbinding(url) as verbinding:
        reis = Klantreis(verbinding, opzet)
        await reis.speel()
        if not kort:
            await reis.loonkostensubsidie()
    return reis.gebeurtenissen.total()


async def verwacht(url: str, gemeentecode: str, aantal: int) -> list[Regel]:
    """What the feed of a gemeente holds, as soon as it is this many."""
    async with Verbinding(url) as verbinding:
        pagina = await verbinding.wacht_op(
            gemeentecode,
            "klantmanager",
            _FEED,
            {"limiet": 500},
            lambda pagina: len(pagina["resultaten"]) >= aantal and pagina,
        )
    regels = [
        Regel(e["type"], e["source"], e["subject"], e["aggregateversion"])
        for e in (resultaat["gebeurtenis"] for resultaat in pagina["resultaten"])
    ]
    assert len(regels) == aantal
    return regels


async def token(url: str, gemeentecode: str, map_: Path) -> Path:
    """A file with an access token of a gemeente."""
    async with Verbinding(url) as verbinding:
        bestand = map_ / "token"
        bestand.write_text(await verbinding.token(gemeentecode, "klantmanager"))
    return bestand


def per_kandidaat(regels: Iterable[Regel]) -> dict[tuple[str, str], list[Regel]]:
    """In the order in which they came, which is promised per source and subject."""
    reeksen = defaultdict(list)
    for regel in regels:
        reeksen[regel.source, regel.subject].append(regel)
    return reeksen


def elk_een_keer(regels: Collection[Regel]) -> bool:
    return len(set(regels)) == len(regels)
