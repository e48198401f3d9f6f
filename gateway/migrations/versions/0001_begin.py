"""The tables of the chassis, and the feed: per afnemer its events, numbered without gaps."""

from chassis.migrations import run_sql
from chassis.outbox import TABLES_SQL
from chassis.tenancy import ACTING, isolate_by

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql(TABLES_SQL)
    run_sql(
        """
        CREATE TABLE teller (
            afnemer text PRIMARY KEY,
            laatste bigint NOT NULL
        ) WITH (fillfactor = 50);
        COMMENT ON TABLE teller IS
            'Laatste nummer per afnemer. De rij blijft op slot tot het vastleggen klaar is: wie een'
            ' nummer ziet, ziet ook alle lagere.';

        CREATE TABLE ontvangen (
            afnemer text NOT NULL,
            nummer bigint NOT NULL,
            bron text NOT NULL,
            event_id uuid NOT NULL,
            type text NOT NULL,
            subject uuid NOT NULL,
            ontvangen_op timestamptz NOT NULL,
            cloudevent text NOT NULL,
            PRIMARY KEY (afnemer, nummer),
            UNIQUE (afnemer, bron, event_id)
        );
        COMMENT ON TABLE ontvangen IS 'Wat een afnemer mag zien, als CloudEvent in JSON.';
        CREATE INDEX ontvangen_type ON ontvangen (afnemer, type, nummer);
        CREATE INDEX ontvangen_subject ON ontvangen (afnemer, subject, nummer);
        """
        + isolate_by("teller", f"afnemer = {ACTING}")
        + isolate_by("ontvangen", f"afnemer = {ACTING}")
    )
