"""MijnWerkDichtbij halfway, as bron 000 §3.3 has it, entered and counted by the API.

The source names 10, 9, 1, 2 and 1 of 26; of the other three it says nothing.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from tests.diagnose.gebruikers import BOXTEL, SINT_MICHIELSGESTEL, VUGHT, WSD, Diagnose
from tests.diagnose.test_werkdiagnoses import consulent, meld_aan, samen

PEILDATUM = date(2021, 5, 3)
GESTART, OP_TIJD = 10, 4
NIET_GESTART = (
    ["ander-reintegratietraject"] * 9 + ["geen-uitkering"] * 1 + ["regulier-uitgestroomd"] * 1
)


async def speel_pilot(diagnose: Diagnose) -> None:
    """26 aanmeldingen of two gemeenten, from November 2020 on; 1 was known already."""
    await diagnose.naar(date(2020, 11, 2))
    gemeenten = [BOXTEL] * 16 + [SINT_MICHIELSGESTEL] * 10
    dossiers = [await diagnose.gestart(gemeente) for gemeente in gemeenten]
    paden = [
        (gemeente, await meld_aan(diagnose, dossier, bestaandeKlant=nummer == 0))
        for nummer, (gemeente, dossier) in enumerate(zip(gemeenten[:24], dossiers, strict=False))
    ]
    for gemeente, dossier in zip(gemeenten[24:], dossiers[24:], strict=True):
        await meld_aan(diagnose, dossier, geplandeStart="2021-06-01")
        assert gemeente == SINT_MICHIELSGESTEL
    vandaag = diagnose.vandaag.isoformat()
    for gemeente, pad in paden[:GESTART]:
        await _samen(diagnose, gemeente, pad, "start", datum=vandaag)
    for reden, (_, pad) in zip(NIET_GESTART, paden[GESTART:], strict=False):
        await diagnose.stuur(f"{pad}/beeindigingen", consulent(diagnose, reden=reden))
    await diagnose.naar(date(2021, 2, 1))
    for gemeente, pad in paden[:OP_TIJD]:
        await _samen(diagnose, gemeente, pad, "einddiagnose", tekst="Kan aan het werk.")
    for gemeente, pad in paden[OP_TIJD:GESTART]:
        await _samen(diagnose, gemeente, pad, "verlenging", datum="2021-05-01", tekst="Corona.")
    await diagnose.naar(diagnose.vandaag + timedelta(days=1))
    [gemeente, pad] = paden[OP_TIJD]
    await _samen(diagnose, gemeente, pad, "einddiagnose", tekst="Een dag na drie maanden.")
    await diagnose.naar(PEILDATUM)


async def _samen(diagnose: Diagnose, gemeente: str, pad: str, soort: str, **stap: str) -> None:
    if gemeente == BOXTEL:
        await samen(diagnose, pad, soort, **stap)
        return
    await diagnose.stuur(f"{pad}/voorstellen", consulent(diagnose, soort=soort, **stap))
    await diagnose.stuur(f"{pad}/instemmingen", consulent(diagnose), organisatie=gemeente)


async def test_de_tussenstand_van_mijnwerkdichtbij(diagnose: Diagnose) -> None:
    await speel_pilot(diagnose)
    periode = {"vanaf": "2020-11-01", "totEnMet": "2021-05-01"}
    pilot = await diagnose.haal("/rapportages/werkdiagnoses", vraag=periode)
    assert pilot == {
        "aanmeldingen": 26,
        "bestaand": 1,
        "nieuw": 25,
        "vervolg": {
            "gestart": 10,
            "ander-reintegratietraject": 9,
            "geen-uitkering": 1,
            "start-later": 2,
            "regulier-uitgestroomd": 1,
            "anders": 0,
            "onbekend": 3,
        },
        "afgerond": 5,
        "einddiagnoseBinnenDrieMaanden": 4,
        "gestopt": 0,
    }
    per_gemeente = [
        await diagnose.haal("/rapportages/werkdiagnoses", vraag=periode, organisatie=gemeente)
        for gemeente in (BOXTEL, SINT_MICHIELSGESTEL, VUGHT)
    ]
    assert [cijfers["aanmeldingen"] for cijfers in per_gemeente] == [16, 10, 0]
    assert Counter(pilot["vervolg"]) == sum(
        (Counter(cijfers["vervolg"]) for cijfers in per_gemeente), Counter()
    )
    for gemeente, cijfers in zip((BOXTEL, SINT_MICHIELSGESTEL), per_gemeente, strict=False):
        vraag = {**periode, "gemeentecode": gemeente}
        bij_wsd = await diagnose.haal("/rapportages/werkdiagnoses", vraag=vraag, organisatie=WSD)
        assert bij_wsd == cijfers
    await diagnose.haal(
        "/rapportages/werkdiagnoses",
        vraag={**periode, "gemeentecode": BOXTEL},
        organisatie=VUGHT,
        status=404,
    )
