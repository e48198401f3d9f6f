"""Who may see what intake says about a kandidaat."""

from __future__ import annotations

from chassis.tenancy import WSD
from services.intake.domain.kandidaat import Kandidaat


def afnemers(kandidaat: Kandidaat) -> set[str]:
    """The gemeente always; WSD from the doorverwijzing on."""
    return {kandidaat.gemeentecode} | ({WSD} if kandidaat.gedeeld_met_wsd else set())
