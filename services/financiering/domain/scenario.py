"""A scenario that an organisation keeps: its own assumptions, in versions, shared or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.financiering.domain.doorrekening import (
    Aanpassing,
    Bronscenario,
    Doorrekening,
    Uitgangspunten,
    reken_door,
)
from services.financiering.domain.fouten import NietUwScenario, OngeldigeVergelijking, Punt


@dataclass(frozen=True, slots=True)
class Inhoud:
    """What a version of a scenario says.

    uitgangspunten: all drivers as they were then, so that a version always gives the same outcome.
    """

    naam: str
    notitie: str
    basis: Bronscenario
    aanpassingen: tuple[Aanpassing, ...]
    uitgangspunten: Uitgangspunten

    @property
    def doorrekening(self) -> Doorrekening:
        return reken_door(self.uitgangspunten)


@dataclass(frozen=True, slots=True)
class Scenarioversie:
    """One version; numbered from 1."""

    scenario_id: UUID
    eigenaar: str
    versie: int
    inhoud: Inhoud
    vastgelegd_op: datetime


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario with its newest version.

    gedeeld_met: the organisations that see it too; a reader who is not the eigenaar only sees
    itself there. stand: counts all that changed, the ETag.
    """

    nieuwste: Scenarioversie
    gedeeld_met: tuple[str, ...]
    vastgelegd_op: datetime
    stand: int


def eis_eigenaar(eigenaar: str, organisatie: str) -> None:
    """Raises NietUwScenario."""
    if organisatie != eigenaar:
        raise NietUwScenario(
            "Dit scenario is van een andere organisatie. Neem de uitgangspunten over in een eigen "
            "scenario om ermee verder te rekenen."
        )


@dataclass(frozen=True, slots=True)
class Keuze:
    """Which scenario someone compares: of the source, or a kept one, else its last version."""

    basis: Bronscenario | None = None
    scenario_id: UUID | None = None
    versie: int | None = None

    @property
    def is_eenduidig(self) -> bool:
        if self.basis is not None:
            return self.scenario_id is None and self.versie is None
        return self.scenario_id is not None


def eis_eenduidig(keuzes: Sequence[Keuze]) -> None:
    """Raises OngeldigeVergelijking with the place of each that is not."""
    fout = tuple(
        Punt(
            f"body.scenarios.{plek}",
            "kies-een",
            "Geef basis op, of scenarioId met zo nodig een versie; niet allebei.",
        )
        for plek, keuze in enumerate(keuzes)
        if not keuze.is_eenduidig
    )
    if fout:
        raise OngeldigeVergelijking("Herstel de genoemde scenario's.", punten=fout)
