"""Het transitiearrangement in cijfers: aandelen, gemiddelden, eindes en de taakstelling."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, einderedenen
from services.plaatsing.domain.transitiearrangement import (
    DETACHERING,
    DIENSTVERBAND,
    Plaats,
    Taakstelling,
    procent,
    realiseer,
    stel_samen,
    tel_eindes,
)

GROEP = Plaatsingsoort.DETACHERING_GROEP
JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)
VUGHT_2026 = Taakstelling("0865", 2026, 4)


def test_wie_nog_geen_loonwaarde_heeft_telt_mee_en_niet_in_het_gemiddelde() -> None:
    samengesteld = stel_samen({(GROEP, 40): 1, (GROEP, 55): 1, (GROEP, None): 1})
    groep = next(deel for deel in samengesteld if deel.soort is GROEP)
    assert (groep.aantal, groep.zonder_loonwaarde) == (3, 1)
    assert groep.gemiddelde_loonwaarde == Decimal("47.5")
    assert (groep.laagste_loonwaarde, groep.hoogste_loonwaarde) == (40, 55)


def test_zonder_gedetacheerden_is_er_geen_gemiddelde() -> None:
    for deel in stel_samen({}):
        assert (deel.aantal, deel.procent, deel.gemiddelde_loonwaarde) == (0, 0, None)


def test_het_gemiddelde_gaat_naar_beneden_zoals_in_de_bron() -> None:
    zes = [28, 33, 36, 39, 42, 54]
    alle = stel_samen({(GROEP, waarde): 1 for waarde in zes})[-1]
    assert sum(zes) / 6 > 38.66
    assert alle.gemiddelde_loonwaarde == Decimal("38.6")


@given(
    st.lists(st.tuples(st.sampled_from(DETACHERING), st.none() | st.integers(0, 100)), min_size=1)
)
def test_de_soorten_samen_zijn_het_totaal(
    gedetacheerd: list[tuple[Plaatsingsoort, int | None]],
) -> None:
    *delen, totaal = stel_samen(Counter(gedetacheerd))
    assert sum(deel.aantal for deel in delen) == totaal.aantal == len(gedetacheerd)
    assert sum(deel.zonder_loonwaarde for deel in delen) == totaal.zonder_loonwaarde
    assert totaal.procent == 100
    for deel in (*delen, totaal):
        if deel.gemiddelde_loonwaarde is not None:
            assert deel.laagste_loonwaarde is not None
            assert deel.hoogste_loonwaarde is not None
            assert deel.laagste_loonwaarde <= deel.gemiddelde_loonwaarde <= deel.hoogste_loonwaarde


def test_procenten_ronden_op_de_helft_omhoog() -> None:
    assert [procent(Fraction(deel), 200) for deel in (0, 1, 2, 3, 199, 200)] == [
        *(0, 1, 1, 2, 100, 100)
    ]
    assert procent(Fraction(0), 0) == 0


@given(
    st.dictionaries(
        st.sampled_from(
            [(s, r) for s in (*DIENSTVERBAND, GROEP) for r in Eindereden if r in einderedenen(s)]
        ),
        st.integers(0, 9),
    )
)
def test_elk_einde_van_een_dienstverband_staat_er_een_keer_in(
    geeindigd: dict[tuple[Plaatsingsoort, Eindereden], int],
) -> None:
    eindes = tel_eindes(geeindigd, DIENSTVERBAND)
    verwacht = sum(aantal for (soort, _), aantal in geeindigd.items() if soort in DIENSTVERBAND)
    assert eindes.totaal == verwacht
    assert len({reden for reden, _ in eindes.redenen}) == len(eindes.redenen)


def test_een_dienstverband_met_detachering_ernaast_is_een_plaats() -> None:
    een = Plaats(UUID(int=1), "0865", (JAN, date.max))
    [realisatie] = realiseer([VUGHT_2026], [een, een], DEC)
    assert realisatie.gemiddeld == Fraction(1)
    assert realisatie.procent == 25


def test_wie_een_deel_van_het_jaar_een_plaats_heeft_telt_voor_dat_deel() -> None:
    """Until 31 May 151 days; of them 59 were there."""
    plaats = Plaats(UUID(int=1), "0865", (JAN, date(2026, 2, 28)))
    [realisatie] = realiseer([VUGHT_2026], [plaats], date(2026, 5, 31))
    assert realisatie.gemiddeld == Fraction(59, 151)
    assert (realisatie.gerealiseerd, realisatie.gemiddeld_afgerond) == (0, Decimal("0.39"))


def test_een_jaar_dat_nog_moet_beginnen_heeft_geen_realisatie() -> None:
    assert realiseer([VUGHT_2026], [], date(2025, 12, 31)) == ()


TIJDEN = st.lists(st.tuples(st.integers(1, 3), st.integers(-20, 380), st.integers(0, 200)))


@given(TIJDEN, st.integers(0, 364))
def test_het_gemiddelde_is_dat_van_het_aantal_kandidaten_per_dag(
    tijden: list[tuple[int, int, int]], laatste: int
) -> None:
    def dag(nummer: int) -> date:
        return JAN + timedelta(days=nummer)

    plaatsen = [Plaats(UUID(int=w), "0865", (dag(b), dag(b + d))) for w, b, d in tijden]
    [realisatie] = realiseer([VUGHT_2026], plaatsen, dag(laatste))
    per_dag = [
        len({p.kandidaat_id for p in plaatsen if p.tijd[0] <= dag(n) <= p.tijd[1]})
        for n in range(laatste + 1)
    ]
    assert realisatie.gemiddeld == Fraction(sum(per_dag), len(per_dag))
