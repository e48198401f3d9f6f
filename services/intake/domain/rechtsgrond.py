"""The articles a besluit can rest on: a list of codes, so that no free text can slip in with them.

What the law calls the legal basis of a besluit is said with it, art. 3:47 lid 2 Awb.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Besluitsoort(StrEnum):
    """The five kinds of besluit about a kandidaat."""

    POORTBESLUIT = "poortbesluit"
    TRAJECTBESLUIT = "trajectbesluit"
    VRIJSTELLING = "vrijstelling"
    ZORGTRAJECT = "zorgtraject"
    BESCHUT_WERK = "beschut-werk"


class Rechtsgrond(StrEnum):
    """An article, by a code that a caller can send; ``naam`` is how a letter writes it."""

    PW_7_1_A = "pw-art-7-lid-1-a"
    PW_9_2 = "pw-art-9-lid-2"
    PW_9_5 = "pw-art-9-lid-5"
    PW_9A = "pw-art-9a"
    PW_10_1 = "pw-art-10-lid-1"
    PW_10_4 = "pw-art-10-lid-4"
    PW_10A = "pw-art-10a"
    PW_10B = "pw-art-10b"
    WMO_2_3_5 = "wmo-art-2.3.5"
    JEUGDWET_2_3 = "jeugdwet-art-2.3"

    @property
    def naam(self) -> str:
        return _NAMEN[self]


_NAMEN: Final = {
    Rechtsgrond.PW_7_1_A: "artikel 7, eerste lid, onderdeel a, van de Participatiewet",
    Rechtsgrond.PW_9_2: "artikel 9, tweede lid, van de Participatiewet",
    Rechtsgrond.PW_9_5: "artikel 9, vijfde lid, van de Participatiewet",
    Rechtsgrond.PW_9A: "artikel 9a van de Participatiewet",
    Rechtsgrond.PW_10_1: "artikel 10, eerste lid, van de Participatiewet",
    Rechtsgrond.PW_10_4: "artikel 10, vierde lid, van de Participatiewet",
    Rechtsgrond.PW_10A: "artikel 10a van de Participatiewet",
    Rechtsgrond.PW_10B: "artikel 10b van de Participatiewet",
    Rechtsgrond.WMO_2_3_5: "artikel 2.3.5 van de Wet maatschappelijke ondersteuning 2015",
    Rechtsgrond.JEUGDWET_2_3: "artikel 2.3 van de Jeugdwet",
}

_ONDERSTEUNING: Final = (Rechtsgrond.PW_7_1_A, Rechtsgrond.PW_10_1, Rechtsgrond.PW_10_4)

TOEGESTAAN: Final[dict[Besluitsoort, tuple[Rechtsgrond, ...]]] = {
    Besluitsoort.POORTBESLUIT: _ONDERSTEUNING,
    Besluitsoort.TRAJECTBESLUIT: (*_ONDERSTEUNING, Rechtsgrond.PW_10A, Rechtsgrond.PW_10B),
    Besluitsoort.VRIJSTELLING: (Rechtsgrond.PW_9_2, Rechtsgrond.PW_9_5, Rechtsgrond.PW_9A),
    Besluitsoort.ZORGTRAJECT: (
        Rechtsgrond.WMO_2_3_5,
        Rechtsgrond.JEUGDWET_2_3,
        Rechtsgrond.PW_7_1_A,
    ),
    Besluitsoort.BESCHUT_WERK: (Rechtsgrond.PW_10B,),
}
"""Which articles each kind of besluit can rest on; which they are is our own reading of the law."""
