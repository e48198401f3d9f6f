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


def eis_beschikbaar(eigenaar: str, door: str) -> None:
    """A gemeente places on its own werkplekken and on those of WSD. Raises NietBevoegd.

    It sees others too: those of the kandidaten it got from another gemeente.
    """
    if WSD not in (eigenaar, door) and eigenaar != door:
        raise NietBevoegd(
            "Een andere gemeente beheert deze werkplek. Kies er een van uw gemeente of van WSD."
        )


def eis_eigenaar(eigenaar: str, door: str) -> None:
    """Werkplekken of a werkgever are recorded by who recorded the werkgever. Raises NietBevoegd."""
    if eigenaar != door:
        raise NietBevoegd(
            "Een andere organisatie beheert deze werkgever. Leg de werkgever zelf vast om er "
            "werkplekken bij te maken."
        )
