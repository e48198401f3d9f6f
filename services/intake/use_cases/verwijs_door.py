"""The gemeente refers a kandidaat to WSD, which sees them from here on."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from chassis.clock import NEDERLAND
from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from contracts.gebeurtenis import Leeftijdsgroep
from services.intake import dubbelen, persoonsgegevens, store
from services.intake.afnemers import afnemers
from services.intake.domain.fouten import DoelgroepPastNietBijLeeftijd
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.leeftijdsgroep import leeftijdsgroep_op, volgende_overgang
from services.intake.use_cases.volg_proces import volg_handelingen

LEEFTIJDSOVERGANG: Final = "leeftijdsovergang"
"""Kind of the deadline that fires at the start of the month of a birthday that matters."""


async def verwijs_door(uow: UnitOfWork, kandidaat_id: UUID, op: date) -> Kandidaat:
    """Raises NietGevonden, DoelgroepPastNietBijLeeftijd and what Kandidaat.verwijs_door raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    kandidaat.verwijs_door(op, door=uow.organisation)
    gegevens = await persoonsgegevens.van(uow, kandidaat_id)
    groep = leeftijdsgroep_op(gegevens.geboortedatum, op)
    if groep is None:
        raise DoelgroepPastNietBijLeeftijd(
            "WSD begeleidt naar werk vanaf 15 jaar. Verwijs door als de kandidaat die leeftijd "
            "heeft bereikt."
        )
    await store.bewaar(uow, kandidaat)
    await dubbelen.nu_bij_wsd(uow, kandidaat_id, gegevens.bsn)
    uow.emit(
        contract.KandidaatDoorverwezen(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            doorverwezen_op=op,
            doelgroep=contract.Doelgroep(kandidaat.doelgroep),
            leeftijdsgroep=Leeftijdsgroep(groep),
        ),
        afnemers=afnemers(kandidaat),
    )
    await plan_leeftijdsovergang(uow, kandidaat, gegevens.geboortedatum, na=op)
    await volg_handelingen(uow, kandidaat)
    return kandidaat


async def plan_leeftijdsovergang(
    uow: UnitOfWork, kandidaat: Kandidaat, geboortedatum: date, *, na: date
) -> None:
    """Set the deadline for the next birthday that changes the minimum wage, if there is one.

    It fires at the start of the month, so that the moment of the event tells no birth date.
    """
    overgang = volgende_overgang(geboortedatum, na)
    if overgang is None:
        return
    await uow.schedule(
        LEEFTIJDSOVERGANG,
        aggregate_id=kandidaat.kandidaat_id,
        gemeentecode=kandidaat.gemeentecode,
        due_at=datetime.combine(overgang.ingangsmaand, time(), NEDERLAND),
        key=overgang.groep,
    )
