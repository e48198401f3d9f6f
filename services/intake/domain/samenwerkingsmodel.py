"""How each gemeente works together with WSD, and what follows for who decides and who buys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.intake.domain.fouten import OnbekendeGemeente

WSD = "wsd"
"""An organisatie is a gemeentecode of four digits, or this."""


class Samenwerkingsmodel(StrEnum):
    """The three models the gemeenten chose from (bron 001 §2.2)."""

    PARTICIPATIEBEDRIJF = "het-participatiebedrijf"
    KETENSAMENWERKING_3D = "3d-ketensamenwerking"
    CAFETARIA = "cafetariamodel"


@dataclass(frozen=True, slots=True)
class Samenwerkingsafspraak:
    """The model of one gemeente from a date.

    wsd_onder_mandaat: WSD may take the trajectbesluit in the name of the college.  That needs a
    mandate to a bestuursorgaan (art. 7 lid 4 Participatiewet), which the gemeenschappelijke
    regeling is.
    inkooporder_per_traject: a traject with WSD starts only after an order of the gemeente.
    """

    gemeentecode: str
    vanaf: date
    model: Samenwerkingsmodel
    bron: str
    onzeker: bool = False

    @property
    def wsd_onder_mandaat(self) -> bool:
        return self.model is Samenwerkingsmodel.PARTICIPATIEBEDRIJF

    @property
    def inkooporder_per_traject(self) -> bool:
        return self.model is Samenwerkingsmodel.CAFETARIA


_BEGIN = date(2017, 1, 1)
"""The choice is in the sources, its first day is not: the prototypes were drawn up late 2016."""
_BRON = "bron 001 §2.2 en bijlage 1 (keuze in het experiment; ingangsdatum niet genoemd)"

AFSPRAKEN: tuple[Samenwerkingsafspraak, ...] = tuple(
    Samenwerkingsafspraak(code, _BEGIN, model, _BRON, onzeker=True)
    for model, codes in {
        # Meierijstad
        Samenwerkingsmodel.PARTICIPATIEBEDRIJF: ("1948",),
        # Best, Boxtel, Nuenen, Oirschot, Oisterwijk, Sint-Michielsgestel, Son en Breugel
        Samenwerkingsmodel.KETENSAMENWERKING_3D: (
            "0753",
            "0757",
            "0820",
            "0823",
            "0824",
            "0845",
            "0848",
        ),
        # Vught
        Samenwerkingsmodel.CAFETARIA: ("0865",),
    }.items()
    for code in codes
)


def samenwerkingsafspraak(gemeentecode: str, op: date) -> Samenwerkingsafspraak:
    """The agreement in force on a day. Raises OnbekendeGemeente when there is none."""
    geldend = [a for a in AFSPRAKEN if a.gemeentecode == gemeentecode and a.vanaf <= op]
    if not geldend:
        raise OnbekendeGemeente(
            "Op deze datum is voor deze gemeente geen samenwerkingsmodel vastgelegd. "
            "Controleer de gemeentecode en de datum, of voeg de afspraak toe."
        )
    return max(geldend, key=lambda afspraak: afspraak.vanaf)


def mag_poortbesluit_nemen(gemeentecode: str, organisatie: str) -> bool:
    """Only the gemeente of the kandidaat decides at the gate, in every model (bron 000 §2.2)."""
    return organisatie == gemeentecode


def mag_trajectbesluit_nemen(gemeentecode: str, organisatie: str, op: date) -> bool:
    """May this organisatie decide which traject follows?

    The gemeente always may: who gives a mandate stays competent (art. 10:7 Awb).  WSD only where it
    has the mandate (art. 7 lid 4 Participatiewet).  Another gemeente never.
    """
    if organisatie == WSD:
        return samenwerkingsafspraak(gemeentecode, op).wsd_onder_mandaat
    return organisatie == gemeentecode


def inkooporder_nodig(gemeentecode: str, op: date) -> bool:
    """Must the gemeente place an inkooporder before a traject with WSD may start?"""
    return samenwerkingsafspraak(gemeentecode, op).inkooporder_per_traject
