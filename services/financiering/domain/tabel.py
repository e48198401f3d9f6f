"""Looking up the row of a dated table of law that is in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from services.financiering.domain.fouten import DatumBuitenTabel


class Gedateerd(Protocol):
    """A row of law: in force from `vanaf` until the next row."""

    @property
    def vanaf(self) -> date: ...


R = TypeVar("R", bound=Gedateerd)


def rij_op(tabel: Sequence[R], datum: date, *, bekend_tot: date, onderwerp: str) -> R:
    """The row in force on `datum`.

    bekend_tot: first day on which the table no longer says anything (a row is not assumed to last
    for ever: who asks for a later day is refused instead of paid by an old amount).
    Raises DatumBuitenTabel before the first row and from `bekend_tot` on.
    """
    if datum >= bekend_tot:
        raise DatumBuitenTabel(
            f"{onderwerp} is bekend tot {bekend_tot.isoformat()} en niet op {datum.isoformat()}. "
            "Voeg de nieuwe regel met haar bron toe aan de tabel."
        )
    geldend = [rij for rij in tabel if rij.vanaf <= datum]
    if not geldend:
        raise DatumBuitenTabel(
            f"{onderwerp} is bekend vanaf {tabel[0].vanaf.isoformat()} en niet op "
            f"{datum.isoformat()}."
        )
    return geldend[-1]
