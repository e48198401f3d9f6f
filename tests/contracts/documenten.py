"""What the contract tests share: documents of an event, and who accepts them."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

import jsonschema
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.gebeurtenis import Gebeurtenis
from contracts.schema import event_schema
from contracts.vorm import DATUM_PATROON, EURO_PATROON

Document = dict[str, Any]


def _pattern(_validator: Any, pattern: str, value: object, _schema: Any) -> Iterator[Any]:
    """``pattern`` as ECMA-262 has it, where ``$`` does not match before a last newline."""
    if isinstance(value, str):
        yield from Draft.VALIDATORS["pattern"](_validator, pattern, value, _schema)
        if value.endswith("\n"):
            yield jsonschema.ValidationError("newline at the end")


Draft = jsonschema.Draft202012Validator
_Validator = jsonschema.validators.extend(Draft, {"pattern": _pattern})


@cache
def schema_van(model: type[Gebeurtenis]) -> Document:
    """The schema of an event, made once."""
    return event_schema(model)


@cache
def _validator(model: type[Gebeurtenis]) -> Any:
    return validator(schema_van(model))


def validator(schema: Document) -> Any:
    """What a reader uses, with formats checked and patterns read as ECMA-262."""
    return _Validator(schema, format_checker=Draft.FORMAT_CHECKER)


def voldoet_aan_schema(model: type[Gebeurtenis], document: object) -> bool:
    """Whether a reader with a JSON Schema validator takes the document."""
    valid: bool = _validator(model).is_valid(document)
    return valid


def is_json_schema(schema: Document) -> None:
    """Raises when it is not a JSON Schema of draft 2020-12."""
    Draft.check_schema(schema)


def voldoet_aan_model(model: type[Gebeurtenis], document: object) -> bool:
    """Whether the closed model takes the document, as JSON."""
    try:
        model.model_validate_json(json.dumps(document), by_alias=True, by_name=False)
    except ValidationError:
        return False
    return True


@cache
def instanties(model: type[Gebeurtenis]) -> st.SearchStrategy[Gebeurtenis]:
    """Every event that Python code can make."""
    properties = schema_van(model)["properties"]
    fields = {
        name: _python_value(field.annotation, properties[field.alias])
        for name, field in model.model_fields.items()
    }
    return st.fixed_dictionaries(fields).map(lambda values: model(**values))


def _python_value(annotation: Any, schema: Document) -> st.SearchStrategy[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _python_value(get_args(annotation)[0], schema)
    if origin in (Union, types.UnionType):
        value = next(option for option in get_args(annotation) if option is not type(None))
        return st.none() | _python_value(value, schema)
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if origin is tuple:
        item = _python_value(get_args(annotation)[0], schema["items"])
        return st.lists(item, min_size=schema["minItems"], max_size=schema["maxItems"]).map(tuple)
    if annotation is Decimal:
        low, high = ("0", "9999999999.99") if schema["pattern"] == EURO_PATROON else ("0.01", "60")
        numbers = [st.decimals(low, high, places=places) for places in (1, 2)]
        return st.one_of(numbers) | st.integers(1, 60).map(Decimal) | st.just(Decimal("1E+1"))
    if annotation is int:
        return st.integers(schema["minimum"], schema["maximum"])
    if annotation is str:
        return schrijfwijzen(schema["pattern"])
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    simple = {UUID: st.uuids(), date: st.dates(), bool: st.booleans()}
    return simple[annotation]


@st.composite
def verminkt(draw: st.DrawFn, model: type[Gebeurtenis]) -> Document:
    """A document of an event with one thing about it changed, for better or for worse."""
    document: Document = json.loads(draw(instanties(model)).json_bytes())
    name = draw(st.sampled_from(sorted(document)))
    change = draw(st.sampled_from(["weg", "erbij", "naam", "waarde"]))
    if change == "weg":
        del document[name]
    elif change == "erbij":
        document[draw(st.sampled_from(["extra", "kandidaat_id", "gemeenteCode"]))] = 1
    elif change == "naam":
        document[draw(st.sampled_from([name.lower(), name.upper(), f"{name}_"]))] = document.pop(
            name
        )
    else:
        document[name] = draw(_other_value(document[name]))
    return document


def _other_value(value: Any) -> st.SearchStrategy[Any]:
    far = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    return st.sampled_from(buren(value)) | far


def buren(value: Any) -> list[Any]:
    """Values close to a good one, which a lax reader would take for it."""
    near: list[Any] = [None, [], {}, [value], str(value), f"{value}\n", f" {value}", "", 0, 1, 1.0]
    if isinstance(value, str):
        near += [value.upper(), value.lower(), value.replace("-", ""), value[:-1], f"{value}0"]
        near += [value.translate(_ARABIC), f"urn:uuid:{value}", f"{{{value}}}", f"{value}T00:00:00"]
        near += [value.removesuffix(".00"), f"0{value}", f"+{value}", f"-{value}"]
        near += ["2026-02-30", "2026-00-01", "0000-01-01", 1767225600]
    elif isinstance(value, bool):
        near += [int(value), str(value).lower(), "true", "yes", "1", not value]
    elif isinstance(value, int):
        near += [float(value), value + 0.5, -value, value + 100_000, -1, 101, 1001, True]
    elif isinstance(value, list):
        near += [value * 21, [*value, "onbekend"], [*value, None], value + value, value[0]]
    return near


_ARABIC = {ord("0") + digit: ord("٠") + digit for digit in range(10)}


def schrijfwijzen(pattern: str) -> st.SearchStrategy[str]:
    """Texts that match a pattern of the schema."""
    texts = st.from_regex(pattern, fullmatch=True).filter(lambda text: text[-1:] != "\n")
    return texts.filter(_is_date) if pattern == DATUM_PATROON else texts


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
