"""Klant in beeld: van wie is het profiel actueel, per gemeente geteld."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.database import Database
from contracts.intake import KandidaatUitgestroomd, Uitstroombestemming
from services.diagnose.domain.arbeidsvermogen import Arbeidsvermogen, Arbeidsvermogencode
from services.diagnose.domain.ladder import Ladderbron, Ladderpositie
from services.diagnose.domain.profiel import Actualiteit, Profiel, Profieldeel, tel_per_gemeente
from tests.diagnose.gebruikers import BOXTEL, Diagnose, Dossiernummers
from tests.diagnose.verhalen import Keten, lks, neem_af

DAG = date(2026, 11, 20)
# Gemeenten that no other test here uses: the database is shared.
BEST, NUENEN = "0753", "0820"
DERDE_TREDE = Ladderpositie(3, DAG, Ladderbron.PROFESSIONAL)
ONDER_WML = Arbeidsvermogen(Arbeidsvermogencode.ONDER_WML, DAG)


def profiel(
    zrm_op: date | None = DAG,
    trede: Ladderpositie | None = DERDE_TREDE,
    vermogen: Arbeidsvermogen | None = ONDER_WML,
    loonwaarde_op: date | None = None,
    *,
    hermeting_verstreken: bool = False,
    gemeentecode: str = BOXTEL,
) -> Profiel:
    return Profiel(
        UUID(int=1),
        UUID(int=2),
        gemeentecode,
        zrm_op,
        trede,
        vermogen,
        loonwaarde_op,
        hermeting_verstreken,
    )


@pytest.mark.parametrize(
    ("dagen", "zrm", "ladder"),
    [
        (0, Actualiteit.ACTUEEL, Actualiteit.ACTUEEL),
        (92, Actualiteit.ACTUEEL, Actualiteit.ACTUEEL),
        (93, Actualiteit.VEROUDERD, Actualiteit.ACTUEEL),
        (181, Actualiteit.VEROUDERD, Actualiteit.ACTUEEL),
        (182, Actualiteit.VEROUDERD, Actualiteit.VEROUDERD),
    ],
)
def test_een_zrm_is_drie_maanden_actueel_een_trede_en_arbeidsvermogen_zes(
    dagen: int, zrm: Actualiteit, ladder: Actualiteit
) -> None:
    stand = profiel().actualiteit(DAG + timedelta(days=dagen))
    assert stand[Profieldeel.ZRM] is zrm
    assert stand[Profieldeel.LADDER] is ladder
    assert stand[Profieldeel.ARBEIDSVERMOGEN] is ladder


def test_een_trede_uit_een_plaatsing_blijft_actueel_tot_het_werk_eindigt() -> None:
    later = DAG + timedelta(days=2000)
    for trede, stand in ((5, Actualiteit.ACTUEEL), (6, Actualiteit.ACTUEEL)):
        positie = Ladderpositie(trede, DAG, Ladderbron.PLAATSING)
        assert profiel(trede=positie).actualiteit(later)[Profieldeel.LADDER] is stand
    for na_werk in (3, None):
        positie = Ladderpositie(na_werk, DAG, Ladderbron.PLAATSING)
        assert profiel(trede=positie).actualiteit(DAG)[Profieldeel.LADDER] is Actualiteit.VEROUDERD


def test_arbeidsvermogen_dat_nog_niet_bekend_is_ontbreekt() -> None:
    onbekend = Arbeidsvermogen(Arbeidsvermogencode.NOG_NIET_BEKEND, DAG)
    stand = profiel(vermogen=onbekend).actualiteit(DAG)
    assert stand[Profieldeel.ARBEIDSVERMOGEN] is Actualiteit.ONTBREEKT


def test_een_loonwaarde_hoeft_er_niet_te_zijn_maar_mag_niet_verouderd_zijn() -> None:
    assert profiel().in_beeld(DAG)
    assert profiel(loonwaarde_op=DAG).in_beeld(DAG + timedelta(days=1))
    assert not profiel(loonwaarde_op=DAG, hermeting_verstreken=True).in_beeld(DAG)


@pytest.mark.parametrize("zonder", ["zrm_op", "trede", "vermogen"])
def test_zonder_zrm_trede_of_arbeidsvermogen_is_niemand_in_beeld(zonder: str) -> None:
    onvolledig: dict[str, Any] = {zonder: None}
    assert not profiel(**onvolledig).in_beeld(DAG)


DAGEN = st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31))


@given(
    st.lists(
        st.builds(
            profiel,
            zrm_op=DAGEN,
            trede=st.none()
            | st.builds(
                Ladderpositie,
                st.integers(1, 6),
                st.dates(date(2025, 1, 1), date(2026, 12, 31)),
                st.sampled_from(Ladderbron),
            ),
            loonwaarde_op=DAGEN,
            hermeting_verstreken=st.booleans(),
            gemeentecode=st.sampled_from([BEST, BOXTEL, NUENEN]),
        )
    )
)
def test_elke_kandidaat_telt_in_elk_onderdeel_een_keer(profielen: list[Profiel]) -> None:
    cijfers = tel_per_gemeente(profielen, DAG)
    assert sum(gemeente.kandidaten for gemeente in cijfers) == len(profielen)
    for gemeente in cijfers:
        for telling in gemeente.delen.values():
            assert sum(telling.values()) == gemeente.kandidaten
        actueel = [
            gemeente.delen[deel][Actualiteit.ACTUEEL]
            for deel in Profieldeel
            if deel is not Profieldeel.LOONWAARDE
        ]
        assert gemeente.in_beeld <= min(actueel)


async def maak_compleet(diagnose: Diagnose, dossier: Dossiernummers) -> None:
    vandaag = diagnose.vandaag.isoformat()
    await neem_af(diagnose, dossier)
    await diagnose.stuur(f"{dossier.pad}/ladderposities", {"trede": 3, "vastgesteldOp": vandaag})
    await diagnose.stuur(
        f"{dossier.pad}/arbeidsvermogens",
        {"arbeidsvermogen": "onder-wml", "vastgesteldOp": vandaag},
    )


def telling(actueel: int = 0, verouderd: int = 0, ontbreekt: int = 0) -> dict[str, int]:
    return {"actueel": actueel, "verouderd": verouderd, "ontbreekt": ontbreekt}


async def test_de_rapportage_telt_per_gemeente_en_opent_naar_de_kandidaten(
    diagnose: Diagnose, database: Database
) -> None:
    keten = Keten(database)
    compleet, werkt, weg = [await diagnose.gestart(BEST) for _ in range(3)]
    elders = await diagnose.geopend(NUENEN)
    await maak_compleet(diagnose, compleet)
    await keten.zeg(lks(werkt.kandidaat_id, diagnose.vandaag, BEST))
    await maak_compleet(diagnose, weg)
    await keten.zeg(
        KandidaatUitgestroomd(
            kandidaat_id=weg.kandidaat_id,
            gemeentecode=BEST,
            uitgestroomd_op=diagnose.vandaag,
            bestemming=Uitstroombestemming.REGULIER_WERK,
        )
    )
    rapport = await diagnose.haal("/rapportages/klant-in-beeld", organisatie=BEST)
    assert rapport == {
        "peildatum": diagnose.vandaag.isoformat(),
        "gemeenten": [
            {
                "gemeentecode": BEST,
                "kandidaten": 2,
                "inBeeld": 1,
                "zrm": telling(actueel=1, ontbreekt=1),
                "participatieladder": telling(actueel=2),
                "arbeidsvermogen": telling(actueel=1, ontbreekt=1),
                "loonwaarde": telling(ontbreekt=2),
            }
        ],
    }
    bij_wsd = await diagnose.haal("/rapportages/klant-in-beeld", vraag={"gemeentecode": NUENEN})
    assert [g["kandidaten"] for g in bij_wsd["gemeenten"]] == [1]
    vreemd = await diagnose.haal(
        "/rapportages/klant-in-beeld", organisatie=BEST, vraag={"gemeentecode": NUENEN}
    )
    assert vreemd["gemeenten"] == []
    regels = (await diagnose.haal("/rapportages/klant-in-beeld/kandidaten", organisatie=BEST))[
        "resultaten"
    ]
    assert {r["kandidaatId"]: r["inBeeld"] for r in regels} == {
        str(compleet.kandidaat_id): True,
        str(werkt.kandidaat_id): False,
    }
    assert str(elders.kandidaat_id) not in str(regels)
    [regel] = [r for r in regels if r["inBeeld"]]
    assert regel["zrm"] == {
        "vastgesteldOp": diagnose.vandaag.isoformat(),
        "actualiteit": "actueel",
    }


async def test_de_kandidaten_komen_per_pagina(diagnose: Diagnose) -> None:
    for _ in range(3):
        await diagnose.geopend("0844")
    klant = diagnose.klant("0844")
    gezien: list[str] = []
    antwoord = await klant.get("/rapportages/klant-in-beeld/kandidaten?limiet=2")
    gezien += [regel["dossierId"] for regel in antwoord.json()["resultaten"]]
    while "next" in antwoord.links:
        antwoord = await klant.get(f"https://api.meedoen.example{antwoord.links['next']['url']}")
        gezien += [regel["dossierId"] for regel in antwoord.json()["resultaten"]]
    assert len(gezien) == len(set(gezien)) == 3
