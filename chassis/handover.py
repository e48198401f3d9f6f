"""A hand-over: all that a service has of a kandidaat goes from one gemeente to another.

Row-level security lets nobody give a row away or take one. ``movable`` opens one narrow door in it:
a transaction that acts for the gemeente that holds a row may give it to the gemeente named in a
setting of that transaction, which only ``UnitOfWork.hand_over`` sets, for its own statements. What
may be changed is still only what one holds, so nobody can take.

``houder`` says which gemeente holds a kandidaat in this service. Services hear of a hand-over one
after the other, so an event under way may name the gemeente before it or after it; it is handled
for the one that holds the rows here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chassis.tenancy import ACTING, SYSTEM, isolate_by

RECEIVING: Final = "current_setting('meedoen.overdracht_naar', true)"
"""SQL for the gemeente that rows are handed to at this moment; none outside a hand-over."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that go along in a hand-over.

    which: SQL condition on a row; ``$1`` is the kandidaat. also: further assignments, in which
    ``gemeentecode`` is the gemeente that gives and ``$2`` the one that receives.
    """

    table: str
    which: str = "kandidaat_id = $1"
    also: str = ""

    @property
    def sql(self) -> str:
        assignments = ", ".join(filter(None, ("gemeentecode = $2", self.also)))
        return f"UPDATE {self.table} SET {assignments} WHERE {self.which}"  # noqa: S608


HOLDER: Final = Rows("houder", "aggregate_id = $1")
DEADLINES: Final = Rows("termijn", "aggregate_id = $1")
"""Those of the kandidaat itself, whatever became of them: their keys are used again."""


def movable(*tables: str) -> str:
    """SQL that lets rows of these tables, isolated by their ``gemeentecode``, be handed over.

    PostgreSQL asks that who changes a row still sees it afterwards, hence the first policy.
    """
    return "".join(
        f"CREATE POLICY overdracht_zien ON {table} FOR SELECT USING (gemeentecode = {RECEIVING});"
        f"CREATE POLICY overdracht_geven ON {table} FOR UPDATE USING (false)"
        f" WITH CHECK (gemeentecode = {RECEIVING});"
        for table in tables
    )


def tables_sql(known: str) -> str:
    """SQL that adds to a service what a hand-over takes.

    known: a table with ``gemeentecode`` that has a row for each kandidaat the service knows, and
    the column that says which, as ``dossier.kandidaat_id``. Those are held by who has them now.
    """
    table, _, column = known.partition(".")
    seen = f"gemeentecode = {ACTING} OR {ACTING} = '{SYSTEM}'"
    return (
        f"""
CREATE TABLE houder (
    aggregate_id uuid PRIMARY KEY,
    gemeentecode text NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE houder IS
    'Welke gemeente een aggregaat bij deze dienst heeft: voor haar wordt verwerkt wat erover komt.';
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
INSERT INTO houder (aggregate_id, gemeentecode) SELECT {column}, gemeentecode FROM {table};
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
"""  # noqa: S608 - names from a migration
        + isolate_by("houder", seen)
        + movable("houder", "termijn")
    )
