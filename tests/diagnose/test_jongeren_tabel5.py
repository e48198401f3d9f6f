"""Tabel 5 of the Lokaal Plan Boxtel (bron 000, bijlage 3 §2.1): the jongeren WSD guides on
26 April 2021, loaded through the API and counted by the report.

The ages of P-wet in Sint-Michielsgestel add up to nine in the source and its total says ten: of one
jongere the age is not given, which is a birth date that is not known.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from chassis.database import Database
from services.diagnose.domain.jongere import LEEFTIJDEN
from tests.diagnose.gebruikers import BOXTEL, SINT_MICHIELSGESTEL
from tests.diagnose.keten import Keten
from tests.dienst import Klant

PEILDATUM: Final = date(2021, 4, 26)

TABEL_5: Final = {
    (BOXTEL, "sw"): (6, {24: 1, 25: 3, 26: 2}),
    (BOXTEL, "p-wet"): (
        43,
        {18: 3, 19: 5, 20: 4, 21: 11, 22: 6, 23: 6, 24: 3, 25: 3, 26: 2},
    ),
    (BOXTEL, "stage"): (10, {16: 2, 17: 4, 18: 2, 19: 2}),
    (SINT_MICHIELSGESTEL, "sw"): (1, {24: 1}),
    (SINT_MICHIELSGESTEL, "p-wet"): (10, {19: 1, 21: 3, 22: 1, 23: 2, 25: 1, 26: 1}),
    (SINT_MICHIELSGESTEL, "stage"): (1, {17: 1}),
}
ACTIVITEIT: Final = {"sw": "werk", "p-wet": "arbeidsmarkttoeleiding", "stage": "stage"}


@pytest.fixture
def keten(database: Database) -> Keten:
    return Keten(database)


async def laad(keten: Keten, klant: Klant) -> None:
    """Each jongere of the table: referred to WSD, and in view."""
    wsd = klant("wsd")
    for (gemeentecode, subgroep), (totaal, leeftijden) in TABEL_5.items():
        bekend = [jaren for jaren, aantal in leeftijden.items() for _ in range(aantal)]
        for leeftijd in [*bekend, *[None] * (totaal - len(bekend))]:
            kandidaat_id, _ = await keten.dossier(gemeentecode, op=date(2021, 1, 4))
            beeld: dict[str, Any] = {
                "gezienOp": "2021-04-01",
                "door": "wsd",
                "subgroep": subgroep,
                "activiteit": ACTIVITEIT[subgroep],
                "begeleidDoor": ["wsd"],
            }
            if leeftijd is not None:
                beeld["geboortedatum"] = PEILDATUM.replace(
                    year=PEILDATUM.year - leeftijd
                ).isoformat()
            if leeftijd == LEEFTIJDEN[0]:
                # Not yet sixteen on the day of the other beelden: seen on their birthday.
                beeld["gezienOp"] = PEILDATUM.isoformat()
            antwoord = await wsd.post(f"/jongeren/{kandidaat_id}/beelden", json=beeld)
            assert antwoord.status_code == 201, antwoord.text


async def test_de_rapportage_is_tabel_5(keten: Keten, klant: Klant) -> None:
    await laad(keten, klant)
    niet_van_wsd: dict[str, Any] = {"begeleidDoor": []}
    for niet_geteld in (niet_van_wsd, {"geboortedatum": "1994-04-26"}):
        # Known, but nobody of WSD helps; and one who turned 27 on the day itself.
        kandidaat_id, _ = await keten.dossier(BOXTEL, op=date(2021, 1, 4))
        beeld = {
            "gezienOp": "2021-04-01",
            "door": "rmc",
            "subgroep": "p-wet",
            "activiteit": "geen",
            "begeleidDoor": ["wsd"],
            **niet_geteld,
        }
        await klant("wsd").post(f"/jongeren/{kandidaat_id}/beelden", json=beeld)

    antwoord = await klant("wsd").get(f"/rapportages/jongeren?peildatum={PEILDATUM}")

    assert antwoord.status_code == 200, antwoord.text
    rapportage = antwoord.json()
    assert rapportage["totaalBegeleidDoorWsd"] == 71
    regels = {
        (regel["gemeentecode"], regel["subgroep"]): (
            regel["totaal"],
            {per["leeftijd"]: per["aantal"] for per in regel["leeftijden"]},
        )
        for regel in rapportage["begeleidDoorWsd"]
    }
    assert regels == {
        wie: (totaal, {jaren: leeftijden.get(jaren, 0) for jaren in LEEFTIJDEN})
        for wie, (totaal, leeftijden) in TABEL_5.items()
    }
    onbekend = {
        (r["gemeentecode"], r["subgroep"]): r["leeftijdOnbekend"]
        for r in rapportage["begeleidDoorWsd"]
        if r["leeftijdOnbekend"]
    }
    assert onbekend == {(SINT_MICHIELSGESTEL, "p-wet"): 1}
    [boxtel, _] = rapportage["standen"]
    assert (boxtel["bekend"], boxtel["inBeeld"], boxtel["zonderBegeleiding"]) == (60, 60, 1)

    # A gemeente sees its own part of it, and only that.
    eigen = (
        await klant(SINT_MICHIELSGESTEL).get(f"/rapportages/jongeren?peildatum={PEILDATUM}")
    ).json()
    assert eigen["totaalBegeleidDoorWsd"] == 12
    assert {r["gemeentecode"] for r in eigen["begeleidDoorWsd"]} == {SINT_MICHIELSGESTEL}
    assert eigen["begeleidDoorWsd"] == rapportage["begeleidDoorWsd"][3:]
    een = await klant("wsd").get(
        f"/rapportages/jongeren?peildatum={PEILDATUM}&gemeentecode={SINT_MICHIELSGESTEL}"
    )
    assert een.json() == eigen
    ander = await klant(SINT_MICHIELSGESTEL).get(f"/rapportages/jongeren?gemeentecode={BOXTEL}")
    assert ander.status_code == 404
