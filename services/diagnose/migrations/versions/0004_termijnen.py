"""Termijnen van de diagnose."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0004_termijnen"
down_revision = "0003_overdracht"


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE diagnosetermijn (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            soort text NOT NULL,
            kenmerk text NOT NULL,
            begonnen_op date NOT NULL,
            laatste_dag date NOT NULL,
            status text NOT NULL CHECK
                (status IN ('lopend', 'gehaald', 'verstreken', 'vervallen')),
            gehaald_op date
        );
        CREATE UNIQUE INDEX diagnosetermijn_open ON diagnosetermijn (dossier_id, soort, kenmerk)
            WHERE status IN ('lopend', 'verstreken');
        CREATE INDEX diagnosetermijn_volgorde ON diagnosetermijn (laatste_dag, id)
            WHERE status IN ('lopend', 'verstreken');
        """
        + isolate("diagnosetermijn")
        + handover.movable("diagnosetermijn")
    )
