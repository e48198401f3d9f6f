"""Begeleiding op de werkplek: afgesproken, geboekt, en nooit meer dan een dag heeft."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.plaatsing.domain.einde import Eindereden
from tests.plaatsing.begeleid import Plaats, Plaatser
from tests.plaatsing.hulp import BOXTEL, VUGHT, WSD, beeindig, overdracht, tegelijk

BEGIN = date(2026, 5, 4)


def uren(vanaf: date, per_week: str, **anders: Any) -> dict[str, Any]:
    return {"vanaf": vanaf.isoformat(), "urenPerWeek": per_week, **anders}


def boeking(dag: date, aantal: str) -> dict[str, Any]:
    return {"geboektVoor": dag.isoformat(), "uren": aantal}


async def afgesproken(hier: Plaats, per_week: str = "7", soort: str = "jobcoach") -> str:
    begeleiding = await hier.stuur(
        f"{hier.pad}/begeleidingen", uren(hier.vandaag, per_week, soort=soort)
    )
    return f"/begeleidingen/{begeleiding['begeleidingId']}"


async def cijfers(
    hier: Plaats, vanaf: date, tot_en_met: date, organisatie: str = BOXTEL
) -> dict[str | None, dict[str, Any]]:
    vraag = {"vanaf": vanaf.isoformat(), "totEnMet": tot_en_met.isoformat()}
    rapport = await hier.haal("/rapportages/begeleiding", organisatie=organisatie, vraag=vraag)
    return {regel["soort"]: regel for regel in rapport["regels"]}


async def test_een_jobcoach_en_een_werkleider_begeleiden_samen(plaats: Plaatser) -> None:
    hier = await plaats()
    await afgesproken(hier, "2.5")
    await afgesproken(hier, "4", soort="werkleider")
    gevonden = await hier.haal(f"{hier.pad}/begeleidingen", organisatie=BOXTEL)
    assert {b["soort"]: b["afspraken"][0]["urenPerWeek"] for b in gevonden["begeleidingen"]} == {
        "jobcoach": "2.50",
        "werkleider": "4.00",
    }
    [*_, eerste, tweede] = await hier.gezegd()
    assert [eerste.naam, tweede.naam] == ["begeleiding-afgesproken"] * 2
    assert (eerste.data["soort"], eerste.data["urenPerWeek"]) == ("jobcoach", "2.50")
    assert eerste.afnemers == {BOXTEL, WSD}


async def test_andere_uren_gelden_vanaf_hun_dag_en_niet_eerder(plaats: Plaatser) -> None:
    hier = await plaats("0845")
    begeleiding = await afgesproken(hier, "7")
    await hier.stuur(f"{begeleiding}/afspraken", uren(BEGIN + timedelta(days=7), "3.50"))
    in_mei = await cijfers(hier, BEGIN, BEGIN + timedelta(days=13), "0845")
    assert in_mei["jobcoach"]["afgesprokenUren"] == "10.50"
    eerste_week = await cijfers(hier, BEGIN, BEGIN + timedelta(days=6), "0845")
    assert eerste_week["jobcoach"]["afgesprokenUren"] == "7.00"


async def test_een_afspraak_vanaf_dezelfde_dag_verbetert_wat_er_stond(plaats: Plaatser) -> None:
    hier = await plaats()
    begeleiding = await afgesproken(hier, "7")
    verbeterd = await hier.stuur(f"{begeleiding}/afspraken", uren(BEGIN, "14"))
    assert verbeterd["afspraken"] == [{"vanaf": BEGIN.isoformat(), "urenPerWeek": "14.00"}]


async def test_afgesproken_tegen_geboekt(plaats: Plaatser) -> None:
    hier = await plaats(VUGHT)
    jobcoach = await afgesproken(hier, "7")
    await afgesproken(hier, "3.5", soort="werkleider")
    for dag in range(3):
        await hier.naar(BEGIN + timedelta(days=dag))
        await hier.stuur(f"{jobcoach}/boekingen", boeking(hier.vandaag, "1.25"), rol="jobcoach")
    week = await cijfers(hier, BEGIN, BEGIN + timedelta(days=6), VUGHT)
    assert week["jobcoach"] == {
        "soort": "jobcoach",
        "plaatsingen": 1,
        "afgesprokenUren": "7.00",
        "geboekteUren": "3.75",
        "verschil": "-3.25",
    }
    assert (week[None]["plaatsingen"], week[None]["afgesprokenUren"]) == (1, "10.50")
    eerste_dag = await cijfers(hier, BEGIN, BEGIN, VUGHT)
    assert eerste_dag["jobcoach"]["geboekteUren"] == "1.25"


async def test_na_het_einde_van_de_plaatsing_is_niets_meer_afgesproken(plaats: Plaatser) -> None:
    hier = await plaats("0753")
    begeleiding = await afgesproken(hier, "7")
    await hier.naar(BEGIN + timedelta(days=10))
    await beeindig(
        hier.database,
        hier.plaatsing_id,
        BEGIN + timedelta(days=6),
        Eindereden.TERUG_GEMELD_MOTIVATIE,
    )
    mei = await cijfers(hier, BEGIN, date(2026, 5, 31), "0753")
    assert mei["jobcoach"]["afgesprokenUren"] == "7.00"
    geweigerd = await hier.stuur(f"{begeleiding}/afspraken", uren(hier.vandaag, "2"), status=409)
    assert geweigerd["code"] == "plaatsing-al-beeindigd"
    await hier.stuur(f"{begeleiding}/boekingen", boeking(BEGIN, "1"))
    te_laat = boeking(BEGIN + timedelta(days=7), "1")
    geweigerd = await hier.stuur(f"{begeleiding}/boekingen", te_laat, status=400)
    assert geweigerd["code"] == "datum-buiten-plaatsing"


async def test_wat_nog_eens_voor_een_dag_wordt_geboekt_vervangt_wat_er_stond(
    plaats: Plaatser,
) -> None:
    hier = await plaats()
    begeleiding = await afgesproken(hier)
    eerst = await hier.stuur(f"{begeleiding}/boekingen", boeking(BEGIN, "2"))
    dan = await hier.stuur(f"{begeleiding}/boekingen", boeking(BEGIN, "1.50"))
    assert dan["boekingId"] == eerst["boekingId"]
    [blijft] = (await hier.haal(f"{begeleiding}/boekingen"))["resultaten"]
    assert blijft["uren"] == "1.50"
    assert [g.data["uren"] for g in (await hier.gezegd())[-2:]] == ["2.00", "1.50"]


async def test_een_dag_heeft_voor_een_plaatsing_24_uren_samen(plaats: Plaatser) -> None:
    hier = await plaats()
    jobcoach, werkleider = await afgesproken(hier), await afgesproken(hier, soort="werkleider")
    await hier.stuur(f"{jobcoach}/boekingen", boeking(BEGIN, "16"))
    geweigerd = await hier.stuur(f"{werkleider}/boekingen", boeking(BEGIN, "8.01"), status=409)
    assert (geweigerd["code"], "8.00" in geweigerd["detail"]) == ("dag-vol", True)
    await hier.stuur(f"{werkleider}/boekingen", boeking(BEGIN, "8"))


async def test_ook_wie_tegelijk_boekt_boekt_niet_meer_dan_een_dag(plaats: Plaatser) -> None:
    hier = await plaats()
    begeleidingen = [await afgesproken(hier) for _ in range(5)]
    klant = hier.klant(WSD, "jobcoach")
    antwoorden = await tegelijk(
        hier.database,
        "kandidaat",
        hier.kandidaat_id,
        [klant.post(f"{b}/boekingen", json=boeking(BEGIN, "6")) for b in begeleidingen],
    )
    statussen = sorted(a.status_code for a in antwoorden if not isinstance(a, BaseException))
    assert statussen == [201] * 4 + [409]


@pytest.mark.parametrize("aantal", ["0", "24.01", "-1", "1,5", 2])
async def test_uren_die_geen_dag_heeft_worden_geweigerd(plaats: Plaatser, aantal: Any) -> None:
    hier = await plaats()
    begeleiding = await afgesproken(hier)
    geweigerd = await hier.stuur(f"{begeleiding}/boekingen", boeking(BEGIN, aantal), status=400)
    assert [fout["pad"] for fout in geweigerd["fouten"]] == ["body.uren"]


async def test_wat_nog_moet_gebeuren_wordt_niet_geboekt(plaats: Plaatser) -> None:
    hier = await plaats()
    begeleiding = await afgesproken(hier)
    morgen = boeking(hier.vandaag + timedelta(days=1), "1")
    geweigerd = await hier.stuur(f"{begeleiding}/boekingen", morgen, status=400)
    assert geweigerd["code"] == "datum-in-toekomst"


async def test_voor_de_begeleiding_begint_wordt_niet_geboekt(plaats: Plaatser) -> None:
    hier = await plaats()
    await hier.naar(BEGIN + timedelta(days=3))
    begeleiding = await afgesproken(hier)
    geweigerd = await hier.stuur(f"{begeleiding}/boekingen", boeking(BEGIN, "1"), status=400)
    assert geweigerd["code"] == "datum-past-niet"


@pytest.mark.parametrize(("rol", "status"), [("werkleider", 403), ("accountmanager", 403)])
async def test_wie_begeleidt_spreekt_het_niet_zelf_af(
    plaats: Plaatser, rol: str, status: int
) -> None:
    hier = await plaats()
    body = uren(hier.vandaag, "2", soort="werkleider")
    await hier.stuur(f"{hier.pad}/begeleidingen", body, rol=rol, status=status)


async def test_een_gemeente_ziet_alleen_de_eigen_cijfers(plaats: Plaatser) -> None:
    hier = await plaats("0820")
    await afgesproken(hier)
    vraag = {"vanaf": "2026-05-04", "totEnMet": "2026-05-10", "gemeentecode": "0820"}
    pad = "/rapportages/begeleiding"
    assert (await hier.haal(pad, vraag=vraag))["regels"][-1]["plaatsingen"] == 1
    await hier.haal(pad, organisatie="0823", vraag=vraag, status=404)
    van_oirschot = await cijfers(hier, BEGIN, BEGIN, "0823")
    assert van_oirschot[None]["plaatsingen"] == 0


async def test_voor_een_andere_gemeente_bestaat_de_begeleiding_niet(plaats: Plaatser) -> None:
    hier = await plaats()
    begeleiding = await afgesproken(hier)
    await hier.haal(f"{begeleiding}/boekingen", organisatie=VUGHT, status=404)
    await hier.haal(f"{hier.pad}/begeleidingen", organisatie=VUGHT, status=404)
    await hier.stuur(f"{begeleiding}/boekingen", boeking(BEGIN, "1"), organisatie=VUGHT, status=404)


async def test_begeleiding_en_boekingen_gaan_met_de_kandidaat_mee(plaats: Plaatser) -> None:
    hier = await plaats()
    begeleiding = await afgesproken(hier)
    await hier.stuur(f"{begeleiding}/boekingen", boeking(BEGIN, "1"))
    await plaats.keten.zeg(overdracht(hier.kandidaat_id, VUGHT))
    gevonden = await hier.haal(f"{begeleiding}/boekingen", organisatie=VUGHT)
    assert len(gevonden["resultaten"]) == 1
    await hier.haal(f"{begeleiding}/boekingen", organisatie=BOXTEL, status=404)
