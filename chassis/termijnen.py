"""Terms that a service watches: each runs, is met, passes or lapses.

Most terms are agreements of the partners about when something has been done: they count in
calendar days and do not move to a working day. Whoever begins a term of the law gives its last day
by the law (awb.py). What passes when nobody acts is a deadline (timers.py) at the start of the day
after the last. The words are those of the APIs that list these terms, so they are Dutch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Generic, Protocol, TypeVar
from uuid import UUID, uuid4

import asyncpg

from chassis import handover
from chassis.clock import NEDERLAND, local_date
from chassis.tenancy import isolate
from chassis.timers import Deadline
from chassis.unit_of_work import Reading, UnitOfWork


class VanKandidaat(Protocol):
    """What terms are of: a dossier, a plaatsing."""

    @property
    def kandidaat_id(self) -> UUID: ...
    @property
    def gemeentecode(self) -> str: ...


Van = TypeVar("Van", bound=VanKandidaat)
Soort = TypeVar("Soort", bound=StrEnum)


class Termijnstatus(StrEnum):
    """How it stands; a term that is met late stays known as passed by its day."""

    LOPEND = "lopend"
    GEHAALD = "gehaald"
    VERSTREKEN = "verstreken"
    VERVALLEN = "vervallen"


OPEN: Final = frozenset({Termijnstatus.LOPEND, Termijnstatus.VERSTREKEN})
"""What still has to be done."""


@dataclass(frozen=True, slots=True)
class Termijn(Generic[Soort]):
    """One term of what ``van_id`` names. kenmerk: for which thing, where there can be several.

    laatste_dag: included; the day after, the term has passed.
    """

    termijn_id: UUID
    van_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Soort
    kenmerk: str
    begonnen_op: date
    laatste_dag: date
    status: Termijnstatus = Termijnstatus.LOPEND
    gehaald_op: date | None = None

    def verplaats(self, begonnen_op: date, laatste_dag: date) -> Termijn[Soort]:
        """The same term with other days; one that had passed runs again."""
        return replace(
            self, begonnen_op=begonnen_op, laatste_dag=laatste_dag, status=Termijnstatus.LOPEND
        )

    def haal(self, op: date) -> Termijn[Soort]:
        """What it was for has been done, in time or late."""
        return replace(self, status=Termijnstatus.GEHAALD, gehaald_op=op)

    def vervalt(self) -> Termijn[Soort]:
        """It no longer matters."""
        return replace(self, status=Termijnstatus.VERVALLEN)

    def volgens(
        self, *, begonnen_op: date, laatste_dag: date, gehaald_op: date | None, vervallen: bool
    ) -> Termijn[Soort]:
        """The term as facts now say; one that has passed runs again only with another last day."""
        if gehaald_op is not None:
            status = Termijnstatus.GEHAALD
        elif vervallen:
            status = Termijnstatus.VERVALLEN
        elif self.status is Termijnstatus.VERSTREKEN and self.laatste_dag == laatste_dag:
            status = Termijnstatus.VERSTREKEN
        else:
            status = Termijnstatus.LOPEND
        return replace(
            self,
            begonnen_op=begonnen_op,
            laatste_dag=laatste_dag,
            status=status,
            gehaald_op=gehaald_op,
        )

    def verstrijk(self, vandaag: date) -> Termijn[Soort] | None:
        """The term as passed; None when it still runs on this day, or runs no more."""
        if self.status is not Termijnstatus.LOPEND or vandaag <= self.laatste_dag:
            return None
        return replace(self, status=Termijnstatus.VERSTREKEN)

    @property
    def te_laat(self) -> bool:
        """Has the term passed, whether or not it was met afterwards?"""
        if self.gehaald_op is not None:
            return self.gehaald_op > self.laatste_dag
        return self.status is Termijnstatus.VERSTREKEN


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """Which terms to list. status: None for all that something must still be done about."""

    soort: StrEnum | None = None
    status: Termijnstatus | None = None
    kandidaat_id: UUID | None = None
    uiterlijk: date | None = None


def table_sql(table: str, van: str, *, wsd_sees: str = "true") -> str:
    """SQL for the terms of the rows of another table: ``<van>_id`` refers to it.

    wsd_sees: SQL condition on a row under which WSD sees it next to the gemeente.
    """
    return (
        f"""
        CREATE TABLE {table} (
            id uuid PRIMARY KEY,
            {van}_id uuid NOT NULL REFERENCES {van},
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            soort text NOT NULL,
            kenmerk text NOT NULL,
            begonnen_op date NOT NULL,
            laatste_dag date NOT NULL,
            status text NOT NULL CHECK
                (status IN ('lopend', 'gehaald', 'verstreken', 'vervallen')),
            gehaald_op date
        );
        CREATE UNIQUE INDEX {table}_open ON {table} ({van}_id, soort, kenmerk)
            WHERE status IN ('lopend', 'verstreken');
        CREATE INDEX {table}_volgorde ON {table} (laatste_dag, id)
            WHERE status IN ('lopend', 'verstreken');
        """
        + isolate(table, wsd_sees=wsd_sees)
        + handover.movable(table)
    )


class Termijnen(Generic[Van, Soort]):
    """The terms of one service, in the table that ``table_sql`` makes.

    van: the table its terms are of; van_id gives the id of one. Every change is made with the
    kandidaat under lock.
    """

    def __init__(
        self, soorten: type[Soort], *, table: str, van: str, van_id: Callable[[Van], UUID]
    ) -> None:
        self.einde: Final = f"{table}-verstreken"
        """Kind of the deadline at the start of the day after the last."""
        self._soorten = soorten
        self._table = table
        self._van = f"{van}_id"
        self._van_id = van_id

    async def begin(
        self,
        uow: UnitOfWork,
        van: Van,
        soort: Soort,
        *,
        begonnen_op: date,
        laatste_dag: date,
        kenmerk: str = "",
    ) -> None:
        """Watch a term; the one that is open is moved.

        kenmerk: for which thing, where there can be several of a soort; no personal data.
        """
        open_ = await self._open(uow, van, soort, kenmerk)
        if open_ is not None:
            await self._bewaar(uow, open_.verplaats(begonnen_op, laatste_dag))
            return
        termijn = Termijn(
            termijn_id=uuid4(),
            van_id=self._van_id(van),
            kandidaat_id=van.kandidaat_id,
            gemeentecode=van.gemeentecode,
            soort=soort,
            kenmerk=kenmerk,
            begonnen_op=begonnen_op,
            laatste_dag=laatste_dag,
        )
        await self._bewaar(uow, termijn)

    async def volg(
        self,
        uow: UnitOfWork,
        van: Van,
        soort: Soort,
        *,
        begonnen_op: date,
        laatste_dag: date,
        gehaald_op: date | None,
        vervallen: bool,
        blijft_gehaald: bool = False,
        kenmerk: str = "",
    ) -> None:
        """The one term of its soort and kenmerk as all facts together now say that it stands.

        So facts may come in any order. blijft_gehaald: it is met with ``haal``, which facts do not
        undo.
        """
        row = await uow.connection.fetchrow(
            f"SELECT * FROM {self._table}"  # noqa: S608
            f" WHERE {self._van} = $1 AND soort = $2 AND kenmerk = $3",
            self._van_id(van),
            soort,
            kenmerk,
        )
        was = self._termijn(row) if row else None
        if was and blijft_gehaald:
            gehaald_op = gehaald_op or was.gehaald_op
        termijn = was or Termijn(
            termijn_id=uuid4(),
            van_id=self._van_id(van),
            kandidaat_id=van.kandidaat_id,
            gemeentecode=van.gemeentecode,
            soort=soort,
            kenmerk=kenmerk,
            begonnen_op=begonnen_op,
            laatste_dag=laatste_dag,
        )
        volgens = termijn.volgens(
            begonnen_op=begonnen_op,
            laatste_dag=laatste_dag,
            gehaald_op=gehaald_op,
            vervallen=vervallen,
        )
        if volgens != was:
            await self._bewaar(uow, volgens)

    async def haal(
        self, uow: UnitOfWork, van: Van, soort: Soort, *, op: date, kenmerk: str = ""
    ) -> None:
        """What the term was for has been done; nothing to do when none is open."""
        termijn = await self._open(uow, van, soort, kenmerk)
        if termijn is not None:
            await self._bewaar(uow, termijn.haal(op))

    async def herhaal(
        self,
        uow: UnitOfWork,
        van: Van,
        soort: Soort,
        *,
        op: date,
        uiterlijk: date,
        kenmerk: str = "",
    ) -> None:
        """What is done again and again was done on a day, and is due anew.

        What was due before today when it is recorded, as in what is loaded of years ago, nobody
        could still do in time: it is not watched.
        """
        await self.haal(uow, van, soort, op=op, kenmerk=kenmerk)
        if uiterlijk >= local_date(uow.now):
            await self.begin(
                uow, van, soort, begonnen_op=op, laatste_dag=uiterlijk, kenmerk=kenmerk
            )

    async def laat_vervallen(
        self, uow: UnitOfWork, van: Van, soort: Soort, kenmerk: str = ""
    ) -> None:
        """The term no longer matters; nothing to do when none is open."""
        termijn = await self._open(uow, van, soort, kenmerk)
        if termijn is not None:
            await self._bewaar(uow, termijn.vervalt())

    async def laat_alle_vervallen(self, uow: UnitOfWork, van: Van) -> None:
        """Whatever is open no longer matters."""
        rows = await uow.connection.fetch(
            f"SELECT * FROM {self._table} WHERE {self._van} = $1"  # noqa: S608
            " AND status = ANY($2::text[]) ORDER BY id",
            self._van_id(van),
            sorted(OPEN),
        )
        for row in rows:
            await self._bewaar(uow, self._termijn(row).vervalt())

    async def verstrijk(self, uow: UnitOfWork, deadline: Deadline) -> Termijn[Soort] | None:
        """The last day is over: the term as passed. None when it was met or moved since."""
        row = await uow.connection.fetchrow(
            f"SELECT * FROM {self._table} WHERE id = $1",  # noqa: S608
            UUID(deadline.key),
        )
        verstreken = self._termijn(row).verstrijk(local_date(uow.now)) if row else None
        if verstreken is not None:
            await self._bewaar(uow, verstreken)
        return verstreken

    async def lijst(
        self, uow: Reading, zoek: Zoekvraag, *, na: tuple[date, UUID] | None, aantal: int
    ) -> Sequence[Termijn[Soort]]:
        """By last day, so what has passed comes first."""
        rows = await uow.connection.fetch(
            f"SELECT * FROM {self._table}"  # noqa: S608
            " WHERE status = ANY($1::text[])"
            " AND ($2::text IS NULL OR soort = $2)"
            " AND ($3::uuid IS NULL OR kandidaat_id = $3)"
            " AND ($4::date IS NULL OR laatste_dag <= $4)"
            " AND ($5::date IS NULL OR (laatste_dag, id) > ($5, $6))"
            " ORDER BY laatste_dag, id LIMIT $7",
            [zoek.status] if zoek.status else sorted(OPEN),
            zoek.soort,
            zoek.kandidaat_id,
            zoek.uiterlijk,
            na[0] if na else None,
            na[1] if na else None,
            aantal,
        )
        return [self._termijn(row) for row in rows]

    async def _open(
        self, uow: Reading, van: Van, soort: Soort, kenmerk: str
    ) -> Termijn[Soort] | None:
        """The term that runs or has passed; there is one at most."""
        row = await uow.connection.fetchrow(
            f"SELECT * FROM {self._table} WHERE {self._van} = $1"  # noqa: S608
            " AND soort = $2 AND kenmerk = $3 AND status = ANY($4::text[])",
            self._van_id(van),
            soort,
            kenmerk,
            sorted(OPEN),
        )
        return self._termijn(row) if row else None

    async def _bewaar(self, uow: UnitOfWork, termijn: Termijn[Soort]) -> None:
        """Store a term, and set its deadline."""
        await uow.connection.execute(
            f"INSERT INTO {self._table} (id, {self._van}, kandidaat_id, gemeentecode,"  # noqa: S608
            " soort, kenmerk, begonnen_op, laatste_dag, status, gehaald_op)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE"
            " SET begonnen_op = excluded.begonnen_op, laatste_dag = excluded.laatste_dag,"
            " status = excluded.status, gehaald_op = excluded.gehaald_op",
            termijn.termijn_id,
            termijn.van_id,
            termijn.kandidaat_id,
            termijn.gemeentecode,
            termijn.soort,
            termijn.kenmerk,
            termijn.begonnen_op,
            termijn.laatste_dag,
            termijn.status,
            termijn.gehaald_op,
        )
        key = str(termijn.termijn_id)
        if termijn.status is not Termijnstatus.LOPEND:
            await uow.cancel(self.einde, aggregate_id=termijn.kandidaat_id, key=key)
            return
        dag_erna = termijn.laatste_dag + timedelta(days=1)
        await uow.schedule(
            self.einde,
            aggregate_id=termijn.kandidaat_id,
            gemeentecode=termijn.gemeentecode,
            due_at=datetime.combine(dag_erna, time(), NEDERLAND),
            key=key,
        )

    def _termijn(self, row: asyncpg.Record) -> Termijn[Soort]:
        return Termijn(
            termijn_id=row["id"],
            van_id=row[self._van],
            kandidaat_id=row["kandidaat_id"],
            gemeentecode=row["gemeentecode"],
            soort=self._soorten(row["soort"]),
            kenmerk=row["kenmerk"],
            begonnen_op=row["begonnen_op"],
            laatste_dag=row["laatste_dag"],
            status=Termijnstatus(row["status"]),
            gehaald_op=row["gehaald_op"],
        )
