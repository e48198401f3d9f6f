"""Jongeren in beeld: what each jongere does now and who helps, and the quick scan of a partner.

Sources: bron 000 §4.3 (16 up to 27 years, everyone in view, nobody at home without activity) and
its bijlage 3 §2 (tabel 4, who works together; tabel 5, the jongeren WSD guides).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.diagnose.domain.fouten import OngeldigBeeld, OngeldigeJongerenscan, Punt
from services.diagnose.domain.zrm import DOMEINEN, ZrmDomein, ZrmVersie

LEEFTIJDEN: Final = range(16, 27)
"""Of the target group, in whole years: from 16 up to 27 (bron 000 §4.3)."""


class Subgroep(StrEnum):
    """By which law or route a jongere is guided (bron 000, tabel 5)."""

    SW = "sw"
    P_WET = "p-wet"
    STAGE = "stage"


class Activiteit(StrEnum):
    """What a jongere does now (bron 000 §4.3, "Doel")."""

    SCHOLING = "scholing"
    ARBEIDSMARKTTOELEIDING = "arbeidsmarkttoeleiding"
    STAGE = "stage"
    WERK = "werk"
    DAGBESTEDING = "dagbesteding"
    GEEN = "geen"


class Partner(StrEnum):
    """Who works with jongeren (bron 000, tabel 4): a task of the gemeente, WSD, or another."""

    PARTICIPATIEWET = "participatiewet"
    LEERPLICHT = "leerplicht"
    JEUGDWET = "jeugdwet"
    RMC = "rmc"
    WMO = "wmo"
    WSD = "wsd"
    JONGERENWERK = "jongerenwerk"
    AMBULANT_JONGERENWERK = "ambulant-jongerenwerk"
    SCHOOL = "school"
    OVERIG = "overig"


@dataclass(frozen=True, slots=True)
class Beeld:
    """How it is with a jongere on one day; a later one takes its place.

    geboortedatum: None when it is not known, as of who is not in the BRP. begeleid_door: empty when
    nobody helps. toelichting: free text.
    """

    beeld_id: UUID
    gezien_op: date
    door: Partner
    subgroep: Subgroep
    activiteit: Activiteit
    begeleid_door: tuple[Partner, ...]
    geboortedatum: date | None
    toelichting: str = ""

    def controleer(self, vandaag: date) -> None:
        """Raises OngeldigBeeld with every fault at once."""
        punten = []
        if self.gezien_op > vandaag:
            punten.append(Punt("gezienOp", "in-de-toekomst", "Een beeld is van vandaag of eerder."))
        if len(set(self.begeleid_door)) < len(self.begeleid_door):
            punten.append(Punt("begeleidDoor", "dubbel", "Noem elke partner één keer."))
        if self.leeftijd(self.gezien_op) not in (None, *LEEFTIJDEN):
            punten.append(
                Punt(
                    "geboortedatum",
                    "buiten-doelgroep",
                    "Een jongere is op de dag van het beeld 16 tot en met 26 jaar.",
                )
            )
        if punten:
            raise OngeldigBeeld("Herstel de genoemde punten in het beeld.", punten=tuple(punten))

    def leeftijd(self, op: date) -> int | None:
        """In whole years; None when the birth date is not known.

        Who was born on 29 February has a birthday on 1 March in other years.
        """
        geboren = self.geboortedatum
        if geboren is None:
            return None
        return op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))

    def is_jongere(self, op: date) -> bool:
        """Still of the target group; so is who has no known birth date."""
        return self.leeftijd(op) in (None, *LEEFTIJDEN)


class Signaal(StrEnum):
    """What a partner saw in one leefgebied. No level of the ZRM: that takes a meting."""

    GAAT_GOED = "gaat-goed"
    AANDACHT = "aandacht"
    HULP_NODIG = "hulp-nodig"
    NIET_BESPROKEN = "niet-besproken"


@dataclass(frozen=True, slots=True)
class Leefgebied:
    """One line of a quick scan. toelichting: free text."""

    domein: ZrmDomein
    signaal: Signaal
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Jongerenscan:
    """The quick scan of a jongere: one sheet over all leefgebieden, the same for every partner.

    What the jongere wants and what to do next are free text. It follows the domains of the ZRM, so
    that a meting can go on from it; its form is ours: the sources only name the scan (bron 000 §4.2
    and bijlage 3 §2.2).
    """

    scan_id: UUID
    afgerond_op: date
    door: Partner
    leefgebieden: tuple[Leefgebied, ...]
    wens: str
    vervolg: str

    def controleer(self, vandaag: date) -> None:
        """Raises OngeldigeJongerenscan with every fault at once."""
        punten = []
        if self.afgerond_op > vandaag:
            punten.append(
                Punt("afgerondOp", "in-de-toekomst", "Een quick scan is van vandaag of eerder.")
            )
        aantal = Counter(gebied.domein for gebied in self.leefgebieden)
        punten += [
            Punt(
                "leefgebieden",
                "leefgebied-dubbel" if aantal[domein] else "leefgebied-ontbreekt",
                f"Vul het leefgebied {domein} één keer in; niet-besproken mag ook.",
            )
            for domein in DOMEINEN[ZrmVersie.V2017]
            if aantal[domein] != 1
        ]
        punten += [
            Punt("leefgebieden", "leefgebied-van-2013", f"Laat {gebied.domein} weg.")
            for gebied in self.leefgebieden
            if gebied.domein not in DOMEINEN[ZrmVersie.V2017]
        ]
        if all(gebied.signaal is Signaal.NIET_BESPROKEN for gebied in self.leefgebieden):
            punten.append(Punt("leefgebieden", "niets-besproken", "Bespreek iets."))
        if punten:
            raise OngeldigeJongerenscan(
                "Herstel de genoemde punten in de quick scan.", punten=tuple(punten)
            )


@dataclass(frozen=True, slots=True)
class BekendeJongere:
    """A jongere on a reference day, with the last beeld of that day or before; None without one."""

    gemeentecode: str
    beeld: Beeld | None


@dataclass(frozen=True, slots=True)
class Tabelregel:
    """The jongeren of one gemeente and subgroep that WSD guides: a line of tabel 5 of bron 000."""

    gemeentecode: str
    subgroep: Subgroep
    per_leeftijd: dict[int, int]
    leeftijd_onbekend: int

    @property
    def totaal(self) -> int:
        return sum(self.per_leeftijd.values()) + self.leeftijd_onbekend


@dataclass(frozen=True, slots=True)
class Stand:
    """How many jongeren of one gemeente are known, are in view, do something and are helped."""

    gemeentecode: str
    bekend: int
    in_beeld: int
    per_activiteit: dict[Activiteit, int]
    zonder_begeleiding: int

    @property
    def niet_in_beeld(self) -> int:
        return self.bekend - self.in_beeld


@dataclass(frozen=True, slots=True)
class Jongerenrapportage:
    """Who is in view and where they stand, on one day; by gemeente."""

    peildatum: date
    standen: tuple[Stand, ...]
    tabel: tuple[Tabelregel, ...]

    @property
    def totaal(self) -> int:
        """The jongeren WSD guides."""
        return sum(regel.totaal for regel in self.tabel)


def rapporteer(jongeren: Iterable[BekendeJongere], peildatum: date) -> Jongerenrapportage:
    """Count them. Who is no jongere any more on the day itself is left out."""
    per_gemeente: dict[str, list[Beeld | None]] = {}
    for jongere in jongeren:
        if jongere.beeld is None or jongere.beeld.is_jongere(peildatum):
            per_gemeente.setdefault(jongere.gemeentecode, []).append(jongere.beeld)
    standen, tabel = [], []
    for gemeentecode, alle in sorted(per_gemeente.items()):
        beelden = [beeld for beeld in alle if beeld is not None]
        standen.append(_stand(gemeentecode, len(alle), beelden))
        bij_wsd = [beeld for beeld in beelden if Partner.WSD in beeld.begeleid_door]
        if bij_wsd:
            tabel += [_regel(gemeentecode, soort, bij_wsd, peildatum) for soort in Subgroep]
    return Jongerenrapportage(peildatum, tuple(standen), tuple(tabel))


def _stand(gemeentecode: str, bekend: int, beelden: Collection[Beeld]) -> Stand:
    activiteiten = Counter(beeld.activiteit for beeld in beelden)
    return Stand(
        gemeentecode=gemeentecode,
        bekend=bekend,
        in_beeld=len(beelden),
        per_activiteit={activiteit: activiteiten[activiteit] for activiteit in Activiteit},
        zonder_begeleiding=sum(not beeld.begeleid_door for beeld in beelden),
    )


def _regel(
    gemeentecode: str, subgroep: Subgroep, beelden: Iterable[Beeld], peildatum: date
) -> Tabelregel:
    leeftijden = Counter(
        beeld.leeftijd(peildatum) for beeld in beelden if beeld.subgroep is subgroep
    )
    return Tabelregel(
        gemeentecode=gemeentecode,
        subgroep=subgroep,
        per_leeftijd={leeftijd: leeftijden[leeftijd] for leeftijd in LEEFTIJDEN},
        leeftijd_onbekend=leeftijden[None],
    )
