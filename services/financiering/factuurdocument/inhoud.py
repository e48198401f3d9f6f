"""What stands on a factuur, in words; the same facts as in the UBL."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from chassis.documents import in_euros, in_words
from services.financiering.domain.btw import BtwCategorie
from services.financiering.domain.factuur import Factuur, Factuursoort
from services.financiering.domain.levering import Kostenregel, Regeleenheid
from services.financiering.partijen import Partij, Partijen
from services.financiering.producten import productnaam
from services.financiering.ubl import BETAALTERMIJN


@dataclass(frozen=True, slots=True)
class Gegeven:
    """Something with its name."""

    naam: str
    waarde: str


@dataclass(frozen=True, slots=True)
class Regel:
    """A line as text: which days, how much of what, at which price."""

    periode: str
    omschrijving: str
    prijs: str
    bedrag: str


@dataclass(frozen=True, slots=True)
class Document:
    titel: str
    afzender: tuple[str, ...]
    ontvanger: tuple[str, ...]
    gegevens: tuple[Gegeven, ...]
    onderschrift: str
    regels: tuple[Regel, ...]
    totalen: tuple[Gegeven, ...]
    slot: tuple[str, ...]


_TITELS: Final = {Factuursoort.FACTUUR: "Factuur", Factuursoort.CREDITNOTA: "Creditnota"}
_EENHEDEN: Final = {
    Regeleenheid.MAAND: ("maand", "maanden"),
    Regeleenheid.DAG: ("dag", "dagen"),
    Regeleenheid.UUR: ("uur", "uur"),
    Regeleenheid.STUK: ("stuk", "stuks"),
}


def schrijf(factuur: Factuur, partijen: Partijen) -> Document:
    inhoud = factuur.inhoud
    credit = inhoud.soort is Factuursoort.CREDITNOTA
    return Document(
        titel=f"{_TITELS[inhoud.soort]} {factuur.nummer}",
        afzender=(*_adres(partijen.afzender), f"Btw-nummer {partijen.afzender.btw_nummer}"),
        ontvanger=_adres(partijen.ontvanger),
        gegevens=tuple(_gegevens(factuur)),
        onderschrift=f"{productnaam(inhoud.product)}, {in_words(inhoud.vanaf)} tot en met "
        f"{in_words(inhoud.tot_en_met)}",
        regels=tuple(map(_regel, inhoud.regels)),
        totalen=(
            Gegeven("Totaal zonder btw", in_euros(inhoud.exclusief)),
            Gegeven(_btw(factuur), in_euros(inhoud.btw)),
            Gegeven("U krijgt terug" if credit else "Te betalen", in_euros(inhoud.inclusief)),
        ),
        slot=tuple(_slot(factuur, partijen.afzender)),
    )


def _adres(partij: Partij) -> tuple[str, ...]:
    return (partij.naam, partij.straat, f"{partij.postcode} {partij.plaats}", f"OIN {partij.oin}")


def _gegevens(factuur: Factuur) -> list[Gegeven]:
    gegevens = [Gegeven("Datum", in_words(factuur.opgemaakt_op))]
    if factuur.inhoud.soort is Factuursoort.FACTUUR:
        vervalt = factuur.opgemaakt_op + BETAALTERMIJN
        gegevens.append(Gegeven("Betalen uiterlijk", in_words(vervalt)))
    if factuur.van_nummer:
        gegevens.append(Gegeven("Hoort bij factuur", factuur.van_nummer))
    gegevens.append(Gegeven("Kandidaat", str(factuur.kandidaat_id)))
    if factuur.besluit_id:
        gegevens.append(Gegeven("Trajectbesluit", str(factuur.besluit_id)))
    if factuur.inkooporder_id:
        gegevens.append(Gegeven("Inkooporder", str(factuur.inkooporder_id)))
    return gegevens


def _regel(regel: Kostenregel) -> Regel:
    enkel, meer = _EENHEDEN[regel.eenheid]
    omschrijving = f"{_getal(regel.aantal)} {enkel if regel.aantal == 1 else meer}"
    prijs = f"{in_euros(regel.prijs)} per {enkel}"
    if regel.eenheid is Regeleenheid.DAG:
        omschrijving = f"{_getal(regel.aantal)} van {regel.basis} dagen"
        prijs = f"{in_euros(regel.prijs)} per maand"
    if regel.korting:
        omschrijving += f"; {in_euros(regel.korting)} eraf, want het afgesproken bedrag is bereikt"
    return Regel(
        f"{regel.vanaf:%d-%m-%Y} t/m {regel.tot_en_met:%d-%m-%Y}",
        omschrijving,
        prijs,
        in_euros(regel.bedrag),
    )


def _btw(factuur: Factuur) -> str:
    btw = factuur.inhoud.btw_regel
    if btw.categorie is BtwCategorie.VRIJGESTELD:
        return "Btw (vrijgesteld)"
    return f"Btw {_getal(btw.percentage)}%"


def _slot(factuur: Factuur, afzender: Partij) -> list[str]:
    btw = factuur.inhoud.btw_regel
    regels = [f"{btw.grond}."] if btw.categorie is BtwCategorie.VRIJGESTELD else []
    if factuur.inhoud.soort is Factuursoort.FACTUUR:
        regels.append(
            f"Betaal op rekening {_iban(afzender.iban)} van {afzender.naam}, met nummer "
            f"{factuur.nummer}."
        )
    else:
        regels.append(f"Wij verrekenen dit met factuur {factuur.van_nummer}.")
    regels.append(f"Vragen? Mail {afzender.email}.")
    return regels


def _getal(aantal: Decimal) -> str:
    return f"{aantal.normalize():f}".replace(".", ",")


def _iban(nummer: str) -> str:
    return " ".join(nummer[i : i + 4] for i in range(0, len(nummer), 4))
