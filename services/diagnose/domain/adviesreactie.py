"""What the gemeente does with an advies: ask, follow or deviate.

The decision itself is taken in intake; here it is what was heard of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.diagnose.domain.advies import Advies
from services.diagnose.domain.fouten import (
    AdviesVervangen,
    AdviesvraagAlBeantwoord,
    AdviesvraagStaatOpen,
    AlBesloten,
    DatumPastNiet,
)


class Reactie(StrEnum):
    """Where an advies stands with the gemeente."""

    TERUGGESTUURD = "teruggestuurd"
    GEVOLGD = "gevolgd"
    AFGEWEKEN = "afgeweken"


@dataclass(frozen=True, slots=True)
class Adviesvraag:
    """A question of the gemeente and the answer of WSD: free text that stays in this service."""

    vraag_id: UUID
    teruggestuurd_op: date
    vraag: str
    beantwoord_op: date | None = None
    antwoord: str = ""

    def beantwoord(self, antwoord: str, op: date, vandaag: date) -> Adviesvraag:
        """Raises AdviesvraagAlBeantwoord, DatumPastNiet."""
        if self.beantwoord_op is not None:
            raise AdviesvraagAlBeantwoord("De gemeente ziet het antwoord bij het advies.")
        _eis_dag(op, self.teruggestuurd_op, vandaag)
        return replace(self, beantwoord_op=op, antwoord=antwoord)


@dataclass(frozen=True, slots=True)
class Adviesbesluit:
    """A trajectbesluit that was taken on an advies. ingetrokken_per: from then without effect."""

    besluit_id: UUID
    gevolgd: bool
    ingangsdatum: date
    ingetrokken_per: date | None = None


@dataclass(frozen=True, slots=True)
class BehandeldAdvies:
    """An advies with what the gemeente did with it, in the order in which it was done.

    vervangen: WSD gave another after it.
    """

    advies: Advies
    vervangen: bool = False
    vragen: tuple[Adviesvraag, ...] = ()
    besluiten: tuple[Adviesbesluit, ...] = ()

    @property
    def besluit(self) -> Adviesbesluit | None:
        """The last that was not withdrawn."""
        tellend = [b for b in self.besluiten if b.ingetrokken_per is None]
        return tellend[-1] if tellend else None

    @property
    def reactie(self) -> Reactie | None:
        """None as long as the gemeente has not reacted."""
        if self.besluit is not None:
            return Reactie.GEVOLGD if self.besluit.gevolgd else Reactie.AFGEWEKEN
        return Reactie.TERUGGESTUURD if self._open_vraag() else None

    def stuur_terug(self, vraag_id: UUID, vraag: str, op: date, vandaag: date) -> Adviesvraag:
        """The gemeente asks something before it decides.

        Raises AdviesVervangen, AlBesloten, AdviesvraagStaatOpen, DatumPastNiet.
        """
        if self.vervangen:
            raise AdviesVervangen("Stel de vraag bij het laatste advies.")
        if self.besluit is not None:
            raise AlBesloten("Trek het trajectbesluit in als er een ander advies nodig is.")
        if self._open_vraag():
            raise AdviesvraagStaatOpen("Wacht het antwoord van WSD af.")
        _eis_dag(op, self.advies.gegeven_op, vandaag)
        return Adviesvraag(vraag_id, op, vraag)

    def met_nummer(self, vraag_id: UUID) -> Adviesvraag | None:
        return next((vraag for vraag in self.vragen if vraag.vraag_id == vraag_id), None)

    def _open_vraag(self) -> bool:
        return any(vraag.beantwoord_op is None for vraag in self.vragen)


def _eis_dag(op: date, vorige_stap: date, vandaag: date) -> None:
    if op < vorige_stap:
        raise DatumPastNiet(
            f"De vorige stap was op {vorige_stap.isoformat()}. Kies die dag of een latere."
        )
    if op > vandaag:
        raise DatumPastNiet("Deze dag is nog niet geweest. Kies vandaag of een eerdere dag.")
