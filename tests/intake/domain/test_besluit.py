"""Een besluit: gemotiveerd, met rechtsgrond, bekendgemaakt en open voor bezwaar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.intake.domain.besluit import Besluit
from services.intake.domain.fouten import (
    BesluitAlBekendgemaakt,
    DatumPastNiet,
    MotiveringOntbreekt,
    RechtsgrondOntbreekt,
)

BESLUIT = Besluit(
    besluit_id=UUID(int=1),
    genomen_op=date(2026, 3, 2),
    genomen_door="0757",
    motivering="De inwoner kan en wil werken.",
    rechtsgrond="art. 10 lid 4 Participatiewet",
    ingangsdatum=date(2026, 3, 16),
)


@pytest.mark.parametrize("leeg", ["", "  ", "\n"])
def test_een_besluit_zonder_motivering_of_rechtsgrond_bestaat_niet(leeg: str) -> None:
    with pytest.raises(MotiveringOntbreekt) as fout:
        replace(BESLUIT, motivering=leeg)
    assert fout.value.artikel == "art. 3:46 en 3:47 Awb"
    with pytest.raises(RechtsgrondOntbreekt):
        replace(BESLUIT, rechtsgrond=leeg)


def test_de_bezwaartermijn_loopt_pas_vanaf_de_bekendmaking() -> None:
    assert BESLUIT.bezwaar_tot_en_met is None
    bekend = BESLUIT.maak_bekend(date(2026, 3, 3))
    assert bekend.bezwaar_tot_en_met == date(2026, 4, 14)


def test_een_bezwaartermijn_die_op_koningsdag_eindigt_loopt_een_dag_door() -> None:
    bekend = BESLUIT.maak_bekend(date(2026, 3, 16))
    assert bekend.bezwaar_tot_en_met == date(2026, 4, 28)


def test_bekendmaken_kan_een_keer_en_niet_voor_het_besluit() -> None:
    with pytest.raises(DatumPastNiet):
        BESLUIT.maak_bekend(date(2026, 3, 1))
    with pytest.raises(BesluitAlBekendgemaakt):
        BESLUIT.maak_bekend(date(2026, 3, 2)).maak_bekend(date(2026, 3, 3))
