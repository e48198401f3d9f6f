"""Heraanmelding, terugval, uitstroom en dubbele aanmeldingen."""

from chassis.migrations import run_sql

revision = "0007_instroom"
down_revision = "0006_besluiten"


def upgrade() -> None:
    run_sql("SELECT 1")
