"""What WSD did for a kandidaat, and what that costs: one Kostenregel per calendar month.

A price per month counts whole months once and part months by calendar days; each line is rounded
once. Bron 003 does it so: kandidaat 5 of Vught comes to 2,991.39 only when October (16/31) and
April (14/30) are rounded apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from services.financiering.domain.contractspecificatie import (
    Contractspecificatie,
    Eenheid,
    Prijsafspraak,
)
from services.financiering.domain.geld import euro
from services.financiering.domain.kalender import EEN_DAG, Maand, eerste_dag_na_maanden

Betaler = Callable[[date], str]
"""Which gemeente has the kandidaat on a day."""


class Regeleenheid(StrEnum):
    """In what a line counts: a part of a month counts in days."""

    MAAND = "maand"
    DAG = "dag"
    UUR = "uur"
    STUK = "stuk"


@dataclass(frozen=True, slots=True)
class Looptijd:
    """A product that is delivered from a day on, such as planregie.

    eerste_einddatum: the last day as first planned; tot_en_met: as planned now; beeindigd_op: the
    last day, once it is known.
    """

    levering_id: UUID
    product: str
    begin: date
    eerste_einddatum: date
    tot_en_met: date
    beeindigd_op: date | None = None

    @property
    def laatste_dag(self) -> date:
        """Longer than was agreed is not charged."""
        return min(self.tot_en_met, self.beeindigd_op or self.tot_en_met)


@dataclass(frozen=True, slots=True)
class Verrichting:
    """Something done on a day. aantal: hours, or pieces."""

    verrichting_id: UUID
    levering_id: UUID
    product: str
    dag: date
    aantal: Decimal
    eenheid: Eenheid


@dataclass(frozen=True, slots=True)
class Kostenregel:
    """What a levering costs in (a part of) a calendar month.

    prijs: euros for `basis` times the eenheid: of a part month the price of the month, with
    its days as basis. korting: what goes off, so that the plafond is not passed.
    """

    levering_id: UUID
    product: str
    gemeentecode: str
    vanaf: date
    tot_en_met: date
    aantal: Decimal
    eenheid: Regeleenheid
    prijs: Decimal
    basis: int = 1
    korting: Decimal = Decimal("0.00")

    @property
    def zonder_korting(self) -> Decimal:
        return euro(Fraction(self.prijs) * Fraction(self.aantal) / self.basis)

    @property
    def bedrag(self) -> Decimal:
        """Euros without VAT, rounded once."""
        return self.zonder_korting - self.korting


def kosten(
    looptijden: Collection[Looptijd],
    verrichtingen: Collection[Verrichting],
    contract: Contractspecificatie,
    betaler: Betaler,
    *,
    tot_en_met: date,
) -> tuple[Kostenregel, ...]:
    """All that was delivered through a day, by day; what has no price is not in it.

    The same in whatever order the facts became known.
    """
    per_levering: dict[UUID, list[Kostenregel]] = defaultdict(list)
    for looptijd in looptijden:
        regels = _per_maand(looptijd, contract, betaler, tot_en_met)
        per_levering[looptijd.levering_id] += _binnen(
            afgesproken(looptijd, contract, betaler), sorted(regels, key=_dag)
        )
    for regel in _geteld(verrichtingen, contract, betaler, tot_en_met):
        per_levering[regel.levering_id].append(regel)
    alle = [regel for regels in per_levering.values() for regel in regels]
    return tuple(sorted(alle, key=lambda r: (r.vanaf, r.product, str(r.levering_id), r.prijs)))


def afgesproken(
    looptijd: Looptijd, contract: Contractspecificatie, betaler: Betaler
) -> Decimal | None:
    """What a levering costs at most: the plafond, with each month of extension at its price.

    By what held where and when it began. None where nothing was agreed about it.
    """
    afspraak = contract.op(betaler(looptijd.begin), looptijd.product, looptijd.begin)
    if afspraak is None or afspraak.plafond is None or afspraak.eenheid is not Eenheid.MAAND:
        return None
    verlenging = maanden(looptijd.eerste_einddatum + EEN_DAG, looptijd.tot_en_met)
    return afspraak.plafond + euro(verlenging * Fraction(afspraak.prijs))


def maanden(vanaf: date, tot_en_met: date) -> Fraction:
    """Whole months from a day, and the days that are left as a part of the month they begin in."""
    heel = 0
    while eerste_dag_na_maanden(vanaf, heel + 1) <= tot_en_met + EEN_DAG:
        heel += 1
    begin = eerste_dag_na_maanden(vanaf, heel) if heel else vanaf
    dagen = max(0, (tot_en_met - begin).days + 1)
    return heel + Fraction(dagen, Maand.van(begin).dagen)


def _per_maand(
    looptijd: Looptijd, contract: Contractspecificatie, betaler: Betaler, tot_en_met: date
) -> Iterator[Kostenregel]:
    for van, tot in _stukken(looptijd, contract, betaler, tot_en_met):
        afspraak = contract.op(betaler(van), looptijd.product, van)
        if afspraak is None or afspraak.eenheid is not Eenheid.MAAND:
            continue
        maand, dagen = Maand.van(van), (tot - van).days + 1
        heel = dagen == maand.dagen
        yield Kostenregel(
            levering_id=looptijd.levering_id,
            product=looptijd.product,
            gemeentecode=betaler(van),
            vanaf=van,
            tot_en_met=tot,
            aantal=Decimal(100 if heel else 100 * dagen).scaleb(-2),
            eenheid=Regeleenheid.MAAND if heel else Regeleenheid.DAG,
            prijs=afspraak.prijs,
            basis=1 if heel else maand.dagen,
        )


def _stukken(
    looptijd: Looptijd, contract: Contractspecificatie, betaler: Betaler, tot_en_met: date
) -> Iterator[tuple[date, date]]:
    """The days of a looptijd, cut at each month, each other price and each other gemeente."""
    van, einde = looptijd.begin, min(looptijd.laatste_dag, tot_en_met)
    while van <= einde:
        gemeente = betaler(van)
        wissels = contract.wisseldagen(gemeente, looptijd.product)
        tot, grens = van, min(einde, Maand.van(van).laatste_dag)
        while tot < grens and betaler(tot + EEN_DAG) == gemeente and tot + EEN_DAG not in wissels:
            tot += EEN_DAG
        yield van, tot
        van = tot + EEN_DAG


def _binnen(plafond: Decimal | None, regels: Sequence[Kostenregel]) -> Iterator[Kostenregel]:
    """The lines, in order, until the plafond is reached."""
    over = plafond
    for regel in regels:
        if over is None:
            yield regel
            continue
        korting = max(Decimal("0.00"), regel.bedrag - over)
        if korting < regel.bedrag:
            yield replace(regel, korting=korting)
        over -= regel.bedrag


def _geteld(
    verrichtingen: Collection[Verrichting],
    contract: Contractspecificatie,
    betaler: Betaler,
    tot_en_met: date,
) -> Iterator[Kostenregel]:
    """Hours and pieces, of a month with the same price and gemeente in one line."""
    samen: dict[tuple[UUID, str, Maand, Prijsafspraak], list[Verrichting]] = defaultdict(list)
    for verrichting in verrichtingen:
        afspraak = contract.op(betaler(verrichting.dag), verrichting.product, verrichting.dag)
        if verrichting.dag <= tot_en_met and afspraak and afspraak.eenheid is verrichting.eenheid:
            maand = Maand.van(verrichting.dag)
            samen[verrichting.levering_id, verrichting.product, maand, afspraak].append(verrichting)
    for (levering_id, product, _, afspraak), groep in samen.items():
        yield Kostenregel(
            levering_id=levering_id,
            product=product,
            gemeentecode=afspraak.gemeentecode,
            vanaf=min(v.dag for v in groep),
            tot_en_met=max(v.dag for v in groep),
            aantal=sum((v.aantal for v in groep), Decimal("0.00")),
            eenheid=Regeleenheid(afspraak.eenheid),
            prijs=afspraak.prijs,
        )


def _dag(regel: Kostenregel) -> date:
    return regel.vanaf
