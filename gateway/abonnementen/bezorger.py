"""The worker: delivers what the feed has to whoever has an abonnement.

An abonnement is held by one process at a time, with a lease in the database: what is under way to a
receiver is known in one place only, so its order can be kept. Connections to the database are not
held while a receiver thinks. What came of an attempt is recorded before the next event of its
subject goes, and a process that dies in between makes a double, with the same webhook-id.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import structlog

from chassis import metrics
from chassis.database import Database, is_transient
from chassis.retry import Backoff
from chassis.telemetry import describe
from chassis.tenancy import SYSTEM
from chassis.unit_of_work import UnitOfWork
from contracts.afnemers import ORGANISATIES
from gateway.abonnementen import bezorging, store, toestemming
from gateway.abonnementen.aanmelding import GeenToken
from gateway.abonnementen.abonnement import Status
from gateway.abonnementen.afleveren import Afleveraar, Bestemming
from gateway.abonnementen.bezorging import Stap
from gateway.abonnementen.uitkomst import Antwoord, Soort, pauze, pogingen_bij_langste_pauzes
from gateway.abonnementen.wachtrij import Aflevering, Gevolg, Wachtrij
from gateway.gebeurtenissen.feed import Bladzijde, Vraag, lees
from gateway.gebeurtenissen.wekker import WEKKER, wait

log = structlog.get_logger(__name__)

NIEUW: Final = "abonnementen"
"""What the WEKKER calls when there is an abonnement that nobody delivers yet."""
KIJK_SECONDEN: Final = 1.0
"""Everyone also looks by itself: what happened may have happened in another process."""
LEASE: Final = timedelta(seconds=20)
POGING_SECONDEN: Final = 11.5
"""All of an attempt, a token for it included."""
_NODIG_SECONDEN: Final = 12.0
"""Nothing is sent that could still be under way when another process takes over."""
_VERLENG_NA: Final = 4.0
VOORRAAD: Final = 100
"""Subjects that lie ready: then there is no need to read on in the feed."""
_BLADZIJDE: Final = 200
MEESTE_OPEN: Final = 20_000
"""Open afleveringen of one abonnement, those behind a failed one included; beyond that the rest
waits in the feed."""
_TEGELIJK_NEMEN: Final = 10
_MEET_SECONDEN: Final = 10.0
_OPRUIM_SECONDEN: Final = 3600.0
_TOESTEMMING_POGINGEN: Final = len(list(pogingen_bij_langste_pauzes()))


class Bezorgers:
    """All delivery that this process does."""

    def __init__(
        self,
        database: Database,
        afleveraar: Afleveraar,
        *,
        toeval: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._afleveraar = afleveraar
        self._toeval = toeval
        self._houder = uuid4()
        self._lopend: dict[UUID, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver until cancelled. Outages of the database are waited out."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._meet())
            group.create_task(self._ruim_op())
            backoff = Backoff()
            with WEKKER.listening(NIEUW) as woken:
                while True:
                    woken.clear()
                    try:
                        genomen = await self._neem()
                    except Exception as error:
                        await _wacht_uit(error, backoff)
                        continue
                    backoff.reset()
                    for id_, afnemer in genomen:
                        self._lopend[id_] = group.create_task(self._bezorg(id_, afnemer))
                    await wait(woken, KIJK_SECONDEN)

    async def _neem(self) -> list[tuple[UUID, str]]:
        self._lopend = {id_: task for id_, task in self._lopend.items() if not task.done()}
        async with self._database.unit_of_work(SYSTEM) as uow:
            genomen = await bezorging.neem(
                uow, self._houder, LEASE, self._lopend.keys(), _TEGELIJK_NEMEN
            )
            if genomen:
                await uow.commit()
        return genomen

    async def _bezorg(self, id_: UUID, afnemer: str) -> None:
        bezorger = Bezorger(
            self._database, self._afleveraar, id_, afnemer, houder=self._houder, toeval=self._toeval
        )
        try:
            await bezorger.run()
        except Exception as error:
            # One abonnement must not stop the others; its lease ends and somebody tries again.
            log.error("bezorger_gestopt", aggregate_id=str(id_), **describe(error))

    async def _meet(self) -> None:
        backoff = Backoff()
        while True:
            try:
                for afnemer in ORGANISATIES:
                    async with self._database.unit_of_work(afnemer) as uow:
                        gemeten = await bezorging.meet(uow)
                    if gemeten is not None:
                        metrics.WEBHOOK_WAITING.labels(afnemer).set(gemeten["wachtend"])
                        metrics.WEBHOOK_AGE.labels(afnemer).set(gemeten["leeftijd"] or 0)
                        metrics.WEBHOOK_GIVEN_UP.labels(afnemer).set(gemeten["opgegeven"])
                        metrics.WEBHOOK_OPEN.labels(afnemer).set(gemeten["onderbroken"])
                backoff.reset()
            except Exception as error:
                await _wacht_uit(error, backoff)
                continue
            await asyncio.sleep(_MEET_SECONDEN)

    async def _ruim_op(self) -> None:
        backoff = Backoff()
        while True:
            try:
                for afnemer in ORGANISATIES:
                    async with self._database.unit_of_work(afnemer) as uow:
                        await bezorging.ruim_op(uow)
                        await uow.commit()
                backoff.reset()
            except Exception as error:
                await _wacht_uit(error, backoff)
                continue
            await asyncio.sleep(_OPRUIM_SECONDEN)


class Bezorger:
    """Delivery to one abonnement, as long as this process holds it."""

    def __init__(
        self,
        database: Database,
        afleveraar: Afleveraar,
        id_: UUID,
        afnemer: str,
        *,
        houder: UUID,
        toeval: Callable[[], float],
    ) -> None:
        self._database = database
        self._afleveraar = afleveraar
        self._id = id_
        self._afnemer = afnemer
        self._houder = houder
        self._toeval = toeval
        self._woken = asyncio.Event()
        self._wachtrij = Wachtrij()
        self._inhoud: dict[int, str] = {}
        """The events that were read and not yet tried; others are looked up."""
        self._wijziging: int | None = None
        """The change counter of what was read; None before that."""
        self._bestemming: Bestemming | None = None
        self._beantwoord: list[tuple[Gevolg, datetime, Antwoord]] = []
        """What is to be recorded."""
        self._onderweg: set[asyncio.Task[None]] = set()
        self._houd_tot = time.monotonic()
        self._verlengd = float("-inf")

    async def run(self) -> None:
        """Deliver until there is nothing to deliver for here any more, or another does it."""
        backoff = Backoff()
        with WEKKER.listening(self._afnemer) as self._woken:
            try:
                while True:
                    self._woken.clear()
                    try:
                        if not await self._ronde():
                            return
                        await self._verzend()
                    except Exception as error:
                        await _wacht_uit(error, backoff)
                        continue
                    backoff.reset()
                    await wait(self._woken, self._tot_het_volgende())
            finally:
                await self._stop()

    def _tot_het_volgende(self) -> float:
        wanneer = self._wachtrij.wanneer()
        if wanneer is None:
            return KIJK_SECONDEN
        left = (wanneer - self._database.clock.now()).total_seconds()
        return max(0.0, min(KIJK_SECONDEN, left))

    async def _ronde(self) -> bool:
        """Record what was answered, take in what is new. False: this is the end of it here."""
        beantwoord = list(self._beantwoord)
        begin = time.monotonic()
        async with self._database.unit_of_work(self._afnemer) as uow:
            stap = await bezorging.stap(uow, self._id, self._houder)
            if stap is None or not stap.is_houder:
                return False
            is_gewijzigd = stap.wijziging != self._wijziging
            if is_gewijzigd:
                self._wijziging = None
            if is_gewijzigd and not self._onderweg and not beantwoord:
                if stap.gepauzeerd or stap.status is Status.BEEINDIGD:
                    return False
                await self._lees_opnieuw(uow, stap)
                is_gewijzigd = False
            bladzijde = await self._lees_verder(uow, stap) if not is_gewijzigd else None
            verder = None
            if not is_gewijzigd:
                tot = bladzijde.gelezen_tot if bladzijde else stap.gelezen_tot
                verder = (stap.wijziging, tot, self._wachtrij.ontvanger)
            is_nieuw = bladzijde is not None and bladzijde.gelezen_tot > stap.gelezen_tot
            erbij: list[Aflevering] = []
            moet = bool(beantwoord) or is_nieuw or begin - self._verlengd > _VERLENG_NA
            if moet:
                if not await bezorging.bewaar(uow, self._id, self._houder, LEASE, verder):
                    # Changed since we looked: look again.
                    self._woken.set()
                    return True
                if beantwoord:
                    await self._leg_vast(uow, beantwoord)
                if bladzijde is not None and bladzijde.regels:
                    erbij = await bezorging.neem_op(uow, self._id, bladzijde.regels)
                await uow.commit()
        if moet:
            self._verlengd = begin
            self._houd_tot = begin + LEASE.total_seconds()
        self._na_vastleggen(beantwoord)
        if bladzijde is not None:
            self._inhoud |= {regel.nummer: regel.cloudevent for regel in bladzijde.regels}
            self._wachtrij.neem_op(erbij)
            if bladzijde.is_er_meer:
                self._woken.set()
        if not is_gewijzigd and stap.status is Status.WACHT_OP_TOESTEMMING:
            await self._vraag_toestemming(stap)
        return True

    async def _lees_opnieuw(self, uow: UnitOfWork, stap: Stap) -> None:
        """Begin from the database: at the start, and after its owner changed something."""
        abonnement = await store.lees(uow, self._id)
        if abonnement is None:
            raise RuntimeError("an abonnement has its row as long as its bezorging")
        self._bestemming = Bestemming(
            abonnement,
            await store.aanmelding_van(uow, abonnement),
            await store.geheimen(uow, self._id),
        )
        self._wachtrij = Wachtrij(
            await bezorging.open_afleveringen(uow, self._id, stap.gelezen_tot),
            ontvanger=stap.ontvanger,
            tempo=stap.tempo,
        )
        self._inhoud.clear()
        self._wijziging = stap.wijziging

    async def _lees_verder(self, uow: UnitOfWork, stap: Stap) -> Bladzijde | None:
        wachtrij, bestemming = self._wachtrij, self._bestemming
        if (
            bestemming is None
            or stap.status is not Status.ACTIEF
            or wachtrij.ontvanger.is_weg
            or wachtrij.vers >= VOORRAAD
            or len(wachtrij) >= MEESTE_OPEN
        ):
            return None
        types = bestemming.abonnement.types
        bladzijde = await lees(uow, Vraag(stap.gelezen_tot, _BLADZIJDE, types))
        if stap.gelezen_tot < bladzijde.verwijderd_tot:
            # It has not been able to deliver for as long as the feed is kept.
            log.error(
                "webhook_miste_wat_verviel", organisatie=self._afnemer, aggregate_id=str(self._id)
            )
        return bladzijde

    async def _leg_vast(
        self, uow: UnitOfWork, beantwoord: list[tuple[Gevolg, datetime, Antwoord]]
    ) -> None:
        # The last word on each: what one answer restored another may have changed again.
        anders = {a.nummer: a for g, _, _ in beantwoord for a in (g.aflevering, *g.hersteld)}
        pogingen = [(g.aflevering.nummer, moment, wat) for g, moment, wat in beantwoord]
        await bezorging.leg_vast(uow, self._id, list(anders.values()), pogingen)
        if any(antwoord.soort is Soort.BEEINDIGD for _, _, antwoord in beantwoord):
            await bezorging.zet_status(uow, self._id, Status.BEEINDIGD)
            await bezorging.gewijzigd(uow, self._id)

    def _na_vastleggen(self, beantwoord: list[tuple[Gevolg, datetime, Antwoord]]) -> None:
        self._wachtrij.vastgelegd(g.aflevering.nummer for g, _, _ in beantwoord)
        del self._beantwoord[: len(beantwoord)]
        for gevolg, _, antwoord in beantwoord:
            self._inhoud.pop(gevolg.aflevering.nummer, None)
            if antwoord.soort is Soort.AFGELEVERD:
                metrics.WEBHOOK_DELIVERED.labels(self._afnemer).inc()
            else:
                metrics.WEBHOOK_FAILED.labels(self._afnemer, antwoord.fout).inc()
            if antwoord.soort is Soort.BEEINDIGD:
                log.warning(
                    "abonnement_beeindigd_door_ontvanger",
                    organisatie=self._afnemer,
                    aggregate_id=str(self._id),
                )
            if gevolg.is_opgegeven:
                log.error(
                    "aflevering_opgegeven",
                    organisatie=self._afnemer,
                    aggregate_id=str(self._id),
                    event_id=str(gevolg.aflevering.event_id),
                    poging=gevolg.aflevering.pogingen,
                    soort=gevolg.aflevering.fout,
                )

    async def _verzend(self) -> None:
        """Send what may go now, as far as it will be over before anybody could take over."""
        bestemming = self._bestemming
        if (
            bestemming is None
            or self._wijziging is None
            or bestemming.abonnement.status is not Status.ACTIEF
            or self._houd_tot - time.monotonic() < _NODIG_SECONDEN
        ):
            return
        gekozen = self._wachtrij.te_verzenden(self._database.clock.now())
        if not gekozen:
            return
        onbekend = [a.nummer for a in gekozen if a.nummer not in self._inhoud]
        if onbekend:
            # Should this fail, or take too long, then what was taken is read anew and goes later.
            wijziging, self._wijziging = self._wijziging, None
            async with self._database.unit_of_work(self._afnemer) as uow:
                self._inhoud |= await bezorging.inhoud(uow, self._id, onbekend)
            if self._houd_tot - time.monotonic() < _NODIG_SECONDEN:
                return
            self._wijziging = wijziging
        for aflevering in gekozen:
            task = asyncio.create_task(self._lever(bestemming, aflevering))
            self._onderweg.add(task)
            task.add_done_callback(self._onderweg.discard)

    async def _lever(self, bestemming: Bestemming, aflevering: Aflevering) -> None:
        moment = self._database.clock.now()
        inhoud = self._inhoud.get(aflevering.nummer)
        if inhoud is None:
            # Its owner has just skipped or removed it; what is left is read anew.
            self._wijziging = None
            self._woken.set()
            return
        try:
            async with asyncio.timeout(POGING_SECONDEN):
                antwoord = await self._afleveraar.lever(bestemming, aflevering.event_id, inhoud)
        except TimeoutError:
            antwoord = Antwoord(None, round(POGING_SECONDEN * 1000), "tijd-op")
        except Exception as error:
            log.error("aflevering_mislukt", aggregate_id=str(self._id), **describe(error))
            antwoord = Antwoord(None, 0, "onverwacht")
        if antwoord.soort is Soort.BEEINDIGD:
            self._wijziging = None
        nu = self._database.clock.now()
        gevolg = self._wachtrij.beantwoord(aflevering.nummer, antwoord, nu, self._toeval)
        self._beantwoord.append((gevolg, moment, antwoord))
        self._woken.set()

    async def _vraag_toestemming(self, stap: Stap) -> None:
        nu, bestemming = self._database.clock.now(), self._bestemming
        if bestemming is None or stap.toestemming_op is None or stap.toestemming_op > nu:
            return
        abonnement = bestemming.abonnement
        vault = self._database.vault
        if vault is None:
            raise RuntimeError("the gateway has no key ring")
        geheim = toestemming.sleutel(vault, abonnement)
        nummer = stap.toestemming_pogingen + 1
        volgende_op = None
        if nummer < _TOESTEMMING_POGINGEN:
            volgende_op = nu + pauze(nummer, self._toeval)
        async with self._database.unit_of_work(self._afnemer) as uow:
            await bezorging.toestemming_gevraagd(
                uow, self._id, toestemming.hash_van(geheim), volgende_op
            )
            await uow.commit()
        verzender = self._afleveraar.verzender
        if toestemming.vraagt_kanaal(abonnement):
            try:
                wie = await self._afleveraar.headers(bestemming)
                besluit = await toestemming.vraag_kanaal(verzender, abonnement, wie)
            except GeenToken as error:
                besluit = toestemming.Weigering(error.fout)
        else:
            besluit = await toestemming.vraag(
                verzender, abonnement, self._afleveraar.publiek, geheim
            )
        async with self._database.unit_of_work(self._afnemer) as uow:
            verder = (stap.wijziging, stap.gelezen_tot, stap.ontvanger)
            if not await bezorging.bewaar(uow, self._id, self._houder, LEASE, verder):
                # Its owner has changed something meanwhile, the address perhaps: ask again.
                await bezorging.vraag_nog_eens(uow, self._id)
                await uow.commit()
                return
            if isinstance(besluit, toestemming.Toestemming):
                await bezorging.toestemming_gegeven(uow, self._id, besluit.tempo)
            else:
                await bezorging.toestemming_geweigerd(uow, self._id, besluit.fout)
            await uow.commit()
        self._woken.set()

    async def _stop(self) -> None:
        """Break off what is under way, and let another go on when that is surely over."""
        is_bezig = bool(self._onderweg)
        for task in self._onderweg:
            task.cancel()
        await asyncio.gather(*self._onderweg, return_exceptions=True)
        over = timedelta(seconds=POGING_SECONDEN if is_bezig else 0)
        try:
            async with (
                asyncio.timeout(2.0),
                self._database.unit_of_work(self._afnemer) as uow,
            ):
                await bezorging.laat_los(uow, self._id, self._houder, over)
                await uow.commit()
        except Exception as error:
            # The lease ends by itself.
            log.info("bezorger_liet_niet_los", fout=type(error).__name__)


async def _wacht_uit(error: Exception, backoff: Backoff) -> None:
    """Wait for the surroundings to mend. Raises what is no failure of the surroundings."""
    if not is_transient(error):
        raise error
    log.warning("bezorger_wacht", fout=type(error).__name__)
    await backoff.wait()
