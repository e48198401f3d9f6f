"""Events of every release, kept for ever: what once was published must stay readable.

A release adds a file of events per event type, made once and never again: hand-made examples and
generated ones that between them use every value of every enum and both ends of every range.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

from contracts.afnemers import GEMEENTEN, ORGANISATIES
from contracts.gebeurtenis import Gebeurtenis
from contracts.schema import event_schema, stam, voorbeelden
from contracts.vorm import (
    DATUM_PATROON,
    EURO_PATROON,
    GEMEENTECODE_PATROON,
    ORGANISATIE_PATROON,
    UREN_PATROON,
    UUID_PATROON,
)

CORPUS: Final = Path(__file__).parent / "corpus"
AANTAL: Final = 24

_EERSTE_DAG: Final = date(2024, 1, 1)
_DAGEN: Final = 1461
"""Four years, so that a leap day is among them."""

_TEKSTEN: Final[dict[str, Callable[[Random], str]]] = {
    UUID_PATROON: lambda r: str(UUID(int=r.getrandbits(128), version=4)),
    DATUM_PATROON: lambda r: str(_EERSTE_DAG + timedelta(days=r.randrange(_DAGEN))),
    GEMEENTECODE_PATROON: lambda r: r.choice(sorted(GEMEENTEN)),
    ORGANISATIE_PATROON: lambda r: r.choice(ORGANISATIES),
    EURO_PATROON: lambda r: f"{r.randrange(500_000) / 100:.2f}",
    UREN_PATROON: lambda r: f"{r.randrange(1, 6001) / 100:.2f}",
}


def maak(model: type[Gebeurtenis], release: str) -> list[dict[str, Any]]:
    """The events that a release adds: the examples, then generated ones, always the same."""
    random = Random(f"{release} {model.type()}")  # noqa: S311 - examples, not secrets
    schema = event_schema(model)
    return voorbeelden(model) + [_event(schema, number, random) for number in range(AANTAL)]


def als_jsonl(events: list[dict[str, Any]]) -> str:
    """One event a line."""
    return "".join(json.dumps(e, ensure_ascii=False, separators=(",", ":")) + "\n" for e in events)


def lees_corpus(model: type[Gebeurtenis]) -> list[bytes]:
    """The ``data`` of every event of every release, as it was written."""
    files = sorted((CORPUS / stam(model)).glob("*.jsonl"))
    return [line for file in files for line in file.read_bytes().splitlines()]


def _event(schema: dict[str, Any], number: int, random: Random) -> dict[str, Any]:
    required = set(schema["required"])
    return {
        name: _value(field, number, random)
        for name, field in schema["properties"].items()
        if name in required or number % 2 == 0
    }


def _value(schema: dict[str, Any], number: int, random: Random) -> Any:
    match schema:
        case {"const": value}:
            return value
        case {"enum": values}:
            return values[number % len(values)]
        case {"type": "boolean"}:
            return number % 2 == 0
        case {"type": "integer", "minimum": low, "maximum": high}:
            return {0: low, 2: high}.get(number, random.randint(low, high))
        case {"items": items, "minItems": low, "maxItems": high}:
            length = {0: low, 2: high}.get(number, random.randint(low, min(high, 5)))
            return [_value(items, number + place, random) for place in range(length)]
        case {"pattern": pattern}:
            return _TEKSTEN[pattern](random)
    raise ValueError(f"geen voorbeeld te maken van {schema}")
