"""What the bench says follows from what it measured."""

from __future__ import annotations

import pytest

from deploy.bench.uitslag import Verhouding, Vertraging


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
