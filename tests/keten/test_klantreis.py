"""One klantreis of Boxtel: what happened, who heard of it, in which order, and what is left."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio

from contracts.afnemers import AFNEMER_TOPICS, DIENST_TOPICS, GEMEENTEN, afnemer_topic
from contracts.catalogus import PER_TYPE
from contracts.envelope import CloudEvent
from deploy.klantreis.handberekening import handberekening
from deploy.klantreis.verloop import Klantreis
from deploy.klantreis.volger import Volger
from tests.keten.eindtoestand import onverwerkt
from tests.keten.proefketen import BOXTEL, VUGHT, WSD, Proefketen

pytestmark = pytest.mark.asyncio(loop_scope="package")

VERHAAL = {
    "intake": [
        "kandidaat-aangemeld",
        "quick-scan-afgerond",
        "poortbesluit-genomen",
        "kandidaat-doorverwezen",
        "trajectbesluit-genomen",
    ],
    "diagnose": [
        "diagnose-gestart",
        "zrm-afgenomen",
        "loonwaarde-vastgesteld",
        "advies-gegeven",
        "participatieladder-vastgesteld",
    ],
    "plaatsing": ["proefplaatsing-gestart", "plaatsing-beeindigd", "lks-plaatsing"],
    "financiering": ["lks-vastgesteld"],
}
"""What each service says of this klantreis, in its own order."""

VOOR_WSD = [n for namen in VERHAAL.values() for n in namen if n not in VERHAAL["intake"][:3]]
"""Before the doorverwijzing WSD hears nothing of a kandidaat."""


class Gespeeld:
    """A klantreis that was played to its end, and what every afnemer was told meanwhile."""

    def __init__(self, reis: Klantreis, volger: Volger) -> None:
        self.reis = reis
        self._volger = volger

    def verteld(self, organisatie: str) -> list[dict[str, Any]]:
        """The events in the order in which they came."""
        ids = self._volger.per_organisatie[organisatie]
        return [self._volger.ontvangen[id_].gebeurtenis for id_ in ids]


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def gespeeld(keten: Proefketen) -> Gespeeld:
    async with keten.volger(*GEMEENTEN, WSD) as volger:
        reis = await keten.speel(BOXTEL)
        assert await volger.wacht(
            lambda: (
                len(volger.per_organisatie[BOXTEL]) >= reis.gebeurtenissen.total()
                and len(volger.per_organisatie[WSD]) >= reis.gedeeld
            )
        )
    return Gespeeld(reis, volger)


def naam(event: dict[str, Any]) -> str:
    return str(event["type"]).split(".")[2]


def per_bron(events: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    gevonden: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        gevonden[str(event["source"]).rpartition(":")[2]].append(event)
    return dict(gevonden)


async def test_elke_dienst_vertelt_haar_deel_in_volgorde(gespeeld: Gespeeld) -> None:
    verteld = per_bron(gespeeld.verteld(BOXTEL))
    assert {bron: [naam(e) for e in events] for bron, events in verteld.items()} == VERHAAL
    assert gespeeld.reis.gebeurtenissen.total() == sum(map(len, VERHAAL.values()))


async def test_versies_tellen_per_kandidaat_en_bron_zonder_gat(gespeeld: Gespeeld) -> None:
    for events in per_bron(gespeeld.verteld(BOXTEL)).values():
        assert {e["subject"] for e in events} == {gespeeld.reis.kandidaat_id}
        assert [e["aggregateversion"] for e in events] == list(range(1, len(events) + 1))
        assert all(a["sequence"] < b["sequence"] for a, b in pairwise(events))


async def test_wsd_hoort_pas_vanaf_de_doorverwijzing(gespeeld: Gespeeld) -> None:
    wsd = gespeeld.verteld(WSD)
    assert naam(wsd[0]) == "kandidaat-doorverwezen"
    assert sorted(map(naam, wsd)) == sorted(VOOR_WSD)
    assert {bron: [naam(e) for e in events] for bron, events in per_bron(wsd).items()} == {
        bron: [n for n in namen if n in VOOR_WSD] for bron, namen in VERHAAL.items()
    }


async def test_wat_twee_afnemers_horen_is_hetzelfde(gespeeld: Gespeeld) -> None:
    boxtel = {e["id"]: e for e in gespeeld.verteld(BOXTEL)}
    assert all(boxtel[e["id"]] == e for e in gespeeld.verteld(WSD))


async def test_andere_gemeenten_horen_niets(gespeeld: Gespeeld, keten: Proefketen) -> None:
    for gemeente in GEMEENTEN.keys() - {BOXTEL}:
        assert gespeeld.verteld(gemeente) == []
    async with keten.beheer() as beheer:
        ontvangen = await beheer.fetch(
            "SELECT DISTINCT afnemer FROM gateway.ontvangen WHERE subject = $1::uuid",
            gespeeld.reis.kandidaat_id,
        )
    assert {afnemer for (afnemer,) in ontvangen} == {BOXTEL, WSD}


async def test_elke_gebeurtenis_is_er_een_uit_het_contract(gespeeld: Gespeeld) -> None:
    for event in gespeeld.verteld(BOXTEL):
        model = PER_TYPE[event["type"]]
        gelezen = model.model_validate(event["data"])
        assert str(gelezen.kandidaat_id) == event["subject"] == event["partitionkey"]
        assert gelezen.gemeentecode == event["gemeentecode"] == BOXTEL


async def test_op_de_bus_gaat_elke_gebeurtenis_naar_de_dienst_en_haar_afnemers(
    gespeeld: Gespeeld, keten: Proefketen
) -> None:
    topics = defaultdict(list)
    for bericht in keten.aftakking.berichten:
        if bericht.key.decode() == gespeeld.reis.kandidaat_id:
            topics[bericht.topic].append(CloudEvent.from_kafka(bericht.headers, bericht.value))
    op_diensttopics = {str(e.id) for topic in DIENST_TOPICS for e in topics[topic]}
    assert op_diensttopics == {e["id"] for e in gespeeld.verteld(BOXTEL)}
    for organisatie in (BOXTEL, WSD):
        ids = {str(e.id) for e in topics[afnemer_topic(organisatie)]}
        assert ids == {e["id"] for e in gespeeld.verteld(organisatie)}
    for topic in set(AFNEMER_TOPICS) - {afnemer_topic(BOXTEL), afnemer_topic(WSD)}:
        assert topics[topic] == []


async def test_de_loonkostensubsidie_is_die_van_de_handberekening(
    gespeeld: Gespeeld, keten: Proefketen
) -> None:
    reis = gespeeld.reis
    assert reis.begin_dienstverband is not None
    _, bedrag = handberekening(reis.begin_dienstverband, 40, reis.opzet.uren)
    # WML 2337.00 (from 1 July 2026) x 1.08 x (100% - 40%) x 24/36 x 1.235
    assert bedrag == Decimal("1246.84")
    async with keten.verbinding() as verbinding:
        reis.verbinding = verbinding
        vastgesteld = await reis.loonkostensubsidie()
    assert Decimal(vastgesteld["maandbedrag"]) == bedrag
    [gemeld] = [e for e in gespeeld.verteld(BOXTEL) if naam(e) == "lks-vastgesteld"]
    assert Decimal(str(gemeld["data"]["maandbedrag"])) == bedrag


async def test_aan_het_eind_is_de_kandidaat_geplaatst_bij_elke_dienst(
    gespeeld: Gespeeld, keten: Proefketen
) -> None:
    kandidaat, dossier = gespeeld.reis.kandidaat_id, gespeeld.reis.dossier_id
    async with keten.klant() as klant:
        for organisatie, rol in ((BOXTEL, "klantmanager"), (WSD, "trajectconsulent")):
            headers = keten.aanmelden(organisatie, rol)

            async def lees(pad: str, headers: dict[str, str] = headers) -> Any:
                antwoord = await klant.get(pad, headers=headers)
                assert antwoord.status_code == 200
                return antwoord.json()

            intake = await lees(f"/intake/v1/kandidaten/{kandidaat}")
            assert intake["status"] == "trajectbesluit-genomen"
            diagnose = await lees(f"/diagnose/v1/dossiers/{dossier}")
            assert diagnose["loonwaarde"] == 40
            assert [len(diagnose[n]) for n in ("zrmMetingen", "adviezen")] == [1, 1]
            plaatsingen = await lees(f"/plaatsing/v1/plaatsingen?kandidaatId={kandidaat}")
            assert [p["soort"] for p in plaatsingen["resultaten"]] == [
                "proefplaatsing",
                "lks-dienstverband",
            ]


async def test_vught_ziet_nergens_iets(gespeeld: Gespeeld, keten: Proefketen) -> None:
    kandidaat, dossier = gespeeld.reis.kandidaat_id, gespeeld.reis.dossier_id
    async with keten.klant(headers=keten.aanmelden(VUGHT, "klantmanager")) as klant:
        for pad in (f"/intake/v1/kandidaten/{kandidaat}", f"/diagnose/v1/dossiers/{dossier}"):
            assert (await klant.get(pad)).status_code == 404


async def test_er_blijft_niets_onverwerkt(gespeeld: Gespeeld, keten: Proefketen) -> None:
    assert gespeeld
    await keten.rust()
    assert not any((await onverwerkt(keten.beheer_url)).values())
