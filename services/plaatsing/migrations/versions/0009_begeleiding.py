"""Werk-ontwikkelplan, begeleiding en afwezigheid bij een plaatsing."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate
from chassis.vault import TABLE_SQL as VAULT_SQL

revision = "0009_begeleiding"
down_revision = "0008_soorten"

_TABLES = (
    "datasleutel",
    "werk_ontwikkelplan",
    "begeleiding",
    "begeleidingsafspraak",
    "begeleidingsboeking",
    "afwezigheid",
)
_DOORVERWEZEN = (
    "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.doorverwezen_op IS NOT NULL)"
)


def upgrade() -> None:
    run_sql(
        VAULT_SQL
        + """
        CREATE TABLE werk_ontwikkelplan (
            id uuid PRIMARY KEY,
            plaatsing_id uuid NOT NULL UNIQUE REFERENCES plaatsing,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            vastgesteld_op date NOT NULL,
            evaluatie_uiterlijk date NOT NULL,
            versies integer NOT NULL,
            evaluaties integer NOT NULL,
            inhoud bytea NOT NULL,
            vastgelegd_op timestamptz NOT NULL
        );
        CREATE INDEX werk_ontwikkelplan_volgorde ON werk_ontwikkelplan (vastgelegd_op, id);
        CREATE INDEX werk_ontwikkelplan_kandidaat ON werk_ontwikkelplan (kandidaat_id);
        COMMENT ON COLUMN werk_ontwikkelplan.inhoud IS
            'Alle versies en evaluaties, verzegeld met de datasleutel van de kandidaat.';

        CREATE TABLE begeleiding (
            id uuid PRIMARY KEY,
            plaatsing_id uuid NOT NULL REFERENCES plaatsing,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            soort text NOT NULL CHECK (soort IN ('jobcoach', 'werkleider')),
            vastgelegd_op timestamptz NOT NULL
        );
        CREATE INDEX begeleiding_plaatsing ON begeleiding (plaatsing_id);
        CREATE INDEX begeleiding_kandidaat ON begeleiding (kandidaat_id);

        CREATE TABLE begeleidingsafspraak (
            begeleiding_id uuid NOT NULL REFERENCES begeleiding,
            vanaf date NOT NULL,
            uren_per_week numeric(4, 2) NOT NULL CHECK (uren_per_week > 0),
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            PRIMARY KEY (begeleiding_id, vanaf)
        );
        CREATE INDEX begeleidingsafspraak_kandidaat ON begeleidingsafspraak (kandidaat_id);

        CREATE TABLE begeleidingsboeking (
            id uuid PRIMARY KEY,
            begeleiding_id uuid NOT NULL REFERENCES begeleiding,
            geboekt_voor date NOT NULL,
            uren numeric(4, 2) NOT NULL CHECK (uren > 0 AND uren <= 24),
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            UNIQUE (begeleiding_id, geboekt_voor)
        );
        CREATE INDEX begeleidingsboeking_dag ON begeleidingsboeking (geboekt_voor);
        CREATE INDEX begeleidingsboeking_kandidaat ON begeleidingsboeking (kandidaat_id);

        CREATE TABLE afwezigheid (
            id uuid PRIMARY KEY,
            plaatsing_id uuid NOT NULL REFERENCES plaatsing,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            vanaf date NOT NULL,
            laatste_dag date CHECK (laatste_dag >= vanaf)
        );
        CREATE UNIQUE INDEX afwezigheid_open ON afwezigheid (plaatsing_id)
            WHERE laatste_dag IS NULL;
        CREATE INDEX afwezigheid_plaatsing ON afwezigheid (plaatsing_id, vanaf);
        CREATE INDEX afwezigheid_kandidaat ON afwezigheid (kandidaat_id);
        COMMENT ON TABLE afwezigheid IS 'Dat iemand er niet is; waarom wordt nergens bewaard.';
        """
        + "".join(isolate(table, wsd_sees=_DOORVERWEZEN) for table in _TABLES)
        + handover.movable(*_TABLES)
    )
