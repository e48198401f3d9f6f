"""De participatieladder: wat ook gebeurt, trede 5 en 6 volgen uit werk en uit niets anders."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.fouten import DomeinFout
from services.diagnose.domain.ladder import (
    TREDEN,
    BetaaldWerk,
    Ladderbron,
    Participatieladder,
    opnieuw_uiterlijk,
)

DAG = date(2026, 1, 5)


def test_de_ladder_heeft_zes_treden() -> None:
    assert list(TREDEN) == [1, 2, 3, 4, 5, 6]


@st.composite
def verhalen(draw: st.DrawFn) -> Participatieladder:
    """Professionals, begins and ends of work in any order, one a day."""
    ladder, werk = Participatieladder(), dict[UUID, BetaaldWerk]()
    for nummer, wat in enumerate(
        draw(st.lists(st.sampled_from(["ziet", "begint", "eindigt", "regulier"]), max_size=12))
    ):
        op = DAG + timedelta(days=nummer)
        lopend = [een for een in werk.values() if een.loopt]
        if wat == "ziet":
            with contextlib.suppress(DomeinFout):
                ladder.stel_vast(draw(st.integers(0, 7)), op)
        elif wat == "begint":
            werk[UUID(int=nummer)] = BetaaldWerk(UUID(int=nummer), op)
            ladder.volg_werk(list(werk.values()))
        elif lopend:
            klaar = draw(st.sampled_from(lopend))
            werk[klaar.plaatsing_id] = replace(
                klaar, geeindigd_op=op, naar_regulier=wat == "regulier"
            )
            ladder.volg_werk(list(werk.values()))
    return ladder


@given(verhalen())
def test_trede_5_geldt_precies_zolang_er_werk_met_ondersteuning_loopt(
    ladder: Participatieladder,
) -> None:
    loopt = any(werk.loopt for werk in ladder.werk)
    assert loopt == (ladder.geldend is not None and ladder.geldend.trede == 5)


@given(verhalen())
def test_een_professional_zet_niemand_op_trede_5_of_6(ladder: Participatieladder) -> None:
    for positie in ladder.posities:
        if positie.bron is Ladderbron.PROFESSIONAL:
            assert positie.trede in (1, 2, 3, 4)


@given(verhalen())
def test_na_werk_geldt_wat_de_professional_het_laatst_zag(ladder: Participatieladder) -> None:
    gezien = None
    for positie in ladder.posities:
        if positie.bron is Ladderbron.PROFESSIONAL:
            gezien = positie.trede
        elif positie.trede not in (5, 6):
            assert positie.trede == gezien


@given(verhalen())
def test_hetzelfde_nog_eens_horen_verandert_niets(ladder: Participatieladder) -> None:
    eerder = ladder.posities
    assert ladder.volg_werk(ladder.werk) is None
    assert ladder.posities == eerder


@given(verhalen())
def test_elke_trede_tot_en_met_4_wordt_binnen_een_half_jaar_opnieuw_vastgesteld(
    ladder: Participatieladder,
) -> None:
    for positie in ladder.posities:
        uiterlijk = opnieuw_uiterlijk(positie)
        assert (uiterlijk is None) == (positie.trede in (5, 6))
        assert uiterlijk is None or 180 <= (uiterlijk - positie.vastgesteld_op).days <= 184
