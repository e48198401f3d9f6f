"""The one thing the test service has to say."""

from __future__ import annotations

from typing import ClassVar

from contracts.gebeurtenis import Gebeurtenis


class Geteld(Gebeurtenis):
    """Something was counted."""

    naam: ClassVar[str] = "geteld"
    dienst: ClassVar[str] = "proefdienst"
    dataref_pad: ClassVar[str] = "/proefdienst/v1/tellers/{kandidaat_id}"

    nummer: int = 0
    opvulling: str | None = None
