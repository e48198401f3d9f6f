"""Wat andere diensten melden: in elke volgorde, meer dan eens, en nooit verloren."""

from __future__ import annotations

from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.consumer import Outcome
from chassis.database import Database
from chassis.web.problems import NietGevonden
from contracts.gebeurtenis import Gebeurtenis
from services.plaatsing.domain.fouten import (
    DoorverwijzingOntbreekt,
    LoonwaardeOntbreekt,
    TrajectbesluitOntbreekt,
    TrajectNogNietIngegaan,
)
from services.plaatsing.domain.lks_plaatsing import Grondslag
from tests.plaatsing.hulp import (
    BEGIN,
    BOXTEL,
    TRAJECT_VANAF,
    VUGHT,
    WSD,
    Keten,
    doorverwijzing,
    in_dienst,
    loonwaarde,
    op_proef,
    trajectbesluit,
    werkplek,
)


async def bekend(database: Database, kandidaat_id: UUID) -> list[list[dict[str, Any]]]:
    """All that is stored of a kandidaat, as their gemeente sees it."""
    async with database.unit_of_work(BOXTEL) as uow:
        return [
            [dict(row) for row in await uow.connection.fetch(query, kandidaat_id)]
            for query in (
                "SELECT * FROM kandidaat WHERE id = $1",
                "SELECT id, ingangsdatum, met_wsd FROM trajectbesluit WHERE kandidaat_id = $1"
                " ORDER BY volgnummer",
                "SELECT * FROM loonwaarde WHERE kandidaat_id = $1 ORDER BY ingangsdatum",
            )
        ]


@pytest.mark.parametrize("volgorde", sorted(set(permutations(["intake", "intake", "diagnose"]))))
async def test_de_volgorde_tussen_diensten_maakt_niet_uit(
    database: Database, keten: Keten, volgorde: tuple[str, ...]
) -> None:
    kandidaat_id = uuid4()
    gemeld: dict[str, list[Gebeurtenis]] = {
        "intake": [doorverwijzing(kandidaat_id), trajectbesluit(kandidaat_id)],
        "diagnose": [loonwaarde(kandidaat_id)],
    }
    for dienst in volgorde:
        await keten.zeg(gemeld[dienst].pop(0))
    plaatsing = await in_dienst(database, kandidaat_id, await werkplek(database))
    assert plaatsing.loonwaarde == 40


async def test_wat_te_vroeg_aankomt_wacht_op_wat_eerder_werd_gemeld(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = uuid4()
    eerst = keten.bericht(doorverwijzing(kandidaat_id))
    daarna = keten.bericht(trajectbesluit(kandidaat_id))
    assert await keten.bezorg(daarna) is not Outcome.HANDLED
    assert await keten.bezorg(eerst) is Outcome.HANDLED
    await keten.bezorg(daarna)
    assert (await op_proef(database, kandidaat_id, await werkplek(database))).begin == BEGIN


async def test_wat_nog_eens_wordt_bezorgd_verandert_niets(database: Database, keten: Keten) -> None:
    kandidaat_id = uuid4()
    berichten = [
        keten.bericht(event)
        for event in (
            doorverwijzing(kandidaat_id),
            trajectbesluit(kandidaat_id),
            loonwaarde(kandidaat_id),
        )
    ]
    for bericht in berichten:
        assert await keten.bezorg(bericht) is Outcome.HANDLED
    eerst = await bekend(database, kandidaat_id)
    assert [len(rijen) for rijen in eerst] == [1, 1, 1]
    for bericht in [*berichten, *reversed(berichten)]:
        assert await keten.bezorg(bericht) is Outcome.DUPLICATE
    assert await bekend(database, kandidaat_id) == eerst


async def test_hetzelfde_feit_onder_een_nieuw_nummer_staat_er_ook_maar_een_keer(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = uuid4()
    feiten = (
        doorverwijzing(kandidaat_id),
        trajectbesluit(kandidaat_id),
        loonwaarde(kandidaat_id),
    )
    await keten.zeg(*feiten)
    eerst = await bekend(database, kandidaat_id)
    await keten.zeg(*feiten)
    assert await bekend(database, kandidaat_id) == eerst


async def test_een_kandidaat_van_wie_niets_is_gehoord_is_niet_te_vinden(database: Database) -> None:
    plek = await werkplek(database)
    for organisatie in (WSD, BOXTEL):
        with pytest.raises(NietGevonden) as fout:
            await op_proef(database, uuid4(), plek, door=organisatie)
        assert "doorverwezen" in fout.value.text


async def test_voor_de_doorverwijzing_ziet_wsd_niets_en_weet_de_gemeente_wat_ontbreekt(
    database: Database, keten: Keten
) -> None:
    kandidaat_id, plek = uuid4(), await werkplek(database)
    await keten.zeg(loonwaarde(kandidaat_id))
    with pytest.raises(NietGevonden):
        await op_proef(database, kandidaat_id, plek)
    with pytest.raises(DoorverwijzingOntbreekt):
        await op_proef(database, kandidaat_id, plek, door=BOXTEL)


async def test_voor_het_trajectbesluit_begint_geen_plaatsing(
    database: Database, keten: Keten
) -> None:
    kandidaat_id, plek = uuid4(), await werkplek(database)
    await keten.zeg(doorverwijzing(kandidaat_id), loonwaarde(kandidaat_id))
    with pytest.raises(TrajectbesluitOntbreekt):
        await op_proef(database, kandidaat_id, plek)
    with pytest.raises(TrajectbesluitOntbreekt):
        await in_dienst(database, kandidaat_id, plek)
    await keten.zeg(trajectbesluit(kandidaat_id))
    await op_proef(database, kandidaat_id, plek)


async def test_een_plaatsing_begint_niet_voor_het_traject(database: Database, keten: Keten) -> None:
    kandidaat_id, plek = await keten.kandidaat(), await werkplek(database)
    with pytest.raises(TrajectNogNietIngegaan):
        await op_proef(database, kandidaat_id, plek, begin=TRAJECT_VANAF.replace(month=3))
    await op_proef(database, kandidaat_id, plek, begin=TRAJECT_VANAF)


async def test_zonder_loonwaarde_kan_het_forfait_wel(database: Database, keten: Keten) -> None:
    kandidaat_id, plek = uuid4(), await werkplek(database)
    await keten.zeg(doorverwijzing(kandidaat_id), trajectbesluit(kandidaat_id))
    with pytest.raises(LoonwaardeOntbreekt):
        await in_dienst(database, kandidaat_id, plek)
    plaatsing = await in_dienst(database, kandidaat_id, plek, grondslag=Grondslag.FORFAIT)
    assert plaatsing.loonwaarde is None


async def test_de_loonwaarde_van_de_begindatum_telt(database: Database, keten: Keten) -> None:
    kandidaat_id = await keten.kandidaat()
    await keten.zeg(loonwaarde(kandidaat_id, percentage=65, vanaf=BEGIN.replace(month=9)))
    assert (await in_dienst(database, kandidaat_id, await werkplek(database))).loonwaarde == 40


async def test_een_kandidaat_kan_niet_stil_van_gemeente_wisselen(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat(BOXTEL)
    assert await keten.bezorg(keten.bericht(loonwaarde(kandidaat_id, VUGHT))) is Outcome.PARKED
    assert len((await bekend(database, kandidaat_id))[2]) == 1
