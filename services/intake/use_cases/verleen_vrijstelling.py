"""The gemeente exempts a kandidaat from duties, for a time or for good."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from services.intake import besluiten, store
from services.intake.afnemers import afnemers
from services.intake.domain.besluit import Besluit
from services.intake.domain.vrijstelling import Verplichting, Vrijstelling
from services.intake.gemeenten import gemeenten
from services.intake.use_cases.wettelijke_termijnen import (
    begin_bezwaartermijn,
    begin_plan_van_aanpak,
)


@dataclass(frozen=True, slots=True)
class TeVerlenen:
    vrijgesteld_van: Set[Verplichting]
    einddatum: date | None
    alleenstaande_ouder_kind_jonger_dan_5: bool


async def verleen_vrijstelling(
    uow: UnitOfWork, kandidaat_id: UUID, te_verlenen: TeVerlenen, besluit: Besluit
) -> Vrijstelling:
    """Raises NietGevonden and what Kandidaat.verleen_vrijstelling raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    verleend = kandidaat.verleen_vrijstelling(
        te_verlenen.vrijgesteld_van,
        te_verlenen.einddatum,
        alleenstaande_ouder_kind_jonger_dan_5=te_verlenen.alleenstaande_ouder_kind_jonger_dan_5,
        besluit=besluit,
        afspraken=gemeenten().afspraken,
    )
    await besluiten.voeg_toe(uow, kandidaat, verleend)
    await store.bewaar(uow, kandidaat)
    await begin_bezwaartermijn(uow, kandidaat, besluit)
    if verleend.plan_van_aanpak_uiterlijk is not None:
        await begin_plan_van_aanpak(uow, kandidaat, besluit.besluit_id, besluit.ingangsdatum)
    uow.emit(
        contract.VrijstellingVerleend(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            besluit_id=besluit.besluit_id,
            ingangsdatum=besluit.ingangsdatum,
            einddatum=verleend.einddatum,
        ),
        afnemers=afnemers(kandidaat),
    )
    return verleend
