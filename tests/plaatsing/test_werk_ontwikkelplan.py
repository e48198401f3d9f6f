"""Een werk-ontwikkelplan: gedeeld door gemeente, WSD en werkgever, elk met wat die mag zien."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.plaatsing.domain.einde import Eindereden
from tests.plaatsing.begeleid import Plaats, Plaatser
from tests.plaatsing.hulp import BOXTEL, VUGHT, WSD, beeindig, overdracht

PRIVE = (
    "Heeft een lichte verstandelijke beperking",
    "Kan groeien naar 60 procent",
    "Ging moeizaam",
)


def plan(op: date, **anders: Any) -> dict[str, Any]:
    return {
        "vastgesteldOp": op.isoformat(),
        "besprokenMet": ["kandidaat", "gemeente", "werkgever"],
        "profiel": PRIVE[0],
        "groei": PRIVE[1],
        "doel": "Zelfstandig orders verzamelen",
        "volgendeStap": "Werken met de scanner",
        "afspraken": [
            {"wie": "werkgever", "tekst": "Legt de scanner uit", "metWerkgever": True},
            {"wie": "wsd", "tekst": "Belt de schuldhulp", "metWerkgever": False},
        ],
        **anders,
    }


def evaluatie(op: date, uitkomst: str = "op-koers") -> dict[str, Any]:
    return {
        "geevalueerdOp": op.isoformat(),
        "besprokenMet": ["kandidaat"],
        "uitkomst": uitkomst,
        "toelichting": PRIVE[2],
    }


async def vastgesteld(plaats: Plaats, **anders: Any) -> str:
    gevonden = await plaats.stuur(
        f"{plaats.pad}/werk-ontwikkelplannen", plan(plaats.vandaag, **anders)
    )
    return f"/werk-ontwikkelplannen/{gevonden['planId']}"


async def test_gemeente_en_wsd_lezen_hetzelfde_hele_plan(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    van_wsd = await hier.haal(pad, rol="jobcoach")
    assert van_wsd == await hier.haal(pad, organisatie=BOXTEL)
    assert van_wsd["geldend"]["profiel"] == PRIVE[0]
    assert [a["tekst"] for a in van_wsd["geldend"]["afspraken"]] == [
        "Legt de scanner uit",
        "Belt de schuldhulp",
    ]


async def test_de_werkgever_leest_niets_over_de_persoon(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    await hier.stuur(f"{pad}/evaluaties", evaluatie(hier.vandaag))
    editie = await hier.haal(f"{pad}/werkgeverseditie", rol="accountmanager")
    assert editie == {
        "planId": pad.rpartition("/")[2],
        "plaatsingId": str(hier.plaatsing_id),
        "vastgesteldOp": "2026-05-04",
        "doel": "Zelfstandig orders verzamelen",
        "volgendeStap": "Werken met de scanner",
        "afspraken": [{"wie": "werkgever", "tekst": "Legt de scanner uit", "uiterlijk": None}],
        "evaluatieUiterlijk": "2026-08-03",
    }


@pytest.mark.parametrize("rol", ["accountmanager", "werkleider", "backoffice"])
async def test_wie_de_kandidaat_niet_begeleidt_leest_het_hele_plan_niet(
    plaats: Plaatser, rol: str
) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    await hier.haal(pad, rol=rol, status=403)
    assert PRIVE[0] not in str(await hier.haal("/werk-ontwikkelplannen", rol=rol))


async def test_wat_in_het_plan_staat_is_verzegeld_en_komt_in_geen_gebeurtenis(
    plaats: Plaatser,
) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    await hier.stuur(f"{pad}/evaluaties", evaluatie(hier.vandaag))
    async with hier.database.unit_of_work(BOXTEL) as uow:
        rijen = await uow.connection.fetch(
            "SELECT * FROM werk_ontwikkelplan WHERE kandidaat_id = $1", hier.kandidaat_id
        )
    zichtbaar = str(rijen) + str(await hier.gezegd())
    for tekst in (*PRIVE, "schuldhulp", "scanner", "orders"):
        assert tekst not in zichtbaar
    assert [g.naam for g in await hier.gezegd()][-2:] == [
        "werk-ontwikkelplan-vastgesteld",
        "werk-ontwikkelplan-geevalueerd",
    ]
    assert all(g.afnemers == {BOXTEL, WSD} for g in await hier.gezegd())


async def test_elke_inzage_wordt_vastgelegd_met_wat_is_gelezen(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    await hier.haal(pad, organisatie=BOXTEL)
    await hier.haal(f"{pad}/werkgeverseditie", organisatie=BOXTEL)
    async with hier.database.unit_of_work(BOXTEL) as uow:
        namen = await uow.connection.fetch(
            "SELECT naam FROM verwerking WHERE betrokkene = $1 AND organisatie = $2 ORDER BY begin",
            hier.kandidaat_id,
            BOXTEL,
        )
    assert sorted(rij["naam"] for rij in namen) == [
        "werk-ontwikkelplan ingezien",
        "werkgeverseditie ingezien",
    ]


async def test_een_herziening_laat_staan_wat_er_was(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    await hier.naar(hier.vandaag + timedelta(days=14))
    await hier.stuur(f"{pad}/versies", plan(hier.vandaag, doel="Ploegleider"), if_match='"1"')
    gelezen = await hier.haal(pad)
    assert gelezen["geldend"]["doel"] == "Ploegleider"
    [eerder] = gelezen["eerdereVersies"]
    assert eerder["doel"] == "Zelfstandig orders verzamelen"
    assert gelezen["evaluatieUiterlijk"] == "2026-08-03"


async def test_wie_een_oude_versie_las_herziet_haar_niet(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    await hier.stuur(f"{pad}/versies", plan(hier.vandaag), if_match='"1"')
    await hier.stuur(f"{pad}/versies", plan(hier.vandaag), if_match='"1"', status=412)


async def test_een_plaatsing_heeft_een_plan(plaats: Plaatser) -> None:
    hier = await plaats()
    await vastgesteld(hier)
    geweigerd = await hier.stuur(
        f"{hier.pad}/werk-ontwikkelplannen", plan(hier.vandaag), status=409
    )
    assert geweigerd["code"] == "plan-bestaat-al"


async def test_elke_drie_maanden_een_evaluatie_en_een_gemiste_wordt_een_gebeurtenis(
    plaats: Plaatser,
) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    [termijn] = await hier.termijnen()
    assert (termijn["soort"], termijn["laatsteDag"]) == (
        "evaluatie-werk-ontwikkelplan",
        "2026-08-03",
    )
    await hier.naar(date(2026, 8, 3))
    assert (await hier.gezegd())[-1].naam == "werk-ontwikkelplan-vastgesteld"
    await hier.naar(date(2026, 8, 4))
    gemist = (await hier.gezegd())[-1]
    assert gemist.naam == "plaatsingstermijn-verstreken"
    assert gemist.data["soort"] == "evaluatie-werk-ontwikkelplan"
    assert gemist.data["plaatsingId"] == str(hier.plaatsing_id)
    assert gemist.afnemers == {BOXTEL, WSD}
    await hier.stuur(f"{pad}/evaluaties", evaluatie(hier.vandaag))
    [gehaald] = await hier.termijnen("gehaald")
    assert gehaald["teLaat"] is True
    [nieuw] = await hier.termijnen()
    assert (nieuw["status"], nieuw["laatsteDag"]) == ("lopend", "2026-11-03")


async def test_na_het_einde_van_de_plaatsing_is_niets_meer_nodig(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    await beeindig(
        hier.database, hier.plaatsing_id, hier.vandaag, Eindereden.TERUG_GEMELD_MOTIVATIE
    )
    assert await hier.termijnen() == []
    await hier.naar(date(2026, 12, 1))
    assert "plaatsingstermijn-verstreken" not in [g.naam for g in await hier.gezegd()]
    geweigerd = await hier.stuur(f"{pad}/evaluaties", evaluatie(hier.vandaag), status=409)
    assert geweigerd["code"] == "plaatsing-al-beeindigd"


async def test_alles_wat_niet_klopt_wordt_in_een_keer_gezegd(plaats: Plaatser) -> None:
    hier = await plaats()
    gisteren = (hier.vandaag - timedelta(days=1)).isoformat()
    afspraken = [
        {"wie": "werkgever", "tekst": "Leert in", "metWerkgever": False, "uiterlijk": gisteren}
    ]
    geweigerd = await hier.stuur(
        f"{hier.pad}/werk-ontwikkelplannen", plan(hier.vandaag, afspraken=afspraken), status=400
    )
    assert {fout["pad"] for fout in geweigerd["fouten"]} == {
        "afspraken.0.uiterlijk",
        "afspraken.0.metWerkgever",
    }


@pytest.mark.parametrize("dagen", [1, 300])
async def test_een_plan_van_morgen_is_nog_niet_vastgesteld(plaats: Plaatser, dagen: int) -> None:
    hier = await plaats()
    morgen = plan(hier.vandaag + timedelta(days=dagen))
    geweigerd = await hier.stuur(f"{hier.pad}/werk-ontwikkelplannen", morgen, status=400)
    assert geweigerd["code"] == "datum-in-toekomst"


async def test_een_evaluatie_ligt_niet_voor_het_plan(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    eerder = evaluatie(hier.vandaag - timedelta(days=1))
    assert (await hier.stuur(f"{pad}/evaluaties", eerder, status=400))["code"] == "datum-past-niet"


async def test_wie_niet_plaatste_stelt_geen_plan_vast(plaats: Plaatser) -> None:
    van_wsd, van_boxtel = await plaats(), await plaats(door=BOXTEL)
    for hier, ander in ((van_wsd, BOXTEL), (van_boxtel, WSD)):
        geweigerd = await hier.stuur(
            f"{hier.pad}/werk-ontwikkelplannen",
            plan(hier.vandaag),
            organisatie=ander,
            status=403,
        )
        assert geweigerd["code"] == "niet-bevoegd"


async def test_voor_een_andere_gemeente_bestaat_het_plan_niet(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    for onder in ("", "/werkgeverseditie"):
        await hier.haal(pad + onder, organisatie=VUGHT, status=404)
    await hier.stuur(f"{pad}/evaluaties", evaluatie(hier.vandaag), organisatie=VUGHT, status=404)


async def test_het_plan_gaat_met_de_kandidaat_mee(plaats: Plaatser) -> None:
    hier = await plaats()
    pad = await vastgesteld(hier)
    await plaats.keten.zeg(overdracht(hier.kandidaat_id, VUGHT))
    gelezen = await hier.haal(pad, organisatie=VUGHT)
    assert (gelezen["gemeentecode"], gelezen["geldend"]["profiel"]) == (VUGHT, PRIVE[0])
    await hier.haal(pad, organisatie=BOXTEL, status=404)
    await hier.naar(date(2026, 8, 4))
    assert (await hier.gezegd())[-1].afnemers == {VUGHT, WSD}
