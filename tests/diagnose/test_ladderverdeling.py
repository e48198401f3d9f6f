"""De verdeling over de participatieladder: die van Vught in bron 003, en van niemand anders.

Bron 003 has percents only; a hundred kandidaten give them exactly.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.database import Database
from contracts.plaatsing import Eindereden
from services.diagnose.domain.ladderverdeling import verdeel
from tests.diagnose.gebruikers import VUGHT, WSD, Diagnose
from tests.diagnose.verhalen import Keten, einde, lks

SON_EN_BREUGEL: Final = "0848"
VERDELING: Final = {1: 17, 2: 17, 3: 16, 4: 28, 5: 21, 6: 1}
PEILDATUM: Final = date(2018, 9, 20)
"""The third quarter of 2018."""


@pytest.fixture
def keten(database: Database) -> Keten:
    return Keten(database)


async def verdeling(diagnose: Diagnose, **vraag: Any) -> Any:
    return await diagnose.haal("/rapportages/participatieladder", organisatie=VUGHT, vraag=vraag)


async def test_de_rapportage_is_de_verdeling_van_vught(diagnose: Diagnose, keten: Keten) -> None:
    diagnose.klok.move_to(diagnose.klok.now() - timedelta(days=4000))
    await diagnose.naar(PEILDATUM - timedelta(days=30))
    # Other tests have kandidaten of Vught without a trede.
    anderen = (await verdeling(diagnose, peildatum=str(PEILDATUM)))["onbekend"]
    for trede, aantal in VERDELING.items():
        for _ in range(aantal):
            dossier = await diagnose.gestart(VUGHT)
            if trede < 5:
                meting = {"trede": trede, "vastgesteldOp": diagnose.vandaag.isoformat()}
                await diagnose.stuur(f"{dossier.pad}/ladderposities", meting)
                continue
            baan = lks(dossier.kandidaat_id, diagnose.vandaag, gemeentecode=VUGHT)
            await keten.zeg(baan)
            if trede == 6:
                await keten.zeg(einde(baan, diagnose.vandaag, Eindereden.UITSTROOM_REGULIER))
    onbekend = await diagnose.gestart(VUGHT)
    await diagnose.naar(PEILDATUM + timedelta(days=2))
    # What is established later does not count for the peildatum.
    later = {"trede": 4, "vastgesteldOp": diagnose.vandaag.isoformat()}
    await diagnose.stuur(f"{onbekend.pad}/ladderposities", later)
    await diagnose.geopend(VUGHT)

    gegeven = await verdeling(diagnose, peildatum=str(PEILDATUM))
    assert gegeven["treden"] == [
        {"trede": trede, "aantal": aantal, "procent": aantal} for trede, aantal in VERDELING.items()
    ]
    assert (gegeven["kandidaten"] - anderen, gegeven["onbekend"] - anderen) == (101, 1)
    nu = await verdeling(diagnose)
    assert (nu["treden"][3]["aantal"], nu["onbekend"] - anderen) == (29, 1)
    van_wsd = await diagnose.haal(
        "/rapportages/participatieladder",
        organisatie=WSD,
        vraag={"gemeentecode": VUGHT, "peildatum": str(PEILDATUM)},
    )
    assert van_wsd == gegeven


async def test_een_gemeente_vraagt_niet_naar_een_ander(diagnose: Diagnose) -> None:
    vraag = {"gemeentecode": VUGHT}
    pad = "/rapportages/participatieladder"
    await diagnose.haal(pad, organisatie=SON_EN_BREUGEL, vraag=vraag, status=404)
    leeg = await diagnose.haal(pad, organisatie=SON_EN_BREUGEL)
    assert [deel["procent"] for deel in leeg["treden"]] == [0] * 6


@given(st.lists(st.none() | st.integers(1, 6)))
def test_iedereen_telt_een_keer(treden: list[int | None]) -> None:
    verdeeld = verdeel(treden)
    assert verdeeld.kandidaten == len(treden)
    bekend = len(treden) - verdeeld.onbekend
    for deel in verdeeld.treden:
        assert deel.aantal == treden.count(deel.trede)
        assert not bekend or abs(deel.procent - deel.aantal * 100 / bekend) <= 0.5
