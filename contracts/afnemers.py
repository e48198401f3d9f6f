"""Who receives events: the nine gemeenten and WSD, and the Kafka topic of each.

An organisation is written as its gemeentecode (``"0757"``) or as ``"wsd"``; as an afnemer it is
called ``gemeente-0757`` or ``wsd``.
"""

from __future__ import annotations

import os
import re
from typing import Final

WSD: Final = "wsd"


def gemeenten_erbij(tekst: str) -> dict[str, str]:
    """Read ``0453=Velsen,0484=Alphen aan den Rijn``. Raises ValueError (Dutch)."""
    erbij: dict[str, str] = {}
    for deel in filter(None, (d.strip() for d in tekst.split(","))):
        code, is_, naam = deel.partition("=")
        if not re.fullmatch(r"[0-9]{4}", code, re.A) or not is_ or not naam:
            raise ValueError(
                "MEEDOEN_GEMEENTEN_ERBIJ is een lijst van gemeentecodes met hun naam, zoals "
                "0453=Velsen,0484=Alphen aan den Rijn"
            )
        erbij[code] = naam
    return erbij


GEMEENTEN: Final[dict[str, str]] = {
    "0753": "Best",
    "0757": "Boxtel",
    "1948": "Meierijstad",
    "0820": "Nuenen, Gerwen en Nederwetten",
    "0823": "Oirschot",
    "0824": "Oisterwijk",
    "0845": "Sint-Michielsgestel",
    "0848": "Son en Breugel",
    "0865": "Vught",
    **gemeenten_erbij(os.environ.get("MEEDOEN_GEMEENTEN_ERBIJ", "")),
}
"""CBS-gemeentecode to name, of the gemeenten that own WSD (design.md, domain.md §1), and of those
that a deployment adds: the same for every process of it."""

ORGANISATIES: Final[tuple[str, ...]] = (*GEMEENTEN, WSD)

DIENSTEN: Final[tuple[str, ...]] = ("intake", "diagnose", "plaatsing", "financiering")


def afnemer_naam(organisatie: str) -> str:
    """``"0757"`` -> ``"gemeente-0757"``; ``"wsd"`` stays ``"wsd"``."""
    return organisatie if organisatie == WSD else f"gemeente-{organisatie}"


def dienst_topic(dienst: str) -> str:
    """The topic on which a service says everything it says, for the other services."""
    return f"meedoen.{dienst}.v1"


def afnemer_topic(organisatie: str) -> str:
    """The topic that holds only what one organisation may see."""
    return f"meedoen.afnemer.{afnemer_naam(organisatie)}.v1"


DIENST_TOPICS: Final[tuple[str, ...]] = tuple(dienst_topic(d) for d in DIENSTEN)
AFNEMER_TOPICS: Final[tuple[str, ...]] = tuple(afnemer_topic(o) for o in ORGANISATIES)
TOPICS: Final[tuple[str, ...]] = DIENST_TOPICS + AFNEMER_TOPICS

TOPIC_PARTITIES: Final = 12
TOPIC_REPLICAS: Final = 3
TOPIC_MIN_INSYNC_REPLICAS: Final = 2
TOPIC_BEWAARTERMIJN_DAGEN: Final = 30
"""Longer than an afnemer may be away; the detail behind ``dataref`` stays longer."""
DIENST_TOPIC_BEWAARTERMIJN_DAGEN: Final = 400
"""More than a year: projections are rebuilt from it (docs/decisions/0018)."""


def bewaartermijn_dagen(topic: str) -> int:
    """How long a topic keeps an event."""
    is_dienst = topic in DIENST_TOPICS
    return DIENST_TOPIC_BEWAARTERMIJN_DAGEN if is_dienst else TOPIC_BEWAARTERMIJN_DAGEN
