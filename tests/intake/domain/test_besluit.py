"""Een besluit: gemotiveerd, met rechtsgrond, bekendgemaakt en open voor bezwaar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.intake.domain.besluit import Beslisser, Besluit
from services.intake.domain.fouten import (
    BesluitAlBekendgemaakt,
    DatumPastNiet,
    MotiveringOntbreekt,
)
from services.intake.domain.rechtsgrond import Rechtsgrond

VANDAAG = date(2026, 4, 1)

BESLUIT = Besluit(
    besluit_id=UUID(int=1),
    genomen_op=date(2026, 3, 2),
    genomen_door=Beslisser("0757", "klantmanager"),
    motivering="De inwoner kan en wil werken.",
    rechtsgrond=Rechtsgrond.PW_10_4,
    ingangsdatum=date(2026, 3, 16),
)


@pytest.mark.parametrize("leeg", ["", "  ", "\n"])
def test_een_besluit_zonder_motivering_bestaat_niet(leeg: str) -> None:
    with pytest.raises(MotiveringOntbreekt) as fout:
        replace(BESLUIT, motivering=leeg)
    assert fout.value.artikel == "art. 3:46 en 3:47 Awb"


def test_de_bezwaartermijn_loopt_pas_vanaf_de_bekendmaking() -> None:
    assert BESLUIT.bezwaar_tot_en_met is None
    bekend = BESLUIT.maak_bekend(date(2026, 3, 3), VANDAAG)
    assert bekend.bezwaar_tot_en_met == date(2026, 4, 14)


def test_een_bezwaartermijn_die_op_koningsdag_eindigt_loopt_een_dag_door() -> None:
    bekend = BESLUIT.maak_bekend(date(2026, 3, 16), VANDAAG)
    assert bekend.bezwaar_tot_en_met == date(2026, 4, 28)


def test_bekendmaken_kan_een_keer_en_niet_voor_het_besluit() -> None:
    with pytest.raises(DatumPastNiet):
        BESLUIT.maak_bekend(date(2026, 3, 1), VANDAAG)
    with pytest.raises(BesluitAlBekendgemaakt):
        BESLUIT.maak_bekend(date(2026, 3, 2), VANDAAG).maak_bekend(date(2026, 3, 3), VANDAAG)
