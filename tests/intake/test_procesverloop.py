"""Een kandidaat volgt het proces van de gemeente: stap voor stap, door wie het is, op tijd."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.intake.bpmn import ProcesFout
from services.intake.gemeenten import gemeenten
from services.intake.procesversies import toets_bestanden
from tests.intake.gebruikers import Intake
from tests.intake.procesbouw import Knoop, Taak, proces, rechtdoor

PROEFDORP, BUURDORP = "0001", "0002"
"""Two gemeenten of which no line of Python knows."""

GEMEENTE = """
naam = "{naam}"
gemeentecodes = ["{code}"]

[[samenwerking]]
vanaf = 2020-01-01
model = "zonder-wsd"
bron = "proef"
"""

POORT = proces(
    Knoop("begin", "startEvent"),
    Taak(
        "gesprek",
        lane="Integraal intaker",
        eigen={"termijn": "5 werkdagen", "handeling": "quick-scan"},
        velden={"verschenen": "boolean", "loonwaarde": "long"},
    ),
    Knoop("kies", "exclusiveGateway", default="kies-aan-de-slag"),
    Taak("nog-eens", eigen={"termijn": "2 weken"}),
    Knoop("keuze-loonwaarde", "exclusiveGateway", default="keuze-loonwaarde-eigen-kracht"),
    Taak(
        "aan-de-slag",
        eigen={"termijn": "6 maanden", "verlengbaar": "1x 3 maanden", "evaluatie": "3 maanden"},
    ),
    Taak("wachten", eigen={"niet-voor": "4 weken"}),
    Knoop("werk", "endEvent"),
    Knoop("eigen-kracht", "endEvent"),
    pijlen=(
        ("begin", "gesprek"),
        ("gesprek", "kies"),
        ("kies", "nog-eens", "not verschenen"),
        ("nog-eens", "gesprek"),
        ("kies", "aan-de-slag"),
        ("aan-de-slag", "keuze-loonwaarde"),
        ("keuze-loonwaarde", "wachten", "loonwaarde < 80"),
        ("keuze-loonwaarde", "eigen-kracht"),
        ("wachten", "werk"),
    ),
)
GROEP = rechtdoor(
    Taak(
        "voorlichting",
        eigen={"kanaal": "groep", "groepsgrootte": "3", "termijn": "1 week"},
        velden={"verschenen": "boolean"},
    )
)


@pytest.fixture(autouse=True)
def processen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two gemeenten beside ours, each a folder of files."""
    for naam, code, inhoud in (("proefdorp", PROEFDORP, POORT), ("buurdorp", BUURDORP, GROEP)):
        folder = tmp_path / naam
        folder.mkdir()
        (folder / "gemeente.toml").write_text(GEMEENTE.format(naam=naam, code=code))
        (folder / "proces-1.bpmn").write_bytes(inhoud)
    monkeypatch.setenv("MEEDOEN_PROCESSEN", str(tmp_path))
    gemeenten.cache_clear()
    yield tmp_path
    gemeenten.cache_clear()


INTAKER: dict[str, Any] = {"organisatie": PROEFDORP, "rol": "integraal-intaker"}
MANAGER: dict[str, Any] = {"organisatie": PROEFDORP, "rol": "klantmanager"}


async def stand(intake: Intake, kandidaat: str, organisatie: str = PROEFDORP) -> Any:
    return await intake.haal(f"/kandidaten/{kandidaat}/proces", organisatie=organisatie)


def open_stappen(proces: Any) -> list[tuple[str, str, str | None]]:
    return [(o["stap"], o["rol"], o["uiterlijk"]) for o in proces["openStappen"]]


async def test_een_aanmelding_begint_het_proces_van_de_gemeente(intake: Intake) -> None:
    """Adding a gemeente with its own process is a folder with files, and no Python."""
    kandidaat = await intake.meld_aan(PROEFDORP)
    proces = await stand(intake, kandidaat)
    assert (proces["proces"], proces["versie"], proces["status"]) == ("proefdorp", 1, "loopt")
    # Friday 20 November and five working days.
    assert open_stappen(proces) == [("gesprek", "integraal-intaker", "2026-11-27")]


async def test_een_stap_leidt_naar_de_volgende_langs_wat_bleek(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    await intake.naar(date(2026, 11, 24))
    proces = await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=False, loonwaarde=0)
    assert open_stappen(proces) == [("nog-eens", "klantmanager", "2026-12-08")]
    await intake.zet(kandidaat, "nog-eens", **MANAGER)
    proces = await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)
    assert open_stappen(proces) == [("aan-de-slag", "klantmanager", "2027-05-24")]
    proces = await intake.zet(kandidaat, "aan-de-slag", **MANAGER)
    assert proces["openStappen"][0]["nietVoor"] == "2026-12-22"
    await intake.naar(date(2026, 12, 22))
    proces = await intake.zet(kandidaat, "wachten", **MANAGER)
    assert (proces["status"], proces["einde"]["code"]) == ("geeindigd", "werk")
    assert proces["geeindigdOp"] == "2026-12-22"
    assert [s["stap"] for s in proces["gezetteStappen"]] == [
        "gesprek",
        "nog-eens",
        "gesprek",
        "aan-de-slag",
        "wachten",
    ]
    assert proces["gezetteStappen"][2]["feiten"] == {"verschenen": True, "loonwaarde": 40}


async def test_een_quick_scan_wordt_gezegd(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=90)
    assert await intake.gebeurtenissen(kandidaat) == ["kandidaat-aangemeld", "quick-scan-afgerond"]


@pytest.mark.parametrize("rol", ["klantmanager", "trajectconsulent"])
async def test_een_stap_is_van_wie_de_rol_heeft(intake: Intake, rol: str) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    voor = await stand(intake, kandidaat)
    probleem = await intake.zet(
        kandidaat,
        "gesprek",
        organisatie=PROEFDORP,
        rol=rol,
        status=403,
        verschenen=True,
        loonwaarde=40,
    )
    assert probleem["code"] == "stap-van-andere-rol"
    assert "integraal-intaker" in probleem["detail"]
    assert await stand(intake, kandidaat) == voor


async def test_een_andere_gemeente_en_wsd_kennen_de_kandidaat_niet(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    for organisatie, rol in ((BUURDORP, "integraal-intaker"), ("wsd", "trajectconsulent")):
        await intake.haal(f"/kandidaten/{kandidaat}/proces", organisatie=organisatie, status=404)
        await intake.zet(kandidaat, "gesprek", organisatie=organisatie, rol=rol, status=404)


async def test_alle_feiten_die_niet_kloppen_worden_tegelijk_genoemd(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    probleem = await intake.zet(
        kandidaat, "gesprek", **INTAKER, status=400, verschenen="ja", iq=757712377123
    )
    assert probleem["code"] == "feiten-kloppen-niet"
    assert [(f["pad"], f["code"]) for f in probleem["fouten"]] == [
        ("body.feiten.loonwaarde", "verplicht"),
        ("body.feiten.verschenen", "geen-antwoord"),
        ("body.feiten", "onbekend-feit"),
    ]
    assert "7577123" not in str(probleem)


async def test_een_stap_die_niet_aan_de_beurt_is_noemt_welke_dat_wel_is(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    probleem = await intake.zet(kandidaat, "aan-de-slag", **MANAGER, status=409)
    assert probleem["code"] == "stap-niet-aan-de-beurt"
    assert "gesprek" in probleem["detail"]


async def test_een_stap_kan_niet_voor_zijn_dag_en_niet_in_de_toekomst(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    for op in (intake.vandaag - timedelta(days=1), intake.vandaag + timedelta(days=1)):
        probleem = await intake.zet(
            kandidaat, "gesprek", **INTAKER, op=op, status=409, verschenen=True, loonwaarde=40
        )
        assert probleem["code"] == "stap-past-niet-op-dag"


async def test_een_termijn_van_een_stap_waarschuwt_en_verstrijkt(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    await intake.naar(date(2026, 11, 27))
    await intake.naar(date(2026, 11, 28))
    assert await intake.gebeurtenissen(kandidaat) == [
        "kandidaat-aangemeld",
        "termijn-nadert",
        "termijn-verstreken",
    ]
    await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)


async def test_een_stap_die_op_tijd_is_gezet_laat_geen_termijn_verstrijken(
    intake: Intake,
) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)
    await intake.naar(date(2026, 12, 20))
    assert "termijn-verstreken" not in await intake.gebeurtenissen(kandidaat)


async def test_een_termijn_wordt_een_keer_verlengd(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    pad = f"/kandidaten/{kandidaat}/proces/stappen"
    await intake.stuur(f"{pad}/gesprek/verlengingen", **INTAKER, status=409)
    await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)
    proces = await intake.stuur(f"{pad}/aan-de-slag/verlengingen", **MANAGER)
    assert open_stappen(proces) == [("aan-de-slag", "klantmanager", "2027-08-20")]
    probleem = await intake.stuur(f"{pad}/aan-de-slag/verlengingen", **MANAGER, status=409)
    assert probleem["code"] == "stap-niet-verlengbaar"
    await intake.naar(date(2027, 5, 21))
    assert (
        "termijn-verstreken"
        not in [g for g in await intake.gebeurtenissen(kandidaat) if g == "termijn-verstreken"][1:]
    )


async def test_een_stap_die_wordt_geevalueerd_wordt_dat_elke_periode(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)
    await intake.naar(date(2027, 2, 19))
    pad = f"/kandidaten/{kandidaat}/proces/stappen/aan-de-slag/evaluaties"
    proces = await intake.stuur(pad, {"geevalueerdOp": "2027-02-19"}, **MANAGER)
    assert proces["openStappen"][0]["evaluaties"] == 1
    await intake.naar(date(2027, 5, 18))
    assert "termijn-verstreken" not in await intake.gebeurtenissen(kandidaat)
    await intake.naar(date(2027, 5, 20))
    assert "termijn-verstreken" in await intake.gebeurtenissen(kandidaat)


async def test_de_werklijst_heeft_het_dringendste_bovenaan(intake: Intake) -> None:
    eerste = await intake.meld_aan(PROEFDORP)
    await intake.naar(date(2026, 11, 23))
    tweede = await intake.meld_aan(PROEFDORP)
    derde = await intake.meld_aan(PROEFDORP)
    await intake.zet(derde, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)
    await intake.zet(derde, "aan-de-slag", **MANAGER)
    lijst = await intake.haal("/stappen", organisatie=PROEFDORP, vraag={"limiet": 500})
    regels = {r["kandidaatId"]: nummer for nummer, r in enumerate(lijst["resultaten"])}
    assert regels[eerste] < regels[tweede] < regels[derde]
    alleen = await intake.haal(
        "/stappen", organisatie=PROEFDORP, vraag={"limiet": 500, "rol": "integraal-intaker"}
    )
    assert derde not in {r["kandidaatId"] for r in alleen["resultaten"]}
    assert tweede in {r["kandidaatId"] for r in alleen["resultaten"]}


async def test_wie_onderweg_is_houdt_de_eigen_versie(intake: Intake, processen: Path) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    nieuw = POORT.replace(b'name="termijn" value="6 maanden"', b'name="termijn" value="1 jaar"')
    (processen / "proefdorp" / "proces-2.bpmn").write_bytes(nieuw)
    (processen / "proefdorp" / "proces-1.bpmn").unlink()
    gemeenten.cache_clear()
    await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)
    proces = await stand(intake, kandidaat)
    assert (proces["versie"], open_stappen(proces)[0][2]) == (1, "2027-05-20")
    assert (await stand(intake, await intake.meld_aan(PROEFDORP)))["versie"] == 2
    proces = await intake.stuur(
        f"/kandidaten/{kandidaat}/proces/migraties", {"versie": 2}, **MANAGER
    )
    assert (proces["versie"], open_stappen(proces)[0][2]) == (2, "2027-11-20")


async def test_een_bestand_dat_veranderde_houdt_de_dienst_tegen(
    intake: Intake, processen: Path
) -> None:
    """The readiness of the service says so, before a kandidaat goes by something else."""
    await intake.meld_aan(PROEFDORP)
    await toets_bestanden(intake.database)
    anders = POORT.replace(b'value="6 maanden"', b'value="7 maanden"')
    (processen / "proefdorp" / "proces-1.bpmn").write_bytes(anders)
    gemeenten.cache_clear()
    with pytest.raises(ProcesFout, match="nieuw versienummer"):
        await toets_bestanden(intake.database)


async def test_de_nieuwste_versie_heeft_het_hoogste_nummer(intake: Intake, processen: Path) -> None:
    for nummer in (2, 10):
        (processen / "proefdorp" / f"proces-{nummer}.bpmn").write_bytes(POORT)
    gemeenten.cache_clear()
    assert (await stand(intake, await intake.meld_aan(PROEFDORP)))["versie"] == 10


async def test_een_versie_waarin_niet_past_wat_is_gedaan_wordt_geweigerd(
    intake: Intake, processen: Path
) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)
    (processen / "proefdorp" / "proces-2.bpmn").write_bytes(rechtdoor(Taak("heel-anders")))
    gemeenten.cache_clear()
    voor = await stand(intake, kandidaat)
    for versie in (2, 7):
        probleem = await intake.stuur(
            f"/kandidaten/{kandidaat}/proces/migraties",
            {"versie": versie},
            **MANAGER,
            status=409,
        )
        assert probleem["code"] == "geen-procesmigratie"
    assert await stand(intake, kandidaat) == voor


async def test_van_twintig_keer_dezelfde_stap_tegelijk_telt_er_een(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    client = intake.klant(**INTAKER)
    body = {
        "stap": "gesprek",
        "gezetOp": intake.vandaag.isoformat(),
        "feiten": {"verschenen": True, "loonwaarde": 40},
    }
    antwoorden = await asyncio.gather(
        *(client.post(f"/kandidaten/{kandidaat}/proces/stappen", json=body) for _ in range(20))
    )
    assert sorted(a.status_code for a in antwoorden) == [201] + 19 * [409]
    assert len((await stand(intake, kandidaat))["gezetteStappen"]) == 1


async def test_een_besluit_dat_is_ingetrokken_zet_geen_stap(intake: Intake) -> None:
    """An act out of turn counts when the process gets there, but not when it was undone."""
    boxtel: dict[str, Any] = {"organisatie": "0757"}
    kandidaat, dag = await intake.meld_aan("0757"), intake.vandaag.isoformat()
    besluit = {
        "genomenOp": dag,
        "motivering": "Proefmotivering",
        "rechtsgrond": "pw-art-7-lid-1-a",
        "ingangsdatum": dag,
    }
    poort = f"/kandidaten/{kandidaat}/poortbesluiten"
    eerste = await intake.stuur(poort, {**besluit, "uitkomst": "zorgtraject"}, **boxtel)
    await intake.stuur(
        f"/kandidaten/{kandidaat}/besluiten/{eerste['besluitId']}/intrekkingen",
        {n: w for n, w in besluit.items() if n != "rechtsgrond"},
        **boxtel,
    )
    proces = await intake.zet(kandidaat, "quick-scan", **boxtel, mijnwerkdichtbij=True)
    assert [o["stap"] for o in proces["openStappen"]] == ["poortbesluit"]
    await intake.stuur(poort, {**besluit, "uitkomst": "regulier-werk"}, **boxtel)
    assert (await stand(intake, kandidaat, "0757"))["einde"]["code"] == "regulier-werk"


async def test_een_besluit_voor_zijn_beurt_telt_als_het_proces_zover_is(intake: Intake) -> None:
    boxtel: dict[str, Any] = {"organisatie": "0757"}
    kandidaat, dag = await intake.meld_aan("0757"), intake.vandaag.isoformat()
    await intake.stuur(
        f"/kandidaten/{kandidaat}/poortbesluiten",
        {
            "genomenOp": dag,
            "motivering": "Proefmotivering",
            "rechtsgrond": "pw-art-7-lid-1-a",
            "ingangsdatum": dag,
            "uitkomst": "zorgtraject",
        },
        **boxtel,
    )
    assert open_stappen(await stand(intake, kandidaat, "0757"))[0][0] == "quick-scan"
    proces = await intake.zet(kandidaat, "quick-scan", **boxtel, mijnwerkdichtbij=True)
    assert proces["einde"]["code"] == "zorgtraject"
    assert proces["gezetteStappen"][-1]["rol"] == "vanzelf"


# -- groepen ----------------------------------------------------------------------------------

GROEPSMANAGER: dict[str, Any] = {"organisatie": BUURDORP, "rol": "klantmanager"}


async def beleg(intake: Intake, kandidaten: list[str], status: int = 201, **velden: Any) -> Any:
    body = {
        "stap": "voorlichting",
        "op": intake.vandaag.isoformat(),
        "genodigden": kandidaten,
        **velden,
    }
    return await intake.stuur("/groepsbijeenkomsten", body, **GROEPSMANAGER, status=status)


async def test_een_groep_zet_de_stap_van_allen_ook_van_wie_niet_kwam(intake: Intake) -> None:
    kandidaten = sorted([await intake.meld_aan(BUURDORP) for _ in range(3)])
    groep = await beleg(intake, kandidaten)
    opkomst = [
        {"kandidaatId": k, "feiten": {"verschenen": nummer != 1}}
        for nummer, k in enumerate(kandidaten)
    ]
    pad = f"/groepsbijeenkomsten/{groep['bijeenkomstId']}"
    gehouden = await intake.stuur(f"{pad}/opkomst", {"deelnames": opkomst}, **GROEPSMANAGER)
    assert [d["verschenen"] for d in gehouden["deelnames"]] == [True, False, True]
    for kandidaat in kandidaten:
        assert (await stand(intake, kandidaat, BUURDORP))["status"] == "geeindigd"
    assert await intake.haal(pad, organisatie=BUURDORP) == gehouden
    await intake.haal(pad, organisatie=PROEFDORP, status=404)
    probleem = await intake.stuur(
        f"{pad}/opkomst", {"deelnames": opkomst}, **GROEPSMANAGER, status=409
    )
    assert probleem["code"] == "bijeenkomst-al-gehouden"


async def test_een_groep_is_hoogstens_zo_groot_als_het_proces_zegt(intake: Intake) -> None:
    kandidaten = [await intake.meld_aan(BUURDORP) for _ in range(4)]
    assert (await beleg(intake, kandidaten, 400))["code"] == "groep-te-groot"


async def test_genodigd_wordt_alleen_voor_wie_de_stap_openstaat(intake: Intake) -> None:
    eigen, ander = await intake.meld_aan(BUURDORP), await intake.meld_aan(PROEFDORP)
    probleem = await beleg(intake, [eigen, ander], 409)
    assert [f["pad"] for f in probleem["fouten"]] == ["body.genodigden.1"]
    assert (await beleg(intake, [eigen], 409, stap="gesprek"))["code"] == "geen-groepsstap"


async def test_van_een_opkomst_die_niet_klopt_wordt_niets_vastgelegd(intake: Intake) -> None:
    kandidaten = [await intake.meld_aan(BUURDORP) for _ in range(2)]
    groep = await beleg(intake, kandidaten)
    pad = f"/groepsbijeenkomsten/{groep['bijeenkomstId']}/opkomst"
    goed = {"kandidaatId": kandidaten[0], "feiten": {"verschenen": True}}
    fout = {"kandidaatId": kandidaten[1], "feiten": {"verschenen": "misschien"}}
    assert (await intake.stuur(pad, {"deelnames": [goed]}, **GROEPSMANAGER, status=409))[
        "code"
    ] == "groep-klopt-niet"
    await intake.stuur(pad, {"deelnames": [goed, fout]}, **GROEPSMANAGER, status=400)
    for kandidaat in kandidaten:
        assert (await stand(intake, kandidaat, BUURDORP))["status"] == "loopt"


async def test_ijmond_nodigt_45_uit_en_dertig_procent_komt_niet(intake: Intake) -> None:
    """Bron 004 §4.5: 45 invited, 30% do not come and are invited once more."""
    velsen: dict[str, Any] = {"organisatie": "0453", "rol": "werkcoach-intake"}
    kandidaten = []
    for _ in range(46):
        kandidaten.append(await intake.meld_aan("0453"))
        await intake.zet(kandidaten[-1], "screening", organisatie="0453", rol="consulent")
    groep = {"stap": "groepsintake", "op": intake.vandaag.isoformat()}
    te_veel = await intake.stuur(
        "/groepsbijeenkomsten", {**groep, "genodigden": kandidaten}, **velsen, status=400
    )
    assert "45" in te_veel["detail"]
    genodigd = kandidaten[:45]
    belegd = await intake.stuur("/groepsbijeenkomsten", {**groep, "genodigden": genodigd}, **velsen)
    wegblijvers = set(genodigd[:14])
    opkomst = [{"kandidaatId": k, "feiten": {"verschenen": k not in wegblijvers}} for k in genodigd]
    gehouden = await intake.stuur(
        f"/groepsbijeenkomsten/{belegd['bijeenkomstId']}/opkomst",
        {"deelnames": opkomst},
        **velsen,
    )
    assert sum(not d["verschenen"] for d in gehouden["deelnames"]) == 14
    werk = await intake.haal("/stappen", organisatie="0453", vraag={"limiet": 500})
    open_ = {r["kandidaatId"]: r["stap"] for r in werk["resultaten"]}
    for kandidaat in genodigd:
        weg = kandidaat in wegblijvers
        assert open_[kandidaat] == ("tweede-groepsintake" if weg else "formulier")
    assert open_[kandidaten[45]] == "groepsintake"


async def test_feiten_staan_nergens_leesbaar(intake: Intake) -> None:
    kandidaat = await intake.meld_aan(PROEFDORP)
    await intake.zet(kandidaat, "gesprek", **INTAKER, verschenen=True, loonwaarde=40)
    async with intake.database.unit_of_work(PROEFDORP) as uow:
        rijen = await uow.connection.fetch(
            "SELECT feiten FROM gezette_stap WHERE kandidaat_id = $1"
            " UNION ALL SELECT feiten FROM procesverloop WHERE kandidaat_id = $1",
            kandidaat,
        )
    assert len(rijen) == 2
    for rij in rijen:
        assert b"loonwaarde" not in rij["feiten"]
        assert b"leeftijd" not in rij["feiten"]
