"""Who is paid how much in a payment run: per werkgever, never less than nothing.

Of each werkgever the gemeente keeps a balance: all lines so far minus all that was paid out. A run
pays a positive balance to the confirmed account, in one amount. A negative one is not collected:
it stays, and is set against what follows. So over all runs what was paid plus the balances is what
the lines add up to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.financiering.domain.fouten import (
    BetaaldatumOngeldig,
    BetaalrunNietGereed,
    NietsTeBetalen,
)
from services.financiering.domain.kalender import Maand


class Uitkomst(StrEnum):
    """What a run does with the balance of a werkgever."""

    BETAALD = "betaald"
    VERREKEND_MET_VOLGENDE = "verrekend-met-volgende"
    GEEN_BEVESTIGDE_REKENING = "geen-bevestigde-rekening"


@dataclass(frozen=True, slots=True)
class Werkgeverspost:
    """The balance of one werkgever in a run (euros), and what became of it.

    rekening_id: the account to which it is paid; only when it is paid.
    """

    werkgever_id: UUID
    saldo: Decimal
    uitkomst: Uitkomst
    rekening_id: UUID | None = None


def verdeel(
    saldi: Mapping[UUID, Decimal], rekeningen: Mapping[UUID, UUID]
) -> tuple[Werkgeverspost, ...]:
    """What becomes of each balance that is not nil.

    rekeningen: the confirmed account of each werkgever that has one.
    """
    posten = []
    for werkgever_id, saldo in sorted(saldi.items()):
        rekening_id = rekeningen.get(werkgever_id)
        if saldo < 0:
            uitkomst, rekening_id = Uitkomst.VERREKEND_MET_VOLGENDE, None
        elif rekening_id is None:
            uitkomst = Uitkomst.GEEN_BEVESTIGDE_REKENING
        else:
            uitkomst = Uitkomst.BETAALD
        if saldo:
            posten.append(Werkgeverspost(werkgever_id, saldo, uitkomst, rekening_id))
    return tuple(posten)


def door_de_bank(posten: Sequence[Werkgeverspost], *, gereed: bool) -> list[Werkgeverspost]:
    """Whom the bank pays in a run. Raises BetaalrunNietGereed, NietsTeBetalen."""
    if not gereed:
        raise BetaalrunNietGereed(
            "Vraag de betaalrun opnieuw, met dezelfde maand en uitvoeringsdatum: dan gaat zij "
            "verder. Daarna is er een betaalbestand."
        )
    betaald = [post for post in posten if post.uitkomst is Uitkomst.BETAALD]
    if not betaald:
        raise NietsTeBetalen(
            "Er is geen werkgever die iets ontvangt. Bij de betaalrun staat waarom."
        )
    return betaald


def eis_betaaldatum(maand: Maand, uitvoeringsdatum: date, vandaag: date) -> None:
    """A run pays from today on, and no month that has not begun. Raises BetaaldatumOngeldig."""
    if uitvoeringsdatum < vandaag:
        raise BetaaldatumOngeldig(
            f"De uitvoeringsdatum ligt voor vandaag ({vandaag.isoformat()}). Kies vandaag of later."
        )
    if maand.eerste_dag > uitvoeringsdatum:
        raise BetaaldatumOngeldig(
            "Op de uitvoeringsdatum is deze maand nog niet begonnen. Betaal een maand pas vanaf "
            "haar eerste dag."
        )
