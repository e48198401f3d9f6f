"""Which errors are of the surroundings, to be waited out, and which are of what was asked."""

from __future__ import annotations

import asyncpg
import pytest

from chassis.database import Database, is_transient


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        asyncpg.ConnectionDoesNotExistError(),
        asyncpg.CannotConnectNowError(),
        asyncpg.AdminShutdownError(),
        asyncpg.QueryCanceledError(),
        asyncpg.TooManyConnectionsError(),
        asyncpg.DiskFullError(),
        asyncpg.SerializationError(),
        asyncpg.DeadlockDetectedError(),
        asyncpg.LockNotAvailableError(),
        asyncpg.ReadOnlySQLTransactionError(),
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.InterfaceError("pool is closing"),
        asyncpg.InternalClientError("cannot switch to state 11; another operation (2) is …"),
    ],
    ids=repr,
)
def test_an_outage_is_waited_out(error: Exception) -> None:
    assert is_transient(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError(),
        KeyError(),
        asyncpg.UniqueViolationError(),
        asyncpg.CheckViolationError(),
        asyncpg.UndefinedTableError(),
        asyncpg.InsufficientPrivilegeError(),
        asyncpg.InFailedSQLTransactionError(),
        asyncpg.DataError("invalid input for query argument $1"),
        asyncpg.InterfaceError("the server expects 2 arguments for this query, 1 was passed"),
        asyncpg.InterfaceError("cannot perform operation: another operation is in progress"),
    ],
    ids=repr,
)
def test_a_mistake_is_not_tried_again(error: Exception) -> None:
    assert not is_transient(error)


async def test_a_wrong_number_of_arguments_is_a_mistake(database: Database) -> None:
    with pytest.raises(asyncpg.InterfaceError) as caught:
        await database.pool.execute("SELECT $1::int, $2::int", 1)
    assert not is_transient(caught.value)


async def test_a_connection_that_the_server_ended_is_an_outage(database: Database) -> None:
    async with database.pool.acquire() as victim, database.pool.acquire() as other:
        await other.execute("SELECT pg_terminate_backend($1)", victim.get_server_pid())
        for _ in range(2):
            with pytest.raises(Exception) as caught:
                await victim.execute("SELECT 1")
            assert is_transient(caught.value), repr(caught.value)
