"""Who may do what on Kafka: the one place where it is said.

Every afnemer, every service, the gateway and the operator has a principal of its own; a principal
is the user name of a SCRAM login or the CN of a client certificate. What is not here is not
allowed: brokers run with ``allow.everyone.if.no.acl.found=false``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from chassis.runtime import Service
from contracts.afnemers import (
    AFNEMER_TOPICS,
    ORGANISATIES,
    afnemer_naam,
    afnemer_topic,
    dienst_topic,
)
from deploy.lokaal.keten import ALLES


class Soort(IntEnum):
    """What a right is about; the numbers are Kafka's (org.apache.kafka.common.resource)."""

    TOPIC = 2
    GROUP = 3
    CLUSTER = 4
    TRANSACTIONAL_ID = 5
    DELEGATION_TOKEN = 6
    USER = 7


class Patroon(IntEnum):
    """Whether a name is meant as it stands or as the begin of a name; the numbers are Kafka's."""

    LITERAL = 3
    PREFIXED = 4


class Handeling(IntEnum):
    """The numbers are Kafka's (org.apache.kafka.common.acl.AclOperation)."""

    ALL = 2
    READ = 3
    WRITE = 4
    CREATE = 5
    DELETE = 6
    ALTER = 7
    DESCRIBE = 8
    CLUSTER_ACTION = 9
    DESCRIBE_CONFIGS = 10
    ALTER_CONFIGS = 11
    IDEMPOTENT_WRITE = 12
    CREATE_TOKENS = 13
    DESCRIBE_TOKENS = 14
    TWO_PHASE_COMMIT = 15


CLUSTER: Final = "kafka-cluster"
"""The only name of a resource of the kind CLUSTER."""


@dataclass(frozen=True, order=True)
class Recht:
    """One thing that a principal may do. READ and WRITE bring DESCRIBE with them."""

    soort: Soort
    naam: str
    patroon: Patroon
    handeling: Handeling

    def __str__(self) -> str:
        sterretje = "*" if self.patroon is Patroon.PREFIXED else ""
        return f"{self.handeling.name} op {self.soort.name.lower()} {self.naam}{sterretje}"


@dataclass(frozen=True)
class Principal:
    """quota: per broker, by Kafka's own names: bytes per second, and percent of one thread."""

    naam: str
    rechten: frozenset[Recht]
    quota: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


_MB: Final = 1024 * 1024

AFNEMER_QUOTA: Final[Mapping[str, float]] = MappingProxyType(
    {"consumer_byte_rate": 5.0 * _MB, "request_percentage": 50.0}
)
"""Ten afnemers that all catch up at once take less than half of a network of 1 Gbit/s. A broker has
eleven threads for requests (3 network, 8 io, its defaults), so 1100 percent: ten afnemers that poll
without end take 500 of it and leave the services more than half."""

DIENST_QUOTA: Final[Mapping[str, float]] = MappingProxyType(
    {
        "consumer_byte_rate": 50.0 * _MB,
        "producer_byte_rate": 50.0 * _MB,
        "request_percentage": 200.0,
    }
)
"""No limit in ordinary work: they are there so that one service that runs wild (a consumer that
fails and begins again, a relay that repeats itself) cannot stop the others."""

BEHEER: Final = "meedoen-beheer"
"""The operator, for ``./meedoen inrichten``: makes topics, users, rights and quota, reads nothing.

Who may change rights can give itself any; but an undeclared right is found at the next run."""

_EIGEN: Final = re.compile(r"gemeente-\d{4}|wsd|meedoen-[a-z]+")


def is_eigen_naam(naam: str) -> bool:
    """Whether a principal is ours to manage, also one that is declared no longer."""
    return _EIGEN.fullmatch(naam) is not None


def afnemer(organisatie: str) -> Principal:
    """An afnemer reads its own topic, in groups whose name begins with its own."""
    naam = afnemer_naam(organisatie)
    return Principal(
        naam,
        frozenset(
            {
                _topic(afnemer_topic(organisatie), Handeling.READ),
                Recht(Soort.GROUP, naam, Patroon.PREFIXED, Handeling.READ),
            }
        ),
        AFNEMER_QUOTA,
    )


def dienst(service: Service) -> Principal:
    """A service hears the topics it reacts to, and says its own events, to afnemers too.

    IDEMPOTENT_WRITE is not needed: since Kafka 3.0 the right to write to any topic is enough.
    """
    zegt = [dienst_topic(service.name), *AFNEMER_TOPICS] if service.says_events else []
    return Principal(
        service.group,
        frozenset(
            {
                *(_topic(topic, Handeling.READ) for topic in service.topics),
                *(_topic(topic, Handeling.WRITE) for topic in zegt),
                Recht(Soort.GROUP, service.group, Patroon.LITERAL, Handeling.READ),
            }
        ),
        DIENST_QUOTA,
    )


def _topic(naam: str, handeling: Handeling) -> Recht:
    return Recht(Soort.TOPIC, naam, Patroon.LITERAL, handeling)


def _beheer() -> Principal:
    van_het_cluster = (Handeling.ALTER, Handeling.ALTER_CONFIGS)
    van_topics = (Handeling.CREATE, Handeling.DESCRIBE)
    return Principal(
        BEHEER,
        frozenset(
            {
                *(Recht(Soort.CLUSTER, CLUSTER, Patroon.LITERAL, h) for h in van_het_cluster),
                *(Recht(Soort.TOPIC, "meedoen.", Patroon.PREFIXED, h) for h in van_topics),
            }
        ),
    )


PRINCIPALS: Final[tuple[Principal, ...]] = (
    *(afnemer(organisatie) for organisatie in ORGANISATIES),
    *(dienst(service) for service in ALLES),
    _beheer(),
)
