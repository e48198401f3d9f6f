"""An employer where kandidaten are placed: a regular one, or WSD itself through Werkpartners."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.plaatsing.domain.fouten import OngeldigeWerkgever, OngeldigKvkNummer

_KVK = re.compile(r"[0-9]{8}")


class Werkgeversoort(StrEnum):
    """For loonkostensubsidie the route is one and the same process (bron 000 §3.4)."""

    REGULIER = "regulier"
    WERKPARTNERS = "werkpartners"


def eis_kvk_nummer(nummer: str) -> None:
    """A KvK number is eight digits, leading zeros included; it has no check digit.

    Raises OngeldigKvkNummer.
    """
    if not _KVK.fullmatch(nummer):
        raise OngeldigKvkNummer("Een KvK-nummer bestaat uit precies acht cijfers, zonder spaties.")


@dataclass(frozen=True, slots=True)
class Werkgever:
    """Raises OngeldigKvkNummer, OngeldigeWerkgever."""

    werkgever_id: UUID
    kvk_nummer: str
    naam: str
    soort: Werkgeversoort = Werkgeversoort.REGULIER

    def __post_init__(self) -> None:
        eis_kvk_nummer(self.kvk_nummer)
        if not self.naam.strip():
            raise OngeldigeWerkgever("Geef de naam van de werkgever op.")
