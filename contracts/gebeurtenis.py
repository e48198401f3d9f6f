"""What every event model shares: closed when we write it, tolerant when a consumer reads it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, ClassVar, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

SCHEMA_BASIS = "https://meedoen.example/contracts/schemas"

Gemeentecode = Annotated[str, Field(pattern=r"^\d{4}$", description="CBS-gemeentecode")]
Percentage = Annotated[int, Field(ge=0, le=100, description="hele procenten")]
Euro = Annotated[
    Decimal,
    Field(ge=0, max_digits=12, decimal_places=2, description="bedrag in euro's, als tekst"),
]
Uren = Annotated[
    Decimal,
    Field(gt=0, le=60, max_digits=4, decimal_places=2, description="uren per week, als tekst"),
]
Datum = date


class Leeftijdsgroep(StrEnum):
    """Group of the minimum wage (Wml art. 7, art. 8 lid 3): the age that LKS needs, no more."""

    L15 = "15"
    L16 = "16"
    L17 = "17"
    L18 = "18"
    L19 = "19"
    L20 = "20"
    L21_PLUS = "21+"


class Gebeurtenis(BaseModel):
    """A fact, past tense, without personal data: ids, codes, dates of facts, percentages, amounts.

    Subclasses are flat and frozen. ``kandidaat_id`` is a random UUID: a pseudonym.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True
    )

    naam: ClassVar[str]
    """Kebab-case name in the type, for example ``kandidaat-aangemeld``."""
    versie: ClassVar[int] = 1
    dienst: ClassVar[str]
    """The service that says it."""
    dataref_pad: ClassVar[str]
    """Path of the resource with the detail, with the field names between braces."""

    kandidaat_id: UUID
    gemeentecode: Gemeentecode

    @classmethod
    def type(cls) -> str:
        return f"nl.participatie.{cls.naam}.v{cls.versie}"

    @classmethod
    def dataschema(cls) -> str:
        return f"{SCHEMA_BASIS}/{cls.naam}.v{cls.versie}.schema.json"

    def dataref(self) -> str:
        """Where an authorised reader finds the detail, relative to the gateway."""
        return re.sub(r"{(\w+)}", lambda m: str(getattr(self, m[1])), self.dataref_pad)

    def json_bytes(self) -> bytes:
        """The ``data`` of the event, with camelCase names and without empty fields."""
        serialized: bytes = self.__pydantic_serializer__.to_json(
            self, by_alias=True, exclude_none=True
        )
        return serialized

    @classmethod
    def lees(cls, data: bytes) -> Self:
        """Read as a consumer: fields of a later version are ignored, missing ones are an error.

        Raises pydantic.ValidationError.
        """
        tolerant: type[Self] = _tolerant(cls)
        return tolerant.model_validate_json(data)


G = TypeVar("G", bound=Gebeurtenis)


@cache
def _tolerant(model: type[G]) -> type[G]:
    return type(model.__name__, (model,), {"model_config": ConfigDict(extra="ignore")})
