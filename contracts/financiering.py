"""What financiering says: what a placement costs, and who pays."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from contracts.gebeurtenis import Datum, Euro, Gebeurtenis, Id, Percentage, Weglaatbaar
from contracts.plaatsing import Grondslag


class LKSVastgesteld(Gebeurtenis):
    """The monthly loonkostensubsidie from a date on, for a full month (PW art. 10d lid 4, 5, 7)."""

    naam: ClassVar[str] = "lks-vastgesteld"
    dienst: ClassVar[str] = "financiering"
    omschrijving: ClassVar[str] = (
        "De loonkostensubsidie per maand is vastgesteld (Participatiewet art. 10d lid 4, 5 en 7). "
        "Het bedrag geldt voor een hele maand, vanaf de ingangsdatum."
    )
    dataref_pad: ClassVar[str] = "/financiering/v1/loonkostensubsidies/{lks_id}"

    lks_id: Id = Field(description="Identificatie van de loonkostensubsidie.")
    plaatsing_id: Id = Field(description="Identificatie van de plaatsing.")
    ingangsdatum: Datum = Field(description="Dag vanaf wanneer het maandbedrag geldt.")
    grondslag: Grondslag = Field(
        description="Waarop de loonkostensubsidie rust: een gemeten loonwaarde (Participatiewet "
        "art. 10d lid 4) of het forfait (lid 5)."
    )
    loonwaarde: Weglaatbaar[Percentage] = Field(
        default=None,
        description="Loonwaarde in hele procenten van het wettelijk minimumloon; ontbreekt bij het "
        "forfait.",
    )
    maandbedrag: Euro = Field(
        description="Loonkostensubsidie per maand in euro's, met de vergoeding werkgeverslasten."
    )
