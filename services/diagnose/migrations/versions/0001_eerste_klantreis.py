"""Dossiers met hun metingen en adviezen."""

from chassis.migrations import run_sql
from chassis.outbox import TABLES_SQL
from chassis.tenancy import isolate
from chassis.vault import TABLE_SQL as VAULT_SQL
from chassis.web.idempotency import TABLE_SQL as IDEMPOTENCY_SQL

revision = "0001"
down_revision = None

_TABLES = ("dossier", "zrm_meting", "loonwaardemeting", "advies", "datasleutel")


def upgrade() -> None:
    run_sql(TABLES_SQL + IDEMPOTENCY_SQL + VAULT_SQL)
    run_sql(
        """
        CREATE TABLE dossier (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL UNIQUE,
            gemeentecode text NOT NULL,
            status text NOT NULL,
            geopend_op date NOT NULL,
            gestart_op date,
            loonwaarde smallint,
            versie integer NOT NULL DEFAULT 1,
            vastgelegd_op timestamptz NOT NULL
        );
        CREATE INDEX dossier_volgorde ON dossier (vastgelegd_op, id);

        CREATE TABLE zrm_meting (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            volgnummer integer NOT NULL,
            inhoud bytea NOT NULL,
            UNIQUE (dossier_id, volgnummer)
        );
        COMMENT ON COLUMN zrm_meting.inhoud IS 'De hele meting, verzegeld.';

        CREATE TABLE loonwaardemeting (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            volgnummer integer NOT NULL,
            loonwaarde smallint NOT NULL,
            inhoud bytea NOT NULL,
            UNIQUE (dossier_id, volgnummer)
        );
        COMMENT ON COLUMN loonwaardemeting.inhoud IS 'De hele meting, verzegeld.';

        CREATE TABLE advies (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            volgnummer integer NOT NULL,
            programma text NOT NULL,
            inhoud bytea NOT NULL,
            UNIQUE (dossier_id, volgnummer)
        );
        COMMENT ON COLUMN advies.inhoud IS 'Het hele advies met de motivering, verzegeld.';
        """
        + "".join(isolate(table) for table in _TABLES)
    )
