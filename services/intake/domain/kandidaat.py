"""A kandidaat on the way through intake: reported, gate, referred to WSD, traject decided.

The order of the klantreis (bron 000 §2.2).  What was decided is never changed: a new besluit
follows the old one, and the last one counts.  No personal data lives here; name, BSN and contact
are kept apart, encrypted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.intake.domain.besluit import Besluit
from services.intake.domain.fouten import (
    AdviesOntbreekt,
    AlDoorverwezen,
    DatumPastNiet,
    DienstenOntbreken,
    GeenPoortbesluit,
    GegevensVerouderd,
    KandidaatIsUitgestroomd,
    NietBevoegd,
    NietDoorverwezen,
    NietUitgestroomd,
    PoortbesluitLeidtNietNaarWsd,
    TerugvaltermijnVerstreken,
)
from services.intake.domain.instroom import Doelgroep, Instroomkanaal, toets_instroom
from services.intake.domain.samenwerkingsmodel import Samenwerkingsafspraken
from services.intake.domain.uitstroom import twaalf_maanden_na


class Kandidaatstatus(StrEnum):
    """How far a kandidaat has come."""

    AANGEMELD = "aangemeld"
    POORTBESLUIT_GENOMEN = "poortbesluit-genomen"
    DOORVERWEZEN = "doorverwezen"
    TRAJECTBESLUIT_GENOMEN = "trajectbesluit-genomen"
    UITGESTROOMD = "uitgestroomd"


class Poortuitkomst(StrEnum):
    """What the gemeente decides at the gate."""

    VRIJSTELLEN = "vrijstellen"
    ZORGTRAJECT = "zorgtraject"
    REGULIER_WERK = "regulier-werk"
    AANMELDEN_BIJ_WSD = "aanmelden-bij-wsd"


class Programma(StrEnum):
    """The three programmes of WSD (bron 000 bijlage 2)."""

    UITSTROOM = "uitstroomprogramma"
    ONTWIKKEL = "ontwikkelprogramma"
    WERK = "werkprogramma"


class Adviesontvangst(StrEnum):
    """What was done with an advies that came in."""

    VERWERKT = "verwerkt"
    AL_BEKEND = "al-bekend"
    ACHTERHAALD = "achterhaald"


@dataclass(frozen=True, slots=True)
class Poortbesluit:
    besluit: Besluit
    uitkomst: Poortuitkomst


@dataclass(frozen=True, slots=True)
class OntvangenAdvies:
    """What intake knows of the advies of WSD; its motivation stays in diagnose."""

    advies_id: UUID
    gegeven_op: date
    programma: Programma
    diensten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trajectbesluit:
    """Which traject the kandidaat follows, with or without WSD.

    wijkt_af: it differs from the advies in programme, services or executor; the motivation of the
    besluit then says why.  inkooporder_nodig: the traject may only start after an order.
    """

    besluit: Besluit
    programma: Programma
    diensten: tuple[str, ...]
    met_wsd: bool
    advies_id: UUID
    wijkt_af: bool
    inkooporder_nodig: bool


@dataclass(slots=True)
class Kandidaat:
    """One kandidaat of one gemeente. Change it through its methods only."""

    kandidaat_id: UUID
    gemeentecode: str
    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    poortbesluiten: tuple[Poortbesluit, ...] = ()
    doorverwezen_op: date | None = None
    advies: OntvangenAdvies | None = None
    trajectbesluiten: tuple[Trajectbesluit, ...] = ()
    ronde: int = 1
    """Which aanmelding this is; besluiten of an earlier one are not here, they do not count."""
    uitgestroomd_op: date | None = None
    gebiedsteam: str | None = None
    """The team of the gemeente that helps, derived from the address."""

    @classmethod
    def meld_aan(
        cls,
        *,
        kandidaat_id: UUID,
        gemeentecode: str,
        aangemeld_op: date,
        instroomkanaal: Instroomkanaal,
        doelgroep: Doelgroep,
        geboortedatum: date,
        afspraken: Samenwerkingsafspraken,
        gebiedsteam: str | None = None,
    ) -> Kandidaat:
        """A resident reports to the gemeente and is a kandidaat from now on.

        geboortedatum is only tested, not kept.  Raises OnbekendeGemeente, WswInstroomGesloten,
        DoelgroepPastNietBijLeeftijd, DatumPastNiet.
        """
        afspraken.geldend(gemeentecode, aangemeld_op)
        toets_instroom(doelgroep, geboortedatum, aangemeld_op)
        return cls(
            kandidaat_id,
            gemeentecode,
            aangemeld_op,
            instroomkanaal,
            doelgroep,
            gebiedsteam=gebiedsteam,
        )

    @property
    def status(self) -> Kandidaatstatus:
        if self.uitgestroomd_op is not None:
            return Kandidaatstatus.UITGESTROOMD
        if self.trajectbesluiten:
            return Kandidaatstatus.TRAJECTBESLUIT_GENOMEN
        if self.doorverwezen_op is not None:
            return Kandidaatstatus.DOORVERWEZEN
        if self.poortbesluiten:
            return Kandidaatstatus.POORTBESLUIT_GENOMEN
        return Kandidaatstatus.AANGEMELD

    @property
    def gedeeld_met_wsd(self) -> bool:
        """May WSD see this kandidaat? From the doorverwijzing on, whatever follows."""
        return self.doorverwezen_op is not None

    def neem_poortbesluit(self, uitkomst: Poortuitkomst, besluit: Besluit) -> Poortbesluit:
        """The gemeente decides at the gate; a later one replaces it, until the doorverwijzing.

        Raises KandidaatIsUitgestroomd, NietBevoegd, AlDoorverwezen, DatumPastNiet.
        """
        self.eis_niet_uitgestroomd()
        if besluit.genomen_door != self.gemeentecode:
            raise NietBevoegd("Alleen de gemeente van de kandidaat neemt het poortbesluit.")
        if self.doorverwezen_op is not None:
            raise AlDoorverwezen(
                "Na de doorverwijzing volgt een trajectbesluit in plaats van een poortbesluit."
            )
        vorige = self.poortbesluiten[-1].besluit.genomen_op if self.poortbesluiten else None
        self._eis_niet_eerder(besluit.genomen_op, vorige or self.aangemeld_op)
        genomen = Poortbesluit(besluit, uitkomst)
        self.poortbesluiten = (*self.poortbesluiten, genomen)
        return genomen

    def verwijs_door(self, op: date, door: str) -> None:
        """The gemeente refers the kandidaat to WSD; from here WSD sees them.

        Raises KandidaatIsUitgestroomd, NietBevoegd, AlDoorverwezen, GeenPoortbesluit,
        PoortbesluitLeidtNietNaarWsd, DatumPastNiet.
        """
        self.eis_niet_uitgestroomd()
        if door != self.gemeentecode:
            raise NietBevoegd("Alleen de gemeente van de kandidaat verwijst door.")
        if self.doorverwezen_op is not None:
            raise AlDoorverwezen("WSD ziet deze kandidaat al; er hoeft niets te gebeuren.")
        if not self.poortbesluiten:
            raise GeenPoortbesluit("Neem eerst het poortbesluit: aanmelden bij WSD.")
        laatste = self.poortbesluiten[-1]
        if laatste.uitkomst is not Poortuitkomst.AANMELDEN_BIJ_WSD:
            raise PoortbesluitLeidtNietNaarWsd(
                "Het laatste poortbesluit stuurt de kandidaat een andere kant op. "
                "Neem eerst een nieuw poortbesluit."
            )
        self._eis_niet_eerder(op, laatste.besluit.genomen_op)
        self.doorverwezen_op = op

    def ontvang_advies(self, advies: OntvangenAdvies) -> Adviesontvangst:
        """WSD has advised; the last advies counts. An older or known one changes nothing.

        So does an advies that was under way when the kandidaat began again at the gate.
        Raises NietDoorverwezen.
        """
        if self.ronde > 1 and (
            self.doorverwezen_op is None or advies.gegeven_op < self.doorverwezen_op
        ):
            return Adviesontvangst.ACHTERHAALD
        if self.doorverwezen_op is None:
            raise NietDoorverwezen("Een advies hoort bij een kandidaat die naar WSD is verwezen.")
        if self.advies is not None:
            if self.advies.advies_id == advies.advies_id:
                return Adviesontvangst.AL_BEKEND
            if advies.gegeven_op < self.advies.gegeven_op:
                return Adviesontvangst.ACHTERHAALD
        self.advies = advies
        return Adviesontvangst.VERWERKT

    def neem_trajectbesluit(
        self,
        programma: Programma,
        diensten: tuple[str, ...],
        *,
        met_wsd: bool,
        besluit: Besluit,
        afspraken: Samenwerkingsafspraken,
    ) -> Trajectbesluit:
        """Decide which traject follows, on the advies of WSD; a later one replaces it.

        Taken by the gemeente, or by WSD under mandate.  The advies does not bind: another choice is
        allowed and shows as wijkt_af.
        Raises KandidaatIsUitgestroomd, NietBevoegd, NietDoorverwezen, AdviesOntbreekt,
        DienstenOntbreken, DatumPastNiet, OnbekendeGemeente.
        """
        self.eis_niet_uitgestroomd()
        afspraak = afspraken.geldend(self.gemeentecode, besluit.genomen_op)
        if not afspraak.mag_trajectbesluit_nemen(besluit.genomen_door):
            raise NietBevoegd(
                "Het trajectbesluit is aan de gemeente van de kandidaat, of aan WSD waar de "
                "gemeente dat heeft gemandateerd."
            )
        if self.doorverwezen_op is None:
            raise NietDoorverwezen("Verwijs de kandidaat eerst door naar WSD voor de diagnose.")
        if self.advies is None:
            raise AdviesOntbreekt(
                "Het besluit rust op onderzoek: wacht het advies van WSD af en besluit daarna."
            )
        if not diensten:
            raise DienstenOntbreken("Kies ten minste één dienst uit het portfolio.")
        vorige = self.trajectbesluiten[-1].besluit.genomen_op if self.trajectbesluiten else None
        self._eis_niet_eerder(besluit.genomen_op, max(self.advies.gegeven_op, vorige or date.min))
        advies = self.advies
        gelijk = programma is advies.programma and set(diensten) == set(advies.diensten)
        genomen = Trajectbesluit(
            besluit=besluit,
            programma=programma,
            diensten=diensten,
            met_wsd=met_wsd,
            advies_id=advies.advies_id,
            wijkt_af=not (met_wsd and gelijk),
            inkooporder_nodig=met_wsd and afspraak.inkooporder_per_traject,
        )
        self.trajectbesluiten = (*self.trajectbesluiten, genomen)
        return genomen

    def stroom_uit(self, op: date, *, door: str, vandaag: date) -> None:
        """The kandidaat needs no more support, or gets none here; op is the first day without.

        Raises NietBevoegd, KandidaatIsUitgestroomd, DatumPastNiet.
        """
        if door != self.gemeentecode:
            raise NietBevoegd("Alleen de gemeente van de kandidaat legt de uitstroom vast.")
        self.eis_niet_uitgestroomd()
        self._eis_niet_eerder(op, self._laatste_stap)
        self._eis_niet_later(op, vandaag)
        self.uitgestroomd_op = op

    def val_terug(self, op: date, *, door: str, vandaag: date) -> None:
        """Within twelve months of the uitstroom all is again as it was before it (terugvaloptie).

        Raises NietBevoegd, NietUitgestroomd, TerugvaltermijnVerstreken, DatumPastNiet.
        """
        if door != self.gemeentecode:
            raise NietBevoegd("Alleen de gemeente van de kandidaat legt een terugval vast.")
        sinds = self._eis_uitgestroomd()
        self._eis_niet_eerder(op, sinds)
        self._eis_niet_later(op, vandaag)
        if op > twaalf_maanden_na(sinds):
            raise TerugvaltermijnVerstreken(
                "Terugvallen kan tot twaalf maanden na de uitstroom. Gebruik een heraanmelding."
            )
        self.uitgestroomd_op = None

    def meld_opnieuw_aan(
        self,
        *,
        aangemeld_op: date,
        instroomkanaal: Instroomkanaal,
        doelgroep: Doelgroep,
        geboortedatum: date,
        met_nieuwe_gegevens: bool,
        door: str,
        afspraken: Samenwerkingsafspraken,
    ) -> None:
        """Who had flowed out reports again and begins at the gate, in a new ronde.

        met_nieuwe_gegevens: personal data was given again; what is there is only used again within
        twelve months of the uitstroom, art. 43a Participatiewet.
        Raises NietBevoegd, NietUitgestroomd, GegevensVerouderd, DatumPastNiet, OnbekendeGemeente,
        WswInstroomGesloten, DoelgroepPastNietBijLeeftijd.
        """
        if door != self.gemeentecode:
            raise NietBevoegd("Een inwoner meldt zich altijd eerst bij de eigen gemeente.")
        sinds = self._eis_uitgestroomd()
        self._eis_niet_eerder(aangemeld_op, sinds)
        if not met_nieuwe_gegevens and aangemeld_op > twaalf_maanden_na(sinds):
            raise GegevensVerouderd(
                "De gegevens zijn ouder dan twaalf maanden. Stuur persoon opnieuw mee."
            )
        afspraken.geldend(self.gemeentecode, aangemeld_op)
        toets_instroom(doelgroep, geboortedatum, aangemeld_op)
        self.ronde += 1
        self.aangemeld_op = aangemeld_op
        self.instroomkanaal = instroomkanaal
        self.doelgroep = doelgroep
        self.poortbesluiten = ()
        self.doorverwezen_op = None
        self.advies = None
        self.trajectbesluiten = ()
        self.uitgestroomd_op = None

    def eis_niet_uitgestroomd(self) -> None:
        """Raises KandidaatIsUitgestroomd: whoever flowed out is decided about no further."""
        if self.uitgestroomd_op is not None:
            raise KandidaatIsUitgestroomd(
                "Leg een terugval of een heraanmelding vast als de kandidaat terug is."
            )

    def _eis_uitgestroomd(self) -> date:
        if self.uitgestroomd_op is None:
            raise NietUitgestroomd("De kandidaat wordt nog begeleid; er hoeft niets te gebeuren.")
        return self.uitgestroomd_op

    @property
    def _laatste_stap(self) -> date:
        """The day of the last thing that happened in this ronde."""
        return max(
            self.aangemeld_op,
            self.doorverwezen_op or date.min,
            *(genomen.besluit.genomen_op for genomen in self.poortbesluiten),
            *(genomen.besluit.genomen_op for genomen in self.trajectbesluiten),
        )

    @staticmethod
    def _eis_niet_later(op: date, vandaag: date) -> None:
        if op > vandaag:
            raise DatumPastNiet("Deze dag is nog niet geweest. Leg het vast als het zover is.")

    @staticmethod
    def _eis_niet_eerder(op: date, eerder: date) -> None:
        if op < eerder:
            raise DatumPastNiet(
                f"De vorige stap was op {eerder.isoformat()}. Kies die dag of een latere."
            )
