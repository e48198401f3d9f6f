"""Beschikkingen on a loonkostensubsidie in the chain."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol


class DoeMetVersie(Protocol):
    """POST: an organisation, a role, a path and a body; gives the answer."""

    async def __call__(
        self,
        organisatie: str,
        rol: str,
        pad: str,
        body: dict[str, Any],
        /,
        *,
        if_match: str | None = None,
    ) -> Any: ...


def beschikking(soort: str, op: date, **meer: str) -> dict[str, str]:
    return {
        "soort": soort,
        "motivering": "Volgt uit de berekening.",
        "bekendgemaaktOp": op.isoformat(),
        **meer,
    }


async def ken_toe(doe: DoeMetVersie, gemeentecode: str, lks_id: str, op: date) -> str:
    """The college grants a subsidy; the number of the beschikking."""
    gegeven = await doe(
        gemeentecode,
        "klantmanager",
        f"/financiering/v1/loonkostensubsidies/{lks_id}/lks-beschikkingen",
        beschikking("toekenning", op),
        if_match="*",
    )
    return str(gegeven["beschikkingId"])
