"""``./meedoen contracts``: write what is made from the models, or say what has drifted."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import yaml

from chassis.access import TokenVerifier
from chassis.database import Database
from chassis.runtime import Service
from contracts.afnemers import DIENSTEN
from contracts.asyncapi import asyncapi_document
from contracts.catalogus import GEBEURTENISSEN, VERSIE
from contracts.corpus import CORPUS, als_jsonl, maak
from contracts.leespagina import gebeurtenissen_pagina
from contracts.poort import GEPUBLICEERD, bezwaren, lees_gepubliceerd, lees_uitfasering
from contracts.schema import json_tekst, schema_bestanden, stam
from gateway.service import FEED
from gateway.service import SERVICE as GATEWAY

ROOT: Final = Path(__file__).parents[2]

_GEHEEL_GEMAAKT: Final = ("contracts/schemas", "contracts/openapi")
"""Folders that hold nothing but generated files."""


def main(argv: list[str]) -> int:
    """Run the command; 0 when all is as it should be."""
    parser = argparse.ArgumentParser(
        prog="meedoen contracts",
        description="Maakt JSON Schemas, AsyncAPI, OpenAPI en de pagina voor lezers uit de "
        "modellen, en bewaakt dat een gepubliceerd contract niet breekt.",
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--controleer", action="store_true", help="schrijf niets; noem wat niet klopt"
    )
    choice.add_argument(
        "--publiceer",
        metavar="VERSIE",
        help="leg de huidige schemas en voorbeelden vast als deze versie, voorgoed",
    )
    options = parser.parse_args(argv)
    if options.publiceer:
        return _publiceer(options.publiceer)
    if options.controleer:
        return _controleer()
    return _schrijf()


def openapi_documents() -> dict[str, dict[str, Any]]:
    """The OpenAPI document of every service that has been built, by the name of the service.

    A service has been built when it has a module ``service``, which must then have a ``SERVICE``.
    """
    documents: dict[str, dict[str, Any]] = {}
    for dienst in DIENSTEN:
        module = f"services.{dienst}.service"
        if find_spec(module) is not None:
            documents[dienst] = _openapi(import_module(module).SERVICE)
    return documents


def _openapi(service: Service) -> dict[str, Any]:
    access = TokenVerifier([], audience=service.name)
    return service.api(Database(service.name, ""), access, {}).openapi()


@cache
def gemaakte_bestanden() -> Mapping[str, str]:
    """The text of every generated file, by its path from the root of the repository."""
    files = {
        f"contracts/schemas/{name}": json_tekst(schema)
        for name, schema in schema_bestanden().items()
    }
    files["contracts/asyncapi.yaml"] = _yaml(asyncapi_document())
    files["docs/integratie/gebeurtenissen.md"] = gebeurtenissen_pagina()
    for dienst, document in {**openapi_documents(), FEED: _openapi(GATEWAY)}.items():
        files[f"contracts/openapi/{dienst}.json"] = json_tekst(document)
    return files


def afwijkingen() -> list[str]:
    """Which generated files are missing, differ or should not be there."""
    files = gemaakte_bestanden()
    drifted = [name for name, text in files.items() if _inhoud(ROOT / name) != text]
    return sorted(drifted + _overtollig(files))


def poort_bezwaren() -> list[str]:
    """What the compatibility gate has against the present schemas."""
    return bezwaren(
        schema_bestanden(), lees_gepubliceerd(), lees_uitfasering(), datetime.now(UTC).date()
    )


def _schrijf() -> int:
    files = gemaakte_bestanden()
    for name in afwijkingen():
        path = ROOT / name
        if name in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[name], "utf-8")
            print(f"geschreven   {name}")
        else:
            path.unlink()
            print(f"verwijderd   {name}")
    print(f"{len(files)} bestanden zijn gelijk aan de modellen.")
    return _meld_bezwaren()


def _controleer() -> int:
    drifted = afwijkingen()
    for name in drifted:
        print(f"wijkt af van de modellen: {name}")
    if drifted:
        print("Draai `./meedoen contracts` en leg het resultaat vast.")
    return max(_meld_bezwaren(), int(bool(drifted)))


def _publiceer(versie: str) -> int:
    if versie != VERSIE:
        print(f"De contracten hebben versie {VERSIE}: zet eerst VERSIE in contracts/catalogus.py.")
        return 2
    folder = GEPUBLICEERD / versie
    if folder.exists():
        print(f"Versie {versie} is al gepubliceerd en verandert niet meer.")
        return 2
    if _controleer():
        return 1
    folder.mkdir()
    for name, schema in schema_bestanden().items():
        (folder / name).write_text(json_tekst(schema), "utf-8")
    for model in GEBEURTENISSEN:
        corpus = CORPUS / stam(model)
        corpus.mkdir(parents=True, exist_ok=True)
        (corpus / f"{versie}.jsonl").write_text(als_jsonl(maak(model, versie)), "utf-8")
    print(f"Versie {versie} is gepubliceerd in contracts/gepubliceerd en contracts/corpus.")
    return 0


def _meld_bezwaren() -> int:
    reasons = poort_bezwaren()
    for reason in reasons:
        print(f"breekt een gepubliceerd contract: {reason}")
    return int(bool(reasons))


def _overtollig(files: Mapping[str, str]) -> list[str]:
    present = (path for folder in _GEHEEL_GEMAAKT for path in (ROOT / folder).glob("*"))
    names = (path.relative_to(ROOT).as_posix() for path in present)
    return [name for name in names if name not in files]


def _inhoud(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


class _Dumper(yaml.SafeDumper):
    """Writes a value out wherever it is used: an alias is hard to read and to diff."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _yaml(document: dict[str, Any]) -> str:
    kop = "# Gemaakt door `./meedoen contracts` uit de modellen in contracts/: wijzig het daar.\n"
    text: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return kop + text
