"""Een plaatsing kan met de kandidaat naar een andere gemeente, die ziet waar er wordt gewerkt."""

from chassis import handover
from chassis.migrations import run_sql

revision = "0003_overdracht"
down_revision = "0002_parkeren"


_WHERE_THEY_WORK = """
CREATE INDEX plaatsing_werkgever ON plaatsing (werkgever_id);
CREATE INDEX plaatsing_werkplek ON plaatsing (werkplek_id);
CREATE POLICY van_plaatsing ON werkgever
    USING (EXISTS (SELECT FROM plaatsing p WHERE p.werkgever_id = werkgever.id))
    WITH CHECK (false);
CREATE POLICY van_plaatsing ON werkplek
    USING (EXISTS (SELECT FROM plaatsing p WHERE p.werkplek_id = werkplek.id))
    WITH CHECK (false);
"""
"""Whose kandidaat works there may see where, and end or extend it: also when the werkgever was
recorded by the gemeente that handed over."""


def upgrade() -> None:
    run_sql(
        handover.tables_sql("kandidaat.id")
        + handover.movable("kandidaat", "trajectbesluit", "loonwaarde", "plaatsing")
        + _WHERE_THEY_WORK
    )
