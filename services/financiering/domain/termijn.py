"""What is watched the time of in a loonkostensubsidie, and how that follows from the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from chassis.awb import eerste_werkdag_vanaf
from services.financiering.domain.fouten import DatumBuitenTabel
from services.financiering.domain.kalender import EEN_DAG
from services.financiering.domain.lks_aanvraag import einde_forfait
from services.financiering.domain.lks_dossier import Besluit, Dienstverband, Loonkostensubsidie

BESLISTERMIJN: Final = timedelta(weeks=5)
"""Art. 10d lid 12 Participatiewet."""


class Financieringstermijnsoort(StrEnum):
    """What has to be done before the term ends, with where the term comes from."""

    BESLISSING_LKS = "beslissing-lks"
    """The college decides within 5 weeks (art. 10d lid 12 Participatiewet)."""
    LOONWAARDE_NA_FORFAIT = "loonwaarde-na-forfait"
    """The loonwaarde is known when the forfait ends (art. 10d lid 5 Participatiewet)."""


@dataclass(frozen=True, slots=True)
class Meting:
    """A loonwaarde as diagnose told it: whole percents, from a day on, established on a day."""

    percentage: int
    vanaf: date
    vastgesteld_op: date


@dataclass(frozen=True, slots=True)
class LksTermijn:
    """How a term stands by the facts. laatste_dag: included.

    gehaald_op: None when no fact here meets it; a beschikking meets a beslissing-lks. vervalt_op:
    first day on which it no longer matters.
    """

    soort: Financieringstermijnsoort
    begonnen_op: date
    laatste_dag: date
    gehaald_op: date | None = None
    vervalt_op: date | None = None


def termijnen_van(lks: Loonkostensubsidie, metingen: Sequence[Meting]) -> Iterator[LksTermijn]:
    """The terms of a subsidy by all that is known, whatever the order in which it was learned."""
    beslissing = _beslissing(lks.dienstverband, metingen)
    if beslissing is not None:
        yield beslissing
    if lks.dienstverband.loonwaarde is None:
        try:
            yield _loonwaarde_na_forfait(lks, metingen)
        except DatumBuitenTabel:
            return  # Of the law of then it is not known how long the forfait lasted.


def einde_beslistermijn(begonnen_op: date) -> date:
    """Last day to decide: a term of the law that ends on no working day runs on, art. 1 Atw."""
    return eerste_werkdag_vanaf(begonnen_op + BESLISTERMIJN)


def _beslissing(dienstverband: Dienstverband, metingen: Sequence[Meting]) -> LksTermijn | None:
    """None for what was told before terms were watched."""
    if dienstverband.gemeld_op is None:
        return None
    nooit_begonnen = (
        dienstverband.laatste_dag is not None
        and dienstverband.laatste_dag < dienstverband.begindatum
    )
    begonnen_op = _begin_beslistermijn(dienstverband, dienstverband.gemeld_op, metingen)
    return LksTermijn(
        Financieringstermijnsoort.BESLISSING_LKS,
        begonnen_op,
        einde_beslistermijn(begonnen_op),
        vervalt_op=date.min if nooit_begonnen else None,
    )


def _begin_beslistermijn(
    dienstverband: Dienstverband, gemeld_op: date, metingen: Sequence[Meting]
) -> date:
    """The day on which the loonwaarde of the placement was established (art. 10d lid 12).

    Our own reading: with the forfait it is the day on which the placement was told, for then it
    was decided to skip the measurement. So it is with a loonwaarde that was established so long
    before that its term was over by then: that was for other work, and was not measured again.
    """
    van_plaatsing = [
        meting.vastgesteld_op
        for meting in metingen
        if meting.percentage == dienstverband.loonwaarde
        and meting.vanaf <= dienstverband.begindatum
        and meting.vastgesteld_op <= gemeld_op <= einde_beslistermijn(meting.vastgesteld_op)
    ]
    return max(van_plaatsing, default=gemeld_op)


def _loonwaarde_na_forfait(lks: Loonkostensubsidie, metingen: Sequence[Meting]) -> LksTermijn:
    """What was measured before the first day counts too, as it does for the amount.

    Where the subsidy goes on after the forfait, the days that are left need a loonwaarde until its
    end, with the job or by decision.
    Raises DatumBuitenTabel.
    """
    begin, laatste_dag = lks.dienstverband.begindatum, lks.laatste_dag
    na_forfait = einde_forfait(begin, begin)
    if lks.besluit is Besluit.GEWEIGERD or (laatste_dag is not None and laatste_dag < na_forfait):
        vervalt_op: date | None = date.min
    else:
        vervalt_op = laatste_dag + EEN_DAG if laatste_dag is not None else None
    tellend = (
        meting.vastgesteld_op
        for meting in metingen
        if laatste_dag is None or meting.vanaf <= laatste_dag
    )
    return LksTermijn(
        Financieringstermijnsoort.LOONWAARDE_NA_FORFAIT,
        begin,
        na_forfait - EEN_DAG,
        gehaald_op=min(tellend, default=None),
        vervalt_op=vervalt_op,
    )
