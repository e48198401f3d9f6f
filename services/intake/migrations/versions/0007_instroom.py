"""Heraanmelding, terugval, uitstroom en dubbele aanmeldingen."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import ACTING, SYSTEM, WSD, isolate, isolate_by

revision = "0007_instroom"
down_revision = "0006_besluiten"

_BEIDE_GEZIEN = (
    "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id)"
    " AND EXISTS (SELECT FROM kandidaat k WHERE k.id = andere_kandidaat_id)"
)


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE kandidaat
            ADD COLUMN ronde integer NOT NULL DEFAULT 1,
            ADD COLUMN uitgestroomd_op date,
            ADD COLUMN gebiedsteam text;
        COMMENT ON COLUMN kandidaat.ronde IS
            'De hoeveelste aanmelding dit is; alleen wat in deze ronde is besloten telt.';
        ALTER TABLE besluit ADD COLUMN ronde integer NOT NULL DEFAULT 1;

        CREATE TABLE uitstroom (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            ronde integer NOT NULL,
            uitgestroomd_op date NOT NULL,
            reden bytea NOT NULL,
            teruggevallen_op date,
            vastgelegd_op timestamptz NOT NULL
        );
        COMMENT ON COLUMN uitstroom.reden IS
            'Versleuteld: een reden kan gevoelig zijn, zoals detentie of arbeidsongeschiktheid.';
        CREATE INDEX uitstroom_kandidaat ON uitstroom (kandidaat_id, vastgelegd_op, id);
        CREATE UNIQUE INDEX uitstroom_geldend ON uitstroom (kandidaat_id, ronde)
            WHERE teruggevallen_op IS NULL;

        CREATE TABLE voorziening (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            soort text NOT NULL,
            begindatum date NOT NULL,
            loonwaarde integer,
            einddatum date,
            eindereden text
        );
        COMMENT ON TABLE voorziening IS 'Wat plaatsing over een plaatsing heeft gezegd.';
        CREATE INDEX voorziening_kandidaat ON voorziening (kandidaat_id);

        CREATE TABLE loonwaarde (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            percentage integer NOT NULL,
            ingangsdatum date NOT NULL,
            vastgesteld_op date NOT NULL
        );
        COMMENT ON TABLE loonwaarde IS 'Wat diagnose over de loonwaarde heeft gezegd.';
        CREATE INDEX loonwaarde_kandidaat ON loonwaarde (kandidaat_id, ingangsdatum);

        CREATE TABLE inwoner_bij_wsd (
            kandidaat_id uuid PRIMARY KEY,
            kenmerk bytea NOT NULL
        );
        COMMENT ON TABLE inwoner_bij_wsd IS
            'Gesleutelde hash over alle gemeenten heen; geen gemeente leest of schrijft hier.';
        CREATE INDEX inwoner_bij_wsd_kenmerk ON inwoner_bij_wsd (kenmerk);

        CREATE TABLE signaal (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL,
            andere_kandidaat_id uuid NOT NULL CHECK (andere_kandidaat_id > kandidaat_id),
            status text NOT NULL CHECK (status IN ('open', 'afgehandeld')),
            gesignaleerd_op timestamptz NOT NULL,
            afgehandeld_op timestamptz,
            UNIQUE (kandidaat_id, andere_kandidaat_id)
        );
        COMMENT ON TABLE signaal IS 'Dezelfde inwoner bij twee gemeenten: alleen voor WSD.';
        CREATE INDEX signaal_volgorde ON signaal (gesignaleerd_op, id);
        """
        + isolate("uitstroom", wsd_sees="false")
        + isolate("voorziening", wsd_sees="false")
        + isolate("loonwaarde", wsd_sees="false")
        + handover.movable("uitstroom", "voorziening", "loonwaarde")
        + isolate_by("inwoner_bij_wsd", f"{ACTING} = '{SYSTEM}'")
        + isolate_by(
            "signaal", f"{ACTING} = '{SYSTEM}' OR ({ACTING} = '{WSD}' AND {_BEIDE_GEZIEN})"
        )
    )
