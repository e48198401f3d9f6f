"""Routes of werkgevers."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import NIET_LEEG, Invoer, NietGevonden, Page, Uitvoer, problems
from contracts.vorm import EMAIL_PATROON
from services.plaatsing.api.vormen import (
    Eigenaar,
    Lezen,
    LezenMetVersie,
    Pagina,
    Plaatsen,
    Tekst,
    Wijzigen,
)
from services.plaatsing.domain import fouten
from services.plaatsing.domain.werkgever import (
    Adres,
    Contact,
    Contactpunt,
    Werkgever,
    Werkgeversoort,
)
from services.plaatsing.problemen import WerkgeverAlBekend
from services.plaatsing.store import werkgevers
from services.plaatsing.use_cases.leg_werkgever_vast import leg_werkgever_vast
from services.plaatsing.use_cases.wijzig_werkgever import Werkgeverwijziging, wijzig_werkgever

router = APIRouter(tags=["Werkgevers"])

WerkgeverId = Annotated[UUID, Path(alias="werkgeverId", description="Het nummer van de werkgever.")]
KvkNummer = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{8}$",
        description="Nummer in het Handelsregister: acht cijfers.",
        examples=["12345678"],
    ),
]


WERKGEVER: Final = "/werkgevers/{werkgeverId}"

Emailadres = Annotated[
    str,
    Field(
        max_length=254,
        pattern=EMAIL_PATROON,
        examples=["personeelszaken@werkgever.example"],
    ),
]
Telefoonnummer = Annotated[str, Field(pattern=r"^\+?[0-9 ()-]{6,20}$", examples=["0411 000 000"])]


class ContactInvoer(Invoer):
    """Hoe de organisatie bereikbaar is; algemene gegevens, niet die van een medewerker."""

    email: Emailadres | None = None
    telefoonnummer: Telefoonnummer | None = None

    def naar_contact(self) -> Contact:
        return Contact(self.email, self.telefoonnummer)


class AdresInvoer(Invoer):
    """Een zakelijk adres."""

    straat: Annotated[Tekst, Field(examples=["Industrieweg"])]
    huisnummer: Annotated[Tekst, Field(max_length=10, examples=["12a"])]
    postcode: Annotated[str, Field(pattern=r"^[1-9][0-9]{3} ?[A-Z]{2}$", examples=["5281 AB"])]
    plaats: Annotated[Tekst, Field(examples=["Boxtel"])]

    def naar_adres(self) -> Adres:
        return Adres(self.straat, self.huisnummer, self.postcode, self.plaats)


class ContactpuntInvoer(Invoer):
    """Bij wie u waarvoor terecht kunt: een functie, geen naam. Ten minste één manier is nodig."""

    functie: Annotated[Tekst, Field(examples=["Personeelszaken"])]
    email: Emailadres | None = None
    telefoonnummer: Telefoonnummer | None = None
    adres: AdresInvoer | None = None

    def naar_contactpunt(self) -> Contactpunt:
        adres = self.adres.naar_adres() if self.adres else None
        return Contactpunt(self.functie, self.email, self.telefoonnummer, adres)


Naam = Annotated[
    str, Field(min_length=1, max_length=200, pattern=NIET_LEEG, examples=["Voorbeeld Logistiek"])
]
Contactpunten = Annotated[
    list[ContactpuntInvoer], Field(max_length=20, description="Bij wie u waarvoor terecht kunt.")
]


class WerkgeverInvoer(Invoer):
    """Een organisatie waar kandidaten kunnen werken."""

    kvk_nummer: KvkNummer
    naam: Naam
    soort: Annotated[
        Werkgeversoort,
        Field(description="Een reguliere werkgever, of Werkpartners van WSD zelf."),
    ] = Werkgeversoort.REGULIER
    contact: ContactInvoer | None = None
    contacten: Contactpunten = []  # noqa: RUF012 - pydantic copies it

    def naar_werkgever(self) -> Werkgever:
        return Werkgever(
            werkgever_id=uuid4(),
            kvk_nummer=self.kvk_nummer,
            naam=self.naam,
            soort=self.soort,
            contact=(self.contact or ContactInvoer()).naar_contact(),
            contacten=tuple(punt.naar_contactpunt() for punt in self.contacten),
        )


class WerkgeverwijzigingInvoer(Invoer):
    """De gegevens zoals zij voortaan zijn; wat u weglaat, is er niet meer."""

    naam: Naam
    contact: ContactInvoer | None = None
    contacten: Contactpunten = []  # noqa: RUF012 - pydantic copies it

    def naar_wijziging(self) -> Werkgeverwijziging:
        return Werkgeverwijziging(
            naam=self.naam,
            contact=(self.contact or ContactInvoer()).naar_contact(),
            contacten=tuple(punt.naar_contactpunt() for punt in self.contacten),
        )


class ContactUitvoer(Uitvoer):
    """Hoe de organisatie bereikbaar is."""

    email: str | None
    telefoonnummer: str | None


class AdresUitvoer(Uitvoer):
    """Een zakelijk adres."""

    straat: str
    huisnummer: str
    postcode: str
    plaats: str


class ContactpuntUitvoer(Uitvoer):
    """Bij wie u waarvoor terecht kunt."""

    functie: str
    email: str | None
    telefoonnummer: str | None
    adres: AdresUitvoer | None

    @classmethod
    def van(cls, punt: Contactpunt) -> ContactpuntUitvoer:
        adres = punt.adres
        return cls(
            functie=punt.functie,
            email=punt.email,
            telefoonnummer=punt.telefoonnummer,
            adres=None
            if adres is None
            else AdresUitvoer(
                straat=adres.straat,
                huisnummer=adres.huisnummer,
                postcode=adres.postcode,
                plaats=adres.plaats,
            ),
        )


class WerkgeverUitvoer(Uitvoer):
    """Een organisatie waar kandidaten kunnen werken."""

    werkgever_id: UUID
    eigenaar: Eigenaar
    kvk_nummer: KvkNummer
    naam: str
    soort: Werkgeversoort
    contact: ContactUitvoer
    contacten: list[ContactpuntUitvoer]

    @classmethod
    def van(cls, bewaard: werkgevers.Bewaard) -> WerkgeverUitvoer:
        werkgever = bewaard.werkgever
        return cls(
            werkgever_id=werkgever.werkgever_id,
            eigenaar=bewaard.eigenaar,
            kvk_nummer=werkgever.kvk_nummer,
            naam=werkgever.naam,
            soort=werkgever.soort,
            contact=ContactUitvoer(
                email=werkgever.contact.email, telefoonnummer=werkgever.contact.telefoonnummer
            ),
            contacten=[ContactpuntUitvoer.van(punt) for punt in werkgever.contacten],
        )


class WerkgeversPagina(Page[WerkgeverUitvoer]):
    """Werkgevers in de volgorde waarin zij zijn vastgelegd."""


@router.post(
    "/werkgevers",
    status_code=201,
    response_model=WerkgeverUitvoer,
    responses=problems(WerkgeverAlBekend, fouten.OngeldigeWerkgever),
)
async def leg_een_werkgever_vast(invoer: WerkgeverInvoer, opdracht: Plaatsen) -> Response:
    """Leg een werkgever vast

    Uw organisatie wordt eigenaar. WSD ziet alle werkgevers; die van WSD zijn voor iedereen te zien,
    die van een gemeente alleen voor die gemeente en WSD, tot zij er een werkplek deelt.
    """
    return await opdracht.run(
        lambda uow: leg_werkgever_vast(uow, invoer.naar_werkgever()),
        answer=WerkgeverUitvoer.van,
        location=lambda bewaard: f"/werkgevers/{bewaard.werkgever.werkgever_id}",
    )


@router.get("/werkgevers", response_model=WerkgeversPagina, responses=problems())
async def lijst_werkgevers(
    vraag: Lezen,
    pagina: Pagina,
    kvk_nummer: Annotated[
        KvkNummer | None,
        QueryParameter(alias="kvkNummer", description="Alleen de werkgever met dit KvK-nummer."),
    ] = None,
) -> Response:
    """Geef werkgevers"""
    return await vraag.page(
        pagina,
        lambda uow: werkgevers.lijst(
            uow, kvk_nummer=kvk_nummer, na=pagina.after, aantal=pagina.fetch
        ),
        answer=WerkgeverUitvoer.van,
        key=lambda bewaard: (bewaard.vastgelegd_op, bewaard.werkgever.werkgever_id),
    )


@router.get(WERKGEVER, response_model=WerkgeverUitvoer, responses=problems(NietGevonden))
async def geef_werkgever(werkgever_id: WerkgeverId, vraag: LezenMetVersie) -> Response:
    """Geef een werkgever"""
    return await vraag.run(
        lambda uow: werkgevers.haal(uow, werkgever_id),
        answer=WerkgeverUitvoer.van,
        version=lambda bewaard: bewaard.versie,
    )


@router.post(
    WERKGEVER + "/wijzigingen",
    status_code=201,
    response_model=WerkgeverUitvoer,
    responses=problems(NietGevonden, fouten.NietBevoegd, fouten.OngeldigeWerkgever),
)
async def wijzig_een_werkgever(
    werkgever_id: WerkgeverId, invoer: WerkgeverwijzigingInvoer, opdracht: Wijzigen
) -> Response:
    """Wijzig een werkgever

    De naam en hoe de werkgever bereikbaar is. Een ander KvK-nummer is een andere werkgever. Geef in
    `If-Match` de ETag van de werkgever die u las.
    """
    return await opdracht.run(
        lambda uow: wijzig_werkgever(
            uow, werkgever_id, invoer.naar_wijziging(), opdracht.require_version
        ),
        answer=WerkgeverUitvoer.van,
        location=lambda _: f"/werkgevers/{werkgever_id}",
        version=lambda bewaard: bewaard.versie,
    )
