"""Everything diagnose has of a kandidaat, for a hand-over to another gemeente."""

from __future__ import annotations

from typing import Final

from chassis.handover import DEADLINES, Rows

_IN_DOSSIER: Final = "dossier_id IN (SELECT id FROM dossier WHERE kandidaat_id = $1)"

GAAT_MEE: Final = (
    Rows("dossier", also="versie = versie + 1"),
    Rows("zrm_meting", _IN_DOSSIER),
    Rows("loonwaardemeting", _IN_DOSSIER),
    Rows("advies", _IN_DOSSIER),
    Rows("adviesvraag", _IN_DOSSIER),
    Rows("adviesbesluit", _IN_DOSSIER),
    Rows("diagnosetermijn"),
    Rows("datasleutel"),
    DEADLINES,
)
