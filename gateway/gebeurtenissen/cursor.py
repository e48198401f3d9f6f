"""A place in the feed of one afnemer, as text that a reader keeps and gives back."""

from __future__ import annotations

import re
from typing import Final

PATTERN: Final = "([0-9]{4}|wsd)-(0|[1-9][0-9]{0,17})"
"""It names the afnemer, so that a place in another's feed is not taken for one in this."""


def encode_cursor(afnemer: str, nummer: int) -> str:
    return f"{afnemer}-{nummer}"


def decode_cursor(cursor: str) -> tuple[str, int]:
    """The afnemer and the number.  Raises ValueError for anything that does not look like one."""
    match = re.fullmatch(PATTERN, cursor)
    if match is None:
        raise ValueError("not a cursor")
    return match[1], int(match[2])
