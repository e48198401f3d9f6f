"""Twee kandidaten door de hele keten: wat zij meemaakten staat in een antwoord, als een lijn."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from deploy.klantreis.persoon import verzin_kvk_nummer
from deploy.klantreis.verloop import Klantreis
from tests.keten.proefketen import BOXTEL, VANDAAG, WSD, Proefketen
from tests.keten.wereld import AANROEPEN, namens

pytestmark = pytest.mark.asyncio(loop_scope="package")

ACCOUNT, GEMEENTE = (WSD, "accountmanager"), (BOXTEL, "klantmanager")
LKS = {
    "urenPerWeek": "24",
    "voltijdsurenPerWeek": "36",
    "grondslag": "loonwaarde",
    "via": "werkgever",
    "behoortTotDoelgroep": True,
}
"""Of every job with loonkostensubsidie here."""


def dag(dagen_geleden: int) -> str:
    return (VANDAAG - timedelta(days=dagen_geleden)).isoformat()


class Verhaal:
    """One kandidaat from the trajectbesluit on, and whoever does something about them."""

    def __init__(self, keten: Proefketen, klant: httpx2.AsyncClient, reis: Klantreis) -> None:
        self._keten, self._klant, self.reis = keten, klant, reis
        self._toeval = Random(reis.kandidaat_id)

    async def doe(self, wie: tuple[str, str], pad: str, **body: Any) -> dict[str, Any]:
        antwoord = await self._klant.post(
            pad, json=body, headers=namens(self._keten, *wie) | {"Idempotency-Key": str(uuid4())}
        )
        assert antwoord.status_code == 201, antwoord.text
        await self._keten.rust()
        gegeven: dict[str, Any] = antwoord.json()
        return gegeven

    async def werkplek(self) -> str:
        """At a werkgever of its own."""
        werkgever = await self.doe(
            ACCOUNT,
            "/plaatsing/v1/werkgevers",
            kvkNummer=verzin_kvk_nummer(self._toeval),
            naam="Voorbeeld",
        )
        invulling = AANROEPEN["plaatsing.legEenWerkplekVast"].invulling(werkgever)["json"]
        return str(
            (await self.doe(ACCOUNT, "/plaatsing/v1/werkplekken", **invulling))["werkplekId"]
        )

    async def plaats(self, pad: str, **body: Any) -> str:
        geplaatst = await self.doe(
            ACCOUNT, f"/plaatsing/v1/{pad}", kandidaatId=self.reis.kandidaat_id, **body
        )
        return str(geplaatst["plaatsingId"])

    async def bij_plaatsing(self, plaatsing_id: str, wat: str, **body: Any) -> None:
        await self.doe(ACCOUNT, f"/plaatsing/v1/plaatsingen/{plaatsing_id}/{wat}", **body)

    async def bij_gemeente(self, wat: str, **body: Any) -> None:
        await self.doe(GEMEENTE, f"/intake/v1/kandidaten/{self.reis.kandidaat_id}/{wat}", **body)

    async def loopbaan(self, organisatie: str = BOXTEL, rol: str = "klantmanager") -> list[Any]:
        antwoord = await self._klant.get(
            f"/plaatsing/v1/kandidaten/{self.reis.kandidaat_id}/loopbaan",
            headers=namens(self._keten, organisatie, rol),
        )
        assert antwoord.status_code == 200, antwoord.text
        stappen: list[Any] = antwoord.json()["stappen"]
        return stappen

    async def bedragen(self) -> list[tuple[str, str, str | None]]:
        """Of each job: from when, its last hours, and until when it is subsidised."""
        antwoord = await self._klant.get(
            "/financiering/v1/loonkostensubsidies",
            params={"kandidaatId": self.reis.kandidaat_id},
            headers=namens(self._keten, *GEMEENTE),
        )
        gevonden = []
        for lks in antwoord.json()["resultaten"]:
            een = await self._klant.get(
                f"/financiering/v1/loonkostensubsidies/{lks['lksId']}",
                headers=namens(self._keten, *GEMEENTE),
            )
            velden = een.json()
            gevonden.append((velden["begindatum"], velden["urenPerWeek"], velden["laatsteDag"]))
        return sorted(gevonden)


def kort(stappen: list[Any]) -> list[tuple[str, ...]]:
    """When, what, of which kind, and what of it is told."""
    velden = ("soort", "urenPerWeek", "loonwaarde", "eindereden", "bestemming", "totEnMet")
    return [
        (stap["op"], stap["wat"], *(str(stap[v]) for v in velden if stap[v] is not None))
        for stap in stappen
    ]


async def test_van_proefplaatsing_tot_regulier_werk_staat_in_een_lijn(keten: Proefketen) -> None:
    reis = await keten.speel(BOXTEL, eind="trajectbesluit")
    async with keten.klant() as klant:
        verhaal = Verhaal(keten, klant, reis)
        eerste, tweede = await verhaal.werkplek(), await verhaal.werkplek()
        proef = await verhaal.plaats(
            "proefplaatsingen",
            werkplekId=eerste,
            begindatum=dag(70),
            urenPerWeek="24",
            ontvangtAlgemeneBijstand=True,
        )
        baan = await verhaal.plaats(
            "lks-plaatsingen",
            **LKS,
            werkplekId=eerste,
            begindatum=dag(40),
            vorigePlaatsingId=proef,
        )
        await verhaal.bij_plaatsing(baan, "wijzigingen", vanaf=dag(30), urenPerWeek="32")
        elders = await verhaal.plaats(
            "lks-plaatsingen",
            **LKS,
            werkplekId=tweede,
            begindatum=dag(20),
            vorigePlaatsingId=baan,
        )
        await verhaal.bij_plaatsing(
            elders, "beeindigingen", einddatum=dag(4), reden="uitstroom-regulier"
        )
        await verhaal.bij_gemeente("uitstromingen", uitgestroomdOp=dag(3), reden="arbeid")
        stappen = await verhaal.loopbaan()
        lks = "lks-dienstverband"
        loonwaarde = str(stappen[2]["loonwaarde"])
        assert kort(stappen) == [
            (dag(70), "plaatsing-begonnen", "proefplaatsing", "24.00"),
            (dag(41), "plaatsing-geeindigd", "proefplaatsing", "arbeidsovereenkomst"),
            (dag(40), "plaatsing-begonnen", lks, "24.00", loonwaarde),
            (dag(30), "plaatsing-gewijzigd", lks, "32.00"),
            (dag(21), "plaatsing-geeindigd", lks, "doorstroom"),
            (dag(20), "plaatsing-begonnen", lks, "24.00", loonwaarde),
            (dag(4), "plaatsing-geeindigd", lks, "uitstroom-regulier"),
            (dag(3), "uitstroom", "regulier-werk"),
        ]
        assert [s["vorigePlaatsingId"] for s in stappen if s["vorigePlaatsingId"]] == [proef, baan]
        assert await verhaal.loopbaan(*ACCOUNT) == stappen
        assert await verhaal.bedragen() == [
            (dag(40), "32.00", dag(21)),
            (dag(20), "24.00", dag(4)),
        ]


async def test_wie_terugvalt_gaat_verder_op_dezelfde_lijn(keten: Proefketen) -> None:
    reis = await keten.speel(BOXTEL, eind="trajectbesluit")
    async with keten.klant() as klant:
        verhaal = Verhaal(keten, klant, reis)
        plek = await verhaal.werkplek()
        baan = await verhaal.plaats("lks-plaatsingen", **LKS, werkplekId=plek, begindatum=dag(70))
        await verhaal.bij_plaatsing(
            baan, "beeindigingen", einddatum=dag(41), reden="uitstroom-regulier"
        )
        await verhaal.bij_gemeente("uitstromingen", uitgestroomdOp=dag(40), reden="arbeid")
        await verhaal.bij_gemeente("terugvallen", teruggevallenOp=dag(20))
        await verhaal.bij_gemeente(
            "beschut-werkbesluiten",
            genomenOp=dag(12),
            motivering="Proef",
            rechtsgrond="pw-art-10b",
            ingangsdatum=dag(10),
            uwvAdviesOp=dag(15),
            uwvAdviesPositief=True,
            toegekend=True,
        )
        await verhaal.plaats(
            "plaatsingen",
            soort="beschut-werk",
            werkplekId=plek,
            begindatum=dag(10),
            urenPerWeek="16",
            vorigePlaatsingId=baan,
        )
        stappen = await verhaal.loopbaan()
        lks, loonwaarde = "lks-dienstverband", str(stappen[0]["loonwaarde"])
        assert kort(stappen) == [
            (dag(70), "plaatsing-begonnen", lks, "24.00", loonwaarde),
            (dag(41), "plaatsing-geeindigd", lks, "uitstroom-regulier"),
            (dag(40), "uitstroom", "regulier-werk"),
            (dag(20), "terugval"),
            (dag(20), "zonder-plaatsing", dag(11)),
            (dag(10), "plaatsing-begonnen", "beschut-werk", "16.00", loonwaarde),
        ]
        assert stappen[-1]["vorigePlaatsingId"] == baan
