"""Cafetaria: geen plaatsing voor de inkooporder; en geen op een besluit dat is ingetrokken."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from chassis.database import Database
from contracts.intake import Besluitsoort, TrajectbesluitGenomen
from services.plaatsing.domain.fouten import (
    InkooporderOntbreekt,
    TrajectbesluitOntbreekt,
    TrajectNogNietIngegaan,
)
from tests.plaatsing.hulp import (
    BEGIN,
    VUGHT,
    Keten,
    doorverwijzing,
    in_dienst,
    inkooporder,
    intrekking,
    loonwaarde,
    op_proef,
    trajectbesluit,
    werkplek,
)
from tests.plaatsing.test_herspelen import Dienst, bederf, stand


async def besluit_in_vught(keten: Keten, kandidaat_id: UUID) -> TrajectbesluitGenomen:
    besluit = trajectbesluit(kandidaat_id, VUGHT, inkooporder_nodig=True)
    await keten.zeg(doorverwijzing(kandidaat_id, VUGHT), besluit, loonwaarde(kandidaat_id, VUGHT))
    return besluit


@pytest.mark.parametrize("start", [op_proef, in_dienst])
async def test_zonder_inkooporder_begint_geen_plaatsing_en_erna_wel(
    database: Database, keten: Keten, start: type
) -> None:
    k = uuid4()
    besluit = await besluit_in_vught(keten, k)
    plek = await werkplek(database)
    with pytest.raises(InkooporderOntbreekt) as fout:
        await start(database, k, plek)
    assert "leg de inkooporder" in fout.value.uitleg
    assert fout.value.artikel is not None
    await keten.zeg(inkooporder(besluit))
    assert (await start(database, k, plek)).begin == BEGIN


async def test_een_plaatsing_begint_niet_voor_de_dag_van_de_inkooporder(
    database: Database, keten: Keten
) -> None:
    k = uuid4()
    besluit = await besluit_in_vught(keten, k)
    await keten.zeg(inkooporder(besluit, geplaatst_op=BEGIN))
    plek = await werkplek(database)
    with pytest.raises(InkooporderOntbreekt):
        await op_proef(database, k, plek, begin=BEGIN - timedelta(days=1))
    await op_proef(database, k, plek, begin=BEGIN)


async def test_de_inkooporder_van_een_eerder_besluit_geldt_niet_voor_het_latere(
    database: Database, keten: Keten
) -> None:
    k = uuid4()
    eerder = await besluit_in_vught(keten, k)
    await keten.zeg(inkooporder(eerder), trajectbesluit(k, VUGHT, inkooporder_nodig=True))
    with pytest.raises(InkooporderOntbreekt):
        await op_proef(database, k, await werkplek(database))


async def test_een_besluit_van_voor_de_overstap_heeft_geen_order_nodig_en_een_later_wel(
    database: Database, keten: Keten
) -> None:
    """What the besluit said when it was taken holds, whatever the gemeente agreed since."""
    k = uuid4()
    later = trajectbesluit(k, VUGHT, vanaf=BEGIN + timedelta(days=30), inkooporder_nodig=True)
    await keten.zeg(doorverwijzing(k, VUGHT), trajectbesluit(k, VUGHT), later)
    plek = await werkplek(database)
    await op_proef(database, k, plek, maanden=1)
    with pytest.raises(InkooporderOntbreekt):
        await op_proef(database, k, plek, begin=BEGIN + timedelta(days=31), maanden=1)


async def test_op_een_ingetrokken_trajectbesluit_begint_niets_meer_en_het_vorige_telt_weer(
    database: Database, keten: Keten
) -> None:
    k = uuid4()
    besluit = trajectbesluit(k, VUGHT)
    await keten.zeg(doorverwijzing(k, VUGHT), besluit, intrekking(besluit, per=BEGIN))
    plek = await werkplek(database)
    with pytest.raises(TrajectbesluitOntbreekt):
        await op_proef(database, k, plek, begin=BEGIN)
    await op_proef(database, k, plek, begin=BEGIN - timedelta(days=1))


async def test_een_ingetrokken_besluit_dat_nog_moest_ingaan_gaat_niet_in(
    database: Database, keten: Keten
) -> None:
    k, later = uuid4(), BEGIN + timedelta(days=10)
    besluit = trajectbesluit(k, VUGHT, vanaf=later)
    plek = await werkplek(database)
    await keten.zeg(doorverwijzing(k, VUGHT), besluit)
    with pytest.raises(TrajectNogNietIngegaan):
        await op_proef(database, k, plek)
    await keten.zeg(intrekking(besluit, per=later))
    with pytest.raises(TrajectbesluitOntbreekt):
        await op_proef(database, k, plek, begin=later)


async def test_de_intrekking_van_een_ander_besluit_raakt_het_traject_niet(
    database: Database, keten: Keten
) -> None:
    k = uuid4()
    besluit = trajectbesluit(k, VUGHT)
    poort = intrekking(besluit, per=date(2026, 4, 1), soort=Besluitsoort.POORTBESLUIT)
    await keten.zeg(doorverwijzing(k, VUGHT), besluit, poort)
    await op_proef(database, k, await werkplek(database))


async def test_order_en_intrekking_staan_herspeeld_weer_zoals_ze_waren(
    database: Database, plaatsing_url: str
) -> None:
    dienst, k = Dienst(database, plaatsing_url), uuid4()
    ingekocht = trajectbesluit(k, VUGHT, inkooporder_nodig=True)
    vervallen = trajectbesluit(k, VUGHT)
    await dienst.hoor(
        doorverwijzing(k, VUGHT),
        ingekocht,
        inkooporder(ingekocht),
        vervallen,
        intrekking(vervallen, per=BEGIN),
    )
    levend = await stand(database, k)
    assert {rij["inkooporder_op"] for tabel, rij in levend if tabel == "trajectbesluit"} > {None}
    await bederf(
        database,
        [k],
        "UPDATE trajectbesluit SET inkooporder_op = NULL, ingetrokken_per = NULL,"
        " inkooporder_nodig = false WHERE kandidaat_id IN {k}",
    )
    assert (await dienst.herspeel()).changed == 1
    assert await stand(database, k) == levend
