"""What the services hold, per klantreis and in a form in which two runs can be compared.

Nothing here knows a table by name but those of the chassis: rows that share an id belong together,
and what hangs together with a kandidaat belongs to the klantreis of that kandidaat.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import asyncpg

from contracts.afnemers import DIENST_TOPICS, DIENSTEN, dienst_topic
from deploy.regio import SERVICES
from gateway.service import SERVICE as GATEWAY

UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_NIET: Final = frozenset({"outbox", "geparkeerd", "verwerking", "eenmalig", "alembic_version"})
"""Tables that say how the work went rather than what came of it; judged apart."""
_VERLOOP: Final = frozenset(
    {
        "vastgelegd_op",
        "financiering.loonkostensubsidie.versie",
        "financiering.loonkostensubsidie.gewijzigd_op",
    }
)
"""When something was done, and how often and when last a subsidy was looked at again: between
services there is no order, so that differs from run to run."""

_TELT: Final = {"termijn": "status <> 'ingetrokken' AND soort <> 'begeleiding-toerekenen'"}
"""A term that was withdrawn is as good as none: whether it was ever set depends on that order. So
does when all guidance of a gemeente was last calculated again; what came of it is compared."""

_KOLOMMEN: Final = """
SELECT table_schema, table_name, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_schema = ANY($1) AND is_identity = 'NO'
GROUP BY 1, 2 ORDER BY 1, 2
"""
_GEDAAN: Final = """
SELECT naam, verwerkingsactiviteit, organisatie, gemeentecode, betrokkene
FROM {schema}.verwerking WHERE naam LIKE 'nl.participatie.%'
"""
"""One line in the log of processing for each event that was said, written with it."""


@dataclass(frozen=True)
class Rij:
    """A row: its table and what it says, ids as text and sealed content as its length."""

    tabel: str
    waarden: tuple[tuple[str, str], ...]

    @property
    def ids(self) -> list[str]:
        return [id_ for _, waarde in self.waarden for id_ in UUID.findall(waarde)]

    @property
    def zonder_ids(self) -> str:
        return f"{self.tabel} " + " ".join(
            f"{naam}={UUID.sub('*', waarde)}" for naam, waarde in self.waarden
        )


@dataclass
class Toestand:
    """per_reis: what each klantreis left behind. namen: what each id is called in there.

    los: rows that hang together with no kandidaat: made twice, or left over from what was undone.
    """

    per_reis: dict[int, list[str]] = field(default_factory=dict)
    namen: dict[str, str] = field(default_factory=dict)
    los: list[str] = field(default_factory=list)

    def genoemd(self, tekst: str) -> str:
        """A text with each id replaced by what it is called."""
        return UUID.sub(lambda gevonden: self.namen.get(gevonden[0], "onbekend"), tekst)


def toestand(rijen: Iterable[Rij], per_kandidaat: Mapping[str, int]) -> Toestand:
    """per_kandidaat: the number of the klantreis of each kandidaat.

    Ids are called after the first row, in an order that does not depend on ids, that holds them.
    """
    per_groep: dict[str, list[Rij]] = defaultdict(list)
    groep_van = _samenhang(rijen := list(rijen))
    for rij in rijen:
        per_groep[groep_van[rij.ids[0]] if rij.ids else ""].append(rij)
    reis_van = {groep_van.get(id_, id_): nummer for id_, nummer in per_kandidaat.items()}
    uitkomst = Toestand()
    for groep, eigen in per_groep.items():
        if (nummer := reis_van.get(groep)) is None:
            uitkomst.los += sorted(rij.zonder_ids for rij in eigen)
            continue
        eigen.sort(key=lambda rij: rij.zonder_ids)
        teller: Counter[str] = Counter()
        for rij in eigen:
            for id_ in rij.ids:
                if id_ not in uitkomst.namen:
                    teller[rij.tabel] += 1
                    uitkomst.namen[id_] = f"{rij.tabel}-{teller[rij.tabel]}"
        uitkomst.per_reis[nummer] = [
            f"{rij.tabel} "
            + " ".join(f"{naam}={uitkomst.genoemd(waarde)}" for naam, waarde in rij.waarden)
            for rij in eigen
        ]
    uitkomst.los.sort()
    return uitkomst


def _samenhang(rijen: Iterable[Rij]) -> dict[str, str]:
    """Per id one id that stands for all that hang together with it."""
    boven: dict[str, str] = {}

    def top(id_: str) -> str:
        while boven.setdefault(id_, id_) != id_:
            boven[id_] = boven[boven[id_]]
            id_ = boven[id_]
        return id_

    for rij in rijen:
        for eerste, ander in zip(rij.ids, rij.ids[1:] or rij.ids, strict=False):
            boven[top(ander)] = top(eerste)
    return {id_: top(id_) for id_ in list(boven)}


async def lees_rijen(beheer_url: str) -> list[Rij]:
    """Every row of the services, and how far the consumers are."""
    connection = await asyncpg.connect(beheer_url)
    try:
        tabellen = [
            (schema, tabel, kolommen)
            for schema, tabel, kolommen in await connection.fetch(_KOLOMMEN, list(DIENSTEN))
            if tabel not in _NIET
        ]
        tabellen.append(
            (GATEWAY.name, "positie", ["consument", "bron", "aggregate_id", "versie", "wacht"])
        )
        rijen: list[Rij] = []
        for schema, tabel, kolommen in tabellen:
            namen = [n for n in kolommen if not {n, f"{schema}.{tabel}.{n}"} & _VERLOOP]
            gevonden = await connection.fetch(
                f"SELECT {', '.join(namen)} FROM {schema}.{tabel} WHERE {_TELT.get(tabel, 'true')}"
            )
            rijen += [_rij(f"{schema}.{tabel}", rij) for rij in gevonden]
        for schema in DIENSTEN:
            gevonden = await connection.fetch(_GEDAAN.format(schema=schema))
            rijen += [_rij(f"{schema}.verwerking", rij) for rij in gevonden]
        return rijen
    finally:
        await connection.close()


def _rij(tabel: str, rij: asyncpg.Record) -> Rij:
    return Rij(tabel, tuple((naam, _tekst(waarde)) for naam, waarde in rij.items()))


def _tekst(waarde: object) -> str:
    return f"{len(waarde)} bytes" if isinstance(waarde, bytes) else str(waarde)


async def lees_werk(beheer_url: str) -> dict[str, int]:
    """What must be left of the work: answers kept, and nothing that waits or is parked."""
    connection = await asyncpg.connect(beheer_url)
    try:
        werk: dict[str, int] = {}
        for schema in DIENSTEN:
            for tabel in ("eenmalig", "outbox", "geparkeerd"):
                aantal = await connection.fetchval(f"SELECT count(*) FROM {schema}.{tabel}")
                werk[f"{schema}.{tabel}"] = aantal
        return werk
    finally:
        await connection.close()


def rust_sql() -> str:
    """SQL: whether all that was said has been sent, and handled by everyone who hears it.

    One look at everything at once: what follows from an event is in an outbox before the event
    itself counts as handled.
    """
    onrust = [f"SELECT FROM {schema}.outbox" for schema in DIENSTEN]
    for hoorder in (*SERVICES, GATEWAY):
        bronnen = DIENST_TOPICS if hoorder.every else hoorder.topics
        onrust += [
            f"SELECT FROM {dienst}.stroom s WHERE NOT EXISTS ("
            f"SELECT FROM {hoorder.name}.positie p WHERE p.aggregate_id = s.aggregate_id"
            f" AND p.bron LIKE '%:{dienst}' AND p.versie = s.versie AND NOT p.wacht)"
            for dienst in DIENSTEN
            if dienst_topic(dienst) in bronnen
        ]
    return "SELECT NOT (" + " OR ".join(f"EXISTS ({vraag})" for vraag in onrust) + ")"


async def is_in_rust(beheer_url: str) -> bool:
    connection = await asyncpg.connect(beheer_url)
    try:
        return bool(await connection.fetchval(rust_sql()))
    finally:
        await connection.close()


def bedragen(rijen: Iterable[Rij]) -> list[Decimal]:
    """Every amount that was established, to the cent, in order of size."""
    return sorted(
        Decimal(waarde)
        for rij in rijen
        if rij.tabel == "financiering.vaststelling"
        for naam, waarde in rij.waarden
        if naam == "maandbedrag" and waarde != "None"
    )
