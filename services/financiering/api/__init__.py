"""The REST API of financiering: a module per resource."""

from __future__ import annotations

from typing import Final

from services.financiering.api import loonkostensubsidies

ROUTERS: Final = (loonkostensubsidies.router,)
TAGS: Final = {
    "Loonkostensubsidies": "De loonkostensubsidie van elke plaatsing: besluit, bedragen, waarom.",
    "Proefberekeningen": "Rekenen met zelfgekozen cijfers, zonder gegevens van personen.",
}
