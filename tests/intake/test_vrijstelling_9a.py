"""Na een vrijstelling van art. 9a: een plan van aanpak, en elk half jaar een heronderzoek."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.intake.gebruikers import Intake

BOXTEL = "0757"


@pytest.fixture
async def vrijgesteld(intake: Intake) -> tuple[str, str]:
    """A kandidaat with a vrijstelling of art. 9a from 20 November 2026, and the address of it."""
    kandidaat = await intake.meld_aan(BOXTEL)
    besluit = await _verleen(intake, kandidaat, "pw-art-9a", ["arbeid"])
    return kandidaat, f"/kandidaten/{kandidaat}/besluiten/{besluit}"


async def _verleen(intake: Intake, kandidaat: str, grond: str, van: list[str]) -> str:
    besluit = await intake.stuur(
        f"/kandidaten/{kandidaat}/vrijstellingen",
        {
            "genomenOp": intake.vandaag.isoformat(),
            "motivering": "Proefmotivering",
            "rechtsgrond": grond,
            "ingangsdatum": intake.vandaag.isoformat(),
            "einddatum": "2027-11-19",
            "vrijgesteldVan": van,
            "alleenstaandeOuderKindJongerDan5": grond == "pw-art-9a",
        },
        organisatie=BOXTEL,
    )
    return str(besluit["besluitId"])


async def _open(intake: Intake, kandidaat: str) -> dict[str, str]:
    antwoord = await intake.haal(f"/kandidaten/{kandidaat}/termijnen", organisatie=BOXTEL)
    return {t["soort"]: t["laatsteDag"] for t in antwoord["termijnen"] if t["status"] == "lopend"}


async def test_het_plan_is_er_binnen_zes_maanden_en_dan_volgt_elk_half_jaar_een_heronderzoek(
    intake: Intake, vrijgesteld: tuple[str, str]
) -> None:
    kandidaat, pad = vrijgesteld
    assert (await _open(intake, kandidaat))["plan-van-aanpak"] == "2027-05-20"
    await intake.naar(date(2027, 2, 1))
    plan = await intake.stuur(
        f"{pad}/plannen-van-aanpak", {"opgesteldOp": "2027-02-01"}, organisatie=BOXTEL
    )
    assert plan["heronderzoekUiterlijk"] == "2027-08-01"
    assert "plan-van-aanpak" not in await _open(intake, kandidaat)
    await intake.naar(date(2027, 7, 1))
    volgende = await intake.stuur(
        f"{pad}/heronderzoeken", {"onderzochtOp": "2027-07-01"}, organisatie=BOXTEL
    )
    assert volgende["heronderzoekUiterlijk"] == "2028-01-01"


async def test_zonder_plan_geen_heronderzoek_en_geen_tweede_plan(
    intake: Intake, vrijgesteld: tuple[str, str]
) -> None:
    _, pad = vrijgesteld
    dag = intake.vandaag.isoformat()
    heronderzoek: dict[str, Any] = {"onderzochtOp": dag}
    te_vroeg = await intake.stuur(
        f"{pad}/heronderzoeken", heronderzoek, organisatie=BOXTEL, status=409
    )
    assert te_vroeg["code"] == "vrijstelling-vraagt-dit-niet"
    await intake.stuur(f"{pad}/plannen-van-aanpak", {"opgesteldOp": dag}, organisatie=BOXTEL)
    nog_een = await intake.stuur(
        f"{pad}/plannen-van-aanpak", {"opgesteldOp": dag}, organisatie=BOXTEL, status=409
    )
    assert nog_een["code"] == "vrijstelling-vraagt-dit-niet"


async def test_een_plan_hoort_bij_een_vrijstelling_van_art_9a(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(BOXTEL)
    ander = await _verleen(intake, kandidaat, "pw-art-9-lid-2", ["arbeid"])
    probleem = await intake.stuur(
        f"/kandidaten/{kandidaat}/besluiten/{ander}/plannen-van-aanpak",
        {"opgesteldOp": intake.vandaag.isoformat()},
        organisatie=BOXTEL,
        status=409,
    )
    assert probleem["code"] == "vrijstelling-vraagt-dit-niet"


async def test_op_een_dag_die_er_nog_niet_is_kan_niets_zijn_gedaan(
    intake: Intake, vrijgesteld: tuple[str, str]
) -> None:
    _, pad = vrijgesteld
    for dag in ("2026-11-19", "2026-11-21"):
        probleem = await intake.stuur(
            f"{pad}/plannen-van-aanpak", {"opgesteldOp": dag}, organisatie=BOXTEL, status=400
        )
        assert probleem["code"] == "datum-past-niet"


async def test_een_termijn_van_een_vrijstelling_hoort_alleen_de_gemeente(
    intake: Intake, vrijgesteld: tuple[str, str]
) -> None:
    """Also of who has been referred to WSD: the kind of term tells on which ground."""
    kandidaat, _ = vrijgesteld
    dag = intake.vandaag.isoformat()
    besluit = {
        "genomenOp": dag,
        "motivering": "Proefmotivering",
        "rechtsgrond": "pw-art-7-lid-1-a",
        "ingangsdatum": dag,
        "uitkomst": "aanmelden-bij-wsd",
    }
    await intake.stuur(f"/kandidaten/{kandidaat}/poortbesluiten", besluit, organisatie=BOXTEL)
    await intake.stuur(
        f"/kandidaten/{kandidaat}/doorverwijzingen", {"doorverwezenOp": dag}, organisatie=BOXTEL
    )
    pad = f"/kandidaten/{kandidaat}/termijnen"
    van_wsd = await intake.haal(pad, organisatie="wsd", rol="trajectconsulent")
    assert "plan-van-aanpak" not in {t["soort"] for t in van_wsd["termijnen"]}
    await intake.naar(date(2027, 5, 21))
    async with intake.database.unit_of_work("systeem") as uow:
        afnemers = await uow.connection.fetch(
            "SELECT DISTINCT afnemers FROM outbox WHERE aggregate_id = $1 AND type LIKE"
            " '%termijn-%' AND convert_from(data, 'UTF8') LIKE '%plan-van-aanpak%'",
            kandidaat,
        )
    assert [rij["afnemers"] for rij in afnemers] == [[BOXTEL]]
