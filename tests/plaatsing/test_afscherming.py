"""PostgreSQL zelf houdt de rijen van een ander uit zicht, ook voor de rol van de dienst."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.database import Database
from chassis.tenancy import SYSTEM
from tests.plaatsing.hulp import (
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    doorverwijzing,
    loonwaarde,
    op_proef,
    werkplek,
)

OVER_KANDIDATEN: Final = {
    "kandidaat": "id",
    "trajectbesluit": "kandidaat_id",
    "loonwaarde": "kandidaat_id",
    "plaatsing": "kandidaat_id",
}
ZONDER_AFSCHERMING: Final = {"alembic_version", "positie", "stroom"}
"""Numbers of the chassis, without anything about anyone."""


async def ziet(database: Database, organisatie: str, tabel: str, kandidaat_id: UUID) -> bool:
    kolom = OVER_KANDIDATEN[tabel]
    async with database.unit_of_work(organisatie) as uow:
        gevonden = await uow.connection.fetch(
            f"SELECT FROM {tabel} WHERE {kolom} = $1",
            kandidaat_id,
        )
    return bool(gevonden)


@pytest.fixture
async def geplaatst(database: Database, keten: Keten) -> UUID:
    """A kandidaat of Boxtel with a row in every table."""
    kandidaat_id = await keten.kandidaat(BOXTEL)
    await op_proef(database, kandidaat_id, await werkplek(database))
    return kandidaat_id


async def test_elke_tabel_is_afgeschermd_ook_voor_de_eigenaar(database: Database) -> None:
    rows = await database.pool.fetch(
        "SELECT relname, relrowsecurity AND relforcerowsecurity AS dicht FROM pg_class"
        " WHERE relnamespace = 'plaatsing'::regnamespace AND relkind = 'r'"
    )
    assert {row["relname"] for row in rows if not row["dicht"]} == ZONDER_AFSCHERMING
    assert OVER_KANDIDATEN.keys() <= {row["relname"] for row in rows}


@pytest.mark.parametrize("tabel", OVER_KANDIDATEN)
async def test_alleen_de_eigen_gemeente_en_wsd_zien_een_kandidaat(
    database: Database, geplaatst: UUID, tabel: str
) -> None:
    wie = (BOXTEL, WSD, VUGHT, SYSTEM)
    gezien = {
        organisatie: await ziet(database, organisatie, tabel, geplaatst) for organisatie in wie
    }
    assert gezien == {BOXTEL: True, WSD: True, VUGHT: False, SYSTEM: False}


async def test_zonder_organisatie_is_er_niets_te_zien(database: Database, geplaatst: UUID) -> None:
    assert geplaatst
    for tabel in (*OVER_KANDIDATEN, "werkgever", "werkplek", "bezetting"):
        assert await database.pool.fetchval(f"SELECT count(*) FROM {tabel}") == 0  # noqa: S608


async def test_wsd_ziet_een_kandidaat_vanaf_de_doorverwijzing(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = uuid4()
    await keten.zeg(loonwaarde(kandidaat_id))
    for tabel in ("kandidaat", "loonwaarde"):
        assert not await ziet(database, WSD, tabel, kandidaat_id)
        assert await ziet(database, BOXTEL, tabel, kandidaat_id)
    await keten.zeg(doorverwijzing(kandidaat_id))
    for tabel in ("kandidaat", "loonwaarde"):
        assert await ziet(database, WSD, tabel, kandidaat_id)


async def test_een_gemeente_legt_niets_vast_voor_een_ander(
    database: Database, geplaatst: UUID
) -> None:
    async with database.unit_of_work(VUGHT) as uow:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(
                "INSERT INTO kandidaat (id, gemeentecode) VALUES ($1, $2)", uuid4(), BOXTEL
            )
    async with database.unit_of_work(VUGHT) as uow:
        for tabel, kolom in OVER_KANDIDATEN.items():
            gewijzigd = await uow.connection.execute(
                f"UPDATE {tabel} SET gemeentecode = $2 WHERE {kolom} = $1",  # noqa: S608
                geplaatst,
                VUGHT,
            )
            assert gewijzigd == "UPDATE 0"


@pytest.mark.parametrize(
    ("eigenaar", "zien_het"),
    [(WSD, {WSD, BOXTEL, VUGHT}), (BOXTEL, {WSD, BOXTEL}), (VUGHT, {WSD, VUGHT})],
)
async def test_een_werkplek_zien_de_eigenaar_en_wsd_en_die_van_wsd_iedereen(
    database: Database, eigenaar: str, zien_het: set[str]
) -> None:
    plek = await werkplek(database, eigenaar=eigenaar)
    gezien = set()
    for organisatie in (WSD, BOXTEL, VUGHT):
        async with database.unit_of_work(organisatie) as uow:
            if await uow.connection.fetchval(
                "SELECT count(*) FROM werkplek w JOIN werkgever g ON g.id = w.werkgever_id"
                " WHERE w.id = $1",
                plek,
            ):
                gezien.add(organisatie)
    assert gezien == zien_het


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE werkgever SET naam = 'x' WHERE eigenaar = 'wsd'",
        "UPDATE werkgever SET eigenaar = '0757' WHERE eigenaar = 'wsd'",
        "DELETE FROM werkgever WHERE eigenaar = 'wsd'",
        "UPDATE werkplek SET capaciteit = 99 WHERE eigenaar = 'wsd'",
        "UPDATE werkplek SET id = gen_random_uuid() WHERE eigenaar = 'wsd'",
        "DELETE FROM werkplek WHERE eigenaar = 'wsd'",
        "INSERT INTO werkgever (id, eigenaar, kvk_nummer, naam, soort, vastgelegd_op)"
        " VALUES (gen_random_uuid(), 'wsd', '12345678', 'x', 'regulier', now())",
    ],
)
async def test_een_gemeente_verandert_niets_aan_wat_van_wsd_is(
    database: Database, opdracht: str
) -> None:
    await werkplek(database)
    async with database.unit_of_work(BOXTEL) as uow:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(opdracht)
