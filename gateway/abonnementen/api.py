"""Abonnementen over HTTP."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi import Query as QueryParameter
from starlette.requests import Request
from starlette.responses import Response

from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from chassis.web import Command, NietGevonden, PageRequest, Query, command, page, problems, query
from chassis.web.idempotency import REPLAYED
from chassis.web.invalid_input import fault
from chassis.web.problems import OngeldigeInvoer
from gateway.abonnementen import beheer, bezorging, store
from gateway.abonnementen.abonnement import (
    AanmeldingOpnieuwNodig,
    Abonnement,
    NietOpgegeven,
    NogGeenToestemming,
    Sleutel,
    TeVeelAbonnementen,
)
from gateway.abonnementen.afleveren import Afleveraar
from gateway.abonnementen.berichten import proef
from gateway.abonnementen.modellen import (
    AbonnementenPagina,
    AbonnementInvoer,
    AbonnementUitvoer,
    AbonnementWijziging,
    AfleveringenPagina,
    AfleveringUitvoer,
    HerhalingInvoer,
    HerhalingUitvoer,
    NieuwAbonnementUitvoer,
    NieuweSleutelUitvoer,
    OverslagInvoer,
    OverslagUitvoer,
    ProefUitvoer,
    SleutelInvoer,
    SleutelsUitvoer,
    SleutelUitvoer,
    StandUitvoer,
)
from gateway.abonnementen.ondertekening import nieuw_geheim
from gateway.abonnementen.uitkomst import Antwoord
from gateway.abonnementen.wachtrij import Status as AfleveringStatus
from gateway.gebeurtenissen.cursor import encode_cursor
from gateway.gebeurtenissen.vragen import NietMeerBewaard

TAG: Final = "Abonnementen"
BESCHRIJVING: Final = "Waar uw gebeurtenissen heen gestuurd worden, en hoe dat gaat."
PAD: Final = "/abonnementen/{abonnementId}"

router = APIRouter(tags=[TAG])

AbonnementId = Annotated[
    UUID, Path(alias="abonnementId", description="Het nummer van het abonnement.")
]
Pagina = Annotated[PageRequest, page(datetime, UUID)]
LogboekPagina = Annotated[PageRequest, page(int)]

Lezen = Annotated[Query, query("abonnementen.lezen")]
LezenMetVersie = Annotated[Query, query("abonnementen.lezen", etag=True)]
Beheren = Annotated[Command, command("abonnementen.beheren")]
Aanmaken = Annotated[Command, command("abonnementen.beheren", etag=True)]
Wijzigen = Annotated[Command, command("abonnementen.beheren", if_match=True)]


@router.post(
    "/abonnementen",
    status_code=201,
    response_model=NieuwAbonnementUitvoer,
    responses=problems(TeVeelAbonnementen, NietGevonden, NietMeerBewaard),
)
async def registreer_abonnement(invoer: AbonnementInvoer, opdracht: Aanmaken) -> Response:
    """Registreer een abonnement

    Daarna vragen wij de ontvanger om toestemming; tot die er is blijft de status
    `wacht-op-toestemming` en wordt er niets gestuurd. Het geheim staat alleen in dit antwoord.
    """
    if invoer.vanaf is not None and invoer.vanaf_moment is not None:
        raise OngeldigeInvoer(
            fault("body.vanafMoment", "kies-een", "Geef `vanaf` of `vanafMoment` op, niet beide.")
        )
    geheim = nieuw_geheim()
    wie = invoer.aanmelding.aanmelding()

    async def registreer(uow: UnitOfWork) -> Abonnement:
        return await beheer.registreer(
            uow,
            naam=invoer.naam,
            callback_url=invoer.callback_url,
            formaat=invoer.formaat,
            types=invoer.types,
            wie=wie,
            geheim=geheim,
            vanaf=invoer.vanaf,
            vanaf_moment=invoer.vanaf_moment,
        )

    antwoord = await opdracht.run(
        registreer,
        answer=NieuwAbonnementUitvoer.van,
        location=lambda a: f"/abonnementen/{a.id}",
        version=lambda a: a.versie,
    )
    return _met_geheim(antwoord, geheim)


@router.get("/abonnementen", response_model=AbonnementenPagina, responses=problems())
async def lijst_abonnementen(vraag: Lezen, pagina: Pagina) -> Response:
    """Geef uw abonnementen"""
    return await vraag.page(
        pagina,
        lambda uow: store.lijst(uow, pagina.after, pagina.fetch),
        answer=AbonnementUitvoer.van,
        key=lambda a: (a.aangemaakt_op, a.id),
    )


@router.get(PAD, response_model=AbonnementUitvoer, responses=problems())
async def geef_abonnement(abonnement_id: AbonnementId, vraag: LezenMetVersie) -> Response:
    """Geef een abonnement"""
    return await vraag.run(
        lambda uow: store.lees(uow, abonnement_id),
        answer=AbonnementUitvoer.van,
        version=lambda a: a.versie,
    )


@router.patch(PAD, response_model=AbonnementUitvoer, responses=problems(AanmeldingOpnieuwNodig))
async def wijzig_abonnement(
    abonnement_id: AbonnementId, invoer: AbonnementWijziging, opdracht: Wijzigen
) -> Response:
    """Wijzig een abonnement

    Geef op wat moet veranderen. Met een `callbackUrl`, ook dezelfde, vragen wij de ontvanger
    opnieuw om toestemming: zo begint ook een abonnement weer dat door de ontvanger is beëindigd.
    Hoort bij het abonnement een aanmelding, geef die dan bij een ander adres opnieuw op.
    """
    wie = invoer.aanmelding.aanmelding() if invoer.aanmelding else None

    async def wijzig(uow: UnitOfWork) -> Abonnement:
        abonnement = await beheer.lees(uow, abonnement_id, op_slot=True)
        opdracht.require_version(abonnement.versie)
        return await beheer.wijzig(
            uow,
            abonnement,
            naam=invoer.naam,
            callback_url=invoer.callback_url,
            types=invoer.types,
            wie=wie,
            gepauzeerd=invoer.gepauzeerd,
        )

    return await opdracht.run(wijzig, answer=AbonnementUitvoer.van, version=lambda a: a.versie)


@router.delete(PAD, status_code=204, response_model=None, responses=problems())
async def beeindig_abonnement(abonnement_id: AbonnementId, opdracht: Beheren) -> Response:
    """Beëindig een abonnement

    Het logboek gaat mee. Wat op dit moment onderweg is kan nog aankomen.
    """
    return await opdracht.run(lambda uow: beheer.beeindig(uow, abonnement_id))


@router.get(f"{PAD}/stand", response_model=StandUitvoer, responses=problems())
async def geef_stand(abonnement_id: AbonnementId, vraag: Lezen) -> Response:
    """Geef hoe het met de bezorging staat"""
    afnemer = vraag.caller.organisation
    return await vraag.run(
        lambda uow: bezorging.stand(uow, abonnement_id),
        answer=lambda stand: StandUitvoer.van(stand, afnemer),
    )


@router.get(f"{PAD}/sleutels", response_model=SleutelsUitvoer, responses=problems())
async def lijst_sleutels(abonnement_id: AbonnementId, vraag: Lezen) -> Response:
    """Geef de sleutels waarmee nu wordt ondertekend"""

    async def lees(uow: Any) -> list[Sleutel]:
        await beheer.lees(uow, abonnement_id)
        return await store.sleutels(uow, abonnement_id)

    return await vraag.run(
        lees,
        answer=lambda sleutels: SleutelsUitvoer(
            resultaten=[SleutelUitvoer.van(sleutel) for sleutel in sleutels]
        ),
    )


@router.post(f"{PAD}/sleutels", response_model=NieuweSleutelUitvoer, responses=problems())
async def wissel_sleutel(
    abonnement_id: AbonnementId, invoer: SleutelInvoer, opdracht: Beheren
) -> Response:
    """Maak een nieuwe sleutel

    De vorige tekent mee tot de overlap voorbij is: elk bericht heeft dan twee handtekeningen. Het
    geheim staat alleen in dit antwoord.
    """
    geheim = nieuw_geheim()
    overlap = timedelta(hours=invoer.overlap_uren)
    antwoord = await opdracht.run(
        lambda uow: beheer.wissel_sleutel(uow, abonnement_id, geheim, overlap),
        answer=NieuweSleutelUitvoer.van,
    )
    return _met_geheim(antwoord, geheim)


@router.post(
    f"{PAD}/proefafleveringen",
    response_model=ProefUitvoer,
    responses=problems(NogGeenToestemming),
)
async def stuur_proefaflevering(
    request: Request, abonnement_id: AbonnementId, opdracht: Beheren
) -> Response:
    """Stuur nu een proefbericht

    Het heeft het type `nl.participatie.proefaflevering.v1` en gaat over niemand. Het antwoord zegt
    wat de ontvanger ervan vond; wat die terugstuurde wordt niet bewaard.
    """
    database: Database = request.app.state.database
    afleveraar: Afleveraar = request.app.state.afleveraar
    afnemer = opdracht.caller.organisation
    async with database.unit_of_work(afnemer) as uow:
        bestemming = await beheer.bestemming(uow, abonnement_id)
        event_id, cloudevent = proef(afnemer, request.app.state.oin, uow.now)
    gekregen = await afleveraar.lever(bestemming, event_id, cloudevent)

    async def klaar(_: UnitOfWork) -> Antwoord:
        return gekregen

    return await opdracht.run(klaar, answer=ProefUitvoer.van)


@router.get(f"{PAD}/afleveringen", response_model=AfleveringenPagina, responses=problems())
async def lijst_afleveringen(
    abonnement_id: AbonnementId,
    vraag: Lezen,
    pagina: LogboekPagina,
    status: Annotated[
        AfleveringStatus | None, QueryParameter(description="Alleen die er zo voor staan.")
    ] = None,
) -> Response:
    """Geef het logboek van de afleveringen, de nieuwste gebeurtenis eerst

    Wat is afgeleverd of overgeslagen blijft 30 dagen staan, wat niet is afgeleverd blijft.
    """
    afnemer = vraag.caller.organisation

    async def lees(uow: Any) -> Any:
        await beheer.lees(uow, abonnement_id)
        (voor,) = pagina.after or (None,)
        return await bezorging.logboek(
            uow, abonnement_id, status=status, voor=voor, hoeveel=pagina.fetch
        )

    return await vraag.page(
        pagina,
        lees,
        answer=lambda regel: AfleveringUitvoer.van(regel, afnemer),
        key=lambda regel: (regel.nummer,),
    )


@router.post(
    f"{PAD}/herhalingen",
    response_model=HerhalingUitvoer,
    responses=problems(NietOpgegeven, NietMeerBewaard),
)
async def herhaal_afleveringen(
    abonnement_id: AbonnementId, invoer: HerhalingInvoer, opdracht: Beheren
) -> Response:
    """Lever opnieuw af

    Vanaf een plaats of moment in uw feed, of wat is opgegeven. Per kandidaat blijft de volgorde die
    van de feed; elk bericht houdt zijn `webhook-id`.
    """
    if len(invoer.model_fields_set) != 1:
        raise OngeldigeInvoer(fault("body", "kies-een", "Geef precies een van de velden op."))
    afnemer = opdracht.caller.organisation

    async def herhaal(uow: UnitOfWork) -> HerhalingUitvoer:
        if invoer.vanaf is None and invoer.vanaf_moment is None:
            aantal = await beheer.hervat(uow, abonnement_id, invoer.gebeurtenis_id)
            return HerhalingUitvoer(vanaf=None, aantal=aantal)
        nummer = await beheer.herhaal_vanaf(uow, abonnement_id, invoer.vanaf, invoer.vanaf_moment)
        return HerhalingUitvoer(vanaf=encode_cursor(afnemer, nummer), aantal=None)

    return await opdracht.run(herhaal, answer=lambda uitvoer: uitvoer)


@router.post(
    f"{PAD}/overslagen",
    response_model=OverslagUitvoer,
    responses=problems(NietOpgegeven),
)
async def sla_aflevering_over(
    abonnement_id: AbonnementId, invoer: OverslagInvoer, opdracht: Beheren
) -> Response:
    """Sla een opgegeven aflevering over

    Wat erna komt van dezelfde kandidaat gaat dan verder. De reden en wie het deed staan in het
    logboek.
    """
    door = opdracht.caller.client_id

    async def sla_over(uow: UnitOfWork) -> OverslagUitvoer:
        await beheer.sla_over(uow, abonnement_id, invoer.gebeurtenis_id, invoer.reden, door)
        return OverslagUitvoer(
            gebeurtenis_id=invoer.gebeurtenis_id, status=AfleveringStatus.OVERGESLAGEN
        )

    return await opdracht.run(sla_over, answer=lambda uitvoer: uitvoer)


def _met_geheim(antwoord: Response, geheim: str) -> Response:
    """The answer with the secret in it, which is not kept for an Idempotency-Key."""
    if REPLAYED in antwoord.headers:
        return antwoord
    inhoud = json.loads(bytes(antwoord.body)) | {"geheim": geheim}
    headers = {n: w for n, w in antwoord.headers.items() if n != "content-length"}
    headers["Cache-Control"] = "no-store"
    return Response(json.dumps(inhoud, ensure_ascii=False), antwoord.status_code, headers)
