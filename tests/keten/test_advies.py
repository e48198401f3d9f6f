"""What the gemeente does with an advies comes back to it by itself, through the whole chain."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from deploy.klantreis.verloop import Klantreis
from tests.keten.proefketen import BOXTEL, VANDAAG, WSD, Proefketen
from tests.keten.wereld import AANROEPEN, namens

pytestmark = pytest.mark.asyncio(loop_scope="package")

BEST = "0753"
DAG = VANDAAG.isoformat()
KLANTMANAGER, CONSULENT = (BOXTEL, "klantmanager"), (WSD, "trajectconsulent")


async def doe(
    keten: Proefketen, klant: httpx2.AsyncClient, wie: tuple[str, str], pad: str, body: Any
) -> Any:
    antwoord = await klant.post(
        pad, json=body, headers=namens(keten, *wie) | {"Idempotency-Key": str(uuid4())}
    )
    assert antwoord.status_code == 201, antwoord.text
    await keten.rust()
    return antwoord.json()


async def advies_van(
    keten: Proefketen,
    klant: httpx2.AsyncClient,
    reis: Klantreis,
    wie: tuple[str, str] = CONSULENT,
) -> Any:
    """The last advies, as somebody sees it."""
    dossier = f"/diagnose/v1/dossiers/{reis.dossier_id}"
    gevonden = await klant.get(dossier, headers=namens(keten, *wie))
    assert gevonden.status_code == 200, gevonden.text
    advies = await klant.get(
        f"{dossier}/adviezen/{gevonden.json()['adviezen'][-1]}", headers=namens(keten, *wie)
    )
    assert advies.status_code == 200, advies.text
    return advies.json()


async def test_het_besluit_van_de_gemeente_staat_bij_het_advies_tot_zij_het_intrekt(
    keten: Proefketen,
) -> None:
    reis = await keten.speel(BOXTEL, eind="trajectbesluit")
    kandidaat = f"/intake/v1/kandidaten/{reis.kandidaat_id}"
    async with keten.klant() as klant:
        gevolgd = await advies_van(keten, klant, reis)
        assert gevolgd["reactie"] == "gevolgd"
        besluit = AANROEPEN["intake.neemEenTrajectbesluit"].body
        ander = await doe(keten, klant, KLANTMANAGER, f"{kandidaat}/trajectbesluiten", besluit)
        assert ander["wijktAfVanAdvies"]
        afgeweken = await advies_van(keten, klant, reis)
        assert (afgeweken["reactie"], afgeweken["besluitId"]) == ("afgeweken", ander["besluitId"])
        pad = f"{kandidaat}/besluiten/{ander['besluitId']}/intrekkingen"
        await doe(keten, klant, KLANTMANAGER, pad, AANROEPEN["intake.trekEenBesluitIn"].body)
        terug = await advies_van(keten, klant, reis)
        assert (terug["reactie"], terug["besluitId"]) == ("gevolgd", gevolgd["besluitId"])


async def test_vraag_antwoord_en_besluit_gaan_mee_naar_een_andere_gemeente(
    keten: Proefketen,
) -> None:
    reis = await keten.speel(BOXTEL, eind="trajectbesluit")
    async with keten.klant() as klant:
        ids = {"dossierId": reis.dossier_id}
        dossier = f"/diagnose/v1/dossiers/{reis.dossier_id}"
        eerste = await advies_van(keten, klant, reis)
        tweede = {
            **(AANROEPEN["diagnose.geefEenAdvies"].body or {}),
            **{n: eerste[n] for n in ("zrmMetingId", "loonwaardeMetingId")},
        }
        ids |= await doe(keten, klant, CONSULENT, f"{dossier}/adviezen", tweede)
        vragen = f"{dossier}/adviezen/{ids['adviesId']}/vragen"
        vraag = await doe(
            keten, klant, KLANTMANAGER, vragen, {"teruggestuurdOp": DAG, "vraag": "Waarom?"}
        )
        naar = {"naarGemeente": BEST, "ingangsdatum": DAG, "reden": "verhuizing"}
        kandidaat = f"/intake/v1/kandidaten/{reis.kandidaat_id}"
        await doe(keten, klant, KLANTMANAGER, f"{kandidaat}/overdrachten", naar)
        bij_best = await advies_van(keten, klant, reis, (BEST, "klantmanager"))
        assert bij_best["reactie"] == "teruggestuurd"
        assert bij_best["vragen"][0]["vraag"] == "Waarom?"
        antwoord = {"beantwoordOp": DAG, "antwoord": "Daarom."}
        await doe(keten, klant, CONSULENT, f"{vragen}/{vraag['vraagId']}/antwoorden", antwoord)
        bij_best = await advies_van(keten, klant, reis, (BEST, "klantmanager"))
        assert bij_best["vragen"][0]["antwoord"] == "Daarom."
        eerder = await klant.get(
            f"{dossier}/adviezen/{eerste['adviesId']}", headers=namens(keten, BEST, "klantmanager")
        )
        assert (eerder.json()["reactie"], eerder.json()["vervangen"]) == ("gevolgd", True)
        weg = await klant.get(
            f"{dossier}/adviezen/{ids['adviesId']}", headers=namens(keten, *KLANTMANAGER)
        )
        assert weg.status_code == 404
    async with keten.beheer() as beheer:
        for tabel in ("advies", "adviesvraag", "adviesbesluit"):
            van = await beheer.fetch(
                f"SELECT DISTINCT gemeentecode FROM diagnose.{tabel} WHERE dossier_id = $1::uuid",
                reis.dossier_id,
            )
            assert [rij["gemeentecode"] for rij in van] == [BEST], tabel
