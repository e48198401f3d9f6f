"""What the reports count, of every kandidaat that the asker sees: row-level security says who.

gemeentecode: of the kandidaten; None is all that the asker sees.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from chassis.tenancy import WSD
from chassis.unit_of_work import Reading
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort
from services.plaatsing.domain.kandidaat import Doelgroep, Programma
from services.plaatsing.domain.lks_banen import LksBanen
from services.plaatsing.domain.stroom import Stroomfeit
from services.plaatsing.domain.transitiearrangement import DETACHERING, DIENSTVERBAND, Plaats

_NIET_UITGESTROOMD: Final = """NOT EXISTS (
    SELECT FROM uitstroom u WHERE u.kandidaat_id = p.kandidaat_id AND u.soort = 'uitstroom'
        AND u.op > {van}.laatste_dag AND u.op <= {naar}.begin)"""
"""SQL: between the end of one placement and the begin of the other."""

_STROOM: Final = f"""
SELECT p.kandidaat_id, p.soort, p.begin, p.tot_en_met, p.eindereden, vorige.soort AS komt_uit,
    volgende.begin AS gaat_door_op
FROM plaatsing p
LEFT JOIN plaatsing vorige ON vorige.id = p.vorige_plaatsing_id AND vorige.eindereden <> $6
    AND {_NIET_UITGESTROOMD.format(van="vorige", naar="p")}
LEFT JOIN LATERAL (
    SELECT min(n.begin) AS begin FROM plaatsing n
    WHERE n.vorige_plaatsing_id = p.id AND p.eindereden <> $6
        AND {_NIET_UITGESTROOMD.format(van="p", naar="n")}
) volgende ON true
WHERE p.begin <= $2::date + 1
    AND coalesce(volgende.begin - 1, p.tot_en_met, 'infinity') >= $1::date - 1
    AND ($3::text IS NULL OR p.gemeentecode = $3)
    AND ($4::text IS NULL OR p.programma = $4)
    AND ($5::text IS NULL OR p.soort = $5)
"""  # noqa: S608 - no value is in it

_IN_HET_ARRANGEMENT: Final = """
FROM plaatsing p JOIN kandidaat k ON k.id = p.kandidaat_id
WHERE p.geplaatst_door = $1 AND k.doelgroep <> $2 AND p.soort = ANY($3)
    AND ($4::text IS NULL OR p.gemeentecode = $4)
"""


async def stroomfeiten(
    uow: Reading,
    vanaf: date,
    tot_en_met: date,
    gemeentecode: str | None,
    programma: Programma | None,
    soort: Plaatsingsoort | None,
) -> list[Stroomfeit]:
    """Of everyone with a placement from the day before the period to the day after it."""
    rows = await uow.connection.fetch(
        _STROOM,
        vanaf,
        tot_en_met,
        gemeentecode,
        programma,
        soort,
        Eindereden.UITSTROOM_REGULIER,
    )
    return [
        Stroomfeit(
            row["kandidaat_id"],
            Plaatsingsoort(row["soort"]),
            row["begin"],
            row["tot_en_met"],
            Eindereden(row["eindereden"]) if row["eindereden"] else None,
            Plaatsingsoort(row["komt_uit"]) if row["komt_uit"] else None,
            row["gaat_door_op"],
        )
        for row in rows
    ]


async def gedetacheerd(
    uow: Reading, op: date, gemeentecode: str | None
) -> list[tuple[Plaatsingsoort, int | None]]:
    """Of the transitiearrangement, who is seconded on a day and what their work is worth then."""
    rows = await uow.connection.fetch(
        "SELECT p.soort, (SELECT s.loonwaarde FROM plaatsingsstand s WHERE s.plaatsing_id = p.id"  # noqa: S608
        " AND s.vanaf <= $5 ORDER BY s.vanaf DESC LIMIT 1) AS loonwaarde"
        + _IN_HET_ARRANGEMENT
        + " AND p.begin <= $5 AND (p.tot_en_met IS NULL OR p.tot_en_met >= $5)",
        *(WSD, Doelgroep.WSW, DETACHERING, gemeentecode),
        op,
    )
    return [(Plaatsingsoort(row["soort"]), row["loonwaarde"]) for row in rows]


async def geeindigd(
    uow: Reading, vanaf: date, tot_en_met: date, gemeentecode: str | None
) -> dict[tuple[Plaatsingsoort, Eindereden], int]:
    """Of the transitiearrangement, and of proefplaatsingen of WSD, how many ended and why."""
    rows = await uow.connection.fetch(
        "SELECT p.soort, p.eindereden, count(*) AS aantal"
        + _IN_HET_ARRANGEMENT
        + " AND p.laatste_dag BETWEEN $5 AND $6 GROUP BY p.soort, p.eindereden",
        *(WSD, Doelgroep.WSW, (Plaatsingsoort.PROEFPLAATSING, *DIENSTVERBAND), gemeentecode),
        vanaf,
        tot_en_met,
    )
    return {
        (Plaatsingsoort(row["soort"]), Eindereden(row["eindereden"])): row["aantal"] for row in rows
    }


async def plaatsen(
    uow: Reading, vanaf: date, tot_en_met: date, gemeentecode: str | None
) -> list[Plaats]:
    """Of the transitiearrangement, who had a place in a period and when."""
    rows = await uow.connection.fetch(
        "SELECT p.kandidaat_id, p.gemeentecode, p.begin, p.tot_en_met"
        + _IN_HET_ARRANGEMENT
        + " AND p.begin <= $6 AND (p.tot_en_met IS NULL OR p.tot_en_met >= $5)",
        *(WSD, Doelgroep.WSW, (*DETACHERING, *DIENSTVERBAND), gemeentecode),
        vanaf,
        tot_en_met,
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
