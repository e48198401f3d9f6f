"""What of one abonnement is sent when: in order per subject, and not to a receiver that is away.

Per subject only the oldest undelivered aflevering (the head) can be sent, one at a time. Other
subjects do not wait for it: up to GELIJKTIJDIG are under way side by side.

A receiver that fails VERDACHT times in a row is *in storing*. Then one attempt at a time is made,
at intervals that grow to LANGSTE_PROEF, and the first sign of life lets everything go at once. So a
receiver that is back is noticed within a minute, however long it was away, and its absence uses up
nobody's attempts: the clocks of what failed start again, and what was given up meanwhile is taken
up. Was it one subject only that failed, then it may be the event and not the receiver: others are
sent as ever, and for this one nothing starts again.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from gateway.abonnementen.uitkomst import Antwoord, Soort, Toeval, is_op, pauze

GELIJKTIJDIG: Final = 8
VERDACHT: Final = 5
EERSTE_PROEF: Final = timedelta(seconds=1)
LANGSTE_PROEF: Final = timedelta(seconds=60)


class Status(StrEnum):
    """Where an aflevering stands."""

    WACHT = "wacht"
    AFGELEVERD = "afgeleverd"
    OPGEGEVEN = "opgegeven"
    OVERGESLAGEN = "overgeslagen"


@dataclass(slots=True)
class Aflevering:
    """One event on its way to one receiver, as long as it has not arrived.

    nummer: that of the event in the feed of the afnemer.
    begonnen_op: its first attempt; pogingen counts from there.
    """

    nummer: int
    subject: UUID
    event_id: UUID
    type: str
    volgende_op: datetime
    status: Status = Status.WACHT
    pogingen: int = 0
    begonnen_op: datetime | None = None
    opgegeven_op: datetime | None = None
    fout: str | None = None


@dataclass(slots=True)
class Ontvanger:
    """What the last answers say about the receiver.

    fouten: failures since the last sign of life; van: the subject they were of, None for several.
    storing_sinds: since when it is in storing; then proef_op is when the next attempt may be.
    proeven: failed attempts in this storing.
    wacht_tot: it asked not to be sent anything before then.
    """

    fouten: int = 0
    van: UUID | None = None
    storing_sinds: datetime | None = None
    proef_op: datetime | None = None
    proeven: int = 0
    wacht_tot: datetime | None = None

    @property
    def is_weg(self) -> bool:
        """In storing, and not for one subject only: nothing goes but a try now and then."""
        return self.storing_sinds is not None and self.van is None


@dataclass(frozen=True, slots=True)
class Gevolg:
    """What an answer changed. hersteld: the receiver is back, and these too have changed."""

    aflevering: Aflevering
    is_opgegeven: bool = False
    hersteld: Sequence[Aflevering] = ()


class Wachtrij:
    """The open afleveringen of one abonnement, and which of them may go.

    tempo: at most so many a minute, as the receiver allowed; None for as many as it takes.
    """

    def __init__(
        self,
        afleveringen: Iterable[Aflevering] = (),
        *,
        ontvanger: Ontvanger | None = None,
        tempo: int | None = None,
        gelijktijdig: int = GELIJKTIJDIG,
    ) -> None:
        self.ontvanger = ontvanger or Ontvanger()
        self._tempo = timedelta(minutes=1) / tempo if tempo else None
        self._gelijktijdig = gelijktijdig
        self._niet_voor: datetime | None = None
        self._rijen: dict[UUID, deque[Aflevering]] = {}
        self._onderweg: dict[int, Aflevering] = {}
        self._proef: int | None = None
        self._koppen: list[tuple[bool, datetime, int, UUID]] = []
        """Heap of heads: what was given up last, then by when they are due. Stale ones stay until
        they come up."""
        self._vers = 0
        self._aantal = 0
        self.neem_op(afleveringen)

    def __len__(self) -> int:
        """How many afleveringen are open, given up ones and those behind them included."""
        return self._aantal

    @property
    def onderweg(self) -> Collection[int]:
        """The numbers that were sent and not yet recorded."""
        return self._onderweg.keys()

    @property
    def ruimte(self) -> int:
        """How many more may be under way at the same time."""
        return self._gelijktijdig - len(self._onderweg)

    @property
    def vers(self) -> int:
        """How many subjects wait whose head was never tried: the work that lies ready."""
        return self._vers

    def neem_op(self, afleveringen: Iterable[Aflevering]) -> None:
        """Add what came after everything that is here already, in the order of the feed."""
        for aflevering in afleveringen:
            rij = self._rijen.setdefault(aflevering.subject, deque())
            rij.append(aflevering)
            self._aantal += 1
            if len(rij) == 1:
                self._wordt_kop(aflevering)

    def te_verzenden(self, nu: datetime) -> list[Aflevering]:
        """Take what may go now. Each is under way until ``vastgelegd``."""
        gekozen: list[Aflevering] = []
        while (
            self.ruimte > 0
            and (kop := self._kop()) is not None
            and (mag := self._mag_op(kop)) is not None
            and mag <= nu
        ):
            heapq.heappop(self._koppen)
            if kop.pogingen == 0:
                self._vers -= 1
            if self.ontvanger.is_weg:
                self._proef = kop.nummer
            self._onderweg[kop.nummer] = kop
            if self._tempo:
                self._niet_voor = nu + self._tempo
            gekozen.append(kop)
        return gekozen

    def wanneer(self) -> datetime | None:
        """The next moment at which something may go; None when that waits for an answer."""
        if self.ruimte <= 0 or (kop := self._kop()) is None:
            return None
        return self._mag_op(kop)

    def beantwoord(self, nummer: int, antwoord: Antwoord, nu: datetime, toeval: Toeval) -> Gevolg:
        """Take in what came of an attempt. The subject stays taken until ``vastgelegd``."""
        aflevering = self._onderweg[nummer]
        was_proef, self._proef = self._proef == nummer, None
        aflevering.fout = antwoord.fout
        soort = antwoord.soort
        if soort is Soort.TE_VEEL:
            # It asks for patience: that is no attempt of this event, and no failure of anybody.
            self.ontvanger.wacht_tot = nu + (antwoord.wacht or timedelta())
            aflevering.volgende_op = max(self.ontvanger.wacht_tot, nu + pauze(1, toeval))
            return Gevolg(aflevering)
        aflevering.pogingen += 1
        begonnen = aflevering.begonnen_op = aflevering.begonnen_op or nu
        aflevering.volgende_op = nu + pauze(aflevering.pogingen, toeval)
        hersteld: Sequence[Aflevering] = ()
        if soort is Soort.ONTVANGER:
            self._mislukt(aflevering, nu, toeval, was_proef=was_proef)
        else:
            hersteld = self._teken_van_leven(aflevering, nu)
        if soort is Soort.AFGELEVERD:
            aflevering.status = Status.AFGELEVERD
            return Gevolg(aflevering, hersteld=hersteld)
        moet_op = soort is Soort.FORMAAT or (soort is not Soort.BEEINDIGD and is_op(begonnen, nu))
        is_opgegeven = moet_op and aflevering.status is Status.WACHT
        if is_opgegeven:
            aflevering.status, aflevering.opgegeven_op = Status.OPGEGEVEN, nu
        return Gevolg(aflevering, is_opgegeven=is_opgegeven, hersteld=hersteld)

    def vastgelegd(self, nummers: Iterable[int]) -> None:
        """What was answered is in the database: the next of the subject may go."""
        for nummer in nummers:
            aflevering = self._onderweg.pop(nummer)
            rij = self._rijen[aflevering.subject]
            if aflevering.status is Status.AFGELEVERD:
                rij.popleft()
                self._aantal -= 1
            if rij:
                self._wordt_kop(rij[0])
            else:
                del self._rijen[aflevering.subject]

    def _wordt_kop(self, aflevering: Aflevering) -> None:
        opgegeven = aflevering.status is Status.OPGEGEVEN
        if opgegeven and not self._in_deze_storing(aflevering):
            return
        if aflevering.pogingen == 0:
            self._vers += 1
        sleutel = (opgegeven, aflevering.volgende_op, aflevering.nummer, aflevering.subject)
        heapq.heappush(self._koppen, sleutel)

    def _kop(self) -> Aflevering | None:
        """The head that is first to go."""
        while self._koppen:
            _, volgende_op, nummer, subject = self._koppen[0]
            rij = self._rijen.get(subject)
            kop = rij[0] if rij and nummer not in self._onderweg else None
            if (
                kop
                and (kop.nummer, kop.volgende_op) == (nummer, volgende_op)
                and (kop.status is Status.WACHT or self._in_deze_storing(kop))
            ):
                return kop
            heapq.heappop(self._koppen)
        return None

    def _mag_op(self, kop: Aflevering) -> datetime | None:
        """When a head may go, given all that holds back the receiver as a whole."""
        ontvanger = self.ontvanger
        mag: datetime | None = kop.volgende_op
        if ontvanger.is_weg:
            if self._onderweg:
                return None
            mag = ontvanger.proef_op
        return max(filter(None, (mag, ontvanger.wacht_tot, self._niet_voor)))

    def _mislukt(
        self, aflevering: Aflevering, nu: datetime, toeval: Toeval, *, was_proef: bool
    ) -> None:
        ontvanger = self.ontvanger
        ontvanger.fouten += 1
        if ontvanger.fouten == 1:
            ontvanger.van = aflevering.subject
        elif ontvanger.van != aflevering.subject:
            ontvanger.van = None
        if ontvanger.storing_sinds is None:
            if ontvanger.fouten < VERDACHT:
                return
            ontvanger.storing_sinds = nu
        elif ontvanger.is_weg and not was_proef and ontvanger.proef_op and ontvanger.proef_op > nu:
            # It was sent before it was clear that the receiver is away: no news.
            return
        langste = min(LANGSTE_PROEF, EERSTE_PROEF * 2 ** min(ontvanger.proeven, 10))
        ontvanger.proeven += 1
        ontvanger.proef_op = nu + langste * (0.5 + toeval() / 2)
        if not ontvanger.is_weg:
            aflevering.volgende_op = min(aflevering.volgende_op, ontvanger.proef_op)

    def _teken_van_leven(self, van: Aflevering, nu: datetime) -> Sequence[Aflevering]:
        vorige, self.ontvanger = self.ontvanger, Ontvanger(wacht_tot=self.ontvanger.wacht_tot)
        if vorige.storing_sinds is None or not vorige.is_weg:
            return ()
        hersteld = []
        for rij in self._rijen.values():
            kop = rij[0]
            if kop is van or kop.begonnen_op is None or kop.nummer in self._onderweg:
                continue
            if kop.status is Status.OPGEGEVEN and not _opgegeven_sinds(kop, vorige.storing_sinds):
                continue
            kop.status, kop.opgegeven_op = Status.WACHT, None
            kop.pogingen, kop.begonnen_op, kop.volgende_op = 0, None, nu
            self._wordt_kop(kop)
            hersteld.append(kop)
        return hersteld

    def _in_deze_storing(self, aflevering: Aflevering) -> bool:
        sinds = self.ontvanger.storing_sinds
        return sinds is not None and _opgegeven_sinds(aflevering, sinds)


def _opgegeven_sinds(aflevering: Aflevering, sinds: datetime) -> bool:
    return aflevering.opgegeven_op is not None and aflevering.opgegeven_op >= sinds
