"""The SRG record, field by field (Regeling statistiek Participatiewet, annex 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from contracts.diagnose import Arbeidsvermogen as Arbeidsvermogencode
from contracts.plaatsing import Eindereden, Plaatsingsoort
from services.intake.domain.srg import (
    TYPECODES,
    VELDEN,
    Arbeidsvermogen,
    Betrokkene,
    Ladderpositie,
    Loonwaarde,
    Maand,
    Profiel,
    Voorziening,
    Voorzieningsoort,
    reden_einde,
    srg_regel,
)
from services.intake.domain.uitstroom import BUS_CODES, Uitstroom, Uitstroomreden

OKTOBER = Maand(2026, 10)
KANDIDAAT = UUID("11111111-1111-4111-8111-111111111111")
JAN = Betrokkene("1900", "999990342", date(1985, 3, 9), "M")
BAAN = Voorziening(
    UUID("0123abcd-4567-4890-8123-456789abcdef"),
    KANDIDAAT,
    Voorzieningsoort.LKS_DIENSTVERBAND,
    date(2026, 2, 1),
    loonwaarde=45,
    einddatum=date(2026, 10, 30),
    eindereden="uitstroom-regulier",
)
GEMETEN = (
    Loonwaarde(45, date(2026, 2, 1), date(2026, 1, 20)),
    Loonwaarde(60, date(2026, 8, 1), date(2026, 7, 20)),
    Loonwaarde(70, date(2026, 11, 1), date(2026, 10, 20)),
)
PROFIEL = Profiel(
    GEMETEN,
    (
        Ladderpositie(3, date(2026, 1, 10)),
        Ladderpositie(5, date(2026, 2, 1)),
        Ladderpositie(6, date(2026, 10, 31)),
    ),
    (
        Arbeidsvermogen("nog-niet-bekend", date(2026, 1, 10)),
        Arbeidsvermogen("met-hulp-wml-of-hoger", date(2026, 1, 20)),
    ),
)


def uitstroom(reden: Uitstroomreden, op: date) -> Uitstroom:
    return Uitstroom(UUID(int=1), KANDIDAAT, 1, op, reden)


def test_een_regel_van_het_record_veld_voor_veld() -> None:
    regel = srg_regel(OKTOBER, "1.0.0", JAN, BAAN, PROFIEL, ())
    assert dict(zip(VELDEN, regel, strict=True)) == {
        "jaar": "2026",
        "maand": "10",
        "statistiekcode": "10",
        "softwarepakket": "Meedoen",
        "release": "1.0.0",
        "gemeentecode": "1900",
        "berichtgevercode": "",
        "bsn": "999990342",
        "geboortedatum": "19850309",
        "geslacht": "1",
        "positieParticipatieladder": "6",
        "begindatumPositie": "20261031",
        "arbeidsvermogen": "2",
        "registratienummerVoorziening": "0123abcd4567489",
        "typeVoorziening": "04",
        "begindatumVoorziening": "20260201",
        "einddatumVoorziening": "20261030",
        "redenEinde": "1",
        "loonwaarde": "060",
    }
    assert len(VELDEN) == 19


def test_wat_later_eindigt_loopt_in_deze_maand_nog() -> None:
    regel = srg_regel(Maand(2026, 9), "1.0.0", JAN, BAAN, PROFIEL, ())
    assert regel[16:18] == ("", "")


@pytest.mark.parametrize(
    ("maand", "trede", "begin"),
    [(1, "3", "20260110"), (2, "5", "20260201"), (9, "5", "20260201"), (10, "6", "20261031")],
)
def test_de_positie_is_die_op_de_laatste_dag_van_de_maand(
    maand: int, trede: str, begin: str
) -> None:
    regel = srg_regel(Maand(2026, maand), "1.0.0", JAN, BAAN, PROFIEL, ())
    assert regel[10:12] == (trede, begin)


def test_wat_later_is_gezegd_gaat_voor_ook_als_het_eerder_ingaat() -> None:
    laat = Profiel((), (Ladderpositie(3, date(2026, 3, 1)), Ladderpositie(5, date(2026, 2, 1))))
    assert srg_regel(OKTOBER, "1", JAN, BAAN, laat, ())[10:12] == ("5", "20260201")


@pytest.mark.parametrize(
    ("code", "cijfer"),
    list(zip(Arbeidsvermogencode, ("1", "2", "3", "4", ""), strict=True)),
)
def test_elk_arbeidsvermogen_heeft_een_cijfer_en_onbekend_is_leeg(
    code: Arbeidsvermogencode, cijfer: str
) -> None:
    profiel = Profiel(arbeidsvermogens=(Arbeidsvermogen(code, date(2026, 1, 1)),))
    assert srg_regel(OKTOBER, "1", JAN, BAAN, profiel, ())[12] == cijfer
    assert srg_regel(OKTOBER, "1", JAN, BAAN, Profiel(), ())[10:13] == ("", "", "")


def test_zonder_meting_telt_de_loonwaarde_van_de_plaatsing_en_zonder_beide_geen() -> None:
    assert srg_regel(OKTOBER, "1", JAN, BAAN, Profiel(), ())[18] == "045"
    assert srg_regel(OKTOBER, "1", JAN, replace(BAAN, loonwaarde=None), Profiel(), ())[18] == ""


@pytest.mark.parametrize(("brp", "cbs"), [("M", "1"), ("V", "2"), ("O", ""), (None, "")])
def test_het_geslacht_gaat_van_de_brp_naar_het_cbs(brp: str | None, cbs: str) -> None:
    assert srg_regel(OKTOBER, "1", replace(JAN, geslacht=brp), BAAN, Profiel(), ())[9] == cbs


@pytest.mark.parametrize(
    ("eindereden", "code"),
    [
        (Eindereden.ARBEIDSOVEREENKOMST, "1"),
        (Eindereden.GEEN_VERMINDERDE_LOONWAARDE, "1"),
        (Eindereden.UITSTROOM_REGULIER, "1"),
        (Eindereden.TERUG_GEMELD_MOTIVATIE, "2"),
        (Eindereden.TERUG_GEMELD_NIET_IN_STAAT, "2"),
        (Eindereden.WIJZIGING_TRAJECT, "2"),
    ],
)
def test_de_reden_van_het_einde_volgt_uit_die_van_plaatsing(eindereden: str, code: str) -> None:
    assert reden_einde(replace(BAAN, eindereden=eindereden), ()) == code


@pytest.mark.parametrize("reden", Uitstroomreden)
def test_wie_verhuist_overlijdt_of_wordt_vastgezet_stopt_om_reden_3(reden: Uitstroomreden) -> None:
    overmacht = {"verhuizing", "buitenland", "overlijden", "detentie"}
    verwacht = "3" if reden in overmacht else "1"
    assert reden_einde(BAAN, (uitstroom(reden, date(2026, 10, 1)),)) == verwacht
    assert reden_einde(BAAN, (uitstroom(reden, date(2026, 9, 30)),)) == "1"
    terug = replace(uitstroom(reden, date(2026, 10, 1)), teruggevallen_op=date(2026, 10, 9))
    assert reden_einde(BAAN, (terug,)) == "1"


def test_elke_soort_plaatsing_heeft_een_type_en_elke_reden_een_code() -> None:
    zonder_regulier = set(Plaatsingsoort) - {Plaatsingsoort.REGULIER}
    assert {soort.value for soort in Voorzieningsoort} == {soort.value for soort in zonder_regulier}
    assert TYPECODES.keys() == set(Voorzieningsoort)
    assert BUS_CODES.keys() == set(Uitstroomreden)
    assert len(set(BUS_CODES.values())) == len(Uitstroomreden) == 16
