"""What stands in the letter of a besluit, in plain Dutch (B1), before anyone says how it looks.

The parts are those that the law asks of a beschikking: who it is for, what was decided and from
when to when, the facts and the reasons (3:46 Awb), the article (3:47), what is expected, how to
object (3:45, 6:5, 6:7), whom to ask, and in whose name (10:10).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from chassis.documents import in_words, paragraphs, readable
from chassis.letters import Brief, Deel
from services.intake.domain.besluit import Besluit
from services.intake.domain.kandidaat import (
    BeschutWerkbesluit,
    Genomen,
    Poortbesluit,
    Poortuitkomst,
    Trajectbesluit,
    Zorgtraject,
)
from services.intake.domain.rechtsgrond import Rechtsgrond
from services.intake.domain.samenwerkingsmodel import WSD
from services.intake.domain.vrijstelling import Verplichting, Vrijstelling
from services.intake.gemeenten import College
from services.intake.persoonsgegevens import Persoonsgegevens


class Onderdeel(StrEnum):
    """The parts of a letter under a heading, in their order; the value is the heading."""

    BESLUIT = "Wat hebben wij besloten?"
    DUUR = "Vanaf wanneer geldt dit besluit?"
    MOTIVERING = "Waarom hebben wij dit besloten?"
    GRONDSLAG = "Op welke wet is dit besluit gebaseerd?"
    VOORWAARDEN = "Wat verwachten wij van u?"
    BEZWAAR = "Bent u het niet eens met dit besluit?"
    CONTACT = "Hebt u vragen?"


_UITKOMSTEN: Final = {
    Poortuitkomst.VRIJSTELLEN: (
        "U hoeft nu niet te zoeken naar werk. In een apart besluit staat precies wat u niet hoeft "
        "te doen, en hoe lang."
    ),
    Poortuitkomst.ZORGTRAJECT: (
        "U krijgt eerst hulp en zorg. Daarna kijken wij samen naar werk. Over de hulp en zorg "
        "krijgt u een apart besluit."
    ),
    Poortuitkomst.REGULIER_WERK: "Wij helpen u om direct gewoon betaald werk te vinden.",
    Poortuitkomst.AANMELDEN_BIJ_WSD: (
        "Wij melden u aan bij WSD. WSD is het werkbedrijf van onze gemeente. WSD onderzoekt samen "
        "met u wat u kunt en welk werk bij u past."
    ),
}

_VERPLICHTINGEN: Final = {
    Verplichting.ARBEID: "werk zoeken, werk aannemen en werk houden",
    Verplichting.VOORZIENING: (
        "meewerken aan hulp bij het vinden van werk, en aan onderzoek naar wat u kunt"
    ),
    Verplichting.TEGENPRESTATIE: "iets terugdoen voor uw uitkering (een tegenprestatie)",
}

_DIENSTEN: Final = {
    "werken-met-loonkostensubsidie": "werken met loonkostensubsidie",
    "werkacademie": "Werkacademie",
    "werkacademie-jongeren": "Werkacademie Jongeren",
    "jobhunting": "hulp bij het vinden van een baan (jobhunting)",
    "sollicitatiebegeleiding": "hulp bij het solliciteren",
    "werkervaringsplaats": "een werkervaringsplaats",
    "ontwikkelingsgerichte-arbeidsmatige-dagbesteding": "dagbesteding waarin u leert werken (OAD)",
    "participatie-vergunninghouders": "meedoen en werken voor vergunninghouders",
    "woonomgevingsploeg": "werken in de woonomgevingsploeg",
    "training-en-opleiding": "training en opleiding",
    "jobcoaching": "een jobcoach",
    "planregie": "hulp bij uw plan (planregie)",
    "beschut-werken": "beschut werken",
    "loonwaardemeting": "een meting van uw loonwaarde",
    "inburgeren-met-wsd": "inburgeren met WSD",
    "werken-met-behoud-van-uitkering": "werken met behoud van uitkering",
    "gids-diagnose": "de GIDS-diagnose",
    "persoonlijke-coaching": "persoonlijke coaching",
}


def stel_op(genomen: Genomen, gegevens: Persoonsgegevens, college: College, vandaag: date) -> Brief:
    """The letter of a besluit; dated when it was sent, or today as long as it was not."""
    besluit = genomen.besluit
    return Brief(
        titel=_titel(genomen),
        afzender=f"Gemeente {college.naam}",
        geadresseerde=_geadresseerde(gegevens),
        datum=in_words(besluit.bekendgemaakt_op or vandaag),
        kenmerk=str(besluit.besluit_id),
        aanhef=f"Geachte heer of mevrouw {_achternaam(gegevens, aan_het_begin=True)},",
        delen=(
            _besluit(genomen),
            Deel(Onderdeel.DUUR, _duur(genomen)),
            Deel(Onderdeel.MOTIVERING, (*_advies(genomen), *paragraphs(besluit.motivering))),
            Deel(
                Onderdeel.GRONDSLAG, (f"Dit besluit is gebaseerd op {besluit.rechtsgrond.naam}.",)
            ),
            Deel(Onderdeel.VOORWAARDEN, (), _voorwaarden(genomen)),
            _bezwaar(besluit, college),
            _contact(college),
        ),
        ondertekening=_ondertekening(besluit, college),
    )


def _titel(genomen: Genomen) -> str:
    match genomen:
        case Poortbesluit():
            return "Besluit over uw aanmelding"
        case Trajectbesluit():
            return "Besluit over uw traject naar werk"
        case Vrijstelling():
            return "Besluit over uw vrijstelling"
        case Zorgtraject():
            return "Besluit over uw zorgtraject"
        case BeschutWerkbesluit():
            return "Besluit over beschut werk"


def _besluit(genomen: Genomen) -> Deel:
    match genomen:
        case Poortbesluit():
            return Deel(Onderdeel.BESLUIT, (_UITKOMSTEN[genomen.uitkomst],))
        case Trajectbesluit():
            door = "WSD begeleidt u." if genomen.met_wsd else "Onze gemeente begeleidt u."
            return Deel(
                Onderdeel.BESLUIT,
                (f"U gaat meedoen aan het {genomen.programma}. {door} U krijgt:",),
                tuple(_DIENSTEN[dienst] for dienst in genomen.diensten),
            )
        case Vrijstelling():
            return Deel(
                Onderdeel.BESLUIT,
                ("U krijgt een vrijstelling. Dit hoeft u niet te doen:",),
                tuple(_VERPLICHTINGEN[v] for v in Verplichting if v in genomen.vrijgesteld_van),
            )
        case Zorgtraject():
            return Deel(
                Onderdeel.BESLUIT,
                ("U volgt eerst een zorgtraject. Daarna kijken wij samen met u naar werk.",),
            )
        case BeschutWerkbesluit(toegekend=True):
            return Deel(
                Onderdeel.BESLUIT,
                (
                    "U kunt beschut werk krijgen. Dat is een baan met extra begeleiding, op een "
                    "plek die bij u past. Wij zoeken die baan samen met u.",
                ),
            )
        case BeschutWerkbesluit():
            return Deel(Onderdeel.BESLUIT, ("U krijgt geen beschut werk.",))


def _duur(genomen: Genomen) -> tuple[str, ...]:
    begin = f"Dit besluit geldt vanaf {in_words(genomen.besluit.ingangsdatum)}."
    if not isinstance(genomen, Vrijstelling):
        return (f"{begin} Het geldt totdat wij een nieuw besluit nemen.",)
    if genomen.einddatum is None:
        return (f"{begin} Het heeft geen einddatum.",)
    return (f"{begin} Het geldt tot en met {in_words(genomen.einddatum)}.",)


def _advies(genomen: Genomen) -> tuple[str, ...]:
    if isinstance(genomen, BeschutWerkbesluit):
        return (f"Het UWV gaf ons advies op {in_words(genomen.advies.gegeven_op)}.",)
    if not isinstance(genomen, Trajectbesluit) or genomen.advies_id is None:
        return ()
    if genomen.wijkt_af:
        return ("WSD heeft ons advies gegeven. Ons besluit is anders dan dat advies.",)
    return ("WSD heeft ons advies gegeven. Ons besluit volgt dat advies.",)


def _voorwaarden(genomen: Genomen) -> tuple[str, ...]:
    altijd = "Verandert er iets in uw situatie? Geef dat dan meteen aan ons door."
    match genomen:
        case Poortbesluit(uitkomst=Poortuitkomst.AANMELDEN_BIJ_WSD):
            return ("Werk mee aan de gesprekken en het onderzoek bij WSD.", altijd)
        case Trajectbesluit():
            inkoop = (
                ("Uw traject begint als onze gemeente het bij WSD heeft ingekocht.",)
                if genomen.inkooporder_nodig
                else ()
            )
            return ("Werk mee aan het traject en aan onderzoek dat erbij hoort.", *inkoop, altijd)
        case Vrijstelling(plan_van_aanpak_uiterlijk=date() as uiterlijk):
            return (
                f"Uiterlijk op {in_words(uiterlijk)} maken wij samen met u een plan van aanpak. "
                "Werk daaraan mee.",
                "Elke 6 maanden kijken wij samen met u of het plan nog past.",
                altijd,
            )
        case Vrijstelling(besluit=Besluit(rechtsgrond=Rechtsgrond.PW_9_2)):
            return ("Uw andere verplichtingen blijven gelden.", altijd)
        case Zorgtraject():
            return ("Werk mee aan de afspraken in uw zorgtraject.", altijd)
        case BeschutWerkbesluit(toegekend=True):
            return ("Werk mee aan het vinden van een plek.", altijd)
        case _:
            return (altijd,)


def _bezwaar(besluit: Besluit, college: College) -> Deel:
    laatste_dag = besluit.bezwaar_tot_en_met
    termijn = "Doe dat binnen 6 weken na de dag waarop wij deze brief aan u hebben gestuurd."
    if laatste_dag is not None:
        termijn += f" De laatste dag is {in_words(laatste_dag)}."
    adres = f" Het adres is: {college.postadres}." if college.postadres else ""
    return Deel(
        Onderdeel.BEZWAAR,
        (
            f"Dan kunt u bezwaar maken. {termijn} Stuur uw bezwaar naar het college van "
            f"burgemeester en wethouders van de gemeente {college.naam}.{adres}",
            "Als u bezwaar maakt, blijft het besluit eerst gelden. Kunt u daar niet op wachten? "
            "Dan kunt u de rechtbank vragen om een voorlopige voorziening.",
            "Zet in uw bezwaar:",
        ),
        (
            "uw naam en adres",
            "de datum",
            f"het kenmerk van dit besluit: {besluit.besluit_id}",
            "waarom u het er niet mee eens bent",
            "uw handtekening",
        ),
    )


def _contact(college: College) -> Deel:
    return Deel(
        Onderdeel.CONTACT,
        (
            f"Neem dan contact op met uw klantmanager bij de gemeente {college.naam}. Houd het "
            "kenmerk van deze brief bij de hand.",
        ),
        college.contact,
    )


def _ondertekening(besluit: Besluit, college: College) -> tuple[str, ...]:
    namens = f"namens het college van burgemeester en wethouders van de gemeente {college.naam},"
    door = besluit.genomen_door
    if door.organisatie == WSD:
        return (
            namens,
            f"{door.rol} van WSD, onder mandaat van het college (artikel 10:1 van de Algemene wet "
            "bestuursrecht)",
        )
    return (namens, f"{door.rol} van de gemeente {college.naam}")


def _geadresseerde(gegevens: Persoonsgegevens) -> tuple[str, ...]:
    naam = f"{gegevens.voornamen} {_achternaam(gegevens)}"
    adres = gegevens.adres
    if adres is None:
        return ("Persoonlijk", readable(naam))
    return (
        "Persoonlijk",
        readable(naam),
        readable(f"{adres.straat} {adres.huisnummer}"),
        readable(f"{adres.postcode}  {adres.woonplaats}"),
    )


def _achternaam(gegevens: Persoonsgegevens, *, aan_het_begin: bool = False) -> str:
    voorvoegsel = gegevens.voorvoegsel or ""
    if aan_het_begin:
        voorvoegsel = voorvoegsel[:1].upper() + voorvoegsel[1:]
    return readable(f"{voorvoegsel} {gegevens.geslachtsnaam}".strip())
