"""The REST API of financiering: a module per resource."""

from __future__ import annotations

from typing import Final

from services.financiering.api import (
    doorrekeningen,
    facturen,
    loonkostensubsidies,
    scenarios,
)

ROUTERS: Final = (
    loonkostensubsidies.router,
    facturen.router,
    doorrekeningen.router,
    scenarios.router,
)
TAGS: Final = {
    "Loonkostensubsidies": "De loonkostensubsidie van elke plaatsing: besluit, bedragen, waarom.",
    "Contractspecificaties": "Wat een gemeente per product met WSD heeft afgesproken.",
    "Facturen": "Wat trajecten kosten, en wat WSD daarvoor factureert.",
    "Proefberekeningen": "Rekenen met zelfgekozen cijfers, zonder gegevens van personen.",
    "Doorrekeningen": "De exploitatie van WSD bij andere uitgangspunten (koersdocument, H6).",
    "Scenario's": "Doorrekeningen die een organisatie bewaart, vergelijkt en deelt.",
}
