"""The payment file of a run for the bank: pain.001.001.09 (ISO 20022), valid by its XSD."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID
from xml.etree import ElementTree as ET

from sepaxml import SepaTransfer
from sepaxml.validation import try_valid_xml

from chassis.clock import NEDERLAND
from services.financiering.domain.rekening import Rekeningnummer

SCHEMA: Final = "pain.001.001.09"
_NAMESPACE: Final = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Overboeking:
    """One credit transfer. kenmerk: the same for ever, so that a bank sees what it has seen."""

    kenmerk: UUID
    naar: Rekeningnummer
    bedrag: Decimal
    omschrijving: str


def pain_001(
    run_id: UUID,
    van: Rekeningnummer,
    uitvoeringsdatum: date,
    overboekingen: Sequence[Overboeking],
    *,
    gemaakt_op: datetime,
) -> bytes:
    """The same file, byte for byte, each time it is asked for: a bank refuses a second one.

    Raises ValueError where a bank could not read it: an empty one, or one that fails its XSD.
    """
    if not overboekingen:
        raise ValueError("een betaalbestand heeft ten minste een overboeking")
    bestand = SepaTransfer(
        {"name": van.tenaamstelling, "IBAN": van.iban, "currency": "EUR", "batch": True},
        schema=SCHEMA,
        clean=True,
    )
    for overboeking in overboekingen:
        bestand.add_payment(
            {
                "name": overboeking.naar.tenaamstelling,
                "IBAN": overboeking.naar.iban,
                "amount": int(overboeking.bedrag / _CENT),
                "execution_date": uitvoeringsdatum,
                "description": overboeking.omschrijving,
                "endtoend_id": overboeking.kenmerk.hex,
            }
        )
    document = ET.fromstring(bestand.export(validate=False))  # noqa: S314 - made here
    # The library gives each file another name and the time of the machine.
    for pad, tekst in (
        ("GrpHdr/MsgId", run_id.hex),
        ("GrpHdr/CreDtTm", gemaakt_op.astimezone(NEDERLAND).strftime("%Y-%m-%dT%H:%M:%S")),
        ("PmtInf/PmtInfId", run_id.hex),
    ):
        veld = document.find(
            "/".join(_NAMESPACE + d for d in ("CstmrCdtTrfInitn", *pad.split("/")))
        )
        if veld is None:
            raise ValueError(f"het betaalbestand mist {pad}")
        veld.text = tekst
    xml: bytes = ET.tostring(document, encoding="UTF-8", xml_declaration=True)
    try_valid_xml(xml, SCHEMA)
    return xml
