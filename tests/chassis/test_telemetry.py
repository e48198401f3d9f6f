"""What is not on the list does not get into the log."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from chassis import telemetry, trace

SECRET = "999990019"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    telemetry.configure(stream=stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:], root.level = before


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_has_a_name_a_level_a_time_and_the_trace(out: io.StringIO) -> None:
    token = trace.current.set(trace.new())
    structlog.get_logger().info("verzoek", dienst="intake", status=200)
    trace.current.reset(token)
    (line,) = lines(out)
    assert line["event"] == "verzoek"
    assert line["niveau"] == "info"
    assert line["tijd"].endswith("Z")
    assert len(line["trace_id"]) == 32
    assert (line["dienst"], line["status"]) == ("intake", 200)


def test_fields_that_are_not_on_the_list_are_dropped(out: io.StringIO) -> None:
    structlog.get_logger().info("verzoek", bsn=SECRET, naam="Jansen", soort={"bsn": SECRET})
    assert SECRET not in out.getvalue()
    assert "Jansen" not in out.getvalue()


def test_a_sentence_in_place_of_a_name_is_dropped(out: io.StringIO) -> None:
    structlog.get_logger().info(f"aanmelding van {SECRET}")
    assert lines(out)[0]["event"] == "naamloos"


def test_of_an_exception_only_type_cause_and_place_are_told(out: io.StringIO) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(f"bsn={SECRET}") from cause
    except ValueError:
        structlog.get_logger().exception("mislukt")
    (line,) = lines(out)
    assert (line["fout"], line["oorzaak"]) == ("ValueError", "KeyError")
    assert "test_of_an_exception" in line["frames"][-1]
    assert SECRET not in out.getvalue()


def test_libraries_tell_their_message_before_anything_is_filled_in(out: io.StringIO) -> None:
    logging.getLogger("aiokafka.consumer").warning("Heartbeat failed for %s", SECRET)
    logging.getLogger("sqlalchemy.engine").warning(f"INSERT {SECRET}")
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("asyncio").exception(f"Task failed\nfuture: {SECRET}")
    kafka, sqlalchemy, loop = lines(out)
    assert kafka["bericht"] == "Heartbeat failed for %s"
    assert "bericht" not in sqlalchemy
    assert (loop["bericht"], loop["fout"]) == ("Task failed", "ValueError")
    assert SECRET not in out.getvalue()


def test_the_access_log_of_uvicorn_stays_silent(out: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info('"GET /kandidaten?bsn=%s"', SECRET)
    assert not out.getvalue()


@given(
    st.dictionaries(
        st.text() | st.sampled_from(sorted(telemetry.FIELDS)),
        st.integers() | st.text() | st.lists(st.text()),
    )
)
def test_every_line_is_json_of_known_fields(fields: dict[str, Any]) -> None:
    line = json.loads(telemetry._render(None, "", telemetry.only_known_fields(None, "", fields)))
    assert line.keys() <= telemetry.FIELDS
