"""Aanmeldingen in bulk: every row by the same way as one alone, and a report of each."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.database import Database
from chassis.tenancy import SYSTEM
from contracts.bulk import BULK_BYTES, BULK_REGELS
from services.intake.api.bulkregels import CSV, KOLOMMEN, LANGSTE_REGEL, NDJSON, lees_regels
from services.intake.use_cases.meld_bulk_aan import Bulkregel
from tests.dienst import Klant
from tests.intake.hulp import (
    BOXTEL,
    SUDWEST_FRYSLAN,
    WSD,
    aanmelding,
    doe,
    lees,
    persoon,
)

PAD = "/aanmeldingen/bulk"


def als_ndjson(rijen: list[Any]) -> bytes:
    return "".join(json.dumps(rij) + "\n" for rij in rijen).encode()


def plat(invoer: Mapping[str, Any]) -> dict[str, str]:
    """An aanmelding as a row of CSV."""
    cellen = {}
    for kolom, (*daarboven, laatste) in KOLOMMEN.items():
        plek: Any = invoer
        for deel in daarboven:
            plek = plek.get(deel) or {}
        if plek.get(laatste) is not None:
            cellen[kolom] = plek[laatste]
    return cellen


def als_csv(rijen: Sequence[Mapping[str, Any]], teken: str = ";", *, bom: bool = False) -> bytes:
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, list(KOLOMMEN), delimiter=teken, lineterminator="\r\n")
    schrijver.writeheader()
    schrijver.writerows(plat(rij) for rij in rijen)
    return uit.getvalue().encode("utf-8-sig" if bom else "utf-8")


async def stuur(
    klant: Any,
    inhoud: bytes,
    mediatype: str = NDJSON,
    modus: str = "per-regel",
    *,
    sleutel: str | None = None,
    verwacht: int = 200,
) -> Any:
    antwoord = await klant.post(
        PAD,
        content=inhoud,
        params={"modus": modus},
        headers={"Content-Type": mediatype, "Idempotency-Key": sleutel or str(uuid4())},
    )
    assert antwoord.status_code == verwacht, antwoord.text
    return antwoord.json()


async def in_stukken(inhoud: bytes, grootte: int) -> Any:
    for begin in range(0, len(inhoud), grootte):
        yield inhoud[begin : begin + grootte]


async def gelezen(inhoud: bytes, mediatype: str, grootte: int = 7) -> list[Bulkregel]:
    return await lees_regels(in_stukken(inhoud, grootte), mediatype)


# -- the file -------------------------------------------------------------------------------

TEKST = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(["\n", '"', ";", ",", "é"]),
    min_size=1,
    max_size=30,
).filter(lambda tekst: tekst.strip("\r\n \t") == tekst)


@st.composite
def invoer(draw: st.DrawFn) -> dict[str, Any]:
    """An aanmelding with whatever text, and some of its fields."""
    wie: dict[str, Any] = {"voornamen": draw(TEKST), "geslachtsnaam": draw(TEKST)}
    if draw(st.booleans()):
        wie["geslacht"] = draw(st.sampled_from("MVO"))
    if draw(st.booleans()):
        adres = {"straat": draw(TEKST), "huisnummer": "1 a", "woonplaats": draw(TEKST)}
        wie["adres"] = {**adres, "postcode": "8715AB"}
    anders = {"toelichting": draw(TEKST)} if draw(st.booleans()) else {}
    return aanmelding(persoon=persoon(**wie), **anders)


@given(
    rijen=st.lists(invoer(), min_size=1, max_size=5), grootte=st.integers(1, 200), data=st.data()
)
def test_een_rij_is_in_csv_en_in_json_dezelfde(
    rijen: list[dict[str, Any]], grootte: int, data: st.DataObject
) -> None:
    teken, bom = data.draw(st.sampled_from(";,")), data.draw(st.booleans())
    uit_csv = asyncio.run(gelezen(als_csv(rijen, teken, bom=bom), CSV, grootte))
    uit_json = asyncio.run(gelezen(als_ndjson(rijen), NDJSON, grootte))
    assert [r.aanmelding for r in uit_csv] == [r.aanmelding for r in uit_json]
    assert [r.nummer for r in uit_csv] == [r.nummer + 1 for r in uit_json]
    assert not [r for r in uit_json if r.aanmelding is None]


@given(inhoud=st.binary(min_size=1, max_size=300), grootte=st.integers(1, 50))
def test_wat_er_ook_in_een_regel_staat_het_wordt_een_regel_met_fouten(
    inhoud: bytes, grootte: int
) -> None:
    goed = als_ndjson([aanmelding()])
    regels = asyncio.run(
        gelezen(inhoud.replace(b"\xef\xbb\xbf", b"") + b"\n" + goed, NDJSON, grootte)
    )
    assert regels[-1].aanmelding is not None
    assert all(regel.fouten and regel.aanmelding is None for regel in regels[:-1])


async def test_lege_regels_tellen_in_het_nummer_en_niet_in_het_verslag() -> None:
    goed = als_ndjson([aanmelding()])
    regels = await gelezen(b"\n\r\n" + goed + b"  \n" + goed + b"\n", NDJSON)
    assert [regel.nummer for regel in regels] == [3, 5]


@pytest.mark.parametrize(
    ("inhoud", "mediatype", "code"),
    [
        (b"", NDJSON, "te-weinig"),
        (b"\n\n", NDJSON, "te-weinig"),
        (b"bsn;naam\n1;2\n", CSV, "verkeerde-kopregel"),
        (b"bsn;bsn\n1;2\n", CSV, "verkeerde-kopregel"),
        ("bsn\n1\n".encode("utf-16"), CSV, "verkeerde-kopregel"),
        (b"bsn\n", CSV, "te-weinig"),
    ],
)
async def test_een_bestand_dat_niet_te_lezen_is_wordt_in_zijn_geheel_geweigerd(
    klant: Klant, inhoud: bytes, mediatype: str, code: str
) -> None:
    probleem = await stuur(klant(BOXTEL), inhoud, mediatype, verwacht=400)
    assert [fout["code"] for fout in probleem["fouten"]] == [code]


async def test_een_ander_formaat_te_veel_regels_en_te_veel_bytes_worden_geweigerd(
    klant: Klant,
) -> None:
    boxtel = klant(BOXTEL)
    assert (await stuur(boxtel, b"{}", "application/json", verwacht=415))["code"] == (
        "verkeerd-mediatype"
    )
    te_veel = await stuur(boxtel, b"{}\n" * (BULK_REGELS + 1), verwacht=413)
    assert str(BULK_REGELS) in te_veel["detail"]
    await stuur(boxtel, b"x" * (BULK_BYTES + 1), verwacht=413)


# -- the rows -------------------------------------------------------------------------------


async def test_een_regel_is_hetzelfde_als_een_enkele_aanmelding(
    klant: Klant, database: Database
) -> None:
    swf = klant(SUDWEST_FRYSLAN)
    adres = {"straat": "Haven", "huisnummer": "1", "postcode": "8715 AB", "woonplaats": "Stavoren"}
    wie = persoon(adres=adres, geslacht="V")
    verslag = await stuur(swf, als_ndjson([aanmelding(persoon=wie, instroomreden="einde-ww")]))
    [regel] = verslag["aangenomen"]
    kandidaat = await lees(swf, f"/kandidaten/{regel['kandidaatId']}")
    assert (kandidaat["gebiedsteam"], kandidaat["status"]) == ("IJsselmeerkust", "aangemeld")
    gezien = await lees(swf, f"/kandidaten/{regel['kandidaatId']}/persoonsgegevens")
    assert (gezien["bsn"], gezien["geslacht"]) == (wie["bsn"], "V")
    assert gezien["instroomreden"] == "einde-ww"
    async with database.unit_of_work(SYSTEM) as uow:
        events = await uow.connection.fetch(
            "SELECT type FROM outbox WHERE aggregate_id = $1::uuid", regel["kandidaatId"]
        )
    assert [event["type"] for event in events] == ["nl.participatie.kandidaat-aangemeld.v1"]


async def test_elke_weigering_heeft_de_codes_van_een_enkele_aanmelding(klant: Klant) -> None:
    boxtel, bekend = klant(BOXTEL), aanmelding()
    await doe(boxtel, "/kandidaten", bekend)
    rijen = [
        aanmelding(persoon=persoon(bsn="123456789", geboortedatum="1-1-1990"), doelgroep="x"),
        aanmelding(persoon={}),
        aanmelding(doelgroep="wsw"),
        aanmelding(doelgroep="jongere-16-27"),
        aanmelding(persoon=persoon(geboortedatum="2026-02-01")),
        aanmelding(aangemeldOp="1999-01-01"),
        aanmelding(toelichting="nul\0"),
        bekend,
        [],
        aanmelding(),
    ]
    verslag = await stuur(boxtel, als_ndjson(rijen))
    assert [regel["regel"] for regel in verslag["aangenomen"]] == [10]
    for regel in verslag["geweigerd"]:
        antwoord = await boxtel.post("/kandidaten", json=rijen[regel["regel"] - 1])
        alleen = antwoord.json()
        codes = [f["code"] for f in alleen.get("fouten", [])] or [alleen["code"]]
        assert [fout["code"] for fout in regel["fouten"]] == codes, alleen
        paden = [f["pad"] for f in alleen.get("fouten", [])] or ["body"]
        assert [fout["pad"] for fout in regel["fouten"]] == paden
        assert regel["kandidaatId"] == alleen.get("kandidaatId")
    assert len(verslag["geweigerd"]) == 9


async def test_dubbelen_binnen_een_bestand_worden_gevonden(klant: Klant) -> None:
    dubbel = aanmelding()
    verslag = await stuur(klant(BOXTEL), als_ndjson([dubbel, aanmelding(), dubbel, dubbel]))
    assert [regel["regel"] for regel in verslag["aangenomen"]] == [1, 2]
    assert [
        (regel["regel"], regel["fouten"][0]["code"], "1" in regel["fouten"][0]["melding"])
        for regel in verslag["geweigerd"]
    ] == [(3, "dubbel-in-bestand", True), (4, "dubbel-in-bestand", True)]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    soorten=st.lists(
        st.sampled_from(["goed", "fout", "dubbel", "wsw", "stuk", "bekend"]), min_size=1
    )
)
async def test_wat_er_ook_mis_is_elke_regel_staat_precies_een_keer_in_het_verslag(
    klant: Klant, soorten: list[str]
) -> None:
    bekend, dubbel, boxtel = aanmelding(), aanmelding(), klant(BOXTEL)
    await doe(boxtel, "/kandidaten", bekend)
    maak: dict[str, Callable[[], str]] = {
        "goed": lambda: json.dumps(aanmelding()),
        "fout": lambda: json.dumps(aanmelding(persoon={})),
        "dubbel": lambda: json.dumps(dubbel),
        "wsw": lambda: json.dumps(aanmelding(doelgroep="wsw")),
        "stuk": lambda: '{"bsn":',
        "bekend": lambda: json.dumps(bekend),
    }
    verslag = await stuur(boxtel, "\n".join(maak[soort]() for soort in soorten).encode())
    aangenomen = [regel["regel"] for regel in verslag["aangenomen"]]
    geweigerd = [regel["regel"] for regel in verslag["geweigerd"]]
    assert sorted(aangenomen + geweigerd) == list(range(1, len(soorten) + 1))
    assert verslag["regels"] == len(soorten)
    assert len(aangenomen) == soorten.count("goed") + min(1, soorten.count("dubbel"))
    assert all(regel["fouten"] for regel in verslag["geweigerd"])


async def test_alles_of_niets_legt_bij_een_fout_niets_vast(
    klant: Klant, database: Database
) -> None:
    goed, boxtel = aanmelding(), klant(BOXTEL)
    inhoud = als_ndjson([goed, aanmelding(doelgroep="wsw"), aanmelding(persoon={})])
    probleem = await stuur(boxtel, inhoud, modus="alles", verwacht=400)
    assert probleem["code"] == "bulk-geweigerd"
    assert [regel["regel"] for regel in probleem["geweigerd"]] == [2, 3]
    verslag = await stuur(boxtel, als_ndjson([goed]), modus="alles")
    assert len(verslag["aangenomen"]) == 1


async def test_herhalen_met_dezelfde_sleutel_doet_niets_dubbel(klant: Klant) -> None:
    boxtel, sleutel = klant(BOXTEL), str(uuid4())
    inhoud = als_ndjson([aanmelding() for _ in range(30)])
    eerste = await stuur(boxtel, inhoud, sleutel=sleutel)
    assert await stuur(boxtel, inhoud, sleutel=sleutel) == eerste
    ander = await stuur(boxtel, als_ndjson([aanmelding()]), sleutel=sleutel, verwacht=409)
    assert ander["code"] == "sleutel-hergebruikt"
    assert len(eerste["aangenomen"]) == 30


async def test_twee_bestanden_met_dezelfde_inwoners_tegelijk_geven_elke_inwoner_een_keer(
    klant: Klant,
) -> None:
    boxtel, rijen = klant(BOXTEL), [aanmelding() for _ in range(60)]
    verslagen = await asyncio.gather(
        stuur(boxtel, als_ndjson(rijen)), stuur(boxtel, als_ndjson(rijen[::-1]))
    )
    assert sum(len(verslag["aangenomen"]) for verslag in verslagen) == 60
    assert sum(len(verslag["geweigerd"]) for verslag in verslagen) == 60


async def test_wsd_meldt_niemand_aan(klant: Klant) -> None:
    wsd = klant(WSD, "klantmanager")
    assert (await stuur(wsd, als_ndjson([aanmelding()]), verwacht=403))["code"] == "niet-bevoegd"


async def test_geen_woord_van_een_inwoner_staat_in_het_verslag_of_in_een_fout(
    klant: Klant, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    boxtel, geheim = klant(BOXTEL), "Zonder-Linghé 7"
    wie = persoon(geslachtsnaam=geheim, email="zonder@voorbeeld.invalid")
    slecht = [
        aanmelding(persoon=wie),
        aanmelding(persoon=wie),
        aanmelding(persoon={**wie, "bsn": wie["bsn"][:-1]}),
        aanmelding(persoon={**wie, geheim: geheim}),
        aanmelding(persoon={**wie, "geboortedatum": geheim}),
        aanmelding(doelgroep=geheim, toelichting=f"{geheim}\0"),
        {geheim: wie},
        [geheim],
        geheim,
    ]
    antwoorden = [
        json.dumps(await stuur(boxtel, als_ndjson(slecht))),
        json.dumps(await stuur(boxtel, als_ndjson(slecht), modus="alles", verwacht=400)),
        json.dumps(await stuur(boxtel, b'{"bsn": "' + geheim.encode(), verwacht=200)),
        json.dumps(await stuur(boxtel, f"bsn;{geheim}\n1;2".encode(), CSV, verwacht=400)),
    ]
    alles = "".join(antwoorden) + caplog.text + "".join(capsys.readouterr())
    assert "dubbel-in-bestand" in alles
    assert not [woord for woord in ("Linghé", "Lingh\\u00e9", "zonder@") if woord in alles]
    assert wie["bsn"] not in alles


async def test_een_te_lange_regel_is_een_geweigerde_regel(klant: Klant) -> None:
    lang = aanmelding(toelichting="x" * LANGSTE_REGEL)
    verslag = await stuur(klant(BOXTEL), als_ndjson([lang, aanmelding()]))
    assert [regel["fouten"][0]["code"] for regel in verslag["geweigerd"]] == ["te-lang"]
    assert len(verslag["aangenomen"]) == 1
