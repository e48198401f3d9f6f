"""Klanttevredenheid: uit geen twee rapportages volgt wat een kandidaat zei."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import date
from random import Random
from typing import Any, Final
from uuid import UUID

import pytest

from chassis.database import Database
from chassis.tenancy import WSD
from services.diagnose.domain.klanttevredenheid import MINIMUM, Vraag
from tests.diagnose.gebruikers import BOXTEL, SINT_MICHIELSGESTEL, VUGHT
from tests.diagnose.keten import Keten, overdracht
from tests.dienst import Klant

GEOPEND: Final = date(2000, 1, 3)


@pytest.fixture
def keten(database: Database) -> Keten:
    return Keten(database)


async def leg_vast(
    klant: Klant, dossier_id: UUID, jaar: int, cijfers: dict[str, int], **anders: Any
) -> Any:
    return await klant(WSD, "planregisseur").post(
        f"/dossiers/{dossier_id}/tevredenheidsgesprekken",
        json={
            "gehoudenOp": f"{jaar}-06-13",
            "antwoorden": [
                {"vraag": vraag, "cijfer": cijfer, "woorden": "Fijne werkcoach."}
                for vraag, cijfer in cijfers.items()
            ],
            **anders,
        },
    )


async def cijfers(
    klant: Klant, organisatie: str, jaar: int, gemeentecode: str = ""
) -> dict[str, tuple[int, str | None]]:
    zoek = f"&gemeentecode={gemeentecode}" if gemeentecode else ""
    antwoord = await klant(organisatie).get(f"/rapportages/klanttevredenheid?jaar={jaar}{zoek}")
    assert antwoord.status_code == 200, antwoord.text
    return {v["vraag"]: (v["aantal"], v["gemiddelde"]) for v in antwoord.json()["vragen"]}


async def test_vijf_cijfers_geven_een_gemiddelde_en_een_zesde_verandert_het_niet(
    keten: Keten, klant: Klant
) -> None:
    gezien = []
    for cijfer in (8, 7, 9, 6, 8, 1):
        _, dossier_id = await keten.dossier(VUGHT, op=GEOPEND)
        antwoord = await leg_vast(klant, dossier_id, 2001, {"geheel": cijfer})
        assert antwoord.status_code == 201, antwoord.text
        gezien.append((await cijfers(klant, VUGHT, 2001))["geheel"])
    assert gezien == [(0, None)] * 4 + [(5, "7.6")] * 2


async def test_een_gemeente_ziet_de_eigen_cijfers_en_wsd_die_van_allen_of_van_een(
    keten: Keten, klant: Klant
) -> None:
    for gemeentecode, gegeven in ((BOXTEL, [9] * 5), (VUGHT, [6] * 5), ("0848", [1] * 4)):
        for cijfer in gegeven:
            _, dossier_id = await keten.dossier(gemeentecode, op=GEOPEND)
            await leg_vast(klant, dossier_id, 2002, {"geheel": cijfer})
    assert (await cijfers(klant, BOXTEL, 2002))["geheel"] == (5, "9.0")
    assert (await cijfers(klant, VUGHT, 2002))["geheel"] == (5, "6.0")
    # Four of Best are in no figure at all: not in its own, and not in the total.
    assert (await cijfers(klant, "0848", 2002))["geheel"] == (0, None)
    assert (await cijfers(klant, WSD, 2002))["geheel"] == (10, "7.5")
    assert (await cijfers(klant, WSD, 2002, VUGHT))["geheel"] == (5, "6.0")
    antwoord = await klant(VUGHT).get(
        f"/rapportages/klanttevredenheid?jaar=2002&gemeentecode={BOXTEL}"
    )
    assert antwoord.status_code == 404


@pytest.mark.parametrize("jaar", [2003, 2004, 2005])
async def test_twee_cijfers_verschillen_niets_of_vijf_personen(
    keten: Keten, klant: Klant, jaar: int
) -> None:
    """Whatever is recorded and whoever moves, of whom, when and of which question one asks."""
    toeval = Random(jaar)
    gemeenten = (BOXTEL, SINT_MICHIELSGESTEL, VUGHT)
    gezien: dict[tuple[str, str], set[tuple[int, str | None]]] = defaultdict(set)
    waar: dict[UUID, str] = {}
    for _ in range(40):
        gemeentecode = toeval.choice(gemeenten)
        kandidaat_id, dossier_id = await keten.dossier(gemeentecode, op=GEOPEND)
        waar[kandidaat_id] = gemeentecode
        gegeven = {v.value: toeval.randint(1, 10) for v in Vraag if toeval.random() < 0.5}
        antwoord = await leg_vast(
            klant, dossier_id, jaar, gegeven, **({} if gegeven else {"buitenBeschouwing": True})
        )
        assert antwoord.status_code == 201, antwoord.text
        if toeval.random() < 0.3:
            verhuist = toeval.choice(sorted(waar))
            van, naar = waar[verhuist], toeval.choice([g for g in gemeenten if g != waar[verhuist]])
            await keten.zeg(overdracht(verhuist, van=van, naar=naar, op=date(2026, 11, 20)))
            waar[verhuist] = naar
        per_gemeente = {g: await cijfers(klant, g, jaar) for g in gemeenten}
        totaal = await cijfers(klant, WSD, jaar)
        for vraag, telling in totaal.items():
            gezien["totaal", vraag].add(telling)
            # Who knows the total and all but one gemeente knows that one, and nothing less.
            assert telling[0] == sum(per_gemeente[g][vraag][0] for g in gemeenten)
            for gemeente in gemeenten:
                gezien[gemeente, vraag].add(per_gemeente[gemeente][vraag])
    for tellingen in gezien.values():
        aantallen = [aantal for aantal, _ in tellingen]
        assert all(aantal % MINIMUM == 0 for aantal in aantallen)
        # One count, one average: nothing changes but with five more.
        assert len(set(aantallen)) == len(aantallen)
    assert any(aantal >= 2 * MINIMUM for (g, _), t in gezien.items() for aantal, _ in t)


async def test_tegelijk_vastgelegd_wordt_elk_cijfer_hoogstens_een_keer_geteld(
    keten: Keten, klant: Klant
) -> None:
    dossiers = [(await keten.dossier(BOXTEL, op=GEOPEND))[1] for _ in range(20)]
    antwoorden = await asyncio.gather(
        *(leg_vast(klant, dossier_id, 2006, {v.value: 7 for v in Vraag}) for dossier_id in dossiers)
    )
    assert {antwoord.status_code for antwoord in antwoorden} == {201}
    # Who came at the same moment did not see each other wait: the next one counts on.
    for _ in range(20):
        _, dossier_id = await keten.dossier(BOXTEL, op=GEOPEND)
        await leg_vast(klant, dossier_id, 2006, {v.value: 7 for v in Vraag})
    for aantal, gemiddelde in (await cijfers(klant, BOXTEL, 2006)).values():
        assert gemiddelde == "7.0"
        assert 20 <= aantal <= 40


async def test_een_kandidaat_wordt_een_keer_per_jaar_geteld(keten: Keten, klant: Klant) -> None:
    _, dossier_id = await keten.dossier(BOXTEL, op=GEOPEND)
    assert (await leg_vast(klant, dossier_id, 2007, {"geheel": 8})).status_code == 201
    nog_eens = await leg_vast(klant, dossier_id, 2007, {"geheel": 8})
    assert nog_eens.status_code == 409
    assert nog_eens.json()["code"] == "tevredenheid-al-gevraagd"
    assert (await leg_vast(klant, dossier_id, 2008, {"geheel": 8})).status_code == 201


@pytest.mark.parametrize(
    ("jaar", "anders", "code"),
    [
        (1999, {}, "datum-past-niet"),
        (2027, {}, "ongeldig-tevredenheidsgesprek"),
        (2009, {"buitenBeschouwing": True}, "ongeldig-tevredenheidsgesprek"),
        (2009, {"antwoorden": []}, "ongeldig-tevredenheidsgesprek"),
    ],
)
async def test_een_gesprek_dat_niet_klopt_wordt_geweigerd(
    keten: Keten, klant: Klant, jaar: int, anders: dict[str, Any], code: str
) -> None:
    _, dossier_id = await keten.dossier(BOXTEL, op=GEOPEND)
    antwoord = await leg_vast(klant, dossier_id, jaar, {"geheel": 8}, **anders)
    assert antwoord.status_code == 400
    assert antwoord.json()["code"] == code


async def test_woorden_zijn_per_vijf_te_lezen_door_wsd_en_zonder_van_wie(
    keten: Keten, klant: Klant, database: Database
) -> None:
    gezien = []
    gezegd = ("Rust.", "De plek.", "Aandacht.", "Vertrouwen.", "De collega's.", "Niets.")
    for woorden in gezegd:
        _, dossier_id = await keten.dossier(VUGHT, op=GEOPEND)
        antwoorden = [{"vraag": "goed", "woorden": woorden}]
        antwoord = await leg_vast(klant, dossier_id, 2011, {}, antwoorden=antwoorden)
        assert antwoord.status_code == 201, antwoord.text
        gelezen = await klant(WSD, "planregisseur").get(
            "/rapportages/klanttevredenheid/woorden?jaar=2011&vraag=goed"
        )
        assert gelezen.json().keys() == {"jaar", "vraag", "tekst", "woorden"}
        gezien.append(gelezen.json()["woorden"])
    assert gezien == [[]] * 4 + [sorted(gezegd[:5])] * 2
    async with database.unit_of_work(VUGHT) as uow:
        namen = await uow.connection.fetch(
            "SELECT DISTINCT naam FROM verwerking WHERE naam LIKE '%ingezien' AND betrokkene IN"
            " (SELECT kandidaat_id FROM tevredenheidsgesprek WHERE jaar = 2011)"
        )
    assert [row["naam"] for row in namen] == ["tevredenheidsgesprek ingezien"]


async def test_wie_is_gewist_telt_niet_meer_mee_en_is_niet_te_lezen(
    keten: Keten, klant: Klant, database: Database
) -> None:
    for gewist in (True, False, False, False, False):
        kandidaat_id, dossier_id = await keten.dossier(VUGHT, op=GEOPEND)
        await leg_vast(klant, dossier_id, 2012, {"geheel": 8})
        if gewist:
            async with database.unit_of_work(VUGHT) as uow:
                await uow.connection.execute(
                    "DELETE FROM datasleutel WHERE kandidaat_id = $1", kandidaat_id
                )
                await uow.commit()
    assert (await cijfers(klant, VUGHT, 2012))["geheel"] == (0, None)
    _, dossier_id = await keten.dossier(VUGHT, op=GEOPEND)
    await leg_vast(klant, dossier_id, 2012, {"geheel": 8})
    assert (await cijfers(klant, VUGHT, 2012))["geheel"] == (5, "8.0")


@pytest.mark.parametrize(
    ("organisatie", "rol", "status"),
    [(VUGHT, "planregisseur", 404), (VUGHT, "klantmanager", 403), (WSD, "trajectconsulent", 403)],
)
async def test_niemand_anders_leest_woorden(
    klant: Klant, organisatie: str, rol: str, status: int
) -> None:
    antwoord = await klant(organisatie, rol).get(
        "/rapportages/klanttevredenheid/woorden?jaar=2011&vraag=goed"
    )
    assert antwoord.status_code == status


async def test_alleen_wsd_vraagt_en_wat_een_kandidaat_zei_is_verzegeld(
    keten: Keten, klant: Klant, database: Database
) -> None:
    kandidaat_id, dossier_id = await keten.dossier(BOXTEL, op=GEOPEND)
    pad = f"/dossiers/{dossier_id}/tevredenheidsgesprekken"
    body = {"gehoudenOp": "2010-01-04", "antwoorden": [{"vraag": "goed", "woorden": "De rust."}]}
    for organisatie, rol in ((BOXTEL, "klantmanager"), (WSD, "trajectconsulent")):
        assert (await klant(organisatie, rol).post(pad, json=body)).status_code == 403
    assert (await klant(WSD, "planregisseur").post(pad, json=body)).status_code == 201
    for organisatie, rol in ((BOXTEL, "klantmanager"), (WSD, "planregisseur")):
        assert (await klant(organisatie, rol).get(pad)).status_code in (404, 405)
    async with database.unit_of_work(BOXTEL) as uow:
        rij = await uow.connection.fetchval(
            "SELECT t::text FROM tevredenheidsgesprek t WHERE kandidaat_id = $1", kandidaat_id
        )
    assert "rust" not in rij
    assert b"rust".hex() not in rij
    async with database.unit_of_work(BOXTEL) as uow:
        assert await uow.connection.fetchval(
            "SELECT count(*) FROM verwerking WHERE betrokkene = $1", kandidaat_id
        )
