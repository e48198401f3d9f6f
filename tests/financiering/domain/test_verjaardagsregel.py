"""Wat een verjaardag rond de eerste van een maand doet, onder elke regel en met elke keuze."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from services.financiering.domain.kalender import EEN_DAG, Maand
from services.financiering.domain.leeftijdsgroep import (
    Leeftijdsgroep,
    Leeftijdsovergang,
    Verjaardagskeuze,
    Verjaardagskeuzes,
    Verjaardagsregel,
)
from services.financiering.domain.lks_dossier import (
    Dienstverband,
    Doelgroep,
    Kandidaatfeiten,
    Loonkostensubsidie,
)
from services.financiering.domain.lks_toekenning import GemeenteVanaf
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from services.intake.domain.leeftijdsgroep import verjaardag_in, volgende_overgang

BOXTEL, VUGHT = "0757", "0865"
BEGIN = date(2025, 1, 1)
MAAND, JAAR = Verjaardagsregel

# A loonwaarde of 55% and 36 hours, by hand: 20 years old and grown up in 2025 (minimum wage
# 2,191.80), and both in 2026 (2,294.40): x 80% or 100% x 1.08 x 45% x 1.235.
JONG_2025, OUD_2025 = Decimal("1052.43"), Decimal("1315.54")
JONG_2026, OUD_2026 = Decimal("1101.70"), Decimal("1377.12")


def subsidie(begin: date = BEGIN) -> Loonkostensubsidie:
    dienstverband = Dienstverband(uuid4(), begin, Arbeidsduur(Decimal(36)), 55)
    return Loonkostensubsidie(uuid4(), uuid4(), BOXTEL, dienstverband)


def feiten(verjaardag: date, keuzes: Verjaardagskeuzes) -> Kandidaatfeiten:
    """Of someone who becomes 21: what intake tells of it, and no more than that."""
    geboren = verjaardag_in(verjaardag, verjaardag.year - 21)
    overgang = volgende_overgang(geboren, verjaardag - EEN_DAG)
    assert overgang is not None
    return Kandidaatfeiten(
        doelgroep=Doelgroep.PWET,
        leeftijdsgroep=Leeftijdsgroep.TWINTIG,
        overgangen=(Leeftijdsovergang(overgang.ingangsmaand, Leeftijdsgroep(overgang.groep)),),
        verjaardagskeuzes=keuzes,
    )


@pytest.mark.parametrize(
    ("verjaardag", "regel", "augustus", "september", "december", "januari", "februari"),
    [
        (date(2025, 8, 31), MAAND, OUD_2025, OUD_2025, OUD_2025, OUD_2026, OUD_2026),
        (date(2025, 9, 1), MAAND, JONG_2025, OUD_2025, OUD_2025, OUD_2026, OUD_2026),
        (date(2025, 9, 2), MAAND, JONG_2025, OUD_2025, OUD_2025, OUD_2026, OUD_2026),
        (date(2025, 12, 31), MAAND, JONG_2025, JONG_2025, OUD_2025, OUD_2026, OUD_2026),
        (date(2026, 1, 1), MAAND, JONG_2025, JONG_2025, JONG_2025, OUD_2026, OUD_2026),
        (date(2026, 1, 2), MAAND, JONG_2025, JONG_2025, JONG_2025, OUD_2026, OUD_2026),
        (date(2026, 2, 1), MAAND, JONG_2025, JONG_2025, JONG_2025, JONG_2026, OUD_2026),
        (date(2025, 8, 31), JAAR, JONG_2025, JONG_2025, JONG_2025, OUD_2026, OUD_2026),
        (date(2025, 9, 1), JAAR, JONG_2025, JONG_2025, JONG_2025, OUD_2026, OUD_2026),
        (date(2025, 9, 2), JAAR, JONG_2025, JONG_2025, JONG_2025, OUD_2026, OUD_2026),
        (date(2025, 12, 31), JAAR, JONG_2025, JONG_2025, JONG_2025, OUD_2026, OUD_2026),
        (date(2026, 1, 1), JAAR, JONG_2025, JONG_2025, JONG_2025, OUD_2026, OUD_2026),
        # Only the month is known, and it counts as a whole.
        (date(2026, 1, 2), JAAR, JONG_2025, JONG_2025, JONG_2025, OUD_2026, OUD_2026),
        (date(2026, 2, 1), JAAR, JONG_2025, JONG_2025, JONG_2025, JONG_2026, JONG_2026),
    ],
)
def test_een_verjaardag_op_voor_en_na_de_eerste_van_de_maand(
    verjaardag: date,
    regel: Verjaardagsregel,
    augustus: Decimal,
    september: Decimal,
    december: Decimal,
    januari: Decimal,
    februari: Decimal,
) -> None:
    wat = feiten(verjaardag, Verjaardagskeuzes(regel))
    toegekend = subsidie().beoordeeld(wat, date(2026, 6, 1)).toekenning(wat)
    for maand, bedrag in (
        (Maand(2025, 8), augustus),
        (Maand(2025, 9), september),
        (Maand(2025, 12), december),
        (Maand(2026, 1), januari),
        (Maand(2026, 2), februari),
    ):
        assert toegekend.maandbedrag(maand).bedrag == bedrag, maand


@pytest.mark.parametrize(
    ("begin", "regel"),
    [
        (date(2025, 6, 30), MAAND),
        (date(2025, 7, 1), JAAR),
        (date(2026, 12, 31), JAAR),
        (date(2027, 1, 1), MAAND),
    ],
)
def test_een_subsidie_houdt_de_regel_die_gold_toen_zij_begon(
    begin: date, regel: Verjaardagsregel
) -> None:
    keuzes = Verjaardagskeuzes(
        MAAND,
        (
            Verjaardagskeuze(BOXTEL, date(2027, 1, 1), MAAND),
            Verjaardagskeuze(BOXTEL, date(2025, 7, 1), JAAR),
            Verjaardagskeuze(VUGHT, date(2020, 1, 1), JAAR),
        ),
    )
    assert subsidie(begin).verjaardagsregel(feiten(date(2025, 9, 2), keuzes)) is regel


@pytest.mark.parametrize(
    ("verhuisd_op", "regel"), [(date(2025, 1, 2), MAAND), (date(2025, 1, 1), JAAR)]
)
def test_na_een_verhuizing_blijft_de_regel_die_van_de_gemeente_waar_zij_begon(
    verhuisd_op: date, regel: Verjaardagsregel
) -> None:
    keuzes = Verjaardagskeuzes(MAAND, (Verjaardagskeuze(VUGHT, date(2020, 1, 1), JAAR),))
    verhuisd = replace(
        feiten(date(2025, 9, 2), keuzes),
        gemeenten=(GemeenteVanaf(BOXTEL, date.min), GemeenteVanaf(VUGHT, verhuisd_op)),
    )
    bij_vught = replace(subsidie(), gemeentecode=VUGHT)
    assert bij_vught.verjaardagsregel(verhuisd) is regel


def test_de_berekening_zegt_welke_leeftijdsgroep_telt_en_volgens_welke_regel() -> None:
    wat = feiten(date(2025, 9, 2), Verjaardagskeuzes(JAAR))
    toegekend = subsidie().beoordeeld(wat, date(2025, 6, 1)).toekenning(wat)
    stap = toegekend.berekening_op(date(2025, 10, 1)).stappen[0]
    assert stap.omschrijving == (
        "Wettelijk minimumloon per maand, leeftijdsgroep 20; een volgende telt vanaf 1 januari na "
        "de verjaardag"
    )
    assert stap.grondslag.endswith("; over de verjaardag: keuze van het college")
    volwassen = replace(wat, leeftijdsgroep=Leeftijdsgroep.VOLWASSEN, overgangen=())
    zonder = subsidie().beoordeeld(volwassen, date(2025, 6, 1)).toekenning(volwassen)
    assert zonder.berekening_op(date(2025, 10, 1)).stappen[0].omschrijving == (
        "Wettelijk minimumloon per maand"
    )


def test_een_gemeente_kiest_van_een_dag_af_een_regel() -> None:
    keuze = Verjaardagskeuze(BOXTEL, BEGIN, JAAR)
    with pytest.raises(ValueError, match="een verjaardagsregel"):
        Verjaardagskeuzes(MAAND, (keuze, replace(keuze, regel=MAAND)))
