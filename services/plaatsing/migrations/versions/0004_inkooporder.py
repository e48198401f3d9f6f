"""Wat plaatsing hoort over een trajectbesluit nadat het is genomen: ingekocht, of ingetrokken."""

from chassis.migrations import run_sql

revision = "0004_inkooporder"
down_revision = "0003_overdracht"


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE trajectbesluit
            ADD COLUMN inkooporder_nodig boolean NOT NULL DEFAULT false,
            ADD COLUMN inkooporder_op date,
            ADD COLUMN ingetrokken_per date;
        """
    )
