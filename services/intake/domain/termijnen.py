"""How long terms are and when they end: calendar days, working days and the Algemene termijnenwet.

A statutory term that ends on a Saturday, Sunday or public holiday runs to the next working day
(art. 1 Atw).  The Atw is about terms set by law: a term that a gemeente set for its own process
ends on the day it says, and counts round weekends and holidays only when it is given in werkdagen.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from chassis.awb import EEN_DAG, eerste_werkdag_vanaf, is_werkdag, werkdagen_tussen
from services.intake.domain.fouten import DatumPastNiet, OngeldigeTermijnduur

LAATSTE_BEGIN = date(2099, 1, 1)
"""Easter, and with it most holidays, is computed up to 2099."""


class Eenheid(StrEnum):
    """What a term is counted in."""

    WERKDAGEN = "werkdagen"
    DAGEN = "dagen"
    WEKEN = "weken"
    MAANDEN = "maanden"
    JAREN = "jaren"


_ENKELVOUD: Final = {
    "werkdag": Eenheid.WERKDAGEN,
    "dag": Eenheid.DAGEN,
    "week": Eenheid.WEKEN,
    "maand": Eenheid.MAANDEN,
    "jaar": Eenheid.JAREN,
}
_DUUR: Final = re.compile(r"([1-9][0-9]{0,2}) ([a-z]+)", re.ASCII)

_LANGSTE_VERLENGBARE: Final = {
    Eenheid.DAGEN: 90,
    Eenheid.WEKEN: 12,
    Eenheid.MAANDEN: 3,
    Eenheid.JAREN: 0,
}
"""Longer terms are not extended by the Atw, art. 4 onder a."""

_WERKDAGEN_IN_EEN_TERMIJN: Final = 2
"""A statutory term of three days or more has at least two working days in it, art. 2 Atw."""


@dataclass(frozen=True, slots=True)
class Termijnduur:
    """How long a term is, as a law or a gemeente says it: 5 werkdagen, 8 weken, 2 jaar."""

    aantal: int
    eenheid: Eenheid

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """From "1 dag" to "999 jaar". Raises OngeldigeTermijnduur."""
        gevonden = _DUUR.fullmatch(tekst)
        eenheid = _eenheid(gevonden[2]) if gevonden else None
        if gevonden is None or eenheid is None:
            raise OngeldigeTermijnduur(
                "Schrijf een termijn als een getal van 1 tot en met 999 en een eenheid, "
                'zoals "5 werkdagen", "3 dagen", "4 weken", "6 maanden" of "2 jaar".'
            )
        return cls(int(gevonden[1]), eenheid)

    def __str__(self) -> str:
        """As ``lees`` reads it; "direct" for no time at all."""
        if self.aantal == 0:
            return "direct"
        enkelvoud = {meervoud: woord for woord, meervoud in _ENKELVOUD.items()}
        # In Dutch a number of years is "jaar" too.
        los = self.aantal == 1 or self.eenheid is Eenheid.JAREN
        return f"{self.aantal} {enkelvoud[self.eenheid] if los else self.eenheid}"


DIRECT: Final = Termijnduur(0, Eenheid.DAGEN)
"""The same day."""


def _eenheid(woord: str) -> Eenheid | None:
    if woord in _ENKELVOUD:
        return _ENKELVOUD[woord]
    return Eenheid(woord) if woord in set(Eenheid) else None


def kale_einddag(begin: date, duur: Termijnduur) -> date:
    """Last day of a term that starts the day after `begin`, before the Atw extends it.

    Months and years go by the calendar: to the same day, or the last day of a shorter month.
    Raises DatumPastNiet after LAATSTE_BEGIN.
    """
    _eis_telbaar(begin)
    match duur.eenheid:
        case Eenheid.WERKDAGEN:
            einde = begin
            for _ in range(duur.aantal):
                einde = eerste_werkdag_vanaf(einde + EEN_DAG)
            return einde
        case Eenheid.DAGEN:
            return begin + timedelta(days=duur.aantal)
        case Eenheid.WEKEN:
            return begin + timedelta(weeks=duur.aantal)
        case Eenheid.MAANDEN:
            return _maanden_later(begin, duur.aantal)
        case Eenheid.JAREN:
            return _maanden_later(begin, 12 * duur.aantal)


def _eis_telbaar(begin: date) -> None:
    if begin > LAATSTE_BEGIN:
        raise DatumPastNiet("Een termijn kan niet later beginnen dan op 1 januari 2099.")


def _maanden_later(dag: date, maanden: int) -> date:
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    maand += 1
    return date(jaar, maand, min(dag.day, calendar.monthrange(jaar, maand)[1]))


def verlengt_atw(duur: Termijnduur) -> bool:
    """Whether the Atw moves the end of a statutory term of this length to a working day (art. 4).

    A term in werkdagen ends on one anyway.
    """
    grens = _LANGSTE_VERLENGBARE.get(duur.eenheid)
    return grens is not None and duur.aantal <= grens


def laatste_dag(begin: date, duur: Termijnduur, *, wettelijk: bool) -> date:
    """Last day of a term that starts the day after `begin`.

    wettelijk: the law sets the term, so art. 1, 2 and 4 Atw apply.  A term that a gemeente set for
    its own process is not extended.  Raises DatumPastNiet after LAATSTE_BEGIN.
    """
    einde = kale_einddag(begin, duur)
    if not (wettelijk and verlengt_atw(duur)):
        return einde
    einde = eerste_werkdag_vanaf(einde)
    telt_artikel_2 = duur.eenheid is not Eenheid.DAGEN or duur.aantal > 2
    while telt_artikel_2 and werkdagen_tussen(begin, einde) < _WERKDAGEN_IN_EEN_TERMIJN:
        einde = eerste_werkdag_vanaf(einde + EEN_DAG)
    return einde


def waarschuwingsdag(begin: date, einde: date) -> date:
    """From which day to warn that a term ends: a fifth of its working days before the end.

    At least one working day before, or nobody can still act on it; at most ten (two weeks), or the
    warning of a long term comes so early that it is forgotten.  Never before the begin.
    """
    vooraf = min(10, max(1, werkdagen_tussen(begin, einde) // 5))
    dag = einde
    while vooraf and dag > begin:
        dag -= EEN_DAG
        vooraf -= is_werkdag(dag)
    return dag


BESLISTERMIJN: Final = Termijnduur(8, Eenheid.WEKEN)
"""To decide on an application: a reasonable term is over after this, art. 4:13 lid 2 Awb."""
VOORSCHOTTERMIJN: Final = Termijnduur(4, Eenheid.WEKEN)
"""To pay an advance, and the next one, art. 52 lid 1 Participatiewet."""
BUITEN_BEHANDELING: Final = Termijnduur(4, Eenheid.WEKEN)
"""To leave an incomplete application undecided, art. 4:5 lid 4 Awb."""
HALFJAAR: Final = Termijnduur(6, Eenheid.MAANDEN)
"""For the plan van aanpak and each heronderzoek, art. 9a lid 7 and 8 Participatiewet."""
ZOEKTERMIJN: Final = timedelta(weeks=4)
"""In which a jongere looks for work or school first, art. 41 lid 4 Participatiewet."""


def eerste_aanvraagdag(melding: date) -> date:
    """First day on which a jongere may apply: not before 4 weeks after the melding, art. 41 lid 4.

    Not moved to a working day: one can apply on any day, and a later day harms the jongere.
    Raises DatumPastNiet after LAATSTE_BEGIN.
    """
    _eis_telbaar(melding)
    return melding + ZOEKTERMIJN


def einde_zoektermijn(melding: date) -> date:
    """Last day on which a jongere may not yet apply, art. 41 lid 4 Participatiewet."""
    return eerste_aanvraagdag(melding) - EEN_DAG


def uiterste_beslisdatum(aanvraag: date) -> date:
    """Last day to decide on an application: 8 weeks, art. 4:13 Awb."""
    return laatste_dag(aanvraag, BESLISTERMIJN, wettelijk=True)


def uiterste_voorschotdatum(aanvraag: date) -> date:
    """Last day to pay an advance: within 4 weeks of the application, and then every 4 weeks of the
    one before, art. 52 lid 1 Participatiewet."""
    return laatste_dag(aanvraag, VOORSCHOTTERMIJN, wettelijk=True)


def uiterste_dag_buiten_behandeling(aangevuld: date) -> date:
    """Last day to leave an application undecided: 4 weeks after it was completed, or after the last
    day to complete it, art. 4:5 lid 4 Awb."""
    return laatste_dag(aangevuld, BUITEN_BEHANDELING, wettelijk=True)


def uiterste_plandatum(verzoek: date) -> date:
    """Last day for the plan van aanpak with an ontheffing: 6 months after the request for it, art.
    9a lid 7 Participatiewet."""
    return laatste_dag(verzoek, HALFJAAR, wettelijk=True)


def uiterste_heronderzoeksdatum(plan_of_vorige: date) -> date:
    """Last day for the heronderzoek: 6 months after the plan or the one before, art. 9a lid 8
    Participatiewet."""
    return laatste_dag(plan_of_vorige, HALFJAAR, wettelijk=True)
