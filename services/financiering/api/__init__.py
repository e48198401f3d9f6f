"""The REST API of financiering: a module per resource."""

from __future__ import annotations

from typing import Final

from services.financiering.api import (
    begeleiding,
    budgetten,
    loonkostensubsidies,
    maatschappelijk_rendement,
    taakstelling,
)

ROUTERS: Final = (
    loonkostensubsidies.router,
    budgetten.router,
    begeleiding.router,
    taakstelling.router,
    maatschappelijk_rendement.router,
)
TAGS: Final = {
    "Begeleidingskosten": "Wie de begeleiding van een plaatsing betaalt: gemeente of stimulus.",
    "Budgetten": "De budgetten van het Rijk per gemeente en jaar, en wat er op drukt.",
    "Loonkostensubsidies": "De loonkostensubsidie van elke plaatsing: besluit, bedragen, waarom.",
    "Proefberekeningen": "Rekenen met zelfgekozen cijfers, zonder gegevens van personen.",
    "Rapportages": "Cijfers van een gemeente, of van alle.",
}
