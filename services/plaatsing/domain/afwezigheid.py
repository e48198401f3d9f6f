"""Absence from the workplace: that it is so, never why.

The employer reports illness to the UWV; here it is a signal for who guides, without a reason, since
that would be health data (domain-rules §8).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.plaatsing.domain.fouten import AfwezigheidAlBeeindigd, AlAfwezig, DatumPastNiet


@dataclass(frozen=True, slots=True)
class Afwezigheid:
    """Days on which someone was not at work; laatste_dag None: they are not back."""

    afwezigheid_id: UUID
    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    vanaf: date
    laatste_dag: date | None = None

    def beeindig(self, laatste_dag: date) -> Afwezigheid:
        """They were back the day after. Raises AfwezigheidAlBeeindigd, DatumPastNiet."""
        if self.laatste_dag is not None:
            raise AfwezigheidAlBeeindigd(
                f"Zij duurde tot en met {self.laatste_dag.isoformat()}. Meld een nieuwe."
            )
        if laatste_dag < self.vanaf:
            raise DatumPastNiet(f"Kies een dag vanaf {self.vanaf.isoformat()}.")
        return replace(self, laatste_dag=laatste_dag)


def eis_aanwezig(eerdere: Iterable[Afwezigheid], vanaf: date) -> None:
    """A new absence begins after every other is over. Raises AlAfwezig."""
    for eerder in eerdere:
        if eerder.laatste_dag is None:
            raise AlAfwezig(
                f"De kandidaat is afwezig sinds {eerder.vanaf.isoformat()}. Beëindig die "
                "afwezigheid eerst."
            )
        if vanaf <= eerder.laatste_dag:
            raise AlAfwezig(
                f"De kandidaat was afwezig tot en met {eerder.laatste_dag.isoformat()}. Kies een "
                "latere dag."
            )
