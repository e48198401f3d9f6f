"""Wat er ook wordt opgedragen: geen plaatsingen die niet samengaan, geen werkplek te vol, en geen
einde zonder reden die bij de soort past.

The oracle counts day by day from the tables and has the rules in words of its own.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as speel

from chassis.clock import MovableClock
from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, einderedenen
from services.plaatsing.domain.fouten import DomeinFout
from services.plaatsing.domain.lks_plaatsing import Grondslag
from services.plaatsing.domain.soorten import REGELS
from services.plaatsing.domain.verloop import Wijziging
from services.plaatsing.domain.werkgever import Route, Werkgeversoort
from services.plaatsing.use_cases.beeindig_plaatsing import beeindig_plaatsing
from services.plaatsing.use_cases.start_lks_plaatsing import (
    TeStartenLksPlaatsing,
    start_lks_plaatsing,
)
from services.plaatsing.use_cases.start_plaatsing import TeStartenPlaatsing, start_plaatsing
from services.plaatsing.use_cases.start_proefplaatsing import (
    TeStartenProefplaatsing,
    start_proefplaatsing,
)
from services.plaatsing.use_cases.verleng_plaatsing import (
    verleng_plaatsing,
    verleng_proefplaatsing,
)
from services.plaatsing.use_cases.wijzig_plaatsing import wijzig_plaatsing
from tests.plaatsing.hulp import BEGIN, WSD, Keten, doe, werkplek
from tests.plaatsing.test_soorten import ernaast

P = Plaatsingsoort
NAAST_ANDER_WERK = {P.PLANREGIE, P.WERKACADEMIE, P.VRIJWILLIGERSWERK}
OVERIG = [soort for soort in REGELS if not REGELS[soort].beschut]
CAPACITEIT = (1, 2, 1, 2)
"""Of a werkplek, another beside it at the same werkgever, one elsewhere, one of Werkpartners."""

KANDIDAAT = st.integers(0, 2)
PLEK = st.integers(0, len(CAPACITEIT) - 1)
DAGNUMMER = st.integers(0, 120)
KEUZE = st.integers(0, 1000)


def dag(nummer: int) -> date:
    return BEGIN + timedelta(days=nummer)


class Plaatsen(RuleBasedStateMachine):
    """Three kandidaten and four werkplekken; whatever is refused has not happened."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self._lus = asyncio.Runner()
        self._gestart: list[UUID] = []

    @initialize()
    def open(self) -> None:
        self._lus.run(self._open())

    async def _open(self) -> None:
        klok = MovableClock(datetime(2026, 4, 20, 9, tzinfo=UTC))
        self._database = await Database("plaatsing", self.url, clock=klok, pool_size=2).__aenter__()
        keten = Keten(self._database)
        self._kandidaten = [await keten.kandidaat() for _ in range(3)]
        eerste = await werkplek(self._database, capaciteit=CAPACITEIT[0])
        self._plekken = [
            eerste,
            await ernaast(self._database, eerste, "Inpakker", "Best", CAPACITEIT[1]),
            await werkplek(self._database, capaciteit=CAPACITEIT[2]),
            await werkplek(
                self._database, soort=Werkgeversoort.WERKPARTNERS, capaciteit=CAPACITEIT[3]
            ),
        ]

    def teardown(self) -> None:
        if hasattr(self, "_database"):
            self._lus.run(self._database.__aexit__(None, None, None))
        self._lus.close()

    def _doe(self, use_case: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        try:
            return self._lus.run(doe(self._database, WSD, use_case))
        except DomeinFout:
            return None

    def _start(self, use_case: Callable[[UnitOfWork], Awaitable[Any]]) -> None:
        if gestart := self._doe(use_case):
            self._gestart.append(gestart.plaatsing_id)

    def _een(self, keuze: int) -> UUID | None:
        return self._gestart[keuze % len(self._gestart)] if self._gestart else None

    @rule(wie=KANDIDAAT, plek=PLEK, begin=DAGNUMMER, maanden=st.integers(1, 2))
    def op_proef(self, wie: int, plek: int, begin: int, maanden: int) -> None:
        opdracht = TeStartenProefplaatsing(
            self._kandidaten[wie], self._plekken[plek], dag(begin), Decimal(24), maanden, True
        )
        self._start(lambda uow: start_proefplaatsing(uow, opdracht))

    @rule(wie=KANDIDAAT, plek=PLEK, begin=DAGNUMMER, door=st.booleans(), keuze=KEUZE)
    def in_dienst(self, wie: int, plek: int, begin: int, door: bool, keuze: int) -> None:
        opdracht = TeStartenLksPlaatsing(
            self._kandidaten[wie],
            self._plekken[plek],
            dag(begin),
            Decimal(24),
            Decimal(36),
            Grondslag.LOONWAARDE,
            Route.WERKPARTNERS if plek == 3 else Route.WERKGEVER,
            True,
            vorige_plaatsing_id=self._een(keuze) if door else None,
        )
        self._start(lambda uow: start_lks_plaatsing(uow, opdracht))

    @rule(
        wie=KANDIDAAT,
        soort=st.sampled_from(OVERIG),
        plek=PLEK,
        begin=DAGNUMMER,
        duur=st.none() | st.integers(0, 200),
        door=st.booleans(),
        keuze=KEUZE,
    )
    def anders(
        self,
        wie: int,
        soort: Any,
        plek: int,
        begin: int,
        duur: int | None,
        door: bool,
        keuze: int,
    ) -> None:
        regel = REGELS[soort]
        opdracht = TeStartenPlaatsing(
            self._kandidaten[wie],
            soort,
            dag(begin),
            einddatum=None if duur is None else dag(begin + duur),
            uren_per_week=Decimal(24) if regel.werkplek else None,
            werkplek_id=self._plekken[plek] if regel.werkplek else None,
            tarief_per_uur=Decimal("14.50") if regel.inlener else None,
            ontvangt_algemene_bijstand=True,
            vorige_plaatsing_id=self._een(keuze) if door else None,
        )
        self._start(lambda uow: start_plaatsing(uow, opdracht))

    @rule(keuze=KEUZE, plek=PLEK, vanaf=DAGNUMMER)
    def naar_andere_werkplek(self, keuze: int, plek: int, vanaf: int) -> None:
        if plaatsing_id := self._een(keuze):
            wijziging = Wijziging(dag(vanaf), werkplek_id=self._plekken[plek])
            self._doe(lambda uow: wijzig_plaatsing(uow, plaatsing_id, wijziging))

    @rule(keuze=KEUZE, op=DAGNUMMER, maanden=st.integers(1, 4), tot=st.integers(0, 400))
    def langer(self, keuze: int, op: int, maanden: int, tot: int) -> None:
        if plaatsing_id := self._een(keuze):
            self._doe(lambda uow: verleng_proefplaatsing(uow, plaatsing_id, maanden, dag(op)))
            self._doe(lambda uow: verleng_plaatsing(uow, plaatsing_id, dag(tot), dag(op), None))

    @rule(keuze=KEUZE, laatste=DAGNUMMER, reden=st.sampled_from(Eindereden))
    def beeindig(self, keuze: int, laatste: int, reden: Eindereden) -> None:
        if plaatsing_id := self._een(keuze):
            self._doe(lambda uow: beeindig_plaatsing(uow, plaatsing_id, dag(laatste), reden))

    @invariant()
    def klopt(self) -> None:
        if self._gestart:
            self._lus.run(self._klopt())

    async def _klopt(self) -> None:
        async with self._database.unit_of_work(WSD) as uow:
            plaatsingen = await uow.connection.fetch(
                "SELECT id, kandidaat_id, soort, begin, tot_en_met, laatste_dag, eindereden,"
                " werkgeversoort FROM plaatsing WHERE kandidaat_id = ANY($1)",
                self._kandidaten,
            )
            standen = await uow.connection.fetch(
                "SELECT plaatsing_id, vanaf, werkplek_id FROM plaatsingsstand"
                " WHERE kandidaat_id = ANY($1) ORDER BY vanaf",
                self._kandidaten,
            )
        for rij in plaatsingen:
            assert (rij["eindereden"] is None) == (rij["laatste_dag"] is None)
            if rij["eindereden"]:
                assert Eindereden(rij["eindereden"]) in einderedenen(P(rij["soort"]))
        grenzen = {rij["begin"] for rij in plaatsingen} | {rij["vanaf"] for rij in standen}
        for op in grenzen:
            # Whatever begins to be too much does so on a day on which something begins.
            lopend = [
                rij
                for rij in plaatsingen
                if rij["begin"] <= op and (rij["tot_en_met"] is None or op <= rij["tot_en_met"])
            ]
            _gaan_samen(lopend)
            bezet: dict[UUID, int] = defaultdict(int)
            for rij in lopend:
                plekken = [
                    stand["werkplek_id"]
                    for stand in standen
                    if stand["plaatsing_id"] == rij["id"] and stand["vanaf"] <= op
                ]
                bezet[plekken[-1]] += 1
            for plek, capaciteit in zip(self._plekken, CAPACITEIT, strict=True):
                assert bezet[plek] <= capaciteit, (op, plek)


def _gaan_samen(lopend: list[Any]) -> None:
    for een, ander in combinations(lopend, 2):
        if een["kandidaat_id"] != ander["kandidaat_id"]:
            continue
        soorten = {P(een["soort"]), P(ander["soort"])}
        ernaast_werk = len(soorten) == 2 and bool(soorten & NAAST_ANDER_WERK)
        gedetacheerd = any(
            baan["soort"] == P.LKS_DIENSTVERBAND
            and baan["werkgeversoort"] == Werkgeversoort.WERKPARTNERS
            and elders["soort"].startswith("detachering-")
            for baan, elders in ((een, ander), (ander, een))
        )
        assert ernaast_werk or gedetacheerd, soorten


def test_wat_er_ook_wordt_opgedragen_de_regels_gelden(plaatsing_url: str) -> None:
    class MetDatabase(Plaatsen):
        url = plaatsing_url

    speel(
        MetDatabase,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
