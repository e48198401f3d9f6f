"""Termijnen van plaatsingen."""

from chassis.migrations import run_sql
from chassis.termijnen import table_sql

revision = "0010_termijnen"
down_revision = "0009_begeleiding"

_DOORVERWEZEN = (
    "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.doorverwezen_op IS NOT NULL)"
)


def upgrade() -> None:
    run_sql(table_sql("plaatsingstermijn", van="plaatsing", wsd_sees=_DOORVERWEZEN))
