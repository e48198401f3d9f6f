"""What is known of a kandidaat that an advies rests on: each fact with its day and its source.

Facts are asked no further than the decision table needs them, and count no longer than they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.diagnose.domain.beslistabel import Invoer, Waarde, Waardesoort
from services.diagnose.domain.fouten import OngeldigFeit, Punt
from services.diagnose.domain.kalender import EEN_DAG, laatste_dag_na_maanden


class Feitsoort(StrEnum):
    """Each by its name as an input of a decision table."""

    LOONWAARDE = "loonwaarde"
    """Percent of the minimum wage, measured or else estimated (domain-rules §2)."""
    PARTICIPATIELADDER = "participatieladder"
    """Trede 1-6 (domain-rules §6.4)."""
    ONTWIKKELVERMOGEN = "ontwikkelvermogen"
    """Can grow towards work; selected at the front (bron 000 §4.2)."""
    AANGEPASTE_OMSTANDIGHEDEN = "aangepasteOmstandigheden"
    """Can work in adapted circumstances only (art. 10b lid 1 Participatiewet)."""
    MAANDEN_TOT_WERK = "maandenTotWerk"
    """Time to market: months until paid work at a regular employer (bron 004 §4.4)."""


DATUM: Final = "datum"
"""The day of the advies, which a table may ask too."""
NIET_TE_VOORZIEN: Final = 120
"""Months to work of who is not expected to get there: as far as a table looks."""

INVOER: Final[Mapping[str, Invoer]] = {
    invoer.naam: invoer
    for invoer in (
        Invoer(Feitsoort.LOONWAARDE, Waardesoort.GETAL, (Decimal(0), Decimal(100)), True),
        Invoer(
            Feitsoort.PARTICIPATIELADDER, Waardesoort.GETAL, tuple(Decimal(n) for n in range(1, 7))
        ),
        Invoer(Feitsoort.ONTWIKKELVERMOGEN, Waardesoort.JA_NEE, (True, False)),
        Invoer(Feitsoort.AANGEPASTE_OMSTANDIGHEDEN, Waardesoort.JA_NEE, (True, False)),
        Invoer(
            Feitsoort.MAANDEN_TOT_WERK,
            Waardesoort.GETAL,
            (Decimal(0), Decimal(NIET_TE_VOORZIEN)),
            True,
        ),
        Invoer(DATUM, Waardesoort.DATUM, (date.min, date.max), True),
    )
}
"""What a decision table may ask."""

HOUDBAAR_MAANDEN: Final = 6
"""How long a fact holds that is not measured: the participatieladder is established at least twice
a year (domain-rules §6.4); for what no source gives a term, the same (our own choice)."""


@dataclass(frozen=True, slots=True)
class Feit:
    """One fact. waarde: whole number, or ja/nee.

    houdbaar_tot_en_met: the last day on which it counts; None until another follows.
    bron: where it was found, in the professional's words: it stays in this service.
    vastlegging_id: of the meting in the dossier that says so, where there is one.
    """

    soort: Feitsoort
    waarde: bool | int
    vastgesteld_op: date
    houdbaar_tot_en_met: date | None
    bron: str
    vastlegging_id: UUID | None = None

    @classmethod
    def opgegeven(cls, soort: Feitsoort, waarde: bool | int, op: date, bron: str) -> Feit:
        """What a professional states: it counts for six months."""
        return cls(soort, waarde, op, laatste_houdbare_dag(op, HOUDBAAR_MAANDEN), bron)

    def geldt_op(self, dag: date) -> bool:
        tot_en_met = self.houdbaar_tot_en_met
        return self.vastgesteld_op <= dag and (tot_en_met is None or dag <= tot_en_met)


def laatste_houdbare_dag(vastgesteld_op: date, maanden: int) -> date:
    """The last day on which something counts that counts for whole months after its own day."""
    if vastgesteld_op.year == date.max.year:
        return date.max  # Beyond the calendar; no fact is of such a day.
    return laatste_dag_na_maanden(vastgesteld_op + EEN_DAG, maanden)


def toets_opgegeven(opgegeven: Iterable[Feit], bekend: Iterable[Feit], op: date) -> None:
    """What a professional states must hold on the day, and not be in the dossier already.

    Raises OngeldigFeit with every fault at once.
    """
    in_dossier = {feit.soort for feit in bekend if feit.geldt_op(op)}
    punten = []
    for feit in opgegeven:
        pad = f"feiten.{feit.soort}"
        if feit.soort in in_dossier:
            punten.append(
                Punt(
                    pad,
                    "staat-in-dossier",
                    "Dit staat al in het dossier. Laat het weg, of leg een nieuwe vaststelling "
                    "vast.",
                )
            )
        if feit.vastgesteld_op > op:
            punten.append(
                Punt(f"{pad}.vastgesteldOp", "in-de-toekomst", "Dit is van na het advies.")
            )
        elif not feit.geldt_op(op):
            punten.append(
                Punt(
                    f"{pad}.vastgesteldOp",
                    "verouderd",
                    f"Dit is ouder dan {HOUDBAAR_MAANDEN} maanden. Stel het opnieuw vast.",
                )
            )
        if not feit.bron.strip():
            punten.append(Punt(f"{pad}.bron", "verplicht", "Zeg waar dit is vastgesteld."))
        if not INVOER[feit.soort].bevat(als_waarde(feit)):
            punten.append(Punt(f"{pad}.waarde", "buiten-bereik", "Deze waarde komt niet voor."))
    if punten:
        raise OngeldigFeit("Herstel de genoemde punten.", punten=tuple(punten))


def als_waarde(feit: Feit) -> Waarde:
    """The fact as a decision table takes it."""
    return feit.waarde if isinstance(feit.waarde, bool) else Decimal(feit.waarde)
