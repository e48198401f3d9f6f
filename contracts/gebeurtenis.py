"""What every event model shares: closed when we write it, tolerant when a consumer reads it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from contracts.vorm import (
    Datum,
    Euro,
    Gemeentecode,
    Id,
    Jaar,
    JaNee,
    Organisatie,
    Percentage,
    Trede,
    Uren,
    Volgnummer,
    Weglaatbaar,
)

__all__ = [
    "SCHEMA_BASIS",
    "Datum",
    "Euro",
    "Gebeurtenis",
    "Gemeentecode",
    "Id",
    "JaNee",
    "Jaar",
    "Leeftijdsgroep",
    "Organisatie",
    "Percentage",
    "Trede",
    "Uren",
    "Volgnummer",
    "Weglaatbaar",
]

SCHEMA_BASIS = "https://meedoen.example/contracts/schemas"


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
    omschrijving: ClassVar[str]
    """What has happened, in Dutch, for those who build on it."""
    ook_wsd: ClassVar[bool] = True
    """Whether it can reach WSD: it does not when it always comes before the doorverwijzing."""
    ook_vorige_gemeente: ClassVar[bool] = False
    """Whether it also reaches the gemeente that had the kandidaat before it happened."""
    dataref_pad: ClassVar[str]
    """Path of the resource with the detail, with the field names between braces."""

    kandidaat_id: Id = Field(
        description="Pseudoniem van de kandidaat: een willekeurige UUID, zonder betekenis."
    )
    gemeentecode: Gemeentecode = Field(
        description="CBS-gemeentecode van de gemeente die de regie heeft."
    )

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
        return cls.model_validate_json(data, extra="ignore", by_alias=True, by_name=False)
