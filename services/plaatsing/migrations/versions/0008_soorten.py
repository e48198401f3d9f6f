"""Elke soort plaatsing, wat er vanaf wanneer gold, en wat van uitstroom en terugval is gehoord."""

from chassis.handover import movable
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0008_soorten"
down_revision = "0007_matching"

_REFERRED = (
    "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.doorverwezen_op IS NOT NULL)"
)
_NEW = ("plaatsingsstand", "verlenging", "beschut_werkbesluit", "uitstroom")

_PLAATSING = """
ALTER TABLE plaatsing
    DROP CONSTRAINT plaatsing_soort_check,
    ALTER COLUMN werkgever_id DROP NOT NULL,
    ALTER COLUMN werkplek_id DROP NOT NULL,
    ALTER COLUMN uren_per_week DROP NOT NULL,
    ADD COLUMN einddatum date,
    ADD COLUMN tarief_per_uur numeric(6, 2),
    ADD COLUMN besluit_id uuid,
    ADD COLUMN verlengingen smallint NOT NULL DEFAULT 0,
    ADD COLUMN heroverwogen_op date,
    ADD COLUMN vorige_plaatsing_id uuid REFERENCES plaatsing,
    ADD CHECK (soort NOT IN ('proefplaatsing', 'lks-dienstverband')
        OR (werkgever_id IS NOT NULL AND werkplek_id IS NOT NULL AND uren_per_week IS NOT NULL)),
    ADD CHECK ((werkplek_id IS NULL) = (werkgever_id IS NULL)),
    ADD CHECK (werkplek_id IS NULL OR uren_per_week IS NOT NULL);
COMMENT ON COLUMN plaatsing.einddatum IS
    'Afgesproken laatste dag, van soorten die geen proefplaatsing of LKS zijn; leeg is open.';
COMMENT ON COLUMN plaatsing.verlengingen IS
    'Hoe vaak een participatieplaats langer werd dan twee jaar.';
COMMENT ON COLUMN plaatsing.vorige_plaatsing_id IS 'Waaruit de kandidaat doorstroomde.';
CREATE INDEX plaatsing_vorige ON plaatsing (vorige_plaatsing_id);

ALTER TABLE bezetting DROP CONSTRAINT bezetting_pkey, ADD PRIMARY KEY (plaatsing_id, begin);
COMMENT ON COLUMN bezetting.begin IS 'Eerste dag op deze werkplek; een plaatsing kan verhuizen.';
"""

_TABLES = """
CREATE TABLE plaatsingsstand (
    plaatsing_id uuid NOT NULL REFERENCES plaatsing,
    vanaf date NOT NULL,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    uren_per_week numeric(4, 2),
    voltijdsuren_per_week numeric(4, 2),
    werkplek_id uuid REFERENCES werkplek,
    loonwaarde smallint,
    PRIMARY KEY (plaatsing_id, vanaf)
);
COMMENT ON TABLE plaatsingsstand IS
    'Wat van een plaatsing geldt vanaf een dag, tot de volgende stand of het einde.';
CREATE INDEX plaatsingsstand_kandidaat ON plaatsingsstand (kandidaat_id);
CREATE INDEX plaatsingsstand_werkplek ON plaatsingsstand (werkplek_id);
ALTER TABLE plaatsing NO FORCE ROW LEVEL SECURITY;
INSERT INTO plaatsingsstand (plaatsing_id, vanaf, kandidaat_id, gemeentecode, uren_per_week,
    voltijdsuren_per_week, werkplek_id, loonwaarde)
SELECT id, begin, kandidaat_id, gemeentecode, uren_per_week, voltijdsuren_per_week, werkplek_id,
    loonwaarde FROM plaatsing;
ALTER TABLE plaatsing FORCE ROW LEVEL SECURITY;

ALTER TABLE loonwaarde ADD COLUMN volgnummer bigint GENERATED ALWAYS AS IDENTITY;
COMMENT ON COLUMN loonwaarde.volgnummer IS
    'Orde van binnenkomst: van dezelfde ingangsdatum telt de laatste.';

CREATE TABLE verlenging (
    plaatsing_id uuid NOT NULL REFERENCES plaatsing,
    einddatum date NOT NULL,
    verlengd_op date NOT NULL,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    PRIMARY KEY (plaatsing_id, einddatum)
);
CREATE INDEX verlenging_kandidaat ON verlenging (kandidaat_id);

CREATE TABLE beschut_werkbesluit (
    id uuid PRIMARY KEY,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    uwv_advies_op date NOT NULL,
    toegekend boolean NOT NULL,
    ingangsdatum date NOT NULL,
    volgorde bigint NOT NULL
);
CREATE INDEX beschut_werkbesluit_kandidaat ON beschut_werkbesluit (kandidaat_id, volgorde);
COMMENT ON COLUMN beschut_werkbesluit.volgorde IS
    'Plaats in alles wat intake van de kandidaat zei: het laatste besluit telt.';

CREATE TABLE uitstroom (
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    volgorde bigint NOT NULL,
    gemeentecode text NOT NULL,
    soort text NOT NULL,
    op date NOT NULL,
    bestemming text,
    PRIMARY KEY (kandidaat_id, volgorde),
    CHECK ((soort = 'uitstroom') = (bestemming IS NOT NULL))
);
COMMENT ON COLUMN uitstroom.volgorde IS 'Plaats in alles wat intake van de kandidaat zei.';

CREATE POLICY van_stand ON werkplek
    USING (EXISTS (SELECT FROM plaatsingsstand s WHERE s.werkplek_id = werkplek.id))
    WITH CHECK (false);
"""


def upgrade() -> None:
    run_sql(
        _PLAATSING
        + _TABLES
        + "".join(isolate(table, wsd_sees=_REFERRED) for table in _NEW)
        + movable(*_NEW)
    )
