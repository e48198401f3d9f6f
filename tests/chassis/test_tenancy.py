"""PostgreSQL itself keeps the rows of one gemeente away from another."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from chassis.database import Database
from chassis.tenancy import SYSTEM, WSD, act_for
from tests.chassis.hulp import BOXTEL, VUGHT, Beheer, count_one
from tests.chassis.proefdienst.gebeurtenis import Geteld

INSERT = "INSERT INTO gezien (gemeentecode, aggregate_id, versie) VALUES ($1, $2, 1)"
ISOLATED = ("gezien", "outbox", "geparkeerd", "termijn", "verwerking", "houder")


@pytest.fixture
async def filled(database: Database, beheer: Beheer) -> Database:
    """One row of Boxtel in every isolated table."""
    await count_one(database, uuid4(), gemeentecode=BOXTEL)
    await beheer.execute(INSERT, BOXTEL, uuid4())
    await beheer.execute(
        """
        INSERT INTO termijn (id, gemeentecode, aggregate_id, soort, sleutel, vervalt_op)
        VALUES (gen_random_uuid(), '0757', gen_random_uuid(), 'proef', '', now());
        INSERT INTO geparkeerd (consument, bron, aggregate_id, versie, gemeentecode, foutklasse,
            geparkeerd_op, topic, sleutel, headers, waarde)
        VALUES ('proefdienst', 'bron', gen_random_uuid(), 1, '0757', 'Fout', now(), '', '',
            '[]', '');
        INSERT INTO houder (aggregate_id, gemeentecode) VALUES (gen_random_uuid(), '0757')
        """
    )
    return database


async def visible(database: Database, organisation: str) -> dict[str, int]:
    async with database.unit_of_work(organisation) as uow:
        return {
            table: await uow.connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608
            for table in ISOLATED
        }


async def test_a_gemeente_sees_its_own_rows(filled: Database) -> None:
    assert await visible(filled, BOXTEL) == dict.fromkeys(ISOLATED, 1)


async def test_another_gemeente_sees_none_of_them(filled: Database) -> None:
    assert await visible(filled, VUGHT) == dict.fromkeys(ISOLATED, 0)


async def test_wsd_sees_what_the_policy_gives_it(filled: Database) -> None:
    """Not what failed, nor who at the gemeente looked at whom."""
    expected = dict.fromkeys(ISOLATED, 0) | {"gezien": 1, "outbox": 1, "termijn": 1}
    assert await visible(filled, WSD) == expected


async def test_the_chassis_sees_its_own_tables_and_no_domain_tables(filled: Database) -> None:
    expected = dict.fromkeys(ISOLATED, 1) | {"gezien": 0, "verwerking": 0}
    assert await visible(filled, SYSTEM) == expected


async def test_without_an_organisation_nothing_is_visible(filled: Database) -> None:
    for table in ISOLATED:
        assert await filled.pool.fetchval(f"SELECT count(*) FROM {table}") == 0  # noqa: S608


async def test_without_an_organisation_nothing_can_be_written(database: Database) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.pool.execute(INSERT, BOXTEL, uuid4())


async def test_the_organisation_ends_with_the_transaction(proef_url: str, beheer: Beheer) -> None:
    await beheer.execute(INSERT, BOXTEL, uuid4())
    async with Database("proefdienst", proef_url, pool_size=1) as database:
        async with database.unit_of_work(BOXTEL) as uow:
            await uow.commit()
        assert await database.pool.fetchval("SELECT count(*) FROM gezien") == 0


async def test_a_row_for_another_gemeente_is_refused(database: Database, beheer: Beheer) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.unit_of_work(VUGHT) as uow:
            await uow.connection.execute(INSERT, BOXTEL, uuid4())

    assert await beheer.fetchval("SELECT count(*) FROM gezien") == 0


async def test_a_row_cannot_be_handed_to_another_gemeente(filled: Database) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with filled.unit_of_work(BOXTEL) as uow:
            await uow.connection.execute("UPDATE gezien SET gemeentecode = $1", VUGHT)


async def test_another_gemeente_changes_and_deletes_nothing(filled: Database) -> None:
    async with filled.unit_of_work(VUGHT) as uow:
        assert await uow.connection.execute("UPDATE gezien SET versie = 9") == "UPDATE 0"
        assert await uow.connection.execute("DELETE FROM gezien") == "DELETE 0"


async def test_an_event_of_another_gemeente_cannot_be_emitted(
    database: Database, beheer: Beheer
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.unit_of_work(VUGHT) as uow:
            uow.emit(Geteld(kandidaat_id=uuid4(), gemeentecode=BOXTEL), afnemers=[])
            await uow.commit()

    assert await beheer.fetchval("SELECT count(*) FROM outbox") == 0


@pytest.mark.parametrize("table", ISOLATED)
async def test_the_owner_of_the_tables_is_held_to_it_too(
    filled: Database, beheer: Beheer, table: str
) -> None:
    async with beheer.transaction():
        await beheer.execute(f"SET LOCAL ROLE meedoen_proefdienst_eigenaar; {act_for(VUGHT)}")
        assert await beheer.fetchval(f"SELECT count(*) FROM {table}") == 0  # noqa: S608


async def test_every_table_with_a_gemeente_is_isolated_by_force(beheer: Beheer) -> None:
    """A table somebody adds without isolation shows here."""
    open_tables = await beheer.fetch(
        """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'proefdienst'::regnamespace AND c.relkind = 'r'
            AND a.attname = 'gemeentecode'
            AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        """
    )
    assert open_tables == []


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE gezien DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE gezien NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY organisatie ON gezien",
        "CREATE POLICY alles ON gezien USING (true)",
        "DROP TABLE gezien",
        "TRUNCATE gezien",
        "CREATE TABLE van_mij (id int)",
        "CREATE FUNCTION van_mij() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA van_mij",
        "CREATE TABLE public.van_mij (id int)",
        "CREATE ROLE van_mij",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "SET ROLE meedoen_proefdienst_eigenaar",
        "SET ROLE meedoen_luisterdienst",
        "SET SESSION AUTHORIZATION postgres",
        "SELECT * FROM luisterdienst.gezien",
    ],
)
async def test_a_service_can_only_read_and_write_its_own_rows(
    database: Database, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.pool.execute(statement)


@pytest.mark.parametrize("role", ["meedoen_proefdienst", "meedoen_proefdienst_eigenaar"])
async def test_no_role_of_a_service_stands_above_the_policies(beheer: Beheer, role: str) -> None:
    row = await beheer.fetchrow(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname = $1",
        role,
    )
    assert row is not None
    assert tuple(row) == (False, False, False, False)


@pytest.mark.parametrize(
    "name", ["", "075", "0757'", "0757; RESET ROLE", "WSD", "boxtel", "0757\n"]
)
def test_only_an_organisation_can_be_acted_for(name: str) -> None:
    with pytest.raises(ValueError, match="organisatie"):
        act_for(name)
