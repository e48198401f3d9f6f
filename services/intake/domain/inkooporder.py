"""The order of the gemeente for a traject, without which it may not start (cafetariamodel)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Inkooporder:
    """nummer: how the gemeente's own system knows it."""

    inkooporder_id: UUID
    nummer: str
    geplaatst_op: date
