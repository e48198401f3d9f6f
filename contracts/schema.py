"""JSON Schemas (draft 2020-12) of what we write, made from the models.

A producer schema is closed: it accepts exactly what the model writes. A consumer keeps to the
same schema but ignores fields it does not know (see docs/decisions/0010-events-from-models.md).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from contracts.catalogus import GEBEURTENISSEN
from contracts.envelope import SCHEMA_ID, CloudEvent
from contracts.gebeurtenis import SCHEMA_BASIS, Gebeurtenis

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
KAFKA_HEADERS_ID: Final = f"{SCHEMA_BASIS}/kafka-headers.v1.schema.json"
UTC_PATROON: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$"
"""How we write ``time``; as a reader we take any RFC 3339."""
VOORBEELDEN: Final = Path(__file__).parent / "voorbeelden"


def stam(model: type[Gebeurtenis]) -> str:
    """The stem of the files of an event: ``kandidaat-aangemeld.v1``."""
    return f"{model.naam}.v{model.versie}"


def schema_bestanden() -> dict[str, dict[str, Any]]:
    """Every published schema by its file name: one per event, and the envelope's two."""
    files = {f"{stam(model)}.schema.json": event_schema(model) for model in GEBEURTENISSEN}
    files["cloudevent.v1.schema.json"] = cloudevent_schema()
    files["kafka-headers.v1.schema.json"] = kafka_headers_schema()
    return files


def event_schema(model: type[Gebeurtenis]) -> dict[str, Any]:
    """The schema of an event's ``data``."""
    return {
        "$schema": DIALECT,
        "$id": model.dataschema(),
        "title": model.__name__,
        "description": model.omschrijving,
        "x-type": model.type(),
        "x-dienst": model.dienst,
        **_object_schema(model),
        "examples": voorbeelden(model),
    }


def cloudevent_schema() -> dict[str, Any]:
    """The schema of an event as ``application/cloudevents+json``."""
    schema = _object_schema(CloudEvent)
    schema["properties"]["data"] = {
        "type": "object",
        "description": "De gegevens van de gebeurtenis, volgens `dataschema`.",
    }
    schema["properties"]["time"]["pattern"] = UTC_PATROON
    # The attributes with a fixed value are not required when reading, but are always written.
    optional = {"traceparent"}
    return {
        "$schema": DIALECT,
        "$id": SCHEMA_ID,
        "title": "CloudEvent",
        "description": "Een gebeurtenis in haar envelop: CloudEvents 1.0 volgens het NL GOV-"
        "profiel, gestructureerd als JSON.",
        **schema,
        "required": [name for name in schema["properties"] if name not in optional],
    }


def kafka_headers_schema() -> dict[str, Any]:
    """The schema of the headers of a Kafka record, each value read as UTF-8 text."""
    envelope = cloudevent_schema()
    headers = {
        _header(name): _as_text(schema)
        for name, schema in envelope["properties"].items()
        if name != "data"
    }
    headers["afnemers"] = {
        "type": "string",
        "pattern": "^([0-9]{4}|wsd)(,([0-9]{4}|wsd))*$",
        "description": "Alleen op het topic van een dienst: welke organisaties de gebeurtenis "
        "mogen zien, met een komma ertussen.",
    }
    return {
        "$schema": DIALECT,
        "$id": KAFKA_HEADERS_ID,
        "title": "KafkaHeaders",
        "description": "De envelop als headers van een Kafka-record (binary mode).",
        "type": "object",
        "properties": headers,
        "required": [_header(name) for name in envelope["required"] if name != "data"],
        "additionalProperties": False,
    }


def voorbeelden(model: type[Gebeurtenis]) -> list[Any]:
    """The hand-made examples of an event's ``data``, in the order of their file names."""
    files = sorted((VOORBEELDEN / stam(model)).glob("*.json"))
    return [json.loads(file.read_text("utf-8")) for file in files]


def voorbeeld_cloudevent(model: type[Gebeurtenis]) -> Any:
    """The hand-made example of a whole event, structured."""
    return json.loads((VOORBEELDEN / "cloudevents" / f"{stam(model)}.json").read_text("utf-8"))


def json_tekst(document: object) -> str:
    """JSON as we commit it: sorted keys, two spaces, a newline at the end."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


class _Flat(GenerateJsonSchema):
    """Without titles made from the names of fields: a description says more."""

    def field_title_should_be_set(self, _schema: object) -> bool:
        return False


def _object_schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, mode="serialization", schema_generator=_Flat)
    definitions = schema.pop("$defs", {})
    properties = {name: _inline(field, definitions) for name, field in schema["properties"].items()}
    return {
        "type": "object",
        "properties": properties,
        "required": schema["required"],
        "additionalProperties": schema["additionalProperties"],
    }


def _inline(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A field's schema on its own: enums written out, and absent rather than null or default."""
    if "anyOf" in schema:  # an optional attribute: its value, or null, which we never write
        (value,) = (option for option in schema["anyOf"] if option != {"type": "null"})
        schema = value | {key: text for key, text in schema.items() if key != "anyOf"}
    if "$ref" in schema:
        enum = definitions[schema["$ref"].removeprefix("#/$defs/")]
        schema = {"type": enum["type"], "enum": enum["enum"]} | schema
    if "items" in schema:
        schema = schema | {"items": _inline(schema["items"], definitions)}
    return {key: value for key, value in schema.items() if key not in {"$ref", "default"}}


def _header(attribute: str) -> str:
    return "content-type" if attribute == "datacontenttype" else f"ce_{attribute}"


def _as_text(schema: dict[str, Any]) -> dict[str, Any]:
    if schema["type"] == "integer":
        return {
            "type": "string",
            "pattern": "^[1-9][0-9]{0,5}$",
            "description": schema["description"],
        }
    return schema
