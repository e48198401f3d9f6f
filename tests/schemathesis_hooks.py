"""What schemathesis must know of our APIs that a schema cannot say."""

from typing import Any
from uuid import uuid4

import schemathesis


@schemathesis.hook
def map_headers(_context: Any, headers: dict[str, Any] | None) -> dict[str, Any] | None:
    """Use each Idempotency-Key once: the answer to a repeated one is about the past.

    Otherwise the tool creates, removes, "creates" again by a replay, and misses the resource.
    """
    if headers and "Idempotency-Key" in headers and len(str(headers["Idempotency-Key"])) < 200:
        headers["Idempotency-Key"] = f"{headers['Idempotency-Key']}{uuid4()}"
    return headers
