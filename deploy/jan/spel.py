"""Plays a story through the gateway, and keeps what the chain said at each moment."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import httpx2

from chassis.clock import NEDERLAND, MovableClock
from chassis.tenancy import SYSTEM
from deploy.jan.verhalen import (
    Aanvraag,
    Evaluatie,
    Moment,
    Toekenning,
    Verhaal,
    Voorschot,
    Zet,
)
from deploy.klantreis.verbinding import Verbinding
from deploy.lokaal.geheimen import Geheimen
from deploy.lokaal.keten import ALLES, Keten, bereid_voor
from deploy.lokaal.keten import keten as start_keten
from deploy.lokaal.postgres import SNEL_MAAR_VLUCHTIG, LokalePostgres

KLANTMANAGER: Final = "klantmanager"
_FEED: Final = "/gebeurtenissen/v1/gebeurtenissen"
_NEGEN_UUR: Final = time(9)


@dataclass(frozen=True)
class Gezegd:
    """An event that the gemeente got. over: of a term, which kind."""

    naam: str
    over: str = ""


@dataclass(frozen=True)
class Regel:
    """One line of a story as it was played.

    uiterlijk: the last day for what was done, by the process or the law; None without a term.
    gebeurtenissen: what the chain said since the line before.
    """

    op: date
    wat: str
    rol: str
    kanaal: str
    tekst: str
    uiterlijk: date | None
    gebeurtenissen: tuple[Gezegd, ...]


@dataclass(frozen=True)
class Termijn:
    """A term as intake watched it, and how it ended."""

    soort: str
    kenmerk: str
    laatste_dag: date
    status: str
    dagen_te_laat: int | None

    @property
    def te_laat(self) -> bool:
        return self.status == "verstreken" or bool(self.dagen_te_laat)


@dataclass
class Gespeeld:
    """A whole story. einde: code and words of where he ended; None when the process goes on."""

    verhaal: Verhaal
    regels: list[Regel] = field(default_factory=list)
    termijnen: list[Termijn] = field(default_factory=list)
    einde: tuple[str, str] | None = None
    proces: str = ""
    open_stappen: list[str] = field(default_factory=list)

    @property
    def dagen(self) -> int:
        return (self.regels[-1].op - self.regels[0].op).days

    @property
    def rollen(self) -> list[str]:
        """Everyone he met, in order."""
        return list(dict.fromkeys(regel.rol for regel in self.regels))


@contextlib.asynccontextmanager
async def keten_met_klok() -> AsyncIterator[tuple[Keten, MovableClock]]:
    """A whole chain of its own, on a PostgreSQL that is gone afterwards."""
    klok = MovableClock(datetime(2026, 1, 1, 9, tzinfo=NEDERLAND))
    with _folder() as folder:
        postgres = LokalePostgres(folder / "postgres", SNEL_MAAR_VLUCHTIG)
        geheimen = Geheimen.uit(folder / "geheimen.json", [s.name for s in ALLES])
        try:
            with postgres:
                await bereid_voor(postgres.beheer_url, geheimen)
                async with start_keten(
                    postgres.beheer_url, geheimen, folder, clock=klok
                ) as draaiend:
                    yield draaiend, klok
        finally:
            postgres.wis()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder that another user can reach: started by root, PostgreSQL runs as one."""
    with tempfile.TemporaryDirectory(prefix="meedoen-jan-") as map_:
        Path(map_).chmod(0o755)
        yield Path(map_)


async def speel(
    keten: Keten,
    klok: MovableClock,
    verhaal: Verhaal,
    *,
    toon: Callable[[Regel], None] = lambda _: None,
) -> Gespeeld:
    """Play a story to its end. Raises KlantreisFout when something is refused."""
    transport = httpx2.ASGITransport(keten.app)
    async with Verbinding("https://api.meedoen.example", transport=transport) as verbinding:
        spel = _Spel(keten, klok, verhaal, verbinding, toon)
        return await spel.speel()


class _Spel:
    def __init__(
        self,
        keten: Keten,
        klok: MovableClock,
        verhaal: Verhaal,
        verbinding: Verbinding,
        toon: Callable[[Regel], None],
    ) -> None:
        self._keten = keten
        self._klok = klok
        self._verhaal = verhaal
        self._verbinding = verbinding
        self._toon = toon
        self._gespeeld = Gespeeld(verhaal)
        self._kandidaat = ""
        self._aanvraag = ""
        self._gezien = 0

    async def speel(self) -> Gespeeld:
        await self._meld_aan()
        for moment in self._verhaal.momenten:
            await self._naar(moment.op)
            await self._doe(moment)
        await self._sluit_af()
        return self._gespeeld

    @property
    def _pad(self) -> str:
        return f"/intake/v1/kandidaten/{self._kandidaat}"

    async def _naar(self, dag: date) -> None:
        """It becomes nine o'clock on a day; on each day in between the terms that end are told."""
        while True:
            vandaag = self._klok.now().astimezone(NEDERLAND).date()
            await self._keten.runtimes["intake"].timers.fire_due()
            if vandaag >= dag:
                return
            morgen = vandaag + timedelta(days=1)
            self._klok.move_to(datetime.combine(morgen, _NEGEN_UUR, NEDERLAND))

    async def _meld_aan(self) -> None:
        verhaal = self._verhaal
        self._klok.move_to(datetime.combine(verhaal.aangemeld_op, _NEGEN_UUR, NEDERLAND))
        kandidaat = await self._verbinding.doe(
            verhaal.gemeentecode,
            KLANTMANAGER,
            "/intake/v1/kandidaten",
            {
                "aangemeldOp": verhaal.aangemeld_op.isoformat(),
                "instroomkanaal": verhaal.kanaal,
                "doelgroep": verhaal.doelgroep,
                "persoon": verhaal.persoon,
            },
        )
        self._kandidaat = kandidaat["kandidaatId"]
        await self._leg_vast(
            verhaal.aangemeld_op,
            "aanmelding",
            KLANTMANAGER,
            verhaal.kanaal,
            "Jan meldt zich.",
            None,
        )

    async def _doe(self, moment: Moment) -> None:
        match moment:
            case Zet():
                await self._zet(moment)
            case Evaluatie(op, stap, tekst):
                open_stap = await self._open_stap(stap)
                uiterlijk = await self._termijn("processtap", f"{stap}/evaluatie")
                await self._post(
                    open_stap["rol"],
                    f"/proces/stappen/{stap}/evaluaties",
                    {"geevalueerdOp": op.isoformat()},
                )
                await self._leg_vast(
                    op, "evaluatie", open_stap["rol"], open_stap["kanaal"], tekst, uiterlijk
                )
            case Aanvraag(op, tekst):
                aanvraag = await self._post(
                    KLANTMANAGER, "/aanvragen", {"aangevraagdOp": op.isoformat()}
                )
                self._aanvraag = f"/aanvragen/{aanvraag['aanvraagId']}"
                await self._leg_vast(op, "aanvraag", KLANTMANAGER, "schriftelijk", tekst, None)
            case Voorschot(op, tekst):
                uiterlijk = await self._termijn("voorschot")
                await self._post(
                    KLANTMANAGER, f"{self._aanvraag}/voorschotten", {"verstrektOp": op.isoformat()}
                )
                await self._leg_vast(op, "voorschot", KLANTMANAGER, "intern", tekst, uiterlijk)
            case Toekenning(op, tekst):
                uiterlijk = await self._termijn("beslistermijn")
                await self._post(
                    KLANTMANAGER,
                    f"{self._aanvraag}/beslissingen",
                    {"uitkomst": "toegekend", "beslistOp": op.isoformat()},
                )
                await self._leg_vast(
                    op, "toekenning", KLANTMANAGER, "schriftelijk", tekst, uiterlijk
                )

    async def _zet(self, zet: Zet) -> None:
        open_stap = await self._open_stap(zet.stap)
        await self._post(
            open_stap["rol"],
            "/proces/stappen",
            {"stap": zet.stap, "gezetOp": zet.op.isoformat(), "feiten": dict(zet.feiten)},
        )
        uiterlijk = open_stap["uiterlijk"]
        await self._leg_vast(
            zet.op,
            zet.stap,
            open_stap["rol"],
            open_stap["kanaal"],
            zet.tekst,
            date.fromisoformat(uiterlijk) if uiterlijk else None,
        )

    async def _post(self, rol: str, pad: str, body: dict[str, Any]) -> Any:
        return await self._verbinding.doe(self._verhaal.gemeentecode, rol, self._pad + pad, body)

    async def _lees(self, pad: str, **params: Any) -> Any:
        antwoord = await self._verbinding.lees(
            self._verhaal.gemeentecode, KLANTMANAGER, pad, params or None
        )
        return antwoord.json()

    async def _open_stap(self, code: str) -> Any:
        proces = await self._lees(f"{self._pad}/proces")
        return next((o for o in proces["openStappen"] if o["stap"] == code), _ONBEKEND)

    async def _termijn(self, soort: str, kenmerk: str = "") -> date | None:
        termijnen = await self._lees(f"{self._pad}/termijnen")
        lopend = (
            date.fromisoformat(t["laatsteDag"])
            for t in termijnen["termijnen"]
            if t["soort"] == soort
            and (not kenmerk or t["kenmerk"] == kenmerk)
            and t["status"] == "lopend"
        )
        return next(lopend, None)

    async def _leg_vast(
        self, op: date, wat: str, rol: str, kanaal: str, tekst: str, uiterlijk: date | None
    ) -> None:
        regel = Regel(op, wat, rol, kanaal, tekst, uiterlijk, await self._gebeurtenissen())
        self._gespeeld.regels.append(regel)
        self._toon(regel)

    async def _gebeurtenissen(self) -> tuple[Gezegd, ...]:
        """What the feed of the gemeente got since the last time, once it has all that was said."""
        async with self._keten.databases["intake"].unit_of_work(SYSTEM) as uow:
            gezegd = await uow.connection.fetchval(
                "SELECT versie FROM stroom WHERE aggregate_id = $1", self._kandidaat
            )
        alle = await self._verbinding.wacht_op(
            self._verhaal.gemeentecode,
            KLANTMANAGER,
            _FEED,
            {"subject": self._kandidaat, "limiet": 500},
            lambda pagina: len(pagina["resultaten"]) >= gezegd and pagina["resultaten"],
        )
        nieuw, self._gezien = alle[self._gezien :], len(alle)
        return tuple(
            Gezegd(event["type"].split(".")[2], event["data"].get("soort", ""))
            for event in (regel["gebeurtenis"] for regel in nieuw)
        )

    async def _sluit_af(self) -> None:
        proces = await self._lees(f"{self._pad}/proces")
        gespeeld = self._gespeeld
        gespeeld.proces = proces["naam"]
        gespeeld.open_stappen = [o["stap"] for o in proces["openStappen"]]
        if proces["einde"]:
            gespeeld.einde = proces["einde"]["code"], proces["einde"]["naam"]
        termijnen = await self._lees(f"{self._pad}/termijnen")
        gespeeld.termijnen = [
            Termijn(
                t["soort"],
                t["kenmerk"],
                date.fromisoformat(t["laatsteDag"]),
                t["status"],
                t["dagenTeLaat"],
            )
            for t in termijnen["termijnen"]
        ]


_ONBEKEND: Final = {"rol": KLANTMANAGER, "kanaal": "", "uiterlijk": None}
"""A step that is not open: the API says so when it is done all the same."""
