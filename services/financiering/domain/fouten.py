"""Every refusal of financiering, by name: what the rules do not allow, and what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Soort = Literal["invoer", "toestand", "bevoegdheid"]


@dataclass(frozen=True, slots=True)
class Punt:
    """One of several faults found at once: where in the input, which kind, what to do (Dutch)."""

    pad: str
    code: str
    melding: str


class DomeinFout(Exception):
    """A refusal by a rule. The texts are Dutch, and never repeat what a person typed.

    code: stable, kebab-case; titel: short, the same for every occurrence; uitleg: this occurrence
    and what to do; artikel: the rule it rests on, where there is one; punten: all faults of one
    input together; soort: invoer (the values are wrong in themselves), toestand (not allowed now)
    or bevoegdheid (not by this organisation).
    """

    code: ClassVar[str] = "domeinfout"
    titel: ClassVar[str] = "Niet toegestaan"
    soort: ClassVar[Soort] = "toestand"
    artikel: str | None = None

    def __init__(
        self, uitleg: str, *, artikel: str | None = None, punten: tuple[Punt, ...] = ()
    ) -> None:
        super().__init__(uitleg)
        self.uitleg = uitleg
        self.punten = punten
        if artikel is not None:
            self.artikel = artikel


class DatumBuitenTabel(DomeinFout):
    code = "datum-buiten-tabel"
    titel = "Bedrag of percentage niet bekend op deze datum"


class OngeldigeArbeidsduur(DomeinFout):
    code = "ongeldige-arbeidsduur"
    titel = "De arbeidsduur klopt niet"
    soort = "invoer"
    artikel = "art. 10d lid 4 Participatiewet"


class OngeldigeLoonwaarde(DomeinFout):
    code = "ongeldige-loonwaarde"
    titel = "De loonwaarde klopt niet"
    soort = "invoer"
    artikel = "art. 6 onder g Participatiewet"


class OngeldigLeeftijdsverloop(DomeinFout):
    code = "ongeldig-leeftijdsverloop"
    titel = "De leeftijdsgroepen volgen elkaar niet op"
    soort = "invoer"
    artikel = "art. 2 Besluit minimumjeugdloon"


class OngeldigePeriode(DomeinFout):
    code = "ongeldige-periode"
    titel = "De datums passen niet bij elkaar"
    soort = "invoer"


class NietInDoelgroep(DomeinFout):
    code = "niet-in-doelgroep-loonkostensubsidie"
    titel = "Geen loonkostensubsidie: niet in de doelgroep"
    artikel = "art. 6 onder e en art. 10d lid 1 en 8 Participatiewet"


class WswDienstbetrekking(DomeinFout):
    code = "wsw-dienstbetrekking"
    titel = "Geen loonkostensubsidie bij een Wsw-dienstbetrekking"
    artikel = "art. 10d lid 3 Participatiewet"


class AndereLoonkostensubsidie(DomeinFout):
    code = "andere-loonkostensubsidie"
    titel = "Al een andere subsidie voor dezelfde loonkosten"
    artikel = "art. 10d lid 9 Participatiewet"


class AanvraagTeLaat(DomeinFout):
    code = "aanvraag-te-laat"
    titel = "De aanvraag kwam later dan zes maanden na het begin"
    artikel = "art. 10d lid 2 Participatiewet"


class VoorgeschiedenisOntbreekt(DomeinFout):
    code = "voorgeschiedenis-ontbreekt"
    titel = "Aanvraag na het begin zonder grond uit de zes maanden ervoor"
    artikel = "art. 10d lid 2 Participatiewet"


class ForfaitNietMogelijk(DomeinFout):
    code = "forfait-niet-mogelijk"
    titel = "Forfaitaire loonkostensubsidie kan hier niet"
    artikel = "art. 10d lid 1 onder b en lid 5 Participatiewet"


class LoonwaardeVolledig(DomeinFout):
    code = "loonwaarde-volledig"
    titel = "Geen loonkostensubsidie bij een loonwaarde van 100%"
    artikel = "art. 6 onder e en art. 10d lid 4 Participatiewet"


class LoonwaardeOntbreekt(DomeinFout):
    code = "loonwaarde-ontbreekt"
    titel = "Eerst moet de loonwaarde zijn vastgesteld"
    artikel = "art. 10d lid 1 onder a en lid 5 Participatiewet"


class ToekenningLooptNiet(DomeinFout):
    code = "toekenning-loopt-niet"
    titel = "De loonkostensubsidie loopt niet op deze datum"


class WijzigingNietTerugwerkend(DomeinFout):
    code = "wijziging-niet-terugwerkend"
    titel = "Een wijziging gaat in na de vorige"


class GeenLopendBesluit(DomeinFout):
    code = "geen-toegekende-subsidie"
    titel = "Deze loonkostensubsidie is niet toegekend"


class OngeldigePrijsafspraak(DomeinFout):
    code = "ongeldige-prijsafspraak"
    titel = "De prijsafspraak klopt niet"
    soort = "invoer"


class FacturatieInToekomst(DomeinFout):
    code = "facturatie-in-toekomst"
    titel = "Wat nog niet is geleverd, wordt niet gefactureerd"
    soort = "invoer"


class AlleenDoorWsd(DomeinFout):
    code = "alleen-door-wsd"
    titel = "Dit doet WSD"
    soort = "bevoegdheid"


class OngeldigeAanpassing(DomeinFout):
    code = "ongeldige-aanpassing"
    titel = "Een uitgangspunt valt buiten wat kan"
    soort = "invoer"


class OngeldigBereik(DomeinFout):
    code = "ongeldig-bereik"
    titel = "Dit bereik geeft niet het gevraagde aantal getallen"
    soort = "invoer"


class OngeldigeVergelijking(DomeinFout):
    code = "ongeldige-vergelijking"
    titel = "Een van de scenario's is niet eenduidig"
    soort = "invoer"


class NietUwScenario(DomeinFout):
    code = "niet-uw-scenario"
    titel = "Alleen de eigenaar wijzigt of deelt een scenario"
    soort = "bevoegdheid"


class OngeldigBudget(DomeinFout):
    code = "ongeldig-budget"
    titel = "De gegevens passen niet bij dit budget"
    soort = "invoer"


class BudgetVanGemeente(DomeinFout):
    code = "budget-van-gemeente"
    titel = "Een budget legt de gemeente zelf vast"
    soort = "bevoegdheid"


# Paying out the loonkostensubsidie.


class OnzekereCijfers(DomeinFout):
    code = "onzekere-cijfers"
    titel = "De cijfers van dit jaar zijn niet zeker"


class IndexatieTeVroeg(DomeinFout):
    code = "indexatie-te-vroeg"
    titel = "De herziening gaat pas op 1 januari in"
    artikel = "art. 10d lid 7 Participatiewet"


class BetaaldatumOngeldig(DomeinFout):
    code = "betaaldatum-ongeldig"
    titel = "Op deze datum kan deze maand niet worden betaald"


class BetaalrunLoopt(DomeinFout):
    code = "betaalrun-loopt"
    titel = "Een eerdere betaalrun is nog niet af"


class BetaalrunAnders(DomeinFout):
    code = "betaalrun-anders"
    titel = "Deze betaalrun bestaat al, met een andere keuze"


class BetaalrunNietGereed(DomeinFout):
    code = "betaalrun-niet-gereed"
    titel = "De betaalrun is nog niet af"


class GeenEigenRekening(DomeinFout):
    code = "geen-eigen-rekening"
    titel = "De rekening van de gemeente is niet bevestigd"


class NietsTeBetalen(DomeinFout):
    code = "niets-te-betalen"
    titel = "In deze betaalrun wordt niemand betaald"


class BevestigingDoorDezelfde(DomeinFout):
    code = "bevestiging-door-dezelfde"
    titel = "Iemand anders moet deze rekening bevestigen"
    soort = "bevoegdheid"


class RekeningVervangen(DomeinFout):
    code = "rekening-vervangen"
    titel = "Deze rekening is vervangen door een latere"


class AlleenEigenGemeente(DomeinFout):
    code = "alleen-eigen-gemeente"
    titel = "Alleen een gemeente betaalt loonkostensubsidie uit"
    soort = "bevoegdheid"


# Deciding on the loonkostensubsidie.


class BeschikkingVanGemeente(DomeinFout):
    code = "beschikking-van-gemeente"
    titel = "Over een loonkostensubsidie beschikt het college"
    soort = "bevoegdheid"
    artikel = "art. 7 lid 4 en art. 10d lid 1 Participatiewet"


class NietsTeBeslissen(DomeinFout):
    code = "niets-te-beslissen"
    titel = "Er is nu niets te beslissen"


class AnderVoorstel(DomeinFout):
    code = "ander-voorstel"
    titel = "Nu is iets anders aan de orde"


class BekendmakingPastNiet(DomeinFout):
    code = "bekendmaking-past-niet"
    titel = "De dag van bekendmaking klopt niet"
    soort = "invoer"
    artikel = "art. 3:40 en 3:41 Awb"


class IndexatieNietGereed(DomeinFout):
    code = "indexatie-niet-gereed"
    titel = "Nog niet elke subsidie is op 1 januari herzien"
    artikel = "art. 10d lid 7 Participatiewet"


class HerzieningAnders(DomeinFout):
    code = "herziening-anders"
    titel = "De herziening van dit jaar bestaat al, met een andere inhoud"


class EindeDoelgroepPastNiet(DomeinFout):
    code = "einde-doelgroep-past-niet"
    titel = "De laatste dag in de doelgroep klopt niet"
    soort = "invoer"
    artikel = "art. 10d lid 8 Participatiewet"
