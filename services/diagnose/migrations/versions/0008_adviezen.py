"""Adviezen met het voorstel van de beslistabel en de reactie van de gemeente."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0008_adviezen"
down_revision = "0007_werk"


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE adviesvraag (
            id uuid PRIMARY KEY,
            advies_id uuid NOT NULL REFERENCES advies,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            teruggestuurd_op date NOT NULL,
            vraag bytea NOT NULL,
            beantwoord_op date,
            antwoord bytea,
            vastgelegd_op timestamptz NOT NULL,
            CHECK ((beantwoord_op IS NULL) = (antwoord IS NULL))
        );
        CREATE UNIQUE INDEX adviesvraag_open ON adviesvraag (advies_id)
            WHERE beantwoord_op IS NULL;
        CREATE INDEX adviesvraag_volgorde ON adviesvraag (advies_id, vastgelegd_op, id);
        COMMENT ON COLUMN adviesvraag.vraag IS 'Van de gemeente, verzegeld.';
        COMMENT ON COLUMN adviesvraag.antwoord IS 'Van WSD, verzegeld.';

        CREATE TABLE adviesbesluit (
            besluit_id uuid PRIMARY KEY,
            advies_id uuid NOT NULL REFERENCES advies,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            gevolgd boolean NOT NULL,
            ingangsdatum date NOT NULL,
            ingetrokken_per date,
            vastgelegd_op timestamptz NOT NULL
        );
        CREATE INDEX adviesbesluit_volgorde ON adviesbesluit (advies_id, vastgelegd_op, besluit_id);
        COMMENT ON TABLE adviesbesluit IS
            'Trajectbesluiten op een advies, zoals intake ze heeft gemeld.';
        """
        + isolate("adviesvraag")
        + isolate("adviesbesluit")
        + handover.movable("adviesvraag", "adviesbesluit")
    )
