"""Wat er vanaf wanneer gold: gedateerde feiten die alleen worden aangevuld."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    NietsGewijzigd,
    WijzigingPastNiet,
)
from services.plaatsing.domain.kandidaat import VastgesteldeLoonwaarde
from services.plaatsing.domain.verloop import Stand, Verloop, Wijziging, wijzigingen

BEGIN = date(2026, 5, 4)
PLEK = uuid4()


def verloop(loonwaarde: int | None = 40) -> Verloop:
    return Verloop((Stand(BEGIN, Decimal(24), Decimal(36), PLEK, loonwaarde),))


def op(dagen: int) -> date:
    return BEGIN + timedelta(days=dagen)


def test_gewijzigde_uren_gelden_vanaf_hun_dag_en_wat_gold_blijft() -> None:
    loop = verloop()
    anders = loop.wijzig(Wijziging(op(30), uren_per_week=Decimal(32)))
    assert anders == Wijziging(op(30), uren_per_week=Decimal(32))
    assert loop.op(op(29)).uren_per_week == 24
    assert loop.op(op(30)).uren_per_week == 32
    assert loop.op(op(30)).werkplek_id == PLEK


@pytest.mark.parametrize("vanaf", [BEGIN, op(-1)])
def test_een_wijziging_gaat_in_na_wat_al_geldt(vanaf: date) -> None:
    with pytest.raises(DatumBuitenPlaatsing):
        verloop().wijzig(Wijziging(vanaf, uren_per_week=Decimal(32)))


def test_wat_gelijk_blijft_is_geen_wijziging() -> None:
    with pytest.raises(NietsGewijzigd):
        verloop().wijzig(Wijziging(op(1), uren_per_week=Decimal(24), werkplek_id=PLEK))


def test_voltijdsuren_horen_alleen_bij_loonkostensubsidie() -> None:
    zonder = Verloop((Stand(BEGIN, Decimal(24)),))
    with pytest.raises(WijzigingPastNiet):
        zonder.wijzig(Wijziging(op(1), voltijdsuren_per_week=Decimal(36)))


METINGEN = st.lists(
    st.builds(VastgesteldeLoonwaarde, st.integers(0, 100), st.integers(0, 60).map(lambda n: op(n))),
    max_size=6,
    unique_by=lambda meting: meting.ingangsdatum,
)


@given(METINGEN, st.permutations(range(6)), st.sampled_from([None, 40]))
def test_loonwaarden_in_welke_volgorde_ook_gehoord_geven_hetzelfde_verloop(
    metingen: list[VastgesteldeLoonwaarde], volgorde: list[int], bij_begin: int | None
) -> None:
    loop = verloop(bij_begin)
    gehoord: list[VastgesteldeLoonwaarde] = []
    gezegd: dict[date, int | None] = {}
    for n in (n for n in volgorde if n < len(metingen)):
        gehoord.append(metingen[n])
        gehoord.sort(key=lambda meting: meting.ingangsdatum)
        gezegd |= {w.vanaf: w.loonwaarde for w in loop.volg_loonwaarden(gehoord)}
    for dag in (op(n) for n in range(61)):
        verwacht = [m.loonwaarde for m in gehoord if m.ingangsdatum <= dag]
        geldt = loop.op(dag).loonwaarde
        assert geldt == (verwacht[-1] if verwacht else bij_begin)
        # Who only heard what was said knows the same.
        verteld = [gezegd[vanaf] for vanaf in sorted(gezegd) if vanaf <= dag]
        assert geldt == (verteld[-1] if verteld else bij_begin)


@given(METINGEN, st.lists(st.integers(1, 60), max_size=4, unique=True).map(sorted))
def test_uren_en_loonwaarden_lopen_door_elkaar_zonder_elkaar_te_raken(
    metingen: list[VastgesteldeLoonwaarde], dagen: list[int]
) -> None:
    loop = verloop()
    for n, dag in enumerate(dagen):
        loop.wijzig(Wijziging(op(dag), uren_per_week=Decimal(25 + n)))
    loop.volg_loonwaarden(sorted(metingen, key=lambda meting: meting.ingangsdatum))
    for dag in range(61):
        verwacht = 24 if not dagen or dag < dagen[0] else 25 + sum(d <= dag for d in dagen) - 1
        assert loop.op(op(dag)).uren_per_week == verwacht
    assert all(w.vanaf > BEGIN for w in wijzigingen(loop.standen))
