"""What a secured Kafka on this machine needs: a CA, and a password for each principal.

toegang = LokaleToegang(map_ / "toegang")
with LokaleKafka(map_, kafka, toegang=toegang) as cluster:
    await cluster.richt_in(TOPICS)
    KafkaBus(cluster.bootstrap, security=toegang.scram("gemeente-0757"), ...)
    KafkaBus(cluster.bootstrap_mtls, security=toegang.mtls("gemeente-0757"), ...)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from chassis.settings import KafkaProtocol, KafkaSecurity
from deploy.kafka.certificaten import Uitgever
from deploy.kafka.rechten import PRINCIPALS, Principal
from deploy.lokaal.geheimen import wachtwoorden

SUPER: Final = "kafka"
"""The brokers themselves; and the first operator, who has all rights (``super.users``)."""

BEVEILIGING: Final[dict[str, str]] = {
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found": "false",
    "super.users": f"User:{SUPER}",
    "sasl.enabled.mechanisms": "SCRAM-SHA-512",
    "ssl.keystore.type": "PEM",
    "ssl.truststore.type": "PEM",
    "ssl.client.auth": "required",
    # The most specific part of the name must be a CN of plain letters, digits and dashes. There is
    # no DEFAULT: another name is refused.
    "ssl.principal.mapping.rules": "RULE:^CN=([a-z0-9-]+)(,.*)?$/$1/",
}
"""What makes a broker keep everyone to its own; docker compose has the same, a test says so."""


def inlogmodule(listener: str) -> dict[str, str]:
    """Settings of a listener that takes passwords, and no certificate, from its clients."""
    begin = f"listener.name.{listener.lower()}"
    return {
        f"{begin}.ssl.client.auth": "none",
        f"{begin}.scram-sha-512.sasl.jaas.config": (
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"
        ),
    }


LUISTERAARS: Final = {"SASL_SSL": "SASL_SSL", "SSL": "SSL", "CONTROLLER": "SSL"}
"""Names and protocols of the listeners here. Brokers and controllers speak over SSL together."""


class LokaleToegang:
    """A CA and passwords in a folder, made at first use and kept; readable by the owner only."""

    def __init__(self, map_: Path, principals: Sequence[Principal] = PRINCIPALS) -> None:
        self.principals = principals
        self.uitgever = Uitgever.in_map(map_ / "certificaten")
        self.wachtwoordbestand = map_ / "wachtwoorden.json"
        self._wachtwoorden = wachtwoorden(
            self.wachtwoordbestand, [SUPER, *(p.naam for p in principals)]
        )

    @property
    def wachtwoorden(self) -> dict[str, SecretStr | None]:
        """Of each declared principal."""
        return {p.naam: SecretStr(self._wachtwoorden[p.naam]) for p in self.principals}

    def scram(self, naam: str) -> KafkaSecurity:
        """How a principal connects with its password, to ``LokaleKafka.bootstrap``."""
        return KafkaSecurity(
            protocol=KafkaProtocol.SASL_SSL,
            gebruiker=naam,
            wachtwoord=SecretStr(self._wachtwoorden[naam]),
            ca=self.uitgever.ca,
        )

    def mtls(self, naam: str) -> KafkaSecurity:
        """How a principal connects with its certificate, to ``LokaleKafka.bootstrap_mtls``."""
        return self.uitgever.mtls(naam)

    def eerste_login(self) -> str:
        """Of SUPER, as Kafka's storage tool wants it when it formats a folder."""
        return f"SCRAM-SHA-512=[name={SUPER},password={self._wachtwoorden[SUPER]}]"

    def brokerinstellingen(self) -> dict[str, object]:
        """What a broker's settings say about who gets in and what they may do."""
        return {
            **BEVEILIGING,
            **inlogmodule("SASL_SSL"),
            "listener.security.protocol.map": ",".join(
                f"{naam}:{protocol}" for naam, protocol in LUISTERAARS.items()
            ),
            "inter.broker.listener.name": "SSL",
            "ssl.keystore.location": self.uitgever.keystore(SUPER),
            "ssl.truststore.location": self.uitgever.ca,
        }
