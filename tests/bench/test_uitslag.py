"""What the bench says follows from what it measured."""

from __future__ import annotations

import pytest

from deploy.bench.uitslag import (
    Antwoordtijd,
    Inhaalslag,
    Kanaal,
    Stappen,
    Verhouding,
    Vertraging,
)


def test_the_ratio_is_taken_round_by_round_and_its_median_counts() -> None:
    """A slow round of the machine slows both, so medians of each side would mislead."""
    uitslag = Verhouding("proef", meedoen=[90, 10, 80], kaal=[100, 20, 100], doel=0.5)
    wat, _, _, verhouding, spreiding, doel = uitslag.regel()
    assert (wat, verhouding, spreiding) == ("proef", "0,80", "0,50 – 0,90")
    assert doel.endswith(" gehaald")


@pytest.mark.parametrize(("meedoen", "gehaald"), [(50.0, True), (49.0, False)])
def test_an_aim_is_met_or_it_says_so_in_capitals(meedoen: float, gehaald: bool) -> None:
    doel = Verhouding("proef", meedoen=[meedoen], kaal=[100], doel=0.5).regel()[-1]
    assert ("NIET GEHAALD" not in doel) is gehaald


def test_the_delay_is_judged_by_its_percentiles() -> None:
    vertraging = Vertraging([float(n) for n in range(1, 101)], doel_p50=15, doel_p99=120)
    assert vertraging.percentiel(0.5) == 51
    [regel] = vertraging.regels()
    assert "p50 51,0 ms (doel < 15: NIET GEHAALD)" in regel
    assert "p99 100,0 ms (doel < 120: gehaald)" in regel


def test_a_channel_is_held_against_the_bare_pair_of_the_same_round() -> None:
    kanaal = Kanaal(
        "feed",
        per_seconde=[900, 1000],
        per_seconde_kaal=[3000, 2000],
        duren=[20.0, 30.0],
        duren_kaal=[10.0, 10.0],
    )
    assert kanaal.regel() == (
        "feed",
        "950/s",
        "0,40",
        "0,30 – 0,50",
        "30,0 ms (3,0×)",
        "30,0 ms (3,0×)",
    )
    assert kanaal.kale_regel()[1:] == ("2.500/s", "", "", "10,0 ms", "10,0 ms")


def test_catching_up_tells_the_ratio_and_the_memory() -> None:
    regel = Inhaalslag(1_000_000, meedoen=20_000, kaal=40_000, geheugen_mb=150.4).regel()
    assert regel.startswith("1.000.000 gebeurtenissen uit de feed ingehaald met 20.000/s; ")
    assert "verhouding 0,50" in regel
    assert "hoogstens 150 MB" in regel


def test_the_cost_of_a_longer_process_is_told_against_that_of_a_short_one() -> None:
    regel = Stappen({20: 30.0, 5: 10.0}).regel()
    assert regel.endswith("5 stappen 10,00 ms (1,00 x), 20 stappen 30,00 ms (3,00 x)")


def test_zoeken_in_meer_wordt_afgezet_tegen_zoeken_in_minder() -> None:
    zoektijd = Antwoordtijd("proef", {100: [20.0, 30.0, 90.0], 10: [10.0, 12.0, 10.0]})
    assert zoektijd.regel() == (
        "proef",
        "10,0 ms (1,0×; max 12)",
        "30,0 ms (3,0×; max 90)",
    )
