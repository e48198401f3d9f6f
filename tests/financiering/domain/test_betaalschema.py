"""Het betaalschema: een betaalde maand wordt nooit herschreven, en telt altijd op."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.financiering.domain.betaalschema import (
    Betaalregel,
    Regelsoort,
    aandeel,
    stel_voor,
)
from services.financiering.domain.kalender import Maand
from services.financiering.domain.leeftijdsgroep import (
    Leeftijdsgroep,
    Leeftijdsovergang,
    Leeftijdsverloop,
)
from services.financiering.domain.lks_aanvraag import LksAanvraag, LoonwaardeVanaf
from services.financiering.domain.lks_toekenning import (
    ArbeidsduurVanaf,
    EindeLks,
    GemeenteVanaf,
    LksToekenning,
)
from services.financiering.domain.loonkostensubsidie import Arbeidsduur

ID = UUID("018f0000-0000-7000-8000-000000000001")
BOXTEL, VUGHT, BEST = "0757", "0865", "0753"
BEGIN = date(2025, 10, 14)
LAATSTE = Maand(2026, 12)


def toekenning(loonwaarde: int | None = 40) -> LksToekenning:
    return LksToekenning.ken_toe(
        LksAanvraag(
            begin_dienstbetrekking=BEGIN,
            ingangsdatum=BEGIN,
            arbeidsduur=Arbeidsduur(Decimal(24)),
            leeftijd=Leeftijdsverloop(Leeftijdsgroep.NEGENTIEN),
            loonwaarde=None if loonwaarde is None else LoonwaardeVanaf(loonwaarde, BEGIN),
            behoort_tot_doelgroep=True,
        ),
        toekenning_id=ID,
        kandidaat_id=ID,
        plaatsing_id=ID,
        gemeentecode=BOXTEL,
    )


class Boek:
    """The lines of one subsidy at one gemeente; lines are only ever added."""

    def __init__(self, gemeente: str = BOXTEL) -> None:
        self.gemeente = gemeente
        self.regels: list[Betaalregel] = []

    @property
    def betaald(self) -> dict[Maand, Decimal]:
        per_maand: dict[Maand, Decimal] = defaultdict(Decimal)
        for regel in self.regels:
            per_maand[regel.maand] += regel.bedrag
        return dict(per_maand)

    def run(self, lks: LksToekenning, maand: Maand, *, ook_onzeker: bool = True) -> list[Maand]:
        """Pay; the months that could not be paid."""
        voorstel = stel_voor(lks, self.gemeente, self.betaald, maand, ook_onzeker=ook_onzeker)
        self.regels += voorstel.regels
        return [n.maand for n in voorstel.niet_betaalbaar]


def verschuldigd(lks: LksToekenning, maand: Maand, gemeente: str = BOXTEL) -> Decimal:
    """What is due for one month, by the calendar days of this gemeente alone."""
    return aandeel(lks.maandbedrag(maand), gemeente)


def test_een_gewone_maand_is_een_betaling_van_het_maandbedrag() -> None:
    lks, boek = toekenning(), Boek()
    boek.run(lks, Maand(2025, 10))
    assert boek.regels == [
        Betaalregel(Maand(2025, 10), Regelsoort.BETALING, lks.maandbedrag(Maand(2025, 10)).bedrag)
    ]


def test_twee_keer_dezelfde_maand_betalen_doet_niets() -> None:
    lks, boek = toekenning(), Boek()
    boek.run(lks, Maand(2025, 12))
    eerst = list(boek.regels)
    boek.run(lks, Maand(2025, 12))
    assert boek.regels == eerst


def test_wat_later_blijkt_is_een_correctie_op_de_maand_waar_het_over_gaat() -> None:
    lks, boek = toekenning(40), Boek()
    boek.run(lks, Maand(2026, 2))
    eerst = list(boek.regels)
    later = replace(lks, loonwaarden=(*lks.loonwaarden, LoonwaardeVanaf(60, date(2026, 1, 1))))
    boek.run(later, Maand(2026, 3))
    assert boek.regels[: len(eerst)] == eerst
    nieuw = [(r.maand, r.soort, r.bedrag < 0) for r in boek.regels[len(eerst) :]]
    assert nieuw == [
        (Maand(2026, 1), Regelsoort.CORRECTIE, True),
        (Maand(2026, 2), Regelsoort.CORRECTIE, True),
        (Maand(2026, 3), Regelsoort.BETALING, False),
    ]


def test_een_laat_einde_haalt_terug_wat_erna_is_betaald() -> None:
    lks, boek = toekenning(), Boek()
    boek.run(lks, Maand(2026, 3))
    gestopt = replace(lks, laatste_dag=date(2026, 1, 15))
    boek.run(gestopt, Maand(2026, 4))
    assert boek.betaald[Maand(2026, 2)] == boek.betaald[Maand(2026, 3)] == 0
    assert boek.betaald[Maand(2026, 1)] == gestopt.maandbedrag(Maand(2026, 1)).bedrag > 0
    assert Maand(2026, 4) not in boek.betaald


def test_een_dienstverband_dat_nooit_begon_wordt_geheel_teruggehaald() -> None:
    lks, boek = toekenning(), Boek()
    boek.run(lks, Maand(2026, 1))
    boek.run(replace(lks, laatste_dag=BEGIN - timedelta(days=1)), Maand(2026, 2))
    assert set(boek.betaald.values()) == {Decimal(0)}


def test_een_maand_zonder_grondslag_wacht_en_houdt_de_andere_niet_op() -> None:
    lks, boek = toekenning(None), Boek()
    wacht = boek.run(lks, Maand(2026, 5))
    assert wacht == [Maand(2026, 4), Maand(2026, 5)]  # the forfait ended on 13 April
    assert max(boek.betaald) == Maand(2026, 3)
    gemeten = replace(lks, loonwaarden=(LoonwaardeVanaf(50, date(2026, 4, 14)),))
    assert boek.run(gemeten, Maand(2026, 5)) == []
    assert boek.betaald[Maand(2026, 4)] == gemeten.maandbedrag(Maand(2026, 4)).bedrag


def test_op_onzekere_cijfers_wordt_alleen_betaald_als_het_gevraagd_is() -> None:
    lks, boek = toekenning(), Boek()
    voorstel = stel_voor(lks, BOXTEL, {}, Maand(2025, 11), ook_onzeker=False)
    assert voorstel.regels == ()
    assert {n.reden.code for n in voorstel.niet_betaalbaar} == {"onzekere-cijfers"}
    assert "werkgeverslasten" in voorstel.niet_betaalbaar[0].reden.uitleg
    boek.run(lks, Maand(2025, 11))
    assert boek.run(lks, Maand(2025, 11), ook_onzeker=False) == []  # paid: nothing to ask about


def test_na_2026_zijn_er_geen_cijfers_en_wordt_niets_geraden() -> None:
    voorstel = stel_voor(toekenning(), BOXTEL, {}, Maand(2027, 1), ook_onzeker=True)
    assert [(n.maand, n.reden.code) for n in voorstel.niet_betaalbaar] == [
        (Maand(2027, 1), "datum-buiten-tabel")
    ]


@given(
    st.lists(
        st.tuples(st.dates(BEGIN, LAATSTE.laatste_dag), st.sampled_from((VUGHT, BEST, BOXTEL)))
    )
)
def test_de_centen_van_gemeenten_die_een_maand_delen_tellen_op(
    wisselingen: list[tuple[date, str]],
) -> None:
    gemeenten = tuple(GemeenteVanaf(g, d) for d, g in sorted(dict(wisselingen).items()))
    lks = replace(toekenning(37), gemeenten=(GemeenteVanaf(BOXTEL, date.min), *gemeenten))
    maand = Maand.van(BEGIN)
    while maand <= LAATSTE:
        delen = [verschuldigd(lks, maand, g) for g in (BOXTEL, VUGHT, BEST)]
        assert sum(delen) == lks.maandbedrag(maand).bedrag
        assert min(delen) >= 0
        maand = maand.plus(1)


# -- payments plus corrections, whatever the order ------------------------------------------

DAGEN = st.dates(BEGIN + timedelta(days=1), LAATSTE.laatste_dag)
UREN = st.decimals("0.5", "40", places=2).map(Arbeidsduur)
Feit = tuple[str, object]
FEITEN = st.one_of(
    st.tuples(st.just("loonwaarde"), st.builds(LoonwaardeVanaf, st.integers(0, 100), DAGEN)),
    st.tuples(st.just("uren"), st.builds(ArbeidsduurVanaf, UREN, DAGEN)),
    st.tuples(st.just("einde"), st.dates(BEGIN - timedelta(days=1), LAATSTE.laatste_dag)),
    st.tuples(st.just("twintig"), st.just(date(2026, 2, 1))),
)


def met(feiten: Iterable[Feit]) -> LksToekenning:
    """The subsidy by what is known: one fact per day and kind, in whatever order it came."""
    lks = toekenning()
    uniek = {(soort, getattr(w, "vanaf", None)): w for soort, w in sorted(feiten, key=repr)}
    for (soort, _), waarde in sorted(uniek.items(), key=lambda f: (f[0][0], f[0][1] or BEGIN)):
        match soort, waarde:
            case "loonwaarde", LoonwaardeVanaf():
                lks = replace(lks, loonwaarden=(*lks.loonwaarden, waarde))
            case "uren", ArbeidsduurVanaf():
                lks = replace(lks, arbeidsduren=(*lks.arbeidsduren, waarde))
            case "einde", date():
                lks = replace(lks, laatste_dag=waarde, eindereden=EindeLks.EINDE_DIENSTBETREKKING)
            case "twintig", date():
                overgang = Leeftijdsovergang(waarde, Leeftijdsgroep.TWINTIG)
                lks = replace(lks, leeftijd=lks.leeftijd.met(overgang))
    return lks


@settings(max_examples=60, deadline=None)
@given(st.lists(FEITEN, max_size=6), st.integers(0, 2**32), st.integers(0, 2**32))
def test_betalingen_en_correcties_samen_zijn_wat_verschuldigd_is_in_elke_volgorde(
    feiten: list[Feit], zaad: int, ander_zaad: int
) -> None:
    eind = met(feiten)
    boeken = [_speel(feiten, random.Random(z)) for z in (zaad, ander_zaad)]
    for boek in boeken:
        maand = Maand.van(BEGIN)
        while maand <= LAATSTE:
            assert boek.betaald.get(maand, Decimal(0)) == eind.maandbedrag(maand).bedrag
            maand = maand.plus(1)
        assert len({r.maand for r in boek.regels if r.soort is Regelsoort.BETALING}) == sum(
            r.soort is Regelsoort.BETALING for r in boek.regels
        )
        assert all(r.bedrag for r in boek.regels)
    totalen = [sum((r.bedrag for r in boek.regels), Decimal(0)) for boek in boeken]
    assert totalen[0] == totalen[1]


def _speel(feiten: list[Feit], toeval: random.Random) -> Boek:
    """The facts arrive in some order, some twice, with payment runs for any month in between."""
    boek, bekend = Boek(), []
    komst = [*feiten, *toeval.choices(feiten, k=2)] if feiten else []
    toeval.shuffle(komst)
    for feit in komst:
        bekend.append(feit)
        boek.run(met(bekend), Maand.van(BEGIN).plus(toeval.randint(-1, 14)))
    boek.run(met(bekend), LAATSTE)
    return boek
