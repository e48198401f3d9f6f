"""Het slagingspercentage van OAD."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.oad import NIET_TE_VRAGEN, WERK, Bestemming, Oadregel, tel

REGULIER = Bestemming.REGULIER_WERK


def regel(na_6: bool | None, na_12: bool | None, bestemming: Bestemming = REGULIER) -> Oadregel:
    return Oadregel(beeindigd=True, bestemming=bestemming, werk_na_6=na_6, werk_na_12=na_12)


@pytest.mark.parametrize(
    ("na_6", "na_12", "aan_het_werk"),
    [
        (None, None, None),
        (True, None, True),
        (False, None, False),
        (None, True, True),
        (True, False, False),
        (False, True, True),
    ],
)
def test_het_laatste_antwoord_telt(
    na_6: bool | None, na_12: bool | None, aan_het_werk: bool | None
) -> None:
    assert regel(na_6, na_12).aan_het_werk is aan_het_werk


@pytest.mark.parametrize("bestemming", sorted(NIET_TE_VRAGEN))
def test_wie_niet_te_vragen_is_telt_als_niet_aan_het_werk(bestemming: Bestemming) -> None:
    cijfers = tel([regel(True, None), regel(None, None, bestemming)])
    assert (cijfers.bekend, cijfers.nog_aan_het_werk, cijfers.slaging) == (2, 1, 50)


def test_57_procent_is_4_van_de_7() -> None:
    assert tel([regel(werkt, None) for werkt in [True] * 4 + [False] * 3]).slaging == 57


def test_van_niemand_is_er_geen_percentage() -> None:
    lopend = Oadregel(beeindigd=False, bestemming=None, werk_na_6=None, werk_na_12=None)
    cijfers = tel([lopend])
    assert (cijfers.lopend, cijfers.doorstroom, cijfers.slaging) == (1, None, None)


ANTWOORD = st.none() | st.booleans()


@given(st.lists(st.builds(regel, ANTWOORD, ANTWOORD, st.sampled_from(Bestemming))))
def test_de_bestemmingen_tellen_op_tot_wie_klaar_is(regels: list[Oadregel]) -> None:
    cijfers = tel(regels)
    assert sum(cijfers.per_bestemming.values()) == cijfers.beeindigd == len(regels)
    assert cijfers.naar_werk == sum(r.bestemming in WERK for r in regels)
    assert 0 <= cijfers.nog_aan_het_werk <= cijfers.bekend <= cijfers.beeindigd
    assert cijfers.slaging is None or 0 <= cijfers.slaging <= 100
