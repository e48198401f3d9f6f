"""Contractspecificaties, what trajecten cost, and the facturen of WSD to a gemeente."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Path, Response
from fastapi import Query as QueryParameter

from chassis.clock import local_date
from chassis.tenancy import is_gemeente
from chassis.unit_of_work import Reading
from chassis.web import (
    Command,
    Datum,
    NietGevonden,
    PageRequest,
    Query,
    command,
    page,
    problems,
    query,
)
from chassis.web.documents import DOCUMENT_CONTENT, HTML, PDF, document_response
from contracts.portfolio import Dienst
from services.financiering.api.factuur_vormen import (
    ContractspecificatieInvoer,
    ContractspecificatiesPagina,
    ContractspecificatieUitvoer,
    FacturatierondeInvoer,
    FacturatierondeUitvoer,
    FacturenPagina,
    FactuurUitvoer,
    TrajectkostenPagina,
    TrajectkostenUitvoer,
)
from services.financiering.domain import fouten
from services.financiering.domain.bevoegdheid import eis_wsd
from services.financiering.factuurdocument import FACTUUR
from services.financiering.factuurdocument.inhoud import schrijf
from services.financiering.store import contractspecificaties, facturen
from services.financiering.ubl import schrijf_ubl
from services.financiering.use_cases.factureer import factureer
from services.financiering.use_cases.overzie_trajectkosten import Overzicht, overzie_trajectkosten

XML: Final = "application/xml"

router = APIRouter()

Lezen = Annotated[Query, query("financiering.lezen")]
LezenAlsDocument = Annotated[Query, query("financiering.lezen", media_types=(XML, HTML, PDF))]
BackofficeVanWsd = Annotated[Command, command("financiering.schrijven", roles={"backoffice"})]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
PaginaPerNummer = Annotated[PageRequest, page(int, int)]
PaginaPerKandidaat = Annotated[PageRequest, page(UUID)]
FactuurId = Annotated[UUID, Path(alias="factuurId", description="Het nummer van het document.")]
EenKandidaat = Annotated[
    UUID | None, QueryParameter(alias="kandidaatId", description="Alleen van deze kandidaat.")
]
EenGemeente = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^[0-9]{4}$",
        description="Alleen van deze gemeente; een gemeente heeft alleen de eigen.",
    ),
]

_DOCUMENT: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {
            XML: {"schema": {"type": "string", "contentMediaType": XML}},
            **DOCUMENT_CONTENT,
        }
    }
}


@router.post(
    "/contractspecificaties",
    tags=["Contractspecificaties"],
    status_code=201,
    response_model=ContractspecificatieUitvoer,
    responses=problems(NietGevonden, fouten.OngeldigePrijsafspraak, fouten.AlleenDoorWsd),
)
async def spreek_een_prijs_af(
    invoer: ContractspecificatieInvoer, opdracht: BackofficeVanWsd
) -> Response:
    """Leg een contractspecificatie vast

    De prijs van een product voor een gemeente, vanaf een dag. Nog eens voor dezelfde dag is een
    nieuwe versie. Verandert een prijs van eerder, dan herstelt de volgende facturatieronde wat al
    is gefactureerd, met een creditnota en een nieuwe factuur.
    """
    _eis_wsd(opdracht, invoer.gemeentecode)
    return await opdracht.run(
        lambda uow: contractspecificaties.voeg_toe(uow, uuid4(), invoer.naar_afspraak()),
        answer=ContractspecificatieUitvoer.van,
        location=lambda c: f"/contractspecificaties/{c.contractspecificatie_id}",
    )


@router.get(
    "/contractspecificaties",
    tags=["Contractspecificaties"],
    response_model=ContractspecificatiesPagina,
    responses=problems(NietGevonden),
)
async def lijst_contractspecificaties(
    vraag: Lezen,
    pagina: Pagina,
    gemeentecode: EenGemeente = None,
    product: Annotated[Dienst | None, QueryParameter(description="Alleen van dit product.")] = None,
) -> Response:
    """Geef contractspecificaties

    De gemeente ziet die van haarzelf, WSD die van alle gemeenten.
    """
    van = vraag.of_gemeente(gemeentecode)
    return await vraag.page(
        pagina,
        lambda uow: contractspecificaties.lijst(
            uow, gemeentecode=van, product=product, na=pagina.after, aantal=pagina.fetch
        ),
        answer=ContractspecificatieUitvoer.van,
        key=lambda c: (c.vastgelegd_op, c.contractspecificatie_id),
    )


@router.get(
    "/contractspecificaties/{contractspecificatieId}",
    tags=["Contractspecificaties"],
    response_model=ContractspecificatieUitvoer,
    responses=problems(NietGevonden),
)
async def geef_contractspecificatie(
    contractspecificatie_id: Annotated[
        UUID, Path(alias="contractspecificatieId", description="Het nummer van de afspraak.")
    ],
    vraag: Lezen,
) -> Response:
    """Geef een contractspecificatie"""
    return await vraag.run(
        lambda uow: contractspecificaties.haal(uow, contractspecificatie_id),
        answer=ContractspecificatieUitvoer.van,
    )


@router.get(
    "/trajectkosten",
    tags=["Facturen"],
    response_model=TrajectkostenPagina,
    responses=problems(NietGevonden),
)
async def lijst_trajectkosten(
    vraag: Lezen,
    pagina: PaginaPerKandidaat,
    kandidaat_id: EenKandidaat = None,
    gemeentecode: EenGemeente = None,
    tot_en_met: Annotated[
        Datum | None,
        QueryParameter(
            alias="totEnMet", description="Laatste dag die meetelt; zonder waarde vandaag."
        ),
    ] = None,
) -> Response:
    """Geef uren en kosten per traject

    Wat voor een kandidaat is ingekocht, wat daarvan is geleverd en gefactureerd, en wat nog te
    verwachten is. Gemeente en WSD zien hetzelfde. Wat niet is begonnen, kost niets.
    """
    van = vraag.of_gemeente(gemeentecode)

    async def lees(uow: Reading) -> list[Overzicht]:
        return [
            *await overzie_trajectkosten(
                uow,
                tot_en_met=tot_en_met or local_date(uow.now),
                kandidaat_id=kandidaat_id,
                gemeentecode=van,
                na=pagina.after[0] if pagina.after else None,
                aantal=pagina.fetch,
            )
        ]

    return await vraag.page(
        pagina, lees, answer=TrajectkostenUitvoer.van, key=lambda o: (o.kandidaat_id,)
    )


@router.post(
    "/facturatierondes",
    tags=["Facturen"],
    status_code=201,
    response_model=FacturatierondeUitvoer,
    responses=problems(NietGevonden, fouten.FacturatieInToekomst, fouten.AlleenDoorWsd),
)
async def factureer_een_gemeente(
    invoer: FacturatierondeInvoer, opdracht: BackofficeVanWsd
) -> Response:
    """Factureer wat is geleverd

    Een factuur per kandidaat en product, doorgenummerd per jaar. Wat door een laat feit niet meer
    klopt, neemt een creditnota terug; wat ervoor in de plaats komt staat op een nieuwe factuur.
    Nog eens vragen maakt niets dubbel.
    """
    _eis_wsd(opdracht, invoer.gemeentecode)
    return await opdracht.run(
        lambda uow: factureer(uow, invoer.gemeentecode, invoer.tot_en_met, invoer.kandidaat_id),
        answer=FacturatierondeUitvoer.van,
        location=lambda _: f"/facturen?gemeentecode={invoer.gemeentecode}",
    )


@router.get(
    "/facturen", tags=["Facturen"], response_model=FacturenPagina, responses=problems(NietGevonden)
)
async def lijst_facturen(
    vraag: Lezen,
    pagina: PaginaPerNummer,
    kandidaat_id: EenKandidaat = None,
    gemeentecode: EenGemeente = None,
) -> Response:
    """Geef facturen en creditnota's

    Op nummer, van de gemeente aan wie zij zijn gericht, ook als de kandidaat later naar een andere
    ging.
    """
    van = vraag.of_gemeente(gemeentecode)
    return await vraag.page(
        pagina,
        lambda uow: facturen.lijst(
            uow,
            gemeentecode=van,
            kandidaat_id=kandidaat_id,
            na=pagina.after,
            aantal=pagina.fetch,
        ),
        answer=FactuurUitvoer.van,
        key=lambda bewaard: bewaard.factuur.jaar_en_volgnummer,
    )


@router.get(
    "/facturen/{factuurId}",
    tags=["Facturen"],
    response_model=FactuurUitvoer,
    responses=problems(NietGevonden),
)
async def geef_factuur(factuur_id: FactuurId, vraag: Lezen) -> Response:
    """Geef een factuur of creditnota"""
    return await vraag.run(lambda uow: facturen.haal(uow, factuur_id), answer=FactuurUitvoer.van)


@router.get(
    "/facturen/{factuurId}/document",
    tags=["Facturen"],
    response_class=Response,
    response_model=None,
    responses={**_DOCUMENT, **problems(NietGevonden)},
)
async def geef_factuurdocument(factuur_id: FactuurId, vraag: LezenAlsDocument) -> Response:
    """Geef een factuur of creditnota als document

    Als UBL 2.1 (EN 16931, NLCIUS), of met `Accept: application/pdf` of `text/html` leesbaar; de PDF
    is toegankelijk (PDF/UA-1) en te archiveren (PDF/A-2a). Alle zeggen hetzelfde.
    """
    bewaard = await vraag.read(lambda uow: facturen.haal(uow, factuur_id))
    if bewaard is None:
        raise NietGevonden
    factuur = bewaard.factuur
    naam = f"{factuur.inhoud.soort}-{factuur.nummer}"
    if vraag.media_type == XML:
        xml = await asyncio.to_thread(schrijf_ubl, factuur, bewaard.partijen)
        return Response(xml, 200, {"Content-Disposition": f'inline; filename="{naam}.xml"'}, XML)
    return await document_response(
        FACTUUR,
        schrijf(factuur, bewaard.partijen),
        vraag.media_type,
        name=naam,
        made_at=bewaard.vastgelegd_op,
    )


def _eis_wsd(opdracht: Command, gemeentecode: str) -> None:
    """The backoffice of a gemeente has the same role and scope.

    Raises AlleenDoorWsd, or NietGevonden for a gemeente that names another.
    """
    door = opdracht.caller.organisation
    if is_gemeente(door) and gemeentecode != door:
        raise NietGevonden
    eis_wsd(door)
