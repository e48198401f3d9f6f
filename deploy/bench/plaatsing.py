"""POST lks-plaatsing against bare FastAPI and asyncpg writing the same rows, and how long a report
takes over more and more placements."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import asyncpg
import httpx2

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.afnemers import GEMEENTEN
from deploy.bench.belasting import Server, server
from deploy.bench.omgeving import Omgeving
from deploy.bench.uitslag import Antwoordtijd, Verhouding
from deploy.lokaal.adres import HOST

_PER_RONDE: Final = 1000
_WARM: Final = 200
_WERKPLEKKEN: Final = 200
_VANDAAG: Final = local_date(datetime.now(UTC))
_GEMEENTE: Final = "0757"
_ROL: Final = "accountmanager"

OMVANG: Final = (10_000, 30_000, 100_000)
"""Kandidaten with a proefplaatsing and, but for one in four, a job and a detachering after it."""
_KEER: Final = 9


async def meet(omgeving: Omgeving, rondes: int) -> list[Verhouding]:
    """Requests per second over loopback, 16 at a time, in turns: a first job of each kandidaat."""
    async with (
        server("plaatsing", "meedoen", omgeving) as meedoen,
        server("plaatsing", "kaal", omgeving) as kaal,
    ):
        plekken = await _werkplekken(omgeving)
        snelheden: tuple[list[float], list[float]] = ([], [])
        for wie in (meedoen, kaal):
            await wie.ronde(await _verzoeken(omgeving, wie, plekken, _WARM))
        for _ in range(rondes):
            for wie, van in zip((meedoen, kaal), snelheden, strict=True):
                verzoeken = await _verzoeken(omgeving, wie, plekken, _PER_RONDE)
                van.append((await wie.ronde(verzoeken))[0])
    return [Verhouding("POST lks-plaatsing", *snelheden, doel=0.5)]


async def meet_rapportages(omgeving: Omgeving) -> list[Antwoordtijd]:
    """Milliseconds of a GET over loopback by WSD, of all gemeenten and of one."""
    [plek] = await _werkplekken(omgeving, aantal=1)
    periode = {"vanaf": f"{_VANDAAG.year - 1}-01-01", "totEnMet": _VANDAAG.isoformat()}
    vragen = {
        (rapport, wie): {**periode, **extra}
        for rapport in ("stroom", "transitiearrangement", "lks-banen")
        for wie, extra in (("alle", {}), ("een gemeente", {"gemeentecode": _GEMEENTE}))
    }
    duren: dict[tuple[str, str], dict[int, list[float]]] = {vraag: {} for vraag in vragen}
    async with (
        server("plaatsing", "meedoen", omgeving) as wie,
        httpx2.AsyncClient(
            base_url=f"http://{HOST}:{wie.poort}/plaatsing/v1/rapportages",
            headers={"Authorization": f"Bearer {wie.tokens[_ROL]}"},
            timeout=60.0,
        ) as klant,
    ):
        er_zijn = 0
        for aantal in OMVANG:
            await _vul(omgeving, plek, aantal - er_zijn)
            er_zijn = aantal
            for vraag, params in vragen.items():
                duren[vraag][aantal] = [await _duur(klant, vraag[0], params) for _ in range(_KEER)]
    return [
        Antwoordtijd(f"{rapport}, {wie}", per_omvang)
        for (rapport, wie), per_omvang in duren.items()
    ]


async def _duur(klant: httpx2.AsyncClient, rapport: str, params: dict[str, str]) -> float:
    begin = time.perf_counter()
    antwoord = await klant.get(f"/{rapport}", params=params)
    antwoord.raise_for_status()
    return (time.perf_counter() - begin) * 1000


async def _verzoeken(
    omgeving: Omgeving, wie: Server, plekken: list[UUID], aantal: int
) -> list[bytes]:
    return [
        wie.post(
            _ROL,
            "/plaatsing/v1/lks-plaatsingen",
            {
                "kandidaatId": str(kandidaat_id),
                "werkplekId": str(plekken[n % len(plekken)]),
                "begindatum": _VANDAAG.isoformat(),
                "urenPerWeek": "24",
                "voltijdsurenPerWeek": "36",
                "grondslag": "loonwaarde",
                "via": "werkgever",
                "behoortTotDoelgroep": True,
            },
        )
        for n, kandidaat_id in enumerate(await _kandidaten(omgeving, aantal))
    ]


async def _kandidaten(omgeving: Omgeving, aantal: int) -> list[UUID]:
    """So many kandidaten who may be placed."""
    wie, gisteren = [uuid4() for _ in range(aantal)], _VANDAAG - timedelta(days=1)
    async with omgeving.database("plaatsing") as database, database.unit_of_work("wsd") as uow:
        for opdracht in (
            "INSERT INTO kandidaat (id, gemeentecode, doorverwezen_op, doelgroep)"
            " SELECT k, $2, $3, 'pwet' FROM unnest($1::uuid[]) k",
            "INSERT INTO trajectbesluit (id, kandidaat_id, gemeentecode, ingangsdatum, met_wsd,"
            " programma) SELECT gen_random_uuid(), k, $2, $3, true, 'werkprogramma'"
            " FROM unnest($1::uuid[]) k",
            "INSERT INTO loonwaarde (meting_id, kandidaat_id, gemeentecode, ingangsdatum,"
            " loonwaarde) SELECT gen_random_uuid(), k, $2, $3, 45 FROM unnest($1::uuid[]) k",
        ):
            await uow.connection.execute(opdracht, wie, _GEMEENTE, gisteren)
        await uow.commit()
    return wie


async def _werkplekken(omgeving: Omgeving, aantal: int = _WERKPLEKKEN) -> list[UUID]:
    """With room for everyone, at a werkgever of their own."""
    plekken = [uuid4() for _ in range(aantal)]
    async with omgeving.database("plaatsing") as database, database.unit_of_work("wsd") as uow:
        werkgever_id = uuid4()
        await uow.connection.execute(
            "INSERT INTO werkgever (id, eigenaar, kvk_nummer, naam, soort, vastgelegd_op)"
            " VALUES ($1, 'wsd', $2, 'Voorbeeld', 'regulier', $3)",
            werkgever_id,
            f"{werkgever_id.int % 10**8:08}",
            uow.now,
        )
        await uow.connection.execute(
            "INSERT INTO werkplek (id, eigenaar, werkgever_id, werksoort, functie, locatie,"
            " uren_van, uren_tot, capaciteit, gedeeld, vastgelegd_op)"
            " SELECT p, 'wsd', $2, 'logistiek', 'Orderpicker', 'Boxtel', 16, 32, 1000000, true, $3"
            " FROM unnest($1::uuid[]) p",
            plekken,
            werkgever_id,
            uow.now,
        )
        await uow.commit()
    return plekken


async def _vul(omgeving: Omgeving, werkplek_id: UUID, aantal: int) -> None:
    """So many kandidaten more, spread over the gemeenten and the last two years."""
    async with omgeving.database("plaatsing") as database, database.unit_of_work("wsd") as uow:
        await _voeg_kandidaten_toe(uow, werkplek_id, aantal)
        await uow.commit()
    beheer = await asyncpg.connect(omgeving.beheer_url)
    await beheer.execute("ANALYZE plaatsing.plaatsing, plaatsing.plaatsingsstand")
    await beheer.close()


async def _voeg_kandidaten_toe(uow: UnitOfWork, werkplek_id: UUID, aantal: int) -> None:
    nieuw = await uow.connection.fetch(
        "INSERT INTO kandidaat (id, gemeentecode, doorverwezen_op, doelgroep)"
        " SELECT gen_random_uuid(), ($2::text[])[1 + n % cardinality($2::text[])], $3, 'pwet'"
        " FROM generate_series(1, $1) n RETURNING id",
        aantal,
        list(GEMEENTEN),
        _VANDAAG - timedelta(days=730),
    )
    begin, wie = _VANDAAG - timedelta(days=720), [rij["id"] for rij in nieuw]
    await uow.connection.execute(_PROEF, wie, werkplek_id, begin, uow.now)
    for soort in ("lks-dienstverband", "detachering-groep"):
        await uow.connection.execute(_VERVOLG, wie, soort, uow.now)
    await uow.connection.execute(_STANDEN, wie)


_PROEF: Final = """
INSERT INTO plaatsing (id, kandidaat_id, gemeentecode, soort, geplaatst_door, werkgever_id,
    werkplek_id, begin, tot_en_met, laatste_dag, eindereden, uren_per_week, maanden, verlengd,
    programma, vastgelegd_op)
SELECT gen_random_uuid(), k.id, k.gemeentecode, 'proefplaatsing', 'wsd', w.werkgever_id, w.id,
    t.begin, t.begin + 40, t.begin + 40,
    CASE WHEN t.toeval % 4 = 0 THEN 'terug-gemeld-motivatie' ELSE 'arbeidsovereenkomst' END,
    24, 2, 0, 'werkprogramma', $4
FROM kandidaat k
JOIN werkplek w ON w.id = $2
CROSS JOIN LATERAL (
    SELECT $3::date + abs(hashtext(k.id::text)) % 660, abs(hashtext(k.id::text))
) t (begin, toeval)
WHERE k.id = ANY($1)
"""
_VERVOLG: Final = """
INSERT INTO plaatsing (id, kandidaat_id, gemeentecode, soort, geplaatst_door, werkgever_id,
    werkplek_id, begin, uren_per_week, voltijdsuren_per_week, werkgeversoort, loonwaarde,
    vorige_plaatsing_id, programma, vastgelegd_op)
SELECT gen_random_uuid(), kandidaat_id, gemeentecode, $2, 'wsd', werkgever_id, werkplek_id,
    laatste_dag + 1, 24, 36, 'regulier', 45,
    CASE WHEN $2 = 'lks-dienstverband' THEN id END, programma, $3
FROM plaatsing
WHERE kandidaat_id = ANY($1) AND soort = 'proefplaatsing' AND eindereden = 'arbeidsovereenkomst'
"""
_STANDEN: Final = """
INSERT INTO plaatsingsstand (plaatsing_id, vanaf, kandidaat_id, gemeentecode, uren_per_week,
    werkplek_id, loonwaarde)
SELECT id, begin, kandidaat_id, gemeentecode, uren_per_week, werkplek_id, loonwaarde
FROM plaatsing WHERE kandidaat_id = ANY($1)
"""
