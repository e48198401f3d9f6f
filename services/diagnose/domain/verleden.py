"""What is recorded as a fact has happened."""

from __future__ import annotations

from datetime import date

from services.diagnose.domain.fouten import DatumInToekomst


def eis_gebeurd(op: date, vandaag: date) -> None:
    """Raises DatumInToekomst."""
    if op > vandaag:
        raise DatumInToekomst("Leg dit vast op de dag zelf of daarna.")
