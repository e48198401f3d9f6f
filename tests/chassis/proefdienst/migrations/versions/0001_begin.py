"""The tables of the chassis and one of its own."""

from chassis.migrations import run_sql
from chassis.outbox import TABLES_SQL
from chassis.tenancy import isolate

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql(TABLES_SQL)
    run_sql(
        """
        CREATE TABLE gezien (
            volgnummer bigint GENERATED ALWAYS AS IDENTITY,
            gemeentecode text NOT NULL,
            aggregate_id uuid NOT NULL,
            versie integer NOT NULL
        );
        """
        + isolate("gezien")
    )
