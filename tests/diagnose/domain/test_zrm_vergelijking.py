"""Twee ZRM-metingen naast elkaar: stappen, ook tussen 2013 en 2017."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.zrm import (
    DOMEINEN,
    HulpAanwezig,
    ZrmDomein,
    ZrmMeting,
    ZrmScore,
    ZrmVersie,
)
from services.diagnose.domain.zrm_vergelijking import OVERGANGEN, vergelijk

DAG = date(2026, 9, 10)


@st.composite
def metingen(draw: st.DrawFn, versies: tuple[ZrmVersie, ...] = tuple(ZrmVersie)) -> ZrmMeting:
    """Any complete measurement, its scores in any order."""
    versie = draw(st.sampled_from(versies))
    domeinen = draw(st.permutations(DOMEINEN[versie]))
    return ZrmMeting(
        UUID(int=1),
        DAG,
        DAG,
        "consulent-12",
        tuple(ZrmScore(d, draw(st.integers(1, 5)), HulpAanwezig.NEE) for d in domeinen),
        versie,
    )


def alles_op(niveau: int, versie: ZrmVersie, **anders: int) -> ZrmMeting:
    """The same level everywhere, but in the domains that are named (with underscores)."""
    scores = tuple(
        ZrmScore(domein, anders.get(domein.replace("-", "_"), niveau), HulpAanwezig.NEE)
        for domein in DOMEINEN[versie]
    )
    return ZrmMeting(UUID(int=1), DAG, DAG, "consulent-12", scores, versie)


@pytest.mark.parametrize("versie", ZrmVersie)
def test_de_overgangen_noemen_elk_domein_van_beide_versies_een_keer(versie: ZrmVersie) -> None:
    genoemd = Counter(
        domein
        for overgang in OVERGANGEN
        for domein in (
            (overgang.domein_2013,) if versie is ZrmVersie.V2013 else overgang.domeinen_2017
        )
    )
    assert genoemd == Counter(DOMEINEN[versie])


@given(metingen(), metingen())
def test_heen_en_terug_zijn_dezelfde_stappen_met_het_andere_teken(
    a: ZrmMeting, b: ZrmMeting
) -> None:
    heen, terug = vergelijk(a, b), vergelijk(b, a)
    assert heen.stappen == {domein: -stap for domein, stap in terug.stappen.items()}
    assert heen.totaal == -terug.totaal
    assert [(n.eerder, n.later) for n in heen.niet_vergelijkbaar] == [
        (n.later, n.eerder) for n in terug.niet_vergelijkbaar
    ]


@given(st.data(), st.sampled_from(ZrmVersie))
def test_stappen_tellen_per_domein_op_over_opeenvolgende_metingen(
    data: st.DataObject, versie: ZrmVersie
) -> None:
    a, b, c = (data.draw(metingen((versie,))) for _ in range(3))
    eerst, daarna, samen = vergelijk(a, b), vergelijk(b, c), vergelijk(a, c)
    assert samen.stappen == {
        domein: eerst.stappen[domein] + daarna.stappen[domein] for domein in DOMEINEN[versie]
    }
    assert samen.totaal == eerst.totaal + daarna.totaal


@given(metingen(), metingen())
def test_een_stap_is_het_verschil_in_niveau_en_hoogstens_vier(a: ZrmMeting, b: ZrmMeting) -> None:
    vergelijking = vergelijk(a, b)
    for regel in vergelijking.regels:
        assert regel.stappen == regel.niveau_later - regel.niveau_eerder
        assert -4 <= regel.stappen <= 4
    assert vergelijking.totaal == sum(vergelijking.stappen.values())


@given(metingen(), metingen())
def test_elk_domein_is_vergeleken_of_genoemd_als_niet_vergelijkbaar(
    a: ZrmMeting, b: ZrmMeting
) -> None:
    vergelijking = vergelijk(a, b)
    andere = Counter(domein for n in vergelijking.niet_vergelijkbaar for domein in n.later)
    assert len(vergelijking.stappen) + andere.total() == len(DOMEINEN[b.versie])
    assert (a.versie is b.versie) == (not vergelijking.niet_vergelijkbaar)


def test_binnen_een_versie_zijn_alle_domeinen_te_vergelijken() -> None:
    for versie, domeinen in DOMEINEN.items():
        stappen = vergelijk(alles_op(2, versie), alles_op(4, versie)).stappen
        assert stappen == dict.fromkeys(domeinen, 2)


def test_gesplitste_domeinen_worden_niet_geraden() -> None:
    vergelijking = vergelijk(
        alles_op(2, ZrmVersie.V2013, dagbesteding=1, adl=1, verslaving=3),
        alles_op(3, ZrmVersie.V2017, middelengebruik=5),
    )
    assert vergelijking.stappen[ZrmDomein.MIDDELENGEBRUIK] == 2
    assert vergelijking.totaal == 8 * 1 + 2
    assert {ZrmDomein.WERK_EN_OPLEIDING, ZrmDomein.ADL}.isdisjoint(vergelijking.stappen)
    assert [(n.eerder, n.later) for n in vergelijking.niet_vergelijkbaar] == [
        (
            (ZrmDomein.DAGBESTEDING,),
            (ZrmDomein.WERK_EN_OPLEIDING, ZrmDomein.TIJDSBESTEDING),
        ),
        ((ZrmDomein.ADL,), (ZrmDomein.BASALE_ADL, ZrmDomein.INSTRUMENTELE_ADL)),
    ]
    assert all(n.reden for n in vergelijking.niet_vergelijkbaar)


def test_regels_staan_in_de_volgorde_van_de_matrix() -> None:
    a, b = alles_op(2, ZrmVersie.V2013), alles_op(2, ZrmVersie.V2017)
    domeinen = [regel.domein for regel in vergelijk(a, b).regels]
    assert domeinen == [d for d in DOMEINEN[ZrmVersie.V2017] if d in domeinen]
