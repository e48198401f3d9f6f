"""What is watched the time of in a placement."""

from __future__ import annotations

from enum import StrEnum


class Plaatsingstermijnsoort(StrEnum):
    """What has to be done before the term ends, with where the term comes from."""

    EINDE_PLAATSING = "einde-plaatsing"
    """A placement with an agreed end is ended, or extended, by its last day."""
    HEROVERWEGING_PARTICIPATIEPLAATS = "heroverweging-participatieplaats"
    """The college reconsiders after 9 months (art. 10a Participatiewet)."""
    SCHOLINGSAANBOD = "scholingsaanbod"
    """From 6 months on, to who has no startkwalificatie (art. 10a Participatiewet)."""
    PREMIE_PARTICIPATIEPLAATS = "premie-participatieplaats"
    """Each 6 months (art. 10a Participatiewet)."""
    EVALUATIE_WERK_ONTWIKKELPLAN = "evaluatie-werk-ontwikkelplan"
    """Every 3 months: an agreement of the partners."""
