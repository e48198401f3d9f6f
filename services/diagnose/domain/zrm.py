"""The Zelfredzaamheid-Matrix 2017: one measurement of thirteen domains.

Names and rules: domain-rules §6.1-6.2.  The texts of the cells are copyright GGD Amsterdam and are
neither stored nor shown; only domain, level, help and the assessor's own explanation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from services.diagnose.domain.fouten import OngeldigeZrm, Punt

OUDSTE_INFORMATIE_DAGEN = 30
"""The matrix measures the situation now: older information does not count."""


class ZrmDomein(StrEnum):
    """The thirteen domains of the version of 2017."""

    FINANCIEN = "financien"
    WERK_EN_OPLEIDING = "werk-en-opleiding"
    TIJDSBESTEDING = "tijdsbesteding"
    HUISVESTING = "huisvesting"
    HUISELIJKE_RELATIES = "huiselijke-relaties"
    GEESTELIJKE_GEZONDHEID = "geestelijke-gezondheid"
    LICHAMELIJKE_GEZONDHEID = "lichamelijke-gezondheid"
    MIDDELENGEBRUIK = "middelengebruik"
    BASALE_ADL = "basale-adl"
    INSTRUMENTELE_ADL = "instrumentele-adl"
    SOCIAAL_NETWERK = "sociaal-netwerk"
    MAATSCHAPPELIJKE_PARTICIPATIE = "maatschappelijke-participatie"
    JUSTITIE = "justitie"


NIVEAUS: dict[int, str] = {
    1: "Acute problematiek",
    2: "Niet zelfredzaam",
    3: "Beperkt zelfredzaam",
    4: "Voldoende zelfredzaam",
    5: "Volledig zelfredzaam",
}


class HulpAanwezig(StrEnum):
    """Is there help in this domain?"""

    JA_FORMEEL = "ja-formeel"
    JA_INFORMEEL = "ja-informeel"
    NEE = "nee"


@dataclass(frozen=True, slots=True)
class ZrmScore:
    """Level 1-5 in one domain. toelichting is free text: it stays in this service."""

    domein: ZrmDomein
    niveau: int
    hulp: HulpAanwezig
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class ZrmMeting:
    """One complete measurement on one day, by one assessor.

    informatie_van: the day of the oldest information it rests on.
    Raises OngeldigeZrm with every fault at once: a domain missing or double, a level outside 1-5,
    information older than 30 days or from after the measurement.
    """

    versie: ClassVar[str] = "2017"

    meting_id: UUID
    afgenomen_op: date
    informatie_van: date
    beoordelaar: str
    scores: tuple[ZrmScore, ...]

    def __post_init__(self) -> None:
        punten = (*self._punten_informatie(), *self._punten_scores())
        if punten:
            raise OngeldigeZrm("Herstel de genoemde punten in de meting.", punten=punten)

    def niveau(self, domein: ZrmDomein) -> int:
        """The level in one domain."""
        return next(score.niveau for score in self.scores if score.domein is domein)

    def _punten_informatie(self) -> list[Punt]:
        dagen_oud = (self.afgenomen_op - self.informatie_van).days
        if dagen_oud < 0:
            return [Punt("informatieVan", "in-de-toekomst", "De informatie is van na de meting.")]
        if dagen_oud > OUDSTE_INFORMATIE_DAGEN:
            return [
                Punt(
                    "informatieVan",
                    "te-oud",
                    f"De informatie is ouder dan {OUDSTE_INFORMATIE_DAGEN} dagen; "
                    "spreek de inwoner opnieuw.",
                )
            ]
        return []

    def _punten_scores(self) -> list[Punt]:
        punten = [
            Punt(f"scores.{plek}.niveau", "buiten-bereik", "Een niveau is 1, 2, 3, 4 of 5.")
            for plek, score in enumerate(self.scores)
            if score.niveau not in NIVEAUS
        ]
        aantal = Counter(score.domein for score in self.scores)
        for domein in ZrmDomein:
            if aantal[domein] == 0:
                punten.append(
                    Punt("scores", "domein-ontbreekt", f"Vul ook het domein {domein} in.")
                )
            elif aantal[domein] > 1:
                punten.append(
                    Punt("scores", "domein-dubbel", f"Vul het domein {domein} één keer in.")
                )
        return punten


def stappen(eerder: ZrmMeting, later: ZrmMeting) -> dict[ZrmDomein, int]:
    """Steps per domain between two measurements: positive is more self-sufficient."""
    return {domein: later.niveau(domein) - eerder.niveau(domein) for domein in ZrmDomein}
