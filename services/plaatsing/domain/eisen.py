"""What work asks of who does it, in closed lists, so that a werkplek and a kandidaat compare.

A werkplek lists the demands it makes, a kandidaat those that they cannot meet, both in the same
words. Only what someone can or cannot do, never why: no diagnosis is in these lists.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Belastingseis(StrEnum):
    """A demand of work, in functional terms. A new one is added at the end.

    The groups are the rubrics of UWV's Functionele Mogelijkhedenlijst: personal and social
    functioning, surroundings, movements, postures, working times. Which demands there are within
    them is our own choice, as coarse as a consulent can answer.
    """

    ZELFSTANDIG_WERKEN = "zelfstandig-werken"
    TEMPO_VOLHOUDEN = "tempo-volhouden"
    LANG_CONCENTREREN = "lang-concentreren"
    WISSELEND_WERK = "wisselend-werk"
    NEDERLANDS_LEZEN = "nederlands-lezen"
    NEDERLANDS_SPREKEN = "nederlands-spreken"
    REKENEN = "rekenen"
    SAMENWERKEN = "samenwerken"
    KLANTCONTACT = "klantcontact"
    DRUKTE = "drukte"
    BUITEN_WERKEN = "buiten-werken"
    KOU_OF_HITTE = "kou-of-hitte"
    LAWAAI = "lawaai"
    STOF_OF_DAMP = "stof-of-damp"
    OP_HOOGTE_WERKEN = "op-hoogte-werken"
    LICHT_TILLEN = "licht-tillen"
    ZWAAR_TILLEN = "zwaar-tillen"
    DUWEN_EN_TREKKEN = "duwen-en-trekken"
    BUKKEN_EN_KNIELEN = "bukken-en-knielen"
    REIKEN = "reiken"
    FIJNE_MOTORIEK = "fijne-motoriek"
    VEEL_LOPEN = "veel-lopen"
    TRAPLOPEN = "traplopen"
    LANG_STAAN = "lang-staan"
    LANG_ZITTEN = "lang-zitten"
    VOERTUIG_BESTUREN = "voertuig-besturen"
    VROEGE_OF_LATE_DIENSTEN = "vroege-of-late-diensten"
    NACHTDIENSTEN = "nachtdiensten"


class Begeleidingsniveau(StrEnum):
    """How much guidance there is, or is needed, from none to someone who is always there.

    The last is what art. 10b Participatiewet asks for beschut werk: permanent toezicht or
    intensieve begeleiding.
    """

    GEEN = "geen"
    OP_AFSTAND = "op-afstand"
    REGELMATIG = "regelmatig"
    DAGELIJKS = "dagelijks"
    PERMANENT = "permanent"

    @property
    def zwaarte(self) -> int:
        """0 for none, and one more for each next level."""
        return list(Begeleidingsniveau).index(self)


class Dag(StrEnum):
    """A day of the week, in the order of date.weekday()."""

    MAANDAG = "maandag"
    DINSDAG = "dinsdag"
    WOENSDAG = "woensdag"
    DONDERDAG = "donderdag"
    VRIJDAG = "vrijdag"
    ZATERDAG = "zaterdag"
    ZONDAG = "zondag"


def belemmeringen(
    gevraagd: Collection[Belastingseis], niet_mogelijk: Collection[Belastingseis]
) -> tuple[Belastingseis, ...]:
    """Which demands of a werkplek a kandidaat cannot meet, in the order of the list."""
    return tuple(eis for eis in Belastingseis if eis in gevraagd and eis in niet_mogelijk)


def is_genoeg(geboden: Begeleidingsniveau, nodig: Begeleidingsniveau) -> bool:
    """Whether the guidance that there is covers the guidance that someone needs."""
    return geboden.zwaarte >= nodig.zwaarte


def als_masker(waarden: Collection[Belastingseis] | Collection[Dag]) -> int:
    """A bit per value at its place in its list: what overlaps has a bit in common."""
    return sum(1 << list(type(waarde)).index(waarde) for waarde in set(waarden))
