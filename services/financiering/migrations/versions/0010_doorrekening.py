"""Bewaarde scenario's van de doorrekening, hun versies, en met wie zij zijn gedeeld."""

from chassis.migrations import role_of, run_sql
from chassis.tenancy import ACTING, isolate_by

revision = "0010_doorrekening"
down_revision = "0009_facturen"

_ROLE = role_of("financiering")
_OWN = f"eigenaar = {ACTING}"


def _shared(column: str) -> str:
    return (
        f"EXISTS (SELECT FROM scenariodeling d WHERE d.scenario_id = {column}"
        f" AND d.organisatie = {ACTING})"
    )


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE scenario (
            id uuid PRIMARY KEY,
            eigenaar text NOT NULL,
            versie integer NOT NULL,
            stand integer NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            UNIQUE (id, eigenaar)
        );
        COMMENT ON TABLE scenario IS
            'Een doorrekening die een organisatie bewaart. Zonder gegevens van personen.';
        COMMENT ON COLUMN scenario.versie IS 'De nieuwste in scenarioversie.';
        COMMENT ON COLUMN scenario.stand IS 'Telt elke wijziging, ook een deling; de ETag.';
        CREATE INDEX scenario_volgorde ON scenario (vastgelegd_op, id);

        CREATE TABLE scenarioversie (
            scenario_id uuid NOT NULL,
            versie integer NOT NULL,
            eigenaar text NOT NULL,
            naam text NOT NULL,
            notitie text NOT NULL,
            basis text NOT NULL,
            aanpassingen jsonb NOT NULL,
            uitgangspunten jsonb NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            PRIMARY KEY (scenario_id, versie),
            FOREIGN KEY (scenario_id, eigenaar) REFERENCES scenario (id, eigenaar)
        );
        COMMENT ON TABLE scenarioversie IS
            'Wordt nooit gewijzigd: een versie geeft altijd dezelfde uitkomst.';

        CREATE TABLE scenariodeling (
            scenario_id uuid NOT NULL,
            organisatie text NOT NULL,
            eigenaar text NOT NULL,
            PRIMARY KEY (scenario_id, organisatie),
            FOREIGN KEY (scenario_id, eigenaar) REFERENCES scenario (id, eigenaar)
        );
        COMMENT ON TABLE scenariodeling IS 'Wie een scenario van een ander ook ziet.';
        """
        + isolate_by("scenario", _OWN)
        + isolate_by("scenarioversie", _OWN)
        + isolate_by("scenariodeling", _OWN)
        # To look at only: who a scenario is shared with changes nothing of it.
        + f"CREATE POLICY gedeeld ON scenario FOR SELECT USING ({_shared('id')});"
        + f"CREATE POLICY gedeeld ON scenarioversie FOR SELECT USING ({_shared('scenario_id')});"
        + f"CREATE POLICY gedeeld ON scenariodeling FOR SELECT USING (organisatie = {ACTING});"
    )
    run_sql(
        f"REVOKE UPDATE, DELETE ON scenarioversie FROM {_ROLE};"
        f"REVOKE UPDATE ON scenariodeling FROM {_ROLE};"
        f"REVOKE UPDATE, DELETE ON scenario FROM {_ROLE};"
        f"GRANT UPDATE (versie, stand) ON scenario TO {_ROLE};"
    )
