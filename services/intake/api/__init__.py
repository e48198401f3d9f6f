"""The REST API of intake: a module per resource."""

from __future__ import annotations

from typing import Final

from services.intake.api import (
    aanvragen,
    besluiten,
    besluitgevolgen,
    brieven,
    bulk,
    dkd,
    groepen,
    kandidaten,
    overdrachten,
    processen,
    regisseurs,
    signalen,
    srg,
    termijnen,
    uitstroom,
)

ROUTERS: Final = (
    kandidaten.router,
    bulk.router,
    aanvragen.router,
    termijnen.router,
    besluiten.router,
    besluitgevolgen.router,
    brieven.router,
    regisseurs.router,
    overdrachten.router,
    uitstroom.router,
    signalen.router,
    srg.router,
    dkd.router,
    processen.router,
    groepen.router,
)
TAGS: Final = {
    "Kandidaten": "Inwoners die zich bij de gemeente hebben gemeld.",
    "Aanvragen": "De aanvraag van bijstand, tot en met de beslissing daarop.",
    "Termijnen": "Wat uiterlijk wanneer moet gebeuren, het dringendste eerst.",
    "Overdrachten": "Een kandidaat gaat over naar een andere gemeente.",
    "Uitstroom": "Een kandidaat stroomt uit, valt terug of meldt zich opnieuw.",
    "Signalen": "Dezelfde inwoner bij twee gemeenten; alleen voor WSD.",
    "Processen": "De stappen van het proces van de gemeente: wat, door wie en uiterlijk wanneer.",
    "Groepsbijeenkomsten": "Veel kandidaten zetten samen dezelfde stap.",
    "Statistiek": "Wat de gemeente aan het CBS levert.",
    "Uitwisseling": "Wat de gemeente in het DKD zet.",
    "Besluiten": "Wat de gemeente over een kandidaat besluit, of WSD onder mandaat.",
    "Regisseurs": "Wie de regie heeft over een kandidaat: altijd precies een.",
}
