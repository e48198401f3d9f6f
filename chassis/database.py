"""The database of one service: its pool, its role, its schema."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

import asyncpg

from chassis.bell import Bell
from chassis.clock import Clock, SystemClock
from chassis.unit_of_work import UnitOfWork
from chassis.vault import Vault

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
    PoolConnectionProxy = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

_TRANSIENT: tuple[type[BaseException], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.TransactionRollbackError,
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.ReadOnlySQLTransactionError,
    OSError,
    TimeoutError,
)


_DRIVER_ERRORS = (asyncpg.InterfaceError, asyncpg.InternalClientError)
_CONNECTION_LOST = re.compile(
    "connection is closed|released back to the pool|pool is clos|cannot switch to state"
)
"""How asyncpg says that a connection went away between two statements. Its other errors of these
classes are mistakes in the calling code, which no second try mends."""


def is_transient(error: BaseException) -> bool:
    """Whether the surroundings failed and not what was asked: trying again may help."""
    if isinstance(error, _DRIVER_ERRORS):
        return _CONNECTION_LOST.search(str(error)) is not None
    return isinstance(error, _TRANSIENT)


class Database:
    """A pool of connections as the role of one service, with its schema as the search path."""

    def __init__(
        self,
        service: str,
        url: str,
        *,
        clock: Clock | None = None,
        pool_size: int = 10,
        wake_other_processes: bool = False,
        vault: Vault | None = None,
    ) -> None:
        self.service = service
        self.vault = vault
        self.clock: Clock = clock or SystemClock()
        self.has_other_processes = wake_other_processes
        self.outbox_bell = Bell(self._ring_elsewhere if wake_other_processes else None)
        self._url = url
        self._pool_size = pool_size
        self._pool: Pool | None = None

    async def __aenter__(self) -> Self:
        self._pool = await asyncpg.create_pool(
            self._url,
            min_size=1,
            max_size=self._pool_size,
            reset=_leave_no_transaction,
            server_settings={
                "search_path": self.service,
                "application_name": f"meedoen-{self.service}",
                "timezone": "UTC",
                "statement_timeout": "30000",
                "lock_timeout": "10000",
                "idle_in_transaction_session_timeout": "60000",
            },
        )
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            await self._pool.close()

    def unit_of_work(
        self,
        organisation: str,
        *,
        traceparent: str | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> UnitOfWork:
        """A transaction that acts for an organisation: a gemeentecode or ``wsd``.

        settings: of PostgreSQL, for this transaction only.
        """
        return UnitOfWork(self, organisation, traceparent, settings)

    async def acquire(self) -> Connection:
        return cast("Connection", await self.pool.acquire())

    async def release(self, connection: Connection) -> None:
        await self.pool.release(cast("PoolConnectionProxy", connection))

    @property
    def pool(self) -> Pool:
        if self._pool is None:
            raise RuntimeError("a database is used inside its own `async with`")
        return self._pool

    async def ready(self) -> None:
        """Return when the database answers."""
        await self.pool.execute("SELECT 1")

    @property
    def outbox_channel(self) -> str:
        return f"meedoen_outbox_{self.service}"

    async def listen(self, channel: str, on_ring: Callable[[str], None]) -> None:
        """Hear what processes of this service tell each other, on a connection of its own.

        on_ring: gets what was told, and an empty text as soon as we listen, for what was told
        before. Ends only with an error, when that connection is lost.
        """

        def heard(_connection: object, _pid: int, _channel: str, told: object) -> None:
            on_ring(str(told))

        lost = asyncio.Event()
        connection = await asyncpg.connect(self._url)
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(channel, heard)
            on_ring("")
            await lost.wait()
        finally:
            await connection.close()
        raise asyncpg.ConnectionDoesNotExistError("the listening connection was lost")

    async def notify(self, channel: str, told: str = "") -> None:
        """Tell whoever listens in any process; outside any transaction, for it locks them all."""
        await self.pool.execute("SELECT pg_notify($1, $2)", channel, told)

    async def _ring_elsewhere(self) -> None:
        await self.notify(self.outbox_channel)


async def _leave_no_transaction(connection: Connection) -> None:
    """Make a connection fit for the next user.

    The pool's own reset costs a round trip per use; all we ever set is local to a transaction, so
    ending the transaction is enough.
    """
    if connection.is_in_transaction():
        await connection.execute("ROLLBACK")
