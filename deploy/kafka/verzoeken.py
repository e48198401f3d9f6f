"""Three requests of Kafka's protocol that aiokafka does not have: users and quota.

The fields are those of Kafka's own message descriptions (AlterClientQuotasRequest and so on in
clients/src/main/resources/common/message).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import (
    Array,
    Boolean,
    CompactArray,
    CompactBytes,
    CompactString,
    Float64,
    Int8,
    Int16,
    Int32,
    Schema,
    String,
    TaggedFields,
)

SCRAM_SHA_512: Final = 2
"""Kafka's number for the mechanism."""
Entiteit = tuple[tuple[str, str | None], ...]
"""Whose quota: pairs of a kind (user, client-id) and a name; without a name, those without one."""
_GEEN: Final[dict[int, bytes]] = {}
_TEKST: Final = CompactString("utf-8")


class AlterClientQuotasResponse_v0(Response):  # type: ignore[misc]  # noqa: N801
    API_KEY = 49
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "entries",
            Array(
                ("error_code", Int16),
                ("error_message", String("utf-8")),
                (
                    "entity",
                    Array(("entity_type", String("utf-8")), ("entity_name", String("utf-8"))),
                ),
            ),
        ),
    )


class AlterClientQuotasRequest_v0(RequestStruct):  # type: ignore[misc]  # noqa: N801
    API_KEY = 49
    API_VERSION = 0
    RESPONSE_TYPE = AlterClientQuotasResponse_v0
    SCHEMA = Schema(
        (
            "entries",
            Array(
                (
                    "entity",
                    Array(("entity_type", String("utf-8")), ("entity_name", String("utf-8"))),
                ),
                (
                    "ops",
                    Array(("key", String("utf-8")), ("value", Float64), ("remove", Boolean)),
                ),
            ),
        ),
        ("validate_only", Boolean),
    )


class AlterClientQuotasRequest(Request[AlterClientQuotasRequest_v0]):  # type: ignore[misc]
    """quota: the new values of each entity, as ``(("user", "wsd"),)``; None takes one away."""

    API_KEY = 49

    def __init__(self, quota: Mapping[Entiteit, Mapping[str, float | None]]) -> None:
        self._quota = quota

    def build(
        self, request_struct_class: type[AlterClientQuotasRequest_v0]
    ) -> AlterClientQuotasRequest_v0:
        return request_struct_class(
            [
                (entity, [(key, value or 0.0, value is None) for key, value in of.items()])
                for entity, of in self._quota.items()
            ],
            False,
        )


class DescribeUserScramCredentialsResponse_v0(Response):  # type: ignore[misc]  # noqa: N801
    API_KEY = 50
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        ("error_code", Int16),
        ("error_message", _TEKST),
        (
            "results",
            CompactArray(
                ("user", _TEKST),
                ("error_code", Int16),
                ("error_message", _TEKST),
                (
                    "credential_infos",
                    CompactArray(
                        ("mechanism", Int8), ("iterations", Int32), ("tags", TaggedFields)
                    ),
                ),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class DescribeUserScramCredentialsRequest_v0(RequestStruct):  # type: ignore[misc]  # noqa: N801
    FLEXIBLE_VERSION = True
    API_KEY = 50
    API_VERSION = 0
    RESPONSE_TYPE = DescribeUserScramCredentialsResponse_v0
    SCHEMA = Schema(
        ("users", CompactArray(("name", _TEKST), ("tags", TaggedFields))),
        ("tags", TaggedFields),
    )


class DescribeUserScramCredentialsRequest(Request[DescribeUserScramCredentialsRequest_v0]):  # type: ignore[misc]
    """Of every user who has a SCRAM login."""

    API_KEY = 50

    def build(
        self, request_struct_class: type[DescribeUserScramCredentialsRequest_v0]
    ) -> DescribeUserScramCredentialsRequest_v0:
        return request_struct_class(None, _GEEN)


class AlterUserScramCredentialsResponse_v0(Response):  # type: ignore[misc]  # noqa: N801
    API_KEY = 51
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "results",
            CompactArray(
                ("user", _TEKST),
                ("error_code", Int16),
                ("error_message", _TEKST),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class AlterUserScramCredentialsRequest_v0(RequestStruct):  # type: ignore[misc]  # noqa: N801
    FLEXIBLE_VERSION = True
    API_KEY = 51
    API_VERSION = 0
    RESPONSE_TYPE = AlterUserScramCredentialsResponse_v0
    SCHEMA = Schema(
        (
            "deletions",
            CompactArray(("name", _TEKST), ("mechanism", Int8), ("tags", TaggedFields)),
        ),
        (
            "upsertions",
            CompactArray(
                ("name", _TEKST),
                ("mechanism", Int8),
                ("iterations", Int32),
                ("salt", CompactBytes),
                ("salted_password", CompactBytes),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class AlterUserScramCredentialsRequest(Request[AlterUserScramCredentialsRequest_v0]):  # type: ignore[misc]
    """weg: (user, mechanism); nieuw: (user, mechanism, iterations, salt, salted password)."""

    API_KEY = 51

    def __init__(
        self,
        *,
        weg: Sequence[tuple[str, int]] = (),
        nieuw: Sequence[tuple[str, int, int, bytes, bytes]] = (),
    ) -> None:
        self._weg = weg
        self._nieuw = nieuw

    def build(
        self, request_struct_class: type[AlterUserScramCredentialsRequest_v0]
    ) -> AlterUserScramCredentialsRequest_v0:
        def met_tags(rijen: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
            return [(*rij, _GEEN) for rij in rijen]

        return request_struct_class(met_tags(self._weg), met_tags(self._nieuw), _GEEN)
