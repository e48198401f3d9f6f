"""Wanneer een termijn van een loonkostensubsidie begint, wanneer zij eindigt en wat haar haalt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.lks_dossier import Besluit, Dienstverband, Loonkostensubsidie
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from services.financiering.domain.termijn import (
    Financieringstermijnsoort,
    LksTermijn,
    Meting,
    einde_beslistermijn,
    termijnen_van,
)

BEGIN, GEMELD = date(2026, 1, 12), date(2026, 1, 15)
DAGEN = st.dates(date(2025, 1, 1), date(2027, 12, 31))
METINGEN = st.lists(st.builds(Meting, st.sampled_from([40, 55]), DAGEN, DAGEN), max_size=5)


def subsidie(loonwaarde: int | None, laatste_dag: date | None = None) -> Loonkostensubsidie:
    return Loonkostensubsidie(
        uuid4(),
        uuid4(),
        "0757",
        Dienstverband(
            uuid4(),
            BEGIN,
            Arbeidsduur(Decimal(24)),
            loonwaarde,
            laatste_dag=laatste_dag,
            gemeld_op=GEMELD,
        ),
    )


def beslissing(lks: Loonkostensubsidie, *metingen: Meting) -> LksTermijn:
    return {t.soort: t for t in termijnen_van(lks, metingen)}[
        Financieringstermijnsoort.BESLISSING_LKS
    ]


def na_forfait(lks: Loonkostensubsidie, *metingen: Meting) -> LksTermijn:
    return {t.soort: t for t in termijnen_van(lks, metingen)}[
        Financieringstermijnsoort.LOONWAARDE_NA_FORFAIT
    ]


@pytest.mark.parametrize(
    ("vastgesteld_op", "begonnen_op", "laatste_dag"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), date(2026, 2, 9)),
        (GEMELD, GEMELD, date(2026, 2, 19)),
        # On the last day of its term the placement was told: it is the loonwaarde of this job.
        (date(2025, 12, 11), date(2025, 12, 11), GEMELD),
        # A day earlier it was not: it was decided not to measure again when this was told.
        (date(2025, 12, 10), GEMELD, date(2026, 2, 19)),
    ],
)
def test_de_beslistermijn_is_vijf_weken_na_het_vaststellen_van_de_loonwaarde(
    vastgesteld_op: date, begonnen_op: date, laatste_dag: date
) -> None:
    termijn = beslissing(subsidie(40), Meting(40, date(2025, 12, 1), vastgesteld_op))
    assert (termijn.begonnen_op, termijn.laatste_dag) == (begonnen_op, laatste_dag)
    assert (termijn.gehaald_op, termijn.vervalt_op) == (None, None)


def test_bij_het_forfait_begint_de_beslistermijn_als_de_plaatsing_is_verteld() -> None:
    termijn = beslissing(subsidie(None), Meting(40, date(2025, 12, 1), date(2026, 1, 5)))
    assert (termijn.begonnen_op, termijn.laatste_dag) == (GEMELD, date(2026, 2, 19))


@pytest.mark.parametrize(
    "andere",
    [
        Meting(55, date(2025, 12, 1), date(2026, 1, 10)),
        Meting(40, date(2026, 1, 13), date(2026, 1, 10)),
        Meting(40, date(2025, 12, 1), date(2026, 1, 16)),
    ],
    ids=["ander percentage", "geldt na de eerste dag", "na het vertellen vastgesteld"],
)
def test_een_meting_waarop_de_plaatsing_niet_rust_verschuift_de_beslistermijn_niet(
    andere: Meting,
) -> None:
    eigen = Meting(40, date(2025, 12, 1), date(2026, 1, 5))
    lks = subsidie(40)
    assert beslissing(lks, eigen, andere) == beslissing(lks, eigen)
    assert beslissing(lks, andere).begonnen_op == GEMELD


def test_wat_werd_verteld_voor_er_termijnen_waren_heeft_geen_beslistermijn() -> None:
    lks = subsidie(40)
    van_toen = replace(lks, dienstverband=replace(lks.dienstverband, gemeld_op=None))
    assert list(termijnen_van(van_toen, [])) == []


def test_een_dienstverband_dat_nooit_begon_heeft_geen_termijn_meer() -> None:
    assert beslissing(subsidie(40, date(2026, 1, 11))).vervalt_op == date.min
    assert beslissing(subsidie(40, BEGIN)).vervalt_op is None
    assert na_forfait(subsidie(None, date(2026, 1, 11))).vervalt_op == date.min


def test_de_loonwaarde_moet_bekend_zijn_op_de_laatste_dag_van_het_forfait() -> None:
    termijn = na_forfait(subsidie(None))
    assert (termijn.begonnen_op, termijn.laatste_dag) == (BEGIN, date(2026, 7, 11))
    assert Financieringstermijnsoort.LOONWAARDE_NA_FORFAIT not in {
        t.soort for t in termijnen_van(subsidie(40), [])
    }


@pytest.mark.parametrize(
    ("laatste_dag", "vervalt_op"),
    [
        (date(2026, 7, 11), date.min),
        # The days from 12 July on have no loonwaarde: it is needed until the end.
        (date(2026, 7, 12), date(2026, 7, 13)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_de_loonwaarde_hoeft_niet_meer_na_het_einde_van_het_dienstverband(
    laatste_dag: date, vervalt_op: date
) -> None:
    assert na_forfait(subsidie(None, laatste_dag)).vervalt_op == vervalt_op


def test_bij_een_weigering_hoeft_er_geen_loonwaarde_te_komen_wel_een_beslissing() -> None:
    geweigerd = replace(subsidie(None), besluit=Besluit.GEWEIGERD)
    assert na_forfait(geweigerd).vervalt_op == date.min
    assert beslissing(geweigerd).vervalt_op is None


def test_de_eerste_loonwaarde_die_voor_het_dienstverband_telt_haalt_de_termijn() -> None:
    eerste = Meting(40, date(2026, 7, 1), date(2026, 6, 20))
    tweede = Meting(55, date(2026, 8, 1), date(2026, 7, 25))
    assert na_forfait(subsidie(None), tweede, eerste).gehaald_op == date(2026, 6, 20)
    assert na_forfait(subsidie(None, date(2026, 7, 31)), tweede).gehaald_op is None


@given(METINGEN, st.randoms(use_true_random=False), st.none() | DAGEN, st.sampled_from([None, 40]))
def test_de_volgorde_van_de_metingen_doet_er_niet_toe(
    metingen: list[Meting], toeval: object, laatste_dag: date | None, loonwaarde: int | None
) -> None:
    lks = subsidie(loonwaarde, laatste_dag)
    geschud = list(metingen)
    toeval.shuffle(geschud)  # type: ignore[attr-defined]
    assert list(termijnen_van(lks, geschud)) == list(termijnen_van(lks, metingen))


@given(METINGEN, st.none() | DAGEN)
def test_de_beslistermijn_begint_nooit_als_zij_al_voorbij_is(
    metingen: list[Meting], laatste_dag: date | None
) -> None:
    termijn = beslissing(subsidie(40, laatste_dag), *metingen)
    assert termijn.begonnen_op <= GEMELD <= termijn.laatste_dag
    assert termijn.laatste_dag == einde_beslistermijn(termijn.begonnen_op)


@pytest.mark.parametrize(
    ("begonnen_op", "laatste_dag"),
    [
        (date(2026, 11, 20), date(2026, 12, 28)),  # Christmas is a Friday, 26 December a Saturday
        (date(2026, 11, 23), date(2026, 12, 28)),
        (date(2026, 11, 22), date(2026, 12, 28)),
    ],
)
def test_het_college_beslist_binnen_vijf_weken_en_nooit_op_een_vrije_dag(
    begonnen_op: date, laatste_dag: date
) -> None:
    """Art. 10d lid 12 Participatiewet, art. 1 lid 1 Algemene termijnenwet."""
    assert einde_beslistermijn(begonnen_op) == laatste_dag
