"""The load: klantreizen made from a seed, played by clients that do not give up."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any, Final
from uuid import uuid4

from chassis.clock import local_date
from deploy.klantreis.spel import opzetten
from deploy.klantreis.verbinding import KlantreisFout, Verbinding
from deploy.klantreis.verloop import Klantreis, Opzet
from tests.storing.omgeving import BEGIN

VANDAAG: Final[date] = local_date(BEGIN)
MAAND_ERNA: Final = (VANDAAG.replace(day=1) + timedelta(days=31)).replace(day=1)
TEGELIJK: Final = 24
GEDULD: Final = 240.0
"""Seconds; an outage of a broker and what follows it take part of that."""
_JARIG_ELKE: Final = 20
_NOG_EENS: Final = 0.03
"""Part of the answered requests that is sent once more, next to those that were repeated."""


def maak_reizen(zaad: int, aantal: int) -> list[Opzet]:
    """Klantreizen by a seed. Some of the people turn 21 in the month after the last one."""
    toeval = random.Random(f"reizen-{zaad}")
    reizen = list(opzetten(aantal, VANDAAG, toeval))
    jarig = MAAND_ERNA.replace(year=MAAND_ERNA.year - 21, day=15)
    for nummer in range(0, aantal, _JARIG_ELKE):
        persoon = replace(reizen[nummer].persoon, geboortedatum=jarig)
        reizen[nummer] = replace(reizen[nummer], persoon=persoon)
    return reizen


class Proefverbinding(Verbinding):
    """Sends some requests again after their answer, and holds on to answers that differ."""

    def __init__(self, url: str, zaad: int) -> None:
        super().__init__(url, geduld=GEDULD)
        self._toeval = random.Random(f"herhaling-{zaad}")
        self.nog_eens = 0
        self.andere_antwoorden: list[str] = []

    async def doe(
        self,
        organisatie: str,
        rol: str,
        pad: str,
        body: Mapping[str, Any],
        *,
        zodra: Collection[str] = (),
        sleutel: str | None = None,
        if_match: str | None = None,
    ) -> Any:
        sleutel = sleutel or str(uuid4())
        eerder = self.herhaald.total()
        verzoek = partial(
            super().doe,
            organisatie,
            rol,
            pad,
            body,
            zodra=zodra,
            sleutel=sleutel,
            if_match=if_match,
        )
        antwoord = await verzoek()
        if self.herhaald.total() > eerder or self._toeval.random() < _NOG_EENS:
            self.nog_eens += 1
            weer = await verzoek()
            if weer != antwoord:
                self.andere_antwoorden.append(f"POST {pad}")
        return antwoord


@dataclass
class Last:
    """Klantreizen under way. per_kandidaat: the number of the klantreis of each kandidaat."""

    opzetten: Sequence[Opzet]
    zeg: Callable[[str], None]
    reizen: dict[int, Klantreis] = field(default_factory=dict)
    fouten: list[str] = field(default_factory=list)
    herhaald: Counter[str] = field(default_factory=Counter)
    nog_eens: int = 0
    andere_antwoorden: list[str] = field(default_factory=list)
    klaar: int = 0
    seconden: float = 0.0

    @property
    def voortgang(self) -> float:
        """The part that has ended, well or not."""
        return self.klaar / len(self.opzetten)

    @property
    def per_kandidaat(self) -> dict[str, int]:
        return {reis.kandidaat_id: n for n, reis in self.reizen.items() if reis.kandidaat_id}

    async def speel(self, url: str, zaad: int) -> None:
        """All of them, some at a time. What goes wrong stands in ``fouten``."""
        begin = time.monotonic()
        wachtend = iter(enumerate(self.opzetten))
        verslag = asyncio.create_task(self._vertel(begin))
        async with Proefverbinding(url, zaad) as verbinding:
            try:
                async with asyncio.TaskGroup() as groep:
                    for _ in range(TEGELIJK):
                        groep.create_task(self._speler(verbinding, wachtend))
            finally:
                verslag.cancel()
                self.seconden = time.monotonic() - begin
                self.herhaald = verbinding.herhaald
                self.nog_eens = verbinding.nog_eens
                self.andere_antwoorden = verbinding.andere_antwoorden

    async def _speler(self, verbinding: Verbinding, wachtend: Any) -> None:
        for nummer, opzet in wachtend:
            reis = self.reizen[nummer] = Klantreis(verbinding, opzet)
            try:
                await reis.speel()
            except KlantreisFout as fout:
                self.fouten.append(f"klantreis {nummer}: {fout}")
            self.klaar += 1

    async def _vertel(self, begin: float) -> None:
        while True:
            await asyncio.sleep(10)
            self.zeg(
                f"{time.monotonic() - begin:6.1f} s  {self.klaar} van {len(self.opzetten)} "
                f"klantreizen"
            )
