"""Vrijstelling, zorgtraject, intrekking, inkooporder en regisseur."""

from chassis.migrations import run_sql

revision = "0006_besluiten"
down_revision = "0005_termijnen"


def upgrade() -> None:
    run_sql("SELECT 1")
