"""Termijnen die worden bewaakt."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0005_termijnen"
down_revision = "0004_processen"


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE bewaakte_termijn (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            soort text NOT NULL,
            kenmerk text NOT NULL,
            rol text NOT NULL,
            begonnen_op date NOT NULL,
            einddag date NOT NULL,
            atw boolean NOT NULL,
            eigen_waarschuwingsdag date,
            opschortingen jsonb NOT NULL,
            verlengd_op date,
            gewaarschuwd_voor date,
            verstreken_voor date,
            gehaald_op date,
            status text NOT NULL CHECK
                (status IN ('lopend', 'opgeschort', 'gehaald', 'verstreken', 'vervallen')),
            laatste_dag date NOT NULL,
            rang smallint NOT NULL GENERATED ALWAYS AS (
                CASE WHEN status = 'verstreken' AND soort <> 'bezwaartermijn' THEN 0
                     WHEN status = 'lopend' THEN 1
                     WHEN status = 'opgeschort' THEN 2
                     ELSE 3 END) STORED
        );
        COMMENT ON COLUMN bewaakte_termijn.einddag IS
            'Laatste dag zonder opschorting en zonder verlenging door de Algemene termijnenwet.';
        COMMENT ON COLUMN bewaakte_termijn.rang IS
            'Dringendste eerst; 3 is afgedaan. Na een bezwaartermijn hoeft niemand iets te doen.';
        CREATE UNIQUE INDEX bewaakte_termijn_open ON bewaakte_termijn (kandidaat_id, soort, kenmerk)
            WHERE status IN ('lopend', 'opgeschort', 'verstreken');
        CREATE INDEX bewaakte_termijn_dringend
            ON bewaakte_termijn (gemeentecode, rang, laatste_dag, id);

        CREATE TABLE aanvraag (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            aangevraagd_op date NOT NULL,
            uitzondering text,
            voorschotten date[] NOT NULL,
            uitkomst text,
            beslist_op date CHECK ((beslist_op IS NULL) = (uitkomst IS NULL)),
            vastgelegd_op timestamptz NOT NULL
        );
        COMMENT ON TABLE aanvraag IS 'Aanvraag van bijstand; WSD ziet haar niet.';
        CREATE INDEX aanvraag_kandidaat ON aanvraag (kandidaat_id, vastgelegd_op, id);
        CREATE UNIQUE INDEX aanvraag_open ON aanvraag (kandidaat_id) WHERE uitkomst IS NULL;
        """
        + isolate(
            "bewaakte_termijn",
            wsd_sees="EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id"
            " AND k.gedeeld_met_wsd)"
            " AND soort NOT IN ('plan-van-aanpak', 'herbeoordeling-vrijstelling')",
        )
        + isolate("aanvraag", wsd_sees="false")
        + handover.movable("bewaakte_termijn", "aanvraag")
    )
