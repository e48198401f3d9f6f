"""Rows of a file of aanmeldingen as they come in: JSON lines or CSV, each judged as a single POST.

A row is never repeated in what is said of it: it is full of personal data.
"""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from chassis.web.invalid_input import fault, faults, unstorable_text
from chassis.web.problems import OngeldigeInvoer, TeGroot
from contracts.bulk import BULK_REGELS
from services.intake.api.kandidaten import AanmeldingInvoer
from services.intake.domain.fouten import Punt
from services.intake.use_cases.meld_bulk_aan import Bulkregel

NDJSON: Final = "application/x-ndjson"
CSV: Final = "text/csv"

LANGSTE_REGEL: Final = 64 * 1024
"""Bytes. A single aanmelding with all fields filled to the brim is shorter."""

KOLOMMEN: Final[Mapping[str, tuple[str, ...]]] = {
    **{
        naam: (naam,)
        for naam in ("aangemeldOp", "instroomkanaal", "doelgroep", "instroomreden", "toelichting")
    },
    **{
        naam: ("persoon", naam)
        for naam in (
            "bsn",
            "voornamen",
            "voorvoegsel",
            "geslachtsnaam",
            "geboortedatum",
            "geslacht",
            "email",
            "telefoonnummer",
        )
    },
    **{
        naam: ("persoon", "adres", naam)
        for naam in ("straat", "huisnummer", "postcode", "woonplaats")
    },
}
"""The columns of a CSV file, in any order, and where each stands in the JSON of an aanmelding."""


async def lees_regels(chunks: AsyncIterator[bytes], mediatype: str) -> list[Bulkregel]:
    """All rows of a file; a row that is no aanmelding has faults in its place.

    Raises TeGroot for too many rows, OngeldigeInvoer for a file that cannot be read at all.
    """
    regels: list[Bulkregel] = []
    kolommen: _Kolommen | None = None
    async for nummer, record in _records(chunks, met_aanhalingstekens=mediatype == CSV):
        if mediatype == CSV and kolommen is None:
            kolommen = _Kolommen(record)
            continue
        if len(regels) == BULK_REGELS:
            raise TeGroot(f"Een bestand heeft ten hoogste {BULK_REGELS} regels. Splits het.")
        regels.append(_regel(nummer, record, kolommen))
    if not regels:
        raise OngeldigeInvoer(fault("body", "te-weinig", "Het bestand heeft geen regels."))
    return regels


async def _records(
    chunks: AsyncIterator[bytes], *, met_aanhalingstekens: bool
) -> AsyncIterator[tuple[int, bytes]]:
    """Numbered from 1, as a spreadsheet does; empty ones count in that but are left out.

    Between quotes (CSV) a line end is part of the row.
    """
    rest, gezocht, nummer = bytearray(), 0, 0
    record, tussen_aanhalingstekens = bytearray(), False
    async for chunk in chunks:
        rest += chunk
        begin = 0
        while (einde := rest.find(b"\n", max(begin, gezocht))) >= 0:
            regel = rest[begin : einde + 1]
            begin = gezocht = einde + 1
            record += regel
            if met_aanhalingstekens:
                tussen_aanhalingstekens ^= bool(regel.count(b'"') % 2)
            if not tussen_aanhalingstekens:
                nummer += 1
                if inhoud := _zonder_randen(record, nummer):
                    yield nummer, inhoud
                record.clear()
        del rest[:begin]
        gezocht = len(rest)
    if inhoud := _zonder_randen(record + rest, nummer + 1):
        yield nummer + 1, inhoud


def _zonder_randen(record: bytearray, nummer: int) -> bytes:
    zonder_bom = record.removeprefix(b"\xef\xbb\xbf") if nummer == 1 else record
    return bytes(zonder_bom.strip(b" \t\r\n"))


class _Kolommen:
    """The header row of a CSV file. Raises OngeldigeInvoer."""

    def __init__(self, kopregel: bytes) -> None:
        self._teken = ";" if b";" in kopregel else ","
        self._namen = [naam.strip() for naam in self.cellen(kopregel) or ()]
        if not self._namen or not set(self._namen) <= KOLOMMEN.keys():
            raise OngeldigeInvoer(
                fault(
                    "body",
                    "verkeerde-kopregel",
                    f"Begin met een kopregel in UTF-8. De kolommen zijn: {', '.join(KOLOMMEN)}.",
                )
            )
        if len(set(self._namen)) < len(self._namen):
            raise OngeldigeInvoer(
                fault("body", "verkeerde-kopregel", "Noem elke kolom in de kopregel één keer.")
            )

    def cellen(self, record: bytes) -> list[str] | None:
        """None when this is no row of CSV in UTF-8."""
        try:
            [cellen] = csv.reader([record.decode()], delimiter=self._teken, strict=True)
        except (UnicodeDecodeError, csv.Error, ValueError):
            return None
        return cellen

    def als_json(self, cellen: list[str]) -> dict[str, Any] | None:
        """The row as the JSON of a single POST; an empty cell is left out. None when too many."""
        if len(cellen) != len(self._namen):
            return None
        body: dict[str, Any] = {"persoon": {}}
        for naam, cel in zip(self._namen, cellen, strict=True):
            if cel:
                plek = body
                *daarboven, laatste = KOLOMMEN[naam]
                for deel in daarboven:
                    plek = plek.setdefault(deel, {})
                plek[laatste] = cel
        return body


def _regel(nummer: int, record: bytes, kolommen: _Kolommen | None) -> Bulkregel:
    if len(record) > LANGSTE_REGEL:
        return _fout(nummer, "te-lang", f"Een regel is ten hoogste {LANGSTE_REGEL} bytes.")
    if kolommen is not None:
        cellen = kolommen.cellen(record)
        if cellen is None:
            return _fout(nummer, "geen-csv", "Deze regel is geen geldige CSV in UTF-8.")
        body: object = kolommen.als_json(cellen)
        if body is None:
            return _fout(nummer, "verkeerd-aantal-kolommen", "Geef evenveel cellen als kolommen.")
    else:
        try:
            body = json.loads(record.decode())
        except (ValueError, RecursionError):
            return _fout(nummer, "geen-json", "Deze regel is geen geldige JSON in UTF-8.")
    return _beoordeeld(nummer, body)


def _beoordeeld(nummer: int, body: object) -> Bulkregel:
    """The same judgement, in the same words, as of the body of a single POST."""
    gevonden = []
    aanmelding = None
    try:
        aanmelding = AanmeldingInvoer.model_validate(body).naar_aanmelding()
    except ValidationError as error:
        gevonden = faults([{**fout, "loc": ("body", *fout["loc"])} for fout in error.errors()])
    gevonden += unstorable_text(body)
    if gevonden:
        return Bulkregel(nummer, None, tuple(Punt(**fout) for fout in gevonden))
    return Bulkregel(nummer, aanmelding)


def _fout(nummer: int, code: str, melding: str) -> Bulkregel:
    return Bulkregel(nummer, None, (Punt("body", code, melding),))
