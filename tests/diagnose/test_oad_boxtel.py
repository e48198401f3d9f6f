"""The OAD pilot of Boxtel in 2018 (bron 000 bijlage 3 §1.1), entered and counted by the API.

12 deelnemers: 2 went to work and still work, 1 found vrijwilligerswerk, 7 went back to the Wmo, 2
moved. What the source does not say (days, hours, which kind of work) is made up.
"""

from __future__ import annotations

from datetime import date

from tests.diagnose.gebruikers import BOXTEL, VUGHT, WSD, Diagnose
from tests.diagnose.test_oad import antwoord, beeindig, selecteer, start

BESTEMMINGEN = (
    ["werk-met-loonkostensubsidie"] * 2 + ["vrijwilligerswerk"] + ["wmo"] * 7 + ["verhuisd"] * 2
)


async def speel_pilot(diagnose: Diagnose) -> list[str]:
    """Up to the end of every traject; their addresses."""
    await diagnose.naar(date(2018, 1, 8))
    paden = [await selecteer(diagnose, await diagnose.gestart(BOXTEL)) for _ in BESTEMMINGEN]
    for pad in paden:
        await start(diagnose, pad, "2018-12-31")
    await diagnose.naar(date(2018, 12, 31))
    for pad, bestemming in zip(paden, BESTEMMINGEN, strict=True):
        await beeindig(diagnose, pad, bestemming)
    return paden


async def vraag_na(diagnose: Diagnose, paden: list[str], maanden: int) -> None:
    for pad, bestemming in zip(paden, BESTEMMINGEN, strict=True):
        if bestemming != "verhuisd":
            werkt = bestemming == "werk-met-loonkostensubsidie"
            await antwoord(diagnose, pad, maanden, werkt)


async def test_de_pilot_van_boxtel_in_2018(diagnose: Diagnose) -> None:
    vraag = {"vanaf": "2018-01-01", "totEnMet": "2018-12-31"}
    paden = await speel_pilot(diagnose)
    cijfers = await diagnose.haal("/rapportages/oad", vraag=vraag)
    assert (cijfers["beeindigd"], cijfers["bekend"], cijfers["slagingspercentage"]) == (12, 2, 0)
    await diagnose.naar(date(2019, 7, 1))
    await vraag_na(diagnose, paden, 6)
    verwacht = {
        "deelnemers": 12,
        "lopend": 0,
        "beeindigd": 12,
        "perBestemming": {
            "regulier-werk": 0,
            "werk-met-loonkostensubsidie": 2,
            "beschut-werk": 0,
            "vrijwilligerswerk": 1,
            "andere-participatie": 0,
            "wmo": 7,
            "verhuisd": 2,
            "overleden": 0,
            "anders": 0,
        },
        "naarWerk": 2,
        "doorstroompercentage": 17,
        "bekend": 12,
        "nogAanHetWerk": 2,
        "slagingspercentage": 17,
    }
    for organisatie in (BOXTEL, WSD):
        for extra in ({}, {"gemeentecode": BOXTEL}):
            cijfers = await diagnose.haal(
                "/rapportages/oad", vraag={**vraag, **extra}, organisatie=organisatie
            )
            assert cijfers == verwacht
    await diagnose.naar(date(2020, 1, 1))
    await vraag_na(diagnose, paden, 12)
    assert await diagnose.haal("/rapportages/oad", vraag=vraag) == verwacht
    await diagnose.haal(
        "/rapportages/oad",
        vraag={**vraag, "gemeentecode": BOXTEL},
        organisatie=VUGHT,
        status=404,
    )
    niets = await diagnose.haal("/rapportages/oad", vraag=vraag, organisatie=VUGHT)
    assert (niets["deelnemers"], niets["slagingspercentage"]) == (0, None)
