"""Per werkgever wordt betaald wat openstaat, en nooit minder dan niets."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.betaalrun import Uitkomst, eis_betaaldatum, verdeel
from services.financiering.domain.fouten import BetaaldatumOngeldig
from services.financiering.domain.kalender import Maand

BAKKER, SLAGER, SMID = (UUID(int=n) for n in (1, 2, 3))
REKENING = UUID(int=9)


def test_een_tegoed_wordt_betaald_een_tekort_verrekend_en_zonder_rekening_gewacht() -> None:
    saldi = {BAKKER: Decimal("10.00"), SLAGER: Decimal("-4.00"), SMID: Decimal("3.00")}
    posten = verdeel(saldi, {BAKKER: REKENING, SLAGER: REKENING})
    assert [(p.werkgever_id, p.uitkomst, p.rekening_id) for p in posten] == [
        (BAKKER, Uitkomst.BETAALD, REKENING),
        (SLAGER, Uitkomst.VERREKEND_MET_VOLGENDE, None),
        (SMID, Uitkomst.GEEN_BEVESTIGDE_REKENING, None),
    ]


def test_wie_niets_tegoed_heeft_staat_er_niet_in() -> None:
    assert verdeel({BAKKER: Decimal("0.00")}, {BAKKER: REKENING}) == ()


CENTEN = st.integers(-500_000, 500_000).map(lambda n: Decimal(n) / 100)
WERKGEVERS = st.sampled_from((BAKKER, SLAGER, SMID))
RUN = st.tuples(st.lists(st.tuples(WERKGEVERS, CENTEN)), st.sets(WERKGEVERS))


@given(st.lists(RUN, max_size=12))
def test_wat_betaald_is_en_wat_openstaat_is_samen_wat_de_regels_zeggen(
    runs: list[tuple[list[tuple[UUID, Decimal]], set[UUID]]],
) -> None:
    regels: dict[UUID, Decimal] = defaultdict(Decimal)
    betaald: dict[UUID, Decimal] = defaultdict(Decimal)
    for nieuw, met_rekening in runs:
        for wie, bedrag in nieuw:
            regels[wie] += bedrag
        posten = verdeel(
            {wie: regels[wie] - betaald[wie] for wie in regels},
            dict.fromkeys(met_rekening, REKENING),
        )
        for post in posten:
            if post.uitkomst is Uitkomst.BETAALD:
                assert post.saldo > 0
                assert post.werkgever_id in met_rekening
                betaald[post.werkgever_id] += post.saldo
        open_ = {p.werkgever_id: p.saldo for p in posten if p.uitkomst is not Uitkomst.BETAALD}
        assert sum(betaald.values()) + sum(open_.values()) == sum(regels.values())
        assert not any(saldo > 0 for wie, saldo in open_.items() if wie in met_rekening)


@pytest.mark.parametrize(
    ("maand", "dag"),
    [(Maand(2026, 12), date(2026, 12, 6)), (Maand(2027, 1), date(2026, 12, 31))],
    ids=["in het verleden", "een maand die nog niet is begonnen"],
)
def test_betaald_wordt_vanaf_vandaag_en_geen_maand_vooruit(maand: Maand, dag: date) -> None:
    with pytest.raises(BetaaldatumOngeldig):
        eis_betaaldatum(maand, dag, date(2026, 12, 7))


def test_de_lopende_maand_mag_vandaag() -> None:
    eis_betaaldatum(Maand(2026, 12), date(2026, 12, 7), date(2026, 12, 7))
