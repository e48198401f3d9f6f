"""A consulent looks which werkplekken fit a kandidaat, or which kandidaten fit a werkplek, and why.

Of whom something is shown, that is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis.unit_of_work import Reading
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.matching import Aanbod, Match, Zoekende, beoordeel
from services.plaatsing.store import matching, profielen, werkplekken


async def zoek_werkplekken(
    uow: Reading, kandidaat_id: UUID, op: date, aantal: int
) -> Sequence[Match]:
    """The best first. Raises NietGevonden."""
    zoekende = await _zoekende(uow, kandidaat_id)
    ids = await matching.werkplekken_voor(uow, zoekende, op, aantal)
    gevonden = await werkplekken.haal_alle(uow, ids, op)
    await _leg_inzage_vast(uow, zoekende)
    return [beoordeel(zoekende, _aanbod(gevonden[id_]), op) for id_ in ids]


async def zoek_kandidaten(
    uow: Reading, werkplek_id: UUID, op: date, aantal: int
) -> Sequence[Match]:
    """The best first. Raises NietGevonden."""
    aanbod = await _van_werkplek(uow, werkplek_id, op)
    zoekenden = await matching.kandidaten_voor(uow, aanbod, op, aantal)
    for zoekende in zoekenden:
        await _leg_inzage_vast(uow, zoekende)
    return [beoordeel(zoekende, aanbod, op) for zoekende in zoekenden]


async def bekijk_match(uow: Reading, kandidaat_id: UUID, werkplek_id: UUID, op: date) -> Match:
    """Also where it does not fit, and why. Raises NietGevonden."""
    zoekende = await _zoekende(uow, kandidaat_id)
    match = beoordeel(zoekende, await _van_werkplek(uow, werkplek_id, op), op)
    await _leg_inzage_vast(uow, zoekende)
    return match


async def _zoekende(uow: Reading, kandidaat_id: UUID) -> Zoekende:
    zoekende = await profielen.zoekende(uow, kandidaat_id)
    if zoekende is None:
        raise NietGevonden(
            "Deze kandidaat heeft hier nog geen profiel, of niet voor uw organisatie."
        )
    return zoekende


async def _van_werkplek(uow: Reading, werkplek_id: UUID, op: date) -> Aanbod:
    gevonden = await werkplekken.haal_alle(uow, [werkplek_id], op)
    if werkplek_id not in gevonden:
        raise NietGevonden("Deze werkplek bestaat niet, of niet voor uw organisatie.")
    return _aanbod(gevonden[werkplek_id])


def _aanbod(bewaard: werkplekken.Bewaard) -> Aanbod:
    return Aanbod(bewaard.werkplek, bewaard.eigenaar, bewaard.werkgeversoort)


async def _leg_inzage_vast(uow: Reading, zoekende: Zoekende) -> None:
    await uow.log_processing(
        "match bekeken",
        kandidaat_id=zoekende.kandidaat_id,
        gemeentecode=zoekende.gemeentecode,
        activity="plaatsing/matching",
    )
