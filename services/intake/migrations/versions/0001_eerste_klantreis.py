"""Kandidaten, hun persoonsgegevens (versleuteld) en de besluiten over hen."""

from chassis.migrations import run_sql
from chassis.outbox import TABLES_SQL
from chassis.tenancy import isolate
from chassis.vault import TABLE_SQL as VAULT_SQL
from chassis.web.idempotency import TABLE_SQL as IDEMPOTENCY_SQL

revision = "0001"
down_revision = None

_SHARED = "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.gedeeld_met_wsd)"


def upgrade() -> None:
    run_sql(TABLES_SQL + IDEMPOTENCY_SQL + VAULT_SQL)
    run_sql(
        """
        CREATE TABLE kandidaat (
            id uuid PRIMARY KEY,
            gemeentecode text NOT NULL,
            status text NOT NULL,
            aangemeld_op date NOT NULL,
            instroomkanaal text NOT NULL,
            doelgroep text NOT NULL,
            doorverwezen_op date,
            advies_id uuid,
            advies_gegeven_op date,
            advies_programma text,
            advies_diensten text[],
            gedeeld_met_wsd boolean NOT NULL DEFAULT false,
            bsn_index bytea NOT NULL,
            versie integer NOT NULL DEFAULT 1,
            vastgelegd_op timestamptz NOT NULL
        );
        COMMENT ON COLUMN kandidaat.bsn_index IS
            'Gesleutelde hash per gemeente: alleen om dezelfde BSN te herkennen.';
        CREATE UNIQUE INDEX kandidaat_bsn ON kandidaat (gemeentecode, bsn_index);
        CREATE INDEX kandidaat_volgorde ON kandidaat (vastgelegd_op, id);

        CREATE TABLE persoonsgegevens (
            kandidaat_id uuid PRIMARY KEY REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            gegevens bytea NOT NULL
        );
        COMMENT ON TABLE persoonsgegevens IS 'Versleuteld met de datasleutel van de kandidaat.';

        CREATE TABLE besluit (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            soort text NOT NULL CHECK (soort IN ('poortbesluit', 'trajectbesluit')),
            uitkomst text,
            programma text,
            diensten text[],
            met_wsd boolean,
            advies_id uuid,
            wijkt_af boolean,
            inkooporder_nodig boolean,
            motivering bytea NOT NULL,
            rechtsgrond text NOT NULL,
            genomen_door text NOT NULL,
            genomen_op date NOT NULL,
            ingangsdatum date NOT NULL,
            bekendgemaakt_op date,
            vastgelegd_op timestamptz NOT NULL
        );
        COMMENT ON TABLE besluit IS 'Een besluit wordt nooit gewijzigd; er volgt een ander.';
        CREATE INDEX besluit_kandidaat ON besluit (kandidaat_id, vastgelegd_op, id);
        """
        + isolate("kandidaat", wsd_sees="gedeeld_met_wsd")
        + isolate("persoonsgegevens", wsd_sees=_SHARED)
        + isolate("besluit", wsd_sees=_SHARED)
        + isolate("datasleutel", wsd_sees=_SHARED)
    )
