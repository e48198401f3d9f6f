"""The virtual environment in .meedoen/venv: made, kept up to date, and handed over to.

Runs before anything is installed, so it stands on the standard library only.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from deploy.cli.commandos import COMMANDOS
from deploy.lokaal.machine import laatste_regels

WORTEL = Path(__file__).parents[1]
UITVOEREN = "requirements.lock"
ONTWIKKELEN = "requirements-dev.lock"


class InstallatieFout(Exception):
    """Something could not be installed; the message says in Dutch what to do about it."""


@dataclass(frozen=True)
class Omgeving:
    """A virtual environment with the packages of one or more lock files."""

    wortel: Path
    map: Path

    @property
    def python(self) -> Path:
        return self.map / "bin" / "python"

    @property
    def _stand(self) -> Path:
        return self.map / "meedoen.json"

    @property
    def _log(self) -> Path:
        return self.map.parent / "installatie.log"

    def zorg_voor(self, locks: Sequence[str]) -> None:
        """Install what the lock files say; does nothing when that is there already.

        A lock file that changed after it was installed rebuilds the environment, so that
        nothing lingers that the new lock does not name.
        """
        gewenst = {lock: sha256((self.wortel / lock).read_bytes()).hexdigest() for lock in locks}
        if gewenst.items() <= self._geinstalleerd().items():
            return
        with self._alleen_wij():
            stand = self._geinstalleerd()
            te_doen = [lock for lock in locks if stand.get(lock) != gewenst[lock]]
            if not te_doen:
                return  # another process did it while we waited
            if not stand or any(lock in stand for lock in te_doen):
                self._maak_leeg()
                stand, te_doen = {}, list(locks)
            self._installeer(te_doen)
            self._stand.write_text(
                json.dumps({**stand, **{lock: gewenst[lock] for lock in te_doen}})
            )

    def _geinstalleerd(self) -> dict[str, str]:
        """Hash per lock file that was installed completely."""
        if not self.python.exists() or not self._stand.exists():
            return {}
        stand: dict[str, str] = json.loads(self._stand.read_text())
        return stand

    @contextmanager
    def _alleen_wij(self) -> Iterator[None]:
        self.map.parent.mkdir(parents=True, exist_ok=True)
        with (self.map.parent / "installatie.slot").open("w") as slot:
            try:
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Een ander proces installeert al; even wachten …", file=sys.stderr)
                fcntl.flock(slot, fcntl.LOCK_EX)
            yield

    def _maak_leeg(self) -> None:
        try:
            venv.EnvBuilder(with_pip=True, clear=True, symlinks=True).create(self.map)
        except (subprocess.CalledProcessError, OSError) as fout:
            raise InstallatieFout(
                f"De virtuele omgeving {self.map} kan niet gemaakt worden: {fout}\n"
                "Op Debian en Ubuntu ontbreekt vaak een pakket: apt-get install python3-venv"
            ) from fout

    def _installeer(self, locks: Sequence[str]) -> None:
        regels = "".join((self.wortel / lock).read_text() for lock in locks)
        aantal = len(set(re.findall(r"^([\w.-]+)==", regels, re.MULTILINE)))
        begin = time.monotonic()
        _toon(f"Installeren uit {' en '.join(locks)} ({aantal} pakketten) …")
        opdracht = [str(self.python), "-m", "pip", "install", "--require-hashes", "--no-input"]
        opdracht += ["--disable-pip-version-check", "--progress-bar=off"]
        opdracht += [f"--requirement={self.wortel / lock}" for lock in locks]
        with (
            self._log.open("w") as log,
            subprocess.Popen(
                opdracht, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            ) as pip,
        ):
            bezig = 0
            for regel in pip.stdout or ():
                log.write(regel)
                if regel.startswith("Collecting"):
                    bezig += 1
                    _toon_voortgang(f"  {bezig}/{aantal} {regel.split()[1]}")
                elif regel.startswith("Installing"):
                    _toon_voortgang("  uitpakken …")
        _toon_voortgang("")
        if pip.returncode != 0:
            raise InstallatieFout(
                f"De pakketten uit {' en '.join(locks)} konden niet geïnstalleerd worden:\n"
                f"{laatste_regels(self._log.read_text())}\n"
                f"Alles staat in {self._log}. Controleer de verbinding en de instellingen van "
                "pip (pip config list), en de vrije schijfruimte."
            )
        _toon(f"  klaar in {time.monotonic() - begin:.0f} s")


def _word(python: str, argumenten: Sequence[str]) -> NoReturn:
    """Replace this process by the command, with our packages importable from any folder.

    The path is in the environment, so that it holds for processes that a command starts.
    """
    paden = [str(WORTEL), *filter(None, [os.environ.get("PYTHONPATH")])]
    omgeving = {**os.environ, "PYTHONPATH": os.pathsep.join(paden)}
    os.execve(python, [python, "-m", "deploy.cli", *argumenten], omgeving)


def _toon(tekst: str) -> None:
    print(tekst, file=sys.stderr, flush=True)


def _toon_voortgang(tekst: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{tekst[:78]}", end="", file=sys.stderr, flush=True)


def main(argumenten: Sequence[str]) -> int:
    """Install what the command needs and become that command."""
    commando = COMMANDOS.get(argumenten[0]) if argumenten else None
    if commando is None:  # help, or a name that does not exist: needs nothing installed
        _word(sys.executable, argumenten)
    omgeving = Omgeving(WORTEL, WORTEL / ".meedoen" / "venv")
    try:
        omgeving.zorg_voor([UITVOEREN, ONTWIKKELEN] if commando.ontwikkel else [UITVOEREN])
    except InstallatieFout as fout:
        print(fout, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nAfgebroken; de volgende keer begint de installatie opnieuw.", file=sys.stderr)
        return 130
    _word(str(omgeving.python), argumenten)
