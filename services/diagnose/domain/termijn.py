"""A term that WSD watches in a diagnosis: it runs, is met, passes or lapses.

These are agreements of the partners, not terms of the law, so they count in calendar days and do
not move to a working day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID


class Diagnosetermijnsoort(StrEnum):
    """What has to be done before the term ends, with where the term comes from."""

    ZRM_HERHALING = "zrm-herhaling"
    """The next ZRM meting, 3 months after the last (bron 003 §3)."""
    LADDER_HERHALING = "ladder-herhaling"
    """The next trede of the participatieladder: at least twice a year (domain-rules §6.4)."""
    TUSSENRAPPORTAGE = "tussenrapportage"
    """Of planregie, at 3 months (bron 003 §3)."""
    EINDRAPPORTAGE = "eindrapportage"
    """Of planregie, at 6 months (bron 003 §3)."""
    LOONWAARDE_HERMETING = "loonwaarde-hermeting"
    """On the day that was agreed (art. 10d lid 6 Participatiewet)."""
    EINDDIAGNOSE = "einddiagnose"
    """Of a werkdiagnose, at 3 months or 6 when extended (bron 000 §3.3)."""
    OAD_EINDE = "oad-einde"
    """The end of an OAD traject, 6-12 months after its begin (bron 000 §4.2)."""
    OAD_VERVOLGVRAAG = "oad-vervolgvraag"
    """Is the deelnemer still at work, 6 and 12 months after the end (bron 000 bijlage 3)."""


class Diagnosetermijnstatus(StrEnum):
    """How it stands; a term that is met late stays known as passed by its day."""

    LOPEND = "lopend"
    GEHAALD = "gehaald"
    VERSTREKEN = "verstreken"
    VERVALLEN = "vervallen"


OPEN = frozenset({Diagnosetermijnstatus.LOPEND, Diagnosetermijnstatus.VERSTREKEN})
"""What still has to be done."""


@dataclass(frozen=True, slots=True)
class Diagnosetermijn:
    """One term. kenmerk: of which meting, traject or report, where a dossier can have several.

    laatste_dag: included; the day after, the term has passed.
    """

    termijn_id: UUID
    dossier_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Diagnosetermijnsoort
    kenmerk: str
    begonnen_op: date
    laatste_dag: date
    status: Diagnosetermijnstatus = Diagnosetermijnstatus.LOPEND
    gehaald_op: date | None = None

    def verplaats(self, begonnen_op: date, laatste_dag: date) -> Diagnosetermijn:
        """The same term with other days; one that had passed runs again."""
        return replace(
            self,
            begonnen_op=begonnen_op,
            laatste_dag=laatste_dag,
            status=Diagnosetermijnstatus.LOPEND,
        )

    def haal(self, op: date) -> Diagnosetermijn:
        """What it was for has been done, in time or late."""
        return replace(self, status=Diagnosetermijnstatus.GEHAALD, gehaald_op=op)

    def vervalt(self) -> Diagnosetermijn:
        """It no longer matters."""
        return replace(self, status=Diagnosetermijnstatus.VERVALLEN)

    def verstrijk(self, vandaag: date) -> Diagnosetermijn | None:
        """The term as passed; None when it still runs on this day, or runs no more."""
        if self.status is not Diagnosetermijnstatus.LOPEND or vandaag <= self.laatste_dag:
            return None
        return replace(self, status=Diagnosetermijnstatus.VERSTREKEN)

    @property
    def te_laat(self) -> bool:
        """Has the term passed, whether or not it was met afterwards?"""
        if self.gehaald_op is not None:
            return self.gehaald_op > self.laatste_dag
        return self.status is Diagnosetermijnstatus.VERSTREKEN
