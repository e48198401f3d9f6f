"""Termijnen van de loonkostensubsidie."""

from chassis.migrations import run_sql
from chassis.termijnen import table_sql

revision = "0011_termijnen"
down_revision = "0010_doorrekening"

_SHARED = "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.gedeeld_met_wsd)"


def upgrade() -> None:
    run_sql(table_sql("financieringstermijn", van="loonkostensubsidie", wsd_sees=_SHARED))
