"""The SRG record, field by field (Regeling statistiek Participatiewet, annex 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from contracts.plaatsing import Eindereden, Plaatsingsoort
from services.intake.domain.srg import (
    TYPECODES,
    VELDEN,
    Betrokkene,
    Loonwaarde,
    Maand,
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


def uitstroom(reden: Uitstroomreden, op: date) -> Uitstroom:
    return Uitstroom(UUID(int=1), KANDIDAAT, 1, op, reden)


def test_een_regel_van_het_record_veld_voor_veld() -> None:
    regel = srg_regel(OKTOBER, "1.0.0", JAN, BAAN, GEMETEN, ())
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
        "positieParticipatieladder": "",
        "begindatumPositie": "",
        "arbeidsvermogen": "",
        "registratienummerVoorziening": "0123abcd4567489",
        "typeVoorziening": "04",
        "begindatumVoorziening": "20260201",
        "einddatumVoorziening": "20261030",
        "redenEinde": "1",
        "loonwaarde": "060",
    }
    assert len(VELDEN) == 19


def test_wat_later_eindigt_loopt_in_deze_maand_nog() -> None:
    regel = srg_regel(Maand(2026, 9), "1.0.0", JAN, BAAN, GEMETEN, ())
    assert regel[16:18] == ("", "")


def test_zonder_meting_telt_de_loonwaarde_van_de_plaatsing_en_zonder_beide_geen() -> None:
    assert srg_regel(OKTOBER, "1", JAN, BAAN, (), ())[18] == "045"
    assert srg_regel(OKTOBER, "1", JAN, replace(BAAN, loonwaarde=None), (), ())[18] == ""


@pytest.mark.parametrize(("brp", "cbs"), [("M", "1"), ("V", "2"), ("O", ""), (None, "")])
def test_het_geslacht_gaat_van_de_brp_naar_het_cbs(brp: str | None, cbs: str) -> None:
    assert srg_regel(OKTOBER, "1", replace(JAN, geslacht=brp), BAAN, (), ())[9] == cbs


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
    assert {soort.value for soort in Voorzieningsoort} == {soort.value for soort in Plaatsingsoort}
    assert TYPECODES.keys() == set(Voorzieningsoort)
    assert BUS_CODES.keys() == set(Uitstroomreden)
    assert len(set(BUS_CODES.values())) == len(Uitstroomreden) == 16
