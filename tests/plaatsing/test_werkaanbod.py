"""Het eigen werkaanbod van WSD is er na een keer laden, en na tien keer hetzelfde."""

from __future__ import annotations

import asyncio
import random
from decimal import Decimal
from uuid import UUID

import pytest

from chassis.database import Database
from chassis.tenancy import WSD
from deploy.cli import werkaanbod as opdracht
from services.plaatsing.domain.fouten import OngeldigKvkNummer
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.store import werkgevers, werkplekken
from services.plaatsing.use_cases.corrigeer_werkplek import corrigeer_werkplek
from services.plaatsing.use_cases.laad_werkaanbod import laad_werkaanbod
from services.plaatsing.werkaanbod import werkaanbod
from tests.plaatsing.hulp import doe

AANTAL = 14 * 5
"""Functions of tabel 2, Het Goed included, times the locations named below it."""


def kvk_nummers() -> dict[str, str]:
    return {naam: f"{random.randrange(10**8):08}" for naam in werkaanbod().werkgevers}


async def laad(database: Database, nummers: dict[str, str]) -> int:
    return await doe(database, WSD, lambda uow: laad_werkaanbod(uow, werkaanbod(), nummers))


async def geladen(database: Database, kvk_nummer: str) -> tuple[Werkgeversoort, list[Werkplek]]:
    async with database.unit_of_work(WSD) as uow:
        werkgever_id = await werkgevers.met_kvk_nummer(uow, kvk_nummer)
        assert werkgever_id is not None
        bewaard = await werkgevers.haal(uow, werkgever_id)
        assert bewaard is not None
        plekken = await werkplekken.lijst(uow, werkgever_id=werkgever_id, na=None, aantal=500)
    return bewaard.werkgever.soort, [plek.werkplek for plek in plekken]


async def test_elke_functie_van_de_bron_is_er_op_elke_locatie(database: Database) -> None:
    nummers = kvk_nummers()
    assert await laad(database, nummers) == AANTAL
    soort, van_wsd = await geladen(database, nummers["wsd"])
    assert soort is Werkgeversoort.WERKPARTNERS
    assert {plek.locatie for plek in van_wsd} == {"Boxtel", "Schijndel", "Nuenen", "Best", "Vught"}
    assert {plek.werksoort for plek in van_wsd} == set(Werksoort) - {Werksoort.KRINGLOOP}
    _, van_het_goed = await geladen(database, nummers["het-goed"])
    assert {plek.werksoort for plek in van_het_goed} == {Werksoort.KRINGLOOP}
    assert all(plek.gedeeld for plek in (*van_wsd, *van_het_goed))


async def test_nog_eens_laden_laat_alles_zoals_het_is(database: Database) -> None:
    nummers = kvk_nummers()
    await laad(database, nummers)
    plek = (await geladen(database, nummers["wsd"]))[1][0]

    def ruimer(werkplek_id: UUID, werkgever_id: UUID) -> Werkplek:
        return Werkplek(
            werkplek_id,
            werkgever_id,
            plek.werksoort,
            plek.functie,
            plek.locatie,
            Decimal(16),
            Decimal(32),
            25,
        )

    await doe(
        database,
        WSD,
        lambda uow: corrigeer_werkplek(uow, plek.werkplek_id, ruimer, "Geteld", lambda _: None),
    )
    assert await laad(database, nummers) == 0
    plekken = {p.werkplek_id: p for p in (await geladen(database, nummers["wsd"]))[1]}
    assert plekken[plek.werkplek_id].capaciteit == 25


async def test_een_kvk_nummer_dat_niet_klopt_laadt_niets(database: Database) -> None:
    with pytest.raises(OngeldigKvkNummer):
        await laad(database, {"wsd": "123", "het-goed": "123"})


async def test_de_opdracht_laadt_in_een_omgeving(
    plaatsing_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEEDOEN_DATABASE_URL", plaatsing_url)
    nummers = kvk_nummers()
    argumenten = ["--kvk-wsd", nummers["wsd"], "--kvk-het-goed", nummers["het-goed"]]
    for aantal in (AANTAL, 0):
        assert await asyncio.to_thread(opdracht.main, argumenten) == 0
        assert capsys.readouterr().out == f"{aantal} werkplekken toegevoegd.\n"
    assert await asyncio.to_thread(opdracht.main, ["--kvk-wsd", "1", "--kvk-het-goed", "1"]) == 2
    assert "acht cijfers" in capsys.readouterr().err
    monkeypatch.delenv("MEEDOEN_DATABASE_URL")
    assert await asyncio.to_thread(opdracht.main, argumenten) == 2
    assert "MEEDOEN_DATABASE_URL" in capsys.readouterr().err
