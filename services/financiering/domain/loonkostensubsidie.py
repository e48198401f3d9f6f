"""The amount of loonkostensubsidie per month, art. 10d lid 4 and 5 Participatiewet.

Pure calculation on given figures; which figures hold for whom on which day is lks_toekenning.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.financiering.domain.fouten import OngeldigeArbeidsduur, OngeldigeLoonwaarde
from services.financiering.domain.geld import euro
from services.financiering.domain.tabel import rij_op

LANGSTE_WERKWEEK = Decimal(60)
"""Hours; longest week of art. 5:7 Arbeidstijdenwet. Only keeps typing errors out."""


@dataclass(frozen=True, slots=True)
class Arbeidsduur:
    """Agreed hours per week, and the hours of a full-time job in the same line of work.

    Raises OngeldigeArbeidsduur when either is not above 0 and at most 60.
    """

    uren: Decimal
    voltijdsuren: Decimal = Decimal(36)

    def __post_init__(self) -> None:
        for naam, uren in (("uren", self.uren), ("voltijdsuren", self.voltijdsuren)):
            if not 0 < uren <= LANGSTE_WERKWEEK:
                raise OngeldigeArbeidsduur(
                    f"Het aantal {naam} per week moet meer dan 0 en hoogstens "
                    f"{LANGSTE_WERKWEEK} zijn."
                )

    @property
    def meetellende_uren(self) -> Decimal:
        """Hours that count: never more than a full-time job, art. 10d lid 4, last sentence."""
        return min(self.uren, self.voltijdsuren)


@dataclass(frozen=True, slots=True)
class Regeling:
    """The parameters of art. 10d as they read from a date.

    Percentages are whole percents.  deeltijdnoemer: hours by which part-time is measured; None is
    the full-time hours of the job itself (the text until 2024).
    """

    vanaf: date
    maximum: Decimal
    forfait: Decimal
    forfait_maanden: int
    vakantiebijslag: Decimal
    deeltijdnoemer: Decimal | None
    bron: str


REGELINGEN: tuple[Regeling, ...] = (
    Regeling(
        date(2023, 7, 1),
        maximum=Decimal(70),
        forfait=Decimal(50),
        forfait_maanden=6,
        vakantiebijslag=Decimal(8),
        deeltijdnoemer=None,
        bron="art. 10d lid 4, 5 en 7 Participatiewet, tekst 1-10-2023; art. 15 WML",
    ),
    Regeling(
        date(2024, 1, 1),
        maximum=Decimal(70),
        forfait=Decimal(50),
        forfait_maanden=6,
        vakantiebijslag=Decimal(8),
        deeltijdnoemer=Decimal(36),
        bron="art. 10d lid 4, 5 en 7 Participatiewet, tekst 1-7-2024 en 1-7-2026; art. 15 WML",
    ),
)


def regeling_op(datum: date) -> Regeling:
    """The text of art. 10d in force on `datum`.

    Raises DatumBuitenTabel before 1-7-2023: older texts were not seen.  The last text is taken to
    hold on; the yearly amounts have their own tables with an end.
    """
    return rij_op(
        REGELINGEN, datum, bekend_tot=date.max, onderwerp="De regeling van de loonkostensubsidie"
    )


@dataclass(frozen=True, slots=True)
class Stap:
    """One step of a calculation, as a letter or screen shows it (Dutch).

    uitkomst: euros, rounded for reading only; the calculation goes on with the exact value.
    """

    naam: str
    omschrijving: str
    formule: str
    uitkomst: Decimal
    grondslag: str


@dataclass(frozen=True, slots=True)
class Berekening:
    """An explained amount of loonkostensubsidie for a whole month.

    exact: the unrounded amount; bedrag: euros, rounded once.  zonder_lasten and werkgeverslasten
    are rounded on their own for display, so they can differ a cent from bedrag together.
    onzekerheden: the parameters (Dutch) that were not found in a source.
    """

    exact: Fraction
    bedrag: Decimal
    zonder_lasten: Decimal
    werkgeverslasten: Decimal
    stappen: tuple[Stap, ...]
    onzekerheden: tuple[str, ...] = ()

    def met_onzekerheden(self, onzekerheden: tuple[str, ...]) -> Berekening:
        """The same calculation, naming what is uncertain in it."""
        return replace(self, onzekerheden=onzekerheden)

    def met_leeftijd(self, uitleg: str) -> Berekening:
        """The same calculation, saying (Dutch) by which age group the minimum wage was taken."""
        minimumloon, *rest = self.stappen
        uitgelegd = replace(
            minimumloon,
            omschrijving=f"{minimumloon.omschrijving}, {uitleg}",
            grondslag=f"{minimumloon.grondslag}; over de verjaardag: keuze van het college",
        )
        return replace(self, stappen=(uitgelegd, *rest))


def loonkostensubsidie(
    wml: Decimal,
    loonwaarde: int,
    arbeidsduur: Arbeidsduur,
    regeling: Regeling,
    werkgeverslasten: Decimal,
    vakantiebijslag_loonwaarde: Decimal | None = None,
) -> Berekening:
    """Monthly subsidy in euros after a measured loonwaarde, art. 10d lid 4 Participatiewet.

    wml: minimum wage per month for the age; loonwaarde: whole percents of it, 0-100;
    werkgeverslasten: percents; vakantiebijslag_loonwaarde: percents of holiday pay that holds in
    law for this person when a cao gives more than art. 15 WML.
    Order of the steps as agreed with the ministry: difference, at most 70%, hours, then charges.
    Raises OngeldigeLoonwaarde.
    """
    if not 0 <= loonwaarde <= 100:
        raise OngeldigeLoonwaarde("Geef de loonwaarde als heel percentage van 0 tot en met 100.")
    bijslag = regeling.vakantiebijslag
    bijslag_loonwaarde = (
        bijslag if vakantiebijslag_loonwaarde is None else vakantiebijslag_loonwaarde
    )
    basis = _basis(wml, bijslag)
    waarde = Fraction(wml) * _deel(loonwaarde) * (1 + _deel(bijslag_loonwaarde))
    verschil = max(basis - waarde, Fraction(0))
    maximum = basis * _deel(regeling.maximum)
    voltijd = min(verschil, maximum)
    stappen = (
        *_stappen_basis(wml, bijslag, basis),
        Stap(
            "loonwaarde",
            f"Loonwaarde {loonwaarde}% met {_getal(bijslag_loonwaarde)}% vakantiebijslag",
            f"{_geld(wml)} × {loonwaarde}% × {_getal(100 + bijslag_loonwaarde)}%",
            euro(waarde),
            "art. 6 onder g en art. 10d lid 4 Participatiewet",
        ),
        Stap(
            "verschil",
            "Verschil tussen minimumloon en loonwaarde",
            f"{_geld(euro(basis))} − {_geld(euro(waarde))}",
            euro(verschil),
            "art. 10d lid 4 Participatiewet",
        ),
        Stap(
            "maximum",
            f"Ten hoogste {_getal(regeling.maximum)}% van minimumloon met vakantiebijslag",
            f"de laagste van {_geld(euro(verschil))} en {_geld(euro(maximum))}",
            euro(voltijd),
            "art. 10d lid 4 Participatiewet",
        ),
    )
    return _afronden(voltijd, stappen, arbeidsduur, regeling, werkgeverslasten)


def forfaitaire_loonkostensubsidie(
    wml: Decimal, arbeidsduur: Arbeidsduur, regeling: Regeling, werkgeverslasten: Decimal
) -> Berekening:
    """Monthly subsidy in euros without a measurement, art. 10d lid 5 Participatiewet.

    Half of the minimum wage with vakantiebijslag, for at most the first six months of the
    employment (that limit is guarded by LksToekenning).
    """
    basis = _basis(wml, regeling.vakantiebijslag)
    voltijd = basis * _deel(regeling.forfait)
    stappen = (
        *_stappen_basis(wml, regeling.vakantiebijslag, basis),
        Stap(
            "forfait",
            f"Forfait van {_getal(regeling.forfait)}% in de eerste "
            f"{regeling.forfait_maanden} maanden",
            f"{_geld(euro(basis))} × {_getal(regeling.forfait)}%",
            euro(voltijd),
            "art. 10d lid 5 Participatiewet",
        ),
    )
    return _afronden(voltijd, stappen, arbeidsduur, regeling, werkgeverslasten)


def _basis(wml: Decimal, vakantiebijslag: Decimal) -> Fraction:
    return Fraction(wml) * (1 + _deel(vakantiebijslag))


def _stappen_basis(wml: Decimal, bijslag: Decimal, basis: Fraction) -> tuple[Stap, ...]:
    return (
        Stap(
            "minimumloon",
            "Wettelijk minimumloon per maand",
            _geld(wml),
            wml,
            "art. 2 Participatiewet; art. 8 WML",
        ),
        Stap(
            "minimumloon-met-vakantiebijslag",
            f"Minimumloon met {_getal(bijslag)}% vakantiebijslag",
            f"{_geld(wml)} × {_getal(100 + bijslag)}%",
            euro(basis),
            "art. 10d lid 4 en 5 Participatiewet; art. 15 WML",
        ),
    )


def _afronden(
    voltijd: Fraction,
    stappen: tuple[Stap, ...],
    arbeidsduur: Arbeidsduur,
    regeling: Regeling,
    werkgeverslasten: Decimal,
) -> Berekening:
    """Hours, then charges, then the one rounding."""
    noemer = regeling.deeltijdnoemer or arbeidsduur.voltijdsuren
    uren = arbeidsduur.meetellende_uren
    zonder_lasten = voltijd * Fraction(uren) / Fraction(noemer)
    lasten = zonder_lasten * _deel(werkgeverslasten)
    exact = zonder_lasten + lasten
    bedrag = euro(exact)
    einde = (
        Stap(
            "arbeidsduur",
            f"Naar evenredigheid van {_getal(uren)} uren per week",
            f"{_geld(euro(voltijd))} × {_getal(uren)} / {_getal(noemer)}",
            euro(zonder_lasten),
            "art. 10d lid 4 en 5 Participatiewet",
        ),
        Stap(
            "werkgeverslasten",
            f"Vergoeding werkgeverslasten {_getal(werkgeverslasten)}%",
            f"{_geld(euro(zonder_lasten))} × {_getal(werkgeverslasten)}%",
            euro(lasten),
            "art. 1 Regeling loonkostensubsidie Participatiewet 2021",
        ),
        Stap(
            "loonkostensubsidie",
            "Loonkostensubsidie per maand: de onafgeronde bedragen samen, één keer afgerond",
            f"{_geld(euro(zonder_lasten))} + {_geld(euro(lasten))}",
            bedrag,
            "art. 10d Participatiewet",
        ),
    )
    return Berekening(exact, bedrag, euro(zonder_lasten), euro(lasten), stappen + einde)


def _deel(procent: Decimal | int) -> Fraction:
    return Fraction(procent) / 100


def _geld(bedrag: Decimal) -> str:
    """Euros as a Dutch reader writes them: 2.337,00."""
    return f"€ {bedrag:,.2f}".translate(str.maketrans(",.", ".,"))


def _getal(getal: Decimal | int) -> str:
    """A number without trailing zeros, with a decimal comma."""
    return f"{Decimal(getal).normalize():f}".replace(".", ",")
