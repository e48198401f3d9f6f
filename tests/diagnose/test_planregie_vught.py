"""The Vught pilot (bron 003, Resultaten; domain.md §7.1) played through the API, day by day.

The data set is invented but for its totals: 25 aanmeldingen of which 12 did not start, 7 run and 6
are finished (5 ended, 1 extended), with their doelen, hours and ZRM metingen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from services.diagnose.domain.zrm import ZrmVersie
from tests.diagnose.gebruikers import BOXTEL, VUGHT, WSD, Diagnose, Dossiernummers
from tests.diagnose.verhalen import neem_af

GEGEVENS: Final = json.loads((Path(__file__).parent / "gegevens/planregie_vught.json").read_text())
AANMELDINGEN: Final[list[dict[str, Any]]] = GEGEVENS["aanmeldingen"]
EERSTE_DAG: Final = date(2018, 9, 24)
WOORDEN: Final = {"samenvatting": "Zie de doelen.", "vervolg": "Verder volgens plan."}

Handeling = Callable[[], Awaitable[Any]]


class Deelnemer:
    """One aanmelding of the data set, and what is done with it on which day."""

    def __init__(self, diagnose: Diagnose, gegevens: dict[str, Any]) -> None:
        self._diagnose = diagnose
        self._gegevens = gegevens
        self._dossier = Dossiernummers("", UUID(int=0))
        self._pad = ""
        self._doelen: list[str] = []

    def handelingen(self) -> Iterator[tuple[str, Handeling]]:
        """Every act with its day; of one day in this order."""
        g = self._gegevens
        yield g["aangemeldOp"], self._meld_aan
        if niet := g.get("nietGestart"):
            yield niet["op"], self._stuur("afmeldingen", niet)
            return
        yield g["gestartOp"], self._stuur("starts", {"gestartOp": g["gestartOp"]})
        for betrokkene in g["betrokkenen"]:
            yield g["gestartOp"], self._stuur("betrokkenen", betrokkene)
        for meting in g["zrm"]:
            yield meting["op"], self._meet(meting["niveaus"])
        for plek, doel in enumerate(g["doelen"]):
            yield doel["gesteldOp"], self._stel(doel)
            if "behaaldOp" in doel:
                yield doel["behaaldOp"], self._behaal(plek, doel["behaaldOp"])
        for regel in g["uren"]:
            wie = {"medewerker": "PR-1", "functie": "planregisseur"}
            yield regel["op"], self._stuur("uren", {**regel, **wie})
        for rapportage in g["rapportages"]:
            yield rapportage["op"], self._rapporteer(rapportage["soort"])
        if verlenging := g.get("verlenging"):
            body = {"verlengdOp": verlenging["op"], **verlenging}
            del body["op"]
            yield verlenging["op"], self._stuur("verlengingen", body)
        if op := g.get("beeindigdOp"):
            yield op, self._stuur("beeindigingen", {"beeindigdOp": op, "reden": "afgerond"})

    async def _meld_aan(self) -> None:
        self._dossier = await self._diagnose.gestart(VUGHT)
        antwoord = await self._diagnose.stuur(
            f"{self._dossier.pad}/planregies",
            {"aangemeldOp": self._gegevens["aangemeldOp"]},
            organisatie=VUGHT,
        )
        self._pad = f"{self._dossier.pad}/planregies/{antwoord['planregieId']}"

    def _stuur(self, onderdeel: str, body: dict[str, Any]) -> Handeling:
        async def doe() -> Any:
            return await self._diagnose.stuur(f"{self._pad}/{onderdeel}", body, rol="planregisseur")

        return doe

    def _stel(self, doel: dict[str, Any]) -> Handeling:
        body = {naam: doel[naam] for naam in ("domein", "omschrijving", "gesteldOp")}

        async def doe() -> None:
            self._doelen.append((await self._stuur("doelen", body)())["doelId"])

        return doe

    def _behaal(self, plek: int, op: str) -> Handeling:
        async def doe() -> None:
            pad = f"doelen/{self._doelen[plek]}/uitkomsten"
            await self._stuur(pad, {"uitkomst": "behaald", "op": op})()

        return doe

    def _meet(self, niveaus: dict[str, int]) -> Handeling:
        per_domein = {domein.replace("-", "_"): niveau for domein, niveau in niveaus.items()}
        return lambda: neem_af(self._diagnose, self._dossier, ZrmVersie.V2017, **per_domein)

    def _rapporteer(self, soort: str) -> Handeling:
        async def doe() -> None:
            rapport = await self._stuur("rapportages", {"soort": soort, **WOORDEN})()
            akkoorden = f"{self._pad}/rapportages/{rapport['rapportageId']}/akkoorden"
            for organisatie, rol in ((WSD, "planregisseur"), (VUGHT, "klantmanager")):
                await self._diagnose.stuur(
                    akkoorden, {"medewerker": "M-1"}, organisatie=organisatie, rol=rol
                )

        return doe


async def speel(diagnose: Diagnose) -> None:
    """Everything of the data set, on its day, until the peildatum."""
    alles = [
        handeling
        for gegevens in AANMELDINGEN
        for handeling in Deelnemer(diagnose, gegevens).handelingen()
    ]
    for dag, doe in sorted(alles, key=lambda handeling: handeling[0]):
        if dag != diagnose.vandaag.isoformat():
            await diagnose.naar(date.fromisoformat(dag))
        await doe()
    await diagnose.naar(date.fromisoformat(GEGEVENS["peildatum"]))


def in_traject() -> list[dict[str, Any]]:
    return [gegevens for gegevens in AANMELDINGEN if "gestartOp" in gegevens]


def test_de_gegevens_zelf_tellen_op_tot_de_bron() -> None:
    """Counted from the file, without the software."""
    afgerond = [g for g in in_traject() if len(g["rapportages"]) == 3]
    lopend = [g for g in in_traject() if len(g["rapportages"]) == 2]
    assert (len(AANMELDINGEN), len(in_traject()), len(lopend), len(afgerond)) == (25, 13, 7, 6)
    assert [len([g for g in afgerond if wat in g]) for wat in ("beeindigdOp", "verlenging")] == [
        5,
        1,
    ]
    for groep, gesteld, behaald, uren in ((lopend, 33, 6, 132), (afgerond, 37, 19, 160)):
        doelen = [doel for g in groep for doel in g["doelen"]]
        assert (len(doelen), sum("behaaldOp" in d for d in doelen)) == (gesteld, behaald)
        assert sum(Decimal(regel["uren"]) for g in groep for regel in g["uren"]) == uren
    # A step in the matrix for each doel that was reached, in its domain.
    for g in in_traject():
        eerste, laatste = g["zrm"][0]["niveaus"], g["zrm"][-1]["niveaus"]
        stappen = Counter({d: laatste[d] - eerste[d] for d in eerste if laatste[d] != eerste[d]})
        assert stappen == Counter(d["domein"] for d in g["doelen"] if "behaaldOp" in d)


async def test_de_rapportage_geeft_de_tabel_van_vught(diagnose: Diagnose) -> None:
    diagnose.klok.move_to(diagnose.klok.now() - timedelta(days=3000))
    await diagnose.naar(EERSTE_DAG)
    await speel(diagnose)
    verwacht = {
        "peildatum": "2019-05-31",
        "gemeentecode": None,
        "nogNietBegonnen": 0,
        "nietGestart": 12,
        "lopend": {
            "inwoners": 7,
            "doelenGesteld": 33,
            "behaaldNaDrieMaanden": 6,
            "ingezetteUren": "132.00",
        },
        "afgerond": {
            "inwoners": 6,
            "doelenGesteld": 37,
            "behaaldNaZesMaanden": 19,
            "ingezetteUren": "160.00",
        },
        "totaal": {
            "inwoners": 25,
            "doelenGesteld": 70,
            "doelenBehaald": 25,
            "ingezetteUren": "292.00",
        },
        "stappen": [
            {"domein": "werk-en-opleiding", "stappen": 13},
            {"domein": "tijdsbesteding", "stappen": 3},
            {"domein": "geestelijke-gezondheid", "stappen": 1},
            {"domein": "lichamelijke-gezondheid", "stappen": 1},
            {"domein": "sociaal-netwerk", "stappen": 2},
            {"domein": "maatschappelijke-participatie", "stappen": 5},
        ],
        "stappenTotaal": 25,
        "gemiddeldAantalOrganisaties": "4.0",
    }
    assert await diagnose.haal("/rapportages/planregie", organisatie=VUGHT) == verwacht
    van_vught = {"gemeentecode": VUGHT}
    assert await diagnose.haal("/rapportages/planregie", vraag=van_vught) == {
        **verwacht,
        "gemeentecode": VUGHT,
    }
    # Of another gemeente nothing is counted, whatever it asks for.
    anders = await diagnose.haal("/rapportages/planregie", organisatie=BOXTEL, vraag=van_vught)
    assert anders["totaal"]["inwoners"] == 0
    await _was_op_tijd(diagnose)


async def _was_op_tijd(diagnose: Diagnose) -> None:
    """Of the 13 every report that was due by the peildatum was made in time."""
    gehaald = await diagnose.haal(
        "/termijnen", organisatie=VUGHT, vraag={"status": "gehaald", "limiet": 500}
    )
    soorten = Counter(t["soort"] for t in gehaald["resultaten"] if not t["teLaat"])
    assert (soorten["tussenrapportage"], soorten["eindrapportage"]) == (13, 6)
    te_laat = await diagnose.haal(
        "/termijnen", organisatie=VUGHT, vraag={"status": "verstreken", "limiet": 500}
    )
    rapportages = {"tussenrapportage", "eindrapportage"}
    assert [t for t in te_laat["resultaten"] if t["soort"] in rapportages] == []
