"""What an operator asks of a Kafka cluster: its rights, logins and quota, and changes to them."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from aiokafka.client import AIOKafkaClient
from aiokafka.conn import collect_hosts, create_conn
from aiokafka.errors import KafkaError, SaslAuthenticationFailed, for_code
from aiokafka.protocol.admin import (
    CreateAclsRequest,
    DeleteAclsRequest,
    DescribeAclsRequest,
    DescribeClientQuotasRequest,
)
from aiokafka.protocol.api import Request, Response
from pydantic import SecretStr

from chassis.bus.kafka import connection_options
from chassis.settings import KafkaProtocol, KafkaSecurity
from deploy.kafka.rechten import Handeling, Patroon, Recht, Soort
from deploy.kafka.verzoeken import (
    SCRAM_SHA_512,
    AlterClientQuotasRequest,
    AlterUserScramCredentialsRequest,
    DescribeUserScramCredentialsRequest,
    Entiteit,
)

DENY, ALLOW = 2, 3
_ALLES: Final = 1
"""In a filter: of any kind."""
_VAN_ELKE_GEBRUIKER: Final = [("user", 2, None)]
_ITERATIES: Final = 16_384
"""The most a broker takes; it makes guessing slow for who got hold of the broker's metadata."""
_ZOUT_BYTES: Final = 16
_VERBIND_SECONDEN: Final = 15.0


class KafkaBeheerFout(Exception):
    """The cluster could not be asked or changed; the text (Dutch) says what to do about it."""


@dataclass(frozen=True, order=True)
class Acl:
    """A right that the cluster has on record. principal: as Kafka has it, ``User:wsd``."""

    principal: str
    recht: Recht
    host: str = "*"
    vergunning: int = ALLOW

    @property
    def naam(self) -> str:
        """The principal without its kind."""
        return self.principal.removeprefix("User:")

    def __str__(self) -> str:
        return (
            f"{self.naam}: {'verbod ' if self.vergunning == DENY else ''}{self.recht}"
            f"{'' if self.host == '*' else f' vanaf {self.host}'}"
        )


@dataclass(frozen=True)
class Stand:
    """What is on record. logins: per user its SCRAM mechanisms, by Kafka's number."""

    acls: frozenset[Acl] = frozenset()
    logins: Mapping[str, frozenset[int]] = field(default_factory=dict)
    quota: Mapping[Entiteit, Mapping[str, float]] = field(default_factory=dict)


class Beheer:
    """A connection of an operator. Raises KafkaBeheerFout, at opening and at every question."""

    def __init__(self, bootstrap: str, beveiliging: KafkaSecurity) -> None:
        self._bootstrap = bootstrap
        self._beveiliging = beveiliging

    async def __aenter__(self) -> Self:
        if self._beveiliging.gebruiker and not await self.logt_in(self._beveiliging):
            raise KafkaBeheerFout(
                f"Kafka kent {self._beveiliging.gebruiker} met dit wachtwoord niet: controleer "
                "MEEDOEN_KAFKA_GEBRUIKER en MEEDOEN_KAFKA_WACHTWOORD."
            )
        self._client = AIOKafkaClient(
            **connection_options(self._bootstrap, self._beveiliging), client_id="meedoen-beheer"
        )
        try:
            await self._client.bootstrap()
        except KafkaError as fout:
            raise self._onbereikbaar(fout) from fout
        return self

    async def __aexit__(
        self,
        soort: type[BaseException] | None,
        fout: BaseException | None,
        spoor: TracebackType | None,
    ) -> None:
        await self._client.close()

    def brokers(self) -> list[int]:
        return [broker.nodeId for broker in self._client.cluster.brokers()]

    async def stand(self, broker: int | None = None) -> Stand:
        """What one broker knows."""
        acls = await self._vraag(
            DescribeAclsRequest(_ALLES, None, _ALLES, None, None, _ALLES, _ALLES), broker
        )
        # First whether we may at all: to who may not, Kafka 4.4 gives no answer about all logins.
        _eis_gelukt(acls["error_code"], acls["error_message"])
        logins = await self._vraag(DescribeUserScramCredentialsRequest(), broker)
        quota = await self._vraag(DescribeClientQuotasRequest(_VAN_ELKE_GEBRUIKER, False), broker)
        for antwoord in (logins, quota):
            _eis_gelukt(antwoord["error_code"], antwoord["error_message"])
        return Stand(
            frozenset(_acl(bron, acl) for bron in acls["resources"] for acl in bron["acls"]),
            {
                login["user"]: frozenset(info["mechanism"] for info in login["credential_infos"])
                for login in logins["results"]
            },
            {
                tuple((deel["entity_type"], deel["entity_name"]) for deel in rij["entity"]): {
                    waarde["name"]: waarde["value"] for waarde in rij["values"]
                }
                for rij in quota["entries"] or ()
            },
        )

    async def logt_in(self, als: KafkaSecurity, broker: int | None = None) -> bool:
        """Whether a user with a password is let in: Kafka never shows the password it has."""
        opties = connection_options(self._bootstrap, als)
        hosts = [(host, poort) for host, poort, _ in collect_hosts(opties.pop("bootstrap_servers"))]
        if broker is not None:
            meta = self._client.cluster.broker_metadata(broker)
            hosts = [(meta.host, meta.port)]
        laatste: Exception | None = None
        for host, poort in hosts:
            try:
                async with asyncio.timeout(_VERBIND_SECONDEN):
                    verbinding = await create_conn(host, poort, **opties)
            except SaslAuthenticationFailed:
                return False
            except (KafkaError, OSError, TimeoutError) as fout:
                laatste = fout
                continue
            verbinding.close()
            return True
        raise self._onbereikbaar(laatste) from laatste

    def als(self, naam: str, wachtwoord: SecretStr) -> KafkaSecurity:
        """This connection, as another user."""
        return KafkaSecurity(
            protocol=KafkaProtocol.SASL_SSL,
            gebruiker=naam,
            wachtwoord=wachtwoord,
            ca=self._beveiliging.ca,
        )

    @property
    def kan_wachtwoorden_proberen(self) -> bool:
        """Only where this connection itself goes in with a password can others be tried."""
        return self._beveiliging.protocol is KafkaProtocol.SASL_SSL

    async def maak_acls(self, acls: Iterable[Acl]) -> None:
        for antwoord in await asyncio.gather(
            *(self._vraag(CreateAclsRequest(*_velden(acl))) for acl in acls)
        ):
            for deel in antwoord["creation_responses"]:
                _eis_gelukt(deel["error_code"], deel["error_message"])

    async def verwijder_acls(self, acls: Iterable[Acl]) -> None:
        for antwoord in await asyncio.gather(
            *(self._vraag(DeleteAclsRequest(*_velden(acl))) for acl in acls)
        ):
            for deel in antwoord["filter_responses"]:
                _eis_gelukt(deel["error_code"], deel["error_message"])

    async def zet_wachtwoorden(self, wachtwoorden: Mapping[str, SecretStr]) -> None:
        nieuw = [
            (naam, SCRAM_SHA_512, *_gezouten(wachtwoord))
            for naam, wachtwoord in wachtwoorden.items()
        ]
        await self._wijzig_logins(AlterUserScramCredentialsRequest(nieuw=nieuw))

    async def verwijder_logins(self, logins: Collection[tuple[str, int]]) -> None:
        """logins: user and mechanism."""
        await self._wijzig_logins(AlterUserScramCredentialsRequest(weg=list(logins)))

    async def zet_quota(self, quota: Mapping[Entiteit, Mapping[str, float | None]]) -> None:
        antwoord = await self._vraag(AlterClientQuotasRequest(quota))
        for deel in antwoord["entries"]:
            _eis_gelukt(deel["error_code"], deel["error_message"])

    async def _wijzig_logins(self, verzoek: AlterUserScramCredentialsRequest) -> None:
        antwoord = await self._vraag(verzoek)
        for deel in antwoord["results"]:
            _eis_gelukt(deel["error_code"], deel["error_message"])

    async def _vraag(self, verzoek: Request[Any], broker: int | None = None) -> dict[str, Any]:
        if broker is None:
            broker = self._client.get_random_node()
        try:
            antwoord: Response = await self._client.send(broker, verzoek)
        except (KafkaError, OSError, TimeoutError) as fout:
            raise self._onbereikbaar(fout) from fout
        velden: dict[str, Any] = antwoord.to_object()
        return velden

    def _onbereikbaar(self, fout: Exception | None) -> KafkaBeheerFout:
        return KafkaBeheerFout(
            f"Kafka op {self._bootstrap} geeft geen antwoord over {self._beveiliging.protocol} "
            f"({type(fout).__name__}: {fout}).\nControleer adres, poort, CA en certificaat."
        )


def _eis_gelukt(code: int, melding: str | None) -> None:
    if not code:
        return
    fout = for_code(code)
    uitleg = {
        "ClusterAuthorizationFailedError": (
            "deze principal mag het cluster niet beheren; richt de eerste keer in als een "
            "principal uit super.users, daarna kan het als meedoen-beheer"
        ),
        "SecurityDisabledError": (
            "de brokers bewaken geen rechten: zet authorizer.class.name (zie docs/operations)"
        ),
    }.get(fout.__name__, melding or fout.__name__)
    raise KafkaBeheerFout(f"Kafka weigert: {uitleg}.")


def _acl(bron: Mapping[str, Any], acl: Mapping[str, Any]) -> Acl:
    recht = Recht(
        Soort(bron["resource_type"]),
        bron["resource_name"],
        Patroon(bron["resource_pattern_type"]),
        Handeling(acl["operation"]),
    )
    return Acl(acl["principal"], recht, acl["host"], acl["permission_type"])


def _velden(acl: Acl) -> tuple[int, str, int, str, str, int, int]:
    recht = acl.recht
    return (
        recht.soort.value,
        recht.naam,
        recht.patroon.value,
        acl.principal,
        acl.host,
        recht.handeling.value,
        acl.vergunning,
    )


def _gezouten(wachtwoord: SecretStr) -> tuple[int, bytes, bytes]:
    """Iterations, salt and salted password: all that a broker gets to know of a password."""
    zout = secrets.token_bytes(_ZOUT_BYTES)
    tekst = wachtwoord.get_secret_value().encode()
    return _ITERATIES, zout, hashlib.pbkdf2_hmac("sha512", tekst, zout, _ITERATIES)
