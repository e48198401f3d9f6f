"""The AsyncAPI document: valid for the official parser, and true to the models."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.afnemers import AFNEMER_TOPICS, DIENST_TOPICS, DIENSTEN, ORGANISATIES
from contracts.asyncapi import asyncapi_document
from contracts.catalogus import GEBEURTENISSEN, VERSIE
from contracts.schema import kafka_headers_schema
from tests.contracts.documenten import validator, voldoet_aan_schema

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "contracts" / "asyncapi.yaml"
SCRIPT = ROOT / "deploy" / "ci" / "asyncapi_valideer.mjs"
MODULES = Path(os.environ.get("MEEDOEN_NODE_MODULES", ROOT / ".meedoen/node/node_modules"))


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DOCUMENT.read_text("utf-8"))
    return loaded


def _valideer(file: Path) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    if node is None or not (MODULES / "@asyncapi" / "parser").exists():
        reason = "node of @asyncapi/parser ontbreekt: npm ci in deploy/ci, of MEEDOEN_NODE_MODULES"
        if os.environ.get("MEEDOEN_ALLES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return subprocess.run(
        [node, SCRIPT, MODULES, file], capture_output=True, text=True, check=False
    )


def test_de_officiele_parser_keurt_het_document_goed() -> None:
    result = _valideer(DOCUMENT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("goed", "fout"),
    [
        ("action: receive", "action: recieve"),
        ("$ref: '#/channels/afnemer'", "$ref: '#/channels/bestaat-niet'"),
        ("asyncapi: 3.0.0", "asyncapi: 9.0.0"),
    ],
)
def test_de_officiele_parser_keurt_een_fout_document_af(
    tmp_path: Path, goed: str, fout: str
) -> None:
    text = DOCUMENT.read_text("utf-8")
    assert goed in text
    (tmp_path / "fout.yaml").write_text(text.replace(goed, fout), "utf-8")
    result = _valideer(tmp_path / "fout.yaml")
    assert result.returncode == 1
    assert "error" in result.stdout


def test_het_bestand_is_het_document(document: dict[str, Any]) -> None:
    assert document == asyncapi_document()


def test_het_document_zegt_wie_en_onder_welke_licentie(document: dict[str, Any]) -> None:
    info = document["info"]
    assert info["version"] == VERSIE
    assert info["license"]["name"] == "EUPL-1.2"
    assert info["contact"].keys() == {"name", "url", "email"}


def test_elk_topic_heeft_een_kanaal_met_de_kafka_instellingen(document: dict[str, Any]) -> None:
    channels = document["channels"]
    assert channels.keys() == {"afnemer", *DIENSTEN}
    assert {channels[dienst]["address"] for dienst in DIENSTEN} == set(DIENST_TOPICS)
    afnemers = channels["afnemer"]["parameters"]["afnemer"]["enum"]
    assert len(afnemers) == len(ORGANISATIES) == 10
    addresses = {channels["afnemer"]["address"].replace("{afnemer}", name) for name in afnemers}
    assert addresses == set(AFNEMER_TOPICS)
    for channel in channels.values():
        binding = channel["bindings"]["kafka"]
        assert binding["bindingVersion"] == "0.5.0"
        assert binding.get("topic", channel["address"]) == channel["address"]
        assert binding["topicConfiguration"]["cleanup.policy"] == ["delete"]


def test_elk_kanaal_heeft_precies_de_gebeurtenissen_die_er_komen(document: dict[str, Any]) -> None:
    for name, channel in document["channels"].items():
        expected = [m for m in GEBEURTENISSEN if name in ("afnemer", m.dienst)]
        assert channel["messages"].keys() == {f"{m.naam}-v{m.versie}" for m in expected}
    for operation in document["operations"].values():
        assert operation["action"] == "receive"
        channel = _volg(document, operation["channel"])
        messages = [_volg(document, message) for message in operation["messages"]]
        assert messages == list(channel["messages"].values())


def test_elk_bericht_heeft_headers_sleutel_en_een_voorbeeld_dat_klopt(
    document: dict[str, Any],
) -> None:
    messages = document["components"]["messages"]
    assert [message["name"] for message in messages.values()] == [m.type() for m in GEBEURTENISSEN]
    for model, message in zip(GEBEURTENISSEN, messages.values(), strict=True):
        (trait,) = (_volg(document, trait) for trait in message["traits"])
        assert trait["bindings"]["kafka"]["key"]["format"] == "uuid"
        assert trait["correlationId"]["location"] == "$message.header#/ce_traceparent"
        assert message["contentType"] == "application/json"
        (example,) = message["examples"]
        assert voldoet_aan_schema(model, example["payload"])
        assert validator(kafka_headers_schema()).is_valid(example["headers"])
        fixed = message["headers"]["allOf"][1]["properties"]
        assert all(example["headers"][name] == value["const"] for name, value in fixed.items())


def test_elke_verwijzing_komt_ergens_aan(document: dict[str, Any]) -> None:
    for reference in _verwijzingen(document):
        assert _volg(document, {"$ref": reference})


def _verwijzingen(node: Any) -> list[str]:
    if isinstance(node, list):
        return [reference for item in node for reference in _verwijzingen(item)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if "$ref" in node else []
    return own + [reference for item in node.values() for reference in _verwijzingen(item)]


def _volg(document: dict[str, Any], reference: dict[str, str]) -> Any:
    node: Any = document
    for part in reference["$ref"].removeprefix("#/").split("/"):
        node = node[part]
    return node


def test_het_document_is_ook_geldige_json(document: dict[str, Any]) -> None:
    assert json.loads(json.dumps(document)) == document
