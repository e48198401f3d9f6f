"""The cursor of the feed: whose feed, and up to which number."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

_ADAPTER: Final = TypeAdapter[tuple[Any, ...]](tuple[str, int])


def encode_cursor(key: Sequence[Any]) -> str:
    """The organisation and number as opaque text."""
    text = TypeAdapter(tuple[Any, ...]).dump_json(tuple(key))
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def decode_cursor(cursor: str) -> tuple[Any, ...]:
    """The organisation and number in a cursor.  Raises ValueError for anything we did not make."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        key = _ADAPTER.validate_json(text, strict=True)
    except (binascii.Error, ValidationError, UnicodeError) as error:
        raise ValueError("not a cursor") from error
    if encode_cursor(key) != cursor:
        raise ValueError("not a cursor as we write it")
    return key
