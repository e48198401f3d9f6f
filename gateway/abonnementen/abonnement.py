"""What an abonnement is, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from chassis.web import Problem
from gateway.abonnementen import aanmelding
from gateway.abonnementen.berichten import Formaat
from gateway.abonnementen.wachtrij import Status as AfleveringStatus

HOOGSTENS: Final = 50
"""Abonnementen of one afnemer."""
OVERLAP: Final = timedelta(hours=24)
"""How long an old secret still signs beside a new one, unless its owner says otherwise."""
LANGSTE_OVERLAP: Final = timedelta(days=7)
BEWAAR_LOGBOEK: Final = timedelta(days=30)
"""How long what was delivered or skipped stays in the log; what was not stays."""


class Status(StrEnum):
    WACHT_OP_TOESTEMMING = "wacht-op-toestemming"
    ACTIEF = "actief"
    BEEINDIGD = "beeindigd-door-ontvanger"


class Zichtbaar(StrEnum):
    """The status as its owner sees it."""

    WACHT_OP_TOESTEMMING = "wacht-op-toestemming"
    ACTIEF = "actief"
    GEPAUZEERD = "gepauzeerd"
    BEEINDIGD = "beeindigd-door-ontvanger"


@dataclass(frozen=True, slots=True)
class Abonnement:
    """What an afnemer has registered. instellingen: of its aanmelding, what may be shown."""

    id: UUID
    afnemer: str
    naam: str
    callback_url: str
    formaat: Formaat
    types: tuple[str, ...]
    aanmelding: aanmelding.Soort
    instellingen: Mapping[str, Any]
    versie: int
    aangemaakt_op: datetime
    status: Status
    gepauzeerd: bool
    toestemming_fout: str | None

    @property
    def zichtbaar(self) -> Zichtbaar:
        if self.gepauzeerd and self.status is not Status.BEEINDIGD:
            return Zichtbaar.GEPAUZEERD
        return Zichtbaar(self.status)


@dataclass(frozen=True, slots=True)
class Sleutel:
    """A secret that signs; vervalt_op: until when, None for the present one."""

    id: UUID
    gemaakt_op: datetime
    vervalt_op: datetime | None


@dataclass(frozen=True, slots=True)
class Stand:
    """How delivery to one receiver stands."""

    gelezen_tot: int
    wachtend: int
    oudste_op: datetime | None
    opgegeven: int
    storing_sinds: datetime | None
    volgende_proef_op: datetime | None
    niet_voor: datetime | None
    tempo: int | None


@dataclass(frozen=True, slots=True)
class Poging:
    moment: datetime
    status: int | None
    duur_ms: int
    fout: str | None


@dataclass(frozen=True, slots=True)
class Regel:
    """A line in the delivery log. pogingen: the last ones, the newest first."""

    nummer: int
    event_id: UUID
    type: str
    subject: UUID
    status: AfleveringStatus
    aantal_pogingen: int
    volgende_op: datetime | None
    opgegeven_op: datetime | None
    afgerond_op: datetime | None
    fout: str | None
    reden: str | None
    overgeslagen_door: str | None
    pogingen: tuple[Poging, ...]


class TeVeelAbonnementen(Problem):
    status = 409
    code = "te-veel-abonnementen"
    title = "Uw organisatie heeft al het grootste aantal abonnementen"
    detail = f"Verwijder eerst een abonnement: een organisatie heeft er hoogstens {HOOGSTENS}."


class NogGeenToestemming(Problem):
    status = 409
    code = "nog-geen-toestemming"
    title = "De ontvanger heeft nog geen toestemming gegeven"
    detail = (
        "Laat de ontvanger antwoorden op OPTIONS met WebHook-Allowed-Origin, of open het adres uit "
        "WebHook-Request-Callback; zie docs/integratie/webhooks.md."
    )


class AanmeldingOpnieuwNodig(Problem):
    status = 409
    code = "aanmelding-opnieuw-nodig"
    title = "Bij een ander adres hoort een nieuwe aanmelding"
    detail = "Geef `aanmelding` mee: een geheim gaat niet vanzelf naar een ander adres."


class NietOpgegeven(Problem):
    status = 409
    code = "niet-opgegeven"
    title = "Deze aflevering is niet opgegeven"
    detail = "Alleen wat is opgegeven kunt u overslaan of opnieuw laten afleveren."
