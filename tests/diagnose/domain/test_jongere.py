"""Jongeren in beeld: leeftijden, wie meetelt, en een telling die klopt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.fouten import OngeldigBeeld, OngeldigeJongerenscan
from services.diagnose.domain.jongere import (
    LEEFTIJDEN,
    Activiteit,
    Beeld,
    BekendeJongere,
    Jongerenscan,
    Leefgebied,
    Partner,
    Signaal,
    Subgroep,
    rapporteer,
)
from services.diagnose.domain.zrm import DOMEINEN, ZrmVersie

VANDAAG = date(2026, 11, 20)

BEELD = Beeld(
    beeld_id=UUID(int=1),
    gezien_op=VANDAAG,
    door=Partner.RMC,
    subgroep=Subgroep.P_WET,
    activiteit=Activiteit.SCHOLING,
    begeleid_door=(Partner.WSD,),
    geboortedatum=date(2006, 2, 3),
)
SCAN = Jongerenscan(
    scan_id=UUID(int=1),
    afgerond_op=VANDAAG,
    door=Partner.SCHOOL,
    leefgebieden=tuple(Leefgebied(d, Signaal.GAAT_GOED) for d in DOMEINEN[ZrmVersie.V2017]),
    wens="Automonteur worden.",
    vervolg="Kennismaken met een garage.",
)

dagen = st.dates(date(1990, 1, 1), date(2040, 12, 31))
beelden = st.builds(
    replace,
    st.just(BEELD),
    subgroep=st.sampled_from(Subgroep),
    activiteit=st.sampled_from(Activiteit),
    begeleid_door=st.lists(st.sampled_from(Partner), unique=True).map(tuple),
    geboortedatum=st.none() | st.dates(date(1996, 1, 1), date(2012, 12, 31)),
)
bekenden = st.lists(
    st.builds(
        BekendeJongere,
        gemeentecode=st.sampled_from(["0757", "0845", "0865"]),
        beeld=st.none() | beelden,
    )
)


def test_wie_op_29_februari_is_geboren_verjaart_anders_op_1_maart() -> None:
    beeld = replace(BEELD, geboortedatum=date(2004, 2, 29))
    assert beeld.leeftijd(date(2025, 2, 28)) == 20
    assert beeld.leeftijd(date(2025, 3, 1)) == 21
    assert beeld.leeftijd(date(2028, 2, 29)) == 24


@given(geboren=dagen, op=dagen)
def test_een_jaar_later_is_men_een_jaar_ouder(geboren: date, op: date) -> None:
    beeld = replace(BEELD, geboortedatum=geboren)
    nu, morgen = beeld.leeftijd(op), beeld.leeftijd(op + timedelta(days=1))
    assert nu is not None
    assert morgen is not None
    assert 0 <= morgen - nu <= 1
    if (op.month, op.day) != (2, 29):
        assert beeld.leeftijd(op.replace(year=op.year + 1)) == nu + 1


@pytest.mark.parametrize(("jaren", "mag"), [(15, False), (16, True), (26, True), (27, False)])
def test_een_jongere_is_16_tot_en_met_26(jaren: int, mag: bool) -> None:
    jarig = replace(BEELD, geboortedatum=VANDAAG.replace(year=VANDAAG.year - jaren))
    assert jarig.is_jongere(VANDAAG) is mag
    if mag:
        jarig.controleer(VANDAAG)
    else:
        with pytest.raises(OngeldigBeeld) as fout:
            jarig.controleer(VANDAAG)
        assert [punt.code for punt in fout.value.punten] == ["buiten-doelgroep"]


def test_een_onbekende_geboortedatum_mag() -> None:
    replace(BEELD, geboortedatum=None).controleer(VANDAAG)


def test_alle_fouten_van_een_beeld_komen_tegelijk() -> None:
    beeld = replace(
        BEELD,
        gezien_op=VANDAAG + timedelta(days=1),
        begeleid_door=(Partner.RMC, Partner.RMC),
        geboortedatum=date(1990, 1, 1),
    )
    with pytest.raises(OngeldigBeeld) as fout:
        beeld.controleer(VANDAAG)
    assert [punt.code for punt in fout.value.punten] == [
        "in-de-toekomst",
        "dubbel",
        "buiten-doelgroep",
    ]


def test_een_quick_scan_noemt_elk_leefgebied_een_keer_en_is_niet_van_morgen() -> None:
    SCAN.controleer(VANDAAG)
    fout_op = replace(
        SCAN,
        afgerond_op=VANDAAG + timedelta(days=1),
        leefgebieden=(*SCAN.leefgebieden[1:], SCAN.leefgebieden[-1]),
    )
    with pytest.raises(OngeldigeJongerenscan) as fout:
        fout_op.controleer(VANDAAG)
    assert [punt.code for punt in fout.value.punten] == [
        "in-de-toekomst",
        "leefgebied-ontbreekt",
        "leefgebied-dubbel",
    ]


def test_in_een_quick_scan_is_iets_besproken() -> None:
    leeg = tuple(replace(gebied, signaal=Signaal.NIET_BESPROKEN) for gebied in SCAN.leefgebieden)
    with pytest.raises(OngeldigeJongerenscan):
        replace(SCAN, leefgebieden=leeg).controleer(VANDAAG)
    replace(SCAN, leefgebieden=(*leeg[1:], SCAN.leefgebieden[0])).controleer(VANDAAG)


@given(jongeren=bekenden, peildatum=st.dates(date(2026, 11, 20), date(2036, 1, 1)))
def test_elke_jongere_wordt_een_keer_geteld(
    jongeren: list[BekendeJongere], peildatum: date
) -> None:
    rapportage = rapporteer(jongeren, peildatum)
    tellend = [j for j in jongeren if j.beeld is None or j.beeld.is_jongere(peildatum)]
    assert sum(stand.bekend for stand in rapportage.standen) == len(tellend)
    for stand in rapportage.standen:
        assert stand.in_beeld == sum(stand.per_activiteit.values())
        assert stand.in_beeld + stand.niet_in_beeld == stand.bekend
        assert stand.zonder_begeleiding <= stand.in_beeld
    assert rapportage.totaal == sum(
        j.beeld is not None and Partner.WSD in j.beeld.begeleid_door for j in tellend
    )
    for regel in rapportage.tabel:
        assert list(regel.per_leeftijd) == list(LEEFTIJDEN)


@given(jongeren=bekenden, toeval=st.randoms(use_true_random=False))
def test_de_volgorde_van_tellen_maakt_niet_uit(
    jongeren: list[BekendeJongere], toeval: Random
) -> None:
    anders = toeval.sample(jongeren, len(jongeren))
    assert rapporteer(anders, VANDAAG) == rapporteer(jongeren, VANDAAG)


@given(jongeren=bekenden)
def test_de_cijfers_van_een_gemeente_zijn_die_van_haar_alleen(
    jongeren: list[BekendeJongere],
) -> None:
    alle = rapporteer(jongeren, VANDAAG)
    van_vught = rapporteer([j for j in jongeren if j.gemeentecode == "0865"], VANDAAG)
    assert van_vught.standen == tuple(s for s in alle.standen if s.gemeentecode == "0865")
    assert van_vught.tabel == tuple(r for r in alle.tabel if r.gemeentecode == "0865")
