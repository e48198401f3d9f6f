"""Wie een loonkostensubsidie betaalt: de gemeente die op die dag de regie had."""

from chassis.handover import movable
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0004_betaler"
down_revision = "0003_overdracht"

_SHARED = "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.gedeeld_met_wsd)"
_SQL = """
CREATE TABLE overdracht (
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    volgorde integer NOT NULL,
    gemeentecode text NOT NULL,
    van_gemeente text NOT NULL,
    naar_gemeente text NOT NULL,
    ingangsdatum date NOT NULL,
    PRIMARY KEY (kandidaat_id, volgorde)
);
COMMENT ON TABLE overdracht IS 'Vanaf welke dag een andere gemeente betaalt.';
COMMENT ON COLUMN overdracht.volgorde IS 'De hoeveelste gebeurtenis van intake.';

ALTER TABLE vaststelling ADD COLUMN betaler text;
ALTER TABLE vaststelling NO FORCE ROW LEVEL SECURITY;
UPDATE vaststelling SET betaler = gemeentecode;
ALTER TABLE vaststelling FORCE ROW LEVEL SECURITY;
ALTER TABLE vaststelling ALTER COLUMN betaler SET NOT NULL;
COMMENT ON COLUMN vaststelling.betaler IS
    'De gemeente die dit bedrag betaalt; gemeentecode is wie de kandidaat nu heeft.';
"""


def upgrade() -> None:
    run_sql(_SQL + isolate("overdracht", wsd_sees=_SHARED) + movable("overdracht"))
