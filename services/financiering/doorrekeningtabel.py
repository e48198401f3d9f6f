"""One or more doorrekeningen as a table: CSV for programs, XLSX for who goes on calculating.

CSV is UTF-8 without a byte order mark, RFC 4180, with a decimal point: what programs read. XLSX has
numbers as numbers. Text is text in both: a name that a person gave never becomes a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.financiering.domain.doorrekening import (
    EXPLOITATIE,
    JAREN,
    KENMERKEN,
    STRUCTUREEL,
    Doorrekening,
    Driver,
    Drivereenheid,
    Totaal,
    medewerkers,
)
from services.financiering.domain.geld import euro

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_KOP: Final = ("reeks", "rij", "naam", "eenheid")
_FORMULETEKENS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Reeks:
    """A doorrekening under the name it has in the table."""

    naam: str
    doorrekening: Doorrekening


@dataclass(frozen=True, slots=True)
class Regel:
    """One row of the table: a Decimal for each of JAREN."""

    reeks: str
    rij: str
    naam: str
    eenheid: Drivereenheid
    getallen: tuple[Decimal, ...]
    totaal: bool = False


def exploitatieregels(reeks: Reeks) -> Iterator[Regel]:
    """The persons and the exploitatie, in exact euros rounded to cents."""
    uitgangspunten = reeks.doorrekening.uitgangspunten
    for driver in (Driver.WSW_MEDEWERKERS, Driver.PW_MEDEWERKERS):
        getallen = tuple(uitgangspunten[jaar][driver] for jaar in JAREN)
        naam = KENMERKEN[driver].naam
        yield Regel(reeks.naam, driver, naam, Drivereenheid.PERSONEN, getallen)
    samen = tuple(medewerkers(uitgangspunten[jaar]) for jaar in JAREN)
    yield Regel(
        reeks.naam,
        "medewerkers",
        "Totaal doelgroepmedewerkers",
        Drivereenheid.PERSONEN,
        samen,
        totaal=True,
    )
    for rij, inhoud in EXPLOITATIE.items():
        per_jaar = reeks.doorrekening.bedragen[rij]
        bedragen = tuple(euro(Fraction(per_jaar[jaar].euro)) for jaar in JAREN)
        is_totaal = isinstance(inhoud, Totaal)
        yield Regel(reeks.naam, rij, inhoud.naam, Drivereenheid.EURO, bedragen, totaal=is_totaal)


def driverregels(reeks: Reeks) -> Iterator[Regel]:
    """The drivers behind it."""
    uitgangspunten = reeks.doorrekening.uitgangspunten
    for driver, kenmerk in KENMERKEN.items():
        getallen = tuple(uitgangspunten[jaar][driver] for jaar in JAREN)
        yield Regel(reeks.naam, driver, kenmerk.naam, kenmerk.eenheid, getallen)


def als_csv(reeksen: Sequence[Reeks]) -> str:
    """The exploitatie of every reeks, below each other."""
    uit = io.StringIO()
    schrijver = csv.writer(uit)
    schrijver.writerow((*_KOP, *JAREN))
    for reeks in reeksen:
        for regel in exploitatieregels(reeks):
            tekst = (_ongevaarlijk(regel.reeks), regel.rij, regel.naam, regel.eenheid)
            schrijver.writerow((*tekst, *(f"{getal:.2f}" for getal in regel.getallen)))
    return uit.getvalue()


def _ongevaarlijk(tekst: str) -> str:
    """A spreadsheet takes some text for a formula; an apostrophe before it keeps it text."""
    return f"'{tekst}" if tekst.startswith(_FORMULETEKENS) else tekst


def als_xlsx(reeksen: Sequence[Reeks], aannames: Sequence[str]) -> bytes:
    """Three sheets: the exploitatie, the drivers behind it, and what had to be assumed."""
    uit = io.BytesIO()
    boek = xlsxwriter.Workbook(
        uit,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    vet = boek.add_format({"bold": True})
    per_eenheid = {
        (eenheid, totaal): boek.add_format({"num_format": _getalvorm(eenheid), "bold": totaal})
        for eenheid in Drivereenheid
        for totaal in (False, True)
    }
    for titel, regels in (
        ("Exploitatie", [r for reeks in reeksen for r in exploitatieregels(reeks)]),
        ("Uitgangspunten", [r for reeks in reeksen for r in driverregels(reeks)]),
    ):
        blad = boek.add_worksheet(titel)
        _schrijf_kop(blad, vet)
        for nummer, regel in enumerate(regels, start=1):
            for kolom, tekst in enumerate((regel.reeks, regel.rij, regel.naam, regel.eenheid)):
                blad.write_string(nummer, kolom, tekst, vet if regel.totaal else None)
            vorm = per_eenheid[regel.eenheid, regel.totaal]
            for kolom, getal in enumerate(regel.getallen, start=len(_KOP)):
                blad.write_number(nummer, kolom, float(getal), vorm)
    blad = boek.add_worksheet("Aannames")
    blad.set_column(0, 0, 140)
    for nummer, aanname in enumerate(aannames):
        blad.write_string(nummer, 0, aanname)
    boek.close()
    return uit.getvalue()


def _getalvorm(eenheid: Drivereenheid) -> str:
    return "#,##0" if eenheid is Drivereenheid.EURO else "#,##0.00"


def _schrijf_kop(blad: Worksheet, vet: Format) -> None:
    for kolom, tekst in enumerate(_KOP):
        blad.write_string(0, kolom, tekst, vet)
    for kolom, jaar in enumerate(JAREN, start=len(_KOP)):
        blad.write_string(
            0, kolom, f"structureel ({jaar})" if jaar == STRUCTUREEL else str(jaar), vet
        )
    blad.set_column(0, 1, 28)
    blad.set_column(2, 2, 56)
    blad.set_column(3, 3, 16)
    blad.set_column(len(_KOP), len(_KOP) + len(JAREN) - 1, 18)
    blad.freeze_panes(1, 3)
