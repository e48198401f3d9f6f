"""Who may see what plaatsing says about a kandidaat."""

from __future__ import annotations

from chassis.tenancy import WSD
from services.plaatsing.domain.kandidaat import Kandidaat


def afnemers(kandidaat: Kandidaat) -> set[str]:
    """The gemeente always; WSD from the doorverwijzing on."""
    return {kandidaat.gemeentecode} | ({WSD} if kandidaat.doorverwezen_op else set())
