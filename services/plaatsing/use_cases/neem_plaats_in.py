"""What the start of every placement has in common."""

from __future__ import annotations

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.plaatsing import Plaatsing, loopbaandeel
from services.plaatsing.domain.werkplek import Werkplek
from services.plaatsing.store import plaatsingen, werkplekken


async def neem_plaats_in(uow: UnitOfWork, plaatsing: Plaatsing, werkplek: Werkplek) -> None:
    """Fit a new placement into the loopbaan and on the werkplek, both locked, and store it.

    Raises PlaatsingenOverlappen, WerkplekNietBeschikbaar, WerkplekVol, UrenPassenNiet.
    """
    loopbaan = await plaatsingen.loopbaan(uow, plaatsing.kandidaat_id)
    loopbaan.voeg_toe(loopbaandeel(plaatsing))
    await plaatsingen.voeg_toe(uow, plaatsing)
    await werkplekken.bezet(uow, werkplek, plaatsing)
