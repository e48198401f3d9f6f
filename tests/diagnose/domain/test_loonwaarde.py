"""De loonwaarde volgens de uniforme methode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.fouten import (
    DomeinFout,
    OngeldigeEerdereLoonwaarde,
    OngeldigeLoonwaardemeting,
    OngeldigeReactie,
    ReactieAlGegeven,
    SecondOpinionNietGevraagd,
)
from services.diagnose.domain.loonwaarde import (
    KLEINSTE_DEEL,
    EerdereLoonwaarde,
    Hoofdtaak,
    Loonwaardemeting,
    Loonwaardereactie,
    Maatstaf,
    Reactiepartij,
    eis_eerste_reactie,
    eis_second_opinion,
)
from tests.diagnose.rapporten import DESKUNDIGE, RAPPORT, WERKGEVER, hoofdtaak


def codes(fout: DomeinFout) -> list[tuple[str, str]]:
    return [(punt.pad, punt.code) for punt in fout.punten]


def test_het_voorbeeld_van_50_45_wordt_50_procent() -> None:
    # domain-rules §2.2: 25.65 + 16.80 + 8.00
    assert [taak.resultaat for taak in RAPPORT.hoofdtaken] == [
        Decimal("25.65"),
        Decimal("16.80"),
        Decimal("8.00"),
    ]
    assert RAPPORT.onafgerond == Decimal("50.45")
    assert RAPPORT.loonwaarde == 50


@pytest.mark.parametrize(("tempo", "loonwaarde"), [("50.5", 51), ("50.4999", 50), ("49.5", 50)])
def test_een_half_procent_gaat_naar_boven(tempo: str, loonwaarde: int) -> None:
    meting = replace(RAPPORT, hoofdtaken=(hoofdtaak("100", tempo, "100", "100"),))
    assert meting.loonwaarde == loonwaarde


def test_een_reguliere_prestatie_is_loonwaarde_100() -> None:
    assert replace(RAPPORT, reguliere_prestatie=True).loonwaarde == 100
    assert replace(RAPPORT, reguliere_prestatie=True, hoofdtaken=()).loonwaarde == 100


def test_er_zijn_een_tot_vijf_hoofdtaken() -> None:
    vijf = tuple(hoofdtaak("20") for _ in range(5))
    assert replace(RAPPORT, hoofdtaken=vijf).loonwaarde == 51
    for aantal in ((), (*tuple(hoofdtaak("16") for _ in range(5)), hoofdtaak("20"))):
        with pytest.raises(OngeldigeLoonwaardemeting) as fout:
            replace(RAPPORT, hoofdtaken=aantal)
        assert codes(fout.value) == [("hoofdtaken", "aantal")]


@pytest.mark.parametrize("aandelen", [("50", "49.99"), ("50", "50.01"), ("99",)])
def test_de_aandelen_zijn_samen_precies_100_procent(aandelen: tuple[str, ...]) -> None:
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(RAPPORT, hoofdtaken=tuple(hoofdtaak(a) for a in aandelen))
    assert codes(fout.value) == [("hoofdtaken", "som-aandelen")]


def test_een_hoofdtaak_is_ten_minste_een_zestiende_van_de_week() -> None:
    # 8 hours a day: 1/16 is exactly 30 minutes
    replace(RAPPORT, hoofdtaken=(hoofdtaak("93.75"), hoofdtaak("6.25")))
    tien_uur = replace(
        RAPPORT,
        uren_per_week=Decimal(40),
        voltijdsuren_per_week=Decimal(40),
        werkdagen_per_week=Decimal(4),
        hoofdtaken=(hoofdtaak("100"),),
    )
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(tien_uur, hoofdtaken=(hoofdtaak("94"), hoofdtaak("6")))
    assert codes(fout.value) == [("hoofdtaken.1.aandeel", "te-klein-per-week")]


def test_een_hoofdtaak_duurt_ten_minste_een_half_uur_per_werkdag() -> None:
    # 4 hours a day: half an hour is 12.5%
    halve_dagen = replace(RAPPORT, uren_per_week=Decimal(20), werkdagen_per_week=Decimal(5))
    replace(halve_dagen, hoofdtaken=(hoofdtaak("87.5"), hoofdtaak("12.5")))
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(halve_dagen, hoofdtaken=(hoofdtaak("88"), hoofdtaak("12")))
    assert codes(fout.value) == [("hoofdtaken.1.aandeel", "te-kort-per-dag")]


def test_alle_fouten_van_een_rapport_worden_tegelijk_gemeld() -> None:
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(
            RAPPORT,
            bedrijfsbezoek_op=date(2026, 9, 4),
            hermeting_op=RAPPORT.ingangsdatum,
            loonwaardedeskundige=replace(
                DESKUNDIGE,
                naam=" ",
                telefoonnummer="",
                aangewezen_op=date(2026, 9, 5),
                ervaringsjaren=1,
                kent_regelgeving=False,
                kent_arbeidsmarkt=False,
                houdt_kennis_bij=False,
            ),
            werkgever=replace(WERKGEVER, naam="", contactpersoon="", email="", geinterviewde=" "),
            normfunctie="",
            functie=" ",
            uren_per_week=Decimal(0),
            voltijdsuren_per_week=Decimal(61),
            werkdagen_per_week=Decimal(8),
            hoofdtaken=(
                Hoofdtaak(
                    "", Decimal(101), Decimal(-1), Decimal(90), Decimal("100.1"), "", " ", ""
                ),
                hoofdtaak("5"),
            ),
        )
    assert codes(fout.value) == [
        ("bedrijfsbezoekOp", "na-vaststelling"),
        ("hermetingOp", "niet-later"),
        ("urenPerWeek", "buiten-bereik"),
        ("voltijdsurenPerWeek", "buiten-bereik"),
        ("werkdagenPerWeek", "buiten-bereik"),
        ("normfunctie", "verplicht"),
        ("functie", "verplicht"),
        ("werkgever.naam", "verplicht"),
        ("werkgever.contactpersoon", "verplicht"),
        ("werkgever.email", "verplicht"),
        ("werkgever.geinterviewde", "verplicht"),
        ("loonwaardedeskundige.naam", "verplicht"),
        ("loonwaardedeskundige.telefoonnummer", "verplicht"),
        ("loonwaardedeskundige.aangewezenOp", "te-laat-aangewezen"),
        ("loonwaardedeskundige.ervaringsjaren", "te-weinig-ervaring"),
        ("loonwaardedeskundige.kentRegelgeving", "niet-gekwalificeerd"),
        ("loonwaardedeskundige.kentArbeidsmarkt", "niet-gekwalificeerd"),
        ("loonwaardedeskundige.houdtKennisBij", "niet-gekwalificeerd"),
        ("hoofdtaken.0.aandeel", "buiten-bereik"),
        ("hoofdtaken.0.tempo", "buiten-bereik"),
        ("hoofdtaken.0.nettoWerktijd", "buiten-bereik"),
        ("hoofdtaken.0.omschrijving", "verplicht"),
        ("hoofdtaken.0.toelichtingTempo", "verplicht"),
        ("hoofdtaken.0.toelichtingKwaliteit", "verplicht"),
        ("hoofdtaken.0.toelichtingNettoWerktijd", "verplicht"),
        ("hoofdtaken.0.aandeel", "te-kort-per-dag"),
        ("hoofdtaken.1.aandeel", "te-klein-per-week"),
        ("hoofdtaken.1.aandeel", "te-kort-per-dag"),
        ("hoofdtaken", "som-aandelen"),
    ]


@pytest.mark.parametrize(
    ("anders", "punt"),
    [
        ({"rapportage_op": date(2026, 8, 31)}, ("rapportageOp", "niet-in-volgorde")),
        ({"rapportage_op": date(2026, 9, 4)}, ("rapportageOp", "niet-in-volgorde")),
        ({"voltijdsuren_per_week": Decimal(23)}, ("voltijdsurenPerWeek", "buiten-bereik")),
        ({"hermeting_op": date(2026, 9, 3)}, ("hermetingOp", "niet-later")),
        ({"methode": "eigen-methode"}, ("methode", "onbekend")),
    ],
)
def test_wat_niet_bij_het_modelrapport_past_wordt_geweigerd(
    anders: dict[str, Any], punt: tuple[str, str]
) -> None:
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(RAPPORT, **anders)
    assert codes(fout.value) == [punt]


def test_voor_1_juli_2021_bestaat_de_uniforme_methode_niet() -> None:
    def op(dag: date) -> Loonwaardemeting:
        return replace(
            RAPPORT,
            bedrijfsbezoek_op=dag,
            rapportage_op=dag,
            vastgesteld_op=dag,
            ingangsdatum=dag,
            loonwaardedeskundige=replace(DESKUNDIGE, aangewezen_op=dag),
        )

    assert op(date(2021, 7, 1)).loonwaarde == 50
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        op(date(2021, 6, 30))
    assert codes(fout.value) == [("vastgesteldOp", "voor-uniforme-methode")]


def test_een_eerdere_loonwaarde_is_van_voor_de_uniforme_methode() -> None:
    eerdere = EerdereLoonwaarde(
        eerdere_id=UUID(int=1),
        methode="Regeling 2014",
        versie="2014",
        loonwaarde=60,
        maatstaf=Maatstaf.FUNCTIELOON,
        vastgesteld_op=date(2021, 6, 30),
        ingangsdatum=date(2021, 8, 1),
        werkgever="Voorbeeld Logistiek",
        functie="orderpicker",
    )
    with pytest.raises(OngeldigeEerdereLoonwaarde) as fout:
        replace(eerdere, vastgesteld_op=date(2021, 7, 1), methode=" ", versie="", loonwaarde=101)
    assert codes(fout.value) == [
        ("methode", "verplicht"),
        ("versie", "verplicht"),
        ("loonwaarde", "buiten-bereik"),
        ("vastgesteldOp", "methode-niet-meer-toegestaan"),
    ]


def test_hetzelfde_werk_is_dezelfde_functie_bij_dezelfde_werkgever() -> None:
    assert RAPPORT.zelfde_werk(replace(RAPPORT, functie="Orderpicker"))
    assert not RAPPORT.zelfde_werk(replace(RAPPORT, functie="inpakker"))
    elders = replace(WERKGEVER, kvk_nummer="87654321")
    assert not RAPPORT.zelfde_werk(replace(RAPPORT, werkgever=elders))


REACTIE = Loonwaardereactie(
    UUID(int=5), RAPPORT.meting_id, Reactiepartij.WERKNEMER, date(2026, 9, 10), akkoord=True
)
BEZWAREN = replace(
    REACTIE, akkoord=False, toelichting="Het tempo klopt niet.", vraagt_second_opinion=True
)


def test_wie_niet_akkoord_is_zegt_waarom_en_wie_akkoord_is_vraagt_niets_meer() -> None:
    with pytest.raises(OngeldigeReactie) as fout:
        replace(REACTIE, akkoord=False, toelichting=" ")
    assert codes(fout.value) == [("toelichting", "verplicht")]
    with pytest.raises(OngeldigeReactie) as fout:
        replace(REACTIE, vraagt_second_opinion=True)
    assert codes(fout.value) == [("vraagtSecondOpinion", "tegenstrijdig")]


def test_elke_partij_reageert_een_keer() -> None:
    eis_eerste_reactie(REACTIE, [replace(REACTIE, partij=Reactiepartij.WERKGEVER)])
    with pytest.raises(ReactieAlGegeven):
        eis_eerste_reactie(BEZWAREN, [REACTIE])


def test_een_second_opinion_is_gevraagd_over_hetzelfde_werk_en_van_een_ander() -> None:
    ander = replace(DESKUNDIGE, naam="deskundige-4")
    tweede = replace(RAPPORT, meting_id=UUID(int=2), loonwaardedeskundige=ander)
    eis_second_opinion(tweede, RAPPORT, [BEZWAREN])
    with pytest.raises(SecondOpinionNietGevraagd):
        eis_second_opinion(tweede, RAPPORT, [REACTIE])
    zelfde = replace(
        tweede, functie="inpakker", loonwaardedeskundige=replace(ander, naam=" Deskundige-3 ")
    )
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        eis_second_opinion(zelfde, RAPPORT, [BEZWAREN])
    assert codes(fout.value) == [
        ("functie", "ander-werk"),
        ("loonwaardedeskundige.naam", "dezelfde-deskundige"),
    ]


PROCENTEN = st.decimals("0", "100", places=2)


@st.composite
def aandelen(trek: st.DrawFn) -> list[Decimal]:
    """One to five shares of at least 1/16 that add up to exactly 100."""
    aantal = trek(st.integers(1, 5))
    over = 100 - aantal * KLEINSTE_DEEL
    grenzen = sorted(trek(st.decimals(0, over, places=2)) for _ in range(aantal - 1))
    return [
        tot - van + KLEINSTE_DEEL
        for van, tot in zip([Decimal(0), *grenzen], [*grenzen, over], strict=True)
    ]


@st.composite
def metingen(trek: st.DrawFn) -> Loonwaardemeting:
    taken = tuple(
        hoofdtaak(str(aandeel), *(str(trek(PROCENTEN)) for _ in range(3)))
        for aandeel in trek(aandelen())
    )
    return replace(RAPPORT, hoofdtaken=taken)


@given(metingen())
def test_de_loonwaarde_ligt_altijd_tussen_0_en_100(meting: Loonwaardemeting) -> None:
    assert 0 <= meting.loonwaarde <= 100
    assert abs(meting.loonwaarde - meting.onafgerond) <= Decimal("0.5")


@given(metingen(), st.integers(0, 4), PROCENTEN)
def test_een_hoger_tempo_geeft_nooit_een_lagere_loonwaarde(
    meting: Loonwaardemeting, plek: int, tempo: Decimal
) -> None:
    plek %= len(meting.hoofdtaken)
    taken = list(meting.hoofdtaken)
    taken[plek] = replace(taken[plek], tempo=max(tempo, taken[plek].tempo))
    assert replace(meting, hoofdtaken=tuple(taken)).loonwaarde >= meting.loonwaarde


@given(metingen(), st.randoms())
def test_de_volgorde_van_de_taken_doet_er_niet_toe(
    meting: Loonwaardemeting, toeval: Random
) -> None:
    taken = list(meting.hoofdtaken)
    toeval.shuffle(taken)
    geschud = replace(meting, hoofdtaken=tuple(taken))
    assert (geschud.loonwaarde, geschud.onafgerond) == (meting.loonwaarde, meting.onafgerond)


@given(metingen(), st.integers(0, 4), st.decimals("-5", "5", places=2).filter(bool))
def test_aandelen_die_niet_op_100_uitkomen_worden_geweigerd(
    meting: Loonwaardemeting, plek: int, verschil: Decimal
) -> None:
    plek %= len(meting.hoofdtaken)
    taken = list(meting.hoofdtaken)
    taken[plek] = replace(taken[plek], aandeel=taken[plek].aandeel + verschil)
    with pytest.raises(OngeldigeLoonwaardemeting) as fout:
        replace(meting, hoofdtaken=tuple(taken))
    assert ("hoofdtaken", "som-aandelen") in codes(fout.value)
