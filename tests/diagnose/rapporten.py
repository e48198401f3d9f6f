"""A report of a loonwaardemeting that is right, to change one thing in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from services.diagnose.domain.loonwaarde import (
    Hoofdtaak,
    Loonwaardedeskundige,
    Loonwaardemeting,
    Opleiding,
    Werkgever,
)


def hoofdtaak(
    aandeel: str, tempo: str = "60", kwaliteit: str = "90", netto: str = "95"
) -> Hoofdtaak:
    return Hoofdtaak(
        "inpakken",
        Decimal(aandeel),
        Decimal(tempo),
        Decimal(kwaliteit),
        Decimal(netto),
        "minder stuks per uur",
        "weinig uitval",
        "extra pauzes",
    )


DESKUNDIGE: Final = Loonwaardedeskundige(
    naam="deskundige-3",
    telefoonnummer="0411 000 000",
    aangewezen_op=date(2025, 1, 6),
    opleiding=Opleiding.DIPLOMA,
    ervaringsjaren=2,
    kent_regelgeving=True,
    kent_arbeidsmarkt=True,
    houdt_kennis_bij=True,
)
WERKGEVER: Final = Werkgever(
    "Voorbeeld Logistiek", "12345678", "contactpersoon-1", "contact@werkgever.example", "voorman-1"
)
RAPPORT: Final = Loonwaardemeting(
    meting_id=UUID(int=1),
    bedrijfsbezoek_op=date(2026, 9, 1),
    rapportage_op=date(2026, 9, 2),
    vastgesteld_op=date(2026, 9, 3),
    ingangsdatum=date(2026, 9, 3),
    loonwaardedeskundige=DESKUNDIGE,
    werkgever=WERKGEVER,
    normfunctie="logistiek medewerker",
    functie="orderpicker",
    uren_per_week=Decimal(24),
    voltijdsuren_per_week=Decimal(36),
    werkdagen_per_week=Decimal(3),
    hoofdtaken=(
        hoofdtaak("50", "60", "90", "95"),
        hoofdtaak("30", "70", "100", "80"),
        hoofdtaak("20", "50", "80", "100"),
    ),
)
"""The example of domain-rules §2.2: 25.65 + 16.80 + 8.00."""
