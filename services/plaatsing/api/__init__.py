"""The REST API of plaatsing: a module per resource."""

from __future__ import annotations

from typing import Final

from services.plaatsing.api import plaatsingen, werkgevers, werkplekken

ROUTERS: Final = (werkgevers.router, werkplekken.router, plaatsingen.router)
TAGS: Final = {
    "Werkgevers": "Organisaties waar kandidaten kunnen werken.",
    "Werkplekken": "Waar plaats is: welk werk, hoeveel uren, voor hoeveel mensen.",
    "Plaatsingen": "Waar een kandidaat werkt: op proef of met loonkostensubsidie.",
}
