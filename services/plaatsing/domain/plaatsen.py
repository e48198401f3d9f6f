"""Where places of the region lie, to tell about how far apart they are, as the crow flies.

Common knowledge, to a hundredth of a degree: about a kilometre. It says whether someone can get
somewhere at all, not how long that takes. What is not in the list has no distance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

PLAATSEN: Final[Mapping[str, tuple[float, float]]] = {
    "Aarle-Rixtel": (51.51, 5.64),
    "Asten": (51.40, 5.74),
    "Beek en Donk": (51.53, 5.63),
    "Berghem": (51.77, 5.57),
    "Berkel-Enschot": (51.58, 5.14),
    "Berlicum": (51.68, 5.40),
    "Best": (51.51, 5.39),
    "Biezenmortel": (51.62, 5.18),
    "Bladel": (51.37, 5.22),
    "Boxtel": (51.59, 5.33),
    "Breugel": (51.52, 5.51),
    "Cromvoirt": (51.66, 5.23),
    "Den Dungen": (51.67, 5.37),
    "Deurne": (51.46, 5.80),
    "Drunen": (51.69, 5.13),
    "Eerde": (51.61, 5.50),
    "Eersel": (51.36, 5.32),
    "Eindhoven": (51.44, 5.48),
    "Erp": (51.60, 5.61),
    "Esch": (51.61, 5.29),
    "Geldrop": (51.42, 5.56),
    "Gemert": (51.56, 5.69),
    "Gemonde": (51.62, 5.35),
    "Goirle": (51.52, 5.07),
    "Haaren": (51.60, 5.22),
    "Heesch": (51.73, 5.53),
    "Heeswijk-Dinther": (51.65, 5.47),
    "Helmond": (51.48, 5.66),
    "Helvoirt": (51.63, 5.23),
    "'s-Hertogenbosch": (51.69, 5.30),
    "Hilvarenbeek": (51.49, 5.14),
    "Kaatsheuvel": (51.66, 5.04),
    "Liempde": (51.57, 5.37),
    "Lieshout": (51.52, 5.59),
    "Middelbeers": (51.47, 5.25),
    "Mierlo": (51.44, 5.62),
    "Moergestel": (51.55, 5.18),
    "Nijnsel": (51.55, 5.49),
    "Nuenen": (51.47, 5.55),
    "Nuland": (51.73, 5.43),
    "Oirschot": (51.50, 5.31),
    "Oisterwijk": (51.58, 5.19),
    "Oostelbeers": (51.47, 5.27),
    "Oss": (51.77, 5.53),
    "Rosmalen": (51.72, 5.37),
    "Schaijk": (51.75, 5.63),
    "Schijndel": (51.62, 5.43),
    "Sint-Michielsgestel": (51.64, 5.35),
    "Sint-Oedenrode": (51.57, 5.46),
    "Someren": (51.39, 5.71),
    "Son": (51.51, 5.49),
    "Spoordonk": (51.52, 5.27),
    "Tilburg": (51.56, 5.09),
    "Uden": (51.66, 5.62),
    "Udenhout": (51.61, 5.14),
    "Valkenswaard": (51.35, 5.46),
    "Veghel": (51.62, 5.54),
    "Veldhoven": (51.42, 5.40),
    "Vlijmen": (51.70, 5.22),
    "Vught": (51.65, 5.29),
    "Waalwijk": (51.69, 5.07),
}
"""Degrees north and east."""

_KM_PER_GRAAD: Final = 111.2
_KRIMP: Final = math.cos(math.radians(51.55))
"""A degree to the east is so much shorter here."""
_SLEUTELS: Final = {naam.lower(): naam for naam in PLAATSEN}


def plaats(naam: str) -> str | None:
    """The place as it is in the list, however someone writes capitals and spaces around it."""
    return _SLEUTELS.get(naam.strip(" ").lower())


def afstand(van: str | None, naar: str | None) -> int | None:
    """Whole kilometres between two places of the list; None when one of them is not known."""
    if van is None or naar is None:
        return None
    (noord, oost), (ander_noord, ander_oost) = PLAATSEN[van], PLAATSEN[naar]
    return round(_KM_PER_GRAAD * math.hypot(noord - ander_noord, (oost - ander_oost) * _KRIMP))
