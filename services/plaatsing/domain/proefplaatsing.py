"""Unpaid work on trial at an employer, with keeping the benefit.

Art. 6 onder h and art. 8a lid 2 onder d Participatiewet: with permission of the college, for who
receives algemene bijstand, two months, to be extended by at most four.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, eis_passende_eindereden
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    GeenAlgemeneBijstand,
    PlaatsingAlBeeindigd,
    ProefplaatsingTeLang,
    VerlengingTeLaat,
)
from services.plaatsing.domain.kalender import laatste_dag_na_maanden
from services.plaatsing.domain.werkplek import eis_uren

LANGSTE_DUUR = 2
"""Months, without extension."""
LANGSTE_VERLENGING = 4
"""Months, all extensions together."""


@dataclass(slots=True)
class Proefplaatsing:
    """One proefplaatsing; maanden and verlengd are whole calendar months from begin.

    laatste_dag: the day it really ended, once that is known.  Change it through its methods.
    """

    soort: ClassVar[Plaatsingsoort] = Plaatsingsoort.PROEFPLAATSING

    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    werkgever_id: UUID
    werkplek_id: UUID
    begin: date
    uren_per_week: Decimal
    maanden: int = LANGSTE_DUUR
    verlengd: int = 0
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
        begin: date,
        uren_per_week: Decimal,
        ontvangt_algemene_bijstand: bool,
        maanden: int = LANGSTE_DUUR,
    ) -> Proefplaatsing:
        """Begin a proefplaatsing of one or two months.

        Raises GeenAlgemeneBijstand, ProefplaatsingTeLang, OngeldigeUren.
        """
        if not ontvangt_algemene_bijstand:
            raise GeenAlgemeneBijstand(
                "Kies een andere plaatsing, of regel bij WW, WIA of Wajong een proefplaatsing via "
                "het UWV."
            )
        if not 1 <= maanden <= LANGSTE_DUUR:
            raise ProefplaatsingTeLang(
                f"Begin met 1 of {LANGSTE_DUUR} maanden; verlengen kan daarna, met hoogstens "
                f"{LANGSTE_VERLENGING} maanden."
            )
        eis_uren(uren_per_week)
        return cls(
            plaatsing_id,
            kandidaat_id,
            gemeentecode,
            werkgever_id,
            werkplek_id,
            begin,
            uren_per_week,
            maanden,
        )

    @property
    def afgesproken_tot_en_met(self) -> date:
        """Last day as agreed, extensions included."""
        return laatste_dag_na_maanden(self.begin, self.maanden + self.verlengd)

    @property
    def tot_en_met(self) -> date:
        """Last day: the real one when it ended, else the agreed one."""
        return self.laatste_dag or self.afgesproken_tot_en_met

    def verleng(self, maanden: int, op: date) -> date:
        """Extend by whole months, decided on a day before it runs out; gives the new last day.

        Raises PlaatsingAlBeeindigd, VerlengingTeLaat, ProefplaatsingTeLang.
        """
        self._eis_niet_beeindigd()
        if op > self.afgesproken_tot_en_met:
            raise VerlengingTeLaat(
                f"De proefplaats liep tot en met {self.afgesproken_tot_en_met.isoformat()}. "
                "Verlengen moet voor die dag voorbij is."
            )
        if maanden < 1 or self.verlengd + maanden > LANGSTE_VERLENGING:
            over = LANGSTE_VERLENGING - self.verlengd
            raise ProefplaatsingTeLang(
                f"Verlengen kan met hoogstens {LANGSTE_VERLENGING} maanden samen; daarvan "
                f"{'is' if over == 1 else 'zijn'} er nog {over} over."
            )
        self.verlengd += maanden
        return self.afgesproken_tot_en_met

    def beeindig(self, laatste_dag: date, reden: Eindereden) -> None:
        """It ended after this day (included), at the latest on the agreed one.

        Raises PlaatsingAlBeeindigd, EinderedenPastNiet, DatumBuitenPlaatsing.
        """
        self._eis_niet_beeindigd()
        eis_passende_eindereden(self.soort, reden)
        if not self.begin <= laatste_dag <= self.afgesproken_tot_en_met:
            raise DatumBuitenPlaatsing(
                f"Kies een laatste dag van {self.begin.isoformat()} tot en met "
                f"{self.afgesproken_tot_en_met.isoformat()}."
            )
        self.laatste_dag = laatste_dag
        self.eindereden = reden

    def _eis_niet_beeindigd(self) -> None:
        if self.laatste_dag is not None:
            raise PlaatsingAlBeeindigd(
                f"De proefplaats eindigde op {self.laatste_dag.isoformat()}. Begin een nieuwe "
                "plaatsing als de kandidaat weer aan het werk gaat."
            )
