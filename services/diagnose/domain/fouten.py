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
