"""Plaatsingen in the database, each of one kandidaat, whose row locks them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.kandidaat import Kandidaat, Programma
from services.plaatsing.domain.levensloop import Loopbaanfeiten
from services.plaatsing.domain.lks_plaatsing import LksPlaatsing
from services.plaatsing.domain.loopbaan import Loopbaan, Loopbaandeel
from services.plaatsing.domain.overige_plaatsing import OverigePlaatsing
from services.plaatsing.domain.plaatsing import Plaatsing, eerste_stand
from services.plaatsing.domain.proefplaatsing import Proefplaatsing
from services.plaatsing.domain.verloop import Verloop
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.store import kandidaten, verlopen


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A plaatsing as it is stored. versie counts changes and is its ETag."""

    plaatsing: Plaatsing
    geplaatst_door: str
    versie: int
    vastgelegd_op: datetime
    vorige_plaatsing_id: UUID | None = None


async def haal(uow: Reading, plaatsing_id: UUID) -> Bewaard | None:
    """None when there is none that this organisation may see."""
    row = await uow.connection.fetchrow("SELECT * FROM plaatsing WHERE id = $1", plaatsing_id)
    return None if row is None else _bewaard(row)


async def neem(uow: UnitOfWork, plaatsing_id: UUID) -> tuple[Kandidaat, Bewaard]:
    """The plaatsing with its kandidaat, under the lock of the kandidaat. Raises NietGevonden."""
    gezien = await haal(uow, plaatsing_id)
    if gezien is None:
        raise NietGevonden
    kandidaat = await kandidaten.neem(uow, gezien.plaatsing.kandidaat_id)
    # Only now, behind the lock, is it what we decide on.
    bewaard = await haal(uow, plaatsing_id)
    if bewaard is None:
        raise NietGevonden
    return kandidaat, bewaard


async def loopbaan(uow: Reading, kandidaat_id: UUID) -> Loopbaan:
    """All placements of a kandidaat, who is locked when it is to decide on."""
    rows = await uow.connection.fetch(
        "SELECT id, soort, begin, tot_en_met, werkgeversoort FROM plaatsing"
        " WHERE kandidaat_id = $1 ORDER BY begin, id",
        kandidaat_id,
    )
    return Loopbaan(
        kandidaat_id,
        tuple(
            Loopbaandeel(
                row["id"],
                Plaatsingsoort(row["soort"]),
                row["begin"],
                row["tot_en_met"],
                row["werkgeversoort"] == Werkgeversoort.WERKPARTNERS,
            )
            for row in rows
        ),
    )


async def voeg_toe(
    uow: UnitOfWork,
    plaatsing: Plaatsing,
    *,
    vorige_plaatsing_id: UUID | None,
    programma: Programma | None,
) -> None:
    """Store a new plaatsing of a locked kandidaat. programma: of the traject it begins in."""
    kolommen = {
        "id": plaatsing.plaatsing_id,
        "kandidaat_id": plaatsing.kandidaat_id,
        "gemeentecode": plaatsing.gemeentecode,
        "soort": plaatsing.soort,
        "geplaatst_door": uow.organisation,
        "werkgever_id": plaatsing.werkgever_id,
        "werkplek_id": plaatsing.werkplek_id,
        "begin": plaatsing.begin,
        "tot_en_met": plaatsing.tot_en_met,
        "uren_per_week": plaatsing.uren_per_week,
        "vorige_plaatsing_id": vorige_plaatsing_id,
        "programma": programma,
        "vastgelegd_op": uow.now,
        **_van_soort(plaatsing),
    }
    waarden = ", ".join(f"${n}" for n in range(1, len(kolommen) + 1))
    await uow.connection.execute(
        f"INSERT INTO plaatsing ({', '.join(kolommen)}) VALUES ({waarden})",  # noqa: S608
        *kolommen.values(),
    )
    await verlopen.bewaar(uow, plaatsing, Verloop((eerste_stand(plaatsing),)))


def _van_soort(plaatsing: Plaatsing) -> dict[str, object]:
    """The columns that only this kind fills."""
    match plaatsing:
        case Proefplaatsing():
            return {"maanden": plaatsing.maanden, "verlengd": plaatsing.verlengd}
        case LksPlaatsing():
            return {
                "voltijdsuren_per_week": plaatsing.voltijdsuren_per_week,
                "werkgeversoort": plaatsing.werkgeversoort,
                "loonwaarde": plaatsing.loonwaarde,
            }
        case OverigePlaatsing():
            return {
                "werkgeversoort": plaatsing.werkgeversoort,
                "loonwaarde": plaatsing.loonwaarde,
                "einddatum": plaatsing.einddatum,
                "tarief_per_uur": plaatsing.tarief_per_uur,
                "besluit_id": plaatsing.besluit_id,
                "verlengingen": plaatsing.verlengingen,
            }


async def bewaar(uow: UnitOfWork, plaatsing: Plaatsing) -> None:
    """Store what changed in a plaatsing that was loaded under lock."""
    overig = plaatsing if isinstance(plaatsing, OverigePlaatsing) else None
    lks = plaatsing if isinstance(plaatsing, LksPlaatsing) else None
    betaald = overig or lks
    await uow.connection.execute(
        "UPDATE plaatsing SET tot_en_met = $2, laatste_dag = $3, eindereden = $4, verlengd = $5,"
        " uren_per_week = $6, voltijdsuren_per_week = $7, werkplek_id = $8, loonwaarde = $9,"
        " einddatum = $10, verlengingen = $11, heroverwogen_op = $12, versie = versie + 1"
        " WHERE id = $1",
        plaatsing.plaatsing_id,
        plaatsing.tot_en_met,
        plaatsing.laatste_dag,
        plaatsing.eindereden,
        plaatsing.verlengd if isinstance(plaatsing, Proefplaatsing) else None,
        plaatsing.uren_per_week,
        lks.voltijdsuren_per_week if lks else None,
        plaatsing.werkplek_id,
        betaald.loonwaarde if betaald else None,
        overig.einddatum if overig else None,
        overig.verlengingen if overig else 0,
        overig.heroverwogen_op if overig else None,
    )


async def van_kandidaat(uow: UnitOfWork, kandidaat_id: UUID) -> Sequence[Plaatsing]:
    """All placements of a locked kandidaat, the earliest first."""
    rows = await uow.connection.fetch(
        "SELECT * FROM plaatsing WHERE kandidaat_id = $1 ORDER BY begin, id", kandidaat_id
    )
    return [_bewaard(row).plaatsing for row in rows]


async def loopbaanfeiten(uow: Reading, kandidaat_id: UUID) -> list[Loopbaanfeiten]:
    """All placements of a kandidaat with what became of them, the earliest first."""
    rows = await uow.connection.fetch(
        "SELECT * FROM plaatsing WHERE kandidaat_id = $1 ORDER BY begin, id", kandidaat_id
    )
    return [
        Loopbaanfeiten(
            row["id"],
            Plaatsingsoort(row["soort"]),
            row["begin"],
            row["tot_en_met"],
            _eindereden(row),
            row["vorige_plaatsing_id"],
            (await verlopen.verloop(uow, row["id"])).standen,
            [
                (verlenging.verlengd_op, verlenging.einddatum)
                for verlenging in await verlopen.verlengingen(uow, row["id"])
            ],
        )
        for row in rows
    ]


async def lijst(
    uow: Reading, *, kandidaat_id: UUID | None, na: tuple[datetime, UUID] | None, aantal: int
) -> Sequence[Bewaard]:
    """Plaatsingen in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        "SELECT * FROM plaatsing WHERE ($1::uuid IS NULL OR kandidaat_id = $1)"
        " AND ($2::timestamptz IS NULL OR (vastgelegd_op, id) > ($2, $3))"
        " ORDER BY vastgelegd_op, id LIMIT $4",
        kandidaat_id,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_bewaard(row) for row in rows]


def _bewaard(row: asyncpg.Record) -> Bewaard:
    match Plaatsingsoort(row["soort"]):
        case Plaatsingsoort.PROEFPLAATSING:
            plaatsing: Plaatsing = _proefplaatsing(row)
        case Plaatsingsoort.LKS_DIENSTVERBAND:
            plaatsing = _lks_plaatsing(row)
        case soort:
            plaatsing = _overige_plaatsing(row, soort)
    return Bewaard(
        plaatsing,
        row["geplaatst_door"],
        row["versie"],
        row["vastgelegd_op"],
        row["vorige_plaatsing_id"],
    )


def _proefplaatsing(row: asyncpg.Record) -> Proefplaatsing:
    return Proefplaatsing(
        plaatsing_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        werkgever_id=row["werkgever_id"],
        werkplek_id=row["werkplek_id"],
        begin=row["begin"],
        uren_per_week=row["uren_per_week"],
        maanden=row["maanden"],
        verlengd=row["verlengd"],
        laatste_dag=row["laatste_dag"],
        eindereden=_eindereden(row),
    )


def _lks_plaatsing(row: asyncpg.Record) -> LksPlaatsing:
    return LksPlaatsing(
        plaatsing_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        werkgever_id=row["werkgever_id"],
        werkplek_id=row["werkplek_id"],
        werkgeversoort=Werkgeversoort(row["werkgeversoort"]),
        begin=row["begin"],
        uren_per_week=row["uren_per_week"],
        voltijdsuren_per_week=row["voltijdsuren_per_week"],
        loonwaarde=row["loonwaarde"],
        laatste_dag=row["laatste_dag"],
        eindereden=_eindereden(row),
    )


def _overige_plaatsing(row: asyncpg.Record, soort: Plaatsingsoort) -> OverigePlaatsing:
    return OverigePlaatsing(
        plaatsing_id=row["id"],
        kandidaat_id=row["kandidaat_id"],
        gemeentecode=row["gemeentecode"],
        soort=soort,
        begin=row["begin"],
        einddatum=row["einddatum"],
        uren_per_week=row["uren_per_week"],
        werkgever_id=row["werkgever_id"],
        werkplek_id=row["werkplek_id"],
        werkgeversoort=Werkgeversoort(row["werkgeversoort"]) if row["werkgeversoort"] else None,
        tarief_per_uur=row["tarief_per_uur"],
        loonwaarde=row["loonwaarde"],
        besluit_id=row["besluit_id"],
        verlengingen=row["verlengingen"],
        heroverwogen_op=row["heroverwogen_op"],
        laatste_dag=row["laatste_dag"],
        eindereden=_eindereden(row),
    )


def _eindereden(row: asyncpg.Record) -> Eindereden | None:
    return Eindereden(row["eindereden"]) if row["eindereden"] else None
