"""The launcher installs once, installs again after a change, and never keeps half of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.installatie import WORTEL, InstallatieFout, Omgeving


@pytest.fixture
def omgeving(tmp_path: Path) -> Omgeving:
    for lock in ("een.lock", "twee.lock"):
        (tmp_path / lock).write_text("# nothing\n")
    return Omgeving(tmp_path, tmp_path / ".meedoen" / "venv")


def test_an_unchanged_lock_installs_nothing_again(
    omgeving: Omgeving, capfd: pytest.CaptureFixture[str]
) -> None:
    omgeving.zorg_voor(["een.lock"])
    assert "Installeren uit een.lock" in capfd.readouterr().err
    omgeving.zorg_voor(["een.lock"])
    assert capfd.readouterr().err == ""
    omgeving.zorg_voor(["een.lock", "twee.lock"])
    assert "Installeren uit twee.lock" in capfd.readouterr().err


def test_a_changed_lock_rebuilds_the_environment(omgeving: Omgeving) -> None:
    omgeving.zorg_voor(["een.lock"])
    restant = omgeving.map / "van-de-vorige-keer"
    restant.touch()
    (omgeving.wortel / "een.lock").write_text("# changed\n")
    omgeving.zorg_voor(["een.lock"])
    assert not restant.exists()
    assert omgeving.python.exists()


def test_a_failed_installation_is_tried_again_and_says_where_the_log_is(
    omgeving: Omgeving,
) -> None:
    (omgeving.wortel / "een.lock").write_text("./bestaat-niet.whl\n")
    for _ in range(2):
        with pytest.raises(InstallatieFout, match=r"bestaat-niet[\s\S]*installatie\.log"):
            omgeving.zorg_voor(["een.lock"])
    (omgeving.wortel / "een.lock").write_text("# repaired\n")
    omgeving.zorg_voor(["een.lock"])


def test_both_lock_files_pin_every_package_with_a_hash_and_no_address() -> None:
    for naam in ("requirements.lock", "requirements-dev.lock"):
        lock = (WORTEL / naam).read_text()
        pakketten = [r for r in lock.splitlines() if "==" in r and not r.startswith(" ")]
        assert len(pakketten) > 40
        assert all(regel.endswith("\\") for regel in pakketten), "every pin is followed by hashes"
        assert "://" not in lock
        assert "--index" not in lock


def test_both_lock_files_agree_on_every_version() -> None:
    def versies(naam: str) -> set[str]:
        regels = (WORTEL / naam).read_text().splitlines()
        return {r.split()[0] for r in regels if "==" in r and not r.startswith(" ")}

    assert versies("requirements.lock") <= versies("requirements-dev.lock")


def test_an_old_python_is_told_what_to_install(tmp_path: Path) -> None:
    programma = (
        "import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['meedoen', 'up']\n"
        f"runpy.run_path({str(WORTEL / 'meedoen')!r})"
    )
    uitkomst = subprocess.run(
        [sys.executable, "-c", programma],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert uitkomst.returncode == 1
    assert "Python 3.11 of nieuwer nodig; dit is Python 3.9" in uitkomst.stderr
    assert "apt-get install" in uitkomst.stderr


def test_the_launcher_hands_over_from_any_folder(tmp_path: Path) -> None:
    uitkomst = subprocess.run(
        [sys.executable, WORTEL / "meedoen", "--help"],
        cwd=tmp_path,
        env={naam: w for naam, w in os.environ.items() if naam != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert uitkomst.returncode == 0
    assert "./meedoen <opdracht>" in uitkomst.stdout
    assert not list(tmp_path.iterdir()), "help installs nothing"
