"""What is parked gets a name of its own, and what is skipped a place in a log."""

from chassis.migrations import run_sql
from chassis.parking import tables_sql

revision = "0002_parkeren"
down_revision = "0001"


def upgrade() -> None:
    run_sql(tables_sql("intake"))
