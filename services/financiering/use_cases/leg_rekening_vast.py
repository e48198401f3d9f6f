"""Record the bank account of a werkgever, or of the gemeente itself; it counts once confirmed."""

from __future__ import annotations

from uuid import UUID

from chassis.tenancy import is_gemeente
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.financiering.domain.fouten import AlleenEigenGemeente
from services.financiering.domain.rekening import Rekeningnummer
from services.financiering.store import loonkostensubsidies, rekeningen


async def leg_rekening_vast(
    uow: UnitOfWork, werkgever_id: UUID | None, nummer: Rekeningnummer, *, door: str
) -> rekeningen.Bewaard:
    """The next version; the one before it counts until this one is confirmed.

    Raises AlleenEigenGemeente, and NietGevonden for a werkgever that this gemeente pays nothing.
    """
    if not is_gemeente(uow.organisation):
        raise AlleenEigenGemeente("Een gemeente legt vast aan wie zij betaalt, en waarvan.")
    if werkgever_id is not None and not await loonkostensubsidies.kent_werkgever(uow, werkgever_id):
        raise NietGevonden
    await rekeningen.neem_reeks(uow, werkgever_id)
    return await rekeningen.voeg_toe(uow, werkgever_id, nummer, door=door)
