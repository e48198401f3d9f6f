"""What once was published stays readable, by every consumer model of now."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.catalogus import GEBEURTENISSEN, PER_TYPE
from contracts.corpus import CORPUS, als_jsonl, lees_corpus, maak
from contracts.gebeurtenis import Gebeurtenis
from contracts.poort import GEPUBLICEERD, lees_gepubliceerd, lees_uitfasering
from contracts.schema import event_schema, stam, voorbeelden
from tests.contracts.documenten import voldoet_aan_model, voldoet_aan_schema

elke_gebeurtenis = pytest.mark.parametrize("model", GEBEURTENISSEN, ids=stam)

GEPUBLICEERDE_SCHEMAS: list[tuple[str, dict[str, Any]]] = [
    (release, schema)
    for release, schemas in lees_gepubliceerd().items()
    for schema in schemas.values()
    if "x-type" in schema and schema["x-type"] not in lees_uitfasering()
]
"""Of what has been retired its successor is read; that it may go, the gate decides."""


@elke_gebeurtenis
def test_het_corpus_telt_minstens_twintig_gebeurtenissen_per_soort(
    model: type[Gebeurtenis],
) -> None:
    assert len(set(lees_corpus(model))) >= 20


@elke_gebeurtenis
def test_het_model_leest_het_hele_corpus(model: type[Gebeurtenis]) -> None:
    for line in lees_corpus(model):
        assert json.loads(model.lees(line).json_bytes()) == json.loads(line)


@elke_gebeurtenis
def test_het_model_leest_het_corpus_met_velden_die_het_niet_kent(
    model: type[Gebeurtenis],
) -> None:
    for line in lees_corpus(model):
        newer = json.loads(line) | {"veldVanEenLatereVersie": {"a": [1]}}
        assert model.lees(json.dumps(newer).encode()) == model.lees(line)


@pytest.mark.parametrize(
    ("release", "schema"), GEPUBLICEERDE_SCHEMAS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_gepubliceerde_voorbeelden_blijven_leesbaar(release: str, schema: dict[str, Any]) -> None:
    assert schema["examples"]
    for example in schema["examples"]:
        PER_TYPE[schema["x-type"]].lees(json.dumps(example).encode())


@pytest.mark.parametrize(
    ("release", "schema"), GEPUBLICEERDE_SCHEMAS, ids=lambda v: v if isinstance(v, str) else ""
)
def test_bij_elke_publicatie_hoort_een_corpus(release: str, schema: dict[str, Any]) -> None:
    folder = CORPUS / stam(PER_TYPE[schema["x-type"]])
    assert (folder / f"{release}.jsonl").exists()


@elke_gebeurtenis
def test_het_corpus_gebruikt_elke_waarde_en_elk_veld(model: type[Gebeurtenis]) -> None:
    events = [json.loads(line) for line in lees_corpus(model)]
    for name, field in event_schema(model)["properties"].items():
        used = [event[name] for event in events if name in event]
        assert used
        if "enum" in field:
            assert set(field["enum"]) == set(used)
        if field["type"] == "integer":
            assert {field["minimum"], field["maximum"]} <= set(used)
        if field["type"] == "array":
            assert set(field["items"]["enum"]) == {v for values in used for v in values}
            assert {field["minItems"], field["maxItems"]} <= {len(values) for values in used}


@elke_gebeurtenis
def test_een_corpus_wordt_altijd_hetzelfde_gemaakt(model: type[Gebeurtenis]) -> None:
    assert als_jsonl(maak(model, "9.9.9")) == als_jsonl(maak(model, "9.9.9"))
    assert maak(model, "9.9.9") != maak(model, "9.9.8")
    assert all(voldoet_aan_schema(model, event) for event in maak(model, "9.9.9"))


@elke_gebeurtenis
def test_elk_voorbeeld_klopt_met_schema_en_model(model: type[Gebeurtenis]) -> None:
    assert voorbeelden(model)
    for example in voorbeelden(model):
        assert voldoet_aan_schema(model, example)
        assert voldoet_aan_model(model, example)
        assert json.loads(model.lees(json.dumps(example).encode()).json_bytes()) == example


def test_elke_publicatie_staat_er_heel() -> None:
    assert [path.name for path in GEPUBLICEERD.iterdir() if path.is_dir()] != []
    for release, schemas in lees_gepubliceerd().items():
        assert {"cloudevent.v1.schema.json", "kafka-headers.v1.schema.json"} <= schemas.keys()
        assert release.count(".") == 2
