"""Overdrachten, en wat er nodig is om een kandidaat met alles over te dragen."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0003_overdracht"
down_revision = "0002_parkeren"


def upgrade() -> None:
    run_sql(
        handover.tables_sql("kandidaat.id")
        + """
        CREATE TABLE overdracht (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            van_gemeente text NOT NULL,
            naar_gemeente text NOT NULL CHECK (naar_gemeente <> van_gemeente),
            ingangsdatum date NOT NULL,
            reden text NOT NULL,
            status text NOT NULL CHECK (status IN ('gepland', 'uitgevoerd', 'ingetrokken')),
            vastgelegd_op timestamptz NOT NULL
        );
        COMMENT ON COLUMN overdracht.gemeentecode IS
            'Van wie de kandidaat nu is: een overdracht gaat zelf ook mee over.';
        CREATE INDEX overdracht_kandidaat ON overdracht (kandidaat_id, vastgelegd_op, id);
        CREATE UNIQUE INDEX overdracht_gepland ON overdracht (kandidaat_id)
            WHERE status = 'gepland';
        """
        + isolate(
            "overdracht",
            wsd_sees="EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id"
            " AND k.gedeeld_met_wsd)",
        )
        + handover.movable("kandidaat", "persoonsgegevens", "besluit", "datasleutel", "overdracht")
    )
