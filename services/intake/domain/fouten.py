"""Every refusal of intake, by name: what the rules do not allow, and what to do instead."""

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


class OnbekendeGemeente(DomeinFout):
    code = "onbekende-gemeente"
    titel = "Voor deze gemeente is geen samenwerkingsmodel vastgelegd"
    soort = "invoer"


class WswInstroomGesloten(DomeinFout):
    code = "wsw-instroom-gesloten"
    titel = "De Wsw neemt sinds 2015 niemand meer op"
    artikel = "Invoeringswet Participatiewet, art. 2 lid 1 Wsw"


class DoelgroepPastNietBijLeeftijd(DomeinFout):
    code = "doelgroep-past-niet-bij-leeftijd"
    titel = "De leeftijd past niet bij de doelgroep"
    soort = "invoer"
    artikel = "art. 7a Participatiewet"


class MotiveringOntbreekt(DomeinFout):
    code = "motivering-ontbreekt"
    titel = "Een besluit heeft een motivering nodig"
    soort = "invoer"
    artikel = "art. 3:46 en 3:47 Awb"


class RechtsgrondPastNiet(DomeinFout):
    code = "rechtsgrond-past-niet"
    titel = "Op dit artikel kan dit besluit niet rusten"
    soort = "invoer"
    artikel = "art. 3:47 lid 2 Awb"


class BesluitAlBekendgemaakt(DomeinFout):
    code = "besluit-al-bekendgemaakt"
    titel = "Het besluit is al bekendgemaakt"
    artikel = "art. 3:40 en 3:41 Awb"


class BesluitAlIngetrokken(DomeinFout):
    code = "besluit-al-ingetrokken"
    titel = "Het besluit is ingetrokken"


class BesluitDraagtDoorverwijzing(DomeinFout):
    code = "besluit-draagt-doorverwijzing"
    titel = "Op dit poortbesluit rust de doorverwijzing naar WSD"


class VrijstellingTeRuim(DomeinFout):
    code = "vrijstelling-te-ruim"
    titel = "Dit artikel stelt niet van deze verplichtingen vrij"
    soort = "invoer"
    artikel = "art. 9 Participatiewet"


class VrijstellingTijdelijk(DomeinFout):
    code = "vrijstelling-tijdelijk"
    titel = "Deze vrijstelling is tijdelijk en heeft een einddatum"
    soort = "invoer"
    artikel = "art. 9 Participatiewet"


class VrijstellingBlijvend(DomeinFout):
    code = "vrijstelling-blijvend"
    titel = "Deze vrijstelling heeft geen einddatum"
    soort = "invoer"
    artikel = "art. 9 lid 5 Participatiewet"


class VrijstellingTeLang(DomeinFout):
    code = "vrijstelling-te-lang"
    titel = "De einddatum past niet bij deze vrijstelling"
    soort = "invoer"
    artikel = "art. 9 Participatiewet"


class VrijstellingAlGebruikt(DomeinFout):
    code = "vrijstelling-al-gebruikt"
    titel = "Deze vrijstelling is er één keer per kandidaat"
    artikel = "art. 9a Participatiewet"


class GeenAlleenstaandeOuderVanJongKind(DomeinFout):
    code = "geen-alleenstaande-ouder-van-jong-kind"
    titel = "Deze vrijstelling is voor een alleenstaande ouder met een kind jonger dan 5"
    soort = "invoer"
    artikel = "art. 9a Participatiewet"


class ZonderWsd(DomeinFout):
    code = "zonder-wsd"
    titel = "Deze gemeente werkt zonder WSD"
    artikel = "het samenwerkingsmodel van de gemeente"


class GeenInkooporderNodig(DomeinFout):
    code = "geen-inkooporder-nodig"
    titel = "Dit traject heeft geen inkooporder nodig"


class InkooporderAlGeplaatst(DomeinFout):
    code = "inkooporder-al-geplaatst"
    titel = "Voor dit traject is al een inkooporder geplaatst"


class AndereRegisseur(DomeinFout):
    code = "andere-regisseur"
    titel = "Een kandidaat heeft één regisseur"


class RegisseurOngewijzigd(DomeinFout):
    code = "regisseur-ongewijzigd"
    titel = "Deze regisseur heeft de regie al"
    soort = "invoer"


class RegieBuitenModel(DomeinFout):
    code = "regie-buiten-model"
    titel = "Deze organisatie kan hier geen regisseur zijn"
    artikel = "het samenwerkingsmodel van de gemeente"


class NietBevoegd(DomeinFout):
    code = "niet-bevoegd"
    titel = "Deze organisatie mag dit besluit niet nemen"
    soort = "bevoegdheid"
    artikel = "art. 7 lid 4 Participatiewet"


class DatumPastNiet(DomeinFout):
    code = "datum-past-niet"
    titel = "De datum past hier niet"
    soort = "invoer"


class GeenPoortbesluit(DomeinFout):
    code = "geen-poortbesluit"
    titel = "Er is nog geen poortbesluit"


class PoortbesluitLeidtNietNaarWsd(DomeinFout):
    code = "poortbesluit-leidt-niet-naar-wsd"
    titel = "Het poortbesluit is niet: aanmelden bij WSD"


class AlDoorverwezen(DomeinFout):
    code = "al-doorverwezen"
    titel = "De kandidaat is al doorverwezen naar WSD"


class NietDoorverwezen(DomeinFout):
    code = "niet-doorverwezen"
    titel = "De kandidaat is niet doorverwezen naar WSD"


class AdviesOntbreekt(DomeinFout):
    code = "advies-ontbreekt"
    titel = "Er is nog geen advies van WSD"
    artikel = "art. 10 lid 4 Participatiewet"


class DienstenOntbreken(DomeinFout):
    code = "diensten-ontbreken"
    titel = "Een traject bestaat uit ten minste één dienst"
    soort = "invoer"


class KandidaatIsUitgestroomd(DomeinFout):
    code = "kandidaat-uitgestroomd"
    titel = "De kandidaat is uitgestroomd"


class NietUitgestroomd(DomeinFout):
    code = "niet-uitgestroomd"
    titel = "De kandidaat is niet uitgestroomd"


class TerugvaltermijnVerstreken(DomeinFout):
    code = "terugvaltermijn-verstreken"
    titel = "De uitstroom is te lang geleden voor een terugval"


class GegevensVerouderd(DomeinFout):
    code = "gegevens-verouderd"
    titel = "De persoonsgegevens zijn te oud om opnieuw te gebruiken"
    artikel = "art. 43a Participatiewet"


class AndereInwoner(DomeinFout):
    code = "andere-inwoner"
    titel = "Dit is een andere inwoner"
    soort = "invoer"


class IngangsdatumPastNiet(DomeinFout):
    code = "ingangsdatum-past-niet"
    titel = "Op deze dag kan de overdracht niet ingaan"
    soort = "invoer"


class OverdrachtAanZichzelf(DomeinFout):
    code = "overdracht-aan-zichzelf"
    titel = "De kandidaat is al van deze gemeente"
    soort = "invoer"


class OverdrachtAlGepland(DomeinFout):
    code = "overdracht-al-gepland"
    titel = "Er staat al een overdracht van deze kandidaat gepland"


class OverdrachtIngetrokken(DomeinFout):
    code = "overdracht-ingetrokken"
    titel = "De overdracht is ingetrokken"


class AlOvergedragen(DomeinFout):
    code = "al-overgedragen"
    titel = "De overdracht is al uitgevoerd"


class StapNietAanDeBeurt(DomeinFout):
    code = "stap-niet-aan-de-beurt"
    titel = "Deze stap is nu niet aan de beurt"


class StapGaatVanzelf(DomeinFout):
    code = "stap-gaat-vanzelf"
    titel = "Deze stap wordt niet met de hand gezet"


class StapPastNietOpDag(DomeinFout):
    code = "stap-past-niet-op-dag"
    titel = "Op deze dag kan de stap niet zijn gezet"


class AndereOrganisatie(DomeinFout):
    code = "stap-van-andere-organisatie"
    titel = "Deze stap is van een andere organisatie"
    soort = "bevoegdheid"


class AndereRol(DomeinFout):
    code = "stap-van-andere-rol"
    titel = "Deze stap is van een andere rol"
    soort = "bevoegdheid"


class FeitenKloppenNiet(DomeinFout):
    code = "feiten-kloppen-niet"
    titel = "De feiten passen niet bij deze stap"
    soort = "invoer"


class StapNietVerlengbaar(DomeinFout):
    code = "stap-niet-verlengbaar"
    titel = "De termijn van deze stap kan niet (nog eens) worden verlengd"


class GeenProcesmigratie(DomeinFout):
    code = "geen-procesmigratie"
    titel = "De kandidaat kan niet over naar deze versie van het proces"


class GroepTeGroot(DomeinFout):
    code = "groep-te-groot"
    titel = "Er zijn meer genodigden dan de groep groot is"
    soort = "invoer"


class GeenGroepsstap(DomeinFout):
    code = "geen-groepsstap"
    titel = "Deze stap wordt niet in een groep gezet"


class OngeldigeTermijnduur(DomeinFout):
    code = "ongeldige-termijnduur"
    titel = "Dit is geen duur van een termijn"
    soort = "invoer"


class TermijnLooptNiet(DomeinFout):
    code = "termijn-loopt-niet"
    titel = "De termijn loopt niet"


class TermijnOpgeschort(DomeinFout):
    code = "termijn-opgeschort"
    titel = "De termijn is opgeschort"
    artikel = "art. 4:15 Awb"


class TermijnNietOpgeschort(DomeinFout):
    code = "termijn-niet-opgeschort"
    titel = "De termijn is niet opgeschort"
    artikel = "art. 4:15 Awb"


class AlVerlengd(DomeinFout):
    code = "al-verlengd"
    titel = "De termijn is al een keer verlengd"
    artikel = "art. 4:14 Awb"


class VerlengingTeLaat(DomeinFout):
    code = "verlenging-te-laat"
    titel = "De verlenging is niet binnen de termijn meegedeeld"
    artikel = "art. 4:14 Awb"


class GroepKloptNiet(DomeinFout):
    code = "groep-klopt-niet"
    titel = "De groep klopt niet"


class BijeenkomstAlGehouden(DomeinFout):
    code = "bijeenkomst-al-gehouden"
    titel = "De opkomst van deze bijeenkomst is al vastgelegd"


class ZoektermijnLoopt(DomeinFout):
    code = "zoektermijn-loopt"
    titel = "De zoektermijn van vier weken loopt nog"
    artikel = "art. 41 lid 4 Participatiewet"


class AanvraagLoopt(DomeinFout):
    code = "aanvraag-loopt"
    titel = "Op een eerdere aanvraag is nog niet beslist"


class AanvraagAfgehandeld(DomeinFout):
    code = "aanvraag-afgehandeld"
    titel = "Op de aanvraag is al beslist"


class EindeOpschortingOntbreekt(DomeinFout):
    code = "einde-opschorting-ontbreekt"
    titel = "Bij deze grond hoort een laatste dag"
    soort = "invoer"
    artikel = "art. 4:5 en 4:15 Awb"


class AanvullingNietGevraagd(DomeinFout):
    code = "aanvulling-niet-gevraagd"
    titel = "De aanvrager heeft geen gelegenheid gehad de aanvraag aan te vullen"
    artikel = "art. 4:5 lid 1 Awb"


class BuitenBehandelingTeLaat(DomeinFout):
    code = "buiten-behandeling-te-laat"
    titel = "De aanvraag kan niet meer buiten behandeling worden gelaten"
    artikel = "art. 4:5 lid 4 Awb"


class VrijstellingVraagtDitNiet(DomeinFout):
    code = "vrijstelling-vraagt-dit-niet"
    titel = "Bij deze vrijstelling wordt dit nu niet gevraagd"
    artikel = "art. 9a lid 7 en 8 Participatiewet"


class BeschutWerkZonderAdvies(DomeinFout):
    code = "beschut-werk-zonder-advies"
    titel = "Beschut werk kan alleen na een positief advies van het UWV"
    artikel = "art. 10b lid 2 Participatiewet"


class BesluitNietInTeTrekken(DomeinFout):
    code = "besluit-niet-in-te-trekken"
    titel = "Dit besluit wordt niet ingetrokken, er komt een nieuw voor in de plaats"
