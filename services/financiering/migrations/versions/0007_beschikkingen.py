"""Beschikkingen op de loonkostensubsidie."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate
from chassis.vault import TABLE_SQL as VAULT_SQL

revision = "0007_beschikkingen"
down_revision = "0006_betalingen"

_SQL = """
ALTER TABLE loonkostensubsidie
    ADD COLUMN dienstverband_tot_en_met date,
    ADD COLUMN dienstverband_eindereden text,
    ADD COLUMN eindbesluit_dag date,
    ADD COLUMN eindbesluit_reden text,
    ADD COLUMN toekenning_id uuid,
    ADD COLUMN gewijzigd_op timestamptz,
    ADD CHECK ((eindbesluit_dag IS NULL) = (eindbesluit_reden IS NULL));
ALTER TABLE loonkostensubsidie NO FORCE ROW LEVEL SECURITY;
UPDATE loonkostensubsidie SET dienstverband_tot_en_met = laatste_dag,
    dienstverband_eindereden = eindereden, gewijzigd_op = vastgelegd_op;
ALTER TABLE loonkostensubsidie FORCE ROW LEVEL SECURITY;
ALTER TABLE loonkostensubsidie ALTER COLUMN gewijzigd_op SET NOT NULL;
COMMENT ON COLUMN loonkostensubsidie.laatste_dag IS
    'Laatste dag met subsidie: van het dienstverband, of bij besluit als dat eerder is.';
COMMENT ON COLUMN loonkostensubsidie.toekenning_id IS
    'De beschikking waarbij zij is toegekend; zonder die wordt niet betaald.';
COMMENT ON COLUMN loonkostensubsidie.gewijzigd_op IS
    'Wanneer er het laatst iets van bekend werd: een beschikking erover is niet eerder verzonden.';

ALTER TABLE maand_na_overdracht ADD COLUMN toegekend boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN maand_na_overdracht.toegekend IS
    'Of de subsidie bij beschikking is toegekend: tot dan betaalt de vorige gemeente niets.';

CREATE TABLE lks_herziening (
    id uuid PRIMARY KEY,
    gemeentecode text NOT NULL,
    jaar smallint NOT NULL,
    rol text NOT NULL,
    sleutel bytea NOT NULL,
    motivering bytea NOT NULL,
    bekendgemaakt_op date NOT NULL,
    positie uuid,
    bekeken integer NOT NULL DEFAULT 0,
    gegeven integer NOT NULL DEFAULT 0,
    overgeslagen integer NOT NULL DEFAULT 0,
    gestart_op timestamptz NOT NULL,
    gereed_op timestamptz,
    UNIQUE (gemeentecode, jaar)
);
COMMENT ON TABLE lks_herziening IS
    'Een besluit over alle lopende loonkostensubsidies per 1 januari; elk krijgt een beschikking.';
COMMENT ON COLUMN lks_herziening.positie IS 'Tot en met welke loonkostensubsidie zij is gekomen.';
CREATE INDEX lks_herziening_volgorde ON lks_herziening (gestart_op, id);

CREATE TABLE lks_beschikking (
    id uuid PRIMARY KEY,
    lks_id uuid NOT NULL REFERENCES loonkostensubsidie,
    volgnummer smallint NOT NULL,
    kandidaat_id uuid NOT NULL REFERENCES kandidaat,
    gemeentecode text NOT NULL,
    college text NOT NULL,
    rol text NOT NULL,
    soort text NOT NULL CHECK
        (soort IN ('toekenning', 'afwijzing', 'herziening', 'beeindiging')),
    ingangsdatum date NOT NULL,
    inhoud jsonb NOT NULL,
    motivering bytea NOT NULL,
    bekendgemaakt_op date NOT NULL,
    herziening_id uuid REFERENCES lks_herziening,
    vastgelegd_op timestamptz NOT NULL,
    UNIQUE (lks_id, volgnummer)
);
COMMENT ON TABLE lks_beschikking IS
    'Beschikkingen van het college, met de berekening van toen. Wordt nooit gewijzigd; de '
    'motivering is verzegeld met de datasleutel van de kandidaat.';
COMMENT ON COLUMN lks_beschikking.college IS
    'In wiens naam; gemeentecode is die van wie de kandidaat nu heeft.';
CREATE UNIQUE INDEX lks_beschikking_eerste ON lks_beschikking (lks_id)
    WHERE soort IN ('toekenning', 'afwijzing');
CREATE INDEX lks_beschikking_kandidaat ON lks_beschikking (kandidaat_id);
CREATE INDEX lks_beschikking_herziening ON lks_beschikking (herziening_id, vastgelegd_op, id);
CREATE INDEX lks_beschikking_volgorde ON lks_beschikking (vastgelegd_op, id);
"""


def upgrade() -> None:
    run_sql(
        VAULT_SQL
        + _SQL
        + isolate("datasleutel", wsd_sees="false")
        + isolate("lks_herziening", wsd_sees="false")
        + isolate(
            "lks_beschikking",
            wsd_sees="EXISTS (SELECT FROM loonkostensubsidie l WHERE l.id = lks_id)",
        )
        + handover.movable("datasleutel", "lks_beschikking")
    )
