"""W3C Trace Context: where a request's trace comes from and how it reaches the outbox.

The web layer puts the trace of the request in `current`; the unit of work writes its
`traceparent` beside every event, and consumers continue it.  Only the ids travel: `tracestate` and
`baggage` are dropped, because a caller could put personal data in them.
"""

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

_TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", re.S)
_NO_TRACE = "0" * 32
_NO_SPAN = "0" * 16


@dataclass(frozen=True, slots=True)
class Trace:
    """One span of one trace."""

    trace_id: str
    span_id: str
    sampled: bool = True

    @property
    def traceparent(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-{'01' if self.sampled else '00'}"

    def child(self) -> "Trace":
        """A new span in the same trace."""
        return Trace(self.trace_id, _new_id(8), self.sampled)


current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def new() -> Trace:
    """The first span of a new trace."""
    return Trace(_new_id(16), _new_id(8))


def parse(traceparent: str) -> Trace | None:
    """The span a `traceparent` header names, or None when the header is not valid.

    A version we do not know is read by its first four fields, as the standard asks; version 00 has
    no more than those four.
    """
    match = _TRACEPARENT.fullmatch(traceparent)
    if match is None:
        return None
    version, trace_id, span_id, flags, rest = match.groups()
    if version == "ff" or (version == "00" and rest):
        return None
    if trace_id == _NO_TRACE or span_id == _NO_SPAN:
        return None
    return Trace(trace_id, span_id, sampled=bool(int(flags, 16) & 1))


def accept(traceparent: str | None) -> Trace:
    """Our own span: within the caller's trace when there is a valid one, else in a new trace."""
    parent = parse(traceparent) if traceparent is not None else None
    return parent.child() if parent else new()


def _new_id(size: int) -> str:
    while True:
        value = secrets.token_hex(size)
        if int(value, 16):
            return value
