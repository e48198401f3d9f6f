"""Terms in the database, each of a loonkostensubsidie."""

from __future__ import annotations

from typing import Final

from chassis.termijnen import Termijnen
from services.financiering.domain.lks_dossier import Loonkostensubsidie
from services.financiering.domain.termijn import Financieringstermijnsoort

TERMIJNEN: Final = Termijnen[Loonkostensubsidie, Financieringstermijnsoort](
    Financieringstermijnsoort,
    table="financieringstermijn",
    van="loonkostensubsidie",
    van_id=lambda lks: lks.lks_id,
)
"""Termijnen van loonkostensubsidies."""
