"""The werk-ontwikkelplan: what a workplace is for, and the next step of who works there.

Bron 000 §2.2: gemeente, WSD and employer share the view of profile and growth, the goal for which a
workplace is used stands central, and there is an eye for the next step. That the employer reads
only what the work asks of it, is our own reading of the AVG (domain-rules §8).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.plaatsing.domain.fouten import DatumPastNiet, OngeldigWerkOntwikkelplan, Punt
from services.plaatsing.domain.kalender import laatste_dag_na_maanden

MAANDEN_TUSSEN_EVALUATIES: Final = 3


class Partij(StrEnum):
    """Who shares the plan."""

    KANDIDAAT = "kandidaat"
    GEMEENTE = "gemeente"
    WSD = "wsd"
    WERKGEVER = "werkgever"


class Evaluatieuitkomst(StrEnum):
    """How it goes."""

    OP_KOERS = "op-koers"
    BIJSTELLEN = "bijstellen"
    DOEL_BEREIKT = "doel-bereikt"


@dataclass(frozen=True, slots=True)
class Afspraak:
    """What someone will do. tekst: free text. met_werkgever: the employer reads it too."""

    wie: Partij
    tekst: str
    uiterlijk: date | None
    met_werkgever: bool


@dataclass(frozen=True, slots=True)
class Planinhoud:
    """What is agreed; all free text.

    profiel and groei are for gemeente and WSD alone; the employer reads doel and volgende_stap.
    """

    profiel: str
    groei: str
    doel: str
    volgende_stap: str
    afspraken: tuple[Afspraak, ...]


@dataclass(frozen=True, slots=True)
class Planversie:
    """The plan as it is from a day on, and with whom it was talked over."""

    vastgesteld_op: date
    vastgesteld_door: str
    besproken_met: tuple[Partij, ...]
    inhoud: Planinhoud


@dataclass(frozen=True, slots=True)
class Evaluatie:
    """How it went until a day. toelichting: free text, for gemeente and WSD alone."""

    evaluatie_id: UUID
    geevalueerd_op: date
    geevalueerd_door: str
    besproken_met: tuple[Partij, ...]
    uitkomst: Evaluatieuitkomst
    toelichting: str


@dataclass(frozen=True, slots=True)
class WerkOntwikkelplan:
    """The one plan of a placement: every version, and every evaluation, the oldest first."""

    plan_id: UUID
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    versies: tuple[Planversie, ...]
    evaluaties: tuple[Evaluatie, ...] = ()

    def __post_init__(self) -> None:
        """Raises OngeldigWerkOntwikkelplan."""
        for versie in self.versies:
            _eis_volledig(versie)

    @property
    def geldend(self) -> Planversie:
        return self.versies[-1]

    @property
    def wijzigingen(self) -> int:
        """How often something was added: its ETag."""
        return len(self.versies) + len(self.evaluaties)

    @property
    def evaluatie_uiterlijk(self) -> date:
        """Last day for the next evaluation: 3 months after the last, or after it was made."""
        return laatste_dag_na_maanden(self._laatst_bekeken, MAANDEN_TUSSEN_EVALUATIES)

    def herzie(self, versie: Planversie) -> WerkOntwikkelplan:
        """Another version from its day on. Raises DatumPastNiet, OngeldigWerkOntwikkelplan."""
        _eis_niet_eerder(versie.vastgesteld_op, self.geldend.vastgesteld_op)
        return replace(self, versies=(*self.versies, versie))

    def evalueer(self, evaluatie: Evaluatie) -> WerkOntwikkelplan:
        """Raises DatumPastNiet."""
        _eis_niet_eerder(evaluatie.geevalueerd_op, self._laatst_bekeken)
        return replace(self, evaluaties=(*self.evaluaties, evaluatie))

    @property
    def _laatst_bekeken(self) -> date:
        if self.evaluaties:
            return self.evaluaties[-1].geevalueerd_op
        return self.versies[0].vastgesteld_op


@dataclass(frozen=True, slots=True)
class Werkgeverseditie:
    """What the employer reads of a plan: what the work asks, and nothing else about the person."""

    plan_id: UUID
    plaatsing_id: UUID
    vastgesteld_op: date
    doel: str
    volgende_stap: str
    afspraken: tuple[Afspraak, ...]
    evaluatie_uiterlijk: date


def werkgeverseditie(plan: WerkOntwikkelplan) -> Werkgeverseditie:
    """The plan as it is now, for the employer."""
    inhoud = plan.geldend.inhoud
    return Werkgeverseditie(
        plan_id=plan.plan_id,
        plaatsing_id=plan.plaatsing_id,
        vastgesteld_op=plan.geldend.vastgesteld_op,
        doel=inhoud.doel,
        volgende_stap=inhoud.volgende_stap,
        afspraken=tuple(afspraak for afspraak in inhoud.afspraken if afspraak.met_werkgever),
        evaluatie_uiterlijk=plan.evaluatie_uiterlijk,
    )


def _eis_niet_eerder(dag: date, dan: date) -> None:
    if dag < dan:
        raise DatumPastNiet(f"Kies een dag vanaf {dan.isoformat()}.")


def _eis_volledig(versie: Planversie) -> None:
    inhoud = versie.inhoud
    punten = [
        Punt(veld, "verplicht", "Schrijf hier wat is afgesproken.")
        for veld, tekst in (
            ("profiel", inhoud.profiel),
            ("groei", inhoud.groei),
            ("doel", inhoud.doel),
            ("volgendeStap", inhoud.volgende_stap),
        )
        if not tekst.strip()
    ]
    for nummer, afspraak in enumerate(inhoud.afspraken):
        if afspraak.uiterlijk is not None and afspraak.uiterlijk < versie.vastgesteld_op:
            melding = "Kies een dag vanaf die waarop het plan is vastgesteld."
            punten.append(Punt(f"afspraken.{nummer}.uiterlijk", "datum-past-niet", melding))
        if afspraak.wie is Partij.WERKGEVER and not afspraak.met_werkgever:
            melding = "Deel met de werkgever wat de werkgever zal doen."
            punten.append(Punt(f"afspraken.{nummer}.metWerkgever", "niet-gedeeld", melding))
    if punten:
        raise OngeldigWerkOntwikkelplan("Herstel wat hieronder staat.", punten=tuple(punten))
