"""Vrijstelling, zorgtraject, intrekking, inkooporder en regisseur."""

from chassis.handover import movable
from chassis.migrations import role_of, run_sql
from chassis.tenancy import isolate

revision = "0006_besluiten"
down_revision = "0005_termijnen"

_ROLE = role_of("intake")
_SHARED = "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.gedeeld_met_wsd)"
_NEW = ("intrekking", "inkooporder", "regisseur")


_TABLES = """
ALTER TABLE besluit
    DROP CONSTRAINT besluit_soort_check,
    ADD CONSTRAINT besluit_soort_check CHECK (
        soort IN ('poortbesluit', 'trajectbesluit', 'vrijstelling', 'zorgtraject')),
    ADD COLUMN rol text NOT NULL DEFAULT 'klantmanager',
    ADD COLUMN college text,
    ADD COLUMN vrijgesteld_van text[],
    ADD COLUMN einddatum date,
    ADD CHECK (soort <> 'vrijstelling' OR cardinality(vrijgesteld_van) > 0);
ALTER TABLE besluit ALTER COLUMN rol DROP DEFAULT;
COMMENT ON COLUMN besluit.college IS
    'Gemeente van het college dat besloot; blijft zo als de kandidaat overgaat.';
ALTER TABLE besluit NO FORCE ROW LEVEL SECURITY;
UPDATE besluit SET college = gemeentecode;
ALTER TABLE besluit FORCE ROW LEVEL SECURITY;
ALTER TABLE besluit ALTER COLUMN college SET NOT NULL;

CREATE TABLE intrekking (
    id uuid PRIMARY KEY,
    besluit_id uuid NOT NULL UNIQUE REFERENCES besluit,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    motivering bytea NOT NULL,
    genomen_door text NOT NULL,
    rol text NOT NULL,
    genomen_op date NOT NULL,
    ingangsdatum date NOT NULL,
    vastgelegd_op timestamptz NOT NULL
);
CREATE INDEX intrekking_kandidaat ON intrekking (kandidaat_id);

CREATE TABLE inkooporder (
    id uuid PRIMARY KEY,
    besluit_id uuid NOT NULL UNIQUE REFERENCES besluit,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    nummer bytea NOT NULL,
    geplaatst_op date NOT NULL,
    vastgelegd_op timestamptz NOT NULL
);
CREATE INDEX inkooporder_kandidaat ON inkooporder (kandidaat_id);

CREATE TABLE regisseur (
    id uuid PRIMARY KEY,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    organisatie text NOT NULL,
    medewerker bytea,
    vanaf date NOT NULL,
    tot date CHECK (tot >= vanaf),
    reden text NOT NULL,
    volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    vastgelegd_op timestamptz NOT NULL
);
CREATE INDEX regisseur_kandidaat ON regisseur (kandidaat_id, volgnummer);
CREATE UNIQUE INDEX regisseur_een ON regisseur (kandidaat_id) WHERE tot IS NULL;
COMMENT ON INDEX regisseur_een IS 'Een kandidaat heeft een regisseur.';

ALTER TABLE kandidaat NO FORCE ROW LEVEL SECURITY;
INSERT INTO regisseur
    (id, kandidaat_id, gemeentecode, organisatie, vanaf, reden, vastgelegd_op)
SELECT gen_random_uuid(), id, gemeentecode, gemeentecode, aangemeld_op, 'aanmelding',
    vastgelegd_op FROM kandidaat;
ALTER TABLE kandidaat FORCE ROW LEVEL SECURITY;
"""


def upgrade() -> None:
    run_sql(_TABLES + "".join(isolate(table, wsd_sees=_SHARED) for table in _NEW) + movable(*_NEW))
    # A besluit never changes: what is added is when it was sent, and whose the kandidaat is now.
    run_sql(
        f"REVOKE UPDATE ON besluit, intrekking, inkooporder, regisseur FROM {_ROLE};"
        f"GRANT UPDATE (bekendgemaakt_op, gemeentecode) ON besluit TO {_ROLE};"
        f"GRANT UPDATE (gemeentecode) ON intrekking, inkooporder TO {_ROLE};"
        f"GRANT UPDATE (tot, gemeentecode) ON regisseur TO {_ROLE}"
    )
