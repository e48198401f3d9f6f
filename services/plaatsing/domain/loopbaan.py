"""All placements of one kandidaat: at no date two that may not go together.

Lock the loopbaan of a kandidaat before any placement of that kandidaat starts, moves or ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.plaatsing.domain.einde import Plaatsingsoort
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    PlaatsingenOverlappen,
    PlaatsingOnbekend,
)

BEGELEIDEND = frozenset(
    {
        Plaatsingsoort.PLANREGIE,
        Plaatsingsoort.WERKACADEMIE,
        Plaatsingsoort.VRIJWILLIGERSWERK,
    }
)
"""Kinds that leave room for another placement beside them. Our own reading: no source says it."""

DETACHERINGEN = frozenset(
    {
        Plaatsingsoort.DETACHERING_INDIVIDUEEL,
        Plaatsingsoort.DETACHERING_GROEP,
        Plaatsingsoort.DETACHERING_DOORSTROOM,
        Plaatsingsoort.DETACHERING_BESCHUT,
    }
)
DIENSTVERBANDEN = frozenset({Plaatsingsoort.LKS_DIENSTVERBAND, Plaatsingsoort.BESCHUT_WERK})


def mogen_samen(een: Plaatsingsoort, ander: Plaatsingsoort) -> bool:
    """May these two run on the same day? Only when they differ and one of them is begeleidend."""
    return een is not ander and (een in BEGELEIDEND or ander in BEGELEIDEND)


@dataclass(frozen=True, slots=True)
class Loopbaandeel:
    """One placement in the loopbaan; laatste_dag None is open-ended.

    bij_werkpartners: the werkgever is WSD through Werkpartners.
    Raises DatumBuitenPlaatsing when it ends before it begins.
    """

    plaatsing_id: UUID
    soort: Plaatsingsoort
    begin: date
    laatste_dag: date | None = None
    bij_werkpartners: bool = False

    def __post_init__(self) -> None:
        if self.laatste_dag is not None and self.laatste_dag < self.begin:
            raise DatumBuitenPlaatsing("De laatste dag ligt voor de eerste. Controleer de datums.")

    def loopt_op(self, dag: date) -> bool:
        return self.begin <= dag and (self.laatste_dag is None or dag <= self.laatste_dag)

    def mag_naast(self, ander: Loopbaandeel) -> bool:
        """May both run on the same day? Werkpartners second whom they employ: that is one job."""
        return mogen_samen(self.soort, ander.soort) or any(
            dienstverband.soort in DIENSTVERBANDEN
            and dienstverband.bij_werkpartners
            and detachering.soort in DETACHERINGEN
            for dienstverband, detachering in ((self, ander), (ander, self))
        )

    def overlapt(self, ander: Loopbaandeel) -> bool:
        """Is there a day on which both run?"""
        eerste_samen = max(self.begin, ander.begin)
        return self.loopt_op(eerste_samen) and ander.loopt_op(eerste_samen)


@dataclass(slots=True)
class Loopbaan:
    """The placements of one kandidaat. Change it through its methods only."""

    kandidaat_id: UUID
    delen: tuple[Loopbaandeel, ...] = ()

    def voeg_toe(self, deel: Loopbaandeel) -> None:
        """A placement starts. Raises PlaatsingenOverlappen."""
        _eis_ruimte(deel, self.delen)
        self.delen = (*self.delen, deel)

    def wijzig_laatste_dag(self, plaatsing_id: UUID, laatste_dag: date | None) -> None:
        """A placement is extended or ends earlier (None: open-ended).

        Raises PlaatsingOnbekend, PlaatsingenOverlappen, DatumBuitenPlaatsing.
        """
        deel = self._deel(plaatsing_id)
        nieuw = replace(deel, laatste_dag=laatste_dag)
        _eis_ruimte(nieuw, tuple(d for d in self.delen if d is not deel))
        self.delen = tuple(nieuw if d is deel else d for d in self.delen)

    def op(self, dag: date) -> tuple[Loopbaandeel, ...]:
        """The placements that run on a day."""
        return tuple(deel for deel in self.delen if deel.loopt_op(dag))

    def _deel(self, plaatsing_id: UUID) -> Loopbaandeel:
        for deel in self.delen:
            if deel.plaatsing_id == plaatsing_id:
                return deel
        raise PlaatsingOnbekend("Controleer de plaatsing en de kandidaat.")


def _eis_ruimte(nieuw: Loopbaandeel, andere: tuple[Loopbaandeel, ...]) -> None:
    for deel in andere:
        if not deel.mag_naast(nieuw) and deel.overlapt(nieuw):
            einde = "" if deel.laatste_dag is None else f" tot en met {deel.laatste_dag}"
            raise PlaatsingenOverlappen(
                f"Er loopt al een {deel.soort} vanaf {deel.begin}{einde}. "
                "Beëindig die eerst, of kies andere dagen."
            )
