"""The other consulent agrees: a werkdiagnose starts, takes longer or is concluded."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import WerkdiagnoseAfgerond, WerkdiagnoseGestart, WerkdiagnoseVerlengd
from contracts.gebeurtenis import Gebeurtenis
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.domain.werkdiagnose import Consulent, Stap, Stapsoort, Werkdiagnose
from services.diagnose.store import werkdiagnoses
from services.diagnose.use_cases.bewaak_termijn import begin_termijn, haal_termijn

_EINDDIAGNOSE = Diagnosetermijnsoort.EINDDIAGNOSE


async def stem_in_met_werkdiagnosestap(
    uow: UnitOfWork, dossier_id: UUID, werkdiagnose_id: UUID, door: Consulent
) -> Werkdiagnose:
    """Raises NietGevonden and what Werkdiagnose.stem_in raises."""
    dossier, werkdiagnose = await werkdiagnoses.neem(uow, dossier_id, werkdiagnose_id)
    stap = werkdiagnose.stem_in(door, local_date(uow.now))
    await werkdiagnoses.bewaar(uow, dossier, werkdiagnose)
    kenmerk = str(werkdiagnose_id)
    if stap.soort is Stapsoort.EINDDIAGNOSE:
        await haal_termijn(uow, dossier, _EINDDIAGNOSE, op=door.op, kenmerk=kenmerk)
    else:
        begin, laatste_dag = werkdiagnose.looptijd
        await begin_termijn(
            uow,
            dossier,
            _EINDDIAGNOSE,
            begonnen_op=begin,
            laatste_dag=laatste_dag,
            kenmerk=kenmerk,
        )
    uow.emit(_gebeurtenis(stap, dossier, werkdiagnose), afnemers=afnemers(dossier))
    return werkdiagnose


def _gebeurtenis(stap: Stap, dossier: Dossier, werkdiagnose: Werkdiagnose) -> Gebeurtenis:
    begin, laatste_dag = werkdiagnose.looptijd
    match stap.soort:
        case Stapsoort.START:
            return WerkdiagnoseGestart(
                kandidaat_id=dossier.kandidaat_id,
                gemeentecode=dossier.gemeentecode,
                dossier_id=dossier.dossier_id,
                werkdiagnose_id=werkdiagnose.werkdiagnose_id,
                gestart_op=begin,
                einddatum=laatste_dag,
            )
        case Stapsoort.VERLENGING:
            return WerkdiagnoseVerlengd(
                kandidaat_id=dossier.kandidaat_id,
                gemeentecode=dossier.gemeentecode,
                dossier_id=dossier.dossier_id,
                werkdiagnose_id=werkdiagnose.werkdiagnose_id,
                einddatum=laatste_dag,
            )
        case Stapsoort.EINDDIAGNOSE:
            return afgerond(dossier, werkdiagnose)


def afgerond(dossier: Dossier, werkdiagnose: Werkdiagnose) -> WerkdiagnoseAfgerond:
    """It is over, with an end diagnosis or without."""
    if werkdiagnose.afgerond_op is None:
        raise LookupError("the werkdiagnose is not over")
    return WerkdiagnoseAfgerond(
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        dossier_id=dossier.dossier_id,
        werkdiagnose_id=werkdiagnose.werkdiagnose_id,
        afgerond_op=werkdiagnose.afgerond_op,
    )
