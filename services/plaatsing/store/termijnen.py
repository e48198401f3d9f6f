"""Terms in the database, each of a placement."""

from __future__ import annotations

from typing import Final

from chassis.termijnen import Termijnen
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.termijn import Plaatsingstermijnsoort

TERMIJNEN: Final = Termijnen[Plaatsing, Plaatsingstermijnsoort](
    Plaatsingstermijnsoort,
    table="plaatsingstermijn",
    van="plaatsing",
    van_id=lambda plaatsing: plaatsing.plaatsing_id,
)
