"""An OAD traject ends, and it is known where the deelnemer goes."""

from __future__ import annotations

from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.diagnose import OADBeeindigd
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.oad import Oad, Oadeinde
from services.diagnose.domain.termijn import Diagnosetermijnsoort
from services.diagnose.store import oad_trajecten
from services.diagnose.use_cases.bewaak_termijn import begin_termijn, haal_termijn


async def beeindig_oad(uow: UnitOfWork, dossier_id: UUID, oad_id: UUID, einde: Oadeinde) -> Oad:
    """Raises NietGevonden and what Oad.beeindig raises."""
    dossier, oad = await oad_trajecten.neem(uow, dossier_id, oad_id)
    oad.beeindig(einde, local_date(uow.now))
    await oad_trajecten.bewaar(uow, dossier, oad)
    await haal_termijn(
        uow,
        dossier,
        Diagnosetermijnsoort.OAD_EINDE,
        op=einde.beeindigd_op,
        kenmerk=str(oad_id),
    )
    for maanden, vanaf, uiterlijk in oad.vragen:
        await begin_termijn(
            uow,
            dossier,
            Diagnosetermijnsoort.OAD_VERVOLGVRAAG,
            begonnen_op=vanaf,
            laatste_dag=uiterlijk,
            kenmerk=vervolgkenmerk(oad_id, maanden),
        )
    uow.emit(
        OADBeeindigd(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            oad_id=oad_id,
            beeindigd_op=einde.beeindigd_op,
        ),
        afnemers=afnemers(dossier),
    )
    return oad


def vervolgkenmerk(oad_id: UUID, maanden: int) -> str:
    """Which of the two questions about a traject."""
    return f"{oad_id}/{maanden}"
