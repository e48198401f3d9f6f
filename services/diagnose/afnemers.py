"""Who may see what diagnose says about a kandidaat."""

from __future__ import annotations

from chassis.tenancy import WSD
from services.diagnose.domain.dossier import Dossier


def afnemers(dossier: Dossier) -> set[str]:
    """The gemeente and WSD: a dossier exists because the kandidaat was referred to WSD."""
    return {dossier.gemeentecode, WSD}
