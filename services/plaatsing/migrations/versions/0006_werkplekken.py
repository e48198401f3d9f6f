"""Werkgevers met contacten en afspraken, werkplekken met versies, en bezetting zonder van wie."""

from chassis.migrations import role_of, run_sql
from chassis.tenancy import ACTING, WSD, isolate_by

revision = "0006_werkplekken"
down_revision = "0005_uitstroom"

_ROLE = role_of("plaatsing")
_OWN = f"eigenaar = {ACTING}"
_OWN_OR_WSD = f"{_OWN} OR {ACTING} = '{WSD}'"

_CONTENT = """
    werksoort text NOT NULL,
    functie text NOT NULL,
    locatie text NOT NULL,
    uren_van numeric(4, 2) NOT NULL,
    uren_tot numeric(4, 2) NOT NULL,
    capaciteit integer NOT NULL,
    vanaf date,
    tot_en_met date,
    begeleiding_vereist text NOT NULL,
    begeleiding_geboden text NOT NULL,
    eisen text[] NOT NULL,
    dagen text[] NOT NULL,
    werktijden jsonb NOT NULL,
    jobcarving jsonb,
    gedeeld boolean NOT NULL
"""

_COUNT = """
CREATE TABLE drukte (
    werkplek_id uuid NOT NULL REFERENCES werkplek,
    dag date NOT NULL,
    verschil integer NOT NULL,
    PRIMARY KEY (werkplek_id, dag)
);
COMMENT ON TABLE drukte IS
    'Hoeveel plaatsen er vanaf een dag meer of minder bezet zijn. Bijgehouden door de database.';

CREATE FUNCTION tel_bezetting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = plaatsing, pg_temp AS $$
BEGIN
    -- In order, so that two who count at the same time do not wait for each other.
    INSERT INTO drukte AS d (werkplek_id, dag, verschil)
    SELECT v.werkplek_id, v.dag, sum(v.verschil)
    FROM (
        SELECT b.werkplek_id, unnest(ARRAY[b.begin, b.laatste_dag + 1]), unnest(ARRAY[-1, 1])
        FROM (SELECT (OLD).*) AS b
        UNION ALL
        SELECT b.werkplek_id, unnest(ARRAY[b.begin, b.laatste_dag + 1]), unnest(ARRAY[1, -1])
        FROM (SELECT (NEW).*) AS b
    ) AS v (werkplek_id, dag, verschil)
    WHERE v.werkplek_id IS NOT NULL AND v.dag IS NOT NULL
    GROUP BY v.werkplek_id, v.dag HAVING sum(v.verschil) <> 0
    ORDER BY v.werkplek_id, v.dag
    ON CONFLICT (werkplek_id, dag) DO UPDATE SET verschil = d.verschil + excluded.verschil;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tel_bezetting() FROM PUBLIC;
"""

_BACKFILL = """
ALTER TABLE bezetting NO FORCE ROW LEVEL SECURITY;
INSERT INTO drukte (werkplek_id, dag, verschil)
SELECT werkplek_id, dag, sum(verschil) FROM (
    SELECT werkplek_id, begin AS dag, 1 AS verschil FROM bezetting
    UNION ALL
    SELECT werkplek_id, laatste_dag + 1, -1 FROM bezetting WHERE laatste_dag IS NOT NULL
) AS v GROUP BY werkplek_id, dag HAVING sum(verschil) <> 0;
ALTER TABLE bezetting FORCE ROW LEVEL SECURITY;
ALTER TABLE werkplek NO FORCE ROW LEVEL SECURITY;
UPDATE werkplek SET gedeeld = true WHERE eigenaar = 'wsd';
INSERT INTO werkplek_versie
SELECT id, 1, eigenaar, NULL, vastgelegd_op, werksoort, functie, locatie, uren_van,
    uren_tot, capaciteit, vanaf, tot_en_met, begeleiding_vereist, begeleiding_geboden,
    eisen, dagen, werktijden, jobcarving, gedeeld FROM werkplek;
ALTER TABLE werkplek FORCE ROW LEVEL SECURITY;
"""

_MINE = "EXISTS (SELECT FROM plaatsing p WHERE p.id = plaatsing_id)"
_SEEN = "EXISTS (SELECT FROM werkplek w WHERE w.id = werkplek_id)"


def upgrade() -> None:
    run_sql(
        f"""
        ALTER TABLE werkgever
            ADD COLUMN contacten jsonb NOT NULL DEFAULT '[]',
            ADD COLUMN versie integer NOT NULL DEFAULT 1;

        CREATE TABLE afspraak (
            id uuid PRIMARY KEY,
            werkgever_id uuid NOT NULL REFERENCES werkgever,
            eigenaar text NOT NULL,
            soort text NOT NULL,
            gemaakt_op date NOT NULL,
            tot_en_met date,
            omschrijving text NOT NULL,
            vastgelegd_op timestamptz NOT NULL
        );
        COMMENT ON TABLE afspraak IS 'Wat met een werkgever is afgesproken; van wie haar beheert.';
        CREATE INDEX afspraak_werkgever ON afspraak (werkgever_id, gemaakt_op, id);

        ALTER TABLE werkplek
            ADD COLUMN vanaf date,
            ADD COLUMN tot_en_met date,
            ADD COLUMN begeleiding_vereist text NOT NULL DEFAULT 'geen',
            ADD COLUMN begeleiding_geboden text NOT NULL DEFAULT 'geen',
            ADD COLUMN eisen text[] NOT NULL DEFAULT '{{}}',
            ADD COLUMN dagen text[] NOT NULL DEFAULT '{{}}',
            ADD COLUMN werktijden jsonb NOT NULL DEFAULT '[]',
            ADD COLUMN jobcarving jsonb,
            ADD COLUMN gedeeld boolean NOT NULL DEFAULT false,
            ADD COLUMN versie integer NOT NULL DEFAULT 1;
        COMMENT ON COLUMN werkplek.dagen IS
            'De dagen van de werktijden, om op te zoeken; leeg: in overleg.';
        COMMENT ON COLUMN werkplek.gedeeld IS
            'Voor kandidaten van elke gemeente; anders alleen van de gemeente die haar vastlegde.';

        CREATE TABLE werkplek_versie (
            werkplek_id uuid NOT NULL REFERENCES werkplek,
            versie integer NOT NULL,
            eigenaar text NOT NULL,
            reden text,
            vastgelegd_op timestamptz NOT NULL,
            {_CONTENT},
            PRIMARY KEY (werkplek_id, versie)
        );
        COMMENT ON TABLE werkplek_versie IS
            'Elke versie van een werkplek, de geldende erbij; reden: waarom zij is gecorrigeerd.';
        """
        + _COUNT
        + _BACKFILL
        + f"""
        ALTER TABLE werkplek
            ADD CONSTRAINT werkplek_van_wsd_gedeeld CHECK (eigenaar <> '{WSD}' OR gedeeld);
        CREATE TRIGGER tel_bezetting AFTER INSERT OR UPDATE OR DELETE ON bezetting
            FOR EACH ROW EXECUTE FUNCTION tel_bezetting();
        COMMENT ON TABLE bezetting IS
            'Bezette plaatsen, voor wie de plaatsing ziet. Anderen zien alleen de aantallen.';

        CREATE POLICY gedeeld ON werkplek USING (gedeeld AND {ACTING} <> '') WITH CHECK (false);
        CREATE POLICY van_gedeelde_werkplek ON werkgever
            USING (EXISTS (
                SELECT FROM werkplek w WHERE w.werkgever_id = werkgever.id AND w.gedeeld
            ))
            WITH CHECK (false);
        DROP POLICY organisatie ON bezetting;
        """
        + isolate_by("afspraak", _OWN_OR_WSD, writable=_OWN)
        + isolate_by("werkplek_versie", _OWN_OR_WSD, writable=_OWN)
        + isolate_by("bezetting", _MINE, writable=f"{_MINE} AND {_SEEN}")
        + isolate_by("drukte", _SEEN, writable="false")
        # Who counts is who owns the tables, in tel_bezetting and nowhere else.
        + "CREATE POLICY teller ON drukte TO CURRENT_USER USING (true) WITH CHECK (true);"
    )
    # Of what others see nothing changes hands: the eigenaar of a row is no column to update.
    run_sql(
        f"REVOKE UPDATE, DELETE ON afspraak, werkplek_versie FROM {_ROLE};"
        f"REVOKE INSERT, UPDATE, DELETE ON drukte FROM {_ROLE};"
        f"GRANT UPDATE (naam, email, telefoonnummer, contacten, versie) ON werkgever TO {_ROLE};"
        "GRANT UPDATE (werksoort, functie, locatie, uren_van, uren_tot, capaciteit, vanaf,"
        " tot_en_met, begeleiding_vereist, begeleiding_geboden, eisen, dagen, werktijden,"
        f" jobcarving, gedeeld, versie) ON werkplek TO {_ROLE};"
    )
