"""What the guide to webhooks says of retries and answers is what the code does."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.installatie import WORTEL
from gateway.abonnementen.abonnement import BEWAAR_LOGBOEK, HOOGSTENS, OVERLAP
from gateway.abonnementen.berichten import KANAAL, KENMERKEN, PROEF_TYPE
from gateway.abonnementen.uitkomst import Antwoord, Soort, pogingen_bij_langste_pauzes
from gateway.abonnementen.wachtrij import GELIJKTIJDIG, LANGSTE_PROEF, VERDACHT
from gateway.abonnementen.zenden import TIJD

GIDS = WORTEL / "docs" / "integratie" / "webhooks.md"
GARANTIES = WORTEL / "docs" / "leveringsgaranties.md"

SOORTEN = {
    "afgeleverd": Soort.AFGELEVERD,
    "dit bericht": Soort.BERICHT,
    "de ontvanger": Soort.ONTVANGER,
    "te veel": Soort.TE_VEEL,
    "opgegeven": Soort.FORMAAT,
    "beëindigd": Soort.BEEINDIGD,
}


def duur(van: timedelta) -> str:
    seconden = int(van.total_seconds())
    uren, minuten, rest = seconden // 3600, seconden // 60 % 60, seconden % 60
    delen = [(uren, "u"), (minuten, "min"), (rest, "s")]
    return " ".join(f"{aantal} {naam}" for aantal, naam in delen if aantal) or "0 s"


def retrytabel() -> list[str]:
    """The attempts with the longest waits; those in between are all an hour apart."""
    regels = list(pogingen_bij_langste_pauzes())
    tot_een_uur = next(i for i, (_, pauze, _) in enumerate(regels) if pauze == timedelta(hours=1))
    gekozen = [*regels[: tot_een_uur + 2], *regels[-2:]]
    return [
        f"| {poging} | {duur(verstreken)} | {duur(pauze) if pauze else 'opgegeven'} |"
        for poging, pauze, verstreken in gekozen
    ]


@pytest.mark.parametrize("pagina", [GIDS, GARANTIES], ids=lambda p: p.name)
def test_de_tabel_van_pogingen_is_die_van_de_code(pagina: Path) -> None:
    regels = pagina.read_text().splitlines()
    kop = regels.index("| poging | uiterlijk na | daarna hoogstens wachten |")
    gevonden = regels[kop + 2 : kop + 2 + len(retrytabel())]
    assert gevonden == retrytabel()


def test_de_tabel_van_antwoorden_is_die_van_de_code() -> None:
    gezien = 0
    for codes, betekenis in re.findall(r"^\| `([^|]+)` \| \*\*(.+?)\*\*", GIDS.read_text(), re.M):
        for code in codes.split("`, `"):
            status = None if code == "geen antwoord" else int(code.split(" ")[0])
            wacht = timedelta(seconds=1) if "Retry-After" in code else None
            assert Antwoord(status, 1, None, wacht).soort is SOORTEN[betekenis], code
            gezien += 1
    assert gezien > 15


def test_de_getallen_in_de_gids_zijn_die_van_de_code() -> None:
    tekst = " ".join(GIDS.read_text().split())
    for zin in (
        f"binnen {TIJD:.0f} seconden",
        f"hoogstens {GELIJKTIJDIG} tegelijk",
        f"{VERDACHT} keer achter elkaar",
        f"hoogstens {LANGSTE_PROEF.total_seconds():.0f} seconden",
        f"{BEWAAR_LOGBOEK.days} dagen",
        f"{OVERLAP.total_seconds() / 3600:.0f} uur",
        f"hoogstens {HOOGSTENS} abonnementen",
        PROEF_TYPE,
        f"kanaal `{KANAAL}`",
        ", ".join(f"`{kenmerk}`" for kenmerk in KENMERKEN),
    ):
        assert zin in tekst, zin


def test_elk_adres_in_de_gids_bestaat() -> None:
    document = json.loads((WORTEL / "contracts/openapi/gebeurtenissen.json").read_text())
    genoemd = set(re.findall(r"`(?:GET|POST|PATCH|DELETE) (/abonnementen\S*)`", GIDS.read_text()))
    assert genoemd
    assert genoemd <= document["paths"].keys()
