"""Who may do what with money between gemeente and WSD."""

from __future__ import annotations

from typing import Final

from services.financiering.domain.fouten import AlleenDoorWsd

WSD: Final = "wsd"


def eis_wsd(door: str) -> None:
    """WSD sets its prices and sends its facturen. Raises AlleenDoorWsd."""
    if door != WSD:
        raise AlleenDoorWsd("Vraag WSD om de prijs of de factuur.")
