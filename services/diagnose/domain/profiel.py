"""Klant in beeld: is what is known of a kandidaat current? (bestandsanalyse, domain.md §5)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.diagnose.domain.arbeidsvermogen import Arbeidsvermogen, Arbeidsvermogencode
from services.diagnose.domain.ladder import Ladderbron, Ladderpositie, opnieuw_uiterlijk
from services.diagnose.domain.zrm import herhaal_uiterlijk


class Profieldeel(StrEnum):
    """What a profile consists of."""

    ZRM = "zrm"
    LADDER = "participatieladder"
    ARBEIDSVERMOGEN = "arbeidsvermogen"
    LOONWAARDE = "loonwaarde"


class Actualiteit(StrEnum):
    """How a part of it stands on a day."""

    ACTUEEL = "actueel"
    VEROUDERD = "verouderd"
    ONTBREEKT = "ontbreekt"


@dataclass(frozen=True, slots=True)
class Profiel:
    """When each part was last established.

    hermeting_verstreken: the day agreed to measure the loonwaarde again has passed.
    """

    dossier_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    zrm_op: date | None
    ladder: Ladderpositie | None
    arbeidsvermogen: Arbeidsvermogen | None
    loonwaarde_op: date | None
    hermeting_verstreken: bool

    def actualiteit(self, op: date) -> Mapping[Profieldeel, Actualiteit]:
        """Each part on a day.

        A ZRM is current for three months, a trede and an arbeidsvermogen for six; a trede that
        follows from a running plaatsing stays so. An arbeidsvermogen that is not known yet is
        missing. A loonwaarde has no term but the day agreed to measure it again.
        """
        return {
            Profieldeel.ZRM: _tot(self.zrm_op and herhaal_uiterlijk(self.zrm_op), op),
            Profieldeel.LADDER: self._ladder(op),
            Profieldeel.ARBEIDSVERMOGEN: self._arbeidsvermogen(op),
            Profieldeel.LOONWAARDE: self._loonwaarde(),
        }

    def in_beeld(self, op: date) -> bool:
        """All is current. A loonwaarde need not be there: it is measured at work."""
        actualiteit = dict(self.actualiteit(op))
        if actualiteit[Profieldeel.LOONWAARDE] is Actualiteit.ONTBREEKT:
            del actualiteit[Profieldeel.LOONWAARDE]
        return set(actualiteit.values()) == {Actualiteit.ACTUEEL}

    def _ladder(self, op: date) -> Actualiteit:
        if self.ladder is None:
            return Actualiteit.ONTBREEKT
        uiterlijk = opnieuw_uiterlijk(self.ladder)
        if uiterlijk is None:
            return Actualiteit.ACTUEEL
        if self.ladder.bron is Ladderbron.PLAATSING:
            return Actualiteit.VEROUDERD  # A job ended, and nobody has looked since.
        return _tot(uiterlijk, op)

    def _arbeidsvermogen(self, op: date) -> Actualiteit:
        bekend = self.arbeidsvermogen
        if bekend is None or bekend.code is Arbeidsvermogencode.NOG_NIET_BEKEND:
            return Actualiteit.ONTBREEKT
        return _tot(bekend.opnieuw_uiterlijk, op)

    def _loonwaarde(self) -> Actualiteit:
        if self.loonwaarde_op is None:
            return Actualiteit.ONTBREEKT
        return Actualiteit.VEROUDERD if self.hermeting_verstreken else Actualiteit.ACTUEEL


@dataclass(frozen=True, slots=True)
class KlantInBeeld:
    """The figures of one gemeente: how many kandidaten, and how each part of them stands."""

    gemeentecode: str
    kandidaten: int
    in_beeld: int
    delen: Mapping[Profieldeel, Mapping[Actualiteit, int]]


def tel_per_gemeente(profielen: Iterable[Profiel], op: date) -> list[KlantInBeeld]:
    """In the order of gemeentecode; every kandidaat counts once in each part."""
    per_gemeente: dict[str, list[Profiel]] = {}
    for profiel in profielen:
        per_gemeente.setdefault(profiel.gemeentecode, []).append(profiel)
    return [
        KlantInBeeld(
            gemeentecode,
            kandidaten=len(van_haar),
            in_beeld=sum(profiel.in_beeld(op) for profiel in van_haar),
            delen={
                deel: Counter(profiel.actualiteit(op)[deel] for profiel in van_haar)
                for deel in Profieldeel
            },
        )
        for gemeentecode, van_haar in sorted(per_gemeente.items())
    ]


def _tot(uiterlijk: date | None, op: date) -> Actualiteit:
    if uiterlijk is None:
        return Actualiteit.ONTBREEKT
    return Actualiteit.ACTUEEL if op <= uiterlijk else Actualiteit.VEROUDERD
