"""What bron 004 tells of Jan, day by day, in each of the five gemeenten.

The order of the days and the weekdays are those of the source; where it names no day, one that
fits is taken.  The year is 2026, so that Christmas and New Year's Day are in the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

Feiten = Mapping[str, bool | int | str]


@dataclass(frozen=True)
class Zet:
    """A step of the process, on a day. tekst: what the source tells."""

    op: date
    stap: str
    tekst: str
    feiten: Feiten = field(default_factory=dict)


@dataclass(frozen=True)
class Aanvraag:
    """He applies for bijstand."""

    op: date
    tekst: str


@dataclass(frozen=True)
class Voorschot:
    """He gets an advance."""

    op: date
    tekst: str


@dataclass(frozen=True)
class Toekenning:
    """The gemeente grants bijstand."""

    op: date
    tekst: str


@dataclass(frozen=True)
class Evaluatie:
    """A step that lasts is evaluated."""

    op: date
    stap: str
    tekst: str


Moment = Zet | Aanvraag | Voorschot | Toekenning | Evaluatie


@dataclass(frozen=True)
class Verhaal:
    """Jan in one gemeente. naam: by which it is asked for on the command line.

    kanaal: how he comes in; postcode: of where he stays, where that decides something.
    """

    naam: str
    gemeentecode: str
    gemeente: str
    bron: str
    aangemeld_op: date
    kanaal: str
    momenten: tuple[Moment, ...]
    leeftijd: int = 34
    doelgroep: str = "pwet"
    postcode: str = "2400 AB"
    bsn: str = "999990342"
    """Of nobody: it starts with 9."""

    @property
    def persoon(self) -> dict[str, Any]:
        """Jan, who does not exist."""
        return {
            "bsn": self.bsn,
            "voornamen": "Jan",
            "geslachtsnaam": "Voorbeeld",
            "geboortedatum": self.aangemeld_op.replace(
                year=self.aangemeld_op.year - self.leeftijd, month=3, day=1
            ).isoformat(),
            "adres": {
                "straat": "Voorbeeldstraat",
                "huisnummer": "1",
                "postcode": self.postcode,
                "woonplaats": "Voorbeelddorp",
            },
        }


ALPHEN: Final = Verhaal(
    naam="alphen",
    gemeentecode="0484",
    gemeente="Alphen aan den Rijn",
    bron="bron 004 §4.1",
    aangemeld_op=date(2026, 11, 19),
    kanaal="balie",
    momenten=(
        Aanvraag(date(2026, 11, 19), "Jan heeft een uitkering nodig, en woonruimte."),
        Zet(
            date(2026, 11, 19),
            "klantfoto",
            "Op donderdag vult de 1e-lijns medewerker met Jan de klantfoto in; geen crisis.",
            {"crisis": False, "hulpvraag": "meervoudig"},
        ),
        Zet(
            date(2026, 11, 25),
            "integrale-intake",
            "Woensdag: het tweede gesprek, over 11 leefgebieden.",
            {"bed_bad_brood": False},
        ),
        Zet(date(2026, 12, 7), "inkomen", "Eerst bed, bad en brood: het inkomen."),
        Toekenning(date(2026, 12, 7), "De uitkering wordt toegekend."),
        Zet(date(2026, 12, 14), "onderdak", "Jan kan voorlopig bij familie terecht."),
        Zet(
            date(2026, 12, 17),
            "opties",
            "Met Jan en MEE: een traject nodig naar betaald werk (groep 3).",
            {"groep": "groep-3"},
        ),
        Zet(date(2027, 1, 4), "re-integratieplan", "Het re-integratieplan, voor hoogstens 2 jaar."),
        Zet(
            date(2027, 1, 4),
            "instrument",
            "Er is een vermoeden: aanvullend diagnostisch onderzoek.",
            {"instrument_keuze": "onderzoek"},
        ),
        Zet(date(2027, 2, 1), "diagnostisch-onderzoek", "De specialistenpool van MEE onderzoekt."),
        Zet(
            date(2027, 2, 1),
            "instrument",
            "Re-integratie naar betaald werk is nu geen haalbare kaart.",
            {"instrument_keuze": "geen"},
        ),
        Zet(
            date(2027, 2, 8),
            "re-integratietraject",
            "Nog niet bemiddelbaar: een participatieplaats.",
            {"uitkomst": "participatieplek"},
        ),
        Zet(
            date(2029, 2, 8),
            "participatieplaats-afronden",
            "Onbetaald werk, hoogstens 2 jaar.",
        ),
    ),
)

WEENER_XL: Final = Verhaal(
    naam="s-hertogenbosch",
    gemeentecode="0796",
    gemeente="'s-Hertogenbosch",
    bron="bron 004 §4.2",
    aangemeld_op=date(2026, 11, 23),
    kanaal="balie",
    postcode="5211 AB",
    momenten=(
        Aanvraag(date(2026, 11, 23), "De datum van het gesprek geldt als datum van de aanvraag."),
        Zet(
            date(2026, 11, 23),
            "tienminutengesprek",
            "Tien minuten met de beslisboom: Jan voldoet aan de eisen.",
            {"voldoet": True, "dringende_redenen": False},
        ),
        Zet(
            date(2026, 11, 25),
            "voorlichting",
            "De voorlichting: je moet er zijn. Jan vult de aanvraag in.",
            {"verschenen": True},
        ),
        Zet(
            date(2026, 11, 27),
            "quick-scan",
            "Met 15 tegelijk achter de computer: rond de 40% loonwaarde.",
            {"loonwaarde": 40},
        ),
        Zet(
            date(2026, 12, 1),
            "startgesprek",
            "Een paar dagen later het startgesprek, met een plan van aanpak.",
            {"vrijstelling": False, "directe_match": "geen-match"},
        ),
        Toekenning(date(2026, 12, 14), "De uitkering wordt toegekend."),
        Zet(
            date(2027, 3, 15),
            "aan-de-slag",
            "Vier dagdelen werk: Jan pakt nieuwe taken niet makkelijk op.",
            {"na_aan_de_slag": "diagnose-nodig"},
        ),
        Zet(
            date(2027, 4, 19),
            "specialistische-diagnose",
            "Jan is overvraagd en niet individueel inzetbaar.",
            {"loonwaarde": 30, "uitkomst": "beschut"},
        ),
        Zet(
            date(2027, 5, 3),
            "beschut-werk-plaatsen",
            "Nieuw beschut werk in de groenvoorziening.",
        ),
    ),
)

SUDWEST_FRYSLAN: Final = Verhaal(
    naam="sudwest-fryslan",
    gemeentecode="1900",
    gemeente="Súdwest-Fryslân",
    bron="bron 004 §4.3",
    aangemeld_op=date(2026, 11, 23),
    kanaal="werk-nl",
    postcode="8715 AB",
    momenten=(
        Aanvraag(date(2026, 11, 23), "Met een kennis vult Jan de aanvraag in op werk.nl."),
        Zet(
            date(2026, 11, 24),
            "gebiedsteam-uitnodiging",
            "De postcode van Stavoren: het gebiedsteam IJsselmeerkust schrijft Jan een brief.",
        ),
        Zet(
            date(2026, 12, 1),
            "intakegesprek",
            "Het intakegesprek: geen inkomen, geen huis, weinig werk.",
            {"woonruimte_nodig": True},
        ),
        Zet(date(2026, 12, 7), "uitkering", "De eerste lijn, met voorrang: de uitkering."),
        Toekenning(date(2026, 12, 7), "De uitkering wordt toegekend."),
        Zet(
            date(2026, 12, 10),
            "loonwaarde-inschatten",
            "De derde lijn: onder de 80%, maar wel boven de 40%.",
            {"loonwaarde": 60},
        ),
        Zet(date(2027, 1, 11), "huisvesting", "De tweede lijn: eigen woonruimte."),
        Zet(date(2027, 1, 18), "bijzondere-bijstand", "Ingericht met bijzondere bijstand."),
        Zet(
            date(2027, 1, 22),
            "route",
            "De consulent stuurt Jan door naar Pastiel.",
            {"route_keuze": "verwijzing"},
        ),
        Zet(
            date(2027, 2, 19),
            "vervolgdiagnose",
            "Vier weken werk en diagnose: duidelijke structuur en directe leiding nodig.",
            {"uitkomst": "stage-bij-empatec"},
        ),
        Zet(
            date(2027, 2, 22),
            "stage-afspreken",
            "Voor beschut werk is er nog geen beleid: stage met behoud van uitkering.",
        ),
    ),
)

TILBURG: Final = Verhaal(
    naam="tilburg",
    gemeentecode="0855",
    gemeente="Tilburg",
    bron="bron 004 §4.4",
    aangemeld_op=date(2026, 11, 23),
    kanaal="werk-nl",
    postcode="5038 AB",
    momenten=(
        Zet(
            date(2026, 11, 25),
            "meldingsgesprek",
            "Jan maakt zelf een afspraak voor over twee dagen; geen rood profiel.",
            {"crisis": False, "uitzondering_zoektermijn": False},
        ),
        Aanvraag(date(2026, 11, 25), "Ouder dan 27: Jan ondertekent de aanvraag meteen."),
        Zet(
            date(2026, 12, 16),
            "inspanningspakket",
            "Drie weken later meldt Jan zich terug.",
            {"terugmelding": "doorzetten"},
        ),
        Voorschot(date(2026, 12, 23), "Vier weken na de aanvraag: het wettelijk voorschot."),
        Zet(
            date(2026, 12, 30),
            "rechtmatigheidsgesprek",
            "Vijf weken na zijn eerste gesprek: Jan heeft recht op een uitkering.",
            {"rechtmatigheid": "recht"},
        ),
        Zet(date(2026, 12, 30), "screening", "Direct aansluitend de screening."),
        Zet(
            date(2027, 1, 6),
            "intakegesprek",
            "De intake geeft aanleiding om verder te kijken.",
            {"time_to_market": "diagnose-nodig"},
        ),
        Zet(date(2027, 1, 11), "uitkering-toekennen", "Met een voorlopig plan van aanpak."),
        Toekenning(date(2027, 1, 11), "De uitkering wordt toegekend."),
        Zet(
            date(2027, 2, 8),
            "verdiepende-diagnose",
            "Niet direct bemiddelbaar; of het binnen 12 maanden kan is onduidelijk.",
            {"time_to_market": "onduidelijk"},
        ),
        Zet(date(2027, 2, 10), "doelgroepregister", "Aangemeld bij het UWV."),
        Zet(
            date(2027, 2, 15),
            "optie-kiezen",
            "Drie opties liggen open.",
            {"optie": "open"},
        ),
    ),
)

IJMOND: Final = Verhaal(
    naam="ijmond",
    gemeentecode="0453",
    gemeente="Velsen (IJmond Werkt!)",
    bron="bron 004 §4.5",
    aangemeld_op=date(2026, 11, 23),
    kanaal="werk-nl",
    postcode="1970 AB",
    momenten=(
        Aanvraag(date(2026, 11, 23), "Via werk.nl, tegelijk bij gemeente en IJmond Werkt!."),
        Zet(date(2026, 11, 23), "screening", "Een consulent screent de digitale melding."),
        Zet(
            date(2026, 11, 30),
            "groepsintake",
            "De groepsintake, binnen een week; 45 zijn er uitgenodigd.",
            {"verschenen": True},
        ),
        Zet(
            date(2026, 11, 30),
            "formulier",
            "Op het formulier blijft een aantal vragen open.",
            {"na_groepsintake": "naar-training"},
        ),
        Zet(
            date(2026, 12, 7),
            "kennismakingsgesprek",
            "Vijf werkdagen later: een kwartier met de trainer.",
        ),
        Zet(
            date(2026, 12, 14),
            "plan-van-aanpak",
            "De eerstvolgende maandag: welke eindtermen haalt Jan in 8 weken?",
        ),
        Toekenning(date(2026, 12, 21), "De uitkering wordt toegekend."),
        Zet(
            date(2027, 1, 8),
            "sterk-naar-werk",
            "Al in de eerste vier weken komt Jan niet mee.",
            {"na_training": "eerst-diagnose"},
        ),
        Zet(
            date(2027, 1, 22),
            "adtc",
            "Twee weken diagnose: afweer als gevolg van overvraging.",
            {"uitkomst": "leerwerkbedrijf"},
        ),
        Zet(date(2027, 1, 25), "doelgroepregister", "Alvast aangemeld voor het register."),
        Evaluatie(date(2027, 4, 23), "leerwerkplek-afronden", "Iedere drie maanden evalueren."),
        Evaluatie(date(2027, 7, 23), "leerwerkplek-afronden", "De tweede evaluatie."),
        Evaluatie(date(2027, 10, 22), "leerwerkplek-afronden", "De derde."),
        Evaluatie(date(2028, 1, 21), "leerwerkplek-afronden", "De vierde."),
        Evaluatie(date(2028, 4, 21), "leerwerkplek-afronden", "De vijfde."),
        Evaluatie(date(2028, 7, 21), "leerwerkplek-afronden", "De zesde."),
        Evaluatie(date(2028, 10, 20), "leerwerkplek-afronden", "De zevende."),
        Zet(
            date(2029, 1, 19),
            "leerwerkplek-afronden",
            "Twee jaar op een leerwerkplek, met behoud van uitkering.",
        ),
    ),
)

VERHALEN: Final[Mapping[str, Verhaal]] = {
    verhaal.naam: verhaal for verhaal in (ALPHEN, WEENER_XL, SUDWEST_FRYSLAN, TILBURG, IJMOND)
}
