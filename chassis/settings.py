"""Settings, the same names everywhere: ``MEEDOEN_*`` environment variables."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Omgeving(StrEnum):
    ONTWIKKELING = "ontwikkeling"
    TEST = "test"
    ACCEPTATIE = "acceptatie"
    PRODUCTIE = "productie"


class TokenIssuer(BaseModel):
    """An OAuth authorization server whose tokens are accepted."""

    issuer: str
    jwks_uri: str


class Task(StrEnum):
    """What a process of a service does; by default all of it."""

    API = "api"
    RELAY = "relay"
    CONSUMER = "consumer"
    TIMERS = "timers"


class Settings(BaseSettings):
    """One process. Lists and objects are written as JSON."""

    model_config = SettingsConfigDict(env_prefix="MEEDOEN_", frozen=True)

    omgeving: Omgeving = Omgeving.PRODUCTIE
    """Unset means production: nothing made for development may start by accident."""
    database_url: SecretStr
    """``postgresql://`` of the service's own role."""
    kafka_bootstrap: str
    """``host:port`` of one or more brokers, comma separated."""
    oin: Annotated[str, Field(pattern=r"^\d{20}$")] = "00000099000000001000"
    """OIN of the organisation that runs the service; the default is a test OIN."""
    token_issuers: tuple[TokenIssuer, ...] = ()
    token_audience: str = "https://api.meedoen.example"  # noqa: S105 - a name, no secret
    sleutels: SecretStr | None = None
    """Key ring for personal data (intake only): see chassis.encryption."""
    luister: str = "127.0.0.1:8000"
    """``host:port`` to listen on."""
    taken: tuple[Task, ...] = tuple(Task)
    instantie: str | None = None
    """Name of this process in its consumer group, so that a restart keeps its partitions."""
    logniveau: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
