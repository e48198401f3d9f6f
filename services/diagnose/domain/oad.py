"""OAD: ontwikkelingsgerichte arbeidsmatige dagbesteding, 6 to 12 months.

Source: bron 000 §4.2 (what it is, for whom, the goal of more than half to work) and bijlage 3 §1.1
(select on ontwikkelvermogen before the start; success is being at work 6-12 months after the end).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.diagnose.domain.fouten import DatumPastNiet, OadStapKanNiet, OngeldigeOad, Punt
from services.diagnose.domain.kalender import laatste_dag_na_maanden
from services.diagnose.domain.verleden import eis_gebeurd

MINSTE_MAANDEN = 6
MEESTE_MAANDEN = 12
VERVOLGMAANDEN: Final = (6, 12)
"""How many months after the end the question is asked (bron 000 bijlage 3)."""
MAANDEN_OM_TE_VRAGEN = 1
"""From the day on which the question can be asked until the term ends; our own choice."""


class Selectievraag(StrEnum):
    """What is asked before someone starts."""

    GEEN_DAGINVULLING = "geen-daginvulling"
    INDICATIE_DAGBESTEDING = "indicatie-dagbesteding"
    PRESTATIE = "prestatie"
    ONTWIKKELVERMOGEN = "ontwikkelvermogen"
    GEEN_ANDER_TRAJECT = "geen-ander-traject"
    PASSENDE_BEGELEIDING = "passende-begeleiding"
    EEN_REGISSEUR = "een-regisseur"
    TERUGVALOPTIE = "terugvaloptie"


VRAGEN: Final[Mapping[Selectievraag, str]] = {
    Selectievraag.GEEN_DAGINVULLING: "Heeft de inwoner nu geen passende daginvulling?",
    Selectievraag.INDICATIE_DAGBESTEDING: "Is er een indicatie voor dagbesteding, of is die "
    "aangevraagd en te verwachten?",
    Selectievraag.PRESTATIE: "Kan de inwoner, nu of later, op vaste tijden iets doen en een "
    "(kleine) prestatie leveren?",
    Selectievraag.ONTWIKKELVERMOGEN: "Kan de inwoner zich ontwikkelen richting werk?",
    Selectievraag.GEEN_ANDER_TRAJECT: "Begint de inwoner met OAD zonder eerst aan een ander "
    "traject te beginnen?",
    Selectievraag.PASSENDE_BEGELEIDING: "Is er een begeleider die hierin gespecialiseerd is?",
    Selectievraag.EEN_REGISSEUR: "Is er één regisseur voor het hele traject?",
    Selectievraag.TERUGVALOPTIE: "Kan de inwoner terug naar de oude situatie als OAD niet past?",
}
"""In words: the first three from bron 000 §4.2 (for whom), the others from bijlage 3 §1.1."""


class Selectieuitkomst(StrEnum):
    GESCHIKT = "geschikt"
    NIET_GESCHIKT = "niet-geschikt"


class Bestemming(StrEnum):
    """Where a deelnemer went at the end."""

    REGULIER_WERK = "regulier-werk"
    WERK_MET_LOONKOSTENSUBSIDIE = "werk-met-loonkostensubsidie"
    BESCHUT_WERK = "beschut-werk"
    VRIJWILLIGERSWERK = "vrijwilligerswerk"
    ANDERE_PARTICIPATIE = "andere-participatie"
    WMO = "wmo"
    VERHUISD = "verhuisd"
    OVERLEDEN = "overleden"
    ANDERS = "anders"


WERK: Final = frozenset(
    {Bestemming.REGULIER_WERK, Bestemming.WERK_MET_LOONKOSTENSUBSIDIE, Bestemming.BESCHUT_WERK}
)
"""Work, "al dan niet met loonkostensubsidie" (bron 000 §4.2)."""
NIET_TE_VRAGEN: Final = frozenset({Bestemming.VERHUISD, Bestemming.OVERLEDEN})
"""After these nobody is asked whether they work; they count as not at work (bron 000, bijlage 3:
of the 12 of Boxtel in 2018 two moved)."""


class Oadstatus(StrEnum):
    GESELECTEERD = "geselecteerd"
    NIET_GESCHIKT = "niet-geschikt"
    GESTART = "gestart"
    BEEINDIGD = "beeindigd"


@dataclass(frozen=True, slots=True)
class Antwoord:
    """On one question of the selection."""

    vraag: Selectievraag
    ja: bool
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Selectie:
    """The front selection. The professional decides; without ontwikkelvermogen nobody starts.

    Raises OngeldigeOad with every fault at once.
    """

    geselecteerd_op: date
    antwoorden: tuple[Antwoord, ...]
    uitkomst: Selectieuitkomst
    motivering: str

    def __post_init__(self) -> None:
        punten: list[Punt] = []
        keren = Counter(antwoord.vraag for antwoord in self.antwoorden)
        if any(keren[vraag] != 1 for vraag in Selectievraag):
            punten.append(
                Punt("antwoorden", "niet-volledig", "Beantwoord elke vraag precies een keer.")
            )
        geschikt = self.uitkomst is Selectieuitkomst.GESCHIKT
        if geschikt and not self.ja(Selectievraag.ONTWIKKELVERMOGEN):
            punten.append(
                Punt(
                    "uitkomst",
                    "geen-ontwikkelvermogen",
                    "OAD is voor wie zich kan ontwikkelen. Kies niet-geschikt.",
                )
            )
        if not self.motivering.strip():
            punten.append(Punt("motivering", "verplicht", "Motiveer de uitkomst."))
        if punten:
            raise OngeldigeOad("Herstel de genoemde punten in de selectie.", punten=tuple(punten))

    def ja(self, vraag: Selectievraag) -> bool:
        return any(antwoord.vraag is vraag and antwoord.ja for antwoord in self.antwoorden)


@dataclass(frozen=True, slots=True)
class Oadstart:
    """laatste_dag: as planned, 6 to 12 months after the first day.

    uren_per_week: of the deelnemer; OAD is billed by hours. Raises OngeldigeOad.
    """

    gestart_op: date
    laatste_dag: date
    uren_per_week: Decimal

    def __post_init__(self) -> None:
        punten: list[Punt] = []
        vroegst, laatst = (
            laatste_dag_na_maanden(self.gestart_op, maanden)
            for maanden in (MINSTE_MAANDEN, MEESTE_MAANDEN)
        )
        if not vroegst <= self.laatste_dag <= laatst:
            punten.append(
                Punt(
                    "laatsteDag",
                    "buiten-bereik",
                    f"Een traject duurt {MINSTE_MAANDEN} tot {MEESTE_MAANDEN} maanden: kies "
                    f"{vroegst.isoformat()} tot en met {laatst.isoformat()}.",
                )
            )
        if not 0 < self.uren_per_week <= 40:
            punten.append(
                Punt("urenPerWeek", "buiten-bereik", "Geef meer dan 0 en hoogstens 40 uren op.")
            )
        if punten:
            raise OngeldigeOad("Herstel de genoemde punten in de start.", punten=tuple(punten))


@dataclass(frozen=True, slots=True)
class Oadeinde:
    beeindigd_op: date
    bestemming: Bestemming
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Vervolgantwoord:
    """Is the deelnemer at work, so many months after the end?"""

    na_maanden: int
    beantwoord_op: date
    aan_het_werk: bool
    toelichting: str = ""


@dataclass(slots=True)
class Oad:
    """One OAD traject, from its selection on. Change it through its methods only."""

    oad_id: UUID
    selectie: Selectie
    start: Oadstart | None = None
    einde: Oadeinde | None = None
    vervolg: tuple[Vervolgantwoord, ...] = ()

    @property
    def status(self) -> Oadstatus:
        if self.einde is not None:
            return Oadstatus.BEEINDIGD
        if self.start is not None:
            return Oadstatus.GESTART
        geschikt = self.selectie.uitkomst is Selectieuitkomst.GESCHIKT
        return Oadstatus.GESELECTEERD if geschikt else Oadstatus.NIET_GESCHIKT

    @property
    def vragen(self) -> list[tuple[int, date, date]]:
        """Which follow-up questions there are: months after the end, from when, at the latest."""
        if self.einde is None or self.einde.bestemming in NIET_TE_VRAGEN:
            return []
        eerste_dag = self.einde.beeindigd_op + timedelta(days=1)
        return [
            (
                maanden,
                laatste_dag_na_maanden(eerste_dag, maanden),
                laatste_dag_na_maanden(eerste_dag, maanden + MAANDEN_OM_TE_VRAGEN),
            )
            for maanden in VERVOLGMAANDEN
        ]

    def begin(self, start: Oadstart, vandaag: date) -> None:
        """Raises OadStapKanNiet, DatumPastNiet, DatumInToekomst."""
        if self.status is not Oadstatus.GESELECTEERD:
            raise OadStapKanNiet("Start een traject een keer, na een selectie als geschikt.")
        eis_gebeurd(start.gestart_op, vandaag)
        _eis_niet_voor(start.gestart_op, self.selectie.geselecteerd_op)
        self.start = start

    def beeindig(self, einde: Oadeinde, vandaag: date) -> None:
        """Raises OadStapKanNiet, DatumPastNiet, DatumInToekomst."""
        if self.start is None or self.einde is not None:
            raise OadStapKanNiet("Beëindig een traject dat loopt.")
        eis_gebeurd(einde.beeindigd_op, vandaag)
        _eis_niet_voor(einde.beeindigd_op, self.start.gestart_op)
        self.einde = einde

    def beantwoord(self, antwoord: Vervolgantwoord, vandaag: date) -> None:
        """Raises OadStapKanNiet (too early too), DatumPastNiet, DatumInToekomst."""
        vanaf = {maanden: eerste for maanden, eerste, _ in self.vragen}
        if antwoord.na_maanden not in vanaf:
            raise OadStapKanNiet(
                "Deze vervolgvraag is er niet: het traject loopt nog, of de "
                "deelnemer is niet meer te vragen."
            )
        if any(eerder.na_maanden == antwoord.na_maanden for eerder in self.vervolg):
            raise OadStapKanNiet("Deze vervolgvraag is al beantwoord.")
        eerste_dag = vanaf[antwoord.na_maanden]
        if vandaag < eerste_dag:
            raise OadStapKanNiet(f"Deze vraag is te stellen vanaf {eerste_dag.isoformat()}.")
        eis_gebeurd(antwoord.beantwoord_op, vandaag)
        _eis_niet_voor(antwoord.beantwoord_op, eerste_dag)
        self.vervolg = (*self.vervolg, antwoord)

    def werk_na(self, maanden: int) -> bool | None:
        """At work, so many months after the end? None: not answered."""
        for antwoord in self.vervolg:
            if antwoord.na_maanden == maanden:
                return antwoord.aan_het_werk
        return None


def _eis_niet_voor(op: date, eerder: date) -> None:
    if op < eerder:
        raise DatumPastNiet(f"Kies {eerder.isoformat()} of een latere dag.")


@dataclass(frozen=True, slots=True)
class Oadregel:
    """What is counted of one traject that began."""

    beeindigd: bool
    bestemming: Bestemming | None
    werk_na_6: bool | None
    werk_na_12: bool | None

    @property
    def aan_het_werk(self) -> bool | None:
        """By the last answer; None as long as nobody asked who can be asked."""
        if self.bestemming in NIET_TE_VRAGEN:
            return False
        return self.werk_na_6 if self.werk_na_12 is None else self.werk_na_12


@dataclass(frozen=True, slots=True)
class Oadcijfers:
    """Of a group of deelnemers. per_bestemming: of the ended, zeros too.

    naar_werk and doorstroom: at the end; the goal is more than 50%. bekend: of how many it is known
    whether they were at work afterwards; nog_aan_het_werk and slaging: of those. Percentages are
    whole, half up, and None of nobody.
    """

    deelnemers: int
    lopend: int
    beeindigd: int
    per_bestemming: Mapping[Bestemming, int]
    naar_werk: int
    doorstroom: int | None
    bekend: int
    nog_aan_het_werk: int
    slaging: int | None


def tel(regels: Iterable[Oadregel]) -> Oadcijfers:
    """The success of OAD: still at work 6-12 months after the end (bron 000 bijlage 3 §1.1)."""
    alle = list(regels)
    beeindigd = [regel for regel in alle if regel.beeindigd]
    bestemmingen = Counter(regel.bestemming for regel in beeindigd)
    naar_werk = sum(bestemmingen[bestemming] for bestemming in WERK)
    bekend = [regel.aan_het_werk for regel in beeindigd if regel.aan_het_werk is not None]
    return Oadcijfers(
        deelnemers=len(alle),
        lopend=len(alle) - len(beeindigd),
        beeindigd=len(beeindigd),
        per_bestemming={bestemming: bestemmingen[bestemming] for bestemming in Bestemming},
        naar_werk=naar_werk,
        doorstroom=_procent(naar_werk, len(beeindigd)),
        bekend=len(bekend),
        nog_aan_het_werk=sum(bekend),
        slaging=_procent(sum(bekend), len(bekend)),
    )


def _procent(deel: int, geheel: int) -> int | None:
    if not geheel:
        return None
    return int((Decimal(100) * deel / geheel).quantize(Decimal(1), rounding=ROUND_HALF_UP))
