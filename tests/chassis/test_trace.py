"""W3C Trace Context: accepted when valid, replaced when not, never passed on unchecked."""

import re

from hypothesis import given
from hypothesis import strategies as st

from chassis import trace

VALID = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[01]")


def test_a_valid_traceparent_is_continued_in_the_same_trace() -> None:
    span = trace.accept(VALID)
    assert span.trace_id == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert span.span_id != "00f067aa0ba902b7"
    assert span.sampled


def test_without_traceparent_a_new_trace_begins() -> None:
    assert trace.accept(None).trace_id != trace.accept(None).trace_id


def test_the_callers_choice_not_to_sample_is_kept() -> None:
    assert not trace.accept(VALID[:-1] + "0").sampled


def test_zero_ids_unknown_forms_and_version_ff_are_not_accepted() -> None:
    assert trace.parse(VALID.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0" * 32)) is None
    assert trace.parse(VALID.replace("00f067aa0ba902b7", "0" * 16)) is None
    assert trace.parse("ff" + VALID[2:]) is None
    assert trace.parse(VALID.upper()) is None
    assert trace.parse(VALID + "-extra") is None
    assert trace.parse(VALID + "\n") is None


def test_a_later_version_is_read_by_its_first_four_fields() -> None:
    assert trace.parse("01" + VALID[2:] + "-more") == trace.parse(VALID)


@given(st.text() | st.from_regex(trace._TRACEPARENT, fullmatch=True))
def test_whatever_the_header_holds_the_result_is_a_valid_traceparent(header: str) -> None:
    assert TRACEPARENT.fullmatch(trace.accept(header).traceparent)
