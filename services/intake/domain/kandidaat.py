"""A kandidaat on the way through intake: reported, gate, referred to WSD, traject decided.

The order of the klantreis (bron 000 §2.2).  What was decided is never changed: a new besluit
follows the old one or it is withdrawn, and of each kind the last that was not withdrawn counts.  No
personal data lives here; name, BSN and contact are kept apart, encrypted.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, TypeVar
from uuid import UUID

from services.intake.domain.besluit import Besluit, Intrekking
from services.intake.domain.fouten import (
    AdviesOntbreekt,
    AlDoorverwezen,
    BeschutWerkZonderAdvies,
    BesluitAlIngetrokken,
    BesluitDraagtDoorverwijzing,
    BesluitNietInTeTrekken,
    DatumPastNiet,
    DienstenOntbreken,
    GeenInkooporderNodig,
    GeenPoortbesluit,
    GegevensVerouderd,
    InkooporderAlGeplaatst,
    KandidaatIsUitgestroomd,
    NietBevoegd,
    NietDoorverwezen,
    NietUitgestroomd,
    PoortbesluitLeidtNietNaarWsd,
    RechtsgrondPastNiet,
    TerugvaltermijnVerstreken,
    ZonderWsd,
)
from services.intake.domain.inkooporder import Inkooporder
from services.intake.domain.instroom import Doelgroep, Instroomkanaal, toets_instroom
from services.intake.domain.rechtsgrond import TOEGESTAAN, Besluitsoort
from services.intake.domain.samenwerkingsmodel import Samenwerkingsafspraak, Samenwerkingsafspraken
from services.intake.domain.uitstroom import twaalf_maanden_na
from services.intake.domain.vrijstelling import Verplichting, Vrijstelling, toets_vrijstelling


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
    soort: ClassVar = Besluitsoort.POORTBESLUIT

    besluit: Besluit
    uitkomst: Poortuitkomst


@dataclass(frozen=True, slots=True)
class Zorgtraject:
    """The kandidaat goes to care first; which care is not kept here."""

    soort: ClassVar = Besluitsoort.ZORGTRAJECT

    besluit: Besluit


@dataclass(frozen=True, slots=True)
class UwvAdvies:
    """Whether someone can only work in a sheltered setting; its grounds stay with the UWV."""

    gegeven_op: date
    positief: bool


@dataclass(frozen=True, slots=True)
class BeschutWerkbesluit:
    """Whether the kandidaat gets beschut werk (art. 10b); a later one replaces it."""

    soort: ClassVar = Besluitsoort.BESCHUT_WERK

    besluit: Besluit
    advies: UwvAdvies
    toegekend: bool


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

    advies_id: None at a gemeente that works without WSD.  wijkt_af: it differs from the advies in
    programme, services or executor; the motivation of the besluit then says why.
    inkooporder_nodig: the traject may only start after an order.
    """

    soort: ClassVar = Besluitsoort.TRAJECTBESLUIT

    besluit: Besluit
    programma: Programma
    diensten: tuple[str, ...]
    met_wsd: bool
    advies_id: UUID | None
    wijkt_af: bool
    inkooporder_nodig: bool
    inkooporder: Inkooporder | None = None


Genomen = Poortbesluit | Trajectbesluit | Vrijstelling | Zorgtraject | BeschutWerkbesluit
"""A besluit with what its kind adds to it."""

_Soort = TypeVar("_Soort", bound=Genomen)


@dataclass(slots=True)
class Kandidaat:
    """One kandidaat of one gemeente. Change it through its methods only.

    besluiten: of every kind, in the order in which they were taken.
    """

    kandidaat_id: UUID
    gemeentecode: str
    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    besluiten: tuple[Genomen, ...] = ()
    doorverwezen_op: date | None = None
    advies: OntvangenAdvies | None = None
    ronde: int = 1
    """Which aanmelding this is."""
    eerdere_besluiten: tuple[Genomen, ...] = ()
    """Of an earlier ronde; they do not count any more."""
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
        if self.geldend(Trajectbesluit) is not None:
            return Kandidaatstatus.TRAJECTBESLUIT_GENOMEN
        if self.doorverwezen_op is not None:
            return Kandidaatstatus.DOORVERWEZEN
        if self.geldend(Poortbesluit) is not None:
            return Kandidaatstatus.POORTBESLUIT_GENOMEN
        return Kandidaatstatus.AANGEMELD

    @property
    def gedeeld_met_wsd(self) -> bool:
        """May WSD see this kandidaat? From the doorverwijzing on, whatever follows."""
        return self.doorverwezen_op is not None

    def van_soort(self, soort: type[_Soort]) -> tuple[_Soort, ...]:
        """All besluiten of a kind, also those that were withdrawn, in order."""
        return tuple(genomen for genomen in self.besluiten if isinstance(genomen, soort))

    def geldend(self, soort: type[_Soort]) -> _Soort | None:
        """The besluit of a kind that counts for what comes next: the last not withdrawn."""
        telt = [g for g in self.van_soort(soort) if g.besluit.intrekking is None]
        return telt[-1] if telt else None

    def met_nummer(self, besluit_id: UUID) -> Genomen | None:
        """A besluit of this ronde, to do something with."""
        return next((g for g in self.besluiten if g.besluit.besluit_id == besluit_id), None)

    def ooit_genomen(self, besluit_id: UUID) -> Genomen | None:
        """A besluit of any ronde, to look at."""
        alle = (*self.eerdere_besluiten, *self.besluiten)
        return next((g for g in alle if g.besluit.besluit_id == besluit_id), None)

    def neem_poortbesluit(
        self, uitkomst: Poortuitkomst, besluit: Besluit, *, afspraken: Samenwerkingsafspraken
    ) -> Poortbesluit:
        """The gemeente decides at the gate; a later one replaces it, until the doorverwijzing.

        Raises KandidaatIsUitgestroomd, NietBevoegd, RechtsgrondPastNiet, ZonderWsd,
        AlDoorverwezen, DatumPastNiet, OnbekendeGemeente.
        """
        afspraak = self._eis_besluit(Poortbesluit, besluit, afspraken)
        if self.doorverwezen_op is not None:
            raise AlDoorverwezen(
                "Na de doorverwijzing volgt een trajectbesluit in plaats van een poortbesluit."
            )
        if uitkomst is Poortuitkomst.AANMELDEN_BIJ_WSD and not afspraak.met_wsd:
            raise ZonderWsd("Kies een andere uitkomst en neem daarna zelf het trajectbesluit.")
        return self._voeg_toe(Poortbesluit(self._van_college(besluit), uitkomst))

    def verleen_vrijstelling(
        self,
        vrijgesteld_van: Set[Verplichting],
        einddatum: date | None,
        *,
        alleenstaande_ouder_kind_jonger_dan_5: bool,
        besluit: Besluit,
        afspraken: Samenwerkingsafspraken,
    ) -> Vrijstelling:
        """The gemeente exempts from duties of art. 9 lid 1; a later one replaces it.

        Raises KandidaatIsUitgestroomd, NietBevoegd, RechtsgrondPastNiet, DatumPastNiet,
        OnbekendeGemeente and what toets_vrijstelling raises.
        """
        self._eis_besluit(Vrijstelling, besluit, afspraken)
        return self._voeg_toe(
            toets_vrijstelling(
                self._van_college(besluit),
                vrijgesteld_van,
                einddatum,
                alleenstaande_ouder_kind_jonger_dan_5=alleenstaande_ouder_kind_jonger_dan_5,
                eerdere=tuple(
                    g
                    for g in (*self.eerdere_besluiten, *self.besluiten)
                    if isinstance(g, Vrijstelling)
                ),
            )
        )

    def neem_zorgtraject(
        self, besluit: Besluit, *, afspraken: Samenwerkingsafspraken
    ) -> Zorgtraject:
        """The gemeente decides that care comes first; a later one replaces it.

        Raises KandidaatIsUitgestroomd, NietBevoegd, RechtsgrondPastNiet, DatumPastNiet,
        OnbekendeGemeente.
        """
        self._eis_besluit(Zorgtraject, besluit, afspraken)
        return self._voeg_toe(Zorgtraject(self._van_college(besluit)))

    def neem_beschut_werkbesluit(
        self,
        advies: UwvAdvies,
        besluit: Besluit,
        *,
        toegekend: bool,
        afspraken: Samenwerkingsafspraken,
    ) -> BeschutWerkbesluit:
        """The college decides on beschut werk, on the advice of the UWV; a later one replaces it.

        Raises KandidaatIsUitgestroomd, NietBevoegd, RechtsgrondPastNiet, DatumPastNiet,
        BeschutWerkZonderAdvies, OnbekendeGemeente.
        """
        self._eis_besluit(BeschutWerkbesluit, besluit, afspraken)
        if advies.gegeven_op > besluit.genomen_op:
            raise DatumPastNiet("Het UWV adviseert voordat het college besluit.")
        if toegekend and not advies.positief:
            raise BeschutWerkZonderAdvies(
                "Het UWV adviseerde niet positief. Wijs beschut werk af, of vraag een nieuw advies."
            )
        return self._voeg_toe(BeschutWerkbesluit(self._van_college(besluit), advies, toegekend))

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
        geldend = self.geldend(Poortbesluit)
        if geldend is None:
            raise GeenPoortbesluit("Neem eerst het poortbesluit: aanmelden bij WSD.")
        if geldend.uitkomst is not Poortuitkomst.AANMELDEN_BIJ_WSD:
            raise PoortbesluitLeidtNietNaarWsd(
                "Het laatste poortbesluit stuurt de kandidaat een andere kant op. "
                "Neem eerst een nieuw poortbesluit."
            )
        self._eis_niet_eerder(op, geldend.besluit.genomen_op)
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
        allowed and shows as wijkt_af.  A gemeente that works without WSD decides on its own
        diagnosis, after the poortbesluit.
        Raises KandidaatIsUitgestroomd, NietBevoegd, RechtsgrondPastNiet, ZonderWsd,
        NietDoorverwezen, AdviesOntbreekt, GeenPoortbesluit, DienstenOntbreken, DatumPastNiet,
        OnbekendeGemeente.
        """
        afspraak = self._eis_besluit(Trajectbesluit, besluit, afspraken)
        advies = self._eis_onderzoek(afspraak, met_wsd=met_wsd)
        if not diensten:
            raise DienstenOntbreken("Kies ten minste één dienst uit het portfolio.")
        poort = self.geldend(Poortbesluit)
        vorige = advies.gegeven_op if advies else poort.besluit.genomen_op if poort else date.min
        self._eis_niet_eerder(besluit.genomen_op, vorige)
        return self._voeg_toe(
            Trajectbesluit(
                besluit=self._van_college(besluit),
                programma=programma,
                diensten=diensten,
                met_wsd=met_wsd,
                advies_id=advies.advies_id if advies else None,
                wijkt_af=advies is not None
                and not (
                    met_wsd
                    and programma is advies.programma
                    and set(diensten) == set(advies.diensten)
                ),
                inkooporder_nodig=met_wsd and afspraak.inkooporder_per_traject,
            )
        )

    def maak_bekend(
        self,
        genomen: _Soort,
        op: date,
        *,
        door: str,
        vandaag: date,
        afspraken: Samenwerkingsafspraken,
    ) -> _Soort:
        """The besluit has been sent to the kandidaat, by who may take it.

        Raises NietBevoegd, BesluitAlBekendgemaakt, DatumPastNiet, OnbekendeGemeente.
        """
        self._eis_bevoegd(genomen.soort, door, vandaag, afspraken)
        return self._vervang(genomen, genomen.besluit.maak_bekend(op, vandaag))

    def trek_in(
        self, genomen: _Soort, intrekking: Intrekking, *, afspraken: Samenwerkingsafspraken
    ) -> _Soort:
        """Withdraw a besluit; the one before it that was not withdrawn counts again.

        Raises NietBevoegd, BesluitNietInTeTrekken, BesluitAlIngetrokken,
        BesluitDraagtDoorverwijzing, DatumPastNiet, OnbekendeGemeente.
        """
        door = intrekking.genomen_door.organisatie
        self._eis_bevoegd(genomen.soort, door, intrekking.genomen_op, afspraken)
        if genomen.soort is Besluitsoort.BESCHUT_WERK:
            raise BesluitNietInTeTrekken(
                "Neem een nieuw besluit over beschut werk, dat niet toekent; dat komt hiervoor in "
                "de plaats."
            )
        if self.doorverwezen_op is not None and genomen is self.geldend(Poortbesluit):
            raise BesluitDraagtDoorverwijzing(
                "WSD heeft de kandidaat al. Neem een trajectbesluit dat bij de nieuwe situatie "
                "past, trek het laatste trajectbesluit in, of leg de uitstroom vast."
            )
        return self._vervang(genomen, genomen.besluit.trek_in(intrekking))

    def plaats_inkooporder(
        self, genomen: Trajectbesluit, order: Inkooporder, *, door: str, vandaag: date
    ) -> Trajectbesluit:
        """The gemeente has ordered the traject, which may start from here on.

        Raises NietBevoegd, KandidaatIsUitgestroomd, BesluitAlIngetrokken, GeenInkooporderNodig,
        InkooporderAlGeplaatst, DatumPastNiet.
        """
        if door != self.gemeentecode:
            raise NietBevoegd(
                "Alleen de gemeente van de kandidaat koopt in.",
                artikel="het samenwerkingsmodel van de gemeente",
            )
        self.eis_niet_uitgestroomd()
        if genomen.besluit.intrekking is not None:
            raise BesluitAlIngetrokken("Plaats de order bij het trajectbesluit dat nu telt.")
        if not genomen.inkooporder_nodig:
            raise GeenInkooporderNodig(
                "Het traject kan zonder order beginnen: alleen een traject met WSD in het "
                "cafetariamodel wordt per keer ingekocht."
            )
        if genomen.inkooporder is not None:
            raise InkooporderAlGeplaatst("Er hoeft niets te gebeuren.")
        self._eis_niet_eerder(order.geplaatst_op, genomen.besluit.genomen_op)
        if order.geplaatst_op > vandaag:
            raise DatumPastNiet("Leg de order vast op de dag dat zij is geplaatst of daarna.")
        ingekocht = replace(genomen, inkooporder=order)
        self._zet_in_plaats_van(genomen, ingekocht)
        return ingekocht

    def _eis_besluit(
        self, soort: type[Genomen], besluit: Besluit, afspraken: Samenwerkingsafspraken
    ) -> Samenwerkingsafspraak:
        """What holds for a besluit of any kind; gives the agreement it is taken under."""
        self.eis_niet_uitgestroomd()
        door = besluit.genomen_door.organisatie
        afspraak = self._eis_bevoegd(soort.soort, door, besluit.genomen_op, afspraken)
        if besluit.rechtsgrond not in TOEGESTAAN[soort.soort]:
            raise RechtsgrondPastNiet(f"Kies een van: {', '.join(TOEGESTAAN[soort.soort])}.")
        eerdere = [g.besluit.genomen_op for g in self.van_soort(soort)]
        self._eis_niet_eerder(besluit.genomen_op, max((self.aangemeld_op, *eerdere)))
        return afspraak

    def _eis_bevoegd(
        self, soort: Besluitsoort, door: str, op: date, afspraken: Samenwerkingsafspraken
    ) -> Samenwerkingsafspraak:
        """Raises OnbekendeGemeente, NietBevoegd."""
        afspraak = afspraken.geldend(self.gemeentecode, op)
        if not afspraak.mag_besluiten(soort, door):
            raise NietBevoegd(
                "Het trajectbesluit is aan de gemeente van de kandidaat, of aan WSD waar de "
                "gemeente dat heeft gemandateerd."
                if soort is Besluitsoort.TRAJECTBESLUIT
                else "Dit besluit is aan de gemeente van de kandidaat: over rechten en plichten "
                "besluit het college zelf."
            )
        return afspraak

    def _eis_onderzoek(
        self, afspraak: Samenwerkingsafspraak, *, met_wsd: bool
    ) -> OntvangenAdvies | None:
        """The advies that a trajectbesluit rests on; None at a gemeente that works without WSD."""
        if not afspraak.met_wsd and self.doorverwezen_op is None:
            if met_wsd:
                raise ZonderWsd("Kies een traject zonder WSD.")
            if self.geldend(Poortbesluit) is None:
                raise GeenPoortbesluit("Neem eerst het poortbesluit.")
            return None
        if self.doorverwezen_op is None:
            raise NietDoorverwezen("Verwijs de kandidaat eerst door naar WSD voor de diagnose.")
        if self.advies is None:
            raise AdviesOntbreekt(
                "Het besluit rust op onderzoek: wacht het advies van WSD af en besluit daarna."
            )
        return self.advies

    def _van_college(self, besluit: Besluit) -> Besluit:
        return replace(besluit, college=self.gemeentecode)

    def _voeg_toe(self, genomen: _Soort) -> _Soort:
        self.besluiten = (*self.besluiten, genomen)
        return genomen

    def _vervang(self, genomen: _Soort, besluit: Besluit) -> _Soort:
        nieuw = replace(genomen, besluit=besluit)
        self._zet_in_plaats_van(genomen, nieuw)
        return nieuw

    def _zet_in_plaats_van(self, oud: Genomen, nieuw: Genomen) -> None:
        self.besluiten = tuple(nieuw if g is oud else g for g in self.besluiten)

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
        self.eerdere_besluiten = (*self.eerdere_besluiten, *self.besluiten)
        self.besluiten = ()
        self.doorverwezen_op = None
        self.advies = None
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
            *(genomen.besluit.genomen_op for genomen in self.besluiten),
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
