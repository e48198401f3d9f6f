"""The database of one service, for a command: where it is, and why it could not be reached."""

from __future__ import annotations

import sys

import asyncpg
from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.database import is_transient

_GEWEIGERD = (
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ClientConfigurationError,
)


class _Instellingen(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="MEEDOEN_", hide_input_in_errors=True)

    database_url: SecretStr
    """``postgresql://`` of the role of the service."""


def database_van(dienst: str) -> str | None:
    """The address in MEEDOEN_DATABASE_URL; None after saying that it must be given."""
    try:
        return _Instellingen().database_url.get_secret_value()
    except ValidationError:
        print(
            f"Geef MEEDOEN_DATABASE_URL: het adres van de database van {dienst}.", file=sys.stderr
        )
        return None


def waarom_onbereikbaar(fout: Exception) -> str | None:
    """In Dutch, without what the address holds; None when the database is not to blame."""
    if isinstance(fout, _GEWEIGERD):
        return (
            f"De database laat ons niet binnen ({type(fout).__name__}): controleer gebruiker, "
            "wachtwoord en naam in het adres van de database."
        )
    if is_transient(fout):
        return f"De database antwoordt niet ({type(fout).__name__})."
    return None
