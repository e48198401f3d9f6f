"""The envelope on the wire: ours, and that of the CloudEvents SDK, read by each other."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from cloudevents.core.bindings import kafka
from cloudevents.core.v1.event import CloudEvent as SdkEvent
from pydantic import ValidationError

from contracts.catalogus import GEBEURTENISSEN, PER_TYPE
from contracts.envelope import (
    MAX_DATA_BYTES,
    MAX_EVENT_BYTES,
    CloudEvent,
    EnvelopeError,
    sequence_text,
    time_text,
)
from contracts.gebeurtenis import Gebeurtenis
from contracts.schema import (
    cloudevent_schema,
    kafka_headers_schema,
    stam,
    voorbeeld_cloudevent,
    voorbeelden,
)
from tests.contracts.documenten import validator

elke_gebeurtenis = pytest.mark.parametrize("model", GEBEURTENISSEN, ids=stam)

VOORBEELD: dict[str, Any] = voorbeeld_cloudevent(GEBEURTENISSEN[0])


def lees(event: object) -> CloudEvent:
    return CloudEvent.from_structured_json(json.dumps(event).encode())


@elke_gebeurtenis
def test_het_voorbeeld_van_een_hele_gebeurtenis_klopt_met_haar_model(
    model: type[Gebeurtenis],
) -> None:
    example = voorbeeld_cloudevent(model)
    assert validator(cloudevent_schema()).is_valid(example)
    envelope = lees(example)
    event = PER_TYPE[envelope.type].lees(envelope.data)
    assert type(event) is model
    assert envelope.dataschema == model.dataschema()
    assert envelope.dataref == event.dataref()
    assert envelope.source.endswith(f":{model.dienst}")
    assert envelope.subject == envelope.partitionkey == event.kandidaat_id
    assert envelope.gemeentecode == event.gemeentecode
    assert example["data"] in voorbeelden(model)
    assert json.loads(envelope.structured_json()) == example


@elke_gebeurtenis
def test_op_kafka_en_terug_is_dezelfde_gebeurtenis(model: type[Gebeurtenis]) -> None:
    envelope = lees(voorbeeld_cloudevent(model))
    headers = envelope.kafka_headers()
    assert CloudEvent.from_kafka(headers, envelope.data) == envelope
    assert validator(kafka_headers_schema()).is_valid({n: v.decode() for n, v in headers})


@elke_gebeurtenis
def test_de_sdk_leest_onze_kafka_headers(model: type[Gebeurtenis]) -> None:
    envelope = lees(voorbeeld_cloudevent(model))
    message = kafka.KafkaMessage(
        headers=dict(envelope.kafka_headers()),
        key=str(envelope.partitionkey),
        value=envelope.data,
    )
    read = kafka.from_kafka_event(message)
    assert _als_tekst(read.get_attributes()) == _attributen(envelope)
    assert read.get_data() == json.loads(envelope.data)


@elke_gebeurtenis
def test_wij_lezen_de_kafka_headers_van_de_sdk(model: type[Gebeurtenis]) -> None:
    envelope = lees(voorbeeld_cloudevent(model))
    message = kafka.to_binary_event(_sdk_event(envelope))
    assert message.key == str(envelope.partitionkey)
    read = CloudEvent.from_kafka(message.headers.items(), message.value)
    assert _zonder_data(read) == _zonder_data(envelope)
    assert json.loads(read.data) == json.loads(envelope.data)


@elke_gebeurtenis
def test_structured_op_kafka_lezen_wij_en_de_sdk_van_elkaar(model: type[Gebeurtenis]) -> None:
    envelope = lees(voorbeeld_cloudevent(model))
    theirs = kafka.to_structured_event(_sdk_event(envelope))
    read = CloudEvent.from_kafka(theirs.headers.items(), theirs.value)
    assert _zonder_data(read) == _zonder_data(envelope)
    ours = kafka.KafkaMessage(
        headers={"content-type": b"application/cloudevents+json; charset=UTF-8"},
        key=None,
        value=envelope.structured_json(),
    )
    assert _als_tekst(kafka.from_kafka_event(ours).get_attributes()) == _attributen(envelope)


def test_headers_zijn_utf8_zonder_procentcodering() -> None:
    headers = dict(lees(VOORBEELD).kafka_headers())
    assert headers["ce_source"] == VOORBEELD["source"].encode()
    assert headers["ce_time"] == b"2026-01-12T09:41:07.318204Z"
    assert all(b"%" not in value and value.isascii() for value in headers.values())


def test_een_header_met_procentcodering_is_niet_dezelfde_waarde() -> None:
    headers = dict(lees(VOORBEELD).kafka_headers())
    headers["ce_dataref"] = headers["ce_dataref"].replace(b"/", b"%2F")
    with pytest.raises(EnvelopeError, match="dataref"):
        CloudEvent.from_kafka(headers.items(), b"{}")


def test_tijd_staat_in_utc_en_wordt_uit_elke_tijdzone_gelezen() -> None:
    zone = timezone(timedelta(hours=1))
    event = lees(VOORBEELD | {"time": "2026-01-12T10:41:07.318204+01:00"})
    assert event == lees(VOORBEELD)
    assert time_text(datetime(2026, 1, 12, 10, 41, 7, tzinfo=zone)) == "2026-01-12T09:41:07.000000Z"


def test_een_sequence_sorteert_als_tekst_zoals_zij_telt() -> None:
    numbers = [1, 9, 10, 99, 2**31, 2**63 - 1]
    texts = [sequence_text(number) for number in numbers]
    assert sorted(texts) == texts
    assert {len(text) for text in texts} == {19}


def test_onbekende_headers_en_attributen_worden_genegeerd() -> None:
    envelope = lees(VOORBEELD)
    headers = [*envelope.kafka_headers(), ("ce_nieuw", b"x"), ("traceparent", b"y"), ("x", b"\xff")]
    assert CloudEvent.from_kafka(headers, envelope.data) == envelope
    assert lees(VOORBEELD | {"nieuw": {"a": 1}}) == envelope


@pytest.mark.parametrize(
    "header", sorted(set(kafka_headers_schema()["required"]) - {"ce_specversion", "content-type"})
)
def test_een_ontbrekende_header_wordt_genoemd(header: str) -> None:
    headers = [(n, v) for n, v in lees(VOORBEELD).kafka_headers() if n != header]
    with pytest.raises(EnvelopeError, match=header.removeprefix("ce_")):
        CloudEvent.from_kafka(headers, b"{}")


GEHEIM = "999990019"

VREEMD: dict[str, list[bytes]] = {
    "ce_id": [b"", GEHEIM.encode(), b"urn:uuid:" + VOORBEELD["id"].encode(), b"\xff\xfe"],
    "ce_source": [b"", GEHEIM.encode(), b"urn:nld:oin:123:systeem:intake"],
    "ce_type": [b"", GEHEIM.encode(), b"nl.participatie.Kandidaat.v1", b"com.example.x.v1"],
    "ce_subject": [b"", GEHEIM.encode()],
    "ce_time": [b"", GEHEIM.encode(), b"1768210867", b"2026-01-12", b"2026-01-12T09:41:07"],
    "ce_dataref": [
        b"",
        b"/personen?bsn=999990019",
        b"//elders.example/x",
        b"/Jan de Vries",
        b"/intake/v1/kandidaten/999990019",
    ],
    "ce_sequence": [b"", GEHEIM.encode(), "٠".encode() * 19],
    "ce_aggregateversion": [b"", b"0", b"-1", b"1.5", b"3000000000"],
    "ce_gemeentecode": [b"", b"757", "٠٧٥٧".encode(), b"0757\n", b"Boxtel"],
    "ce_traceparent": [b"", GEHEIM.encode(), b"00-x-y-01"],
    "ce_specversion": [b"", b"0.3"],
    "content-type": [b"text/plain", b"application/xml", b"application/jsonx"],
}


@pytest.mark.parametrize(
    ("header", "value"), [(header, value) for header, values in VREEMD.items() for value in values]
)
def test_een_vreemde_header_wordt_geweigerd_en_de_waarde_niet_genoemd(
    header: str, value: bytes
) -> None:
    headers = dict(lees(VOORBEELD).kafka_headers()) | {header: value}
    with pytest.raises(EnvelopeError) as caught:
        CloudEvent.from_kafka(headers.items(), b"{}")
    text = f"{caught.value!r} {caught.value.__cause__!r}"
    assert caught.value.__suppress_context__
    assert GEHEIM not in text
    assert len(value) < 4 or value.decode("utf-8", "replace") not in text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"geen json",
        b"[]",
        b'"tekst"',
        b"null",
        b"{}",
        b"\xff",
        json.dumps({k: v for k, v in VOORBEELD.items() if k != "data"}).encode(),
        json.dumps(VOORBEELD | {"data_base64": "###"}).encode(),
        json.dumps(VOORBEELD | {"data_base64": 12}).encode(),
        json.dumps(VOORBEELD | {"id": 12}).encode(),
        json.dumps(VOORBEELD | {"time": 1768210867}).encode(),
        json.dumps(VOORBEELD | {"time": None}).encode(),
    ],
)
def test_een_lichaam_dat_geen_gebeurtenis_is_geeft_een_envelope_error(body: bytes) -> None:
    with pytest.raises(EnvelopeError):
        CloudEvent.from_structured_json(body)
    with pytest.raises(EnvelopeError):
        CloudEvent.from_kafka([("content-type", b"application/cloudevents+json")], body)


def test_een_record_zonder_waarde_is_geen_gebeurtenis() -> None:
    with pytest.raises(EnvelopeError, match="data"):
        CloudEvent.from_kafka(lees(VOORBEELD).kafka_headers(), None)


def test_gegevens_in_base64_worden_gelezen() -> None:
    data = json.dumps(VOORBEELD["data"]).encode()
    without = {key: value for key, value in VOORBEELD.items() if key != "data"}
    assert lees(without | {"data_base64": base64.b64encode(data).decode()}).data == data


def test_een_gebeurtenis_past_altijd_in_64_kib() -> None:
    largest = CloudEvent(
        id=UUID(int=1),
        source=("urn:nld:oin:" + "9" * 20 + ":systeem:").ljust(100, "x"),
        type="nl.participatie.".ljust(97, "x") + ".v1",
        subject=UUID(int=1),
        time=datetime.now(UTC),
        dataschema="https://x.example/".ljust(188, "x") + ".schema.json",
        dataref="/intake/v1/".ljust(200, "x"),
        sequence=sequence_text(2**63 - 1),
        partitionkey=UUID(int=1),
        aggregateversion=999_999,
        gemeentecode="0757",
        traceparent=f"00-{'f' * 32}-{'f' * 16}-01",
        data=b'"' + b"x" * (MAX_DATA_BYTES - 2) + b'"',
    )
    headers = sum(len(name) + len(value) for name, value in largest.kafka_headers())
    assert headers + len(largest.data) + len(str(largest.partitionkey)) <= MAX_EVENT_BYTES
    assert len(largest.structured_json()) <= MAX_EVENT_BYTES


def test_te_grote_gegevens_worden_geweigerd() -> None:
    envelope = lees(VOORBEELD)
    with pytest.raises(ValidationError, match="data"):
        CloudEvent(**dict(envelope) | {"data": b"x" * (MAX_DATA_BYTES + 1)})
    with pytest.raises(EnvelopeError, match="data"):
        CloudEvent.from_kafka(envelope.kafka_headers(), b"x" * (MAX_DATA_BYTES + 1))


def test_namen_van_attributen_volgen_cloudevents() -> None:
    for name in CloudEvent.model_fields:
        assert name.isalnum()
        assert name.islower()
        assert len(name) <= 20


def _attributen(envelope: CloudEvent) -> dict[str, str]:
    attributes = envelope.model_dump(mode="json", exclude={"data"}, exclude_none=True)
    return {name: str(value) for name, value in attributes.items()}


def _als_tekst(attributes: dict[str, Any]) -> dict[str, str]:
    return {
        name: time_text(value) if isinstance(value, datetime) else str(value)
        for name, value in attributes.items()
    }


def _sdk_event(envelope: CloudEvent) -> SdkEvent:
    attributes = dict(_attributen(envelope), time=envelope.time)
    return SdkEvent(attributes, json.loads(envelope.data))


def _zonder_data(envelope: CloudEvent) -> dict[str, Any]:
    return envelope.model_dump(exclude={"data"})
