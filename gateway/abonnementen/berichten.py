"""What is in a message: the event as it is, or a ZGW notification of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from contracts.envelope import time_text

KANAAL: Final = "participatie"
KENMERKEN: Final = ("type", "gemeentecode", "gebeurtenis")
"""What a subscriber of the kanaal can filter on."""
PROEF_TYPE: Final = "nl.participatie.proefaflevering.v1"
"""Type of a test delivery: no event of the catalogue, so that nobody takes it for a fact."""


class Formaat(StrEnum):
    CLOUDEVENTS = "cloudevents"
    ZGW = "zgw-notificatie"


@dataclass(frozen=True, slots=True)
class Bericht:
    media_type: str
    body: bytes


def bericht(formaat: Formaat, cloudevent: str, publiek: str) -> Bericht:
    """The message that tells of an event. publiek: ``https://`` address of the gateway."""
    if formaat is Formaat.CLOUDEVENTS:
        # As it is, byte for byte: whoever compares it with the feed finds the same.
        return Bericht("application/cloudevents+json; charset=UTF-8", cloudevent.encode())
    notificatie = json.dumps(zgw_notificatie(json.loads(cloudevent), publiek))
    return Bericht("application/json", notificatie.encode())


def zgw_notificatie(event: Mapping[str, Any], publiek: str) -> dict[str, Any]:
    """An event as a message of the Notificaties API 1.0: poor in information, as the standard asks.

    hoofdObject is the kandidaat, resourceUrl where an authorised reader finds the detail (dataref),
    resource the kind of thing that is there, actie what happened.
    """
    naam = event["type"].split(".")[2]
    woorden = [deel for deel in event["dataref"].split("/")[3:] if not _is_uuid(deel)]
    return {
        "kanaal": KANAAL,
        "hoofdObject": f"{publiek}/intake/v1/kandidaten/{event['subject']}",
        "resource": woorden[-1],
        "resourceUrl": publiek + event["dataref"],
        "actie": naam,
        "aanmaakdatum": event["time"],
        "kenmerken": {
            "type": event["type"],
            "gemeentecode": event["gemeentecode"],
            "gebeurtenis": event["id"],
        },
    }


def proef(afnemer: str, oin: str, nu: datetime) -> tuple[UUID, str]:
    """A message that only tests the way: its id, and it as a CloudEvent."""
    id_, niemand = uuid4(), UUID(int=0)
    event = {
        "specversion": "1.0",
        "id": str(id_),
        "source": f"urn:nld:oin:{oin}:systeem:gateway",
        "type": PROEF_TYPE,
        "subject": str(niemand),
        "time": time_text(nu),
        "datacontenttype": "application/json",
        "dataref": f"/intake/v1/kandidaten/{niemand}",
        "gemeentecode": afnemer,
        "data": {},
    }
    return id_, json.dumps(event)


def _is_uuid(deel: str) -> bool:
    try:
        UUID(deel)
    except ValueError:
        return False
    return True
