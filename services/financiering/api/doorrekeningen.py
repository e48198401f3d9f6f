"""Calculating the exploitatie, comparing, and turning one driver; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from chassis.unit_of_work import Reading
from chassis.web import Invoer, NietGevonden, Query, Uitvoer, problems, query
from services.financiering.api.doorrekening_vormen import (
    ANTWOORDEN,
    VORMEN,
    AangepasteInvoer,
    Basis,
    DoorrekeningUitvoer,
    Duizenden,
    Getal,
    GetalUit,
    Jaar,
    JaaruitkomstUitvoer,
    antwoord,
    hondersten,
    jaaruitkomsten,
)
from services.financiering.domain import fouten
from services.financiering.domain.doorrekening import (
    EXPLOITATIE,
    JAREN,
    KENMERKEN,
    STRUCTUREEL,
    Aanpassingswijze,
    Bereik,
    Bronscenario,
    Doorrekening,
    Driver,
    Exploitatierij,
    Gevoeligheid,
    onderzoek_gevoeligheid,
    reken_door,
)
from services.financiering.domain.scenario import Keuze, eis_eenduidig
from services.financiering.doorrekeningtabel import Reeks
from services.financiering.figuren.lijnen import Lijn, lijnfiguur
from services.financiering.koersdocument import koersscenarios
from services.financiering.store import scenarios

router = APIRouter(tags=["Doorrekeningen"])

MEESTE_VERGELEKEN: Final = 6
MEESTE_PUNTEN: Final = 21

Rekenen = Annotated[Query, query("financiering.lezen", media_types=VORMEN)]

_JAREN: Final = tuple(f"{jaar} e.v." if jaar == STRUCTUREEL else str(jaar) for jaar in JAREN)
"""The years as a figure names them."""


class DoorrekeningInvoer(AangepasteInvoer):
    """Waarmee wordt gerekend."""


def doorrekening_antwoord(
    vraag: Query, naam: str, uitkomst: Doorrekening, basis: Bronscenario
) -> Response:
    """One doorrekening, in the form the caller likes best."""
    reeks = Reeks(naam, uitkomst)
    rijen = (
        Exploitatierij.TOTAAL_SUBSIDIERESULTAAT,
        Exploitatierij.BEDRIJFSRESULTAAT,
        Exploitatierij.EXPLOITATIERESULTAAT,
    )
    lijnen = [Lijn(EXPLOITATIE[rij].naam, _in_duizenden(uitkomst, rij)) for rij in rijen]
    return antwoord(
        vraag,
        [reeks],
        koersscenarios()[basis].aannames,
        als_json=lambda: DoorrekeningUitvoer.van(reeks, basis),
        als_figuur=lambda: lijnfiguur(f"Exploitatie WSD: {naam}", "Jaar", _JAREN, lijnen),
        bestand="doorrekening",
    )


def _in_duizenden(uitkomst: Doorrekening, rij: Exploitatierij) -> tuple[int, ...]:
    return tuple(uitkomst.bedragen[rij][jaar].duizenden for jaar in JAREN)


@router.post(
    "/doorrekeningen",
    response_model=DoorrekeningUitvoer,
    responses={**ANTWOORDEN, **problems(fouten.OngeldigeAanpassing)},
)
async def reken_een_doorrekening(invoer: DoorrekeningInvoer, vraag: Rekenen) -> Response:
    """Reken de exploitatie door

    Een scenario van het koersdocument, met of zonder eigen aanpassingen; er wordt niets bewaard.
    Als JSON, CSV, XLSX of als grafiek (SVG), naar de header Accept. In JSON staan bij elk
    uitgangspunt de bron en wat is aangenomen.
    """

    async def reken(_: Reading) -> Doorrekening:
        return reken_door(invoer.naar_uitgangspunten())

    naam = koersscenarios()[invoer.basis].naam + (" (aangepast)" if invoer.aanpassingen else "")
    return doorrekening_antwoord(vraag, naam, await vraag.read(reken), invoer.basis)


class GevoeligheidInvoer(AangepasteInvoer):
    """Welke driver wordt gedraaid, en hoe ver; al het andere blijft staan."""

    driver: Driver
    wijze: Aanpassingswijze
    jaar: Annotated[Jaar | None, Field(description="Zonder jaar: in elk jaar.")] = None
    van: Getal
    tot: Getal
    aantal: Annotated[
        int,
        Field(ge=2, le=MEESTE_PUNTEN, description="Hoeveel getallen, met de uitersten erbij."),
    ] = 5

    def naar_bereik(self) -> Bereik:
        """Raises OngeldigBereik."""
        return Bereik(self.van, self.tot, self.aantal)


class GevoeligheidspuntUitvoer(Uitvoer):
    """De uitkomst bij een getal."""

    getal: GetalUit
    jaren: list[JaaruitkomstUitvoer]


class GevoeligheidUitvoer(Uitvoer):
    """Wat de uitkomst doet als alleen deze driver verandert."""

    naam: str
    basis: Basis
    driver: Driver
    wijze: Aanpassingswijze
    jaar: Jaar | None
    punten: list[GevoeligheidspuntUitvoer]
    aannames: list[str]

    @classmethod
    def van(cls, gevonden: Gevoeligheid, basis: Bronscenario, naam: str) -> GevoeligheidUitvoer:
        return cls.model_validate(
            {
                "naam": naam,
                "basis": basis,
                "driver": gevonden.driver,
                "wijze": gevonden.wijze,
                "jaar": gevonden.jaar,
                "punten": [
                    GevoeligheidspuntUitvoer(
                        getal=hondersten(getal), jaren=jaaruitkomsten(uitkomst)
                    )
                    for getal, uitkomst in gevonden.uitkomsten
                ],
                "aannames": koersscenarios()[basis].aannames,
            }
        )


@router.post(
    "/gevoeligheidsanalyses",
    response_model=GevoeligheidUitvoer,
    responses={**ANTWOORDEN, **problems(fouten.OngeldigeAanpassing, fouten.OngeldigBereik)},
)
async def onderzoek_een_gevoeligheid(invoer: GevoeligheidInvoer, vraag: Rekenen) -> Response:
    """Onderzoek de gevoeligheid voor een driver

    De exploitatie bij een reeks getallen voor een driver, per jaar. Als JSON, CSV, XLSX of als
    grafiek (SVG), naar de header Accept; er wordt niets bewaard.
    """

    async def reken(_: Reading) -> Gevoeligheid:
        return onderzoek_gevoeligheid(
            invoer.naar_uitgangspunten(),
            invoer.driver,
            invoer.wijze,
            invoer.naar_bereik(),
            invoer.jaar,
        )

    gevonden = await vraag.read(reken)
    naam = f"{KENMERKEN[invoer.driver].naam} ({invoer.wijze})"
    plekken = [_als_tekst(getal) for getal, _ in gevonden.uitkomsten]
    lijnen = [
        Lijn(naam_van_jaar, tuple(u.resultaat(jaar).duizenden for _, u in gevonden.uitkomsten))
        for jaar, naam_van_jaar in zip(JAREN, _JAREN, strict=True)
        if invoer.jaar in (None, jaar)
    ]
    return antwoord(
        vraag,
        [Reeks(f"{naam} {_als_tekst(getal)}", uitkomst) for getal, uitkomst in gevonden.uitkomsten],
        koersscenarios()[invoer.basis].aannames,
        als_json=lambda: GevoeligheidUitvoer.van(gevonden, invoer.basis, naam),
        als_figuur=lambda: lijnfiguur("Exploitatieresultaat", naam, plekken, lijnen),
        bestand="gevoeligheid",
    )


def _als_tekst(getal: Decimal) -> str:
    """A number as a reader writes it: without decimals that say nothing."""
    return f"{getal.normalize():f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


class VergelekenInvoer(Invoer):
    """Een scenario van het koersdocument (basis), of een bewaard scenario."""

    basis: Bronscenario | None = None
    scenario_id: UUID | None = None
    versie: Annotated[
        int | None,
        Field(ge=1, le=2_000_000_000, description="Van een bewaard scenario; leeg: de nieuwste."),
    ] = None


class VergelijkingInvoer(Invoer):
    """Wat naast elkaar wordt gezet; de eerste is waar de andere mee worden vergeleken."""

    scenarios: Annotated[list[VergelekenInvoer], Field(min_length=2, max_length=MEESTE_VERGELEKEN)]


class JaarverschilUitvoer(Uitvoer):
    """Hoeveel meer dan in het eerste scenario."""

    jaar: Jaar
    euro: GetalUit
    duizenden: Duizenden


class RijverschilUitvoer(Uitvoer):
    """Een rij die in een van de jaren verschilt."""

    rij: Exploitatierij
    naam: str
    verschillen: list[JaarverschilUitvoer]


class DriververschilUitvoer(Uitvoer):
    """Een driver die in een van de jaren verschilt, met in elk jaar het verschil."""

    driver: Driver
    naam: str
    verschillen: Annotated[list[GetalUit], Field(description="Per jaar, in hun volgorde.")]


class VergelekenUitvoer(Uitvoer):
    """Een scenario naast het eerste."""

    doorrekening: DoorrekeningUitvoer
    rijen: Annotated[
        list[RijverschilUitvoer], Field(description="De verschillen met het eerste scenario.")
    ]
    drivers: list[DriververschilUitvoer]


class VergelijkingUitvoer(Uitvoer):
    """Scenario's naast elkaar, in de volgorde waarin zij zijn gevraagd."""

    scenarios: list[VergelekenUitvoer]

    @classmethod
    def van(cls, gevonden: Sequence[tuple[Reeks, Bronscenario]]) -> VergelijkingUitvoer:
        eerste, _ = gevonden[0]
        return cls(
            scenarios=[
                VergelekenUitvoer(
                    doorrekening=DoorrekeningUitvoer.van(reeks, basis),
                    rijen=_rijverschillen(eerste.doorrekening, reeks.doorrekening),
                    drivers=_driververschillen(eerste.doorrekening, reeks.doorrekening),
                )
                for reeks, basis in gevonden
            ]
        )


def _rijverschillen(eerste: Doorrekening, ander: Doorrekening) -> list[RijverschilUitvoer]:
    return [
        RijverschilUitvoer(
            rij=rij,
            naam=inhoud.naam,
            verschillen=[
                JaarverschilUitvoer.model_validate(
                    {
                        "jaar": jaar,
                        "euro": hondersten(
                            ander.bedragen[rij][jaar].euro - eerste.bedragen[rij][jaar].euro
                        ),
                        "duizenden": ander.bedragen[rij][jaar].duizenden
                        - eerste.bedragen[rij][jaar].duizenden,
                    }
                )
                for jaar in JAREN
            ],
        )
        for rij, inhoud in EXPLOITATIE.items()
        if any(ander.bedragen[rij][jaar].euro != eerste.bedragen[rij][jaar].euro for jaar in JAREN)
    ]


def _driververschillen(eerste: Doorrekening, ander: Doorrekening) -> list[DriververschilUitvoer]:
    gevonden = []
    for driver, kenmerk in KENMERKEN.items():
        verschillen = [
            ander.uitgangspunten[jaar][driver] - eerste.uitgangspunten[jaar][driver]
            for jaar in JAREN
        ]
        if any(verschillen):
            gevonden.append(
                DriververschilUitvoer(
                    driver=driver,
                    naam=kenmerk.naam,
                    verschillen=[hondersten(verschil) for verschil in verschillen],
                )
            )
    return gevonden


@router.post(
    "/scenariovergelijkingen",
    response_model=VergelijkingUitvoer,
    responses={**ANTWOORDEN, **problems(NietGevonden, fouten.OngeldigeVergelijking)},
)
async def vergelijk_scenarios(invoer: VergelijkingInvoer, vraag: Rekenen) -> Response:
    """Vergelijk scenario's

    Twee tot zes scenario's naast elkaar: die van het koersdocument, en bewaarde die u mag zien. Van
    elk de doorrekening, en per rij en driver het verschil met het eerste. Als JSON, CSV, XLSX of
    als grafiek (SVG), naar de header Accept.
    """
    gevonden = await vraag.read(lambda uow: _haal(uow, invoer.scenarios))
    lijnen = [
        Lijn(reeks.naam, _in_duizenden(reeks.doorrekening, Exploitatierij.EXPLOITATIERESULTAAT))
        for reeks, _ in gevonden
    ]
    aannames = [a for _, basis in gevonden for a in koersscenarios()[basis].aannames]
    return antwoord(
        vraag,
        [reeks for reeks, _ in gevonden],
        list(dict.fromkeys(aannames)),
        als_json=lambda: VergelijkingUitvoer.van(gevonden),
        als_figuur=lambda: lijnfiguur("Exploitatieresultaat WSD", "Jaar", _JAREN, lijnen),
        bestand="vergelijking",
    )


async def _haal(
    uow: Reading, gevraagd: Sequence[VergelekenInvoer]
) -> list[tuple[Reeks, Bronscenario]]:
    """Raises OngeldigeVergelijking, or NietGevonden for what this organisation may not see."""
    eis_eenduidig([Keuze(vraag.basis, vraag.scenario_id, vraag.versie) for vraag in gevraagd])
    gevonden = []
    for vraag in gevraagd:
        if vraag.basis is not None:
            koers = koersscenarios()[vraag.basis]
            gevonden.append((Reeks(koers.naam, reken_door(koers.uitgangspunten)), vraag.basis))
        elif vraag.scenario_id is not None:
            versie = await scenarios.haal_versie(uow, vraag.scenario_id, vraag.versie)
            if versie is None:
                raise NietGevonden
            inhoud = versie.inhoud
            naam = f"{inhoud.naam} (versie {versie.versie})"
            gevonden.append((Reeks(naam, inhoud.doorrekening), inhoud.basis))
    return gevonden
