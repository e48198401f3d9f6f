"""The REST API of plaatsing: a module per resource."""

from __future__ import annotations

from typing import Final

from services.plaatsing.api import (
    afspraken,
    afwezigheden,
    begeleidingen,
    begeleidingscijfers,
    lks_banen,
    loopbanen,
    matches,
    plaatsingen,
    profielen,
    stroom,
    termijnen,
    transitiearrangement,
    voorstellen,
    werk_ontwikkelplannen,
    werkgevers,
    werkgeversvoordelen,
    werkplekken,
)

ROUTERS: Final = (
    werkgevers.router,
    afspraken.router,
    werkgeversvoordelen.router,
    werkplekken.router,
    profielen.router,
    matches.router,
    voorstellen.router,
    plaatsingen.router,
    loopbanen.router,
    werk_ontwikkelplannen.router,
    begeleidingen.router,
    afwezigheden.router,
    termijnen.router,
    stroom.router,
    transitiearrangement.router,
    lks_banen.router,
    begeleidingscijfers.router,
)
TAGS: Final = {
    "Werkgevers": "Organisaties waar kandidaten kunnen werken, en wat met hen is afgesproken.",
    "Werkplekken": "Waar plaats is: welk werk, wanneer, voor wie, en wat het vraagt.",
    "Profielen": "Wat een kandidaat kan, wil en nodig heeft.",
    "Matching": "Welk werk bij wie past, en waarom.",
    "Voorstellen": "Een kandidaat bij een werkgever voorstellen, zonder te zeggen wie het is.",
    "Plaatsingen": "Waar een kandidaat werkt of leert, van elke soort, tot het einde.",
    "Loopbaan": "Wat een kandidaat heeft meegemaakt, als één lijn.",
    "Werk-ontwikkelplannen": "Wat gemeente, WSD en werkgever delen over een werkplek.",
    "Begeleiding": "Jobcoach en werkleider: afgesproken en geboekte uren.",
    "Afwezigheid": "Dat een kandidaat er niet is, zonder reden.",
    "Termijnen": "Wanneer iets bij een plaatsing gedaan moet zijn.",
    "Rapportages": "Cijfers over kandidaten: de gemeente ziet de eigen, WSD alle.",
}
