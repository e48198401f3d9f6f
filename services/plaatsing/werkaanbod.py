"""WSD's own werksoorten, functions and locations, from a file that an editor can change."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.plaatsing.domain.eisen import Begeleidingsniveau
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort

BESTAND: Final = Path(__file__).with_name("werkaanbod.toml")


class _Deel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Begin(_Deel):
    """What every werkplek begins with."""

    capaciteit: int
    uren_van: Decimal
    uren_tot: Decimal
    begeleiding_geboden: Begeleidingsniveau


class Aanbieder(_Deel):
    """A werkgever of WSD with its functions; the KvK number differs per installation."""

    naam: str
    soort: Werkgeversoort
    functies: dict[Werksoort, tuple[str, ...]]


class Werkaanbod(_Deel):
    """Every function at every location; werkgevers by the name that the command calls them."""

    locaties: tuple[str, ...]
    begin: Begin
    werkgevers: dict[str, Aanbieder]

    def werkplekken(self, naam: str, werkgever_id: UUID) -> Iterator[Werkplek]:
        """Those of one werkgever. The id follows from the rest: the same, each time it is asked."""
        for werksoort, functies in self.werkgevers[naam].functies.items():
            for functie in functies:
                for locatie in self.locaties:
                    yield Werkplek(
                        werkplek_id=uuid5(werkgever_id, f"{werksoort}/{functie}/{locatie}"),
                        werkgever_id=werkgever_id,
                        werksoort=werksoort,
                        functie=functie,
                        locatie=locatie,
                        uren_van=self.begin.uren_van,
                        uren_tot=self.begin.uren_tot,
                        capaciteit=self.begin.capaciteit,
                        begeleiding_geboden=self.begin.begeleiding_geboden,
                    )


@functools.cache
def werkaanbod() -> Werkaanbod:
    """Raises ValueError for a file that is wrong."""
    return Werkaanbod.model_validate(tomllib.loads(BESTAND.read_text()))
