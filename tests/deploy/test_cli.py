"""Every command is there, explains itself in Dutch, and fails when its work fails."""

import asyncio
import importlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from chassis.settings import KafkaSecurity
from contracts.afnemers import afnemer_topic
from deploy.cli import lint
from deploy.cli.__main__ import main
from deploy.cli.commandos import COMMANDOS
from deploy.installatie import WORTEL
from deploy.kafka.lokaal import _is_broker
from deploy.kafka.lokale_toegang import LokaleToegang
from deploy.kafka.ophalen import Kafka
from deploy.lokaal.machine import vrije_poorten
from tests.kafka.verzoek import klant


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    uitvoer = capsys.readouterr().out
    for naam, commando in COMMANDOS.items():
        assert f"  {naam}" in uitvoer
        assert commando.uitleg in uitvoer


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bestaatniet"]) == 2
    assert "Onbekende opdracht: bestaatniet" in capsys.readouterr().err


@pytest.mark.parametrize("naam", COMMANDOS)
def test_every_command_has_a_module_with_a_main(naam: str) -> None:
    assert callable(importlib.import_module(COMMANDOS[naam].module).main)


def test_lint_runs_every_check_and_fails_when_one_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    goed = [sys.executable, "-c", ""]
    fout = [sys.executable, "-c", "print('regel 3 is te lang'); exit(1)"]
    monkeypatch.setattr(lint, "CONTROLES", {"eerste": fout, "tweede": goed})
    assert lint.main([]) == 1
    uitvoer = capsys.readouterr().out
    assert "regel 3 is te lang" in uitvoer
    assert "tweede" in uitvoer
    monkeypatch.setattr(lint, "CONTROLES", {"tweede": goed})
    assert lint.main([]) == 0


@pytest.mark.kafka(echt=True)
def test_kafka_runs_until_ctrl_c_and_leaves_no_broker_behind(
    apache_kafka: Kafka, tmp_path: Path
) -> None:
    assert apache_kafka.jars.is_dir()
    (poort,) = vrije_poorten(1)
    programma = (
        "import sys, types; from deploy.cli import kafka\n"
        "kafka._topics = lambda: ['proef.v1', 'proef.v2']\n"
        "sys.exit(kafka.main(sys.argv[1:]))"
    )
    kafka = subprocess.Popen(
        [sys.executable, "-c", programma, "--map", tmp_path, f"--poort={poort}"],
        cwd=WORTEL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert kafka.stdout
    regels = [kafka.stdout.readline() for _ in range(3)]
    assert f"Kafka draait op 127.0.0.1:{poort} (2 nieuwe topics)" in regels[1]
    assert f"KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:{poort}" in regels[2]
    pid = int((tmp_path / "broker-1" / "pid").read_text())
    assert _is_broker(pid, tmp_path)
    kafka.send_signal(signal.SIGINT)
    rest, _ = kafka.communicate(timeout=60)
    assert "Kafka stopt" in rest
    assert kafka.returncode == 0
    assert not _is_broker(pid, tmp_path)


@pytest.mark.kafka(echt=True)
@pytest.mark.timeout(240)
def test_kafka_beveiligd_tells_how_a_gemeente_connects_and_shows_no_password(
    apache_kafka: Kafka, tmp_path: Path
) -> None:
    assert apache_kafka.jars.is_dir()
    (poort,) = vrije_poorten(1)
    opdracht = [sys.executable, "-m", "deploy.cli", "kafka", "--beveiligd", f"--poort={poort}"]
    kafka = subprocess.Popen(
        [*opdracht, "--map", tmp_path], cwd=WORTEL, stdout=subprocess.PIPE, text=True
    )
    assert kafka.stdout
    regels: list[str] = []
    while not regels or not regels[-1].startswith("Ctrl-C stopt"):
        regels.append(kafka.stdout.readline())
        assert regels[-1], "Kafka stopped by itself"
    toegang = LokaleToegang(tmp_path / "toegang")
    scram = toegang.scram("gemeente-0757")
    assert scram.wachtwoord
    try:
        assert asyncio.run(_ziet(f"127.0.0.1:{poort}", scram)) == {afnemer_topic("0757")}
        (mtls,) = [r for r in regels if "bootstrap.servers" in r and str(poort) not in r]
        met_certificaat = toegang.mtls("gemeente-0757")
        assert f"    certificaat {met_certificaat.certificaat}\n" in regels
        adres = mtls.strip().partition("=")[2]
        assert asyncio.run(_ziet(adres, met_certificaat)) == {afnemer_topic("0757")}
    finally:
        kafka.send_signal(signal.SIGINT)
        rest, _ = kafka.communicate(timeout=60)
    geheimen = json.loads(toegang.wachtwoordbestand.read_text()).values()
    assert not [geheim for geheim in geheimen if geheim in "".join(regels) + rest]
    assert (toegang.wachtwoordbestand.stat().st_mode & 0o077) == 0


async def _ziet(bootstrap: str, beveiliging: KafkaSecurity) -> set[str]:
    async with klant(bootstrap, beveiliging) as gemeente:
        return await gemeente.topics()
