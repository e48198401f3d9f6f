"""The REST API of diagnose: a module per resource."""

from __future__ import annotations

from typing import Final

from services.diagnose.api import adviezen, dossiers, loonwaarde, termijnen, zrm

ROUTERS: Final = (
    dossiers.router,
    zrm.router,
    loonwaarde.router,
    adviezen.router,
    termijnen.router,
)
TAGS: Final = {
    "Dossiers": "Een dossier ontstaat als de gemeente een kandidaat naar WSD doorverwijst.",
    "Metingen": "Zelfredzaamheid (ZRM 2017) en loonwaarde (uniforme methode).",
    "Adviezen": "Wat WSD de gemeente adviseert, en wat de gemeente ermee doet.",
    "Termijnen": "Wanneer een meting of rapport er moet zijn.",
}
