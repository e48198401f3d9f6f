"""A werkgever has another name, or is to be reached another way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.bevoegdheid import eis_eigenaar
from services.plaatsing.domain.werkgever import Contact, Contactpunt
from services.plaatsing.store import werkgevers


@dataclass(frozen=True, slots=True)
class Werkgeverwijziging:
    """All of it that can change: the KvK number and the kind are of another werkgever."""

    naam: str
    contact: Contact
    contacten: tuple[Contactpunt, ...]


async def wijzig_werkgever(
    uow: UnitOfWork,
    werkgever_id: UUID,
    wijziging: Werkgeverwijziging,
    eis_versie: Callable[[int], None],
) -> werkgevers.Bewaard:
    """eis_versie: refuses when the caller looked at another version than counts.

    Raises NietGevonden, NietBevoegd, VersieVerouderd, OngeldigeWerkgever.
    """
    bewaard = await werkgevers.neem(uow, werkgever_id)
    eis_eigenaar(bewaard.eigenaar, uow.organisation)
    eis_versie(bewaard.versie)
    werkgever = replace(
        bewaard.werkgever,
        naam=wijziging.naam,
        contact=wijziging.contact,
        contacten=wijziging.contacten,
    )
    return await werkgevers.bewaar(uow, werkgever)
