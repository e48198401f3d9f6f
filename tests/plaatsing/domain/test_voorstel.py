"""Een voorstel aan een werkgever, die niet weet wie het is tot de kandidaat instemt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.eisen import Belastingseis
from services.plaatsing.domain.fouten import DatumPastNiet, MatchUitgesloten, VoorstelAlBeantwoord
from services.plaatsing.domain.matching import beoordeel
from services.plaatsing.domain.profiel import Profiel
from services.plaatsing.domain.voorstel import (
    Voorstel,
    Voorstelantwoord,
    eis_voor_te_stellen,
    werkgeverstekst,
)
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.domain.woorden import in_woorden
from tests.plaatsing.profielen import (
    DINSDAG,
    MAANDAG,
    OP,
    aanbod,
    profiel,
    profielen,
    werk_op,
    werkplek,
    werkplekken,
    zoekende,
)

EIS = Belastingseis
LATER = date(2026, 5, 11)


def voorstel() -> Voorstel:
    return Voorstel(uuid4(), uuid4(), "0757", uuid4(), "wsd", OP, OP)


def test_de_werkgever_mag_pas_weten_wie_het_is_als_de_kandidaat_instemt() -> None:
    gedaan = voorstel()
    na_werkgever = gedaan.hoor_werkgever(True, LATER)
    assert not gedaan.werkgever_mag_weten_wie
    assert not na_werkgever.werkgever_mag_weten_wie
    assert gedaan.hoor_kandidaat(True, LATER).werkgever_mag_weten_wie
    assert na_werkgever.hoor_kandidaat(True, LATER).werkgever_mag_weten_wie


@given(st.lists(st.tuples(st.sampled_from(["kandidaat", "werkgever", "weg"]), st.booleans())))
def test_in_elke_volgorde_weet_de_werkgever_het_alleen_zolang_de_kandidaat_instemt(
    stappen: list[tuple[str, bool]],
) -> None:
    huidig, laatste = voorstel(), None
    for wie, akkoord in stappen:
        if huidig.antwoord is not None:
            break
        if wie == "kandidaat":
            huidig, laatste = huidig.hoor_kandidaat(akkoord, LATER), akkoord
        elif wie == "werkgever":
            huidig = huidig.hoor_werkgever(akkoord, LATER)
        else:
            huidig = huidig.trek_in(LATER)
    if huidig.werkgever_mag_weten_wie:
        assert laatste is True
    if huidig.antwoord is Voorstelantwoord.AANGENOMEN:
        assert huidig.kandidaat_akkoord_op
        assert huidig.werkgever_akkoord_op
    assert (huidig.antwoord is None) == (huidig.beantwoord_op is None)


def test_pas_als_beide_ja_zeggen_is_het_aangenomen_op_de_dag_van_de_laatste() -> None:
    een = voorstel().hoor_kandidaat(True, LATER)
    assert een.antwoord is None
    beide = een.hoor_werkgever(True, date(2026, 5, 6))
    assert (beide.antwoord, beide.beantwoord_op) == (Voorstelantwoord.AANGENOMEN, LATER)


def test_een_ja_van_de_kandidaat_kan_nog_een_nee_worden_zolang_het_loopt() -> None:
    anders = voorstel().hoor_kandidaat(True, OP).hoor_kandidaat(False, LATER)
    assert anders.antwoord is Voorstelantwoord.AFGEWEZEN_DOOR_KANDIDAAT
    assert not anders.werkgever_mag_weten_wie


def test_na_een_afwijzing_mag_de_werkgever_niet_meer_horen_wie_het_is() -> None:
    afgewezen = voorstel().hoor_kandidaat(True, OP).hoor_werkgever(False, LATER)
    assert afgewezen.antwoord is Voorstelantwoord.AFGEWEZEN_DOOR_WERKGEVER
    assert not afgewezen.werkgever_mag_weten_wie


def test_wat_is_afgelopen_wordt_niet_nog_eens_beantwoord() -> None:
    ingetrokken = voorstel().trek_in(OP)
    with pytest.raises(VoorstelAlBeantwoord):
        ingetrokken.trek_in(LATER)
    for hoor in (ingetrokken.hoor_kandidaat, ingetrokken.hoor_werkgever):
        with pytest.raises(VoorstelAlBeantwoord):
            hoor(True, LATER)


def test_een_antwoord_ligt_niet_voor_het_voorstel() -> None:
    with pytest.raises(DatumPastNiet):
        voorstel().hoor_kandidaat(True, date(2026, 5, 3))


def test_wat_niet_past_wordt_niet_voorgesteld_en_de_weigering_zegt_niet_wat_iemand_niet_kan() -> (
    None
):
    kan_niet = beoordeel(
        zoekende(profiel(niet_mogelijk=frozenset({EIS.ZWAAR_TILLEN}))),
        aanbod(werkplek(eisen=frozenset({EIS.ZWAAR_TILLEN}))),
        OP,
    )
    with pytest.raises(MatchUitgesloten) as geweigerd:
        eis_voor_te_stellen(kan_niet)
    assert "belasting" in geweigerd.value.uitleg
    assert "tillen" not in geweigerd.value.uitleg


def test_de_werkgever_leest_wat_het_werk_vraagt() -> None:
    gevonden = beoordeel(
        zoekende(
            profiel(
                groeit_naar_uren=Decimal(28),
                wensen=frozenset({Werksoort.LOGISTIEK}),
                ervaring=frozenset({Werksoort.LOGISTIEK, Werksoort.PRODUCTIE}),
                vaardigheden=frozenset({EIS.SAMENWERKEN, EIS.REKENEN}),
                leerdoelen=frozenset({EIS.TEMPO_VOLHOUDEN, EIS.DRUKTE}),
                niet_mogelijk=frozenset({EIS.ZWAAR_TILLEN}),
            )
        ),
        aanbod(
            werkplek(
                eisen=frozenset({EIS.SAMENWERKEN, EIS.TEMPO_VOLHOUDEN}),
                werktijden=werk_op(MAANDAG, DINSDAG),
            )
        ),
        OP,
    )
    assert werkgeverstekst(gevonden, OP) == (
        "Wij hebben een kandidaat voor uw werkplek Orderpicker in Boxtel.",
        "De kandidaat kan op 2026-05-04 beginnen, voor 12 tot 20 uur per week, op maandag en "
        "dinsdag.",
        "De kandidaat kan wat dit werk vraagt, en leert nog tempo volhouden.",
        "De kandidaat is goed in samenwerken.",
        "De kandidaat heeft ervaring met logistiek.",
        "De kandidaat doet dit werk graag.",
        "De kandidaat kan groeien naar 28 uur per week.",
        "Nodig is dagelijkse begeleiding.",
        "U hoort wie het is zodra de kandidaat met dit voorstel heeft ingestemd.",
    )


@given(profielen(), werkplekken())
def test_de_werkgever_leest_niets_dat_het_werk_niet_vraagt(van: Profiel, plek: Werkplek) -> None:
    wie = zoekende(van)
    tekst = " ".join(werkgeverstekst(beoordeel(wie, aanbod(plek), OP), OP))
    assert str(wie.kandidaat_id) not in tekst
    verzwegen = van.niet_mogelijk | ((van.vaardigheden | van.leerdoelen) - plek.eisen)
    assert not [eis for eis in verzwegen if in_woorden(eis) in tekst]
    if van.reist_vanuit and van.reist_vanuit.lower() != plek.locatie.strip().lower():
        assert van.reist_vanuit not in tekst
