"""What the college decides on a loonkostensubsidie, and what is still to be decided.

Decision and amounts follow from the facts (lks_dossier.py); here the college says them in a
beschikking. What is to be decided is the difference between what holds by what is known now and
what the beschikkingen so far say together, so it does not depend on the order of the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from chassis.awb import EEN_DAG, einde_bezwaartermijn
from services.financiering.domain.fouten import (
    AnderVoorstel,
    BekendmakingPastNiet,
    EindeDoelgroepPastNiet,
    NietsTeBeslissen,
)
from services.financiering.domain.leeftijdsgroep import Verjaardagsregel
from services.financiering.domain.lks_aanvraag import einde_forfait
from services.financiering.domain.lks_dossier import (
    Besluit,
    Eindbesluit,
    Grond,
    Grondslag,
    Kandidaatfeiten,
    Loonkostensubsidie,
    Periode,
)
from services.financiering.domain.lks_toekenning import EindeLks, LksToekenning, Wijzigingsreden
from services.financiering.domain.loonkostensubsidie import Stap

VOORUIT: Final = timedelta(days=365)
"""How far ahead the end of the doelgroep may be decided. Our own limit, as for other besluiten."""


class Beschikkingsoort(StrEnum):
    """What a beschikking decides."""

    TOEKENNING = "toekenning"
    AFWIJZING = "afwijzing"
    HERZIENING = "herziening"
    BEEINDIGING = "beeindiging"


@dataclass(frozen=True, slots=True)
class BeschiktBedrag:
    """Euros for a whole month from a day on, with how they were calculated and why they changed.

    tot_en_met: None as long as nothing known ends it; a forfait ends in any case.
    """

    vanaf: date
    tot_en_met: date | None
    grondslag: Grondslag
    loonwaarde: int | None
    maandbedrag: Decimal
    redenen: tuple[Wijzigingsreden, ...]
    stappen: tuple[Stap, ...]
    onzekerheden: tuple[str, ...]

    @property
    def kern(self) -> tuple[Grondslag | None, int | None, Decimal | None]:
        """What is decided in it."""
        return (self.grondslag, self.loonwaarde, self.maandbedrag)


_ARTIKELEN: Final = {
    Wijzigingsreden.JAARLIJKSE_HERZIENING: "art. 10d lid 7 Participatiewet",
    Wijzigingsreden.LOONWAARDE: "art. 10d lid 6 Participatiewet",
    Wijzigingsreden.EINDE_FORFAIT: "art. 10d lid 5 Participatiewet",
    Wijzigingsreden.ARBEIDSDUUR: "art. 10d lid 4 en 5 Participatiewet",
    Wijzigingsreden.LEEFTIJDSGROEP: "art. 2 en 10d lid 4 Participatiewet",
}
_ARTIKELEN_EINDE: Final = {
    EindeLks.EINDE_DIENSTBETREKKING: "art. 10d lid 1 Participatiewet",
    EindeLks.NIET_LANGER_IN_DOELGROEP: "art. 10d lid 8 Participatiewet",
    EindeLks.GEEN_VERMINDERDE_LOONWAARDE: "art. 6 lid 1 onder e en art. 10d lid 4 en 8 "
    "Participatiewet",
}
_ARTIKELEN_BEDRAG: Final = {
    Grondslag.LOONWAARDE: "art. 10d lid 1 onder a en lid 4 Participatiewet",
    Grondslag.FORFAIT: "art. 10d lid 1 onder b en lid 5 Participatiewet",
}


@dataclass(frozen=True, slots=True)
class Besluitinhoud:
    """What is decided, as it stays in the beschikking.

    ingangsdatum: from which day it works; of a beeindiging the day after the last day of subsidy.
    gronden: of an afwijzing. bedragen: of a toekenning or herziening, rising by day.
    verjaardagsregel: by which the amounts were calculated; None where there are none.
    """

    soort: Beschikkingsoort
    ingangsdatum: date
    laatste_dag: date | None = None
    eindereden: EindeLks | None = None
    gronden: tuple[Grond, ...] = ()
    bedragen: tuple[BeschiktBedrag, ...] = ()
    verjaardagsregel: Verjaardagsregel | None = None

    @property
    def redenen(self) -> tuple[Wijzigingsreden, ...]:
        """Why the amounts are other than before."""
        return tuple(dict.fromkeys(r for bedrag in self.bedragen for r in bedrag.redenen))

    @property
    def onzekerheden(self) -> tuple[str, ...]:
        """The figures of law under it (Dutch) that were not found in a source."""
        return tuple(dict.fromkeys(o for bedrag in self.bedragen for o in bedrag.onzekerheden))

    @property
    def artikelen(self) -> tuple[str, ...]:
        """The rules it rests on."""
        match self.soort:
            case Beschikkingsoort.AFWIJZING:
                gevonden = [grond.artikel for grond in self.gronden if grond.artikel]
            case Beschikkingsoort.BEEINDIGING:
                gevonden = [_ARTIKELEN_EINDE[self.eindereden]] if self.eindereden else []
            case Beschikkingsoort.TOEKENNING:
                gevonden = [_ARTIKELEN_BEDRAG[bedrag.grondslag] for bedrag in self.bedragen]
            case Beschikkingsoort.HERZIENING:
                gevonden = [_ARTIKELEN[r] for r in self.redenen if r in _ARTIKELEN]
                gevonden = gevonden or [_ARTIKELEN_BEDRAG[b.grondslag] for b in self.bedragen]
        return tuple(dict.fromkeys(gevonden))


@dataclass(frozen=True, slots=True)
class _Beschikt:
    """What the beschikkingen on one subsidy say together."""

    beslist: bool = False
    bedragen: tuple[BeschiktBedrag, ...] = ()
    laatste_dag: date | None = None

    @classmethod
    def van(cls, gegeven: Iterable[Besluitinhoud]) -> _Beschikt:
        samen = cls()
        for inhoud in gegeven:
            eerder = tuple(b for b in samen.bedragen if b.vanaf < inhoud.ingangsdatum)
            einde = inhoud.soort is not Beschikkingsoort.HERZIENING
            samen = cls(
                True,
                (*eerder, *inhoud.bedragen),
                inhoud.laatste_dag if einde else samen.laatste_dag,
            )
        return samen

    def op(self, dag: date) -> BeschiktBedrag | None:
        geldend = [b for b in self.bedragen if b.vanaf <= dag]
        return geldend[-1] if geldend else None


def stel_besluit_voor(
    lks: Loonkostensubsidie, feiten: Kandidaatfeiten, gegeven: Sequence[Besluitinhoud]
) -> Besluitinhoud | None:
    """What the college has to decide now, the first thing first; None when there is nothing.

    gegeven: the beschikkingen on this subsidy so far, the oldest first.
    """
    beschikt, begin = _Beschikt.van(gegeven), lks.dienstverband.begindatum
    match lks.besluit:
        case None:
            return None
        case Besluit.GEWEIGERD:
            if beschikt.beslist:
                return None
            return Besluitinhoud(Beschikkingsoort.AFWIJZING, begin, gronden=lks.gronden)
        case Besluit.TOEGEKEND:
            toekenning = lks.toekenning(feiten)
            if not beschikt.beslist:
                return _toekenning(lks, toekenning)
            return _herziening(lks, toekenning, beschikt) or _beeindiging(lks, beschikt)


def eindig_doelgroep(
    lks: Loonkostensubsidie, laatste_dag: date, bekendgemaakt_op: date
) -> Besluitinhoud:
    """The college establishes that the worker no longer belongs to the doelgroep (lid 8).

    The subsidy ends when that is established, so not before it is made known (own reading).
    Raises NietsTeBeslissen when it has ended by then, EindeDoelgroepPastNiet.
    """
    if lks.toekenning_id is None or lks.eindbesluit is not None:
        raise NietsTeBeslissen(
            "Alleen een subsidie die bij beschikking is toegekend en nog niet bij beschikking is "
            "beëindigd, kan zo eindigen."
        )
    if lks.laatste_dag is not None and lks.laatste_dag <= laatste_dag:
        raise NietsTeBeslissen(
            f"De subsidie eindigt al na {lks.laatste_dag.isoformat()}, met het dienstverband."
        )
    eerste = max(bekendgemaakt_op, lks.dienstverband.begindatum)
    if not eerste <= laatste_dag <= bekendgemaakt_op + VOORUIT:
        raise EindeDoelgroepPastNiet(
            f"Kies een laatste dag vanaf {eerste.isoformat()}, hoogstens een jaar na de "
            "bekendmaking: de subsidie eindigt als is vastgesteld dat de werknemer niet meer tot "
            "de doelgroep behoort, niet eerder."
        )
    return _einde(laatste_dag, EindeLks.NIET_LANGER_IN_DOELGROEP)


def eis_bekendmaking(op: date, *, bekend_sinds: date, vandaag: date) -> None:
    """A letter goes out after what it decides on was known, and is recorded after it went out.

    Raises BekendmakingPastNiet.
    """
    if not bekend_sinds <= op <= vandaag:
        raise BekendmakingPastNiet(
            f"Geef de dag waarop de beschikking is verzonden: van {bekend_sinds.isoformat()}, toen "
            f"bekend werd waarover zij gaat, tot en met vandaag ({vandaag.isoformat()})."
        )


def is_jaarlijks(inhoud: Besluitinhoud | None, januari: date) -> bool:
    """Whether all there is to decide is that another amount holds from this 1 January (lid 7)."""
    return (
        inhoud is not None
        and inhoud.soort is Beschikkingsoort.HERZIENING
        and inhoud.ingangsdatum == januari
        and len(inhoud.bedragen) == 1
        and Wijzigingsreden.JAARLIJKSE_HERZIENING in inhoud.redenen
    )


def eis_voorgesteld(voorstel: Besluitinhoud | None, soort: Beschikkingsoort) -> Besluitinhoud:
    """The voorstel, if that is what is decided. Raises NietsTeBeslissen, AnderVoorstel."""
    if voorstel is None:
        raise NietsTeBeslissen(
            "Wat nu geldt, staat al in de beschikkingen, of er ontbreken nog gegevens. Bij het "
            "beschikkingsvoorstel staat welke."
        )
    if voorstel.soort is not soort:
        raise AnderVoorstel(
            f"Nu is een {voorstel.soort.value} aan de orde. Bekijk het beschikkingsvoorstel."
        )
    return voorstel


@dataclass(frozen=True, slots=True)
class Beschikking:
    """A beschikking of the college on a loonkostensubsidie; it never changes, a new one follows.

    college: gemeentecode in whose name; rol: of who took it there. herziening_id: the decision on
    all subsidies of 1 January that it is part of. The motivation is kept beside it, sealed.
    """

    beschikking_id: UUID
    lks_id: UUID
    kandidaat_id: UUID
    plaatsing_id: UUID
    werkgever_id: UUID | None
    college: str
    rol: str
    inhoud: Besluitinhoud
    bekendgemaakt_op: date
    herziening_id: UUID | None = None

    @property
    def bezwaar_tot_en_met(self) -> date:
        """Last day for a notice of objection, art. 6:7 and 6:8 Awb."""
        return einde_bezwaartermijn(self.bekendgemaakt_op)

    def toegepast(self, lks: Loonkostensubsidie) -> Loonkostensubsidie:
        """The subsidy on which it was decided: granted, or ended where the facts did not."""
        inhoud = self.inhoud
        if inhoud.soort is Beschikkingsoort.TOEKENNING:
            return replace(lks, toekenning_id=self.beschikking_id)
        eindigt_zo = inhoud.soort is Beschikkingsoort.BEEINDIGING and (
            inhoud.laatste_dag != lks.dienstverband.laatste_dag
        )
        if eindigt_zo and inhoud.laatste_dag is not None and inhoud.eindereden is not None:
            return replace(lks, eindbesluit=Eindbesluit(inhoud.laatste_dag, inhoud.eindereden))
        return lks


def _toekenning(lks: Loonkostensubsidie, toekenning: LksToekenning) -> Besluitinhoud | None:
    """None for an employment that never began: nothing came about (art. 10d lid 1)."""
    bedragen = _bedragen(lks, toekenning, toekenning.ingangsdatum)
    if not bedragen:
        return None
    return Besluitinhoud(
        Beschikkingsoort.TOEKENNING,
        toekenning.ingangsdatum,
        laatste_dag=lks.laatste_dag,
        eindereden=lks.eindereden,
        bedragen=bedragen,
        verjaardagsregel=toekenning.verjaardagsregel,
    )


def _herziening(
    lks: Loonkostensubsidie, toekenning: LksToekenning, beschikt: _Beschikt
) -> Besluitinhoud | None:
    """From the first day on which a known amount is another than what was decided."""
    perioden = lks.perioden
    laatste = lks.laatste_dag or date.max
    dagen = {p.vanaf for p in perioden} | {b.vanaf for b in beschikt.bedragen}
    for dag in sorted(d for d in dagen if d <= laatste):
        geldend = [p.vaststelling for p in perioden if p.vanaf <= dag]
        if not geldend or geldend[-1].maandbedrag is None:
            continue
        nu, was = geldend[-1], beschikt.op(dag)
        if was is None or (nu.grondslag, nu.loonwaarde, nu.maandbedrag) != was.kern:
            return Besluitinhoud(
                Beschikkingsoort.HERZIENING,
                dag,
                bedragen=_bedragen(lks, toekenning, dag),
                verjaardagsregel=toekenning.verjaardagsregel,
            )
    return None


def _beeindiging(lks: Loonkostensubsidie, beschikt: _Beschikt) -> Besluitinhoud | None:
    """The end by the facts, or what ends it: a loonwaarde by which nothing is due any more."""
    if lks.laatste_dag is not None and lks.eindereden is not None:
        if lks.laatste_dag == beschikt.laatste_dag:
            return None
        return _einde(lks.laatste_dag, lks.eindereden)
    laatste = lks.perioden[-1] if lks.perioden else None
    if laatste is None or laatste.vaststelling.loonwaarde != 100:
        return None
    return _einde(laatste.vanaf - EEN_DAG, EindeLks.GEEN_VERMINDERDE_LOONWAARDE)


def _einde(laatste_dag: date, reden: EindeLks) -> Besluitinhoud:
    return Besluitinhoud(
        Beschikkingsoort.BEEINDIGING,
        laatste_dag + EEN_DAG,
        laatste_dag=laatste_dag,
        eindereden=reden,
    )


def _bedragen(
    lks: Loonkostensubsidie, toekenning: LksToekenning, vanaf: date
) -> tuple[BeschiktBedrag, ...]:
    """What holds from a day on, as far as it is known."""
    return tuple(
        _bedrag(periode, toekenning, max(vanaf, periode.vanaf))
        for periode in lks.perioden
        if periode.tot_en_met is None or periode.tot_en_met >= vanaf
        if periode.vaststelling.maandbedrag is not None
    )


def _bedrag(periode: Periode, toekenning: LksToekenning, vanaf: date) -> BeschiktBedrag:
    vast = periode.vaststelling
    if vast.grondslag is None or vast.maandbedrag is None:
        raise ValueError("een bedrag heeft een grondslag")
    berekening = toekenning.berekening_op(vanaf)
    wijziging = toekenning.volgende_wijziging(vanaf - EEN_DAG)
    tot_en_met = periode.tot_en_met
    if tot_en_met is None and vast.grondslag is Grondslag.FORFAIT:
        tot_en_met = (
            einde_forfait(toekenning.begin_dienstbetrekking, toekenning.ingangsdatum) - EEN_DAG
        )
    return BeschiktBedrag(
        vanaf,
        tot_en_met,
        vast.grondslag,
        vast.loonwaarde,
        vast.maandbedrag,
        wijziging.redenen if wijziging and wijziging.op == vanaf else (),
        berekening.stappen,
        berekening.onzekerheden,
    )
