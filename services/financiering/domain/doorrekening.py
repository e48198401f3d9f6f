"""The exploitatie of WSD by its drivers, year by year: the doorrekening of bron 001 ch. 6.

Every row is a formula of drivers; a total is a sum of rows. Amounts are exact euros. Bron 001 shows
thousands of euros in tens, and its totals are sums of the rows as shown; `duizenden` follows that,
so a table of ours adds up in the eyes of who reads it, and is that of the source to the digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from services.financiering.domain.fouten import OngeldigBereik, OngeldigeAanpassing, Punt

JAREN: Final = (2020, 2021, 2022, 2023, 2024, 2027)
"""2020 is a begroting, 2027 stands for the structural situation (from 2027 on), the rest raming."""
STRUCTUREEL: Final = 2027

_HONDERDSTE: Final = Decimal("0.01")


class Bronscenario(StrEnum):
    """The scenarios of bron 001 §6.6 and §6.7."""

    GEZAMENLIJK = "gezamenlijk-110"
    BREAK_EVEN = "break-even"
    TACHTIG = "tachtig-procent"


class Drivereenheid(StrEnum):
    PERSONEN = "personen"
    EURO = "euro"
    EURO_PER_PERSOON = "euro-per-persoon"
    PROCENT = "procent"


class Driver(StrEnum):
    """What can be turned to see what it does; each has a value per year, in hundredths."""

    WSW_MEDEWERKERS = "wsw-medewerkers"
    PW_MEDEWERKERS = "pw-medewerkers"
    RIJKSBIJDRAGE_PER_WSW = "rijksbijdrage-per-wsw"
    PERSONEELSKOSTEN_PER_WSW = "personeelskosten-per-wsw"
    SUBSIDIE_PER_PW = "subsidie-per-pw"
    PERSONEELSKOSTEN_PER_PW = "personeelskosten-per-pw"
    GEMEENTELIJKE_BIJDRAGE = "gemeentelijke-bijdrage"
    TOEGEVOEGDE_WAARDE_PER_MEDEWERKER = "toegevoegde-waarde-per-medewerker"
    GROEI_TOEGEVOEGDE_WAARDE = "groei-toegevoegde-waarde"
    OVERIGE_OPBRENGSTEN_OUD = "overige-opbrengsten-oud"
    PLUSDIENSTEN_HUIDIG = "plusdiensten-huidig"
    GROEI_PLUSDIENSTEN = "groei-plusdiensten"
    AMBTELIJK_VAST = "ambtelijk-vast"
    AMBTELIJK_PER_MEDEWERKER = "ambtelijk-per-medewerker"
    AMBTELIJK_VOOR_PLUSDIENSTEN = "ambtelijk-voor-plusdiensten"
    AFSCHRIJVINGEN = "afschrijvingen"
    OVERIGE_KOSTEN_VAST = "overige-kosten-vast"
    OVERIGE_KOSTEN_PER_MEDEWERKER = "overige-kosten-per-medewerker"
    AFBOUW_FRICTIEKOSTEN = "afbouw-frictiekosten"
    EXTRA_CAPACITEIT_EXPERTISE = "extra-capaciteit-expertise"
    ONVOORZIEN = "onvoorzien"
    VRIJVAL_RESERVES = "vrijval-reserves"


@dataclass(frozen=True, slots=True)
class Kenmerk:
    """What a driver is called, in which unit, and between which values it means anything."""

    naam: str
    eenheid: Drivereenheid

    @property
    def laagste(self) -> Decimal:
        return Decimal(-100) if self.eenheid is Drivereenheid.PROCENT else Decimal(0)

    @property
    def hoogste(self) -> Decimal:
        return {
            Drivereenheid.PERSONEN: Decimal(100_000),
            Drivereenheid.EURO: Decimal(1_000_000_000),
            Drivereenheid.EURO_PER_PERSOON: Decimal(1_000_000),
            Drivereenheid.PROCENT: Decimal(1_000),
        }[self.eenheid]


_PERSONEN, _EURO = Drivereenheid.PERSONEN, Drivereenheid.EURO
_PER_PERSOON, _PROCENT = Drivereenheid.EURO_PER_PERSOON, Drivereenheid.PROCENT

KENMERKEN: Final[Mapping[Driver, Kenmerk]] = {
    Driver.WSW_MEDEWERKERS: Kenmerk("Medewerkers Wsw", _PERSONEN),
    Driver.PW_MEDEWERKERS: Kenmerk("Medewerkers PW met loonkostensubsidie", _PERSONEN),
    Driver.RIJKSBIJDRAGE_PER_WSW: Kenmerk("Rijksbijdrage per Wsw-medewerker", _PER_PERSOON),
    Driver.PERSONEELSKOSTEN_PER_WSW: Kenmerk("Personeelskosten per Wsw-medewerker", _PER_PERSOON),
    Driver.SUBSIDIE_PER_PW: Kenmerk("Subsidie per PW-medewerker", _PER_PERSOON),
    Driver.PERSONEELSKOSTEN_PER_PW: Kenmerk("Personeelskosten per PW-medewerker", _PER_PERSOON),
    Driver.GEMEENTELIJKE_BIJDRAGE: Kenmerk("Gemeentelijke bijdrage", _EURO),
    Driver.TOEGEVOEGDE_WAARDE_PER_MEDEWERKER: Kenmerk(
        "Netto toegevoegde waarde per medewerker, voor groei", _PER_PERSOON
    ),
    Driver.GROEI_TOEGEVOEGDE_WAARDE: Kenmerk(
        "Groei van de toegevoegde waarde per medewerker sinds 2020", _PROCENT
    ),
    Driver.OVERIGE_OPBRENGSTEN_OUD: Kenmerk("Overige opbrengsten oud", _EURO),
    Driver.PLUSDIENSTEN_HUIDIG: Kenmerk("Nieuwe plusdiensten op het niveau van 2020", _EURO),
    Driver.GROEI_PLUSDIENSTEN: Kenmerk("Groei van de nieuwe plusdiensten sinds 2020", _PROCENT),
    Driver.AMBTELIJK_VAST: Kenmerk("Ambtelijk personeel, vast deel", _EURO),
    Driver.AMBTELIJK_PER_MEDEWERKER: Kenmerk("Ambtelijk personeel per medewerker", _PER_PERSOON),
    Driver.AMBTELIJK_VOOR_PLUSDIENSTEN: Kenmerk(
        "Ambtelijk personeel voor de groei van plusdiensten, deel van de omzet", _PROCENT
    ),
    Driver.AFSCHRIJVINGEN: Kenmerk("Afschrijvingen", _EURO),
    Driver.OVERIGE_KOSTEN_VAST: Kenmerk("Overige bedrijfskosten, vast deel", _EURO),
    Driver.OVERIGE_KOSTEN_PER_MEDEWERKER: Kenmerk(
        "Overige bedrijfskosten per medewerker", _PER_PERSOON
    ),
    Driver.AFBOUW_FRICTIEKOSTEN: Kenmerk("Afbouw frictiekosten", _EURO),
    Driver.EXTRA_CAPACITEIT_EXPERTISE: Kenmerk("Extra capaciteit expertise", _EURO),
    Driver.ONVOORZIEN: Kenmerk("Onvoorzien", _EURO),
    Driver.VRIJVAL_RESERVES: Kenmerk("Vrijval reserves", _EURO),
}

Jaarwaarden = Mapping[Driver, Decimal]
"""The drivers of one year."""
Uitgangspunten = Mapping[int, Jaarwaarden]
"""The drivers of each of JAREN."""


def medewerkers(jaar: Jaarwaarden) -> Decimal:
    """Doelgroepmedewerkers, Wsw and PW together (bron 001 tabel 2)."""
    return jaar[Driver.WSW_MEDEWERKERS] + jaar[Driver.PW_MEDEWERKERS]


def rijksbijdrage_wsw(jaar: Jaarwaarden) -> Decimal:
    """The Rijk pays an amount per Wsw place, handed to WSD one to one (bron 001 §6.2)."""
    return jaar[Driver.WSW_MEDEWERKERS] * jaar[Driver.RIJKSBIJDRAGE_PER_WSW]


def personeelskosten_wsw(jaar: Jaarwaarden) -> Decimal:
    """Wages of the Wsw, per person."""
    return jaar[Driver.WSW_MEDEWERKERS] * jaar[Driver.PERSONEELSKOSTEN_PER_WSW]


def subsidie_pw(jaar: Jaarwaarden) -> Decimal:
    """Loonkostensubsidie and guidance as paid today, per person (bron 001 bijlage 2 punt 9)."""
    return jaar[Driver.PW_MEDEWERKERS] * jaar[Driver.SUBSIDIE_PER_PW]


def personeelskosten_pw(jaar: Jaarwaarden) -> Decimal:
    """Wages of PW medewerkers, per person."""
    return jaar[Driver.PW_MEDEWERKERS] * jaar[Driver.PERSONEELSKOSTEN_PER_PW]


def gemeentelijke_bijdrage(jaar: Jaarwaarden) -> Decimal:
    """What the gemeenten pay towards the whole: one amount a year."""
    return jaar[Driver.GEMEENTELIJKE_BIJDRAGE]


def netto_toegevoegde_waarde(jaar: Jaarwaarden) -> Decimal:
    """What the work of all medewerkers brings in, per person, with its growth since 2020."""
    per_medewerker = jaar[Driver.TOEGEVOEGDE_WAARDE_PER_MEDEWERKER]
    return medewerkers(jaar) * per_medewerker * _met(jaar[Driver.GROEI_TOEGEVOEGDE_WAARDE])


def overige_opbrengsten_oud(jaar: Jaarwaarden) -> Decimal:
    """Plusdiensten that WSD has offered for decades: a constant volume (bron 001 §6.3 punt 1)."""
    return jaar[Driver.OVERIGE_OPBRENGSTEN_OUD]


def plusdiensten_nieuw(jaar: Jaarwaarden) -> Decimal:
    """New plusdiensten: the level of 2020 and its growth since (bron 001 §6.3 punt 2)."""
    return jaar[Driver.PLUSDIENSTEN_HUIDIG] * _met(jaar[Driver.GROEI_PLUSDIENSTEN])


def personeelskosten_ambtelijk(jaar: Jaarwaarden) -> Decimal:
    """Staff: what is there anyhow, what grows with the medewerkers, and with the plusdiensten.

    Intake and guidance grow with the medewerkers, back office and expertise hardly do (bron 001
    §6.6); growth of plusdiensten takes flexible capacity (bijlage 2 punt 3).
    """
    groei = plusdiensten_nieuw(jaar) - jaar[Driver.PLUSDIENSTEN_HUIDIG]
    return (
        jaar[Driver.AMBTELIJK_VAST]
        + medewerkers(jaar) * jaar[Driver.AMBTELIJK_PER_MEDEWERKER]
        + groei * _deel(jaar[Driver.AMBTELIJK_VOOR_PLUSDIENSTEN])
    )


def afschrijvingen(jaar: Jaarwaarden) -> Decimal:
    """Depreciation; falls as part of the central location goes (bron 001 bijlage 2 punt 4)."""
    return jaar[Driver.AFSCHRIJVINGEN]


def overige_bedrijfskosten(jaar: Jaarwaarden) -> Decimal:
    """Other costs: what is there anyhow, and what grows with the medewerkers."""
    return (
        jaar[Driver.OVERIGE_KOSTEN_VAST]
        + medewerkers(jaar) * jaar[Driver.OVERIGE_KOSTEN_PER_MEDEWERKER]
    )


def afbouw_frictiekosten(jaar: Jaarwaarden) -> Decimal:
    """Housing and systems that are run down (bron 001 bijlage 2 punt 8a)."""
    return jaar[Driver.AFBOUW_FRICTIEKOSTEN]


def extra_capaciteit_expertise(jaar: Jaarwaarden) -> Decimal:
    """To get the community going (bron 001 bijlage 2 punt 8b)."""
    return jaar[Driver.EXTRA_CAPACITEIT_EXPERTISE]


def onvoorzien(jaar: Jaarwaarden) -> Decimal:
    """Unforeseen (bron 001 bijlage 2 punt 8c)."""
    return jaar[Driver.ONVOORZIEN]


def vrijval_reserves(jaar: Jaarwaarden) -> Decimal:
    """Released from the reserves: one amount a year."""
    return jaar[Driver.VRIJVAL_RESERVES]


def _deel(procent: Decimal) -> Decimal:
    return procent / 100


def _met(groei: Decimal) -> Decimal:
    return 1 + _deel(groei)


class Exploitatierij(StrEnum):
    """The rows of the exploitatie, in the order of bron 001 §6.6."""

    RIJKSBIJDRAGE_WSW = "rijksbijdrage-wsw"
    PERSONEELSKOSTEN_WSW = "personeelskosten-wsw"
    SUBSIDIERESULTAAT_WSW = "subsidieresultaat-wsw"
    SUBSIDIE_PW = "subsidie-pw"
    PERSONEELSKOSTEN_PW = "personeelskosten-pw"
    SUBSIDIERESULTAAT_PW = "subsidieresultaat-pw"
    GEMEENTELIJKE_BIJDRAGE = "gemeentelijke-bijdrage"
    TOTAAL_SUBSIDIERESULTAAT = "totaal-subsidieresultaat"
    NETTO_TOEGEVOEGDE_WAARDE = "netto-toegevoegde-waarde"
    OVERIGE_OPBRENGSTEN_OUD = "overige-opbrengsten-oud"
    PLUSDIENSTEN_NIEUW = "plusdiensten-nieuw"
    TOTAAL_BEDRIJFSOPBRENGST = "totaal-bedrijfsopbrengst"
    PERSONEELSKOSTEN_AMBTELIJK = "personeelskosten-ambtelijk"
    AFSCHRIJVINGEN = "afschrijvingen"
    OVERIGE_BEDRIJFSKOSTEN = "overige-bedrijfskosten"
    AFBOUW_FRICTIEKOSTEN = "afbouw-frictiekosten"
    EXTRA_CAPACITEIT_EXPERTISE = "extra-capaciteit-expertise"
    ONVOORZIEN = "onvoorzien"
    TOTAAL_EXTRA_KOSTEN = "totaal-extra-kosten"
    BEDRIJFSRESULTAAT = "bedrijfsresultaat"
    VRIJVAL_RESERVES = "vrijval-reserves"
    EXPLOITATIERESULTAAT = "exploitatieresultaat"


@dataclass(frozen=True, slots=True)
class Post:
    """A row that follows from drivers. formule: the same formula, for who reads the table."""

    naam: str
    bereken: Callable[[Jaarwaarden], Decimal]
    formule: str


@dataclass(frozen=True, slots=True)
class Totaal:
    """A row that follows from rows above it: all of `plus` less all of `min`."""

    naam: str
    plus: tuple[Exploitatierij, ...]
    min: tuple[Exploitatierij, ...] = ()

    @property
    def formule(self) -> str:
        erbij = " + ".join(self.plus)
        return " - ".join((erbij, *self.min))


EXPLOITATIE: Final[Mapping[Exploitatierij, Post | Totaal]] = {
    Exploitatierij.RIJKSBIJDRAGE_WSW: Post(
        "Rijksbijdrage Wsw", rijksbijdrage_wsw, "wsw-medewerkers × rijksbijdrage-per-wsw"
    ),
    Exploitatierij.PERSONEELSKOSTEN_WSW: Post(
        "Personeelskosten Wsw", personeelskosten_wsw, "wsw-medewerkers × personeelskosten-per-wsw"
    ),
    Exploitatierij.SUBSIDIERESULTAAT_WSW: Totaal(
        "Subsidieresultaat Wsw",
        (Exploitatierij.RIJKSBIJDRAGE_WSW,),
        (Exploitatierij.PERSONEELSKOSTEN_WSW,),
    ),
    Exploitatierij.SUBSIDIE_PW: Post(
        "Subsidie PW", subsidie_pw, "pw-medewerkers × subsidie-per-pw"
    ),
    Exploitatierij.PERSONEELSKOSTEN_PW: Post(
        "Personeelskosten PW", personeelskosten_pw, "pw-medewerkers × personeelskosten-per-pw"
    ),
    Exploitatierij.SUBSIDIERESULTAAT_PW: Totaal(
        "Subsidieresultaat PW", (Exploitatierij.SUBSIDIE_PW,), (Exploitatierij.PERSONEELSKOSTEN_PW,)
    ),
    Exploitatierij.GEMEENTELIJKE_BIJDRAGE: Post(
        "Gemeentelijke bijdrage", gemeentelijke_bijdrage, "gemeentelijke-bijdrage"
    ),
    Exploitatierij.TOTAAL_SUBSIDIERESULTAAT: Totaal(
        "Totaal subsidieresultaat",
        (
            Exploitatierij.SUBSIDIERESULTAAT_WSW,
            Exploitatierij.SUBSIDIERESULTAAT_PW,
            Exploitatierij.GEMEENTELIJKE_BIJDRAGE,
        ),
    ),
    Exploitatierij.NETTO_TOEGEVOEGDE_WAARDE: Post(
        "Netto toegevoegde waarde",
        netto_toegevoegde_waarde,
        "(wsw-medewerkers + pw-medewerkers) × toegevoegde-waarde-per-medewerker"
        " × (1 + groei-toegevoegde-waarde)",
    ),
    Exploitatierij.OVERIGE_OPBRENGSTEN_OUD: Post(
        "Overige opbrengsten oud", overige_opbrengsten_oud, "overige-opbrengsten-oud"
    ),
    Exploitatierij.PLUSDIENSTEN_NIEUW: Post(
        "Plusdiensten nieuw", plusdiensten_nieuw, "plusdiensten-huidig × (1 + groei-plusdiensten)"
    ),
    Exploitatierij.TOTAAL_BEDRIJFSOPBRENGST: Totaal(
        "Totaal bedrijfsopbrengst",
        (
            Exploitatierij.NETTO_TOEGEVOEGDE_WAARDE,
            Exploitatierij.OVERIGE_OPBRENGSTEN_OUD,
            Exploitatierij.PLUSDIENSTEN_NIEUW,
        ),
    ),
    Exploitatierij.PERSONEELSKOSTEN_AMBTELIJK: Post(
        "Personeelskosten ambtelijk",
        personeelskosten_ambtelijk,
        "ambtelijk-vast + (wsw-medewerkers + pw-medewerkers) × ambtelijk-per-medewerker"
        " + plusdiensten-huidig × groei-plusdiensten × ambtelijk-voor-plusdiensten",
    ),
    Exploitatierij.AFSCHRIJVINGEN: Post("Afschrijvingen", afschrijvingen, "afschrijvingen"),
    Exploitatierij.OVERIGE_BEDRIJFSKOSTEN: Post(
        "Overige bedrijfskosten",
        overige_bedrijfskosten,
        "overige-kosten-vast + (wsw-medewerkers + pw-medewerkers) × overige-kosten-per-medewerker",
    ),
    Exploitatierij.AFBOUW_FRICTIEKOSTEN: Post(
        "Afbouw frictiekosten", afbouw_frictiekosten, "afbouw-frictiekosten"
    ),
    Exploitatierij.EXTRA_CAPACITEIT_EXPERTISE: Post(
        "Extra capaciteit expertise", extra_capaciteit_expertise, "extra-capaciteit-expertise"
    ),
    Exploitatierij.ONVOORZIEN: Post("Onvoorzien", onvoorzien, "onvoorzien"),
    Exploitatierij.TOTAAL_EXTRA_KOSTEN: Totaal(
        "Totaal extra kosten",
        (
            Exploitatierij.AFBOUW_FRICTIEKOSTEN,
            Exploitatierij.EXTRA_CAPACITEIT_EXPERTISE,
            Exploitatierij.ONVOORZIEN,
        ),
    ),
    Exploitatierij.BEDRIJFSRESULTAAT: Totaal(
        "Bedrijfsresultaat",
        (Exploitatierij.TOTAAL_BEDRIJFSOPBRENGST,),
        (
            Exploitatierij.PERSONEELSKOSTEN_AMBTELIJK,
            Exploitatierij.AFSCHRIJVINGEN,
            Exploitatierij.OVERIGE_BEDRIJFSKOSTEN,
            Exploitatierij.TOTAAL_EXTRA_KOSTEN,
        ),
    ),
    Exploitatierij.VRIJVAL_RESERVES: Post("Vrijval reserves", vrijval_reserves, "vrijval-reserves"),
    Exploitatierij.EXPLOITATIERESULTAAT: Totaal(
        "Exploitatieresultaat",
        (
            Exploitatierij.BEDRIJFSRESULTAAT,
            Exploitatierij.TOTAAL_SUBSIDIERESULTAAT,
            Exploitatierij.VRIJVAL_RESERVES,
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Bedrag:
    """Exact euros, and thousands of euros in tens as bron 001 shows them."""

    euro: Decimal
    duizenden: int


@dataclass(frozen=True, slots=True)
class Doorrekening:
    """The exploitatie that follows from a set of drivers, for each of JAREN."""

    uitgangspunten: Uitgangspunten
    bedragen: Mapping[Exploitatierij, Mapping[int, Bedrag]]

    def resultaat(self, jaar: int) -> Bedrag:
        return self.bedragen[Exploitatierij.EXPLOITATIERESULTAAT][jaar]

    def sluitend_bij(self, jaar: int) -> int | None:
        """How many doelgroepmedewerkers close the exploitatie of a year, by PW alone.

        The result is a straight line in the number of PW medewerkers. None where no number of them
        closes it.
        """
        waarden = self.uitgangspunten[jaar]
        bij_geen, bij_een = (
            Fraction(_resultaat({**waarden, Driver.PW_MEDEWERKERS: Decimal(aantal)}))
            for aantal in (0, 1)
        )
        per_medewerker = bij_een - bij_geen
        if per_medewerker == 0 or (pw := -bij_geen / per_medewerker) < 0:
            return None
        return int(Fraction(waarden[Driver.WSW_MEDEWERKERS]) + pw + Fraction(1, 2))


def reken_door(uitgangspunten: Uitgangspunten) -> Doorrekening:
    """The exploitatie of each year: for every Exploitatierij one Bedrag per year of JAREN."""
    per_jaar = {jaar: _exploitatie(waarden) for jaar, waarden in uitgangspunten.items()}
    return Doorrekening(
        uitgangspunten,
        {rij: {jaar: rijen[rij] for jaar, rijen in per_jaar.items()} for rij in EXPLOITATIE},
    )


def _exploitatie(waarden: Jaarwaarden) -> dict[Exploitatierij, Bedrag]:
    rijen: dict[Exploitatierij, Bedrag] = {}
    for rij, inhoud in EXPLOITATIE.items():
        if isinstance(inhoud, Post):
            exact = inhoud.bereken(waarden)
            rijen[rij] = Bedrag(exact, _in_tientallen_duizend(exact))
        else:
            plus, min_ = ([rijen[deel] for deel in delen] for delen in (inhoud.plus, inhoud.min))
            rijen[rij] = Bedrag(
                sum((deel.euro for deel in plus), Decimal(0)) - sum(deel.euro for deel in min_),
                sum(deel.duizenden for deel in plus) - sum(deel.duizenden for deel in min_),
            )
    return rijen


def _resultaat(waarden: Jaarwaarden) -> Decimal:
    return _exploitatie(waarden)[Exploitatierij.EXPLOITATIERESULTAAT].euro


def _in_tientallen_duizend(exact: Decimal) -> int:
    return int((exact / 10_000).quantize(Decimal(1), ROUND_HALF_UP)) * 10


class Aanpassingswijze(StrEnum):
    """How a driver is changed: to a value, by a difference in its unit, or by a percentage."""

    WAARDE = "waarde"
    VERSCHIL = "verschil"
    PROCENT = "procent"


@dataclass(frozen=True, slots=True)
class Aanpassing:
    """One driver is changed, in one year or in all."""

    driver: Driver
    wijze: Aanpassingswijze
    getal: Decimal
    jaar: int | None = None

    def op(self, waarde: Decimal) -> Decimal:
        """The value instead of another, rounded to hundredths."""
        match self.wijze:
            case Aanpassingswijze.WAARDE:
                nieuw = self.getal
            case Aanpassingswijze.VERSCHIL:
                nieuw = waarde + self.getal
            case Aanpassingswijze.PROCENT:
                nieuw = waarde * _met(self.getal)
        return nieuw.quantize(_HONDERDSTE, ROUND_HALF_UP)


def pas_aan(
    uitgangspunten: Uitgangspunten, aanpassingen: Sequence[Aanpassing], *, pad: str
) -> Uitgangspunten:
    """The drivers with these changes, one after the other.

    pad: where the changes stand in the input, for the faults. Raises OngeldigeAanpassing with every
    change that makes a driver what it cannot be.
    """
    nieuw = {jaar: dict(waarden) for jaar, waarden in uitgangspunten.items()}
    punten = []
    for plek, aanpassing in enumerate(aanpassingen):
        kenmerk = KENMERKEN[aanpassing.driver]
        for jaar in nieuw if aanpassing.jaar is None else (aanpassing.jaar,):
            waarde = aanpassing.op(nieuw[jaar][aanpassing.driver])
            if not kenmerk.laagste <= waarde <= kenmerk.hoogste:
                melding = (
                    f"{kenmerk.naam} ligt tussen {kenmerk.laagste} en {kenmerk.hoogste} "
                    f"({kenmerk.eenheid}); kies een ander getal."
                )
                punten.append(Punt(pad.format(plek=plek), "buiten-bereik", melding))
                break
            nieuw[jaar][aanpassing.driver] = waarde
    if punten:
        raise OngeldigeAanpassing("Herstel de genoemde aanpassingen.", punten=tuple(punten))
    return nieuw


@dataclass(frozen=True, slots=True)
class Bereik:
    """Values from one to another, at equal distances; two or more, each another one.

    Raises OngeldigBereik.
    """

    van: Decimal
    tot: Decimal
    aantal: int

    def __post_init__(self) -> None:
        if len(set(self.getallen)) < self.aantal:
            raise OngeldigBereik(
                "Kies van en tot verder uit elkaar, of een kleiner aantal: elk getal komt een keer "
                "voor."
            )

    @property
    def getallen(self) -> tuple[Decimal, ...]:
        """In hundredths; the first is `van` and the last is `tot`."""
        stap = (self.tot - self.van) / (self.aantal - 1)
        return tuple(
            (self.van + stap * plek).quantize(_HONDERDSTE, ROUND_HALF_UP)
            for plek in range(self.aantal)
        )


@dataclass(frozen=True, slots=True)
class Gevoeligheid:
    """What the exploitatie is for each value that one driver is changed with."""

    driver: Driver
    wijze: Aanpassingswijze
    jaar: int | None
    uitkomsten: tuple[tuple[Decimal, Doorrekening], ...]


def onderzoek_gevoeligheid(
    uitgangspunten: Uitgangspunten,
    driver: Driver,
    wijze: Aanpassingswijze,
    bereik: Bereik,
    jaar: int | None = None,
) -> Gevoeligheid:
    """Calculate over and over, changing one driver only. Raises OngeldigeAanpassing."""
    uitkomsten = tuple(
        (
            getal,
            reken_door(
                pas_aan(uitgangspunten, (Aanpassing(driver, wijze, getal, jaar),), pad="body")
            ),
        )
        for getal in bereik.getallen
    )
    return Gevoeligheid(driver, wijze, jaar, uitkomsten)
