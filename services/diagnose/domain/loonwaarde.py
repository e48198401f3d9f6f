"""The loonwaarde by the uniform method: what someone earns of the minimum wage in this job.

Source: art. 6 onder g and 10e Participatiewet; art. 1 Besluit loonkostensubsidie 2021 (hoofdtaak,
tempo, kwaliteit, netto werktijd); art. 3 (loonwaardedeskundige) and annex (model report) of the
Regeling loonkostensubsidie 2021; the formula and the rounding as in art. 4 of the Regeling of 2014
(the 2021 text of these was not seen; the columns of the model report are the same).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from services.diagnose.domain.fouten import (
    OngeldigeEerdereLoonwaarde,
    OngeldigeLoonwaardemeting,
    OngeldigeReactie,
    Punt,
    ReactieAlGegeven,
    SecondOpinionNietGevraagd,
)

MEESTE_HOOFDTAKEN = 5
KLEINSTE_DEEL = Decimal(100) / 16
"""Percent of the weekly working time, art. 1 Besluit loonkostensubsidie 2021: 1/16."""
KORTSTE_MINUTEN = 30
"""Minutes per working day, same article."""
HONDERD = Decimal(100)
MINSTE_ERVARING = 2
"""Years in re-integratie, arbeidsongeschiktheid or loonwaarde, art. 3 Regeling lks 2021."""
UNIFORM = "uniform-2021"
"""The one method since UNIFORM_VANAF (art. 10e Participatiewet)."""
UNIFORM_VANAF = date(2021, 7, 1)


class Opleiding(StrEnum):
    """How a loonwaardedeskundige meets the demand on education (art. 3 Regeling lks 2021)."""

    DIPLOMA = "diploma"
    """A relevant degree of higher education (art. 7.3a WHW)."""
    GELIJKGESTELD = "gelijkgesteld"
    """Equivalent, in the judgement of the college."""


@dataclass(frozen=True, slots=True)
class Loonwaardedeskundige:
    """Who measured, and that they may: designated by the college, qualified by art. 3 Regeling.

    ervaringsjaren: whole years of relevant experience on the day of the measurement.
    """

    naam: str
    telefoonnummer: str
    aangewezen_op: date
    opleiding: Opleiding
    ervaringsjaren: int
    kent_regelgeving: bool
    kent_arbeidsmarkt: bool
    houdt_kennis_bij: bool


@dataclass(frozen=True, slots=True)
class Werkgever:
    """The employer as the model report has it. kvk_nummer: eight digits; it says which employer."""

    naam: str
    kvk_nummer: str
    contactpersoon: str
    email: str
    geinterviewde: str


@dataclass(frozen=True, slots=True)
class Hoofdtaak:
    """One main task: its share of the working time and three performances, all in percents.

    tempo, kwaliteit and netto_werktijd are 0-100 against the normfunctie, each explained; a factor
    that bears on more than one of them counts in only one.  The texts stay in this service.
    """

    omschrijving: str
    aandeel: Decimal
    tempo: Decimal
    kwaliteit: Decimal
    netto_werktijd: Decimal
    toelichting_tempo: str
    toelichting_kwaliteit: str
    toelichting_netto_werktijd: str

    @property
    def resultaat(self) -> Decimal:
        """Share x tempo x kwaliteit x netto werktijd, in percents of the whole job."""
        return self.aandeel * self.tempo * self.kwaliteit * self.netto_werktijd / HONDERD**3


@dataclass(frozen=True, slots=True)
class Loonwaardemeting:
    """One measurement at the workplace, as the model report has it.

    It holds for this person in this functie with this werkgever (domain-rules §2.3).
    uren_per_week and werkdagen_per_week: of the worker; they decide whether a task is big enough to
    be a main task.  reguliere_prestatie: performs as a regular worker, so 100% and no main tasks
    needed.  ingangsdatum: from when the outcome holds.  hermeting_op: the day by which it was
    agreed to measure again (art. 10d lid 6 Participatiewet).  second_opinion_van: the measurement
    that this one was asked to look at again.  Name and date of birth, also on the form, are the
    person's in intake and not kept here.
    Raises OngeldigeLoonwaardemeting with every fault at once.
    """

    meting_id: UUID
    bedrijfsbezoek_op: date
    rapportage_op: date
    vastgesteld_op: date
    ingangsdatum: date
    loonwaardedeskundige: Loonwaardedeskundige
    werkgever: Werkgever
    normfunctie: str
    functie: str
    uren_per_week: Decimal
    voltijdsuren_per_week: Decimal
    werkdagen_per_week: Decimal
    hoofdtaken: tuple[Hoofdtaak, ...] = ()
    reguliere_prestatie: bool = False
    hermeting_op: date | None = None
    second_opinion_van: UUID | None = None
    methode: str = UNIFORM

    def __post_init__(self) -> None:
        punten = (
            *self._punten_rapport(),
            *self._punten_deskundige(),
            *self._punten_hoofdtaken(),
        )
        if punten:
            raise OngeldigeLoonwaardemeting(
                "Herstel de genoemde punten in de meting.", punten=punten
            )

    @property
    def loonwaarde(self) -> int:
        """Whole percents of the minimum wage, 0-100, rounded arithmetically (half up)."""
        if self.reguliere_prestatie:
            return 100
        return int(self.onafgerond.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def onafgerond(self) -> Decimal:
        """The sum of the results of the main tasks, in percents."""
        if self.reguliere_prestatie:
            return HONDERD
        return sum((taak.resultaat for taak in self.hoofdtaken), Decimal(0))

    def zelfde_werk(self, andere: Loonwaardemeting) -> bool:
        """Is it about the same function with the same employer?"""
        return (
            self.werkgever.kvk_nummer == andere.werkgever.kvk_nummer
            and self.functie.casefold() == andere.functie.casefold()
        )

    def _punten_rapport(self) -> list[Punt]:
        punten: list[Punt] = []
        if self.methode != UNIFORM:
            punten.append(Punt("methode", "onbekend", f"Meet met de methode {UNIFORM}."))
        if self.vastgesteld_op < UNIFORM_VANAF:
            punten.append(
                Punt(
                    "vastgesteldOp",
                    "voor-uniforme-methode",
                    "De uniforme methode geldt vanaf 1 juli 2021. Leg een loonwaarde van daarvoor "
                    "vast als eerdere loonwaarde.",
                )
            )
        if self.bedrijfsbezoek_op > self.vastgesteld_op:
            punten.append(
                Punt(
                    "bedrijfsbezoekOp",
                    "na-vaststelling",
                    "De loonwaarde wordt vastgesteld op of na het bedrijfsbezoek.",
                )
            )
        elif not self.bedrijfsbezoek_op <= self.rapportage_op <= self.vastgesteld_op:
            punten.append(
                Punt(
                    "rapportageOp",
                    "niet-in-volgorde",
                    "Het rapport is van de dag van het bedrijfsbezoek tot en met de vaststelling.",
                )
            )
        if self.hermeting_op is not None and self.hermeting_op <= max(
            self.ingangsdatum, self.vastgesteld_op
        ):
            punten.append(
                Punt(
                    "hermetingOp",
                    "niet-later",
                    "Spreek de hermeting af op een dag na de vaststelling en de ingangsdatum.",
                )
            )
        punten += self._punten_uren()
        punten += [
            Punt(pad, "verplicht", "Vul dit in; het modelrapport vraagt erom.")
            for pad, tekst in (
                ("normfunctie", self.normfunctie),
                ("functie", self.functie),
                ("werkgever.naam", self.werkgever.naam),
                ("werkgever.contactpersoon", self.werkgever.contactpersoon),
                ("werkgever.email", self.werkgever.email),
                ("werkgever.geinterviewde", self.werkgever.geinterviewde),
            )
            if not tekst.strip()
        ]
        return punten

    def _punten_uren(self) -> list[Punt]:
        punten: list[Punt] = []
        if not 0 < self.uren_per_week <= 60:
            punten.append(
                Punt("urenPerWeek", "buiten-bereik", "Geef meer dan 0 en hoogstens 60 uren op.")
            )
        if not self.uren_per_week <= self.voltijdsuren_per_week <= 60:
            punten.append(
                Punt(
                    "voltijdsurenPerWeek",
                    "buiten-bereik",
                    "Een voltijdse week telt ten minste de uren van de werknemer en hoogstens 60.",
                )
            )
        if not 0 < self.werkdagen_per_week <= 7:
            punten.append(
                Punt("werkdagenPerWeek", "buiten-bereik", "Geef meer dan 0 en hoogstens 7 op.")
            )
        return punten

    def _punten_deskundige(self) -> list[Punt]:
        """Art. 3 Regeling loonkostensubsidie 2021."""
        wie, pad = self.loonwaardedeskundige, "loonwaardedeskundige"
        punten: list[Punt] = []
        if not wie.naam.strip():
            punten.append(
                Punt(
                    f"{pad}.naam",
                    "verplicht",
                    "Noem de loonwaardedeskundige die het college heeft aangewezen.",
                )
            )
        if not wie.telefoonnummer.strip():
            punten.append(
                Punt(
                    f"{pad}.telefoonnummer",
                    "verplicht",
                    "Noem het telefoonnummer van de loonwaardedeskundige.",
                )
            )
        if wie.aangewezen_op > self.bedrijfsbezoek_op:
            punten.append(
                Punt(
                    f"{pad}.aangewezenOp",
                    "te-laat-aangewezen",
                    "Het college wijst de deskundige aan voordat die meet.",
                )
            )
        if wie.ervaringsjaren < MINSTE_ERVARING:
            punten.append(
                Punt(
                    f"{pad}.ervaringsjaren",
                    "te-weinig-ervaring",
                    f"Een deskundige heeft ten minste {MINSTE_ERVARING} jaar ervaring. Laat een "
                    "ander meten.",
                )
            )
        punten += [
            Punt(f"{pad}.{veld}", "niet-gekwalificeerd", f"Een deskundige {eis}.")
            for veld, voldoet, eis in (
                ("kentRegelgeving", wie.kent_regelgeving, "kent de regels"),
                ("kentArbeidsmarkt", wie.kent_arbeidsmarkt, "kent de arbeidsmarkt"),
                ("houdtKennisBij", wie.houdt_kennis_bij, "houdt de kennis bij"),
            )
            if not voldoet
        ]
        return punten

    def _punten_hoofdtaken(self) -> list[Punt]:
        if self.reguliere_prestatie and not self.hoofdtaken:
            return []
        punten: list[Punt] = []
        if not 1 <= len(self.hoofdtaken) <= MEESTE_HOOFDTAKEN:
            punten.append(
                Punt(
                    "hoofdtaken", "aantal", f"Geef 1 tot en met {MEESTE_HOOFDTAKEN} hoofdtaken op."
                )
            )
        for plek, taak in enumerate(self.hoofdtaken):
            punten += self._punten_taak(f"hoofdtaken.{plek}", taak)
        if self.hoofdtaken and sum(taak.aandeel for taak in self.hoofdtaken) != HONDERD:
            punten.append(
                Punt(
                    "hoofdtaken",
                    "som-aandelen",
                    "De aandelen van de hoofdtaken zijn samen precies 100%.",
                )
            )
        return punten

    def _punten_taak(self, pad: str, taak: Hoofdtaak) -> list[Punt]:
        punten = [
            Punt(f"{pad}.{veld}", "buiten-bereik", "Geef een percentage van 0 tot en met 100.")
            for veld, waarde in (
                ("aandeel", taak.aandeel),
                ("tempo", taak.tempo),
                ("kwaliteit", taak.kwaliteit),
                ("nettoWerktijd", taak.netto_werktijd),
            )
            if not 0 <= waarde <= HONDERD
        ]
        punten += [
            Punt(f"{pad}.{veld}", "verplicht", melding)
            for veld, tekst, melding in (
                ("omschrijving", taak.omschrijving, "Omschrijf de hoofdtaak."),
                ("toelichtingTempo", taak.toelichting_tempo, "Licht het tempo toe."),
                ("toelichtingKwaliteit", taak.toelichting_kwaliteit, "Licht de kwaliteit toe."),
                (
                    "toelichtingNettoWerktijd",
                    taak.toelichting_netto_werktijd,
                    "Licht de netto werktijd toe.",
                ),
            )
            if not tekst.strip()
        ]
        if taak.aandeel < KLEINSTE_DEEL:
            punten.append(
                Punt(
                    f"{pad}.aandeel",
                    "te-klein-per-week",
                    "Een hoofdtaak is ten minste 1/16 (6,25%) van de werktijd per week. "
                    "Voeg de taak bij een andere.",
                )
            )
        if taak.aandeel * self.uren_per_week * 60 < KORTSTE_MINUTEN * HONDERD * (
            self.werkdagen_per_week
        ):
            punten.append(
                Punt(
                    f"{pad}.aandeel",
                    "te-kort-per-dag",
                    f"Een hoofdtaak duurt ten minste {KORTSTE_MINUTEN} minuten per werkdag. "
                    "Voeg de taak bij een andere.",
                )
            )
        return punten


class Reactiepartij(StrEnum):
    """Who may say what they think of a measurement (domain-rules §2.3)."""

    WERKGEVER = "werkgever"
    WERKNEMER = "werknemer"


@dataclass(frozen=True, slots=True)
class Loonwaardereactie:
    """What the employer or the employee says of a report.

    vraagt_second_opinion: wants another loonwaardedeskundige to measure.
    Raises OngeldigeReactie with every fault at once.
    """

    reactie_id: UUID
    meting_id: UUID
    partij: Reactiepartij
    ontvangen_op: date
    akkoord: bool
    toelichting: str = ""
    vraagt_second_opinion: bool = False

    def __post_init__(self) -> None:
        punten: list[Punt] = []
        if not self.akkoord and not self.toelichting.strip():
            punten.append(
                Punt("toelichting", "verplicht", "Schrijf op waarom de partij niet akkoord is.")
            )
        if self.akkoord and self.vraagt_second_opinion:
            punten.append(
                Punt(
                    "vraagtSecondOpinion",
                    "tegenstrijdig",
                    "Wie akkoord is vraagt geen second opinion.",
                )
            )
        if punten:
            raise OngeldigeReactie(
                "Herstel de genoemde punten in de reactie.", punten=tuple(punten)
            )


def eis_eerste_reactie(reactie: Loonwaardereactie, gegeven: Iterable[Loonwaardereactie]) -> None:
    """Each side reacts once to a report. Raises ReactieAlGegeven."""
    if any(eerder.partij is reactie.partij for eerder in gegeven):
        raise ReactieAlGegeven(f"De {reactie.partij} heeft al op dit rapport gereageerd.")


def eis_second_opinion(
    meting: Loonwaardemeting, eerste: Loonwaardemeting, reacties: Iterable[Loonwaardereactie]
) -> None:
    """A second opinion was asked of the first measurement, of the same work, by someone else.

    Source: domain-rules §2.3 (AKC: second opinion possible). reacties: those on the first.
    Raises SecondOpinionNietGevraagd, OngeldigeLoonwaardemeting.
    """
    if not any(reactie.vraagt_second_opinion for reactie in reacties):
        raise SecondOpinionNietGevraagd(
            "Leg eerst de reactie vast waarin de werkgever of de werknemer erom vraagt."
        )
    punten: list[Punt] = []
    if not meting.zelfde_werk(eerste):
        punten.append(
            Punt(
                "functie",
                "ander-werk",
                "Een second opinion gaat over dezelfde functie bij dezelfde werkgever.",
            )
        )
    naam = meting.loonwaardedeskundige.naam.strip().casefold()
    if naam == eerste.loonwaardedeskundige.naam.strip().casefold():
        punten.append(
            Punt(
                "loonwaardedeskundige.naam",
                "dezelfde-deskundige",
                "Een second opinion is van een andere deskundige.",
            )
        )
    if punten:
        raise OngeldigeLoonwaardemeting(
            "Herstel de genoemde punten in de meting.", punten=tuple(punten)
        )


class Maatstaf(StrEnum):
    """Of what an earlier loonwaarde is a percentage (domain-rules §2.2)."""

    FUNCTIELOON = "functieloon"
    WML = "wettelijk-minimumloon"


@dataclass(frozen=True, slots=True)
class EerdereLoonwaarde:
    """A loonwaarde of before the uniform method: kept to be read, and for nothing else.

    Methods differed before 1 July 2021 (domain-rules §2.2), so it is comparable with none of now:
    no advies, event or subsidy rests on it.  methode and versie: as its report names them.
    Raises OngeldigeEerdereLoonwaarde with every fault at once.
    """

    eerdere_id: UUID
    methode: str
    versie: str
    loonwaarde: int
    maatstaf: Maatstaf
    vastgesteld_op: date
    ingangsdatum: date
    werkgever: str
    functie: str

    def __post_init__(self) -> None:
        punten = [
            Punt(veld, "verplicht", "Neem dit over uit het rapport.")
            for veld, tekst in (
                ("methode", self.methode),
                ("versie", self.versie),
                ("werkgever", self.werkgever),
                ("functie", self.functie),
            )
            if not tekst.strip()
        ]
        if not 0 <= self.loonwaarde <= 100:
            punten.append(
                Punt("loonwaarde", "buiten-bereik", "Geef een percentage van 0 tot en met 100.")
            )
        if self.vastgesteld_op >= UNIFORM_VANAF:
            punten.append(
                Punt(
                    "vastgesteldOp",
                    "methode-niet-meer-toegestaan",
                    "Vanaf 1 juli 2021 geldt alleen de uniforme methode. Leg een meting van daarna "
                    "vast als loonwaardemeting.",
                )
            )
        if punten:
            raise OngeldigeEerdereLoonwaarde(
                "Herstel de genoemde punten in de eerdere loonwaarde.", punten=tuple(punten)
            )
