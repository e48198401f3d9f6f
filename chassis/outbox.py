"""The tables under every service's events, and the one statement that adds an event."""

from __future__ import annotations

from typing import Final

from chassis.tenancy import isolate

SHARDS: Final = 16
"""Fixed for ever: a shard is a part of all aggregates that one relay at a time works through."""

TABLES_SQL: Final = """
CREATE TABLE stroom (
    aggregate_id uuid PRIMARY KEY,
    versie integer NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE stroom IS 'Laatste versie per aggregaat: elke gebeurtenis telt er een bij.';

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shard smallint NOT NULL,
    event_id uuid NOT NULL UNIQUE,
    aggregate_id uuid NOT NULL,
    aggregate_versie integer NOT NULL,
    gemeentecode text NOT NULL,
    type text NOT NULL,
    dataschema text NOT NULL,
    dataref text NOT NULL,
    tijd timestamptz NOT NULL,
    traceparent text,
    afnemers text[] NOT NULL,
    data bytea NOT NULL,
    geparkeerd_op timestamptz,
    foutklasse text,
    UNIQUE (aggregate_id, aggregate_versie)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
COMMENT ON TABLE outbox IS 'Een rij bestaat zolang de gebeurtenis niet is gepubliceerd.';
CREATE INDEX outbox_shard ON outbox (shard, id);
CREATE INDEX outbox_geparkeerd ON outbox (aggregate_id) WHERE geparkeerd_op IS NOT NULL;

CREATE TABLE positie (
    consument text NOT NULL,
    bron text NOT NULL,
    aggregate_id uuid NOT NULL,
    versie integer NOT NULL,
    wacht boolean NOT NULL DEFAULT false,
    PRIMARY KEY (consument, bron, aggregate_id)
) WITH (fillfactor = 70);
COMMENT ON TABLE positie IS 'Tot welke versie een consument een aggregaat heeft verwerkt.';

CREATE TABLE geparkeerd (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consument text NOT NULL,
    bron text,
    aggregate_id uuid,
    versie integer,
    type text,
    gemeentecode text,
    foutklasse text NOT NULL,
    plaats text NOT NULL DEFAULT '',
    geparkeerd_op timestamptz NOT NULL,
    topic text NOT NULL,
    sleutel bytea NOT NULL,
    headers jsonb NOT NULL,
    waarde bytea NOT NULL,
    UNIQUE (consument, bron, aggregate_id, versie)
);
COMMENT ON TABLE geparkeerd IS
    'Wat niet verwerkt kon worden, met alles van hetzelfde aggregaat dat erna kwam.';

CREATE TABLE termijn (
    id uuid PRIMARY KEY,
    gemeentecode text NOT NULL,
    aggregate_id uuid NOT NULL,
    soort text NOT NULL,
    sleutel text NOT NULL,
    vervalt_op timestamptz NOT NULL,
    gegevens jsonb NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'open'
        CHECK (status IN ('open', 'afgegaan', 'ingetrokken', 'geparkeerd')),
    foutklasse text,
    UNIQUE (soort, aggregate_id, sleutel)
);
CREATE INDEX termijn_open ON termijn (vervalt_op) WHERE status = 'open';

CREATE TABLE verwerking (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trace_id text NOT NULL,
    span_id text NOT NULL,
    naam text NOT NULL,
    verwerkingsactiviteit text NOT NULL,
    betrokkene uuid NOT NULL,
    gemeentecode text NOT NULL,
    organisatie text NOT NULL,
    status text NOT NULL DEFAULT 'Unset',
    begin timestamptz NOT NULL,
    eind timestamptz NOT NULL
);
COMMENT ON TABLE verwerking IS
    'Logboek Dataverwerkingen: een rij per verwerking van gegevens van een kandidaat.';
""" + "".join(
    (
        isolate("outbox", systeem_sees=True),
        isolate("geparkeerd", wsd_sees="false", systeem_sees=True),
        isolate("termijn", systeem_sees=True),
        isolate("verwerking", wsd_sees="organisatie = 'wsd'"),
    )
)

APPEND_SQL: Final = """
WITH stroom AS (
    INSERT INTO stroom AS s (aggregate_id, versie) VALUES ($2, 1)
    ON CONFLICT (aggregate_id) DO UPDATE SET versie = s.versie + 1
    RETURNING versie
), verwerking AS (
    INSERT INTO verwerking
        (trace_id, span_id, naam, verwerkingsactiviteit, betrokkene, gemeentecode, organisatie,
         begin, eind)
    VALUES ($12, $13, $5, $14, $2, $4, $15, $16, $8)
)
INSERT INTO outbox
    (shard, event_id, aggregate_id, aggregate_versie, gemeentecode, type, dataschema, dataref,
     tijd, traceparent, afnemers, data)
SELECT $1, $3, $2, stroom.versie, $4, $5, $6, $7, $8, $9, $10, $11 FROM stroom
"""
"""Add one event: take the next version of the aggregate, log the processing, add the row.

Taking the version locks the aggregate's row in ``stroom`` until the commit, and the outbox id is
drawn only after that lock is held. So if a later id of an aggregate is visible, every earlier one
is committed: within a shard, order by id is the order of the facts.
"""


def shard_of(aggregate_int: int) -> int:
    """The shard of an aggregate, from the integer value of its random UUID."""
    return aggregate_int % SHARDS
