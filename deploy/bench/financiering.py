"""How many running loonkostensubsidies a second are re-set on 1 January, and paid in a run."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import uuid4

import asyncpg

from chassis.clock import NEDERLAND, MovableClock
from chassis.database import Database
from chassis.encryption import KeyRing
from chassis.migrations import prepare, service_url
from chassis.vault import Vault
from deploy.bench.omgeving import WACHTWOORD
from deploy.bench.uitslag import Aantallen
from deploy.lokaal.postgres import LokalePostgres
from services.financiering.domain.kalender import Maand
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep
from services.financiering.domain.lks_berekening import bereken
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from services.financiering.domain.rekening import Rekeningnummer
from services.financiering.store import rekeningen
from services.financiering.use_cases.betaal_uit import Betaalopdracht, betaal_uit
from services.financiering.use_cases.indexeer import indexeer

OMVANG: Final = (1_000, 10_000)
GROOT: Final = (*OMVANG, 100_000)
_GEMEENTE: Final = "0757"
_BEGIN: Final = date(2025, 3, 1)
_NIEUWJAAR: Final = datetime(2026, 1, 1, 6, tzinfo=NEDERLAND)
_UREN: Final = Arbeidsduur(Decimal(24))
_LOONWAARDEN: Final = range(30, 80)


async def meet(omvang: Sequence[int]) -> list[Aantallen]:
    """Subsidies per second; each size on a database of its own."""
    herzien, betaald = {}, {}
    for aantal in omvang:
        herzien[aantal], betaald[aantal] = await _meet(aantal)
    return [
        Aantallen("herziening op 1 januari", herzien),
        Aantallen("betaalrun van de eerste elf maanden", betaald),
    ]


async def _meet(aantal: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(prefix="meedoen-bench-") as naam:
        await asyncio.to_thread(Path(naam).chmod, 0o755)
        with LokalePostgres(Path(naam) / "postgres") as postgres:
            url = postgres.beheer_url
            await prepare(url, "services.financiering", WACHTWOORD)
            async with Database(
                "financiering",
                service_url(url, "financiering", WACHTWOORD),
                clock=MovableClock(_NIEUWJAAR),
                vault=Vault(KeyRing.from_json(KeyRing.generate_json())),
            ) as database:
                await _vul(database, aantal)
                beheer = await asyncpg.connect(url)
                await beheer.execute("VACUUM ANALYZE")
                await beheer.close()
                begin = time.perf_counter()
                stand = await indexeer(database, _GEMEENTE, _NIEUWJAAR.year)
                herzien = aantal / (time.perf_counter() - begin)
                if stand.gewijzigd != aantal:
                    raise RuntimeError(f"{stand.gewijzigd} van {aantal} herzien")
                opdracht = Betaalopdracht(
                    Maand(2026, 1), _NIEUWJAAR.date(), ook_onzeker=True, door="bench"
                )
                begin = time.perf_counter()
                await betaal_uit(database, _GEMEENTE, opdracht)
                return herzien, aantal / (time.perf_counter() - begin)


async def _vul(database: Database, aantal: int) -> None:
    """Adults at work since March, of one gemeente, granted by beschikking, with the amount that
    holds until the end of the year, and the account from which is paid."""
    bedragen = [
        bereken(_BEGIN, Leeftijdsgroep.VOLWASSEN, _UREN, loonwaarde).bedrag
        for loonwaarde in _LOONWAARDEN
    ]
    async with database.unit_of_work(_GEMEENTE) as uow:
        rekening = await rekeningen.voeg_toe(
            uow, None, Rekeningnummer("Gemeente", "NL02ABNA0123456789"), door="een"
        )
        await rekeningen.bevestig(uow, rekening, door="ander")
        for opdracht, waarden in (
            (_KANDIDATEN, ([uuid4() for _ in range(aantal)], _GEMEENTE)),
            (_SUBSIDIES, (_BEGIN, _UREN.uren, _UREN.voltijdsuren, bedragen, uow.now)),
            (_VASTSTELLINGEN, (uow.now,)),
        ):
            await uow.connection.execute(opdracht, *waarden, timeout=120)
        await uow.commit()


_KANDIDATEN: Final = """
INSERT INTO kandidaat (id, gemeentecode, gedeeld_met_wsd, doelgroep, leeftijdsgroep)
SELECT id, $2, true, 'pwet', '21+' FROM unnest($1::uuid[]) id
"""
_SUBSIDIES: Final = """
INSERT INTO loonkostensubsidie (id, kandidaat_id, gemeentecode, plaatsing_id, werkgever_id,
    begindatum, uren, voltijdsuren, loonwaarde, status, maandbedrag, besluit, besloten_op,
    vastgelegd_op, gewijzigd_op, toekenning_id)
SELECT gen_random_uuid(), id, gemeentecode, gen_random_uuid(),
    ('00000000-0000-4000-8000-' || lpad((n % 200)::text, 12, '0'))::uuid,
    $1, $2, $3, 30 + n % 50, 'toegekend', ($4::numeric[])[1 + n % 50], 'toegekend', $1, $5, $5,
    gen_random_uuid()
FROM (SELECT id, gemeentecode, row_number() OVER () AS n FROM kandidaat) k
"""
_VASTSTELLINGEN: Final = """
INSERT INTO vaststelling (lks_id, gemeentecode, ingangsdatum, grondslag, loonwaarde, maandbedrag,
    betaler, vastgelegd_op)
SELECT id, gemeentecode, begindatum, 'loonwaarde', loonwaarde, maandbedrag, gemeentecode, $1
FROM loonkostensubsidie
"""
