"""Duizend kandidaten in elk proces door elkaar, met een dienst die telkens opnieuw begint.

What the service says in the end is compared with the process alone, played without a database, an
API or a clock: a second way to the same outcome.  A fifth of them where not everything is run.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Final

from chassis.access import DevelopmentIssuer
from chassis.clock import MovableClock
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.migrations import service_url
from chassis.timers import Timers
from chassis.vault import Vault
from services.intake import procesversies
from services.intake.domain.proces import Feit, GezetteStap, OpenStap, Veld, Veldsoort
from services.intake.gemeenten import gemeenten
from services.intake.motor import Stand, speel
from services.intake.service import SERVICE
from tests.conftest import ALLES
from tests.dienst import PASSWORD, klanten, token_verifier
from tests.intake.conftest import SCOPES
from tests.intake.gebruikers import Intake

AANTAL: Final = 1000 if ALLES else 200
DAGEN: Final = 6
TEGELIJK: Final = 16


@dataclass
class Reiziger:
    """A kandidaat as the test follows them: what was done, and where that leads by the process."""

    kandidaat_id: str
    gemeentecode: str
    begonnen_op: date
    leeftijd: int
    gezet: list[GezetteStap] = field(default_factory=list)

    @property
    def stand(self) -> Stand:
        altijd: dict[str, Feit] = {
            "leeftijd": self.leeftijd,
            "doelgroep": "pwet",
            "instroomkanaal": "werk-nl",
            "gebiedsteam": "",
            "model": gemeenten().afspraken.geldend(self.gemeentecode, self.begonnen_op).model.value,
        }
        definitie = procesversies.nieuwste(self.gemeentecode)
        return speel(definitie, altijd, self.begonnen_op, self.gezet)


async def test_duizend_kandidaten_en_een_dienst_die_telkens_opnieuw_begint(
    intake_beheer_url: str,
    issuer: DevelopmentIssuer,
    sleutels: KeyRing,
    klok: MovableClock,
    toeval: Random,
) -> None:
    keuze = Random(1000)
    codes = sorted(gemeenten().namen)
    reizigers: list[Reiziger] = []
    for dag in range(DAGEN):
        # Every day begins with a service that remembers nothing: pool, keys, files and answers.
        procesversies._lees.cache_clear()
        gemeenten.cache_clear()
        url = service_url(intake_beheer_url, SERVICE.name, PASSWORD)
        vault = Vault(sleutels)
        async with (
            Database(SERVICE.name, url, clock=klok, pool_size=20, vault=vault) as database,
            gebruikers(database, issuer, klok, toeval) as intake,
        ):
            await intake.naar(date(2026, 11, 23) + timedelta(days=5 * dag))
            if dag == 0:
                reizigers = await meld_aan(intake, codes, keuze)
            await stap_voor_allen(intake, reizigers, keuze)
            if dag == DAGEN - 1:
                await vergelijk(intake, reizigers)
    geeindigd = Counter(r.stand.einde is not None for r in reizigers)
    assert geeindigd[True] > AANTAL // 10
    assert len({r.gemeentecode for r in reizigers}) == len(codes)


@asynccontextmanager
async def gebruikers(
    database: Database, issuer: DevelopmentIssuer, klok: MovableClock, toeval: Random
) -> AsyncIterator[Intake]:
    app = SERVICE.api(database, token_verifier(issuer), {})
    async with klanten(
        app, SERVICE, issuer, rol_van_wsd="klantmanager", scopes=SCOPES
    ) as open_client:
        klant = cache(open_client)
        yield Intake(klant, database, klok, toeval, Timers(database, SERVICE.deadlines))


async def meld_aan(intake: Intake, codes: list[str], keuze: Random) -> list[Reiziger]:
    plannen = [(codes[n % len(codes)], keuze.choice((20, 24, 34, 50))) for n in range(AANTAL)]

    async def een(gemeentecode: str, leeftijd: int) -> Reiziger:
        kandidaat_id = await intake.meld_aan(gemeentecode, leeftijd=leeftijd)
        return Reiziger(kandidaat_id, gemeentecode, intake.vandaag, leeftijd)

    return await tegelijk([een(*plan) for plan in plannen])


async def stap_voor_allen(intake: Intake, reizigers: list[Reiziger], keuze: Random) -> None:
    """Everyone who can do a step today does one; what turns up is drawn."""
    werk = []
    for reiziger in reizigers:
        mogelijk = [
            o
            for o in reiziger.stand.open
            if o.niet_voor <= intake.vandaag
            and not o.stap.van_wsd
            and not (o.stap.handeling and o.stap.handeling.gaat_vanzelf)
        ]
        if mogelijk:
            open_stap = keuze.choice(mogelijk)
            feiten = {veld.naam: antwoord(veld, keuze) for veld in open_stap.stap.velden}
            werk.append(_zet(intake, reiziger, open_stap, feiten))
    await tegelijk(werk)


async def _zet(
    intake: Intake, reiziger: Reiziger, open_stap: OpenStap, feiten: dict[str, Feit]
) -> None:
    await intake.zet(
        reiziger.kandidaat_id,
        open_stap.stap.code,
        organisatie=reiziger.gemeentecode,
        rol=open_stap.stap.rol,
        **feiten,  # type: ignore[arg-type]
    )
    reiziger.gezet.append(GezetteStap(open_stap.stap.code, intake.vandaag, feiten))


def antwoord(veld: Veld, keuze: Random) -> Feit:
    match veld.soort:
        case Veldsoort.JA_NEE:
            return keuze.random() < 0.5
        case Veldsoort.GETAL:
            laagste = 0 if veld.minimum is None else veld.minimum
            return keuze.randint(laagste, 100 if veld.maximum is None else veld.maximum)
        case Veldsoort.KEUZE:
            return keuze.choice([code for code, _ in veld.opties])
        case Veldsoort.DATUM:
            return date(2027, 1, 1).isoformat()


async def vergelijk(intake: Intake, reizigers: list[Reiziger]) -> None:
    """The service says of everyone what the process alone says."""

    async def een(reiziger: Reiziger) -> None:
        proces = await intake.haal(
            f"/kandidaten/{reiziger.kandidaat_id}/proces", organisatie=reiziger.gemeentecode
        )
        stand = reiziger.stand
        assert {(o["stap"], o["sinds"], o["uiterlijk"]) for o in proces["openStappen"]} == {
            (o.stap.code, o.sinds.isoformat(), o.uiterlijk and o.uiterlijk.isoformat())
            for o in stand.open
        }
        assert [(s["stap"], s["feiten"]) for s in proces["gezetteStappen"]] == [
            (s.code, dict(s.feiten)) for s in reiziger.gezet
        ]
        assert (proces["einde"] or {}).get("code") == (stand.einde.code if stand.einde else None)

    await tegelijk([een(reiziger) for reiziger in reizigers])


async def tegelijk(werk: list[Any]) -> list[Any]:
    """A few at once, in the order in which they are given."""
    rij = asyncio.Semaphore(TEGELIJK)

    async def met_rij(een: Any) -> Any:
        async with rij:
            return await een

    return list(await asyncio.gather(*(met_rij(een) for een in werk)))
