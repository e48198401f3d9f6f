"""The loonwaarde by the uniform method: what someone earns of the minimum wage in this job.

Source: art. 6 onder g and 10e Participatiewet; art. 1 Besluit loonkostensubsidie 2021 (hoofdtaak,
tempo, kwaliteit, netto werktijd); annex of the Regeling loonkostensubsidie 2021 (model report);
the formula and the rounding as in art. 4 of the Regeling of 2014 (the 2021 text of these was not
seen; the columns of the model report are the same).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar
from uuid import UUID

from services.diagnose.domain.fouten import OngeldigeLoonwaardemeting, Punt

MEESTE_HOOFDTAKEN = 5
KLEINSTE_DEEL = Decimal(100) / 16
"""Percent of the weekly working time, art. 1 Besluit loonkostensubsidie 2021: 1/16."""
KORTSTE_MINUTEN = 30
"""Minutes per working day, same article."""
HONDERD = Decimal(100)


@dataclass(frozen=True, slots=True)
class Hoofdtaak:
    """One main task: its share of the working time and three performances, all in percents.

    tempo, kwaliteit and netto_werktijd are 0-100 against the normfunctie; a factor that bears on
    more than one of them counts in only one.  omschrijving stays in this service.
    """

    omschrijving: str
    aandeel: Decimal
    tempo: Decimal
    kwaliteit: Decimal
    netto_werktijd: Decimal

    @property
    def resultaat(self) -> Decimal:
        """Share x tempo x kwaliteit x netto werktijd, in percents of the whole job."""
        return self.aandeel * self.tempo * self.kwaliteit * self.netto_werktijd / HONDERD**3


@dataclass(frozen=True, slots=True)
class Loonwaardemeting:
    """One measurement at the workplace, as the model report has it.

    uren_per_week and werkdagen_per_week: of the worker; they decide whether a task is big enough to
    be a main task.  reguliere_prestatie: performs as a regular worker, so 100% and no main tasks
    needed.  ingangsdatum: from when the outcome holds.
    Raises OngeldigeLoonwaardemeting with every fault at once.
    """

    methode: ClassVar[str] = "uniform-2021"

    meting_id: UUID
    bedrijfsbezoek_op: date
    vastgesteld_op: date
    ingangsdatum: date
    loonwaardedeskundige: str
    uren_per_week: Decimal
    werkdagen_per_week: Decimal
    hoofdtaken: tuple[Hoofdtaak, ...] = ()
    reguliere_prestatie: bool = False

    def __post_init__(self) -> None:
        punten = (*self._punten_rapport(), *self._punten_hoofdtaken())
        if punten:
            raise OngeldigeLoonwaardemeting(
                "Herstel de genoemde punten in de meting.", punten=punten
            )

    @property
    def loonwaarde(self) -> int:
        """Whole percents of the minimum wage, 0-100, rounded arithmetically (half up)."""
        if self.reguliere_prestatie:
            return 100
        return int(self.onafgerond.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def onafgerond(self) -> Decimal:
        """The sum of the results of the main tasks, in percents."""
        if self.reguliere_prestatie:
            return HONDERD
        return sum((taak.resultaat for taak in self.hoofdtaken), Decimal(0))

    def _punten_rapport(self) -> list[Punt]:
        punten: list[Punt] = []
        if self.bedrijfsbezoek_op > self.vastgesteld_op:
            punten.append(
                Punt(
                    "bedrijfsbezoekOp",
                    "na-vaststelling",
                    "De loonwaarde wordt vastgesteld op of na het bedrijfsbezoek.",
                )
            )
        if not self.loonwaardedeskundige.strip():
            punten.append(
                Punt(
                    "loonwaardedeskundige",
                    "verplicht",
                    "Noem de loonwaardedeskundige die het college heeft aangewezen.",
                )
            )
        if not 0 < self.uren_per_week <= 60:
            punten.append(
                Punt("urenPerWeek", "buiten-bereik", "Geef meer dan 0 en hoogstens 60 uren op.")
            )
        if not 0 < self.werkdagen_per_week <= 7:
            punten.append(
                Punt("werkdagenPerWeek", "buiten-bereik", "Geef meer dan 0 en hoogstens 7 op.")
            )
        return punten

    def _punten_hoofdtaken(self) -> list[Punt]:
        if self.reguliere_prestatie and not self.hoofdtaken:
            return []
        punten: list[Punt] = []
        if not 1 <= len(self.hoofdtaken) <= MEESTE_HOOFDTAKEN:
            punten.append(
                Punt(
                    "hoofdtaken", "aantal", f"Geef 1 tot en met {MEESTE_HOOFDTAKEN} hoofdtaken op."
                )
            )
        for plek, taak in enumerate(self.hoofdtaken):
            punten += self._punten_taak(f"hoofdtaken.{plek}", taak)
        if self.hoofdtaken and sum(taak.aandeel for taak in self.hoofdtaken) != HONDERD:
            punten.append(
                Punt(
                    "hoofdtaken",
                    "som-aandelen",
                    "De aandelen van de hoofdtaken zijn samen precies 100%.",
                )
            )
        return punten

    def _punten_taak(self, pad: str, taak: Hoofdtaak) -> list[Punt]:
        punten = [
            Punt(f"{pad}.{veld}", "buiten-bereik", "Geef een percentage van 0 tot en met 100.")
            for veld, waarde in (
                ("aandeel", taak.aandeel),
                ("tempo", taak.tempo),
                ("kwaliteit", taak.kwaliteit),
                ("nettoWerktijd", taak.netto_werktijd),
            )
            if not 0 <= waarde <= HONDERD
        ]
        if not taak.omschrijving.strip():
            punten.append(Punt(f"{pad}.omschrijving", "verplicht", "Omschrijf de hoofdtaak."))
        if taak.aandeel < KLEINSTE_DEEL:
            punten.append(
                Punt(
                    f"{pad}.aandeel",
                    "te-klein-per-week",
                    "Een hoofdtaak is ten minste 1/16 (6,25%) van de werktijd per week. "
                    "Voeg de taak bij een andere.",
                )
            )
        if taak.aandeel * self.uren_per_week * 60 < KORTSTE_MINUTEN * HONDERD * (
            self.werkdagen_per_week
        ):
            punten.append(
                Punt(
                    f"{pad}.aandeel",
                    "te-kort-per-dag",
                    f"Een hoofdtaak duurt ten minste {KORTSTE_MINUTEN} minuten per werkdag. "
                    "Voeg de taak bij een andere.",
                )
            )
        return punten
