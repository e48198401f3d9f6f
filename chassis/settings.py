"""Settings, the same names everywhere: ``MEEDOEN_*`` environment variables."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FilePath, SecretStr, model_validator
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


class KafkaProtocol(StrEnum):
    """How a client and a broker speak. A password never goes over a line that others can read."""

    PLAINTEXT = "PLAINTEXT"
    SASL_SSL = "SASL_SSL"
    """TLS, and a user with a password (SCRAM-SHA-512)."""
    SSL = "SSL"
    """TLS on both sides: the client's certificate says who it is."""


class KafkaSecurity(BaseModel):
    """As whom, and how well protected, to go to Kafka: ``MEEDOEN_KAFKA_<NAME>``.

    Raises ValueError (Dutch, all at once) when something is missing for the protocol, or is given
    that the protocol would not use.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    protocol: KafkaProtocol = KafkaProtocol.PLAINTEXT
    gebruiker: str | None = None
    wachtwoord: SecretStr | None = None
    ca: FilePath | None = None
    """PEM of who signed the brokers' certificates; without it, whom this machine trusts."""
    certificaat: FilePath | None = None
    """PEM of the client's certificate, with the certificates between it and the CA."""
    sleutel: FilePath | None = None
    """PEM of the key of that certificate, without a password."""

    @model_validator(mode="after")
    def _what_the_protocol_needs(self) -> Self:
        needed: set[str] = set()
        match self.protocol:
            case KafkaProtocol.SASL_SSL:
                needed = {"gebruiker", "wachtwoord"}
            case KafkaProtocol.SSL:
                needed = {"certificaat", "sleutel"}
        allowed = needed if self.protocol is KafkaProtocol.PLAINTEXT else needed | {"ca"}
        given = {name for name, value in self if name != "protocol" and value}
        wrong = [
            *(f"{_kafka_variable(name)} ontbreekt" for name in sorted(needed - given)),
            *(f"{_kafka_variable(name)} hoort er niet bij" for name in sorted(given - allowed)),
        ]
        if wrong:
            raise ValueError(f"MEEDOEN_KAFKA_PROTOCOL is {self.protocol}: {'; '.join(wrong)}")
        return self


def _kafka_variable(name: str) -> str:
    return f"MEEDOEN_KAFKA_{name.upper()}"


class KafkaSettings(BaseSettings):
    """Where Kafka is and as whom to go there."""

    model_config = SettingsConfigDict(
        env_prefix="MEEDOEN_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        frozen=True,
        hide_input_in_errors=True,  # they hold passwords
    )

    omgeving: Omgeving = Omgeving.PRODUCTIE
    """Unset means production: nothing made for development may start by accident."""
    kafka_bootstrap: str
    """``host:port`` of one or more brokers, comma separated."""
    kafka: KafkaSecurity = KafkaSecurity()

    @model_validator(mode="after")
    def _no_open_line_in_production(self) -> Self:
        """Without TLS and a principal the broker cannot keep one gemeente from another's topic."""
        if self.omgeving is Omgeving.PRODUCTIE and self.kafka.protocol is KafkaProtocol.PLAINTEXT:
            raise ValueError(
                "in productie gaat Kafka nooit onbeveiligd: zet MEEDOEN_KAFKA_PROTOCOL op SASL_SSL "
                "(gebruiker en wachtwoord) of SSL (certificaat), of zet MEEDOEN_OMGEVING als dit "
                "geen productie is"
            )
        return self


class Task(StrEnum):
    """What a process of a service does; by default all of it."""

    API = "api"
    RELAY = "relay"
    CONSUMER = "consumer"
    TIMERS = "timers"


class Settings(KafkaSettings):
    """Where a service keeps and hears everything: enough for who works on its tables."""

    database_url: SecretStr
    """``postgresql://`` of the service's own role."""


class ProcessSettings(Settings):
    """One process that serves. Lists and objects are written as JSON."""

    oin: Annotated[str, Field(pattern=r"^\d{20}$")] = "00000099000000001000"
    """OIN of the organisation that runs the service; the default is a test OIN."""
    token_issuers: tuple[TokenIssuer, ...] = ()
    token_audience: str = "https://api.meedoen.example"  # noqa: S105 - a name, no secret
    sleutels: SecretStr
    """Key ring of this service for what it keeps sealed: see chassis.encryption."""
    luister: str = "127.0.0.1:8000"
    """``host:port`` to listen on."""
    taken: tuple[Task, ...] = tuple(Task)
    instantie: str | None = None
    """Name of this process in its consumer group, so that a restart keeps its partitions."""
    logniveau: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
