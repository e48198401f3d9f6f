"""What was established of the arbeidsvermogen of a kandidaat; the last holds."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from chassis.unit_of_work import Reading, UnitOfWork
from services.diagnose.domain.arbeidsvermogen import Arbeidsvermogen, Arbeidsvermogencode
from services.diagnose.domain.dossier import Dossier


async def van_dossier(uow: Reading, dossier_id: UUID) -> Sequence[Arbeidsvermogen]:
    """The oldest first."""
    rows = await uow.connection.fetch(
        "SELECT code, vastgesteld_op FROM arbeidsvermogen WHERE dossier_id = $1"
        " ORDER BY volgnummer",
        dossier_id,
    )
    return [Arbeidsvermogen(Arbeidsvermogencode(row[0]), row[1]) for row in rows]


async def voeg_toe(
    uow: UnitOfWork, dossier: Dossier, volgnummer: int, arbeidsvermogen: Arbeidsvermogen
) -> None:
    """To a dossier that is under lock."""
    await uow.connection.execute(
        "INSERT INTO arbeidsvermogen"
        " (id, dossier_id, gemeentecode, volgnummer, code, vastgesteld_op)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        uuid4(),
        dossier.dossier_id,
        dossier.gemeentecode,
        volgnummer,
        arbeidsvermogen.code,
        arbeidsvermogen.vastgesteld_op,
    )
