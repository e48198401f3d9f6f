"""Whether a kandidaat and a werkplek fit, how well, and why: in words that a consulent would use.

What certainly cannot be is excluded. What remains is ranked by the sum of the points below, each of
which is told with its reason. Nothing is weighed that is not in a Profiel or a Werkplek: no age,
sex, origin, doelgroep, loonwaarde or diagnosis. ``store/matching.py`` does the same in SQL, with
the same points, to search; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.plaatsing.domain.eisen import (
    Begeleidingsniveau,
    Belastingseis,
    Dag,
    belemmeringen,
    is_genoeg,
)
from services.plaatsing.domain.plaatsen import afstand, plaats
from services.plaatsing.domain.profiel import Profiel, Vervoer
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek
from services.plaatsing.domain.woorden import (
    BEGELEIDING,
    getal,
    in_woorden,
    opsomming,
    van_tot,
)

# -- the points, and why -------------------------------------------------------------------------
# They order what a consulent looks at first, and decide nothing. Their proportions are ours: no
# source gives any.

WENS: Final = 30
"""Who wants the work keeps it up: nothing weighs more."""
REGULIER: Final = 20
"""Preferably at a regular employer (bron 000 §2.2), so more than experience, less than a wish."""
ERVARING: Final = 15
"""In this line of work, which shows that it goes."""
VAARDIGHEID: Final = 5
"""For each demand of the work that the kandidaat is good at, up to HOOGSTENS_VAARDIGHEDEN: a long
list of demands does not make work fit better."""
HOOGSTENS_VAARDIGHEDEN: Final = 3
LEREN_MET_BEGELEIDING: Final = 10
"""The work asks what the kandidaat learns, with someone there each day: that is development."""
LEREN_ZONDER_BEGELEIDING: Final = -15
"""The same without: a foreseeable failure."""
GROEI_IN_UREN: Final = 10
"""There are as many hours as the kandidaat can grow to."""
MINDER_UREN: Final = -10
"""Fewer hours than the kandidaat can work: less income, and not all that they can."""
NIET_ALLE_DAGEN: Final = -5
"""The kandidaat cannot on some days of the work: to be arranged with the werkgever."""
MEER_BEGELEIDING: Final = -3
"""For each level of guidance more than needed: someone else needs that place."""
LASTIG_VERVOER: Final = -10
"""Early, late or at night, while the kandidaat depends on public transport."""
NABIJ: Final = 20
"""Next door, and one less for each kilometre, to none at 20."""
AFSTAND_ONBEKEND: Final = 10
"""As a place half way: what nobody knows neither helps nor harms."""

DAGELIJKS: Final = Begeleidingsniveau.DAGELIJKS
MOEILIJKE_TIJDEN: Final = frozenset(
    {Belastingseis.VROEGE_OF_LATE_DIENSTEN, Belastingseis.NACHTDIENSTEN}
)
LANGSTE_DIENST: Final = 12
"""Hours a day, art. 5:7 lid 2 Arbeidstijdenwet: with fewer days the hours certainly do not fit."""


class Criterium(StrEnum):
    """What a reason is about."""

    UITSTROOM = "uitstroom"
    DELEN = "delen"
    PERIODE = "periode"
    CAPACITEIT = "capaciteit"
    UREN = "uren"
    DAGEN = "dagen"
    AFSTAND = "afstand"
    BELASTING = "belasting"
    BEGELEIDING = "begeleiding"
    WENS = "wens"
    ERVARING = "ervaring"
    VAARDIGHEDEN = "vaardigheden"
    GROEI = "groei"
    WERKGEVER = "werkgever"
    VERVOER = "vervoer"


@dataclass(frozen=True, slots=True)
class Zoekende:
    """A kandidaat who looks for work."""

    kandidaat_id: UUID
    gemeentecode: str
    uitgestroomd_op: date | None
    profiel: Profiel


@dataclass(frozen=True, slots=True)
class Aanbod:
    """A werkplek with whose it is; its bezetting as of the day on which someone would begin."""

    werkplek: Werkplek
    eigenaar: str
    werkgeversoort: Werkgeversoort

    @property
    def dagen(self) -> frozenset[Dag]:
        """Days of the work; none where they are to be agreed."""
        return frozenset(werktijd.dag for werktijd in self.werkplek.werktijden)


@dataclass(frozen=True, slots=True)
class Reden:
    """Why something fits (voor) or not so well. punten: what it adds to the score. tekst: Dutch."""

    criterium: Criterium
    voor: bool
    punten: int
    tekst: str


@dataclass(frozen=True, slots=True)
class Match:
    """How a kandidaat and a werkplek fit. afstand_km: as the crow flies, None is not known.

    uitsluitingen: why it cannot be at all; redenen count only where there are none.
    """

    zoekende: Zoekende
    aanbod: Aanbod
    afstand_km: int | None
    uitsluitingen: tuple[Reden, ...]
    redenen: tuple[Reden, ...]

    @property
    def score(self) -> int:
        return sum(reden.punten for reden in self.redenen)


def beoordeel(zoekende: Zoekende, aanbod: Aanbod, op: date) -> Match:
    """op: the day on which the kandidaat would begin."""
    km = afstand(zoekende.profiel.reist_vanuit, plaats(aanbod.werkplek.locatie))
    return Match(
        zoekende,
        aanbod,
        km,
        tuple(_uitsluitingen(zoekende, aanbod, km, op)),
        tuple(_redenen(zoekende.profiel, aanbod, km)),
    )


def _uitsluitingen(zoekende: Zoekende, aanbod: Aanbod, km: int | None, op: date) -> Iterator[Reden]:
    def nee(criterium: Criterium, tekst: str) -> Reden:
        return Reden(criterium, False, 0, tekst)

    profiel, werkplek = zoekende.profiel, aanbod.werkplek
    if zoekende.uitgestroomd_op is not None and zoekende.uitgestroomd_op <= op:
        dag = zoekende.uitgestroomd_op.isoformat()
        yield nee(Criterium.UITSTROOM, f"De kandidaat is uitgestroomd op {dag}.")
    if not werkplek.gedeeld and aanbod.eigenaar != zoekende.gemeentecode:
        yield nee(
            Criterium.DELEN,
            "De gemeente die deze werkplek beheert houdt haar voor eigen kandidaten.",
        )
    if werkplek.vanaf is not None and op < werkplek.vanaf:
        yield nee(Criterium.PERIODE, f"Er is pas werk vanaf {werkplek.vanaf.isoformat()}.")
    if werkplek.tot_en_met is not None and werkplek.tot_en_met < op:
        dag = werkplek.tot_en_met.isoformat()
        yield nee(Criterium.PERIODE, f"Er was werk tot en met {dag}.")
    if op < profiel.beschikbaar_vanaf:
        dag = profiel.beschikbaar_vanaf.isoformat()
        yield nee(Criterium.PERIODE, f"De kandidaat kan pas beginnen op {dag}.")
    if werkplek.vrije_plaatsen == 0:
        yield nee(Criterium.CAPACITEIT, f"Op {op.isoformat()} is er geen plaats vrij.")
    if profiel.uren_van > werkplek.uren_tot or werkplek.uren_van > profiel.uren_tot:
        yield nee(
            Criterium.UREN,
            f"Het werk is voor {van_tot(werkplek.uren_van, werkplek.uren_tot)} uur per week; "
            f"de kandidaat kan {van_tot(profiel.uren_van, profiel.uren_tot)} uur.",
        )
    dagen = aanbod.dagen
    if dagen and LANGSTE_DIENST * len(dagen & profiel.dagen) < max(
        profiel.uren_van, werkplek.uren_van
    ):
        yield nee(
            Criterium.DAGEN,
            f"Er is werk op {opsomming(dagen)}; de kandidaat kan dan niet, of te kort.",
        )
    hoogstens = profiel.reist_hoogstens_km
    if km is not None and hoogstens is not None and km > hoogstens:
        yield nee(
            Criterium.AFSTAND,
            f"{werkplek.locatie.strip()} ligt ongeveer {km} km van {profiel.reist_vanuit}; "
            f"de kandidaat reist hoogstens {hoogstens} km.",
        )
    if kan_niet := belemmeringen(werkplek.eisen, profiel.niet_mogelijk):
        yield nee(
            Criterium.BELASTING,
            f"Het werk vraagt {opsomming(kan_niet)}; dat kan de kandidaat niet.",
        )
    if not is_genoeg(werkplek.begeleiding, profiel.begeleiding_nodig):
        yield nee(
            Criterium.BEGELEIDING,
            f"Er is {BEGELEIDING[werkplek.begeleiding]}; de kandidaat heeft "
            f"{BEGELEIDING[profiel.begeleiding_nodig]} nodig.",
        )


def _redenen(profiel: Profiel, aanbod: Aanbod, km: int | None) -> Iterator[Reden]:
    werkplek = aanbod.werkplek
    werksoort = in_woorden(werkplek.werksoort)
    if werkplek.werksoort in profiel.wensen:
        yield Reden(Criterium.WENS, True, WENS, f"Dit wil de kandidaat graag: {werksoort}.")
    elif profiel.wensen:
        yield Reden(
            Criterium.WENS,
            False,
            0,
            f"De kandidaat wil liever iets anders dan {werksoort}: {opsomming(profiel.wensen)}.",
        )
    if aanbod.werkgeversoort is Werkgeversoort.REGULIER:
        yield Reden(Criterium.WERKGEVER, True, REGULIER, "Het werk is bij een reguliere werkgever.")
    if werkplek.werksoort in profiel.ervaring:
        yield Reden(
            Criterium.ERVARING, True, ERVARING, f"De kandidaat heeft ervaring met {werksoort}."
        )
    if goed := werkplek.eisen & profiel.vaardigheden:
        yield Reden(
            Criterium.VAARDIGHEDEN,
            True,
            VAARDIGHEID * min(len(goed), HOOGSTENS_VAARDIGHEDEN),
            f"Het werk vraagt {opsomming(goed)}; daar is de kandidaat goed in.",
        )
    yield from _groei(profiel, werkplek)
    yield from _tijd(profiel, aanbod)
    yield from _begeleiding(profiel, werkplek)
    yield _reis(profiel, werkplek, km)
    if profiel.vervoer is Vervoer.OPENBAAR_VERVOER and werkplek.eisen & MOEILIJKE_TIJDEN:
        yield Reden(
            Criterium.VERVOER,
            False,
            LASTIG_VERVOER,
            f"Er zijn {opsomming(werkplek.eisen & MOEILIJKE_TIJDEN)}, en de kandidaat reist met "
            "het openbaar vervoer.",
        )


def _groei(profiel: Profiel, werkplek: Werkplek) -> Iterator[Reden]:
    if leert := werkplek.eisen & profiel.leerdoelen:
        wat = opsomming(leert)
        if is_genoeg(werkplek.begeleiding, DAGELIJKS):
            tekst = f"Hier kan de kandidaat {wat} leren, met elke dag iemand erbij."
            yield Reden(Criterium.GROEI, True, LEREN_MET_BEGELEIDING, tekst)
        else:
            tekst = f"Het werk vraagt {wat}; dat leert de kandidaat nog, en er is niet elke dag "
            tekst += "iemand bij."
            yield Reden(Criterium.GROEI, False, LEREN_ZONDER_BEGELEIDING, tekst)
    groei = profiel.groeit_naar_uren
    if groei is not None and groei <= werkplek.uren_tot:
        tekst = f"Er is ruimte om te groeien naar {getal(groei)} uur per week."
        yield Reden(Criterium.GROEI, True, GROEI_IN_UREN, tekst)


def _tijd(profiel: Profiel, aanbod: Aanbod) -> Iterator[Reden]:
    werkplek = aanbod.werkplek
    if werkplek.uren_tot < profiel.uren_tot:
        yield Reden(
            Criterium.UREN,
            False,
            MINDER_UREN,
            f"Er zijn hoogstens {getal(werkplek.uren_tot)} uur per week; de kandidaat kan er "
            f"{getal(profiel.uren_tot)}.",
        )
    else:
        uren = van_tot(max(profiel.uren_van, werkplek.uren_van), profiel.uren_tot)
        yield Reden(Criterium.UREN, True, 0, f"De uren passen: {uren} per week.")
    if niet := aanbod.dagen - profiel.dagen:
        yield Reden(
            Criterium.DAGEN,
            False,
            NIET_ALLE_DAGEN,
            f"Op {opsomming(niet)} kan de kandidaat niet; bespreek dat met de werkgever.",
        )


def _begeleiding(profiel: Profiel, werkplek: Werkplek) -> Iterator[Reden]:
    meer = werkplek.begeleiding.zwaarte - profiel.begeleiding_nodig.zwaarte
    geboden = BEGELEIDING[werkplek.begeleiding]
    if meer > 0:
        yield Reden(
            Criterium.BEGELEIDING,
            False,
            MEER_BEGELEIDING * meer,
            f"Er is {geboden}, meer dan de kandidaat nodig heeft; een ander kan die goed "
            "gebruiken.",
        )
    elif profiel.begeleiding_nodig is not Begeleidingsniveau.GEEN:
        tekst = f"Er is {geboden}, zoals de kandidaat nodig heeft."
        yield Reden(Criterium.BEGELEIDING, True, 0, tekst)


def _reis(profiel: Profiel, werkplek: Werkplek, km: int | None) -> Reden:
    waar = werkplek.locatie.strip()
    if km is None:
        tekst = (
            "In het profiel staat niet vanuit welke plaats de kandidaat reist"
            if profiel.reist_vanuit is None
            else f"Hoe ver {waar} is, is hier niet bekend"
        )
        return Reden(
            Criterium.AFSTAND, False, AFSTAND_ONBEKEND, f"{tekst}; ga na of de kandidaat er komt."
        )
    punten = max(NABIJ - km, 0)
    hoever = f"ongeveer {km} km van {profiel.reist_vanuit}, hemelsbreed"
    dichtbij = punten >= NABIJ // 2
    if plaats(waar) == profiel.reist_vanuit:
        tekst = f"Dichtbij: in {profiel.reist_vanuit} zelf."
    else:
        tekst = f"Dichtbij: {hoever}." if dichtbij else f"Niet dichtbij: {hoever}."
    return Reden(Criterium.AFSTAND, dichtbij, punten, tekst)
