"""Jan bij vijf poorten: zijn verhaal in bron 004, dag voor dag, met elke termijn nagerekend.

Every date here was worked out by hand from the source and the calendar; the stories that are played
(deploy/jan) say only what is done when, never by when it had to be.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import pytest_asyncio

from chassis.clock import MovableClock
from deploy.jan.spel import Gespeeld, speel
from deploy.jan.verhalen import (
    ALPHEN,
    IJMOND,
    SUDWEST_FRYSLAN,
    TILBURG,
    WEENER_XL,
    Aanvraag,
    Evaluatie,
    Moment,
    Verhaal,
    Zet,
)
from deploy.klantreis.persoon import verzin_bsn
from deploy.klantreis.verbinding import KlantreisFout
from tests.keten.conftest import nieuwe_keten
from tests.keten.proefketen import Proefketen

pytestmark = pytest.mark.asyncio(loop_scope="module")

Poort = tuple[Proefketen, MovableClock]
TOEVAL = Random(2004)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def poort(
    postgres_beheer_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Poort]:
    """A chain of its own, with a clock that the stories move."""
    klok = MovableClock(datetime(2026, 1, 1, 9, tzinfo=UTC))
    async with nieuwe_keten(postgres_beheer_url, tmp_path_factory.mktemp("jan"), klok) as keten:
        yield keten, klok


async def gespeeld(poort: Poort, verhaal: Verhaal) -> Gespeeld:
    keten, klok = poort
    return await speel(keten.draaiend, klok, replace(verhaal, bsn=verzin_bsn(TOEVAL)))


def gelopen(verhaal: Gespeeld) -> list[tuple[str, str, str, str]]:
    """Day, what was done, by which role, and by when at the latest."""
    return [
        (r.op.isoformat(), r.wat, r.rol, r.uiterlijk.isoformat() if r.uiterlijk else "")
        for r in verhaal.regels
    ]


def gezegd(verhaal: Gespeeld) -> list[str]:
    """The names of all events that the gemeente got."""
    return [g.naam for regel in verhaal.regels for g in regel.gebeurtenissen]


def variant(verhaal: Verhaal, *momenten: Moment, **velden: object) -> Verhaal:
    return replace(verhaal, momenten=momenten, **velden)  # type: ignore[arg-type]


# -- vijf keer Jan ----------------------------------------------------------------------------


async def test_alphen_eerst_bed_bad_en_brood_dan_een_plan_en_een_participatieplaats(
    poort: Poort,
) -> None:
    """Bron 004 §4.1: on a Thursday; the second talk on Wednesday, within five working days."""
    jan = await gespeeld(poort, ALPHEN)
    assert gelopen(jan) == [
        ("2026-11-19", "aanmelding", "klantmanager", ""),
        ("2026-11-19", "aanvraag", "klantmanager", ""),
        ("2026-11-19", "klantfoto", "1e-lijns-medewerker", ""),
        # Thursday 19 November and five working days is Thursday 26 November.
        ("2026-11-25", "integrale-intake", "integraal-intaker", "2026-11-26"),
        ("2026-12-07", "inkomen", "specialist", ""),
        # Eight weeks after the application.
        ("2026-12-07", "toekenning", "klantmanager", "2027-01-14"),
        ("2026-12-14", "onderdak", "integraal-intaker", ""),
        ("2026-12-17", "opties", "integraal-intaker", ""),
        ("2027-01-04", "re-integratieplan", "re-integratieconsulent", ""),
        ("2027-01-04", "instrument", "re-integratieconsulent", ""),
        ("2027-02-01", "diagnostisch-onderzoek", "re-integratieconsulent", ""),
        ("2027-02-01", "instrument", "re-integratieconsulent", ""),
        # A re-integratieplan lasts two years at most.
        ("2027-02-08", "re-integratietraject", "re-integratieconsulent", "2029-01-04"),
        ("2029-02-08", "participatieplaats-afronden", "re-integratieconsulent", "2029-02-08"),
    ]
    assert jan.einde == ("participatieplaats", "Participatieplaats")
    assert not [t for t in jan.termijnen if t.te_laat]


async def test_weener_xl_van_de_beslisboom_naar_nieuw_beschut_werk_in_het_groen(
    poort: Poort,
) -> None:
    """Bron 004 §4.2: one must be at the meeting; the quick scan says about 40%; six months at most
    at Aan de slag; a diagnosis of at most six weeks."""
    jan = await gespeeld(poort, WEENER_XL)
    assert gelopen(jan) == [
        ("2026-11-23", "aanmelding", "klantmanager", ""),
        ("2026-11-23", "aanvraag", "klantmanager", ""),
        ("2026-11-23", "tienminutengesprek", "inkomensconsulent", "2026-11-23"),
        ("2026-11-25", "voorlichting", "inkomensconsulent", ""),
        ("2026-11-27", "quick-scan", "werkconsulent", ""),
        ("2026-12-01", "startgesprek", "werkconsulent", ""),
        ("2026-12-14", "toekenning", "klantmanager", "2027-01-18"),
        ("2027-03-15", "aan-de-slag", "begeleider-aan-de-slag", "2027-06-01"),
        (
            "2027-04-19",
            "specialistische-diagnose",
            "personeelsbegeleiding-en-diagnose",
            "2027-04-26",
        ),
        ("2027-05-03", "beschut-werk-plaatsen", "werkconsulent", ""),
    ]
    assert jan.einde == ("nieuw-beschut-werk", "Nieuw beschut werk in het groen")
    assert "quick-scan-afgerond" in gezegd(jan)


async def test_sudwest_fryslan_drie_lijnen_tegelijk_en_een_stage_bij_het_sw_bedrijf(
    poort: Poort,
) -> None:
    """Bron 004 §4.3: benefit, housing and work side by side; four weeks at Pastiel; no policy yet
    for beschut werk, so a stage with behoud van uitkering."""
    jan = await gespeeld(poort, SUDWEST_FRYSLAN)
    assert gelopen(jan) == [
        ("2026-11-23", "aanmelding", "klantmanager", ""),
        ("2026-11-23", "aanvraag", "klantmanager", ""),
        ("2026-11-24", "gebiedsteam-uitnodiging", "centraal-aanvraagpunt", ""),
        ("2026-12-01", "intakegesprek", "consulent-gebiedsteam", ""),
        ("2026-12-07", "uitkering", "consulent-gebiedsteam", ""),
        ("2026-12-07", "toekenning", "klantmanager", "2027-01-18"),
        ("2026-12-10", "loonwaarde-inschatten", "consulent-gebiedsteam", ""),
        ("2027-01-11", "huisvesting", "consulent-gebiedsteam", ""),
        ("2027-01-18", "bijzondere-bijstand", "consulent-gebiedsteam", ""),
        ("2027-01-22", "route", "consulent-gebiedsteam", ""),
        # Four weeks.
        ("2027-02-19", "vervolgdiagnose", "consulent-pastiel", "2027-02-19"),
        ("2027-02-22", "stage-afspreken", "consulent-gebiedsteam", ""),
    ]
    assert jan.einde == (
        "stage-sw-bedrijf",
        "Stage bij het SW-bedrijf met behoud van uitkering",
    )


async def test_tilburg_strikt_aan_de_poort_en_drie_opties_open(poort: Poort) -> None:
    """Bron 004 §4.4: an appointment within three days, back within four weeks, the talk about his
    right within two weeks of that; five weeks after the first. The advance after four weeks."""
    jan = await gespeeld(poort, TILBURG)
    assert gelopen(jan) == [
        ("2026-11-23", "aanmelding", "klantmanager", ""),
        ("2026-11-25", "meldingsgesprek", "consulent-poort", "2026-11-26"),
        ("2026-11-25", "aanvraag", "klantmanager", ""),
        ("2026-12-16", "inspanningspakket", "consulent-poort", "2026-12-23"),
        ("2026-12-23", "voorschot", "klantmanager", "2026-12-23"),
        ("2026-12-30", "rechtmatigheidsgesprek", "consulent-inkomen", "2026-12-30"),
        ("2026-12-30", "screening", "consulent-diagnose", "2026-12-30"),
        ("2027-01-06", "intakegesprek", "consulent-diagnose", ""),
        ("2027-01-11", "uitkering-toekennen", "consulent-inkomen", ""),
        ("2027-01-11", "toekenning", "klantmanager", "2027-01-20"),
        ("2027-02-08", "verdiepende-diagnose", "consulent-diagnose", ""),
        ("2027-02-10", "doelgroepregister", "consulent-diagnose", ""),
        ("2027-02-15", "optie-kiezen", "consulent-diagnose", ""),
    ]
    assert jan.einde == ("drie-opties-open", "Drie opties nog open")
    eerste, rechtmatigheid = date(2026, 11, 25), date(2026, 12, 30)
    assert rechtmatigheid - eerste == timedelta(weeks=5)


async def test_ijmond_in_de_groep_overvraagd_en_twee_jaar_op_een_leerwerkplek(
    poort: Poort,
) -> None:
    """Bron 004 §4.5: the group within a week, the trainer five working days later, training of
    eight weeks, two weeks at the ADTC (three months at most), two years with an evaluation every
    three months."""
    jan = await gespeeld(poort, IJMOND)
    assert gelopen(jan) == [
        ("2026-11-23", "aanmelding", "klantmanager", ""),
        ("2026-11-23", "aanvraag", "klantmanager", ""),
        ("2026-11-23", "screening", "consulent", "2026-11-23"),
        ("2026-11-30", "groepsintake", "werkcoach-intake", "2026-11-30"),
        ("2026-11-30", "formulier", "werkcoach-intake", "2026-11-30"),
        ("2026-12-07", "kennismakingsgesprek", "trainer", "2026-12-07"),
        ("2026-12-14", "plan-van-aanpak", "trainer", ""),
        ("2026-12-21", "toekenning", "klantmanager", "2027-01-18"),
        ("2027-01-08", "sterk-naar-werk", "trainer", "2027-02-08"),
        ("2027-01-22", "adtc", "diagnosticus-adtc", "2027-04-08"),
        ("2027-01-25", "doelgroepregister", "werkcoach", ""),
        ("2027-04-23", "evaluatie", "werkcoach", "2027-04-25"),
        ("2027-07-23", "evaluatie", "werkcoach", "2027-07-23"),
        ("2027-10-22", "evaluatie", "werkcoach", "2027-10-23"),
        ("2028-01-21", "evaluatie", "werkcoach", "2028-01-22"),
        ("2028-04-21", "evaluatie", "werkcoach", "2028-04-21"),
        ("2028-07-21", "evaluatie", "werkcoach", "2028-07-21"),
        ("2028-10-20", "evaluatie", "werkcoach", "2028-10-21"),
        ("2029-01-19", "leerwerkplek-afronden", "werkcoach", "2029-01-25"),
    ]
    assert jan.einde == ("leerwerkplek", "Leerwerkplek bij het leerwerkbedrijf")
    assert "termijn-verstreken" not in gezegd(jan)


# -- en anders --------------------------------------------------------------------------------


async def test_alphen_bij_acute_crisis_komt_de_vliegende_keep_meteen(poort: Poort) -> None:
    dag = date(2026, 11, 19)
    jan = await gespeeld(
        poort,
        variant(
            ALPHEN,
            Zet(dag, "klantfoto", "", {"crisis": True, "hulpvraag": "meervoudig"}),
            Zet(dag, "vliegende-keep", "", {"bed_bad_brood": False}),
        ),
    )
    assert gelopen(jan)[-1] == ("2026-11-19", "vliegende-keep", "vliegende-keep", "2026-11-19")
    assert {"inkomen", "onderdak"} <= set(jan.open_stappen)


async def test_tilburg_wie_jonger_is_dan_27_zoekt_eerst_vier_weken(poort: Poort) -> None:
    """Art. 41 lid 4 Participatiewet: not before four weeks after the melding of 23 November."""
    melding = Zet(
        date(2026, 11, 25),
        "meldingsgesprek",
        "",
        {"crisis": False, "uitzondering_zoektermijn": False},
    )
    jongere = variant(TILBURG, melding, leeftijd=22, doelgroep="jongere-16-27")
    with pytest.raises(KlantreisFout, match="2026-12-21"):
        await gespeeld(poort, replace(jongere, momenten=(melding, Aanvraag(melding.op, ""))))
    te_vroeg = Zet(date(2026, 12, 20), "zoektermijn", "", {"terugmelding": "doorzetten"})
    with pytest.raises(KlantreisFout, match="2026-12-21"):
        await gespeeld(poort, replace(jongere, momenten=(melding, te_vroeg)))
    na_vier_weken = replace(te_vroeg, op=date(2026, 12, 21))
    jan = await gespeeld(
        poort,
        replace(
            jongere,
            momenten=(
                melding,
                na_vier_weken,
                Aanvraag(date(2026, 12, 21), ""),
                Zet(date(2026, 12, 21), "aanvraag-indienen", ""),
            ),
        ),
    )
    assert jan.open_stappen == ["rechtmatigheidsgesprek"]


async def test_ijmond_wie_niet_verschijnt_wordt_nog_een_keer_uitgenodigd(poort: Poort) -> None:
    begin = (
        Zet(date(2026, 11, 23), "screening", ""),
        Zet(date(2026, 11, 30), "groepsintake", "", {"verschenen": False}),
    )
    weg = Zet(date(2026, 12, 7), "tweede-groepsintake", "", {"verschenen": False})
    jan = await gespeeld(poort, variant(IJMOND, *begin, weg))
    assert gelopen(jan)[-1] == (
        "2026-12-07",
        "tweede-groepsintake",
        "werkcoach-intake",
        "2026-12-07",
    )
    assert jan.einde == ("niet-verschenen", "Niet verschenen: terug naar de gemeente")
    terug = replace(weg, feiten={"verschenen": True})
    assert (await gespeeld(poort, variant(IJMOND, *begin, terug))).open_stappen == ["formulier"]


@pytest.mark.parametrize(
    ("loonwaarde", "waar"),
    [(39, "geen-p-wet-traject"), (40, "route"), (79, "route"), (80, "eigen-kracht")],
)
async def test_sudwest_fryslan_onder_40_procent_geen_p_wet_traject(
    poort: Poort, loonwaarde: int, waar: str
) -> None:
    dag = date(2026, 12, 7)
    jan = await gespeeld(
        poort,
        variant(
            SUDWEST_FRYSLAN,
            Zet(dag, "gebiedsteam-uitnodiging", ""),
            Zet(dag, "intakegesprek", "", {"woonruimte_nodig": False}),
            Zet(dag, "uitkering", ""),
            Zet(dag, "loonwaarde-inschatten", "", {"loonwaarde": loonwaarde}),
        ),
    )
    assert (jan.einde[0] if jan.einde else jan.open_stappen[0]) == waar


@pytest.mark.parametrize(
    ("loonwaarde", "waar"), [(29, "werk-en-participatie-indelen"), (30, "aan-de-slag")]
)
async def test_weener_xl_onder_30_procent_naar_werk_en_participatie(
    poort: Poort, loonwaarde: int, waar: str
) -> None:
    dag = date(2026, 11, 23)
    jan = await gespeeld(
        poort,
        variant(
            WEENER_XL,
            Zet(dag, "tienminutengesprek", "", {"voldoet": True, "dringende_redenen": False}),
            Zet(dag, "voorlichting", "", {"verschenen": True}),
            Zet(dag, "quick-scan", "", {"loonwaarde": loonwaarde}),
            Zet(dag, "startgesprek", "", {"vrijstelling": False, "directe_match": "geen-match"}),
        ),
    )
    assert jan.open_stappen == [waar]


async def test_een_gemiste_evaluatie_wordt_gezegd(poort: Poort) -> None:
    zonder = [m for m in IJMOND.momenten if not isinstance(m, Evaluatie)]
    jan = await gespeeld(
        poort, variant(IJMOND, *zonder[:-1], replace(zonder[-1], op=date(2027, 5, 3)))
    )
    assert gezegd(jan).count("termijn-verstreken") == 1
    assert [t.kenmerk for t in jan.termijnen if t.te_laat] == ["leerwerkplek-afronden/evaluatie"]
