"""Planregie: half a year in which one planregisseur directs all who help a kandidaat.

A traject of 26 weeks and 26 hours, with doelen per ZRM domain and three reports that planregisseur
and klantmanager both accord (bron 003, Resultaten and Uitvoeringsfase; domain.md §5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.diagnose.domain.fouten import (
    AkkoordNietBevoegd,
    AlGeaccordeerd,
    DatumPastNiet,
    DatumTeLaat,
    DoelAlAfgesloten,
    OngeldigePlanregie,
    PlanregieInAndereToestand,
    PlanregieLoopt,
    Punt,
    RapportageVastgesteld,
    RapportageVervangen,
    RapportageZonderTrajectplan,
    RapportageZonderZrm,
    TrajectplanZonderDoelen,
)
from services.diagnose.domain.kalender import laatste_dag_na_maanden
from services.diagnose.domain.zrm import OUDSTE_INFORMATIE_DAGEN, ZrmDomein, ZrmMeting

WEKEN: Final = 26
URENBUDGET: Final = Decimal(26)
"""Hours for one kandidaat in the whole traject (bron 003): a guide, more may be booked."""
MEESTE_UREN_PER_DAG: Final = Decimal(24)
LANGSTE_VERLENGING: Final = timedelta(days=366)
"""At a time; no source has a limit, but a year further is a mistake in typing."""
WSD: Final = "wsd"


class Planregiestatus(StrEnum):
    """How far it has come."""

    AANGEMELD = "aangemeld"
    NIET_GESTART = "niet-gestart"
    LOPEND = "lopend"
    BEEINDIGD = "beeindigd"


class RedenNietGestart(StrEnum):
    """Why a traject did not begin, as bron 003 (Budget) has them."""

    MOTIVATIE = "motivatie"
    TERUGGETROKKEN = "teruggetrokken-door-klantmanager"
    ANDERE_PLAATSING = "andere-plaatsing"
    VERHUIZING = "verhuizing"
    ANDERS = "anders"


class RedenEinde(StrEnum):
    """Why a traject is over."""

    AFGEROND = "afgerond"
    UITVAL = "uitval"
    ANDERE_PLAATSING = "andere-plaatsing"
    VERHUIZING = "verhuizing"
    ANDERS = "anders"


class Doelstand(StrEnum):
    """How a doel stands."""

    LOPEND = "lopend"
    BEHAALD = "behaald"
    VERVALLEN = "vervallen"


class Functie(StrEnum):
    """In which function hours are made."""

    PLANREGISSEUR = "planregisseur"
    KLANTMANAGER = "klantmanager"
    TRAJECTCONSULENT = "trajectconsulent"
    JOBCOACH = "jobcoach"
    ANDERS = "anders"


class Betrokkenheid(StrEnum):
    """What kind of organisation or people help along, besides WSD and the gemeente."""

    ZORG = "zorg"
    WELZIJN = "welzijn"
    SCHULDHULPVERLENING = "schuldhulpverlening"
    ONDERWIJS = "onderwijs"
    WERKGEVER = "werkgever"
    WOONCORPORATIE = "wooncorporatie"
    UWV = "uwv"
    JUSTITIE = "justitie"
    SOCIAAL_NETWERK = "sociaal-netwerk"
    ANDERS = "anders"


class Rapportagesoort(StrEnum):
    """The three reports of a traject."""

    TRAJECTPLAN = "trajectplan"
    TUSSENRAPPORTAGE = "tussenrapportage"
    EINDRAPPORTAGE = "eindrapportage"


class Akkoordrol(StrEnum):
    """Who must agree with a report: one of WSD, one of the gemeente."""

    PLANREGISSEUR = "planregisseur"
    KLANTMANAGER = "klantmanager"


@dataclass(frozen=True, slots=True)
class Doel:
    """Something to reach in one ZRM domain. omschrijving and toelichting are free text.

    stand_op: the day on which it was reached or dropped.
    """

    doel_id: UUID
    domein: ZrmDomein
    omschrijving: str
    gesteld_op: date
    stand: Doelstand = Doelstand.LOPEND
    stand_op: date | None = None
    toelichting: str = ""

    def behaald_uiterlijk(self, dag: date) -> bool:
        return (
            self.stand is Doelstand.BEHAALD and self.stand_op is not None and self.stand_op <= dag
        )


@dataclass(frozen=True, slots=True)
class Inzet:
    """Hours of one person on one day. medewerker: a staff id of the organisation, never a name."""

    inzet_id: UUID
    medewerker: str
    functie: Functie
    op: date
    uren: Decimal


@dataclass(frozen=True, slots=True)
class Betrokkene:
    """An organisation, or people of the own network, that takes part. naam is free text."""

    soort: Betrokkenheid
    naam: str


@dataclass(frozen=True, slots=True)
class Verlenging:
    """The traject goes on until another last day. reden is free text."""

    verlengd_op: date
    einddatum: date
    reden: str


@dataclass(frozen=True, slots=True)
class Akkoord:
    """Somebody agrees with a report. medewerker: a staff id of that organisation, never a name."""

    organisatie: str
    rol: Akkoordrol
    medewerker: str
    op: date

    def __post_init__(self) -> None:
        if (self.rol is Akkoordrol.PLANREGISSEUR) is not (self.organisatie == WSD):
            raise AkkoordNietBevoegd(
                "De planregisseur accordeert namens WSD, de klantmanager namens de gemeente."
            )


@dataclass(frozen=True, slots=True)
class Rapportage:
    """A report that was made, and who agreed with it. What stands in it does not change.

    versie: from 1 per soort; a report that was not accorded by both may be made again.
    zrm_meting_id: the measurement it tells of. stappen: per domain since the trajectplan.
    """

    rapportage_id: UUID
    soort: Rapportagesoort
    versie: int
    gemaakt_op: date
    zrm_meting_id: UUID
    stappen: tuple[tuple[ZrmDomein, int], ...] = ()
    akkoorden: tuple[Akkoord, ...] = ()

    @property
    def is_geaccordeerd(self) -> bool:
        """Do both agree?"""
        return {akkoord.rol for akkoord in self.akkoorden} == set(Akkoordrol)

    def accordeer(self, akkoord: Akkoord) -> Rapportage:
        """Raises AlGeaccordeerd: by the same person, or by another in the same role."""
        for eerder in self.akkoorden:
            if eerder.rol is akkoord.rol:
                raise AlGeaccordeerd(
                    f"De {akkoord.rol} heeft op {eerder.op.isoformat()} geaccordeerd."
                )
        return replace(self, akkoorden=(*self.akkoorden, akkoord))


@dataclass(slots=True)
class Planregie:
    """One planregie of a kandidaat. Change it through its methods only.

    Every method that takes ``vandaag`` refuses a day after it with DatumTeLaat. toelichting_… are
    free text. nulmeting_id: the ZRM meting of the trajectplan, with which the others compare.
    """

    planregie_id: UUID
    aangemeld_op: date
    gestart_op: date | None = None
    einddatum: date | None = None
    niet_gestart_op: date | None = None
    reden_niet_gestart: RedenNietGestart | None = None
    toelichting_niet_gestart: str = ""
    beeindigd_op: date | None = None
    reden_einde: RedenEinde | None = None
    toelichting_einde: str = ""
    verlengingen: tuple[Verlenging, ...] = ()
    doelen: tuple[Doel, ...] = ()
    inzet: tuple[Inzet, ...] = ()
    betrokkenen: tuple[Betrokkene, ...] = ()
    rapportages: tuple[Rapportage, ...] = ()
    nulmeting_id: UUID | None = None

    @property
    def status(self) -> Planregiestatus:
        if self.niet_gestart_op is not None:
            return Planregiestatus.NIET_GESTART
        if self.gestart_op is None:
            return Planregiestatus.AANGEMELD
        if self.beeindigd_op is None:
            return Planregiestatus.LOPEND
        return Planregiestatus.BEEINDIGD

    @property
    def uren(self) -> Decimal:
        """All hours booked."""
        return sum((inzet.uren for inzet in self.inzet), Decimal(0))

    @property
    def drie_maanden(self) -> date:
        """Last day of the first three months: of the tussenrapportage."""
        return laatste_dag_na_maanden(self._begin(), 3)

    @property
    def zes_maanden(self) -> date:
        """Last day of the first six months: of the eindrapportage."""
        return laatste_dag_na_maanden(self._begin(), 6)

    @property
    def geplande_einddatum(self) -> date:
        """Last day of the 26 weeks, or of the extension."""
        if self.einddatum is None:
            raise PlanregieInAndereToestand("Start eerst het traject.")
        return self.einddatum

    @property
    def aantal_organisaties(self) -> int:
        """All that take part, WSD and the gemeente included (bron 003: on average 4)."""
        return 2 + len(self.betrokkenen)

    @property
    def stappen(self) -> tuple[tuple[ZrmDomein, int], ...]:
        """Per ZRM domain since the trajectplan, as the newest report after it tells."""
        for rapportage in reversed(self.rapportages):
            if rapportage.soort is not Rapportagesoort.TRAJECTPLAN:
                return rapportage.stappen
        return ()

    @property
    def afgerond(self) -> bool:
        """Is the half year over: with an eindrapportage (it may go on after that) or ended?"""
        return (
            self.beeindigd_op is not None
            or self.laatste(Rapportagesoort.EINDRAPPORTAGE) is not None
        )

    def eindigt_bijna(self, op: date) -> bool:
        """Is a report of this day one of the end: does its ZRM still tell of the situation then?"""
        laatste_dag = self.beeindigd_op or self.geplande_einddatum
        return (laatste_dag - op).days <= OUDSTE_INFORMATIE_DAGEN

    def start(self, op: date, vandaag: date) -> None:
        """The traject begins, for 26 weeks. Raises PlanregieInAndereToestand, DatumPastNiet."""
        self._eis(Planregiestatus.AANGEMELD)
        _eis_tussen(op, self.aangemeld_op, vandaag)
        self.gestart_op = op
        self.einddatum = op + timedelta(weeks=WEKEN, days=-1)

    def start_niet(
        self, op: date, reden: RedenNietGestart, toelichting: str, vandaag: date
    ) -> None:
        """It will not begin. Raises PlanregieInAndereToestand, DatumPastNiet."""
        self._eis(Planregiestatus.AANGEMELD)
        _eis_tussen(op, self.aangemeld_op, vandaag)
        self.niet_gestart_op, self.reden_niet_gestart = op, reden
        self.toelichting_niet_gestart = toelichting

    def verleng(self, op: date, einddatum: date, reden: str, vandaag: date) -> None:
        """Go on after the planned last day.

        Raises PlanregieInAndereToestand, DatumPastNiet, OngeldigePlanregie (no reason).
        """
        self._eis(Planregiestatus.LOPEND)
        _eis_tussen(op, self._begin(), vandaag)
        _eis_tekst(reden, "reden", "Noem de reden van de verlenging.")
        if einddatum <= self.geplande_einddatum:
            raise DatumPastNiet("Kies een laatste dag na die van nu.")
        if einddatum - self.geplande_einddatum > LANGSTE_VERLENGING:
            raise DatumTeLaat("Verleng hoogstens een jaar per keer.")
        self.verlengingen = (*self.verlengingen, Verlenging(op, einddatum, reden))
        self.einddatum = einddatum

    def beeindig(self, op: date, reden: RedenEinde, toelichting: str, vandaag: date) -> None:
        """The last day is known. What is still to be reached is not.

        Raises PlanregieInAndereToestand, DatumPastNiet (also before something that was recorded).
        """
        self._eis(Planregiestatus.LOPEND)
        _eis_tussen(op, max((self._begin(), *self._vastgelegde_dagen())), vandaag)
        self.beeindigd_op, self.reden_einde, self.toelichting_einde = op, reden, toelichting

    def stel_doel(
        self, doel_id: UUID, domein: ZrmDomein, omschrijving: str, op: date, vandaag: date
    ) -> Doel:
        """Raises PlanregieInAndereToestand, DatumPastNiet, OngeldigePlanregie."""
        self._eis(Planregiestatus.LOPEND)
        _eis_tussen(op, self._begin(), vandaag)
        _eis_tekst(omschrijving, "omschrijving", "Omschrijf het doel.")
        doel = Doel(doel_id, domein, omschrijving, op)
        self.doelen = (*self.doelen, doel)
        return doel

    def sluit_doel(
        self, doel_id: UUID, stand: Doelstand, op: date, toelichting: str, vandaag: date
    ) -> Doel | None:
        """A doel is reached or dropped; None when there is no such doel.

        After the end too, as long as it happened before. Raises PlanregieInAndereToestand,
        DoelAlAfgesloten, DatumPastNiet, OngeldigePlanregie.
        """
        self._eis(Planregiestatus.LOPEND, Planregiestatus.BEEINDIGD)
        doel = next((doel for doel in self.doelen if doel.doel_id == doel_id), None)
        if doel is None:
            return None
        if stand is Doelstand.LOPEND:
            raise OngeldigePlanregie("Een doel wordt behaald of vervalt.")
        if doel.stand is not Doelstand.LOPEND:
            raise DoelAlAfgesloten("Stel een nieuw doel als er iets anders te bereiken is.")
        _eis_tussen(op, doel.gesteld_op, self._tot_en_met(vandaag))
        gesloten = replace(doel, stand=stand, stand_op=op, toelichting=toelichting)
        self.doelen = tuple(gesloten if d.doel_id == doel_id else d for d in self.doelen)
        return gesloten

    def boek(self, inzet: Inzet, vandaag: date) -> None:
        """Book hours, on a day of the traject; after its end too.

        Raises PlanregieInAndereToestand, DatumPastNiet, OngeldigePlanregie.
        """
        self._eis(Planregiestatus.LOPEND, Planregiestatus.BEEINDIGD)
        _eis_tussen(inzet.op, self._begin(), self._tot_en_met(vandaag))
        op_die_dag = inzet.uren + sum(
            eerder.uren
            for eerder in self.inzet
            if (eerder.medewerker, eerder.op) == (inzet.medewerker, inzet.op)
        )
        if inzet.uren <= 0 or op_die_dag > MEESTE_UREN_PER_DAG:
            melding = "Boek meer dan 0 uren, en niet meer dan 24 per medewerker op een dag."
            raise OngeldigePlanregie(melding, punten=(Punt("uren", "buiten-bereik", melding),))
        self.inzet = (*self.inzet, inzet)

    def betrek(self, betrokkene: Betrokkene) -> bool:
        """Somebody else helps along; False when that was known.

        Raises PlanregieInAndereToestand, OngeldigePlanregie.
        """
        self._eis(Planregiestatus.LOPEND)
        _eis_tekst(betrokkene.naam, "naam", "Noem de organisatie, of wie uit het netwerk meedoet.")
        if betrokkene in self.betrokkenen:
            return False
        self.betrokkenen = (*self.betrokkenen, betrokkene)
        return True

    def laatste(self, soort: Rapportagesoort) -> Rapportage | None:
        """The newest report of a soort."""
        return next((r for r in reversed(self.rapportages) if r.soort is soort), None)

    def metingen_voor(
        self, soort: Rapportagesoort, metingen: Sequence[ZrmMeting], vandaag: date
    ) -> tuple[ZrmMeting, ZrmMeting]:
        """What a report of today compares: the measurement of the trajectplan, and the newest.

        For a trajectplan both are its own: the newest, when it is made first. The matrix measures
        the situation now (domain-rules §6.2), so the newest is at most 30 days old; and it is
        another one than the first.
        Raises RapportageZonderZrm, RapportageZonderTrajectplan.
        """
        eerste = next((m for m in metingen if m.meting_id == self.nulmeting_id), None)
        if soort is Rapportagesoort.TRAJECTPLAN and eerste is not None:
            return eerste, eerste
        tot_vandaag = [meting for meting in metingen if meting.afgenomen_op <= vandaag]
        if not tot_vandaag:
            raise RapportageZonderZrm("Neem eerst een ZRM af.")
        nieuwste = max(tot_vandaag, key=lambda meting: meting.afgenomen_op)
        if (vandaag - nieuwste.afgenomen_op).days > OUDSTE_INFORMATIE_DAGEN:
            raise RapportageZonderZrm(
                f"De laatste ZRM is van {nieuwste.afgenomen_op.isoformat()}, ouder dan "
                f"{OUDSTE_INFORMATIE_DAGEN} dagen. Neem een nieuwe af."
            )
        if soort is Rapportagesoort.TRAJECTPLAN:
            return nieuwste, nieuwste
        if eerste is None:
            raise RapportageZonderTrajectplan(
                "Maak eerst het trajectplan: de rapportage vergelijkt met de ZRM die daarin staat."
            )
        if eerste.afgenomen_op >= nieuwste.afgenomen_op:
            raise RapportageZonderZrm(
                f"Na de ZRM van het trajectplan ({eerste.afgenomen_op.isoformat()}) is er geen "
                "nieuwe afgenomen. Neem een nieuwe af."
            )
        return eerste, nieuwste

    def maak_rapportage(
        self,
        rapportage_id: UUID,
        soort: Rapportagesoort,
        nieuwste: ZrmMeting,
        stappen: tuple[tuple[ZrmDomein, int], ...],
        op: date,
    ) -> Rapportage:
        """Add a report. It takes the place of one of its soort that was not accorded by both.

        After an extension there may be a second eindrapportage, at the new end.
        Raises PlanregieInAndereToestand, TrajectplanZonderDoelen, RapportageVastgesteld.
        """
        if soort is Rapportagesoort.EINDRAPPORTAGE:
            self._eis(Planregiestatus.LOPEND, Planregiestatus.BEEINDIGD)
        else:
            self._eis(Planregiestatus.LOPEND)
        if not self.doelen:
            raise TrajectplanZonderDoelen("Stel eerst de doelen.")
        eerder = [r for r in self.rapportages if r.soort is soort]
        vastgesteld = sum(r.is_geaccordeerd for r in eerder)
        if vastgesteld > (soort is Rapportagesoort.EINDRAPPORTAGE and bool(self.verlengingen)):
            raise RapportageVastgesteld("Er komt geen nieuwe versie meer.")
        rapportage = Rapportage(
            rapportage_id, soort, len(eerder) + 1, op, nieuwste.meting_id, stappen
        )
        if self.nulmeting_id is None:
            self.nulmeting_id = nieuwste.meting_id
        self.rapportages = (*self.rapportages, rapportage)
        return rapportage

    def accordeer(self, rapportage_id: UUID, akkoord: Akkoord) -> Rapportage | None:
        """None when there is no such report. Raises RapportageVervangen, AlGeaccordeerd."""
        rapportage = next((r for r in self.rapportages if r.rapportage_id == rapportage_id), None)
        if rapportage is None:
            return None
        if rapportage is not self.laatste(rapportage.soort):
            raise RapportageVervangen("Lees en accordeer de nieuwste versie.")
        geaccordeerd = rapportage.accordeer(akkoord)
        self.rapportages = tuple(
            geaccordeerd if r.rapportage_id == rapportage_id else r for r in self.rapportages
        )
        return geaccordeerd

    def _begin(self) -> date:
        if self.gestart_op is None:
            raise PlanregieInAndereToestand("Start eerst het traject.")
        return self.gestart_op

    def _tot_en_met(self, vandaag: date) -> date:
        return vandaag if self.beeindigd_op is None else self.beeindigd_op

    def _vastgelegde_dagen(self) -> Iterator[date]:
        for doel in self.doelen:
            yield doel.stand_op or doel.gesteld_op
        for inzet in self.inzet:
            yield inzet.op

    def _eis(self, *toestanden: Planregiestatus) -> None:
        if self.status not in toestanden:
            nodig = " of ".join(toestanden)
            raise PlanregieInAndereToestand(
                f"De planregie is {self.status}; dit kan alleen als zij {nodig} is."
            )


def meld_aan(
    bestaande: Sequence[Planregie], planregie_id: UUID, op: date, *, niet_voor: date, vandaag: date
) -> Planregie:
    """A kandidaat is put forward for planregie; one at a time.

    niet_voor: the day on which the dossier was opened. Raises PlanregieLoopt, DatumPastNiet.
    """
    open_ = (Planregiestatus.AANGEMELD, Planregiestatus.LOPEND)
    if any(planregie.status in open_ for planregie in bestaande):
        raise PlanregieLoopt("Ga verder met die planregie, of beëindig haar eerst.")
    _eis_tussen(op, niet_voor, vandaag)
    return Planregie(planregie_id, op)


def _eis_tussen(op: date, vroegst: date, laatst: date) -> None:
    if op < vroegst:
        raise DatumPastNiet(
            f"De vorige stap was op {vroegst.isoformat()}. Kies die dag of een latere."
        )
    if op > laatst:
        raise DatumTeLaat(f"Kies uiterlijk {laatst.isoformat()}.")


def _eis_tekst(tekst: str, pad: str, melding: str) -> None:
    if not tekst.strip():
        raise OngeldigePlanregie(
            "Vul aan wat ontbreekt.", punten=(Punt(pad, "verplicht", melding),)
        )
