"""Planregie: trajecten, doelen, uren en rapportages."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0006_planregie"
down_revision = "0005_zrm"

_TABLES = ("planregie", "planregierapportage")


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE planregie (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            volgnummer integer NOT NULL,
            status text NOT NULL CHECK
                (status IN ('aangemeld', 'niet-gestart', 'lopend', 'beeindigd')),
            aangemeld_op date NOT NULL,
            gestart_op date,
            einddatum date,
            beeindigd_op date,
            inhoud bytea NOT NULL,
            UNIQUE (dossier_id, volgnummer)
        );
        CREATE UNIQUE INDEX planregie_open ON planregie (dossier_id)
            WHERE status IN ('aangemeld', 'lopend');
        COMMENT ON COLUMN planregie.inhoud IS
            'De hele planregie met doelen, uren, betrokkenen en akkoorden, verzegeld.';

        CREATE TABLE planregierapportage (
            id uuid PRIMARY KEY,
            planregie_id uuid NOT NULL REFERENCES planregie,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            inhoud bytea NOT NULL
        );
        CREATE INDEX planregierapportage_planregie ON planregierapportage (planregie_id);
        COMMENT ON COLUMN planregierapportage.inhoud IS
            'Wat er in de rapportage staat sinds zij is gemaakt, verzegeld.';
        """
        + "".join(isolate(table) for table in _TABLES)
        + handover.movable(*_TABLES)
    )
