"""PostgreSQL zelf houdt de rijen van een ander uit zicht, ook voor de rol van de dienst."""

from __future__ import annotations

from datetime import date
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
    for tabel in (
        *OVER_KANDIDATEN,
        *("werkgever", "werkplek", "werkplek_versie", "afspraak", "bezetting", "drukte"),
    ):
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
    ("eigenaar", "gedeeld", "zien_het"),
    [
        (WSD, True, {WSD, BOXTEL, VUGHT}),
        (BOXTEL, False, {WSD, BOXTEL}),
        (BOXTEL, True, {WSD, BOXTEL, VUGHT}),
        (VUGHT, False, {WSD, VUGHT}),
    ],
)
async def test_een_werkplek_zien_de_eigenaar_en_wsd_en_een_gedeelde_iedereen(
    database: Database, eigenaar: str, gedeeld: bool, zien_het: set[str]
) -> None:
    plek = await werkplek(database, eigenaar=eigenaar, gedeeld=gedeeld)
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
        "UPDATE werkplek SET gedeeld = false WHERE eigenaar = 'wsd'",
        "UPDATE werkplek SET eigenaar = '0757' WHERE eigenaar = 'wsd'",
        "UPDATE werkplek_versie SET reden = 'x'",
        "DELETE FROM werkplek_versie",
        "UPDATE afspraak SET omschrijving = 'x'",
        "DELETE FROM afspraak",
        "INSERT INTO drukte SELECT id, current_date, 1 FROM werkplek WHERE eigenaar = 'wsd'",
        "UPDATE drukte SET verschil = 0",
        "DELETE FROM drukte",
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


async def plaatsing_op(database: Database, keten: Keten, gemeente: str, plek: UUID) -> UUID:
    kandidaat_id = await keten.kandidaat(gemeente)
    return (await op_proef(database, kandidaat_id, plek)).plaatsing_id


async def test_wie_een_werkplek_deelt_ziet_hoeveel_er_zijn_en_niet_van_wie(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database, capaciteit=2)
    eigen = await plaatsing_op(database, keten, BOXTEL, plek)
    await plaatsing_op(database, keten, VUGHT, plek)
    async with database.unit_of_work(BOXTEL) as uow:
        gezien = await uow.connection.fetch(
            "SELECT plaatsing_id FROM bezetting WHERE werkplek_id = $1", plek
        )
        drukte = await uow.connection.fetch(
            "SELECT dag, verschil FROM drukte WHERE werkplek_id = $1 ORDER BY dag", plek
        )
    assert [row["plaatsing_id"] for row in gezien] == [eigen]
    assert [tuple(row) for row in drukte] == [(date(2026, 5, 4), 2), (date(2026, 7, 4), -2)]


async def test_een_gemeente_ziet_niet_hoe_vol_een_werkplek_is_die_zij_niet_ziet(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database, eigenaar=BOXTEL)
    await plaatsing_op(database, keten, BOXTEL, plek)
    for organisatie, aantal in ((BOXTEL, 2), (WSD, 2), (VUGHT, 0)):
        async with database.unit_of_work(organisatie) as uow:
            gezien = await uow.connection.fetchval(
                "SELECT count(*) FROM drukte WHERE werkplek_id = $1", plek
            )
        assert gezien == aantal


async def test_een_gemeente_bezet_geen_plaats_met_een_plaatsing_die_niet_de_hare_is(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database, capaciteit=2)
    van_vught = await plaatsing_op(database, keten, VUGHT, plek)
    for plaatsing_id in (van_vught, uuid4()):
        async with database.unit_of_work(BOXTEL) as uow:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await uow.connection.execute(
                    "INSERT INTO bezetting (plaatsing_id, werkplek_id, begin)"
                    " VALUES ($1, $2, '2027-01-01')",
                    plaatsing_id,
                    plek,
                )
    async with database.unit_of_work(BOXTEL) as uow:
        for opdracht in (
            "UPDATE bezetting SET laatste_dag = begin WHERE plaatsing_id = $1",
            "DELETE FROM bezetting WHERE plaatsing_id = $1",
        ):
            geraakt = await uow.connection.execute(opdracht, van_vught)
            assert geraakt.endswith(" 0")


async def test_een_gemeente_bezet_geen_plaats_op_een_werkplek_die_zij_niet_ziet(
    database: Database, keten: Keten
) -> None:
    eigen = await plaatsing_op(database, keten, BOXTEL, await werkplek(database))
    van_vught = await werkplek(database, eigenaar=VUGHT)
    async with database.unit_of_work(BOXTEL) as uow:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await uow.connection.execute(
                "UPDATE bezetting SET werkplek_id = $2 WHERE plaatsing_id = $1", eigen, van_vught
            )
