"""Running an example of the integrators' guide as an integrator would, and what it should tell."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import shutil
import signal
import ssl
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple, Self

from contracts.afnemers import GEMEENTEN
from deploy.installatie import WORTEL
from deploy.klantreis.persoon import verzin_kvk_nummer, verzin_persoon
from deploy.klantreis.verbinding import Verbinding
from deploy.klantreis.verloop import Klantreis, Opzet
from deploy.lokaal.adres import HOST
from tests.conftest import vereis

MAP: Final = WORTEL / "docs" / "integratie" / "voorbeelden"
MODULES: Final = Path(os.environ.get("MEEDOEN_NODE_MODULES", WORTEL / ".meedoen/node/node_modules"))
BOXTEL: Final = "0757"
VUGHT: Final = "0865"
_VANDAAG: Final = date(2026, 11, 20)
_PATIENCE_SECONDS: Final = 60.0
_OPDRACHT: Final = {".py": (sys.executable, "-I"), ".mjs": ("node",), ".sh": ("bash",)}


class Regel(NamedTuple):
    """The line that every example prints of an event it handled."""

    type: str
    source: str
    subject: str
    versie: int


class Voorbeeld:
    """A running example. ``uitvoer`` grows as it is followed."""

    def __init__(self, proces: asyncio.subprocess.Process, fouten: Path) -> None:
        self._proces = proces
        self._fouten = fouten
        self.uitvoer: list[Regel] = []

    async def volg(self, aantal: int) -> None:
        """Until it has told of this many events."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while len(self.uitvoer) < aantal:
                assert await self._lees(), self._fouten.read_text()

    async def tot_het_einde(self) -> list[Regel]:
        """All it told, after it ended by itself and without an error."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while await self._lees():
                pass
            assert await self._proces.wait() == 0, self._fouten.read_text()
        return self.uitvoer

    def val_om(self) -> None:
        """As a machine does it."""
        self._proces.kill()

    def stop(self) -> None:
        """As a service manager does it."""
        self._proces.terminate()

    async def _lees(self) -> bool:
        assert self._proces.stdout is not None
        if not (regel := await self._proces.stdout.readline()):
            return False
        type_, source, subject, versie = regel.decode().split()
        self.uitvoer.append(Regel(type_, source, subject, int(versie)))
        return True


@contextlib.asynccontextmanager
async def draaiend(
    bestand: str, map_: Path, instellingen: Mapping[str, str]
) -> AsyncIterator[Voorbeeld]:
    """The example as it stands, in a folder of its own, with these settings and no others."""
    eigen = Path(shutil.copytree(MAP, map_ / "voorbeelden", dirs_exist_ok=True)) / bestand
    if MODULES.exists() and not (modules := map_ / "node_modules").exists():
        modules.symlink_to(MODULES)
    fouten = map_ / "fouten.txt"
    with fouten.open("ab") as naar_fouten:
        proces = await asyncio.create_subprocess_exec(
            *(*_OPDRACHT[eigen.suffix], str(eigen)),
            cwd=map_,
            env={"PATH": os.environ["PATH"], **instellingen},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=naar_fouten,
            start_new_session=True,
        )
    try:
        yield Voorbeeld(proces, fouten)
    finally:
        # What it started itself goes with it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(proces.pid, signal.SIGKILL)
        await proces.wait()


def eis(bestand: str, *programmas: str) -> None:
    """Skip, or fail, where an example cannot run."""
    for programma in (_OPDRACHT[Path(bestand).suffix][0], *programmas):
        vereis(shutil.which(programma), f"{programma} ontbreekt op deze machine")


@dataclass
class Meedoen:
    """A running chain, how to connect to it, and how many events Boxtel received in it."""

    url: str
    instellingen: Mapping[str, str]
    aantal: int = 0
    _toeval: random.Random = field(default_factory=lambda: random.Random(1))

    async def speel(self, gemeentecode: str = BOXTEL, *, kort: bool = False) -> None:
        """One klantreis, to its end or only to the first besluit."""
        opzet = Opzet(
            gemeentecode=gemeentecode,
            persoon=verzin_persoon(self._toeval, GEMEENTEN[gemeentecode], _VANDAAG),
            kvk_nummer=verzin_kvk_nummer(self._toeval),
            vandaag=_VANDAAG,
            poortuitkomst="zorgtraject" if kort else "aanmelden-bij-wsd",
        )
        async with Verbinding(self.url) as verbinding:
            reis = Klantreis(verbinding, opzet)
            await reis.speel()
            if not kort:
                await reis.loonkostensubsidie()
        if gemeentecode == BOXTEL:
            self.aantal += reis.gebeurtenissen.total()

    async def alles_van_boxtel(self) -> list[Regel]:
        """What Boxtel's feed holds, as soon as all of it is there."""
        async with Verbinding(self.url) as verbinding:
            pagina = await verbinding.wacht_op(
                BOXTEL,
                "klantmanager",
                "/gebeurtenissen/v1/gebeurtenissen",
                {"limiet": 500},
                lambda pagina: len(pagina["resultaten"]) >= self.aantal and pagina,
            )
        regels = [
            Regel(e["type"], e["source"], e["subject"], e["aggregateversion"])
            for e in (resultaat["gebeurtenis"] for resultaat in pagina["resultaten"])
        ]
        assert len(regels) == self.aantal
        return regels


class Tussenstation:
    """Passes on to a port of this machine, as a proxy does; hangs up when nothing listens there.

    tls: how it is reached itself; None for plain.
    """

    def __init__(self, naar: int, tls: ssl.SSLContext | None = None) -> None:
        self._naar = naar
        self._tls = tls
        self._verbonden: set[asyncio.StreamWriter] = set()
        self._in_gebruik = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._geef_door, HOST, 0, ssl=self._tls)
        self.poort: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.verbreek()

    async def in_gebruik(self) -> None:
        """Until somebody is connected."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await self._in_gebruik.wait()

    def verbreek(self) -> None:
        """End all connections in the middle of whatever they were doing."""
        for kant in self._verbonden:
            kant.transport.abort()

    async def _geef_door(self, van: asyncio.StreamReader, terug: asyncio.StreamWriter) -> None:
        try:
            antwoord, vraag = await asyncio.open_connection(HOST, self._naar)
        except OSError:
            terug.close()
            return
        self._verbonden |= {terug, vraag}
        self._in_gebruik.set()
        await asyncio.gather(_over(van, vraag), _over(antwoord, terug))
        self._verbonden -= {terug, vraag}
        if not self._verbonden:
            self._in_gebruik.clear()


async def _over(van: asyncio.StreamReader, naar: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while deel := await van.read(65536):
            naar.write(deel)
            await naar.drain()
    naar.close()


async def luistert(poort: int) -> None:
    """Until something listens there."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            with contextlib.suppress(ConnectionRefusedError):
                (await asyncio.open_connection(HOST, poort))[1].close()
                return
            await asyncio.sleep(0.02)


async def een_geschiedenis(meedoen: Meedoen) -> None:
    """Two klantreizen of Boxtel, with one of another gemeente between them."""
    for gemeentecode in (BOXTEL, VUGHT, BOXTEL):
        await meedoen.speel(gemeentecode)


async def bewaar_token(url: str, map_: Path) -> Path:
    """A file with an access token of Boxtel."""
    async with Verbinding(url) as verbinding:
        bestand = map_ / "token"
        bestand.write_text(await verbinding.token(BOXTEL, "klantmanager"))
    return bestand


def per_kandidaat(regels: Iterable[Regel]) -> dict[tuple[str, str], list[Regel]]:
    """In the order in which they came, which is promised per source and subject."""
    reeksen = defaultdict(list)
    for regel in regels:
        reeksen[regel.source, regel.subject].append(regel)
    return reeksen
