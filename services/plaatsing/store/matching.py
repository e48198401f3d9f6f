"""The search: what ``domain/matching.py`` decides of a pair, over all pairs of one side.

The same conditions and points for both directions: p is a profiel, w a werkplek, g its werkgever, a
how far apart. The side that is asked for comes with the question, as values, so that PostgreSQL
looks at the other side alone; so do the distances to every place of the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from chassis.unit_of_work import Reading
from services.plaatsing.domain import matching
from services.plaatsing.domain.eisen import als_masker
from services.plaatsing.domain.matching import Aanbod, Zoekende
from services.plaatsing.domain.plaatsen import PLAATSEN, afstand, plaats
from services.plaatsing.domain.profiel import Vervoer
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.store.profielen import CODES, als_zoekende, codes

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
    (p.uitgestroomd_op IS NULL OR p.uitgestroomd_op > $1)
    AND (w.gedeeld OR w.eigenaar = p.gemeentecode)
    AND (w.vanaf IS NULL OR w.vanaf <= $1) AND (w.tot_en_met IS NULL OR w.tot_en_met >= $1)
    AND p.beschikbaar_vanaf <= $1
    AND p.uren_van <= w.uren_tot AND w.uren_van <= p.uren_tot
    AND (w.dagen_masker = 0 OR {matching.LANGSTE_DIENST}
        * bit_count((p.dagen & w.dagen_masker)::integer::bit(32))
        >= greatest(p.uren_van, w.uren_van))
    AND p.reist_hoogstens_km >= coalesce(a.km, 0)
    AND p.niet_mogelijk & w.eisen_masker = 0
    AND p.begeleiding_nodig <= w.begeleiding
"""

_PROFIEL: Final = f"""
(VALUES ($5::text, $6::date, $7::numeric, $8::numeric, $9::numeric, $10::smallint, $11::date,
    $12::text, $13::smallint, $14::text, $15::text[], $16::text[], $17::integer, $18::integer,
    $19::integer, $20::smallint))
AS p (gemeentecode, uitgestroomd_op, {", ".join(CODES)})
"""

_WERKPLEK: Final = """
(VALUES ($5::text, $6::text, $7::boolean, $8::date, $9::date, $10::numeric, $11::numeric,
    $12::integer, $13::smallint, $14::smallint))
AS w (eigenaar, werksoort, gedeeld, vanaf, tot_en_met, uren_van, uren_tot, eisen_masker,
    dagen_masker, begeleiding)
CROSS JOIN (VALUES ($15::text)) AS g (soort)
"""

_WERKPLEKKEN: Final = f"""
SELECT w.id
FROM {_PROFIEL} CROSS JOIN werkplek w JOIN werkgever g ON g.id = w.werkgever_id
LEFT JOIN unnest($3::text[], $4::integer[]) AS a (plaats, km)
    ON a.plaats = lower(btrim(w.locatie))
WHERE {_PAST} AND w.capaciteit > (
    SELECT coalesce(sum(d.verschil), 0) FROM drukte d WHERE d.werkplek_id = w.id AND d.dag <= $1)
ORDER BY {_SCORE} DESC, w.vastgelegd_op, w.id LIMIT $2
"""  # noqa: S608 - constants

# OFFSET 0 keeps the look at profielen apart, per place by its index: PostgreSQL cannot know how
# few there are that both live near enough and may be seen. CASE, because PostgreSQL looks in an
# index under row-level security only by what it knows not to leak, and coalesce is not among that.
_KANDIDATEN: Final = f"""
SELECT p.*
FROM unnest($3::text[], $4::integer[]) AS a (plaats, km)
CROSS JOIN LATERAL (
    SELECT * FROM profiel
    WHERE reist_vanuit = a.plaats
        AND reist_hoogstens_km >= CASE WHEN a.km IS NULL THEN 0 ELSE a.km END OFFSET 0) AS p
CROSS JOIN {_WERKPLEK}
WHERE {_PAST}
ORDER BY {_SCORE} DESC, p.beschikbaar_vanaf, p.kandidaat_id LIMIT $2
"""  # noqa: S608 - constants


async def werkplekken_voor(
    uow: Reading, zoekende: Zoekende, op: date, aantal: int
) -> Sequence[UUID]:
    """Those that fit, the best first; of equals the one that waits longest."""
    van = zoekende.profiel.reist_vanuit
    rows = await uow.connection.fetch(
        _WERKPLEKKEN,
        op,
        aantal,
        [naam.lower() for naam in PLAATSEN],
        [afstand(van, naam) for naam in PLAATSEN],
        zoekende.gemeentecode,
        zoekende.uitgestroomd_op,
        *codes(zoekende.profiel),
    )
    return [row["id"] for row in rows]


async def kandidaten_voor(
    uow: Reading, aanbod: Aanbod, op: date, aantal: int
) -> Sequence[Zoekende]:
    """Those that fit, the best first; of equals who can begin longest. None for a full werkplek."""
    werkplek = aanbod.werkplek
    if werkplek.vrije_plaatsen == 0:
        return []
    naar = plaats(werkplek.locatie)
    rows = await uow.connection.fetch(
        _KANDIDATEN,
        op,
        aantal,
        ["", *PLAATSEN],
        [None, *(afstand(naam, naar) for naam in PLAATSEN)],
        aanbod.eigenaar,
        werkplek.werksoort,
        werkplek.gedeeld,
        werkplek.vanaf,
        werkplek.tot_en_met,
        werkplek.uren_van,
        werkplek.uren_tot,
        als_masker(werkplek.eisen),
        als_masker(aanbod.dagen),
        werkplek.begeleiding.zwaarte,
        aanbod.werkgeversoort,
    )
    return [als_zoekende(row) for row in rows]
