"""Routes of payment runs, their file for the bank, and the betaalschema of a subsidy."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, Any, Final, cast
from uuid import UUID, uuid5

from fastapi import APIRouter, Path, Request, Response
from fastapi import Query as QueryParameter

from chassis import trace
from chassis.database import Database
from chassis.unit_of_work import Reading
from chassis.web import Command, NietGevonden, PageRequest, Query, command, page, problems, query
from services.financiering.api.betaling_vormen import (
    BetaalregelPagina,
    BetaalregelUitvoer,
    BetaalrunInvoer,
    Runinzage,
    RunPagina,
    RunRegel,
    RunUitvoer,
    Schema,
    SchemaUitvoer,
    maandtekst,
)
from services.financiering.api.loonkostensubsidie_vormen import MaandParameter
from services.financiering.api.loonkostensubsidies import (
    LKS,
    MEESTE_MAANDEN,
    LksId,
    aantal_maanden,
)
from services.financiering.api.rekeningen import BETALERS
from services.financiering.betaalbestand import Overboeking, pain_001
from services.financiering.domain import fouten
from services.financiering.domain.betaalrun import door_de_bank
from services.financiering.domain.betaalschema import maandposten
from services.financiering.domain.kalender import Maand
from services.financiering.domain.rekening import Rekeningnummer
from services.financiering.store import betaalruns, loonkostensubsidies, rekeningen
from services.financiering.store.betaalruns import Run, Runstatus
from services.financiering.use_cases.betaal_uit import Betaalopdracht, betaal_uit

router = APIRouter(tags=["Betalingen"])

RUN: Final = "/betaalruns/{betaalrunId}"
XML: Final = "application/xml"

BetaalrunId = Annotated[UUID, Path(alias="betaalrunId", description="Het nummer van de betaalrun.")]
RunsPagina = Annotated[PageRequest, page(datetime, UUID)]
RegelsPagina = Annotated[PageRequest, page(int)]
Lezen = Annotated[Query, query("financiering.lezen")]
Inzien = Annotated[Query, query("financiering.lezen", roles=BETALERS)]
Ophalen = Annotated[Query, query("financiering.lezen", roles={"backoffice"}, media_types=(XML,))]
Betalen = Annotated[Command, command("financiering.schrijven", roles={"backoffice"})]

_BESTAND: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {XML: {"schema": {"type": "string", "contentMediaType": XML}}}}
}


@router.get("/betaalruns", response_model=RunPagina, responses=problems())
async def lijst_betaalruns(vraag: Inzien, pagina: RunsPagina) -> Response:
    """Geef betaalruns

    Die van de eigen gemeente, de oudste eerst.
    """
    return await vraag.page(
        pagina,
        lambda uow: betaalruns.lijst(uow, na=pagina.after, aantal=pagina.fetch),
        answer=RunRegel.van,
        key=lambda run: (run.gestart_op, run.run_id),
    )


@router.post(
    "/betaalruns",
    status_code=201,
    response_model=RunRegel,
    responses=problems(
        fouten.AlleenEigenGemeente,
        fouten.BetaaldatumOngeldig,
        fouten.GeenEigenRekening,
        fouten.BetaalrunLoopt,
        fouten.BetaalrunAnders,
    ),
)
async def start_een_betaalrun(
    invoer: BetaalrunInvoer, opdracht: Betalen, verzoek: Request
) -> Response:
    """Betaal uit wat verschuldigd is

    Stelt alles betaalbaar wat tot en met de maand verschuldigd is en nog niet betaalbaar was
    gesteld, met correcties op eerdere maanden, en betaalt elke werkgever wat er dan openstaat.
    Een maand en uitvoeringsdatum samen zijn één run: wie haar opnieuw vraagt krijgt dezelfde, en
    laat haar verdergaan als zij was blijven steken. Er wordt nooit twee keer betaald, en alleen wat
    het college bij beschikking heeft toegekend.
    """
    database = cast("Database", verzoek.app.state.database)
    span = trace.current.get()
    return await opdracht.run_steps(
        lambda: betaal_uit(
            database,
            opdracht.caller.organisation,
            Betaalopdracht(
                maand=invoer.maand,
                uitvoeringsdatum=invoer.uitvoeringsdatum,
                ook_onzeker=invoer.ook_onzeker,
                door=opdracht.caller.subject,
            ),
            traceparent=span.traceparent if span else None,
        ),
        answer=RunRegel.van,
        location=lambda run: f"/betaalruns/{run.run_id}",
    )


@router.get(RUN, response_model=RunUitvoer, responses=problems(NietGevonden))
async def geef_betaalrun(betaalrun_id: BetaalrunId, vraag: Inzien) -> Response:
    """Geef een betaalrun

    Met wat er per werkgever openstond en wat ermee is gedaan, en met elke maand die niet kon
    worden betaald en waarom.
    """
    return await vraag.run(lambda uow: _inzage(uow, betaalrun_id), answer=RunUitvoer.van_inzage)


@router.get(RUN + "/regels", response_model=BetaalregelPagina, responses=problems(NietGevonden))
async def lijst_betaalregels(
    betaalrun_id: BetaalrunId, vraag: Inzien, pagina: RegelsPagina
) -> Response:
    """Geef de regels van een betaalrun

    Per loonkostensubsidie en maand: een betaling, of een correctie op een eerdere maand.
    """

    async def lees(uow: Reading) -> Any:
        if await betaalruns.haal(uow, betaalrun_id) is None:
            raise NietGevonden
        return await betaalruns.regels(uow, betaalrun_id, na=pagina.after, aantal=pagina.fetch)

    return await vraag.page(
        pagina, lees, answer=BetaalregelUitvoer.van, key=lambda regel: (regel.regel_id,)
    )


@router.get(
    RUN + "/betaalbestand",
    response_class=Response,
    response_model=None,
    responses={
        **_BESTAND,
        **problems(NietGevonden, fouten.BetaalrunNietGereed, fouten.NietsTeBetalen),
    },
)
async def geef_betaalbestand(betaalrun_id: BetaalrunId, vraag: Ophalen) -> Response:
    """Geef het betaalbestand

    Voor de bank: pain.001.001.09 (ISO 20022), een overboeking per werkgever. Elke keer hetzelfde
    bestand, met hetzelfde kenmerk, zodat een bank het tweede herkent.
    """
    run, van, overboekingen = await vraag.read(lambda uow: _overboekingen(uow, betaalrun_id))
    xml = await asyncio.to_thread(
        pain_001,
        run.run_id,
        van,
        run.uitvoeringsdatum,
        overboekingen,
        gemaakt_op=run.gereed_op or run.gestart_op,
    )
    naam = f'attachment; filename="betaalrun-{maandtekst(run.maand)}-{run.run_id}.xml"'
    return Response(xml, 200, {"Content-Disposition": naam}, XML)


@router.get(
    LKS + "/betaalschema",
    response_model=SchemaUitvoer,
    responses=problems(NietGevonden, fouten.GeenLopendBesluit),
)
async def geef_betaalschema(
    lks_id: LksId,
    vraag: Lezen,
    vanaf: Annotated[MaandParameter, QueryParameter(description="Eerste maand.")],
    tot: Annotated[
        MaandParameter,
        QueryParameter(description=f"Laatste maand, hoogstens {MEESTE_MAANDEN} maanden in totaal."),
    ],
) -> Response:
    """Geef het betaalschema van een loonkostensubsidie

    Wat per maand verschuldigd is met wat nu bekend is, welke regels er al betaalbaar zijn gesteld,
    en wat de volgende betaalrun opneemt. Een betaalde maand wordt nooit herschreven.
    """
    maanden = [vanaf.plus(n) for n in range(aantal_maanden(vanaf, tot))]
    return await vraag.run(lambda uow: _schema(uow, lks_id, maanden), answer=SchemaUitvoer.van)


async def _inzage(uow: Reading, run_id: UUID) -> Runinzage | None:
    run = await betaalruns.haal(uow, run_id)
    if run is None:
        return None
    aantal, bedrag = await betaalruns.totaal(uow, run_id)
    return Runinzage(
        run,
        aantal,
        bedrag,
        await betaalruns.posten(uow, run_id),
        await betaalruns.niet_betaald(uow, run_id),
    )


async def _overboekingen(
    uow: Reading, run_id: UUID
) -> tuple[Run, Rekeningnummer, list[Overboeking]]:
    run = await betaalruns.haal(uow, run_id)
    if run is None:
        raise NietGevonden
    posten = door_de_bank(
        await betaalruns.posten(uow, run_id), gereed=run.status is Runstatus.GEREED
    )
    nummers = await rekeningen.nummers(
        uow, [run.rekening_id, *(p.rekening_id for p in posten if p.rekening_id)]
    )
    overboekingen = [
        Overboeking(
            kenmerk=uuid5(run.run_id, str(post.werkgever_id)),
            naar=nummers[post.rekening_id],
            bedrag=post.saldo,
            omschrijving=f"Loonkostensubsidie tot en met {maandtekst(run.maand)}",
        )
        for post in posten
        if post.rekening_id is not None
    ]
    return run, nummers[run.rekening_id], overboekingen


async def _schema(uow: Reading, lks_id: UUID, maanden: list[Maand]) -> Schema | None:
    bewaard = await loonkostensubsidies.haal(uow, lks_id)
    if bewaard is None:
        return None
    toekenning = bewaard.lks.toekenning(bewaard.feiten)
    posten = tuple(maandposten(toekenning, bewaard.lks.gemeentecode, maanden))
    return Schema(
        lks_id,
        posten,
        await betaalruns.regels_van_lks(uow, lks_id),
        toegekend=bewaard.lks.toekenning_id is not None,
    )
