"""What each kind of placement asks for and how long it may last, beside proefplaatsing and LKS.

Law: participatieplaats art. 10a, beschut werk art. 10b Participatiewet.  For detachering,
werkervaringsplaats, stage and the like the law has no bounds of its own (domain-rules.md §4.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from services.plaatsing.domain.einde import Plaatsingsoort

OverigePlaatsingsoort = Literal[
    Plaatsingsoort.BESCHUT_WERK,
    Plaatsingsoort.DETACHERING_INDIVIDUEEL,
    Plaatsingsoort.DETACHERING_GROEP,
    Plaatsingsoort.DETACHERING_DOORSTROOM,
    Plaatsingsoort.DETACHERING_BESCHUT,
    Plaatsingsoort.WERKERVARINGSPLAATS,
    Plaatsingsoort.WERKEN_MET_BEHOUD_VAN_UITKERING,
    Plaatsingsoort.PARTICIPATIEPLAATS,
    Plaatsingsoort.OAD,
    Plaatsingsoort.WERKACADEMIE,
    Plaatsingsoort.PLANREGIE,
    Plaatsingsoort.STAGE,
    Plaatsingsoort.VRIJWILLIGERSWERK,
    Plaatsingsoort.REGULIER,
]
"""The kinds without an event of their own."""


class Familie(StrEnum):
    """Kinds with the same course: what they need, how they go on and how they change."""

    DIENSTVERBAND = "dienstverband"
    """A paid job, open-ended or until an agreed day."""
    DETACHERING = "detachering"
    """Paid work at an inlener, for a tariff, for who is employed by WSD or gemeente."""
    ONBETAALD_WERK = "onbetaald-werk"
    """Work without wage, until an agreed day."""
    BEGELEIDING = "begeleiding"
    """A programme or voluntary work, that leaves room for another placement beside it."""


@dataclass(frozen=True, slots=True)
class Soortregel:
    """The bounds of one kind.

    langste, langste_verlengd: whole calendar months from the first day, at the start and with all
    extensions; None without bound, and then the end may be open.  kortste: months at least.
    werkplek: a place and hours there are needed.  bijstand: only with algemene bijstand.
    beschut: only with a besluit beschut werk.
    """

    familie: Familie
    artikel: str | None = None
    kortste: int | None = None
    langste: int | None = None
    langste_verlengd: int | None = None
    werkplek: bool = False
    bijstand: bool = False
    beschut: bool = False

    @property
    def open_einde_mag(self) -> bool:
        return self.langste is None

    @property
    def inlener(self) -> bool:
        """Another pays a tariff per hour for the work."""
        return self.familie is Familie.DETACHERING

    @property
    def betaald(self) -> bool:
        """There is a wage, and so a loonwaarde says something."""
        return self.familie in (Familie.DIENSTVERBAND, Familie.DETACHERING)


_DETACHERING: Final = Soortregel(Familie.DETACHERING, werkplek=True)
_BESCHUT: Final = "art. 10b Participatiewet"

PARTICIPATIEPLAATS_LANGSTE: Final = 24
"""Months (art. 10a Participatiewet)."""
PARTICIPATIEPLAATS_VERLENGING: Final = 12
"""Months that one extension adds at most; there can be two (art. 10a Participatiewet)."""
PARTICIPATIEPLAATS_VERLENGINGEN: Final = 2
OAD_KORTSTE: Final = 6
OAD_LANGSTE: Final = 12
"""Months (bron 000 §4.2)."""
WERKERVARING_LANGSTE: Final = 6
"""Months, extensions included, of a werkervaringsplaats and of werken met behoud van uitkering: no
law bounds them, so they get the bound of the proefplaats. Our own reading, until a verordening
says otherwise."""
STAGE_LANGSTE: Final = 12
"""Months: a school year. Our own bound."""

REGELS: Final[dict[Plaatsingsoort, Soortregel]] = {
    Plaatsingsoort.BESCHUT_WERK: Soortregel(
        Familie.DIENSTVERBAND, _BESCHUT, werkplek=True, beschut=True
    ),
    Plaatsingsoort.REGULIER: Soortregel(Familie.DIENSTVERBAND),
    Plaatsingsoort.DETACHERING_INDIVIDUEEL: _DETACHERING,
    Plaatsingsoort.DETACHERING_GROEP: _DETACHERING,
    Plaatsingsoort.DETACHERING_DOORSTROOM: _DETACHERING,
    Plaatsingsoort.DETACHERING_BESCHUT: Soortregel(
        Familie.DETACHERING, _BESCHUT, werkplek=True, beschut=True
    ),
    Plaatsingsoort.WERKERVARINGSPLAATS: Soortregel(
        Familie.ONBETAALD_WERK,
        langste=WERKERVARING_LANGSTE,
        langste_verlengd=WERKERVARING_LANGSTE,
        werkplek=True,
    ),
    Plaatsingsoort.WERKEN_MET_BEHOUD_VAN_UITKERING: Soortregel(
        Familie.ONBETAALD_WERK,
        langste=WERKERVARING_LANGSTE,
        langste_verlengd=WERKERVARING_LANGSTE,
        werkplek=True,
        bijstand=True,
    ),
    Plaatsingsoort.PARTICIPATIEPLAATS: Soortregel(
        Familie.ONBETAALD_WERK,
        "art. 10a Participatiewet",
        langste=PARTICIPATIEPLAATS_LANGSTE,
        langste_verlengd=PARTICIPATIEPLAATS_LANGSTE
        + PARTICIPATIEPLAATS_VERLENGINGEN * PARTICIPATIEPLAATS_VERLENGING,
        werkplek=True,
        bijstand=True,
    ),
    Plaatsingsoort.OAD: Soortregel(
        Familie.ONBETAALD_WERK,
        kortste=OAD_KORTSTE,
        langste=OAD_LANGSTE,
        langste_verlengd=OAD_LANGSTE,
    ),
    Plaatsingsoort.STAGE: Soortregel(
        Familie.ONBETAALD_WERK, langste=STAGE_LANGSTE, langste_verlengd=STAGE_LANGSTE
    ),
    Plaatsingsoort.WERKACADEMIE: Soortregel(Familie.BEGELEIDING),
    Plaatsingsoort.PLANREGIE: Soortregel(Familie.BEGELEIDING),
    Plaatsingsoort.VRIJWILLIGERSWERK: Soortregel(Familie.BEGELEIDING),
}
"""Of every kind without an event of its own."""
