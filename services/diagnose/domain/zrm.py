"""The Zelfredzaamheid-Matrix, of 2017 (thirteen domains) and 2013 (eleven): one measurement.

Names and rules: domain-rules §6.1-6.2.  The texts of the cells are copyright GGD Amsterdam and are
neither stored nor shown; only domain, level, help and the assessor's own explanation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.diagnose.domain.fouten import DatumPastNiet, OngeldigeZrm, Punt
from services.diagnose.domain.kalender import EEN_DAG, laatste_dag_na_maanden

HERHALING_MAANDEN: Final = 3
"""The next measurement is taken within a quarter (bron 003 §3)."""

OUDSTE_INFORMATIE_DAGEN = 30
"""The matrix measures the situation now: older information does not count."""


class ZrmVersie(StrEnum):
    """Which matrix was used."""

    V2017 = "2017"
    V2013 = "2013"


class ZrmDomein(StrEnum):
    """The domains of both versions; DOMEINEN says which a version has."""

    FINANCIEN = "financien"
    WERK_EN_OPLEIDING = "werk-en-opleiding"
    TIJDSBESTEDING = "tijdsbesteding"
    DAGBESTEDING = "dagbesteding"
    HUISVESTING = "huisvesting"
    HUISELIJKE_RELATIES = "huiselijke-relaties"
    GEESTELIJKE_GEZONDHEID = "geestelijke-gezondheid"
    LICHAMELIJKE_GEZONDHEID = "lichamelijke-gezondheid"
    MIDDELENGEBRUIK = "middelengebruik"
    VERSLAVING = "verslaving"
    BASALE_ADL = "basale-adl"
    INSTRUMENTELE_ADL = "instrumentele-adl"
    ADL = "adl"
    SOCIAAL_NETWERK = "sociaal-netwerk"
    MAATSCHAPPELIJKE_PARTICIPATIE = "maatschappelijke-participatie"
    JUSTITIE = "justitie"

    @property
    def naam(self) -> str:
        """As the matrix writes it."""
        return _NAMEN[self]


_NAMEN: Final[Mapping[ZrmDomein, str]] = {
    ZrmDomein.FINANCIEN: "Financiën",
    ZrmDomein.WERK_EN_OPLEIDING: "Werk en opleiding",
    ZrmDomein.TIJDSBESTEDING: "Tijdsbesteding",
    ZrmDomein.DAGBESTEDING: "Dagbesteding",
    ZrmDomein.HUISVESTING: "Huisvesting",
    ZrmDomein.HUISELIJKE_RELATIES: "Huiselijke relaties",
    ZrmDomein.GEESTELIJKE_GEZONDHEID: "Geestelijke gezondheid",
    ZrmDomein.LICHAMELIJKE_GEZONDHEID: "Lichamelijke gezondheid",
    ZrmDomein.MIDDELENGEBRUIK: "Middelengebruik",
    ZrmDomein.VERSLAVING: "Verslaving",
    ZrmDomein.BASALE_ADL: "Basale ADL",
    ZrmDomein.INSTRUMENTELE_ADL: "Instrumentele ADL",
    ZrmDomein.ADL: "ADL",
    ZrmDomein.SOCIAAL_NETWERK: "Sociaal netwerk",
    ZrmDomein.MAATSCHAPPELIJKE_PARTICIPATIE: "Maatschappelijke participatie",
    ZrmDomein.JUSTITIE: "Justitie",
}

_ALLEEN_2013: Final = frozenset({ZrmDomein.DAGBESTEDING, ZrmDomein.VERSLAVING, ZrmDomein.ADL})
_ALLEEN_2017: Final = frozenset(
    {
        ZrmDomein.WERK_EN_OPLEIDING,
        ZrmDomein.TIJDSBESTEDING,
        ZrmDomein.MIDDELENGEBRUIK,
        ZrmDomein.BASALE_ADL,
        ZrmDomein.INSTRUMENTELE_ADL,
    }
)

DOMEINEN: Final[Mapping[ZrmVersie, tuple[ZrmDomein, ...]]] = {
    ZrmVersie.V2017: tuple(domein for domein in ZrmDomein if domein not in _ALLEEN_2013),
    ZrmVersie.V2013: tuple(domein for domein in ZrmDomein if domein not in _ALLEEN_2017),
}
"""The domains of each version in the order of the matrix (domain-rules §6.1)."""


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
class Correctie:
    """Why a later version of a measurement took the place of an earlier one.

    reden is free text: it stays in this service.
    """

    gecorrigeerd_op: date
    reden: str


@dataclass(frozen=True, slots=True)
class ZrmMeting:
    """One complete measurement on one day, by one assessor.

    informatie_van: the day of the oldest information it rests on. metingversie: from 1; each
    correctie gives the measurement its next version, under the same meting_id.
    Raises OngeldigeZrm with every fault at once: a domain missing, double or of the other version,
    a level outside 1-5, information older than 30 days or from after the measurement.
    """

    meting_id: UUID
    afgenomen_op: date
    informatie_van: date
    beoordelaar: str
    scores: tuple[ZrmScore, ...]
    versie: ZrmVersie = ZrmVersie.V2017
    metingversie: int = 1
    correctie: Correctie | None = None

    def __post_init__(self) -> None:
        punten = (*self._punten_informatie(), *self._punten_scores())
        if punten:
            raise OngeldigeZrm("Herstel de genoemde punten in de meting.", punten=punten)

    def niveau(self, domein: ZrmDomein) -> int:
        """The level in one domain of its version."""
        return next(score.niveau for score in self.scores if score.domein is domein)

    @property
    def volgende_uiterlijk(self) -> date:
        """The last day to measure anew."""
        return herhaal_uiterlijk(self.afgenomen_op)

    def corrigeer(
        self,
        correctie: Correctie,
        *,
        informatie_van: date,
        beoordelaar: str,
        scores: tuple[ZrmScore, ...],
    ) -> ZrmMeting:
        """The next version of this measurement; its day and its matrix stay.

        Raises OngeldigeZrm (also when nothing differs), DatumPastNiet.
        """
        eerder = self.correctie.gecorrigeerd_op if self.correctie else self.afgenomen_op
        if correctie.gecorrigeerd_op < eerder:
            raise DatumPastNiet(
                f"De meting is van {eerder.isoformat()}. Corrigeer op die dag of een latere."
            )
        if (informatie_van, beoordelaar, scores) == (
            self.informatie_van,
            self.beoordelaar,
            self.scores,
        ):
            raise OngeldigeZrm(
                "Herstel de genoemde punten in de meting.",
                punten=(
                    Punt("scores", "niets-anders", "Geef de meting zoals zij had moeten zijn."),
                ),
            )
        return replace(
            self,
            informatie_van=informatie_van,
            beoordelaar=beoordelaar,
            scores=scores,
            metingversie=self.metingversie + 1,
            correctie=correctie,
        )

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
        punten = []
        for plek, score in enumerate(self.scores):
            if score.niveau not in NIVEAUS:
                punten.append(
                    Punt(f"scores.{plek}.niveau", "buiten-bereik", "Een niveau is 1, 2, 3, 4 of 5.")
                )
            if score.domein not in DOMEINEN[self.versie]:
                punten.append(
                    Punt(
                        f"scores.{plek}.domein",
                        "domein-van-andere-versie",
                        f"De ZRM van {self.versie} heeft geen domein {score.domein}.",
                    )
                )
        aantal = Counter(score.domein for score in self.scores)
        for domein in DOMEINEN[self.versie]:
            if aantal[domein] == 0:
                punten.append(
                    Punt("scores", "domein-ontbreekt", f"Vul ook het domein {domein} in.")
                )
            elif aantal[domein] > 1:
                punten.append(
                    Punt("scores", "domein-dubbel", f"Vul het domein {domein} één keer in.")
                )
        return punten


def herhaal_uiterlijk(afgenomen_op: date) -> date:
    """The last day to measure anew after a measurement on this day."""
    return laatste_dag_na_maanden(afgenomen_op + EEN_DAG, HERHALING_MAANDEN)
