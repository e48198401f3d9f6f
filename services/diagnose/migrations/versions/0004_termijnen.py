"""Termijnen van de diagnose."""

from chassis.migrations import run_sql
from chassis.termijnen import table_sql

revision = "0004_termijnen"
down_revision = "0003_overdracht"


def upgrade() -> None:
    run_sql(table_sql("diagnosetermijn", van="dossier"))
