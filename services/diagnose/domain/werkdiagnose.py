"""Werkdiagnose: work as the instrument of diagnosis, three months at a location of WSD.

Source: bron 000 §3.3 (MijnWerkDichtbij): at most three months, six when extended; consulent WSD and
consulent of the gemeente go through it together and share the responsibility.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.diagnose.domain.fouten import (
    DatumPastNiet,
    EigenVoorstel,
    GeenVoorstel,
    OngeldigeWerkdiagnose,
    Punt,
    WerkdiagnosestapKanNiet,
)
from services.diagnose.domain.kalender import laatste_dag_na_maanden
from services.diagnose.domain.verleden import eis_gebeurd

MAANDEN = 3
MEESTE_MAANDEN = 6


class Partij(StrEnum):
    """The two that do it together."""

    GEMEENTE = "gemeente"
    WSD = "wsd"


class Werksoort(StrEnum):
    """What is worked at (bron 000 tabel 2)."""

    PRODUCTIE = "productie"
    LOGISTIEK = "logistiek"
    OPENBARE_RUIMTE = "openbare-ruimte"
    KRINGLOOP = "kringloop"


class Stapsoort(StrEnum):
    """What needs both consulenten."""

    START = "start"
    VERLENGING = "verlenging"
    EINDDIAGNOSE = "einddiagnose"


class Stopreden(StrEnum):
    """Why it did not begin, or ended without an end diagnosis (bron 000 §3.3)."""

    ANDER_REINTEGRATIETRAJECT = "ander-reintegratietraject"
    GEEN_UITKERING = "geen-uitkering"
    REGULIER_UITGESTROOMD = "regulier-uitgestroomd"
    ANDERS = "anders"


class Werkdiagnosestatus(StrEnum):
    AANGEMELD = "aangemeld"
    GESTART = "gestart"
    AFGEROND = "afgerond"
    """With an end diagnosis."""
    GESTOPT = "gestopt"
    """Began, and ended without one."""
    NIET_GESTART = "niet-gestart"


@dataclass(frozen=True, slots=True)
class Consulent:
    """Who speaks for a party, and on which day. naam: of a professional, as they sign.

    Raises OngeldigeWerkdiagnose.
    """

    partij: Partij
    naam: str
    op: date

    def __post_init__(self) -> None:
        if not self.naam.strip():
            raise OngeldigeWerkdiagnose(
                "Herstel het genoemde punt.",
                punten=(Punt("consulent", "verplicht", "Noem de consulent."),),
            )


@dataclass(frozen=True, slots=True)
class Stap:
    """A step as one party proposes it; it is taken when the other agrees.

    datum: of a start the first day, of a verlenging the new last day, of an einddiagnose none.
    tekst: the reason of a verlenging, the conclusion of an einddiagnose.
    Raises OngeldigeWerkdiagnose with every fault at once.
    """

    soort: Stapsoort
    voorgesteld: Consulent
    datum: date | None = None
    tekst: str = ""
    akkoord: Consulent | None = None

    def __post_init__(self) -> None:
        punten: list[Punt] = []
        if (self.datum is None) != (self.soort is Stapsoort.EINDDIAGNOSE):
            punten.append(
                Punt(
                    "datum",
                    "past-niet-bij-soort",
                    "Geef bij een start de eerste dag, bij een verlenging de nieuwe laatste dag en "
                    "bij een einddiagnose geen datum.",
                )
            )
        if self.soort is not Stapsoort.START and not self.tekst.strip():
            punten.append(
                Punt(
                    "tekst",
                    "verplicht",
                    "Geef de reden van de verlenging, of de conclusie van de einddiagnose.",
                )
            )
        if punten:
            raise OngeldigeWerkdiagnose(
                "Herstel de genoemde punten in het voorstel.", punten=tuple(punten)
            )


@dataclass(frozen=True, slots=True)
class Observatie:
    """What a consulent saw at work."""

    door: Consulent
    tekst: str


@dataclass(frozen=True, slots=True)
class Stop:
    """It did not begin, or ended without an end diagnosis; a fact, that either party records."""

    reden: Stopreden
    door: Consulent
    toelichting: str = ""


@dataclass(slots=True)
class Werkdiagnose:
    """One werkdiagnose. Change it through its methods only.

    bestaande_klant: was known to the gemeente before this aanmelding.  geplande_start: where it is
    known that the kandidaat begins later.  locatie: of WSD.  stappen: all that was proposed, the
    oldest first; only the last can still be waiting for the other party.
    """

    werkdiagnose_id: UUID
    aangemeld_op: date
    bestaande_klant: bool
    locatie: str
    werksoort: Werksoort
    geplande_start: date | None = None
    stappen: tuple[Stap, ...] = ()
    observaties: tuple[Observatie, ...] = ()
    gestopt: Stop | None = None

    @property
    def status(self) -> Werkdiagnosestatus:
        if self.gestopt is not None:
            begonnen = self.gestart_op is not None
            return Werkdiagnosestatus.GESTOPT if begonnen else Werkdiagnosestatus.NIET_GESTART
        if self.afgerond_op is not None:
            return Werkdiagnosestatus.AFGEROND
        if self.gestart_op is not None:
            return Werkdiagnosestatus.GESTART
        return Werkdiagnosestatus.AANGEMELD

    @property
    def voorstel(self) -> Stap | None:
        """What waits for the other party."""
        is_open = self.gestopt is None and self.stappen and self.stappen[-1].akkoord is None
        return self.stappen[-1] if is_open else None

    @property
    def gestart_op(self) -> date | None:
        start = self._genomen(Stapsoort.START)
        return start.datum if start else None

    @property
    def laatste_dag(self) -> date | None:
        """By when the end diagnosis must be there; None before the start."""
        verlenging = self._genomen(Stapsoort.VERLENGING)
        if verlenging is not None:
            return verlenging.datum
        return laatste_dag_na_maanden(self.gestart_op, MAANDEN) if self.gestart_op else None

    @property
    def looptijd(self) -> tuple[date, date]:
        """First day, and the last as it is now. Raises LookupError before the start."""
        if self.gestart_op is None or self.laatste_dag is None:
            raise LookupError("the werkdiagnose has not started")
        return self.gestart_op, self.laatste_dag

    @property
    def afgerond_op(self) -> date | None:
        """The day on which both agreed with the end diagnosis, or on which it stopped."""
        if self.gestopt is not None:
            return self.gestopt.door.op if self.gestart_op else None
        einde = self._genomen(Stapsoort.EINDDIAGNOSE)
        return einde.akkoord.op if einde and einde.akkoord else None

    @property
    def open(self) -> bool:
        return self.status in (Werkdiagnosestatus.AANGEMELD, Werkdiagnosestatus.GESTART)

    def stel_voor(self, stap: Stap, vandaag: date) -> None:
        """One party proposes a step; it takes the place of a proposal that still waits.

        Raises WerkdiagnosestapKanNiet, DatumPastNiet, DatumInToekomst.
        """
        self._eis_mogelijk(stap, stap.voorgesteld.op, vandaag)
        self.stappen = (*self.stappen, stap)

    def stem_in(self, door: Consulent, vandaag: date) -> Stap:
        """The other party agrees: the step is taken. Gives that step.

        Raises GeenVoorstel, EigenVoorstel, WerkdiagnosestapKanNiet, DatumPastNiet, DatumInToekomst.
        """
        stap = self.voorstel
        if stap is None:
            raise GeenVoorstel("Doe zelf een voorstel, of wacht op dat van de ander.")
        if stap.voorgesteld.partij is door.partij:
            raise EigenVoorstel("Een stap geldt pas als de consulent van de ander instemt.")
        if door.op < stap.voorgesteld.op:
            raise DatumPastNiet(f"Het voorstel is van {stap.voorgesteld.op.isoformat()}.")
        self._eis_mogelijk(stap, door.op, vandaag)
        genomen = replace(stap, akkoord=door)
        self.stappen = (*self.stappen[:-1], genomen)
        return genomen

    def observeer(self, observatie: Observatie, vandaag: date) -> None:
        """Raises WerkdiagnosestapKanNiet, DatumPastNiet, DatumInToekomst."""
        if self.status is not Werkdiagnosestatus.GESTART:
            raise WerkdiagnosestapKanNiet("Observeer tijdens de werkdiagnose.")
        self._eis_sinds(self.looptijd[0], observatie.door.op, vandaag)
        self.observaties = (*self.observaties, observatie)

    def stop(self, stop: Stop, vandaag: date) -> None:
        """Raises WerkdiagnosestapKanNiet, DatumPastNiet, DatumInToekomst."""
        if not self.open:
            raise WerkdiagnosestapKanNiet("De werkdiagnose is al voorbij.")
        self._eis_sinds(self.gestart_op or self.aangemeld_op, stop.door.op, vandaag)
        self.gestopt = stop

    def _genomen(self, soort: Stapsoort) -> Stap | None:
        genomen = [stap for stap in self.stappen if stap.soort is soort and stap.akkoord]
        return genomen[-1] if genomen else None

    def _eis_mogelijk(self, stap: Stap, op: date, vandaag: date) -> None:
        """Can this step be taken on this day?"""
        nodig = (
            Werkdiagnosestatus.AANGEMELD
            if stap.soort is Stapsoort.START
            else Werkdiagnosestatus.GESTART
        )
        if self.status is not nodig:
            raise WerkdiagnosestapKanNiet(
                f"Een {stap.soort} kan alleen als de werkdiagnose {nodig} is."
            )
        self._eis_sinds(self.gestart_op or self.aangemeld_op, op, vandaag)
        if stap.datum is None:
            return
        if stap.soort is Stapsoort.START:
            self._eis_sinds(self.aangemeld_op, stap.datum, vandaag)
        else:
            self._eis_verlengbaar(stap.datum, op)

    def _eis_verlengbaar(self, tot_en_met: date, op: date) -> None:
        begin, laatste_dag = self.looptijd
        if op > laatste_dag:
            raise WerkdiagnosestapKanNiet(
                f"De werkdiagnose liep tot en met {laatste_dag.isoformat()}. Verleng voor de "
                "afloop; stel nu de einddiagnose vast."
            )
        uiterlijk = laatste_dag_na_maanden(begin, MEESTE_MAANDEN)
        if not laatste_dag < tot_en_met <= uiterlijk:
            raise DatumPastNiet(
                f"Verleng tot een dag na {laatste_dag.isoformat()} en uiterlijk "
                f"{uiterlijk.isoformat()}: samen hoogstens {MEESTE_MAANDEN} maanden."
            )

    @staticmethod
    def _eis_sinds(begin: date, op: date, vandaag: date) -> None:
        eis_gebeurd(op, vandaag)
        if op < begin:
            raise DatumPastNiet(
                f"De vorige stap was op {begin.isoformat()}. Kies die dag of een latere."
            )


class Vervolg(StrEnum):
    """What became of an aanmelding, as MijnWerkDichtbij was evaluated (bron 000 §3.3)."""

    GESTART = "gestart"
    ANDER_REINTEGRATIETRAJECT = "ander-reintegratietraject"
    GEEN_UITKERING = "geen-uitkering"
    START_LATER = "start-later"
    REGULIER_UITGESTROOMD = "regulier-uitgestroomd"
    ANDERS = "anders"
    ONBEKEND = "onbekend"


@dataclass(frozen=True, slots=True)
class Regel:
    """What is counted of one werkdiagnose. reden: of not beginning, or of stopping."""

    status: Werkdiagnosestatus
    bestaande_klant: bool
    geplande_start: date | None
    gestart_op: date | None
    afgerond_op: date | None
    reden: Stopreden | None

    def vervolg(self, peildatum: date) -> Vervolg:
        """What is known of it on a day."""
        if self.gestart_op is not None:
            return Vervolg.GESTART
        if self.reden is not None:
            return Vervolg(self.reden)
        later = self.geplande_start is not None and self.geplande_start > peildatum
        return Vervolg.START_LATER if later else Vervolg.ONBEKEND


@dataclass(frozen=True, slots=True)
class Werkdiagnosecijfers:
    """Of a group of aanmeldingen. vervolg: how many of each, zeros too; adds up to aanmeldingen.

    binnen_drie_maanden: of the afgeronde, those with an end diagnosis within three months.
    """

    aanmeldingen: int
    bestaand: int
    nieuw: int
    vervolg: Mapping[Vervolg, int]
    afgerond: int
    binnen_drie_maanden: int
    gestopt: int


def tel(regels: Iterable[Regel], peildatum: date) -> Werkdiagnosecijfers:
    """The figures of the interim evaluation of MijnWerkDichtbij, bron 000 §3.3."""
    alle = list(regels)
    vervolg = Counter(regel.vervolg(peildatum) for regel in alle)
    bestaand = sum(regel.bestaande_klant for regel in alle)
    return Werkdiagnosecijfers(
        aanmeldingen=len(alle),
        bestaand=bestaand,
        nieuw=len(alle) - bestaand,
        vervolg={soort: vervolg[soort] for soort in Vervolg},
        afgerond=sum(regel.status is Werkdiagnosestatus.AFGEROND for regel in alle),
        binnen_drie_maanden=sum(map(_op_tijd, alle)),
        gestopt=sum(regel.status is Werkdiagnosestatus.GESTOPT for regel in alle),
    )


def _op_tijd(regel: Regel) -> bool:
    return (
        regel.status is Werkdiagnosestatus.AFGEROND
        and regel.gestart_op is not None
        and regel.afgerond_op is not None
        and regel.afgerond_op <= laatste_dag_na_maanden(regel.gestart_op, MAANDEN)
    )
