"""Elk procesbestand is een tekening die een modeler opent en die zonder uitleg te lezen is."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest

from tests.intake.processen.tekening import BESTANDEN, KNOOPSOORTEN, NS, Tekening, lees_tekening


@pytest.fixture(params=sorted(BESTANDEN))
def tekening(request: pytest.FixtureRequest) -> Tekening:
    return lees_tekening(BESTANDEN[request.param])


def test_alles_is_een_keer_getekend(tekening: Tekening) -> None:
    assert not tekening.dubbel
    assert {*tekening.vlakken, *tekening.lijnen} == set(tekening.elementen)


def test_een_vorm_ligt_in_de_lane_van_wie_het_doet(tekening: Tekening) -> None:
    pool = tekening.vlakken[tekening.pool]
    assert all(pool.bevat(tekening.vlakken[lane]) for lane in tekening.lanes)
    assert not [
        code
        for code, vorm in tekening.vormen.items()
        if not tekening.vlakken[tekening.lane_van.get(code, tekening.pool)].bevat(vorm)
    ]


def test_niets_ligt_over_iets_anders(tekening: Tekening) -> None:
    dingen = [
        *tekening.vormen.items(),
        *((f"opschrift van {code}", vlak) for code, vlak in tekening.opschriften.items()),
    ]
    assert not [
        f"{code} over {ander}"
        for (code, vlak), (ander, ander_vlak) in combinations(dingen, 2)
        if vlak.overlapt(ander_vlak)
    ]


def test_een_pijl_loopt_van_vorm_naar_vorm_en_nergens_doorheen(tekening: Tekening) -> None:
    fout = []
    for code, lijn in tekening.lijnen.items():
        eigen = {lijn.van, lijn.naar}
        fout += [
            f"{code} hangt los van {einde}"
            for einde, punt in ((lijn.van, lijn.punten[0]), (lijn.naar, lijn.punten[-1]))
            if not tekening.vlakken[einde].op_de_rand(punt)
        ]
        hindernissen = {c: v for c, v in tekening.vormen.items() if c not in eigen}
        hindernissen |= {f"opschrift van {c}": v for c, v in tekening.opschriften.items()}
        fout += [f"{code} door {c}" for c, v in hindernissen.items() if lijn.gaat_door(v)]
    assert not fout


def test_de_tekening_leest_van_links_naar_rechts(tekening: Tekening) -> None:
    """Only what goes back in the process goes back in the drawing."""
    stromen = [s for c, s in tekening.lijnen.items() if tekening.soort(c) == "sequenceFlow"]
    verder = defaultdict(set)
    for stroom in stromen:
        verder[stroom.van].add(stroom.naar)

    def komt_bij(van: str, doel: str) -> bool:
        gezien, nog = {van}, [van]
        while nog:
            nieuw = verder[nog.pop()] - gezien
            gezien |= nieuw
            nog += nieuw
        return doel in gezien

    assert not [
        f"{stroom.van} -> {stroom.naar}"
        for stroom in stromen
        if tekening.vlakken[stroom.naar].x < tekening.vlakken[stroom.van].x
        and not komt_bij(stroom.naar, stroom.van)
    ]


def test_bij_een_stap_staat_de_termijn_waarmee_wordt_gerekend(tekening: Tekening) -> None:
    """What the drawing says is what the engine does."""
    noot_bij = {
        lijn.van: tekening.elementen[lijn.naar].findtext("bpmn:text", "", NS).split("\n")
        for code, lijn in tekening.lijnen.items()
        if tekening.soort(code) == "association"
    }
    fout = []
    for code, element in tekening.elementen.items():
        eigen = {
            p.get("name"): p.get("value")
            for p in element.iterfind(".//camunda:properties/camunda:property", NS)
        }
        regels = noot_bij.get(code, [])
        fout += [
            f"bij {code} staat niet: {naam} {eigen[naam]}"
            for naam in ("termijn", "niet-voor", "verlengbaar", "groepsgrootte", "evaluatie")
            if naam in eigen
            and not any(r == eigen[naam] or r.endswith(f" {eigen[naam]}") for r in regels)
        ]
    assert not fout


def test_een_keuze_is_een_vraag_en_elke_weg_eruit_een_antwoord(tekening: Tekening) -> None:
    uitgangen = defaultdict(list)
    for code, lijn in tekening.lijnen.items():
        if tekening.soort(code) == "sequenceFlow":
            uitgangen[lijn.van].append(code)
    splitsingen = [
        code
        for code, uit in uitgangen.items()
        if len(uit) > 1 and tekening.soort(code) == "exclusiveGateway"
    ]
    assert splitsingen
    for code in splitsingen:
        assert tekening.elementen[code].get("name", "").endswith("?"), code
        antwoorden = [tekening.elementen[uit].get("name") for uit in uitgangen[code]]
        assert None not in antwoorden, code
        assert len(set(antwoorden)) == len(antwoorden), code
    assert set(splitsingen) | set().union(*uitgangen.values()) >= {
        code
        for code, element in tekening.elementen.items()
        if tekening.soort(code) in {"exclusiveGateway", "sequenceFlow"} and element.get("name")
    }


def test_wat_een_naam_heeft_buiten_zijn_vorm_heeft_een_plaats_voor_die_naam(
    tekening: Tekening,
) -> None:
    buiten = (KNOOPSOORTEN - {"userTask"}) | {"sequenceFlow"}
    assert set(tekening.opschriften) == {
        code
        for code, element in tekening.elementen.items()
        if tekening.soort(code) in buiten and element.get("name")
    }
