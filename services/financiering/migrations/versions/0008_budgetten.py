"""Budgetten, en de arbeidsplaatsen waarvan de begeleiding ten laste van een budget komt."""

from chassis.migrations import run_sql
from chassis.tenancy import ACTING, WSD, isolate, isolate_by

revision = "0008_budgetten"
down_revision = "0007_beschikkingen"

_SQL = """
CREATE TABLE arbeidsplaats (
    plaatsing_id uuid NOT NULL,
    gemeentecode text NOT NULL,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    soort text NOT NULL,
    werkgever_id uuid,
    begin date NOT NULL,
    laatste_dag date,
    wsw boolean NOT NULL,
    afgegeven boolean NOT NULL DEFAULT false,
    PRIMARY KEY (plaatsing_id, gemeentecode)
);
COMMENT ON TABLE arbeidsplaats IS
    'Plaatsingen die een plaats bij WSD kunnen zijn, zolang een gemeente de kandidaat heeft.';
COMMENT ON COLUMN arbeidsplaats.begin IS 'Eerste dag voor deze gemeente.';
COMMENT ON COLUMN arbeidsplaats.afgegeven IS
    'De kandidaat is naar een andere gemeente; dit is wat van deze was en blijft.';
CREATE INDEX arbeidsplaats_kandidaat ON arbeidsplaats (kandidaat_id);
CREATE INDEX arbeidsplaats_gemeente ON arbeidsplaats (gemeentecode, begin);

CREATE TABLE werkgever_van_wsd (
    werkgever_id uuid PRIMARY KEY,
    vastgelegd_op timestamptz NOT NULL
);
COMMENT ON TABLE werkgever_van_wsd IS
    'Werkgevers die WSD zelf zijn: wie daar is geplaatst, is bij WSD geplaatst.';

CREATE TABLE begeleiding_gemeld (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plaatsing_id uuid NOT NULL,
    gemeentecode text NOT NULL,
    vanaf date NOT NULL,
    ten_laste_van text NOT NULL,
    gemeld_op timestamptz NOT NULL,
    FOREIGN KEY (plaatsing_id, gemeentecode) REFERENCES arbeidsplaats
);
COMMENT ON TABLE begeleiding_gemeld IS
    'Wat over de toerekening van begeleiding is gezegd. Wordt nooit gewijzigd: een latere met '
    'dezelfde eerste dag vervangt een eerdere.';
CREATE INDEX begeleiding_gemeld_plaatsing ON begeleiding_gemeld (gemeentecode, plaatsing_id);

CREATE TABLE budget (
    id uuid PRIMARY KEY,
    gemeentecode text NOT NULL,
    jaar smallint NOT NULL,
    soort text NOT NULL,
    overschreden boolean NOT NULL DEFAULT false,
    versie integer NOT NULL DEFAULT 0,
    vastgelegd_op timestamptz NOT NULL,
    UNIQUE (gemeentecode, jaar, soort)
);
COMMENT ON COLUMN budget.overschreden IS
    'Met wat nu loopt raakt het op; zo wordt dat een keer per overschrijding gezegd.';

CREATE TABLE budgetversie (
    budget_id uuid NOT NULL REFERENCES budget,
    nummer integer NOT NULL,
    gemeentecode text NOT NULL,
    stadium text NOT NULL CHECK (stadium IN ('voorlopig', 'nader-voorlopig', 'definitief')),
    bedrag numeric(12, 2) NOT NULL,
    plaatsen integer,
    per_plaats numeric(12, 2),
    bron text NOT NULL,
    vastgelegd_op timestamptz NOT NULL,
    PRIMARY KEY (budget_id, nummer)
);
COMMENT ON TABLE budgetversie IS 'Elke bekendmaking; de laatste telt.';
"""


def upgrade() -> None:
    run_sql(
        _SQL
        # A place at WSD is a placement that WSD knows of.
        + isolate("arbeidsplaats")
        + isolate("begeleiding_gemeld")
        + isolate("budget")
        + isolate("budgetversie")
        + isolate_by("werkgever_van_wsd", f"{ACTING} <> ''", f"{ACTING} = '{WSD}'")
    )
