"""The REST API of plaatsing: a module per resource."""

from __future__ import annotations

from typing import Final

from services.plaatsing.api import (
    afspraken,
    plaatsingen,
    werkgevers,
    werkgeversvoordelen,
    werkplekken,
)

ROUTERS: Final = (
    werkgevers.router,
    afspraken.router,
    werkgeversvoordelen.router,
    werkplekken.router,
    plaatsingen.router,
)
TAGS: Final = {
    "Werkgevers": "Organisaties waar kandidaten kunnen werken, en wat met hen is afgesproken.",
    "Werkplekken": "Waar plaats is: welk werk, wanneer, voor wie, en wat het vraagt.",
    "Plaatsingen": "Waar een kandidaat werkt: op proef of met loonkostensubsidie.",
}
