"""What financiering says: what a placement costs, and who pays."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from contracts.gebeurtenis import Datum, Euro, Gebeurtenis, Percentage
from contracts.plaatsing import Grondslag


class LKSVastgesteld(Gebeurtenis):
    """The monthly loonkostensubsidie from a date on, for a full month (PW art. 10d lid 4, 5, 7)."""

    naam: ClassVar[str] = "lks-vastgesteld"
    dienst: ClassVar[str] = "financiering"
    dataref_pad: ClassVar[str] = "/financiering/v1/loonkostensubsidies/{lks_id}"

    lks_id: UUID
    plaatsing_id: UUID
    ingangsdatum: Datum
    grondslag: Grondslag
    loonwaarde: Percentage | None = None
    maandbedrag: Euro
