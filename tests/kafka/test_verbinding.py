"""Who is let in at all, and as whom."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaConnectionError
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr, ValidationError

from chassis.bus.kafka import KafkaBus, connection_options
from chassis.bus.protocol import BusUnavailableError
from chassis.settings import KafkaProtocol, KafkaSecurity, KafkaSettings
from contracts.afnemers import TOPICS, afnemer_topic
from deploy.kafka import certificaten
from deploy.kafka.certificaten import Uitgever
from deploy.kafka.lokaal import LokaleKafka
from deploy.kafka.lokale_toegang import LokaleToegang
from tests.conftest import vereis
from tests.kafka.verzoek import klant

echt = pytest.mark.kafka(echt=True)


@pytest.fixture
def toegang(beveiligde_kafka: LokaleKafka) -> LokaleToegang:
    assert beveiligde_kafka.toegang
    return beveiligde_kafka.toegang


async def komt_binnen(bootstrap: str, beveiliging: KafkaSecurity) -> bool:
    client = AIOKafkaClient(**connection_options(bootstrap, beveiliging), request_timeout_ms=5_000)
    try:
        await client.bootstrap()
    except KafkaConnectionError:
        return False
    finally:
        await client.close()
    return True


@echt
async def test_who_has_the_right_password_or_certificate_comes_in(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    assert await komt_binnen(beveiligde_kafka.bootstrap, toegang.scram("wsd"))
    assert await komt_binnen(beveiligde_kafka.bootstrap_mtls, toegang.mtls("wsd"))


@echt
async def test_a_wrong_password_an_unknown_user_and_no_password_are_refused(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    goed = toegang.scram("wsd")
    fout = {"wachtwoord": SecretStr("niet-het-wachtwoord")}
    for beveiliging in (
        goed.model_copy(update=fout),
        goed.model_copy(update={"gebruiker": "gemeente-9999"}),
        goed.model_copy(update={"gebruiker": "gemeente-0757"}),
        KafkaSecurity(),
    ):
        assert not await komt_binnen(beveiligde_kafka.bootstrap, beveiliging)


@echt
async def test_a_certificate_of_another_ca_and_no_certificate_are_refused(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang, tmp_path: Path
) -> None:
    vreemd = Uitgever.in_map(tmp_path).mtls("wsd")
    for beveiliging in (
        vreemd.model_copy(update={"ca": toegang.uitgever.ca}),
        toegang.scram("wsd"),
        KafkaSecurity(),
    ):
        assert not await komt_binnen(beveiligde_kafka.bootstrap_mtls, beveiliging)


@echt
async def test_a_client_refuses_a_broker_of_another_ca(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang, tmp_path: Path
) -> None:
    andere_ca = Uitgever.in_map(tmp_path).ca
    for bootstrap, beveiliging in (
        (beveiligde_kafka.bootstrap, toegang.scram("wsd")),
        (beveiligde_kafka.bootstrap_mtls, toegang.mtls("wsd")),
    ):
        anders = beveiliging.model_copy(update={"ca": andere_ca})
        assert not await komt_binnen(bootstrap, anders)


@echt
@pytest.mark.parametrize(
    "naam",
    [
        pytest.param([(NameOID.COMMON_NAME, "wsd"), (NameOID.COMMON_NAME, "x,y")], id="two CNs"),
        pytest.param([(NameOID.COMMON_NAME, "Wsd")], id="capitals"),
        pytest.param([(NameOID.COMMON_NAME, "wsd,OU=x")], id="comma in the CN"),
        pytest.param([(NameOID.ORGANIZATION_NAME, "CN=wsd")], id="no CN"),
        pytest.param(
            [(NameOID.COMMON_NAME, "wsd"), (NameOID.ORGANIZATION_NAME, "x")], id="CN not last"
        ),
    ],
)
async def test_a_certificate_whose_name_is_not_a_plain_cn_is_nobody(
    naam: list[tuple[x509.ObjectIdentifier, str]],
    beveiligde_kafka: LokaleKafka,
    toegang: LokaleToegang,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Our own CA signed it, and still it is not WSD."""
    shutil.copytree(toegang.uitgever.map, tmp_path, dirs_exist_ok=True)
    subject = x509.Name([x509.NameAttribute(soort, waarde) for soort, waarde in naam])
    monkeypatch.setattr(certificaten, "_naam", lambda _: subject)
    beveiliging = Uitgever(tmp_path).mtls("vreemd")
    assert not await komt_binnen(beveiligde_kafka.bootstrap_mtls, beveiliging)


@echt
async def test_a_certificate_of_whom_nothing_is_declared_sees_nothing(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    async with klant(beveiligde_kafka.bootstrap_mtls, toegang.mtls("onbekende")) as onbekende:
        assert await onbekende.topics() == set()


@echt
async def test_the_bus_reports_a_refused_login_as_an_outage(
    beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    """The operator mends it; until then events stay in the outbox."""
    fout = {"wachtwoord": SecretStr("niet-het-wachtwoord")}
    beveiliging = toegang.scram("meedoen-intake").model_copy(update=fout)
    bus = KafkaBus(beveiligde_kafka.bootstrap, client_id="proef", security=beveiliging)
    with pytest.raises(BusUnavailableError):
        await bus.ready()
    await bus.close()


@echt
@pytest.mark.parametrize("manier", ["scram", "mtls"])
def test_another_client_library_reads_with_the_settings_we_document(
    manier: str, beveiligde_kafka: LokaleKafka, toegang: LokaleToegang
) -> None:
    from confluent_kafka import Consumer, KafkaError

    instellingen: dict[str, object] = {"ssl.ca.location": str(toegang.uitgever.ca)}
    if manier == "scram":
        geheim = toegang.scram("gemeente-0865").wachtwoord
        assert geheim
        instellingen |= {
            "bootstrap.servers": beveiligde_kafka.bootstrap,
            "security.protocol": "SASL_SSL",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": "gemeente-0865",
            "sasl.password": geheim.get_secret_value(),
        }
    else:
        mtls = toegang.mtls("gemeente-0865")
        instellingen |= {
            "bootstrap.servers": beveiligde_kafka.bootstrap_mtls,
            "security.protocol": "SSL",
            "ssl.certificate.location": str(mtls.certificaat),
            "ssl.key.location": str(mtls.sleutel),
        }
    consumer = Consumer({**instellingen, "group.id": "gemeente-0865-librdkafka"})
    gezien = consumer.list_topics(timeout=20).topics
    assert set(gezien) & set(TOPICS) == {afnemer_topic("0865")}
    consumer.subscribe([afnemer_topic("0757")])
    bericht = consumer.poll(20)
    consumer.close()
    assert bericht is not None
    fout = bericht.error()
    assert fout is not None
    assert fout.code() == KafkaError.TOPIC_AUTHORIZATION_FAILED


# -- settings -----------------------------------------------------------------------------


@pytest.fixture
def certificaat(tmp_path: Path) -> tuple[Path, Path]:
    return Uitgever.in_map(tmp_path).certificaat("wsd")


@pytest.fixture
def omgeving(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("MEEDOEN_KAFKA_BOOTSTRAP", "kafka:9092")
    return monkeypatch


def test_production_refuses_an_open_line(omgeving: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match="in productie gaat Kafka nooit onbeveiligd"):
        KafkaSettings()
    omgeving.setenv("MEEDOEN_OMGEVING", "ontwikkeling")
    assert KafkaSettings().kafka.protocol is KafkaProtocol.PLAINTEXT


def test_the_environment_says_as_whom_to_connect(
    omgeving: pytest.MonkeyPatch, certificaat: tuple[Path, Path]
) -> None:
    omgeving.setenv("MEEDOEN_KAFKA_PROTOCOL", "SASL_SSL")
    omgeving.setenv("MEEDOEN_KAFKA_GEBRUIKER", "meedoen-intake")
    omgeving.setenv("MEEDOEN_KAFKA_WACHTWOORD", "1234567890123456")
    met_wachtwoord = KafkaSettings().kafka
    assert met_wachtwoord.wachtwoord == SecretStr("1234567890123456")
    assert "1234567890123456" not in repr(KafkaSettings())

    for naam in ("GEBRUIKER", "WACHTWOORD"):
        omgeving.delenv(f"MEEDOEN_KAFKA_{naam}")
    omgeving.setenv("MEEDOEN_KAFKA_PROTOCOL", "SSL")
    omgeving.setenv("MEEDOEN_KAFKA_CERTIFICAAT", str(certificaat[0]))
    omgeving.setenv("MEEDOEN_KAFKA_SLEUTEL", str(certificaat[1]))
    assert KafkaSettings().kafka.certificaat == certificaat[0]


def test_what_is_missing_and_what_does_not_belong_is_said_at_once_without_the_password(
    omgeving: pytest.MonkeyPatch, certificaat: tuple[Path, Path]
) -> None:
    omgeving.setenv("MEEDOEN_KAFKA_PROTOCOL", "SSL")
    omgeving.setenv("MEEDOEN_KAFKA_WACHTWOORD", "geheim-geheim-geheim")
    omgeving.setenv("MEEDOEN_KAFKA_CERTIFICAAT", str(certificaat[0]))
    with pytest.raises(ValidationError) as fout:
        KafkaSettings()
    assert "MEEDOEN_KAFKA_SLEUTEL ontbreekt" in str(fout.value)
    assert "MEEDOEN_KAFKA_WACHTWOORD hoort er niet bij" in str(fout.value)
    assert "geheim-geheim" not in str(fout.value)


def test_a_password_on_an_open_line_is_refused() -> None:
    with pytest.raises(ValidationError, match="MEEDOEN_KAFKA_WACHTWOORD hoort er niet bij"):
        KafkaSecurity(wachtwoord=SecretStr("geheim-geheim-geheim"))


def test_a_key_that_is_not_of_the_certificate_is_found_before_anything_starts(
    certificaat: tuple[Path, Path], tmp_path: Path
) -> None:
    andere = tmp_path / "andere.pem"
    andere.write_bytes(
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    beveiliging = KafkaSecurity(
        protocol=KafkaProtocol.SSL, certificaat=certificaat[0], sleutel=andere
    )
    with pytest.raises(OSError, match="mismatch"):
        KafkaBus("kafka:9092", client_id="proef", security=beveiliging)


def test_the_certificates_hold_up_to_the_strictest_reading(
    certificaat: tuple[Path, Path], tmp_path: Path
) -> None:
    """As Python 3.13 and later read them."""
    vereis(shutil.which("openssl"), "openssl ontbreekt op deze machine")
    uitgever = Uitgever(tmp_path)
    broker, _ = uitgever.certificaat("kafka", certificaten.HOSTS)
    for bestand in (certificaat[0], broker):
        opdracht = ["openssl", "verify", "-x509_strict", "-CAfile", str(uitgever.ca), str(bestand)]
        subprocess.run(opdracht, check=True, capture_output=True)
