"""The Rijk's budgets of a gemeente, and whether what runs now will be more than they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from services.financiering.domain.begeleiding import dagen_in
from services.financiering.domain.fouten import OngeldigBudget, Punt
from services.financiering.domain.geld import euro


class Budgetsoort(StrEnum):
    """Bron 001, bijlage 3."""

    WSW = "wsw"
    BUIG = "buig"
    BEGELEIDING_NIEUWE_DOELGROEP = "begeleiding-nieuwe-doelgroep"
    BEGELEIDING_KLASSIEK = "begeleiding-klassiek"
    WMO = "wmo"
    JEUGD = "jeugd"
    ALGEMENE_UITKERING = "algemene-uitkering"


class Budgetstadium(StrEnum):
    """How final an announcement of the Rijk is (domain-rules §5.1)."""

    VOORLOPIG = "voorlopig"
    NADER_VOORLOPIG = "nader-voorlopig"
    DEFINITIEF = "definitief"


@dataclass(frozen=True, slots=True)
class Budgetversie:
    """What a budget is, as it was announced. Euros for the year.

    plaatsen and per_plaats (euros a year): for how many placements the guidance is in it, and what
    is agreed that one costs; only of the budget for guidance.
    """

    stadium: Budgetstadium
    bedrag: Decimal
    bron: str
    plaatsen: int | None = None
    per_plaats: Decimal | None = None

    def eis_past_bij(self, soort: Budgetsoort) -> None:
        """Raises OngeldigBudget."""
        van_begeleiding = soort is Budgetsoort.BEGELEIDING_NIEUWE_DOELGROEP
        melding = (
            "Geef bij begeleiding-nieuwe-doelgroep op voor hoeveel plaatsen het budget is en wat "
            "een plaats per jaar kost."
            if van_begeleiding
            else "Laat dit weg: plaatsen zijn er alleen bij begeleiding-nieuwe-doelgroep."
        )
        punten = tuple(
            Punt(pad, "past-niet-bij-soort", melding)
            for pad, waarde in (("plaatsen", self.plaatsen), ("bedragPerPlaats", self.per_plaats))
            if (waarde is not None) != van_begeleiding
        )
        if punten:
            raise OngeldigBudget(melding, punten=punten)


@dataclass(frozen=True, slots=True)
class Dagkosten:
    """What a placement costs each day from a day on. tot_en_met: None is for as long as we know.

    begin: first day of the placement, which orders them. per_dag: euros, exact.
    """

    plaatsing_id: UUID
    begin: date
    vanaf: date
    tot_en_met: date | None
    per_dag: Fraction

    def dagen(self, jaar: int, tot_en_met: date = date.max) -> int:
        """How many days of the year these are, up to and including a day."""
        eind = min(date(jaar, 12, 31), tot_en_met)
        eerste, laatste = max(self.vanaf, date(jaar, 1, 1)), min(self.tot_en_met or eind, eind)
        return max(0, (laatste - eerste).days + 1)


@dataclass(frozen=True, slots=True)
class Overschrijding:
    """The placement with which a budget will not do, and the first day on which it is spent."""

    plaatsing_id: UUID
    per: date


def dagbedrag(maandbedrag: Decimal, jaar: int) -> Fraction:
    """Euros a day of what is paid per month, evenly over the year: a forecast, not a payment."""
    return Fraction(maandbedrag) * 12 / dagen_in(jaar)


def prognose(kosten: Iterable[Dagkosten], jaar: int, tot_en_met: date = date.max) -> Decimal:
    """What the year costs if all goes on as it is, in euros, rounded once; or until a day."""
    return euro(sum((k.per_dag * k.dagen(jaar, tot_en_met) for k in kosten), Fraction()))


def overschrijding(
    kosten: Sequence[Dagkosten],
    jaar: int,
    bedrag: Decimal,
    *,
    van: Collection[UUID] | None = None,
) -> Overschrijding | None:
    """With which placement, in the order in which they began, the budget will not do; None when
    it will. What is known decides, not when it was heard.

    van: the placements that may be named; None is any.
    """
    samen = Fraction()
    for over in sorted(kosten, key=lambda k: (k.begin, k.plaatsing_id, k.vanaf)):
        samen += over.per_dag * over.dagen(jaar)
        te_noemen = van is None or (over.plaatsing_id in van and over.dagen(jaar) > 0)
        if samen > bedrag and te_noemen:
            return Overschrijding(over.plaatsing_id, _op_per(kosten, jaar, bedrag))
    return None


def _op_per(kosten: Iterable[Dagkosten], jaar: int, bedrag: Decimal) -> date:
    """The first day on which more is spent than there is."""
    eerste = date(jaar, 1, 1)
    erbij = [Fraction()] * (dagen_in(jaar) + 1)
    for k in kosten:
        dagen = k.dagen(jaar)
        if dagen:
            begin = (max(k.vanaf, eerste) - eerste).days
            erbij[begin] += k.per_dag
            erbij[begin + dagen] -= k.per_dag
    samen = per_dag = Fraction()
    for nummer, verschil in enumerate(erbij):
        per_dag += verschil
        samen += per_dag
        if samen > bedrag:
            return eerste + timedelta(days=nummer)
    raise ValueError("het budget is niet overschreden")
