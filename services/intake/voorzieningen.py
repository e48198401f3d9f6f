"""What others said of voorzieningen and loonwaarde, and the SRG record made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading, UnitOfWork
from services.intake import persoonsgegevens, uitstromingen
from services.intake.domain.fouten import NietBevoegd
from services.intake.domain.srg import (
    Betrokkene,
    Loonwaarde,
    Maand,
    Voorziening,
    Voorzieningsoort,
    srg_regel,
)

_ACTIVITY: Final = "intake/srg-levering"


async def begin(uow: UnitOfWork, voorziening: Voorziening) -> None:
    await uow.connection.execute(
        "INSERT INTO voorziening (id, kandidaat_id, gemeentecode, soort, begindatum, loonwaarde)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
        voorziening.voorziening_id,
        voorziening.kandidaat_id,
        uow.organisation,
        voorziening.soort,
        voorziening.begindatum,
        voorziening.loonwaarde,
    )


async def eindig(uow: UnitOfWork, voorziening_id: UUID, op: date, reden: str) -> None:
    await uow.connection.execute(
        "UPDATE voorziening SET einddatum = $2, eindereden = $3 WHERE id = $1",
        voorziening_id,
        op,
        reden,
    )


async def stel_loonwaarde_vast(
    uow: UnitOfWork, meting_id: UUID, kandidaat_id: UUID, loonwaarde: Loonwaarde
) -> None:
    await uow.connection.execute(
        "INSERT INTO loonwaarde (id, kandidaat_id, gemeentecode, percentage, ingangsdatum,"
        " vastgesteld_op) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
        meting_id,
        kandidaat_id,
        uow.organisation,
        loonwaarde.percentage,
        loonwaarde.ingangsdatum,
        loonwaarde.vastgesteld_op,
    )


async def srg(uow: Reading, maand: Maand, release: str) -> list[tuple[str, ...]]:
    """A line for every voorziening that ran in a month, for the gemeente itself.

    That each person's data was read is recorded. Raises NietBevoegd for WSD.
    """
    if uow.organisation == WSD:
        raise NietBevoegd("De levering aan het CBS is van de gemeente zelf.")
    rows = await uow.connection.fetch(
        "SELECT * FROM voorziening WHERE begindatum <= $2"
        " AND (einddatum IS NULL OR einddatum >= $1) ORDER BY begindatum, id",
        maand.eerste_dag,
        maand.laatste_dag,
    )
    loonwaarden = await _loonwaarden(uow, [row["kandidaat_id"] for row in rows])
    regels = []
    for row in rows:
        kandidaat_id = row["kandidaat_id"]
        gegevens = await persoonsgegevens.van(uow, kandidaat_id)
        await uow.log_processing(
            "SRG-levering gemaakt",
            kandidaat_id=kandidaat_id,
            gemeentecode=row["gemeentecode"],
            activity=_ACTIVITY,
        )
        regels.append(
            srg_regel(
                maand,
                release,
                Betrokkene(
                    row["gemeentecode"], gegevens.bsn, gegevens.geboortedatum, gegevens.geslacht
                ),
                _voorziening(row),
                loonwaarden[kandidaat_id],
                await uitstromingen.van_kandidaat(uow, kandidaat_id),
            )
        )
    return regels


async def _loonwaarden(
    uow: Reading, kandidaat_ids: Sequence[UUID]
) -> defaultdict[UUID, list[Loonwaarde]]:
    per_kandidaat: defaultdict[UUID, list[Loonwaarde]] = defaultdict(list)
    for row in await uow.connection.fetch(
        "SELECT kandidaat_id, percentage, ingangsdatum, vastgesteld_op FROM loonwaarde"
        " WHERE kandidaat_id = ANY($1::uuid[])",
        kandidaat_ids,
    ):
        per_kandidaat[row["kandidaat_id"]].append(
            Loonwaarde(row["percentage"], row["ingangsdatum"], row["vastgesteld_op"])
        )
    return per_kandidaat


def _voorziening(row: asyncpg.Record) -> Voorziening:
    return Voorziening(
        voorziening_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        soort=Voorzieningsoort(row["soort"]),
        begindatum=row["begindatum"],
        loonwaarde=row["loonwaarde"],
        einddatum=row["einddatum"],
        eindereden=row["eindereden"],
    )
