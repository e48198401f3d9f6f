"""What an address says, read in one way only.

Two readers that understand one path differently are how a token check is passed by: ``%2e%2e``,
``%2F``, ``//`` and the like mean one thing here and another further on. So a path is plain or it
does not exist; and what is passed on is what was checked, byte for byte.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from starlette.types import Scope

_LONGEST: Final = 1024
_WRITTEN: Final = re.compile(rb"/(?:[A-Za-z0-9._~!$&'()*+,;=:@%-]+(?:/|$))*")
_FORBIDDEN: Final = re.compile(r"[/\\%\x00-\x1f\x7f]")


def raw_path(scope: Scope) -> bytes:
    """The path as it was sent."""
    raw: bytes | None = scope.get("raw_path")
    return quote(scope["path"]).encode() if raw is None else raw.partition(b"?")[0]


def segments(path: bytes) -> tuple[str, ...] | None:
    """The segments of a path, decoded; none for ``/``, None when it is not a plain path.

    Not plain: an empty segment (so also a slash at the end), ``.`` or ``..``, a slash, backslash,
    percent sign or control character in disguise, text that is not UTF-8, or too long.
    """
    if path == b"/":
        return ()
    if len(path) > _LONGEST or path.endswith(b"/") or not _WRITTEN.fullmatch(path):
        return None
    try:
        found = tuple(unquote_to_bytes(part).decode() for part in path[1:].split(b"/"))
    except UnicodeDecodeError:
        return None
    if any(part in ("", ".", "..") or _FORBIDDEN.search(part) for part in found):
        return None
    return found
