"""Who may do what in the local run: the roles of the chain with the scopes they get.

In a real deployment the authorization server of each organisation hands these out.
"""

from __future__ import annotations

from typing import Final

from chassis.tenancy import BEHEER, WSD
from services.intake import procesversies
from services.intake.bpmn import Procesdefinitie
from services.intake.gemeenten import gemeenten

_LEZEN: Final = (
    "diagnose.lezen",
    "financiering.lezen",
    "gebeurtenissen.lezen",
    "intake.lezen",
    "plaatsing.lezen",
)

_STAPPEN: Final = ("gebeurtenissen.lezen", "intake.lezen", "intake.schrijven")
"""Of who does steps of a process and nothing else."""

_ABONNEMENTEN: Final = ("abonnementen.beheren", "abonnementen.lezen")

_REKENEN: Final = ("financiering.lezen", "financiering.schrijven")
"""Of who steers on money: nothing of a kandidaat but what is paid."""

ROLLEN: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "gemeente": {
        "klantmanager": (
            *_LEZEN,
            "diagnose.schrijven",
            "financiering.schrijven",
            "intake.persoonsgegevens.lezen",
            "intake.schrijven",
            "plaatsing.schrijven",
        ),
        "backoffice": (*_LEZEN, *_ABONNEMENTEN, "financiering.schrijven"),
        "controller": _REKENEN,
    },
    "wsd": {
        "trajectconsulent": (
            *_LEZEN,
            "diagnose.schrijven",
            "intake.persoonsgegevens.lezen",
            "intake.schrijven",
            "plaatsing.schrijven",
        ),
        "planregisseur": (*_LEZEN, "diagnose.schrijven"),
        "loonwaardedeskundige": (*_LEZEN, "diagnose.schrijven"),
        "jobcoach": ("plaatsing.lezen", "plaatsing.schrijven"),
        "werkleider": ("plaatsing.lezen", "plaatsing.schrijven"),
        "accountmanager": (*_LEZEN, "plaatsing.schrijven"),
        "backoffice": (
            *_LEZEN,
            *_ABONNEMENTEN,
            "financiering.schrijven",
            "plaatsing.schrijven",
        ),
        "controller": _REKENEN,
    },
    "beheer": {
        "beheerder": (
            "diagnose.beheren",
            "financiering.beheren",
            "gebeurtenissen.beheren",
            "intake.beheren",
            "plaatsing.beheren",
        ),
    },
}


def rollen_van(organisatie: str) -> dict[str, tuple[str, ...]]:
    """The roles of an organisation (gemeentecode, ``wsd`` or ``beheer``), each with its scopes.

    With the roles that have steps in a process; none for a gemeente that nobody knows.
    """
    if organisatie == BEHEER:
        return ROLLEN[BEHEER]
    is_wsd = organisatie == WSD
    processen = _processen(organisatie)
    if not is_wsd and not processen:
        return {}
    van_stappen = {
        stap.rol: _STAPPEN
        for definitie in processen
        for stap in definitie.stappen.values()
        if stap.van_wsd == is_wsd
    }
    vast = ROLLEN[WSD if is_wsd else "gemeente"]
    return vast | {rol: scopes for rol, scopes in van_stappen.items() if rol not in vast}


def _processen(organisatie: str) -> list[Procesdefinitie]:
    """The processes in which an organisation has steps."""
    if organisatie == WSD:
        return procesversies.alle()
    return [procesversies.nieuwste(organisatie)] if organisatie in gemeenten().namen else []
