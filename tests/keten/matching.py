"""A profiel, and a voorstel to an employer, in the chain, with free text wherever there can be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Protocol

from contracts.plaatsing import VoorstelBeantwoord, VoorstelGedaan

ACCOUNT: Final = ("wsd", "accountmanager")
CONSULENT: Final = ("wsd", "trajectconsulent")
GEBEURTENISSEN: Final = (VoorstelGedaan, VoorstelBeantwoord)
"""What is said of a voorstel that is played to its end, in this order."""


class Doe(Protocol):
    """POST: an organisation, a role, a path and a body; gives the answer."""

    async def __call__(
        self,
        organisatie: str,
        rol: str,
        pad: str,
        body: Mapping[str, Any],
        /,
        *,
        if_match: str | None = None,
    ) -> Any: ...


def profiel(op: date, tekst: str = "Proef.") -> dict[str, Any]:
    """Fits werkplek()."""
    return {
        "urenVan": "12.00",
        "urenTot": "24.00",
        "groeitNaarUren": "32.00",
        "dagen": ["maandag", "dinsdag", "woensdag"],
        "beschikbaarVanaf": op.isoformat(),
        "begeleidingNodig": "geen",
        "reistVanuit": "Boxtel",
        "reistHoogstensKm": 30,
        "vervoer": "fiets",
        "wensen": ["logistiek"],
        "vaardigheden": ["samenwerken"],
        "leerdoelen": ["tempo-volhouden"],
        "nietMogelijk": ["zwaar-tillen"],
        "toelichting": tekst,
    }


def werkplek(werkgever_id: str) -> dict[str, Any]:
    return {
        "werkgeverId": werkgever_id,
        "werksoort": "logistiek",
        "functie": "Proeffunctie",
        "locatie": "Boxtel",
        "urenVan": "12",
        "urenTot": "36",
        "capaciteit": 2,
        "eisen": ["samenwerken"],
    }


async def leg_profiel_vast(doe: Doe, kandidaat_id: str, *, op: date, tekst: str = "Proef.") -> None:
    pad = f"/plaatsing/v1/kandidaten/{kandidaat_id}/profielen"
    await doe(*CONSULENT, pad, profiel(op, tekst), if_match="*")


async def stel_voor(doe: Doe, kandidaat_id: str, werkplek_id: str, *, op: date) -> str:
    """The number of the voorstel, which runs."""
    wat = {"kandidaatId": kandidaat_id, "werkplekId": werkplek_id, "begindatum": op.isoformat()}
    return str((await doe(*ACCOUNT, "/plaatsing/v1/voorstellen", wat))["voorstelId"])


async def speel(
    doe: Doe, kandidaat_id: str, kvk_nummer: str, *, op: date, tekst: str = "Proef."
) -> dict[str, str]:
    """A voorstel for a werkplek of its own, to which both say yes; the numbers, by their names."""
    werkgever = {"kvkNummer": kvk_nummer, "naam": "Werkgever van een voorstel"}
    bij = await doe(*ACCOUNT, "/plaatsing/v1/werkgevers", werkgever)
    plek = await doe(*ACCOUNT, "/plaatsing/v1/werkplekken", werkplek(bij["werkgeverId"]))
    await leg_profiel_vast(doe, kandidaat_id, op=op, tekst=tekst)
    voorstel_id = await stel_voor(doe, kandidaat_id, plek["werkplekId"], op=op)
    ja = {"akkoord": True, "beantwoordOp": op.isoformat()}
    pad = f"/plaatsing/v1/voorstellen/{voorstel_id}"
    await doe(*ACCOUNT, f"{pad}/werkgeversantwoorden", ja)
    await doe(*CONSULENT, f"{pad}/kandidaatantwoorden", ja)
    return {"voorstelId": voorstel_id, "werkplekId": plek["werkplekId"]}
