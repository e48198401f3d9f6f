"""How a value looks in JSON: one way only, so that model and schema accept the same documents.

pydantic reads many ways of writing a UUID, a date or a number. A published schema cannot say all
that, and a reader in another language would not do it. These annotations narrow the JSON side of
a type to what its schema says; in Python the type itself may be given as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, TypeVar, cast
from uuid import UUID

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")

UUID_PATROON: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
DATUM_PATROON: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
EURO_PATROON: Final = r"^(0|[1-9][0-9]{0,9})\.[0-9]{2}$"
GEMEENTECODE_PATROON: Final = r"^[0-9]{4}$"
ORGANISATIE_PATROON: Final = r"^([0-9]{4}|wsd)$"
EMAIL_PATROON: Final = r"^[^@\x00-\x20\x7f-\xa0]+@[^@\x00-\x20\x7f-\xa0]+\.[^@\x00-\x20\x7f-\xa0]+$"
"""Without ``\\s``: what that takes for white space differs from one regex language to the next."""
UREN_PATROON: Final = r"^(0\.(0[1-9]|[1-9][0-9])|([1-9]|[1-5][0-9])\.[0-9]{2}|60\.00)$"


@dataclass(frozen=True)
class TekstVorm:
    """In JSON the value is text of exactly this pattern; in Python that text or the type itself."""

    patroon: str
    formaat: str | None = None

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        inner = handler(source)
        text = core_schema.chain_schema(
            [core_schema.str_schema(pattern=self.patroon, strict=True), inner]
        )
        return core_schema.json_or_python_schema(
            json_schema=text,
            python_schema=core_schema.union_schema([_strict(inner), text], mode="left_to_right"),
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        json_schema = {"type": "string", "pattern": self.patroon}
        return json_schema if self.formaat is None else json_schema | {"format": self.formaat}


class GetalVorm:
    """In JSON a number with a whole value (JSON Schema reads 40.0 as 40); in Python an int."""

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        inner = handler(source)
        number = core_schema.chain_schema([core_schema.float_schema(strict=True), inner])
        return core_schema.json_or_python_schema(json_schema=number, python_schema=_strict(inner))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(cast("core_schema.JsonOrPythonSchema", schema)["python_schema"])


class NietNull:
    """In JSON the field is absent or has a value, never null; in Python it may be None."""

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        nullable = cast("core_schema.NullableSchema", handler(source))
        return core_schema.json_or_python_schema(
            json_schema=nullable["schema"], python_schema=nullable
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(cast("core_schema.JsonOrPythonSchema", schema)["json_schema"])


def _strict(schema: CoreSchema) -> CoreSchema:
    return cast("CoreSchema", {**schema, "strict": True})


def _two_decimals(amount: Decimal) -> Decimal:
    """``24`` -> ``24.00``, ``-0`` -> ``0.00``: one way of writing for one value."""
    return (amount + 0).quantize(Decimal("0.01"))


Id = Annotated[UUID, TekstVorm(UUID_PATROON, "uuid")]
Datum = Annotated[date, TekstVorm(DATUM_PATROON, "date")]
Gemeentecode = Annotated[str, Field(pattern=GEMEENTECODE_PATROON)]
Organisatie = Annotated[str, Field(pattern=ORGANISATIE_PATROON)]
"""A gemeentecode, or ``wsd``."""
Percentage = Annotated[int, Field(ge=0, le=100), GetalVorm()]
Trede = Annotated[int, Field(ge=1, le=6), GetalVorm()]
"""A step of the participatieladder."""
Volgnummer = Annotated[int, Field(ge=1, le=1000), GetalVorm()]
Jaar = Annotated[int, Field(ge=2015, le=2099), GetalVorm()]
"""A calendar year since the Participatiewet."""
JaNee = Annotated[bool, Field(strict=True)]
Euro = Annotated[
    Decimal,
    Field(ge=0, max_digits=12, decimal_places=2),
    TekstVorm(EURO_PATROON),
    AfterValidator(_two_decimals),
]
Uren = Annotated[
    Decimal,
    Field(gt=0, le=60, max_digits=4, decimal_places=2),
    TekstVorm(UREN_PATROON),
    AfterValidator(_two_decimals),
]
Weglaatbaar = Annotated[T | None, NietNull()]
"""A field that is left out of the JSON when there is nothing to say."""
