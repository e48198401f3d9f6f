"""ZRM-metingen door de API: afnemen, corrigeren, vergelijken, en op tijd herhalen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from chassis.database import Database
from contracts.intake import KandidaatTeruggevallen, KandidaatUitgestroomd, Uitstroombestemming
from services.diagnose.domain.zrm import ZrmVersie
from tests.diagnose.gebruikers import BOXTEL, VUGHT, Diagnose, Dossiernummers
from tests.diagnose.verhalen import Keten, neem_af, zrm


def correctie(diagnose: Diagnose, **anders: Any) -> dict[str, Any]:
    body = zrm(diagnose.vandaag, financien=5)
    del body["zrmVersie"], body["afgenomenOp"]
    return {
        **body,
        "gecorrigeerdOp": diagnose.vandaag.isoformat(),
        "reden": "Het loon was niet meegeteld.",
        **anders,
    }


async def corrigeer(
    diagnose: Diagnose, dossier: Dossiernummers, meting: str, etag: str, body: dict[str, Any]
) -> Any:
    return await diagnose.klant("wsd").post(
        f"{dossier.pad}/zrm-metingen/{meting}/correcties", json=body, headers={"If-Match": etag}
    )


async def test_een_meting_van_2013_heeft_elf_domeinen_en_een_eigen_gebeurtenis(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    meting = await neem_af(diagnose, dossier, ZrmVersie.V2013)
    gelezen = await diagnose.haal(f"{dossier.pad}/zrm-metingen/{meting}", organisatie=BOXTEL)
    assert gelezen["zrmVersie"] == "2013"
    assert len(gelezen["scores"]) == 11
    assert gelezen["scores"][1] == {
        "domein": "dagbesteding",
        "domeinnaam": "Dagbesteding",
        "niveau": 3,
        "niveaunaam": "Beperkt zelfredzaam",
        "hulp": "ja-informeel",
        "toelichting": "Een zus helpt.",
    }
    laatste = (await diagnose.gezegd(dossier))[-1]
    assert laatste.naam == "zrm-2013-afgenomen"
    assert laatste.data["volgnummer"] == 1
    assert laatste.afnemers == {BOXTEL, "wsd"}


async def test_zonder_keuze_is_een_meting_van_2017(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    body = zrm(diagnose.vandaag)
    del body["zrmVersie"]
    await diagnose.stuur(f"{dossier.pad}/zrm-metingen", body)
    assert (await diagnose.gezegd(dossier))[-1].naam == "zrm-afgenomen"


async def test_domeinen_van_de_andere_versie_worden_een_voor_een_genoemd(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    body = {**zrm(diagnose.vandaag, ZrmVersie.V2013), "zrmVersie": "2017"}
    fout = await diagnose.stuur(f"{dossier.pad}/zrm-metingen", body, status=400)
    assert {punt["code"] for punt in fout["fouten"]} == {
        "domein-van-andere-versie",
        "domein-ontbreekt",
    }
    assert len(fout["fouten"]) == 3 + 5


async def test_per_dag_bestaat_een_meting_ook_van_een_andere_versie(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    await neem_af(diagnose, dossier, ZrmVersie.V2013)
    fout = await diagnose.stuur(f"{dossier.pad}/zrm-metingen", zrm(diagnose.vandaag), status=409)
    assert fout["type"].endswith("zrm-al-afgenomen")


async def test_een_correctie_is_een_nieuwe_versie_met_reden_en_de_oude_blijft_te_lezen(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    meting = await neem_af(diagnose, dossier, financien=1)
    antwoord = await corrigeer(diagnose, dossier, meting, '"1"', correctie(diagnose))
    assert antwoord.status_code == 201, antwoord.text
    assert antwoord.json() == {"metingId": meting, "metingversie": 2}
    assert antwoord.headers["ETag"] == '"2"'
    nu = await diagnose.haal(f"{dossier.pad}/zrm-metingen/{meting}")
    assert (nu["metingversie"], nu["scores"][0]["niveau"]) == (2, 5)
    versies = await diagnose.haal(f"{dossier.pad}/zrm-metingen/{meting}/versies")
    assert [(v["metingversie"], v["scores"][0]["niveau"]) for v in versies["versies"]] == [
        (1, 1),
        (2, 5),
    ]
    assert versies["versies"][0]["correctie"] is None
    assert versies["versies"][1]["correctie"]["reden"] == "Het loon was niet meegeteld."
    laatste = (await diagnose.gezegd(dossier))[-1]
    assert laatste.naam == "zrm-gecorrigeerd"
    assert laatste.data["metingversie"] == 2
    assert "reden" not in laatste.data


async def test_wie_een_verouderde_versie_corrigeert_wordt_geweigerd(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    meting = await neem_af(diagnose, dossier)
    body = correctie(diagnose)
    assert (await corrigeer(diagnose, dossier, meting, '"1"', body)).status_code == 201
    antwoord = await corrigeer(diagnose, dossier, meting, '"1"', {**body, "beoordelaar": "c-13"})
    assert antwoord.status_code == 412


async def test_een_correctie_die_niets_verandert_of_te_oude_informatie_heeft_wordt_geweigerd(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    meting = await neem_af(diagnose, dossier, financien=5)
    gelijk = await corrigeer(diagnose, dossier, meting, "*", correctie(diagnose))
    assert [punt["code"] for punt in gelijk.json()["fouten"]] == ["niets-anders"]
    oud = (diagnose.vandaag - timedelta(days=31)).isoformat()
    te_oud = await corrigeer(diagnose, dossier, meting, "*", correctie(diagnose, informatieVan=oud))
    assert [punt["code"] for punt in te_oud.json()["fouten"]] == ["te-oud"]
    vroeg = (diagnose.vandaag - timedelta(days=1)).isoformat()
    te_vroeg = await corrigeer(
        diagnose, dossier, meting, "*", correctie(diagnose, gecorrigeerdOp=vroeg, beoordelaar="x")
    )
    assert te_vroeg.json()["type"].endswith("datum-past-niet")
    morgen = (diagnose.vandaag + timedelta(days=1)).isoformat()
    te_laat = await corrigeer(
        diagnose, dossier, meting, "*", correctie(diagnose, gecorrigeerdOp=morgen, beoordelaar="x")
    )
    assert te_laat.json()["type"].endswith("datum-in-toekomst")


async def test_niveaus_en_toelichting_staan_nergens_open_in_de_database(
    diagnose: Diagnose, database: Database
) -> None:
    dossier = await diagnose.gestart()
    meting = await neem_af(diagnose, dossier)
    await corrigeer(diagnose, dossier, meting, "*", correctie(diagnose))
    async with database.unit_of_work(BOXTEL) as uow:
        rijen = [
            *await uow.connection.fetch("SELECT * FROM zrm_meting"),
            *await uow.connection.fetch("SELECT * FROM zrm_meting_versie"),
        ]
    assert len(rijen) >= 2
    for rij in rijen:
        assert b"zus" not in rij["inhoud"]
        assert b"niveau" not in rij["inhoud"]


async def test_twee_metingen_van_verschillende_versie_naast_elkaar(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    eerder = await neem_af(diagnose, dossier, ZrmVersie.V2013, niveau=2)
    await diagnose.naar(diagnose.vandaag + timedelta(days=60))
    later = await neem_af(diagnose, dossier, niveau=3)
    pad = f"{dossier.pad}/zrm-metingen/{eerder}/vergelijkingen/{later}"
    gezien = await diagnose.haal(pad, organisatie=BOXTEL)
    assert gezien["totaal"] == 9
    assert [anders["eerder"] for anders in gezien["nietVergelijkbaar"]] == [
        ["dagbesteding"],
        ["adl"],
    ]
    terug = await diagnose.haal(f"{dossier.pad}/zrm-metingen/{later}/vergelijkingen/{eerder}")
    assert terug["totaal"] == -9
    figuur = await diagnose.klant(BOXTEL).get(pad + "/figuur")
    assert figuur.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "Alle vergelijkbare domeinen samen: 9 stappen vooruit." in figuur.text
    enkel = await diagnose.klant(BOXTEL).get(f"{dossier.pad}/zrm-metingen/{later}/figuur")
    assert "ZRM 2017 van" in enkel.text


async def test_een_andere_gemeente_ziet_meting_versies_vergelijking_en_figuur_niet(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    meting = await neem_af(diagnose, dossier)
    pad = f"{dossier.pad}/zrm-metingen/{meting}"
    ander = await diagnose.gestart(VUGHT)
    hunne = await neem_af(diagnose, ander)
    for onder in ("", "/versies", "/figuur", f"/vergelijkingen/{meting}"):
        antwoord = await diagnose.klant(VUGHT).get(pad + onder)
        assert antwoord.status_code == 404, onder
    # Nor by naming a measurement of another beside one's own.
    for onder in (f"/vergelijkingen/{meting}", f"/vergelijkingen/{meting}/figuur"):
        antwoord = await diagnose.klant(VUGHT).get(f"{ander.pad}/zrm-metingen/{hunne}{onder}")
        assert antwoord.status_code == 404, onder


async def test_elke_inzage_wordt_vastgelegd(diagnose: Diagnose, database: Database) -> None:
    dossier = await diagnose.gestart()
    meting = await neem_af(diagnose, dossier)
    pad = f"{dossier.pad}/zrm-metingen/{meting}"
    for onder in ("", "/versies", "/figuur", f"/vergelijkingen/{meting}"):
        await diagnose.klant(BOXTEL).get(pad + onder)
    async with database.unit_of_work(BOXTEL) as uow:
        aantal = await uow.connection.fetchval(
            "SELECT count(*) FROM verwerking WHERE betrokkene = $1 AND organisatie = $2"
            " AND naam = 'zrm_meting ingezien'",
            dossier.kandidaat_id,
            BOXTEL,
        )
    assert aantal == 5


async def test_de_volgende_meting_is_binnen_drie_maanden_nodig(diagnose: Diagnose) -> None:
    await diagnose.naar(date(2026, 11, 30))
    dossier = await diagnose.gestart()
    await neem_af(diagnose, dossier)
    [termijn] = await diagnose.termijnen(dossier)
    assert (termijn["soort"], termijn["laatsteDag"]) == ("zrm-herhaling", "2027-02-28")


async def test_een_gemiste_kwartaalmeting_wordt_een_gebeurtenis_en_een_late_haalt_haar_alsnog(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    await neem_af(diagnose, dossier)
    [termijn] = await diagnose.termijnen(dossier)
    laatste_dag = date.fromisoformat(termijn["laatsteDag"])
    await diagnose.naar(laatste_dag)
    assert (await diagnose.gezegd(dossier))[-1].naam == "zrm-afgenomen"
    await diagnose.naar(laatste_dag + timedelta(days=1))
    gemist = (await diagnose.gezegd(dossier))[-1]
    assert gemist.naam == "diagnosetermijn-verstreken"
    assert gemist.data["soort"] == "zrm-herhaling"
    await neem_af(diagnose, dossier)
    [gehaald] = await diagnose.termijnen(dossier, "gehaald")
    assert gehaald["teLaat"] is True
    [nieuw] = await diagnose.termijnen(dossier)
    assert nieuw["status"] == "lopend"


async def test_een_meting_op_tijd_begint_een_nieuwe_termijn(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    await neem_af(diagnose, dossier)
    await diagnose.naar(diagnose.vandaag + timedelta(days=80))
    await neem_af(diagnose, dossier)
    [gehaald] = await diagnose.termijnen(dossier, "gehaald")
    assert gehaald["teLaat"] is False
    [nieuw] = await diagnose.termijnen(dossier)
    assert nieuw["begonnenOp"] == diagnose.vandaag.isoformat()


async def test_wat_al_voorbij_is_als_de_meting_wordt_vastgelegd_wordt_niet_bewaakt(
    diagnose: Diagnose,
) -> None:
    begin, meting = diagnose.vandaag, zrm(diagnose.vandaag)
    dossiers = [await diagnose.gestart() for _ in range(2)]
    for dossier, dagen, verwacht in zip(dossiers, (92, 93), (1, 0), strict=True):
        await diagnose.naar(begin + timedelta(days=dagen))
        await diagnose.stuur(f"{dossier.pad}/zrm-metingen", meting)
        assert len(await diagnose.termijnen(dossier)) == verwacht
    assert "diagnosetermijn-verstreken" not in [g.naam for g in await diagnose.gezegd(dossiers[1])]


async def test_bij_uitstroom_vervallen_de_termijnen(diagnose: Diagnose, database: Database) -> None:
    keten, dossier = Keten(database), await diagnose.gestart()
    await neem_af(diagnose, dossier)
    await diagnose.stuur(
        f"{dossier.pad}/ladderposities",
        {"trede": 3, "vastgesteldOp": diagnose.vandaag.isoformat()},
    )
    await diagnose.stuur(
        f"{dossier.pad}/arbeidsvermogens",
        {"arbeidsvermogen": "onder-wml", "vastgesteldOp": diagnose.vandaag.isoformat()},
    )
    assert len(await diagnose.termijnen(dossier)) == 3
    await keten.zeg(
        KandidaatUitgestroomd(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=BOXTEL,
            uitgestroomd_op=diagnose.vandaag,
            bestemming=Uitstroombestemming.REGULIER_WERK,
        )
    )
    assert await diagnose.termijnen(dossier) == []
    await diagnose.naar(diagnose.vandaag + timedelta(days=365))
    assert "diagnosetermijn-verstreken" not in [g.naam for g in await diagnose.gezegd(dossier)]
    await keten.zeg(
        KandidaatTeruggevallen(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=BOXTEL,
            teruggevallen_op=diagnose.vandaag,
        )
    )
    await neem_af(diagnose, dossier)
    assert len(await diagnose.termijnen(dossier)) == 1


@pytest.mark.parametrize("rol", ["loonwaardedeskundige", "klantmanager"])
async def test_alleen_een_trajectconsulent_meet_en_corrigeert(diagnose: Diagnose, rol: str) -> None:
    dossier = await diagnose.gestart()
    await diagnose.stuur(f"{dossier.pad}/zrm-metingen", zrm(diagnose.vandaag), rol=rol, status=403)
