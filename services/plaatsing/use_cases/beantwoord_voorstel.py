"""The kandidaat or the employer says yes or no to a voorstel, or it is withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import Voorstelantwoord as Gezegd
from contracts.plaatsing import VoorstelBeantwoord
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.verleden import eis_gebeurd
from services.plaatsing.domain.voorstel import Voorstel, eis_voorsteller
from services.plaatsing.store import voorstellen


async def hoor_kandidaat(uow: UnitOfWork, voorstel_id: UUID, akkoord: bool, op: date) -> Voorstel:
    """By who guides the kandidaat, of the gemeente or of WSD.

    Raises NietGevonden, DatumInToekomst, DatumPastNiet, VoorstelAlBeantwoord.
    """
    return await _hoor(uow, voorstel_id, op, lambda v: v.hoor_kandidaat(akkoord, op))


async def hoor_werkgever(uow: UnitOfWork, voorstel_id: UUID, akkoord: bool, op: date) -> Voorstel:
    """Raises what hoor_kandidaat raises, and NietBevoegd."""
    return await _hoor(uow, voorstel_id, op, lambda v: _eigen(uow, v).hoor_werkgever(akkoord, op))


async def trek_voorstel_in(uow: UnitOfWork, voorstel_id: UUID, op: date) -> Voorstel:
    """Raises what hoor_werkgever raises."""
    return await _hoor(uow, voorstel_id, op, lambda v: _eigen(uow, v).trek_in(op))


def _eigen(uow: UnitOfWork, voorstel: Voorstel) -> Voorstel:
    eis_voorsteller(voorstel.voorgesteld_door, uow.organisation)
    return voorstel


async def _hoor(
    uow: UnitOfWork, voorstel_id: UUID, op: date, hoor: Callable[[Voorstel], Voorstel]
) -> Voorstel:
    kandidaat, voorstel = await voorstellen.neem(uow, voorstel_id)
    eis_gebeurd(op, local_date(uow.now))
    voorstel = hoor(voorstel)
    await voorstellen.bewaar(uow, voorstel)
    if voorstel.antwoord is not None and voorstel.beantwoord_op is not None:
        uow.emit(
            VoorstelBeantwoord(
                kandidaat_id=voorstel.kandidaat_id,
                gemeentecode=voorstel.gemeentecode,
                voorstel_id=voorstel_id,
                werkplek_id=voorstel.werkplek_id,
                antwoord=Gezegd(voorstel.antwoord),
                beantwoord_op=voorstel.beantwoord_op,
            ),
            afnemers=afnemers(kandidaat),
        )
    else:
        await uow.log_processing(
            "antwoord op voorstel vastgelegd",
            kandidaat_id=voorstel.kandidaat_id,
            gemeentecode=voorstel.gemeentecode,
            activity="plaatsing/voorstel-beantwoorden",
        )
    return voorstel
