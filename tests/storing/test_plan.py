"""What is disturbed follows from the seed, and leaves nothing out."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.storing.last import maak_reizen
from tests.storing.plan import BROKERS, LANGER_DAN, LEIDER, POSTGRES, maak_plan

PROCESSEN = ("intake", "intake-relay", "plaatsing", "plaatsing-relay", "gateway", "gateway-2")
ZADEN = st.integers(0, 10**6)


@given(ZADEN)
def test_een_zaad_geeft_altijd_hetzelfde_plan(zaad: int) -> None:
    assert maak_plan(zaad, PROCESSEN) == maak_plan(zaad, PROCESSEN)


def test_een_zaad_geeft_altijd_dezelfde_klantreizen() -> None:
    assert maak_reizen(3, 40) == maak_reizen(3, 40)
    assert maak_reizen(3, 40) != maak_reizen(4, 40)


@given(ZADEN)
def test_alles_wordt_gekild_en_postgresql_en_de_gateway_twee_keer(zaad: int) -> None:
    keren = Counter(storing.doel for storing in maak_plan(zaad, PROCESSEN))
    assert keren.keys() == {*PROCESSEN, *BROKERS, POSTGRES}
    assert keren[POSTGRES] == 2
    assert keren["gateway"] >= 2
    assert all(keren[broker] == 1 for broker in BROKERS)


@given(ZADEN)
def test_de_leider_van_kafka_valt_als_eerste_broker_en_langer_dan_veertig_seconden_uit(
    zaad: int,
) -> None:
    brokers = [storing for storing in maak_plan(zaad, PROCESSEN) if storing.doel in BROKERS]
    assert brokers[0].doel == LEIDER
    assert brokers[0].uitval > LANGER_DAN


@given(ZADEN)
def test_alles_valt_terwijl_er_klantreizen_lopen_en_soms_twee_tegelijk(zaad: int) -> None:
    plan = maak_plan(zaad, PROCESSEN)
    assert all(0 < storing.moment < 0.95 for storing in plan)
    assert sum(a.moment == b.moment for a, b in pairwise(plan)) >= 2
