"""What schemathesis must know of the chain that a schema cannot say."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any, Final

import schemathesis
from hypothesis import strategies

from deploy.klantreis.persoon import verzin_bsn
from gateway.gebeurtenissen.api import LONGEST_WAIT
from tests.schemathesis_hooks import map_headers

__all__ = ["map_headers"]

ZEGT_GEEN_SCHEMA: Final = {
    *("geen-bsn", "geen-iban", "geen-postcode", "onbekende-cursor", "verkeerd-bereik"),
    "loonwaarde-past-niet-bij-grondslag",
}
"""Codes of faults in what has the form that the document asks, by rules it has no words for."""

_toeval = Random(1)

_dagen = strategies.dates(date(2026, 8, 1), date(2026, 11, 20)) | strategies.dates(
    date(2000, 1, 1), date(2099, 12, 31)
)
_uitersten = strategies.sampled_from([date.min, date(1900, 2, 28), date(2100, 1, 1), date.max])
schemathesis.openapi.format("date", (_dagen | _dagen | _uitersten).map(date.isoformat))
"""Days near each other, so that they may well fit together, and the first and last there are."""


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Nobody has the time to wait for what does not come."""
    vraag: dict[str, Any] = case.query or {}
    wacht = str(vraag.get("wacht", ""))
    if wacht.isdecimal() and int(wacht) <= LONGEST_WAIT:
        vraag["wacht"] = 0


@schemathesis.hook
def map_body(_context: Any, body: Any) -> Any:
    """A BSN and an IBAN that could be one: what has the right form rarely passes the check."""
    if isinstance(body, dict) and isinstance(body.get("iban"), str) and len(body["iban"]) > 14:
        body["iban"] = "NL91ABNA0417164300"
    persoon = body.get("persoon") if isinstance(body, dict) else None
    if isinstance(persoon, dict):
        bsn = persoon.get("bsn")
        if isinstance(bsn, str) and 8 <= len(bsn) <= 11:
            persoon["bsn"] = verzin_bsn(_toeval)
        adres = persoon.get("adres")
        if isinstance(adres, dict):
            postcode = adres.get("postcode")
            if isinstance(postcode, str) and 6 <= len(postcode) <= 7:
                adres["postcode"] = "5281 AB"
    return body


@schemathesis.serializer("application/x-ndjson")
def ndjson(_context: Any, value: Any) -> bytes:
    """Lines as they are: the document describes them in words."""
    return str(value).encode(errors="replace")


@schemathesis.check
def een_goede_vorm_wordt_nooit_om_haar_vorm_geweigerd(_ctx: Any, response: Any, case: Any) -> None:
    """Data that the document allows may break a rule of the domain, never one of the schema."""
    if response.status_code != 400 or case.meta is None:
        return
    if case.media_type in ("text/csv", "application/x-ndjson"):
        return  # What a file must hold the document says in words.
    # A case that is called positive as a whole may yet have headers that are not.
    parts = (case.meta.generation, *case.meta.components.values())
    if not all(part.mode.is_positive for part in parts):
        return
    probleem = response.json()
    if probleem["code"] == "ongeldige-invoer":
        vreemd = [f for f in probleem["fouten"] if f["code"] not in ZEGT_GEEN_SCHEMA]
        assert not vreemd, f"geweigerd om de vorm: {vreemd}"
