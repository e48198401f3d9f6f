"""What a process of a gemeente asks of people: steps, by whom, by when, and with which facts.

The order of the steps stands in a BPMN file (services/intake/processen); here is what a step is
and when it may be done.  What a kandidaat *is* the process does not say: that is kandidaat.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.intake.domain.fouten import (
    AndereOrganisatie,
    AndereRol,
    FeitenKloppenNiet,
    Punt,
    StapGaatVanzelf,
    StapPastNietOpDag,
)
from services.intake.domain.termijnen import Termijnduur, laatste_dag

Feit = bool | int | str | date
Feiten = Mapping[str, Feit]


class Veldsoort(StrEnum):
    JA_NEE = "ja-nee"
    GETAL = "getal"
    KEUZE = "keuze"
    DATUM = "datum"


class Handeling(StrEnum):
    """An act of the domain that is a step in a process too."""

    QUICK_SCAN = "quick-scan"
    POORTBESLUIT = "poortbesluit"
    DOORVERWIJZING = "doorverwijzing"
    ADVIES = "advies"
    TRAJECTBESLUIT = "trajectbesluit"
    INKOOPORDER = "inkooporder"

    @property
    def gaat_vanzelf(self) -> bool:
        """Done by the act itself, through its own resource; never by hand."""
        return self is not Handeling.QUICK_SCAN


@dataclass(frozen=True, slots=True)
class Veld:
    """A fact that a step asks. opties: code and text, of a keuze; the bounds are of a getal."""

    naam: str
    vraag: str
    soort: Veldsoort
    opties: tuple[tuple[str, str], ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def bezwaar(self, waarde: object) -> str | None:
        """Why this is no answer, in Dutch; None when it is one."""
        match self.soort:
            case Veldsoort.JA_NEE:
                return None if isinstance(waarde, bool) else "Antwoord met true of false."
            case Veldsoort.GETAL:
                if isinstance(waarde, bool) or not isinstance(waarde, int):
                    return "Geef een geheel getal op."
                if self.minimum is not None and waarde < self.minimum:
                    return f"Geef een getal van ten minste {self.minimum} op."
                if self.maximum is not None and waarde > self.maximum:
                    return f"Geef een getal van hoogstens {self.maximum} op."
                return None
            case Veldsoort.KEUZE:
                codes = [code for code, _ in self.opties]
                return None if waarde in codes else f"Kies uit: {', '.join(codes)}."
            case Veldsoort.DATUM:
                return None if _is_dag(waarde) else "Geef een datum op als 2026-11-30."


@dataclass(frozen=True, slots=True)
class Stap:
    """One step of a process.

    rol: who does it, as in a token; van_wsd: of WSD, else of the gemeente.  termijn: how long after
    it became possible it must be done at the latest (0 dagen: the same day).  niet_voor: how long
    after that, or after the aanmelding, it may be done at the earliest.  verlenging: by how much
    its term may be extended, once.  evaluatie: how often it is evaluated while it lasts.
    """

    code: str
    naam: str
    rol: str
    van_wsd: bool
    kanaal: str
    bron: str
    termijn: Termijnduur | None = None
    niet_voor: Termijnduur | None = None
    niet_voor_na_aanmelding: bool = False
    verlenging: Termijnduur | None = None
    evaluatie: Termijnduur | None = None
    groepsgrootte: int | None = None
    handeling: Handeling | None = None
    velden: tuple[Veld, ...] = ()

    def toets_door(self, *, rol: str, is_wsd: bool) -> None:
        """May somebody in this role do it? Raises StapGaatVanzelf, AndereOrganisatie, AndereRol."""
        if self.handeling is not None and self.handeling.gaat_vanzelf:
            raise StapGaatVanzelf(
                f"Deze stap is gezet zodra het zover is: {self.handeling}. Gebruik daarvoor het "
                "eigen adres van die handeling."
            )
        if is_wsd != self.van_wsd:
            raise AndereOrganisatie(
                "Deze stap is van WSD." if self.van_wsd else "Deze stap is van de gemeente."
            )
        if rol != self.rol:
            raise AndereRol(f"Deze stap is van de rol {self.rol}.")

    def toets_feiten(self, feiten: Mapping[str, object]) -> None:
        """Are these the facts it asks, and no others? Raises FeitenKloppenNiet, all at once."""
        velden = {veld.naam: veld for veld in self.velden}
        punten = [
            Punt(f"body.feiten.{naam}", "verplicht", f"Beantwoord ook: {veld.vraag}")
            for naam, veld in velden.items()
            if naam not in feiten
        ]
        for naam, waarde in feiten.items():
            if naam not in velden:
                vraagt = ", ".join(velden) or "niets"
                punten.append(
                    Punt("body.feiten", "onbekend-feit", f"Deze stap vraagt alleen: {vraagt}.")
                )
            elif bezwaar := velden[naam].bezwaar(waarde):
                punten.append(Punt(f"body.feiten.{naam}", "geen-antwoord", bezwaar))
        if punten:
            raise FeitenKloppenNiet(
                "Herstel de genoemde feiten en stuur het verzoek opnieuw.", punten=tuple(punten)
            )


@dataclass(frozen=True, slots=True)
class GezetteStap:
    """A step that was done, with what it found."""

    code: str
    gezet_op: date
    feiten: Feiten


@dataclass(frozen=True, slots=True)
class OpenStap:
    """A step that can be done now. sinds: the day on which the step before it was done;
    aangemeld_op: on which the process began."""

    stap: Stap
    sinds: date
    aangemeld_op: date
    verlengd: bool = False

    @property
    def uiterlijk(self) -> date | None:
        """The last day to do it; None without a term."""
        if self.stap.termijn is None:
            return None
        einde = laatste_dag(self.sinds, self.stap.termijn, wettelijk=False)
        if self.verlengd and self.stap.verlenging is not None:
            einde = laatste_dag(einde, self.stap.verlenging, wettelijk=False)
        return einde

    @property
    def niet_voor(self) -> date:
        """The first day on which it may be done."""
        if self.stap.niet_voor is None:
            return self.sinds
        vanaf = self.aangemeld_op if self.stap.niet_voor_na_aanmelding else self.sinds
        return max(self.sinds, laatste_dag(vanaf, self.stap.niet_voor, wettelijk=False))

    def toets_dag(self, op: date, vandaag: date) -> None:
        """Raises StapPastNietOpDag."""
        if op > vandaag:
            raise StapPastNietOpDag("Een stap is gezet op een dag die er al is.")
        if op < self.niet_voor:
            raise StapPastNietOpDag(
                f"Deze stap kan vanaf {self.niet_voor.isoformat()} worden gezet."
            )


@dataclass(frozen=True, slots=True)
class Einde:
    """Where a process ended: the code and the words of its end event."""

    code: str
    naam: str


def _is_dag(waarde: object) -> bool:
    if not isinstance(waarde, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", waarde, re.A):
        return False
    try:
        date.fromisoformat(waarde)
    except ValueError:
        return False
    return True
