"""What every besluit carries, art. 3:40-3:47 Awb. A besluit never changes; a new one follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Self
from uuid import UUID

from chassis.awb import einde_bezwaartermijn
from services.intake.domain.fouten import (
    BesluitAlBekendgemaakt,
    BesluitAlIngetrokken,
    DatumPastNiet,
    MotiveringOntbreekt,
)
from services.intake.domain.rechtsgrond import Rechtsgrond

VOORUIT: Final = timedelta(days=365)
"""How far ahead of today a besluit or its withdrawal may take effect. Our own limit: what lies
further ahead is not known yet, and no term may run past the years whose holidays are known."""


@dataclass(frozen=True, slots=True)
class Beslisser:
    """Who takes a besluit: a gemeentecode or wsd, and the role in which someone did it there."""

    organisatie: str
    rol: str


@dataclass(frozen=True, slots=True)
class Intrekking:
    """A besluit is taken back from a day on. motivering is free text: it stays in this service."""

    intrekking_id: UUID
    genomen_op: date
    genomen_door: Beslisser
    motivering: str
    ingangsdatum: date

    @classmethod
    def neem(
        cls,
        *,
        intrekking_id: UUID,
        genomen_op: date,
        genomen_door: Beslisser,
        motivering: str,
        ingangsdatum: date,
        vandaag: date,
    ) -> Self:
        """Raises MotiveringOntbreekt, DatumPastNiet."""
        _eis_motivering(motivering)
        _eis_datums(genomen_op, ingangsdatum, vandaag)
        return cls(intrekking_id, genomen_op, genomen_door, motivering, ingangsdatum)


@dataclass(frozen=True, slots=True)
class Besluit:
    """A decision with legal effect for the kandidaat.

    college: gemeentecode of the college in whose name it was taken; filled in when it is taken.
    motivering is free text: it stays in this service.  bekendgemaakt_op: None until it has been
    sent.  Raises MotiveringOntbreekt, DatumPastNiet.
    """

    besluit_id: UUID
    genomen_op: date
    genomen_door: Beslisser
    motivering: str
    rechtsgrond: Rechtsgrond
    ingangsdatum: date
    bekendgemaakt_op: date | None = None
    intrekking: Intrekking | None = None
    college: str = ""

    def __post_init__(self) -> None:
        _eis_motivering(self.motivering)
        if self.bekendgemaakt_op is not None and self.bekendgemaakt_op < self.genomen_op:
            raise DatumPastNiet(
                "Een besluit wordt bekendgemaakt op of na de dag dat het is genomen."
            )

    @classmethod
    def neem(
        cls,
        *,
        besluit_id: UUID,
        genomen_op: date,
        genomen_door: Beslisser,
        motivering: str,
        rechtsgrond: Rechtsgrond,
        ingangsdatum: date,
        bekendgemaakt_op: date | None,
        vandaag: date,
    ) -> Self:
        """A new besluit, its dates held against today. Raises MotiveringOntbreekt, DatumPastNiet.

        Taken and sent are facts, so never after today; it may take effect up to a year ahead.
        """
        _eis_datums(genomen_op, ingangsdatum, vandaag)
        _eis_feit(bekendgemaakt_op, vandaag)
        return cls(
            besluit_id,
            genomen_op,
            genomen_door,
            motivering,
            rechtsgrond,
            ingangsdatum,
            bekendgemaakt_op,
        )

    def maak_bekend(self, op: date, vandaag: date) -> Self:
        """This besluit, sent to the kandidaat on a day; from then it takes effect (3:40, 3:41 Awb).

        Raises BesluitAlBekendgemaakt, DatumPastNiet.
        """
        if self.bekendgemaakt_op is not None:
            raise BesluitAlBekendgemaakt(
                "De bezwaartermijn loopt al. Moet er iets veranderen, neem dan een nieuw besluit."
            )
        _eis_feit(op, vandaag)
        return replace(self, bekendgemaakt_op=op)

    def trek_in(self, intrekking: Intrekking) -> Self:
        """This besluit, withdrawn. Raises BesluitAlIngetrokken, DatumPastNiet."""
        if self.intrekking is not None:
            raise BesluitAlIngetrokken("Er hoeft niets te gebeuren; neem zo nodig een ander.")
        if intrekking.genomen_op < self.genomen_op:
            raise DatumPastNiet(
                f"Het besluit is genomen op {self.genomen_op.isoformat()}. Trek het in op die dag "
                "of later."
            )
        if intrekking.ingangsdatum < self.ingangsdatum:
            raise DatumPastNiet(
                f"Het besluit gaat in op {self.ingangsdatum.isoformat()}. Laat de intrekking op "
                "die dag of later ingaan."
            )
        return replace(self, intrekking=intrekking)

    @property
    def heeft_gewerkt(self) -> bool:
        """Whether it has had, or will have, effect: not when withdrawn from its very first day."""
        return self.intrekking is None or self.intrekking.ingangsdatum > self.ingangsdatum

    @property
    def bezwaar_tot_en_met(self) -> date | None:
        """Last day for a notice of objection; None as long as the besluit has not been sent."""
        if self.bekendgemaakt_op is None:
            return None
        return einde_bezwaartermijn(self.bekendgemaakt_op)


def _eis_motivering(motivering: str) -> None:
    if not motivering.strip():
        raise MotiveringOntbreekt("Schrijf op welke feiten en afwegingen het besluit dragen.")


def _eis_datums(genomen_op: date, ingangsdatum: date, vandaag: date) -> None:
    _eis_feit(genomen_op, vandaag)
    if ingangsdatum > vandaag + VOORUIT:
        raise DatumPastNiet(
            f"Kies als ingangsdatum uiterlijk {(vandaag + VOORUIT).isoformat()}: verder dan een "
            "jaar vooruit wordt niet besloten."
        )


def _eis_feit(op: date | None, vandaag: date) -> None:
    if op is not None and op > vandaag:
        raise DatumPastNiet(
            "Een besluit wordt vastgelegd nadat het is genomen of bekendgemaakt. Kies vandaag of "
            "een eerdere dag."
        )
