"""Arbeidsvermogen: an estimate of what a kandidaat can earn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.diagnose.domain.kalender import EEN_DAG, laatste_dag_na_maanden

HERHALING_MAANDEN: Final = 6
"""Established anew as often as the trede of the participatieladder: at least twice a year."""


class Arbeidsvermogencode(StrEnum):
    """The codes of the Gemeentelijk Gegevensmodel (domain-rules §6.4)."""

    ONDER_WML = "onder-wml"
    MET_HULP_WML_OF_HOGER = "met-hulp-wml-of-hoger"
    ZELFSTANDIG_WML_OF_HOGER = "zelfstandig-wml-of-hoger"
    TIJDELIJK_GEEN_ARBEIDSVERMOGEN = "tijdelijk-geen-arbeidsvermogen"
    NOG_NIET_BEKEND = "nog-niet-bekend"


@dataclass(frozen=True, slots=True)
class Arbeidsvermogen:
    """What was established on a day."""

    code: Arbeidsvermogencode
    vastgesteld_op: date

    @property
    def opnieuw_uiterlijk(self) -> date:
        """The last day to establish it anew."""
        return laatste_dag_na_maanden(self.vastgesteld_op + EEN_DAG, HERHALING_MAANDEN)
