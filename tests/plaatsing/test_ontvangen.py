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
from contracts.intake import Doelgroep, Instroomkanaal, KandidaatHeraangemeld
from services.plaatsing.domain.fouten import (
    DoorverwijzingOntbreekt,
    LoonwaardeOntbreekt,
    NietBevoegd,
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
    gezegd,
    in_dienst,
    loonwaarde,
    op_proef,
    overdracht,
    trajectbesluit,
    werkplek,
)


async def bekend(
    database: Database, kandidaat_id: UUID, gemeente: str = BOXTEL
) -> list[list[dict[str, Any]]]:
    """All that is stored of a kandidaat, as a gemeente sees it."""
    async with database.unit_of_work(gemeente) as uow:
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
    await in_dienst(database, kandidaat_id, await werkplek(database))
    begin, gewijzigd = await gezegd(database, kandidaat_id)
    assert begin.data["loonwaarde"] == 40
    assert (gewijzigd.naam, gewijzigd.data["vanaf"]) == ("plaatsing-gewijzigd", "2026-09-04")
    assert gewijzigd.data["loonwaarde"] == 65


async def test_een_kandidaat_kan_niet_stil_van_gemeente_wisselen(
    database: Database, keten: Keten
) -> None:
    """Another service may know of an overdracht before we do: it is heard, for Boxtel."""
    kandidaat_id = await keten.kandidaat(BOXTEL)
    await keten.zeg(loonwaarde(kandidaat_id, VUGHT))
    kandidaten, _, loonwaarden = await bekend(database, kandidaat_id)
    assert {rij["gemeentecode"] for rij in (*kandidaten, *loonwaarden)} == {BOXTEL}
    assert len(loonwaarden) == 2


@pytest.mark.parametrize("volgorde", sorted(set(permutations(["intake"] * 4 + ["diagnose"] * 2))))
@pytest.mark.parametrize("diagnose_weet_het", [0, 1, 2])
async def test_elke_volgorde_rond_een_overdracht_eindigt_bij_de_nieuwe_gemeente(
    database: Database, keten: Keten, volgorde: tuple[str, ...], diagnose_weet_het: int
) -> None:
    """diagnose_weet_het: from which of its loonwaarden on diagnose names the new gemeente."""
    kandidaat_id = uuid4()
    gemeenten = [BOXTEL] * diagnose_weet_het + [VUGHT] * (2 - diagnose_weet_het)
    gemeld: dict[str, list[Gebeurtenis]] = {
        "intake": [
            doorverwijzing(kandidaat_id),
            trajectbesluit(kandidaat_id),
            overdracht(kandidaat_id, VUGHT),
            trajectbesluit(kandidaat_id, VUGHT, met_wsd=False),
        ],
        "diagnose": [
            loonwaarde(kandidaat_id, gemeenten[0], percentage=30),
            loonwaarde(kandidaat_id, gemeenten[1], vanaf=BEGIN),
        ],
    }
    for dienst in volgorde:
        await keten.zeg(gemeld[dienst].pop(0))
    assert await bekend(database, kandidaat_id) == [[], [], []]
    stand = await bekend(database, kandidaat_id, VUGHT)
    assert [len(rijen) for rijen in stand] == [1, 2, 2]
    assert [rij["met_wsd"] for rij in stand[1]] == [True, False]
    assert [rij["loonwaarde"] for rij in stand[2]] == [30, 40]


async def test_een_plaatsing_gaat_mee_en_is_van_wie_de_kandidaat_heeft(
    database: Database, keten: Keten
) -> None:
    """Placed by Boxtel itself, ended by Vught; one placed by WSD stays with WSD."""
    eigen = await keten.kandidaat(BOXTEL, met_wsd=False)
    plek = await werkplek(database, capaciteit=2)
    van_boxtel = await op_proef(database, eigen, plek, door=BOXTEL)
    met_wsd = await keten.kandidaat(BOXTEL)
    van_wsd = await op_proef(database, met_wsd, plek)
    await keten.zeg(overdracht(eigen, VUGHT), overdracht(met_wsd, VUGHT))
    gezien = {}
    for gemeente in (BOXTEL, VUGHT):
        async with database.unit_of_work(gemeente) as uow:
            gezien[gemeente] = await uow.connection.fetch(
                "SELECT id, geplaatst_door, versie FROM plaatsing WHERE kandidaat_id = ANY($1)"
                " ORDER BY geplaatst_door",
                [eigen, met_wsd],
            )
    assert gezien[BOXTEL] == []
    assert [tuple(rij) for rij in gezien[VUGHT]] == [
        (van_boxtel.plaatsing_id, VUGHT, 2),
        (van_wsd.plaatsing_id, WSD, 2),
    ]


async def test_op_een_werkplek_van_boxtel_plaatst_vught_niemand_anders(
    database: Database, keten: Keten
) -> None:
    """Vught sees it, because the kandidaat it got works there."""
    eigen = await keten.kandidaat(BOXTEL, met_wsd=False)
    plek = await werkplek(database, eigenaar=BOXTEL, capaciteit=5)
    await op_proef(database, eigen, plek, door=BOXTEL)
    await keten.zeg(overdracht(eigen, VUGHT))
    ander = await keten.kandidaat(VUGHT, met_wsd=False)
    for plaats in (op_proef, in_dienst):
        with pytest.raises(NietBevoegd):
            await plaats(database, ander, plek, door=VUGHT)
    # WSD places on all it sees, and a gemeente on what WSD offers.
    await op_proef(database, await keten.kandidaat(BOXTEL), plek)
    await op_proef(database, ander, await werkplek(database), door=VUGHT)


async def test_na_een_heraanmelding_wacht_een_plaatsing_op_een_nieuw_trajectbesluit(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    plek = await werkplek(database, capaciteit=2)
    heraangemeld = KandidaatHeraangemeld(
        kandidaat_id=kandidaat_id,
        gemeentecode=BOXTEL,
        aangemeld_op=BEGIN,
        instroomkanaal=Instroomkanaal.BALIE,
        doelgroep=Doelgroep.PWET,
        gegevens_hergebruikt=True,
    )
    await keten.zeg(heraangemeld, doorverwijzing(kandidaat_id))
    with pytest.raises(TrajectbesluitOntbreekt):
        await op_proef(database, kandidaat_id, plek)
    await keten.zeg(trajectbesluit(kandidaat_id))
    await op_proef(database, kandidaat_id, plek)
