"""One POST, one effect: repeated, at the same time, and when the database refuses at the last."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from deploy.klantreis.persoon import Persoon
from tests.keten.proefketen import BOXTEL, VANDAAG, VUGHT, Proefketen

pytestmark = pytest.mark.asyncio(loop_scope="package")

KANDIDATEN = "/intake/v1/kandidaten"


def aanmelding(persoon: Persoon) -> dict[str, Any]:
    return {
        "aangemeldOp": VANDAAG.isoformat(),
        "instroomkanaal": "balie",
        "doelgroep": "pwet",
        "persoon": persoon.als_invoer(),
    }


async def meld_aan(
    keten: Proefketen, persoon: Persoon, sleutel: str, *, organisatie: str = BOXTEL, **anders: Any
) -> httpx2.Response:
    async with keten.klant() as klant:
        return await klant.post(
            KANDIDATEN,
            json=aanmelding(persoon) | anders,
            headers=keten.aanmelden(organisatie, "klantmanager") | {"Idempotency-Key": sleutel},
        )


async def sporen(keten: Proefketen) -> dict[str, int]:
    """How many rows intake has in every table; its answers and its versions included."""
    async with keten.beheer() as beheer:
        tabellen = await beheer.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'intake' ORDER BY 1"
        )
        return {
            naam: await beheer.fetchval(f"SELECT count(*) FROM intake.{naam}")
            for (naam,) in tabellen
            if naam != "outbox"  # empties by itself
        }


@contextlib.asynccontextmanager
async def mislukte_commit(keten: Proefketen, foutcode: str) -> AsyncIterator[None]:
    """Let every commit of a new kandidaat fail, after all its statements have succeeded."""
    async with keten.beheer() as beheer:
        await beheer.execute(
            "CREATE FUNCTION intake.weiger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION 'nee' USING errcode = '{foutcode}'; END $$;"
            "CREATE CONSTRAINT TRIGGER weiger AFTER INSERT ON intake.kandidaat"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake.weiger()"
        )
        try:
            yield
        finally:
            await beheer.execute(
                "DROP TRIGGER weiger ON intake.kandidaat; DROP FUNCTION intake.weiger"
            )


def zonder_trace(antwoord: httpx2.Response) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in antwoord.json().items() if naam != "traceId"}


async def test_dezelfde_post_twee_keer_geeft_een_kandidaat_en_hetzelfde_antwoord(
    keten: Proefketen,
) -> None:
    persoon, sleutel = keten.persoon(), str(uuid4())
    eerste = await meld_aan(keten, persoon, sleutel)
    voor = await sporen(keten)
    tweede = await meld_aan(keten, persoon, sleutel)

    assert (eerste.status_code, tweede.status_code) == (201, 201)
    assert eerste.content == tweede.content
    for header in ("location", "content-type", "api-version"):
        assert eerste.headers[header] == tweede.headers[header]
    assert "idempotency-replayed" not in eerste.headers
    assert tweede.headers["idempotency-replayed"] == "true"
    assert await sporen(keten) == voor


async def test_dezelfde_sleutel_met_een_andere_body_is_een_conflict(keten: Proefketen) -> None:
    persoon, sleutel = keten.persoon(), str(uuid4())
    await meld_aan(keten, persoon, sleutel)
    voor = await sporen(keten)
    ander = await meld_aan(keten, persoon, sleutel, doelgroep="nug")

    assert ander.status_code == 409
    assert ander.headers["content-type"] == "application/problem+json"
    assert ander.json()["code"] == "sleutel-hergebruikt"
    assert await sporen(keten) == voor


async def test_de_sleutel_van_de_een_geeft_niet_het_antwoord_van_de_ander(
    keten: Proefketen,
) -> None:
    persoon, sleutel = keten.persoon(), str(uuid4())
    boxtel = await meld_aan(keten, persoon, sleutel)
    vught = await meld_aan(keten, persoon, sleutel, organisatie=VUGHT)

    assert vught.status_code == 201
    assert vught.json()["gemeentecode"] == VUGHT
    assert vught.json()["kandidaatId"] != boxtel.json()["kandidaatId"]


async def test_twintig_keer_tegelijk_met_een_sleutel_geeft_een_kandidaat(
    keten: Proefketen,
) -> None:
    persoon, sleutel = keten.persoon(), str(uuid4())
    voor = await sporen(keten)
    antwoorden = await asyncio.gather(*(meld_aan(keten, persoon, sleutel) for _ in range(20)))
    na = await sporen(keten)

    assert {a.status_code for a in antwoorden} == {201}
    assert len({a.content for a in antwoorden}) == 1
    assert sum("idempotency-replayed" in a.headers for a in antwoorden) == 19
    assert na["kandidaat"] - voor["kandidaat"] == 1
    assert na["stroom"] - voor["stroom"] == 1


async def test_twintig_keer_tegelijk_hetzelfde_bsn_geeft_een_kandidaat(keten: Proefketen) -> None:
    persoon = keten.persoon()
    antwoorden = await asyncio.gather(*(meld_aan(keten, persoon, str(uuid4())) for _ in range(20)))
    gelukt = [a for a in antwoorden if a.status_code == 201]
    geweigerd = [a for a in antwoorden if a.status_code == 409]

    assert (len(gelukt), len(geweigerd)) == (1, 19)
    assert {a.json()["kandidaatId"] for a in antwoorden} == {gelukt[0].json()["kandidaatId"]}


@pytest.mark.parametrize(
    ("foutcode", "status"),
    [
        pytest.param("P0001", 500, id="een regel van de database"),
        pytest.param("40001", 503, id="verloren van een andere transactie"),
        pytest.param("57P01", 503, id="de server stopt"),
    ],
)
async def test_een_commit_die_mislukt_geeft_nooit_een_201(
    keten: Proefketen, foutcode: str, status: int
) -> None:
    persoon, sleutel = keten.persoon(), str(uuid4())
    await keten.rust()
    voor, gemeld = await sporen(keten), len(keten.aftakking.berichten)
    async with mislukte_commit(keten, foutcode):
        mislukt = await meld_aan(keten, persoon, sleutel)
        await keten.rust()
        na = await sporen(keten)

    assert mislukt.status_code == status
    assert mislukt.headers["content-type"] == "application/problem+json"
    assert zonder_trace(mislukt)["status"] == status
    assert na == voor
    assert len(keten.aftakking.berichten) == gemeld

    # Nothing of it stays in the way: the same request then succeeds, as the first.
    alsnog = await meld_aan(keten, persoon, sleutel)
    assert alsnog.status_code == 201
    assert "idempotency-replayed" not in alsnog.headers
