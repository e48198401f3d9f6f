"""Wat financiering over loonkostensubsidies zegt, voor wat de gemeente aan anderen levert."""

from chassis.handover import movable
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0010_uitwisseling"
down_revision = "0009_beschut_werk"


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE lks_loonwaarde (
            kandidaat_id uuid NOT NULL,
            volgorde integer NOT NULL,
            gemeentecode text NOT NULL,
            plaatsing_id uuid NOT NULL,
            ingangsdatum date NOT NULL,
            percentage smallint CHECK (percentage BETWEEN 0 AND 100),
            PRIMARY KEY (kandidaat_id, volgorde)
        );
        COMMENT ON TABLE lks_loonwaarde IS
            'Met welke loonwaarde financiering rekent, zonder waarde het forfait. Wordt niet '
            'gewijzigd: een latere met dezelfde ingangsdatum vervangt een eerdere.';
        COMMENT ON COLUMN lks_loonwaarde.volgorde IS
            'De hoeveelste gebeurtenis van financiering over deze kandidaat.';

        CREATE TABLE lks_beschikking (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL,
            volgorde integer NOT NULL,
            gemeentecode text NOT NULL,
            plaatsing_id uuid NOT NULL,
            soort text NOT NULL,
            ingangsdatum date NOT NULL,
            bekendgemaakt_op date NOT NULL
        );
        COMMENT ON TABLE lks_beschikking IS 'De brieven aan werkgevers waarvan financiering sprak.';
        CREATE INDEX lks_beschikking_kandidaat ON lks_beschikking (kandidaat_id);
        CREATE INDEX lks_beschikking_dag ON lks_beschikking (bekendgemaakt_op);
        """
        + isolate("lks_loonwaarde", wsd_sees="false")
        + isolate("lks_beschikking", wsd_sees="false")
        + movable("lks_loonwaarde", "lks_beschikking")
    )
