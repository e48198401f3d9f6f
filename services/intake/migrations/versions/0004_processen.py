"""Processen van de gemeenten, en hoe ver elke kandidaat daarin is."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import isolate

revision = "0004_processen"
down_revision = "0003_overdracht"

_SHARED = "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.gedeeld_met_wsd)"


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE procesversie (
            proces text NOT NULL,
            versie integer NOT NULL,
            bpmn bytea NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            PRIMARY KEY (proces, versie)
        );
        COMMENT ON TABLE procesversie IS
            'De bestanden waarmee kandidaten op weg zijn gegaan; een versie verandert nooit.';

        CREATE TABLE procesverloop (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            proces text NOT NULL,
            versie integer NOT NULL,
            begonnen_op date NOT NULL,
            feiten bytea NOT NULL,
            status text NOT NULL CHECK (status IN ('loopt', 'geeindigd', 'afgebroken')),
            einde text,
            einde_naam text,
            geeindigd_op date,
            vastgelegd_op timestamptz NOT NULL,
            FOREIGN KEY (proces, versie) REFERENCES procesversie
        );
        COMMENT ON COLUMN procesverloop.feiten IS
            'Versleuteld: wat van het begin af bekend is, zoals de leeftijd bij de aanmelding.';
        CREATE INDEX procesverloop_kandidaat ON procesverloop (kandidaat_id, vastgelegd_op, id);
        CREATE UNIQUE INDEX procesverloop_loopt ON procesverloop (kandidaat_id)
            WHERE status = 'loopt';

        CREATE TABLE gezette_stap (
            procesverloop_id uuid NOT NULL REFERENCES procesverloop,
            volgnummer integer NOT NULL,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            stap text NOT NULL,
            gezet_op date NOT NULL,
            door text NOT NULL,
            rol text NOT NULL,
            feiten bytea NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            PRIMARY KEY (procesverloop_id, volgnummer)
        );
        COMMENT ON COLUMN gezette_stap.feiten IS 'Versleuteld met de datasleutel van de kandidaat.';

        CREATE TABLE open_stap (
            id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
            procesverloop_id uuid NOT NULL REFERENCES procesverloop,
            stap text NOT NULL,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            rol text NOT NULL,
            van_wsd boolean NOT NULL,
            sinds date NOT NULL,
            niet_voor date NOT NULL,
            uiterlijk date,
            verlengd boolean NOT NULL DEFAULT false,
            evaluaties integer NOT NULL DEFAULT 0,
            PRIMARY KEY (procesverloop_id, stap)
        );
        CREATE INDEX open_stap_kandidaat ON open_stap (kandidaat_id);
        CREATE INDEX open_stap_werklijst
            ON open_stap (gemeentecode, coalesce(uiterlijk, DATE '2500-01-01'), id);

        CREATE TABLE groepsbijeenkomst (
            id uuid PRIMARY KEY,
            gemeentecode text NOT NULL,
            proces text NOT NULL,
            stap text NOT NULL,
            op date NOT NULL,
            gehouden boolean NOT NULL DEFAULT false,
            vastgelegd_op timestamptz NOT NULL
        );
        CREATE TABLE groepsdeelname (
            groepsbijeenkomst_id uuid NOT NULL REFERENCES groepsbijeenkomst,
            kandidaat_id uuid NOT NULL REFERENCES kandidaat,
            gemeentecode text NOT NULL,
            verschenen boolean,
            PRIMARY KEY (groepsbijeenkomst_id, kandidaat_id)
        );
        CREATE INDEX groepsdeelname_kandidaat ON groepsdeelname (kandidaat_id);
        """
        + isolate("procesverloop", wsd_sees=_SHARED)
        + isolate("gezette_stap", wsd_sees=_SHARED)
        + isolate("open_stap", wsd_sees=_SHARED)
        + isolate("groepsbijeenkomst", wsd_sees="false")
        + isolate("groepsdeelname", wsd_sees="false")
        + handover.movable("procesverloop", "gezette_stap", "open_stap", "groepsdeelname")
    )
