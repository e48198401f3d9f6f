"""WSD establishes what a kandidaat can earn."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts import diagnose as contract
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.arbeidsvermogen import Arbeidsvermogen
from services.diagnose.domain.fouten import DatumPastNiet
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.domain.verleden import eis_gebeurd
from services.diagnose.store import arbeidsvermogens, dossiers
from services.diagnose.use_cases.bewaak_termijn import herhaal_termijn

KENMERK: Final = "arbeidsvermogen"
"""Of its term: that of the participatieladder is of the same soort."""


async def stel_arbeidsvermogen_vast(
    uow: UnitOfWork, dossier_id: UUID, arbeidsvermogen: Arbeidsvermogen
) -> Arbeidsvermogen:
    """Raises NietGevonden, DatumInToekomst, DiagnoseNietGestart, DatumPastNiet."""
    dossier = await dossiers.neem(uow, dossier_id)
    eis_gebeurd(arbeidsvermogen.vastgesteld_op, local_date(uow.now))
    dossier.eis_gestart(arbeidsvermogen.vastgesteld_op)
    eerder = await arbeidsvermogens.van_dossier(uow, dossier_id)
    if eerder and arbeidsvermogen.vastgesteld_op < eerder[-1].vastgesteld_op:
        raise DatumPastNiet(
            f"Het vorige is vastgesteld op {eerder[-1].vastgesteld_op.isoformat()}. "
            "Kies die dag of een latere."
        )
    await arbeidsvermogens.voeg_toe(uow, dossier, len(eerder) + 1, arbeidsvermogen)
    await herhaal_termijn(
        uow,
        dossier,
        Diagnosetermijnsoort.LADDER_HERHALING,
        op=arbeidsvermogen.vastgesteld_op,
        uiterlijk=arbeidsvermogen.opnieuw_uiterlijk,
        kenmerk=KENMERK,
    )
    uow.emit(
        contract.ArbeidsvermogenVastgesteld(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            arbeidsvermogen=contract.Arbeidsvermogen(arbeidsvermogen.code),
            vastgesteld_op=arbeidsvermogen.vastgesteld_op,
        ),
        afnemers=afnemers(dossier),
    )
    return arbeidsvermogen
