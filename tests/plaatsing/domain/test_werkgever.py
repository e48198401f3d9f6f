"""Een werkgever en zijn KvK-nummer."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.plaatsing.domain.fouten import OngeldigeWerkgever, OngeldigKvkNummer
from services.plaatsing.domain.werkgever import Werkgever, Werkgeversoort


def test_een_kvk_nummer_heeft_acht_cijfers_ook_met_nullen_vooraan() -> None:
    werkgever = Werkgever(UUID(int=1), "00123456", "Kringloop Boxtel")
    assert werkgever.kvk_nummer == "00123456"
    assert werkgever.soort is Werkgeversoort.REGULIER


@pytest.mark.parametrize(
    "nummer", ["", "1234567", "123456789", "1234 5678", "1234567a", "١٢٣٤٥٦٧٨", "12345678\n"]
)
def test_een_ander_nummer_wordt_geweigerd_en_niet_herhaald(nummer: str) -> None:
    with pytest.raises(OngeldigKvkNummer) as fout:
        Werkgever(UUID(int=1), nummer, "Kringloop Boxtel")
    assert not nummer or nummer not in fout.value.uitleg


def test_een_werkgever_heeft_een_naam() -> None:
    with pytest.raises(OngeldigeWerkgever):
        Werkgever(UUID(int=1), "12345678", " ")
