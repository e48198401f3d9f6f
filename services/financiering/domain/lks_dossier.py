"""The loonkostensubsidie of one placement: facts in, decision and amounts out.

Facts of intake, diagnose and plaatsing arrive in any order relative to each other. So nothing here
depends on the order: each time something is learned, decision and amounts are derived again from
all that is known, and only what differs from what was established before is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.financiering.domain.fouten import (
    DatumBuitenTabel,
    DomeinFout,
    GeenLopendBesluit,
    LoonwaardeOntbreekt,
)
from services.financiering.domain.kalender import EEN_DAG
from services.financiering.domain.leeftijdsgroep import (
    Leeftijdsgroep,
    Leeftijdsovergang,
    Leeftijdsverloop,
    Verjaardagskeuzes,
    Verjaardagsregel,
)
from services.financiering.domain.lks_aanvraag import (
    LksAanvraag,
    LoonwaardeVanaf,
    einde_forfait,
    weigeringsgronden,
)
from services.financiering.domain.lks_toekenning import (
    ArbeidsduurVanaf,
    EindeLks,
    GemeenteVanaf,
    LksToekenning,
    Wijzigingsreden,
    gemeente_op,
)
from services.financiering.domain.loonkostensubsidie import Arbeidsduur


class Doelgroep(StrEnum):
    """The group under which the gemeente brought a kandidaat in."""

    PWET = "pwet"
    WSW = "wsw"
    WMO = "wmo"
    NUG = "nug"
    JONGERE_16_27 = "jongere-16-27"
    VERGUNNINGHOUDER = "vergunninghouder"
    WAJONG_UWV_PILOT = "wajong-uwv-pilot"


BUITEN_DOELGROEP = frozenset({Doelgroep.WAJONG_UWV_PILOT})
"""Groups outside art. 7 lid 1 onder a Participatiewet: for the Wajong there is loondispensatie of
UWV. That this follows from the doelgroep is our own reading. Of the others the college establishes
that they belong to the doelgroep loonkostensubsidie (art. 10c) before a placement starts: plaatsing
asks for it, so LKSPlaatsing tells it."""


class LksStatus(StrEnum):
    WACHT_OP_GEGEVENS = "wacht-op-gegevens"
    TOEGEKEND = "toegekend"
    GEWEIGERD = "geweigerd"
    BEEINDIGD = "beeindigd"


class Besluit(StrEnum):
    TOEGEKEND = "toegekend"
    GEWEIGERD = "geweigerd"


class Grondslag(StrEnum):
    """On what an amount rests: art. 10d lid 4 or lid 5 Participatiewet."""

    LOONWAARDE = "loonwaarde"
    FORFAIT = "forfait"


@dataclass(frozen=True, slots=True)
class Grond:
    """Why a subsidy is refused, why it waits, or why an amount is not known. Texts are Dutch."""

    code: str
    titel: str
    uitleg: str
    artikel: str | None

    @classmethod
    def van(cls, fout: DomeinFout) -> Grond:
        return cls(fout.code, fout.titel, fout.uitleg, fout.artikel)


WACHT_OP_DOORVERWIJZING = Grond(
    code="doorverwijzing-nog-niet-ontvangen",
    titel="Doelgroep en leeftijdsgroep zijn nog niet bekend",
    uitleg="De plaatsing is ontvangen, de doorverwijzing met doelgroep en leeftijdsgroep nog niet. "
    "Zodra die er is, wordt vanzelf beslist.",
    artikel="art. 10d lid 1 Participatiewet",
)


@dataclass(frozen=True, slots=True)
class Kandidaatfeiten:
    """What the amount needs to know of a kandidaat, as far as it was heard.

    doelgroep and leeftijdsgroep come together, with the referral to WSD. overgangen and loonwaarden
    rise by date, at most one per date. gemeenten: who had the regie from when, empty when it was
    one gemeente all the time. verjaardagskeuzes: what the colleges chose, the same for everyone.
    """

    doelgroep: Doelgroep | None = None
    leeftijdsgroep: Leeftijdsgroep | None = None
    overgangen: tuple[Leeftijdsovergang, ...] = ()
    loonwaarden: tuple[LoonwaardeVanaf, ...] = ()
    gemeenten: tuple[GemeenteVanaf, ...] = ()
    verjaardagskeuzes: Verjaardagskeuzes = field(default_factory=Verjaardagskeuzes)

    @property
    def leeftijd(self) -> Leeftijdsverloop | None:
        """The age group over time; None while it is not known where it starts."""
        groep = self.leeftijdsgroep
        if groep is None:
            return None
        return Leeftijdsverloop(
            groep, tuple(o for o in self.overgangen if o.groep.rang > groep.rang)
        )


@dataclass(frozen=True, slots=True)
class Dienstverband:
    """The employment as the placement told it. loonwaarde: None is the forfait (lid 5).

    arbeidsduur: on the first day; gewijzigd: what was agreed after that, rising by date.
    werkgever_id: who is paid; None when the placement was told before payments were made.
    gemeld_op: when plaatsing told it; None when that was before terms were watched.
    """

    plaatsing_id: UUID
    begindatum: date
    arbeidsduur: Arbeidsduur
    loonwaarde: int | None
    laatste_dag: date | None = None
    eindereden: EindeLks | None = None
    gewijzigd: tuple[ArbeidsduurVanaf, ...] = ()
    werkgever_id: UUID | None = None
    gemeld_op: date | None = None

    @property
    def arbeidsduren(self) -> tuple[ArbeidsduurVanaf, ...]:
        """From the first day on, rising by date."""
        return (ArbeidsduurVanaf(self.arbeidsduur, self.begindatum), *self.gewijzigd)

    @property
    def laatste_arbeidsduur(self) -> Arbeidsduur:
        """What was agreed last."""
        return self.arbeidsduren[-1].arbeidsduur

    def gewijzigde_arbeidsduur(
        self, vanaf: date, uren: Decimal | None, voltijdsuren: Decimal | None
    ) -> ArbeidsduurVanaf:
        """Other hours from a day on; None stays as it was. Raises OngeldigeArbeidsduur."""
        was = self.laatste_arbeidsduur
        return ArbeidsduurVanaf(
            Arbeidsduur(uren or was.uren, voltijdsuren or was.voltijdsuren), vanaf
        )

    def loonwaarden(self, gemeten: tuple[LoonwaardeVanaf, ...]) -> tuple[LoonwaardeVanaf, ...]:
        """The loonwaarden that count for this employment, by date.

        A loonwaarde belongs to the work done. What was measured before the first day counts only
        through the placement, which carries it; the exception is the forfait, after which it holds
        until something newer is measured. What is measured from the first day on replaces what the
        placement carried. During a forfait it does so from the day after the first, because the
        law knows no settlement of a forfait afterwards.
        """
        begin = self.begindatum
        if self.loonwaarde is not None:
            nieuwer = tuple(w for w in gemeten if w.vanaf >= begin)
            if nieuwer and nieuwer[0].vanaf == begin:
                return nieuwer
            return (LoonwaardeVanaf(self.loonwaarde, begin), *nieuwer)
        nieuwer = tuple(w for w in gemeten if w.vanaf > begin)
        eerder = [w for w in gemeten if w.vanaf <= begin]
        na_forfait = einde_forfait(begin, begin)
        if eerder and not (nieuwer and nieuwer[0].vanaf <= na_forfait):
            return (LoonwaardeVanaf(eerder[-1].percentage, na_forfait), *nieuwer)
        return nieuwer


@dataclass(frozen=True, slots=True)
class Vaststelling:
    """From a day on this amount holds for a whole month, or none is known for the reason given.

    betaler: the gemeente that pays it.
    """

    ingangsdatum: date
    betaler: str
    grondslag: Grondslag | None = None
    loonwaarde: int | None = None
    maandbedrag: Decimal | None = None
    reden: Grond | None = None

    def zegt_hetzelfde_als(self, andere: Vaststelling) -> bool:
        """The same, whatever the day."""
        return self._inhoud == andere._inhoud

    @property
    def _inhoud(self) -> tuple[object, ...]:
        code = self.reden.code if self.reden else None
        return (self.betaler, self.grondslag, self.loonwaarde, self.maandbedrag, code)


@dataclass(frozen=True, slots=True)
class Periode:
    """Days on which the same holds. tot_en_met: None is until something changes."""

    vanaf: date
    tot_en_met: date | None
    vaststelling: Vaststelling


@dataclass(frozen=True, slots=True)
class Loonkostensubsidie:
    """The loonkostensubsidie of one placement, as decided and established so far.

    gronden: why it was refused or what it waits for. vaststellingen: by ingangsdatum, the latest
    for each.
    """

    lks_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    dienstverband: Dienstverband
    besluit: Besluit | None = None
    besloten_op: date | None = None
    gronden: tuple[Grond, ...] = ()
    vaststellingen: tuple[Vaststelling, ...] = ()

    @property
    def status(self) -> LksStatus:
        """beeindigd from the moment the end is known; until the last day there is an amount."""
        match self.besluit:
            case None:
                return LksStatus.WACHT_OP_GEGEVENS
            case Besluit.GEWEIGERD:
                return LksStatus.GEWEIGERD
            case Besluit.TOEGEKEND:
                lopend = self.dienstverband.laatste_dag is None
                return LksStatus.TOEGEKEND if lopend else LksStatus.BEEINDIGD

    @property
    def maandbedrag(self) -> Decimal | None:
        """What was established last; None when there is no amount or it is not known."""
        perioden = self.perioden
        return perioden[-1].vaststelling.maandbedrag if perioden else None

    @property
    def perioden(self) -> tuple[Periode, ...]:
        """What holds when, until the last day of the employment."""
        laatste = self.dienstverband.laatste_dag or date.max
        vast: list[Vaststelling] = []
        for volgende in self.vaststellingen:
            nieuw = not vast or not vast[-1].zegt_hetzelfde_als(volgende)
            if nieuw and volgende.ingangsdatum <= laatste:
                vast.append(volgende)
        grenzen = [v.ingangsdatum - EEN_DAG for v in vast[1:]]
        eind = [*grenzen, self.dienstverband.laatste_dag]
        return tuple(Periode(v.ingangsdatum, e, v) for v, e in zip(vast, eind, strict=False))

    def beeindigd(self, laatste_dag: date, reden: EindeLks) -> Loonkostensubsidie:
        """The employment has ended, and the subsidy with it.

        A last day before the first means that the job never began: then there is no amount at all.
        """
        dienstverband = replace(self.dienstverband, laatste_dag=laatste_dag, eindereden=reden)
        return replace(self, dienstverband=dienstverband)

    def beoordeeld(self, feiten: Kandidaatfeiten, vandaag: date) -> Loonkostensubsidie:
        """This subsidy by what is known now: decided if it can be, with the amounts until today.

        A decision stands: later facts change the amounts, not whether it was granted. Of a subsidy
        that starts later the first amount is established at once.
        """
        beslist = self if self.besluit is not None else self._beslist(feiten, vandaag)
        if beslist.besluit is not Besluit.TOEGEKEND:
            return beslist
        toekenning = beslist.toekenning(feiten)
        tot_en_met = max(vandaag, toekenning.ingangsdatum)
        return replace(
            beslist,
            vaststellingen=_bijgewerkt(
                beslist.vaststellingen,
                tuple(_bedragen(toekenning, tot_en_met)),
                laatste_dag=toekenning.laatste_dag or date.max,
            ),
        )

    def volgende_beoordeling(self, feiten: Kandidaatfeiten, vandaag: date) -> date | None:
        """The day on which time itself may change something; None when only a new fact can.

        What waits for figures of law is tried again every day: they come with a new release of the
        tables, of which no event tells.
        """
        wachtend = (*self.gronden, *(p.vaststelling.reden for p in self.perioden))
        if self.besluit is not Besluit.GEWEIGERD and any(
            grond is not None and grond.code == DatumBuitenTabel.code for grond in wachtend
        ):
            return vandaag + EEN_DAG
        if self.besluit is not Besluit.TOEGEKEND:
            return None
        toekenning = self.toekenning(feiten)
        wijziging = toekenning.volgende_wijziging(max(vandaag, toekenning.ingangsdatum))
        if wijziging is None or Wijzigingsreden.EINDE in wijziging.redenen:
            return None
        return wijziging.op

    def toekenning(self, feiten: Kandidaatfeiten) -> LksToekenning:
        """What was granted, with everything known by now. Raises GeenLopendBesluit."""
        leeftijd = feiten.leeftijd
        if self.besluit is not Besluit.TOEGEKEND or leeftijd is None:
            raise GeenLopendBesluit(
                "Alleen van een toegekende loonkostensubsidie zijn er bedragen. Bij de subsidie "
                "staat waarom zij is geweigerd of waarop zij wacht."
            )
        dienstverband = self.dienstverband
        toegekend = LksToekenning.ken_toe(
            self._aanvraag(leeftijd, in_doelgroep=True),
            toekenning_id=self.lks_id,
            kandidaat_id=self.kandidaat_id,
            plaatsing_id=dienstverband.plaatsing_id,
            gemeentecode=self.gemeentecode,
            verjaardagsregel=self.verjaardagsregel(feiten),
        )
        return replace(
            toegekend,
            arbeidsduren=dienstverband.arbeidsduren,
            loonwaarden=dienstverband.loonwaarden(feiten.loonwaarden),
            laatste_dag=dienstverband.laatste_dag,
            eindereden=dienstverband.eindereden,
            gemeenten=feiten.gemeenten,
        )

    def verjaardagsregel(self, feiten: Kandidaatfeiten) -> Verjaardagsregel:
        """That of the college that had the regie when the subsidy started, also after a move."""
        begin = self.dienstverband.begindatum
        gemeente = gemeente_op(feiten.gemeenten, begin) or self.gemeentecode
        return feiten.verjaardagskeuzes.regel(gemeente, begin)

    def _beslist(self, feiten: Kandidaatfeiten, vandaag: date) -> Loonkostensubsidie:
        """Granted or refused; unchanged but for what it waits for when it cannot be decided."""
        leeftijd = feiten.leeftijd
        if leeftijd is None:
            return replace(self, gronden=(WACHT_OP_DOORVERWIJZING,))
        aanvraag = self._aanvraag(
            leeftijd,
            in_doelgroep=feiten.doelgroep not in BUITEN_DOELGROEP,
            wsw=feiten.doelgroep is Doelgroep.WSW,
        )
        try:
            gronden = tuple(Grond.van(fout) for fout in weigeringsgronden(aanvraag))
            besluit = Besluit.GEWEIGERD if gronden else Besluit.TOEGEKEND
            beslist = replace(self, besluit=besluit, besloten_op=vandaag, gronden=gronden)
            if not gronden:
                beslist.toekenning(feiten)
        except DatumBuitenTabel as fout:
            return replace(self, gronden=(Grond.van(fout),))
        return beslist

    def _aanvraag(
        self, leeftijd: Leeftijdsverloop, *, in_doelgroep: bool, wsw: bool = False
    ) -> LksAanvraag:
        """What the college decides on, of its own accord (ambtshalve), from the first day."""
        begin, percentage = self.dienstverband.begindatum, self.dienstverband.loonwaarde
        return LksAanvraag(
            begin_dienstbetrekking=begin,
            ingangsdatum=begin,
            arbeidsduur=self.dienstverband.arbeidsduur,
            leeftijd=leeftijd,
            loonwaarde=None if percentage is None else LoonwaardeVanaf(percentage, begin),
            behoort_tot_doelgroep=in_doelgroep,
            wsw_dienstbetrekking=wsw,
        )


def _bedragen(toekenning: LksToekenning, tot_en_met: date) -> Iterator[Vaststelling]:
    """What holds from each day on which something changes, up to and including a day."""
    dag: date | None = toekenning.ingangsdatum
    while dag is not None and dag <= tot_en_met and toekenning.loopt_op(dag):
        yield _vaststelling(toekenning, dag)
        wijziging = toekenning.volgende_wijziging(dag)
        dag = wijziging.op if wijziging else None


def _vaststelling(toekenning: LksToekenning, dag: date) -> Vaststelling:
    betaler = toekenning.betaler_op(dag)
    try:
        bedrag = toekenning.berekening_op(dag).bedrag
    except (DatumBuitenTabel, LoonwaardeOntbreekt) as fout:
        return Vaststelling(dag, betaler, reden=Grond.van(fout))
    loonwaarde = toekenning.loonwaarde_op(dag)
    grondslag = Grondslag.FORFAIT if loonwaarde is None else Grondslag.LOONWAARDE
    return Vaststelling(dag, betaler, grondslag, loonwaarde, bedrag)


def _bijgewerkt(
    verteld: tuple[Vaststelling, ...], geldend: tuple[Vaststelling, ...], *, laatste_dag: date
) -> tuple[Vaststelling, ...]:
    """What was established before, with a new one on each day from which it now reads otherwise.

    laatste_dag: after it nothing holds, so nothing is established either.
    """
    samen = {v.ingangsdatum: v for v in verteld}
    for dag in sorted({v.ingangsdatum for v in (*verteld, *geldend)}):
        eerder = [samen[d] for d in sorted(samen) if d <= dag]
        nu = [v for v in geldend if v.ingangsdatum <= dag <= laatste_dag]
        if nu and not (eerder and eerder[-1].zegt_hetzelfde_als(nu[-1])):
            samen[dag] = replace(nu[-1], ingangsdatum=dag)
    return tuple(samen[dag] for dag in sorted(samen))
