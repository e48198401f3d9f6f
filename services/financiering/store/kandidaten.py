"""What was heard of kandidaten, in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Leeftijdsovergang
from services.financiering.domain.lks_aanvraag import LoonwaardeVanaf
from services.financiering.domain.lks_dossier import (
    Doelgroep,
    Kandidaatfeiten,
)
from services.financiering.domain.lks_toekenning import GemeenteVanaf
from services.financiering.domain.termijn import Meting
from services.financiering.verjaardagsregels import verjaardagskeuzes

_LOONWAARDEN: Final = """
SELECT DISTINCT ON (kandidaat_id, vanaf) kandidaat_id, vanaf, percentage
FROM loonwaarde WHERE kandidaat_id = ANY($1::uuid[])
ORDER BY kandidaat_id, vanaf, vastgesteld_op DESC, volgorde DESC
"""
_VERJAARDAGSKEUZES: Final = verjaardagskeuzes()


async def neem(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, *, wsd: bool) -> None:
    """Lock the kandidaat, known or not yet. wsd: whether this fact shows that WSD is involved."""
    await uow.connection.execute(
        "INSERT INTO kandidaat AS k (id, gemeentecode, gedeeld_met_wsd) VALUES ($1, $2, $3)"
        " ON CONFLICT (id) DO UPDATE SET gedeeld_met_wsd = k.gedeeld_met_wsd OR $3",
        kandidaat_id,
        gemeentecode,
        wsd,
    )


async def op_slot(uow: UnitOfWork, kandidaat_id: UUID) -> bool:
    """Lock the kandidaat; False when nothing was heard of them."""
    return bool(
        await uow.connection.fetchval(
            "SELECT true FROM kandidaat WHERE id = $1 FOR UPDATE", kandidaat_id
        )
    )


async def neem_velen(uow: UnitOfWork, kandidaat_ids: Collection[UUID]) -> dict[UUID, bool]:
    """Lock kandidaten that are known; of each whether WSD is involved."""
    rijen = await uow.connection.fetch(
        "SELECT id, gedeeld_met_wsd FROM kandidaat WHERE id = ANY($1::uuid[])"
        " ORDER BY id FOR UPDATE",
        list(kandidaat_ids),
    )
    return {rij["id"]: rij["gedeeld_met_wsd"] for rij in rijen}


async def voeg_overdracht_toe(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    *,
    van_gemeente: str,
    naar_gemeente: str,
    ingangsdatum: date,
    volgorde: int,
) -> None:
    """Keep from when which gemeente pays, at the gemeente that has the kandidaat."""
    await uow.connection.execute(
        "INSERT INTO overdracht (kandidaat_id, volgorde, gemeentecode, van_gemeente,"
        " naar_gemeente, ingangsdatum) VALUES ($1, $2, $3, $4, $5, $6)",
        kandidaat_id,
        volgorde,
        uow.organisation,
        van_gemeente,
        naar_gemeente,
        ingangsdatum,
    )


async def gedeeld_met_wsd(uow: UnitOfWork, kandidaat_id: UUID) -> bool:
    return bool(
        await uow.connection.fetchval(
            "SELECT gedeeld_met_wsd FROM kandidaat WHERE id = $1", kandidaat_id
        )
    )


async def bewaar_doorverwijzing(
    uow: UnitOfWork, kandidaat_id: UUID, doelgroep: Doelgroep, groep: Leeftijdsgroep
) -> None:
    await uow.connection.execute(
        "UPDATE kandidaat SET doelgroep = $2, leeftijdsgroep = $3 WHERE id = $1",
        kandidaat_id,
        doelgroep,
        groep,
    )


async def bewaar_leeftijdsovergang(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, overgang: Leeftijdsovergang
) -> None:
    await uow.connection.execute(
        "INSERT INTO leeftijdsovergang (kandidaat_id, gemeentecode, groep, vanaf)"
        " VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (kandidaat_id, groep) DO UPDATE SET vanaf = excluded.vanaf",
        kandidaat_id,
        gemeentecode,
        overgang.groep,
        overgang.vanaf,
    )


async def bewaar_loonwaarde(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    loonwaarde: LoonwaardeVanaf,
    *,
    meting_id: UUID,
    vastgesteld_op: date,
    volgorde: int,
) -> None:
    await uow.connection.execute(
        "INSERT INTO loonwaarde (meting_id, kandidaat_id, gemeentecode, percentage, vanaf,"
        " vastgesteld_op, volgorde) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT (meting_id) DO UPDATE SET percentage = excluded.percentage,"
        " vanaf = excluded.vanaf, vastgesteld_op = excluded.vastgesteld_op,"
        " volgorde = excluded.volgorde",
        meting_id,
        kandidaat_id,
        gemeentecode,
        loonwaarde.percentage,
        loonwaarde.vanaf,
        vastgesteld_op,
        volgorde,
    )


async def metingen(uow: Reading, kandidaat_id: UUID) -> Sequence[Meting]:
    """Every loonwaarde that was established of a kandidaat."""
    rijen = await uow.connection.fetch(
        "SELECT percentage, vanaf, vastgesteld_op FROM loonwaarde WHERE kandidaat_id = $1",
        kandidaat_id,
    )
    return [Meting(rij["percentage"], rij["vanaf"], rij["vastgesteld_op"]) for rij in rijen]


async def feiten(uow: Reading, kandidaat_id: UUID) -> Kandidaatfeiten:
    """All that was heard of a kandidaat."""
    return (await feiten_van(uow, [kandidaat_id])).get(kandidaat_id, Kandidaatfeiten())


async def feiten_van(uow: Reading, kandidaat_ids: Collection[UUID]) -> dict[UUID, Kandidaatfeiten]:
    """All that was heard of kandidaten, of each that is known."""
    ids = list(kandidaat_ids)
    overgangen = await _per_kandidaat(
        uow,
        "SELECT kandidaat_id, groep, vanaf FROM leeftijdsovergang"
        " WHERE kandidaat_id = ANY($1::uuid[]) ORDER BY vanaf",
        ids,
    )
    loonwaarden = await _per_kandidaat(uow, _LOONWAARDEN, ids)
    overdrachten = await _per_kandidaat(
        uow,
        "SELECT kandidaat_id, van_gemeente, naar_gemeente, ingangsdatum FROM overdracht"
        " WHERE kandidaat_id = ANY($1::uuid[]) ORDER BY volgorde",
        ids,
    )
    kandidaten = await uow.connection.fetch(
        "SELECT id, doelgroep, leeftijdsgroep FROM kandidaat WHERE id = ANY($1::uuid[])", ids
    )
    return {
        rij["id"]: Kandidaatfeiten(
            doelgroep=Doelgroep(rij["doelgroep"]) if rij["doelgroep"] else None,
            leeftijdsgroep=Leeftijdsgroep(rij["leeftijdsgroep"]) if rij["leeftijdsgroep"] else None,
            overgangen=tuple(
                Leeftijdsovergang(o["vanaf"], Leeftijdsgroep(o["groep"]))
                for o in overgangen[rij["id"]]
            ),
            loonwaarden=tuple(
                LoonwaardeVanaf(w["percentage"], w["vanaf"]) for w in loonwaarden[rij["id"]]
            ),
            gemeenten=(
                *(GemeenteVanaf(o["van_gemeente"], date.min) for o in overdrachten[rij["id"]][:1]),
                *(
                    GemeenteVanaf(o["naar_gemeente"], o["ingangsdatum"])
                    for o in overdrachten[rij["id"]]
                ),
            ),
            verjaardagskeuzes=_VERJAARDAGSKEUZES,
        )
        for rij in kandidaten
    }


async def _per_kandidaat(
    uow: Reading, vraag: str, ids: list[UUID]
) -> dict[UUID, list[asyncpg.Record]]:
    """The rows of each kandidaat, in the order of the question."""
    per_kandidaat: dict[UUID, list[asyncpg.Record]] = defaultdict(list)
    for rij in await uow.connection.fetch(vraag, ids):
        per_kandidaat[rij["kandidaat_id"]].append(rij)
    return per_kandidaat
