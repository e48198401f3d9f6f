"""The REST API of diagnose: a module per resource."""

from __future__ import annotations

from typing import Final

from services.diagnose.api import adviezen, dossiers, loonwaarde, oad, termijnen, werkdiagnoses, zrm

ROUTERS: Final = (
    dossiers.router,
    zrm.router,
    loonwaarde.router,
    werkdiagnoses.router,
    oad.router,
    adviezen.router,
    termijnen.router,
)
TAGS: Final = {
    "Dossiers": "Een dossier ontstaat als de gemeente een kandidaat naar WSD doorverwijst.",
    "Metingen": "Zelfredzaamheid (ZRM 2017) en loonwaarde (uniforme methode).",
    "Werkdiagnose": "Werk als instrument van diagnose, door gemeente en WSD samen.",
    "OAD": "Ontwikkelingsgerichte arbeidsmatige dagbesteding, van selectie tot een jaar erna.",
    "Adviezen": "Wat WSD de gemeente adviseert.",
    "Termijnen": "Wanneer een meting of rapport er moet zijn.",
}
