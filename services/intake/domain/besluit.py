"""What every besluit carries, art. 3:40-3:47 Awb. A besluit never changes; a new one follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.intake.domain.fouten import (
    BesluitAlBekendgemaakt,
    DatumPastNiet,
    MotiveringOntbreekt,
    RechtsgrondOntbreekt,
)
from services.intake.domain.termijnen import einde_bezwaartermijn


@dataclass(frozen=True, slots=True)
class Besluit:
    """A decision with legal effect for the kandidaat.

    genomen_door: a gemeentecode, or wsd under mandate.  motivering is free text: it stays in this
    service.  bekendgemaakt_op: None until it has been sent.
    Raises MotiveringOntbreekt, RechtsgrondOntbreekt, DatumPastNiet.
    """

    besluit_id: UUID
    genomen_op: date
    genomen_door: str
    motivering: str
    rechtsgrond: str
    ingangsdatum: date
    bekendgemaakt_op: date | None = None

    def __post_init__(self) -> None:
        if not self.motivering.strip():
            raise MotiveringOntbreekt("Schrijf op welke feiten en afwegingen het besluit dragen.")
        if not self.rechtsgrond.strip():
            raise RechtsgrondOntbreekt("Noem het wetsartikel waarop het besluit rust.")
        if self.bekendgemaakt_op is not None and self.bekendgemaakt_op < self.genomen_op:
            raise DatumPastNiet(
                "Een besluit wordt bekendgemaakt op of na de dag dat het is genomen."
            )
        if self.bekendgemaakt_op is not None:
            einde_bezwaartermijn(self.bekendgemaakt_op)

    def maak_bekend(self, op: date) -> Besluit:
        """This besluit, sent to the kandidaat on a day; from then it takes effect (3:40, 3:41 Awb).

        Raises BesluitAlBekendgemaakt, DatumPastNiet.
        """
        if self.bekendgemaakt_op is not None:
            raise BesluitAlBekendgemaakt(
                "De bezwaartermijn loopt al. Moet er iets veranderen, neem dan een nieuw besluit."
            )
        return replace(self, bekendgemaakt_op=op)

    @property
    def bezwaar_tot_en_met(self) -> date | None:
        """Last day for a notice of objection; None as long as the besluit has not been sent."""
        if self.bekendgemaakt_op is None:
            return None
        return einde_bezwaartermijn(self.bekendgemaakt_op)
