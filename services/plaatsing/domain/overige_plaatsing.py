"""A placement of a kind without an event of its own: beschut werk, detachering, unpaid work, …

One course for all: it starts, may be extended while it runs, and ends. What a kind asks for and how
long it may last, soorten.py says; a participatieplaats has steps of its own (art. 10a).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, eis_passende_eindereden
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    EinderedenPastNiet,
    GeenAlgemeneBijstand,
    GeenHeroverweging,
    HeroverwegingOntbreekt,
    InlenerPastNiet,
    NietTeVerlengen,
    OngeldigePlaatsing,
    PlaatsingAlBeeindigd,
    PlaatsingTeLang,
    Punt,
    VerlengingTeLaat,
)
from services.plaatsing.domain.kalender import laatste_dag_na_maanden
from services.plaatsing.domain.soorten import (
    PARTICIPATIEPLAATS_LANGSTE,
    PARTICIPATIEPLAATS_VERLENGING,
    PARTICIPATIEPLAATS_VERLENGINGEN,
    REGELS,
    Soortregel,
)
from services.plaatsing.domain.werkgever import Werkgeversoort
from services.plaatsing.domain.werkplek import LANGSTE_WERKWEEK

HEROVERWEGING_MAANDEN: Final = 9
STOPT_ZONDER_VOORUITGANG_NA: Final = 12
"""Months from the first day of a participatieplaats (art. 10a Participatiewet)."""


@dataclass(frozen=True, slots=True)
class Afspraak:
    """What is agreed at the start; None is nothing agreed. tarief_per_uur: euros."""

    begin: date
    einddatum: date | None = None
    uren_per_week: Decimal | None = None
    werkplek_id: UUID | None = None
    werkgever_id: UUID | None = None
    werkgeversoort: Werkgeversoort | None = None
    tarief_per_uur: Decimal | None = None


@dataclass(slots=True)
class OverigePlaatsing:
    """One placement. einddatum: last day as agreed, None is open-ended; laatste_dag: as it ran.

    verlengingen: how often a participatieplaats went beyond its ordinary bound. heroverwogen_op:
    only of a participatieplaats.
    besluit_id: the besluit beschut werk on which it rests. Change it by its methods.
    """

    plaatsing_id: UUID
    kandidaat_id: UUID
    gemeentecode: str
    soort: Plaatsingsoort
    begin: date
    einddatum: date | None
    uren_per_week: Decimal | None
    werkgever_id: UUID | None
    werkplek_id: UUID | None
    werkgeversoort: Werkgeversoort | None
    tarief_per_uur: Decimal | None = None
    loonwaarde: int | None = None
    besluit_id: UUID | None = None
    verlengingen: int = 0
    heroverwogen_op: date | None = None
    laatste_dag: date | None = None
    eindereden: Eindereden | None = None

    @classmethod
    def start(
        cls,
        *,
        plaatsing_id: UUID,
        kandidaat_id: UUID,
        gemeentecode: str,
        soort: Plaatsingsoort,
        afspraak: Afspraak,
        ontvangt_algemene_bijstand: bool,
        loonwaarde: int | None,
        besluit_id: UUID | None,
        eerdere_dagen: int = 0,
        na_verlengingen: int | None = None,
    ) -> OverigePlaatsing:
        """Begin a placement.

        eerdere_dagen: how long the kandidaat had participatieplaatsen before, which count.
        na_verlengingen: how often the participatieplaats was extended that this one extends with
        other work elsewhere; None when it extends none.
        Raises OngeldigePlaatsing with every fault at once, InlenerPastNiet,
        GeenAlgemeneBijstand, PlaatsingTeLang.
        """
        regel = REGELS[soort]
        if punten := tuple(_punten(regel, afspraak)):
            raise OngeldigePlaatsing("Herstel de genoemde punten.", punten=punten)
        if regel.inlener and afspraak.werkgeversoort is Werkgeversoort.WERKPARTNERS:
            raise InlenerPastNiet(
                "Werkpartners is zelf de werkgever. Kies een werkplek bij de inlener."
            )
        if regel.bijstand and not ontvangt_algemene_bijstand:
            raise GeenAlgemeneBijstand(
                "Deze plaatsing is er alleen voor wie algemene bijstand ontvangt. Kies een andere.",
                artikel=regel.artikel or "art. 7 lid 1 onder a Participatiewet",
            )
        plaatsing = cls(
            plaatsing_id,
            kandidaat_id,
            gemeentecode,
            soort,
            afspraak.begin,
            afspraak.einddatum,
            afspraak.uren_per_week,
            afspraak.werkgever_id,
            afspraak.werkplek_id,
            afspraak.werkgeversoort,
            tarief_per_uur=afspraak.tarief_per_uur,
            loonwaarde=loonwaarde if regel.betaald else None,
            besluit_id=besluit_id if regel.beschut else None,
        )
        if afspraak.einddatum is None:
            return plaatsing
        langste = regel.langste
        if na_verlengingen is not None:
            plaatsing.verlengingen = na_verlengingen
            if plaatsing.vraagt_andere_omgeving(afspraak.einddatum, eerdere_dagen):
                langste = plaatsing._langste_na_verlenging()
                plaatsing.verlengingen += 1
        plaatsing._eis_niet_te_lang(afspraak.einddatum, langste, eerdere_dagen)
        return plaatsing

    @property
    def regel(self) -> Soortregel:
        return REGELS[self.soort]

    @property
    def tot_en_met(self) -> date | None:
        """Last day: the real one when it ended, else the agreed one; None while it is open."""
        return self.laatste_dag or self.einddatum

    def vraagt_andere_omgeving(self, tot_en_met: date, eerdere_dagen: int = 0) -> bool:
        """Is this an extension of a participatieplaats beyond two years (art. 10a)?"""
        gewoon = laatste_dag_na_maanden(self.begin, PARTICIPATIEPLAATS_LANGSTE)
        return (
            self.soort is Plaatsingsoort.PARTICIPATIEPLAATS
            and (tot_en_met - gewoon).days + eerdere_dagen > 0
        )

    def verleng(self, tot_en_met: date, op: date, *, eerdere_dagen: int = 0) -> None:
        """Go on until a later day, decided on a day before it runs out.

        A participatieplaats goes beyond two years by a year at most, twice, and only when it was
        reconsidered; that there is other work in another environment the use case sees to.
        Raises PlaatsingAlBeeindigd, NietTeVerlengen, VerlengingTeLaat, DatumBuitenPlaatsing,
        HeroverwegingOntbreekt, PlaatsingTeLang.
        """
        self._eis_niet_beeindigd()
        if self.einddatum is None:
            raise NietTeVerlengen("Deze plaatsing loopt door tot zij wordt beëindigd.")
        if op > self.einddatum:
            raise VerlengingTeLaat(
                f"De plaatsing liep tot en met {self.einddatum.isoformat()}. Verlengen moet voor "
                "die dag voorbij is."
            )
        if tot_en_met <= self.einddatum:
            raise DatumBuitenPlaatsing(
                f"De plaatsing loopt al tot en met {self.einddatum.isoformat()}. Kies een latere "
                "dag."
            )
        langste = self.regel.langste_verlengd
        extra = self.vraagt_andere_omgeving(tot_en_met, eerdere_dagen)
        if extra:
            if self.heroverwogen_op is None:
                raise HeroverwegingOntbreekt(
                    "Heroverweeg de participatieplaats eerst, en verleng haar daarna."
                )
            langste = self._langste_na_verlenging()
        self._eis_niet_te_lang(tot_en_met, langste, eerdere_dagen)
        self.einddatum = tot_en_met
        self.verlengingen += extra

    def heroverweeg(self, op: date, *, vooruitgang: bool) -> None:
        """After nine months it is decided whether a participatieplaats goes on (art. 10a).

        Without progress it ends after twelve months, or on the agreed day if that is earlier.
        Raises GeenHeroverweging, PlaatsingAlBeeindigd, DatumBuitenPlaatsing.
        """
        if self.soort is not Plaatsingsoort.PARTICIPATIEPLAATS:
            raise GeenHeroverweging("Alleen een participatieplaats wordt heroverwogen.")
        self._eis_niet_beeindigd()
        if self.heroverwogen_op is not None:
            raise GeenHeroverweging(
                f"De participatieplaats is heroverwogen op {self.heroverwogen_op.isoformat()}."
            )
        if op < self.begin or (self.einddatum is not None and op > self.einddatum):
            raise DatumBuitenPlaatsing("Kies een dag binnen de participatieplaats.")
        self.heroverwogen_op = op
        if not vooruitgang:
            na_een_jaar = laatste_dag_na_maanden(self.begin, STOPT_ZONDER_VOORUITGANG_NA)
            self.laatste_dag = max(op, min(na_een_jaar, self.einddatum or na_een_jaar))
            self.eindereden = Eindereden.GEEN_VOORUITGANG

    def beeindig(self, laatste_dag: date, reden: Eindereden) -> None:
        """It ended after this day (included), at the latest on the agreed one.

        Raises PlaatsingAlBeeindigd, EinderedenPastNiet, DatumBuitenPlaatsing.
        """
        self._eis_niet_beeindigd()
        eis_passende_eindereden(self.soort, reden)
        if laatste_dag < self.begin or (self.einddatum and laatste_dag > self.einddatum):
            tot = f" tot en met {self.einddatum.isoformat()}" if self.einddatum else ""
            raise DatumBuitenPlaatsing(f"Kies een laatste dag vanaf {self.begin.isoformat()}{tot}.")
        if reden is Eindereden.AFGELOPEN and laatste_dag != self.einddatum:
            raise EinderedenPastNiet(
                "Afgelopen is een plaatsing alleen op de afgesproken einddatum. Kies de reden "
                "waarom zij eerder of zonder einddatum eindigt."
            )
        self.laatste_dag = laatste_dag
        self.eindereden = reden

    def _langste_na_verlenging(self) -> int:
        """Months in all of a participatieplaats after one more extension beyond two years.

        Raises PlaatsingTeLang after the second.
        """
        if self.verlengingen == PARTICIPATIEPLAATS_VERLENGINGEN:
            raise PlaatsingTeLang(
                "Een participatieplaats wordt hoogstens twee keer een jaar verlengd.",
                artikel=self.regel.artikel,
            )
        return PARTICIPATIEPLAATS_LANGSTE + PARTICIPATIEPLAATS_VERLENGING * (self.verlengingen + 1)

    def _eis_niet_te_lang(self, einddatum: date, maanden: int | None, eerdere_dagen: int) -> None:
        """Raises PlaatsingTeLang when it would last longer than this, earlier days counted in."""
        if maanden is None:
            return
        uiterlijk = laatste_dag_na_maanden(self.begin, maanden)
        if (einddatum - uiterlijk).days + eerdere_dagen > 0:
            eerder = f", waarvan {eerdere_dagen} dagen in eerdere" if eerdere_dagen else ""
            raise PlaatsingTeLang(
                f"Een {self.soort} duurt hoogstens {maanden} maanden{eerder}. Kies een eerdere "
                "einddatum.",
                artikel=self.regel.artikel,
            )

    def _eis_niet_beeindigd(self) -> None:
        if self.laatste_dag is not None:
            raise PlaatsingAlBeeindigd(
                f"De plaatsing eindigde op {self.laatste_dag.isoformat()}. Begin een nieuwe "
                "plaatsing als de kandidaat weer aan het werk gaat."
            )


def _punten(regel: Soortregel, afspraak: Afspraak) -> list[Punt]:
    punten: list[Punt] = []
    uren, einde, begin = afspraak.uren_per_week, afspraak.einddatum, afspraak.begin
    if regel.werkplek and afspraak.werkplek_id is None:
        punten.append(Punt("werkplekId", "verplicht", "Kies de werkplek van deze plaatsing."))
    if uren is None and (regel.werkplek or afspraak.werkplek_id is not None):
        punten.append(Punt("urenPerWeek", "verplicht", "Op een werkplek horen uren per week."))
    if uren is not None and not 0 < uren <= LANGSTE_WERKWEEK:
        punten.append(
            Punt("urenPerWeek", "buiten-bereik", f"Meer dan 0 en hoogstens {LANGSTE_WERKWEEK}.")
        )
    if regel.inlener and afspraak.tarief_per_uur is None:
        punten.append(Punt("tariefPerUur", "verplicht", "Geef wat de inlener per uur betaalt."))
    if not regel.inlener and afspraak.tarief_per_uur is not None:
        punten.append(Punt("tariefPerUur", "past-niet", "Alleen een inlener betaalt een tarief."))
    if einde is None and not regel.open_einde_mag:
        punten.append(Punt("einddatum", "verplicht", "Deze soort kent een afgesproken einde."))
    if einde is not None and einde < begin:
        punten.append(Punt("einddatum", "te-vroeg", "Het einde ligt niet voor het begin."))
    elif (
        einde is not None
        and regel.kortste is not None
        and einde < laatste_dag_na_maanden(begin, regel.kortste)
    ):
        melding = f"Deze soort duurt ten minste {regel.kortste} maanden."
        punten.append(Punt("einddatum", "te-vroeg", melding))
    return punten
