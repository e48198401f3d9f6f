"""How codes and hours are said in a sentence (Dutch)."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.plaatsing.domain.eisen import Begeleidingsniveau

BEGELEIDING: Final = {
    Begeleidingsniveau.GEEN: "geen begeleiding",
    Begeleidingsniveau.OP_AFSTAND: "begeleiding op afstand",
    Begeleidingsniveau.REGELMATIG: "regelmatige begeleiding",
    Begeleidingsniveau.DAGELIJKS: "dagelijkse begeleiding",
    Begeleidingsniveau.PERMANENT: "permanente begeleiding",
}


def in_woorden(waarde: StrEnum) -> str:
    """A code as it is said: zwaar tillen, Nederlands lezen."""
    return waarde.value.replace("-", " ").replace("nederlands", "Nederlands")


def opsomming(waarden: Collection[StrEnum]) -> str:
    """Values of one list, at least one, in the order of that list: a, b en c."""
    [soort] = {type(waarde) for waarde in waarden}
    *begin, laatste = [in_woorden(waarde) for waarde in soort if waarde in waarden]
    return f"{', '.join(begin)} en {laatste}" if begin else laatste


def getal(uren: Decimal) -> str:
    return f"{uren.normalize():f}".replace(".", ",")


def van_tot(van: Decimal, tot: Decimal) -> str:
    return getal(van) if van == tot else f"{getal(van)} tot {getal(tot)}"
