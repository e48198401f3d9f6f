"""The regie on a kandidaat goes from one regisseur to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from services.intake import regisseurs, store
from services.intake.afnemers import afnemers
from services.intake.domain.regisseur import (
    Regiereden,
    Regievoerder,
    Regisseur,
    draag_regie_over,
)
from services.intake.gemeenten import gemeenten


@dataclass(frozen=True, slots=True)
class OverTeDragen:
    van: Regievoerder
    naar: Regievoerder
    vanaf: date
    reden: Regiereden


async def draag_de_regie_over(uow: UnitOfWork, kandidaat_id: UUID, wens: OverTeDragen) -> Regisseur:
    """Raises NietGevonden and what draag_regie_over raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    oud, nieuw = draag_regie_over(
        kandidaat,
        (await regisseurs.van_kandidaat(uow, kandidaat_id))[-1],
        regisseur_id=uuid4(),
        van=wens.van,
        naar=wens.naar,
        vanaf=wens.vanaf,
        reden=wens.reden,
        door=uow.organisation,
        vandaag=local_date(uow.now),
        afspraken=gemeenten().afspraken,
    )
    await regisseurs.bewaar_overdracht(uow, kandidaat_id, kandidaat.gemeentecode, oud, nieuw)
    await store.bewaar(uow, kandidaat)
    uow.emit(
        contract.RegisseurGewijzigd(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            organisatie=nieuw.wie.organisatie,
            vanaf=nieuw.vanaf,
        ),
        afnemers=afnemers(kandidaat),
    )
    return nieuw
