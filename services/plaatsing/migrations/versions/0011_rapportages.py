"""In welk programma een plaatsing begon, om in-, door- en uitstroom naar te tellen."""

from chassis.migrations import run_sql

revision = "0011_rapportages"
down_revision = "0010_termijnen"


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE trajectbesluit ADD COLUMN programma text;
        ALTER TABLE plaatsing ADD COLUMN programma text;
        COMMENT ON COLUMN plaatsing.programma IS
            'Van het trajectbesluit dat telde toen zij begon; leeg van voor wij het bewaarden.';
        CREATE INDEX plaatsing_gemeente ON plaatsing (gemeentecode, begin);
        """
    )
