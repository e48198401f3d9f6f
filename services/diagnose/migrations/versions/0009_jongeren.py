"""Jongeren in beeld en klanttevredenheid."""

from chassis import handover
from chassis.migrations import run_sql
from chassis.tenancy import ACTING, WSD, isolate

revision = "0009_jongeren"
down_revision = "0008_adviezen"

_JONGEREN = ("jongere", "jongerenbeeld", "jongerenscan")


def upgrade() -> None:
    run_sql(
        """
        CREATE TABLE jongere (
            kandidaat_id uuid PRIMARY KEY,
            gemeentecode text NOT NULL,
            bekend_op date NOT NULL
        );
        CREATE INDEX jongere_volgorde ON jongere (bekend_op, kandidaat_id);

        CREATE TABLE jongerenbeeld (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES jongere,
            gemeentecode text NOT NULL,
            gezien_op date NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            inhoud bytea NOT NULL
        );
        CREATE INDEX jongerenbeeld_volgorde
            ON jongerenbeeld (kandidaat_id, gezien_op DESC, vastgelegd_op DESC, id);
        COMMENT ON COLUMN jongerenbeeld.inhoud IS 'Het hele beeld, verzegeld.';

        CREATE TABLE jongerenscan (
            id uuid PRIMARY KEY,
            kandidaat_id uuid NOT NULL REFERENCES jongere,
            gemeentecode text NOT NULL,
            afgerond_op date NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            inhoud bytea NOT NULL
        );
        CREATE INDEX jongerenscan_volgorde
            ON jongerenscan (kandidaat_id, afgerond_op DESC, vastgelegd_op DESC, id);
        COMMENT ON COLUMN jongerenscan.inhoud IS 'De hele quick scan, verzegeld.';

        CREATE TABLE tevredenheidsgesprek (
            id uuid PRIMARY KEY,
            dossier_id uuid NOT NULL REFERENCES dossier,
            kandidaat_id uuid NOT NULL,
            gemeentecode text NOT NULL,
            jaar integer NOT NULL,
            buiten_beschouwing boolean NOT NULL,
            nog_te_tellen text[] NOT NULL,
            nog_te_tonen text[] NOT NULL,
            vastgelegd_op timestamptz NOT NULL,
            inhoud bytea NOT NULL,
            UNIQUE (kandidaat_id, jaar)
        );
        CREATE INDEX tevredenheidsgesprek_jaar ON tevredenheidsgesprek (gemeentecode, jaar);
        COMMENT ON COLUMN tevredenheidsgesprek.inhoud IS 'De antwoorden, verzegeld.';
        COMMENT ON COLUMN tevredenheidsgesprek.nog_te_tellen IS
            'De vragen waarvan het cijfer wacht tot er vijf zijn.';
        COMMENT ON COLUMN tevredenheidsgesprek.nog_te_tonen IS
            'De vragen waarvan de woorden wachten tot er vijf zijn.';

        CREATE TABLE tevredenheidscijfer (
            gemeentecode text NOT NULL,
            jaar integer NOT NULL,
            vraag text NOT NULL,
            aantal integer NOT NULL,
            som integer NOT NULL,
            PRIMARY KEY (gemeentecode, jaar, vraag)
        );
        COMMENT ON TABLE tevredenheidscijfer IS
            'Wat is geteld: de cijfers van steeds vijf personen tegelijk, van niemand apart.';
        """
        + "".join(isolate(table, wsd_sees=_bij_wsd(table)) for table in _JONGEREN)
        + isolate("tevredenheidsgesprek")
        + isolate("tevredenheidscijfer")
        + handover.movable(*_JONGEREN, "tevredenheidsgesprek")
        + _SLEUTEL_VAN_WIE_BIJ_WSD_IS
    )


def _bij_wsd(table: str) -> str:
    """A jongere may be known before WSD is: only from the dossier on does WSD see them."""
    return f"EXISTS (SELECT FROM dossier d WHERE d.kandidaat_id = {table}.kandidaat_id)"


_MAG = f"gemeentecode = {ACTING} OR ({ACTING} = '{WSD}' AND {_bij_wsd('datasleutel')})"
_SLEUTEL_VAN_WIE_BIJ_WSD_IS = (
    f"ALTER POLICY organisatie ON datasleutel USING ({_MAG}) WITH CHECK ({_MAG});"
)
