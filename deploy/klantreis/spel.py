"""Playing one klantreis with its trail, or many with a count."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from contracts.afnemers import GEMEENTEN, ORGANISATIES, WSD
from deploy.klantreis.handberekening import handberekening
from deploy.klantreis.persoon import verzin_kvk_nummer, verzin_persoon
from deploy.klantreis.spoor import Spoor, telling
from deploy.klantreis.verbinding import KlantreisFout, Verbinding
from deploy.klantreis.verloop import GROOTSTE_LKS, KLEINSTE_LKS, Klantreis, Opzet
from deploy.klantreis.volger import Ontvangen, Volger

_TEGELIJK: Final = 8
_BOXTEL: Final = "0757"
_VUGHT: Final = "0865"

_KANALEN: Final = ("participatie", "wmo", "uwv", "werk-nl", "balie", "ketenpartner", "outreach")
_DOELGROEPEN: Final = ("pwet", "pwet", "pwet", "nug", "vergunninghouder")
_POORT: Final = ("aanmelden-bij-wsd",) * 7 + ("vrijstellen", "zorgtraject", "regulier-werk")
_EINDE: Final = ("lks",) * 4 + ("einde-lks", "proefplaatsing", "trajectbesluit")
_TEMPO_BUITEN_LKS: Final = (15, 25, 80, 95)


@dataclass
class Uitslag:
    """klopt: everything that had to follow did follow, and the amounts are right."""

    klopt: bool


async def speel_een(console: Console, url: str, *, vandaag: date, toeval: Random) -> Uitslag:
    """One klantreis of Boxtel with a live trail. Raises KlantreisFout."""
    gevolgd = (_BOXTEL, WSD, _VUGHT)
    spoor = Spoor(console, gevolgd)
    async with AsyncExitStack() as stack:
        verbinding = await stack.enter_async_context(Verbinding(url, gedaan=spoor.aanroep))
        kijker = await stack.enter_async_context(Verbinding(url))
        volger = Volger(kijker, gevolgd)
        await stack.enter_async_context(volger.volgend())
        spoor.kop(_BOXTEL, url)

        async def toon(reis: Klantreis, naam: str) -> None:
            spoor.gebeurtenis(await _ontvangst(volger, reis, naam))

        opzet = Opzet(
            gemeentecode=_BOXTEL,
            persoon=verzin_persoon(toeval, GEMEENTEN[_BOXTEL], vandaag),
            kvk_nummer=verzin_kvk_nummer(toeval),
            vandaag=vandaag,
        )
        reis = Klantreis(verbinding, opzet, na_gebeurtenis=toon)
        await reis.speel()
        berekening = await reis.loonkostensubsidie()
        regels, bedrag = handberekening(reis.begin_dienstverband or vandaag, 40, opzet.uren)
        gelijk = spoor.bedrag(berekening, regels, bedrag)
    return Uitslag(gelijk)


async def speel_vele(
    console: Console, url: str, aantal: int, *, vandaag: date, toeval: Random
) -> Uitslag:
    """Many klantreizen with a realistic spread, and a count per event. Raises KlantreisFout."""
    async with AsyncExitStack() as stack:
        verbinding = await stack.enter_async_context(Verbinding(url))
        kijker = await stack.enter_async_context(Verbinding(url))
        volger = Volger(kijker, ORGANISATIES)
        await stack.enter_async_context(volger.volgend())
        reizen = [Klantreis(verbinding, opzet) for opzet in opzetten(aantal, vandaag, toeval)]
        await _speel(console, reizen)
        verwacht: Counter[str] = sum((reis.gebeurtenissen for reis in reizen), Counter())
        kandidaten = {reis.kandidaat_id for reis in reizen}
        per_afnemer = sum(reis.gebeurtenissen.total() + reis.gedeeld for reis in reizen)
        await volger.wacht(
            lambda: sum(len(ids) for ids in volger.per_organisatie.values()) >= per_afnemer
        )
    eigen = [o for o in volger.ontvangen.values() if o.subject in kandidaten]
    ontvangen = Counter(o.naam for o in eigen)
    klopt = telling(console, verwacht, ontvangen)
    _vertraging(console, eigen)
    return Uitslag(klopt)


def opzetten(aantal: int, vandaag: date, toeval: Random) -> Iterator[Opzet]:
    """Klantreizen over all gemeenten, channels and outcomes; no two have a person or werkgever in
    common."""
    personen, werkgevers = set[str](), set[str]()
    for _ in range(aantal):
        gemeentecode = toeval.choice(tuple(GEMEENTEN))
        doelgroep = toeval.choice(_DOELGROEPEN)
        persoon = verzin_persoon(toeval, GEMEENTEN[gemeentecode], vandaag)
        while persoon.bsn in personen:
            persoon = verzin_persoon(toeval, GEMEENTEN[gemeentecode], vandaag)
        personen.add(persoon.bsn)
        kvk_nummer = verzin_kvk_nummer(toeval)
        while kvk_nummer in werkgevers:
            kvk_nummer = verzin_kvk_nummer(toeval)
        werkgevers.add(kvk_nummer)
        binnen_lks = toeval.random() < 0.9
        tempo = (
            toeval.randint(KLEINSTE_LKS, GROOTSTE_LKS)
            if binnen_lks
            else toeval.choice(_TEMPO_BUITEN_LKS)
        )
        einde = toeval.choice(_EINDE)
        yield Opzet(
            gemeentecode=gemeentecode,
            persoon=persoon,
            kvk_nummer=kvk_nummer,
            vandaag=vandaag,
            instroomkanaal=toeval.choice(_KANALEN),
            doelgroep=doelgroep,
            poortuitkomst=toeval.choice(_POORT),
            tempo=tempo,
            uren=Decimal(toeval.choice((16, 20, 24, 28, 32, 36))),
            tempo_later=toeval.choice((None, None, toeval.randint(KLEINSTE_LKS, GROOTSTE_LKS))),
            # A proefplaatsing is for who receives bijstand, so not for a nug.
            eind=einde if binnen_lks and doelgroep != "nug" else "trajectbesluit",
        )


async def _speel(console: Console, reizen: list[Klantreis]) -> None:
    tegelijk = asyncio.Semaphore(_TEGELIJK)
    with Progress(
        TextColumn("Klantreizen"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    ) as voortgang:
        taak = voortgang.add_task("klantreizen", total=len(reizen))

        async def een(reis: Klantreis) -> None:
            async with tegelijk:
                await reis.speel()
                voortgang.advance(taak)

        async with asyncio.TaskGroup() as groep:
            for reis in reizen:
                groep.create_task(een(reis))


async def _ontvangst(volger: Volger, reis: Klantreis, naam: str) -> Ontvangen:
    """The last event of a name about this kandidaat, once everybody who may see it has it."""
    verwacht = {reis.opzet.gemeentecode} | ({WSD} if reis.gedeeld_met_wsd else set())

    def gevonden() -> list[Ontvangen]:
        return [
            o
            for o in volger.ontvangen.values()
            if o.subject == reis.kandidaat_id
            and o.naam == naam
            and verwacht <= o.milliseconden.keys()
        ]

    if not await volger.wacht(lambda: len(gevonden()) >= reis.gebeurtenissen[naam]):
        raise KlantreisFout(f"De gebeurtenis {naam} kwam niet bij iedereen aan.")
    return max(gevonden(), key=lambda o: str(o.gebeurtenis["time"]))


def _vertraging(console: Console, ontvangen: list[Ontvangen]) -> None:
    duren = sorted(ms for o in ontvangen for ms in o.milliseconden.values())
    if duren:
        helft, bijna = duren[len(duren) // 2], duren[min(len(duren) - 1, len(duren) * 99 // 100)]
        console.print(
            f"\nVan vastleggen tot ontvangst, over {len(duren)} ontvangsten: de helft binnen "
            f"{helft:.0f} ms, 99% binnen {bijna:.0f} ms.",
            highlight=False,
        )
