"""Op 1 januari wordt elke lopende loonkostensubsidie herzien: in een opdracht, en een keer."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from chassis.clock import NEDERLAND
from deploy.cli.indexeer import voer_uit
from services.financiering.use_cases import indexeer as module
from services.financiering.use_cases.indexeer import indexeer
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

NIEUWJAAR = date(2027, 1, 1)


async def lopend(omgeving: Omgeving, gemeente: str = BOXTEL) -> Kandidaat:
    kandidaat = Kandidaat(gemeente)
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 9, 1)))
    return kandidaat


def nieuwjaar(omgeving: Omgeving) -> None:
    """It is 1 January, and no deadline has gone off yet."""
    omgeving.clock.move_to(datetime.combine(NIEUWJAAR, time(6), NEDERLAND))


async def test_elke_lopende_subsidie_van_elke_gemeente_krijgt_het_bedrag_van_het_jaar(
    omgeving: Omgeving, bedragen_2027: None, capsys: pytest.CaptureFixture[str]
) -> None:
    kandidaten = [await lopend(omgeving, g) for g in (BOXTEL, BOXTEL, VUGHT)]
    gestopt = await lopend(omgeving)
    await omgeving.hoort(gestopt.einde(date(2026, 12, 31)))
    nieuwjaar(omgeving)
    assert await voer_uit(omgeving.database, 2027, ook_onzeker=True) == 0
    for kandidaat in kandidaten:
        (_, oud), (vanaf, nieuw) = await omgeving.bedragen(kandidaat)
        assert vanaf == "2027-01-01"
        assert Decimal(nieuw) > Decimal(oud)
        assert nieuw == str((await omgeving.lks(kandidaat)).maandbedrag)
    assert len(await omgeving.bedragen(gestopt)) == 1
    assert "3 lopende subsidies" in capsys.readouterr().out


async def test_het_is_hetzelfde_bedrag_als_op_de_termijn(
    omgeving: Omgeving, bedragen_2027: None
) -> None:
    met_opdracht, met_termijn = await lopend(omgeving), await lopend(omgeving, VUGHT)
    nieuwjaar(omgeving)
    await indexeer(omgeving.database, BOXTEL, 2027)
    await omgeving.wordt(NIEUWJAAR)
    assert await omgeving.bedragen(met_opdracht) == await omgeving.bedragen(met_termijn)


async def test_wat_al_herzien_is_wordt_niet_nog_eens_gezegd(
    omgeving: Omgeving, bedragen_2027: None
) -> None:
    kandidaat = await lopend(omgeving)
    await omgeving.wordt(NIEUWJAAR)
    gezegd = await omgeving.gezegd(kandidaat)
    stand = await indexeer(omgeving.database, BOXTEL, 2027)
    assert (stand.bekeken, stand.gewijzigd) == (1, 0)
    await indexeer(omgeving.database, BOXTEL, 2027)
    assert await omgeving.gezegd(kandidaat) == gezegd


async def test_een_gebroken_herziening_gaat_verder_en_zegt_niets_twee_keer(
    omgeving: Omgeving, bedragen_2027: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It breaks after each commit in turn, and once in the middle of a batch."""
    kandidaten = [await lopend(omgeving) for _ in range(5)]
    nieuwjaar(omgeving)
    stap = module._stap

    class StroomWegError(Exception):
        pass

    over, breekt_erin = 0, True

    async def hapert(uow: Any, *args: Any) -> Any:
        nonlocal over, breekt_erin
        if over == 0:
            raise StroomWegError
        over -= 1
        gedaan = await stap(uow, *args)
        if breekt_erin:
            breekt_erin = False
            raise StroomWegError  # all was done, nothing was committed
        return gedaan

    monkeypatch.setattr(module, "_stap", hapert)
    gevorderd, keren = 0, 0

    def vorder(aantal: int) -> None:
        nonlocal gevorderd
        gevorderd += aantal

    while True:
        over, keren = 1, keren + 1
        try:
            stand = await indexeer(omgeving.database, BOXTEL, 2027, per_keer=2, vorder=vorder)
        except StroomWegError:
            continue
        break
    assert (keren, stand.bekeken, stand.gewijzigd, gevorderd) == (5, 5, 5, 5)
    for kandidaat in kandidaten:
        assert [d for d, _ in await omgeving.bedragen(kandidaat)] == ["2026-09-01", "2027-01-01"]


async def test_zonder_cijfers_van_het_jaar_wordt_niets_herzien(
    omgeving: Omgeving, capsys: pytest.CaptureFixture[str]
) -> None:
    kandidaat = await lopend(omgeving)
    nieuwjaar(omgeving)
    assert await voer_uit(omgeving.database, 2027, ook_onzeker=True) == 1
    assert "bekend tot 2027-01-01" in capsys.readouterr().err
    assert len(await omgeving.gezegd(kandidaat)) == 1


async def test_na_de_herziening_wacht_elke_subsidie_op_het_volgende_jaar(
    omgeving: Omgeving, bedragen_2027: None
) -> None:
    await lopend(omgeving)
    nieuwjaar(omgeving)
    await indexeer(omgeving.database, BOXTEL, 2027)
    assert await omgeving.termijnen() == [
        ("open", datetime.combine(date(2028, 1, 1), time(), NEDERLAND))
    ]
