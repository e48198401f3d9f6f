"""A job with loonkostensubsidie, at a regular employer or through Werkpartners: one process.

What the subsidy is, financiering decides; here is who works where, for how many hours, and on
which ground the subsidy is asked (art. 10d lid 1 Participatiewet).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, eis_passende_eindereden
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    LoonwaardeVolledig,
    NietInDoelgroep,
    OngeldigeLoonwaarde,
    PlaatsingAlBeeindigd,
)
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import eis_uren


class Grondslag(StrEnum):
    """On what the loonkostensubsidie rests: art. 10d lid 4 or lid 5."""

    LOONWAARDE = "loonwaarde"
    FORFAIT = "forfait"


@dataclass(slots=True)
class LksPlaatsing:
    """One job with loonkostensubsidie, as it was agreed last; loonwaarde None is the forfait.

    Change it by its methods.
    """

    soort: ClassVar[Plaatsingsoort] = Plaatsingsoort.LKS_DIENSTVERBAND

    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    werkgever_id: UUID
    werkplek_id: UUID
    werkgeversoort: Werkgeversoort
    begin: date
    uren_per_week: Decimal
    voltijdsuren_per_week: Decimal
    loonwaarde: int | None
    laatste_dag: date | None = None
    eindereden: Eindereden | None = None

    @classmethod
    def start(
        cls,
        *,
        plaatsing_id: UUID,
        kandidaat_id: UUID,
        gemeentecode: str,
        werkgever_id: UUID,
        werkplek_id: UUID,
        werkgeversoort: Werkgeversoort,
        begin: date,
        uren_per_week: Decimal,
        voltijdsuren_per_week: Decimal,
        behoort_tot_doelgroep: bool,
        loonwaarde: int | None,
    ) -> LksPlaatsing:
        """Begin a job with loonkostensubsidie.

        loonwaarde: whole percents, measured beforehand (art. 10d lid 1 onder a); None when college
        and employer leave the measurement out for now (onder b, forfait).
        Raises NietInDoelgroep, OngeldigeLoonwaarde, LoonwaardeVolledig, OngeldigeUren.
        """
        if not behoort_tot_doelgroep:
            raise NietInDoelgroep(
                "Laat het college eerst vaststellen dat de kandidaat tot de doelgroep "
                "loonkostensubsidie behoort (art. 10c Participatiewet)."
            )
        if loonwaarde is not None and not 0 <= loonwaarde <= 100:
            raise OngeldigeLoonwaarde(
                "Geef de loonwaarde als heel percentage van 0 tot en met 100."
            )
        if loonwaarde == 100:
            raise LoonwaardeVolledig(
                "Met deze loonwaarde is het een reguliere plaatsing, zonder subsidie."
            )
        eis_uren(uren_per_week, voltijdsuren_per_week)
        return cls(
            plaatsing_id,
            kandidaat_id,
            gemeentecode,
            werkgever_id,
            werkplek_id,
            werkgeversoort,
            begin,
            uren_per_week,
            voltijdsuren_per_week,
            loonwaarde,
        )

    @property
    def grondslag(self) -> Grondslag:
        return Grondslag.FORFAIT if self.loonwaarde is None else Grondslag.LOONWAARDE

    @property
    def tot_en_met(self) -> date | None:
        """Last day; None while it is open-ended."""
        return self.laatste_dag

    def beeindig(self, laatste_dag: date, reden: Eindereden) -> None:
        """The job ended after this day (included).

        Raises PlaatsingAlBeeindigd, EinderedenPastNiet, DatumBuitenPlaatsing.
        """
        self._eis_niet_beeindigd()
        eis_passende_eindereden(self.soort, reden)
        self._eis_binnen(laatste_dag)
        self.laatste_dag = laatste_dag
        self.eindereden = reden

    def _eis_binnen(self, dag: date) -> None:
        if dag < self.begin or (self.laatste_dag is not None and dag > self.laatste_dag):
            raise DatumBuitenPlaatsing(
                f"Het dienstverband begon op {self.begin.isoformat()}. Kies een dag erbinnen."
            )

    def _eis_niet_beeindigd(self) -> None:
        if self.laatste_dag is not None:
            raise PlaatsingAlBeeindigd(
                f"Het dienstverband eindigde op {self.laatste_dag.isoformat()}. Begin een nieuwe "
                "plaatsing als de kandidaat weer aan het werk gaat."
            )
