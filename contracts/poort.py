"""The compatibility gate: what was published once never breaks those who build on it.

A model both writes and reads, so both directions must hold for every published release:

- what we write now is understood by whoever was built on that release (and ignores new fields);
- what was written then, and is still on the log, is understood by our readers of now.

So a published event may gain optional fields and better descriptions, nothing else. The plain
comparison here gives the reason; jsoncompat looks at the same change with an eye of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import jsoncompat

Schema = Mapping[str, Any]
Schemas = Mapping[str, Schema]
"""Schemas by file name."""

GEPUBLICEERD: Final = Path(__file__).parent / "gepubliceerd"

_TOELICHTING: Final = {"$schema", "title", "description", "examples", "externalDocs"}
"""Keywords that say nothing about which documents are accepted."""

_OBJECT: Final = _TOELICHTING | {"properties", "required", "additionalProperties"}


@dataclass(frozen=True)
class Uitfasering:
    """An event type that may disappear, and what takes its place."""

    opvolger: str
    """The type that replaces it."""
    vanaf: date
    """First day without it."""


def bezwaren(
    nieuw: Schemas,
    gepubliceerd: Mapping[str, Schemas],
    uitfasering: Mapping[str, Uitfasering],
    vandaag: date,
) -> list[str]:
    """Why the schemas may not be published, in Dutch; empty when they may.

    gepubliceerd: the schemas of every release. uitfasering: by event type.
    """
    reasons = [f"{naam}: {reden}" for naam, schema in nieuw.items() for reden in _eigen(schema)]
    for release, schemas in gepubliceerd.items():
        for naam, oud in schemas.items():
            found = (
                verschillen(oud, nieuw[naam])
                if naam in nieuw
                else _verdwenen(oud, nieuw, uitfasering, vandaag)
            )
            reasons += [f"{naam} (tegen {release}): {reden}" for reden in found]
    return reasons


def verschillen(oud: Schema, nieuw: Schema) -> list[str]:
    """Why ``nieuw`` may not take the place of the published ``oud``; empty when it may."""
    reasons = list(_object_verschillen(oud, nieuw))
    if not _begrijpt(oud, nieuw):
        reasons.append("jsoncompat: een afnemer van toen begrijpt niet alles van nu")
    if not _begrijpt(nieuw, oud):
        reasons.append("jsoncompat: een lezer van nu begrijpt niet alles van toen")
    return reasons


def lees_gepubliceerd(folder: Path = GEPUBLICEERD) -> dict[str, dict[str, Any]]:
    """Every release with its schemas."""
    releases = sorted(path for path in folder.iterdir() if path.is_dir())
    return {
        release.name: {
            file.name: json.loads(file.read_text("utf-8"))
            for file in sorted(release.glob("*.schema.json"))
        }
        for release in releases
    }


def lees_uitfasering(folder: Path = GEPUBLICEERD) -> dict[str, Uitfasering]:
    """The retirement list: event type, successor, first day without."""
    entries = json.loads((folder / "uitfasering.json").read_text("utf-8"))
    return {
        type_: Uitfasering(opvolger=entry["opvolger"], vanaf=date.fromisoformat(entry["vanaf"]))
        for type_, entry in entries.items()
    }


def _eigen(schema: Schema) -> Iterator[str]:
    if schema.get("additionalProperties") is not False:
        yield "niet gesloten: `additionalProperties` moet `false` zijn"


def _verdwenen(
    oud: Schema, nieuw: Schemas, uitfasering: Mapping[str, Uitfasering], vandaag: date
) -> list[str]:
    type_ = oud.get("x-type")
    entry = uitfasering.get(type_) if type_ else None
    if entry is None:
        return ["verdwenen, en staat niet op de lijst van uitfasering"]
    if entry.opvolger not in {schema.get("x-type") for schema in nieuw.values()}:
        return [f"verdwenen, maar opvolger {entry.opvolger} bestaat niet"]
    if vandaag < entry.vanaf:
        return [f"verdwenen, maar moet blijven tot {entry.vanaf.isoformat()}"]
    return []


def _object_verschillen(oud: Schema, nieuw: Schema) -> Iterator[str]:
    for key in sorted((oud.keys() | nieuw.keys()) - _OBJECT):
        if oud.get(key) != nieuw.get(key):
            yield f"{_NAMEN.get(key, key)} was {oud.get(key)} en is {nieuw.get(key)}"
    old_fields, new_fields = oud["properties"], nieuw["properties"]
    old_required, new_required = set(oud["required"]), set(nieuw["required"])
    for name, field in old_fields.items():
        if name not in new_fields:
            yield f"veld {name} is verdwenen"
            continue
        if name in old_required - new_required:
            yield f"veld {name} is niet langer verplicht: afnemers rekenen erop"
        if name in new_required - old_required:
            yield f"veld {name} is verplicht geworden: oudere gebeurtenissen missen het"
        yield from (f"veld {name}: {reden}" for reden in _veld_verschillen(field, new_fields[name]))
    for name in new_fields:
        if name not in old_fields and name in new_required:
            yield f"nieuw veld {name} is verplicht: oudere gebeurtenissen missen het"


_NAMEN: Final = {"x-dienst": "de dienst die het meldt", "x-type": "het type"}


def _veld_verschillen(oud: Schema, nieuw: Schema) -> Iterator[str]:
    for key in sorted((oud.keys() | nieuw.keys()) - _TOELICHTING):
        old, new = oud.get(key), nieuw.get(key)
        if old == new:
            continue
        if key == "enum" and old and new:
            yield from _enum_verschillen(old, new)
        elif key == "items" and old and new:
            yield from (f"in de lijst: {reden}" for reden in _veld_verschillen(old, new))
        else:
            yield f"{key} was {_tekst(old)} en is {_tekst(new)}"


def _enum_verschillen(oud: list[Any], nieuw: list[Any]) -> Iterator[str]:
    if added := [str(value) for value in nieuw if value not in oud]:
        yield f"waarden erbij die afnemers niet kennen: {', '.join(added)}"
    if removed := [str(value) for value in oud if value not in nieuw]:
        yield f"waarden weg die oudere gebeurtenissen hebben: {', '.join(removed)}"


def _tekst(value: object) -> str:
    return "afwezig" if value is None else json.dumps(value, ensure_ascii=False)


def _begrijpt(lezer: Schema, schrijver: Schema) -> bool:
    """Whether a reader that ignores unknown fields accepts all that the writer may write."""
    tolerant = {key: value for key, value in lezer.items() if key != "additionalProperties"}
    try:
        return jsoncompat.check_compat(_kaal(tolerant), _kaal(schrijver), "serializer")
    except ValueError:
        return False


def _kaal(schema: Schema) -> str:
    """Without what jsoncompat does not know: it takes ``$id`` for a reference to elsewhere."""
    return json.dumps({k: v for k, v in schema.items() if k not in {"$id", "$schema", "examples"}})
