"""Two measurements beside each other: the stappen per domain, within and across versions.

A stap is one level of difference; up is more self-sufficient (bron 003 §3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.diagnose.domain.zrm import DOMEINEN, ZrmDomein, ZrmMeting, ZrmVersie


@dataclass(frozen=True, slots=True)
class Overgang:
    """What became of a domain of 2013 in 2017, and why levels in it compare or do not (Dutch)."""

    domein_2013: ZrmDomein
    domeinen_2017: tuple[ZrmDomein, ...]
    reden: str

    @property
    def vergelijkbaar(self) -> bool:
        """A domain that was split does not: no level of the whole is the level of a part."""
        return len(self.domeinen_2017) == 1


_BEIDE: Final = tuple(
    domein for domein in DOMEINEN[ZrmVersie.V2013] if domein in DOMEINEN[ZrmVersie.V2017]
)

OVERGANGEN: Final[tuple[Overgang, ...]] = (
    *(
        Overgang(domein, (domein,), "Het domein is in beide versies hetzelfde gebleven.")
        for domein in _BEIDE
    ),
    Overgang(
        ZrmDomein.VERSLAVING,
        (ZrmDomein.MIDDELENGEBRUIK,),
        "Verslaving heet sinds 2017 middelengebruik.",
    ),
    Overgang(
        ZrmDomein.DAGBESTEDING,
        (ZrmDomein.WERK_EN_OPLEIDING, ZrmDomein.TIJDSBESTEDING),
        "Dagbesteding is in 2017 gesplitst in werk en opleiding en tijdsbesteding.",
    ),
    Overgang(
        ZrmDomein.ADL,
        (ZrmDomein.BASALE_ADL, ZrmDomein.INSTRUMENTELE_ADL),
        "ADL is in 2017 gesplitst in basale en instrumentele ADL.",
    ),
)
"""From 2013 to 2017, every domain of both exactly once (domain-rules §6.1).

That verslaving became middelengebruik is inferred there from the lists of domains, not read in the
manual; likewise that a domain whose name stayed measures the same."""


@dataclass(frozen=True, slots=True)
class Vergelijkingsregel:
    """The level in one domain, at both measurements; across versions by its name of 2017."""

    domein: ZrmDomein
    niveau_eerder: int
    niveau_later: int

    @property
    def stappen(self) -> int:
        return self.niveau_later - self.niveau_eerder


@dataclass(frozen=True, slots=True)
class NietVergelijkbaar:
    """Domains that lie beside each other in the two versions without being the same (Dutch)."""

    eerder: tuple[ZrmDomein, ...]
    later: tuple[ZrmDomein, ...]
    reden: str


@dataclass(frozen=True, slots=True)
class ZrmVergelijking:
    """What changed from one measurement to another, in the order of the matrix."""

    regels: tuple[Vergelijkingsregel, ...]
    niet_vergelijkbaar: tuple[NietVergelijkbaar, ...]

    @property
    def stappen(self) -> Mapping[ZrmDomein, int]:
        """Per domain that compares: positive is more self-sufficient, -4 to 4."""
        return {regel.domein: regel.stappen for regel in self.regels}

    @property
    def totaal(self) -> int:
        """The stappen of all domains that compare, forward and back against each other."""
        return sum(self.stappen.values())


def vergelijk(eerder: ZrmMeting, later: ZrmMeting) -> ZrmVergelijking:
    """Compare any two measurements of one person; which was taken first makes no difference."""
    if eerder.versie is later.versie:
        paren = [(domein, domein, domein) for domein in DOMEINEN[eerder.versie]]
        anders: tuple[NietVergelijkbaar, ...] = ()
    else:
        van_2013 = eerder.versie is ZrmVersie.V2013
        paren = []
        for overgang in OVERGANGEN:
            if overgang.vergelijkbaar:
                [nieuw] = overgang.domeinen_2017
                oud = overgang.domein_2013
                paren.append((nieuw, oud, nieuw) if van_2013 else (nieuw, nieuw, oud))
        volgorde = DOMEINEN[ZrmVersie.V2017]
        paren.sort(key=lambda paar: volgorde.index(paar[0]))
        anders = tuple(
            NietVergelijkbaar(
                (overgang.domein_2013,) if van_2013 else overgang.domeinen_2017,
                overgang.domeinen_2017 if van_2013 else (overgang.domein_2013,),
                overgang.reden,
            )
            for overgang in OVERGANGEN
            if not overgang.vergelijkbaar
        )
    return ZrmVergelijking(
        tuple(
            Vergelijkingsregel(domein, eerder.niveau(was), later.niveau(is_nu))
            for domein, was, is_nu in paren
        ),
        anders,
    )
