"""A service that exists for the tests of the chassis only: it counts."""

from chassis.tenancy import isolate

GEZIEN_SQL = """
CREATE TABLE gezien (
    volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    gemeentecode text NOT NULL,
    aggregate_id uuid NOT NULL,
    versie integer NOT NULL
);
""" + isolate("gezien")
"""What a consumer has seen, in order. Nothing is unique, so that seeing double shows."""
