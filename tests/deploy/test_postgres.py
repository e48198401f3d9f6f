"""The local PostgreSQL starts, stops and survives crashes on any machine."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from deploy.lokaal import postgres
from deploy.lokaal.machine import is_vrij, wacht_tot
from deploy.lokaal.postgres import SNEL_MAAR_VLUCHTIG, LokalePostgres, PostgresStartFout

ALS_ROOT = os.geteuid() == 0


@pytest.fixture
def map_() -> Iterator[Path]:
    """A folder that every user may pass through, unlike pytest's own tmp_path."""
    pad = Path(tempfile.mkdtemp(prefix="meedoen-postgres-"))
    pad.chmod(0o755)
    yield pad
    LokalePostgres(pad).wis()


def vraag(pg: LokalePostgres, sql: str) -> Any:
    async def antwoord() -> Any:
        verbinding = await asyncpg.connect(pg.beheer_url)
        try:
            return await verbinding.fetchval(sql)
        finally:
            await verbinding.close()

    return asyncio.run(antwoord())


def maak_bewijs(pg: LokalePostgres) -> None:
    vraag(pg, "create table bewijs as select 42 as getal")


def test_first_start_gives_a_working_server_with_a_password(map_: Path) -> None:
    with LokalePostgres(map_) as pg:
        assert vraag(pg, "show server_encoding") == "UTF8"
        assert vraag(pg, "select lower('ÉÉN')") in ("één", "ÉÉn")
        zonder = pg.beheer_url.replace(pg.beheer_url.split(":")[2].split("@")[0], "fout")
        with pytest.raises(asyncpg.InvalidPasswordError):
            asyncio.run(asyncpg.connect(zonder))
    assert (map_ / "wachtwoord").stat().st_mode & 0o777 == 0o600


def test_stop_leaves_no_process_and_no_pid_file(map_: Path) -> None:
    pg = LokalePostgres(map_)
    pg.start()
    pid = pg.pid
    assert pid
    pg.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not (pg.datamap / "postmaster.pid").exists()
    with pytest.raises(RuntimeError):
        _ = pg.beheer_url


def test_second_start_keeps_data_password_and_port(map_: Path) -> None:
    with LokalePostgres(map_) as pg:
        maak_bewijs(pg)
        url = pg.beheer_url
    with LokalePostgres(map_) as pg:
        assert pg.beheer_url == url
        assert vraag(pg, "select getal from bewijs") == 42


def test_a_taken_port_is_replaced_by_a_free_one(map_: Path, monkeypatch: Any) -> None:
    with LokalePostgres(map_) as eerste:
        poort = eerste.beheer_url.rsplit(":", 1)[1].split("/")[0]
        andere = map_ / "andere"
        andere.mkdir()
        (andere / "poort").write_text(poort)
        # Free when looked at, taken when bound: the server itself reports it.
        antwoorden = iter([True])
        monkeypatch.setattr(postgres, "is_vrij", lambda p: next(antwoorden, None) or is_vrij(p))
        with LokalePostgres(andere, SNEL_MAAR_VLUCHTIG) as tweede:
            assert tweede.beheer_url.rsplit(":", 1)[1] != eerste.beheer_url.rsplit(":", 1)[1]
            assert vraag(tweede, "select 1") == 1
        tweede.wis()


def test_data_survives_kill_9_of_the_server(map_: Path) -> None:
    pg = LokalePostgres(map_)
    with pg:
        maak_bewijs(pg)
        pid = pg.pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        assert wacht_tot(lambda: pg.pid is None, 20)
        pg.stop()
        pg.start()
        assert pg.pid != pid
        assert vraag(pg, "select getal from bewijs") == 42


def test_a_killed_server_comes_back_with_its_data_on_the_same_address(map_: Path) -> None:
    with LokalePostgres(map_) as pg:
        maak_bewijs(pg)
        adres, data = pg.beheer_url, pg.datamap
        pg.kill()
        assert pg.pid is None
        assert wacht_tot(lambda: not postgres._processen_op(data), 20), "no worker lives on"
        pg.start()
        assert pg.beheer_url == adres
        assert vraag(pg, "select getal from bewijs") == 42


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="zombies are seen through /proc")
def test_restart_works_while_the_killed_server_is_still_a_zombie(map_: Path) -> None:
    eerste = LokalePostgres(map_)
    eerste.start()
    maak_bewijs(eerste)
    pid = eerste.pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert wacht_tot(lambda: ") Z" in Path(f"/proc/{pid}/stat").read_text(), 20)
    assert eerste._slot
    eerste._slot.close()  # as when the launcher died too; nobody reaps the server
    with LokalePostgres(map_) as tweede:
        assert vraag(tweede, "select getal from bewijs") == 42
    eerste.stop()


def test_pid_file_of_a_foreign_process_does_not_block_the_start(map_: Path) -> None:
    with LokalePostgres(map_) as pg:
        maak_bewijs(pg)
        inhoud = (pg.datamap / "postmaster.pid").read_text().splitlines()
    gebruiker = "nobody" if ALS_ROOT else None
    vreemd = subprocess.Popen(["sleep", "60"], user=gebruiker)
    try:
        pidbestand = pg.datamap / "postmaster.pid"
        pidbestand.write_text("\n".join([str(vreemd.pid), *inhoud[1:]]) + "\n")
        with LokalePostgres(map_) as pg:
            assert vraag(pg, "select getal from bewijs") == 42
        assert vreemd.poll() is None, "a foreign process is never touched"
    finally:
        vreemd.kill()
        vreemd.wait()


def test_server_of_a_killed_launcher_is_taken_over_with_its_data(map_: Path) -> None:
    programma = (
        "import sys; from pathlib import Path; from deploy.lokaal.postgres import LokalePostgres\n"
        "pg = LokalePostgres(Path(sys.argv[1])); pg.start(); print(pg.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", programma, str(map_)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        cwd=Path(postgres.__file__).parents[2],
    )
    assert starter.stdout
    wees = int(starter.stdout.readline())
    starter.kill()
    starter.communicate()
    os.kill(wees, 0)  # the server outlived its launcher
    with LokalePostgres(map_) as pg:
        assert pg.pid != wees
        assert vraag(pg, "select 1") == 1
        assert not postgres._werkt_op(wees, pg.datamap)


def test_a_second_launcher_on_the_same_folder_is_refused_in_plain_dutch(map_: Path) -> None:
    with (
        LokalePostgres(map_) as pg,
        pytest.raises(PostgresStartFout, match=f"al in gebruik door proces {os.getpid()}"),
    ):
        LokalePostgres(map_).start()
    assert pg.pid is None


def test_deleting_the_data_of_a_running_server_is_refused(map_: Path) -> None:
    with LokalePostgres(map_) as pg:
        with pytest.raises(PostgresStartFout, match="al in gebruik"):
            LokalePostgres(map_).wis()
        assert vraag(pg, "select 1") == 1
    LokalePostgres(map_).wis()
    assert not map_.exists()


def test_an_installed_server_is_the_fallback(map_: Path, monkeypatch: Any) -> None:
    wiel = next(iter(postgres._kandidaten()))
    pg_config = map_ / "pg_config"
    pg_config.write_text(f"#!/bin/sh\n[ $1 = --bindir ] && echo {wiel}\n")
    pg_config.chmod(0o755)
    monkeypatch.setattr(postgres, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", f"{map_}:{os.environ['PATH']}")
    assert list(postgres._kandidaten()) == [wiel]
    with LokalePostgres(map_, SNEL_MAAR_VLUCHTIG) as pg:
        assert vraag(pg, "select 1") == 1


def test_no_postgresql_at_all_says_what_to_install(map_: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(postgres, "_kandidaten", lambda: [map_])
    with pytest.raises(PostgresStartFout, match="apt-get install postgresql"):
        LokalePostgres(map_).start()


def test_data_of_another_major_version_is_refused_before_anything_is_touched(map_: Path) -> None:
    pg = LokalePostgres(map_)
    pg.datamap.mkdir()
    (pg.datamap / "PG_VERSION").write_text("12\n")
    with pytest.raises(PostgresStartFout, match="is van PostgreSQL 12"):
        pg.start()


def test_a_start_that_fails_shows_the_servers_own_words(map_: Path) -> None:
    with pytest.raises(PostgresStartFout, match="max_connections"):
        LokalePostgres(map_, {"max_connections": "geen getal"}).start()
    with LokalePostgres(map_) as pg:
        assert vraag(pg, "select 1") == 1


def test_values_of_a_row_never_reach_the_servers_log(map_: Path) -> None:
    with LokalePostgres(map_) as pg:
        vraag(pg, "create table persoon (bsn text primary key)")
        vraag(pg, "insert into persoon values ('999990019')")
        with pytest.raises(asyncpg.UniqueViolationError):
            vraag(pg, "insert into persoon values ('999990019')")
        log = pg.logbestand.read_text()
    assert "duplicate key" in log
    assert "999990019" not in log


@pytest.mark.skipif(not ALS_ROOT, reason="alleen root draait PostgreSQL als een andere gebruiker")
def test_root_with_a_closed_folder_changes_no_permission_and_still_starts(map_: Path) -> None:
    dicht = map_ / "dicht"
    dicht.mkdir(mode=0o700)
    pakket = next(iter(postgres._kandidaten())).parents[1]
    for deel in (pakket, pakket.with_name(f"{pakket.name}.libs")):
        shutil.copytree(deel, dicht / deel.name, symlinks=True)
    binaries = dicht / pakket.name / "pginstall" / "bin"
    eerste = LokalePostgres(dicht / "pg", SNEL_MAAR_VLUCHTIG, binaries=binaries)
    kopie = eerste._bereikbaar(binaries).parents[2]
    assert kopie.parent == postgres.SYSTEEM_CACHE
    try:
        with eerste as pg:
            maak_bewijs(pg)
            assert pg.datamap.is_relative_to(postgres.SYSTEEM_DATA)
        with LokalePostgres(dicht / "pg", SNEL_MAAR_VLUCHTIG) as pg:
            assert vraag(pg, "select getal from bewijs") == 42
        assert dicht.stat().st_mode & 0o777 == 0o700
    finally:
        eerste.wis()
        shutil.rmtree(kopie)
    assert not eerste.datamap.exists()
