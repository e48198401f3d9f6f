"""What an afnemer can do with its abonnementen, one function per thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from chassis.web import NietGevonden
from gateway.abonnementen import bezorging, store
from gateway.abonnementen.aanmelding import Aanmelding, Soort
from gateway.abonnementen.abonnement import (
    HOOGSTENS,
    AanmeldingOpnieuwNodig,
    Abonnement,
    NietOpgegeven,
    NogGeenToestemming,
    Sleutel,
    Status,
    TeVeelAbonnementen,
)
from gateway.abonnementen.afleveren import Bestemming
from gateway.abonnementen.berichten import Formaat
from gateway.abonnementen.bezorger import NIEUW
from gateway.gebeurtenissen.cursor import decode_cursor, encode_cursor
from gateway.gebeurtenissen.vragen import NietMeerBewaard
from gateway.gebeurtenissen.wekker import WEKKER

if TYPE_CHECKING:
    from chassis.unit_of_work import Reading, UnitOfWork


async def registreer(
    uow: UnitOfWork,
    *,
    naam: str,
    callback_url: str,
    formaat: Formaat,
    types: Sequence[str],
    wie: Aanmelding,
    geheim: str,
    vanaf: str | None,
    vanaf_moment: datetime | None,
) -> Abonnement:
    """Begin an abonnement. The receiver is asked for permission afterwards, by the worker.

    vanaf: cursor after which it begins; by default it begins now. geheim: to sign with.
    Raises TeVeelAbonnementen, NietGevonden, NietMeerBewaard.
    """
    if await store.aantal(uow) >= HOOGSTENS:
        raise TeVeelAbonnementen
    nummer = await _plaats(uow, vanaf, vanaf_moment)
    id_ = await store.voeg_toe(
        uow,
        naam=naam,
        callback_url=callback_url,
        formaat=formaat,
        types=types,
        wie=wie,
        gelezen_tot=nummer,
    )
    await store.voeg_sleutel_toe(uow, id_, geheim, uow.now)
    _wek(uow)
    return await lees(uow, id_)


async def lees(uow: Reading, id_: UUID, *, op_slot: bool = False) -> Abonnement:
    """Raises NietGevonden, also for one of another organisation."""
    abonnement = await store.lees(uow, id_, op_slot=op_slot)
    if abonnement is None:
        raise NietGevonden
    return abonnement


async def wijzig(
    uow: UnitOfWork,
    abonnement: Abonnement,
    *,
    naam: str | None,
    callback_url: str | None,
    types: Sequence[str] | None,
    wie: Aanmelding | None,
    gepauzeerd: bool | None,
) -> Abonnement:
    """Change what is given, of a locked abonnement. With a callback_url the receiver, the same or
    another, is asked for permission again. Raises AanmeldingOpnieuwNodig.
    """
    gaat_elders_heen = callback_url not in (None, abonnement.callback_url)
    if gaat_elders_heen and abonnement.aanmelding is not Soort.GEEN and wie is None:
        raise AanmeldingOpnieuwNodig
    await store.wijzig(
        uow,
        abonnement.id,
        naam=abonnement.naam if naam is None else naam,
        callback_url=callback_url or abonnement.callback_url,
        types=abonnement.types if types is None else types,
        wie=wie or await store.aanmelding_van(uow, abonnement),
    )
    if callback_url is not None:
        await bezorging.vraag_toestemming(uow, abonnement.id)
    if gepauzeerd is not None:
        await bezorging.pauzeer(uow, abonnement.id, gepauzeerd=gepauzeerd)
    await _gewijzigd(uow, abonnement.id)
    return await lees(uow, abonnement.id)


async def beeindig(uow: UnitOfWork, id_: UUID) -> None:
    """Remove it and all that belongs to it. What is under way may still arrive."""
    await lees(uow, id_, op_slot=True)
    await store.verwijder(uow, id_)
    _wek(uow)


async def wissel_sleutel(uow: UnitOfWork, id_: UUID, geheim: str, overlap: timedelta) -> Sleutel:
    """Sign with a new secret, and until ``overlap`` is over with the ones before as well."""
    await lees(uow, id_, op_slot=True)
    sleutel = await store.voeg_sleutel_toe(uow, id_, geheim, uow.now + overlap)
    await _gewijzigd(uow, id_)
    return sleutel


async def bestemming(uow: Reading, id_: UUID) -> Bestemming:
    """An abonnement to which something may be sent now. Raises NogGeenToestemming."""
    abonnement = await lees(uow, id_)
    if abonnement.status is not Status.ACTIEF:
        raise NogGeenToestemming
    return Bestemming(
        abonnement,
        await store.aanmelding_van(uow, abonnement),
        await store.geheimen(uow, id_),
    )


async def herhaal_vanaf(
    uow: UnitOfWork, id_: UUID, vanaf: str | None, moment: datetime | None
) -> int:
    """Deliver again, in order, all after a cursor or from a moment. Returns after which number.

    Raises NietGevonden, NietMeerBewaard.
    """
    await lees(uow, id_, op_slot=True)
    nummer = await _plaats(uow, vanaf, moment)
    await bezorging.ga_terug(uow, id_, nummer)
    await _gewijzigd(uow, id_)
    return nummer


async def hervat(uow: UnitOfWork, id_: UUID, event_id: UUID | None) -> int:
    """Try again what was given up: one aflevering, or all. Returns how many."""
    await lees(uow, id_, op_slot=True)
    aantal = await bezorging.hervat(uow, id_, event_id)
    if event_id is not None and not aantal:
        await _moet_bestaan(uow, event_id)
        raise NietOpgegeven
    await _gewijzigd(uow, id_)
    return aantal


async def sla_over(uow: UnitOfWork, id_: UUID, event_id: UUID, reden: str, door: str) -> None:
    """Let the events behind a given-up one go, without it."""
    await lees(uow, id_, op_slot=True)
    if not await bezorging.sla_over(uow, id_, event_id, reden, door):
        await _moet_bestaan(uow, event_id)
        raise NietOpgegeven
    await _gewijzigd(uow, id_)


async def _moet_bestaan(uow: Reading, event_id: UUID) -> None:
    if not await bezorging.is_in_feed(uow, event_id):
        raise NietGevonden


async def _plaats(uow: Reading, vanaf: str | None, moment: datetime | None) -> int:
    """A number in the feed, the last by default. Raises NietGevonden, NietMeerBewaard."""
    verwijderd_tot, laatste = await bezorging.grenzen(uow)
    if moment is not None:
        nummer = await bezorging.nummer_voor(uow, moment)
        return laatste if nummer is None else nummer
    if vanaf is None:
        return laatste
    afnemer, nummer = decode_cursor(vanaf)
    if afnemer != uow.organisation or nummer > laatste:
        raise NietGevonden("Deze cursor wijst geen plaats in uw feed aan.")
    if 0 < nummer < verwijderd_tot:
        raise NietMeerBewaard(oudsteCursor=encode_cursor(afnemer, verwijderd_tot))
    return max(nummer, verwijderd_tot)


async def _gewijzigd(uow: UnitOfWork, id_: UUID) -> None:
    await bezorging.gewijzigd(uow, id_)
    _wek(uow)


def _wek(uow: UnitOfWork) -> None:
    uow.after_commit(partial(WEKKER.wake, uow.organisation))
    uow.after_commit(partial(WEKKER.wake, NIEUW))
