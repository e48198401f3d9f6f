"""De leeftijdsgroep van het minimumjeugdloon en wanneer zij verandert."""

from __future__ import annotations

from datetime import date

import pytest

from services.financiering.domain.fouten import OngeldigLeeftijdsverloop
from services.financiering.domain.leeftijdsgroep import (
    Leeftijdsgroep,
    Leeftijdsovergang,
    Leeftijdsverloop,
    Verjaardagsregel,
)

VERLOOP = Leeftijdsverloop(
    Leeftijdsgroep.NEGENTIEN,
    (
        Leeftijdsovergang(date(2025, 9, 17), Leeftijdsgroep.TWINTIG),
        Leeftijdsovergang(date(2026, 9, 17), Leeftijdsgroep.VOLWASSEN),
    ),
)


@pytest.mark.parametrize(
    ("regel", "laatste_dag_oud", "eerste_dag_nieuw"),
    [
        (Verjaardagsregel.VERJAARDAGSMAAND, date(2025, 8, 31), date(2025, 9, 1)),
        (Verjaardagsregel.JAARLIJKSE_HERZIENING, date(2025, 12, 31), date(2026, 1, 1)),
    ],
)
def test_de_nieuwe_groep_telt_vanaf_de_dag_die_het_college_koos(
    regel: Verjaardagsregel, laatste_dag_oud: date, eerste_dag_nieuw: date
) -> None:
    assert VERLOOP.groep_op(laatste_dag_oud, regel) is Leeftijdsgroep.NEGENTIEN
    assert VERLOOP.groep_op(eerste_dag_nieuw, regel) is Leeftijdsgroep.TWINTIG


def test_een_verjaardag_op_1_januari_telt_die_dag_mee_in_de_herziening() -> None:
    overgang = Leeftijdsovergang(date(2026, 1, 1), Leeftijdsgroep.TWINTIG)
    assert overgang.telt_vanaf(Verjaardagsregel.JAARLIJKSE_HERZIENING) == date(2026, 1, 1)


@pytest.mark.parametrize(
    "overgangen",
    [
        (Leeftijdsovergang(date(2025, 9, 1), Leeftijdsgroep.VOLWASSEN),),
        (Leeftijdsovergang(date(2025, 9, 1), Leeftijdsgroep.NEGENTIEN),),
        (
            Leeftijdsovergang(date(2025, 9, 1), Leeftijdsgroep.TWINTIG),
            Leeftijdsovergang(date(2025, 9, 1), Leeftijdsgroep.VOLWASSEN),
        ),
    ],
)
def test_overgangen_gaan_stap_voor_stap_en_op_volgorde(
    overgangen: tuple[Leeftijdsovergang, ...],
) -> None:
    with pytest.raises(OngeldigLeeftijdsverloop):
        Leeftijdsverloop(Leeftijdsgroep.NEGENTIEN, overgangen)
