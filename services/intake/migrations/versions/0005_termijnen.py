"""Termijnen die worden bewaakt."""

from chassis.migrations import run_sql

revision = "0005_termijnen"
down_revision = "0004_processen"


def upgrade() -> None:
    run_sql("")
