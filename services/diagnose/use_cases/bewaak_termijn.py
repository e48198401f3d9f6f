"""A term of a diagnosis is watched from its begin until what it is for has been done."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.timers import Deadline
from chassis.unit_of_work import UnitOfWork
from contracts import diagnose as contract
from services.diagnose.afnemers import afnemers
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.termijn import Diagnosetermijn, Diagnosetermijnsoort
from services.diagnose.store import dossiers, termijnen


async def begin_termijn(
    uow: UnitOfWork,
    dossier: Dossier,
    soort: Diagnosetermijnsoort,
    *,
    begonnen_op: date,
    laatste_dag: date,
    kenmerk: str = "",
) -> None:
    """Watch a term of a dossier that is under lock; the one that is open is moved.

    kenmerk: for which thing, where a dossier can have several of a soort; no personal data.
    """
    open_ = await termijnen.open_termijn(uow, dossier.dossier_id, soort, kenmerk)
    if open_ is not None:
        await termijnen.bewaar(uow, open_.verplaats(begonnen_op, laatste_dag))
        return
    termijn = Diagnosetermijn(
        termijn_id=uuid4(),
        dossier_id=dossier.dossier_id,
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        soort=soort,
        kenmerk=kenmerk,
        begonnen_op=begonnen_op,
        laatste_dag=laatste_dag,
    )
    await termijnen.bewaar(uow, termijn)


async def haal_termijn(
    uow: UnitOfWork, dossier: Dossier, soort: Diagnosetermijnsoort, *, op: date, kenmerk: str = ""
) -> None:
    """What the term was for has been done; nothing to do when none is open."""
    termijn = await termijnen.open_termijn(uow, dossier.dossier_id, soort, kenmerk)
    if termijn is not None:
        await termijnen.bewaar(uow, termijn.haal(op))


async def herhaal_termijn(
    uow: UnitOfWork,
    dossier: Dossier,
    soort: Diagnosetermijnsoort,
    *,
    op: date,
    uiterlijk: date,
    kenmerk: str = "",
) -> None:
    """What is done again and again was done on a day, and is due anew.

    What was due before today when it is recorded, as in what is loaded of years ago, nobody could
    still do in time: it is not watched.
    """
    await haal_termijn(uow, dossier, soort, op=op, kenmerk=kenmerk)
    if uiterlijk >= local_date(uow.now):
        await begin_termijn(
            uow, dossier, soort, begonnen_op=op, laatste_dag=uiterlijk, kenmerk=kenmerk
        )


async def laat_termijn_vervallen(
    uow: UnitOfWork, dossier: Dossier, soort: Diagnosetermijnsoort, kenmerk: str = ""
) -> None:
    """The term no longer matters; nothing to do when none is open."""
    termijn = await termijnen.open_termijn(uow, dossier.dossier_id, soort, kenmerk)
    if termijn is not None:
        await termijnen.bewaar(uow, termijn.vervalt())


async def bij_einde(uow: UnitOfWork, deadline: Deadline) -> None:
    """The last day is over. Nothing to do when the term was met or moved since."""
    await dossiers.op_slot(uow, deadline.aggregate_id)
    termijn = await termijnen.met_id(uow, UUID(deadline.key))
    verstreken = termijn.verstrijk(local_date(uow.now)) if termijn else None
    if verstreken is None:
        return
    dossier = await dossiers.neem(uow, verstreken.dossier_id)
    await termijnen.bewaar(uow, verstreken)
    uow.emit(
        contract.DiagnosetermijnVerstreken(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier.dossier_id,
            termijn_id=verstreken.termijn_id,
            soort=contract.Diagnosetermijnsoort(verstreken.soort),
            laatste_dag=verstreken.laatste_dag,
        ),
        afnemers=afnemers(dossier),
    )
