"""Het besluit beschut werk, na advies van het UWV."""

from chassis.migrations import run_sql

revision = "0009_beschut_werk"
down_revision = "0008_profiel"


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE besluit
            DROP CONSTRAINT besluit_soort_check,
            ADD CONSTRAINT besluit_soort_check CHECK (soort IN (
                'poortbesluit', 'trajectbesluit', 'vrijstelling', 'zorgtraject', 'beschut-werk')),
            ADD COLUMN uwv_advies_op date,
            ADD COLUMN uwv_advies_positief boolean,
            ADD COLUMN toegekend boolean,
            ADD CHECK (soort <> 'beschut-werk' OR (uwv_advies_op IS NOT NULL
                AND uwv_advies_positief IS NOT NULL AND toegekend IS NOT NULL));
        """
    )
