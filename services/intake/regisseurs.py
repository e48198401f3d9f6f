"""Who has, or had, the regie on a kandidaat. The database lets there be one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.vault import Person
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.regisseur import Regiereden, Regievoerder, Regisseur

_VOEG_TOE: Final = """
INSERT INTO regisseur (id, kandidaat_id, gemeentecode, organisatie, medewerker, vanaf, reden,
    vastgelegd_op)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def begin(uow: UnitOfWork, kandidaten: Iterable[Kandidaat]) -> None:
    """The gemeente that took the aanmelding has the regie from that day, by nobody named yet."""
    await uow.connection.executemany(
        _VOEG_TOE,
        [
            (
                uuid4(),
                kandidaat.kandidaat_id,
                kandidaat.gemeentecode,
                kandidaat.gemeentecode,
                None,
                kandidaat.aangemeld_op,
                Regiereden.AANMELDING,
                uow.now,
            )
            for kandidaat in kandidaten
        ],
    )


async def volg_gemeente(
    uow: UnitOfWork, kandidaat: Kandidaat, reden: Regiereden, vanaf: date
) -> None:
    """The gemeente has the regie from a day on: it received the kandidaat, or they began again."""
    huidige = (await van_kandidaat(uow, kandidaat.kandidaat_id))[-1]
    if huidige.wie.organisatie == kandidaat.gemeentecode:
        return
    oud, nieuw = huidige.gevolgd_door(
        uuid4(), Regievoerder(kandidaat.gemeentecode), max(vanaf, huidige.vanaf), reden
    )
    await bewaar_overdracht(uow, kandidaat.kandidaat_id, kandidaat.gemeentecode, oud, nieuw)


async def bewaar_overdracht(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, oud: Regisseur, nieuw: Regisseur
) -> None:
    """End one and begin the next, of a kandidaat under lock."""
    await uow.connection.execute(
        "UPDATE regisseur SET tot = $2 WHERE id = $1", oud.regisseur_id, oud.tot
    )
    await _voeg_toe(uow, kandidaat_id, gemeentecode, nieuw)


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> tuple[Regisseur, ...]:
    """All of them, one after the other; the last has the regie now."""
    rows = await uow.connection.fetch(
        "SELECT id, organisatie, medewerker, vanaf, tot, reden FROM regisseur"
        " WHERE kandidaat_id = $1 ORDER BY volgnummer",
        kandidaat_id,
    )
    verzegeld = any(row["medewerker"] for row in rows)
    person = await uow.vault.person(uow, kandidaat_id) if verzegeld else None
    return tuple(_regisseur(row, person) for row in rows)


async def lijst(uow: Reading, kandidaat_id: UUID) -> tuple[Regisseur, ...] | None:
    """The same; None when there is no kandidaat that this organisation may see."""
    return await van_kandidaat(uow, kandidaat_id) or None


async def _voeg_toe(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, regisseur: Regisseur
) -> None:
    wie, verzegeld = regisseur.wie, None
    if wie.medewerker is not None:
        person = await uow.vault.person(uow, kandidaat_id)
        verzegeld = person.seal(wie.medewerker, _plaats(regisseur.regisseur_id))
    await uow.connection.execute(
        _VOEG_TOE,
        regisseur.regisseur_id,
        kandidaat_id,
        gemeentecode,
        wie.organisatie,
        verzegeld,
        regisseur.vanaf,
        regisseur.reden,
        uow.now,
    )


def _regisseur(row: asyncpg.Record, person: Person | None) -> Regisseur:
    verzegeld = row["medewerker"]
    medewerker = person.open(verzegeld, _plaats(row["id"])) if person and verzegeld else None
    return Regisseur(
        regisseur_id=row["id"],
        wie=Regievoerder(row["organisatie"], medewerker),
        vanaf=row["vanaf"],
        reden=Regiereden(row["reden"]),
        tot=row["tot"],
    )


def _plaats(regisseur_id: UUID) -> str:
    return f"regisseur.medewerker/{regisseur_id}"
