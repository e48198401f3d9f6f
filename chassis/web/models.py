"""Bases of request and response models: camelCase outside, Python names inside."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticSerializationError, core_schema, to_json

from chassis.web.invalid_input import OngeldigeWaarde

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.A)
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.A)
_AMOUNT: Final = re.compile(r"\d{1,10}(\.\d{1,2})?", re.A)


class Invoer(BaseModel):
    """What a caller sends, taken as strictly as the OpenAPI says it.

    Unknown fields are refused: a misspelt one would be lost in silence.  So are values that
    pydantic would rather be helpful with, such as "12" for a number or 0 for a date: FastAPI hands
    over parsed JSON as Python objects, and only from JSON itself is pydantic strict in the way a
    JSON Schema is.
    """

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", frozen=True, allow_inf_nan=False
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        for name, field in cls.model_fields.items():
            if _reads_timestamps(Annotated[field.annotation, *field.metadata, None]):
                raise TypeError(f"{cls.__name__}.{name}: use Datum or Tijdstip of chassis.web")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        as_is = handler(source)
        if as_is["type"] == "json-or-python":
            # Made before, when the class was: this is a model that uses it.
            return as_is
        checked = core_schema.no_info_wrap_validator_function(cls._check_as_json, as_is)
        return core_schema.json_or_python_schema(json_schema=as_is, python_schema=checked)

    @classmethod
    def _check_as_json(
        cls, data: object, handler: core_schema.ValidatorFunctionWrapHandler
    ) -> object:
        if isinstance(data, dict):
            try:
                text = to_json(_whole(data), by_alias=True, inf_nan_mode="constants")
            except PydanticSerializationError as error:
                raise OngeldigeWaarde(
                    "onleesbare-tekst", "Verwijder de tekens die geen leesbare tekst zijn."
                ) from error
            cls.model_validate_json(text, strict=True)
        return handler(data)


class Uitvoer(BaseModel):
    """What we answer; made of a domain object by a classmethod `van`.

    Fields have no defaults, so that the OpenAPI says which are always there: all of them.
    """

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, frozen=True)


def _whole(value: Any) -> Any:
    """The same JSON with 1.0 as 1: to a JSON Schema, and so to our OpenAPI, both are integers."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _whole(inner) for name, inner in value.items()}
        case list():
            return [_whole(inner) for inner in value]
        case _:
            return value


def _reads_timestamps(annotation: Any) -> bool:
    """Whether pydantic would take "20260101" for a number of seconds since 1970 here."""
    if get_origin(annotation) is Annotated:
        kind, *rest = get_args(annotation)
        checked = any(isinstance(item, BeforeValidator) for item in rest)
        return not checked and _reads_timestamps(kind)
    if annotation in (date, datetime):
        return True
    return any(_reads_timestamps(inner) for inner in get_args(annotation))


def _read_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _DATE.fullmatch(value):
        raise OngeldigeWaarde("geen-datum", "Geef een datum op als jjjj-mm-dd.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise OngeldigeWaarde("geen-datum", "Geef een datum op die bestaat.") from None


def _read_instant(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _INSTANT.fullmatch(value) or value.endswith("-00:00"):
        raise OngeldigeWaarde("geen-tijdstip", "Geef een tijdstip op als jjjj-mm-ddTuu:mm:ssZ.")
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        raise OngeldigeWaarde("geen-tijdstip", "Geef een tijdstip op dat bestaat.") from None


Datum = Annotated[date, BeforeValidator(_read_date)]
"""A day, as yyyy-mm-dd and in no other way."""

Tijdstip = Annotated[AwareDatetime, BeforeValidator(_read_instant)]
"""A moment, with any offset; inside it is UTC."""


def _read_amount(value: object) -> object:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise OngeldigeWaarde("geen-bedrag", 'Geef een bedrag in euro\'s op als "1234.56".')
    return Decimal(value)


Bedrag = Annotated[
    Decimal,
    BeforeValidator(_read_amount),
    WithJsonSchema(
        {"type": "string", "pattern": r"^[0-9]{1,10}(\.[0-9]{1,2})?$", "examples": ["1234.56"]}
    ),
]
"""Euros, not negative, as text: a JSON number would pass through a binary fraction."""


NIET_LEEG: Final = r"^[^\x00]*[^\s\x00][^\x00]*$"
"""Pattern of text with something to read in it."""

_HOURS_OF_DAY: Final = r"(24(\.00?)?|(2[0-3]|1[0-9]|[1-9])(\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))"


def _read_hours_of_day(value: object) -> object:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not re.fullmatch(_HOURS_OF_DAY, value, re.A):
        raise OngeldigeWaarde(
            "geen-uren", 'Geef de uren van een dag op als "1.50", meer dan 0 en hoogstens 24.'
        )
    return Decimal(value).quantize(Decimal("0.01"))


Daguren = Annotated[
    Decimal,
    BeforeValidator(_read_hours_of_day),
    WithJsonSchema({"type": "string", "pattern": f"^{_HOURS_OF_DAY}$", "examples": ["1.50"]}),
]
"""Hours on one day, more than 0 and at most 24, as text with two decimals."""


def _read_whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


GEHEEL: Final = BeforeValidator(_read_whole)
"""Last on an int, after its bounds: 2.0 is a whole number too, as JSON Schema says.

Before them, the bounds would hold but not stand in the OpenAPI.
"""
