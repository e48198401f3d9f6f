"""Wat niet mag wordt geweigerd met de regel en wat u kunt doen, en er verandert niets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.keten.proefketen import BOXTEL, VUGHT, WSD, Proefketen
from tests.keten.wereld import AANROEPEN, namens

pytestmark = pytest.mark.asyncio(loop_scope="package")

BESLUIT = {
    n: w for n, w in (AANROEPEN["intake.neemEenPoortbesluit"].body or {}).items() if n != "uitkomst"
}
TRAJECT = AANROEPEN["intake.neemEenTrajectbesluit"].body or {}


async def geweigerd(
    keten: Proefketen,
    pad: str,
    body: dict[str, Any],
    *,
    door: str,
    rol: str = "klantmanager",
    kandidaat: str,
) -> dict[str, Any]:
    """The problem; what the gemeente sees of the kandidaat is as it was."""
    gemeente = body.pop("gemeente", BOXTEL)
    async with keten.klant(headers=namens(keten, gemeente, "klantmanager")) as eigen:
        voor = await stand(eigen, kandidaat)
        async with keten.klant(headers=namens(keten, door, rol)) as klant:
            antwoord = await klant.post(pad, json=body)
        await keten.rust()
        assert await stand(eigen, kandidaat) == voor
    assert 400 <= antwoord.status_code < 500, antwoord.text
    probleem: dict[str, Any] = antwoord.json()
    assert probleem["detail"]
    return probleem


async def stand(klant: Any, kandidaat: str) -> list[Any]:
    """All that the gemeente can read about it."""
    paden = ("", "/besluiten", "/proces", "/regisseurs", "/termijnen")
    gelezen = [await klant.get(f"/intake/v1/kandidaten/{kandidaat}{pad}") for pad in paden]
    plaatsingen = await klant.get("/plaatsing/v1/plaatsingen", params={"kandidaatId": kandidaat})
    return [antwoord.json() for antwoord in (*gelezen, plaatsingen)]


async def test_besluiten_buiten_het_mandaat(keten: Proefketen) -> None:
    """In the 3D model the gemeente decides which traject follows, and WSD advises."""
    reis = await keten.speel(BOXTEL, eind="trajectbesluit")
    probleem = await geweigerd(
        keten,
        f"/intake/v1/kandidaten/{reis.kandidaat_id}/trajectbesluiten",
        dict(TRAJECT),
        door=WSD,
        rol="trajectconsulent",
        kandidaat=reis.kandidaat_id,
    )
    assert (probleem["status"], probleem["code"]) == (403, "niet-bevoegd")
    assert probleem["artikel"] == "art. 7 lid 4 Participatiewet"


async def test_een_traject_starten_zonder_inkooporder(keten: Proefketen) -> None:
    """In the cafetariamodel each traject is ordered first (bron 001 §2.2), a later one again."""
    reis = await keten.speel(VUGHT, eind="trajectbesluit")
    ids = {"kandidaatId": reis.kandidaat_id}
    async with keten.klant(headers=namens(keten, VUGHT, "klantmanager")) as klant:
        besluit = await klant.post(
            f"/intake/v1/kandidaten/{reis.kandidaat_id}/trajectbesluiten", json=TRAJECT
        )
        assert besluit.json()["inkooporderNodig"]
    await keten.rust()
    async with keten.klant(headers=namens(keten, WSD, "accountmanager")) as klant:
        werkgever = await klant.post(
            "/plaatsing/v1/werkgevers", json={"kvkNummer": reis.opzet.kvk_nummer, "naam": "Proef"}
        )
        werkplek = await klant.post(
            "/plaatsing/v1/werkplekken",
            **AANROEPEN["plaatsing.legEenWerkplekVast"].invulling(
                {"werkgeverId": werkgever.json()["werkgeverId"]}
            ),
        )
    ids["werkplekId"] = werkplek.json()["werkplekId"]
    eerste = AANROEPEN["plaatsing.startEenProefplaatsing"].zonder("vorigePlaatsingId")
    start = eerste.invulling(ids)["json"]
    probleem = await geweigerd(
        keten,
        "/plaatsing/v1/proefplaatsingen",
        {**start, "gemeente": VUGHT},
        door=WSD,
        rol="accountmanager",
        kandidaat=reis.kandidaat_id,
    )
    assert (probleem["status"], probleem["code"]) == (409, "inkooporder-ontbreekt")


async def test_een_tweede_regisseur(keten: Proefketen) -> None:
    """Exactly one at any time: who hands over says who has the regie now."""
    reis = await keten.speel(BOXTEL, eind="trajectbesluit")
    probleem = await geweigerd(
        keten,
        f"/intake/v1/kandidaten/{reis.kandidaat_id}/regieoverdrachten",
        {
            "van": {"organisatie": BOXTEL, "medewerker": "KM-9"},
            "naar": {"organisatie": BOXTEL, "medewerker": "KM-1"},
            "vanaf": BESLUIT["genomenOp"],
            "reden": "toewijzing",
        },
        door=BOXTEL,
        kandidaat=reis.kandidaat_id,
    )
    assert probleem["status"] == 409
    assert "regisseur" in probleem["title"].lower() + probleem["detail"].lower()


async def test_een_stap_door_de_verkeerde_rol(keten: Proefketen) -> None:
    persoon = keten.persoon()
    async with keten.klant(headers=namens(keten, BOXTEL, "klantmanager")) as klant:
        aanmelding = AANROEPEN["intake.meldAan"].body or {}
        kandidaat = await klant.post(
            "/intake/v1/kandidaten", json={**aanmelding, "persoon": persoon.als_invoer()}
        )
    kandidaat_id = kandidaat.json()["kandidaatId"]
    probleem = await geweigerd(
        keten,
        f"/intake/v1/kandidaten/{kandidaat_id}/proces/stappen",
        {
            "stap": "quick-scan",
            "gezetOp": BESLUIT["genomenOp"],
            "feiten": {"mijnwerkdichtbij": True},
        },
        door=BOXTEL,
        rol="backoffice",
        kandidaat=kandidaat_id,
    )
    assert (probleem["status"], probleem["code"]) == (403, "stap-van-andere-rol")
    assert "klantmanager" in probleem["detail"]


async def test_een_besluit_zonder_motivering(keten: Proefketen) -> None:
    reis = await keten.speel(BOXTEL, eind="trajectbesluit")
    probleem = await geweigerd(
        keten,
        f"/intake/v1/kandidaten/{reis.kandidaat_id}/trajectbesluiten",
        {**TRAJECT, "motivering": "   "},
        door=BOXTEL,
        kandidaat=reis.kandidaat_id,
    )
    assert (probleem["status"], probleem["code"]) == (400, "motivering-ontbreekt")
    assert probleem["artikel"] == "art. 3:46 en 3:47 Awb"
