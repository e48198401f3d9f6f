"""A clock that all processes of a chain share, and that a test can put forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path


class Bestandsklok:
    """The clock of the machine and as much more as a file says, in seconds."""

    def __init__(self, bestand: Path) -> None:
        self._bestand = bestand

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._bestand.read_text()))

    def zet(self, moment: datetime) -> None:
        """Let it be this moment now."""
        self._schrijf(moment - datetime.now(UTC))

    def verzet(self, stap: timedelta) -> None:
        """Put the clock forward."""
        self._schrijf(timedelta(seconds=float(self._bestand.read_text())) + stap)

    def _schrijf(self, verschil: timedelta) -> None:
        nieuw = self._bestand.with_suffix(".nieuw")
        nieuw.write_text(str(verschil.total_seconds()))
        # Whoever reads meanwhile reads the old or the new, never half of it.
        nieuw.replace(self._bestand)
