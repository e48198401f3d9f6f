"""The CloudEvents 1.0 envelope, NL GOV profile, and its two bindings: Kafka binary and HTTP JSON.

``time`` is the moment the event was logged, not the moment the fact took place: facts carry their
own dates in ``data``. ``id`` is made once and survives every retry, so ``source`` + ``id``
identifies an event for ever.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote, unquote
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
)
from pydantic_core import from_json, to_json

MAX_EVENT_BYTES = 64 * 1024
"""CloudEvents: an intermediary must forward events up to this size, headers included."""

_SEQUENCE_DIGITS = 19
"""Digits of the largest bigint, so that sequences compare as text as they do as numbers."""

Headers = Sequence[tuple[str, bytes]]

UtcTime = Annotated[
    AwareDatetime,
    PlainSerializer(
        lambda t: t.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        return_type=str,
    ),
]


class EnvelopeError(ValueError):
    """The bytes or headers are not a CloudEvent of ours. The text names the attribute, no value."""


class CloudEvent(BaseModel):
    """One event as it travels. ``data`` holds the JSON bytes exactly as they were written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str = Field(pattern=r"^urn:nld:oin:\d{20}:systeem:[a-z]+$")
    type: str = Field(pattern=r"^nl\.participatie\.[a-z0-9]+(-[a-z0-9]+)*\.v\d+$")
    subject: UUID
    time: UtcTime
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    dataref: str
    sequence: str = Field(pattern=r"^\d{19}$")
    partitionkey: UUID
    aggregateversion: int = Field(ge=1, le=2**31 - 1)
    gemeentecode: str = Field(pattern=r"^\d{4}$")
    traceparent: str | None = None
    data: bytes

    def kafka_headers(self) -> list[tuple[str, bytes]]:
        """Headers of the Kafka protocol binding, binary mode: ``content-type`` and ``ce_*``."""
        headers = [("content-type", self.datacontenttype.encode())]
        attributes = self.model_dump(
            mode="json", exclude={"data", "datacontenttype"}, exclude_none=True
        )
        headers += [(f"ce_{name}", _encode(str(value))) for name, value in attributes.items()]
        return headers

    @classmethod
    def from_kafka(cls, headers: Iterable[tuple[str, bytes]], value: bytes | None) -> CloudEvent:
        """Read a Kafka record in binary mode, ignoring headers and extensions we do not know.

        Raises EnvelopeError when a required attribute is missing or malformed.
        """
        found: dict[str, Any] = {}
        for name, raw in headers:
            if name.startswith("ce_") and name[3:] in cls.model_fields:
                try:
                    found[name[3:]] = unquote(raw.decode("utf-8"), errors="strict")
                except UnicodeDecodeError as error:
                    raise EnvelopeError(f"{name}: geen geldige UTF-8") from error
        found["data"] = value if value is not None else b""
        return cls._read(found)

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
        except ValueError as error:
            raise EnvelopeError("geen geldige JSON") from error
        if not isinstance(event, dict):
            raise EnvelopeError("een CloudEvent is een JSON-object")
        found = {name: event[name] for name in cls.model_fields if name in event}
        if "data_base64" in event:
            found["data"] = base64.b64decode(event["data_base64"])
        else:
            found["data"] = to_json(event.get("data"))
        return cls._read(found)

    @classmethod
    def _read(cls, attributes: Mapping[str, Any]) -> CloudEvent:
        try:
            return cls.model_validate(attributes)
        except ValidationError as error:
            places = sorted({".".join(map(str, e["loc"])) for e in error.errors()})
            raise EnvelopeError("ongeldige attributen: " + ", ".join(places)) from None


def sequence_text(number: int) -> str:
    """A position in a source as text of fixed width, so that it sorts as it counts."""
    return f"{number:0{_SEQUENCE_DIGITS}d}"


def time_text(moment: datetime) -> str:
    """An instant as RFC 3339 in UTC with ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _encode(value: str) -> bytes:
    """Kafka header values are UTF-8; we percent-encode what is not printable ASCII."""
    return quote(value, safe="!#$&'()*+,/:;=?@[]-._~ ").encode()
