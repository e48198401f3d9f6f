"""Afwezigheid is alleen een signaal: dat iemand er niet is, en nooit waarom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.plaatsing import AfwezigheidBeeindigd, AfwezigheidGemeld
from services.plaatsing.domain.einde import Eindereden
from tests.plaatsing.begeleid import Plaats, Plaatser
from tests.plaatsing.hulp import BOXTEL, VUGHT, WSD, beeindig, overdracht

BEGIN = date(2026, 5, 4)


async def gemeld(hier: Plaats, vanaf: date = BEGIN, **anders: Any) -> Any:
    return await hier.stuur(
        f"{hier.pad}/afwezigheden", {"vanaf": vanaf.isoformat()}, **{"rol": "werkleider", **anders}
    )


async def terug(hier: Plaats, afwezigheid: dict[str, Any], op: date, status: int = 201) -> Any:
    return await hier.stuur(
        f"/afwezigheden/{afwezigheid['afwezigheidId']}/beeindigingen",
        {"laatsteDag": op.isoformat()},
        rol="werkleider",
        status=status,
    )


async def test_een_afwezigheid_begint_en_eindigt_met_een_gebeurtenis(plaats: Plaatser) -> None:
    hier = await plaats()
    afwezigheid = await gemeld(hier)
    await hier.naar(BEGIN + timedelta(days=4))
    await terug(hier, afwezigheid, BEGIN + timedelta(days=3))
    [*_, begin, einde] = await hier.gezegd()
    assert [begin.naam, einde.naam] == [AfwezigheidGemeld.naam, AfwezigheidBeeindigd.naam]
    assert begin.data["vanaf"] == "2026-05-04"
    assert einde.data["laatsteDag"] == "2026-05-07"
    assert begin.afnemers == einde.afnemers == {BOXTEL, WSD}
    [gezien] = (await hier.haal(f"{hier.pad}/afwezigheden", rol="werkleider"))["afwezigheden"]
    assert (gezien["vanaf"], gezien["laatsteDag"]) == ("2026-05-04", "2026-05-07")


@pytest.mark.parametrize("veld", ["reden", "toelichting", "diagnose", "soort"])
async def test_een_reden_wordt_niet_aangenomen(plaats: Plaatser, veld: str) -> None:
    hier = await plaats()
    body = {"vanaf": BEGIN.isoformat(), veld: "griep"}
    geweigerd = await hier.stuur(f"{hier.pad}/afwezigheden", body, status=400)
    assert "griep" not in str(geweigerd)


async def test_nergens_is_plaats_voor_een_reden(plaats: Plaatser) -> None:
    hier = await plaats()
    async with hier.database.unit_of_work(WSD) as uow:
        kolommen = await uow.connection.fetch(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = 'afwezigheid'"
        )
    assert {kolom["column_name"] for kolom in kolommen} == {
        "id",
        "plaatsing_id",
        "kandidaat_id",
        "gemeentecode",
        "vanaf",
        "laatste_dag",
    }


async def test_wie_afwezig_is_wordt_niet_nog_eens_afwezig_gemeld(plaats: Plaatser) -> None:
    hier = await plaats()
    afwezigheid = await gemeld(hier)
    assert (await gemeld(hier, status=409))["code"] == "al-afwezig"
    await terug(hier, afwezigheid, BEGIN)
    assert (await gemeld(hier, status=409))["code"] == "al-afwezig"
    await hier.naar(BEGIN + timedelta(days=1))
    await gemeld(hier, hier.vandaag)


async def test_een_terugkeer_wordt_een_keer_gemeld(plaats: Plaatser) -> None:
    hier = await plaats()
    afwezigheid = await gemeld(hier)
    await terug(hier, afwezigheid, BEGIN)
    nog_eens = await terug(hier, afwezigheid, BEGIN, status=409)
    assert nog_eens["code"] == "afwezigheid-al-beeindigd"


async def test_dagen_die_niet_kunnen_worden_geweigerd(plaats: Plaatser) -> None:
    hier = await plaats()
    dag = timedelta(days=1)
    assert (await gemeld(hier, BEGIN - dag, status=400))["code"] == "datum-buiten-plaatsing"
    assert (await gemeld(hier, BEGIN + dag, status=400))["code"] == "datum-in-toekomst"
    await hier.naar(BEGIN + 5 * dag)
    afwezigheid = await gemeld(hier, BEGIN + 2 * dag)
    te_vroeg = await terug(hier, afwezigheid, BEGIN + dag, status=400)
    assert te_vroeg["code"] == "datum-past-niet"
    assert (await terug(hier, afwezigheid, BEGIN + 6 * dag, status=400))["code"] == (
        "datum-in-toekomst"
    )


async def test_afwezigheid_duurt_niet_langer_dan_de_plaatsing(plaats: Plaatser) -> None:
    hier = await plaats()
    afwezigheid = await gemeld(hier)
    await hier.naar(BEGIN + timedelta(days=9))
    await beeindig(
        hier.database,
        hier.plaatsing_id,
        BEGIN + timedelta(days=6),
        Eindereden.TERUG_GEMELD_MOTIVATIE,
    )
    geweigerd = await terug(hier, afwezigheid, BEGIN + timedelta(days=7), status=400)
    assert geweigerd["code"] == "datum-buiten-plaatsing"
    await terug(hier, afwezigheid, BEGIN + timedelta(days=6))


@pytest.mark.parametrize("rol", ["accountmanager", "backoffice"])
async def test_wie_niet_begeleidt_ziet_geen_afwezigheid(plaats: Plaatser, rol: str) -> None:
    hier = await plaats()
    await gemeld(hier)
    await hier.haal(f"{hier.pad}/afwezigheden", rol=rol, status=403)


async def test_voor_een_andere_gemeente_bestaat_de_afwezigheid_niet(plaats: Plaatser) -> None:
    hier = await plaats()
    await gemeld(hier)
    await hier.haal(f"{hier.pad}/afwezigheden", organisatie=VUGHT, status=404)
    await plaats.keten.zeg(overdracht(hier.kandidaat_id, VUGHT))
    gevonden = await hier.haal(f"{hier.pad}/afwezigheden", organisatie=VUGHT)
    assert len(gevonden["afwezigheden"]) == 1
