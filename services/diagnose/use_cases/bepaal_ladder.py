"""The trede of a kandidaat: established by a professional, or following from a plaatsing."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import ParticipatieladderVastgesteld
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.ladder import (
    BetaaldWerk,
    Ladderpositie,
    Participatieladder,
    opnieuw_uiterlijk,
)
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.domain.verleden import eis_gebeurd
from services.diagnose.store import dossiers
from services.diagnose.store import ladder as posities
from services.diagnose.use_cases.bewaak_termijn import (
    herhaal_termijn,
    laat_termijn_vervallen,
)

KENMERK: Final = "participatieladder"
"""Of its term: that of arbeidsvermogen is of the same soort."""


async def stel_ladderpositie_vast(
    uow: UnitOfWork, dossier_id: UUID, trede: int, op: date
) -> Ladderpositie:
    """Raises NietGevonden, DatumInToekomst, DiagnoseNietGestart and what
    Participatieladder.stel_vast raises."""
    dossier = await dossiers.neem(uow, dossier_id)
    eis_gebeurd(op, local_date(uow.now))
    dossier.eis_gestart(op)
    ladder = await posities.haal(uow, dossier_id, dossier.kandidaat_id)
    positie = ladder.stel_vast(trede, op)
    await _leg_vast(uow, dossier, ladder, positie)
    return positie


async def verwerk_werk(uow: UnitOfWork, kandidaat_id: UUID, werk: BetaaldWerk) -> None:
    """Plaatsing said something of a plaatsing. It is kept when there is no dossier yet."""
    await dossiers.op_slot(uow, kandidaat_id)
    await posities.bewaar_werk(uow, kandidaat_id, uow.organisation, werk)
    dossier_id = await dossiers.van_kandidaat(uow, kandidaat_id)
    if dossier_id is not None:
        await volg_werk(uow, await dossiers.neem(uow, dossier_id))


async def volg_werk(uow: UnitOfWork, dossier: Dossier) -> None:
    """Let the trede follow from the plaatsingen of a kandidaat whose dossier is under lock."""
    ladder = await posities.haal(uow, dossier.dossier_id, dossier.kandidaat_id)
    positie = ladder.volg_werk(ladder.werk)
    if positie is not None:
        await _leg_vast(uow, dossier, ladder, positie)


async def _leg_vast(
    uow: UnitOfWork, dossier: Dossier, ladder: Participatieladder, positie: Ladderpositie
) -> None:
    await posities.voeg_toe(uow, dossier, ladder)
    soort, op = Diagnosetermijnsoort.LADDER_HERHALING, positie.vastgesteld_op
    uiterlijk = opnieuw_uiterlijk(positie)
    if uiterlijk is None:
        await laat_termijn_vervallen(uow, dossier, soort, KENMERK)
    else:
        await herhaal_termijn(uow, dossier, soort, op=op, uiterlijk=uiterlijk, kenmerk=KENMERK)
    if positie.trede is not None:
        uow.emit(
            ParticipatieladderVastgesteld(
                kandidaat_id=dossier.kandidaat_id,
                gemeentecode=dossier.gemeentecode,
                dossier_id=dossier.dossier_id,
                trede=positie.trede,
                vastgesteld_op=op,
            ),
            afnemers=afnemers(dossier),
        )
