"""Wat het Rijk op realisatie vergoedt."""

from chassis.migrations import run_sql
from chassis.tenancy import ACTING, WSD, isolate_by

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
"""


def upgrade() -> None:
    run_sql(_SQL)
    run_sql(isolate_by("macrocijfer", f"{ACTING} <> ''", f"{ACTING} = '{WSD}'"))
    run_sql(
        "CREATE POLICY blijft ON macrocijfer AS RESTRICTIVE FOR UPDATE WITH CHECK (false);"
        "CREATE POLICY bewaard ON macrocijfer AS RESTRICTIVE FOR DELETE USING (false);"
    )
