"""How much one file of aanmeldingen may hold: the same at the door and at the service behind it."""

from __future__ import annotations

from typing import Final

BULK_PAD: Final = "/intake/v1/aanmeldingen/bulk"
BULK_REGELS: Final = 10_000
BULK_BYTES: Final = 16 * 1024 * 1024
BULK_SECONDEN: Final = 300.0
"""How long the answer may take: all of it is one transaction."""
