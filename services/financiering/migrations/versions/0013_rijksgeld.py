"""Wat het Rijk op realisatie vergoedt, en van wie een arbeidsplaats op welke dagen is."""

from chassis.handover import movable
from chassis.migrations import run_sql
from chassis.tenancy import ACTING, WSD, isolate, isolate_by

revision = "0013_rijksgeld"
down_revision = "0012_uitwisseling"

_SQL = """
CREATE TABLE macrocijfer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    jaar smallint NOT NULL,
    soort text NOT NULL CHECK (soort IN ('uitgaven', 'budget')),
    stadium text NOT NULL CHECK (stadium IN ('voorlopig', 'nader-voorlopig', 'definitief')),
    bedrag numeric(12, 2) NOT NULL CHECK (bedrag > 0),
    bron text NOT NULL,
    vastgelegd_op timestamptz NOT NULL
);
COMMENT ON TABLE macrocijfer IS
    'Landelijke bedragen van de loonkostensubsidie per jaar. Wordt nooit gewijzigd: de laatste van '
    'een jaar en soort telt.';
CREATE INDEX macrocijfer_jaar ON macrocijfer (jaar, soort, id);

ALTER TABLE maand_na_overdracht ADD COLUMN dagen smallint NOT NULL DEFAULT 0;
COMMENT ON COLUMN maand_na_overdracht.dagen IS 'Kalenderdagen waarover het bedrag gaat.';
CREATE INDEX maand_na_overdracht_kandidaat ON maand_na_overdracht (gemeentecode, kandidaat_id);

ALTER TABLE arbeidsplaats RENAME TO arbeidsplaatsperiode;
ALTER INDEX arbeidsplaats_kandidaat RENAME TO arbeidsplaatsperiode_kandidaat;
ALTER INDEX arbeidsplaats_gemeente RENAME TO arbeidsplaatsperiode_gemeente;
ALTER TABLE begeleiding_gemeld
    DROP CONSTRAINT begeleiding_gemeld_plaatsing_id_gemeentecode_fkey;
ALTER TABLE arbeidsplaatsperiode DROP CONSTRAINT arbeidsplaats_pkey;
ALTER TABLE arbeidsplaatsperiode ADD PRIMARY KEY (plaatsing_id, gemeentecode, begin);
COMMENT ON TABLE arbeidsplaatsperiode IS
    'Van welke gemeente een arbeidsplaats op welke dagen is: bijgehouden door wie de kandidaat nu '
    'heeft, uit de plaatsing en de overdrachten.';
DROP POLICY organisatie ON arbeidsplaatsperiode;

CREATE TABLE arbeidsplaats (
    plaatsing_id uuid PRIMARY KEY,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    soort text NOT NULL,
    werkgever_id uuid,
    begin date NOT NULL,
    laatste_dag date
);
COMMENT ON TABLE arbeidsplaats IS
    'Plaatsingen die een plaats bij WSD kunnen zijn, van hun eerste dag tot hun laatste.';
CREATE INDEX arbeidsplaats_kandidaat ON arbeidsplaats (kandidaat_id);
ALTER TABLE arbeidsplaatsperiode NO FORCE ROW LEVEL SECURITY;
INSERT INTO arbeidsplaats
SELECT DISTINCT ON (plaatsing_id) plaatsing_id, kandidaat_id, gemeentecode, soort, werkgever_id,
    min(begin) OVER (PARTITION BY plaatsing_id), laatste_dag
FROM arbeidsplaatsperiode ORDER BY plaatsing_id, afgegeven;
DELETE FROM arbeidsplaatsperiode WHERE laatste_dag < begin;
"""

_WIE_HEM_NU_HEEFT = (
    "EXISTS (SELECT FROM arbeidsplaats p WHERE p.plaatsing_id = arbeidsplaatsperiode.plaatsing_id"
    f" AND p.gemeentecode = {ACTING})"
)


def upgrade() -> None:
    run_sql(_SQL)
    run_sql(isolate("arbeidsplaats") + movable("arbeidsplaats"))
    run_sql(
        isolate_by(
            "arbeidsplaatsperiode",
            f"gemeentecode = {ACTING} OR {ACTING} = '{WSD}' OR {_WIE_HEM_NU_HEEFT}",
        )
    )
    # It is made again from the facts, never changed: nobody gives a day of their own away.
    run_sql(
        "CREATE POLICY opnieuw ON arbeidsplaatsperiode AS RESTRICTIVE FOR UPDATE"
        " WITH CHECK (false);"
    )
    run_sql(isolate_by("macrocijfer", f"{ACTING} <> ''", f"{ACTING} = '{WSD}'"))
    run_sql(
        "CREATE POLICY blijft ON macrocijfer AS RESTRICTIVE FOR UPDATE WITH CHECK (false);"
        "CREATE POLICY bewaard ON macrocijfer AS RESTRICTIVE FOR DELETE USING (false);"
    )
