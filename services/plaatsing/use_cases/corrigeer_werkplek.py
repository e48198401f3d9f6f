"""A werkplek is otherwise than was recorded: its next version counts from now on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from chassis.clock import local_date
from chassis.tenancy import is_gemeente
from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.bevoegdheid import eis_eigenaar
from services.plaatsing.domain.werkplek import Werkplek
from services.plaatsing.store import werkplekken


async def corrigeer_werkplek(
    uow: UnitOfWork,
    werkplek_id: UUID,
    inhoud: Callable[[UUID, UUID], Werkplek],
    reden: str,
    eis_versie: Callable[[int], None],
) -> werkplekken.Bewaard:
    """inhoud: makes the werkplek as it should be, of its own id and that of its werkgever.

    Who works there already stays, also where the new version would not fit them; only the capacity
    must hold them. eis_versie: refuses when the caller looked at another version than counts.
    Raises NietGevonden, NietBevoegd, VersieVerouderd, OngeldigeWerkplek, CapaciteitInGebruik.
    """
    bewaard = await werkplekken.neem(uow, werkplek_id)
    eis_eigenaar(bewaard.eigenaar, uow.organisation)
    eis_versie(bewaard.versie)
    vandaag = local_date(uow.now)
    werkplek = inhoud(werkplek_id, bewaard.werkplek.werkgever_id)
    werkplek.eis_vast_te_leggen(vandaag, is_gemeente(uow.organisation))
    werkplek.eis_genoeg_plaats(await werkplekken.drukste_vanaf(uow, werkplek_id, vandaag))
    return await werkplekken.corrigeer(uow, werkplek, reden)
