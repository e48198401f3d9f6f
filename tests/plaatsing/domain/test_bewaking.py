"""Welke termijnen lopen bij een plaatsing."""

from __future__ import annotations

from datetime import date

from services.plaatsing.domain.bewaking import TeBewaken, te_bewaken
from services.plaatsing.domain.einde import Plaatsingsoort
from services.plaatsing.domain.termijn import Plaatsingstermijnsoort
from tests.plaatsing.domain.test_overige_plaatsing import na, start

T = Plaatsingstermijnsoort


def test_een_afgesproken_einde_wordt_bewaakt_en_een_open_einde_niet() -> None:
    assert te_bewaken(start(Plaatsingsoort.STAGE)) == [TeBewaken(T.EINDE_PLAATSING, na(6))]
    assert te_bewaken(start(Plaatsingsoort.BESCHUT_WERK)) == []


def test_bij_een_participatieplaats_lopen_scholing_heroverweging_en_premies() -> None:
    plaats = start(Plaatsingsoort.PARTICIPATIEPLAATS, einddatum=na(20))
    verwacht: list[tuple[T, date, str]] = [
        (T.EINDE_PLAATSING, na(20), ""),
        (T.SCHOLINGSAANBOD, na(6), ""),
        (T.HEROVERWEGING_PARTICIPATIEPLAATS, na(9), ""),
        (T.PREMIE_PARTICIPATIEPLAATS, na(6), "1"),
        (T.PREMIE_PARTICIPATIEPLAATS, na(12), "2"),
        (T.PREMIE_PARTICIPATIEPLAATS, na(18), "3"),
    ]
    assert te_bewaken(plaats) == [TeBewaken(*termijn) for termijn in verwacht]
    plaats.heroverweeg(na(8), vooruitgang=True)
    assert T.HEROVERWEGING_PARTICIPATIEPLAATS not in {t.soort for t in te_bewaken(plaats)}


def test_een_korte_participatieplaats_is_voorbij_voor_er_iets_moet() -> None:
    kort = start(Plaatsingsoort.PARTICIPATIEPLAATS, einddatum=na(5))
    assert te_bewaken(kort) == [TeBewaken(T.EINDE_PLAATSING, na(5))]
