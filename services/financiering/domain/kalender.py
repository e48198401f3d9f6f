"""Calendar months: the unit in which loonkostensubsidie is paid and in which its periods run."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

EEN_DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Maand:
    """One calendar month."""

    jaar: int
    maand: int

    @classmethod
    def van(cls, dag: date) -> Maand:
        """The calendar month that contains this day."""
        return cls(dag.year, dag.month)

    @property
    def eerste_dag(self) -> date:
        return date(self.jaar, self.maand, 1)

    @property
    def laatste_dag(self) -> date:
        return date(self.jaar, self.maand, self.dagen)

    @property
    def dagen(self) -> int:
        """Number of calendar days in this month."""
        return monthrange(self.jaar, self.maand)[1]

    def plus(self, maanden: int) -> Maand:
        """The month that lies this many months later."""
        jaren, rest = divmod(self.maand - 1 + maanden, 12)
        return Maand(self.jaar + jaren, rest + 1)


def eerste_dag_na_maanden(begin: date, maanden: int) -> date:
    """First day after a period of whole months that starts on (and includes) `begin`.

    Six months from 15 January run up to and including 14 July, so this gives 15 July.  Where the
    target month has no such day, the period lasts to the end of that month: from 31 August six
    months last up to and including 28 (29) February, so this gives 1 March.
    """
    doel = Maand.van(begin).plus(maanden)
    if begin.day <= doel.dagen:
        return date(doel.jaar, doel.maand, begin.day)
    return doel.plus(1).eerste_dag
