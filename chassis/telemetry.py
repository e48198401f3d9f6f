"""Logs without personal data: what is not on the list does not get out.

A log line is JSON: an event name that is a constant in the code, and fields from FIELDS.  Text of
exceptions stays behind, because it quotes what was entered ("Key (bsn)=(…) already exists"): the
type and the places in the code are enough to find the fault.

Run uvicorn with `log_config=None, access_log=False`: its own lines then come out here too, and its
access log, which would hold whole URLs, does not come out at all.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TextIO

import structlog

from chassis import trace

FIELDS: Final = frozenset(
    {
        *("event", "niveau", "tijd", "logger", "bericht", "dienst", "trace_id", "span_id"),
        *("fout", "frames", "oorzaak"),
        *("methode", "route", "status", "duur_ms", "probleem", "organisatie", "rol", "client"),
        *("groep", "topic", "partitie", "offset", "type", "soort", "plaats", "uitkomst"),
        *("event_id", "aggregate_id", "outbox_id", "sequence", "versie", "aantal", "poging"),
    }
)
LONGEST_VALUE: Final = 200
MOST_FRAMES: Final = 12

_EVENT_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LIBRARIES = ("aiokafka", "alembic", "asyncio", "uvicorn")


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send every log line of this process, ours and those of libraries, through the list."""
    out = stream or sys.stdout
    structlog.configure(
        processors=[_add_context, _describe_exception, only_known_fields, _render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(LibraryFormatter())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.getLogger("uvicorn.access").disabled = True


def only_known_fields(
    _logger: object, _method: str, fields: MutableMapping[str, Any]
) -> dict[str, Any]:
    """Drop every field that is not on the list, and every value that is not plain."""
    known = {name: _plain(value) for name, value in fields.items() if name in FIELDS}
    if not _EVENT_NAME.fullmatch(str(known.get("event"))):
        # Someone has put a sentence, and so perhaps a value, where a name belongs.
        known["event"] = "naamloos"
    return known


class LibraryFormatter(logging.Formatter):
    """Lines of libraries: of a few the message before anything is filled in, of others less."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "event": "bibliotheek",
            "niveau": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.startswith(_LIBRARIES):
            fields["bericht"] = str(record.msg).partition("\n")[0]
        if record.exc_info and record.exc_info[1]:
            fields |= describe(record.exc_info[1])
        _add_context(None, record.levelname.lower(), fields)
        return _render(None, "", only_known_fields(None, "", fields))


def describe(error: BaseException) -> dict[str, Any]:
    """What may be told about an exception: its type, its cause's type, and where it was."""
    frames = traceback.extract_tb(error.__traceback__, limit=-MOST_FRAMES)
    cause = error.__cause__ or error.__context__
    return {
        "fout": type(error).__name__,
        **({"oorzaak": type(cause).__name__} if cause else {}),
        "frames": [f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }


def _place(filename: str) -> str:
    return "/".join(Path(filename).parts[-3:])


def _add_context(
    _logger: object, method: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    fields.setdefault("niveau", method)
    fields["tijd"] = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if span := trace.current.get():
        fields.setdefault("trace_id", span.trace_id)
    return fields


def _describe_exception(
    _logger: object, _method: str, fields: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    error = fields.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        fields.update(describe(error))
    return fields


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value[:LONGEST_VALUE]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value[:MOST_FRAMES]]
    return type(value).__name__


def _render(_logger: object, _method: str, fields: Mapping[str, Any]) -> str:
    return _ENCODER.encode(fields)
