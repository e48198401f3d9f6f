"""A planregie in the chain, with one free text wherever there can be one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from contracts.diagnose import (
    DoelBehaald,
    PlanregieBeeindigd,
    PlanregieGestart,
    PlanregieVerlengd,
    RapportageBeschikbaar,
    RapportageGeaccordeerd,
    ZrmAfgenomen,
)
from deploy.klantreis.verloop import _DOMEINEN

PLANREGISSEUR: Final = ("wsd", "planregisseur")
GEBEURTENISSEN: Final = (
    PlanregieGestart,
    DoelBehaald,
    ZrmAfgenomen,
    RapportageBeschikbaar,
    RapportageGeaccordeerd,
    PlanregieVerlengd,
    PlanregieBeeindigd,
)
"""What is said of a planregie that is played to its end, in this order."""

Doe = Callable[[str, str, str, Mapping[str, Any]], Awaitable[Any]]
"""POST: an organisation, a role, a path and a body; gives the answer."""


async def begin(
    doe: Doe, gemeente: str, dossier_id: str, *, op: date, gemeten_op: date, tekst: str = "Proef."
) -> dict[str, str]:
    """Until there is a trajectplan of the day; the numbers of what there is, by their names."""
    dag = op.isoformat()
    dossier = f"/diagnose/v1/dossiers/{dossier_id}"

    async def voeg_toe(onderdeel: str, body: dict[str, Any]) -> Any:
        return await doe(*PLANREGISSEUR, f"{planregie}/{onderdeel}", body)

    aangemeld = await doe(gemeente, "klantmanager", f"{dossier}/planregies", {"aangemeldOp": dag})
    planregie = f"{dossier}/planregies/{aangemeld['planregieId']}"
    await voeg_toe("starts", {"gestartOp": dag})
    wat = {"domein": "sociaal-netwerk", "omschrijving": tekst, "gesteldOp": dag}
    behaald, doel = await voeg_toe("doelen", wat), await voeg_toe("doelen", wat)
    await voeg_toe(
        f"doelen/{behaald['doelId']}/uitkomsten",
        {"uitkomst": "behaald", "op": dag, "toelichting": tekst},
    )
    await voeg_toe("betrokkenen", {"soort": "sociaal-netwerk", "naam": tekst})
    await voeg_toe(
        "uren", {"medewerker": "PR-1", "functie": "planregisseur", "op": dag, "uren": "1.50"}
    )
    await doe(
        "wsd",
        "trajectconsulent",
        f"{dossier}/zrm-metingen",
        {
            "afgenomenOp": gemeten_op.isoformat(),
            "informatieVan": gemeten_op.isoformat(),
            "beoordelaar": "PR-1",
            "scores": [
                {"domein": d, "niveau": 3, "hulp": "nee", "toelichting": tekst} for d in _DOMEINEN
            ],
        },
    )
    plan = {"soort": "trajectplan", "samenvatting": tekst, "vervolg": tekst}
    rapportage = await voeg_toe("rapportages", plan)
    return {
        "planregieId": aangemeld["planregieId"],
        "doelId": doel["doelId"],
        "rapportageId": rapportage["rapportageId"],
    }


async def maak_af(
    doe: Doe,
    gemeente: str,
    dossier_id: str,
    ids: Mapping[str, str],
    *,
    op: date,
    tekst: str = "Proef.",
) -> None:
    """Both accord; then it is extended, and ends after all."""
    planregie = f"/diagnose/v1/dossiers/{dossier_id}/planregies/{ids['planregieId']}"
    akkoorden = f"{planregie}/rapportages/{ids['rapportageId']}/akkoorden"
    for organisatie, rol in (PLANREGISSEUR, (gemeente, "klantmanager")):
        await doe(organisatie, rol, akkoorden, {"medewerker": "M-1"})
    einde = (op + timedelta(days=300)).isoformat()
    verlenging = {"verlengdOp": op.isoformat(), "einddatum": einde, "reden": tekst}
    await doe(*PLANREGISSEUR, f"{planregie}/verlengingen", verlenging)
    beeindiging = {"beeindigdOp": op.isoformat(), "reden": "uitval", "toelichting": tekst}
    await doe(*PLANREGISSEUR, f"{planregie}/beeindigingen", beeindiging)
