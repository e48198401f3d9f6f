"""The tables of the chassis and one of its own."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.outbox import TABLES_SQL
from chassis.parking import tables_sql
from chassis.web.idempotency import TABLE_SQL
from tests.chassis.proefdienst import GEZIEN_SQL

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql(TABLES_SQL + tables_sql("proefdienst") + TABLE_SQL)
    run_sql(GEZIEN_SQL)
    run_sql(handover.tables_sql("gezien.aggregate_id") + handover.movable("gezien"))
