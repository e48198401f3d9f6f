"""The REST API of plaatsing: a module per resource."""

from __future__ import annotations

from typing import Final

from services.plaatsing.api import loopbanen, plaatsingen, werkgevers, werkplekken

ROUTERS: Final = (werkgevers.router, werkplekken.router, plaatsingen.router, loopbanen.router)
TAGS: Final = {
    "Werkgevers": "Organisaties waar kandidaten kunnen werken.",
    "Werkplekken": "Waar plaats is: welk werk, hoeveel uren, voor hoeveel mensen.",
    "Plaatsingen": "Waar een kandidaat werkt of leert, van elke soort, tot het einde.",
    "Loopbaan": "Wat een kandidaat heeft meegemaakt, als één lijn.",
}
