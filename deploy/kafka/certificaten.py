"""A small certificate authority of our own, for Kafka on this machine and in docker compose.

    python -m deploy.kafka.certificaten /certificaten kafka

makes there ``ca.pem`` and, for who is named, ``<naam>.pem`` and ``<naam>-sleutel.pem``; what is
there already stays. A real deployment has a CA of its own: the rules are in docs/operations.
"""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from chassis.settings import KafkaProtocol, KafkaSecurity

HOSTS: Final = ("localhost", "127.0.0.1", "kafka")
"""Names under which a broker is called, here and in docker compose."""
_GELDIG: Final = timedelta(days=365)
_MARGE: Final = timedelta(minutes=5)
"""A clock that is a little behind must not refuse a new certificate."""

_GEBRUIK_CA: Final = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True)
class Uitgever:
    """The CA in a folder. Raises OSError when the folder cannot be written."""

    map: Path

    @classmethod
    def in_map(cls, map_: Path) -> Self:
        """The CA of this folder, made when there is none."""
        uitgever = cls(map_)
        map_.mkdir(parents=True, exist_ok=True)
        if not uitgever.ca.exists():
            sleutel = ec.generate_private_key(ec.SECP256R1())
            naam = _naam("Meedoen proef-CA")
            certificaat = (
                _bouwer(naam, naam, sleutel.public_key(), sleutel.public_key())
                .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
                .add_extension(_GEBRUIK_CA, critical=True)
                .sign(sleutel, hashes.SHA256())
            )
            _schrijf_sleutel(uitgever._sleutel, sleutel)
            uitgever.ca.write_bytes(certificaat.public_bytes(serialization.Encoding.PEM))
        return uitgever

    @property
    def ca(self) -> Path:
        return self.map / "ca.pem"

    @property
    def _sleutel(self) -> Path:
        return self.map / "ca-sleutel.pem"

    def certificaat(self, naam: str, hosts: Sequence[str] = ()) -> tuple[Path, Path]:
        """Files of a certificate with CN ``naam`` and its key, made when they are not there.

        hosts: the names and addresses under which a broker is called; a client has none.
        """
        bestand, sleutelbestand = self.map / f"{naam}.pem", self.map / f"{naam}-sleutel.pem"
        if bestand.exists():
            return bestand, sleutelbestand
        uitgever = x509.load_pem_x509_certificate(self.ca.read_bytes())
        ca_sleutel = serialization.load_pem_private_key(self._sleutel.read_bytes(), None)
        assert isinstance(ca_sleutel, ec.EllipticCurvePrivateKey)  # noqa: S101 - we made it
        sleutel = ec.generate_private_key(ec.SECP256R1())
        gebruik = [ExtendedKeyUsageOID.CLIENT_AUTH]
        bouwer = _bouwer(
            _naam(naam), uitgever.subject, sleutel.public_key(), ca_sleutel.public_key()
        )
        if hosts:
            gebruik.append(ExtendedKeyUsageOID.SERVER_AUTH)
            namen = x509.SubjectAlternativeName([_host(host) for host in hosts])
            bouwer = bouwer.add_extension(namen, critical=False)
        certificaat = bouwer.add_extension(x509.ExtendedKeyUsage(gebruik), critical=False).sign(
            ca_sleutel, hashes.SHA256()
        )
        _schrijf_sleutel(sleutelbestand, sleutel)
        bestand.write_bytes(certificaat.public_bytes(serialization.Encoding.PEM))
        return bestand, sleutelbestand

    def keystore(self, naam: str, hosts: Sequence[str] = HOSTS) -> Path:
        """One file with key and certificate, as a broker wants it (``ssl.keystore.type=PEM``)."""
        certificaat, sleutel = self.certificaat(naam, hosts)
        bestand = self.map / f"{naam}-keystore.pem"
        bestand.touch(mode=0o600)
        bestand.write_bytes(sleutel.read_bytes() + certificaat.read_bytes())
        return bestand

    def mtls(self, naam: str) -> KafkaSecurity:
        """How a client with a certificate for this name connects."""
        certificaat, sleutel = self.certificaat(naam)
        return KafkaSecurity(
            protocol=KafkaProtocol.SSL, ca=self.ca, certificaat=certificaat, sleutel=sleutel
        )


def _naam(cn: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, cn)])


def _bouwer(
    van: x509.Name,
    uitgever: x509.Name,
    sleutel: ec.EllipticCurvePublicKey,
    ca_sleutel: ec.EllipticCurvePublicKey,
) -> x509.CertificateBuilder:
    """Python 3.13 and later refuse a certificate without the identifiers of both keys."""
    nu = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(van)
        .issuer_name(uitgever)
        .public_key(sleutel)
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - _MARGE)
        .not_valid_after(nu + _GELDIG)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(sleutel), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_sleutel), critical=False
        )
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _schrijf_sleutel(bestand: Path, sleutel: ec.EllipticCurvePrivateKey) -> None:
    bestand.touch(mode=0o600)
    bestand.write_bytes(
        sleutel.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def main(argumenten: Sequence[str]) -> int:
    map_, broker, *anderen = argumenten
    uitgever = Uitgever.in_map(Path(map_))
    uitgever.keystore(broker)
    for naam in anderen:
        uitgever.certificaat(naam)
    print(f"Certificaten staan in {map_}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
