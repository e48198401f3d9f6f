"""What has to be done about a placement by a day is watched from its start on."""

from __future__ import annotations

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.bewaking import te_bewaken
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.use_cases.bewaak_termijn import begin_termijn


async def bewaak_plaatsing(uow: UnitOfWork, plaatsing: Plaatsing) -> None:
    """What was due before today, as in what is loaded of years ago, is not watched."""
    for termijn in te_bewaken(plaatsing):
        if termijn.laatste_dag >= local_date(uow.now):
            await begin_termijn(
                uow,
                plaatsing,
                termijn.soort,
                begonnen_op=plaatsing.begin,
                laatste_dag=termijn.laatste_dag,
                kenmerk=termijn.kenmerk,
            )
