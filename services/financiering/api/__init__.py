"""The REST API of financiering: a module per resource."""

from __future__ import annotations

from typing import Final

from services.financiering.api import betaalruns, loonkostensubsidies, rekeningen

ROUTERS: Final = (loonkostensubsidies.router, betaalruns.router, rekeningen.router)
TAGS: Final = {
    "Loonkostensubsidies": "De loonkostensubsidie van elke plaatsing: besluit, bedragen, waarom.",
    "Proefberekeningen": "Rekenen met zelfgekozen cijfers, zonder gegevens van personen.",
    "Betalingen": "Betaalruns, het bestand voor de bank, en per maand wat betaald is en wat niet.",
    "Rekeningen": "Waarop en waarvan wordt betaald: de een legt vast, een ander bevestigt.",
}
