"""No event, and no envelope, has a place where personal data could stand."""

from __future__ import annotations

import re
from typing import Any

import pytest

from contracts.afnemers import TOPICS
from contracts.schema import schema_bestanden

VERBODEN = (
    "bsn",
    "burgerservicenummer",
    "naam",
    "voorletter",
    "geslacht",
    "adres",
    "straat",
    "huisnummer",
    "postcode",
    "woonplaats",
    "geboorte",
    "leeftijd",
    "nationaliteit",
    "telefoon",
    "mobiel",
    "email",
    "mail",
    "iban",
    "rekening",
    "toelichting",
    "omschrijving",
    "opmerking",
    "notitie",
    "tekst",
    "motivering",
    "reactie",
    "diagnose",
    "domein",
    "niveau",
    "medisch",
    "beperking",
    "uitkering",
)
"""Words that no name of a field may contain."""

TOEGESTAAN = {"leeftijdsgroep", "werkdiagnoseId"}
"""The group of the minimum wage: what LKS needs, and no more (design.md, section 3). A werkdiagnose
is an instrument of WSD; its number says nothing about health."""


def _velden(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(schema["properties"].items())


@pytest.mark.parametrize("bestand", sorted(schema_bestanden()))
def test_geen_veld_heet_naar_een_persoonsgegeven(bestand: str) -> None:
    names = {name for name, _ in _velden(schema_bestanden()[bestand])} - TOEGESTAAN
    assert [(n, word) for n in names for word in VERBODEN if word in n.lower()] == []


@pytest.mark.parametrize("bestand", sorted(schema_bestanden()))
def test_geen_veld_laat_vrije_tekst_toe(bestand: str) -> None:
    for name, field in _velden(schema_bestanden()[bestand]):
        value = field.get("items", field)
        if value["type"] == "string":
            assert value.keys() & {"enum", "const", "pattern"}, name
            assert not re.fullmatch(value.get("pattern", "[0-9]"), "Jan de Vries uit Boxtel"), name


@pytest.mark.parametrize("bestand", sorted(set(schema_bestanden()) - {"cloudevent.v1.schema.json"}))
def test_gebeurtenissen_zijn_plat(bestand: str) -> None:
    types = {field["type"] for _, field in _velden(schema_bestanden()[bestand])}
    assert types <= {"string", "integer", "boolean", "array"}


@pytest.mark.parametrize("bestand", sorted(schema_bestanden()))
def test_geen_patroon_laat_een_bsn_door(bestand: str) -> None:
    for name, field in _velden(schema_bestanden()[bestand]):
        pattern = field.get("items", field).get("pattern")
        assert pattern is None or not re.search(pattern, "123456782"), name


def test_een_topic_noemt_alleen_diensten_en_organisaties() -> None:
    form = r"meedoen\.(intake|diagnose|plaatsing|financiering|afnemer\.(gemeente-\d{4}|wsd))\.v1"
    assert all(re.fullmatch(form, topic) for topic in TOPICS)
