"""OAD by the API: selected on ontwikkelvermogen, watched to its end and a year after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.diagnose.domain.oad import VRAGEN, Selectievraag
from tests.diagnose.gebruikers import BOXTEL, VUGHT, WSD, Diagnose, Dossiernummers


def selectie(diagnose: Diagnose, **anders: Any) -> dict[str, Any]:
    return {
        "geselecteerdOp": diagnose.vandaag.isoformat(),
        "antwoorden": [{"vraag": vraag, "ja": True} for vraag in Selectievraag],
        "uitkomst": "geschikt",
        "motivering": "Wil leren en heeft het eerder gedaan.",
        **anders,
    }


async def selecteer(diagnose: Diagnose, dossier: Dossiernummers) -> str:
    """Its address."""
    antwoord = await diagnose.stuur(f"{dossier.pad}/oad-trajecten", selectie(diagnose))
    return f"{dossier.pad}/oad-trajecten/{antwoord['oadId']}"


async def start(diagnose: Diagnose, pad: str, laatste_dag: str) -> None:
    await diagnose.stuur(
        f"{pad}/starts",
        {
            "gestartOp": diagnose.vandaag.isoformat(),
            "laatsteDag": laatste_dag,
            "urenPerWeek": "16",
        },
    )


async def beeindig(diagnose: Diagnose, pad: str, bestemming: str) -> None:
    await diagnose.stuur(
        f"{pad}/beeindigingen",
        {
            "beeindigdOp": diagnose.vandaag.isoformat(),
            "bestemming": bestemming,
            "toelichting": "Besproken met de wijkcoach.",
        },
    )


async def antwoord(
    diagnose: Diagnose, pad: str, na_maanden: int, aan_het_werk: bool, status: int = 201
) -> Any:
    return await diagnose.stuur(
        f"{pad}/vervolgantwoorden",
        {
            "naMaanden": na_maanden,
            "beantwoordOp": diagnose.vandaag.isoformat(),
            "aanHetWerk": aan_het_werk,
        },
        status=status,
    )


async def test_een_traject_van_selectie_tot_een_jaar_na_het_einde(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    pad = await selecteer(diagnose, dossier)
    await start(diagnose, pad, "2027-11-19")
    assert [(t["soort"], t["laatsteDag"]) for t in await diagnose.termijnen(dossier)] == [
        ("oad-einde", "2027-11-19")
    ]
    await diagnose.naar(date(2027, 10, 29))
    await beeindig(diagnose, pad, "werk-met-loonkostensubsidie")
    termijnen = await diagnose.termijnen(dossier)
    assert [(t["soort"], t["begonnenOp"], t["laatsteDag"]) for t in termijnen] == [
        ("oad-vervolgvraag", "2028-04-29", "2028-05-29"),
        ("oad-vervolgvraag", "2028-10-29", "2028-11-29"),
    ]
    fout = await antwoord(diagnose, pad, 6, True, status=409)
    assert fout["code"] == "oad-stap-kan-niet"
    await diagnose.naar(date(2028, 5, 2))
    te_vroeg = {"naMaanden": 6, "beantwoordOp": "2028-04-28", "aanHetWerk": True}
    fout = await diagnose.stuur(f"{pad}/vervolgantwoorden", te_vroeg, status=400)
    assert fout["code"] == "datum-past-niet"
    await antwoord(diagnose, pad, 6, True)
    fout = await antwoord(diagnose, pad, 6, False, status=409)
    assert fout["code"] == "oad-stap-kan-niet"
    await diagnose.naar(date(2028, 11, 30))
    assert [(g.naam, g.afnemers) for g in (await diagnose.gezegd(dossier))[1:]] == [
        ("oad-gestart", {BOXTEL, WSD}),
        ("oad-beeindigd", {BOXTEL, WSD}),
        ("diagnosetermijn-verstreken", {BOXTEL, WSD}),
    ]
    await antwoord(diagnose, pad, 12, False)
    assert await diagnose.termijnen(dossier) == []
    for organisatie in (BOXTEL, WSD):
        gelezen = await diagnose.haal(pad, organisatie=organisatie)
        assert gelezen["einde"]["bestemming"] == "werk-met-loonkostensubsidie"
        assert [(v["naMaanden"], v["aanHetWerk"]) for v in gelezen["vervolgvragen"]] == [
            (6, True),
            (12, False),
        ]
        assert [a["vraagtekst"] for a in gelezen["selectie"]["antwoorden"]] == list(VRAGEN.values())
    await diagnose.haal(pad, organisatie=VUGHT, status=404)
    assert "werk-met" not in repr(await diagnose.gezegd(dossier))
    [regel] = (await diagnose.haal(f"{dossier.pad}/oad-trajecten"))["oadTrajecten"]
    assert regel["status"] == "beeindigd"


async def test_zonder_ontwikkelvermogen_is_niemand_geschikt(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    antwoorden = [
        {"vraag": vraag, "ja": vraag is not Selectievraag.ONTWIKKELVERMOGEN}
        for vraag in Selectievraag
    ]
    pad = f"{dossier.pad}/oad-trajecten"
    fout = await diagnose.stuur(pad, selectie(diagnose, antwoorden=antwoorden), status=400)
    assert [punt["code"] for punt in fout["fouten"]] == ["geen-ontwikkelvermogen"]
    oad = await diagnose.stuur(
        pad, selectie(diagnose, antwoorden=antwoorden, uitkomst="niet-geschikt")
    )
    assert oad["status"] == "niet-geschikt"
    fout = await diagnose.stuur(
        f"{pad}/{oad['oadId']}/starts",
        {"gestartOp": "2026-11-20", "laatsteDag": "2027-11-19", "urenPerWeek": "16"},
        status=409,
    )
    assert fout["code"] == "oad-stap-kan-niet"


async def test_elke_vraag_van_de_selectie_wordt_een_keer_beantwoord(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    volledig = selectie(diagnose)["antwoorden"]
    for antwoorden in (volledig[1:], [*volledig, volledig[0]]):
        fout = await diagnose.stuur(
            f"{dossier.pad}/oad-trajecten",
            selectie(diagnose, antwoorden=antwoorden),
            status=400,
        )
        assert [punt["code"] for punt in fout["fouten"]] == ["niet-volledig"]


@pytest.mark.parametrize(
    ("laatste_dag", "status"),
    [("2027-05-18", 400), ("2027-05-19", 201), ("2027-11-19", 201), ("2027-11-20", 400)],
)
async def test_een_traject_duurt_zes_tot_twaalf_maanden(
    diagnose: Diagnose, laatste_dag: str, status: int
) -> None:
    pad = await selecteer(diagnose, await diagnose.gestart())
    body = {"gestartOp": "2026-11-20", "laatsteDag": laatste_dag, "urenPerWeek": "16"}
    antwoord = await diagnose.stuur(f"{pad}/starts", body, status=status)
    if status == 400:
        assert [punt["code"] for punt in antwoord["fouten"]] == ["buiten-bereik"]


async def test_wie_verhuisde_wordt_niets_meer_gevraagd(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    pad = await selecteer(diagnose, dossier)
    await start(diagnose, pad, "2027-11-19")
    await beeindig(diagnose, pad, "verhuisd")
    assert await diagnose.termijnen(dossier) == []
    await diagnose.naar(date(2027, 6, 1))
    fout = await antwoord(diagnose, pad, 6, True, status=409)
    assert fout["code"] == "oad-stap-kan-niet"


async def test_een_kandidaat_heeft_een_oad_traject_tegelijk(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    pad = await selecteer(diagnose, dossier)
    fout = await diagnose.stuur(f"{dossier.pad}/oad-trajecten", selectie(diagnose), status=409)
    assert fout["code"] == "oad-loopt"
    await start(diagnose, pad, "2027-11-19")
    await beeindig(diagnose, pad, "wmo")
    await selecteer(diagnose, dossier)
