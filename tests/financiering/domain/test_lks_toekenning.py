"""De loonkostensubsidie van een dienstbetrekking door de tijd heen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.financiering.domain.fouten import (
    DatumBuitenTabel,
    LoonwaardeOntbreekt,
    NietInDoelgroep,
    OngeldigePeriode,
    ToekenningLooptNiet,
    WijzigingNietTerugwerkend,
)
from services.financiering.domain.geld import euro
from services.financiering.domain.kalender import Maand
from services.financiering.domain.leeftijdsgroep import (
    Leeftijdsgroep,
    Leeftijdsovergang,
    Leeftijdsverloop,
    Verjaardagsregel,
)
from services.financiering.domain.lks_aanvraag import LksAanvraag, LoonwaardeVanaf
from services.financiering.domain.lks_toekenning import (
    EindeLks,
    GemeenteVanaf,
    LksToekenning,
    Loonwaardegevolg,
    Wijzigingsreden,
)
from services.financiering.domain.loonkostensubsidie import Arbeidsduur

ID = UUID("018f0000-0000-7000-8000-000000000001")
VOLWASSEN = Leeftijdsverloop(Leeftijdsgroep.VOLWASSEN)


def toekenning(
    begin: date,
    loonwaarde: int | None = 40,
    uren: str = "36",
    leeftijd: Leeftijdsverloop = VOLWASSEN,
    ingang: date | None = None,
    regel: Verjaardagsregel = Verjaardagsregel.VERJAARDAGSMAAND,
    in_doelgroep: bool = True,
) -> LksToekenning:
    aanvraag = LksAanvraag(
        begin_dienstbetrekking=begin,
        ingangsdatum=ingang or begin,
        arbeidsduur=Arbeidsduur(Decimal(uren)),
        leeftijd=leeftijd,
        loonwaarde=None if loonwaarde is None else LoonwaardeVanaf(loonwaarde, begin),
        behoort_tot_doelgroep=in_doelgroep,
    )
    return LksToekenning.ken_toe(
        aanvraag,
        toekenning_id=ID,
        kandidaat_id=ID,
        plaatsing_id=ID,
        gemeentecode="0757",
        verjaardagsregel=regel,
    )


def bedrag(lks: LksToekenning, jaar: int, maand: int) -> Decimal:
    return lks.maandbedrag(Maand(jaar, maand)).bedrag


def test_boxtel_24_uur_loonwaarde_40_gestart_in_december_2026() -> None:
    lks = toekenning(date(2026, 12, 1), 40, "24")
    assert bedrag(lks, 2026, 12) == Decimal("1246.84")


def test_boxtel_gestart_in_januari_2026_houdt_het_minimumloon_van_januari() -> None:
    lks = toekenning(date(2026, 1, 1), 40, "24")
    assert bedrag(lks, 2026, 1) == Decimal("1224.11")
    assert bedrag(lks, 2026, 7) == Decimal("1224.11")
    assert bedrag(lks, 2026, 12) == Decimal("1224.11")


def test_een_herziening_op_1_juli_raakt_een_lopende_subsidie_niet() -> None:
    lks = toekenning(date(2025, 3, 1))
    voor, na = lks.berekening_op(date(2025, 6, 30)), lks.berekening_op(date(2025, 7, 1))
    assert voor.bedrag == na.bedrag


def test_op_1_januari_wordt_met_het_nieuwe_minimumloon_gerekend() -> None:
    lks = toekenning(date(2025, 8, 1))
    # started on 2245.80, from 1-1-2026 on 2294.40: x 1.08 x 60% x 1.235
    assert bedrag(lks, 2025, 12) == Decimal("1797.27")
    assert bedrag(lks, 2026, 1) == Decimal("1836.16")


def test_zonder_het_minimumloon_van_het_nieuwe_jaar_wordt_geweigerd() -> None:
    lks = toekenning(date(2026, 8, 1))
    with pytest.raises(DatumBuitenTabel):
        lks.maandbedrag(Maand(2027, 1))


def test_toekennen_noemt_de_eerste_weigeringsgrond() -> None:
    with pytest.raises(NietInDoelgroep):
        toekenning(date(2026, 1, 1), in_doelgroep=False)


def test_toekennen_voor_de_bekende_wettekst_wordt_geweigerd() -> None:
    with pytest.raises(DatumBuitenTabel):
        toekenning(date(2023, 6, 30))


def test_een_deel_van_de_maand_telt_naar_kalenderdagen() -> None:
    lks = toekenning(date(2026, 1, 1))
    heel = lks.berekening_op(date(2026, 1, 1)).exact
    later = toekenning(date(2026, 2, 11), 40)
    assert bedrag(later, 2026, 2) == euro(heel * 18 / 28)
    later.beeindig(date(2026, 2, 20), EindeLks.EINDE_DIENSTBETREKKING)
    assert bedrag(later, 2026, 2) == euro(heel * 10 / 28)


def test_buiten_de_looptijd_is_het_maandbedrag_nul() -> None:
    lks = toekenning(date(2026, 3, 1))
    lks.beeindig(date(2026, 4, 30), EindeLks.EINDE_DIENSTBETREKKING)
    assert bedrag(lks, 2026, 2) == 0
    assert bedrag(lks, 2026, 5) == 0
    assert lks.maandbedrag(Maand(2026, 5)).delen == ()
    with pytest.raises(ToekenningLooptNiet):
        lks.berekening_op(date(2026, 5, 1))


def test_forfait_loopt_zes_maanden_en_daarna_is_een_loonwaarde_nodig() -> None:
    lks = toekenning(date(2026, 1, 15), None)
    assert bedrag(lks, 2026, 2) == Decimal("1530.14")
    assert lks.loonwaarde_nodig_vanaf() == date(2026, 7, 15)
    assert lks.berekening_op(date(2026, 7, 14)).bedrag == Decimal("1530.14")
    with pytest.raises(LoonwaardeOntbreekt) as fout:
        lks.maandbedrag(Maand(2026, 7))
    assert fout.value.artikel is not None
    assert "lid 5" in fout.value.artikel


def test_een_gemeten_loonwaarde_volgt_het_forfait_op_midden_in_de_maand() -> None:
    lks = toekenning(date(2026, 1, 15), None)
    assert lks.stel_loonwaarde_vast(40, date(2026, 7, 15)) is Loonwaardegevolg.AANGEPAST
    assert lks.loonwaarde_nodig_vanaf() is None
    juli = lks.maandbedrag(Maand(2026, 7))
    assert [(deel.dagen, deel.berekening.bedrag) for deel in juli.delen] == [
        (14, Decimal("1530.14")),
        (17, Decimal("1836.16")),
    ]
    # (1530.13536 x 14 + 1836.162432 x 17) / 31, by hand
    assert juli.bedrag == Decimal("1697.96")


def test_een_eerdere_meting_vervangt_het_forfait_zonder_verrekening() -> None:
    lks = toekenning(date(2026, 1, 1), None)
    lks.stel_loonwaarde_vast(60, date(2026, 4, 1))
    assert bedrag(lks, 2026, 3) == Decimal("1530.14")
    assert bedrag(lks, 2026, 4) < bedrag(lks, 2026, 3)


def test_na_het_forfait_mogen_geen_dagen_zonder_grondslag_vallen() -> None:
    lks = toekenning(date(2026, 1, 1), None)
    with pytest.raises(LoonwaardeOntbreekt):
        lks.stel_loonwaarde_vast(40, date(2026, 7, 2))


def test_later_ingaan_verkort_het_forfait() -> None:
    lks = toekenning(date(2026, 1, 1), None, ingang=date(2026, 5, 1))
    assert lks.loonwaarde_nodig_vanaf() == date(2026, 7, 1)


def test_eindigt_de_dienstbetrekking_in_het_forfait_dan_is_geen_loonwaarde_nodig() -> None:
    lks = toekenning(date(2026, 1, 1), None)
    lks.beeindig(date(2026, 6, 30), EindeLks.EINDE_DIENSTBETREKKING)
    assert lks.loonwaarde_nodig_vanaf() is None
    assert bedrag(lks, 2026, 6) == Decimal("1530.14")
    een_dag_langer = toekenning(date(2026, 1, 1), None)
    een_dag_langer.beeindig(date(2026, 7, 1), EindeLks.EINDE_DIENSTBETREKKING)
    assert een_dag_langer.loonwaarde_nodig_vanaf() == date(2026, 7, 1)


def test_een_gewijzigde_loonwaarde_telt_vanaf_haar_datum() -> None:
    lks = toekenning(date(2026, 1, 1), 40)
    assert lks.stel_loonwaarde_vast(40, date(2026, 3, 1)) is Loonwaardegevolg.ONGEWIJZIGD
    assert lks.stel_loonwaarde_vast(55, date(2026, 6, 1)) is Loonwaardegevolg.AANGEPAST
    assert bedrag(lks, 2026, 5) == Decimal("1836.16")
    assert bedrag(lks, 2026, 6) == Decimal("1377.12")


def test_loonwaarde_100_bij_hermeting_maakt_het_bedrag_nul_en_beeindigt_niet_vanzelf() -> None:
    lks = toekenning(date(2026, 1, 1), 40)
    assert lks.stel_loonwaarde_vast(100, date(2026, 6, 1)) is Loonwaardegevolg.NIHIL
    assert bedrag(lks, 2026, 6) == 0
    assert lks.loopt_op(date(2026, 6, 1))


def test_een_wijziging_gaat_later_in_dan_de_vorige() -> None:
    lks = toekenning(date(2026, 1, 1), 40)
    lks.stel_loonwaarde_vast(50, date(2026, 6, 1))
    with pytest.raises(WijzigingNietTerugwerkend):
        lks.stel_loonwaarde_vast(45, date(2026, 6, 1))
    with pytest.raises(WijzigingNietTerugwerkend):
        lks.wijzig_arbeidsduur(Arbeidsduur(Decimal(20)), date(2026, 1, 1))


def test_andere_uren_tellen_vanaf_hun_datum() -> None:
    lks = toekenning(date(2026, 1, 1), 40, "36")
    lks.wijzig_arbeidsduur(Arbeidsduur(Decimal(24)), date(2026, 3, 1))
    assert bedrag(lks, 2026, 2) == Decimal("1836.16")
    assert bedrag(lks, 2026, 3) == Decimal("1224.11")


def test_een_wijziging_buiten_de_looptijd_wordt_geweigerd() -> None:
    lks = toekenning(date(2026, 2, 1), 40)
    lks.beeindig(date(2026, 6, 30), EindeLks.NIET_LANGER_IN_DOELGROEP)
    with pytest.raises(ToekenningLooptNiet):
        lks.stel_loonwaarde_vast(50, date(2026, 7, 1))
    with pytest.raises(ToekenningLooptNiet):
        lks.wijzig_arbeidsduur(Arbeidsduur(Decimal(20)), date(2026, 1, 31))


def test_beeindigen_kan_een_keer_en_niet_voor_het_begin() -> None:
    lks = toekenning(date(2026, 2, 1), 40)
    with pytest.raises(OngeldigePeriode):
        lks.beeindig(date(2026, 1, 31), EindeLks.EINDE_DIENSTBETREKKING)
    lks.beeindig(date(2026, 6, 30), EindeLks.EINDE_DIENSTBETREKKING)
    with pytest.raises(ToekenningLooptNiet):
        lks.beeindig(date(2026, 5, 31), EindeLks.EINDE_DIENSTBETREKKING)


def test_een_verjaardag_verhoogt_het_bedrag_vanaf_de_verjaardagsmaand() -> None:
    verloop = Leeftijdsverloop(
        Leeftijdsgroep.TWINTIG,
        (Leeftijdsovergang(date(2026, 5, 20), Leeftijdsgroep.VOLWASSEN),),
    )
    lks = toekenning(date(2026, 1, 1), 55, leeftijd=verloop)
    # 80% and 100% of the minimum wage of 1-1-2026; 2294.40 x 80% = 1835.52
    assert bedrag(lks, 2026, 4) == Decimal("1101.70")
    assert bedrag(lks, 2026, 5) == Decimal("1377.12")


def test_de_verjaardag_kan_ook_wachten_op_de_jaarlijkse_herziening() -> None:
    verloop = Leeftijdsverloop(
        Leeftijdsgroep.TWINTIG,
        (Leeftijdsovergang(date(2025, 5, 20), Leeftijdsgroep.VOLWASSEN),),
    )
    lks = toekenning(
        date(2025, 1, 1),
        55,
        leeftijd=verloop,
        regel=Verjaardagsregel.JAARLIJKSE_HERZIENING,
    )
    assert bedrag(lks, 2025, 12) == bedrag(lks, 2025, 1)
    assert bedrag(lks, 2026, 1) == Decimal("1377.12")


def test_een_nieuwe_leeftijdsgroep_kan_ook_later_bekend_worden() -> None:
    lks = toekenning(date(2026, 1, 1), 55, leeftijd=Leeftijdsverloop(Leeftijdsgroep.NEGENTIEN))
    assert bedrag(lks, 2026, 1) == Decimal("826.27")
    lks.wijzig_leeftijdsgroep(Leeftijdsgroep.TWINTIG, date(2026, 3, 1))
    assert bedrag(lks, 2026, 2) == Decimal("826.27")
    assert bedrag(lks, 2026, 3) == Decimal("1101.70")


def test_wat_onzeker_is_staat_in_de_berekening() -> None:
    (onzeker,) = toekenning(date(2026, 1, 1)).berekening_op(date(2026, 1, 1)).onzekerheden
    assert onzeker.startswith("werkgeverslasten")


def test_volgende_wijziging_noemt_de_eerste_dag_met_een_ander_bedrag() -> None:
    verloop = Leeftijdsverloop(
        Leeftijdsgroep.TWINTIG, (Leeftijdsovergang(date(2026, 3, 1), Leeftijdsgroep.VOLWASSEN),)
    )
    lks = toekenning(date(2025, 11, 15), None, leeftijd=verloop)
    lks.stel_loonwaarde_vast(45, date(2026, 5, 15))
    gevonden = []
    dag = date(2025, 1, 1)
    while (wijziging := lks.volgende_wijziging(dag)) is not None and wijziging.op.year < 2027:
        gevonden.append((wijziging.op, wijziging.redenen))
        dag = wijziging.op
    assert gevonden == [
        (date(2025, 11, 15), (Wijzigingsreden.INGANG,)),
        (date(2026, 1, 1), (Wijzigingsreden.JAARLIJKSE_HERZIENING,)),
        (date(2026, 3, 1), (Wijzigingsreden.LEEFTIJDSGROEP,)),
        (date(2026, 5, 15), (Wijzigingsreden.LOONWAARDE, Wijzigingsreden.EINDE_FORFAIT)),
    ]
    lks.beeindig(date(2026, 8, 31), EindeLks.EINDE_DIENSTBETREKKING)
    laatste = lks.volgende_wijziging(date(2026, 5, 15))
    assert laatste is not None
    assert (laatste.op, laatste.redenen) == (date(2026, 9, 1), (Wijzigingsreden.EINDE,))
    assert lks.volgende_wijziging(date(2026, 9, 1)) is None


# ---- properties -------------------------------------------------------------------------------


@st.composite
def toekenningen(trek: st.DrawFn) -> LksToekenning:
    """Any grant between July 2023 and 2026, with changes anywhere in it."""
    begin = trek(st.dates(date(2023, 7, 1), date(2026, 12, 1)))
    ingang = begin + timedelta(days=trek(st.sampled_from([0, 0, 0, 17, 60])))
    ingang = min(ingang, date(2026, 12, 31))
    forfait = trek(st.booleans())
    groepen = list(Leeftijdsgroep)
    eerste = trek(st.integers(0, len(groepen) - 1))
    jarig = trek(st.dates(date(2023, 1, 1), date(2023, 12, 31)))
    overgangen = tuple(
        Leeftijdsovergang(date(begin.year + i, jarig.month, jarig.day), groepen[eerste + i])
        for i in range(1, len(groepen) - eerste)
    )
    lks = toekenning(
        begin,
        None if forfait else trek(st.integers(0, 99)),
        str(trek(st.decimals("4", "40", places=1))),
        Leeftijdsverloop(groepen[eerste], overgangen),
        ingang,
        trek(st.sampled_from(list(Verjaardagsregel))),
    )
    nodig = lks.loonwaarde_nodig_vanaf()
    if nodig is not None:
        lks.stel_loonwaarde_vast(trek(st.integers(0, 100)), trek(st.dates(lks.ingangsdatum, nodig)))
    for dagen in sorted(trek(st.sets(st.integers(300, 900), max_size=2))):
        lks.stel_loonwaarde_vast(trek(st.integers(0, 100)), begin + timedelta(days=dagen))
    for dagen in sorted(trek(st.sets(st.integers(61, 900), max_size=2))):
        uren = Arbeidsduur(trek(st.decimals("4", "40", places=1)), Decimal(38))
        lks.wijzig_arbeidsduur(uren, lks.ingangsdatum + timedelta(days=dagen))
    if trek(st.booleans()):
        lks.beeindig(
            lks.ingangsdatum + timedelta(days=trek(st.integers(0, 1000))),
            EindeLks.EINDE_DIENSTBETREKKING,
        )
    return lks


MAANDEN = st.dates(date(2023, 7, 1), date(2026, 12, 31)).map(Maand.van)

LONEN_NAREKENING = [
    (20230701, "1995.00"),
    (20240101, "2069.40"),
    (20240701, "2133.60"),
    (20250101, "2191.80"),
    (20250701, "2245.80"),
    (20260101, "2294.40"),
    (20260701, "2337.00"),
]
STAFFEL_NAREKENING = {
    "15": 300,
    "16": 345,
    "17": 395,
    "18": 500,
    "19": 600,
    "20": 800,
}


def narekening(lks: LksToekenning, maand: Maand) -> Decimal:
    """The month again, day by day, in decimals of 60 digits, without the code under test."""
    with localcontext() as context:
        context.prec = 60
        totaal = Decimal(0)
        for dagnummer in range(1, maand.dagen + 1):
            dag = date(maand.jaar, maand.maand, dagnummer)
            if dag < lks.ingangsdatum or (lks.laatste_dag and dag > lks.laatste_dag):
                continue
            peil = lks.ingangsdatum if dag.year == lks.ingangsdatum.year else date(dag.year, 1, 1)
            getal = peil.year * 10000 + peil.month * 100 + peil.day
            loon = Decimal([bedrag for vanaf, bedrag in LONEN_NAREKENING if vanaf <= getal][-1])
            groep = lks.leeftijd.bij_aanvang.value
            for overgang in lks.leeftijd.overgangen:
                d = overgang.vanaf
                geldt = {
                    "vanaf-de-verjaardagsmaand": (d.year, d.month) <= (dag.year, dag.month),
                    "bij-de-jaarlijkse-herziening": d.year < dag.year
                    or (d.year == dag.year and (d.month, d.day) == (1, 1)),
                }[lks.verjaardagsregel.value]
                groep = overgang.groep.value if geldt else groep
            if groep != "21+":
                stap = Decimal("0.05") if peil.year < 2024 else Decimal("0.01")
                loon = loon * STAFFEL_NAREKENING[groep] / 1000
                loon = (loon / stap).quantize(Decimal(1), rounding=ROUND_HALF_UP) * stap
            duur = [a.arbeidsduur for a in lks.arbeidsduren if a.vanaf <= dag][-1]
            noemer = duur.voltijdsuren if peil.year < 2024 else Decimal(36)
            waarden = [w.percentage for w in lks.loonwaarden if w.vanaf <= dag]
            procent = min(100 - waarden[-1], 70) if waarden else 50
            per_maand = (
                loon * 108 * procent * min(duur.uren, duur.voltijdsuren) * Decimal("1.235")
            ) / (noemer * 10000)
            totaal += per_maand / maand.dagen
        schoon = totaal.quantize(Decimal("1e-30"))
        return schoon.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@settings(max_examples=400, deadline=None)
@given(toekenningen(), MAANDEN)
def test_een_onafhankelijke_narekening_per_dag_komt_op_de_cent_gelijk_uit(
    lks: LksToekenning, maand: Maand
) -> None:
    assert lks.maandbedrag(maand).bedrag == narekening(lks, maand)


@settings(deadline=None)
@given(toekenningen(), MAANDEN)
def test_de_delen_van_een_maand_sluiten_aan_en_tellen_op_tot_de_maand(
    lks: LksToekenning, maand: Maand
) -> None:
    resultaat = lks.maandbedrag(maand)
    dagen = [d for d in range(1, maand.dagen + 1) if lks.loopt_op(maand.eerste_dag.replace(day=d))]
    geteld = [d for deel in resultaat.delen for d in range(deel.vanaf.day, deel.tot_en_met.day + 1)]
    assert geteld == dagen
    assert euro(sum((deel.exact for deel in resultaat.delen), Fraction(0))) == resultaat.bedrag
    assert resultaat.bedrag >= 0


@settings(deadline=None)
@given(toekenningen(), MAANDEN, st.integers(1, 27))
def test_de_maand_in_tweeen_knippen_verandert_niets(
    lks: LksToekenning, maand: Maand, dag: int
) -> None:
    """Ending on any day pays exactly the days up to it."""
    knip = maand.eerste_dag.replace(day=dag)
    if not lks.loopt_op(knip) or lks.laatste_dag is not None:
        return
    heel = sum((deel.exact for deel in lks.maandbedrag(maand).delen), Fraction(0))
    rest = sum(
        (
            lks.berekening_op(maand.eerste_dag.replace(day=d)).exact / maand.dagen
            for d in range(dag + 1, maand.dagen + 1)
        ),
        Fraction(0),
    )
    lks.beeindig(knip, EindeLks.EINDE_DIENSTBETREKKING)
    eerste = sum((deel.exact for deel in lks.maandbedrag(maand).delen), Fraction(0))
    assert eerste + rest == heel


@settings(deadline=None)
@given(toekenningen(), st.dates(date(2023, 7, 1), date(2026, 12, 30)))
def test_tussen_twee_wijzigingen_blijft_het_bedrag_gelijk(lks: LksToekenning, dag: date) -> None:
    morgen = dag + timedelta(days=1)
    if not lks.loopt_op(dag) or not lks.loopt_op(morgen):
        return
    wijziging = lks.volgende_wijziging(dag)
    assert wijziging is not None
    assert wijziging.op >= morgen
    if wijziging.op > morgen:
        assert lks.berekening_op(dag) == lks.berekening_op(morgen)


@given(
    toekenningen(), MAANDEN, st.lists(st.dates(date(2023, 7, 1), date(2026, 12, 30)), max_size=4)
)
def test_een_overdracht_verandert_wie_betaalt_en_nooit_hoeveel(
    lks: LksToekenning, maand: Maand, dagen: list[date]
) -> None:
    """Every day is paid by one gemeente: the last that got the kandidaat on or before that day."""
    gemeenten = [
        GemeenteVanaf(f"{nummer:04}", dag)
        for nummer, dag in enumerate([date.min, *sorted(dagen)], start=1)
    ]
    overgedragen = replace(lks, gemeenten=tuple(gemeenten))
    assert overgedragen.maandbedrag(maand).bedrag == lks.maandbedrag(maand).bedrag
    for deel in overgedragen.maandbedrag(maand).delen:
        for nummer in range(deel.dagen):
            dag = deel.vanaf + timedelta(days=nummer)
            assert deel.betaler == [g.gemeentecode for g in gemeenten if g.vanaf <= dag][-1]


def test_zonder_overdracht_betaalt_de_gemeente_van_de_kandidaat() -> None:
    lks = toekenning(date(2026, 1, 15))
    assert {deel.betaler for deel in lks.maandbedrag(Maand(2026, 1)).delen} == {"0757"}
