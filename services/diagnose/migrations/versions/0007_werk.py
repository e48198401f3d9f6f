"""Modelrapport van de loonwaarde, werkdiagnose en OAD."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0007_werk"
down_revision = "0006_planregie"

_TABLES = ("loonwaardereactie", "eerdere_loonwaarde", "werkdiagnose", "oad_traject")


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE loonwaardemeting ADD COLUMN methode text NOT NULL DEFAULT 'uniform-2021';

        CREATE TABLE loonwaardereactie (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            meting_id uuid NOT NULL REFERENCES loonwaardemeting,
            gemeentecode text NOT NULL,
            partij text NOT NULL CHECK (partij IN ('werkgever', 'werknemer')),
            inhoud bytea NOT NULL,
            UNIQUE (meting_id, partij)
        );
        COMMENT ON COLUMN loonwaardereactie.inhoud IS 'De hele reactie, verzegeld.';

        CREATE TABLE eerdere_loonwaarde (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            vastgesteld_op date NOT NULL CHECK (vastgesteld_op < date '2021-07-01'),
            inhoud bytea NOT NULL
        );
        CREATE INDEX eerdere_loonwaarde_dossier ON eerdere_loonwaarde (dossier_id);
        COMMENT ON TABLE eerdere_loonwaarde IS
            'Van voor de uniforme methode: om te lezen, niets rust erop.';

        CREATE TABLE werkdiagnose (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            status text NOT NULL CHECK
                (status IN ('aangemeld', 'gestart', 'afgerond', 'gestopt', 'niet-gestart')),
            aangemeld_op date NOT NULL,
            bestaande_klant boolean NOT NULL,
            geplande_start date,
            gestart_op date,
            afgerond_op date,
            reden text,
            inhoud bytea NOT NULL,
            CHECK ((reden IS NOT NULL) = (status IN ('gestopt', 'niet-gestart')))
        );
        COMMENT ON COLUMN werkdiagnose.inhoud IS
            'De hele werkdiagnose met observaties en einddiagnose, verzegeld; de kolommen tellen.';
        CREATE UNIQUE INDEX werkdiagnose_open ON werkdiagnose (dossier_id)
            WHERE status IN ('aangemeld', 'gestart');
        CREATE INDEX werkdiagnose_dossier ON werkdiagnose (dossier_id);

        CREATE TABLE oad_traject (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            gemeentecode text NOT NULL,
            status text NOT NULL CHECK
                (status IN ('geselecteerd', 'niet-geschikt', 'gestart', 'beeindigd')),
            gestart_op date,
            beeindigd_op date,
            bestemming text,
            werk_na_6 boolean,
            werk_na_12 boolean,
            inhoud bytea NOT NULL,
            CHECK ((gestart_op IS NOT NULL) = (status IN ('gestart', 'beeindigd'))),
            CHECK ((beeindigd_op IS NOT NULL) = (status = 'beeindigd')),
            CHECK ((bestemming IS NOT NULL) = (status = 'beeindigd'))
        );
        COMMENT ON COLUMN oad_traject.inhoud IS
            'Het hele traject met de selectie, verzegeld; de kolommen tellen.';
        CREATE UNIQUE INDEX oad_traject_open ON oad_traject (dossier_id)
            WHERE status IN ('geselecteerd', 'gestart');
        CREATE INDEX oad_traject_dossier ON oad_traject (dossier_id);
        """
        + "".join(isolate(table) for table in _TABLES)
        + handover.movable(*_TABLES)
    )
