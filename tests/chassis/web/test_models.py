"""Input is taken as strictly as the document says it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from chassis.web import Bedrag, Datum, Invoer, Tijdstip
from chassis.web.invalid_input import faults


class Klein(Invoer):
    aantal: int


class Groot(Invoer):
    eind_datum: Datum | None = None
    gestart_op: Tijdstip | None = None
    bedrag: Bedrag | None = None
    akkoord: bool = False
    delen: list[Klein] = []  # noqa: RUF012 - pydantic copies it


def read(value: Any) -> Groot:
    # As FastAPI does it: from parsed JSON.
    return TypeAdapter(Groot).validate_python(value)


def codes(value: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as error:
        read(value)
    return [(fout["pad"], fout["code"]) for fout in faults(error.value.errors())]


def test_names_are_camel_case_outside() -> None:
    assert read({"eindDatum": "2026-11-22"}).eind_datum == date(2026, 11, 22)
    assert codes({"eind_datum": "2026-11-22"}) == [("?", "onbekend-veld")]


@pytest.mark.parametrize(
    "value", ["20261122", "0", 0, "2026-02-30", "2026-11-22T00:00:00", "22-11-2026"]
)
def test_a_date_is_written_in_one_way(value: Any) -> None:
    assert codes({"eindDatum": value}) == [("eindDatum", "geen-datum")]


def test_a_moment_may_have_any_offset_and_is_utc_inside() -> None:
    moment = read({"gestartOp": "2026-11-22T12:30:00.5+02:00"}).gestart_op
    assert moment == datetime(2026, 11, 22, 10, 30, 0, 500_000, tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-22T12:30:00",
        "2026-11-22t12:30:00z",
        "2026-11-22 12:30:00Z",
        "2026-11-22T12:30:00-00:00",
        "0001-01-01T00:00:00+23:00",
        "1700000000",
        1700000000,
    ],
)
def test_a_moment_without_offset_or_in_another_form_is_refused(value: Any) -> None:
    assert codes({"gestartOp": value}) == [("gestartOp", "geen-tijdstip")]


def test_an_amount_is_text_with_at_most_two_decimals() -> None:
    assert read({"bedrag": "1234.50"}).bedrag == Decimal("1234.50")
    for value in (12.5, 12, "12,50", "1.234", "-1", "NaN", "1e3", "٣"):
        assert codes({"bedrag": value}) == [("bedrag", "geen-bedrag")]


def test_nothing_is_taken_for_what_it_is_not() -> None:
    assert codes({"akkoord": "yes"}) == [("akkoord", "geen-ja-nee")]
    assert codes({"akkoord": 1}) == [("akkoord", "geen-ja-nee")]
    for value in ("1", 1.5, True, None):
        assert codes({"delen": [{"aantal": 1}, {"aantal": value}]}) == [
            ("delen.1.aantal", "geen-geheel-getal")
        ]


def test_all_faults_are_found_at_every_depth() -> None:
    assert codes({"delen": [{"aantal": "x"}, {}, 3], "bedrag": 1, "meer": 1}) == [
        ("bedrag", "geen-bedrag"),
        ("delen.0.aantal", "geen-geheel-getal"),
        ("delen.1.aantal", "verplicht"),
        ("delen.2", "geen-object"),
        ("meer", "onbekend-veld"),
    ]


def test_a_model_can_also_be_made_in_code() -> None:
    assert Klein(aantal=3).aantal == 3


@pytest.mark.parametrize("value", [1, 1.0, 1e2])
def test_a_whole_number_may_be_written_with_decimals(value: Any) -> None:
    """In JSON, and so in the document, 1.0 is an integer."""
    assert read({"delen": [{"aantal": value}]}).delen[0].aantal == int(value)


@pytest.mark.parametrize("value", [1.5, "1", True, 1e400, float("nan")])
def test_a_number_that_is_not_whole_is_refused(value: Any) -> None:
    assert [pad for pad, _ in codes({"delen": [{"aantal": value}]})] == ["delen.0.aantal"]
