"""The REST API of diagnose: a module per resource."""

from __future__ import annotations

from typing import Final

from services.diagnose.api import (
    adviezen,
    dossiers,
    jongeren,
    klanttevredenheid,
    loonwaarde,
    termijnen,
    zrm,
)

ROUTERS: Final = (
    dossiers.router,
    zrm.router,
    loonwaarde.router,
    adviezen.router,
    termijnen.router,
    jongeren.router,
    klanttevredenheid.router,
)
TAGS: Final = {
    "Dossiers": "Een dossier ontstaat als de gemeente een kandidaat naar WSD doorverwijst.",
    "Metingen": "Zelfredzaamheid (ZRM 2017) en loonwaarde (uniforme methode).",
    "Adviezen": "Wat WSD de gemeente adviseert.",
    "Termijnen": "Wanneer een meting of rapport er moet zijn.",
    "Jongeren": "Wie in beeld is, wat zij doen en wie hen helpt; de quick scan van de partners.",
    "Klanttevredenheid": "Wat kandidaten van hun traject vonden, per vijf geteld.",
}
