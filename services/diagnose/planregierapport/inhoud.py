"""What stands in a report of planregie, in plain Dutch, before anyone says how it looks.

The facts are those of the day on which it was made. Only the akkoorden, below, were added since.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from xml.etree import ElementTree

from chassis.documents import in_words, paragraphs, readable
from contracts.afnemers import GEMEENTEN
from services.diagnose.domain.planregie import (
    URENBUDGET,
    WEKEN,
    Akkoordrol,
    Betrokkenheid,
    Doel,
    Doelstand,
    Functie,
    Rapportage,
    Rapportagesoort,
)
from services.diagnose.domain.rapport import Rapport
from services.diagnose.domain.zrm import NIVEAUS
from services.diagnose.store.planregies import Gelezen


@dataclass(frozen=True, slots=True)
class Gegeven:
    """Something with its name, as in a list of particulars."""

    naam: str
    waarde: str


@dataclass(frozen=True, slots=True)
class Tabel:
    """Rows under headings; onderschrift says what they show.

    breedtes: of each column its share of the width, or 0: a number, as narrow as it is.
    """

    onderschrift: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    breedtes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Deel:
    """Paragraphs under a heading, then what belongs to them."""

    kop: str
    alineas: tuple[str, ...] = ()
    tabel: Tabel | None = None
    met_figuur: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """Plain text only, but for figuur, which is SVG of our own; figuurtekst says the same."""

    titel: str
    afzender: str
    gegevens: tuple[Gegeven, ...]
    delen: tuple[Deel, ...]
    figuur: str
    figuurtekst: str
    kenmerk: str

    def __repr__(self) -> str:
        return "Document(…)"


_TITELS: Final = {
    Rapportagesoort.TRAJECTPLAN: "Trajectplan planregie",
    Rapportagesoort.TUSSENRAPPORTAGE: "Tussenrapportage planregie",
    Rapportagesoort.EINDRAPPORTAGE: "Eindrapportage planregie",
}
_FUNCTIES: Final = {
    Functie.PLANREGISSEUR: "Planregisseur",
    Functie.KLANTMANAGER: "Klantmanager",
    Functie.TRAJECTCONSULENT: "Trajectconsulent",
    Functie.JOBCOACH: "Jobcoach",
    Functie.ANDERS: "Andere functie",
}
_SOORTEN: Final = {
    Betrokkenheid.ZORG: "Zorg",
    Betrokkenheid.WELZIJN: "Welzijn",
    Betrokkenheid.SCHULDHULPVERLENING: "Schuldhulpverlening",
    Betrokkenheid.ONDERWIJS: "Onderwijs",
    Betrokkenheid.WERKGEVER: "Werkgever",
    Betrokkenheid.WOONCORPORATIE: "Wooncorporatie",
    Betrokkenheid.UWV: "UWV",
    Betrokkenheid.JUSTITIE: "Justitie",
    Betrokkenheid.SOCIAAL_NETWERK: "Eigen netwerk",
    Betrokkenheid.ANDERS: "Anders",
}
_ROLLEN: Final = {
    Akkoordrol.PLANREGISSEUR: "Planregisseur van WSD",
    Akkoordrol.KLANTMANAGER: "Klantmanager van de gemeente",
}


def schrijf(gelezen: Gelezen) -> Document:
    """The report as it is read today."""
    rapport = gelezen.rapport
    titel, uitleg = _figuurtekst(rapport.figuur)
    return Document(
        titel=_TITELS[rapport.soort],
        afzender="WSD",
        gegevens=tuple(_gegevens(gelezen)),
        delen=(
            Deel("Samenvatting", paragraphs(rapport.samenvatting)),
            _doelen(rapport),
            _zelfredzaamheid(rapport),
            _uren(rapport),
            _betrokkenen(rapport, GEMEENTEN[rapport.gemeentecode]),
            Deel("Hoe verder", paragraphs(rapport.vervolg)),
            _akkoorden(gelezen.rapportage),
        ),
        figuur=rapport.figuur,
        figuurtekst=f"{titel}. {uitleg}",
        kenmerk=str(rapport.rapportage_id),
    )


def _gegevens(gelezen: Gelezen) -> list[Gegeven]:
    rapport = gelezen.rapport
    gegevens = [
        Gegeven("Gemeente", GEMEENTEN[rapport.gemeentecode]),
        Gegeven("Kandidaat", str(gelezen.kandidaat_id)),
        Gegeven("Datum", in_words(rapport.gemaakt_op)),
        Gegeven("Kenmerk", f"{rapport.rapportage_id} (versie {rapport.versie})"),
        Gegeven(
            "Traject",
            f"{in_words(rapport.gestart_op)} tot en met "
            f"{in_words(rapport.beeindigd_op or rapport.einddatum)}",
        ),
    ]
    gegevens += [
        Gegeven(
            "Verlengd",
            f"op {in_words(verlenging.verlengd_op)} tot en met "
            f"{in_words(verlenging.einddatum)}: {readable(verlenging.reden)}",
        )
        for verlenging in rapport.verlengingen
    ]
    return gegevens


def _doelen(rapport: Rapport) -> Deel:
    aantal, behaald = len(rapport.doelen), _aantal(rapport, Doelstand.BEHAALD)
    alinea = f"Er {_zijn(aantal)} {_doel(aantal)} gesteld."
    if rapport.soort is not Rapportagesoort.TRAJECTPLAN:
        vervallen = _aantal(rapport, Doelstand.VERVALLEN)
        alinea += f" Daarvan {_zijn(behaald)} er {behaald} behaald"
        alinea += f" en {_zijn(vervallen)} er {vervallen} vervallen." if vervallen else "."
    return Deel(
        "Doelen",
        (alinea,),
        Tabel(
            "De doelen, per domein van de zelfredzaamheidmatrix",
            ("Domein", "Doel", "Gesteld", "Stand"),
            tuple(
                (
                    doel.domein.naam,
                    readable(doel.omschrijving),
                    in_words(doel.gesteld_op),
                    _stand(doel, rapport),
                )
                for doel in rapport.doelen
            ),
            (3, 5, 3, 4),
        ),
    )


def _stand(doel: Doel, rapport: Rapport) -> str:
    if doel.stand_op is None:
        return "Niet behaald" if rapport.beeindigd_op else "Loopt"
    wat = "Behaald" if doel.stand is Doelstand.BEHAALD else "Vervallen"
    toelichting = readable(doel.toelichting)
    return f"{wat} op {in_words(doel.stand_op)}" + (f": {toelichting}" if toelichting else "")


def _zelfredzaamheid(rapport: Rapport) -> Deel:
    op = in_words(rapport.zrm_op)
    if rapport.vergelijking is None or rapport.zrm_eerder_op is None:
        return Deel(
            "Zelfredzaamheid",
            (f"De zelfredzaamheidmatrix (ZRM) is afgenomen op {op}. Niveau 5 is het hoogste.",),
            Tabel(
                "Het niveau per domein",
                ("Domein", "Niveau"),
                tuple(
                    (domein.naam, f"{niveau} {NIVEAUS[niveau].lower()}")
                    for domein, niveau in rapport.zrm_niveaus
                ),
                (1, 1),
            ),
            met_figuur=True,
        )
    vergelijking = rapport.vergelijking
    totaal = vergelijking.totaal
    richting = "vooruit" if totaal >= 0 else "terug"
    alineas = [
        f"De zelfredzaamheidmatrix (ZRM) is afgenomen op {in_words(rapport.zrm_eerder_op)} en op "
        f"{op}. Niveau 5 is het hoogste. Alles bij elkaar {_stappen(abs(totaal))} {richting}."
    ]
    alineas += [f"Niet vergelijkbaar: {anders.reden}" for anders in vergelijking.niet_vergelijkbaar]
    return Deel(
        "Zelfredzaamheid",
        tuple(alineas),
        Tabel(
            "Het niveau per domein bij beide metingen, en de stappen ertussen",
            ("Domein", "Eerst", "Nu", "Stappen"),
            tuple(
                (
                    regel.domein.naam,
                    str(regel.niveau_eerder),
                    str(regel.niveau_later),
                    f"{regel.stappen:+d}" if regel.stappen else "0",
                )
                for regel in vergelijking.regels
            ),
            (1, 0, 0, 0),
        ),
        met_figuur=True,
    )


def _uren(rapport: Rapport) -> Deel:
    totaal = sum((regel.totaal for regel in rapport.uren), Decimal(0))
    eerst = sum((regel.eerste_drie_maanden for regel in rapport.uren), Decimal(0))
    alinea = (
        f"Voor {WEKEN} weken is {_getal(URENBUDGET)} uur beschikbaar. Tot nu is "
        f"{_getal(totaal)} uur ingezet, waarvan {_getal(eerst)} in de eerste drie maanden."
    )
    if not rapport.uren:
        return Deel("Uren", (alinea,))
    return Deel(
        "Uren",
        (alinea,),
        Tabel(
            "De ingezette uren, per medewerker",
            ("Functie", "Medewerker", "Eerste drie maanden", "Daarna", "Samen"),
            (
                *(
                    (
                        _FUNCTIES[regel.functie],
                        regel.medewerker,
                        _getal(regel.eerste_drie_maanden),
                        _getal(regel.daarna),
                        _getal(regel.totaal),
                    )
                    for regel in rapport.uren
                ),
                ("Totaal", "", _getal(eerst), _getal(totaal - eerst), _getal(totaal)),
            ),
            (1, 1, 0, 0, 0),
        ),
    )


def _betrokkenen(rapport: Rapport, gemeente: str) -> Deel:
    return Deel(
        "Wie er meehelpen",
        (),
        Tabel(
            "De organisaties en mensen die meehelpen",
            ("Soort", "Wie"),
            (
                ("Gemeente", gemeente),
                ("Sociaal werkbedrijf", "WSD"),
                *((_SOORTEN[b.soort], readable(b.naam)) for b in rapport.betrokkenen),
            ),
            (1, 2),
        ),
    )


def _akkoorden(rapportage: Rapportage) -> Deel:
    gegeven = {akkoord.rol: akkoord for akkoord in rapportage.akkoorden}
    rijen = []
    for rol in Akkoordrol:
        akkoord = gegeven.get(rol)
        wie, wanneer = (
            (akkoord.medewerker, in_words(akkoord.op)) if akkoord else ("", "nog geen akkoord")
        )
        rijen.append((_ROLLEN[rol], wie, wanneer))
    return Deel(
        "Akkoord",
        (),
        Tabel(
            "Wie met deze rapportage akkoord is",
            ("Namens", "Medewerker", "Akkoord op"),
            tuple(rijen),
            (2, 1, 1),
        ),
    )


def _figuurtekst(svg: str) -> tuple[str, str]:
    """The title and the description that the figure carries."""
    figuur = ElementTree.fromstring(svg)  # noqa: S314 - made by ourselves
    naam = "{http://www.w3.org/2000/svg}"
    return figuur.findtext(f"{naam}title", ""), figuur.findtext(f"{naam}desc", "")


def _aantal(rapport: Rapport, stand: Doelstand) -> int:
    return sum(doel.stand is stand for doel in rapport.doelen)


def _zijn(aantal: int) -> str:
    return "is" if aantal == 1 else "zijn"


def _doel(aantal: int) -> str:
    return "1 doel" if aantal == 1 else f"{aantal} doelen"


def _stappen(aantal: int) -> str:
    return "1 stap" if aantal == 1 else f"{aantal} stappen"


def _getal(uren: Decimal) -> str:
    """Hours as Dutch writes them: 1,5."""
    return f"{uren.normalize():f}".replace(".", ",")
