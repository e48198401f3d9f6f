"""A report of a loonwaardemeting, as the API of diagnose takes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

FUNCTIE = "Orderpicker"


def modelrapport(
    op: date, *, bezoek_op: date, tempo: int, kvk_nummer: str, uren: Decimal = Decimal(24)
) -> dict[str, Any]:
    """One hoofdtaak, so that the loonwaarde is the tempo, in percents; it holds from ``op``."""
    return {
        "bedrijfsbezoekOp": bezoek_op.isoformat(),
        "rapportageOp": op.isoformat(),
        "vastgesteldOp": op.isoformat(),
        "ingangsdatum": op.isoformat(),
        "loonwaardedeskundige": {
            "naam": "Loonwaardedeskundige WSD",
            "telefoonnummer": "0411 000 000",
            "aangewezenOp": "2025-01-06",
            "opleiding": "diploma",
            "ervaringsjaren": 6,
            "kentRegelgeving": True,
            "kentArbeidsmarkt": True,
            "houdtKennisBij": True,
        },
        "werkgever": {
            "naam": "Voorbeeld Logistiek",
            "kvkNummer": kvk_nummer,
            "contactpersoon": "Contactpersoon van de werkgever",
            "email": "contact@werkgever.example",
            "geinterviewde": "De leidinggevende op de werkvloer",
        },
        "normfunctie": "Logistiek medewerker",
        "functie": FUNCTIE,
        "urenPerWeek": str(uren),
        "voltijdsurenPerWeek": "36",
        "werkdagenPerWeek": "3",
        "hoofdtaken": [
            {
                "omschrijving": "Assembleren",
                "aandeel": "100",
                "tempo": str(tempo),
                "kwaliteit": "100",
                "nettoWerktijd": "100",
                "toelichtingTempo": "Stuks per uur naast die van een collega.",
                "toelichtingKwaliteit": "Geen uitval.",
                "toelichtingNettoWerktijd": "Werkt de hele dag.",
            }
        ],
    }
