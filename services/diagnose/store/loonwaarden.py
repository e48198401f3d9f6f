"""What belongs to loonwaardemetingen: reactions to a report, and loonwaarden of before 2021."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.loonwaarde import (
    EerdereLoonwaarde,
    Loonwaardemeting,
    Loonwaardereactie,
)
from services.diagnose.store import dossiers

_REACTIE: Final = TypeAdapter(Loonwaardereactie)
_EERDERE: Final = TypeAdapter(EerdereLoonwaarde)


@dataclass(frozen=True, slots=True)
class Rapport:
    """A measurement with what was said of it.

    second_opinion_id: of the measurement that looked at it again, if one did.
    """

    meting: Loonwaardemeting
    reacties: Sequence[Loonwaardereactie]
    second_opinion_id: UUID | None


async def zie_rapport_in(uow: Reading, dossier_id: UUID, meting_id: UUID) -> Rapport | None:
    """The report for a person who asks; that it was read is recorded."""
    if await dossiers.zie_in(uow, dossier_id, Loonwaardemeting, meting_id) is None:
        return None
    bewaard = await dossiers.haal(uow, dossier_id)
    if bewaard is None:
        raise LookupError("a meting lies in a dossier")
    metingen = {meting.meting_id: meting for meting in bewaard.dossier.loonwaardemetingen}
    return Rapport(
        metingen[meting_id],
        await reacties(uow, bewaard.dossier, meting_id),
        next((m.meting_id for m in metingen.values() if m.second_opinion_van == meting_id), None),
    )


async def reacties(
    uow: Reading, dossier: Dossier, meting_id: UUID
) -> tuple[Loonwaardereactie, ...]:
    rows = await uow.connection.fetch(
        "SELECT id, inhoud FROM loonwaardereactie WHERE meting_id = $1 AND dossier_id = $2"
        " ORDER BY partij",
        meting_id,
        dossier.dossier_id,
    )
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    return tuple(
        _REACTIE.validate_json(person.open(row["inhoud"], f"loonwaardereactie.inhoud/{row['id']}"))
        for row in rows
    )


async def voeg_reactie_toe(uow: UnitOfWork, dossier: Dossier, reactie: Loonwaardereactie) -> None:
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    await uow.connection.execute(
        "INSERT INTO loonwaardereactie (id, dossier_id, meting_id, gemeentecode, partij, inhoud)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        reactie.reactie_id,
        dossier.dossier_id,
        reactie.meting_id,
        dossier.gemeentecode,
        reactie.partij,
        person.seal(
            _REACTIE.dump_json(reactie).decode(), f"loonwaardereactie.inhoud/{reactie.reactie_id}"
        ),
    )


async def voeg_eerdere_toe(uow: UnitOfWork, dossier: Dossier, eerdere: EerdereLoonwaarde) -> None:
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    await uow.connection.execute(
        "INSERT INTO eerdere_loonwaarde (id, dossier_id, gemeentecode, vastgesteld_op, inhoud)"
        " VALUES ($1, $2, $3, $4, $5)",
        eerdere.eerdere_id,
        dossier.dossier_id,
        dossier.gemeentecode,
        eerdere.vastgesteld_op,
        person.seal(
            _EERDERE.dump_json(eerdere).decode(), f"eerdere_loonwaarde.inhoud/{eerdere.eerdere_id}"
        ),
    )


async def zie_eerdere_in(
    uow: Reading, dossier_id: UUID, eerdere_id: UUID
) -> EerdereLoonwaarde | None:
    """One for a person who asks; that it was read is recorded."""
    row = await uow.connection.fetchrow(
        "SELECT e.inhoud, d.kandidaat_id, d.gemeentecode FROM eerdere_loonwaarde AS e"
        " JOIN dossier AS d ON d.id = e.dossier_id WHERE e.id = $1 AND e.dossier_id = $2",
        eerdere_id,
        dossier_id,
    )
    if row is None:
        return None
    await uow.log_processing(
        "eerdere loonwaarde ingezien",
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        activity="diagnose/dossier-inzien",
    )
    person = await uow.vault.person(uow, row["kandidaat_id"])
    return _EERDERE.validate_json(
        person.open(row["inhoud"], f"eerdere_loonwaarde.inhoud/{eerdere_id}")
    )
