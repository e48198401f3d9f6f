"""Facturen en creditnota's: wat er staat blijft staan, en samen zijn zij wat er is geleverd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.financiering.domain.btw import BtwCategorie, btw_van
from services.financiering.domain.contractspecificatie import (
    Contractspecificatie,
    Eenheid,
    Prijsafspraak,
)
from services.financiering.domain.factuur import (
    Factuur,
    Factuursoort,
    factuurnummer,
    gefactureerd,
    op_te_maken,
    openstaand,
    totaal,
)
from services.financiering.domain.levering import Kostenregel, Looptijd, Verrichting, kosten

VUGHT, PLANREGIE, OAD, METING = "0865", "planregie", "oad", "loonwaardemeting"
KANDIDAAT = UUID(int=7)
BEGIN = date(2019, 1, 1)
CONTRACT = Contractspecificatie(
    (
        Prijsafspraak(VUGHT, PLANREGIE, Eenheid.MAAND, Decimal("500.00"), BEGIN, Decimal(3000)),
        Prijsafspraak(VUGHT, OAD, Eenheid.UUR, Decimal("42.37"), BEGIN),
        Prijsafspraak(VUGHT, METING, Eenheid.STUK, Decimal("350.00"), BEGIN),
    )
)
LOOPTIJD = Looptijd(UUID(int=1), PLANREGIE, date(2019, 3, 1), date(2019, 8, 29), date(2019, 8, 29))


def verschuldigd(
    looptijd: Looptijd, uren: Sequence[Verrichting] = (), tot: date = date(2019, 12, 31)
) -> tuple[Kostenregel, ...]:
    return kosten([looptijd], uren, CONTRACT, lambda _: VUGHT, tot_en_met=tot)


def maak_op(regels: Sequence[Kostenregel], eerder: list[Factuur]) -> list[Factuur]:
    """The documents with what a round adds to them."""
    nieuw = [
        Factuur(UUID(int=n), factuurnummer(2019, n), KANDIDAAT, date(2019, 12, 31), inhoud)
        for n, inhoud in enumerate(op_te_maken(regels, eerder), start=len(eerder) + 1)
    ]
    return [*eerder, *nieuw]


def test_een_tweede_ronde_zonder_nieuws_maakt_niets() -> None:
    regels = verschuldigd(LOOPTIJD)
    documenten = maak_op(regels, [])
    assert len(documenten) == 1
    assert maak_op(regels, documenten) == documenten


def test_een_volgende_maand_komt_op_een_eigen_factuur() -> None:
    maart = maak_op(verschuldigd(LOOPTIJD, tot=date(2019, 3, 31)), [])
    _, april = maak_op(verschuldigd(LOOPTIJD, tot=date(2019, 4, 30)), maart)
    assert (april.inhoud.vanaf, april.inhoud.tot_en_met) == (date(2019, 4, 1), date(2019, 4, 30))


def test_een_laat_gemeld_einde_wordt_met_een_creditnota_en_een_nieuwe_regel_hersteld() -> None:
    documenten = maak_op(verschuldigd(LOOPTIJD, tot=date(2019, 4, 30)), [])
    gestopt = replace(LOOPTIJD, beeindigd_op=date(2019, 4, 15))
    eerste, credit, nieuw = maak_op(verschuldigd(gestopt), documenten)
    assert eerste == documenten[0]
    assert (credit.inhoud.soort, credit.inhoud.van_factuur) == (
        Factuursoort.CREDITNOTA,
        eerste.factuur_id,
    )
    assert (credit.inhoud.exclusief, nieuw.inhoud.exclusief) == (Decimal(500), Decimal("250.00"))
    assert gefactureerd([eerste, credit, nieuw]) == Decimal("750.00")


def test_wie_nooit_begon_krijgt_alles_terug_en_betaalt_niets() -> None:
    documenten = maak_op(verschuldigd(LOOPTIJD), [])
    _, credit = maak_op([], documenten)
    assert credit.inhoud.regels == documenten[0].inhoud.regels
    assert gefactureerd([*documenten, credit]) == 0
    assert not openstaand(documenten[0], [*documenten, credit])


def test_elk_product_heeft_een_eigen_factuur_met_een_btw_categorie() -> None:
    meting = Verrichting(UUID(int=3), UUID(int=3), METING, BEGIN, Decimal(1), Eenheid.STUK)
    eerste, tweede = maak_op(verschuldigd(LOOPTIJD, [meting]), [])
    assert {eerste.inhoud.product, tweede.inhoud.product} == {PLANREGIE, METING}
    van_meting = next(d for d in (eerste, tweede) if d.inhoud.product == METING)
    assert (van_meting.inhoud.btw, van_meting.inhoud.inclusief) == (
        Decimal("73.50"),
        Decimal("423.50"),
    )


def test_btw_is_een_eigen_lezing_en_zegt_dat() -> None:
    assert btw_van(PLANREGIE).categorie is BtwCategorie.VRIJGESTELD
    assert btw_van(METING).categorie is BtwCategorie.STANDAARD
    assert btw_van(PLANREGIE).onzeker
    assert btw_van(METING).onzeker


_DAGEN = st.dates(date(2019, 3, 1), date(2019, 12, 31))
_UREN = st.lists(
    st.builds(
        lambda nummer, dag, uren: Verrichting(
            UUID(int=nummer), UUID(int=50), OAD, dag, Decimal(uren) / 4, Eenheid.UUR
        ),
        st.integers(100, 10_000),
        _DAGEN,
        st.integers(1, 96),
    ),
    max_size=6,
)
_STANDEN = st.lists(
    st.tuples(
        st.builds(
            lambda einde, verlengd: replace(
                LOOPTIJD, beeindigd_op=einde, tot_en_met=max(LOOPTIJD.tot_en_met, verlengd)
            ),
            st.none() | st.dates(date(2019, 2, 28), date(2019, 12, 31)),
            _DAGEN,
        ),
        _UREN,
        _DAGEN,
    ),
    min_size=1,
    max_size=5,
)


@given(standen=_STANDEN)
def test_facturen_min_creditnotas_zijn_na_elke_ronde_wat_verschuldigd_is(
    standen: list[tuple[Looptijd, list[Verrichting], date]],
) -> None:
    documenten: list[Factuur] = []
    for looptijd, uren, tot in standen:
        regels = verschuldigd(looptijd, uren, tot)
        eerder, documenten = documenten, maak_op(regels, documenten)
        assert documenten[: len(eerder)] == eerder
        assert gefactureerd(documenten) == totaal(regels)
        for document in documenten:
            assert document.inhoud.exclusief == sum(r.bedrag for r in document.inhoud.regels)
            assert document.inhoud.exclusief > 0
            assert document.inhoud.inclusief == document.inhoud.exclusief + document.inhoud.btw
            # Nothing is ever taken back twice.
            if document.inhoud.van_factuur is None:
                terug = [d for d in documenten if d.inhoud.van_factuur == document.factuur_id]
                gecrediteerd = sum((d.inhoud.exclusief for d in terug), Decimal(0))
                rest = totaal(openstaand(document, documenten).elements())
                assert document.inhoud.exclusief == gecrediteerd + rest


@given(standen=_STANDEN, rng=st.randoms(use_true_random=False))
def test_de_volgorde_van_de_feiten_verandert_het_eindbedrag_niet(
    standen: list[tuple[Looptijd, list[Verrichting], date]], rng: Random
) -> None:
    *onderweg, laatste = standen
    geschud = rng.sample(onderweg, len(onderweg))

    def eind(volgorde: Sequence[tuple[Looptijd, list[Verrichting], date]]) -> Decimal:
        documenten: list[Factuur] = []
        for looptijd, uren, tot in (*volgorde, laatste):
            documenten = maak_op(verschuldigd(looptijd, uren, tot), documenten)
        return gefactureerd(documenten)

    looptijd, uren, tot = laatste
    hussel = rng.sample(uren, len(uren))
    assert eind(onderweg) == eind(geschud) == totaal(verschuldigd(looptijd, hussel, tot))
