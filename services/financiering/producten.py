"""How a product of the portfolio is called on a factuur."""

from __future__ import annotations

from typing import Final

_EIGEN_NAAM: Final = {
    "gids-diagnose": "GIDS-diagnose",
    "inburgeren-met-wsd": "Inburgeren met WSD",
    "ontwikkelingsgerichte-arbeidsmatige-dagbesteding": (
        "Ontwikkelingsgerichte arbeidsmatige dagbesteding (OAD)"
    ),
}


def productnaam(product: str) -> str:
    """From its code."""
    return _EIGEN_NAAM.get(product, product.replace("-", " ").capitalize())
