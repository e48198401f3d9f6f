"""Het betaalbestand dat de bank krijgt is pain.001.001.09, en elke keer hetzelfde."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.financiering.betaalbestand import SCHEMA, Overboeking, pain_001
from services.financiering.domain.rekening import Rekeningnummer

GEMEENTE = Rekeningnummer("Gemeente Boxtel", "NL02ABNA0123456789")
BAKKER = Rekeningnummer("Bäckerei Müller & Zn <Boxtel>", "NL91ABNA0417164300")
RUN = UUID("018f0000-0000-7000-8000-000000000001")
OP = datetime(2026, 12, 15, 8, 30, tzinfo=UTC)
NS = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}


def overboeking(n: int, bedrag: str, naar: Rekeningnummer = BAKKER) -> Overboeking:
    return Overboeking(UUID(int=n), naar, Decimal(bedrag), "Loonkostensubsidie 2026-12")


def maak(*overboekingen: Overboeking) -> bytes:
    return pain_001(RUN, GEMEENTE, date(2026, 12, 22), overboekingen, gemaakt_op=OP)


def schema() -> etree.XMLSchema:
    """The official XSD, read by another parser than the one that made the file."""
    return etree.XMLSchema(etree.parse(str(files("sepaxml") / "schemas" / f"{SCHEMA}.xsd")))


def teksten(xml: bytes, pad: str) -> list[str]:
    gevonden = etree.fromstring(xml).xpath(f"//{pad}/text()", namespaces=NS)
    return [str(tekst) for tekst in gevonden]


def test_het_bestand_voldoet_aan_het_officiele_schema() -> None:
    schema().assertValid(etree.fromstring(maak(overboeking(1, "1224.11"))))


def test_totalen_aantallen_datum_en_rekeningen_staan_erin() -> None:
    xml = maak(overboeking(1, "1224.11"), overboeking(2, "0.05"))
    assert teksten(xml, "p:GrpHdr/p:CtrlSum") == teksten(xml, "p:PmtInf/p:CtrlSum") == ["1224.16"]
    assert teksten(xml, "p:GrpHdr/p:NbOfTxs") == ["2"]
    assert teksten(xml, "p:InstdAmt") == ["1224.11", "0.05"]
    assert teksten(xml, "p:ReqdExctnDt/p:Dt") == ["2026-12-22"]
    assert teksten(xml, "p:DbtrAcct/p:Id/p:IBAN") == [GEMEENTE.iban]
    assert teksten(xml, "p:CdtrAcct/p:Id/p:IBAN") == [BAKKER.iban] * 2
    assert teksten(xml, "p:EndToEndId") == [UUID(int=1).hex, UUID(int=2).hex]


def test_letters_buiten_de_sepa_tekens_worden_vervangen() -> None:
    assert teksten(maak(overboeking(1, "1.00")), "p:Cdtr/p:Nm") == ["Backerei Muller & Zn <Boxtel>"]


def test_hetzelfde_bestand_is_byte_voor_byte_gelijk() -> None:
    eerste, tweede = maak(overboeking(1, "1.00")), maak(overboeking(1, "1.00"))
    assert eerste == tweede
    assert teksten(eerste, "p:MsgId") == teksten(eerste, "p:PmtInfId") == [RUN.hex]
    assert teksten(eerste, "p:CreDtTm") == ["2026-12-15T09:30:00"]


def test_een_leeg_bestand_bestaat_niet() -> None:
    with pytest.raises(ValueError, match="ten minste een"):
        maak()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30))
def test_de_controlesom_is_de_som_van_de_overboekingen(centen: list[int]) -> None:
    boekingen = [overboeking(n, f"{c / 100:.2f}") for n, c in enumerate(centen)]
    xml = maak(*boekingen)
    schema().assertValid(etree.fromstring(xml))
    assert Decimal(teksten(xml, "p:GrpHdr/p:CtrlSum")[0]) == sum(b.bedrag for b in boekingen)
