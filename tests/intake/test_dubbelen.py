"""One resident at two gemeenten: WSD is told once both referred them; a gemeente never is."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import httpx2
import pytest

from chassis.database import Database
from chassis.tenancy import SYSTEM
from tests.dienst import Klant
from tests.intake.hulp import (
    BEST,
    BOXTEL,
    VUGHT,
    WSD,
    aanmelding,
    doe,
    id_van,
    lees,
    meld_aan,
    persoon,
    verwijs_door,
)

UITSTROOM = {"uitgestroomdOp": "2026-06-01", "reden": "arbeid"}
OPNIEUW = {"aangemeldOp": "2026-09-01", "instroomkanaal": "balie", "doelgroep": "pwet"}


async def signalen(klant: Klant, *kandidaten: str, status: str = "") -> list[dict[str, Any]]:
    """What WSD sees about these kandidaten."""
    gezocht = {str(id_van(kandidaat)) for kandidaat in kandidaten}
    pad = "/signalen?limiet=500" + (f"&status={status}" if status else "")
    gevonden = (await lees(klant(WSD), pad))["resultaten"]
    return [s for s in gevonden if set(s["kandidaatIds"]) & gezocht]


def gezicht(antwoord: httpx2.Response) -> tuple[Any, ...]:
    """All of an answer but what is another in every request."""
    body = {n: w for n, w in antwoord.json().items() if n not in ("traceId", "kandidaatId")}
    headers = {n: w for n, w in antwoord.headers.items() if n != "location"}
    return antwoord.status_code, headers, body, len(antwoord.content)


async def twee_keer(klant: Klant) -> tuple[str, str]:
    """One resident, referred by Boxtel and by Vught."""
    wie = persoon()
    kandidaten = []
    for gemeente in (BOXTEL, VUGHT):
        kandidaten.append(await meld_aan(klant(gemeente), persoon=wie))
        await verwijs_door(klant(gemeente), kandidaten[-1])
    return kandidaten[0], kandidaten[1]


async def test_een_gemeente_merkt_niet_of_een_andere_de_inwoner_heeft(klant: Klant) -> None:
    wie = persoon()
    eerste = await meld_aan(klant(BOXTEL), persoon=wie)
    await verwijs_door(klant(BOXTEL), eerste)
    gezichten = []
    for wie_dan in (wie, persoon()):
        aangemeld = await klant(VUGHT).post("/kandidaten", json=aanmelding(persoon=wie_dan))
        kandidaat = f"/kandidaten/{aangemeld.json()['kandidaatId']}"
        stap = {
            "genomenOp": "2026-01-12",
            "motivering": "Proef",
            "rechtsgrond": "pw-art-7-lid-1-a",
            "ingangsdatum": "2026-01-12",
            "uitkomst": "aanmelden-bij-wsd",
        }
        await klant(VUGHT).post(f"{kandidaat}/poortbesluiten", json=stap)
        verwezen = await klant(VUGHT).post(
            f"{kandidaat}/doorverwijzingen", json={"doorverwezenOp": "2026-01-12"}
        )
        assert (aangemeld.status_code, verwezen.status_code) == (201, 201)
        gezichten.append((gezicht(aangemeld), gezicht(verwezen)))
    assert gezichten[0] == gezichten[1]


async def test_wsd_ziet_een_signaal_als_beide_zijn_doorverwezen_en_eerder_niet(
    klant: Klant,
) -> None:
    wie = persoon()
    bij_boxtel = await meld_aan(klant(BOXTEL), persoon=wie)
    bij_vught = await meld_aan(klant(VUGHT), persoon=wie)
    await verwijs_door(klant(BOXTEL), bij_boxtel)
    assert await signalen(klant, bij_boxtel) == []
    await verwijs_door(klant(VUGHT), bij_vught)
    [signaal] = await signalen(klant, bij_boxtel)
    assert set(signaal["kandidaatIds"]) == {str(id_van(bij_boxtel)), str(id_van(bij_vught))}
    assert (signaal["status"], signaal["afgehandeldOp"]) == ("open", None)


async def test_een_gemeente_ziet_geen_signalen_en_handelt_er_geen_af(klant: Klant) -> None:
    kandidaat, _ = await twee_keer(klant)
    [signaal] = await signalen(klant, kandidaat)
    for gemeente in (BOXTEL, VUGHT, BEST):
        antwoord = await klant(gemeente).get("/signalen")
        assert (antwoord.status_code, antwoord.json()["code"]) == (403, "niet-bevoegd")
        als_consulent = klant(gemeente, "trajectconsulent")
        for id_ in (signaal["signaalId"], str(uuid4())):
            await doe(als_consulent, f"/signalen/{id_}/afhandelingen", verwacht=404)
    assert [s["status"] for s in await signalen(klant, kandidaat)] == ["open"]


async def test_wsd_handelt_een_signaal_af(klant: Klant) -> None:
    kandidaat, _ = await twee_keer(klant)
    [signaal] = await signalen(klant, kandidaat, status="open")
    for _keer in range(2):
        af = await doe(klant(WSD), f"/signalen/{signaal['signaalId']}/afhandelingen")
        assert af["status"] == "afgehandeld"
        assert af["afgehandeldOp"]
    assert await signalen(klant, kandidaat, status="open") == []


async def test_na_een_heraanmelding_weet_wsd_het_pas_weer_na_de_doorverwijzing(
    klant: Klant,
) -> None:
    kandidaat, _ = await twee_keer(klant)
    [signaal] = await signalen(klant, kandidaat)
    await doe(klant(WSD), f"/signalen/{signaal['signaalId']}/afhandelingen")
    await doe(klant(BOXTEL), f"{kandidaat}/uitstromingen", UITSTROOM)
    assert len(await signalen(klant, kandidaat)) == 1
    await doe(klant(BOXTEL), f"{kandidaat}/heraanmeldingen", OPNIEUW)
    assert await signalen(klant, kandidaat) == []
    await verwijs_door(klant(BOXTEL), kandidaat, "2026-09-02")
    assert [s["status"] for s in await signalen(klant, kandidaat)] == ["open"]


async def test_na_een_overdracht_blijft_het_signaal_en_komt_er_geen_bij(klant: Klant) -> None:
    kandidaat, _ = await twee_keer(klant)
    overdracht = {"naarGemeente": BEST, "ingangsdatum": "2026-11-20", "reden": "verhuizing"}
    await doe(klant(BOXTEL), f"{kandidaat}/overdrachten", overdracht)
    assert len(await signalen(klant, kandidaat)) == 1


async def test_wie_uit_een_bestand_komt_wordt_ook_herkend(klant: Klant) -> None:
    wie = persoon()
    eerste = await meld_aan(klant(BOXTEL), persoon=wie)
    await verwijs_door(klant(BOXTEL), eerste)
    verslag = await klant(VUGHT).post(
        "/aanmeldingen/bulk",
        json=aanmelding(persoon=wie),
        headers={"Content-Type": "application/x-ndjson"},
    )
    [regel] = verslag.json()["aangenomen"]
    await verwijs_door(klant(VUGHT), f"/kandidaten/{regel['kandidaatId']}")
    assert len(await signalen(klant, eerste)) == 1


async def test_twee_doorverwijzingen_tegelijk_geven_een_signaal(klant: Klant) -> None:
    for _keer in range(5):
        wie = persoon()
        kandidaten = [await meld_aan(klant(g), persoon=wie) for g in (BOXTEL, VUGHT, BEST)]
        await asyncio.gather(
            *(
                verwijs_door(klant(g), k)
                for g, k in zip((BOXTEL, VUGHT, BEST), kandidaten, strict=True)
            )
        )
        assert len(await signalen(klant, *kandidaten)) == 3


@pytest.mark.parametrize("organisatie", [BOXTEL, VUGHT, WSD, "0999"])
async def test_in_de_database_leest_en_schrijft_alleen_het_systeem_wie_bij_wsd_is(
    klant: Klant, database: Database, organisatie: str
) -> None:
    kandidaat, _ = await twee_keer(klant)
    async with database.unit_of_work(SYSTEM) as uow:
        kenmerk = await uow.connection.fetchval(
            "SELECT kenmerk FROM inwoner_bij_wsd WHERE kandidaat_id = $1", id_van(kandidaat)
        )
    assert kenmerk
    # What is there already and what is not are refused alike: a conflict would tell.
    for id_ in (id_van(kandidaat), uuid4()):
        async with database.unit_of_work(organisatie) as uow:
            assert await uow.connection.fetch("SELECT * FROM inwoner_bij_wsd") == []
            changed = await uow.connection.execute("UPDATE inwoner_bij_wsd SET kenmerk = kenmerk")
            deleted = await uow.connection.execute("DELETE FROM inwoner_bij_wsd")
            assert (changed, deleted) == ("UPDATE 0", "DELETE 0")
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
                await uow.connection.execute(
                    "INSERT INTO inwoner_bij_wsd (kandidaat_id, kenmerk) VALUES ($1, $2)",
                    id_,
                    kenmerk,
                )
    if organisatie != WSD:
        async with database.unit_of_work(organisatie) as uow:
            assert await uow.connection.fetch("SELECT * FROM signaal") == []
        for id_ in (id_van(kandidaat), uuid4()):
            async with database.unit_of_work(organisatie) as uow:
                with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
                    await uow.connection.execute(
                        "INSERT INTO signaal (id, kandidaat_id, andere_kandidaat_id, status,"
                        " gesignaleerd_op) VALUES ($1, $2, $3, 'open', now())",
                        uuid4(),
                        id_,
                        uuid4(),
                    )
