"""How each gemeente works together with WSD, and what follows for who decides and who buys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.intake.domain.fouten import OnbekendeGemeente
from services.intake.domain.rechtsgrond import Besluitsoort

WSD = "wsd"
"""An organisatie is a gemeentecode of four digits, or this."""


class Samenwerkingsmodel(StrEnum):
    """The three models the gemeenten chose from (bron 001 §2.2), and none of them."""

    PARTICIPATIEBEDRIJF = "het-participatiebedrijf"
    KETENSAMENWERKING_3D = "3d-ketensamenwerking"
    CAFETARIA = "cafetariamodel"
    ZONDER_WSD = "zonder-wsd"
    """The gemeente runs the gate and the trajecten without WSD (bron 004)."""


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

    @property
    def met_wsd(self) -> bool:
        return self.model is not Samenwerkingsmodel.ZONDER_WSD

    def mag_besluiten(self, soort: Besluitsoort, organisatie: str) -> bool:
        """May this organisatie take this kind of besluit, or withdraw it?

        The gemeente always may: who gives a mandate stays competent (art. 10:7 Awb).  WSD only the
        trajectbesluit, where it has the mandate: all else decides on rights and duties, and that
        stays with the college (art. 7 lid 4 Participatiewet).  Another gemeente never.
        """
        if organisatie == WSD:
            return soort is Besluitsoort.TRAJECTBESLUIT and self.wsd_onder_mandaat
        return organisatie == self.gemeentecode

    def mag_regisseur_zijn(self, organisatie: str) -> bool:
        """May this organisatie have the regie? The gemeente; WSD where the uitvoeringsregie lies
        with it (bron 001 §2.2 and bijlage 1)."""
        if organisatie == WSD:
            return self.model is Samenwerkingsmodel.PARTICIPATIEBEDRIJF
        return organisatie == self.gemeentecode


@dataclass(frozen=True, slots=True)
class Samenwerkingsafspraken:
    """All agreements of all gemeenten; each holds from its date until the next of that gemeente."""

    alle: tuple[Samenwerkingsafspraak, ...]

    def geldend(self, gemeentecode: str, op: date) -> Samenwerkingsafspraak:
        """The agreement in force on a day. Raises OnbekendeGemeente when there is none."""
        geldend = [a for a in self.alle if a.gemeentecode == gemeentecode and a.vanaf <= op]
        if not geldend:
            raise OnbekendeGemeente(
                "Op deze datum is voor deze gemeente geen samenwerkingsmodel vastgelegd. "
                "Controleer de gemeentecode en de datum, of voeg de afspraak toe."
            )
        return max(geldend, key=lambda afspraak: afspraak.vanaf)
