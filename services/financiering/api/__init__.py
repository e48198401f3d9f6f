"""The REST API of financiering: a module per resource."""

from __future__ import annotations

from typing import Final

from services.financiering.api import (
    begeleiding,
    betaalruns,
    budgetten,
    doorrekeningen,
    facturen,
    loonkostensubsidies,
    maatschappelijk_rendement,
    op_realisatie,
    rekeningen,
    scenarios,
    taakstelling,
    termijnen,
)

ROUTERS: Final = (
    loonkostensubsidies.router,
    termijnen.router,
    betaalruns.router,
    rekeningen.router,
    facturen.router,
    budgetten.router,
    begeleiding.router,
    taakstelling.router,
    op_realisatie.router,
    maatschappelijk_rendement.router,
    doorrekeningen.router,
    scenarios.router,
)
TAGS: Final = {
    "Begeleidingskosten": "Wie de begeleiding van een plaatsing betaalt: gemeente of stimulus.",
    "Budgetten": "De budgetten van het Rijk per gemeente en jaar, en wat er op drukt.",
    "Loonkostensubsidies": "De loonkostensubsidie van elke plaatsing: besluit, bedragen, waarom.",
    "Termijnen": "Wat bij een loonkostensubsidie uiterlijk wanneer moet.",
    "Contractspecificaties": "Wat een gemeente per product met WSD heeft afgesproken.",
    "Facturen": "Wat trajecten kosten, en wat WSD daarvoor factureert.",
    "Proefberekeningen": "Rekenen met zelfgekozen cijfers, zonder gegevens van personen.",
    "Betalingen": "Betaalruns, het bestand voor de bank, en per maand wat betaald is en wat niet.",
    "Rekeningen": "Waarop en waarvan wordt betaald: de een legt vast, een ander bevestigt.",
    "Doorrekeningen": "De exploitatie van WSD bij andere uitgangspunten (koersdocument, H6).",
    "Scenario's": "Doorrekeningen die een organisatie bewaart, vergelijkt en deelt.",
    "Rapportages": "Cijfers van een gemeente, of van alle.",
}
