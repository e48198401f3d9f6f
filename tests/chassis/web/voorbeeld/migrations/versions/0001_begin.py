"""The tables of the chassis and one of its own."""

from chassis.migrations import run_sql
from chassis.outbox import TABLES_SQL
from chassis.parking import tables_sql
from chassis.tenancy import isolate
from chassis.web.idempotency import TABLE_SQL

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql(TABLES_SQL + tables_sql("voorbeeld"))
    run_sql(TABLE_SQL)
    run_sql(
        """
        CREATE TABLE taak (
            id uuid PRIMARY KEY,
            gemeentecode text NOT NULL,
            naam text NOT NULL,
            bedrag numeric(12, 2) NOT NULL,
            uiterlijk date,
            versie integer NOT NULL DEFAULT 1,
            gemaakt_op timestamptz NOT NULL DEFAULT clock_timestamp(),
            UNIQUE (gemeentecode, naam)
        );
        CREATE TABLE gezien (nummer integer);
        CREATE TABLE laat (nummer integer UNIQUE DEFERRABLE INITIALLY DEFERRED);
        """
        + isolate("taak", wsd_sees="false")
    )
