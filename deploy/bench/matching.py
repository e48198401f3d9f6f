"""Who fits where, among 10,000 werkplekken and ever more kandidaten: what a question costs.

Through the use case, as a request asks it: search, rank, the reasons, and the look recorded of each
kandidaat that is shown. The population is made up, from a fixed seed: no source says how profielen
are spread. Needs PostgreSQL only.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

import asyncpg

from chassis.clock import local_date
from chassis.database import Database
from chassis.migrations import prepare, service_url
from chassis.tenancy import WSD
from chassis.unit_of_work import Reading
from contracts.afnemers import GEMEENTEN
from deploy.bench.omgeving import WACHTWOORD
from deploy.bench.uitslag import Antwoordtijd
from deploy.lokaal.postgres import LokalePostgres
from services.plaatsing.domain.eisen import (
    Begeleidingsniveau,
    Belastingseis,
    Dag,
    als_masker,
)
from services.plaatsing.domain.plaatsen import PLAATSEN
from services.plaatsing.domain.profiel import Profiel, Vervoer
from services.plaatsing.domain.werkplek import Werksoort
from services.plaatsing.store.profielen import CODES, codes
from services.plaatsing.use_cases.zoek_matches import zoek_kandidaten, zoek_werkplekken

KANDIDATEN: Final = (10_000, 30_000, 100_000)
WERKPLEKKEN: Final = 10_000
BESTE: Final = 20
_PER_RONDE: Final = 10
_PER_WERKGEVER: Final = 10

_WERKPLEK: Final = [
    "id",
    "eigenaar",
    "werkgever_id",
    "werksoort",
    "functie",
    "locatie",
    "uren_van",
    "uren_tot",
    "capaciteit",
    "begeleiding_vereist",
    "begeleiding_geboden",
    "eisen",
    "dagen",
    "werktijden",
    "gedeeld",
    "vastgelegd_op",
    "eisen_masker",
    "dagen_masker",
    "begeleiding",
]
_WERKDAGEN: Final = list(Dag)[:5]
_NU: Final = datetime.now(UTC)
_OP: Final = local_date(_NU)

Vraag = Callable[[Reading, UUID], Awaitable[Sequence[Any]]]


async def meet(rondes: int) -> list[Antwoordtijd]:
    """Milliseconds per question, of kandidaten and werkplekken chosen at random."""
    with tempfile.TemporaryDirectory(prefix="meedoen-bench-") as naam:
        await asyncio.to_thread(Path(naam).chmod, 0o755)
        with LokalePostgres(Path(naam) / "postgres") as postgres:
            url = postgres.beheer_url
            await prepare(url, "services.plaatsing", WACHTWOORD)
            async with Database("plaatsing", service_url(url, "plaatsing", WACHTWOORD)) as database:
                return await _meet(url, database, rondes)


async def _meet(beheer_url: str, database: Database, rondes: int) -> list[Antwoordtijd]:
    gemeente = next(iter(GEMEENTEN))
    per_vraag: dict[str, dict[int, list[float]]] = {
        wat: {} for wat in ("kandidaten, WSD", "kandidaten, gemeente", "werkplekken")
    }
    toeval = Random(20261122)  # noqa: S311 - a population, no secret
    beheer = await asyncpg.connect(beheer_url)
    try:
        await beheer.execute("SET search_path = plaatsing")
        plekken = await _maak_werkplekken(beheer, toeval)
        kandidaten: list[UUID] = []
        for aantal in KANDIDATEN:
            kandidaten += await _maak_kandidaten(beheer, toeval, aantal - len(kandidaten))
            await beheer.execute("VACUUM ANALYZE")
            for wat, wie, waarover, vraag in (
                ("kandidaten, WSD", WSD, plekken, _kandidaten),
                ("kandidaten, gemeente", gemeente, plekken, _kandidaten),
                ("werkplekken", WSD, kandidaten, _werkplekken),
            ):
                gekozen = toeval.sample(waarover, rondes * _PER_RONDE)
                per_vraag[wat][aantal] = await _duren(database, wie, vraag, gekozen)
    finally:
        await beheer.close()
    return [Antwoordtijd(wat, duren) for wat, duren in per_vraag.items()]


async def _kandidaten(uow: Reading, id_: UUID) -> Sequence[Any]:
    return await zoek_kandidaten(uow, id_, _OP, BESTE)


async def _werkplekken(uow: Reading, id_: UUID) -> Sequence[Any]:
    return await zoek_werkplekken(uow, id_, _OP, BESTE)


async def _duren(
    database: Database, organisatie: str, vraag: Vraag, ids: Sequence[UUID]
) -> list[float]:
    duren = []
    for id_ in (ids[0], *ids):
        start = time.perf_counter()
        async with database.unit_of_work(organisatie) as uow:
            await vraag(uow, id_)
        duren.append((time.perf_counter() - start) * 1000)
    return duren[1:]  # The first one only warms up.


async def _maak_werkplekken(beheer: Any, toeval: Random) -> list[UUID]:
    """Half of them of WSD, and of the rest half shared; a quarter is full. Gives those of WSD."""
    wie = list(GEMEENTEN)
    werkgevers, plekken, drukte = [], [], []
    for nummer in range(WERKPLEKKEN // _PER_WERKGEVER):
        eigenaar = WSD if nummer % 2 else toeval.choice(wie)
        soort = toeval.choice(("regulier", "regulier", "werkpartners"))
        werkgevers.append((_id(toeval), eigenaar, f"{nummer:08}", "Voorbeeld", soort, "[]", 1, _NU))
    for nummer in range(WERKPLEKKEN):
        werkgever_id, eigenaar = werkgevers[nummer % len(werkgevers)][:2]
        eisen = frozenset(toeval.sample(list(Belastingseis), toeval.randint(0, 5)))
        dagen = frozenset(toeval.sample(_WERKDAGEN, toeval.randint(2, 5)))
        geboden = toeval.choice(list(Begeleidingsniveau))
        van, capaciteit = Decimal(toeval.randint(8, 24)), toeval.randint(1, 3)
        id_ = _id(toeval)
        plekken.append(
            (
                *(id_, eigenaar, werkgever_id, toeval.choice(list(Werksoort)), "Medewerker"),
                *(toeval.choice(list(PLAATSEN)), van, van + toeval.randint(0, 16), capaciteit),
                *("geen", geboden, sorted(eisen), sorted(dagen), "[]"),
                *(eigenaar == WSD or toeval.random() < 0.5, _NU),
                *(als_masker(eisen), als_masker(dagen), geboden.zwaarte),
            )
        )
        bezet = capaciteit if nummer % 4 == 0 else toeval.randint(0, capaciteit - 1)
        drukte.append((id_, _OP - timedelta(days=30), bezet))
    await beheer.copy_records_to_table(
        "werkgever",
        records=werkgevers,
        columns=[
            "id",
            "eigenaar",
            "kvk_nummer",
            "naam",
            "soort",
            "contacten",
            "versie",
            "vastgelegd_op",
        ],
    )
    await beheer.copy_records_to_table("werkplek", records=plekken, columns=_WERKPLEK)
    await beheer.copy_records_to_table("drukte", records=drukte)
    return [id_ for id_, eigenaar, *_ in plekken if eigenaar == WSD]


async def _maak_kandidaten(beheer: Any, toeval: Random, aantal: int) -> list[UUID]:
    wie = [(_id(toeval), toeval.choice(list(GEMEENTEN))) for _ in range(aantal)]
    await beheer.copy_records_to_table(
        "kandidaat",
        records=[(id_, gemeente, _OP, "pwet") for id_, gemeente in wie],
        columns=["id", "gemeentecode", "doorverwezen_op", "doelgroep"],
    )
    await beheer.copy_records_to_table(
        "profiel",
        records=[(id_, gemeente, True, 1, *codes(_profiel(toeval))) for id_, gemeente in wie],
        columns=["kandidaat_id", "gemeentecode", "doorverwezen", "versie", *CODES],
    )
    return [id_ for id_, _ in wie]


def _profiel(toeval: Random) -> Profiel:
    """Someone who lives in the region, travels 5 to 25 km, and cannot do a few things."""
    eisen = toeval.sample(list(Belastingseis), 9)
    van = Decimal(toeval.randint(4, 20))
    vanuit = toeval.choice(list(PLAATSEN)) if toeval.random() < 0.95 else None
    return Profiel(
        uren_van=van,
        uren_tot=van + toeval.randint(0, 16),
        dagen=frozenset(toeval.sample(_WERKDAGEN, toeval.randint(2, 5))),
        beschikbaar_vanaf=_OP - timedelta(days=toeval.randint(-30, 300)),
        begeleiding_nodig=toeval.choice(list(Begeleidingsniveau)),
        reist_vanuit=vanuit,
        reist_hoogstens_km=toeval.randint(5, 25) if vanuit else None,
        vervoer=toeval.choice(list(Vervoer)),
        wensen=frozenset(toeval.sample(list(Werksoort), toeval.randint(0, 2))),
        ervaring=frozenset(toeval.sample(list(Werksoort), toeval.randint(0, 2))),
        vaardigheden=frozenset(eisen[:3]),
        leerdoelen=frozenset(eisen[3:5]),
        niet_mogelijk=frozenset(eisen[5 : 5 + toeval.randint(0, 4)]),
    )


def _id(toeval: Random) -> UUID:
    return UUID(int=toeval.getrandbits(128), version=4)
