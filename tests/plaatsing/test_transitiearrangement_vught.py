"""The transitiearrangement of Vught (bron 003; domain.md §7.1) played through the API, day by day.

The data set is invented but for its totals: 69 kandidaten whom WSD placed and 72 whom Vught placed
itself, with their loonwaarden, placements and ends, until 30 June 2019. Bron 003 contradicts itself
in one place: of May 2019 it counts one proefplaatsing, and two kandidaten on trial without a known
loonwaarde. Here there are those two, seconded and not yet in a job.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from chassis.clock import NEDERLAND, MovableClock
from chassis.database import Database
from chassis.timers import Timers
from contracts.intake import BeschutWerkbesluitGenomen
from services.plaatsing.domain.werkgever import Werkgeversoort
from tests.dienst import Klant
from tests.plaatsing.hulp import (
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    doorverwijzing,
    loonwaarde,
    trajectbesluit,
    werkplek,
)

GEGEVENS: Final = json.loads(
    (Path(__file__).parent / "gegevens/transitiearrangement_vught.json").read_text()
)
VAN_WSD: Final[list[dict[str, Any]]] = GEGEVENS["wsd"]
VAN_VUGHT: Final[list[dict[str, Any]]] = GEGEVENS["gemeente"]
EERSTE_DAG, PEILDATUM, LAATSTE_DAG = date(2017, 1, 1), date(2019, 5, 31), date(2019, 6, 30)
PROEF, LKS = "proefplaatsing", "lks-dienstverband"

UITVAL_PROEFPLAATSING: Final = {
    "arbeidsovereenkomst": 34,
    "geen-verminderde-loonwaarde": 1,
    "terug-gemeld-motivatie": 3,
    "terug-gemeld-niet-in-staat": 7,
    "wijziging-traject": 1,
    "uitstroom-regulier": 6,
}
UITVAL_DIENSTVERBAND: Final = {
    "terug-gemeld-motivatie": 1,
    "terug-gemeld-niet-in-staat": 1,
    "wijziging-traject": 1,
    "uitstroom-regulier": 14,
}

Handeling = Callable[[], Awaitable[Any]]


class Werkplekken:
    """Of Werkpartners, of an inlener and of a local werkgever, with room for everyone."""

    def __init__(self, werkpartners: UUID, inlener: UUID, lokaal: UUID) -> None:
        self.werkpartners, self.inlener, self.lokaal = werkpartners, inlener, lokaal

    @classmethod
    async def maak(cls, database: Database) -> Werkplekken:
        bij_wsd = Werkgeversoort.WERKPARTNERS
        return cls(
            await werkplek(database, soort=bij_wsd, capaciteit=100),
            await werkplek(database, capaciteit=100),
            await werkplek(database, eigenaar=VUGHT, capaciteit=100),
        )


class Loopbaan:
    """One kandidaat of the data set, and what happens to them on which day."""

    def __init__(
        self, keten: Keten, klant: Klant, plekken: Werkplekken, door: str, gegevens: dict[str, Any]
    ) -> None:
        self._keten, self._klant, self._plekken, self._door = keten, klant, plekken, door
        self._gegevens = gegevens
        self._kandidaat_id = uuid4()
        self._ids: dict[int, str] = {}

    def handelingen(self) -> Iterator[tuple[str, Handeling]]:
        """Every act with its day; of one day in this order."""
        plaatsingen = self._gegevens["plaatsingen"]
        yield min(p["begin"] for p in plaatsingen), self._word_bekend
        for meting in self._gegevens["loonwaarden"]:
            yield meting["vanaf"], self._meet(meting)
        for nummer, plaatsing in enumerate(plaatsingen):
            yield plaatsing["begin"], self._plaats(nummer, plaatsing)
            if "einde" in plaatsing:
                yield plaatsing["einde"], self._beeindig(nummer, plaatsing)

    async def _word_bekend(self) -> None:
        eerste = date.fromisoformat(min(p["begin"] for p in self._gegevens["plaatsingen"]))
        wie = (self._kandidaat_id, VUGHT)
        await self._keten.zeg(
            doorverwijzing(*wie, op=eerste),
            trajectbesluit(*wie, vanaf=eerste, met_wsd=self._door == WSD),
            BeschutWerkbesluitGenomen(
                kandidaat_id=self._kandidaat_id,
                gemeentecode=VUGHT,
                besluit_id=uuid4(),
                uwv_advies_op=eerste,
                toegekend=True,
                ingangsdatum=eerste,
            ),
        )

    def _meet(self, meting: dict[str, Any]) -> Handeling:
        return lambda: self._keten.zeg(
            loonwaarde(
                self._kandidaat_id,
                VUGHT,
                percentage=meting["percentage"],
                vanaf=date.fromisoformat(meting["vanaf"]),
            )
        )

    def _plaats(self, nummer: int, plaatsing: dict[str, Any]) -> Handeling:
        async def doe() -> None:
            body: dict[str, Any] = {
                "kandidaatId": str(self._kandidaat_id),
                "begindatum": plaatsing["begin"],
                "urenPerWeek": "24",
            }
            if "vanuit" in plaatsing:
                body["vorigePlaatsingId"] = self._ids[plaatsing["vanuit"]]
            pad, bij_soort = self._bij_soort(plaatsing["soort"])
            self._ids[nummer] = (await self._stuur(pad, body | bij_soort))["plaatsingId"]

        return doe

    def _bij_soort(self, soort: str) -> tuple[str, dict[str, Any]]:
        """Where a placement of a kind is started, and what that asks."""
        inlener = str(self._plekken.inlener)
        if soort == PROEF:
            return "/proefplaatsingen", {"werkplekId": inlener, "ontvangtAlgemeneBijstand": True}
        if soort != LKS:
            return "/plaatsingen", {
                "soort": soort,
                "werkplekId": inlener,
                "tariefPerUur": "14.50",
            }
        via_wsd = self._door == WSD
        plek = self._plekken.werkpartners if via_wsd else self._plekken.lokaal
        return "/lks-plaatsingen", {
            "werkplekId": str(plek),
            "voltijdsurenPerWeek": "36",
            "grondslag": "loonwaarde",
            "via": "werkpartners" if via_wsd else "werkgever",
            "behoortTotDoelgroep": True,
        }

    def _beeindig(self, nummer: int, plaatsing: dict[str, Any]) -> Handeling:
        einde = {"einddatum": plaatsing["einde"], "reden": plaatsing["reden"]}
        return lambda: self._stuur(f"/plaatsingen/{self._ids[nummer]}/beeindigingen", einde)

    async def _stuur(self, pad: str, body: dict[str, Any]) -> Any:
        antwoord = await self._klant(self._door).post(pad, json=body)
        assert antwoord.status_code == 201, antwoord.text
        return antwoord.json()


def van_soort(gegevens: list[dict[str, Any]], *soorten: str) -> list[dict[str, Any]]:
    return [p for k in gegevens for p in k["plaatsingen"] if p["soort"] in soorten]


def dagen(vanaf: date, tot_en_met: date) -> Iterator[str]:
    for dag in range(vanaf.toordinal(), tot_en_met.toordinal() + 1):
        yield date.fromordinal(dag).isoformat()


def test_de_gegevens_zelf_tellen_op_tot_de_bron() -> None:
    """Counted from the file, without the software."""
    op, begin = PEILDATUM.isoformat(), EERSTE_DAG.isoformat()
    proef = van_soort(VAN_WSD, PROEF)
    vervolgd = [p for p in van_soort(VAN_WSD, LKS) if "vanuit" in p]
    redenen = Counter(p["reden"] for p in proef if "einde" in p)
    assert {"arbeidsovereenkomst": len(vervolgd), **redenen} == UITVAL_PROEFPLAATSING
    assert len(proef) == 52
    banen = van_soort(VAN_WSD, LKS)
    assert Counter(p["reden"] for p in banen if "einde" in p) == UITVAL_DIENSTVERBAND
    # January 2017: thirteen seconded and four on trial; since then 52 others: 69 in all.
    eerder = [k for k in VAN_WSD if any(p["begin"] < begin for p in k["plaatsingen"])]
    assert Counter(p["soort"] for p in van_soort(eerder, PROEF, LKS) if p["begin"] < begin) == {
        LKS: 13,
        PROEF: 4,
    }
    assert (len(VAN_WSD), len(VAN_WSD) - len(eerder)) == (69, 52)
    staat = [
        p
        for k in VAN_WSD
        for p in k["plaatsingen"]
        if p["soort"].startswith("detachering-") and "einde" not in p and p["begin"] <= op
    ]
    assert Counter(p["soort"] for p in staat) == {
        "detachering-beschut": 6,
        "detachering-groep": 24,
        "detachering-doorstroom": 2,
        "detachering-individueel": 8,
    }


def test_de_taakstelling_wordt_gehaald_als_in_de_bron() -> None:
    """Counted by the day from the file: 41 places on average in 2018, and 42 in 2019."""

    def gemiddeld(vanaf: date, tot_en_met: date) -> float:
        bezet = [
            sum(
                any(
                    p["soort"] != PROEF and p["begin"] <= dag <= p.get("einde", dag)
                    for p in k["plaatsingen"]
                )
                for k in VAN_WSD
            )
            for dag in dagen(vanaf, tot_en_met)
        ]
        return sum(bezet) / len(bezet)

    in_2018 = gemiddeld(date(2018, 1, 1), date(2018, 12, 31))
    in_2019 = gemiddeld(date(2019, 1, 1), PEILDATUM)
    assert (round(in_2018), round(in_2018 / 42 * 100)) == (41, 98)
    assert (round(in_2019), round(in_2019 / 58 * 100)) == (42, 73)


async def test_de_rapportages_geven_de_tabellen_van_vught(
    klant: Klant, database: Database, keten: Keten, klok: MovableClock, timers: Timers
) -> None:
    plekken = await Werkplekken.maak(database)
    alles = [
        handeling
        for door, gegevens in ((WSD, VAN_WSD), (VUGHT, VAN_VUGHT))
        for een in gegevens
        for handeling in Loopbaan(keten, klant, plekken, door, een).handelingen()
    ]
    vandaag = ""
    for dag, doe in sorted(alles, key=lambda handeling: handeling[0]):
        if dag != vandaag:
            vandaag = dag
            klok.move_to(datetime.combine(date.fromisoformat(dag), time(9), NEDERLAND))
            await timers.fire_due()
        await doe()
    klok.move_to(datetime.combine(LAATSTE_DAG, time(9), NEDERLAND))

    async def haal(rapport: str, organisatie: str = VUGHT, **vraag: Any) -> Any:
        antwoord = await klant(organisatie).get(f"/rapportages/{rapport}", params=vraag)
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.json()

    periode = {"vanaf": str(EERSTE_DAG), "totEnMet": str(PEILDATUM)}
    arrangement = await haal("transitiearrangement", **periode)
    assert [tuple(deel.values()) for deel in arrangement["samenstelling"]] == [
        ("detachering-beschut", 6, 15, 0, "38.6", 28, 54),
        ("detachering-groep", 24, 60, 2, "48.0", 30, 62),
        ("detachering-doorstroom", 2, 5, 0, "42.5", 30, 55),
        ("detachering-individueel", 8, 20, 0, "57.0", 30, 73),
        (None, 40, 100, 2, "48.1", 28, 73),
    ]
    for einde, redenen, totaal in (
        ("eindeProefplaatsing", UITVAL_PROEFPLAATSING, 52),
        ("eindeDienstverband", UITVAL_DIENSTVERBAND, 17),
    ):
        geteld = {r["reden"]: r["aantal"] for r in arrangement[einde]["redenen"] if r["aantal"]}
        assert (geteld, arrangement[einde]["totaal"]) == (redenen, totaal)
    assert [
        (t["jaar"], t["gerealiseerd"], t["taakstelling"], t["procent"])
        for t in arrangement["taakstelling"]
    ] == [(2018, 41, 42, 98), (2019, 42, 58, 73)]

    banen = await haal("lks-banen", vanaf="2018-01-01", totEnMet=str(LAATSTE_DAG))
    assert [tuple(jaar.values()) for jaar in banen["gerealiseerd"]] == [(2018, 71), (2019, 22)]
    assert banen["gerealiseerdTotaal"] == 93
    assert banen["stand"] == {"gemeente": 41, "wsd": 40, "totaal": 81}

    # WSD counts the same of Vught, and nobody else anything.
    van_wsd = await haal("transitiearrangement", WSD, gemeentecode=VUGHT, **periode)
    assert van_wsd == arrangement
    van_boxtel = await haal("transitiearrangement", BOXTEL, **periode)
    assert (van_boxtel["samenstelling"][-1]["aantal"], van_boxtel["taakstelling"]) == (0, [])
    ander = await klant(BOXTEL).get(
        "/rapportages/transitiearrangement", params={**periode, "gemeentecode": VUGHT}
    )
    assert ander.status_code == 404
