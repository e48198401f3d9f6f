"""The application for bijstand, from the day it is made to the decision on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from services.intake import aanvragen, persoonsgegevens, store, termijnen
from services.intake.aanvragen import AanvraagMetTermijn
from services.intake.domain.aanvraag import (
    Aanvraag,
    Aanvraaguitkomst,
    Zoektermijnuitzondering,
    eis_tussen,
    schort_beslistermijn_op,
)
from services.intake.domain.bewaakte_termijn import Opschortingsgrond, Termijnsoort
from services.intake.domain.kandidaat import Kandidaat
from services.intake.use_cases.bewaak_termijn import haal_termijn, laat_termijn_vervallen
from services.intake.use_cases.wettelijke_termijnen import (
    begin_beslistermijn,
    begin_voorschottermijn,
)


async def dien_aanvraag_in(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    aangevraagd_op: date,
    uitzondering: Zoektermijnuitzondering | None,
) -> AanvraagMetTermijn:
    """Raises NietGevonden, KandidaatIsUitgestroomd and what Aanvraag.dien_in raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    kandidaat.eis_niet_uitgestroomd()
    aanvraag = Aanvraag.dien_in(
        aanvraag_id=uuid4(),
        kandidaat=kandidaat,
        geboortedatum=await persoonsgegevens.geboortedatum(uow, kandidaat_id),
        aangevraagd_op=aangevraagd_op,
        uitzondering=uitzondering,
        eerder=await aanvragen.van_kandidaat(uow, kandidaat_id),
        door=uow.organisation,
        vandaag=local_date(uow.now),
    )
    await aanvragen.bewaar(uow, aanvraag)
    if aanvraag.uitzondering is None:
        await haal_termijn(uow, kandidaat_id, Termijnsoort.ZOEKTERMIJN, op=aangevraagd_op)
    else:
        await laat_termijn_vervallen(uow, kandidaat_id, Termijnsoort.ZOEKTERMIJN)
    await begin_beslistermijn(uow, kandidaat, aanvraag)
    await begin_voorschottermijn(uow, kandidaat, aanvraag)
    return await aanvragen.met_termijn(uow, aanvraag)


async def schort_aanvraag_op(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    aanvraag_id: UUID,
    *,
    grond: Opschortingsgrond,
    op: date,
    tot_en_met: date | None,
) -> AanvraagMetTermijn:
    """Raises NietGevonden, AanvraagAfgehandeld and what schort_beslistermijn_op raises."""
    _, gevonden = await _neem(uow, kandidaat_id, aanvraag_id)
    gevonden.aanvraag.eis_open()
    termijn = schort_beslistermijn_op(
        gevonden.beslistermijn, grond, op, tot_en_met, vandaag=local_date(uow.now)
    )
    await termijnen.bewaar(uow, termijn)
    return AanvraagMetTermijn(gevonden.aanvraag, termijn)


async def hervat_aanvraag(
    uow: UnitOfWork, kandidaat_id: UUID, aanvraag_id: UUID, op: date
) -> AanvraagMetTermijn:
    """op: the day of the aanvulling, or the first without delay.

    Raises NietGevonden, AanvraagAfgehandeld, DatumPastNiet and what BewaakteTermijn.hervat raises.
    """
    _, gevonden = await _neem(uow, kandidaat_id, aanvraag_id)
    gevonden.aanvraag.eis_open()
    eis_tussen(op, gevonden.aanvraag.aangevraagd_op, local_date(uow.now))
    termijn = gevonden.beslistermijn.hervat(op)
    await termijnen.bewaar(uow, termijn)
    return AanvraagMetTermijn(gevonden.aanvraag, termijn)


async def verleng_beslistermijn(
    uow: UnitOfWork, kandidaat_id: UUID, aanvraag_id: UUID, *, meegedeeld_op: date, tot_en_met: date
) -> AanvraagMetTermijn:
    """Raises NietGevonden, AanvraagAfgehandeld, DatumPastNiet and what BewaakteTermijn.verleng
    raises."""
    _, gevonden = await _neem(uow, kandidaat_id, aanvraag_id)
    gevonden.aanvraag.eis_open()
    eis_tussen(meegedeeld_op, gevonden.aanvraag.aangevraagd_op, local_date(uow.now))
    termijn = gevonden.beslistermijn.verleng(tot_en_met=tot_en_met, meegedeeld_op=meegedeeld_op)
    await termijnen.bewaar(uow, termijn)
    return AanvraagMetTermijn(gevonden.aanvraag, termijn)


async def verstrek_voorschot(
    uow: UnitOfWork, kandidaat_id: UUID, aanvraag_id: UUID, op: date
) -> AanvraagMetTermijn:
    """The term for the next advance follows. Raises NietGevonden and what
    Aanvraag.verstrek_voorschot raises."""
    kandidaat, gevonden = await _neem(uow, kandidaat_id, aanvraag_id)
    aanvraag = gevonden.aanvraag.verstrek_voorschot(op, local_date(uow.now))
    await aanvragen.bewaar(uow, aanvraag)
    await haal_termijn(uow, kandidaat_id, Termijnsoort.VOORSCHOT, str(aanvraag_id), op=op)
    await begin_voorschottermijn(uow, kandidaat, aanvraag)
    return AanvraagMetTermijn(aanvraag, gevonden.beslistermijn)


async def beslis_op_aanvraag(
    uow: UnitOfWork, kandidaat_id: UUID, aanvraag_id: UUID, uitkomst: Aanvraaguitkomst, op: date
) -> AanvraagMetTermijn:
    """Ends the terms of the aanvraag. Raises NietGevonden and what Aanvraag.beslis raises."""
    _, gevonden = await _neem(uow, kandidaat_id, aanvraag_id)
    aanvraag = gevonden.aanvraag.beslis(
        uitkomst, op, termijn=gevonden.beslistermijn, vandaag=local_date(uow.now)
    )
    await aanvragen.bewaar(uow, aanvraag)
    kenmerk = str(aanvraag_id)
    if uitkomst is Aanvraaguitkomst.INGETROKKEN:
        await laat_termijn_vervallen(uow, kandidaat_id, Termijnsoort.BESLISTERMIJN, kenmerk)
    else:
        await haal_termijn(uow, kandidaat_id, Termijnsoort.BESLISTERMIJN, kenmerk, op=op)
    await laat_termijn_vervallen(uow, kandidaat_id, Termijnsoort.VOORSCHOT, kenmerk)
    return await aanvragen.met_termijn(uow, aanvraag)


async def _neem(
    uow: UnitOfWork, kandidaat_id: UUID, aanvraag_id: UUID
) -> tuple[Kandidaat, AanvraagMetTermijn]:
    """The kandidaat, locked, and their aanvraag. Raises NietGevonden."""
    kandidaat = await store.neem(uow, kandidaat_id)
    for aanvraag in await aanvragen.van_kandidaat(uow, kandidaat_id):
        if aanvraag.aanvraag_id == aanvraag_id:
            return kandidaat, await aanvragen.met_termijn(uow, aanvraag)
    raise NietGevonden
