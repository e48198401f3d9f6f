"""De leesbare factuur: dezelfde bedragen als de UBL, toegankelijk, en niemand bij naam."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pikepdf
import pytest

from services.financiering.factuurdocument import FACTUUR
from services.financiering.factuurdocument.inhoud import schrijf
from services.financiering.partijen import partijen_van
from services.financiering.producten import productnaam
from tests.financiering.test_ubl import DAGREGEL, MAANDREGEL, VUGHT, factuur
from tests.keuring import VeraPDF

NU = datetime(2026, 5, 4, 9, tzinfo=UTC)


def tekst(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode().partition("<body>")[2]))


def test_de_factuur_zegt_wat_er_is_geleverd_en_wat_er_te_betalen_is() -> None:
    gelezen = tekst(FACTUUR.html(schrijf(factuur(), partijen_van(VUGHT))))
    for deel in (
        "Factuur 2026-00002",
        "Gemeente Vught",
        "Planregie, 1 maart 2026 tot en met 25 april 2026",
        "1 maand",
        "25 van 30 dagen",
        "€ 416,67",
        "Te betalen € 916,67",
        "Btw (vrijgesteld) € 0,00",
        "art. 11 lid 1 onder f",
        "Betalen uiterlijk 3 juni 2026",
        str(UUID(int=7)),
    ):
        assert deel in gelezen, deel


def test_een_creditnota_zegt_wat_terugkomt_en_van_welke_factuur() -> None:
    gelezen = tekst(FACTUUR.html(schrijf(factuur(van=UUID(int=8)), partijen_van(VUGHT))))
    assert "Creditnota 2026-00002" in gelezen
    assert "Hoort bij factuur 2026-00001" in gelezen
    assert "U krijgt terug € 916,67" in gelezen
    assert "Betalen uiterlijk" not in gelezen


def test_een_korting_staat_erbij_met_de_reden() -> None:
    met = replace(MAANDREGEL, korting=Decimal("3.76"))
    gelezen = tekst(FACTUUR.html(schrijf(factuur(met), partijen_van(VUGHT))))
    assert "€ 3,76 eraf, want het afgesproken bedrag is bereikt" in gelezen
    assert "Te betalen € 496,24" in gelezen


def test_de_pdf_is_toegankelijk_en_te_archiveren() -> None:
    pdf = FACTUUR.pdf(schrijf(factuur(DAGREGEL), partijen_van(VUGHT)), NU)
    with pikepdf.open(io.BytesIO(pdf)) as gelezen:
        assert gelezen.Root.MarkInfo.Marked
        assert str(gelezen.Root.Lang) == "nl-NL"
        zegt = gelezen.open_metadata()
        assert (zegt["pdfuaid:part"], zegt["pdfaid:part"]) == ("1", "2")
        assert zegt["dc:title"] == "Factuur 2026-00002 - WSD"


def test_verapdf_keurt_factuur_en_creditnota_goed(verapdf: VeraPDF) -> None:
    documenten = {"factuur": factuur(), "creditnota": factuur(van=UUID(int=8))}
    assert (
        verapdf.fouten(
            {
                naam: FACTUUR.pdf(schrijf(document, partijen_van(VUGHT)), NU)
                for naam, document in documenten.items()
            }
        )
        == []
    )


def test_verapdf_ziet_wat_niet_toegankelijk_is(verapdf: VeraPDF) -> None:
    kaal = io.BytesIO()
    with pikepdf.open(io.BytesIO(FACTUUR.pdf(schrijf(factuur(), partijen_van(VUGHT)), NU))) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(kaal)
    fouten = verapdf.fouten({"kaal": kaal.getvalue()})
    assert {fout.partition(":")[0] for fout in fouten} == {"kaal"}
    assert any("StructTreeRoot" in fout for fout in fouten)


@pytest.mark.parametrize(
    ("product", "naam"),
    [
        ("planregie", "Planregie"),
        ("werken-met-loonkostensubsidie", "Werken met loonkostensubsidie"),
        ("gids-diagnose", "GIDS-diagnose"),
    ],
)
def test_een_product_heet_zoals_het_portfolio_het_noemt(product: str, naam: str) -> None:
    assert productnaam(product) == naam
