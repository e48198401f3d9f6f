"""Maatschappelijk rendement: de bedragen van de bron, over de dagen dat iemand werkte."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.afnemers import WSD
from services.financiering.domain.fouten import DatumBuitenTabel
from services.financiering.domain.rendement import rendement, rendementscijfers_op
from services.financiering.use_cases import overzie_loonkostensubsidie as overzie
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

CENT = Decimal("0.01")
BEDRAGEN = (
    "uitkeringenBespaard",
    "lksKosten",
    "besparingLaag",
    "besparingHoog",
    "uitvoeringsgeld",
    "opbrengstLaag",
    "opbrengstHoog",
)
RAPPORT = "/rapportages/maatschappelijk-rendement?jaar=2026"
PER_KANDIDAAT = "/rapportages/maatschappelijk-rendement/kandidaten?jaar=2026"


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
    # 3 of the 30 days of November and 7 of the 31 of December.
    kosten = sum((maandbedrag * d).quantize(CENT) for d in (Decimal(3) / 30, Decimal(7) / 31))
    assert (boxtel["kandidaten"], boxtel["dagen"], boxtel["persoonsjaren"]) == (1, 10, "0.03")
    assert (boxtel["uitkeringenBespaard"], boxtel["opbrengstHoog"]) == ("356.16", "191.78")
    assert Decimal(boxtel["lksKosten"]) == Decimal(boxtel["lksKostenPerKandidaat"]) == kosten
    alle = (await client(WSD).get(RAPPORT)).json()["gemeenten"]
    assert {g["gemeentecode"]: g["kandidaten"] for g in alle if g["kandidaten"]} == {BOXTEL: 1}
    assert (await client(VUGHT).get(f"{RAPPORT}&gemeentecode={BOXTEL}")).status_code == 404
    assert (await client(VUGHT).get(RAPPORT)).json()["gemeenten"][0]["kandidaten"] == 0


async def regels(client: Client, organisatie: str, vraag: str = "") -> list[dict[str, Any]]:
    """Every page, three at a time."""
    volgende: str | None = f"{PER_KANDIDAAT}&limiet=3{vraag}"
    gevonden: list[dict[str, Any]] = []
    while volgende:
        antwoord = await client(organisatie).get(volgende)
        assert antwoord.status_code == 200, antwoord.text
        gevonden += antwoord.json()["resultaten"]
        volgende = antwoord.links.get("next", {}).get("url", "").partition("/v1")[2] or None
    return gevonden


async def test_de_regels_per_kandidaat_tellen_op_de_cent_op_tot_de_totalen(
    omgeving: Omgeving, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seven in Boxtel of whom one went to Vught, where there is one more; and one of last year."""
    monkeypatch.setattr(overzie, "PER_KEER", 2)
    for nummer in range(7):
        kandidaat = Kandidaat()
        await omgeving.hoort(
            kandidaat.doorverwezen(),
            kandidaat.loonwaarde(31 + 7 * nummer, date(2026, 1, 5)),
            kandidaat.plaatsing(date(2026, 1 + nummer, 5 + nummer), uren="27.50"),
        )
        if nummer == 3:
            await omgeving.hoort(kandidaat.overgedragen(VUGHT, date(2026, 9, 9)))
            verhuisd = kandidaat
    vught, eerder = Kandidaat(VUGHT), Kandidaat()
    await omgeving.hoort(
        vught.doorverwezen(),
        vught.plaatsing(date(2026, 2, 2)),
        eerder.doorverwezen(),
        eerder.plaatsing(date(2025, 2, 3)),
        eerder.einde(date(2025, 12, 31)),
    )
    alle = await regels(client, WSD)
    assert len(alle) == 7 + 2 == len({(r["gemeentecode"], r["kandidaatId"]) for r in alle})
    van_verhuisd = [r["gemeentecode"] for r in alle if r["kandidaatId"] == str(verhuisd.id)]
    assert van_verhuisd == [BOXTEL, VUGHT]
    for gemeente in (BOXTEL, VUGHT):
        eigen = await regels(client, gemeente)
        assert eigen == [r for r in alle if r["gemeentecode"] == gemeente]
        assert eigen == await regels(client, WSD, f"&gemeentecode={gemeente}")
        [totaal] = (await client(gemeente).get(RAPPORT)).json()["gemeenten"]
        assert (totaal["kandidaten"], totaal["dagen"]) == (
            len(eigen),
            sum(r["dagen"] for r in eigen),
        )
        for bedrag in BEDRAGEN:
            assert Decimal(totaal[bedrag]) == sum(Decimal(r[bedrag]) for r in eigen), bedrag
    verborgen = await client(VUGHT).get(f"{PER_KANDIDAAT}&gemeentecode={BOXTEL}")
    assert verborgen.status_code == 404


async def test_de_kosten_van_een_afgelopen_jaar_zijn_die_van_de_betaalschemas(
    omgeving: Omgeving, client: Client
) -> None:
    """So the report of what is paid back, and this one, tell the same amount."""
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.loonwaarde(40, date(2025, 3, 10)),
        kandidaat.plaatsing(date(2025, 3, 10), uren="27.50"),
    )
    [regel] = (await client().get(PER_KANDIDAAT.replace("2026", "2025"))).json()["resultaten"]
    pad = "/rapportages/loonkostensubsidie-op-realisatie?jaar=2025"
    [boxtel] = (await client().get(pad)).json()["gemeenten"]
    assert (regel["dagen"], regel["lksKosten"]) == (297, boxtel["ditJaar"]["verschuldigd"])


async def test_wie_twee_banen_tegelijk_heeft_bespaart_een_uitkering_een_keer(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.loonwaarde(40, date(2026, 11, 1)),
        kandidaat.plaatsing(date(2026, 11, 1), uren="16.00"),
    )
    een = (await regels(client, BOXTEL))[0]
    kandidaat.nieuwe_plaatsing()
    await omgeving.hoort(kandidaat.plaatsing(date(2026, 11, 1), uren="16.00"))
    [twee] = await regels(client, BOXTEL)
    assert (twee["dagen"], twee["uitkeringenBespaard"]) == (37, een["uitkeringenBespaard"])
    assert Decimal(twee["lksKosten"]) == 2 * Decimal(een["lksKosten"])


async def test_van_een_jaar_dat_nog_komt_is_er_niets(omgeving: Omgeving, client: Client) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 2, 2)))
    toekomst = RAPPORT.replace("2026", "2027")
    [boxtel] = (await client().get(toekomst)).json()["gemeenten"]
    assert (boxtel["kandidaten"], boxtel["lksKosten"]) == (0, "0.00")
