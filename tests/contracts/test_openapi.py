"""Elke grens van een veld staat in de OpenAPI zoals JSON Schema haar noemt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

DOCUMENTEN: Final = sorted(Path(__file__).parents[2].glob("contracts/openapi/*.json"))
VAN_PYDANTIC: Final = {"ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length"}
"""What pydantic writes for a bound that it cannot place: no reader of JSON Schema knows it."""


def _plekken(deel: Any, pad: str = "#") -> Iterator[str]:
    match deel:
        case dict():
            yield from (f"{pad}/{naam}" for naam in deel.keys() & VAN_PYDANTIC)
            for naam, inhoud in deel.items():
                yield from _plekken(inhoud, f"{pad}/{naam}")
        case list():
            for nummer, inhoud in enumerate(deel):
                yield from _plekken(inhoud, f"{pad}/{nummer}")


@pytest.mark.parametrize("document", DOCUMENTEN, ids=lambda pad: pad.stem)
def test_elke_grens_heet_zoals_json_schema_haar_noemt(document: Path) -> None:
    assert list(_plekken(json.loads(document.read_text("utf-8")))) == []
