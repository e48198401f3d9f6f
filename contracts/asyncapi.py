"""The AsyncAPI 3 document: what an afnemer can receive, where, and in which form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from contracts.afnemers import (
    DIENST_TOPIC_BEWAARTERMIJN_DAGEN,
    DIENSTEN,
    ORGANISATIES,
    TOPIC_BEWAARTERMIJN_DAGEN,
    TOPIC_MIN_INSYNC_REPLICAS,
    TOPIC_PARTITIES,
    TOPIC_REPLICAS,
    afnemer_naam,
    dienst_topic,
)
from contracts.catalogus import GEBEURTENISSEN, VERSIE
from contracts.envelope import CloudEvent
from contracts.gebeurtenis import Gebeurtenis
from contracts.schema import (
    event_schema,
    json_tekst,
    kafka_headers_schema,
    stam,
    voorbeeld_cloudevent,
)

BINDING: Final = "0.5.0"
"""Version of the AsyncAPI bindings for Kafka."""

_INLEIDING = """\
Meedoen meldt wat er gebeurt in de participatieketen van negen gemeenten en WSD: als CloudEvents \
1.0 volgens het NL GOV-profiel, op Kafka, in binary mode (de envelop in `ce_*`-headers, de \
gegevens als JSON).

**Wat u ontvangt.** Elke afnemer heeft een eigen topic, met alleen wat deze mag zien. Een gemeente \
ziet de gebeurtenissen van haar eigen kandidaten. WSD ziet een kandidaat vanaf de doorverwijzing.

**Duplicaten.** Een gebeurtenis komt minstens één keer aan en kan vaker komen. `source` en `id` \
samen zijn uniek en blijven gelijk bij herhaling: wat u al verwerkte, slaat u over.

**Volgorde.** De gebeurtenissen van één kandidaat uit één bron komen in volgorde aan: de sleutel \
van het record is het pseudoniem van de kandidaat. `aggregateversion` telt ze zonder gaten; wie \
een kandidaat pas later ziet, zoals WSD vanaf de doorverwijzing, begint hoger dan 1. Tussen \
kandidaten en tussen bronnen is er geen vaste volgorde: een gebeurtenis van de ene dienst kan \
aankomen voor de gebeurtenis van een andere dienst waar zij op volgt.

**Nieuwe velden.** Binnen een hoofdversie (`.v1`) komen er hoogstens velden bij. Negeer velden en \
headers die u niet kent. Een wijziging die u raakt, krijgt een nieuwe hoofdversie naast de oude.

**Geen persoonsgegevens.** Een gebeurtenis bevat geen naam, BSN, adres of vrije tekst. `dataref` \
wijst naar de bron met de details, voor wie daartoe bevoegd is.
"""


def asyncapi_document() -> dict[str, Any]:
    """The whole document, for an application of an afnemer; it needs no other file."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:nld:oin:00000099000000001000:systeem:meedoen",
        "info": {
            "title": "Meedoen: gebeurtenissen in de participatieketen",
            "version": VERSIE,
            "description": _INLEIDING,
            "contact": {
                "name": "Beheer Meedoen",
                "url": "https://meedoen.example/contact",
                "email": "beheer@meedoen.example",
            },
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
            "tags": [
                {"name": "afnemers", "description": "Voor gemeenten, WSD en hun leveranciers."},
                {"name": "intern", "description": "Tussen de diensten van Meedoen onderling."},
            ],
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": "kafka.meedoen.example:9093",
                "protocol": "kafka-secure",
                "title": "Kafka van de keten",
                "description": "Elke afnemer heeft een eigen account, met leesrecht op alleen het "
                "eigen topic en de eigen consumer groups.",
            }
        },
        "channels": {
            "afnemer": _afnemer_channel(),
            **{dienst: _dienst_channel(dienst) for dienst in DIENSTEN},
        },
        "operations": {
            "ontvangAlsAfnemer": {
                "action": "receive",
                "channel": {"$ref": "#/channels/afnemer"},
                "title": "Ontvang als afnemer",
                "summary": "Ontvang alle gebeurtenissen die uw organisatie mag zien.",
                "tags": [{"name": "afnemers"}],
                "messages": _message_refs("afnemer", GEBEURTENISSEN),
            },
            **{f"ontvangVan{dienst.title()}": _dienst_operation(dienst) for dienst in DIENSTEN},
        },
        "components": {
            "messages": {_message_name(model): _message(model) for model in GEBEURTENISSEN},
            "messageTraits": {"cloudevent": _trait()},
            "schemas": {"kafkaHeaders": _embedded(kafka_headers_schema())},
        },
    }


def _afnemer_channel() -> dict[str, Any]:
    return {
        "address": "meedoen.afnemer.{afnemer}.v1",
        "title": "Topic van een afnemer",
        "description": "Alleen wat deze afnemer mag zien: een gemeente haar eigen kandidaten, WSD "
        "een kandidaat vanaf de doorverwijzing.",
        "servers": [{"$ref": "#/servers/kafka"}],
        "parameters": {
            "afnemer": {
                "description": "Een gemeente met haar CBS-gemeentecode, of WSD.",
                "enum": [afnemer_naam(organisatie) for organisatie in ORGANISATIES],
                "examples": ["gemeente-0757"],
            }
        },
        "messages": _messages(GEBEURTENISSEN),
        "tags": [{"name": "afnemers"}],
        "bindings": {"kafka": _topic(TOPIC_BEWAARTERMIJN_DAGEN)},
    }


def _dienst_channel(dienst: str) -> dict[str, Any]:
    return {
        "address": dienst_topic(dienst),
        "title": f"Topic van {dienst}",
        "description": f"Alles wat {dienst} meldt, voor de andere diensten van Meedoen. Niet voor "
        "afnemers. De header `afnemers` noemt de organisaties die het ook krijgen.",
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": _messages(_van(dienst)),
        "tags": [{"name": "intern"}],
        "bindings": {
            "kafka": {"topic": dienst_topic(dienst), **_topic(DIENST_TOPIC_BEWAARTERMIJN_DAGEN)}
        },
    }


def _dienst_operation(dienst: str) -> dict[str, Any]:
    return {
        "action": "receive",
        "channel": {"$ref": f"#/channels/{dienst}"},
        "title": f"Ontvang van {dienst}",
        "summary": f"Ontvang als dienst van Meedoen alles wat {dienst} meldt.",
        "tags": [{"name": "intern"}],
        "messages": _message_refs(dienst, _van(dienst)),
    }


def _message(model: type[Gebeurtenis]) -> dict[str, Any]:
    example = CloudEvent.from_structured_json(json_tekst(voorbeeld_cloudevent(model)).encode())
    return {
        "name": model.type(),
        "title": model.__name__,
        "summary": model.omschrijving,
        "description": f"Gemeld door {model.dienst}. Zichtbaar voor {zichtbaar_voor(model)}.",
        "contentType": "application/json",
        "traits": [{"$ref": "#/components/messageTraits/cloudevent"}],
        "headers": {
            "allOf": [
                {"$ref": "#/components/schemas/kafkaHeaders"},
                {
                    "type": "object",
                    "properties": {
                        "ce_type": {"const": model.type()},
                        "ce_dataschema": {"const": model.dataschema()},
                    },
                },
            ]
        },
        "payload": _embedded(event_schema(model)),
        "examples": [
            {
                "name": stam(model),
                "summary": "Uit een klantreis.",
                "headers": {name: value.decode() for name, value in example.kafka_headers()},
                "payload": voorbeeld_cloudevent(model)["data"],
            }
        ],
    }


def zichtbaar_voor(model: type[Gebeurtenis]) -> str:
    """Who may see an event, in Dutch."""
    if model.ook_vorige_gemeente:
        return "de vorige en de nieuwe gemeente, en voor WSD zodra de kandidaat is doorverwezen"
    if model.ook_wsd:
        return "de gemeente van de kandidaat, en voor WSD zodra de kandidaat is doorverwezen"
    return "de gemeente van de kandidaat"


def _trait() -> dict[str, Any]:
    return {
        "correlationId": {
            "description": "W3C Trace Context: verbindt wat uit één verzoek voortkomt.",
            "location": "$message.header#/ce_traceparent",
        },
        "bindings": {
            "kafka": {
                "key": {
                    "type": "string",
                    "format": "uuid",
                    "description": "Pseudoniem van de kandidaat, gelijk aan `ce_partitionkey`.",
                },
                "bindingVersion": BINDING,
            }
        },
    }


def _topic(bewaardagen: int) -> dict[str, Any]:
    return {
        "partitions": TOPIC_PARTITIES,
        "replicas": TOPIC_REPLICAS,
        "topicConfiguration": {
            "cleanup.policy": ["delete"],
            "retention.ms": bewaardagen * 24 * 60 * 60 * 1000,
            "min.insync.replicas": TOPIC_MIN_INSYNC_REPLICAS,
        },
        "bindingVersion": BINDING,
    }


def _van(dienst: str) -> list[type[Gebeurtenis]]:
    return [model for model in GEBEURTENISSEN if model.dienst == dienst]


def _message_name(model: type[Gebeurtenis]) -> str:
    """A key may not hold a dot everywhere: ``kandidaat-aangemeld-v1``."""
    return f"{model.naam}-v{model.versie}"


def _messages(models: Iterable[type[Gebeurtenis]]) -> dict[str, Any]:
    names = [_message_name(model) for model in models]
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def _message_refs(channel: str, models: Iterable[type[Gebeurtenis]]) -> list[Any]:
    return [{"$ref": f"#/channels/{channel}/messages/{_message_name(m)}"} for m in models]


def _embedded(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema inside the document, pointing to where it stands on its own."""
    source = {"url": schema["$id"], "description": "Dit schema als JSON Schema 2020-12."}
    own = {key: value for key, value in schema.items() if key not in {"$schema", "$id"}}
    return own | {"externalDocs": source}
