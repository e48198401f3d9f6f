"""Wat kan en wat niet, in welke volgorde, en waarom: een kandidaat en een werkplek."""

from __future__ import annotations

import dataclasses
import inspect
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from services.plaatsing.domain import matching
from services.plaatsing.domain.eisen import Begeleidingsniveau, Belastingseis, Dag
from services.plaatsing.domain.matching import NABIJ, Aanbod, Criterium, Match, Zoekende, beoordeel
from services.plaatsing.domain.plaatsen import PLAATSEN, afstand, plaats
from services.plaatsing.domain.profiel import Profiel, Vervoer
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from tests.plaatsing.hulp import BOXTEL, VUGHT
from tests.plaatsing.profielen import (
    MAANDAG,
    OP,
    ZATERDAG,
    aanbod,
    profiel,
    profielen,
    werk_op,
    werkplek,
    werkplekken,
    zoekende,
)

EIS = Belastingseis


def match(van: Profiel | None = None, plek: Werkplek | None = None, **wie: Any) -> Match:
    return beoordeel(zoekende(van, **wie), aanbod(plek), OP)


def uitgesloten_om(gevonden: Match) -> list[Criterium]:
    return [reden.criterium for reden in gevonden.uitsluitingen]


def test_wat_past_is_niet_uitgesloten() -> None:
    assert match().uitsluitingen == ()


@pytest.mark.parametrize(
    ("criterium", "gevonden"),
    [
        (Criterium.UREN, match(plek=werkplek(uren_van=Decimal(24)))),
        (Criterium.UREN, match(plek=werkplek(uren_van=Decimal(4), uren_tot=Decimal(8)))),
        (Criterium.DAGEN, match(plek=werkplek(werktijden=werk_op(ZATERDAG)))),
        (
            Criterium.DAGEN,
            match(profiel(uren_van=Decimal(13)), werkplek(werktijden=werk_op(MAANDAG))),
        ),
        (Criterium.PERIODE, match(plek=werkplek(vanaf=date(2026, 5, 5)))),
        (Criterium.PERIODE, match(plek=werkplek(tot_en_met=date(2026, 5, 3)))),
        (Criterium.PERIODE, match(profiel(beschikbaar_vanaf=date(2026, 5, 5)))),
        (Criterium.CAPACITEIT, match(plek=werkplek(bezetting=1))),
        (Criterium.AFSTAND, match(plek=werkplek(locatie="Eindhoven"))),
        (
            Criterium.BELASTING,
            match(
                profiel(niet_mogelijk=frozenset({EIS.ZWAAR_TILLEN})),
                werkplek(eisen=frozenset({EIS.ZWAAR_TILLEN, EIS.REIKEN})),
            ),
        ),
        (
            Criterium.BEGELEIDING,
            match(plek=werkplek(begeleiding_geboden=Begeleidingsniveau.REGELMATIG)),
        ),
        (Criterium.DELEN, match(plek=werkplek(gedeeld=False))),
        (Criterium.UITSTROOM, match(uitgestroomd_op=OP)),
    ],
)
def test_wat_zeker_niet_kan_is_uitgesloten(criterium: Criterium, gevonden: Match) -> None:
    assert uitgesloten_om(gevonden) == [criterium]


def test_wat_net_kan_is_niet_uitgesloten() -> None:
    gevonden = match(
        profiel(uren_van=Decimal(12), reist_hoogstens_km=afstand("Boxtel", "Eindhoven")),
        werkplek(
            werktijden=werk_op(MAANDAG, ZATERDAG),
            vanaf=OP,
            tot_en_met=OP,
            locatie="Eindhoven",
            gedeeld=True,
        ),
        uitgestroomd_op=date(2026, 5, 5),
    )
    assert gevonden.uitsluitingen == ()


def test_begeleiding_die_wie_plaatst_meebrengt_telt_mee() -> None:
    zonder = werkplek(begeleiding_geboden=Begeleidingsniveau.GEEN)
    assert uitgesloten_om(match(plek=zonder)) == [Criterium.BEGELEIDING]
    met = werkplek(
        begeleiding_geboden=Begeleidingsniveau.GEEN,
        begeleiding_vereist=Begeleidingsniveau.DAGELIJKS,
    )
    assert match(plek=met).uitsluitingen == ()


def test_een_werkplek_die_een_gemeente_houdt_is_voor_haar_eigen_kandidaten() -> None:
    eigen = Aanbod(werkplek(gedeeld=False), BOXTEL, Werkgeversoort.REGULIER)
    assert beoordeel(zoekende(), eigen, OP).uitsluitingen == ()
    van_vught = beoordeel(zoekende(gemeentecode=VUGHT), eigen, OP)
    assert uitgesloten_om(van_vught) == [Criterium.DELEN]


@pytest.mark.parametrize(
    ("van", "locatie"), [("Boxtel", "Lutjebroek"), (None, "Boxtel"), (None, "Lutjebroek")]
)
def test_een_onbekende_afstand_sluit_nooit_uit_maar_staat_bij_de_redenen(
    van: str | None, locatie: str
) -> None:
    wie = profiel(reist_vanuit=van, reist_hoogstens_km=1 if van else None)
    gevonden = match(wie, werkplek(locatie=locatie))
    assert (gevonden.uitsluitingen, gevonden.afstand_km) == ((), None)
    [reden] = [r for r in gevonden.redenen if r.criterium is Criterium.AFSTAND]
    assert not reden.voor
    assert "ga na of de kandidaat er komt" in reden.tekst


def test_de_redenen_staan_er_in_woorden_die_een_consulent_gebruikt() -> None:
    gevonden = match(
        profiel(
            groeit_naar_uren=Decimal(28),
            vervoer=Vervoer.OPENBAAR_VERVOER,
            wensen=frozenset({Werksoort.LOGISTIEK}),
            ervaring=frozenset({Werksoort.LOGISTIEK}),
            vaardigheden=frozenset({EIS.SAMENWERKEN, EIS.NEDERLANDS_LEZEN}),
            leerdoelen=frozenset({EIS.TEMPO_VOLHOUDEN}),
        ),
        werkplek(
            locatie="Best",
            eisen=frozenset(
                {
                    EIS.SAMENWERKEN,
                    EIS.NEDERLANDS_LEZEN,
                    EIS.TEMPO_VOLHOUDEN,
                    EIS.VROEGE_OF_LATE_DIENSTEN,
                }
            ),
            werktijden=werk_op(MAANDAG, Dag.DINSDAG, ZATERDAG),
            begeleiding_geboden=Begeleidingsniveau.PERMANENT,
        ),
    )
    assert [(r.voor, r.punten, r.tekst) for r in gevonden.redenen] == [
        (True, 30, "Dit wil de kandidaat graag: logistiek."),
        (True, 20, "Het werk is bij een reguliere werkgever."),
        (True, 15, "De kandidaat heeft ervaring met logistiek."),
        (
            True,
            10,
            "Het werk vraagt Nederlands lezen en samenwerken; daar is de kandidaat goed in.",
        ),
        (True, 10, "Hier kan de kandidaat tempo volhouden leren, met elke dag iemand erbij."),
        (True, 10, "Er is ruimte om te groeien naar 28 uur per week."),
        (True, 0, "De uren passen: 12 tot 20 per week."),
        (False, -5, "Op zaterdag kan de kandidaat niet; bespreek dat met de werkgever."),
        (
            False,
            -3,
            "Er is permanente begeleiding, meer dan de kandidaat nodig heeft; een ander kan die "
            "goed gebruiken.",
        ),
        (True, 10, "Dichtbij: ongeveer 10 km van Boxtel, hemelsbreed."),
        (
            False,
            -10,
            "Er zijn vroege of late diensten, en de kandidaat reist met het openbaar vervoer.",
        ),
    ]
    assert gevonden.score == 87


def test_werk_in_de_eigen_plaats_heet_niet_nul_kilometer_ver() -> None:
    gevonden = match(plek=werkplek(locatie=" boxtel "))
    teksten = {reden.tekst: reden.punten for reden in gevonden.redenen}
    assert teksten["Dichtbij: in Boxtel zelf."] == NABIJ


def test_waarom_iets_niet_kan_staat_er_in_gewone_woorden() -> None:
    gevonden = match(
        profiel(niet_mogelijk=frozenset({EIS.ZWAAR_TILLEN, EIS.TRAPLOPEN})),
        werkplek(
            locatie="Eindhoven",
            eisen=frozenset({EIS.ZWAAR_TILLEN, EIS.TRAPLOPEN}),
            begeleiding_geboden=Begeleidingsniveau.OP_AFSTAND,
            uren_van=Decimal(24),
        ),
    )
    assert [reden.tekst for reden in gevonden.uitsluitingen] == [
        "Het werk is voor 24 tot 36 uur per week; de kandidaat kan 12 tot 20 uur.",
        "Eindhoven ligt ongeveer 20 km van Boxtel; de kandidaat reist hoogstens 10 km.",
        "Het werk vraagt zwaar tillen en traplopen; dat kan de kandidaat niet.",
        "Er is begeleiding op afstand; de kandidaat heeft dagelijkse begeleiding nodig.",
    ]


def test_wie_nog_leert_past_minder_waar_niet_elke_dag_iemand_is() -> None:
    leert = profiel(
        leerdoelen=frozenset({EIS.DRUKTE}), begeleiding_nodig=Begeleidingsniveau.OP_AFSTAND
    )
    met, zonder = (
        match(leert, werkplek(eisen=frozenset({EIS.DRUKTE}), begeleiding_geboden=niveau))
        for niveau in (Begeleidingsniveau.DAGELIJKS, Begeleidingsniveau.REGELMATIG)
    )
    assert met.uitsluitingen == zonder.uitsluitingen == ()
    assert met.score > zonder.score


VERBODEN = (
    "leeftijd",
    "geboorte",
    "geslacht",
    "afkomst",
    "herkomst",
    "nationaliteit",
    "geloof",
    "doelgroep",
    "loonwaarde",
    "diagnose",
    "naam",
    "bsn",
)


def test_verboden_gronden_zijn_geen_gegeven_van_de_matching() -> None:
    """What is no input cannot weigh."""
    velden = {
        veld.name
        for soort in (Profiel, Zoekende, Werkplek, Aanbod)
        for veld in dataclasses.fields(soort)
    }
    assert not [veld for veld in velden if any(grond in veld for grond in VERBODEN)]
    assert set(inspect.signature(beoordeel).parameters) == {"zoekende", "aanbod", "op"}


@given(profielen(), werkplekken())
def test_de_score_is_de_som_van_wat_bij_de_redenen_staat(van: Profiel, plek: Werkplek) -> None:
    gevonden = beoordeel(zoekende(van), aanbod(plek), OP)
    assert gevonden.score == sum(reden.punten for reden in gevonden.redenen)
    assert all(reden.voor for reden in gevonden.redenen if reden.punten > matching.NABIJ // 2)
    assert not [reden for reden in gevonden.redenen if reden.voor and reden.punten < 0]
    assert all(reden.tekst.endswith(".") for reden in gevonden.redenen + gevonden.uitsluitingen)


@given(profielen(), werkplekken())
def test_wie_het_is_verandert_niets(van: Profiel, plek: Werkplek) -> None:
    """The kandidaat and their gemeente: only whether the werkplek is for them."""
    gedeeld = dataclasses.replace(plek, gedeeld=True)
    een, ander = (
        beoordeel(zoekende(van, gemeentecode=gemeente), aanbod(gedeeld), OP)
        for gemeente in (BOXTEL, VUGHT)
    )
    assert (een.uitsluitingen, een.redenen) == (ander.uitsluitingen, ander.redenen)


@given(profielen(), werkplekken())
def test_wie_meer_kan_valt_niet_eerder_af(van: Profiel, plek: Werkplek) -> None:
    ruimer = dataclasses.replace(
        van, niet_mogelijk=frozenset(), dagen=frozenset(Dag), reist_hoogstens_km=None
    )
    eerst, dan = (match(wie, dataclasses.replace(plek, gedeeld=True)) for wie in (van, ruimer))
    assert set(uitgesloten_om(dan)) <= set(uitgesloten_om(eerst))


def test_afstanden_zijn_symmetrisch_en_hemelsbreed() -> None:
    assert afstand("Boxtel", "Boxtel") == 0
    assert afstand("Boxtel", "'s-Hertogenbosch") == 11
    assert all(afstand(een, ander) == afstand(ander, een) for een in PLAATSEN for ander in PLAATSEN)
    assert max(afstand("Boxtel", ander) or 0 for ander in PLAATSEN) < 50


@pytest.mark.parametrize("naam", ["Boxtel", " boxtel ", "BOXTEL"])
def test_een_plaats_is_dezelfde_hoe_zij_ook_is_geschreven(naam: str) -> None:
    assert plaats(naam) == "Boxtel"
    assert plaats("Lutjebroek") is None
