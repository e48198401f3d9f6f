"""Betaalschema, betalingen en betaalbestanden van de loonkostensubsidie."""

from chassis.migrations import run_sql
from chassis.tenancy import ACTING, isolate, isolate_by

revision = "0006_betalingen"
down_revision = "0005_arbeidsduur"

_SQL = """
ALTER TABLE loonkostensubsidie ADD COLUMN werkgever_id uuid;
COMMENT ON COLUMN loonkostensubsidie.werkgever_id IS
    'Aan wie wordt betaald; leeg als de plaatsing van voor de betalingen is.';
CREATE INDEX loonkostensubsidie_werkgever ON loonkostensubsidie (werkgever_id);

CREATE TABLE rekening (
    id uuid PRIMARY KEY,
    gemeentecode text NOT NULL,
    werkgever_id uuid,
    versie integer NOT NULL,
    sleutel bytea NOT NULL,
    gegevens bytea NOT NULL,
    vastgelegd_door text NOT NULL,
    vastgelegd_op timestamptz NOT NULL,
    bevestigd_door text,
    bevestigd_op timestamptz,
    CHECK ((bevestigd_door IS NULL) = (bevestigd_op IS NULL)),
    CHECK (bevestigd_door <> vastgelegd_door),
    UNIQUE NULLS NOT DISTINCT (gemeentecode, werkgever_id, versie)
);
COMMENT ON TABLE rekening IS
    'Bankrekeningen, versleuteld: van werkgevers, en zonder werkgever die van de gemeente zelf.';
CREATE INDEX rekening_volgorde ON rekening (vastgelegd_op, id);

CREATE TABLE betaalrun (
    id uuid PRIMARY KEY,
    gemeentecode text NOT NULL,
    maand date NOT NULL,
    uitvoeringsdatum date NOT NULL,
    ook_onzeker boolean NOT NULL,
    rekening_id uuid NOT NULL REFERENCES rekening,
    status text NOT NULL CHECK (status IN ('bezig', 'gereed')),
    positie uuid,
    gestart_door text NOT NULL,
    gestart_op timestamptz NOT NULL,
    gereed_op timestamptz,
    UNIQUE (gemeentecode, maand, uitvoeringsdatum)
);
COMMENT ON COLUMN betaalrun.positie IS 'Tot en met welke loonkostensubsidie deze run is gekomen.';
CREATE UNIQUE INDEX betaalrun_bezig ON betaalrun (gemeentecode) WHERE status = 'bezig';
CREATE INDEX betaalrun_volgorde ON betaalrun (gestart_op, id);

CREATE TABLE betaalregel (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL REFERENCES betaalrun,
    gemeentecode text NOT NULL,
    lks_id uuid NOT NULL REFERENCES loonkostensubsidie,
    werkgever_id uuid NOT NULL,
    maand date NOT NULL,
    soort text NOT NULL CHECK (soort IN ('betaling', 'correctie')),
    bedrag numeric(12, 2) NOT NULL CHECK (bedrag <> 0),
    UNIQUE (run_id, lks_id, maand)
);
COMMENT ON TABLE betaalregel IS
    'Wat per loonkostensubsidie en maand betaalbaar is gesteld. Wordt nooit gewijzigd: wat later '
    'anders blijkt is een correctie. Blijft na een overdracht bij de gemeente die betaalde.';
CREATE UNIQUE INDEX betaalregel_eerste ON betaalregel (gemeentecode, lks_id, maand)
    WHERE soort = 'betaling';
CREATE INDEX betaalregel_lks ON betaalregel (lks_id, maand);
CREATE INDEX betaalregel_werkgever ON betaalregel (gemeentecode, werkgever_id);

CREATE TABLE niet_betaalbaar (
    run_id uuid NOT NULL REFERENCES betaalrun,
    gemeentecode text NOT NULL,
    lks_id uuid NOT NULL REFERENCES loonkostensubsidie,
    maand date NOT NULL,
    reden jsonb NOT NULL,
    PRIMARY KEY (run_id, lks_id, maand)
);
COMMENT ON TABLE niet_betaalbaar IS
    'Maanden waarvan een betaalrun het bedrag niet kon vaststellen, en waarom.';

CREATE TABLE werkgeverspost (
    run_id uuid NOT NULL REFERENCES betaalrun,
    gemeentecode text NOT NULL,
    werkgever_id uuid NOT NULL,
    saldo numeric(14, 2) NOT NULL CHECK (saldo <> 0),
    uitkomst text NOT NULL
        CHECK (uitkomst IN ('betaald', 'verrekend-met-volgende', 'geen-bevestigde-rekening')),
    rekening_id uuid REFERENCES rekening,
    PRIMARY KEY (run_id, werkgever_id),
    CHECK ((uitkomst = 'betaald') = (rekening_id IS NOT NULL)),
    CHECK (uitkomst <> 'betaald' OR saldo > 0)
);
COMMENT ON TABLE werkgeverspost IS
    'Wat er per werkgever openstond in een run, en of het is betaald. Wordt nooit gewijzigd.';
CREATE INDEX werkgeverspost_betaald ON werkgeverspost (gemeentecode, werkgever_id)
    WHERE uitkomst = 'betaald';

CREATE TABLE maand_na_overdracht (
    lks_id uuid NOT NULL REFERENCES loonkostensubsidie,
    maand date NOT NULL,
    gemeentecode text NOT NULL,
    kandidaat_id uuid NOT NULL,
    plaatsing_id uuid NOT NULL,
    werkgever_id uuid,
    bedrag numeric(12, 2),
    reden jsonb,
    onzekerheden text[] NOT NULL,
    PRIMARY KEY (lks_id, maand, gemeentecode)
);
COMMENT ON TABLE maand_na_overdracht IS
    'Wat een gemeente die de kandidaat niet meer heeft over een maand verschuldigd is: bijgehouden '
    'door wie de kandidaat nu heeft, betaald door haar. Zonder bedrag: niet bekend.';
CREATE INDEX maand_na_overdracht_gemeente ON maand_na_overdracht (gemeentecode, lks_id);

CREATE TABLE indexatie (
    gemeentecode text NOT NULL,
    jaar smallint NOT NULL,
    positie uuid,
    bekeken integer NOT NULL DEFAULT 0,
    gewijzigd integer NOT NULL DEFAULT 0,
    gereed_op timestamptz,
    PRIMARY KEY (gemeentecode, jaar)
);
COMMENT ON TABLE indexatie IS
    'Tot en met welke loonkostensubsidie de herziening van 1 januari is gekomen.';
"""

_NIET_TE_WIJZIGEN = ("betaalregel", "werkgeverspost")
_EIGEN = ("rekening", "betaalrun", "niet_betaalbaar", "werkgeverspost", "indexatie")
_ZIET_LKS = "EXISTS (SELECT FROM loonkostensubsidie l WHERE l.id = lks_id)"


def upgrade() -> None:
    run_sql(_SQL)
    for tabel in _EIGEN:
        run_sql(isolate(tabel, wsd_sees="false"))
    run_sql(isolate("betaalregel", wsd_sees=_ZIET_LKS))
    for tabel in _NIET_TE_WIJZIGEN:
        run_sql(
            f"CREATE POLICY blijft ON {tabel} AS RESTRICTIVE FOR UPDATE WITH CHECK (false);"
            f"CREATE POLICY bewaard ON {tabel} AS RESTRICTIVE FOR DELETE USING (false);"
        )
    run_sql(isolate_by("maand_na_overdracht", f"gemeentecode = {ACTING} OR {_ZIET_LKS}"))
