"""Maatschappelijk rendement: de bedragen van de bron, over de dagen dat iemand werkte."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.afnemers import WSD
from services.financiering.domain.fouten import DatumBuitenTabel
from services.financiering.domain.rendement import rendement, rendementscijfers_op
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

RAPPORT = "/rapportages/maatschappelijk-rendement?jaar=2026"


def test_een_jaar_werk_brengt_wat_bron_001_zegt() -> None:
    gevonden = rendement(rendementscijfers_op(date(2021, 1, 1)), Fraction(1), Fraction(0))
    assert gevonden.uitkeringen_bespaard == Decimal("13000.00")
    assert [gevonden.opbrengst_laag, gevonden.opbrengst_hoog] == [Decimal(6000), Decimal(7000)]
    with pytest.raises(DatumBuitenTabel):
        rendementscijfers_op(date(2014, 12, 31))


@given(st.integers(0, 4000), st.integers(1, 366))
def test_de_opbrengst_is_de_besparing_met_het_uitvoeringsgeld(dagen: int, in_jaar: int) -> None:
    r = rendement(rendementscijfers_op(date(2021, 1, 1)), Fraction(dagen, in_jaar), Fraction(7, 3))
    assert r.opbrengst_laag - r.besparing_laag == r.uitvoeringsgeld == r.besparing_laag
    assert r.opbrengst_laag <= r.opbrengst_hoog
    assert r.lks_kosten == Decimal("2.33")


async def test_boxtel_ziet_wat_een_kandidaat_met_loonkostensubsidie_bracht(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.loonwaarde(40, date(2026, 11, 2)),
        kandidaat.plaatsing(date(2026, 11, 28)),
    )
    rapport = (await client(BOXTEL).get(RAPPORT)).json()
    assert (rapport["totEnMet"], rapport["cijfers"]["besparingHoog"]) == ("2026-12-07", "4000.00")
    [boxtel] = rapport["gemeenten"]
    maandbedrag = Decimal((await omgeving.bedragen(kandidaat))[0][1])
    kosten = (maandbedrag * 12 * 10 / 365).quantize(Decimal("0.01"))  # ten days
    assert (boxtel["kandidaten"], boxtel["persoonsjaren"]) == (1, "0.03")
    assert (boxtel["uitkeringenBespaard"], boxtel["opbrengstHoog"]) == ("356.16", "191.78")
    assert Decimal(boxtel["lksKosten"]) == Decimal(boxtel["lksKostenPerKandidaat"]) == kosten
    alle = (await client(WSD).get(RAPPORT)).json()["gemeenten"]
    assert {g["gemeentecode"]: g["kandidaten"] for g in alle if g["kandidaten"]} == {BOXTEL: 1}
    assert (await client(VUGHT).get(f"{RAPPORT}&gemeentecode={BOXTEL}")).status_code == 404
    assert (await client(VUGHT).get(RAPPORT)).json()["gemeenten"][0]["kandidaten"] == 0
