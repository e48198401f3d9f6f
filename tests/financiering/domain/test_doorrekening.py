"""Wat de doorrekening doet als een uitgangspunt verandert."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.doorrekening import (
    EXPLOITATIE,
    JAREN,
    KENMERKEN,
    Aanpassing,
    Aanpassingswijze,
    Bereik,
    Driver,
    Drivereenheid,
    Exploitatierij,
    Post,
    Uitgangspunten,
    onderzoek_gevoeligheid,
    pas_aan,
    reken_door,
)
from services.financiering.domain.fouten import OngeldigeAanpassing

_MEEST = {
    Drivereenheid.PERSONEN: 5_000,
    Drivereenheid.EURO: 50_000_000,
    Drivereenheid.EURO_PER_PERSOON: 50_000,
    Drivereenheid.PROCENT: 200,
}


@st.composite
def uitgangspunten(draw: st.DrawFn) -> Uitgangspunten:
    """Any drivers that can be, with hundredths."""

    def waarde(driver: Driver) -> Decimal:
        kenmerk = KENMERKEN[driver]
        laagste = int(kenmerk.laagste) * 100
        getal = draw(st.integers(laagste, _MEEST[kenmerk.eenheid] * 100))
        return Decimal(getal).scaleb(-2)

    return {jaar: {driver: waarde(driver) for driver in Driver} for jaar in JAREN}


VAST = {jaar: {driver: Decimal(10) for driver in Driver} for jaar in JAREN}


@given(uitgangspunten())
def test_het_exploitatieresultaat_is_alle_baten_min_alle_lasten(u: Uitgangspunten) -> None:
    uitkomst = reken_door(u)
    lasten = {
        Exploitatierij.PERSONEELSKOSTEN_WSW,
        Exploitatierij.PERSONEELSKOSTEN_PW,
        Exploitatierij.PERSONEELSKOSTEN_AMBTELIJK,
        Exploitatierij.AFSCHRIJVINGEN,
        Exploitatierij.OVERIGE_BEDRIJFSKOSTEN,
        Exploitatierij.AFBOUW_FRICTIEKOSTEN,
        Exploitatierij.EXTRA_CAPACITEIT_EXPERTISE,
        Exploitatierij.ONVOORZIEN,
    }
    posten = [rij for rij, inhoud in EXPLOITATIE.items() if isinstance(inhoud, Post)]
    for jaar in JAREN:
        per_post = {rij: Fraction(uitkomst.bedragen[rij][jaar].euro) for rij in posten}
        saldo = sum(-b if rij in lasten else b for rij, b in per_post.items())
        assert Fraction(uitkomst.resultaat(jaar).euro) == saldo


@pytest.mark.parametrize("driver", Driver)
def test_elke_driver_doet_iets_en_alleen_in_zijn_jaar(driver: Driver) -> None:
    voor = reken_door(VAST)
    na = reken_door(
        pas_aan(VAST, [Aanpassing(driver, Aanpassingswijze.VERSCHIL, Decimal(1), 2023)], pad="x")
    )
    assert [jaar for jaar in JAREN if na.resultaat(jaar) != voor.resultaat(jaar)] == [2023]


@given(uitgangspunten())
def test_bij_het_sluitende_aantal_is_het_resultaat_minder_dan_een_medewerker_van_nul(
    u: Uitgangspunten,
) -> None:
    uitkomst = reken_door(u)
    for jaar in JAREN:
        aantal = uitkomst.sluitend_bij(jaar)
        if aantal is None:
            continue
        wsw = u[jaar][Driver.WSW_MEDEWERKERS]

        def bij(pw: Decimal, jaar: int = jaar) -> Decimal:
            waarden = {**u[jaar], Driver.PW_MEDEWERKERS: pw}
            return reken_door({jaar: waarden}).resultaat(jaar).euro

        een_meer = bij(Decimal(1)) - bij(Decimal(0))
        assert abs(bij(aantal - wsw)) <= abs(een_meer)


def test_geen_aantal_sluit_waar_een_medewerker_niets_uitmaakt() -> None:
    neutraal = {**VAST[2024], Driver.TOEGEVOEGDE_WAARDE_PER_MEDEWERKER: Decimal(0)}
    neutraal[Driver.SUBSIDIE_PER_PW] = Decimal(30)
    assert reken_door({2024: neutraal}).sluitend_bij(2024) is None


@pytest.mark.parametrize(
    ("wijze", "getal", "verwacht"),
    [
        (Aanpassingswijze.WAARDE, "12.34", "12.34"),
        (Aanpassingswijze.VERSCHIL, "-2.50", "7.50"),
        (Aanpassingswijze.PROCENT, "15", "11.50"),
        (Aanpassingswijze.PROCENT, "0.05", "10.01"),
    ],
)
def test_een_aanpassing_zet_verhoogt_of_vermenigvuldigt(
    wijze: Aanpassingswijze, getal: str, verwacht: str
) -> None:
    aanpassing = Aanpassing(Driver.SUBSIDIE_PER_PW, wijze, Decimal(getal))
    aangepast = pas_aan(VAST, [aanpassing], pad="x")
    assert {w[Driver.SUBSIDIE_PER_PW] for w in aangepast.values()} == {Decimal(verwacht)}
    assert {w[Driver.SUBSIDIE_PER_PW] for w in VAST.values()} == {Decimal(10)}


def test_aanpassingen_volgen_op_elkaar() -> None:
    aangepast = pas_aan(
        VAST,
        [
            Aanpassing(Driver.ONVOORZIEN, Aanpassingswijze.WAARDE, Decimal(200)),
            Aanpassing(Driver.ONVOORZIEN, Aanpassingswijze.PROCENT, Decimal(50), 2024),
        ],
        pad="x",
    )
    assert aangepast[2024][Driver.ONVOORZIEN] == 300
    assert aangepast[2023][Driver.ONVOORZIEN] == 200


def test_wat_niet_kan_wordt_in_een_keer_genoemd() -> None:
    fout = [
        Aanpassing(Driver.PW_MEDEWERKERS, Aanpassingswijze.VERSCHIL, Decimal(-11)),
        Aanpassing(Driver.ONVOORZIEN, Aanpassingswijze.WAARDE, Decimal(5)),
        Aanpassing(Driver.GROEI_PLUSDIENSTEN, Aanpassingswijze.WAARDE, Decimal(-101), 2024),
    ]
    with pytest.raises(OngeldigeAanpassing) as gezien:
        pas_aan(VAST, fout, pad="body.aanpassingen.{plek}")
    assert [punt.pad for punt in gezien.value.punten] == [
        "body.aanpassingen.0",
        "body.aanpassingen.2",
    ]


def test_een_bereik_begint_en_eindigt_waar_het_zegt() -> None:
    assert Bereik(Decimal(-10), Decimal(10), 4).getallen == (
        Decimal("-10.00"),
        Decimal("-3.33"),
        Decimal("3.33"),
        Decimal("10.00"),
    )


def test_gevoeligheid_verandert_een_driver_en_niets_anders() -> None:
    gevonden = onderzoek_gevoeligheid(
        VAST, Driver.ONVOORZIEN, Aanpassingswijze.VERSCHIL, Bereik(Decimal(0), Decimal(4), 3), 2022
    )
    zonder = reken_door(VAST).resultaat(2022).euro
    assert [(getal, u.resultaat(2022).euro) for getal, u in gevonden.uitkomsten] == [
        (Decimal(0), zonder),
        (Decimal(2), zonder - 2),
        (Decimal(4), zonder - 4),
    ]
    assert all(
        u.resultaat(2023) == gevonden.uitkomsten[0][1].resultaat(2023)
        for _, u in gevonden.uitkomsten
    )
