"""Routes of werkgevers."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter
from pydantic import Field

from chassis.web import Invoer, NietGevonden, Page, Uitvoer, problems
from services.plaatsing.api.vormen import NIET_LEEG, Eigenaar, Lezen, Pagina, Plaatsen
from services.plaatsing.domain.werkgever import Contact, Werkgever, Werkgeversoort
from services.plaatsing.problemen import WerkgeverAlBekend
from services.plaatsing.store import werkgevers
from services.plaatsing.use_cases.leg_werkgever_vast import leg_werkgever_vast

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


class ContactInvoer(Invoer):
    """Hoe de organisatie bereikbaar is; algemene gegevens, niet die van een medewerker."""

    email: (
        Annotated[
            str,
            Field(
                max_length=254,
                pattern=r"^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$",
                examples=["personeelszaken@werkgever.example"],
            ),
        ]
        | None
    ) = None
    telefoonnummer: (
        Annotated[str, Field(pattern=r"^\+?[0-9 ()-]{6,20}$", examples=["0411 000 000"])] | None
    ) = None


class WerkgeverInvoer(Invoer):
    """Een organisatie waar kandidaten kunnen werken."""

    kvk_nummer: KvkNummer
    naam: Annotated[
        str,
        Field(min_length=1, max_length=200, pattern=NIET_LEEG, examples=["Voorbeeld Logistiek"]),
    ]
    soort: Annotated[
        Werkgeversoort,
        Field(description="Een reguliere werkgever, of Werkpartners van WSD zelf."),
    ] = Werkgeversoort.REGULIER
    contact: ContactInvoer | None = None

    def naar_werkgever(self) -> Werkgever:
        contact = self.contact or ContactInvoer()
        return Werkgever(
            werkgever_id=uuid4(),
            kvk_nummer=self.kvk_nummer,
            naam=self.naam,
            soort=self.soort,
            contact=Contact(contact.email, contact.telefoonnummer),
        )


class ContactUitvoer(Uitvoer):
    """Hoe de organisatie bereikbaar is."""

    email: str | None
    telefoonnummer: str | None


class WerkgeverUitvoer(Uitvoer):
    """Een organisatie waar kandidaten kunnen werken."""

    werkgever_id: UUID
    eigenaar: Eigenaar
    kvk_nummer: KvkNummer
    naam: str
    soort: Werkgeversoort
    contact: ContactUitvoer

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
        )


class WerkgeversPagina(Page[WerkgeverUitvoer]):
    """Werkgevers in de volgorde waarin zij zijn vastgelegd."""


@router.post(
    "/werkgevers",
    status_code=201,
    response_model=WerkgeverUitvoer,
    responses=problems(WerkgeverAlBekend),
)
async def leg_een_werkgever_vast(invoer: WerkgeverInvoer, opdracht: Plaatsen) -> Response:
    """Leg een werkgever vast

    Uw organisatie wordt eigenaar. WSD ziet alle werkgevers; die van WSD zijn voor iedereen te zien,
    die van een gemeente alleen voor die gemeente en WSD.
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


@router.get(
    "/werkgevers/{werkgeverId}", response_model=WerkgeverUitvoer, responses=problems(NietGevonden)
)
async def geef_werkgever(werkgever_id: WerkgeverId, vraag: Lezen) -> Response:
    """Geef een werkgever"""
    return await vraag.run(
        lambda uow: werkgevers.haal(uow, werkgever_id), answer=WerkgeverUitvoer.van
    )
