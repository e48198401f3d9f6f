"""Een plaatsing gaat verder of eindigt."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from chassis.database import Database
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, einderedenen
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    EinderedenPastNiet,
    NietBevoegd,
    NietTeVerlengen,
    PlaatsingAlBeeindigd,
    PlaatsingenOverlappen,
    ProefplaatsingTeLang,
    VerlengingTeLaat,
)
from services.plaatsing.store import plaatsingen
from tests.plaatsing.hulp import (
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    beeindig,
    gezegd,
    in_dienst,
    op_proef,
    tegelijk,
    verleng,
    werkplek,
)

JUNI = date(2026, 6, 15)


async def test_een_proefplaatsing_wordt_met_hoogstens_vier_maanden_verlengd(
    database: Database, keten: Keten
) -> None:
    plaatsing = await op_proef(database, await keten.kandidaat(), await werkplek(database))
    id_ = plaatsing.plaatsing_id
    assert (await verleng(database, id_, 3, JUNI)).tot_en_met == date(2026, 10, 3)
    with pytest.raises(ProefplaatsingTeLang):
        await verleng(database, id_, 2, JUNI)
    assert (await verleng(database, id_, 1, JUNI)).tot_en_met == date(2026, 11, 3)


async def test_na_afloop_wordt_een_proefplaatsing_niet_verlengd(
    database: Database, keten: Keten
) -> None:
    plaatsing = await op_proef(database, await keten.kandidaat(), await werkplek(database))
    with pytest.raises(VerlengingTeLaat):
        await verleng(database, plaatsing.plaatsing_id, 1, date(2026, 7, 4))


async def test_een_baan_wordt_niet_verlengd(database: Database, keten: Keten) -> None:
    plaatsing = await in_dienst(database, await keten.kandidaat(), await werkplek(database))
    with pytest.raises(NietTeVerlengen):
        await verleng(database, plaatsing.plaatsing_id, 1, JUNI)


async def test_verlengen_kan_niet_tot_in_een_volgende_plaatsing(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    proef = await op_proef(database, kandidaat_id, await werkplek(database))
    await in_dienst(database, kandidaat_id, await werkplek(database), begin=date(2026, 8, 4))
    assert (await verleng(database, proef.plaatsing_id, 1, JUNI)).tot_en_met == date(2026, 8, 3)
    with pytest.raises(PlaatsingenOverlappen):
        await verleng(database, proef.plaatsing_id, 1, JUNI)


async def test_een_verlenging_wordt_gemeld_met_de_nieuwe_laatste_dag(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    proef = await op_proef(database, kandidaat_id, await werkplek(database))
    await verleng(database, proef.plaatsing_id, 1, JUNI)
    verlengd = (await gezegd(database, kandidaat_id))[-1]
    assert (verlengd.naam, verlengd.afnemers) == ("plaatsing-verlengd", {BOXTEL, WSD})
    assert verlengd.data["einddatum"] == "2026-08-03"


@pytest.mark.parametrize("reden", sorted(einderedenen(Plaatsingsoort.PROEFPLAATSING)))
async def test_een_proefplaatsing_eindigt_om_elke_reden_en_dat_wordt_gemeld(
    database: Database, keten: Keten, reden: Eindereden
) -> None:
    kandidaat_id = await keten.kandidaat()
    proef = await op_proef(database, kandidaat_id, await werkplek(database))
    await beeindig(database, proef.plaatsing_id, JUNI, reden)
    einde = (await gezegd(database, kandidaat_id))[-1]
    assert (einde.naam, einde.afnemers) == ("plaatsing-beeindigd", {BOXTEL, WSD})
    assert einde.data == {
        "kandidaatId": str(kandidaat_id),
        "gemeentecode": BOXTEL,
        "plaatsingId": str(proef.plaatsing_id),
        "soort": "proefplaatsing",
        "einddatum": "2026-06-15",
        "reden": reden.value,
    }


@pytest.mark.parametrize("reden", list(Eindereden))
async def test_een_baan_eindigt_alleen_om_een_reden_van_een_baan(
    database: Database, keten: Keten, reden: Eindereden
) -> None:
    plaatsing = await in_dienst(database, await keten.kandidaat(), await werkplek(database))
    if reden not in einderedenen(Plaatsingsoort.LKS_DIENSTVERBAND):
        with pytest.raises(EinderedenPastNiet):
            await beeindig(database, plaatsing.plaatsing_id, JUNI, reden)
    else:
        await beeindig(database, plaatsing.plaatsing_id, JUNI, reden)


async def test_een_plaatsing_eindigt_een_keer(database: Database, keten: Keten) -> None:
    kandidaat_id = await keten.kandidaat()
    proef = await op_proef(database, kandidaat_id, await werkplek(database))
    await beeindig(database, proef.plaatsing_id, JUNI)
    with pytest.raises(PlaatsingAlBeeindigd):
        await beeindig(database, proef.plaatsing_id, JUNI)
    with pytest.raises(PlaatsingAlBeeindigd):
        await verleng(database, proef.plaatsing_id, 1, JUNI)


async def test_van_wie_tegelijk_beeindigen_slaagt_er_een(database: Database, keten: Keten) -> None:
    kandidaat_id = await keten.kandidaat()
    proef = await op_proef(database, kandidaat_id, await werkplek(database))
    pogingen = await tegelijk(
        database,
        "kandidaat",
        kandidaat_id,
        [beeindig(database, proef.plaatsing_id, JUNI) for _ in range(5)],
    )
    geweigerd = [uitkomst for uitkomst in pogingen if isinstance(uitkomst, PlaatsingAlBeeindigd)]
    assert len(geweigerd) == 4
    namen = [event.naam for event in await gezegd(database, kandidaat_id)]
    assert namen == ["proefplaatsing-gestart", "plaatsing-beeindigd"]


async def test_de_einddatum_ligt_binnen_de_plaatsing(database: Database, keten: Keten) -> None:
    proef = await op_proef(database, await keten.kandidaat(), await werkplek(database))
    for dag in (date(2026, 5, 3), date(2026, 7, 4)):
        with pytest.raises(DatumBuitenPlaatsing):
            await beeindig(database, proef.plaatsing_id, dag)


async def test_wie_plaatste_verlengt_en_beeindigt(database: Database, keten: Keten) -> None:
    kandidaat_id = await keten.kandidaat(VUGHT, met_wsd=False)
    plek = await werkplek(database, eigenaar=VUGHT)
    proef = await op_proef(database, kandidaat_id, plek, door=VUGHT)
    with pytest.raises(NietBevoegd):
        await beeindig(database, proef.plaatsing_id, JUNI)
    with pytest.raises(NietBevoegd):
        await verleng(database, proef.plaatsing_id, 1, JUNI)
    await verleng(database, proef.plaatsing_id, 1, JUNI, door=VUGHT)
    await beeindig(database, proef.plaatsing_id, JUNI, door=VUGHT)


async def test_een_plaatsing_van_boxtel_bestaat_niet_voor_vught(
    database: Database, keten: Keten
) -> None:
    proef = await op_proef(database, await keten.kandidaat(BOXTEL), await werkplek(database))
    for id_ in (proef.plaatsing_id, uuid4()):
        with pytest.raises(NietGevonden):
            await beeindig(database, id_, JUNI, door=VUGHT)
        with pytest.raises(NietGevonden):
            await verleng(database, id_, 1, JUNI, door=VUGHT)


async def test_een_plaatsing_komt_terug_zoals_zij_is_vastgelegd(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    proef = await op_proef(database, kandidaat_id, await werkplek(database), maanden=1)
    proef = await verleng(database, proef.plaatsing_id, 2, date(2026, 5, 30))
    await beeindig(database, proef.plaatsing_id, JUNI)
    baan = await in_dienst(
        database, kandidaat_id, await werkplek(database), begin=JUNI.replace(day=16)
    )
    proef.laatste_dag, proef.eindereden = JUNI, Eindereden.WIJZIGING_TRAJECT
    for verwacht, versie in ((proef, 3), (baan, 1)):
        async with database.unit_of_work(BOXTEL) as uow:
            bewaard = await plaatsingen.haal(uow, verwacht.plaatsing_id)
        assert bewaard is not None
        assert (bewaard.plaatsing, bewaard.versie) == (verwacht, versie)
        assert bewaard.geplaatst_door == WSD
