"""Periods of whole calendar months, in which the partners agree on terms."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

EEN_DAG = timedelta(days=1)


def laatste_dag_na_maanden(begin: date, maanden: int) -> date:
    """Last day of a period of whole months (at least one) that starts on, and includes, `begin`.

    Two months from 15 January end on 14 March.  Where the last month has no such day, the period
    ends with that month: two months from 31 December end on 28 (29) February.
    """
    jaren, maand = divmod(begin.month - 1 + maanden, 12)
    jaar, maand = begin.year + jaren, maand + 1
    dagen = monthrange(jaar, maand)[1]
    if begin.day > dagen:
        return date(jaar, maand, dagen)
    return date(jaar, maand, begin.day) - EEN_DAG
