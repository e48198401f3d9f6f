"""What the reports count, of every kandidaat that the asker sees: row-level security says who.

gemeentecode: of the kandidaten; None is all that the asker sees.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.kandidaat import Doelgroep, Programma
from services.plaatsing.domain.lks_banen import LksBanen
from services.plaatsing.domain.stroom import Stroomfeit
from services.plaatsing.domain.transitiearrangement import DETACHERING, DIENSTVERBAND, Plaats

_SOORTEN: Final = {soort.value: soort for soort in Plaatsingsoort}
_REDENEN: Final = {reden.value: reden for reden in Eindereden}

_NIET_UITGESTROOMD: Final = """NOT EXISTS (
    SELECT FROM uitstroom u WHERE u.kandidaat_id = p.kandidaat_id AND u.soort = 'uitstroom'
        AND u.op > {van}.laatste_dag AND u.op <= {naar}.begin)"""
"""SQL: between the end of one placement and the begin of the other."""

_STROOM: Final = f"""
SELECT p.kandidaat_id, p.soort, p.begin, p.tot_en_met, p.eindereden, vorige.soort AS komt_uit,
    volgende.begin AS gaat_door_op{{ook}}
FROM plaatsing p
LEFT JOIN plaatsing vorige ON vorige.id = p.vorige_plaatsing_id AND vorige.eindereden <> $6
    AND {_NIET_UITGESTROOMD.format(van="vorige", naar="p")}
LEFT JOIN LATERAL (
    SELECT min(n.begin) AS begin FROM plaatsing n
    WHERE n.vorige_plaatsing_id = p.id AND p.eindereden <> $6
        AND {_NIET_UITGESTROOMD.format(van="p", naar="n")}
) volgende ON true
WHERE ($3::text IS NULL OR p.gemeentecode = $3)
    AND ($4::text IS NULL OR p.programma = $4)
    AND ($5::text IS NULL OR p.soort = $5)
    AND {{waar}}
"""  # noqa: S608 - no value is in it
_OM_TE_TELLEN: Final = _STROOM.format(
    ook="",
    waar="p.begin <= $2::date + 1"
    " AND coalesce(volgende.begin - 1, p.tot_en_met, 'infinity') >= $1::date - 1",
)
_OM_TE_TONEN: Final = _STROOM.format(
    ook=", p.id, p.gemeentecode, p.programma",
    waar="p.begin <= $2 AND (p.tot_en_met IS NULL OR p.tot_en_met >= $1)"
    " AND ($7::date IS NULL OR (p.begin, p.id) > ($7, $8)) ORDER BY p.begin, p.id LIMIT $9",
)

_MET_KANDIDAAT: Final = " FROM plaatsing p JOIN kandidaat k ON k.id = p.kandidaat_id"
_IN_HET_ARRANGEMENT: Final = """
WHERE p.geplaatst_door = $1 AND k.doelgroep <> $2 AND p.soort = ANY($3)
    AND ($4::text IS NULL OR p.gemeentecode = $4)
"""
_GEDETACHEERD: Final = f"""
SELECT p.soort, s.loonwaarde, count(*) AS aantal {_MET_KANDIDAAT}
LEFT JOIN LATERAL (
    SELECT loonwaarde FROM plaatsingsstand WHERE plaatsing_id = p.id AND vanaf <= $5
    ORDER BY vanaf DESC LIMIT 1
) s ON true
{_IN_HET_ARRANGEMENT} AND p.begin <= $5 AND (p.tot_en_met IS NULL OR p.tot_en_met >= $5)
GROUP BY p.soort, s.loonwaarde
"""  # noqa: S608 - no value is in it


@dataclass(frozen=True, slots=True)
class Stroomvraag:
    """What is asked: a period of which both days count, and None for all there is."""

    vanaf: date
    tot_en_met: date
    gemeentecode: str | None
    programma: Programma | None
    soort: Plaatsingsoort | None

    def parameters(self) -> tuple[object, ...]:
        van = (self.vanaf, self.tot_en_met, self.gemeentecode, self.programma, self.soort)
        return (*van, Eindereden.UITSTROOM_REGULIER)


@dataclass(frozen=True, slots=True)
class Stroomplaatsing:
    """A placement behind the figures."""

    plaatsing_id: UUID
    gemeentecode: str
    programma: Programma | None
    feit: Stroomfeit


async def stroomfeiten(uow: Reading, vraag: Stroomvraag) -> list[Stroomfeit]:
    """Of everyone with a placement from the day before the period to the day after it."""
    rows = await uow.connection.fetch(_OM_TE_TELLEN, *vraag.parameters())
    return await asyncio.to_thread(_stroomfeiten, rows)


async def stroomplaatsingen(
    uow: Reading, vraag: Stroomvraag, *, na: tuple[date, UUID] | None, aantal: int
) -> list[Stroomplaatsing]:
    """The placements that ran in the period, in the order in which they began."""
    rows = await uow.connection.fetch(
        _OM_TE_TONEN, *vraag.parameters(), *(na or (None, None)), aantal
    )
    feiten = _stroomfeiten([tuple(row)[:7] for row in rows])
    return [
        Stroomplaatsing(
            row["id"],
            row["gemeentecode"],
            Programma(row["programma"]) if row["programma"] else None,
            feit,
        )
        for row, feit in zip(rows, feiten, strict=True)
    ]


def _stroomfeiten(rows: Iterable[Iterable[Any]]) -> list[Stroomfeit]:
    """In a thread: there can be very many, and other requests do not wait for them."""
    return [
        Stroomfeit(
            kandidaat_id,
            _SOORTEN[soort],
            begin,
            laatste_dag,
            _REDENEN.get(reden),
            _SOORTEN.get(komt_uit),
            gaat_door_op,
        )
        for kandidaat_id, soort, begin, laatste_dag, reden, komt_uit, gaat_door_op in rows
    ]


async def gedetacheerd(
    uow: Reading, op: date, gemeentecode: str | None
) -> dict[tuple[Plaatsingsoort, int | None], int]:
    """Of the transitiearrangement, how many are seconded on a day with which loonwaarde then."""
    rows = await uow.connection.fetch(
        _GEDETACHEERD,
        *(WSD, Doelgroep.WSW, DETACHERING, gemeentecode),
        op,
    )
    return {(_SOORTEN[row["soort"]], row["loonwaarde"]): row["aantal"] for row in rows}


async def geeindigd(
    uow: Reading, vanaf: date, tot_en_met: date, gemeentecode: str | None
) -> dict[tuple[Plaatsingsoort, Eindereden], int]:
    """Of the transitiearrangement, and of proefplaatsingen of WSD, how many ended and why."""
    rows = await uow.connection.fetch(
        "SELECT p.soort, p.eindereden, count(*) AS aantal"
        + _MET_KANDIDAAT
        + _IN_HET_ARRANGEMENT
        + " AND p.laatste_dag BETWEEN $5 AND $6 GROUP BY p.soort, p.eindereden",
        *(WSD, Doelgroep.WSW, (Plaatsingsoort.PROEFPLAATSING, *DIENSTVERBAND), gemeentecode),
        vanaf,
        tot_en_met,
    )
    return {(_SOORTEN[row["soort"]], Eindereden(row["eindereden"])): row["aantal"] for row in rows}


async def plaatsen(
    uow: Reading, vanaf: date, tot_en_met: date, gemeenten: Collection[str]
) -> list[Plaats]:
    """Of the transitiearrangement of some gemeenten, who had a place in a period and when."""
    rows = await uow.connection.fetch(
        "SELECT p.kandidaat_id, p.gemeentecode, p.begin, p.tot_en_met"
        + _MET_KANDIDAAT
        + _IN_HET_ARRANGEMENT
        + " AND p.begin <= $6 AND (p.tot_en_met IS NULL OR p.tot_en_met >= $5)"
        " AND p.gemeentecode = ANY($7)",
        *(WSD, Doelgroep.WSW, (*DETACHERING, *DIENSTVERBAND), None),
        *(vanaf, tot_en_met, gemeenten),
    )
    return [
        Plaats(
            row["kandidaat_id"], row["gemeentecode"], (row["begin"], row["tot_en_met"] or date.max)
        )
        for row in rows
    ]


async def lks_banen(
    uow: Reading, vanaf: date, tot_en_met: date, gemeentecode: str | None
) -> LksBanen:
    """Jobs with loonkostensubsidie: begun per year in a period, and standing on its last day."""
    van = (Plaatsingsoort.LKS_DIENSTVERBAND, gemeentecode, tot_en_met)
    per_jaar = await uow.connection.fetch(
        "SELECT extract(year FROM begin)::integer AS jaar, count(*) AS banen FROM plaatsing"
        " WHERE soort = $1 AND ($2::text IS NULL OR gemeentecode = $2)"
        " AND begin BETWEEN $4 AND $3 GROUP BY jaar ORDER BY jaar",
        *van,
        vanaf,
    )
    stand = await uow.connection.fetch(
        "SELECT geplaatst_door = $4 AS door_wsd, count(*) AS banen FROM plaatsing"
        " WHERE soort = $1 AND ($2::text IS NULL OR gemeentecode = $2)"
        " AND begin <= $3 AND (tot_en_met IS NULL OR tot_en_met >= $3) GROUP BY door_wsd",
        *van,
        WSD,
    )
    lopend = {row["door_wsd"]: row["banen"] for row in stand}
    return LksBanen(
        {row["jaar"]: row["banen"] for row in per_jaar},
        door_gemeente=lopend.get(False, 0),
        door_wsd=lopend.get(True, 0),
    )
