"""Guidance on a placement in the chain, with one free text wherever there can be one."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from contracts.plaatsing import (
    AfwezigheidBeeindigd,
    AfwezigheidGemeld,
    BegeleidingAfgesproken,
    BegeleidingsurenGeboekt,
    WerkOntwikkelplanGeevalueerd,
    WerkOntwikkelplanVastgesteld,
)
from tests.keten.planregie import Doe

CONSULENT: Final = ("wsd", "trajectconsulent")
JOBCOACH: Final = ("wsd", "jobcoach")
WERKLEIDER: Final = ("wsd", "werkleider")
GEBEURTENISSEN: Final = (
    WerkOntwikkelplanVastgesteld,
    BegeleidingAfgesproken,
    BegeleidingsurenGeboekt,
    AfwezigheidGemeld,
    WerkOntwikkelplanGeevalueerd,
    AfwezigheidBeeindigd,
)
"""What is said of guidance that is played to its end, in this order."""


def plan(op: date, tekst: str = "Proef.") -> dict[str, Any]:
    return {
        "vastgesteldOp": op.isoformat(),
        "besprokenMet": ["kandidaat", "werkgever"],
        "profiel": tekst,
        "groei": tekst,
        "doel": tekst,
        "volgendeStap": tekst,
        "afspraken": [{"wie": "werkgever", "tekst": tekst, "metWerkgever": True}],
    }


def evaluatie(op: date, tekst: str = "Proef.") -> dict[str, Any]:
    return {
        "geevalueerdOp": op.isoformat(),
        "besprokenMet": ["kandidaat"],
        "uitkomst": "bijstellen",
        "toelichting": tekst,
    }


async def begin(doe: Doe, plaatsing_id: str, *, op: date, tekst: str = "Proef.") -> dict[str, str]:
    """A plan, a jobcoach with an hour booked, and an absence; their numbers, by their names."""
    dag, plaatsing = op.isoformat(), f"/plaatsing/v1/plaatsingen/{plaatsing_id}"
    gemaakt = await doe(*CONSULENT, f"{plaatsing}/werk-ontwikkelplannen", plan(op, tekst))
    begeleiding = await doe(
        *CONSULENT,
        f"{plaatsing}/begeleidingen",
        {"soort": "jobcoach", "vanaf": dag, "urenPerWeek": "2.50"},
    )
    boekingen = f"/plaatsing/v1/begeleidingen/{begeleiding['begeleidingId']}/boekingen"
    await doe(*JOBCOACH, boekingen, {"geboektVoor": dag, "uren": "1.00"})
    afwezigheid = await doe(*WERKLEIDER, f"{plaatsing}/afwezigheden", {"vanaf": dag})
    return {
        "planId": gemaakt["planId"],
        "begeleidingId": begeleiding["begeleidingId"],
        "afwezigheidId": afwezigheid["afwezigheidId"],
    }


async def maak_af(doe: Doe, ids: dict[str, str], *, op: date, tekst: str = "Proef.") -> None:
    """The plan is evaluated, and the kandidaat is back."""
    evaluaties = f"/plaatsing/v1/werk-ontwikkelplannen/{ids['planId']}/evaluaties"
    await doe(*JOBCOACH, evaluaties, evaluatie(op, tekst))
    terug = f"/plaatsing/v1/afwezigheden/{ids['afwezigheidId']}/beeindigingen"
    await doe(*WERKLEIDER, terug, {"laatsteDag": op.isoformat()})
