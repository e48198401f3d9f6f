"""What is recorded as a fact has happened, and while the placement lasted."""

from __future__ import annotations

from datetime import date

from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    DatumInToekomst,
    PlaatsingAlBeeindigd,
)
from services.plaatsing.domain.plaatsing import Plaatsing


def eis_gebeurd(op: date, vandaag: date) -> None:
    """Raises DatumInToekomst."""
    if op > vandaag:
        raise DatumInToekomst("Leg dit vast op de dag zelf of daarna.")


def eis_tijdens(plaatsing: Plaatsing, dag: date) -> None:
    """Raises DatumBuitenPlaatsing."""
    if dag < plaatsing.begin or (plaatsing.tot_en_met and dag > plaatsing.tot_en_met):
        einde = f" tot en met {plaatsing.tot_en_met.isoformat()}" if plaatsing.tot_en_met else ""
        raise DatumBuitenPlaatsing(f"Kies een dag vanaf {plaatsing.begin.isoformat()}{einde}.")


def eis_loopt_nog(plaatsing: Plaatsing) -> None:
    """Raises PlaatsingAlBeeindigd."""
    if plaatsing.laatste_dag is not None:
        raise PlaatsingAlBeeindigd(
            f"De plaatsing eindigde op {plaatsing.laatste_dag.isoformat()}. Wat daarvoor gold, "
            "blijft te lezen."
        )
