"""Who places: the organisation that executes the traject, and who placed also ends it.

Traject with WSD: WSD.  Without WSD: the gemeente itself (cafetariamodel, domain.md §3).
"""

from __future__ import annotations

from typing import Final

from services.plaatsing.domain.fouten import NietBevoegd
from services.plaatsing.domain.kandidaat import Trajectbesluit

WSD: Final = "wsd"


def eis_mag_plaatsen(traject: Trajectbesluit, door: str) -> None:
    """Raises NietBevoegd."""
    if traject.met_wsd and door != WSD:
        raise NietBevoegd("WSD voert dit traject uit en plaatst de kandidaat.")
    if not traject.met_wsd and door == WSD:
        raise NietBevoegd("De gemeente voert dit traject uit, zonder WSD, en plaatst zelf.")


def eis_zelf_geplaatst(geplaatst_door: str, door: str) -> None:
    """Raises NietBevoegd."""
    if geplaatst_door != door:
        raise NietBevoegd("Alleen wie de kandidaat plaatste, verlengt of beëindigt de plaatsing.")


def eis_begeleidt(geplaatst_door: str, door: str) -> None:
    """Who placed also guides, and keeps the werk-ontwikkelplan. Raises NietBevoegd."""
    if geplaatst_door != door:
        raise NietBevoegd(
            "Alleen wie de kandidaat plaatste, legt het werk-ontwikkelplan en de begeleiding vast."
        )


def eis_beschikbaar(eigenaar: str, gedeeld: bool, gemeentecode: str) -> None:
    """A kandidaat is placed where their gemeente shares, or on what it keeps for its own.

    eigenaar, gedeeld: of the werkplek; gemeentecode: of the kandidaat, whoever places. One can see
    more than that: WSD sees every werkplek, and a gemeente sees where the kandidaten work that it
    got from another. Raises NietBevoegd.
    """
    if not gedeeld and eigenaar != gemeentecode:
        raise NietBevoegd(
            "De gemeente die deze werkplek beheert houdt haar voor eigen kandidaten. Kies een "
            "gedeelde werkplek, een van WSD of een van de gemeente van de kandidaat."
        )


def eis_eigenaar(eigenaar: str, door: str) -> None:
    """A werkgever and its werkplekken are managed by who recorded it. Raises NietBevoegd."""
    if eigenaar != door:
        raise NietBevoegd(
            "Een andere organisatie beheert deze werkgever. Leg de werkgever zelf vast om er "
            "werkplekken en afspraken bij te maken."
        )


def eis_inzage_in_afspraken(eigenaar: str, door: str) -> None:
    """What was agreed is between the werkgever and who manages it; WSD sees all. NietBevoegd."""
    if door not in (eigenaar, WSD):
        raise NietBevoegd("Alleen wie de werkgever beheert en WSD zien de afspraken.")
