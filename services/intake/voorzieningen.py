"""What others said of voorzieningen and of what a kandidaat can do, and the SRG record of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading, UnitOfWork
from services.intake import loonkostensubsidies, persoonsgegevens, uitstromingen
from services.intake.domain.fouten import NietBevoegd
from services.intake.domain.srg import (
    Arbeidsvermogen,
    Betrokkene,
    Ladderpositie,
    Loonwaarde,
    Maand,
    Profiel,
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


async def stel_ladderpositie_vast(
    uow: UnitOfWork, kandidaat_id: UUID, positie: Ladderpositie, *, volgorde: int
) -> None:
    """volgorde: the place among all that diagnose says of the kandidaat."""
    await uow.connection.execute(
        "INSERT INTO ladderpositie (kandidaat_id, gemeentecode, volgorde, trede, vastgesteld_op)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kandidaat_id, volgorde) DO NOTHING",
        kandidaat_id,
        uow.organisation,
        volgorde,
        positie.trede,
        positie.vastgesteld_op,
    )


async def stel_arbeidsvermogen_vast(
    uow: UnitOfWork, kandidaat_id: UUID, arbeidsvermogen: Arbeidsvermogen, *, volgorde: int
) -> None:
    """volgorde: the place among all that diagnose says of the kandidaat."""
    await uow.connection.execute(
        "INSERT INTO arbeidsvermogen (kandidaat_id, gemeentecode, volgorde, code, vastgesteld_op)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kandidaat_id, volgorde) DO NOTHING",
        kandidaat_id,
        uow.organisation,
        volgorde,
        arbeidsvermogen.code,
        arbeidsvermogen.vastgesteld_op,
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
    profielen = await _profielen(uow, {row["kandidaat_id"] for row in rows})
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
                profielen[kandidaat_id],
                await uitstromingen.van_kandidaat(uow, kandidaat_id),
            )
        )
    return regels


async def _profielen(uow: Reading, kandidaat_ids: Collection[UUID]) -> dict[UUID, Profiel]:
    loonwaarden: dict[UUID, list[Loonwaarde]] = {id_: [] for id_ in kandidaat_ids}
    posities: dict[UUID, list[Ladderpositie]] = {id_: [] for id_ in kandidaat_ids}
    vermogens: dict[UUID, list[Arbeidsvermogen]] = {id_: [] for id_ in kandidaat_ids}
    for row in await uow.connection.fetch(
        "SELECT kandidaat_id, percentage, ingangsdatum, vastgesteld_op FROM loonwaarde"
        " WHERE kandidaat_id = ANY($1::uuid[])",
        list(kandidaat_ids),
    ):
        loonwaarden[row["kandidaat_id"]].append(
            Loonwaarde(row["percentage"], row["ingangsdatum"], row["vastgesteld_op"])
        )
    for row in await uow.connection.fetch(
        "SELECT kandidaat_id, trede, vastgesteld_op FROM ladderpositie"
        " WHERE kandidaat_id = ANY($1::uuid[]) ORDER BY volgorde",
        list(kandidaat_ids),
    ):
        posities[row["kandidaat_id"]].append(Ladderpositie(row["trede"], row["vastgesteld_op"]))
    for row in await uow.connection.fetch(
        "SELECT kandidaat_id, code, vastgesteld_op FROM arbeidsvermogen"
        " WHERE kandidaat_id = ANY($1::uuid[]) ORDER BY volgorde",
        list(kandidaat_ids),
    ):
        vermogens[row["kandidaat_id"]].append(Arbeidsvermogen(row["code"], row["vastgesteld_op"]))
    lks = await loonkostensubsidies.loonwaarden(uow, kandidaat_ids)
    return {
        id_: Profiel(loonwaarden[id_], posities[id_], vermogens[id_], lks.get(id_, ()))
        for id_ in kandidaat_ids
    }


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
