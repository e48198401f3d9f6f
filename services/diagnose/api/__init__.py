"""The REST API of diagnose: a module per resource."""

from __future__ import annotations

from typing import Final

from services.diagnose.api import (
    adviezen,
    dossiers,
    jongeren,
    klant_in_beeld,
    klanttevredenheid,
    ladderverdeling,
    loonwaarde,
    oad,
    planregiecijfers,
    planregierapportages,
    planregies,
    profiel,
    termijnen,
    werkdiagnoses,
    zrm,
)

ROUTERS: Final = (
    dossiers.router,
    zrm.router,
    profiel.router,
    loonwaarde.router,
    werkdiagnoses.router,
    oad.router,
    adviezen.router,
    planregies.router,
    planregierapportages.router,
    termijnen.router,
    klant_in_beeld.router,
    ladderverdeling.router,
    planregiecijfers.router,
    jongeren.router,
    klanttevredenheid.router,
)
TAGS: Final = {
    "Dossiers": "Een dossier ontstaat als de gemeente een kandidaat naar WSD doorverwijst.",
    "Metingen": "Zelfredzaamheid (ZRM 2017 en 2013) en loonwaarde (uniforme methode).",
    "Profiel": "Participatieladder en arbeidsvermogen.",
    "Werkdiagnose": "Werk als instrument van diagnose, door gemeente en WSD samen.",
    "OAD": "Ontwikkelingsgerichte arbeidsmatige dagbesteding, van selectie tot een jaar erna.",
    "Adviezen": "Wat WSD de gemeente adviseert, en wat de gemeente ermee doet.",
    "Planregie": "Een half jaar regie op werk en zorg, met doelen, uren en rapportages.",
    "Termijnen": "Wanneer een meting of rapport er moet zijn.",
    "Rapportages": "Cijfers over kandidaten: de gemeente ziet de eigen, WSD alle.",
    "Jongeren": "Wie in beeld is, wat zij doen en wie hen helpt; de quick scan van de partners.",
    "Klanttevredenheid": "Wat kandidaten van hun traject vonden, per vijf geteld.",
}
