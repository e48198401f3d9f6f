"""Een dossier kan met de kandidaat naar een andere gemeente."""

from chassis import handover
from chassis.migrations import run_sql

revision = "0003_overdracht"
down_revision = "0002_parkeren"


def upgrade() -> None:
    run_sql(
        handover.tables_sql("dossier.kandidaat_id")
        + handover.movable("dossier", "zrm_meting", "loonwaardemeting", "advies", "datasleutel")
    )
