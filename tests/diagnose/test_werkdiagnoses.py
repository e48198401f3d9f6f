"""Werkdiagnose by the API: gemeente and WSD do it together, and the end diagnosis is watched."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest

from tests.diagnose.gebruikers import BOXTEL, VUGHT, WSD, Diagnose, Dossiernummers

ANDER: Final = {WSD: BOXTEL, BOXTEL: WSD}


def consulent(diagnose: Diagnose, **anders: Any) -> dict[str, Any]:
    return {"consulent": "Consulent 7", "op": diagnose.vandaag.isoformat(), **anders}


async def meld_aan(diagnose: Diagnose, dossier: Dossiernummers, **anders: Any) -> str:
    """Its address."""
    antwoord = await diagnose.stuur(
        f"{dossier.pad}/werkdiagnoses",
        {
            "aangemeldOp": diagnose.vandaag.isoformat(),
            "bestaandeKlant": False,
            "locatie": "Boxtel",
            "werksoort": "logistiek",
            **anders,
        },
    )
    return f"{dossier.pad}/werkdiagnoses/{antwoord['werkdiagnoseId']}"


async def samen(
    diagnose: Diagnose, pad: str, soort: str, *, door: str = WSD, **stap: Any
) -> dict[str, Any]:
    """One proposes, the other agrees, today."""
    await diagnose.stuur(
        f"{pad}/voorstellen", consulent(diagnose, soort=soort, **stap), organisatie=door
    )
    stand: dict[str, Any] = await diagnose.stuur(
        f"{pad}/instemmingen", consulent(diagnose), organisatie=ANDER[door]
    )
    return stand


async def gestart(diagnose: Diagnose) -> tuple[Dossiernummers, str]:
    dossier = await diagnose.gestart()
    pad = await meld_aan(diagnose, dossier)
    await samen(diagnose, pad, "start", datum=diagnose.vandaag.isoformat())
    return dossier, pad


async def test_een_werkdiagnose_van_aanmelding_tot_einddiagnose(diagnose: Diagnose) -> None:
    dossier, pad = await gestart(diagnose)
    [termijn] = await diagnose.termijnen(dossier)
    assert (termijn["soort"], termijn["laatsteDag"]) == ("einddiagnose", "2027-02-19")
    await diagnose.naar(date(2027, 1, 15))
    for organisatie in (WSD, BOXTEL):
        await diagnose.stuur(
            f"{pad}/observaties",
            consulent(diagnose, tekst="Komt op tijd, werkt graag samen."),
            organisatie=organisatie,
        )
    await diagnose.naar(date(2027, 2, 19))
    stand = await samen(diagnose, pad, "einddiagnose", door=BOXTEL, tekst="Kan leren in het werk.")
    assert (stand["status"], stand["afgerondOp"]) == ("afgerond", "2027-02-19")
    assert [(g.naam, g.afnemers) for g in (await diagnose.gezegd(dossier))[1:]] == [
        ("werkdiagnose-gestart", {BOXTEL, WSD}),
        ("werkdiagnose-afgerond", {BOXTEL, WSD}),
    ]
    [gehaald] = await diagnose.termijnen(dossier, "gehaald")
    assert not gehaald["teLaat"]
    for organisatie in (WSD, BOXTEL):
        gelezen = await diagnose.haal(pad, organisatie=organisatie)
        assert [o["door"]["partij"] for o in gelezen["observaties"]] == ["wsd", "gemeente"]
        einde = gelezen["stappen"][-1]
        assert einde["tekst"] == "Kan leren in het werk."
        assert (einde["voorgesteld"]["partij"], einde["akkoord"]["partij"]) == ("gemeente", "wsd")
    await diagnose.haal(pad, organisatie=VUGHT, status=404)
    [regel] = (await diagnose.haal(f"{dossier.pad}/werkdiagnoses"))["werkdiagnoses"]
    assert regel["status"] == "afgerond"


@pytest.mark.parametrize("door", [WSD, BOXTEL])
async def test_een_consulent_alleen_start_niets(diagnose: Diagnose, door: str) -> None:
    dossier = await diagnose.gestart()
    pad = await meld_aan(diagnose, dossier)
    vandaag = diagnose.vandaag.isoformat()
    stand = await diagnose.stuur(
        f"{pad}/voorstellen",
        consulent(diagnose, soort="start", datum=vandaag),
        organisatie=door,
    )
    assert stand["status"] == "aangemeld"
    assert stand["voorstel"]["soort"] == "start"
    fout = await diagnose.stuur(
        f"{pad}/instemmingen", consulent(diagnose), organisatie=door, status=409
    )
    assert fout["code"] == "eigen-voorstel"
    assert await diagnose.termijnen(dossier) == []
    assert len(await diagnose.gezegd(dossier)) == 1
    stand = await diagnose.stuur(
        f"{pad}/instemmingen", consulent(diagnose), organisatie=ANDER[door]
    )
    assert (stand["status"], stand["voorstel"]) == ("gestart", None)


async def test_wie_instemt_noemt_zich(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    pad = await meld_aan(diagnose, dossier)
    start = consulent(diagnose, soort="start", datum=diagnose.vandaag.isoformat())
    await diagnose.stuur(f"{pad}/voorstellen", start)
    fout = await diagnose.stuur(
        f"{pad}/instemmingen", consulent(diagnose, consulent=" "), organisatie=BOXTEL, status=400
    )
    assert [punt["pad"] for punt in fout["fouten"]] == ["consulent"]


async def test_een_verlenging_heeft_een_reden_en_gaat_tot_hoogstens_zes_maanden(
    diagnose: Diagnose,
) -> None:
    dossier, pad = await gestart(diagnose)
    verlenging = consulent(diagnose, soort="verlenging", datum="2027-05-20", tekst="Corona.")
    for fout, code in (
        ({"datum": "2027-05-20"}, "datum-past-niet"),
        ({"datum": "2027-02-19"}, "datum-past-niet"),
        ({"tekst": " "}, "ongeldige-werkdiagnose"),
    ):
        antwoord = await diagnose.stuur(f"{pad}/voorstellen", {**verlenging, **fout}, status=400)
        assert antwoord["code"] == code
    await samen(diagnose, pad, "verlenging", datum="2027-05-19", tekst="Corona.")
    [termijn] = await diagnose.termijnen(dossier)
    assert termijn["laatsteDag"] == "2027-05-19"
    verlengd = (await diagnose.gezegd(dossier))[-1]
    assert (verlengd.naam, verlengd.data["einddatum"]) == ("werkdiagnose-verlengd", "2027-05-19")
    assert "Corona" not in repr(verlengd)


async def test_zonder_einddiagnose_op_tijd_verstrijkt_de_termijn(diagnose: Diagnose) -> None:
    dossier, pad = await gestart(diagnose)
    await diagnose.naar(date(2027, 2, 20))
    verstreken = (await diagnose.gezegd(dossier))[-1]
    assert verstreken.naam == "diagnosetermijn-verstreken"
    assert verstreken.data["soort"] == "einddiagnose"
    verlenging = consulent(diagnose, soort="verlenging", datum="2027-05-01", tekst="Ziek.")
    fout = await diagnose.stuur(f"{pad}/voorstellen", verlenging, status=409)
    assert fout["code"] == "werkdiagnosestap-kan-niet"
    await samen(diagnose, pad, "einddiagnose", tekst="Toch nog.")
    [gehaald] = await diagnose.termijnen(dossier, "gehaald")
    assert gehaald["teLaat"]


async def test_de_einddiagnose_is_van_de_dag_waarop_de_tweede_instemt(diagnose: Diagnose) -> None:
    dossier, pad = await gestart(diagnose)
    await diagnose.naar(date(2027, 2, 19))
    voorstel = consulent(diagnose, soort="einddiagnose", tekst="Kan leren in het werk.")
    await diagnose.stuur(f"{pad}/voorstellen", voorstel)
    await diagnose.naar(date(2027, 2, 22))
    stand = await diagnose.stuur(f"{pad}/instemmingen", consulent(diagnose), organisatie=BOXTEL)
    assert stand["afgerondOp"] == "2027-02-22"
    [gehaald] = await diagnose.termijnen(dossier, "gehaald")
    assert gehaald["teLaat"]


async def test_wie_stopt_heeft_geen_termijn_meer(diagnose: Diagnose) -> None:
    dossier, pad = await gestart(diagnose)
    stand = await diagnose.stuur(
        f"{pad}/beeindigingen",
        consulent(diagnose, reden="regulier-uitgestroomd"),
        organisatie=BOXTEL,
    )
    assert stand["status"] == "gestopt"
    assert (await diagnose.gezegd(dossier))[-1].naam == "werkdiagnose-afgerond"
    assert len(await diagnose.termijnen(dossier, "vervallen")) == 1
    fout = await diagnose.stuur(
        f"{pad}/beeindigingen", consulent(diagnose, reden="anders"), status=409
    )
    assert fout["code"] == "werkdiagnosestap-kan-niet"


async def test_wie_niet_start_zegt_niets_naar_buiten(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    pad = await meld_aan(diagnose, dossier)
    stand = await diagnose.stuur(
        f"{pad}/beeindigingen", consulent(diagnose, reden="geen-uitkering")
    )
    assert stand["status"] == "niet-gestart"
    assert [g.naam for g in await diagnose.gezegd(dossier)] == ["diagnose-gestart"]


async def test_een_kandidaat_heeft_een_werkdiagnose_tegelijk(diagnose: Diagnose) -> None:
    dossier, pad = await gestart(diagnose)
    body = {
        "aangemeldOp": diagnose.vandaag.isoformat(),
        "bestaandeKlant": True,
        "locatie": "Vught",
        "werksoort": "kringloop",
    }
    fout = await diagnose.stuur(f"{dossier.pad}/werkdiagnoses", body, status=409)
    assert fout["code"] == "werkdiagnose-loopt"
    await diagnose.stuur(f"{pad}/beeindigingen", consulent(diagnose, reden="anders"))
    await diagnose.stuur(f"{dossier.pad}/werkdiagnoses", body)


async def test_wat_nog_niet_gebeurd_is_wordt_niet_vastgelegd(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    pad = await meld_aan(diagnose, dossier)
    morgen = (diagnose.vandaag + timedelta(days=1)).isoformat()
    fout = await diagnose.stuur(
        f"{pad}/voorstellen", consulent(diagnose, soort="start", datum=morgen), status=400
    )
    assert fout["code"] == "datum-in-toekomst"


async def test_een_werkdiagnose_volgt_op_de_start_van_de_diagnose(diagnose: Diagnose) -> None:
    dossier = await diagnose.geopend()
    fout = await diagnose.stuur(
        f"{dossier.pad}/werkdiagnoses",
        {
            "aangemeldOp": diagnose.vandaag.isoformat(),
            "bestaandeKlant": True,
            "locatie": "Vught",
            "werksoort": "kringloop",
        },
        status=409,
    )
    assert fout["code"] == "diagnose-niet-gestart"
