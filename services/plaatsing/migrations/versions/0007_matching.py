"""Profielen om op te zoeken, en voorstellen aan een werkgever."""

from chassis import handover
from chassis.migrations import role_of, run_sql
from chassis.tenancy import isolate

revision = "0007_matching"
down_revision = "0006_werkplekken"

_TABLES = ("profiel", "profielversie", "voorstel")
_DOORVERWEZEN = (
    "EXISTS (SELECT FROM kandidaat k WHERE k.id = kandidaat_id AND k.doorverwezen_op IS NOT NULL)"
)

_EISEN = (
    "zelfstandig-werken tempo-volhouden lang-concentreren wisselend-werk nederlands-lezen"
    " nederlands-spreken rekenen samenwerken klantcontact drukte buiten-werken kou-of-hitte lawaai"
    " stof-of-damp op-hoogte-werken licht-tillen zwaar-tillen duwen-en-trekken bukken-en-knielen"
    " reiken fijne-motoriek veel-lopen traplopen lang-staan lang-zitten voertuig-besturen"
    " vroege-of-late-diensten nachtdiensten"
)
_DAGEN = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
_NIVEAUS = "geen op-afstand regelmatig dagelijks permanent"


def _masker(waarden: str, lijst: str) -> str:
    plek = f"array_position(string_to_array('{lijst}', ' '), waarde)"
    return f"(SELECT coalesce(sum(1 << ({plek} - 1)), 0) FROM unnest({waarden}) AS waarde)"  # noqa: S608


_BACKFILL = f"""
ALTER TABLE werkplek NO FORCE ROW LEVEL SECURITY;
UPDATE werkplek SET
    eisen_masker = {_masker("eisen", _EISEN)},
    dagen_masker = {_masker("dagen", _DAGEN)},
    begeleiding = greatest(
        array_position(string_to_array('{_NIVEAUS}', ' '), begeleiding_vereist),
        array_position(string_to_array('{_NIVEAUS}', ' '), begeleiding_geboden)) - 1;
ALTER TABLE werkplek FORCE ROW LEVEL SECURITY;
"""  # noqa: S608 - constants
"""Once; from then on the service writes them, as it writes those of a profiel."""


_FOLLOW = """
CREATE FUNCTION volg_kandidaat() RETURNS trigger
LANGUAGE plpgsql SET search_path = plaatsing, pg_temp AS $$
BEGIN
    UPDATE profiel
    SET doorverwezen = NEW.doorverwezen_op IS NOT NULL, uitgestroomd_op = NEW.uitgestroomd_op
    WHERE kandidaat_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER volg_kandidaat AFTER INSERT OR UPDATE OF doorverwezen_op, uitgestroomd_op
    ON kandidaat FOR EACH ROW EXECUTE FUNCTION volg_kandidaat();
"""


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE werkplek
            ADD COLUMN eisen_masker integer NOT NULL DEFAULT 0,
            ADD COLUMN dagen_masker smallint NOT NULL DEFAULT 0,
            ADD COLUMN begeleiding smallint NOT NULL DEFAULT 0;
        COMMENT ON COLUMN werkplek.eisen_masker IS
            'Een bit per eis, in de volgorde van de lijst, om mee te zoeken; dagen_masker ook.';
        COMMENT ON COLUMN werkplek.begeleiding IS
            'De zwaarte van de begeleiding die er is, van de werkgever of meegebracht.';

        CREATE TABLE profiel (
            kandidaat_id uuid PRIMARY KEY,
            gemeentecode text NOT NULL,
            doorverwezen boolean NOT NULL,
            uitgestroomd_op date,
            versie integer NOT NULL,
            uren_van numeric(4, 2) NOT NULL,
            uren_tot numeric(4, 2) NOT NULL,
            groeit_naar_uren numeric(4, 2),
            dagen smallint NOT NULL,
            beschikbaar_vanaf date NOT NULL,
            reist_vanuit text NOT NULL,
            reist_hoogstens_km smallint NOT NULL,
            vervoer text,
            wensen text[] NOT NULL,
            ervaring text[] NOT NULL,
            vaardigheden integer NOT NULL,
            leerdoelen integer NOT NULL,
            niet_mogelijk integer NOT NULL,
            begeleiding_nodig smallint NOT NULL
        );
        COMMENT ON TABLE profiel IS
            'Alleen de codes waarop wordt gezocht, van de versie die geldt.';
        COMMENT ON COLUMN profiel.doorverwezen IS
            'Volgt de kandidaat, net als uitgestroomd_op: zo zoekt zoeken in een tabel.';
        COMMENT ON COLUMN profiel.reist_vanuit IS 'Leeg: niet bekend.';
        CREATE INDEX profiel_reist ON profiel (reist_vanuit, reist_hoogstens_km);

        CREATE TABLE profielversie (
            kandidaat_id uuid NOT NULL,
            versie integer NOT NULL,
            gemeentecode text NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            inhoud bytea NOT NULL,
            PRIMARY KEY (kandidaat_id, versie)
        );
        COMMENT ON COLUMN profielversie.inhoud IS
            'Het hele profiel en wie het vastlegde, verzegeld met de datasleutel van de kandidaat.';

        CREATE TABLE voorstel (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            werkplek_id uuid NOT NULL REFERENCES werkplek,
            voorgesteld_door text NOT NULL,
            gedaan_op date NOT NULL,
            begindatum date NOT NULL,
            kandidaat_akkoord_op date,
            werkgever_akkoord_op date,
            antwoord text,
            beantwoord_op date,
            werkgeverstekst bytea NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            CHECK ((antwoord IS NULL) = (beantwoord_op IS NULL))
        );
        CREATE INDEX voorstel_volgorde ON voorstel (vastgelegd_op, id);
        CREATE INDEX voorstel_kandidaat ON voorstel (kandidaat_id);
        CREATE INDEX voorstel_werkplek ON voorstel (werkplek_id);
        CREATE UNIQUE INDEX voorstel_open ON voorstel (kandidaat_id, werkplek_id)
            WHERE antwoord IS NULL;
        COMMENT ON COLUMN voorstel.werkgeverstekst IS
            'Wat de werkgever leest, verzegeld met de datasleutel van de kandidaat.';
        """
        + _BACKFILL
        + _FOLLOW
        + isolate("profiel", wsd_sees="doorverwezen")
        + isolate("profielversie", wsd_sees=_DOORVERWEZEN)
        + isolate("voorstel", wsd_sees=_DOORVERWEZEN)
        + handover.movable(*_TABLES)
        + "GRANT UPDATE (eisen_masker, dagen_masker, begeleiding) ON werkplek"
        f" TO {role_of('plaatsing')};"
    )
