"""Wanneer plaatsing een dienstverband vertelde: daarvan hangt de beslistermijn af."""

from chassis.migrations import run_sql

revision = "0012_uitwisseling"
down_revision = "0011_termijnen"


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE loonkostensubsidie ADD COLUMN gemeld_op date;
        COMMENT ON COLUMN loonkostensubsidie.gemeld_op IS
            'Zonder waarde: van voor de bewaking van termijnen.';
        """
    )
