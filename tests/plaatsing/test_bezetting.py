"""Op een werkplek zijn nooit meer mensen dan er plaatsen zijn, ook niet als velen tegelijk."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest

from chassis.clock import MovableClock
from chassis.database import Database
from services.plaatsing.domain.bezetting import drukste_bezetting, plaats_bezet
from services.plaatsing.domain.fouten import PlaatsingenOverlappen, WerkplekVol
from services.plaatsing.domain.lks_plaatsing import Grondslag
from services.plaatsing.store import werkplekken
from tests.plaatsing.hulp import (
    BEGIN,
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    beeindig,
    in_dienst,
    op_proef,
    tegelijk,
    verleng,
    werkplek,
)

JUNI = date(2026, 6, 15)


async def vrije_plaatsen(database: Database, werkplek_id: UUID, organisatie: str = WSD) -> int:
    async with database.unit_of_work(organisatie) as uow:
        bewaard = await werkplekken.haal(uow, werkplek_id)
    assert bewaard is not None
    return bewaard.werkplek.vrije_plaatsen


async def meeste_tegelijk(database: Database, werkplek_id: UUID) -> int:
    async with database.unit_of_work(WSD) as uow:
        rows = await uow.connection.fetch(
            "SELECT begin, laatste_dag FROM bezetting WHERE werkplek_id = $1",
            werkplek_id,
        )
    verschillen = [verschil for row in rows for verschil in plaats_bezet(*row)]
    return drukste_bezetting(verschillen, date(2000, 1, 1), None)


async def test_een_volle_werkplek_neemt_niemand_aan(database: Database, keten: Keten) -> None:
    plek = await werkplek(database, capaciteit=2)
    for gemeente in (BOXTEL, VUGHT):
        await op_proef(database, await keten.kandidaat(gemeente), plek)
    with pytest.raises(WerkplekVol):
        await op_proef(database, await keten.kandidaat(), plek)


async def test_na_de_einddatum_is_de_plaats_vrij_en_niet_eerder(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database)
    baan = await in_dienst(database, await keten.kandidaat(), plek)
    ander = await keten.kandidaat()
    with pytest.raises(WerkplekVol):
        await in_dienst(database, ander, plek, begin=date(2027, 1, 1))
    await beeindig(database, baan.plaatsing_id, JUNI)
    with pytest.raises(WerkplekVol):
        await in_dienst(database, ander, plek, begin=JUNI)
    await in_dienst(database, ander, plek, begin=JUNI + timedelta(days=1))


async def test_de_plaats_van_een_proefplaatsing_is_vrij_als_die_is_afgelopen(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database)
    await op_proef(database, await keten.kandidaat(), plek)
    ander = await keten.kandidaat()
    with pytest.raises(WerkplekVol):
        await op_proef(database, ander, plek, begin=date(2026, 7, 3))
    await op_proef(database, ander, plek, begin=date(2026, 7, 4))


async def test_wie_na_elkaar_komen_bezetten_samen_een_plaats(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database, capaciteit=2)
    await op_proef(database, await keten.kandidaat(), plek)
    await op_proef(database, await keten.kandidaat(), plek, begin=date(2026, 7, 4))
    await in_dienst(database, await keten.kandidaat(), plek)
    assert await meeste_tegelijk(database, plek) == 2
    with pytest.raises(WerkplekVol):
        await op_proef(database, await keten.kandidaat(), plek, begin=date(2026, 6, 4))


async def test_verlengen_kan_alleen_als_de_plaats_vrij_blijft(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database)
    proef = await op_proef(database, await keten.kandidaat(), plek)
    await op_proef(database, await keten.kandidaat(), plek, begin=date(2026, 8, 4))
    with pytest.raises(WerkplekVol):
        await verleng(database, proef.plaatsing_id, 2, JUNI)
    await verleng(database, proef.plaatsing_id, 1, JUNI)


async def test_een_gemeente_telt_ook_de_plaatsen_van_kandidaten_die_zij_niet_ziet(
    database: Database, keten: Keten, klok: MovableClock
) -> None:
    plek = await werkplek(database, capaciteit=2)
    await op_proef(database, await keten.kandidaat(BOXTEL), plek)
    assert await vrije_plaatsen(database, plek) == 2
    klok.move_by(timedelta(days=30))
    for organisatie in (WSD, BOXTEL, VUGHT):
        assert await vrije_plaatsen(database, plek, organisatie) == 1
    zelf = await keten.kandidaat(VUGHT, met_wsd=False)
    await op_proef(database, zelf, plek, door=VUGHT)
    with pytest.raises(WerkplekVol):
        await op_proef(database, await keten.kandidaat(VUGHT, met_wsd=False), plek, door=VUGHT)


async def test_van_twintig_die_de_laatste_plaats_willen_krijgt_een_die(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database, capaciteit=3)
    for _ in range(2):
        await in_dienst(database, await keten.kandidaat(), plek)
    kandidaten = [await keten.kandidaat((BOXTEL, VUGHT)[i % 2]) for i in range(20)]
    uitkomsten = await tegelijk(
        database,
        "werkplek",
        plek,
        [op_proef(database, kandidaat, plek) for kandidaat in kandidaten],
    )
    geweigerd = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, WerkplekVol)]
    assert len(geweigerd) == 19
    assert await meeste_tegelijk(database, plek) == 3


async def test_een_kandidaat_die_twintig_keer_tegelijk_wordt_geplaatst_krijgt_een_plaats(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    plekken = [await werkplek(database) for _ in range(20)]
    uitkomsten = await tegelijk(
        database, "kandidaat", kandidaat_id, [op_proef(database, kandidaat_id, p) for p in plekken]
    )
    geweigerd = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, PlaatsingenOverlappen)]
    assert len(geweigerd) == 19
    assert sum([await meeste_tegelijk(database, plek) for plek in plekken]) == 1


async def test_velen_door_elkaar_lopen_niet_vast_en_nergens_over(
    database: Database, keten: Keten
) -> None:
    """Each of eight kandidaten tries each of four werkplekken, all at the same time."""
    kandidaten = [await keten.kandidaat() for _ in range(8)]
    plekken = [await werkplek(database, capaciteit=2) for _ in range(4)]
    uitkomsten = await asyncio.gather(
        *(
            in_dienst(database, kandidaat, plek, begin=BEGIN, grondslag=Grondslag.FORFAIT)
            for plek in plekken
            for kandidaat in kandidaten
        ),
        return_exceptions=True,
    )
    verwacht = (WerkplekVol, PlaatsingenOverlappen)
    fouten = [fout for fout in uitkomsten if isinstance(fout, BaseException)]
    assert all(isinstance(fout, verwacht) for fout in fouten)
    assert len(uitkomsten) - len(fouten) == 8
    assert [await meeste_tegelijk(database, plek) for plek in plekken] == [2, 2, 2, 2]
