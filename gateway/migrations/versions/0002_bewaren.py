"""What the feed needs to find a moment in it, and to keep no more than it should."""

from chassis.migrations import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_sql(
        """
        ALTER TABLE teller
            ADD COLUMN laatst_op timestamptz NOT NULL DEFAULT '-infinity',
            ADD COLUMN verwijderd_tot bigint NOT NULL DEFAULT 0;
        COMMENT ON COLUMN teller.laatst_op IS
            'Wanneer het laatste nummer is gegeven; gaat nooit terug, dus de volgorde van de'
            ' nummers is die van ontvangen_op.';
        COMMENT ON COLUMN teller.verwijderd_tot IS
            'Tot en met dit nummer is verwijderd wat niet langer bewaard wordt.';
        CREATE INDEX ontvangen_moment ON ontvangen (afnemer, ontvangen_op, nummer);
        """
    )
