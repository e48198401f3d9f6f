"""Facturen and creditnota's: documents that are never rewritten.

What is due follows from the facts; what was invoiced is what stands in the documents. Where the two
differ, a line that no longer holds is taken back whole by a creditnota on its own factuur, and what
holds now is invoiced.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.financiering.domain.btw import Btw, btw_van
from services.financiering.domain.levering import Kostenregel

NUL = Decimal("0.00")


class Factuursoort(StrEnum):
    FACTUUR = "factuur"
    CREDITNOTA = "creditnota"


@dataclass(frozen=True, slots=True)
class Inhoud:
    """What a document says in money: lines of one product for one gemeente, at least one.

    btw_regel: as it was on that day. van_factuur: the factuur that a creditnota takes lines back
    of; None for a factuur.
    """

    gemeentecode: str
    product: str
    regels: tuple[Kostenregel, ...]
    btw_regel: Btw
    van_factuur: UUID | None = None

    @property
    def soort(self) -> Factuursoort:
        return Factuursoort.FACTUUR if self.van_factuur is None else Factuursoort.CREDITNOTA

    @property
    def vanaf(self) -> date:
        return min(regel.vanaf for regel in self.regels)

    @property
    def tot_en_met(self) -> date:
        return max(regel.tot_en_met for regel in self.regels)

    @property
    def exclusief(self) -> Decimal:
        """Sum of the lines."""
        return totaal(self.regels)

    @property
    def btw(self) -> Decimal:
        return self.btw_regel.over(self.exclusief)

    @property
    def inclusief(self) -> Decimal:
        """What is to be paid, or with a creditnota what comes back."""
        return self.exclusief + self.btw

    @property
    def saldo(self) -> Decimal:
        """What the gemeente owes by this document, without VAT: negative for a creditnota."""
        return self.exclusief if self.van_factuur is None else -self.exclusief


@dataclass(frozen=True, slots=True)
class Factuur:
    """A document as it was sent. nummer: within its year, without gaps, `2026-00001`.

    besluit_id and inkooporder_id: the traject it is for, and the order of the gemeente.
    """

    factuur_id: UUID
    nummer: str
    kandidaat_id: UUID
    opgemaakt_op: date
    inhoud: Inhoud
    besluit_id: UUID | None = None
    inkooporder_id: UUID | None = None
    van_nummer: str | None = None

    @property
    def jaar_en_volgnummer(self) -> tuple[int, int]:
        jaar, _, volgnummer = self.nummer.partition("-")
        return int(jaar), int(volgnummer)


def factuurnummer(jaar: int, volgnummer: int) -> str:
    return f"{jaar}-{volgnummer:05}"


def op_te_maken(
    verschuldigd: Iterable[Kostenregel], eerder: Collection[Factuur]
) -> tuple[Inhoud, ...]:
    """The documents after which what is due was invoiced: creditnota's first, then facturen.

    verschuldigd: all that is due of one kandidaat. eerder: all documents of that kandidaat, at
    whatever gemeente. Nothing where they agree already.
    """
    nodig = Counter(verschuldigd)
    creditnotas = []
    for factuur in sorted(eerder, key=lambda f: f.jaar_en_volgnummer):
        if factuur.inhoud.van_factuur is not None:
            continue
        staat = openstaand(factuur, eerder)
        vervallen = staat - nodig
        nodig -= staat
        if vervallen:
            creditnotas.append(
                Inhoud(
                    factuur.inhoud.gemeentecode,
                    factuur.inhoud.product,
                    _op_dag(vervallen.elements()),
                    factuur.inhoud.btw_regel,
                    factuur.factuur_id,
                )
            )
    per_document: dict[tuple[str, str], list[Kostenregel]] = defaultdict(list)
    for regel in nodig.elements():
        per_document[regel.gemeentecode, regel.product].append(regel)
    return (
        *creditnotas,
        *(
            Inhoud(gemeentecode, product, _op_dag(regels), btw_van(product))
            for (gemeentecode, product), regels in sorted(per_document.items())
        ),
    )


def openstaand(factuur: Factuur, documenten: Collection[Factuur]) -> Counter[Kostenregel]:
    """The lines of a factuur that no creditnota took back."""
    staat = Counter(factuur.inhoud.regels)
    for document in documenten:
        if document.inhoud.van_factuur == factuur.factuur_id:
            staat -= Counter(document.inhoud.regels)
    return staat


def gefactureerd(documenten: Iterable[Factuur]) -> Decimal:
    """Facturen minus creditnota's, without VAT."""
    return sum((document.inhoud.saldo for document in documenten), NUL)


def totaal(regels: Iterable[Kostenregel]) -> Decimal:
    return sum((regel.bedrag for regel in regels), NUL)


def _op_dag(regels: Iterable[Kostenregel]) -> tuple[Kostenregel, ...]:
    volgorde: Sequence[Kostenregel] = sorted(
        regels, key=lambda r: (r.vanaf, str(r.levering_id), r.prijs, r.aantal)
    )
    return tuple(volgorde)
