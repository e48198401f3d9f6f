"""What an employer gets besides wage and guidance: the no-riskpolis and the loonkostenvoordeel.

Law: Ziektewet art. 29b, and the Wet tegemoetkomingen loondomein (Wtl) as it stands per 1-1-2025 and
1-1-2026 (wetten.overheid.nl, BWBR0037522). Which conditions a person meets, UWV decides; this says
what follows for the kind of employee. What was not found in a source is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.plaatsing.domain.fouten import JaarVoorBegin, Punt

EERSTE_DAG_2024: Final = date(2024, 1, 1)
EERSTE_DAG_2026: Final = date(2026, 1, 1)


class Voordeelgroep(StrEnum):
    """As whom an employee counts for these two."""

    BANENAFSPRAAK = "banenafspraak"
    BESCHUT_WERK = "beschut-werk"
    WSW = "wsw"
    ARBEIDSGEHANDICAPT = "arbeidsgehandicapt"
    HERPLAATST = "herplaatst"
    OUDERE_WERKNEMER = "oudere-werknemer"


class Antwoord(StrEnum):
    JA = "ja"
    NEE = "nee"
    ONBEKEND = "onbekend"


@dataclass(frozen=True, slots=True)
class NoRiskpolis:
    """Whether UWV pays when the employee is ill.

    aanspraak_jaren: in which years of the job the illness must begin; None: see uitleg.
    onzeker: it was not found in a source as it stands now.
    """

    geldt: Antwoord
    artikel: str
    uitleg: str
    aanspraak_jaren: int | None = None
    onzeker: bool = False


@dataclass(frozen=True, slots=True)
class Loonkostenvoordeel:
    """What the Belastingdienst pays the employer, in euros.

    per_uur: per paid hour; per_jaar: the most per employee and calendar year; None: unknown.
    hoogstens_jaren None: as long as the job lasts.
    """

    geldt: Antwoord
    artikel: str
    uitleg: str
    per_uur: Decimal | None = None
    per_jaar: Decimal | None = None
    hoogstens_jaren: int | None = None
    verklaring_nodig: bool = False


@dataclass(frozen=True, slots=True)
class Werkgeversvoordelen:
    """Both, for a job that began on a day and over a calendar year of it."""

    groep: Voordeelgroep
    begin: date
    jaar: int
    no_riskpolis: NoRiskpolis
    loonkostenvoordeel: Loonkostenvoordeel


@dataclass(frozen=True, slots=True)
class _Bedrag:
    jaar: int
    per_uur: Decimal
    per_jaar: Decimal | None


_BEDRAGEN: Final[dict[str, tuple[_Bedrag, ...]]] = {
    # Wtl art. 2.13, 2.9 and 2.17 as per 1-1-2026; the minister can change them each 1 January.
    "banenafspraak": (_Bedrag(2026, Decimal("1.01"), Decimal(2000)),),
    "arbeidsgehandicapt": (_Bedrag(2026, Decimal("3.05"), Decimal(6000)),),
    "herplaatst": (_Bedrag(2026, Decimal("3.05"), Decimal(6000)),),
    # Secondary sources of 2025; the most per year for starts from 2024 on was not found.
    "oudere-werknemer": (_Bedrag(2025, Decimal("1.35"), None),),
    "oudere-werknemer van voor 2024": (_Bedrag(2025, Decimal("3.05"), Decimal(6000)),),
}

_VERKLARING: Final = (
    "De werknemer vraagt de doelgroepverklaring aan binnen drie maanden na het begin en geeft die "
    "aan de werkgever."
)
_ZIEKENGELD: Final = (
    "UWV betaalt ziekengeld vanaf de eerste ziektedag: 70% van het dagloon, en op verzoek van de "
    "werkgever 100% in de eerste 52 weken. Bij loonkostensubsidie betaalt UWV dat naar de "
    "loonwaarde, met ten minste 30%."
)


def werkgeversvoordelen(groep: Voordeelgroep, begin: date, jaar: int) -> Werkgeversvoordelen:
    """Raises JaarVoorBegin."""
    return Werkgeversvoordelen(
        groep, begin, jaar, no_riskpolis(groep), loonkostenvoordeel(groep, begin, jaar)
    )


def no_riskpolis(groep: Voordeelgroep) -> NoRiskpolis:
    """Ziektewet art. 29b, as read in the text of May 2017 and in secondary sources."""
    if groep in (Voordeelgroep.BANENAFSPRAAK, Voordeelgroep.BESCHUT_WERK):
        return NoRiskpolis(
            Antwoord.JA,
            "art. 29b Ziektewet",
            f"{_ZIEKENGELD} Zolang de werknemer tot de doelgroep behoort, zonder einddatum.",
            onzeker=True,
        )
    if groep in (Voordeelgroep.ARBEIDSGEHANDICAPT, Voordeelgroep.HERPLAATST):
        return NoRiskpolis(
            Antwoord.JA,
            "art. 29b Ziektewet",
            f"{_ZIEKENGELD} Voor ziekte die begint in de eerste vijf jaar van het dienstverband; "
            "voor sommige groepen zonder einddatum.",
            aanspraak_jaren=5,
            onzeker=True,
        )
    return NoRiskpolis(
        Antwoord.ONBEKEND,
        "art. 29b Ziektewet",
        "Meedoen heeft geen bron die zegt of de no-riskpolis voor deze groep geldt. Vraag het UWV.",
        onzeker=True,
    )


def loonkostenvoordeel(groep: Voordeelgroep, begin: date, jaar: int) -> Loonkostenvoordeel:
    """What the employer gets over a calendar year for a job that began on a day.

    Raises JaarVoorBegin.
    """
    if jaar < begin.year:
        raise JaarVoorBegin(
            "Vraag naar een jaar waarin het dienstverband loopt.",
            punten=(Punt("jaar", "voor-begin", f"Geef {begin.year} of een later jaar op."),),
        )
    return _REGELS[groep](begin, jaar)


def _banenafspraak(begin: date, jaar: int) -> Loonkostenvoordeel:
    if jaar < EERSTE_DAG_2026.year:
        return _onbekend(
            "art. 2.10 tot en met 2.13 Wtl (tekst van voor 2026)",
            jaar,
            verklaring_nodig=True,
        )
    oud = begin < EERSTE_DAG_2026
    overgang = (
        " Het dienstverband begon voor 2026: het recht moet toen zijn begonnen en niet zijn "
        "geëindigd, en de oude regels over de doelgroepverklaring gelden nog (art. 6.2 Wtl). Wie "
        "niet in het doelgroepregister staat houdt het voordeel alleen voor de oude, resterende "
        f"duur. {_VERKLARING}"
    )
    return _bedrag(
        "banenafspraak",
        "art. 2.10, 2.12 en 2.13 Wtl" + (" en art. 6.2 Wtl" if oud else ""),
        jaar,
        "Zolang het dienstverband duurt en de werknemer in het doelgroepregister staat, tot de "
        "AOW-leeftijd." + (overgang if oud else " Zonder doelgroepverklaring."),
        verklaring_nodig=oud,
    )


def _beschut(_begin: date, _jaar: int) -> Loonkostenvoordeel:
    return Loonkostenvoordeel(
        Antwoord.NEE,
        "art. 2.6 lid 3 onder b en art. 2.14 lid 2 onder b Wtl; art. 38b Wfsv",
        "Voor een dienstbetrekking beschut werk is er geen loonkostenvoordeel. Wie beschut werkt "
        "hoort niet tot de banenafspraak.",
    )


def _wsw(_begin: date, jaar: int) -> Loonkostenvoordeel:
    if jaar >= EERSTE_DAG_2026.year:
        return Loonkostenvoordeel(
            Antwoord.NEE,
            "art. 2.10 lid 2 onder b Wtl",
            "Voor werk in een Wsw-dienstbetrekking is er geen loonkostenvoordeel, behalve voor "
            "zover de werknemer ter beschikking is gesteld aan een andere werkgever.",
        )
    return Loonkostenvoordeel(
        Antwoord.NEE,
        "Wtl hoofdstuk II (tekst van voor 2026)",
        "Voor een Wsw-dienstbetrekking is er geen loonkostenvoordeel.",
    )


def _arbeidsgehandicapt(begin: date, jaar: int) -> Loonkostenvoordeel:
    return _drie_jaar_of_korter(
        "arbeidsgehandicapt", "art. 2.6 tot en met 2.9 Wtl", begin, jaar, hoogstens_jaren=3
    )


def _herplaatst(begin: date, jaar: int) -> Loonkostenvoordeel:
    return _drie_jaar_of_korter(
        "herplaatst", "art. 2.14 tot en met 2.17 Wtl", begin, jaar, hoogstens_jaren=1
    )


def _oudere_werknemer(begin: date, jaar: int) -> Loonkostenvoordeel:
    artikel = "art. 2.2 tot en met 2.5 Wtl (tekst van 2025)"
    if begin < EERSTE_DAG_2024:
        artikel = f"{artikel} en art. 6.2a Wtl"
        if jaar > _laatste_jaar(begin, 3):
            return _voorbij(artikel, hoogstens_jaren=3)
        return _bedrag(
            "oudere-werknemer van voor 2024",
            artikel,
            jaar,
            "Overgangsrecht: het dienstverband begon voor 2024, dus geldt het oude bedrag, ten "
            f"hoogste drie jaar aaneen. {_VERKLARING}",
            hoogstens_jaren=3,
            verklaring_nodig=True,
        )
    if jaar >= EERSTE_DAG_2026.year:
        return Loonkostenvoordeel(
            Antwoord.NEE,
            "art. 2.4 lid 1 Wtl (tekst van 2025)",
            "Het loonkostenvoordeel oudere werknemer is vervallen: over tijd na 31 december 2025 "
            "is er geen recht voor een dienstverband dat in 2024 of later begon.",
        )
    return _bedrag(
        "oudere-werknemer",
        artikel,
        jaar,
        "Voor wie bij het begin 56 jaar of ouder was en een uitkering had; tot en met 31 december "
        f"2025. {_VERKLARING}",
        hoogstens_jaren=3,
        verklaring_nodig=True,
    )


def _drie_jaar_of_korter(
    tabel: str, artikel: str, begin: date, jaar: int, *, hoogstens_jaren: int
) -> Loonkostenvoordeel:
    if jaar > _laatste_jaar(begin, hoogstens_jaren):
        return _voorbij(artikel, hoogstens_jaren=hoogstens_jaren)
    duur = "een jaar" if hoogstens_jaren == 1 else "drie jaar"
    return _bedrag(
        tabel,
        artikel,
        jaar,
        f"Ten hoogste {duur} aaneen, tot de AOW-leeftijd; niet bij beschut werk of Wsw. "
        f"{_VERKLARING}",
        hoogstens_jaren=hoogstens_jaren,
        verklaring_nodig=True,
    )


def _laatste_jaar(begin: date, jaren: int) -> int:
    """The calendar year with the last day of a number of years from a day on."""
    return begin.year + jaren - (begin.month == begin.day == 1)


def _bedrag(
    tabel: str,
    artikel: str,
    jaar: int,
    uitleg: str,
    *,
    hoogstens_jaren: int | None = None,
    verklaring_nodig: bool = False,
) -> Loonkostenvoordeel:
    bedrag = next((b for b in _BEDRAGEN[tabel] if b.jaar == jaar), None)
    if bedrag is None:
        return _onbekend(
            artikel, jaar, hoogstens_jaren=hoogstens_jaren, verklaring_nodig=verklaring_nodig
        )
    if bedrag.per_jaar is None:
        uitleg += f" Het hoogste bedrag over {jaar} is bij Meedoen niet bekend."
    return Loonkostenvoordeel(
        Antwoord.JA,
        artikel,
        uitleg,
        bedrag.per_uur,
        bedrag.per_jaar,
        hoogstens_jaren,
        verklaring_nodig,
    )


def _onbekend(
    artikel: str, jaar: int, *, hoogstens_jaren: int | None = None, verklaring_nodig: bool
) -> Loonkostenvoordeel:
    return Loonkostenvoordeel(
        Antwoord.ONBEKEND,
        artikel,
        f"De bedragen en voorwaarden over {jaar} zijn bij Meedoen niet bekend. Vraag ze na bij de "
        "Belastingdienst of UWV.",
        hoogstens_jaren=hoogstens_jaren,
        verklaring_nodig=verklaring_nodig,
    )


def _voorbij(artikel: str, *, hoogstens_jaren: int) -> Loonkostenvoordeel:
    return Loonkostenvoordeel(
        Antwoord.NEE,
        artikel,
        "De periode waarover het voordeel ten hoogste wordt verstrekt is in dit jaar voorbij.",
        hoogstens_jaren=hoogstens_jaren,
        verklaring_nodig=True,
    )


_REGELS: Final[dict[Voordeelgroep, Callable[[date, int], Loonkostenvoordeel]]] = {
    Voordeelgroep.BANENAFSPRAAK: _banenafspraak,
    Voordeelgroep.BESCHUT_WERK: _beschut,
    Voordeelgroep.WSW: _wsw,
    Voordeelgroep.ARBEIDSGEHANDICAPT: _arbeidsgehandicapt,
    Voordeelgroep.HERPLAATST: _herplaatst,
    Voordeelgroep.OUDERE_WERKNEMER: _oudere_werknemer,
}
