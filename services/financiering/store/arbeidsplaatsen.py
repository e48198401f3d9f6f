"""Places at WSD in the database, and what was said about who pays the guidance on them.

The deadline of a gemeente (use_cases/reken_begeleiding_toe.py) is the lock for what was said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.arbeidsplaats import (
    BEGELEID,
    Arbeidsplaats,
    Arbeidsplaatssoort,
    Plaatsperiode,
)
from services.financiering.domain.begeleiding import BegeleidePlaatsing, TenLasteVan

_BIJ_WSD: Final = """(a.soort LIKE 'detachering-%'
    OR (a.soort = 'beschut-werk' AND a.werkgever_id IS NULL)
    OR a.werkgever_id IN (SELECT werkgever_id FROM werkgever_van_wsd))"""
"""SQL: WSD seconds them, they work at WSD in beschut werk, or WSD is their employer."""

_VOEG_TOE: Final = """
INSERT INTO arbeidsplaats
    (plaatsing_id, gemeentecode, kandidaat_id, soort, werkgever_id, begin, laatste_dag)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
"""
_PERIODE: Final = """
INSERT INTO arbeidsplaatsperiode (plaatsing_id, gemeentecode, kandidaat_id, soort, werkgever_id,
    begin, laatste_dag, wsw, afgegeven)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_BEGELEID: Final = f"""
SELECT a.plaatsing_id, a.kandidaat_id, a.begin, a.laatste_dag, a.afgegeven
FROM arbeidsplaatsperiode a
WHERE a.gemeentecode = $1 AND a.soort = ANY($2) AND NOT a.wsw AND {_BIJ_WSD}
"""  # noqa: S608 - no value is in it
_LOPEND: Final = f"""
SELECT a.gemeentecode, count(DISTINCT a.kandidaat_id) FILTER (WHERE a.wsw) AS sw,
    count(DISTINCT a.kandidaat_id) FILTER (WHERE NOT a.wsw) AS pw
FROM arbeidsplaatsperiode a
WHERE a.begin <= $1 AND (a.laatste_dag IS NULL OR a.laatste_dag >= $1) AND {_BIJ_WSD}
GROUP BY a.gemeentecode
"""  # noqa: S608 - no value is in it
_RECHTSTREEKS: Final = f"""
SELECT count(*) FROM arbeidsplaatsperiode a
WHERE a.gemeentecode = $1 AND a.soort = ANY($2) AND NOT a.wsw AND NOT coalesce({_BIJ_WSD}, false)
    AND a.begin <= $3 AND (a.laatste_dag IS NULL OR a.laatste_dag >= $3)
"""  # noqa: S608 - no value is in it


@dataclass(frozen=True, slots=True)
class Begeleid:
    """A placement whose guidance is paid. afgegeven: the kandidaat is of another gemeente now."""

    plaatsing: BegeleidePlaatsing
    kandidaat_id: UUID
    afgegeven: bool


async def voeg_toe(uow: UnitOfWork, gemeentecode: str, plaats: Arbeidsplaats) -> None:
    """Of a kandidaat under lock; once is enough."""
    await uow.connection.execute(
        _VOEG_TOE,
        plaats.plaatsing_id,
        gemeentecode,
        plaats.kandidaat_id,
        plaats.soort,
        plaats.werkgever_id,
        plaats.begin,
        plaats.laatste_dag,
    )


async def wijzig_einde(uow: UnitOfWork, plaatsing_id: UUID, laatste_dag: date) -> bool:
    """False for a placement that is not followed here."""
    return bool(
        await uow.connection.fetchval(
            "UPDATE arbeidsplaats SET laatste_dag = $2 WHERE plaatsing_id = $1 RETURNING true",
            plaatsing_id,
            laatste_dag,
        )
    )


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> list[Arbeidsplaats]:
    """Every placement of a kandidaat that can be a place at WSD, of all time."""
    rijen = await uow.connection.fetch(
        "SELECT plaatsing_id, kandidaat_id, soort, werkgever_id, begin, laatste_dag"
        " FROM arbeidsplaats WHERE kandidaat_id = $1 ORDER BY begin, plaatsing_id",
        kandidaat_id,
    )
    return [_plaats(rij) for rij in rijen]


async def bewaar_perioden(
    uow: UnitOfWork, plaats: Arbeidsplaats, perioden: Sequence[Plaatsperiode], *, wsw: bool, nu: str
) -> bool:
    """Whose a placement is on which days, of every gemeente that had the kandidaat; False when
    that was so already. nu: who has them now, and keeps this for the others.
    """
    geldt = {(p.gemeentecode, p.begin, p.laatste_dag, wsw, p.gemeentecode != nu) for p in perioden}
    bewaard = {
        tuple(rij)
        for rij in await uow.connection.fetch(
            "SELECT gemeentecode, begin, laatste_dag, wsw, afgegeven FROM arbeidsplaatsperiode"
            " WHERE plaatsing_id = $1",
            plaats.plaatsing_id,
        )
    }
    if geldt == bewaard:
        return False
    await uow.connection.execute(
        "DELETE FROM arbeidsplaatsperiode WHERE plaatsing_id = $1", plaats.plaatsing_id
    )
    await uow.connection.executemany(
        _PERIODE,
        [
            (
                plaats.plaatsing_id,
                p.gemeentecode,
                plaats.kandidaat_id,
                plaats.soort,
                plaats.werkgever_id,
                p.begin,
                p.laatste_dag,
                wsw,
                p.gemeentecode != nu,
            )
            for p in perioden
        ],
    )
    return True


async def begeleid(uow: Reading, gemeentecode: str) -> list[Begeleid]:
    """What counts for the guidance budget of a gemeente, of all time."""
    return [
        Begeleid(
            BegeleidePlaatsing(rij["plaatsing_id"], rij["begin"], rij["laatste_dag"]),
            rij["kandidaat_id"],
            rij["afgegeven"],
        )
        for rij in await uow.connection.fetch(_BEGELEID, gemeentecode, sorted(BEGELEID))
    ]


async def rechtstreeks(uow: Reading, gemeentecode: str, op: date) -> int:
    """How many run on a day at an employer that is not WSD, of the same kinds."""
    return int(await uow.connection.fetchval(_RECHTSTREEKS, gemeentecode, sorted(BEGELEID), op))


async def realisatie(uow: Reading, op: date) -> dict[str, tuple[int, int]]:
    """Kandidaten with a place at WSD on a day, each one time: of the Wsw and of the PW."""
    rijen = await uow.connection.fetch(_LOPEND, op)
    return {rij["gemeentecode"]: (rij["sw"], rij["pw"]) for rij in rijen}


async def gemeente_van(uow: Reading, plaatsing_id: UUID) -> str | None:
    """Whose placement it is: who has the kandidaat now, or had last. A gemeente knows of its own
    days only.
    """
    gemeente: str | None = await uow.connection.fetchval(
        "SELECT gemeentecode FROM arbeidsplaatsperiode WHERE plaatsing_id = $1"
        " AND ($2 OR gemeentecode = $3) ORDER BY afgegeven, begin DESC LIMIT 1",
        plaatsing_id,
        uow.organisation == WSD,
        uow.organisation,
    )
    return gemeente


async def kandidaat_per_plaatsing(uow: Reading, gemeentecode: str) -> dict[UUID, UUID]:
    """Of every placement of the kandidaten that a gemeente has now."""
    rijen = await uow.connection.fetch(
        "SELECT plaatsing_id, kandidaat_id FROM arbeidsplaats WHERE gemeentecode = $1",
        gemeentecode,
    )
    return {rij["plaatsing_id"]: rij["kandidaat_id"] for rij in rijen}


async def is_er_afgegeven(uow: Reading, gemeentecode: str) -> bool:
    """Whether another gemeente keeps days of this one."""
    return bool(
        await uow.connection.fetchval(
            "SELECT EXISTS"
            " (SELECT FROM arbeidsplaatsperiode WHERE gemeentecode = $1 AND afgegeven)",
            gemeentecode,
        )
    )


async def gemeld(uow: Reading, gemeentecode: str) -> dict[UUID, dict[date, TenLasteVan]]:
    """What was said last of each placement, per first day."""
    samen: dict[UUID, dict[date, TenLasteVan]] = defaultdict(dict)
    for rij in await uow.connection.fetch(
        "SELECT plaatsing_id, vanaf, ten_laste_van FROM begeleiding_gemeld"
        " WHERE gemeentecode = $1 ORDER BY id",
        gemeentecode,
    ):
        samen[rij["plaatsing_id"]][rij["vanaf"]] = TenLasteVan(rij["ten_laste_van"])
    return samen


async def bewaar_gemeld(
    uow: UnitOfWork, gemeentecode: str, regels: Sequence[tuple[UUID, date, TenLasteVan]]
) -> None:
    await uow.connection.executemany(
        "INSERT INTO begeleiding_gemeld (plaatsing_id, gemeentecode, vanaf, ten_laste_van,"
        " gemeld_op) VALUES ($1, $2, $3, $4, $5)",
        [(plaatsing, gemeentecode, vanaf, wie, uow.now) for plaatsing, vanaf, wie in regels],
    )


async def leg_werkgever_van_wsd_vast(uow: UnitOfWork, werkgever_id: UUID) -> None:
    """Once is enough."""
    await uow.connection.execute(
        "INSERT INTO werkgever_van_wsd (werkgever_id, vastgelegd_op) VALUES ($1, $2)"
        " ON CONFLICT DO NOTHING",
        werkgever_id,
        uow.now,
    )


async def gemeenten_bij(uow: Reading, werkgever_id: UUID) -> list[str]:
    """Gemeenten with a placement at this werkgever."""
    rijen = await uow.connection.fetch(
        "SELECT DISTINCT gemeentecode FROM arbeidsplaatsperiode WHERE werkgever_id = $1 ORDER BY 1",
        werkgever_id,
    )
    return [rij["gemeentecode"] for rij in rijen]


def _plaats(rij: Any) -> Arbeidsplaats:
    return Arbeidsplaats(
        plaatsing_id=rij["plaatsing_id"],
        kandidaat_id=rij["kandidaat_id"],
        soort=Arbeidsplaatssoort(rij["soort"]),
        werkgever_id=rij["werkgever_id"],
        begin=rij["begin"],
        laatste_dag=rij["laatste_dag"],
    )
