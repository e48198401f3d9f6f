"""Roles, schemas and Alembic migrations: what a service's database needs before it starts.

Per service two roles: ``meedoen_<service>_eigenaar`` owns the tables and cannot log in;
``meedoen_<service>`` is what the service logs in as, and can only read and write rows. Neither is
a superuser or bypasses row-level security.
"""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg
from alembic import command, context, op
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool


def role_of(service: str) -> str:
    return f"meedoen_{service}"


def service_url(admin_url: str, service: str, password: str) -> str:
    """The address of the same database for the role of a service."""
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(
        parts._replace(netloc=f"{role_of(service)}:{quote(password, safe='')}@{host}")
    )


async def prepare(admin_url: str, package: str, password: str) -> None:
    """Bring the schema of a service up to date; safe to repeat.

    admin_url: ``postgresql://`` of a role that may create roles and schemas.
    package: the service's Python package, for example ``services.intake``.
    """
    service = package.rpartition(".")[2]
    await _provision(admin_url, service, password)
    await asyncio.to_thread(_migrate, admin_url, package, service)


async def _provision(admin_url: str, service: str, password: str) -> None:
    role, owner = role_of(service), f"{role_of(service)}_eigenaar"
    connection = await asyncpg.connect(admin_url)
    try:
        async with connection.transaction():
            # Roles belong to the whole server: two databases may be prepared at the same time.
            await connection.execute("SELECT pg_advisory_xact_lock(hashtext('meedoen rollen'))")
            for name, login in ((owner, "NOLOGIN"), (role, "LOGIN")):
                if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
                    await connection.execute(f'CREATE ROLE "{name}"')
                await connection.execute(
                    f'ALTER ROLE "{name}" {login} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE'
                )
            secret = await connection.fetchval("SELECT quote_literal($1::text)", password)
            await connection.execute(f'ALTER ROLE "{role}" PASSWORD {secret}')
            await connection.execute(f'GRANT "{owner}" TO CURRENT_USER')
            await connection.execute(
                f'CREATE SCHEMA IF NOT EXISTS "{service}" AUTHORIZATION "{owner}";'
                f'GRANT USAGE ON SCHEMA "{service}" TO "{role}";'
                f'ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" IN SCHEMA "{service}"'
                f' GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{role}"'
            )
    finally:
        await connection.close()


def _migrate(admin_url: str, package: str, service: str) -> None:
    folder = Path(str(importlib.import_module(package).__file__)).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["admin_url"] = admin_url
    config.attributes["service"] = service
    command.upgrade(config, "head")


def run_migrations() -> None:
    """The whole of each service's ``migrations/env.py``."""
    service: str = context.config.attributes["service"]
    url = urlsplit(context.config.attributes["admin_url"])._replace(scheme="postgresql+asyncpg")

    def migrate(connection: Connection) -> None:
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.execute(text(f'SET ROLE "{role_of(service)}_eigenaar"'))
        connection.execute(text(f'SET search_path = "{service}"'))
        connection.commit()
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()

    async def connect() -> None:
        engine = create_async_engine(urlunsplit(url), poolclass=NullPool)
        async with engine.connect() as connection:
            await connection.run_sync(migrate)
            await connection.commit()
        await engine.dispose()

    asyncio.run(connect())


def run_sql(sql: str) -> None:
    """Run SQL statements inside the present migration; parameters are not possible."""
    connection = op.get_bind()
    # The driver opens its transaction at the first statement it is given the ordinary way.
    connection.execute(text("SELECT 1"))
    driver = connection.connection.dbapi_connection
    if driver is None:
        raise RuntimeError("a migration runs on an open connection")
    driver.run_async(lambda raw: raw.execute(sql))
