"""Waiting longer and longer, each a little different, so that nobody comes back in step."""

from __future__ import annotations

import asyncio
import random


class Backoff:
    """Full jitter: a random wait up to a bound that doubles, from 50 ms up to 5 s."""

    _FIRST = 0.05
    _LAST = 5.0

    def __init__(self) -> None:
        self._bound = self._FIRST

    def reset(self) -> None:
        self._bound = self._FIRST

    async def wait(self) -> None:
        await asyncio.sleep(random.uniform(0, self._bound))  # noqa: S311 - jitter, not a secret
        self._bound = min(self._LAST, self._bound * 2)
