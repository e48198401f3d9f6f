"""Participatieladder en arbeidsvermogen, vastgesteld of gevolgd uit plaatsingen."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from chassis.database import Database
from contracts.gebeurtenis import Leeftijdsgroep
from contracts.intake import Doelgroep, KandidaatDoorverwezen
from contracts.plaatsing import Eindereden, PlaatsingBeeindigd, Plaatsingsoort
from services.diagnose.domain.arbeidsvermogen import Arbeidsvermogencode
from tests.diagnose.gebruikers import BOXTEL, VUGHT, Diagnose, Dossiernummers
from tests.diagnose.verhalen import Keten, einde, lks, zrm

DAG = timedelta(days=1)


async def stel_vast(
    diagnose: Diagnose, dossier: Dossiernummers, trede: int, status: int = 201
) -> dict[str, object]:
    antwoord: dict[str, object] = await diagnose.stuur(
        f"{dossier.pad}/ladderposities",
        {"trede": trede, "vastgesteldOp": diagnose.vandaag.isoformat()},
        status=status,
    )
    return antwoord


async def treden(diagnose: Diagnose, dossier: Dossiernummers) -> list[tuple[int | None, str, str]]:
    gelezen = await diagnose.haal(f"{dossier.pad}/ladderposities", organisatie=BOXTEL)
    return [(p["trede"], p["vastgesteldOp"], p["bron"]) for p in gelezen["ladderposities"]]


async def gezegde_treden(diagnose: Diagnose, dossier: Dossiernummers) -> list[tuple[int, str]]:
    return [
        (g.data["trede"], g.data["vastgesteldOp"])
        for g in await diagnose.gezegd(dossier)
        if g.naam == "participatieladder-vastgesteld"
    ]


async def test_een_professional_stelt_een_trede_vast_voor_een_half_jaar(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    gegeven = await stel_vast(diagnose, dossier, 2)
    assert gegeven["tredenaam"] == "Sociale contacten buitenshuis"
    [termijn] = await diagnose.termijnen(dossier)
    assert (termijn["soort"], termijn["kenmerk"], termijn["laatsteDag"]) == (
        "ladder-herhaling",
        "participatieladder",
        "2027-05-20",
    )
    assert await gezegde_treden(diagnose, dossier) == [(2, "2026-11-20")]


@pytest.mark.parametrize("trede", [5, 6])
async def test_betaald_werk_stelt_een_professional_niet_vast(
    diagnose: Diagnose, trede: int
) -> None:
    dossier = await diagnose.gestart()
    fout = await stel_vast(diagnose, dossier, trede, status=400)
    assert str(fout["type"]).endswith("ongeldige-trede")


async def test_werk_met_loonkostensubsidie_is_trede_5_tot_het_eindigt(
    diagnose: Diagnose, database: Database
) -> None:
    keten, dossier = Keten(database), await diagnose.gestart()
    await stel_vast(diagnose, dossier, 3)
    baan = lks(dossier.kandidaat_id, diagnose.vandaag + 10 * DAG)
    await keten.zeg(baan)
    assert await diagnose.termijnen(dossier) == []
    fout = await stel_vast(diagnose, dossier, 4, status=409)
    assert str(fout["type"]).endswith("ladder-volgt-uit-plaatsing")
    await keten.zeg(einde(baan, diagnose.vandaag + 40 * DAG))
    assert await treden(diagnose, dossier) == [
        (3, "2026-11-20", "professional"),
        (5, "2026-11-30", "plaatsing"),
        (3, "2026-12-31", "plaatsing"),
    ]
    assert await gezegde_treden(diagnose, dossier) == [
        (3, "2026-11-20"),
        (5, "2026-11-30"),
        (3, "2026-12-31"),
    ]
    [termijn] = await diagnose.termijnen(dossier)
    assert termijn["laatsteDag"] == "2027-06-30"


async def test_na_werk_zonder_eerdere_vaststelling_is_de_trede_onbekend_en_wordt_niets_geraden(
    diagnose: Diagnose, database: Database
) -> None:
    keten, dossier = Keten(database), await diagnose.gestart()
    baan = lks(dossier.kandidaat_id, diagnose.vandaag)
    await keten.zeg(baan, einde(baan, diagnose.vandaag + 9 * DAG))
    assert [trede for trede, _, _ in await treden(diagnose, dossier)] == [5, None]
    assert [trede for trede, _ in await gezegde_treden(diagnose, dossier)] == [5]
    [termijn] = await diagnose.termijnen(dossier)
    assert termijn["soort"] == "ladder-herhaling"


async def test_naar_regulier_werk_is_trede_6_ook_uit_een_proefplaatsing(
    diagnose: Diagnose, database: Database
) -> None:
    keten, dossier = Keten(database), await diagnose.gestart()
    await stel_vast(diagnose, dossier, 4)
    await keten.zeg(
        PlaatsingBeeindigd(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=BOXTEL,
            plaatsing_id=uuid4(),
            soort=Plaatsingsoort.PROEFPLAATSING,
            einddatum=diagnose.vandaag,
            reden=Eindereden.UITSTROOM_REGULIER,
        )
    )
    assert (await treden(diagnose, dossier))[-1] == (6, "2026-11-21", "plaatsing")
    assert await diagnose.termijnen(dossier) == []


async def test_het_einde_van_een_proefplaatsing_zonder_werk_verandert_de_trede_niet(
    diagnose: Diagnose, database: Database
) -> None:
    keten, dossier = Keten(database), await diagnose.gestart()
    await stel_vast(diagnose, dossier, 4)
    baan = lks(dossier.kandidaat_id, diagnose.vandaag)
    await keten.zeg(
        einde(baan, diagnose.vandaag).model_copy(update={"soort": Plaatsingsoort.PROEFPLAATSING})
    )
    assert len(await treden(diagnose, dossier)) == 1


async def test_twee_banen_tegelijk_zijn_een_keer_trede_5_tot_de_laatste_eindigt(
    diagnose: Diagnose, database: Database
) -> None:
    keten, dossier = Keten(database), await diagnose.gestart()
    een, twee = (lks(dossier.kandidaat_id, diagnose.vandaag) for _ in range(2))
    await keten.zeg(een, twee, einde(een, diagnose.vandaag + DAG))
    assert [trede for trede, _, _ in await treden(diagnose, dossier)] == [5]
    await keten.zeg(einde(twee, diagnose.vandaag + 2 * DAG, Eindereden.UITSTROOM_REGULIER))
    assert [trede for trede, _, _ in await treden(diagnose, dossier)] == [5, 6]


async def test_een_plaatsing_die_eerder_is_gehoord_dan_de_doorverwijzing_telt_alsnog(
    diagnose: Diagnose, database: Database
) -> None:
    keten, kandidaat_id = Keten(database), uuid4()
    await keten.zeg(lks(kandidaat_id, diagnose.vandaag))
    await keten.zeg(
        KandidaatDoorverwezen(
            kandidaat_id=kandidaat_id,
            gemeentecode=BOXTEL,
            doorverwezen_op=diagnose.vandaag,
            doelgroep=Doelgroep.PWET,
            leeftijdsgroep=Leeftijdsgroep.L21_PLUS,
        )
    )
    [gevonden] = (await diagnose.haal(f"/dossiers?kandidaatId={kandidaat_id}"))["resultaten"]
    dossier = Dossiernummers(gevonden["dossierId"], kandidaat_id)
    assert [trede for trede, _, _ in await treden(diagnose, dossier)] == [5]


async def test_een_terugval_na_regulier_werk_wordt_niet_overschreven(
    diagnose: Diagnose, database: Database
) -> None:
    keten, dossier = Keten(database), await diagnose.gestart()
    baan = lks(dossier.kandidaat_id, diagnose.vandaag)
    await keten.zeg(baan, einde(baan, diagnose.vandaag, Eindereden.UITSTROOM_REGULIER))
    await diagnose.naar(diagnose.vandaag + 30 * DAG)
    await stel_vast(diagnose, dossier, 1)
    proef = lks(dossier.kandidaat_id, diagnose.vandaag)
    await keten.zeg(
        einde(proef, diagnose.vandaag).model_copy(update={"soort": Plaatsingsoort.PROEFPLAATSING})
    )
    assert [trede for trede, _, _ in await treden(diagnose, dossier)] == [5, 6, 1]


@pytest.mark.parametrize("code", Arbeidsvermogencode)
async def test_arbeidsvermogen_met_de_codes_van_het_ggm(
    diagnose: Diagnose, code: Arbeidsvermogencode
) -> None:
    dossier = await diagnose.gestart()
    vandaag = diagnose.vandaag.isoformat()
    await diagnose.stuur(
        f"{dossier.pad}/arbeidsvermogens", {"arbeidsvermogen": code, "vastgesteldOp": vandaag}
    )
    gelezen = await diagnose.haal(f"{dossier.pad}/arbeidsvermogens", organisatie=BOXTEL)
    assert gelezen == {"arbeidsvermogens": [{"arbeidsvermogen": code, "vastgesteldOp": vandaag}]}
    laatste = (await diagnose.gezegd(dossier))[-1]
    assert (laatste.naam, laatste.data["arbeidsvermogen"]) == ("arbeidsvermogen-vastgesteld", code)
    [termijn] = await diagnose.termijnen(dossier)
    assert (termijn["soort"], termijn["kenmerk"]) == ("ladder-herhaling", "arbeidsvermogen")


async def test_niet_eerder_dan_de_vorige_en_niet_voor_de_start_van_de_diagnose(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    gisteren = (diagnose.vandaag - DAG).isoformat()
    await diagnose.naar(diagnose.vandaag + DAG)
    for pad, wat in (
        ("ladderposities", {"trede": 2}),
        ("arbeidsvermogens", {"arbeidsvermogen": "onder-wml"}),
    ):
        fout = await diagnose.stuur(
            f"{dossier.pad}/{pad}", {**wat, "vastgesteldOp": gisteren}, status=400
        )
        assert fout["type"].endswith("datum-past-niet")
        await diagnose.stuur(
            f"{dossier.pad}/{pad}", {**wat, "vastgesteldOp": diagnose.vandaag.isoformat()}
        )
        fout = await diagnose.stuur(
            f"{dossier.pad}/{pad}",
            {**wat, "vastgesteldOp": (diagnose.vandaag - DAG).isoformat()},
            status=400,
        )
        assert fout["type"].endswith("datum-past-niet")


@pytest.mark.parametrize("op", ["2026-11-21", "9999-12-31"])
async def test_wat_nog_niet_is_gebeurd_wordt_niet_vastgesteld(diagnose: Diagnose, op: str) -> None:
    dossier = await diagnose.gestart()
    for pad, wat in (
        ("ladderposities", {"trede": 2, "vastgesteldOp": op}),
        ("arbeidsvermogens", {"arbeidsvermogen": "onder-wml", "vastgesteldOp": op}),
        ("zrm-metingen", zrm(date.fromisoformat(op))),
    ):
        fout = await diagnose.stuur(f"{dossier.pad}/{pad}", wat, status=400)
        assert fout["code"] == "datum-in-toekomst"


async def test_een_andere_gemeente_ziet_het_profiel_niet(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    await stel_vast(diagnose, dossier, 2)
    for pad in ("ladderposities", "arbeidsvermogens"):
        await diagnose.haal(f"{dossier.pad}/{pad}", organisatie=VUGHT, status=404)
