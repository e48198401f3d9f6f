"""Wat financiering van een kandidaat weet, en de loonkostensubsidie van elke plaatsing."""

from chassis.migrations import run_sql
from chassis.outbox import TABLES_SQL
from chassis.tenancy import isolate
from chassis.web.idempotency import TABLE_SQL as IDEMPOTENCY_SQL

revision = "0001"
down_revision = None

_SHARED = "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.gedeeld_met_wsd)"


def upgrade() -> None:
    run_sql(TABLES_SQL + IDEMPOTENCY_SQL)
    run_sql(
        """
        CREATE TABLE kandidaat (
            id uuid PRIMARY KEY,
            gemeentecode text NOT NULL,
            gedeeld_met_wsd boolean NOT NULL DEFAULT false,
            doelgroep text,
            leeftijdsgroep text
        );
        COMMENT ON TABLE kandidaat IS
            'Wat andere diensten over een kandidaat vertelden; geen persoonsgegevens.';
        COMMENT ON COLUMN kandidaat.leeftijdsgroep IS
            'Bij de doorverwijzing; latere staan in leeftijdsovergang.';

        CREATE TABLE leeftijdsovergang (
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            groep text NOT NULL,
            vanaf date NOT NULL,
            PRIMARY KEY (kandidaat_id, groep)
        );

        CREATE TABLE loonwaarde (
            meting_id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            percentage smallint NOT NULL,
            vanaf date NOT NULL,
            vastgesteld_op date NOT NULL,
            volgorde integer NOT NULL
        );
        COMMENT ON COLUMN loonwaarde.volgorde IS
            'De hoeveelste gebeurtenis van diagnose: bij gelijke datums telt de laatste.';
        CREATE INDEX loonwaarde_kandidaat ON loonwaarde (kandidaat_id);

        CREATE TABLE loonkostensubsidie (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            plaatsing_id uuid NOT NULL UNIQUE,
            begindatum date NOT NULL,
            uren numeric(4, 2) NOT NULL,
            voltijdsuren numeric(4, 2) NOT NULL,
            loonwaarde smallint,
            laatste_dag date,
            eindereden text,
            status text NOT NULL,
            maandbedrag numeric(12, 2),
            besluit text CHECK (besluit IN ('toegekend', 'geweigerd')),
            besloten_op date,
            gronden jsonb NOT NULL DEFAULT '[]',
            versie integer NOT NULL DEFAULT 1,
            vastgelegd_op timestamptz NOT NULL
        );
        COMMENT ON COLUMN loonkostensubsidie.loonwaarde IS 'Zonder waarde: het forfait.';
        COMMENT ON COLUMN loonkostensubsidie.maandbedrag IS
            'Het laatst vastgestelde; alle staan in vaststelling.';
        COMMENT ON COLUMN loonkostensubsidie.besluit IS
            'Zonder waarde: wacht op gegevens; waarop staat in gronden.';
        CREATE INDEX loonkostensubsidie_kandidaat ON loonkostensubsidie (kandidaat_id);
        CREATE INDEX loonkostensubsidie_volgorde ON loonkostensubsidie (vastgelegd_op, id);

        CREATE TABLE vaststelling (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            lks_id uuid NOT NULL REFERENCES loonkostensubsidie,
            gemeentecode text NOT NULL,
            ingangsdatum date NOT NULL,
            grondslag text,
            loonwaarde smallint,
            maandbedrag numeric(12, 2),
            reden jsonb,
            vastgelegd_op timestamptz NOT NULL,
            CHECK ((maandbedrag IS NULL) <> (reden IS NULL))
        );
        COMMENT ON TABLE vaststelling IS
            'Elk vastgesteld maandbedrag, of waarom er geen is. Wordt nooit gewijzigd: een latere '
            'met dezelfde ingangsdatum vervangt een eerdere.';
        CREATE INDEX vaststelling_lks ON vaststelling (lks_id, ingangsdatum, id);
        """
        + isolate("kandidaat", wsd_sees="gedeeld_met_wsd")
        + isolate("leeftijdsovergang", wsd_sees=_SHARED)
        + isolate("loonwaarde", wsd_sees=_SHARED)
        + isolate("loonkostensubsidie", wsd_sees=_SHARED)
        + isolate(
            "vaststelling", wsd_sees="EXISTS (SELECT FROM loonkostensubsidie l WHERE l.id = lks_id)"
        )
    )
