"""The search: what ``domain/matching.py`` decides of a pair, over all pairs of one side.

The same conditions and points for both directions. Distances come with the question: from the
place of the one side to every place of the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from chassis.unit_of_work import Reading
from services.plaatsing.domain import matching
from services.plaatsing.domain.eisen import als_masker
from services.plaatsing.domain.matching import Zoekende
from services.plaatsing.domain.plaatsen import PLAATSEN, afstand, plaats
from services.plaatsing.domain.profiel import Vervoer
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek
from services.plaatsing.store.profielen import als_zoekende

_SCORE: Final = f"""
    CASE WHEN w.werksoort = ANY (p.wensen) THEN {matching.WENS} ELSE 0 END
    + CASE WHEN g.soort = '{Werkgeversoort.REGULIER}' THEN {matching.REGULIER} ELSE 0 END
    + CASE WHEN w.werksoort = ANY (p.ervaring) THEN {matching.ERVARING} ELSE 0 END
    + {matching.VAARDIGHEID} * least(
        bit_count((p.vaardigheden & w.eisen_masker)::bit(32)), {matching.HOOGSTENS_VAARDIGHEDEN})
    + CASE WHEN p.leerdoelen & w.eisen_masker = 0 THEN 0
        WHEN w.begeleiding >= {matching.DAGELIJKS.zwaarte} THEN {matching.LEREN_MET_BEGELEIDING}
        ELSE {matching.LEREN_ZONDER_BEGELEIDING} END
    + CASE WHEN p.groeit_naar_uren <= w.uren_tot THEN {matching.GROEI_IN_UREN} ELSE 0 END
    + CASE WHEN w.uren_tot < p.uren_tot THEN {matching.MINDER_UREN} ELSE 0 END
    + CASE WHEN w.dagen_masker & ~p.dagen <> 0 THEN {matching.NIET_ALLE_DAGEN} ELSE 0 END
    + {matching.MEER_BEGELEIDING} * (w.begeleiding - p.begeleiding_nodig)
    + CASE WHEN p.vervoer = '{Vervoer.OPENBAAR_VERVOER}'
        AND w.eisen_masker & {als_masker(matching.MOEILIJKE_TIJDEN)} <> 0
        THEN {matching.LASTIG_VERVOER} ELSE 0 END
    + CASE WHEN a.km IS NULL THEN {matching.AFSTAND_ONBEKEND}
        ELSE greatest({matching.NABIJ} - a.km, 0) END
"""

_PAST: Final = f"""
    (k.uitgestroomd_op IS NULL OR k.uitgestroomd_op > $2)
    AND (w.gedeeld OR w.eigenaar = p.gemeentecode)
    AND (w.vanaf IS NULL OR w.vanaf <= $2) AND (w.tot_en_met IS NULL OR w.tot_en_met >= $2)
    AND p.beschikbaar_vanaf <= $2
    AND p.uren_van <= w.uren_tot AND w.uren_van <= p.uren_tot
    AND (w.dagen_masker = 0 OR {matching.LANGSTE_DIENST}
        * bit_count((p.dagen & w.dagen_masker)::integer::bit(32))
        >= greatest(p.uren_van, w.uren_van))
    AND p.reist_hoogstens_km >= coalesce(a.km, 0)
    AND p.niet_mogelijk & w.eisen_masker = 0
    AND p.begeleiding_nodig <= w.begeleiding
    AND w.capaciteit > (
        SELECT coalesce(sum(d.verschil), 0) FROM drukte d
        WHERE d.werkplek_id = w.id AND d.dag <= $2)
"""  # noqa: S608 - constants

_WERKPLEKKEN: Final = f"""
SELECT w.id
FROM profiel p JOIN kandidaat k ON k.id = p.kandidaat_id
CROSS JOIN werkplek w JOIN werkgever g ON g.id = w.werkgever_id
LEFT JOIN unnest($4::text[], $5::integer[]) AS a (plaats, km)
    ON a.plaats = lower(btrim(w.locatie))
WHERE p.kandidaat_id = $1 AND {_PAST}
ORDER BY {_SCORE} DESC, w.vastgelegd_op, w.id LIMIT $3
"""  # noqa: S608 - constants

_KANDIDATEN: Final = f"""
SELECT p.*, k.uitgestroomd_op
FROM unnest($4::text[], $5::integer[]) AS a (plaats, km)
JOIN profiel p ON p.reist_vanuit = a.plaats JOIN kandidaat k ON k.id = p.kandidaat_id
CROSS JOIN werkplek w JOIN werkgever g ON g.id = w.werkgever_id
WHERE w.id = $1 AND {_PAST}
ORDER BY {_SCORE} DESC, p.beschikbaar_vanaf, p.kandidaat_id LIMIT $3
"""  # noqa: S608 - constants


async def werkplekken_voor(
    uow: Reading, zoekende: Zoekende, op: date, aantal: int
) -> Sequence[UUID]:
    """Those that fit, the best first; of equals the one that waits longest."""
    van = zoekende.profiel.reist_vanuit
    rows = await uow.connection.fetch(
        _WERKPLEKKEN,
        zoekende.kandidaat_id,
        op,
        aantal,
        [naam.lower() for naam in PLAATSEN],
        [afstand(van, naam) for naam in PLAATSEN],
    )
    return [row["id"] for row in rows]


async def kandidaten_voor(
    uow: Reading, werkplek: Werkplek, op: date, aantal: int
) -> Sequence[Zoekende]:
    """Those that fit, the best first; of equals who can begin longest."""
    naar = plaats(werkplek.locatie)
    rows = await uow.connection.fetch(
        _KANDIDATEN,
        werkplek.werkplek_id,
        op,
        aantal,
        ["", *PLAATSEN],
        [None, *(afstand(naam, naar) for naam in PLAATSEN)],
    )
    return [als_zoekende(row) for row in rows]
