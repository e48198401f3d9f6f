"""Werkgevers, werkplekken, plaatsingen, en wat plaatsing van kandidaten heeft gehoord."""

from chassis.migrations import role_of, run_sql
from chassis.outbox import TABLES_SQL
from chassis.tenancy import ACTING, WSD, isolate, isolate_by
from chassis.web.idempotency import TABLE_SQL as IDEMPOTENCY_SQL

revision = "0001"
down_revision = None

_REFERRED = (
    "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.doorverwezen_op IS NOT NULL)"
)
_ROLE = role_of("plaatsing")
_OWN = f"eigenaar = {ACTING}"
_OWN_OR_SHARED = f"{_OWN} OR {ACTING} = '{WSD}' OR (eigenaar = '{WSD}' AND {ACTING} <> '')"
"""What WSD offers is for every organisation, but not for a transaction that acts for none."""


def upgrade() -> None:
    run_sql(TABLES_SQL + IDEMPOTENCY_SQL)
    run_sql(
        """
        CREATE TABLE kandidaat (
            id uuid PRIMARY KEY,
            gemeentecode text NOT NULL,
            doorverwezen_op date,
            doelgroep text,
            CHECK ((doorverwezen_op IS NULL) = (doelgroep IS NULL))
        );
        COMMENT ON TABLE kandidaat IS
            'Wat is gehoord van een kandidaat. Deze rij is het slot voor alles over de kandidaat.';

        CREATE TABLE trajectbesluit (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            ingangsdatum date NOT NULL,
            met_wsd boolean NOT NULL,
            volgnummer bigint GENERATED ALWAYS AS IDENTITY
        );
        COMMENT ON COLUMN trajectbesluit.volgnummer IS
            'Orde van binnenkomst, en dus van nemen: het laatste besluit telt.';
        CREATE INDEX trajectbesluit_kandidaat ON trajectbesluit (kandidaat_id, volgnummer);

        CREATE TABLE loonwaarde (
            meting_id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            ingangsdatum date NOT NULL,
            loonwaarde smallint NOT NULL
        );
        CREATE INDEX loonwaarde_kandidaat ON loonwaarde (kandidaat_id, ingangsdatum);

        CREATE TABLE werkgever (
            id uuid PRIMARY KEY,
            eigenaar text NOT NULL,
            kvk_nummer text NOT NULL,
            naam text NOT NULL,
            soort text NOT NULL,
            email text,
            telefoonnummer text,
            vastgelegd_op timestamptz NOT NULL,
            UNIQUE (eigenaar, kvk_nummer)
        );
        COMMENT ON COLUMN werkgever.eigenaar IS 'Wie de werkgever vastlegde: gemeentecode of wsd.';
        CREATE INDEX werkgever_volgorde ON werkgever (vastgelegd_op, id);

        CREATE TABLE werkplek (
            id uuid PRIMARY KEY,
            eigenaar text NOT NULL,
            werkgever_id uuid NOT NULL REFERENCES werkgever,
            werksoort text NOT NULL,
            functie text NOT NULL,
            locatie text NOT NULL,
            uren_van numeric(4, 2) NOT NULL,
            uren_tot numeric(4, 2) NOT NULL,
            capaciteit integer NOT NULL,
            vastgelegd_op timestamptz NOT NULL
        );
        COMMENT ON TABLE werkplek IS 'Deze rij is het slot voor de bezetting van de werkplek.';
        CREATE INDEX werkplek_volgorde ON werkplek (vastgelegd_op, id);
        CREATE INDEX werkplek_werkgever ON werkplek (werkgever_id);

        CREATE TABLE bezetting (
            plaatsing_id uuid PRIMARY KEY,
            werkplek_id uuid NOT NULL REFERENCES werkplek,
            begin date NOT NULL,
            laatste_dag date
        );
        COMMENT ON TABLE bezetting IS
            'Bezette plaatsen, zonder van wie: ieder die de werkplek ziet telt ze allemaal.';
        CREATE INDEX bezetting_werkplek ON bezetting (werkplek_id);

        CREATE TABLE plaatsing (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            soort text NOT NULL CHECK (soort IN ('proefplaatsing', 'lks-dienstverband')),
            geplaatst_door text NOT NULL,
            werkgever_id uuid NOT NULL REFERENCES werkgever,
            werkplek_id uuid NOT NULL REFERENCES werkplek,
            begin date NOT NULL,
            tot_en_met date,
            laatste_dag date,
            eindereden text,
            uren_per_week numeric(4, 2) NOT NULL,
            maanden smallint,
            verlengd smallint,
            voltijdsuren_per_week numeric(4, 2),
            werkgeversoort text,
            loonwaarde smallint,
            versie integer NOT NULL DEFAULT 1,
            vastgelegd_op timestamptz NOT NULL,
            CHECK (soort <> 'proefplaatsing' OR (maanden IS NOT NULL AND verlengd IS NOT NULL)),
            CHECK (soort <> 'lks-dienstverband'
                OR (voltijdsuren_per_week IS NOT NULL AND werkgeversoort IS NOT NULL)),
            CHECK ((laatste_dag IS NULL) = (eindereden IS NULL))
        );
        COMMENT ON COLUMN plaatsing.tot_en_met IS
            'Laatste dag zoals afgesproken of zoals het liep; leeg zolang het einde open is.';
        COMMENT ON COLUMN plaatsing.laatste_dag IS 'Laatste dag zoals het liep.';
        CREATE INDEX plaatsing_kandidaat ON plaatsing (kandidaat_id);
        CREATE INDEX plaatsing_volgorde ON plaatsing (vastgelegd_op, id);
        """
        + isolate("kandidaat", wsd_sees="doorverwezen_op IS NOT NULL")
        + isolate("trajectbesluit", wsd_sees=_REFERRED)
        + isolate("loonwaarde", wsd_sees=_REFERRED)
        + isolate("plaatsing", wsd_sees=_REFERRED)
        + isolate_by("werkgever", _OWN_OR_SHARED, writable=_OWN)
        + isolate_by("werkplek", _OWN_OR_SHARED, writable=_OWN)
        + isolate_by("bezetting", "EXISTS (SELECT FROM werkplek w WHERE w.id = werkplek_id)")
    )
    # What others see they cannot take or remove. Locking a row asks the right to update it.
    run_sql(
        f"REVOKE UPDATE, DELETE ON werkgever, werkplek FROM {_ROLE};"
        f"GRANT UPDATE (id) ON werkplek TO {_ROLE}"
    )
