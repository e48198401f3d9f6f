"""A kandidaat of Boxtel leaves, comes back and is referred to WSD once more: the whole chain."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from deploy.klantreis.persoon import verzin_kvk_nummer
from tests.keten.proefketen import BOXTEL, VANDAAG, WSD, Proefketen
from tests.keten.wereld import AANROEPEN, namens

pytestmark = pytest.mark.asyncio(loop_scope="package")

DAG = VANDAAG.isoformat()


async def doe(
    keten: Proefketen,
    klant: httpx2.AsyncClient,
    wie: tuple[str, str],
    pad: str,
    body: Any,
    verwacht: int = 201,
) -> Any:
    antwoord = await klant.post(
        pad, json=body, headers=namens(keten, *wie) | {"Idempotency-Key": str(uuid4())}
    )
    assert antwoord.status_code == verwacht, antwoord.text
    await keten.rust()
    return antwoord.json()


async def test_na_een_tweede_doorverwijzing_gaat_elke_dienst_verder_waar_zij_was(
    keten: Proefketen,
) -> None:
    reis = await keten.speel(BOXTEL, eind="trajectbesluit")
    gemeente, consulent = (BOXTEL, "klantmanager"), (WSD, "trajectconsulent")
    kandidaat = f"/intake/v1/kandidaten/{reis.kandidaat_id}"
    dossier = f"/diagnose/v1/dossiers/{reis.dossier_id}"
    async with keten.klant() as klant:

        async def lees(wie: tuple[str, str], pad: str, verwacht: int = 200) -> Any:
            antwoord = await klant.get(pad, headers=namens(keten, *wie))
            assert antwoord.status_code == verwacht, antwoord.text
            return antwoord.json()

        eerder = await lees(consulent, dossier)
        uitstroom = {"uitgestroomdOp": DAG, "reden": "arbeid"}
        await doe(keten, klant, gemeente, f"{kandidaat}/uitstromingen", uitstroom)
        opnieuw = {"aangemeldOp": DAG, "instroomkanaal": "balie", "doelgroep": "pwet"}
        await doe(keten, klant, gemeente, f"{kandidaat}/heraanmeldingen", opnieuw)
        await lees(consulent, kandidaat, 404)
        werkgever = await klant.post(
            "/plaatsing/v1/werkgevers",
            json={"kvkNummer": verzin_kvk_nummer(Random(42)), "naam": "Terugkeer"},
            headers=namens(keten, WSD, "accountmanager"),
        )
        werkplek = await klant.post(
            "/plaatsing/v1/werkplekken",
            **AANROEPEN["plaatsing.legEenWerkplekVast"].invulling(werkgever.json()),
            headers=namens(keten, WSD, "accountmanager"),
        )
        # Until the gemeente decides again WSD places nobody on the old trajectbesluit.
        eerste = AANROEPEN["plaatsing.startEenProefplaatsing"].zonder("vorigePlaatsingId")
        ids = {"kandidaatId": reis.kandidaat_id, "werkplekId": werkplek.json()["werkplekId"]}
        proef = eerste.invulling(ids)["json"]
        pad = "/plaatsing/v1/proefplaatsingen"
        geweigerd = await klant.post(pad, json=proef, headers=namens(keten, *consulent))
        assert geweigerd.json()["code"] == "trajectbesluit-ontbreekt"
        besluit = AANROEPEN["intake.neemEenPoortbesluit"].body
        await doe(keten, klant, gemeente, f"{kandidaat}/poortbesluiten", besluit)
        verwijzing = {"doorverwezenOp": DAG}
        await doe(keten, klant, gemeente, f"{kandidaat}/doorverwijzingen", verwijzing)
        assert await lees(consulent, dossier) == eerder
        dossiers = await lees(consulent, f"/diagnose/v1/dossiers?kandidaatId={reis.kandidaat_id}")
        assert len(dossiers["resultaten"]) == 1
        # The old loonwaarde still holds, so WSD can advise at once; the gemeente decides on that.
        advies = {
            "gegevenOp": DAG,
            **reis.opzet.traject,
            "motivering": "Opnieuw bezien.",
            "loonwaardeMetingId": eerder["loonwaardemetingen"][0],
            "feiten": (AANROEPEN["diagnose.geefEenAdvies"].body or {})["feiten"],
        }
        await doe(keten, klant, consulent, f"{dossier}/adviezen", advies)
        assert (await lees(gemeente, kandidaat))["advies"]["gegevenOp"] == DAG
        traject = AANROEPEN["intake.neemEenTrajectbesluit"].body
        await doe(keten, klant, gemeente, f"{kandidaat}/trajectbesluiten", traject)
        stand = await lees(gemeente, kandidaat)
        assert (stand["status"], stand["ronde"]) == ("trajectbesluit-genomen", 2)
    async with keten.beheer() as beheer:
        besluiten = await beheer.fetch(
            "SELECT ingangsdatum FROM plaatsing.trajectbesluit WHERE kandidaat_id = $1::uuid",
            reis.kandidaat_id,
        )
        assert [besluit["ingangsdatum"] for besluit in besluiten] == [VANDAAG]
        for dienst in ("intake", "diagnose", "plaatsing", "financiering"):
            geparkeerd = await beheer.fetchval(
                f"SELECT count(*) FROM {dienst}.geparkeerd WHERE aggregate_id = $1::uuid",
                reis.kandidaat_id,
            )
            assert geparkeerd == 0, dienst


async def test_een_groot_bestand_gaat_door_de_gateway(keten: Proefketen) -> None:
    """More than the megabyte that is the limit elsewhere."""
    regels = ('{"toelichting":"' + "x" * 2000 + '"}\n') * 1000
    async with keten.klant(headers=namens(keten, BOXTEL, "klantmanager")) as klant:
        antwoord = await klant.post(
            "/intake/v1/aanmeldingen/bulk",
            params={"modus": "per-regel"},
            content=regels,
            headers={"Content-Type": "application/x-ndjson"},
        )
    assert antwoord.status_code == 200, antwoord.text
    assert len(antwoord.json()["geweigerd"]) == 1000
