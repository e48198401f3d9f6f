"""Processen van de gemeenten, en hoe ver elke kandidaat daarin is."""

from chassis.migrations import run_sql

revision = "0004_processen"
down_revision = "0003_overdracht"


def upgrade() -> None:
    run_sql("")
