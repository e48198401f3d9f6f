"""Wie is uitgestroomd begint geen nieuwe plaatsing, tot een terugval of een heraanmelding."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from chassis.database import Database
from contracts.intake import (
    Doelgroep,
    Instroomkanaal,
    KandidaatHeraangemeld,
    KandidaatTeruggevallen,
    KandidaatUitgestroomd,
    Uitstroombestemming,
)
from services.plaatsing.domain.fouten import KandidaatIsUitgestroomd
from tests.plaatsing.hulp import (
    BEGIN,
    BOXTEL,
    Keten,
    doorverwijzing,
    loonwaarde,
    op_proef,
    trajectbesluit,
    werkplek,
)
from tests.plaatsing.test_herspelen import Dienst, bederf, stand


def uitgestroomd(kandidaat_id: UUID, *, dagen_voor_begin: int = 1) -> KandidaatUitgestroomd:
    return KandidaatUitgestroomd(
        kandidaat_id=kandidaat_id,
        gemeentecode=BOXTEL,
        uitgestroomd_op=BEGIN - timedelta(days=dagen_voor_begin),
        bestemming=Uitstroombestemming.REGULIER_WERK,
    )


async def in_traject(keten: Keten) -> UUID:
    k = uuid4()
    await keten.zeg(doorverwijzing(k), trajectbesluit(k), loonwaarde(k))
    return k


async def test_wie_is_uitgestroomd_begint_geen_plaatsing(database: Database, keten: Keten) -> None:
    k = await in_traject(keten)
    await keten.zeg(uitgestroomd(k))
    with pytest.raises(KandidaatIsUitgestroomd, match="terugval of een heraanmelding"):
        await op_proef(database, k, await werkplek(database))


async def test_een_plaatsing_van_voor_de_uitstroom_kan_nog_worden_vastgelegd(
    database: Database, keten: Keten
) -> None:
    k = await in_traject(keten)
    await keten.zeg(uitgestroomd(k, dagen_voor_begin=-1))
    await op_proef(database, k, await werkplek(database))


async def test_na_een_terugval_telt_het_traject_weer(database: Database, keten: Keten) -> None:
    k = await in_traject(keten)
    terug = KandidaatTeruggevallen(kandidaat_id=k, gemeentecode=BOXTEL, teruggevallen_op=BEGIN)
    await keten.zeg(uitgestroomd(k), terug)
    await op_proef(database, k, await werkplek(database))


async def test_na_een_heraanmelding_is_een_nieuw_traject_genoeg(
    database: Database, keten: Keten
) -> None:
    k = await in_traject(keten)
    opnieuw = KandidaatHeraangemeld(
        kandidaat_id=k,
        gemeentecode=BOXTEL,
        aangemeld_op=BEGIN,
        instroomkanaal=Instroomkanaal.BALIE,
        doelgroep=Doelgroep.PWET,
        gegevens_hergebruikt=True,
    )
    await keten.zeg(uitgestroomd(k), opnieuw, doorverwijzing(k), trajectbesluit(k))
    await op_proef(database, k, await werkplek(database))


async def test_uitstroom_staat_herspeeld_weer_zoals_zij_was(
    database: Database, plaatsing_url: str
) -> None:
    dienst, k = Dienst(database, plaatsing_url), uuid4()
    await dienst.hoor(doorverwijzing(k), uitgestroomd(k))
    levend = await stand(database, k)
    await bederf(database, [k], "UPDATE kandidaat SET uitgestroomd_op = NULL WHERE id IN {k}")
    assert (await dienst.herspeel()).changed == 1
    assert await stand(database, k) == levend
