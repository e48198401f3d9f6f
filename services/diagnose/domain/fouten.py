"""Every refusal of diagnose, by name: what the rules do not allow, and what to do instead."""

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


class OngeldigeZrm(DomeinFout):
    code = "ongeldige-zrm"
    titel = "De ZRM-meting klopt niet"
    soort = "invoer"


class OngeldigeLoonwaardemeting(DomeinFout):
    code = "ongeldige-loonwaardemeting"
    titel = "De loonwaardemeting klopt niet"
    soort = "invoer"
    artikel = "art. 10e Participatiewet; Besluit en Regeling loonkostensubsidie 2021"


class OngeldigAdvies(DomeinFout):
    code = "ongeldig-advies"
    titel = "Het advies klopt niet"
    soort = "invoer"


class DiagnoseNietGestart(DomeinFout):
    code = "diagnose-niet-gestart"
    titel = "De diagnose is nog niet gestart"


class DiagnoseAlGestart(DomeinFout):
    code = "diagnose-al-gestart"
    titel = "De diagnose is al gestart"


class ZrmAlAfgenomen(DomeinFout):
    code = "zrm-al-afgenomen"
    titel = "Op deze dag is al een ZRM afgenomen"


class LoonwaardeAlVastgesteld(DomeinFout):
    code = "loonwaarde-al-vastgesteld"
    titel = "Vanaf deze dag geldt al een loonwaarde"


class AdviesZonderGrondslag(DomeinFout):
    code = "advies-zonder-grondslag"
    titel = "Een advies rust op een ZRM-meting of een loonwaarde"


class GrondslagOnbekend(DomeinFout):
    code = "grondslag-onbekend"
    titel = "De genoemde meting staat niet in dit dossier"
    soort = "invoer"


class AfwijkingNietGemotiveerd(DomeinFout):
    code = "afwijking-niet-gemotiveerd"
    titel = "Een advies dat afwijkt van het voorstel heeft een motivering nodig"


class DatumPastNiet(DomeinFout):
    code = "datum-past-niet"
    titel = "De datum ligt voor een eerdere stap"
    soort = "invoer"


# -- loonwaarde, werkdiagnose and OAD -------------------------------------------------------


class OngeldigeReactie(DomeinFout):
    code = "ongeldige-reactie"
    titel = "De reactie op het rapport klopt niet"
    soort = "invoer"


class ReactieAlGegeven(DomeinFout):
    code = "reactie-al-gegeven"
    titel = "Deze partij heeft al gereageerd"


class SecondOpinionNietGevraagd(DomeinFout):
    code = "second-opinion-niet-gevraagd"
    titel = "Om een second opinion is niet gevraagd"


class OngeldigeEerdereLoonwaarde(DomeinFout):
    code = "ongeldige-eerdere-loonwaarde"
    titel = "De eerdere loonwaarde klopt niet"
    soort = "invoer"


class DatumInToekomst(DomeinFout):
    code = "datum-in-toekomst"
    titel = "Dit kan nog niet zijn gebeurd"
    soort = "invoer"


# -- planregie --------------------------------------------------------------------------------


class OngeldigePlanregie(DomeinFout):
    code = "ongeldige-planregie"
    titel = "De gegevens van de planregie kloppen niet"
    soort = "invoer"


class DatumTeLaat(DomeinFout):
    code = "datum-te-laat"
    titel = "De datum ligt na de laatste dag die kan"
    soort = "invoer"


class PlanregieLoopt(DomeinFout):
    code = "planregie-loopt"
    titel = "Deze kandidaat heeft al een planregie"


class PlanregieInAndereToestand(DomeinFout):
    code = "planregie-in-andere-toestand"
    titel = "Dit kan niet in de toestand waarin de planregie is"


class DoelAlAfgesloten(DomeinFout):
    code = "doel-al-afgesloten"
    titel = "Dit doel is al behaald of vervallen"


class RapportageZonderZrm(DomeinFout):
    code = "rapportage-zonder-zrm"
    titel = "Voor deze rapportage is een recente ZRM-meting nodig"


class RapportageZonderTrajectplan(DomeinFout):
    code = "rapportage-zonder-trajectplan"
    titel = "Er is nog geen trajectplan"


class TrajectplanZonderDoelen(DomeinFout):
    code = "trajectplan-zonder-doelen"
    titel = "Een trajectplan heeft ten minste een doel"


class RapportageVastgesteld(DomeinFout):
    code = "rapportage-vastgesteld"
    titel = "Deze rapportage is al door beide partijen geaccordeerd"


class RapportageVervangen(DomeinFout):
    code = "rapportage-vervangen"
    titel = "Er is een nieuwere versie van deze rapportage"


class AlGeaccordeerd(DomeinFout):
    code = "al-geaccordeerd"
    titel = "Deze rapportage is al geaccordeerd"


class AkkoordNietBevoegd(DomeinFout):
    code = "akkoord-niet-bevoegd"
    titel = "Deze organisatie accordeert niet in deze rol"
    soort = "bevoegdheid"


class OngeldigeTrede(DomeinFout):
    code = "ongeldige-trede"
    titel = "Deze trede stelt een professional niet vast"
    soort = "invoer"


class LadderVolgtUitPlaatsing(DomeinFout):
    code = "ladder-volgt-uit-plaatsing"
    titel = "De trede volgt nu uit een plaatsing"


class OngeldigBeeld(DomeinFout):
    code = "ongeldig-beeld"
    titel = "Het beeld van de jongere klopt niet"
    soort = "invoer"


class OngeldigeJongerenscan(DomeinFout):
    code = "ongeldige-jongerenscan"
    titel = "De quick scan klopt niet"
    soort = "invoer"


class OngeldigTevredenheidsgesprek(DomeinFout):
    code = "ongeldig-tevredenheidsgesprek"
    titel = "Het gesprek over tevredenheid klopt niet"
    soort = "invoer"


class TevredenheidAlGevraagd(DomeinFout):
    code = "tevredenheid-al-gevraagd"
    titel = "Deze kandidaat is dit jaar al bevraagd"


class OngeldigeWerkdiagnose(DomeinFout):
    code = "ongeldige-werkdiagnose"
    titel = "De werkdiagnose klopt niet"
    soort = "invoer"


class WerkdiagnoseLoopt(DomeinFout):
    code = "werkdiagnose-loopt"
    titel = "Er is al een werkdiagnose voor deze kandidaat"


class WerkdiagnosestapKanNiet(DomeinFout):
    code = "werkdiagnosestap-kan-niet"
    titel = "Deze stap kan nu niet in de werkdiagnose"


class GeenVoorstel(DomeinFout):
    code = "geen-voorstel"
    titel = "Er is geen voorstel om mee in te stemmen"


class EigenVoorstel(DomeinFout):
    code = "eigen-voorstel"
    titel = "De andere organisatie stemt in met een voorstel"


class OngeldigeOad(DomeinFout):
    code = "ongeldige-oad"
    titel = "De gegevens van de OAD kloppen niet"
    soort = "invoer"


class OadLoopt(DomeinFout):
    code = "oad-loopt"
    titel = "Er is al een OAD-traject voor deze kandidaat"


class OadStapKanNiet(DomeinFout):
    code = "oad-stap-kan-niet"
    titel = "Deze stap kan nu niet in het OAD-traject"


# -- advies ----------------------------------------------------------------------------------


class OngeldigFeit(DomeinFout):
    code = "ongeldig-feit"
    titel = "Een opgegeven feit klopt niet"
    soort = "invoer"


class FeitenOntbreken(DomeinFout):
    code = "feiten-ontbreken"
    titel = "Voor een voorstel zijn meer feiten nodig"
    soort = "invoer"


class GrondslagVerouderd(DomeinFout):
    code = "grondslag-verouderd"
    titel = "De genoemde meting is verouderd"
    soort = "invoer"


class NietBevoegd(DomeinFout):
    code = "niet-bevoegd"
    titel = "Dit is aan een andere organisatie"
    soort = "bevoegdheid"


class AdviesVervangen(DomeinFout):
    code = "advies-vervangen"
    titel = "Er is een nieuwer advies"


class AlBesloten(DomeinFout):
    code = "al-besloten"
    titel = "Op dit advies is al besloten"


class AdviesvraagStaatOpen(DomeinFout):
    code = "adviesvraag-staat-open"
    titel = "Er staat al een vraag over dit advies open"


class AdviesvraagAlBeantwoord(DomeinFout):
    code = "adviesvraag-al-beantwoord"
    titel = "De vraag is al beantwoord"
