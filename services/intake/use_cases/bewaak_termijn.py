"""A term is watched from its begin until what it is for has been done, or its time is over."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.timers import Deadline
from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from services.intake import store, termijnen
from services.intake.afnemers import afnemers
from services.intake.domain.bewaakte_termijn import (
    ALLEEN_GEMEENTE,
    BewaakteTermijn,
    Termijnsoort,
)
from services.intake.domain.kandidaat import Kandidaat


async def begin_termijn(
    uow: UnitOfWork,
    kandidaat: Kandidaat,
    *,
    soort: Termijnsoort,
    begonnen_op: date,
    laatste_dag: date,
    rol: str,
    kenmerk: str = "",
    waarschuw_vanaf: date | None = None,
    atw: bool = False,
) -> UUID:
    """Watch a term of a kandidaat that is under lock; the one that is open is moved.

    begonnen_op: the term starts the day after.  rol: who must act.  kenmerk: for which thing, where
    a kandidaat can have several of a soort (the id of a besluit, the name of a step); no personal
    data.  waarschuw_vanaf: where the usual day to warn does not fit.  atw: laatste_dag is the bare
    one of a statutory term, and moves to a working day by the Atw.  Returns the id of the term.
    Raises DatumPastNiet.
    """
    open_ = await termijnen.open_termijn(uow, kandidaat.kandidaat_id, soort, kenmerk)
    if open_ is not None:
        termijn = open_.verplaats(
            begonnen_op=begonnen_op,
            einddag=laatste_dag,
            atw=atw,
            rol=rol,
            eigen_waarschuwingsdag=waarschuw_vanaf,
        )
    else:
        termijn = BewaakteTermijn(
            termijn_id=uuid4(),
            kandidaat_id=kandidaat.kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            soort=soort,
            kenmerk=kenmerk,
            rol=rol,
            begonnen_op=begonnen_op,
            einddag=laatste_dag,
            atw=atw,
            eigen_waarschuwingsdag=waarschuw_vanaf,
        )
    await termijnen.bewaar(uow, termijn)
    return termijn.termijn_id


async def haal_termijn(
    uow: UnitOfWork, kandidaat_id: UUID, soort: Termijnsoort, kenmerk: str = "", *, op: date
) -> None:
    """What the term was for has been done; nothing to do when none is open."""
    termijn = await termijnen.open_termijn(uow, kandidaat_id, soort, kenmerk)
    if termijn is not None:
        await termijnen.bewaar(uow, termijn.haal(op))


async def laat_termijn_vervallen(
    uow: UnitOfWork, kandidaat_id: UUID, soort: Termijnsoort, kenmerk: str = ""
) -> None:
    """The term no longer matters; nothing to do when none is open."""
    termijn = await termijnen.open_termijn(uow, kandidaat_id, soort, kenmerk)
    if termijn is not None:
        await termijnen.bewaar(uow, termijn.vervalt())


async def bij_waarschuwing(uow: UnitOfWork, deadline: Deadline) -> None:
    """The day to warn has come. Nothing to do when the term was met or moved since."""
    kandidaat, termijn = await _neem(uow, deadline)
    nadert = termijn.waarschuw(local_date(uow.now)) if termijn else None
    if nadert is None:
        return
    await termijnen.bewaar(uow, nadert)
    uow.emit(
        contract.TermijnNadert(
            kandidaat_id=kandidaat.kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            termijn_id=nadert.termijn_id,
            soort=contract.Termijnsoort(nadert.soort),
            laatste_dag=nadert.laatste_dag,
        ),
        afnemers=_afnemers(kandidaat, nadert),
    )


async def bij_einde(uow: UnitOfWork, deadline: Deadline) -> None:
    """The last day is over. Nothing to do when the term was met or moved since."""
    kandidaat, termijn = await _neem(uow, deadline)
    verstreken = termijn.verstrijk(local_date(uow.now)) if termijn else None
    if termijn is None or verstreken is None:
        return
    await termijnen.bewaar(uow, verstreken)
    if termijn.verstreken_voor == verstreken.verstreken_voor:
        return  # It ran again for no day at all, and that this last day is over was said before.
    uow.emit(
        contract.TermijnVerstreken(
            kandidaat_id=kandidaat.kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            termijn_id=verstreken.termijn_id,
            soort=contract.Termijnsoort(verstreken.soort),
            laatste_dag=verstreken.laatste_dag,
        ),
        afnemers=_afnemers(kandidaat, termijn),
    )


async def bij_hervatting(uow: UnitOfWork, deadline: Deadline) -> None:
    """The day on which the term runs again by itself has come, unless it already does."""
    _, termijn = await _neem(uow, deadline)
    opschorting = termijn.opschorting if termijn else None
    if termijn is None or opschorting is None or opschorting.uiterlijk_tot is None:
        return
    if opschorting.uiterlijk_tot <= local_date(uow.now):
        await termijnen.bewaar(uow, termijn.hervat(opschorting.uiterlijk_tot))


async def _neem(uow: UnitOfWork, deadline: Deadline) -> tuple[Kandidaat, BewaakteTermijn | None]:
    """The kandidaat, locked, and the term the deadline is of."""
    kandidaat = await store.neem(uow, deadline.aggregate_id)
    return kandidaat, await termijnen.met_id(uow, UUID(deadline.key))


def _afnemers(kandidaat: Kandidaat, termijn: BewaakteTermijn) -> set[str]:
    """Who hears of it; the gemeente alone, where the kind of term tells too much."""
    if termijn.soort in ALLEEN_GEMEENTE:
        return {kandidaat.gemeentecode}
    return afnemers(kandidaat)
