"""Every fault in the input, in Dutch, with what to do about it and without what was entered."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

Fout = Mapping[str, str]

_GENERAL: Final = ("ongeldig", "Deze waarde mag hier niet; zie de beschrijving van de API.")

# By pydantic's error type: our code and message.  A message may use the limits of the schema, never
# anything else of the error's context, because that holds pieces of the input.
_MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("verplicht", "Vul dit veld in."),
    "extra_forbidden": ("onbekend-veld", "Dit veld bestaat hier niet; laat het weg."),
    "string_type": ("geen-tekst", "Geef hier tekst op."),
    "string_unicode": ("onleesbare-tekst", "Deze tekst bevat tekens die niet bestaan."),
    "string_too_short": ("te-kort", "Geef ten minste {min_length} teken(s) op."),
    "string_too_long": ("te-lang", "Geef ten hoogste {max_length} tekens op."),
    "string_pattern_mismatch": ("verkeerde-vorm", "De vorm klopt niet; verwacht is {pattern}"),
    "int_type": ("geen-geheel-getal", "Geef hier een geheel getal op."),
    "int_parsing": ("geen-geheel-getal", "Geef hier een geheel getal op."),
    "int_parsing_size": ("te-groot", "Dit getal is te groot."),
    "int_from_float": ("geen-geheel-getal", "Geef hier een geheel getal op, zonder decimalen."),
    "float_type": ("geen-getal", "Geef hier een getal op."),
    "float_parsing": ("geen-getal", "Geef hier een getal op."),
    "finite_number": ("geen-getal", "Geef hier een eindig getal op."),
    "decimal_type": ("geen-getal", "Geef hier een getal op."),
    "decimal_parsing": ("geen-getal", "Geef hier een getal op."),
    "decimal_max_digits": ("te-veel-cijfers", "Geef ten hoogste {max_digits} cijfers op."),
    "decimal_max_places": ("te-veel-decimalen", "Geef ten hoogste {decimal_places} decimalen op."),
    "decimal_whole_digits": (
        "te-veel-cijfers",
        "Geef ten hoogste {whole_digits} cijfers vóór de komma op.",
    ),
    "greater_than": ("te-klein", "Geef een waarde groter dan {gt} op."),
    "greater_than_equal": ("te-klein", "Geef ten minste {ge} op."),
    "less_than": ("te-groot", "Geef een waarde kleiner dan {lt} op."),
    "less_than_equal": ("te-groot", "Geef ten hoogste {le} op."),
    "multiple_of": ("geen-veelvoud", "Geef een veelvoud van {multiple_of} op."),
    "bool_type": ("geen-ja-nee", "Geef hier true of false op."),
    "bool_parsing": ("geen-ja-nee", "Geef hier true of false op."),
    "date_type": ("geen-datum", "Geef een datum op als jjjj-mm-dd."),
    "date_parsing": ("geen-datum", "Geef een bestaande datum op als jjjj-mm-dd."),
    "date_from_datetime_parsing": ("geen-datum", "Geef een bestaande datum op als jjjj-mm-dd."),
    "date_from_datetime_inexact": ("geen-datum", "Geef een datum zonder tijd op als jjjj-mm-dd."),
    "date_past": ("niet-in-verleden", "Geef een datum in het verleden op."),
    "date_future": ("niet-in-toekomst", "Geef een datum in de toekomst op."),
    "datetime_type": ("geen-tijdstip", "Geef een tijdstip op als jjjj-mm-ddTuu:mm:ssZ."),
    "datetime_parsing": ("geen-tijdstip", "Geef een tijdstip op als jjjj-mm-ddTuu:mm:ssZ."),
    "datetime_from_date_parsing": (
        "geen-tijdstip",
        "Geef een tijdstip op als jjjj-mm-ddTuu:mm:ssZ.",
    ),
    "timezone_aware": ("geen-tijdzone", "Geef het tijdstip met tijdzone op, zoals Z of +01:00."),
    "time_type": ("geen-tijd", "Geef een tijd op als uu:mm:ss."),
    "time_parsing": ("geen-tijd", "Geef een tijd op als uu:mm:ss."),
    "uuid_type": ("geen-uuid", "Geef een UUID op."),
    "uuid_parsing": ("geen-uuid", "Geef een UUID op."),
    "enum": ("niet-in-lijst", "Kies uit: {expected}."),
    "literal_error": ("niet-in-lijst", "Kies uit: {expected}."),
    "list_type": ("geen-lijst", "Geef hier een lijst op."),
    "too_short": ("te-weinig", "Geef ten minste {min_length} waarde(n) op."),
    "too_long": ("te-veel", "Geef ten hoogste {max_length} waarden op."),
    "dict_type": ("geen-object", "Geef hier een object op."),
    "model_type": ("geen-object", "Geef hier een object op."),
    "model_attributes_type": ("geen-object", "Geef hier een object op."),
    "json_invalid": ("geen-json", "De body is geen geldige JSON."),
}
_LIMITS: Final = {
    *("min_length", "max_length", "pattern", "max_digits", "decimal_places", "whole_digits"),
    *("gt", "ge", "lt", "le", "multiple_of", "expected"),
}

READABLE_TEXT: Final = r"^[^\u0000]*$"
"""Pattern of text that can be stored, for the OpenAPI; surrogates cannot be in JSON in UTF-8."""

# Names in a path come from the caller when a field is unknown or a map has free keys.  Only what
# reads as a field name is repeated.
_FIELD_NAME: Final = re.compile(r"[A-Za-z-]{1,40}\d{0,2}", re.A)


class OngeldigeWaarde(ValueError):
    """Raise in a pydantic validator: a rule the schema cannot say, with its own code and message.

    `uitleg` is a fixed Dutch sentence that says what to do; it never holds the value.
    """

    def __init__(self, code: str, uitleg: str) -> None:
        super().__init__(code)
        self.code = code
        self.uitleg = uitleg


def faults(errors: Iterable[Mapping[str, Any]]) -> list[Fout]:
    """The validation errors of pydantic and FastAPI as ours."""
    return [
        fault(_path(error["loc"], error["type"]), *_code_and_message(error)) for error in errors
    ]


def fault(pad: str, code: str, melding: str) -> Fout:
    return {"pad": pad, "code": code, "melding": melding}


def unstorable_text(value: object, pad: str = "body") -> Iterator[Fout]:
    """Strings that are valid JSON but that no database or UTF-8 document can hold."""
    if isinstance(value, str):
        if not _is_storable(value):
            yield fault(
                pad, "onleesbare-tekst", "Verwijder de tekens die geen leesbare tekst zijn."
            )
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not _is_storable(key):
                yield fault(pad, "onleesbare-tekst", "Een naam in dit object is niet leesbaar.")
            yield from unstorable_text(inner, f"{pad}.{_name(key)}")
    elif isinstance(value, Sequence):
        for index, inner in enumerate(value):
            yield from unstorable_text(inner, f"{pad}.{index}")


def _is_storable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def _code_and_message(error: Mapping[str, Any]) -> tuple[str, str]:
    context = error.get("ctx") or {}
    cause = context.get("error")
    if isinstance(cause, OngeldigeWaarde):
        return cause.code, cause.uitleg
    code, template = _MESSAGES.get(error["type"], _GENERAL)
    limits = {name: str(value) for name, value in context.items() if name in _LIMITS}
    if "expected" in limits:
        limits["expected"] = limits["expected"].replace(" or ", " of ")
    try:
        return code, template.format_map(limits)
    except KeyError:
        return _GENERAL


def _path(loc: Sequence[str | int], error_type: str) -> str:
    if error_type == "json_invalid":
        return "body"
    return ".".join(_name(part) for part in loc)


def _name(part: str | int) -> str:
    if isinstance(part, int):
        return str(part)
    return part if _FIELD_NAME.fullmatch(part) else "?"
