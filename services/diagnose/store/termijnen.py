"""Terms of a diagnosis in the database, each of a dossier."""

from __future__ import annotations

from typing import Final

from chassis.termijnen import Termijnen
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.termijn import Diagnosetermijnsoort

TERMIJNEN: Final = Termijnen[Dossier, Diagnosetermijnsoort](
    Diagnosetermijnsoort,
    table="diagnosetermijn",
    van="dossier",
    van_id=lambda dossier: dossier.dossier_id,
)
