"""The alert rules are valid, and watch metrics that exist, with labels that they have."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import Counter, Gauge, Histogram

from chassis import metrics
from deploy.cli.commandos import COMMANDOS
from tests.conftest import vereis

WORTEL = Path(__file__).parents[2]
REGELS = WORTEL / "deploy/prometheus/meedoen.rules.yml"
GIDS = WORTEL / "docs/operations/README.md"


def regels() -> list[dict[str, Any]]:
    groepen = yaml.safe_load(REGELS.read_text())["groups"]
    return [regel for groep in groepen for regel in groep["rules"]]


def bekend() -> dict[str, set[str]]:
    """Every series of the chassis with its labels."""
    gevonden: dict[str, set[str]] = {}
    for metriek in vars(metrics).values():
        if isinstance(metriek, Counter):
            gevonden[f"{metriek._name}_total"] = set(metriek._labelnames)
        elif isinstance(metriek, Histogram):
            gevonden[f"{metriek._name}_bucket"] = {*metriek._labelnames, "le"}
        elif isinstance(metriek, Gauge):
            gevonden[metriek._name] = set(metriek._labelnames)
    return gevonden


def test_promtool_keurt_de_regels_goed() -> None:
    promtool = shutil.which("promtool")
    vereis(promtool, "promtool ontbreekt: apt-get install prometheus")
    run = subprocess.run(
        [str(promtool), "check", "rules", REGELS], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("regel", regels(), ids=lambda regel: str(regel["alert"]))
def test_een_regel_kijkt_naar_wat_er_is_en_zegt_wat_te_doen(regel: dict[str, Any]) -> None:
    namen = re.findall(r"meedoen_\w+", regel["expr"])
    assert namen
    for naam in namen:
        assert naam in bekend(), naam
        labels = bekend()[naam]
        [per] = re.findall(r"by \(([^)]*)\)", regel["expr"])
        assert {deel.strip() for deel in per.split(",")} <= labels
        gebruikt = re.findall(r"\$labels\.(\w+)", str(regel["annotations"]))
        assert set(gebruikt) <= labels
    assert regel["annotations"].keys() == {"summary", "description"}
    for opdracht in re.findall(r"\./meedoen (\w+)", regel["annotations"]["description"]):
        assert opdracht in COMMANDOS


def test_bij_elke_waarschuwing_staat_in_de_gids_wat_te_doen() -> None:
    gids = GIDS.read_text()
    for regel in regels():
        assert f"`{regel['alert']}`" in gids, regel["alert"]
