"""Abonnementen: where an afnemer wants its events sent, and how far that has come."""

from chassis.migrations import run_sql
from chassis.tenancy import ACTING, SYSTEM, isolate_by
from chassis.web.idempotency import TABLE_SQL as IDEMPOTENCY_SQL

revision = "0003"
down_revision = "0002"

_OWN = f"afnemer = {ACTING}"


def upgrade() -> None:
    run_sql(IDEMPOTENCY_SQL)
    run_sql(
        """
        CREATE TABLE abonnement (
            id uuid PRIMARY KEY,
            afnemer text NOT NULL,
            naam text NOT NULL,
            callback_url text NOT NULL,
            formaat text NOT NULL,
            types text[] NOT NULL,
            aanmelding text NOT NULL,
            instellingen text NOT NULL,
            geheimen bytea NOT NULL,
            datasleutel bytea NOT NULL,
            versie integer NOT NULL DEFAULT 1,
            aangemaakt_op timestamptz NOT NULL
        );
        CREATE INDEX abonnement_volgorde ON abonnement (afnemer, aangemaakt_op, id);
        COMMENT ON TABLE abonnement IS 'Wat een afnemer heeft ingesteld.';
        COMMENT ON COLUMN abonnement.datasleutel IS 'Verpakte sleutel van de geheimen.';

        CREATE TABLE abonnement_sleutel (
            id uuid PRIMARY KEY,
            abonnement_id uuid NOT NULL REFERENCES abonnement ON DELETE CASCADE,
            afnemer text NOT NULL,
            geheim bytea NOT NULL,
            gemaakt_op timestamptz NOT NULL,
            vervalt_op timestamptz
        );
        CREATE INDEX abonnement_sleutel_van ON abonnement_sleutel (abonnement_id);
        COMMENT ON TABLE abonnement_sleutel IS 'Waarmee berichten worden ondertekend, versleuteld.';

        CREATE TABLE bezorging (
            abonnement_id uuid PRIMARY KEY REFERENCES abonnement ON DELETE CASCADE,
            afnemer text NOT NULL,
            status text NOT NULL,
            gepauzeerd boolean NOT NULL DEFAULT false,
            gelezen_tot bigint NOT NULL,
            wijziging integer NOT NULL DEFAULT 1,
            tempo integer,
            fouten integer NOT NULL DEFAULT 0,
            fouten_van uuid,
            storing_sinds timestamptz,
            proef_op timestamptz,
            proeven integer NOT NULL DEFAULT 0,
            wacht_tot timestamptz,
            toestemming_hash bytea,
            toestemming_pogingen integer NOT NULL DEFAULT 0,
            toestemming_op timestamptz,
            toestemming_fout text,
            houder uuid,
            houder_tot timestamptz
        ) WITH (fillfactor = 50);
        CREATE UNIQUE INDEX bezorging_toestemming ON bezorging (toestemming_hash);
        COMMENT ON TABLE bezorging IS 'Hoe ver een abonnement is en hoe de ontvanger ervoor staat.';
        COMMENT ON COLUMN bezorging.wijziging IS
            'Loopt op als de eigenaar iets verandert: de bezorger leest dan alles opnieuw.';
        COMMENT ON COLUMN bezorging.houder IS 'De bezorger die ermee bezig is, tot houder_tot.';

        CREATE TABLE aflevering (
            abonnement_id uuid NOT NULL REFERENCES abonnement ON DELETE CASCADE,
            nummer bigint NOT NULL,
            afnemer text NOT NULL,
            event_id uuid NOT NULL,
            type text NOT NULL,
            subject uuid NOT NULL,
            cloudevent text,
            status text NOT NULL DEFAULT 'wacht'
                CHECK (status IN ('wacht', 'afgeleverd', 'opgegeven', 'overgeslagen')),
            pogingen integer NOT NULL DEFAULT 0,
            begonnen_op timestamptz,
            volgende_op timestamptz NOT NULL,
            opgegeven_op timestamptz,
            afgerond_op timestamptz,
            fout text,
            reden text,
            overgeslagen_door text,
            PRIMARY KEY (abonnement_id, nummer)
        );
        CREATE INDEX aflevering_open ON aflevering (abonnement_id, nummer)
            WHERE status IN ('wacht', 'opgegeven');
        CREATE INDEX aflevering_event ON aflevering (abonnement_id, event_id);
        CREATE INDEX aflevering_klaar ON aflevering (afnemer, afgerond_op)
            WHERE afgerond_op IS NOT NULL;
        COMMENT ON COLUMN aflevering.cloudevent IS
            'De gebeurtenis, tot zij is afgeleverd: los van hoe lang de feed haar bewaart.';

        CREATE TABLE poging (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            abonnement_id uuid NOT NULL,
            nummer bigint NOT NULL,
            afnemer text NOT NULL,
            moment timestamptz NOT NULL,
            status integer,
            duur_ms integer NOT NULL,
            fout text,
            FOREIGN KEY (abonnement_id, nummer) REFERENCES aflevering ON DELETE CASCADE
        );
        CREATE INDEX poging_van ON poging (abonnement_id, nummer, id);
        COMMENT ON TABLE poging IS 'Elke poging: wanneer, wat het antwoord was, nooit de inhoud.';
        """
        + isolate_by("abonnement", _OWN)
        + isolate_by("abonnement_sleutel", _OWN)
        + isolate_by("bezorging", f"{_OWN} OR {ACTING} = '{SYSTEM}'")
        + isolate_by("aflevering", _OWN)
        + isolate_by("poging", _OWN)
    )
