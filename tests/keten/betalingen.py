"""Accounts and a payment run in the chain."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from tests.keten.planregie import Doe
from tests.keten.proefketen import VANDAAG

REKENING: Final = {"tenaamstelling": "Voorbeeld BV", "iban": "NL91ABNA0417164300"}


def betaalrun(maand: date, op: date) -> dict[str, Any]:
    return {
        "maand": maand.isoformat()[:7],
        "uitvoeringsdatum": op.isoformat(),
        "ookOnzeker": True,
    }


BETAALRUN: Final = betaalrun(VANDAAG, VANDAAG)


async def betaal(
    doe: Doe, gemeentecode: str, werkgever_id: str, run: dict[str, Any]
) -> dict[str, str]:
    """Both accounts, recorded and confirmed, and a run; their numbers, by their names."""
    ids = {}
    for pad in (
        "/financiering/v1/eigen-rekeningen",
        f"/financiering/v1/werkgevers/{werkgever_id}/rekeningen",
    ):
        rekening = await doe(gemeentecode, "backoffice", pad, REKENING)
        ids["rekeningId"] = rekening["rekeningId"]
        bevestigd = f"/financiering/v1/rekeningen/{ids['rekeningId']}/bevestigingen"
        await doe(gemeentecode, "controller", bevestigd, {})
    gedaan = await doe(gemeentecode, "backoffice", "/financiering/v1/betaalruns", run)
    return ids | {"betaalrunId": gedaan["betaalrunId"]}
