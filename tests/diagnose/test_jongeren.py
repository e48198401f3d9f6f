"""Jongeren in beeld en de quick scan: wie is bekend, wie ziet wat, en wat blijft verzegeld."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from chassis.database import Database
from chassis.tenancy import WSD
from contracts.gebeurtenis import Leeftijdsgroep
from contracts.intake import Doelgroep
from services.diagnose.domain.zrm import DOMEINEN, ZrmVersie
from tests.diagnose.gebruikers import BOXTEL, VUGHT, Diagnose, Dossiernummers
from tests.diagnose.keten import Keten, aanmelding, doorverwijzing, overdracht
from tests.dienst import Klant

OP: Final = date(2026, 11, 2)
BEELD: Final[dict[str, Any]] = {
    "gezienOp": "2026-11-20",
    "door": "participatiewet",
    "subgroep": "p-wet",
    "activiteit": "geen",
    "begeleidDoor": ["participatiewet"],
    "geboortedatum": "2005-03-04",
    "toelichting": "Zit thuis sinds de zomer.",
}
SCAN: Final[dict[str, Any]] = {
    "afgerondOp": "2026-11-20",
    "door": "rmc",
    "leefgebieden": [
        {"domein": domein, "signaal": "aandacht"} for domein in DOMEINEN[ZrmVersie.V2017]
    ],
    "wens": "Wil automonteur worden.",
    "vervolg": "Kennismaken met een garage.",
}


@pytest.fixture
def keten(database: Database) -> Keten:
    return Keten(database)


async def jongere(keten: Keten, gemeentecode: str = BOXTEL) -> UUID:
    """Someone who reported as a jongere, and whom WSD does not know."""
    kandidaat_id = uuid4()
    await keten.zeg(
        aanmelding(kandidaat_id, gemeentecode, op=OP, doelgroep=Doelgroep.JONGERE_16_27)
    )
    return kandidaat_id


async def alle(klant: Klant, organisatie: str, zoek: str = "") -> set[str]:
    antwoord = await klant(organisatie).get(f"/jongeren?limiet=500{zoek}")
    assert antwoord.status_code == 200, antwoord.text
    return {regel["kandidaatId"] for regel in antwoord.json()["resultaten"]}


async def verwerkingen(database: Database, kandidaat_id: UUID) -> list[str]:
    async with database.unit_of_work(BOXTEL) as uow:
        rows = await uow.connection.fetch(
            "SELECT naam FROM verwerking WHERE betrokkene = $1 ORDER BY begin, naam", kandidaat_id
        )
    return [row["naam"] for row in rows]


async def test_een_jongere_is_bekend_vanaf_de_aanmelding_en_in_beeld_vanaf_het_eerste_beeld(
    keten: Keten, klant: Klant
) -> None:
    wie = await jongere(keten)
    assert str(wie) in await alle(klant, BOXTEL, "&inBeeld=false")
    antwoord = await klant(BOXTEL).post(f"/jongeren/{wie}/beelden", json=BEELD)
    assert antwoord.status_code == 201, antwoord.text
    assert str(wie) in await alle(klant, BOXTEL, "&inBeeld=true")
    assert str(wie) not in await alle(klant, BOXTEL, "&inBeeld=false")
    overzicht = (await klant(BOXTEL).get(f"/jongeren/{wie}")).json()
    assert overzicht["bekendOp"] == OP.isoformat()
    assert overzicht["beelden"] == [{**antwoord.json(), "gezienOp": "2026-11-20"}]


@pytest.mark.parametrize(
    ("doelgroep", "leeftijdsgroep", "is_jongere"),
    [
        (Doelgroep.JONGERE_16_27, Leeftijdsgroep.L21_PLUS, True),
        (Doelgroep.PWET, Leeftijdsgroep.L20, True),
        (Doelgroep.PWET, Leeftijdsgroep.L16, True),
        (Doelgroep.PWET, Leeftijdsgroep.L15, False),
        (Doelgroep.PWET, Leeftijdsgroep.L21_PLUS, False),
    ],
)
async def test_wie_wordt_doorverwezen_is_jongere_naar_doelgroep_of_leeftijdsgroep(
    keten: Keten,
    klant: Klant,
    doelgroep: Doelgroep,
    leeftijdsgroep: Leeftijdsgroep,
    is_jongere: bool,
) -> None:
    wie = uuid4()
    await keten.zeg(
        aanmelding(wie, op=OP),
        doorverwijzing(wie, op=OP, doelgroep=doelgroep, leeftijdsgroep=leeftijdsgroep),
    )
    for organisatie in (BOXTEL, WSD):
        assert (str(wie) in await alle(klant, organisatie)) is is_jongere


async def test_van_een_ander_dossier_zegt_het_beeld_dat_het_een_jongere_is(
    keten: Keten, klant: Klant
) -> None:
    wie, _ = await keten.dossier(op=OP)
    assert (await klant(WSD).get(f"/jongeren/{wie}")).status_code == 404
    assert (await klant(WSD).post(f"/jongeren/{wie}/beelden", json=BEELD)).status_code == 201
    assert str(wie) in await alle(klant, BOXTEL)


async def test_wie_niemand_kent_bestaat_niet(keten: Keten, klant: Klant) -> None:
    niet_jong = uuid4()
    await keten.zeg(aanmelding(niet_jong, op=OP))
    for wie in (niet_jong, uuid4()):
        for pad, body in (("beelden", BEELD), ("quick-scans", SCAN)):
            antwoord = await klant(BOXTEL).post(f"/jongeren/{wie}/{pad}", json=body)
            assert antwoord.status_code == 404


async def test_wsd_ziet_een_jongere_pas_vanaf_de_doorverwijzing_en_dan_alles(
    keten: Keten, klant: Klant, database: Database
) -> None:
    wie = await jongere(keten)
    pad = f"/jongeren/{wie}"
    beeld = (await klant(BOXTEL).post(f"{pad}/beelden", json=BEELD)).headers["location"]
    scan = (await klant(BOXTEL).post(f"{pad}/quick-scans", json=SCAN)).headers["location"]
    paden = [pad, *(plek.partition("/v1")[2] for plek in (beeld, scan))]

    for eigen in paden:
        assert (await klant(BOXTEL).get(eigen)).status_code == 200
        assert (await klant(WSD).get(eigen)).status_code == 404
        assert (await klant(VUGHT).get(eigen)).status_code == 404
    assert (await klant(WSD).post(f"{pad}/beelden", json=BEELD)).status_code == 404
    assert str(wie) not in await alle(klant, WSD)
    async with database.unit_of_work(WSD) as uow:
        for tabel in ("jongere", "jongerenbeeld", "jongerenscan", "datasleutel"):
            assert not await uow.connection.fetchval(
                f"SELECT count(*) FROM {tabel} WHERE kandidaat_id = $1",  # noqa: S608
                wie,
            ), tabel

    await keten.zeg(doorverwijzing(wie, op=date(2026, 11, 20)))
    for eigen in paden:
        assert (await klant(WSD).get(eigen)).status_code == 200
        assert (await klant(VUGHT).get(eigen)).status_code == 404
    assert (await klant(WSD).get(paden[1])).json()["toelichting"] == BEELD["toelichting"]
    assert (await klant(WSD).get(paden[2])).json()["wens"] == SCAN["wens"]


async def test_een_quick_scan_is_een_gebeurtenis_voor_wie_de_jongere_mag_zien(
    keten: Keten, klant: Klant, diagnose: Diagnose
) -> None:
    wie = await jongere(keten)
    for verwacht in ({BOXTEL}, {BOXTEL, WSD}):
        antwoord = await klant(BOXTEL).post(f"/jongeren/{wie}/quick-scans", json=SCAN)
        assert antwoord.status_code == 201, antwoord.text
        laatste = (await diagnose.gezegd(Dossiernummers("", wie)))[-1]
        assert laatste.naam == "jongerenscan-afgerond"
        assert laatste.afnemers == verwacht
        assert laatste.data == {
            "kandidaatId": str(wie),
            "gemeentecode": BOXTEL,
            "scanId": antwoord.json()["scanId"],
            "afgerondOp": "2026-11-20",
        }
        if WSD not in verwacht:
            await keten.zeg(doorverwijzing(wie, op=date(2026, 11, 20)))


async def test_inzien_en_tellen_worden_vastgelegd_en_de_tekst_is_verzegeld(
    keten: Keten, klant: Klant, database: Database
) -> None:
    wie = await jongere(keten)
    boxtel = klant(BOXTEL)
    beeld = (await boxtel.post(f"/jongeren/{wie}/beelden", json=BEELD)).json()["beeldId"]
    scan = (await boxtel.post(f"/jongeren/{wie}/quick-scans", json=SCAN)).json()["scanId"]
    await boxtel.get(f"/jongeren/{wie}")
    assert sorted(await verwerkingen(database, wie)) == [
        "jongerenbeeld vastgelegd",
        "nl.participatie.jongerenscan-afgerond.v1",
    ]
    await boxtel.get(f"/jongeren/{wie}/beelden/{beeld}")
    await boxtel.get(f"/jongeren/{wie}/quick-scans/{scan}")
    await boxtel.get("/rapportages/jongeren")
    assert sorted(await verwerkingen(database, wie)) == [
        "jongerenbeeld geteld",
        "jongerenbeeld ingezien",
        "jongerenbeeld vastgelegd",
        "jongerenscan ingezien",
        "nl.participatie.jongerenscan-afgerond.v1",
    ]
    async with database.unit_of_work(BOXTEL) as uow:
        rows = await uow.connection.fetch(
            "SELECT b::text AS rij FROM jongerenbeeld b WHERE kandidaat_id = $1"
            " UNION ALL SELECT s::text FROM jongerenscan s WHERE kandidaat_id = $1",
            wie,
        )
    assert len(rows) == 2
    for geheim in ("thuis", "2005-03-04", "p-wet", "geen", "automonteur", "garage", "rmc"):
        assert not [r for r in rows if geheim in r["rij"] or geheim.encode().hex() in r["rij"]]


async def test_het_laatste_beeld_telt_en_op_een_eerdere_dag_dat_van_toen(
    keten: Keten, klant: Klant
) -> None:
    wie = await jongere(keten, "0848")
    nieuw = {**BEELD, "activiteit": "werk", "begeleidDoor": []}
    klanten = klant("0848")
    for beeld in (nieuw, {**BEELD, "gezienOp": "2026-11-10"}):
        assert (await klanten.post(f"/jongeren/{wie}/beelden", json=beeld)).status_code == 201

    async def stand(op: str) -> Any:
        standen = (await klanten.get(f"/rapportages/jongeren?peildatum={op}")).json()["standen"]
        return [
            {
                **{p["activiteit"]: p["aantal"] for p in s["activiteiten"] if p["aantal"]},
                **{n: s[n] for n in ("bekend", "inBeeld", "nietInBeeld", "zonderBegeleiding")},
            }
            for s in standen
        ]

    in_beeld = {"bekend": 1, "inBeeld": 1, "nietInBeeld": 0}
    assert await stand("2026-11-01") == []
    assert await stand("2026-11-02") == [
        {"bekend": 1, "inBeeld": 0, "nietInBeeld": 1, "zonderBegeleiding": 0}
    ]
    assert await stand("2026-11-19") == [{**in_beeld, "geen": 1, "zonderBegeleiding": 0}]
    assert await stand("2026-11-20") == [{**in_beeld, "werk": 1, "zonderBegeleiding": 1}]


async def test_bij_een_overdracht_gaat_een_jongere_mee_ook_een_die_wsd_niet_kent(
    keten: Keten, klant: Klant
) -> None:
    wie = await jongere(keten)
    pad = f"/jongeren/{wie}"
    beeld = (await klant(BOXTEL).post(f"{pad}/beelden", json=BEELD)).json()["beeldId"]
    await klant(BOXTEL).post(f"{pad}/quick-scans", json=SCAN)

    await keten.zeg(overdracht(wie, van=BOXTEL, naar=VUGHT, op=date(2026, 11, 20)))

    assert (await klant(BOXTEL).get(pad)).status_code == 404
    gezien = await klant(VUGHT).get(f"{pad}/beelden/{beeld}")
    assert gezien.json()["toelichting"] == BEELD["toelichting"]
    assert len((await klant(VUGHT).get(pad)).json()["quickScans"]) == 1


async def test_fouten_komen_tegelijk_en_zeggen_niet_wat_er_stond(
    keten: Keten, klant: Klant
) -> None:
    wie = await jongere(keten)
    fout = {**BEELD, "gezienOp": "2026-11-21", "geboortedatum": "1990-01-02"}
    antwoord = await klant(BOXTEL).post(f"/jongeren/{wie}/beelden", json=fout)
    assert antwoord.status_code == 400
    assert [f["pad"] for f in antwoord.json()["fouten"]] == ["gezienOp", "geboortedatum"]
    assert "1990" not in antwoord.text
    fout = {**SCAN, "leefgebieden": SCAN["leefgebieden"][1:]}
    antwoord = await klant(BOXTEL).post(f"/jongeren/{wie}/quick-scans", json=fout)
    assert antwoord.status_code == 400
    assert antwoord.json()["code"] == "ongeldige-jongerenscan"


@pytest.mark.parametrize("rol", ["accountmanager", "loonwaardedeskundige", "backoffice"])
async def test_alleen_wie_jongeren_helpt_legt_iets_vast(
    keten: Keten, klant: Klant, rol: str
) -> None:
    wie, _ = await keten.dossier(op=OP)
    antwoord = await klant(WSD, rol).post(f"/jongeren/{wie}/beelden", json=BEELD)
    assert antwoord.status_code == 403
