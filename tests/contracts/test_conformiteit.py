"""The published schema and the model accept exactly the same documents."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.catalogus import GEBEURTENISSEN
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import KandidaatAangemeld
from contracts.plaatsing import LKSPlaatsing, ProefplaatsingGestart
from contracts.schema import schema_bestanden, stam, voorbeelden
from contracts.vorm import EURO_PATROON, UREN_PATROON
from tests.contracts.documenten import (
    buren,
    instanties,
    is_json_schema,
    schema_van,
    schrijfwijzen,
    verminkt,
    voldoet_aan_model,
    voldoet_aan_schema,
)

elke_gebeurtenis = pytest.mark.parametrize("model", GEBEURTENISSEN, ids=stam)


@elke_gebeurtenis
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_wat_het_model_schrijft_voldoet_aan_het_schema(
    model: type[Gebeurtenis], data: st.DataObject
) -> None:
    event = data.draw(instanties(model))
    assert voldoet_aan_schema(model, json.loads(event.json_bytes()))


@elke_gebeurtenis
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_een_gebeurtenis_komt_terug_zoals_zij_is_geschreven(
    model: type[Gebeurtenis], data: st.DataObject
) -> None:
    event = data.draw(instanties(model))
    assert model.lees(event.json_bytes()) == event
    assert model.lees(event.json_bytes()).json_bytes() == event.json_bytes()


@elke_gebeurtenis
def test_schema_en_model_oordelen_gelijk_over_waarden_die_bijna_goed_zijn(
    model: type[Gebeurtenis],
) -> None:
    for example in voorbeelden(model):
        for name, value in example.items():
            for other in buren(value):
                document = example | {name: other}
                accepted = voldoet_aan_schema(model, document)
                assert voldoet_aan_model(model, document) == accepted, (name, other)


@elke_gebeurtenis
@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_schema_en_model_oordelen_gelijk_over_een_veranderd_document(
    model: type[Gebeurtenis], data: st.DataObject
) -> None:
    document = data.draw(verminkt(model))
    assert voldoet_aan_model(model, document) == voldoet_aan_schema(model, document)


@elke_gebeurtenis
def test_elk_verplicht_veld_is_voor_schema_en_model_verplicht(model: type[Gebeurtenis]) -> None:
    document = voorbeelden(model)[0]
    for name in schema_van(model)["required"]:
        without = {key: value for key, value in document.items() if key != name}
        assert not voldoet_aan_schema(model, without)
        assert not voldoet_aan_model(model, without)


@pytest.mark.parametrize(
    ("pattern", "field"), [(EURO_PATROON, "maandbedrag"), (UREN_PATROON, "uren")]
)
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_elk_getal_dat_het_patroon_toelaat_valt_binnen_de_grenzen(
    pattern: str, field: str, data: st.DataObject
) -> None:
    number = Decimal(data.draw(schrijfwijzen(pattern)))
    assert 0 <= number <= Decimal("9999999999.99") if field == "maandbedrag" else 0 < number <= 60


@pytest.mark.parametrize("uren", ["0.01", "0.99", "1.00", "9.50", "59.99", "60.00"])
def test_uren_binnen_de_grenzen_gelden(uren: str) -> None:
    assert _oordeel_over_uren(uren) == (True, True)


@pytest.mark.parametrize(
    "uren", ["0.00", "60.01", "61.00", "24", "24.0", "24.000", "024.00", "-1.00", "2E+1", 24, 24.5]
)
def test_uren_buiten_de_grenzen_of_anders_geschreven_gelden_niet(uren: object) -> None:
    assert _oordeel_over_uren(uren) == (False, False)


def _oordeel_over_uren(uren: object) -> tuple[bool, bool]:
    document = voorbeelden(ProefplaatsingGestart)[0] | {"urenPerWeek": uren}
    return (
        voldoet_aan_schema(ProefplaatsingGestart, document),
        voldoet_aan_model(ProefplaatsingGestart, document),
    )


def test_een_bedrag_wordt_altijd_met_twee_decimalen_geschreven() -> None:
    document = voorbeelden(ProefplaatsingGestart)[0]
    event = ProefplaatsingGestart.lees(json.dumps(document).encode())
    for hours in (Decimal(8), Decimal("8.0"), Decimal("8.00")):
        written = ProefplaatsingGestart(**(event.model_dump() | {"uren_per_week": hours}))
        assert json.loads(written.json_bytes())["urenPerWeek"] == "8.00"


def test_een_leeg_veld_ontbreekt_en_is_nooit_null() -> None:
    forfait = next(v for v in voorbeelden(LKSPlaatsing) if v["grondslag"] == "forfait")
    event = LKSPlaatsing.lees(json.dumps(forfait).encode())
    assert event.loonwaarde is None
    assert "loonwaarde" not in json.loads(event.json_bytes())
    with_null = forfait | {"loonwaarde": None}
    assert not voldoet_aan_schema(LKSPlaatsing, with_null)
    assert not voldoet_aan_model(LKSPlaatsing, with_null)


def test_python_code_geeft_een_waarde_in_haar_eigen_soort() -> None:
    event = ProefplaatsingGestart.lees(json.dumps(voorbeelden(ProefplaatsingGestart)[0]).encode())
    with pytest.raises(ValidationError):
        ProefplaatsingGestart(**(event.model_dump() | {"uren_per_week": 24.1}))


def test_een_afnemer_negeert_velden_die_hij_niet_kent() -> None:
    document: dict[str, Any] = voorbeelden(KandidaatAangemeld)[0]
    newer = document | {"nieuwVeld": {"dieper": [1, 2]}, "kandidaat_id": "geen id"}
    read = KandidaatAangemeld.lees(json.dumps(newer).encode())
    assert read == KandidaatAangemeld.lees(json.dumps(document).encode())


@pytest.mark.parametrize("naam", sorted(schema_bestanden()))
def test_elk_schema_is_geldig_gesloten_en_volledig_beschreven(naam: str) -> None:
    schema = schema_bestanden()[naam]
    is_json_schema(schema)
    assert schema["additionalProperties"] is False
    assert schema["$id"].endswith(f"/{naam}")
    assert "$ref" not in json.dumps(schema)
    assert schema["description"]
    assert all(field["description"] for field in schema["properties"].values())


@pytest.mark.parametrize("naam", sorted(schema_bestanden()))
def test_een_patroon_betekent_in_elke_taal_hetzelfde(naam: str) -> None:
    for field in schema_bestanden()[naam]["properties"].values():
        pattern = field.get("items", field).get("pattern", "^$")
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        assert not re.search(r"\\[dDwWsSbB]|\(\?", pattern), "wisselt per taal of bibliotheek"


@elke_gebeurtenis
def test_het_schema_staat_waar_de_gebeurtenis_zegt(model: type[Gebeurtenis]) -> None:
    schema = schema_bestanden()[f"{stam(model)}.schema.json"]
    assert schema["$id"] == model.dataschema()
    assert schema["x-type"] == model.type()
    assert schema["x-dienst"] == model.dienst
