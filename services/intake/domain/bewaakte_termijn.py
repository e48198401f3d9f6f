"""A term that is watched: it runs, stands still, is met, passes or lapses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from chassis.awb import EEN_DAG, eerste_werkdag_vanaf, werkdagen_tussen
from services.intake.domain.fouten import (
    AlVerlengd,
    DatumPastNiet,
    TermijnLooptNiet,
    TermijnNietOpgeschort,
    TermijnOpgeschort,
    VerlengingTeLaat,
)
from services.intake.domain.termijnen import waarschuwingsdag


class Termijnsoort(StrEnum):
    """Which term is watched: of the law, or of the gemeente's own process."""

    ZOEKTERMIJN = "zoektermijn"
    BESLISTERMIJN = "beslistermijn"
    VOORSCHOT = "voorschot"
    BEZWAARTERMIJN = "bezwaartermijn"
    PLAN_VAN_AANPAK = "plan-van-aanpak"
    HERBEOORDELING_VRIJSTELLING = "herbeoordeling-vrijstelling"
    PROCESSTAP = "processtap"


GRONDSLAGEN: Final = {
    Termijnsoort.ZOEKTERMIJN: "art. 41 lid 4 Participatiewet",
    Termijnsoort.BESLISTERMIJN: "art. 4:13 Awb",
    Termijnsoort.VOORSCHOT: "art. 52 lid 1 Participatiewet",
    Termijnsoort.BEZWAARTERMIJN: "art. 6:7 en 6:8 Awb",
    Termijnsoort.PLAN_VAN_AANPAK: "art. 9a lid 7 Participatiewet",
    Termijnsoort.HERBEOORDELING_VRIJSTELLING: "art. 9a lid 8 Participatiewet",
}
"""The article that sets the term; a processtap has none: the gemeente set it itself."""

WACHTTERMIJNEN: Final = frozenset({Termijnsoort.ZOEKTERMIJN, Termijnsoort.BEZWAARTERMIJN})
"""Terms to wait out: nobody is warned of their end, and what comes after it is not late."""

ALLEEN_GEMEENTE: Final = frozenset(
    {Termijnsoort.PLAN_VAN_AANPAK, Termijnsoort.HERBEOORDELING_VRIJSTELLING}
)
"""Terms that WSD never sees: they tell on which ground somebody is exempt (art. 9a)."""


LANGSTE_UITSTEL: Final = timedelta(days=365)
"""Our own limit to what one opschorting or verlenging adds: further ahead is a slip of the pen."""


class Termijnstatus(StrEnum):
    """How a term stands. Only the first three are still to be done something about."""

    VERSTREKEN = "verstreken"
    LOPEND = "lopend"
    OPGESCHORT = "opgeschort"
    GEHAALD = "gehaald"
    VERVALLEN = "vervallen"


OPEN: Final = frozenset({Termijnstatus.VERSTREKEN, Termijnstatus.LOPEND, Termijnstatus.OPGESCHORT})


class Opschortingsgrond(StrEnum):
    """Why a term stands still, art. 4:15 Awb."""

    AANVULLING = "aanvulling"
    """The applicant completes the application, lid 1 onder a."""
    INSTEMMING = "instemming"
    """The applicant agreed to it in writing, lid 2 onder a."""
    VERTRAGING_AANVRAGER = "vertraging-aanvrager"
    """The delay is the applicant's, lid 2 onder b."""


@dataclass(frozen=True, slots=True)
class Opschorting:
    """A time in which a term stands still.

    vanaf: the first day that does not count.  uiterlijk_tot: the day from which it runs again
    without anyone saying so, where that is known beforehand.  hervat_op: the first day that counts
    again; None as long as it stands still.
    """

    grond: Opschortingsgrond
    vanaf: date
    uiterlijk_tot: date | None = None
    hervat_op: date | None = None

    @property
    def dagen(self) -> int:
        """Days that did not count; none as long as it is not known how many."""
        return max(0, (self.hervat_op - self.vanaf).days) if self.hervat_op else 0


@dataclass(frozen=True, slots=True)
class BewaakteTermijn:
    """One term of one kandidaat, of a soort and with a kenmerk that says for which thing.

    rol: who must act.  begonnen_op: the day before its first day.  einddag: its last day, were
    there no opschorting and no Atw.  atw: it runs on to a working day (art. 1 Atw).
    eigen_waarschuwingsdag: the day to warn on, where the usual one does not fit.  gewaarschuwd_voor
    and verstreken_voor: of which last day that was said, since each is said once.
    """

    termijn_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Termijnsoort
    kenmerk: str
    rol: str
    begonnen_op: date
    einddag: date
    atw: bool = False
    eigen_waarschuwingsdag: date | None = None
    opschortingen: tuple[Opschorting, ...] = ()
    verlengd_op: date | None = None
    gewaarschuwd_voor: date | None = None
    verstreken_voor: date | None = None
    gehaald_op: date | None = None
    status: Termijnstatus = Termijnstatus.LOPEND

    def __post_init__(self) -> None:
        if self.einddag < self.begonnen_op:
            raise DatumPastNiet("Een termijn eindigt niet voordat zij begint.")

    @property
    def dagen_opgeschort(self) -> int:
        return sum(opschorting.dagen for opschorting in self.opschortingen)

    @property
    def laatste_dag(self) -> date:
        """With the days that did not count; while it stands still, those of before."""
        dag = self.einddag + timedelta(days=self.dagen_opgeschort)
        return eerste_werkdag_vanaf(dag) if self.atw else dag

    @property
    def waarschuwen_vanaf(self) -> date | None:
        """None for a term to wait out, unless a day was asked for."""
        if self.eigen_waarschuwingsdag is not None:
            return self.eigen_waarschuwingsdag + timedelta(days=self.dagen_opgeschort)
        if self.soort in WACHTTERMIJNEN:
            return None
        dag = waarschuwingsdag(self.begonnen_op, self.laatste_dag)
        # What is due at once is on the worklist of that very day: a warning would say nothing new.
        return dag if dag > self.begonnen_op else None

    @property
    def dagen_te_laat(self) -> int | None:
        """By how many calendar days it was met too late; None when it was not met."""
        if self.gehaald_op is None:
            return None
        if self.soort in WACHTTERMIJNEN:
            return 0
        return max(0, (self.gehaald_op - self.laatste_dag).days)

    @property
    def opschorting(self) -> Opschorting | None:
        """The one in force."""
        return self.opschortingen[-1] if self.status is Termijnstatus.OPGESCHORT else None

    def werkdagen_over(self, vandaag: date) -> int | None:
        """Working days left after today; negative when it has passed, None when it is no longer
        running."""
        if self.status not in (Termijnstatus.LOPEND, Termijnstatus.VERSTREKEN):
            return None
        return werkdagen_tussen(vandaag, self.laatste_dag)

    def verplaats(
        self,
        *,
        begonnen_op: date,
        einddag: date,
        atw: bool,
        rol: str,
        eigen_waarschuwingsdag: date | None,
    ) -> BewaakteTermijn:
        """The same term from another day to another day: it runs anew.

        Raises TermijnLooptNiet, DatumPastNiet.
        """
        self._eis_open()
        return replace(
            self,
            begonnen_op=begonnen_op,
            einddag=einddag,
            atw=atw,
            rol=rol,
            eigen_waarschuwingsdag=eigen_waarschuwingsdag,
            opschortingen=(),
            verlengd_op=None,
            status=Termijnstatus.LOPEND,
        )

    def schort_op(
        self, grond: Opschortingsgrond, *, vanaf: date, uiterlijk_tot: date | None = None
    ) -> BewaakteTermijn:
        """From a day on it stands still, art. 4:15 Awb; one at a time.

        vanaf: the first day that does not count.  A term that was recorded as passed runs again
        when it stood still before its last day was over.
        Raises TermijnOpgeschort, TermijnLooptNiet, DatumPastNiet.
        """
        if self.status is Termijnstatus.OPGESCHORT:
            raise TermijnOpgeschort("Leg eerst vast wanneer de termijn weer loopt.")
        self._eis_open()
        vorige = self.opschortingen[-1].hervat_op if self.opschortingen else None
        vroegst = max(self.begonnen_op + EEN_DAG, vorige or date.min)
        if not vroegst <= vanaf <= self.laatste_dag:
            raise DatumPastNiet(
                "De termijn kan alleen worden opgeschort op een dag waarop zij loopt: van "
                f"{vroegst.isoformat()} tot en met {self.laatste_dag.isoformat()}."
            )
        if uiterlijk_tot is not None and not vanaf <= uiterlijk_tot <= vanaf + LANGSTE_UITSTEL:
            raise DatumPastNiet(
                "Een opschorting eindigt niet voordat zij begint, en duurt hoogstens een jaar."
            )
        # In the days by which the Atw extended the term, those are what is left of it.
        eerder = timedelta(days=self.dagen_opgeschort)
        is_verlengd = vanaf > self.einddag + eerder
        return replace(
            self,
            status=Termijnstatus.OPGESCHORT,
            einddag=self.laatste_dag - eerder if is_verlengd else self.einddag,
            opschortingen=(*self.opschortingen, Opschorting(grond, vanaf, uiterlijk_tot)),
        )

    def hervat(self, op: date) -> BewaakteTermijn:
        """From a day on it runs again, longer by the days that did not count.

        op: the first day that counts again; a term that runs again on the day before it stood
        still lost no day.  Raises TermijnNietOpgeschort, DatumPastNiet.
        """
        huidige = self.opschorting
        if huidige is None:
            raise TermijnNietOpgeschort("De termijn loopt; er hoeft niets te gebeuren.")
        if op < huidige.vanaf - EEN_DAG:
            raise DatumPastNiet(
                f"De termijn staat stil sinds {huidige.vanaf.isoformat()}. Kies die dag of een "
                "latere."
            )
        einde = min(op, huidige.uiterlijk_tot) if huidige.uiterlijk_tot else op
        hervat = replace(huidige, hervat_op=max(einde, huidige.vanaf))
        return replace(
            self,
            status=Termijnstatus.LOPEND,
            opschortingen=(*self.opschortingen[:-1], hervat),
        )

    def verleng(self, *, tot_en_met: date, meegedeeld_op: date) -> BewaakteTermijn:
        """A later last day, told before the term was over; once, art. 4:14 Awb.

        The day is the one the gemeente named: the Atw does not extend it further.
        Raises AlVerlengd, TermijnOpgeschort, TermijnLooptNiet, VerlengingTeLaat, DatumPastNiet.
        """
        if self.verlengd_op is not None:
            raise AlVerlengd("Neem het besluit; een tweede verlenging kent de wet niet.")
        if self.status is Termijnstatus.OPGESCHORT:
            raise TermijnOpgeschort("De termijn staat stil. Verleng haar als zij weer loopt.")
        self._eis_open()
        if meegedeeld_op > self.laatste_dag:
            raise VerlengingTeLaat(
                f"De mededeling moest uiterlijk op {self.laatste_dag.isoformat()} zijn gedaan."
            )
        if meegedeeld_op < self.begonnen_op:
            raise DatumPastNiet(
                f"De termijn begon op {self.begonnen_op.isoformat()}. Kies die dag of een latere."
            )
        if not self.laatste_dag < tot_en_met <= self.laatste_dag + LANGSTE_UITSTEL:
            raise DatumPastNiet(
                f"Noem een dag na {self.laatste_dag.isoformat()}, de huidige laatste dag, en "
                "hoogstens een jaar later."
            )
        return replace(
            self,
            status=Termijnstatus.LOPEND,
            einddag=tot_en_met - timedelta(days=self.dagen_opgeschort),
            atw=False,
            verlengd_op=meegedeeld_op,
        )

    def haal(self, op: date) -> BewaakteTermijn:
        """What it was for has been done, on a day; too late is still done.

        Raises TermijnLooptNiet.
        """
        self._eis_open()
        lopend = self.hervat(max(op, self.opschorting.vanaf)) if self.opschorting else self
        return replace(lopend, status=Termijnstatus.GEHAALD, gehaald_op=op)

    def vervalt(self) -> BewaakteTermijn:
        """It no longer matters. Raises TermijnLooptNiet."""
        self._eis_open()
        return replace(self, status=Termijnstatus.VERVALLEN)

    @property
    def moet_nog_waarschuwen(self) -> bool:
        """Whether the end of this term must still be announced."""
        return (
            self.status is Termijnstatus.LOPEND
            and self.waarschuwen_vanaf is not None
            and self.gewaarschuwd_voor != self.laatste_dag
        )

    def waarschuw(self, vandaag: date) -> BewaakteTermijn | None:
        """The term with its end announced; None when it is too early, too late or was done."""
        vanaf = self.waarschuwen_vanaf
        if not self.moet_nog_waarschuwen or vanaf is None:
            return None
        if not vanaf <= vandaag <= self.laatste_dag:
            return None
        return replace(self, gewaarschuwd_voor=self.laatste_dag)

    def verstrijk(self, vandaag: date) -> BewaakteTermijn | None:
        """The term as passed; None when its last day is not over, or it is not running."""
        if self.status is not Termijnstatus.LOPEND or vandaag <= self.laatste_dag:
            return None
        return replace(self, status=Termijnstatus.VERSTREKEN, verstreken_voor=self.laatste_dag)

    def _eis_open(self) -> None:
        if self.status not in OPEN:
            raise TermijnLooptNiet(
                "De termijn is gehaald of vervallen; er hoeft niets te gebeuren."
            )
