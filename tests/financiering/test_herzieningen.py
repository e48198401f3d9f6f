"""Per 1 januari beslist een gemeente in een keer over al haar lopende subsidies, en een keer."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from chassis.tenancy import WSD
from contracts.financiering import LKSBeschikkingGegeven
from services.financiering.use_cases import herzie_alle as module
from services.financiering.use_cases.herzie_alle import Herzieningsopdracht, herzie_alle
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

NIEUWJAAR, VANDAAG = date(2027, 1, 1), date(2027, 1, 8)
OPDRACHT = Herzieningsopdracht(2027, "Per 1 januari.", VANDAAG, "klantmanager")
SCHRIJVEN = ("financiering.lezen", "financiering.schrijven")

pytestmark = pytest.mark.usefixtures("bedragen_2027")


async def toegekend(omgeving: Omgeving, gemeente: str = BOXTEL) -> Kandidaat:
    kandidaat = Kandidaat(gemeente)
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 9, 1)))
    await omgeving.beschikt(kandidaat)
    return kandidaat


async def nieuwjaar(omgeving: Omgeving) -> None:
    """Every deadline of 1 January has gone off, and it is a week later."""
    await omgeving.wordt(NIEUWJAAR)
    await omgeving.wordt(VANDAAG)


async def herzie(klant: httpx2.AsyncClient, **anders: Any) -> httpx2.Response:
    body = {"jaar": 2027, "motivering": "Per 1 januari.", "bekendgemaaktOp": str(VANDAAG), **anders}
    headers = {"Idempotency-Key": str(uuid4())}
    return await klant.post("/lks-herzieningen", json=body, headers=headers)


async def gegeven(omgeving: Omgeving, kandidaat: Kandidaat) -> list[str]:
    return [e["soort"] for e in await omgeving.gezegd_als(LKSBeschikkingGegeven, kandidaat)]


async def test_elke_lopende_subsidie_van_de_gemeente_krijgt_een_eigen_beschikking_met_brief(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaten = [await toegekend(omgeving) for _ in range(3)]
    ander = await toegekend(omgeving, VUGHT)
    await nieuwjaar(omgeving)
    klant = client(scopes=SCHRIJVEN)
    antwoord = await herzie(klant)
    assert antwoord.status_code == 201, antwoord.text
    stand = antwoord.json()
    assert (stand["bekeken"], stand["gegeven"], stand["overgeslagen"]) == (3, 3, 0)
    assert stand["gereedOp"] is not None
    assert (await klant.get(f"/lks-herzieningen/{stand['herzieningId']}")).json() == stand
    assert (await klant.get("/lks-herzieningen")).json()["resultaten"] == [stand]
    for kandidaat in kandidaten:
        assert await gegeven(omgeving, kandidaat) == ["toekenning", "herziening"]
        assert await omgeving.voorstel(kandidaat) is None
    assert await gegeven(omgeving, ander) == ["toekenning"]
    lijst = (await klant.get(f"/lks-beschikkingen?herzieningId={stand['herzieningId']}")).json()
    assert len(lijst["resultaten"]) == 3
    een = lijst["resultaten"][0]
    assert een["artikelen"] == ["art. 10d lid 7 Participatiewet"]
    assert een["ingangsdatum"] == str(NIEUWJAAR)
    brief = await klant.get(f"/lks-beschikkingen/{een['beschikkingId']}/brief")
    assert "Per 1 januari." in brief.text
    assert "op 1 januari gelden het minimumloon" in brief.text


async def test_wie_haar_opnieuw_vraagt_krijgt_dezelfde_en_er_wordt_niet_opnieuw_besloten(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat = await toegekend(omgeving)
    await nieuwjaar(omgeving)
    klant = client(scopes=SCHRIJVEN)
    eerste, tweede = await herzie(klant), await herzie(klant)
    assert eerste.json() == tweede.json()
    assert await gegeven(omgeving, kandidaat) == ["toekenning", "herziening"]
    anders = await herzie(klant, motivering="Iets anders.")
    assert (anders.status_code, anders.json()["code"]) == (409, "herziening-anders")


async def test_wat_meer_vraagt_dan_1_januari_blijft_over_om_apart_te_beslissen(
    omgeving: Omgeving, client: Client
) -> None:
    gewoon, gewijzigd, niet_toegekend = [await toegekend(omgeving) for _ in range(2)] + [
        Kandidaat()
    ]
    await omgeving.hoort(
        niet_toegekend.doorverwezen(),
        niet_toegekend.plaatsing(date(2026, 9, 1)),
        gewijzigd.loonwaarde(60, date(2026, 12, 1)),
    )
    gestopt = await toegekend(omgeving)
    await omgeving.hoort(gestopt.einde(date(2026, 12, 31)))
    await nieuwjaar(omgeving)
    stand = (await herzie(client(scopes=SCHRIJVEN))).json()
    assert (stand["bekeken"], stand["gegeven"], stand["overgeslagen"]) == (3, 1, 2)
    assert await gegeven(omgeving, gewoon) == ["toekenning", "herziening"]
    assert await gegeven(omgeving, gewijzigd) == ["toekenning"]
    assert (await omgeving.beschikt(gewijzigd)).inhoud.ingangsdatum == date(2026, 12, 1)


async def test_wat_na_de_brief_bekend_werd_zit_er_niet_in(omgeving: Omgeving) -> None:
    kandidaat = await toegekend(omgeving)
    await nieuwjaar(omgeving)
    await omgeving.hoort(kandidaat.einde(date(2027, 1, 31)))
    eerder = Herzieningsopdracht(2027, "Per 1 januari.", date(2027, 1, 4), "klantmanager")
    stand = await herzie_alle(omgeving.database, BOXTEL, eerder)
    assert (stand.gegeven, stand.overgeslagen) == (0, 1)


async def test_zolang_niet_alles_op_1_januari_is_herzien_wordt_er_niet_beslist(
    omgeving: Omgeving, client: Client
) -> None:
    await toegekend(omgeving)
    klant = client(scopes=SCHRIJVEN)
    vroeg = await herzie(klant, bekendgemaaktOp="2026-12-07")
    assert (vroeg.status_code, vroeg.json()["code"]) == (409, "indexatie-te-vroeg")
    omgeving.clock.move_to(omgeving.clock.now().replace(year=2027, month=1, day=8))
    klaar = await herzie(klant)
    assert (klaar.status_code, klaar.json()["code"]) == (409, "indexatie-niet-gereed")
    await omgeving.vuur()
    assert (await herzie(klant)).json()["gegeven"] == 1


@pytest.mark.parametrize("op", ["2026-12-31", "2027-01-09"])
async def test_de_brieven_zijn_verzonden_van_1_januari_tot_en_met_vandaag(
    omgeving: Omgeving, client: Client, op: str
) -> None:
    await nieuwjaar(omgeving)
    antwoord = await herzie(client(scopes=SCHRIJVEN), bekendgemaaktOp=op)
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "bekendmaking-past-niet")


async def test_alleen_een_gemeente_beslist_en_leest_haar_eigen_herziening(
    omgeving: Omgeving, client: Client
) -> None:
    await nieuwjaar(omgeving)
    wsd = await herzie(client(WSD, scopes=SCHRIJVEN, rol="backoffice"))
    assert (wsd.status_code, wsd.json()["code"]) == (403, "beschikking-van-gemeente")
    pad = (await herzie(client(scopes=SCHRIJVEN))).headers["Location"][len("/financiering/v1") :]
    for ander in (client(VUGHT), client(WSD, rol="backoffice")):
        assert (await ander.get(pad)).status_code == 404
        assert (await ander.get("/lks-herzieningen")).json()["resultaten"] == []


async def test_voorbij_het_laatste_jaar_is_de_lijst_leeg(client: Client) -> None:
    for cursor in ("2027", "11968880", "9" * 18):
        antwoord = await client().get("/lks-herzieningen", params={"cursor": cursor})
        assert (antwoord.status_code, antwoord.json()["resultaten"]) == (200, [])


async def test_een_gebroken_herziening_gaat_verder_en_beslist_niets_twee_keer(
    omgeving: Omgeving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It breaks before and after each commit in turn."""
    kandidaten = [await toegekend(omgeving) for _ in range(5)]
    await nieuwjaar(omgeving)
    stap, keer = module._stap, 0

    class StroomWegError(Exception):
        pass

    async def breekbaar(uow: Any, *args: Any) -> Any:
        nonlocal keer
        keer += 1
        if keer % 2:
            raise StroomWegError
        gedaan = await stap(uow, *args)
        if not keer % 4:
            raise StroomWegError
        return gedaan

    monkeypatch.setattr(module, "_stap", breekbaar)
    for _ in range(40):
        try:
            stand = await herzie_alle(omgeving.database, BOXTEL, OPDRACHT, per_keer=2)
            break
        except StroomWegError:
            # After a lost transaction the next call goes on where the last commit was.
            continue
    else:
        pytest.fail("de herziening komt niet af")
    assert (stand.bekeken, stand.gegeven) == (5, 5)
    for kandidaat in kandidaten:
        assert await gegeven(omgeving, kandidaat) == ["toekenning", "herziening"]
