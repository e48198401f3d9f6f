"""The loonkostensubsidie of one employment over time: what is paid for each month, and why.

What moves the amount, and nothing else:
- the start and the end (part months by calendar days; OWN, the law prorates hours only);
- 1 January: minimum wage and werkgeverslasten of that day (art. 10d lid 7).  In between they stay
  those of the day the subsidy started: a revision on 1 July does not touch a running subsidy;
- the end of the forfait: from then a loonwaarde is required (art. 10d lid 5);
- a newly established loonwaarde (art. 10d lid 6), agreed hours, or the minimum-wage age group, by
  the rule that the college had for birthdays when the subsidy started.
Going to another gemeente moves no amount, but who pays it; a month in which it happens is shared by
calendar days (OWN, the law says nothing of it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from services.financiering.domain.fouten import (
    LoonwaardeOntbreekt,
    OngeldigePeriode,
    ToekenningLooptNiet,
    WijzigingNietTerugwerkend,
)
from services.financiering.domain.geld import euro
from services.financiering.domain.kalender import EEN_DAG, Maand
from services.financiering.domain.leeftijdsgroep import (
    Leeftijdsgroep,
    Leeftijdsovergang,
    Leeftijdsverloop,
    Verjaardagsregel,
)
from services.financiering.domain.lks_aanvraag import (
    LksAanvraag,
    LoonwaardeVanaf,
    einde_forfait,
    weigeringsgronden,
)
from services.financiering.domain.lks_berekening import bereken
from services.financiering.domain.loonkostensubsidie import Arbeidsduur, Berekening


class EindeLks(StrEnum):
    """Why the loonkostensubsidie ended."""

    EINDE_DIENSTBETREKKING = "einde-dienstbetrekking"
    NIET_LANGER_IN_DOELGROEP = "niet-langer-in-doelgroep"
    GEEN_VERMINDERDE_LOONWAARDE = "geen-verminderde-loonwaarde"


class Wijzigingsreden(StrEnum):
    """Why the amount changes on a date."""

    INGANG = "ingang"
    JAARLIJKSE_HERZIENING = "jaarlijkse-herziening"
    EINDE_FORFAIT = "einde-forfait"
    LOONWAARDE = "loonwaarde"
    ARBEIDSDUUR = "arbeidsduur"
    LEEFTIJDSGROEP = "leeftijdsgroep"
    OVERDRACHT = "overdracht"
    EINDE = "einde"


class Loonwaardegevolg(StrEnum):
    """What a newly established loonwaarde does to the subsidy."""

    AANGEPAST = "aangepast"
    ONGEWIJZIGD = "ongewijzigd"
    NIHIL = "nihil"


@dataclass(frozen=True, slots=True)
class Wijziging:
    """The first day on which another amount holds, and every reason for it."""

    op: date
    redenen: tuple[Wijzigingsreden, ...]


@dataclass(frozen=True, slots=True)
class ArbeidsduurVanaf:
    arbeidsduur: Arbeidsduur
    vanaf: date


@dataclass(frozen=True, slots=True)
class GemeenteVanaf:
    """Which gemeente had the regie from a day on, and so pays."""

    gemeentecode: str
    vanaf: date


def gemeente_op(gemeenten: Sequence[GemeenteVanaf], dag: date) -> str | None:
    """Which gemeente had the regie on a day; None when it was one all the time."""
    geldend = [g.gemeentecode for g in gemeenten if g.vanaf <= dag]
    return geldend[-1] if geldend else None


@dataclass(frozen=True, slots=True)
class Maanddeel:
    """Days of one month with the same calculation and the same gemeente that pays.

    exact: unrounded euros for these days.
    """

    vanaf: date
    tot_en_met: date
    dagen: int
    dagen_in_maand: int
    berekening: Berekening
    exact: Fraction
    betaler: str


@dataclass(frozen=True, slots=True)
class Maandbedrag:
    """What is paid for one month: euros, the parts added up and rounded once."""

    maand: Maand
    bedrag: Decimal
    delen: tuple[Maanddeel, ...]


@dataclass(slots=True)
class LksToekenning:
    """One granted loonkostensubsidie. Change it through its methods only."""

    toekenning_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID
    gemeentecode: str
    begin_dienstbetrekking: date
    ingangsdatum: date
    leeftijd: Leeftijdsverloop
    arbeidsduren: tuple[ArbeidsduurVanaf, ...]
    loonwaarden: tuple[LoonwaardeVanaf, ...] = ()
    verjaardagsregel: Verjaardagsregel = Verjaardagsregel.VERJAARDAGSMAAND
    laatste_dag: date | None = None
    eindereden: EindeLks | None = None
    gemeenten: tuple[GemeenteVanaf, ...] = ()
    """Rising by date; empty when the kandidaat never went to another gemeente."""

    @classmethod
    def ken_toe(
        cls,
        aanvraag: LksAanvraag,
        *,
        toekenning_id: UUID,
        kandidaat_id: UUID,
        plaatsing_id: UUID,
        gemeentecode: str,
        verjaardagsregel: Verjaardagsregel = Verjaardagsregel.VERJAARDAGSMAAND,
    ) -> LksToekenning:
        """Grant what is asked, art. 10d lid 1 and 2 Participatiewet.

        Raises the first of weigeringsgronden(aanvraag), or DatumBuitenTabel when the amount on the
        first day is not known.
        """
        gronden = weigeringsgronden(aanvraag)
        if gronden:
            raise gronden[0]
        toekenning = cls(
            toekenning_id=toekenning_id,
            kandidaat_id=kandidaat_id,
            plaatsing_id=plaatsing_id,
            gemeentecode=gemeentecode,
            begin_dienstbetrekking=aanvraag.begin_dienstbetrekking,
            ingangsdatum=aanvraag.ingangsdatum,
            leeftijd=aanvraag.leeftijd,
            arbeidsduren=(ArbeidsduurVanaf(aanvraag.arbeidsduur, aanvraag.ingangsdatum),),
            loonwaarden=() if aanvraag.loonwaarde is None else (aanvraag.loonwaarde,),
            verjaardagsregel=verjaardagsregel,
        )
        toekenning.berekening_op(aanvraag.ingangsdatum)
        return toekenning

    def stel_loonwaarde_vast(self, percentage: int, vanaf: date) -> Loonwaardegevolg:
        """A measured loonwaarde (whole percents) from a date, art. 10d lid 5 and 6.

        Replaces the forfait from that day, without settling the forfait already paid.  At 100% the
        amount becomes nil; whether the subsidy also ends is for the college to decide (lid 8), by
        beeindig.  Raises WijzigingNietTerugwerkend, ToekenningLooptNiet, OngeldigeLoonwaarde, and
        LoonwaardeOntbreekt when it would leave days uncovered after the forfait.
        """
        nieuw = LoonwaardeVanaf(percentage, vanaf)
        self._eis_lopend(vanaf)
        nodig = self.loonwaarde_nodig_vanaf()
        if nodig is not None and vanaf > nodig:
            raise LoonwaardeOntbreekt(
                f"Het forfait loopt tot {nodig.isoformat()}. Laat de loonwaarde uiterlijk vanaf "
                "die dag gelden, anders vallen er dagen zonder grondslag."
            )
        if self.loonwaarden and vanaf <= self.loonwaarden[-1].vanaf:
            raise self._niet_terugwerkend("loonwaarde", self.loonwaarden[-1].vanaf)
        vorige = self.loonwaarden[-1].percentage if self.loonwaarden else None
        self.loonwaarden = (*self.loonwaarden, nieuw)
        if percentage == 100:
            return Loonwaardegevolg.NIHIL
        if percentage == vorige:
            return Loonwaardegevolg.ONGEWIJZIGD
        return Loonwaardegevolg.AANGEPAST

    def wijzig_arbeidsduur(self, arbeidsduur: Arbeidsduur, vanaf: date) -> None:
        """Other agreed hours from a date, art. 10d lid 4 and 5.

        Raises WijzigingNietTerugwerkend, ToekenningLooptNiet.
        """
        self._eis_lopend(vanaf)
        if vanaf <= self.arbeidsduren[-1].vanaf:
            raise self._niet_terugwerkend("arbeidsduur", self.arbeidsduren[-1].vanaf)
        self.arbeidsduren = (*self.arbeidsduren, ArbeidsduurVanaf(arbeidsduur, vanaf))

    def wijzig_leeftijdsgroep(self, groep: Leeftijdsgroep, vanaf: date) -> None:
        """The next age group from a date (first of the birthday month).

        The date may lie before the start: the first of the month in which the subsidy started.
        Raises OngeldigLeeftijdsverloop.
        """
        self.leeftijd = self.leeftijd.met(Leeftijdsovergang(vanaf, groep))

    def beeindig(self, laatste_dag: date, reden: EindeLks) -> None:
        """The subsidy ends after this day (included): with the employment, or art. 10d lid 8.

        Raises ToekenningLooptNiet when it ended already, OngeldigePeriode before the start.
        """
        if self.laatste_dag is not None:
            raise ToekenningLooptNiet(
                f"De loonkostensubsidie is al beëindigd per {self.laatste_dag.isoformat()}."
            )
        if laatste_dag < self.ingangsdatum:
            raise OngeldigePeriode(
                f"De subsidie ging in op {self.ingangsdatum.isoformat()}; de laatste dag kan niet "
                "eerder liggen."
            )
        self.laatste_dag = laatste_dag
        self.eindereden = reden

    def loonwaarde_nodig_vanaf(self) -> date | None:
        """First day for which a loonwaarde must be measured; None when that is already done."""
        if self.loonwaarden:
            return None
        einde = einde_forfait(self.begin_dienstbetrekking, self.ingangsdatum)
        if self.laatste_dag is not None and self.laatste_dag < einde:
            return None
        return einde

    def loopt_op(self, dag: date) -> bool:
        """Is this a day with subsidy?"""
        return self.ingangsdatum <= dag and (self.laatste_dag is None or dag <= self.laatste_dag)

    def loonwaarde_op(self, dag: date) -> int | None:
        """The measured loonwaarde (whole percents) that holds on this day; None is the forfait."""
        geldend = [w.percentage for w in self.loonwaarden if w.vanaf <= dag]
        return geldend[-1] if geldend else None

    def berekening_op(self, dag: date) -> Berekening:
        """The amount of a whole month as it holds on this day, with every step.

        Raises ToekenningLooptNiet outside the subsidy, LoonwaardeOntbreekt after the forfait
        without a loonwaarde, DatumBuitenTabel where the law's figures are not known.
        """
        if not self.loopt_op(dag):
            raise ToekenningLooptNiet(
                f"Op {dag.isoformat()} loopt deze loonkostensubsidie niet. Kies een dag erbinnen."
            )
        loonwaarde = self.loonwaarde_op(dag)
        if loonwaarde is None:
            einde = einde_forfait(self.begin_dienstbetrekking, self.ingangsdatum)
            if dag >= einde:
                raise LoonwaardeOntbreekt(
                    f"Het forfait liep tot {einde.isoformat()}. Stel de loonwaarde vast vanaf die "
                    "dag; daarna kan het bedrag worden berekend."
                )
        groep = self.leeftijd.groep_op(dag, self.verjaardagsregel)
        berekening = bereken(
            self._peildatum(dag),
            groep,
            next(a for a in reversed(self.arbeidsduren) if a.vanaf <= dag).arbeidsduur,
            loonwaarde,
        )
        if groep is Leeftijdsgroep.VOLWASSEN and not self.leeftijd.overgangen:
            return berekening
        return berekening.met_leeftijd(
            f"leeftijdsgroep {groep}; een volgende telt {self.verjaardagsregel.omschrijving}"
        )

    def maandbedrag(self, maand: Maand) -> Maandbedrag:
        """What is paid for this month; nil when the subsidy does not run in it.

        A month with a change in it is split: each part gets its own amount times its calendar days
        divided by the days of the month; the parts are added up and rounded once.
        Raises LoonwaardeOntbreekt and DatumBuitenTabel as berekening_op does.
        """
        vanaf = max(maand.eerste_dag, self.ingangsdatum)
        laatste = min(maand.laatste_dag, self.laatste_dag or maand.laatste_dag)
        delen: list[Maanddeel] = []
        while vanaf <= laatste:
            wijziging = self.volgende_wijziging(vanaf)
            tot_en_met = laatste if wijziging is None else min(laatste, wijziging.op - EEN_DAG)
            berekening = self.berekening_op(vanaf)
            dagen = (tot_en_met - vanaf).days + 1
            exact = berekening.exact * Fraction(dagen, maand.dagen)
            betaler = self.betaler_op(vanaf)
            delen.append(
                Maanddeel(vanaf, tot_en_met, dagen, maand.dagen, berekening, exact, betaler)
            )
            vanaf = tot_en_met + EEN_DAG
        totaal = sum((deel.exact for deel in delen), Fraction(0))
        return Maandbedrag(maand, euro(totaal), tuple(delen))

    def betaler_op(self, dag: date) -> str:
        """The gemeente that pays for a day: the one that had the regie (INF: the law of 2026 no
        longer keeps a subsidy with the gemeente that granted it, art. 10d lid 10)."""
        return gemeente_op(self.gemeenten, dag) or self.gemeentecode

    def volgende_wijziging(self, na: date) -> Wijziging | None:
        """The first day after `na` on which another amount holds by what is known now.

        None when the subsidy has ended for good.  The amount itself may turn out equal (a 1 January
        without a new minimum wage), or not yet known.
        """
        kandidaten = [(op, reden) for op, reden in self._wijzigingen(na) if op > na]
        if self.laatste_dag is not None:
            einde = self.laatste_dag + EEN_DAG
            kandidaten = [(op, reden) for op, reden in kandidaten if op < einde]
            if einde > na:
                kandidaten.append((einde, Wijzigingsreden.EINDE))
        if not kandidaten:
            return None
        eerste = min(op for op, _ in kandidaten)
        redenen = dict.fromkeys(reden for op, reden in kandidaten if op == eerste)
        return Wijziging(eerste, tuple(redenen))

    def _wijzigingen(self, na: date) -> list[tuple[date, Wijzigingsreden]]:
        """Every known change after the start, and the first 1 January after `na`."""
        begin = self.ingangsdatum
        januari = date(max(na, begin).year + 1, 1, 1)
        forfait_tot = einde_forfait(self.begin_dienstbetrekking, begin)
        wijzigingen = [
            (januari, Wijzigingsreden.JAARLIJKSE_HERZIENING),
            *((w.vanaf, Wijzigingsreden.LOONWAARDE) for w in self.loonwaarden),
            *((a.vanaf, Wijzigingsreden.ARBEIDSDUUR) for a in self.arbeidsduren),
            *(
                (o.telt_vanaf(self.verjaardagsregel), Wijzigingsreden.LEEFTIJDSGROEP)
                for o in self.leeftijd.overgangen
            ),
            *((g.vanaf, Wijzigingsreden.OVERDRACHT) for g in self.gemeenten),
        ]
        if not self.loonwaarden or self.loonwaarden[0].vanaf >= forfait_tot:
            wijzigingen.append((forfait_tot, Wijzigingsreden.EINDE_FORFAIT))
        wijzigingen = [(op, reden) for op, reden in wijzigingen if op > begin]
        return [(begin, Wijzigingsreden.INGANG), *wijzigingen]

    def _peildatum(self, dag: date) -> date:
        """The day whose minimum wage and charges count: the start, then each 1 January."""
        if dag.year == self.ingangsdatum.year:
            return self.ingangsdatum
        return date(dag.year, 1, 1)

    def _eis_lopend(self, vanaf: date) -> None:
        if not self.loopt_op(vanaf):
            raise ToekenningLooptNiet(
                f"Op {vanaf.isoformat()} loopt deze loonkostensubsidie niet; een wijziging gaat in "
                "op een dag erbinnen."
            )

    @staticmethod
    def _niet_terugwerkend(wat: str, vorige: date) -> WijzigingNietTerugwerkend:
        return WijzigingNietTerugwerkend(
            f"De laatste wijziging van de {wat} ging in op {vorige.isoformat()}. Een nieuwe gaat "
            "later in; herstel van een eerdere vraagt een nieuw besluit."
        )
