"""Every refusal of plaatsing, by name: what the rules do not allow, and what to do instead."""

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


class OngeldigKvkNummer(DomeinFout):
    code = "ongeldig-kvk-nummer"
    titel = "Het KvK-nummer klopt niet"
    soort = "invoer"


class OngeldigeWerkgever(DomeinFout):
    code = "ongeldige-werkgever"
    titel = "De gegevens van de werkgever kloppen niet"
    soort = "invoer"


class OngeldigeWerkplek(DomeinFout):
    code = "ongeldige-werkplek"
    titel = "De gegevens van de werkplek kloppen niet"
    soort = "invoer"


class WerkplekVol(DomeinFout):
    code = "werkplek-vol"
    titel = "Op deze werkplek is geen plaats meer"


class UrenPassenNiet(DomeinFout):
    code = "uren-passen-niet"
    titel = "De uren passen niet bij de werkplek"


class OngeldigeUren(DomeinFout):
    code = "ongeldige-uren"
    titel = "Het aantal uren per week klopt niet"
    soort = "invoer"


class GeenAlgemeneBijstand(DomeinFout):
    code = "geen-algemene-bijstand"
    titel = "Een proefplaats is er alleen bij algemene bijstand"
    artikel = "art. 6 onder h en art. 8a lid 2 onder d Participatiewet"


class ProefplaatsingTeLang(DomeinFout):
    code = "proefplaatsing-te-lang"
    titel = "Een proefplaats duurt hoogstens 2 maanden, met verlenging 6"
    artikel = "art. 8a lid 2 onder d Participatiewet"


class VerlengingTeLaat(DomeinFout):
    code = "verlenging-te-laat"
    titel = "Na afloop kan een proefplaats niet meer worden verlengd"
    artikel = "art. 8a lid 2 onder d Participatiewet"


class PlaatsingAlBeeindigd(DomeinFout):
    code = "plaatsing-al-beeindigd"
    titel = "De plaatsing is al beëindigd"


class DatumBuitenPlaatsing(DomeinFout):
    code = "datum-buiten-plaatsing"
    titel = "De datum ligt buiten de plaatsing"
    soort = "invoer"


class EinderedenPastNiet(DomeinFout):
    code = "eindereden-past-niet"
    titel = "Deze reden hoort niet bij deze soort plaatsing"
    soort = "invoer"


class NietInDoelgroep(DomeinFout):
    code = "niet-in-doelgroep-loonkostensubsidie"
    titel = "Geen plaatsing met loonkostensubsidie: niet in de doelgroep"
    artikel = "art. 6 onder e en art. 10d lid 1 Participatiewet"


class OngeldigeLoonwaarde(DomeinFout):
    code = "ongeldige-loonwaarde"
    titel = "De loonwaarde klopt niet"
    soort = "invoer"
    artikel = "art. 6 onder g Participatiewet"


class LoonwaardeVolledig(DomeinFout):
    code = "loonwaarde-volledig"
    titel = "Geen loonkostensubsidie bij een loonwaarde van 100%"
    artikel = "art. 6 onder e en art. 10d lid 4 Participatiewet"


class PlaatsingenOverlappen(DomeinFout):
    code = "plaatsingen-overlappen"
    titel = "De kandidaat heeft op die dagen al een andere plaatsing"


class PlaatsingOnbekend(DomeinFout):
    code = "plaatsing-onbekend"
    titel = "Deze plaatsing hoort niet bij deze kandidaat"


class BeginTeVerWeg(DomeinFout):
    code = "begin-te-ver-weg"
    titel = "De plaatsing begint te ver in de toekomst"


class NietTeVerlengen(DomeinFout):
    code = "niet-te-verlengen"
    titel = "Deze plaatsing kan zo niet worden verlengd"


class NietBevoegd(DomeinFout):
    code = "niet-bevoegd"
    titel = "Deze organisatie mag dit niet"
    soort = "bevoegdheid"


class DoorverwijzingOntbreekt(DomeinFout):
    code = "doorverwijzing-ontbreekt"
    titel = "De kandidaat is niet doorverwezen naar WSD"


class TrajectbesluitOntbreekt(DomeinFout):
    code = "trajectbesluit-ontbreekt"
    titel = "Er is nog geen trajectbesluit"


class TrajectNogNietIngegaan(DomeinFout):
    code = "traject-nog-niet-ingegaan"
    titel = "Op deze dag is het traject nog niet ingegaan"


class KandidaatIsUitgestroomd(DomeinFout):
    code = "kandidaat-uitgestroomd"
    titel = "De kandidaat is uitgestroomd"


class InkooporderOntbreekt(DomeinFout):
    code = "inkooporder-ontbreekt"
    titel = "Dit traject begint pas na een inkooporder"
    artikel = "het samenwerkingsmodel van de gemeente (cafetariamodel)"


class LoonwaardeOntbreekt(DomeinFout):
    code = "loonwaarde-ontbreekt"
    titel = "Er geldt nog geen vastgestelde loonwaarde"
    artikel = "art. 10d lid 1 onder a Participatiewet"


class RoutePastNiet(DomeinFout):
    code = "route-past-niet"
    titel = "De werkplek hoort niet bij deze route"


# -- kinds of placement, their changes and their course ---------------------------------------


class OngeldigePlaatsing(DomeinFout):
    code = "ongeldige-plaatsing"
    titel = "De gegevens van de plaatsing passen niet bij deze soort"
    soort = "invoer"


class PlaatsingTeLang(DomeinFout):
    code = "plaatsing-te-lang"
    titel = "De plaatsing duurt langer dan bij deze soort mag"


class BesluitBeschutWerkOntbreekt(DomeinFout):
    code = "besluit-beschut-werk-ontbreekt"
    titel = "Er is geen besluit beschut werk dat op deze dag werkt"
    artikel = "art. 10b Participatiewet"


class InlenerPastNiet(DomeinFout):
    code = "inlener-past-niet"
    titel = "Detacheren kan alleen naar een andere werkgever"


class AndereOmgevingNodig(DomeinFout):
    code = "andere-omgeving-nodig"
    titel = "Verlengen van een participatieplaats kan alleen met ander werk in een andere omgeving"
    artikel = "art. 10a Participatiewet"


class HeroverwegingOntbreekt(DomeinFout):
    code = "heroverweging-ontbreekt"
    titel = "De participatieplaats is nog niet heroverwogen"
    artikel = "art. 10a Participatiewet"


class GeenHeroverweging(DomeinFout):
    code = "geen-heroverweging"
    titel = "Hier valt niets te heroverwegen"
    artikel = "art. 10a Participatiewet"


class NietsGewijzigd(DomeinFout):
    code = "niets-gewijzigd"
    titel = "Er is niets gewijzigd"
    soort = "invoer"


class WijzigingPastNiet(DomeinFout):
    code = "wijziging-past-niet"
    titel = "Deze wijziging past niet bij de plaatsing"


class VorigePlaatsingPastNiet(DomeinFout):
    code = "vorige-plaatsing-past-niet"
    titel = "Uit deze plaatsing kan de kandidaat zo niet doorstromen"


class VerlengingOnduidelijk(DomeinFout):
    code = "verlenging-onduidelijk"
    titel = "Het is niet duidelijk tot wanneer er wordt verlengd"
    soort = "invoer"


class DatumInToekomst(DomeinFout):
    code = "datum-in-toekomst"
    titel = "De datum ligt in de toekomst"
    soort = "invoer"


class DatumPastNiet(DomeinFout):
    code = "datum-past-niet"
    titel = "De datum past niet bij wat al is vastgelegd"
    soort = "invoer"


class OngeldigWerkOntwikkelplan(DomeinFout):
    code = "ongeldig-werk-ontwikkelplan"
    titel = "Het werk-ontwikkelplan klopt niet"
    soort = "invoer"


class PlanBestaatAl(DomeinFout):
    code = "plan-bestaat-al"
    titel = "Bij deze plaatsing is al een werk-ontwikkelplan"


class DagVol(DomeinFout):
    code = "dag-vol"
    titel = "Een dag heeft niet meer uren"


class AlAfwezig(DomeinFout):
    code = "al-afwezig"
    titel = "De kandidaat is al afwezig gemeld"


class AfwezigheidAlBeeindigd(DomeinFout):
    code = "afwezigheid-al-beeindigd"
    titel = "Deze afwezigheid is al beëindigd"


# -- rapportages ------------------------------------------------------------------------------


class OngeldigePeriode(DomeinFout):
    code = "ongeldige-periode"
    titel = "De periode eindigt voor zij begint"
    soort = "invoer"


# -- matching and voorstellen -----------------------------------------------------------------


class OngeldigProfiel(DomeinFout):
    code = "ongeldig-profiel"
    titel = "Het profiel klopt niet"
    soort = "invoer"


class ProfielOntbreekt(DomeinFout):
    code = "profiel-ontbreekt"
    titel = "De kandidaat heeft nog geen profiel"


class MatchUitgesloten(DomeinFout):
    code = "match-uitgesloten"
    titel = "De werkplek past niet bij het profiel van de kandidaat"


class VoorstelLooptAl(DomeinFout):
    code = "voorstel-loopt-al"
    titel = "De kandidaat is voor deze werkplek al voorgesteld"


class VoorstelAlBeantwoord(DomeinFout):
    code = "voorstel-al-beantwoord"
    titel = "Dit voorstel is al afgelopen"


# -- werkgevers and werkplekken ---------------------------------------------------------------


class CapaciteitInGebruik(DomeinFout):
    code = "capaciteit-in-gebruik"
    titel = "Er zijn meer plaatsen bezet dan de nieuwe capaciteit"


class OngeldigeAfspraak(DomeinFout):
    code = "ongeldige-afspraak"
    titel = "De gegevens van de afspraak kloppen niet"
    soort = "invoer"


class JaarVoorBegin(DomeinFout):
    code = "jaar-voor-begin"
    titel = "In dit jaar was er nog geen dienstverband"
    soort = "invoer"


class WerkplekNietBeschikbaar(DomeinFout):
    code = "werkplek-niet-beschikbaar"
    titel = "De werkplek is er op die dagen niet"
