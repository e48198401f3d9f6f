"""ZRM-metingen van twee versies, participatieladder en arbeidsvermogen."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0005_zrm"
down_revision = "0004_termijnen"

_TABLES = ("zrm_meting_versie", "betaald_werk", "ladderpositie", "arbeidsvermogen")


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE dossier
            ADD COLUMN zrm_op date,
            ADD COLUMN loonwaarde_op date,
            ADD COLUMN uitgestroomd_op date;
        COMMENT ON COLUMN dossier.zrm_op IS 'Dag van de laatste ZRM-meting.';
        COMMENT ON COLUMN dossier.loonwaarde_op IS
            'Dag waarop de laatste loonwaarde is vastgesteld.';

        CREATE TABLE zrm_meting_versie (
            id uuid PRIMARY KEY,
            meting_id uuid NOT NULL REFERENCES zrm_meting,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            metingversie integer NOT NULL,
            inhoud bytea NOT NULL,
            UNIQUE (meting_id, metingversie)
        );
        COMMENT ON TABLE zrm_meting_versie IS
            'Wat een meting zei voordat zij werd gecorrigeerd; wat nu telt staat in zrm_meting.';
        COMMENT ON COLUMN zrm_meting_versie.inhoud IS 'De hele meting, verzegeld.';

        CREATE TABLE betaald_werk (
            plaatsing_id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            dienstverband_van date,
            geeindigd_op date,
            naar_regulier boolean NOT NULL
        );
        COMMENT ON TABLE betaald_werk IS
            'Wat plaatsing over een plaatsing heeft gezegd: trede 5 en 6 volgen daaruit.';
        CREATE INDEX betaald_werk_kandidaat ON betaald_werk (kandidaat_id);

        CREATE TABLE ladderpositie (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            volgnummer integer NOT NULL,
            trede smallint CHECK (trede BETWEEN 1 AND 6),
            vastgesteld_op date NOT NULL,
            bron text NOT NULL CHECK (bron IN ('professional', 'plaatsing')),
            UNIQUE (dossier_id, volgnummer)
        );
        COMMENT ON COLUMN ladderpositie.trede IS
            'Leeg: een dienstverband eindigde, en niemand heeft een andere trede vastgesteld.';

        CREATE TABLE arbeidsvermogen (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            volgnummer integer NOT NULL,
            code text NOT NULL,
            vastgesteld_op date NOT NULL,
            UNIQUE (dossier_id, volgnummer)
        );
        """
        + "".join(isolate(table) for table in _TABLES)
        + handover.movable(*_TABLES)
    )
