"""De DKD re-integratieberichten van een maand, uit wat financiering zei."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.database import Database
from contracts.financiering import Beschikkingsoort, LKSBeschikkingGegeven, LKSVastgesteld
from contracts.plaatsing import Grondslag, LKSPlaatsing
from tests.dienst import Klant
from tests.intake.hulp import (
    WSD,
    Anderen,
    doe,
    id_van,
    meld_aan,
    persoon,
    verwijs_door,
)

MEIERIJSTAD, GESTEL = "1948", "0845"
PAD = "/uitwisseling/dkd-reintegratieberichten"


class Baan:
    """What plaatsing and financiering say of one job with loonkostensubsidie."""

    def __init__(self, kandidaat_id: UUID, gemeentecode: str = MEIERIJSTAD) -> None:
        self.wie = {"kandidaat_id": kandidaat_id, "gemeentecode": gemeentecode}
        self.plaatsing_id, self.lks_id = uuid4(), uuid4()

    def gestart(self, loonwaarde: int | None = 45) -> LKSPlaatsing:
        return LKSPlaatsing(
            **self.wie,
            plaatsing_id=self.plaatsing_id,
            werkgever_id=uuid4(),
            werkplek_id=uuid4(),
            begindatum=date(2026, 1, 5),
            uren_per_week=Decimal(24),
            voltijdsuren_per_week=Decimal(36),
            grondslag=Grondslag.FORFAIT if loonwaarde is None else Grondslag.LOONWAARDE,
            loonwaarde=loonwaarde,
        )

    def vastgesteld(self, vanaf: date, loonwaarde: int | None) -> LKSVastgesteld:
        return LKSVastgesteld(
            **self.wie,
            lks_id=self.lks_id,
            plaatsing_id=self.plaatsing_id,
            ingangsdatum=vanaf,
            grondslag=Grondslag.FORFAIT if loonwaarde is None else Grondslag.LOONWAARDE,
            loonwaarde=loonwaarde,
            maandbedrag=Decimal("100.00"),
        )

    def beschikking(
        self, op: date, vanaf: date, soort: Beschikkingsoort = Beschikkingsoort.HERZIENING
    ) -> LKSBeschikkingGegeven:
        return LKSBeschikkingGegeven(
            **self.wie,
            beschikking_id=uuid4(),
            lks_id=self.lks_id,
            plaatsing_id=self.plaatsing_id,
            soort=soort,
            ingangsdatum=vanaf,
            bekendgemaakt_op=op,
            bezwaar_tot_en_met=op + timedelta(days=42),
        )


async def levering(klant: Klant, organisatie: str, maand: str) -> dict[str, Any]:
    antwoord = await klant(organisatie).get(PAD, params={"maand": maand})
    assert antwoord.status_code == 200, antwoord.text
    gevonden: dict[str, Any] = antwoord.json()
    return gevonden


async def test_elke_brief_met_een_andere_loonwaarde_is_een_bericht(
    klant: Klant, database: Database
) -> None:
    meierijstad, anderen, wie = klant(MEIERIJSTAD), Anderen(database), persoon()
    kandidaat = await meld_aan(meierijstad, persoon=wie)
    await verwijs_door(meierijstad, kandidaat)
    baan = Baan(id_van(kandidaat))
    toegekend = baan.beschikking(date(2026, 1, 20), date(2026, 1, 5), Beschikkingsoort.TOEKENNING)
    herzien = baan.beschikking(date(2026, 1, 30), date(2026, 2, 1))
    for event in (
        baan.gestart(),
        baan.vastgesteld(date(2026, 1, 5), 45),
        toegekend,
        baan.vastgesteld(date(2026, 2, 1), 60),
        herzien,
        # Other hours: a letter, with the same loonwaarde.
        baan.vastgesteld(date(2026, 2, 9), 60),
        baan.beschikking(date(2026, 1, 31), date(2026, 2, 9)),
        # What is learned after the letters does not change what they told.
        baan.vastgesteld(date(2026, 1, 5), 50),
    ):
        await anderen.zeg(event)
    januari = await levering(klant, MEIERIJSTAD, "2026-01")
    kandidaat_id = str(id_van(kandidaat))
    assert januari == {
        "gemeentecode": MEIERIJSTAD,
        "maand": "2026-01",
        "berichten": [
            {
                "beschikkingId": str(toegekend.beschikking_id),
                "kandidaatId": kandidaat_id,
                "bsn": wie["bsn"],
                "codeArbeidsvermogenOnderWml": "1",
                "datumBeginReintegratieInzet": "2026-01-20",
                "percentageLoonwaarde": 45,
                "ingangsdatum": "2026-01-05",
            },
            {
                "beschikkingId": str(herzien.beschikking_id),
                "kandidaatId": kandidaat_id,
                "bsn": wie["bsn"],
                "codeArbeidsvermogenOnderWml": "1",
                "datumBeginReintegratieInzet": "2026-01-30",
                "percentageLoonwaarde": 60,
                "ingangsdatum": "2026-02-01",
            },
        ],
        "controle": {
            "beschikkingen": 3,
            "metBericht": 2,
            "ongewijzigd": 1,
            "zonderLoonwaarde": 0,
            "afgewezen": 0,
            "beeindigd": 0,
        },
    }
    assert (await levering(klant, MEIERIJSTAD, "2026-02"))["controle"]["beschikkingen"] == 0
    # Only of the gemeente itself, and each reading of a person is recorded.
    assert (await levering(klant, GESTEL, "2026-01"))["berichten"] == []
    wsd = await klant(WSD).get(PAD, params={"maand": "2026-01"})
    assert (wsd.status_code, wsd.json()["code"]) == (403, "niet-bevoegd")
    async with database.unit_of_work(MEIERIJSTAD) as uow:
        gelezen = await uow.connection.fetchval(
            "SELECT count(*) FROM verwerking WHERE betrokkene = $1"
            " AND naam = 'DKD-levering gemaakt'",
            id_van(kandidaat),
        )
    assert gelezen == 2


async def test_met_het_forfait_is_er_pas_een_bericht_als_er_is_gemeten(
    klant: Klant, database: Database
) -> None:
    meierijstad, anderen = klant(MEIERIJSTAD), Anderen(database)
    kandidaat = await meld_aan(meierijstad)
    await verwijs_door(meierijstad, kandidaat)
    baan = Baan(id_van(kandidaat))
    for event in (
        baan.gestart(None),
        baan.vastgesteld(date(2026, 1, 5), None),
        baan.beschikking(date(2026, 3, 20), date(2026, 1, 5), Beschikkingsoort.TOEKENNING),
        baan.vastgesteld(date(2026, 4, 1), 100),
        baan.beschikking(date(2026, 4, 8), date(2026, 4, 1)),
    ):
        await anderen.zeg(event)
    maart = await levering(klant, MEIERIJSTAD, "2026-03")
    assert (maart["berichten"], maart["controle"]["zonderLoonwaarde"]) == ([], 1)
    [bericht] = (await levering(klant, MEIERIJSTAD, "2026-04"))["berichten"]
    assert (bericht["codeArbeidsvermogenOnderWml"], bericht["percentageLoonwaarde"]) == ("2", 100)


async def test_een_late_toekenning_meldt_alles_wat_tot_dan_is_gemeten(
    klant: Klant, database: Database
) -> None:
    meierijstad, anderen = klant(MEIERIJSTAD), Anderen(database)
    kandidaat = await meld_aan(meierijstad)
    await verwijs_door(meierijstad, kandidaat)
    baan = Baan(id_van(kandidaat))
    for event in (
        baan.gestart(None),
        baan.vastgesteld(date(2026, 1, 5), None),
        baan.vastgesteld(date(2026, 7, 5), 40),
        baan.vastgesteld(date(2026, 8, 1), 50),
        baan.beschikking(date(2026, 8, 20), date(2026, 1, 5), Beschikkingsoort.TOEKENNING),
        baan.vastgesteld(date(2026, 9, 1), 60),
    ):
        await anderen.zeg(event)
    augustus = await levering(klant, MEIERIJSTAD, "2026-08")
    assert [
        (b["ingangsdatum"], b["percentageLoonwaarde"], b["datumBeginReintegratieInzet"])
        for b in augustus["berichten"]
    ] == [("2026-07-05", 40, "2026-08-20"), ("2026-08-01", 50, "2026-08-20")]
    assert augustus["controle"]["metBericht"] == augustus["controle"]["beschikkingen"] == 1


async def test_van_een_brief_waarvan_het_bedrag_nog_niet_is_gezegd_telt_de_plaatsing(
    klant: Klant, database: Database
) -> None:
    """In whatever order the services are heard."""
    meierijstad, anderen = klant(MEIERIJSTAD), Anderen(database)
    kandidaat = await meld_aan(meierijstad)
    await verwijs_door(meierijstad, kandidaat)
    baan = Baan(id_van(kandidaat))
    await anderen.zeg(baan.beschikking(date(2026, 5, 20), date(2026, 1, 5)))
    assert (await levering(klant, MEIERIJSTAD, "2026-05"))["controle"]["zonderLoonwaarde"] == 1
    await anderen.zeg(baan.gestart(45))
    [bericht] = (await levering(klant, MEIERIJSTAD, "2026-05"))["berichten"]
    assert bericht["percentageLoonwaarde"] == 45


async def test_na_een_overdracht_levert_de_gemeente_die_de_kandidaat_heeft(
    klant: Klant, database: Database
) -> None:
    meierijstad, anderen = klant(MEIERIJSTAD), Anderen(database)
    kandidaat = await meld_aan(meierijstad)
    await verwijs_door(meierijstad, kandidaat)
    baan = Baan(id_van(kandidaat))
    for event in (
        baan.gestart(),
        baan.vastgesteld(date(2026, 1, 5), 45),
        baan.beschikking(date(2026, 6, 20), date(2026, 1, 5)),
    ):
        await anderen.zeg(event)
    overdracht = {"naarGemeente": GESTEL, "ingangsdatum": "2026-11-20", "reden": "verhuizing"}
    await doe(meierijstad, f"{kandidaat}/overdrachten", overdracht)
    assert (await levering(klant, MEIERIJSTAD, "2026-06"))["berichten"] == []
    [bericht] = (await levering(klant, GESTEL, "2026-06"))["berichten"]
    assert bericht["percentageLoonwaarde"] == 45


@pytest.mark.parametrize("maand", ["2026-13", "2026-1", "26-01", "1999-12", ""])
async def test_een_maand_die_er_geen_is_wordt_geweigerd(klant: Klant, maand: str) -> None:
    antwoord = await klant(MEIERIJSTAD).get(PAD, params={"maand": maand})
    assert antwoord.status_code == 400
    assert antwoord.json()["fouten"][0]["pad"] == "query.maand"
