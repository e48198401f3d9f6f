"""What financiering said of loonkostensubsidies, and the DKD berichten that follow from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading, UnitOfWork
from services.intake import persoonsgegevens
from services.intake.domain.dkd import (
    Bericht,
    Beschikking,
    Beschikkingsoort,
    Uitkomst,
    levering_van,
)
from services.intake.domain.fouten import NietBevoegd
from services.intake.domain.lks_loonwaarde import LksLoonwaarde, in_brief
from services.intake.domain.srg import Maand

_ACTIVITY: Final = "intake/dkd-levering"


@dataclass(frozen=True, slots=True)
class DkdLevering:
    """What a gemeente delivers of a month: each bericht with the BSN of whom it is about.

    uitkomsten: how many beschikkingen of the month gave what.
    """

    gemeentecode: str
    maand: Maand
    berichten: Sequence[tuple[str, Bericht]]
    uitkomsten: Mapping[Uitkomst, int]

    def __repr__(self) -> str:
        return "DkdLevering(…)"


async def stel_loonwaarde_vast(
    uow: UnitOfWork, kandidaat_id: UUID, loonwaarde: LksLoonwaarde
) -> None:
    await uow.connection.execute(
        "INSERT INTO lks_loonwaarde (kandidaat_id, volgorde, gemeentecode, plaatsing_id,"
        " ingangsdatum, percentage) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (kandidaat_id, volgorde) DO NOTHING",
        kandidaat_id,
        loonwaarde.volgorde,
        uow.organisation,
        loonwaarde.plaatsing_id,
        loonwaarde.ingangsdatum,
        loonwaarde.percentage,
    )


async def leg_beschikking_vast(
    uow: UnitOfWork,
    beschikking_id: UUID,
    kandidaat_id: UUID,
    plaatsing_id: UUID,
    soort: Beschikkingsoort,
    *,
    ingangsdatum: date,
    bekendgemaakt_op: date,
    volgorde: int,
) -> None:
    """volgorde: the place among all that financiering says of the kandidaat."""
    await uow.connection.execute(
        "INSERT INTO lks_beschikking (id, kandidaat_id, volgorde, gemeentecode, plaatsing_id,"
        " soort, ingangsdatum, bekendgemaakt_op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (id) DO NOTHING",
        beschikking_id,
        kandidaat_id,
        volgorde,
        uow.organisation,
        plaatsing_id,
        soort,
        ingangsdatum,
        bekendgemaakt_op,
    )


async def loonwaarden(
    uow: Reading, kandidaat_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[LksLoonwaarde]]:
    """All that was said of the loonwaarde of each kandidaat."""
    per_kandidaat: dict[UUID, list[LksLoonwaarde]] = defaultdict(list)
    for row in await uow.connection.fetch(
        "SELECT kandidaat_id, plaatsing_id, ingangsdatum, percentage, volgorde FROM lks_loonwaarde"
        " WHERE kandidaat_id = ANY($1::uuid[])",
        list(kandidaat_ids),
    ):
        per_kandidaat[row["kandidaat_id"]].append(
            LksLoonwaarde(
                row["plaatsing_id"], row["ingangsdatum"], row["percentage"], row["volgorde"]
            )
        )
    return per_kandidaat


async def dkd(uow: Reading, maand: Maand) -> DkdLevering:
    """The berichten of a month, for the gemeente itself.

    That each person's data was read is recorded. Raises NietBevoegd for WSD.
    """
    if uow.organisation == WSD:
        raise NietBevoegd("De levering aan het DKD is van de gemeente zelf.")
    levering = levering_van(maand, await _beschikkingen(uow, maand))
    berichten = []
    for bericht in levering.berichten:
        kandidaat_id = bericht.beschikking.kandidaat_id
        gegevens = await persoonsgegevens.van(uow, kandidaat_id)
        await uow.log_processing(
            "DKD-levering gemaakt",
            kandidaat_id=kandidaat_id,
            gemeentecode=uow.organisation,
            activity=_ACTIVITY,
        )
        berichten.append((gegevens.bsn, bericht))
    return DkdLevering(uow.organisation, maand, berichten, levering.uitkomsten)


async def _beschikkingen(uow: Reading, maand: Maand) -> Sequence[Beschikking]:
    """Up to the end of a month, of every kandidaat who has one in it.

    The loonwaarde in a letter is the one that financiering had said by then; of a letter for which
    it had said none, the one that the placement began with.
    """
    rows = await uow.connection.fetch(
        "SELECT b.*, v.loonwaarde AS bij_begin, v.einddatum FROM lks_beschikking b"
        " LEFT JOIN voorziening v ON v.id = b.plaatsing_id"
        " WHERE b.bekendgemaakt_op <= $2 AND b.kandidaat_id IN (SELECT kandidaat_id"
        " FROM lks_beschikking WHERE bekendgemaakt_op BETWEEN $1 AND $2)"
        " ORDER BY b.kandidaat_id, b.volgorde",
        maand.eerste_dag,
        maand.laatste_dag,
    )
    gezegd = await loonwaarden(uow, {row["kandidaat_id"] for row in rows})
    beschikkingen = []
    for row in rows:
        verteld = in_brief(
            row["plaatsing_id"],
            gezegd.get(row["kandidaat_id"], ()),
            vanaf=row["ingangsdatum"],
            tot_en_met=row["einddatum"],
            voor=row["volgorde"],
        )
        bij_begin = ((row["ingangsdatum"], row["bij_begin"]),)
        beschikkingen.append(
            Beschikking(
                beschikking_id=row["id"],
                kandidaat_id=row["kandidaat_id"],
                plaatsing_id=row["plaatsing_id"],
                soort=Beschikkingsoort(row["soort"]),
                bekendgemaakt_op=row["bekendgemaakt_op"],
                volgorde=row["volgorde"],
                loonwaarden=tuple((g.ingangsdatum, g.percentage) for g in verteld) or bij_begin,
            )
        )
    return beschikkingen
