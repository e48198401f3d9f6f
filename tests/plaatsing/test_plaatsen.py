"""Een kandidaat begint: op proef of in dienst met loonkostensubsidie."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from chassis.database import Database
from chassis.web.problems import NietGevonden
from contracts.intake import Doelgroep
from services.plaatsing.domain.fouten import (
    BeginTeVerWeg,
    GeenAlgemeneBijstand,
    LoonwaardeVolledig,
    NietBevoegd,
    NietInDoelgroep,
    PlaatsingenOverlappen,
    RoutePastNiet,
    UrenPassenNiet,
)
from services.plaatsing.domain.lks_plaatsing import Grondslag
from services.plaatsing.domain.werkgever import Route, Werkgeversoort
from tests.plaatsing.hulp import (
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    doorverwijzing,
    gezegd,
    in_dienst,
    loonwaarde,
    op_proef,
    trajectbesluit,
    werkplek,
)


async def test_een_proefplaatsing_duurt_twee_maanden_en_wordt_gemeld(
    database: Database, keten: Keten
) -> None:
    kandidaat_id, plek = await keten.kandidaat(), await werkplek(database)
    plaatsing = await op_proef(database, kandidaat_id, plek)
    (gestart,) = await gezegd(database, kandidaat_id)
    assert gestart.naam == "proefplaatsing-gestart"
    assert gestart.afnemers == {BOXTEL, WSD}
    assert gestart.data == {
        "kandidaatId": str(kandidaat_id),
        "gemeentecode": BOXTEL,
        "plaatsingId": str(plaatsing.plaatsing_id),
        "werkgeverId": str(plaatsing.werkgever_id),
        "werkplekId": str(plek),
        "begindatum": "2026-05-04",
        "einddatum": "2026-07-03",
        "urenPerWeek": "24.00",
    }


@pytest.mark.parametrize(
    ("grondslag", "percentage"), [(Grondslag.LOONWAARDE, 40), (Grondslag.FORFAIT, None)]
)
async def test_een_baan_met_loonkostensubsidie_meldt_waarop_die_rust(
    database: Database, keten: Keten, grondslag: Grondslag, percentage: int | None
) -> None:
    kandidaat_id, plek = await keten.kandidaat(), await werkplek(database)
    plaatsing = await in_dienst(database, kandidaat_id, plek, grondslag=grondslag)
    (melding,) = await gezegd(database, kandidaat_id)
    assert melding.naam == "lks-plaatsing"
    assert melding.afnemers == {BOXTEL, WSD}
    assert melding.data.pop("loonwaarde", None) == percentage
    assert melding.data == {
        "kandidaatId": str(kandidaat_id),
        "gemeentecode": BOXTEL,
        "plaatsingId": str(plaatsing.plaatsing_id),
        "werkgeverId": str(plaatsing.werkgever_id),
        "werkplekId": str(plek),
        "begindatum": "2026-05-04",
        "urenPerWeek": "24.00",
        "voltijdsurenPerWeek": "36.00",
        "grondslag": grondslag.value,
    }


async def test_op_proef_alleen_met_algemene_bijstand(database: Database, keten: Keten) -> None:
    plek = await werkplek(database)
    with pytest.raises(GeenAlgemeneBijstand):
        await op_proef(database, await keten.kandidaat(), plek, bijstand=False)
    nug = await keten.kandidaat(doelgroep=Doelgroep.NUG)
    with pytest.raises(GeenAlgemeneBijstand):
        await op_proef(database, nug, plek)


async def test_loonkostensubsidie_alleen_voor_de_doelgroep(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database)
    with pytest.raises(NietInDoelgroep):
        await in_dienst(database, await keten.kandidaat(), plek, doelgroep=False)
    wajonger = await keten.kandidaat(doelgroep=Doelgroep.WAJONG_UWV_PILOT)
    with pytest.raises(NietInDoelgroep):
        await in_dienst(database, wajonger, plek)


async def test_wie_volledig_kan_werken_krijgt_geen_loonkostensubsidie(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = uuid4()
    await keten.zeg(
        doorverwijzing(kandidaat_id),
        trajectbesluit(kandidaat_id),
        loonwaarde(kandidaat_id, percentage=100),
    )
    with pytest.raises(LoonwaardeVolledig):
        await in_dienst(database, kandidaat_id, await werkplek(database))


async def test_via_werkpartners_op_een_werkplek_van_werkpartners(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database, soort=Werkgeversoort.WERKPARTNERS)
    kandidaat_id = await keten.kandidaat()
    with pytest.raises(RoutePastNiet):
        await in_dienst(database, kandidaat_id, plek, via=Route.WERKGEVER)
    plaatsing = await in_dienst(database, kandidaat_id, plek, via=Route.WERKPARTNERS)
    assert plaatsing.werkgeversoort is Werkgeversoort.WERKPARTNERS


async def test_wsd_plaatst_wie_een_traject_met_wsd_heeft(database: Database, keten: Keten) -> None:
    kandidaat_id, plek = await keten.kandidaat(), await werkplek(database)
    with pytest.raises(NietBevoegd):
        await op_proef(database, kandidaat_id, plek, door=BOXTEL)


async def test_de_gemeente_plaatst_zelf_bij_een_traject_zonder_wsd(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat(VUGHT, met_wsd=False)
    plek = await werkplek(database, eigenaar=VUGHT)
    with pytest.raises(NietBevoegd):
        await op_proef(database, kandidaat_id, plek)
    await op_proef(database, kandidaat_id, plek, door=VUGHT)


async def test_vught_plaatst_geen_kandidaat_van_boxtel(database: Database, keten: Keten) -> None:
    kandidaat_id = await keten.kandidaat(BOXTEL, met_wsd=False)
    with pytest.raises(NietGevonden):
        await op_proef(database, kandidaat_id, await werkplek(database), door=VUGHT)


async def test_een_kandidaat_heeft_geen_twee_plaatsingen_tegelijk(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    await op_proef(database, kandidaat_id, await werkplek(database))
    ander = await werkplek(database)
    with pytest.raises(PlaatsingenOverlappen):
        await in_dienst(database, kandidaat_id, ander, begin=date(2026, 7, 3))
    await in_dienst(database, kandidaat_id, ander, begin=date(2026, 7, 4))


async def test_een_plaatsing_wordt_hoogstens_een_jaar_vooruit_vastgelegd(
    database: Database, keten: Keten
) -> None:
    kandidaat_id, plek = await keten.kandidaat(), await werkplek(database)
    for begin in (date(2027, 4, 22), date(9999, 12, 31)):
        with pytest.raises(BeginTeVerWeg):
            await op_proef(database, kandidaat_id, plek, begin=begin)
        with pytest.raises(BeginTeVerWeg):
            await in_dienst(database, kandidaat_id, plek, begin=begin)
    await op_proef(database, kandidaat_id, plek, begin=date(2027, 4, 21))


async def test_de_uren_passen_bij_de_werkplek(database: Database, keten: Keten) -> None:
    kandidaat_id, plek = await keten.kandidaat(), await werkplek(database)
    with pytest.raises(UrenPassenNiet):
        await op_proef(database, kandidaat_id, plek, uren=33)
    plaatsing = await op_proef(database, kandidaat_id, plek, uren=32)
    assert plaatsing.uren_per_week == Decimal(32)


async def test_een_werkplek_die_niet_bestaat_is_niet_te_vinden(
    database: Database, keten: Keten
) -> None:
    with pytest.raises(NietGevonden):
        await op_proef(database, await keten.kandidaat(), uuid4())


async def test_wat_geweigerd_wordt_is_niet_gebeurd(database: Database, keten: Keten) -> None:
    kandidaat_id, plek = await keten.kandidaat(), await werkplek(database)
    with pytest.raises(UrenPassenNiet):
        await op_proef(database, kandidaat_id, plek, uren=40)
    assert await gezegd(database, kandidaat_id) == []
    await op_proef(database, await keten.kandidaat(), plek)
