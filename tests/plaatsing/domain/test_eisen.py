"""Wat werk vraagt en wat iemand kan, in dezelfde woorden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.eisen import (
    Begeleidingsniveau,
    Belastingseis,
    Dag,
    als_masker,
    belemmeringen,
    is_genoeg,
)

eisen = st.frozensets(st.sampled_from(Belastingseis))
niveaus = st.sampled_from(Begeleidingsniveau)


@given(eisen, eisen)
def test_een_belemmering_is_wat_het_werk_vraagt_en_iemand_niet_kan(
    gevraagd: frozenset[Belastingseis], niet_mogelijk: frozenset[Belastingseis]
) -> None:
    assert set(belemmeringen(gevraagd, niet_mogelijk)) == gevraagd & niet_mogelijk


@given(eisen, eisen)
def test_maskers_hebben_een_bit_gemeen_als_er_een_belemmering_is(
    gevraagd: frozenset[Belastingseis], niet_mogelijk: frozenset[Belastingseis]
) -> None:
    gemeen = als_masker(gevraagd) & als_masker(niet_mogelijk)
    assert (gemeen > 0) == bool(belemmeringen(gevraagd, niet_mogelijk))
    assert als_masker(gevraagd).bit_count() == len(gevraagd)


def test_de_plaats_in_de_lijst_is_het_bit_en_ligt_vast() -> None:
    assert als_masker([Belastingseis.ZELFSTANDIG_WERKEN]) == 1
    assert als_masker([Belastingseis.NACHTDIENSTEN]) == 1 << 27
    assert als_masker([Dag.MAANDAG, Dag.ZONDAG]) == 0b1000001


@given(niveaus, niveaus)
def test_wie_meer_begeleiding_nodig_heeft_dan_er_is_past_niet(
    geboden: Begeleidingsniveau, nodig: Begeleidingsniveau
) -> None:
    assert is_genoeg(geboden, nodig) == (geboden.zwaarte >= nodig.zwaarte)
    assert is_genoeg(Begeleidingsniveau.PERMANENT, nodig)
    assert is_genoeg(geboden, Begeleidingsniveau.GEEN)
