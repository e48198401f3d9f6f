"""Participatieladder en arbeidsvermogen, zoals diagnose ze heeft vastgesteld."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0008_profiel"
down_revision = "0007_instroom"


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE ladderpositie (
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            volgorde integer NOT NULL,
            trede smallint NOT NULL,
            vastgesteld_op date NOT NULL,
            PRIMARY KEY (kandidaat_id, volgorde)
        );
        COMMENT ON TABLE ladderpositie IS 'Wat diagnose over de participatieladder heeft gezegd.';

        CREATE TABLE arbeidsvermogen (
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            volgorde integer NOT NULL,
            code text NOT NULL,
            vastgesteld_op date NOT NULL,
            PRIMARY KEY (kandidaat_id, volgorde)
        );
        COMMENT ON TABLE arbeidsvermogen IS 'Wat diagnose over het arbeidsvermogen heeft gezegd.';
        """
        + isolate("ladderpositie", wsd_sees="false")
        + isolate("arbeidsvermogen", wsd_sees="false")
        + handover.movable("ladderpositie", "arbeidsvermogen")
    )
