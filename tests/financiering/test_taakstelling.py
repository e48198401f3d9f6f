"""De taakstelling over de keten: wat er op een dag is gerealiseerd, uit wat plaatsing zegt."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.afnemers import WSD
from contracts.intake import Doelgroep
from contracts.plaatsing import Eindereden, OverigePlaatsingsoort, Plaatsingsoort
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

RAPPORT = "/rapportages/taakstelling"
AUGUSTUS = date(2021, 8, 31)


async def realiseer(
    omgeving: Omgeving, gemeente: str, aantal: int, sw: int, begin: date = date(2020, 9, 7)
) -> list[Kandidaat]:
    """So many places, of which sw of the Wsw: seconded in a group; the others in beschut werk."""
    kandidaten = [Kandidaat(gemeente) for _ in range(aantal)]
    for nummer, kandidaat in enumerate(kandidaten):
        van_wsw = nummer < sw
        doelgroep = Doelgroep.WSW if van_wsw else Doelgroep.PWET
        soort = (
            OverigePlaatsingsoort.DETACHERING_GROEP
            if van_wsw
            else OverigePlaatsingsoort.BESCHUT_WERK
        )
        await omgeving.hoort(
            kandidaat.doorverwezen(doelgroep=doelgroep), kandidaat.gestart(soort, begin)
        )
    return kandidaten


async def stand(client: Client, gemeente: str, op: date) -> dict[str, Any]:
    antwoord = await client(gemeente).get(f"{RAPPORT}?op={op}")
    assert antwoord.status_code == 200, antwoord.text
    [deel] = antwoord.json()["gemeenten"]
    return dict(deel["stand"])


async def test_vught_augustus_2021_en_boxtel_maart_2021_komen_uit_als_in_de_bronnen(
    omgeving: Omgeving, client: Client
) -> None:
    """Bron 002 §9: 263, 225, -38. Bron 000 §3.2: 483 and about 470."""
    await realiseer(omgeving, VUGHT, 225, sw=150)
    await realiseer(omgeving, BOXTEL, 470, sw=350)
    vught = await stand(client, VUGHT, AUGUSTUS)
    assert (vught["aandeel"], vught["realisatie"], vught["verschil"]) == (263, 225, -38)
    assert (vught["sw"], vught["pw"]) == (150, 75)
    boxtel = await stand(client, BOXTEL, date(2021, 3, 31))
    assert (boxtel["aandeel"], boxtel["realisatie"], boxtel["verschil"]) == (483, 470, -13)
    alle = (await client(WSD).get(f"{RAPPORT}?op={AUGUSTUS}")).json()
    assert (alle["totaal"], alle["samen"]["aandeel"], alle["samen"]["realisatie"]) == (
        2100,
        2100,
        695,
    )
    assert [m["realisatie"] for m in alle["maanden"]] == [0] + [695] * 11


async def test_wie_twee_plaatsen_heeft_telt_een_keer_en_na_het_einde_niet_meer(
    omgeving: Omgeving, client: Client
) -> None:
    [kandidaat] = await realiseer(omgeving, VUGHT, 1, sw=0)
    eerste = kandidaat.plaatsing_id
    kandidaat.nieuwe_plaatsing()
    await omgeving.hoort(
        kandidaat.gestart(OverigePlaatsingsoort.DETACHERING_BESCHUT, date(2021, 1, 4))
    )
    assert (await stand(client, VUGHT, AUGUSTUS))["realisatie"] == 1
    einde = kandidaat.einde(
        date(2021, 6, 30), Plaatsingsoort.DETACHERING_BESCHUT, Eindereden.DOORSTROOM
    )
    kandidaat.plaatsing_id = eerste
    await omgeving.hoort(
        einde, kandidaat.einde(date(2021, 7, 31), Plaatsingsoort.BESCHUT_WERK, Eindereden.PENSIOEN)
    )
    nu = await stand(client, VUGHT, AUGUSTUS)
    assert (nu["realisatie"], nu["jaarEerder"]) == (0, 0)
    assert (await stand(client, VUGHT, date(2021, 7, 31)))["realisatie"] == 1


async def test_een_gemeente_ziet_alleen_de_eigen_taakstelling(client: Client) -> None:
    verborgen = await client(VUGHT).get(f"{RAPPORT}?op={AUGUSTUS}&gemeentecode={BOXTEL}")
    assert (verborgen.status_code, verborgen.json()["code"]) == (404, "niet-gevonden")
    van_boxtel = (await client(WSD).get(f"{RAPPORT}?op={AUGUSTUS}&gemeentecode={BOXTEL}")).json()
    assert [g["gemeentecode"] for g in van_boxtel["gemeenten"]] == [BOXTEL]
    alle = (await client(WSD).get(f"{RAPPORT}?op={AUGUSTUS}")).json()["gemeenten"]
    assert {g["gemeentecode"] for g in alle if not g["aanname"]} == {BOXTEL, VUGHT}
    assert (await client(WSD).get(RAPPORT)).status_code == 400
