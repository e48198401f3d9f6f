"""What is parked gets a name of its own, and what is skipped a place in a log."""

from chassis.migrations import run_sql
from chassis.parking import tables_sql
from chassis.web.idempotency import TABLE_SQL as IDEMPOTENCY_SQL

revision = "0004_parkeren"
down_revision = "0003"


def upgrade() -> None:
    run_sql(tables_sql("gateway"))
    # Answers to requests with an Idempotency-Key, unless an earlier revision keeps them already.
    run_sql(
        f"DO $do$ BEGIN IF to_regclass('eenmalig') IS NULL THEN {IDEMPOTENCY_SQL} END IF; END $do$"
    )
