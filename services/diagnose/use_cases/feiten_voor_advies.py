"""What is known of a kandidaat for an advies: what the dossier has, and what is stated besides."""

from __future__ import annotations

from datetime import date

from chassis.unit_of_work import Reading
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.feiten import Feit, toets_opgegeven


async def feiten_voor_advies(
    uow: Reading, dossier: Dossier, opgegeven: tuple[Feit, ...], op: date
) -> tuple[Feit, ...]:
    """All facts for a decision table on a day; a stated one instead of one that no longer holds.

    Raises OngeldigFeit.
    """
    vastgelegd = await _vastgelegd(uow, dossier, op)
    toets_opgegeven(opgegeven, vastgelegd, op)
    vervangen = {feit.soort for feit in opgegeven}
    return (*(feit for feit in vastgelegd if feit.soort not in vervangen), *opgegeven)


async def _vastgelegd(uow: Reading, dossier: Dossier, op: date) -> tuple[Feit, ...]:  # noqa: ARG001
    """The last of each kind that was recorded on or before a day."""
    loonwaarde = dossier.loonwaardefeit(op)
    return (loonwaarde,) if loonwaarde else ()
