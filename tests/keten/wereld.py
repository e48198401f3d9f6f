"""What one gemeente has in the chain, by the names the APIs use, and a valid call of everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final, Literal
from uuid import UUID, uuid4

import httpx2

from chassis.clock import local_date
from contracts.afnemers import DIENSTEN
from deploy.klantreis.modelrapport import modelrapport
from deploy.klantreis.persoon import verzin_kvk_nummer
from deploy.klantreis.verloop import _DOMEINEN, Klantreis
from gateway.service import FEED
from services.diagnose.domain.oad import Selectievraag
from services.intake import groepen
from services.intake.groepen import Deelname, Groepsbijeenkomst
from tests.keten import begeleiding, beschikkingen, betalingen, matching, planregie
from tests.keten.operaties import Operatie, alle_rollen
from tests.keten.planregie import PLANREGISSEUR
from tests.keten.proefketen import FEED_PAD, VANDAAG, Proefketen

Ids = Mapping[str, str]
"""Of a gemeente's resources: kandidaatId, dossierId, …"""


@dataclass(frozen=True)
class Aanroep:
    """A valid call of an operation.

    door: who may: the gemeente whose resources they are, WSD, or beheer. body and query: texts such
    as ``{kandidaatId}`` stand for the id. pad: the id that a path parameter stands for, where that
    has another name. tekst: a body that is not JSON.
    """

    door: Literal["gemeente", "wsd", "beheer"] = "gemeente"
    rol: str = "klantmanager"
    body: Mapping[str, Any] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    pad: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    tekst: str | None = None

    @property
    def verwijzingen(self) -> set[str]:
        """The names of the ids in the body and the query."""
        return {w[1:-1] for w in [*(self.body or {}).values(), *self.query.values()] if _is_id(w)}

    @property
    def vaste_vraag(self) -> dict[str, str]:
        """The query without what names a resource: a period, where one must be given."""
        return {naam: waarde for naam, waarde in self.query.items() if not _is_id(waarde)}

    def invulling(self, ids: Ids) -> dict[str, Any]:
        """The body and the query, as httpx2 takes them."""
        invulling: dict[str, Any] = {"params": _vul_in(self.query, ids)}
        if self.tekst is not None:
            return {**invulling, "content": self.tekst}
        return invulling if self.body is None else {**invulling, "json": _vul_in(self.body, ids)}

    def zonder(self, veld: str) -> Aanroep:
        """The same call, but for one field of the body."""
        return replace(self, body={n: w for n, w in (self.body or {}).items() if n != veld})

    def adres(self, operatie: Operatie, ids: Ids) -> str:
        return operatie.adres({p: ids[self.pad.get(p, p)] for p in operatie.padparameters})


def _dag(dagen_geleden: int = 0) -> str:
    return (VANDAAG - timedelta(days=dagen_geleden)).isoformat()


_NIEMAND: Final = str(UUID(int=0, version=4))
_BESLUIT: Final = {
    "genomenOp": _dag(),
    "motivering": "Proefmotivering",
    "rechtsgrond": "pw-art-7-lid-1-a",
    "ingangsdatum": _dag(),
}
_TRAJECT: Final = {"programma": "ontwikkelprogramma", "diensten": ["jobcoaching"], "metWsd": True}
_ZRM: Final = {"metingId": "zrmMetingId"}
_TWEE_ZRM: Final = {**_ZRM, "latereMetingId": "zrmMetingId"}
_FEITEN: Final = {
    "aangepasteOmstandigheden": {"waarde": False, "vastgesteldOp": _dag(82), "bron": "Proefbron"}
}
_CONSULENT: Final = ("wsd", "trajectconsulent")
_DESKUNDIGE: Final = ("wsd", "loonwaardedeskundige")
_SPREEKT: Final = {"consulent": "Proefconsulent", "op": _dag()}
_ACCOUNT: Final = ("wsd", "accountmanager")
_ABONNEMENT: Final = {"naam": "Proef", "callbackUrl": "https://ontvanger.invalid/"}
_MEER_PW: Final = {"driver": "pw-medewerkers", "wijze": "procent", "getal": "10"}
_SCENARIO: Final = {"naam": "Proefscenario", "basis": "break-even", "aanpassingen": [_MEER_PW]}
_MAANDEN: Final = {"vanaf": "2026-11", "tot": "2026-12"}
_BUDGET: Final = {
    "jaar": VANDAAG.year,
    "soort": "begeleiding-nieuwe-doelgroep",
    "stadium": "voorlopig",
    "bedrag": "1.00",
    "plaatsen": 1,
    "bedragPerPlaats": "4000.00",
    "bron": "Proefbron",
}

_OVER_KANDIDATEN: Final[dict[str, Aanroep]] = {
    "intake.meldAan": Aanroep(
        body={
            "aangemeldOp": _dag(),
            "instroomkanaal": "balie",
            "doelgroep": "pwet",
            "persoon": {
                "bsn": "999990342",
                "voornamen": "Proef",
                "geslachtsnaam": "Persoon",
                "geboortedatum": "1990-01-01",
            },
        }
    ),
    "intake.lijstKandidaten": Aanroep(),
    "intake.geefKandidaat": Aanroep(),
    "intake.geefPersoonsgegevens": Aanroep(),
    "intake.geefBesluiten": Aanroep(),
    "intake.neemEenPoortbesluit": Aanroep(body={**_BESLUIT, "uitkomst": "aanmelden-bij-wsd"}),
    "intake.verwijsKandidaatDoor": Aanroep(body={"doorverwezenOp": _dag()}),
    "intake.neemEenTrajectbesluit": Aanroep(body={**_BESLUIT, **_TRAJECT}),
    "intake.verleenEenVrijstelling": Aanroep(
        body={
            **_BESLUIT,
            "rechtsgrond": "pw-art-9-lid-2",
            "vrijgesteldVan": ["arbeid", "tegenprestatie"],
            "einddatum": _dag(-90),
        }
    ),
    "intake.neemEenBesluitOverZorg": Aanroep(body={**_BESLUIT, "rechtsgrond": "wmo-art-2.3.5"}),
    "intake.neemEenBesluitOverBeschutWerk": Aanroep(
        body={
            **_BESLUIT,
            "rechtsgrond": "pw-art-10b",
            "uwvAdviesOp": _dag(),
            "uwvAdviesPositief": True,
            "toegekend": True,
        }
    ),
    "intake.geefBrief": Aanroep(),
    "intake.maakEenBesluitBekend": Aanroep(body={"bekendgemaaktOp": _dag()}),
    "intake.trekEenBesluitIn": Aanroep(
        body={"genomenOp": _dag(), "motivering": "Proefmotivering", "ingangsdatum": _dag()}
    ),
    "intake.plaatsEenInkooporder": Aanroep(body={"nummer": "IO-1", "geplaatstOp": _dag()}),
    "intake.geefRegisseurs": Aanroep(),
    "intake.draagRegieOverAanEenAnder": Aanroep(
        body={
            "van": {"organisatie": "0757"},
            "naar": {"organisatie": "0757", "medewerker": "KM-1"},
            "vanaf": _dag(),
            "reden": "toewijzing",
        }
    ),
    "intake.geefOverdrachten": Aanroep(),
    "intake.draagKandidaatOver": Aanroep(
        body={"naarGemeente": "0753", "ingangsdatum": _dag(-90), "reden": "verhuizing"}
    ),
    "intake.trekEenOverdrachtIn": Aanroep(),
    "intake.lijstTermijnen": Aanroep(query={"kandidaatId": "{kandidaatId}"}),
    "intake.geefTermijnen": Aanroep(),
    "intake.geefAanvragen": Aanroep(),
    "intake.dienEenAanvraagIn": Aanroep(body={"aangevraagdOp": _dag()}),
    "intake.schortEenAanvraagOp": Aanroep(
        body={"grond": "aanvulling", "op": _dag(), "totEnMet": _dag(-14)}
    ),
    "intake.hervatEenAanvraag": Aanroep(body={"op": _dag()}),
    "intake.verlengEenBeslistermijn": Aanroep(body={"meegedeeldOp": _dag(), "totEnMet": _dag(-90)}),
    "intake.verstrekEenVoorschot": Aanroep(body={"verstrektOp": _dag()}),
    "intake.beslisOpEenAanvraag": Aanroep(body={"uitkomst": "toegekend", "beslistOp": _dag()}),
    "intake.legEenPlanVanAanpakVast": Aanroep(body={"opgesteldOp": _dag()}),
    "intake.legEenHeronderzoekVast": Aanroep(body={"onderzochtOp": _dag()}),
    "intake.geefProcessen": Aanroep(),
    "intake.geefWerklijst": Aanroep(),
    "intake.geefProces": Aanroep(),
    "intake.zetEenStap": Aanroep(body={"stap": "quick-scan", "gezetOp": _dag(), "feiten": {}}),
    "intake.verlengEenStap": Aanroep(),
    "intake.evalueerEenStap": Aanroep(body={"geevalueerdOp": _dag()}),
    "intake.migreerEenProces": Aanroep(body={"versie": 1}),
    "intake.belegEenGroepsbijeenkomst": Aanroep(
        body={"stap": "quick-scan", "op": _dag(), "genodigden": [_NIEMAND]}
    ),
    "intake.geefGroepsbijeenkomst": Aanroep(),
    "intake.registreerDeOpkomst": Aanroep(
        body={"deelnames": [{"kandidaatId": _NIEMAND, "feiten": {"verschenen": True}}]}
    ),
    "intake.geefUitstromingen": Aanroep(),
    "intake.legUitstroomVast": Aanroep(body={"uitgestroomdOp": _dag(), "reden": "arbeid"}),
    "intake.legTerugvalVast": Aanroep(body={"teruggevallenOp": _dag()}),
    "intake.meldKandidaatOpnieuwAan": Aanroep(
        body={"aangemeldOp": _dag(), "instroomkanaal": "balie", "doelgroep": "pwet"}
    ),
    "intake.lijstSignalen": Aanroep("wsd", "trajectconsulent"),
    "intake.handelSignaalAf": Aanroep("wsd", "trajectconsulent"),
    "intake.maakSrg": Aanroep(query={"jaar": "2026", "maand": "10"}),
    "intake.maakDkdReintegratieberichten": Aanroep(query={"maand": "2026-10"}),
    "intake.meldInBulkAan": Aanroep(
        query={"modus": "per-regel"}, tekst="{}", headers={"Content-Type": "application/x-ndjson"}
    ),
    "diagnose.geefDossiers": Aanroep(query={"kandidaatId": "{kandidaatId}"}),
    "diagnose.geefDossier": Aanroep(),
    "diagnose.geefDiagnosetermijnen": Aanroep(query={"kandidaatId": "{kandidaatId}"}),
    "diagnose.startDeDiagnose": Aanroep(*_CONSULENT, body={"gestartOp": _dag()}),
    "diagnose.legZrmVast": Aanroep(
        *_CONSULENT,
        body={
            "afgenomenOp": _dag(),
            "informatieVan": _dag(1),
            "beoordelaar": "Proefbeoordelaar",
            "scores": [{"domein": d, "niveau": 4, "hulp": "nee"} for d in _DOMEINEN],
        },
    ),
    "diagnose.zieZrmIn": Aanroep(pad=_ZRM),
    "diagnose.corrigeerEenZrm": Aanroep(
        *_CONSULENT,
        pad=_ZRM,
        headers={"If-Match": "*"},
        body={
            "gecorrigeerdOp": _dag(),
            "reden": "Proefreden",
            "informatieVan": _dag(93),
            "beoordelaar": "Proefbeoordelaar",
            "scores": [{"domein": d, "niveau": 3, "hulp": "nee"} for d in _DOMEINEN],
        },
    ),
    "diagnose.zieZrmVersiesIn": Aanroep(pad=_ZRM),
    "diagnose.tekenZrm": Aanroep(pad=_ZRM),
    "diagnose.vergelijkZrm": Aanroep(pad=_TWEE_ZRM),
    "diagnose.tekenZrmVergelijking": Aanroep(pad=_TWEE_ZRM),
    "diagnose.legEenLadderpositieVast": Aanroep(
        *_CONSULENT, body={"trede": 3, "vastgesteldOp": _dag()}
    ),
    "diagnose.zieLadderpositiesIn": Aanroep(),
    "diagnose.legEenArbeidsvermogenVast": Aanroep(
        *_CONSULENT, body={"arbeidsvermogen": "onder-wml", "vastgesteldOp": _dag()}
    ),
    "diagnose.zieArbeidsvermogensIn": Aanroep(),
    "diagnose.rapporteerKlantInBeeld": Aanroep(),
    "diagnose.geefKandidatenInBeeld": Aanroep(),
    "diagnose.rapporteerParticipatieladder": Aanroep(),
    "diagnose.legLoonwaardeVast": Aanroep(
        *_DESKUNDIGE,
        body={
            **modelrapport(
                VANDAAG, bezoek_op=VANDAAG - timedelta(1), tempo=50, kvk_nummer="87654321"
            ),
            "secondOpinionVan": "{secondOpinionVan}",
        },
    ),
    "diagnose.zieLoonwaardeIn": Aanroep(pad={"metingId": "loonwaardeMetingId"}),
    "diagnose.legReactieVast": Aanroep(
        *_DESKUNDIGE,
        body={"partij": "werkgever", "ontvangenOp": _dag(), "akkoord": True},
        pad={"metingId": "loonwaardeMetingId"},
    ),
    "diagnose.legEerdereVast": Aanroep(
        *_DESKUNDIGE,
        body={
            "methode": "Proefmethode",
            "versie": "1",
            "loonwaarde": 60,
            "maatstaf": "functieloon",
            "vastgesteldOp": "2020-03-02",
            "ingangsdatum": "2020-03-02",
            "werkgever": "Proefwerkgever",
            "functie": "Proeffunctie",
        },
    ),
    "diagnose.zieEerdereIn": Aanroep(),
    "diagnose.meldAanVoorWerkdiagnose": Aanroep(
        body={
            "aangemeldOp": _dag(),
            "bestaandeKlant": False,
            "locatie": "Boxtel",
            "werksoort": "logistiek",
        }
    ),
    "diagnose.geefWerkdiagnoses": Aanroep(),
    "diagnose.zieWerkdiagnoseIn": Aanroep(),
    "diagnose.doeEenVoorstel": Aanroep(body={**_SPREEKT, "soort": "start", "datum": _dag()}),
    "diagnose.stemMetVoorstelIn": Aanroep(body=_SPREEKT),
    "diagnose.legObservatieVast": Aanroep(body={**_SPREEKT, "tekst": "Proefobservatie"}),
    "diagnose.stopDeWerkdiagnose": Aanroep(body={**_SPREEKT, "reden": "anders"}),
    "diagnose.rapporteerWerkdiagnoses": Aanroep(),
    "diagnose.legSelectieVast": Aanroep(
        *_CONSULENT,
        body={
            "geselecteerdOp": _dag(),
            "antwoorden": [{"vraag": vraag, "ja": True} for vraag in Selectievraag],
            "uitkomst": "geschikt",
            "motivering": "Proefmotivering",
        },
    ),
    "diagnose.geefOadTrajecten": Aanroep(),
    "diagnose.zieOadTrajectIn": Aanroep(),
    "diagnose.startEenOadTraject": Aanroep(
        *_CONSULENT,
        body={"gestartOp": _dag(), "laatsteDag": _dag(-300), "urenPerWeek": "16"},
    ),
    "diagnose.beeindigEenOadTraject": Aanroep(
        *_CONSULENT, body={"beeindigdOp": _dag(), "bestemming": "wmo"}
    ),
    "diagnose.beantwoordEenVervolgvraag": Aanroep(
        *_CONSULENT, body={"naMaanden": 6, "beantwoordOp": _dag(), "aanHetWerk": True}
    ),
    "diagnose.rapporteerOad": Aanroep(),
    "diagnose.geefEenAdvies": Aanroep(
        *_CONSULENT,
        body={
            "gegevenOp": _dag(82),
            "programma": "ontwikkelprogramma",
            "diensten": ["werken-met-loonkostensubsidie"],
            "motivering": "Proefmotivering",
            "motiveringAfwijking": "Proefafwijking",
            "zrmMetingId": "{zrmMetingId}",
            "loonwaardeMetingId": "{loonwaardeMetingId}",
            "feiten": _FEITEN,
        },
    ),
    "diagnose.stelEenAdviesVoor": Aanroep(*_CONSULENT, body={"op": _dag(82), "feiten": _FEITEN}),
    "diagnose.zieAdviesIn": Aanroep(),
    "diagnose.meldAanVoorPlanregie": Aanroep(body={"aangemeldOp": _dag()}),
    "diagnose.geefPlanregies": Aanroep(),
    "diagnose.ziePlanregieIn": Aanroep(),
    "diagnose.startEenPlanregie": Aanroep(*PLANREGISSEUR, body={"gestartOp": _dag()}),
    "diagnose.startEenPlanregieNiet": Aanroep(
        *PLANREGISSEUR, body={"op": _dag(), "reden": "motivatie"}
    ),
    "diagnose.verlengEenPlanregie": Aanroep(
        *PLANREGISSEUR,
        body={"verlengdOp": _dag(), "einddatum": _dag(-300), "reden": "Proefreden"},
    ),
    "diagnose.beeindigEenPlanregie": Aanroep(
        *PLANREGISSEUR, body={"beeindigdOp": _dag(), "reden": "afgerond"}
    ),
    "diagnose.stelEenDoel": Aanroep(
        *PLANREGISSEUR,
        body={"domein": "financien", "omschrijving": "Proefdoel", "gesteldOp": _dag()},
    ),
    "diagnose.sluitEenDoel": Aanroep(*PLANREGISSEUR, body={"uitkomst": "behaald", "op": _dag()}),
    "diagnose.boekUren": Aanroep(
        *PLANREGISSEUR,
        body={"medewerker": "PR-1", "functie": "planregisseur", "op": _dag(), "uren": "1.00"},
    ),
    "diagnose.betrekOrganisatie": Aanroep(
        *PLANREGISSEUR, body={"soort": "welzijn", "naam": "Proeforganisatie"}
    ),
    "diagnose.maakEenRapportage": Aanroep(
        *PLANREGISSEUR, body={"soort": "trajectplan", "samenvatting": "Proef", "vervolg": "Proef"}
    ),
    "diagnose.zieRapportageIn": Aanroep(),
    "diagnose.accordeerEenRapportage": Aanroep(body={"medewerker": "KM-1"}),
    "diagnose.geefPlanregiecijfers": Aanroep(),
    "diagnose.geefJongeren": Aanroep(),
    "diagnose.geefJongere": Aanroep(),
    "diagnose.brengJongereInBeeld": Aanroep(
        body={
            "gezienOp": _dag(),
            "door": "participatiewet",
            "subgroep": "p-wet",
            "activiteit": "scholing",
            "begeleidDoor": ["participatiewet", "wsd"],
            "toelichting": "Proeftoelichting",
        }
    ),
    "diagnose.zieBeeldIn": Aanroep(),
    "diagnose.legQuickScanVast": Aanroep(
        body={
            "afgerondOp": _dag(),
            "door": "rmc",
            "leefgebieden": [{"domein": d, "signaal": "aandacht"} for d in _DOMEINEN],
            "wens": "Proefwens",
            "vervolg": "Proefvervolg",
        }
    ),
    "diagnose.zieQuickScanIn": Aanroep(),
    "diagnose.rapporteerOverJongeren": Aanroep(),
    "diagnose.legTevredenheidsgesprekVast": Aanroep(
        "wsd",
        "planregisseur",
        body={"gehoudenOp": _dag(), "antwoorden": [{"vraag": "geheel", "cijfer": 8}]},
    ),
    "diagnose.leesWoorden": Aanroep(
        "wsd", "planregisseur", query={"jaar": str(VANDAAG.year), "vraag": "goed"}
    ),
    "diagnose.rapporteerOverTevredenheid": Aanroep(query={"jaar": str(VANDAAG.year)}),
    "diagnose.stuurEenAdviesTerug": Aanroep(
        body={"teruggestuurdOp": _dag(), "vraag": "Proefvraag"}
    ),
    "diagnose.beantwoordEenAdviesvraag": Aanroep(
        *_CONSULENT, body={"beantwoordOp": _dag(), "antwoord": "Proefantwoord"}
    ),
    "plaatsing.legEenWerkgeverVast": Aanroep(
        *_ACCOUNT, body={"kvkNummer": "87654321", "naam": "Proefwerkgever"}
    ),
    "plaatsing.lijstWerkgevers": Aanroep(),
    "plaatsing.geefWerkgever": Aanroep(),
    "plaatsing.wijzigEenWerkgever": Aanroep(
        body={"naam": "Andere proefwerkgever"}, headers={"If-Match": "*"}
    ),
    "plaatsing.legEenAfspraakVast": Aanroep(
        body={"soort": "intentie", "gemaaktOp": _dag(), "omschrijving": "Proefafspraak"}
    ),
    "plaatsing.lijstAfspraken": Aanroep(),
    "plaatsing.geefAfspraak": Aanroep(),
    "plaatsing.geefWerkgeversvoordelen": Aanroep(
        query={"doelgroep": "banenafspraak", "begindatum": "2026-03-02"}
    ),
    "plaatsing.legEenWerkplekVast": Aanroep(
        body={
            "werkgeverId": "{werkgeverId}",
            "werksoort": "logistiek",
            "functie": "Proeffunctie",
            "locatie": "Boxtel",
            "urenVan": "12",
            "urenTot": "36",
            "capaciteit": 2,
        },
    ),
    "plaatsing.lijstWerkplekken": Aanroep(query={"werkgeverId": "{werkgeverId}"}),
    "plaatsing.geefWerkplek": Aanroep(),
    "plaatsing.corrigeerEenWerkplek": Aanroep(
        body={
            "werksoort": "logistiek",
            "functie": "Andere proeffunctie",
            "locatie": "Boxtel",
            "urenVan": "12",
            "urenTot": "36",
            "capaciteit": 2,
            "reden": "Proefreden",
        },
        headers={"If-Match": "*"},
    ),
    "plaatsing.geefWerkplekversies": Aanroep(),
    "plaatsing.legEenProfielVast": Aanroep(
        *matching.CONSULENT, body=matching.profiel(VANDAAG), headers={"If-Match": "*"}
    ),
    "plaatsing.zieProfielIn": Aanroep(),
    "plaatsing.zieProfielversiesIn": Aanroep(),
    "plaatsing.zoekWerkplekken": Aanroep(query={"op": _dag()}),
    "plaatsing.zoekKandidaten": Aanroep(query={"op": _dag()}),
    "plaatsing.bekijkMatch": Aanroep(query={"op": _dag()}),
    "plaatsing.stelEenKandidaatVoor": Aanroep(
        *_ACCOUNT,
        body={
            "kandidaatId": "{kandidaatId}",
            "werkplekId": "{werkplekId}",
            "begindatum": _dag(),
        },
    ),
    "plaatsing.lijstVoorstellen": Aanroep(
        query={"kandidaatId": "{kandidaatId}", "werkplekId": "{werkplekId}"}
    ),
    "plaatsing.geefVoorstel": Aanroep(),
    "plaatsing.zieWerkgeverstekstIn": Aanroep(),
    "plaatsing.legAntwoordVanKandidaatVast": Aanroep(
        body={"akkoord": True, "beantwoordOp": _dag()}
    ),
    "plaatsing.legAntwoordVanWerkgeverVast": Aanroep(
        *_ACCOUNT, body={"akkoord": True, "beantwoordOp": _dag()}
    ),
    "plaatsing.trekEenVoorstelIn": Aanroep(*_ACCOUNT, body={"ingetrokkenOp": _dag()}),
    "plaatsing.startEenProefplaatsing": Aanroep(
        body={
            "kandidaatId": "{kandidaatId}",
            "vorigePlaatsingId": "{vorigePlaatsingId}",
            "werkplekId": "{werkplekId}",
            "begindatum": _dag(),
            "urenPerWeek": "24",
            "ontvangtAlgemeneBijstand": True,
        },
    ),
    "plaatsing.startEenLksPlaatsing": Aanroep(
        body={
            "kandidaatId": "{kandidaatId}",
            "vorigePlaatsingId": "{vorigePlaatsingId}",
            "werkplekId": "{werkplekId}",
            "begindatum": _dag(),
            "urenPerWeek": "24",
            "voltijdsurenPerWeek": "36",
            "grondslag": "loonwaarde",
            "via": "werkgever",
            "behoortTotDoelgroep": True,
        },
    ),
    "plaatsing.startEenPlaatsing": Aanroep(
        body={
            "kandidaatId": "{kandidaatId}",
            "vorigePlaatsingId": "{vorigePlaatsingId}",
            "soort": "werkervaringsplaats",
            "werkplekId": "{werkplekId}",
            "begindatum": _dag(),
            "einddatum": _dag(-60),
            "urenPerWeek": "24",
        },
    ),
    "plaatsing.verlengEenPlaatsing": Aanroep(
        body={"verlengdOp": _dag(), "einddatum": _dag(-30), "werkplekId": "{werkplekId}"}
    ),
    "plaatsing.wijzigEenPlaatsing": Aanroep(
        *_ACCOUNT, body={"vanaf": _dag(-1), "urenPerWeek": "28", "werkplekId": "{werkplekId}"}
    ),
    "plaatsing.heroverweegEenPlaatsing": Aanroep(
        body={"heroverwogenOp": _dag(), "vooruitgang": True}
    ),
    "plaatsing.geefLoopbaan": Aanroep(),
    "plaatsing.beeindigEenPlaatsing": Aanroep(
        *_ACCOUNT, body={"einddatum": _dag(), "reden": "uitstroom-regulier"}
    ),
    "plaatsing.lijstPlaatsingen": Aanroep(query={"kandidaatId": "{kandidaatId}"}),
    "plaatsing.geefPlaatsing": Aanroep(),
    "plaatsing.stelEenPlanVast": Aanroep(*begeleiding.CONSULENT, body=begeleiding.plan(VANDAAG)),
    "plaatsing.herzieEenPlan": Aanroep(
        *begeleiding.CONSULENT, body=begeleiding.plan(VANDAAG), headers={"If-Match": "*"}
    ),
    "plaatsing.evalueerEenPlan": Aanroep(
        *begeleiding.JOBCOACH, body=begeleiding.evaluatie(VANDAAG)
    ),
    "plaatsing.lijstWerkOntwikkelplannen": Aanroep(
        query={"kandidaatId": "{kandidaatId}", "plaatsingId": "{plaatsingId}"}
    ),
    "plaatsing.ziePlanIn": Aanroep(),
    "plaatsing.zieWerkgeverseditieIn": Aanroep(),
    "plaatsing.spreekEenBegeleidingAf": Aanroep(
        *begeleiding.CONSULENT,
        body={"soort": "werkleider", "vanaf": _dag(), "urenPerWeek": "4.00"},
    ),
    "plaatsing.wijzigAfgesprokenUren": Aanroep(
        *begeleiding.CONSULENT, body={"vanaf": _dag(), "urenPerWeek": "3.00"}
    ),
    "plaatsing.boekUrenBegeleiding": Aanroep(
        *begeleiding.JOBCOACH, body={"geboektVoor": _dag(), "uren": "1.50"}
    ),
    "plaatsing.geefBegeleidingen": Aanroep(),
    "plaatsing.geefBoekingen": Aanroep(),
    "plaatsing.meldEenAfwezigheid": Aanroep(*begeleiding.WERKLEIDER, body={"vanaf": _dag()}),
    "plaatsing.beeindigEenAfwezigheid": Aanroep(
        *begeleiding.WERKLEIDER, body={"laatsteDag": _dag()}
    ),
    "plaatsing.geefAfwezigheden": Aanroep(),
    "plaatsing.geefPlaatsingstermijnen": Aanroep(query={"kandidaatId": "{kandidaatId}"}),
    "plaatsing.rapporteerBegeleiding": Aanroep(query={"vanaf": _dag(30), "totEnMet": _dag()}),
    "plaatsing.rapporteerStroom": Aanroep(query={"vanaf": _dag(30), "totEnMet": _dag()}),
    "plaatsing.geefPlaatsingenAchterDeStroom": Aanroep(
        query={"vanaf": _dag(30), "totEnMet": _dag()}
    ),
    "plaatsing.rapporteerTransitiearrangement": Aanroep(
        query={"vanaf": _dag(30), "totEnMet": _dag()}
    ),
    "plaatsing.rapporteerLksBanen": Aanroep(query={"vanaf": _dag(30), "totEnMet": _dag()}),
    "financiering.lijstLoonkostensubsidies": Aanroep(
        query={"kandidaatId": "{kandidaatId}", "plaatsingId": "{plaatsingId}"}
    ),
    "financiering.geefLoonkostensubsidie": Aanroep(),
    "financiering.geefFinancieringstermijnen": Aanroep(
        query={"kandidaatId": "{kandidaatId}", "status": "gehaald"}
    ),
    "financiering.geefBerekening": Aanroep(query={"op": _dag()}),
    "financiering.geefMaanden": Aanroep(query=_MAANDEN),
    "financiering.geefBeschikkingsvoorstel": Aanroep(),
    "financiering.beschikOverLoonkostensubsidie": Aanroep(
        body=beschikkingen.beschikking("beeindiging", VANDAAG, laatsteDagInDoelgroep=_dag()),
        headers={"If-Match": "*"},
    ),
    "financiering.lijstLksBeschikkingen": Aanroep(
        query={
            "kandidaatId": "{kandidaatId}",
            "lksId": "{lksId}",
            "herzieningId": "{herzieningId}",
        }
    ),
    "financiering.herzieAlleLoonkostensubsidies": Aanroep(
        body={
            "jaar": VANDAAG.year,
            "motivering": "Proefmotivering",
            "bekendgemaaktOp": date(VANDAAG.year, 1, 5).isoformat(),
        }
    ),
    "financiering.lijstLksHerzieningen": Aanroep(),
    "financiering.geefLksHerziening": Aanroep(),
    "financiering.geefLksBrief": Aanroep(),
    "financiering.geefLksBeschikking": Aanroep(),
    "financiering.legEenBudgetVast": Aanroep(rol="backoffice", body=_BUDGET),
    "financiering.lijstBudgetten": Aanroep(query={"jaar": str(VANDAAG.year)}),
    "financiering.geefBudget": Aanroep(),
    "financiering.legEenWerkgeverVanWsdVast": Aanroep(
        "wsd", "backoffice", body={"werkgeverId": "{werkgeverId}"}
    ),
    "financiering.geefBegeleidingskosten": Aanroep(),
    "financiering.rapporteerBegeleiding": Aanroep(query={"op": _dag()}),
    "financiering.rapporteerTaakstelling": Aanroep(query={"op": _dag()}),
    "financiering.legEenMacrocijferVast": Aanroep(
        "wsd",
        "controller",
        body={
            "jaar": VANDAAG.year,
            "soort": "budget",
            "stadium": "voorlopig",
            "bedrag": "1.00",
            "bron": "Proefbron",
        },
    ),
    "financiering.lijstMacrocijfers": Aanroep("wsd", "controller"),
    "financiering.rapporteerLoonkostensubsidieOpRealisatie": Aanroep(
        query={"jaar": str(VANDAAG.year)}
    ),
    "financiering.rapporteerMaatschappelijkRendement": Aanroep(query={"jaar": str(VANDAAG.year)}),
    "financiering.lijstMaatschappelijkRendementPerKandidaat": Aanroep(
        query={"jaar": str(VANDAAG.year)}
    ),
    "financiering.maakProefberekening": Aanroep(
        body={
            "peildatum": _dag(),
            "leeftijdsgroep": "21+",
            "loonwaarde": 40,
            "urenPerWeek": "24.00",
            "voltijdsurenPerWeek": "36.00",
        }
    ),
    "financiering.spreekEenPrijsAf": Aanroep(
        "wsd",
        "backoffice",
        body={
            "gemeentecode": "0757",
            "product": "jobcoaching",
            "eenheid": "uur",
            "prijs": "80.00",
            "vanaf": "2026-01-01",
        },
    ),
    "financiering.lijstContractspecificaties": Aanroep(),
    "financiering.geefContractspecificatie": Aanroep(),
    "financiering.lijstTrajectkosten": Aanroep(query={"kandidaatId": "{kandidaatId}"}),
    "financiering.factureerEenGemeente": Aanroep(
        "wsd",
        "backoffice",
        body={"gemeentecode": "0757", "totEnMet": _dag(), "kandidaatId": "{kandidaatId}"},
    ),
    "financiering.lijstFacturen": Aanroep(query={"kandidaatId": "{kandidaatId}"}),
    "financiering.geefFactuur": Aanroep(),
    "financiering.geefFactuurdocument": Aanroep(),
    "financiering.rekenEenDoorrekening": Aanroep(
        rol="controller", body={"basis": "break-even", "aanpassingen": [_MEER_PW]}
    ),
    "financiering.onderzoekEenGevoeligheid": Aanroep(
        rol="controller",
        body={
            "basis": "gezamenlijk-110",
            "driver": "pw-medewerkers",
            "wijze": "procent",
            "van": "-10",
            "tot": "10",
        },
    ),
    "financiering.vergelijkScenarios": Aanroep(
        rol="controller",
        body={"scenarios": [{"basis": "gezamenlijk-110"}, {"basis": "tachtig-procent"}]},
    ),
    "financiering.bewaarEenScenario": Aanroep(rol="controller", body=_SCENARIO),
    "financiering.lijstScenarios": Aanroep(rol="controller"),
    "financiering.geefScenario": Aanroep(rol="controller"),
    "financiering.geefScenarioversies": Aanroep(rol="controller"),
    "financiering.herzieEenScenario": Aanroep(
        rol="controller", body=_SCENARIO, headers={"If-Match": "*"}
    ),
    "financiering.rekenScenarioDoor": Aanroep(rol="controller"),
    "financiering.deelEenScenario": Aanroep(
        rol="controller", body={"organisaties": ["wsd"]}, headers={"If-Match": "*"}
    ),
    "financiering.geefBetaalschema": Aanroep(query=_MAANDEN),
    "financiering.lijstRekeningen": Aanroep(
        rol="backoffice", query={"werkgeverId": "{lksWerkgeverId}"}
    ),
    "financiering.geefRekening": Aanroep(rol="backoffice"),
    "financiering.legEenRekeningVanEenWerkgeverVast": Aanroep(
        rol="backoffice", body=betalingen.REKENING, pad={"werkgeverId": "lksWerkgeverId"}
    ),
    "financiering.legEenEigenRekeningVast": Aanroep(rol="backoffice", body=betalingen.REKENING),
    "financiering.bevestigEenRekening": Aanroep(rol="controller"),
    "financiering.lijstBetaalruns": Aanroep(rol="backoffice"),
    "financiering.startEenBetaalrun": Aanroep(rol="backoffice", body=betalingen.BETAALRUN),
    "financiering.geefBetaalrun": Aanroep(rol="backoffice"),
    "financiering.lijstBetaalregels": Aanroep(rol="backoffice"),
    "financiering.geefBetaalbestand": Aanroep(rol="backoffice"),
    "gebeurtenissen.leesGebeurtenissen": Aanroep(query={"subject": "{kandidaatId}"}),
    "gebeurtenissen.registreerAbonnement": Aanroep(body=_ABONNEMENT),
    "gebeurtenissen.lijstAbonnementen": Aanroep(),
    "gebeurtenissen.geefAbonnement": Aanroep(),
    "gebeurtenissen.wijzigAbonnement": Aanroep(
        body={"naam": "Andere proef"}, headers={"If-Match": "*"}
    ),
    "gebeurtenissen.beeindigAbonnement": Aanroep(pad={"abonnementId": "oudAbonnementId"}),
    "gebeurtenissen.geefStand": Aanroep(),
    "gebeurtenissen.lijstSleutels": Aanroep(),
    "gebeurtenissen.wisselSleutel": Aanroep(body={}),
    "gebeurtenissen.stuurProefaflevering": Aanroep(),
    "gebeurtenissen.lijstAfleveringen": Aanroep(),
    "gebeurtenissen.herhaalAfleveringen": Aanroep(body={"gebeurtenisId": "{gebeurtenisId}"}),
    "gebeurtenissen.slaAfleveringOver": Aanroep(
        body={"gebeurtenisId": "{gebeurtenisId}", "reden": "Proefreden"}
    ),
    "gebeurtenissen.volgGebeurtenissen": Aanroep(query={"subject": "{kandidaatId}"}),
}

_BEHEERDER: Final = ("beheer", "beheerder")
_BEHEER: Final = {
    "lijstGeparkeerdeGebeurtenissen": Aanroep(*_BEHEERDER),
    "geefGeparkeerdeGebeurtenis": Aanroep(*_BEHEERDER),
    "herhaalGeparkeerdeGebeurtenis": Aanroep(*_BEHEERDER),
    "slaGeparkeerdeGebeurtenisOver": Aanroep(*_BEHEERDER, body={"reden": "Proef, zie melding 1."}),
    "herhaalGeparkeerdeGebeurtenissen": Aanroep(*_BEHEERDER, body={}),
    "telFoutklassen": Aanroep(*_BEHEERDER),
    "lijstOvergeslagenGebeurtenissen": Aanroep(*_BEHEERDER),
    "geefOvergeslagenGebeurtenis": Aanroep(*_BEHEERDER),
}
"""The same on every API."""

AANROEPEN: Final = _OVER_KANDIDATEN | {
    f"{dienst}.{naam}": aanroep for dienst in (*DIENSTEN, FEED) for naam, aanroep in _BEHEER.items()
}
"""Of every operation of every API."""


async def bouw(keten: Proefketen, gemeentecode: str) -> dict[str, str]:
    """A klantreis of a gemeente to its end, and what it has of its own besides."""
    reis = await keten.speel(gemeentecode)
    async with keten.klant(headers=namens(keten, gemeentecode, "klantmanager")) as klant:
        ids = await _van_klantreis(klant, reis)
        werkgever = await klant.post(
            "/plaatsing/v1/werkgevers",
            json={"kvkNummer": verzin_kvk_nummer(Random(gemeentecode)), "naam": "Eigen werkgever"},
        )
        ids["werkgeverId"] = werkgever.json()["werkgeverId"]
        werkplek = await klant.post(
            "/plaatsing/v1/werkplekken",
            **AANROEPEN["plaatsing.legEenWerkplekVast"].invulling(ids),
        )
        ids["werkplekId"] = werkplek.json()["werkplekId"]
        afspraak = await klant.post(
            f"/plaatsing/v1/werkgevers/{ids['werkgeverId']}/afspraken",
            **AANROEPEN["plaatsing.legEenAfspraakVast"].invulling(ids),
        )
        ids["afspraakId"] = afspraak.json()["afspraakId"]
        ids["budgetId"] = await _budget(keten, gemeentecode)
        overdracht = await klant.post(
            f"/intake/v1/kandidaten/{ids['kandidaatId']}/overdrachten",
            **AANROEPEN["intake.draagKandidaatOver"].invulling(ids),
        )
        ids["overdrachtId"] = overdracht.json()["overdrachtId"]
        scenario = await klant.post(
            "/financiering/v1/scenarios",
            headers=namens(keten, gemeentecode, "controller"),
            json=_SCENARIO,
        )
        ids["scenarioId"] = scenario.json()["scenarioId"]
        # At the end of the klantreis no step is open; of someone who has just reported there is.
        nieuw = await klant.post(
            "/intake/v1/kandidaten",
            json={
                **(AANROEPEN["intake.meldAan"].body or {}),
                "persoon": keten.persoon(gemeentecode).als_invoer(),
            },
        )
        ids["nieuweKandidaatId"] = nieuw.json()["kandidaatId"]
        ids["signaalId"] = await _signaal(keten, reis)
        await _stel_arbeidsvermogen_vast(keten, ids)
        ids |= await _adviesvraag(keten, klant, ids)
        aanvraag = await klant.post(
            f"/intake/v1/kandidaten/{ids['kandidaatId']}/aanvragen",
            **AANROEPEN["intake.dienEenAanvraagIn"].invulling(ids),
        )
        ids["aanvraagId"] = aanvraag.json()["aanvraagId"]
        ids |= await planregie.begin(
            _opdrachtgever(keten),
            gemeentecode,
            ids["dossierId"],
            op=VANDAAG,
            gemeten_op=VANDAAG - timedelta(days=1),
        )
        vandaag = local_date(keten.draaiend.databases["financiering"].clock.now())
        ids["beschikkingId"] = await beschikkingen.ken_toe(
            _opdrachtgever(keten), gemeentecode, ids["lksId"], vandaag
        )
        herziening = await klant.post(
            "/financiering/v1/lks-herzieningen",
            json=AANROEPEN["financiering.herzieAlleLoonkostensubsidies"].body,
        )
        ids["herzieningId"] = herziening.json()["herzieningId"]
        ids |= await betalingen.betaal(
            _opdrachtgever(keten), gemeentecode, ids["lksWerkgeverId"], betalingen.BETAALRUN
        )
        ids |= await begeleiding.begin(_opdrachtgever(keten), ids["plaatsingId"], op=VANDAAG)
        await matching.leg_profiel_vast(_opdrachtgever(keten), ids["kandidaatId"], op=VANDAAG)
        ids["voorstelId"] = await matching.stel_voor(
            _opdrachtgever(keten), ids["kandidaatId"], ids["werkplekId"], op=VANDAAG
        )
        for operatie, pad, naam in (
            ("brengJongereInBeeld", "beelden", "beeldId"),
            ("legQuickScanVast", "quick-scans", "scanId"),
        ):
            antwoord = await klant.post(
                f"/diagnose/v1/jongeren/{ids['kandidaatId']}/{pad}",
                **AANROEPEN[f"diagnose.{operatie}"].invulling(ids),
            )
            ids[naam] = antwoord.json()[naam]
        ids["bijeenkomstId"] = await _bijeenkomst(keten, gemeentecode, ids["kandidaatId"])
        for naam in ("abonnementId", "oudAbonnementId"):
            abonnement = await klant.post("/gebeurtenissen/v1/abonnementen", json=_ABONNEMENT)
            ids[naam] = abonnement.json()["abonnementId"]
        ids |= await _werk(keten, ids)
        ids |= await _factuur(keten, gemeentecode, ids)
        feed = await klant.get(FEED_PAD, params={"limiet": 1})
        ids["gebeurtenisId"] = feed.json()["resultaten"][0]["gebeurtenis"]["id"]
    return ids


async def _factuur(keten: Proefketen, gemeentecode: str, ids: Ids) -> dict[str, str]:
    """A price, and a factuur for the hour of the jobcoach once financiering has heard of it."""
    async with keten.klant(headers=namens(keten, "wsd", "backoffice")) as klant:

        async def doe(operatie: str, pad: str) -> Any:
            body = _vul_in(AANROEPEN[f"financiering.{operatie}"].body or {}, ids)
            antwoord = await klant.post(
                f"/financiering/v1/{pad}", json={**body, "gemeentecode": gemeentecode}
            )
            assert antwoord.is_success, antwoord.text
            return antwoord.json()

        prijs = await doe("spreekEenPrijsAf", "contractspecificaties")
        await keten.rust()
        ronde = await doe("factureerEenGemeente", "facturatierondes")
    return {
        "contractspecificatieId": prijs["contractspecificatieId"],
        "factuurId": ronde["facturen"][0]["factuurId"],
    }


def _opdrachtgever(keten: Proefketen) -> matching.Doe:
    """Posts as whoever is named."""

    async def doe(
        organisatie: str,
        rol: str,
        pad: str,
        body: Mapping[str, Any],
        /,
        *,
        if_match: str | None = None,
    ) -> Any:
        headers = {"If-Match": if_match} if if_match else {}
        async with keten.klant(headers=namens(keten, organisatie, rol) | headers) as klant:
            antwoord = await klant.post(pad, json=body)
        assert antwoord.status_code == 201, antwoord.text
        return antwoord.json()

    return doe


async def _budget(keten: Proefketen, gemeentecode: str) -> str:
    """That of the guidance, of this year."""
    async with keten.klant(headers=namens(keten, gemeentecode, "backoffice")) as klant:
        antwoord = await klant.post("/financiering/v1/budgetten", json=_BUDGET)
    assert antwoord.status_code == 201, antwoord.text
    return str(antwoord.json()["budgetId"])


async def _stel_arbeidsvermogen_vast(keten: Proefketen, ids: Ids) -> None:
    """So that a term of diagnose runs."""
    async with keten.klant(headers=namens(keten, "wsd", "trajectconsulent")) as klant:
        antwoord = await klant.post(
            f"/diagnose/v1/dossiers/{ids['dossierId']}/arbeidsvermogens",
            **AANROEPEN["diagnose.legEenArbeidsvermogenVast"].invulling(ids),
        )
        assert antwoord.status_code == 201, antwoord.text


async def _signaal(keten: Proefketen, reis: Klantreis) -> str:
    """What WSD is told when another gemeente refers the same resident too."""
    async with keten.klant(headers=namens(keten, "0824", "klantmanager")) as klant:
        aangemeld = await klant.post(
            "/intake/v1/kandidaten",
            json={
                **(AANROEPEN["intake.meldAan"].body or {}),
                "persoon": reis.opzet.persoon.als_invoer(),
            },
        )
        ids = aangemeld.json()
        for operatie, pad in (
            ("neemEenPoortbesluit", "poortbesluiten"),
            ("verwijsKandidaatDoor", "doorverwijzingen"),
        ):
            antwoord = await klant.post(
                f"/intake/v1/kandidaten/{ids['kandidaatId']}/{pad}",
                **AANROEPEN[f"intake.{operatie}"].invulling(ids),
            )
            assert antwoord.status_code == 201, antwoord.text
    async with keten.klant(headers=namens(keten, "wsd", "trajectconsulent")) as klant:
        signalen = (await klant.get("/intake/v1/signalen", params={"limiet": 500})).json()
    return str(
        next(
            signaal["signaalId"]
            for signaal in signalen["resultaten"]
            if reis.kandidaat_id in signaal["kandidaatIds"]
        )
    )


async def _werk(keten: Proefketen, ids: Ids) -> dict[str, str]:
    """A reaction to the loonwaarde and one of long ago, a werkdiagnose that waits and an OAD
    traject that runs."""
    made = {"secondOpinionVan": ids["loonwaardeMetingId"]}
    dossier = f"/diagnose/v1/dossiers/{ids['dossierId']}"
    async with keten.klant() as klant:
        for operatie, pad, rol, naam in (
            ("legEerdereVast", "eerdere-loonwaarden", "loonwaardedeskundige", "eerdereId"),
            ("meldAanVoorWerkdiagnose", "werkdiagnoses", "trajectconsulent", "werkdiagnoseId"),
            ("legSelectieVast", "oad-trajecten", "trajectconsulent", "oadId"),
            ("startEenOadTraject", "oad-trajecten/{oadId}/starts", "trajectconsulent", "oadId"),
        ):
            antwoord = await klant.post(
                f"{dossier}/{pad.format(**made)}",
                headers=namens(keten, "wsd", rol),
                **AANROEPEN[f"diagnose.{operatie}"].invulling(ids),
            )
            assert antwoord.status_code == 201, antwoord.text
            made[naam] = antwoord.json()[naam]
        reactie = AANROEPEN["diagnose.legReactieVast"]
        antwoord = await klant.post(
            f"{dossier}/loonwaardemetingen/{ids['loonwaardeMetingId']}/reacties",
            headers=namens(keten, "wsd", "loonwaardedeskundige"),
            json={**(reactie.body or {}), "partij": "werknemer"},
        )
        assert antwoord.status_code == 201, antwoord.text
    await keten.rust()
    return made


async def _adviesvraag(keten: Proefketen, klant: httpx2.AsyncClient, ids: Ids) -> dict[str, str]:
    """A second advies, on which nothing was decided, with a question of the gemeente."""
    dossier = f"/diagnose/v1/dossiers/{ids['dossierId']}"
    async with keten.klant(headers=namens(keten, *_CONSULENT)) as consulent:
        advies = await consulent.post(
            f"{dossier}/adviezen", **AANROEPEN["diagnose.geefEenAdvies"].invulling(ids)
        )
    assert advies.status_code == 201, advies.text
    advies_id = advies.json()["adviesId"]
    vraag = await klant.post(
        f"{dossier}/adviezen/{advies_id}/vragen",
        **AANROEPEN["diagnose.stuurEenAdviesTerug"].invulling(ids),
    )
    assert vraag.status_code == 201, vraag.text
    return {"adviesId": advies_id, "vraagId": vraag.json()["vraagId"]}


async def _bijeenkomst(keten: Proefketen, gemeentecode: str, kandidaat_id: str) -> str:
    """A group meeting; no process of these gemeenten has a step for one."""
    bijeenkomst_id = uuid4()
    async with keten.draaiend.databases["intake"].unit_of_work(gemeentecode) as uow:
        await groepen.voeg_toe(
            uow,
            Groepsbijeenkomst(
                bijeenkomst_id=bijeenkomst_id,
                gemeentecode=gemeentecode,
                proces="klantreis",
                stap="quick-scan",
                op=VANDAAG,
                gehouden=False,
                deelnames=(Deelname(UUID(kandidaat_id), None),),
            ),
        )
        await uow.commit()
    return str(bijeenkomst_id)


async def _van_klantreis(klant: httpx2.AsyncClient, reis: Klantreis) -> dict[str, str]:
    async def lees(pad: str) -> Any:
        antwoord = await klant.get(pad)
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.json()

    besluiten = await lees(f"/intake/v1/kandidaten/{reis.kandidaat_id}/besluiten")
    dossier = await lees(f"/diagnose/v1/dossiers/{reis.dossier_id}")
    subsidies = await lees(f"/financiering/v1/loonkostensubsidies?plaatsingId={reis.plaatsing_id}")
    lks_id = subsidies["resultaten"][0]["lksId"]
    lks = await lees(f"/financiering/v1/loonkostensubsidies/{lks_id}")
    return {
        "kandidaatId": reis.kandidaat_id,
        "besluitId": besluiten["trajectbesluiten"][0]["besluitId"],
        "dossierId": reis.dossier_id,
        "zrmMetingId": dossier["zrmMetingen"][0],
        "loonwaardeMetingId": dossier["loonwaardemetingen"][0],
        "adviesId": dossier["adviezen"][0],
        "plaatsingId": reis.plaatsing_id,
        "vorigePlaatsingId": reis.plaatsing_id,
        "lksId": lks_id,
        "lksWerkgeverId": lks["werkgeverId"],
    }


def nergens(ids: Ids) -> dict[str, str]:
    """The same names, of things that do not exist."""
    return {name: str(uuid4()) for name in ids}


def namens(keten: Proefketen, organisatie: str, rol: str) -> dict[str, str]:
    """The header of a caller with every scope: what remains is what the role and the row allow."""
    return {"Authorization": f"Bearer {keten.token_met_elke_scope(organisatie, rol)}"}


def rollen_die_mogen(operatie: Operatie) -> tuple[str, ...]:
    return operatie.rollen or tuple(alle_rollen())


def organisatie_van(aanroep: Aanroep, gemeentecode: str) -> str:
    return gemeentecode if aanroep.door == "gemeente" else aanroep.door


def _is_id(waarde: object) -> bool:
    return isinstance(waarde, str) and waarde.startswith("{")


def _vul_in(waarden: Mapping[str, Any], ids: Ids) -> dict[str, Any]:
    return {n: ids[w[1:-1]] if _is_id(w) else w for n, w in waarden.items()}
