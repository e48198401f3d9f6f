"""What is paid for each month of a loonkostensubsidie: lines that are never rewritten.

A month that was paid stays paid as it was. What turns out otherwise later (a loonwaarde, the end,
other hours, an age group) gives a line of its own on the month it is about, positive or negative,
for the difference between what is due by all that is known now and what the lines say so far. So
the lines of a month add up to what is due, whatever became known in which order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from services.financiering.domain.fouten import (
    DatumBuitenTabel,
    LoonwaardeOntbreekt,
)
from services.financiering.domain.geld import euro
from services.financiering.domain.kalender import Maand
from services.financiering.domain.lks_dossier import Grond
from services.financiering.domain.lks_toekenning import LksToekenning, Maandbedrag


class Regelsoort(StrEnum):
    """The first line of a month, or what comes after it."""

    BETALING = "betaling"
    CORRECTIE = "correctie"


@dataclass(frozen=True, slots=True)
class Betaalregel:
    """Euros for one month; a correctie may be negative, and is never nil."""

    maand: Maand
    soort: Regelsoort
    bedrag: Decimal


@dataclass(frozen=True, slots=True)
class Maandpost:
    """What one gemeente is due for a month by what is known now: euros, or why that is unknown.

    onzekerheden: the figures of law under it (Dutch) that were not found in a source. dagen: the
    calendar days that the amount is of.
    """

    maand: Maand
    bedrag: Decimal | None
    reden: Grond | None = None
    onzekerheden: tuple[str, ...] = ()
    dagen: int = 0


@dataclass(frozen=True, slots=True)
class NietBetaalbaar:
    """A month for which nothing is said now, and why."""

    maand: Maand
    reden: Grond


@dataclass(frozen=True, slots=True)
class Betaalvoorstel:
    """What one payment run does for one subsidy."""

    regels: tuple[Betaalregel, ...]
    niet_betaalbaar: tuple[NietBetaalbaar, ...]


def aandeel(maandbedrag: Maandbedrag, betaler: str) -> Decimal:
    """What one gemeente pays of a month, in euros.

    The month is rounded once. Where two gemeenten share it, each is rounded as far as the month
    has come, so that their cents add up to those of the month.
    """
    tot_hier, deel = Fraction(0), Decimal("0.00")
    for stuk in maandbedrag.delen:
        voor, tot_hier = tot_hier, tot_hier + stuk.exact
        if stuk.betaler == betaler:
            deel += euro(tot_hier) - euro(voor)
    return deel


def maanden_tot(toekenning: LksToekenning, tot_en_met: Maand) -> Iterator[Maand]:
    """The months in which the subsidy runs, up to and including one."""
    laatste = tot_en_met
    if toekenning.laatste_dag is not None:
        laatste = min(laatste, Maand.van(toekenning.laatste_dag))
    maand = Maand.van(toekenning.ingangsdatum)
    while maand <= laatste:
        yield maand
        maand = maand.plus(1)


def maandposten(
    toekenning: LksToekenning, betaler: str, maanden: Iterable[Maand]
) -> Iterator[Maandpost]:
    """What one gemeente is due for each of these months."""
    for maand in maanden:
        try:
            maandbedrag = toekenning.maandbedrag(maand)
        except (DatumBuitenTabel, LoonwaardeOntbreekt) as fout:
            yield Maandpost(maand, None, Grond.van(fout))
        else:
            onzeker = dict.fromkeys(
                o for deel in maandbedrag.delen for o in deel.berekening.onzekerheden
            )
            yield Maandpost(
                maand,
                aandeel(maandbedrag, betaler),
                onzekerheden=tuple(onzeker),
                dagen=sum(deel.dagen for deel in maandbedrag.delen if deel.betaler == betaler),
            )


def stel_voor(
    toekenning: LksToekenning,
    betaler: str,
    betaald: Mapping[Maand, Decimal],
    tot_en_met: Maand,
    *,
    ook_onzeker: bool,
) -> Betaalvoorstel:
    """The lines that make each month up to and including `tot_en_met` what is due by now.

    betaald: what the lines of this gemeente say so far, for every month that has one; such a month
    is corrected too when it lies later.
    """
    maanden = sorted({*maanden_tot(toekenning, tot_en_met), *betaald})
    posten = maandposten(toekenning, betaler, maanden)
    return vereffen(posten, betaald, ook_onzeker=ook_onzeker)


def stel_voor_na_overdracht(
    posten: Iterable[Maandpost],
    betaald: Mapping[Maand, Decimal],
    tot_en_met: Maand,
    *,
    ook_onzeker: bool,
) -> Betaalvoorstel:
    """The same of a gemeente that no longer has the kandidaat.

    posten: every month that it is due; of another month that it paid, nothing is.
    """
    per_maand = {maand: Maandpost(maand, Decimal(0)) for maand in betaald}
    per_maand |= {p.maand: p for p in posten if p.maand <= tot_en_met or p.maand in betaald}
    return vereffen(
        [per_maand[maand] for maand in sorted(per_maand)], betaald, ook_onzeker=ook_onzeker
    )


def posten_van_vorige(toekenning: LksToekenning) -> dict[str, tuple[Maandpost, ...]]:
    """What each gemeente that had the kandidaat before is due, until the last time they went.

    At least the first month, so that it is told of nothing too.
    """
    if not toekenning.gemeenten:
        return {}
    nu = toekenning.gemeenten[-1].gemeentecode
    vorige = dict.fromkeys(g.gemeentecode for g in toekenning.gemeenten if g.gemeentecode != nu)
    eerste = Maand.van(toekenning.ingangsdatum)
    laatste = max(eerste, Maand.van(toekenning.gemeenten[-1].vanaf))
    maanden = [eerste]
    while maanden[-1] < laatste:
        maanden.append(maanden[-1].plus(1))
    return {gemeente: tuple(maandposten(toekenning, gemeente, maanden)) for gemeente in vorige}


def vereffen(
    posten: Iterable[Maandpost], betaald: Mapping[Maand, Decimal], *, ook_onzeker: bool
) -> Betaalvoorstel:
    """The lines that make up the difference between what is due and what the lines say so far.

    ook_onzeker: by figures of law that were not found in a source as well.
    """
    regels: list[Betaalregel] = []
    niet_betaalbaar: list[NietBetaalbaar] = []
    for post in posten:
        if post.bedrag is None:
            if post.reden is not None:
                niet_betaalbaar.append(NietBetaalbaar(post.maand, post.reden))
            continue
        verschil = post.bedrag - betaald.get(post.maand, Decimal(0))
        if not verschil:
            continue
        if post.onzekerheden and not ook_onzeker:
            niet_betaalbaar.append(NietBetaalbaar(post.maand, _onzeker(post.onzekerheden)))
            continue
        soort = Regelsoort.CORRECTIE if post.maand in betaald else Regelsoort.BETALING
        regels.append(Betaalregel(post.maand, soort, verschil))
    return Betaalvoorstel(tuple(regels), tuple(niet_betaalbaar))


WERKGEVER_ONBEKEND = Grond(
    code="werkgever-onbekend",
    titel="Niet bekend aan wie wordt betaald",
    uitleg="De plaatsing is ontvangen zonder werkgever. Laat plaatsing haar opnieuw vertellen.",
    artikel=None,
)


def zonder_ontvanger(voorstel: Betaalvoorstel) -> Betaalvoorstel:
    """The same months, with nobody to pay."""
    return Betaalvoorstel(
        (),
        (
            *(NietBetaalbaar(regel.maand, WERKGEVER_ONBEKEND) for regel in voorstel.regels),
            *voorstel.niet_betaalbaar,
        ),
    )


def _onzeker(onzekerheden: tuple[str, ...]) -> Grond:
    return Grond(
        code="onzekere-cijfers",
        titel="Het bedrag rust op een cijfer zonder bron",
        uitleg=f"Niet in een bron gevonden: {'; '.join(onzekerheden)}. Controleer dit, en kies "
        "daarna in een betaalrun om ook op onzekere cijfers te betalen.",
        artikel=None,
    )
