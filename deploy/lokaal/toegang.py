"""Who may do what in the local run: the roles of the chain with the scopes they get.

In a real deployment the authorization server of each organisation hands these out.
"""

from __future__ import annotations

from typing import Final

_LEZEN: Final = (
    "diagnose.lezen",
    "financiering.lezen",
    "gebeurtenissen.lezen",
    "intake.lezen",
    "plaatsing.lezen",
)

_ABONNEMENTEN: Final = ("abonnementen.beheren", "abonnementen.lezen")

ROLLEN: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "gemeente": {
        "klantmanager": (*_LEZEN, "intake.persoonsgegevens.lezen", "intake.schrijven"),
        "backoffice": (*_LEZEN, *_ABONNEMENTEN, "financiering.schrijven"),
    },
    "wsd": {
        "trajectconsulent": (
            *_LEZEN,
            "diagnose.schrijven",
            "intake.persoonsgegevens.lezen",
            "intake.schrijven",
            "plaatsing.schrijven",
        ),
        "loonwaardedeskundige": (*_LEZEN, "diagnose.schrijven"),
        "accountmanager": (*_LEZEN, "plaatsing.schrijven"),
        "backoffice": (
            *_LEZEN,
            *_ABONNEMENTEN,
            "financiering.schrijven",
            "plaatsing.schrijven",
        ),
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
    """The roles of an organisation (gemeentecode, ``wsd`` or ``beheer``), each with its scopes."""
    return ROLLEN.get(organisatie, ROLLEN["gemeente"])
