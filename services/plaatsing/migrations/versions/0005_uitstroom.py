"""Wie is uitgestroomd begint geen nieuwe plaatsing."""

from chassis.migrations import run_sql

revision = "0005_uitstroom"
down_revision = "0004_inkooporder"


def upgrade() -> None:
    run_sql("ALTER TABLE kandidaat ADD COLUMN uitgestroomd_op date;")
