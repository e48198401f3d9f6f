"""The CloudEvents 1.0 envelope, NL GOV profile, and its two bindings: Kafka binary and HTTP JSON.

``time`` is the moment the event was logged, not the moment the fact took place: facts carry their
own dates in ``data``. ``id`` is made once and survives every retry, so ``source`` + ``id``
identifies an event for ever.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
)
from pydantic_core import from_json, to_json

from contracts.vorm import UUID_PATROON, Gemeentecode, Id, TekstVorm

MAX_EVENT_BYTES: Final = 64 * 1024
"""CloudEvents: an intermediary must forward events up to this size, headers included."""

MAX_DATA_BYTES: Final = MAX_EVENT_BYTES - 4096
"""Leaves room for the attributes, each of which has a bounded length."""

SCHEMA_ID: Final = "https://meedoen.example/contracts/schemas/cloudevent.v1.schema.json"

_SEQUENCE_DIGITS = 19
"""Digits of the largest bigint, so that sequences compare as text as they do as numbers."""

_RFC3339 = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$"
)

_DATAREF = rf"^/[a-z]+/v[0-9]{{1,2}}(/[a-z]+(-[a-z]+)*|/{UUID_PATROON[1:-1]})+$"
"""Words and UUIDs only, so that nothing that means something to a person can stand in it."""

Headers = Sequence[tuple[str, bytes]]


def time_text(moment: datetime) -> str:
    """An instant as RFC 3339 in UTC with ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def sequence_text(number: int) -> str:
    """A position in a source as text of fixed width, so that it sorts as it counts."""
    return f"{number:0{_SEQUENCE_DIGITS}d}"


UtcTime = Annotated[
    AwareDatetime,
    TekstVorm(_RFC3339, "date-time"),
    PlainSerializer(time_text, return_type=str),
]


class EnvelopeError(ValueError):
    """The bytes or headers are not a CloudEvent of ours. The text names the attribute, no value."""


class CloudEvent(BaseModel):
    """One event as it travels. ``data`` holds the JSON bytes exactly as they were written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    specversion: Literal["1.0"] = Field(default="1.0", description="Versie van CloudEvents.")
    id: Id = Field(
        description="Identificatie van de gebeurtenis. Blijft gelijk bij elke herhaling: wie "
        "`source` en `id` eerder zag, heeft een duplicaat."
    )
    source: str = Field(
        max_length=100,
        pattern=r"^urn:nld:oin:[0-9]{20}:systeem:[a-z]+$",
        description="OIN van de organisatie en naam van de dienst die de gebeurtenis meldt.",
    )
    type: str = Field(
        max_length=100,
        pattern=r"^nl\.participatie\.[a-z0-9]+(-[a-z0-9]+)*\.v[0-9]+$",
        description="Soort gebeurtenis met hoofdversie.",
    )
    subject: Id = Field(description="Pseudoniem van de kandidaat, gelijk aan `kandidaatId`.")
    time: UtcTime = Field(
        description="Moment waarop de gebeurtenis is vastgelegd, in UTC. Wanneer het feit zelf "
        "plaatsvond staat in de gegevens."
    )
    datacontenttype: Literal["application/json"] = Field(
        default="application/json", description="De gegevens zijn JSON."
    )
    dataschema: str = Field(
        max_length=200,
        pattern=r"^https://[a-z0-9.-]+(/[a-z0-9.-]+)+\.schema\.json$",
        description="JSON Schema van de gegevens.",
    )
    dataref: str = Field(
        max_length=200,
        pattern=_DATAREF,
        description="Pad van de bron met de details, ten opzichte van de gateway. Alleen voor wie "
        "daartoe bevoegd is.",
    )
    sequence: str = Field(
        pattern=r"^[0-9]{19}$",
        description="Plaats in de bron, met voorloopnullen: sorteert als tekst zoals het telt. "
        "Er kunnen nummers ontbreken.",
    )
    partitionkey: Id = Field(description="Sleutel van het Kafka-record: het pseudoniem.")
    aggregateversion: int = Field(
        ge=1,
        le=999_999,
        description="De hoeveelste gebeurtenis van deze kandidaat bij deze bron, zonder gaten. Een "
        "afnemer die een kandidaat pas later ziet, zoals WSD vanaf de doorverwijzing en een "
        "gemeente na een overdracht, begint met een hoger nummer dan 1.",
    )
    gemeentecode: Gemeentecode = Field(
        description="CBS-gemeentecode van de gemeente die de regie heeft."
    )
    traceparent: str | None = Field(
        default=None,
        pattern=r"^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
        description="W3C Trace Context van het verzoek waarmee de keten begon.",
    )
    data: bytes = Field(max_length=MAX_DATA_BYTES, description="De gegevens van de gebeurtenis.")

    def kafka_headers(self) -> list[tuple[str, bytes]]:
        """Headers of the Kafka protocol binding, binary mode: ``content-type`` and ``ce_*``.

        The binding asks for UTF-8 as it is; percent-encoding belongs to HTTP headers. Every
        attribute has a pattern that leaves only printable ASCII.
        """
        headers = [("content-type", self.datacontenttype.encode())]
        attributes = self.model_dump(
            mode="json", exclude={"data", "datacontenttype"}, exclude_none=True
        )
        headers += [(f"ce_{name}", str(value).encode()) for name, value in attributes.items()]
        return headers

    @classmethod
    def from_kafka(cls, headers: Iterable[tuple[str, bytes]], value: bytes | None) -> CloudEvent:
        """Read a Kafka record, ignoring headers and extensions we do not know.

        A ``content-type`` of ``application/cloudevents…`` means structured mode, any other binary.
        Raises EnvelopeError when a required attribute is missing or malformed.
        """
        found: dict[str, Any] = {}
        for name, raw in headers:
            attribute = "datacontenttype" if name == "content-type" else name.removeprefix("ce_")
            if attribute == name or attribute not in cls.model_fields:
                continue
            try:
                found[attribute] = raw.decode("utf-8")
            except UnicodeDecodeError:
                raise EnvelopeError(f"{name}: geen geldige UTF-8") from None
        content_type = found.get("datacontenttype", "").lower()
        if content_type.startswith("application/cloudevents"):
            return cls.from_structured_json(value or b"")
        if content_type.partition(";")[0].strip() == "application/json":
            found["datacontenttype"] = "application/json"
        if value is None:
            raise EnvelopeError("ongeldige attributen: data")
        return cls._read(found | {"data": value})

    def structured_json(self) -> bytes:
        """The event as ``application/cloudevents+json``, for HTTP."""
        event = self.model_dump(mode="json", exclude={"data"}, exclude_none=True)
        event["data"] = from_json(self.data)
        return to_json(event)

    @classmethod
    def from_structured_json(cls, body: bytes) -> CloudEvent:
        """Read ``application/cloudevents+json``, ignoring extensions we do not know.

        Raises EnvelopeError when it is not JSON or a required attribute is missing or malformed.
        """
        try:
            event = from_json(body)
        except ValueError:
            raise EnvelopeError("geen geldige JSON") from None
        if not isinstance(event, dict):
            raise EnvelopeError("een CloudEvent is een JSON-object")
        found = {name: event[name] for name in cls.model_fields if name in event}
        if "data_base64" in event:
            found["data"] = _from_base64(event["data_base64"])
        elif "data" in event:
            found["data"] = to_json(event["data"])
        return cls._read(found)

    @classmethod
    def _read(cls, attributes: Mapping[str, Any]) -> CloudEvent:
        try:
            return cls.model_validate(attributes)
        except ValidationError as error:
            places = sorted({str(e["loc"][0]) for e in error.errors(include_input=False)})
            raise EnvelopeError("ongeldige attributen: " + ", ".join(places)) from None


def _from_base64(text: object) -> bytes:
    try:
        if isinstance(text, str):
            return base64.b64decode(text, validate=True)
    except ValueError:
        pass
    raise EnvelopeError("ongeldige attributen: data_base64")
