"""A kandidaat of Boxtel goes to Vught: who reads, hears and may act, before and after."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
import pytest_asyncio

from chassis.bus.protocol import Message
from chassis.clock import NEDERLAND, MovableClock
from chassis.consumer import Consumer, Outcome
from contracts.afnemers import dienst_topic
from contracts.diagnose import AdviesGegeven
from contracts.envelope import CloudEvent, sequence_text
from contracts.portfolio import Dienst, Programma
from deploy.klantreis.verloop import Klantreis, Opzet
from services.diagnose.store import overdracht as diagnose
from services.financiering.store import overdracht
from services.intake import overdrachten
from services.intake.reactions import REACTIONS
from services.plaatsing.store import kandidaten as plaatsing
from tests.keten.conftest import nieuwe_keten
from tests.keten.eindtoestand import onverwerkt
from tests.keten.proefketen import BEGIN, BOXTEL, FEED_PAD, VUGHT, WSD, Proefketen, tot
from tests.keten.wereld import AANROEPEN, Ids, bouw, namens, rollen_die_mogen

pytestmark = pytest.mark.asyncio(loop_scope="module")

BEST = "0753"
VAN_DE_KANDIDAAT = {"kandidaatId", "dossierId", "plaatsingId", "lksId"}
"""What the path of a resource of a kandidaat names; the others are of an organisation."""
VAN_DE_VORIGE = {"financiering.geefBegeleidingskosten"}
"""Until the day before it is what Boxtel paid; from that day what Vught pays."""
GEBEURTENIS = "nl.participatie.kandidaat-overgedragen.v1"


@pytest.fixture(scope="module")
def klok() -> MovableClock:
    return MovableClock(BEGIN)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proef(
    postgres_beheer_url: str, tmp_path_factory: pytest.TempPathFactory, klok: MovableClock
) -> AsyncIterator[Proefketen]:
    """A chain of its own, whose clock these tests move."""
    map_ = tmp_path_factory.mktemp("overdracht")
    async with nieuwe_keten(postgres_beheer_url, map_, klok) as proef:
        yield proef


class Kandidaat:
    """One kandidaat as each organisation meets them."""

    def __init__(self, proef: Proefketen, klant: httpx2.AsyncClient, ids: Ids) -> None:
        self.proef, self.klant, self.ids = proef, klant, ids

    @property
    def pad(self) -> str:
        return f"/intake/v1/kandidaten/{self.ids['kandidaatId']}"

    async def post(
        self, pad: str, body: Any, organisatie: str = BOXTEL, sleutel: str | None = None
    ) -> httpx2.Response:
        headers = namens(self.proef, organisatie, "klantmanager")
        headers |= {"Idempotency-Key": sleutel or str(uuid4())}
        return await self.klant.post(pad, json=body, headers=headers)

    async def draag_over(
        self, op: date, naar: str = VUGHT, organisatie: str = BOXTEL, sleutel: str | None = None
    ) -> httpx2.Response:
        body = {"naarGemeente": naar, "ingangsdatum": op.isoformat(), "reden": "verhuizing"}
        return await self.post(f"{self.pad}/overdrachten", body, organisatie, sleutel)

    async def trek_in(self, overdracht_id: str, organisatie: str = BOXTEL) -> httpx2.Response:
        pad = f"{self.pad}/overdrachten/{overdracht_id}/intrekkingen"
        return await self.post(pad, None, organisatie)

    async def poortbesluit(self, organisatie: str) -> httpx2.Response:
        body = AANROEPEN["intake.neemEenPoortbesluit"].invulling(self.ids)["json"]
        return await self.post(f"{self.pad}/poortbesluiten", body, organisatie)

    async def ziet(self, organisatie: str) -> dict[str, int]:
        """The status of every GET about one resource of the kandidaat, in every role."""
        gezien = {}
        for operatie in self.proef.operaties:
            aanroep = AANROEPEN.get(operatie.sleutel)
            if operatie.methode != "GET" or aanroep is None or operatie.is_beheer:
                continue
            if not set(operatie.padparameters) & VAN_DE_KANDIDAAT:
                continue
            if operatie.sleutel in VAN_DE_VORIGE and organisatie == BOXTEL:
                continue
            if "werkplekId" in operatie.padparameters:
                continue  # Boxtel keeps its werkplek: that does not go along.
            for rol in rollen_die_mogen(operatie):
                antwoord = await self.klant.get(
                    aanroep.adres(operatie, self.ids),
                    headers=namens(self.proef, organisatie, rol),
                    **aanroep.invulling(self.ids),
                )
                gezien[f"{operatie.sleutel} {rol}"] = antwoord.status_code
        assert len(gezien) > 8
        return gezien

    async def lijsten(self, organisatie: str) -> list[str]:
        """The names of the lists that name the kandidaat."""
        gezien = []
        for dienst, naam in (
            ("intake", "kandidaten"),
            ("diagnose", "dossiers"),
            ("plaatsing", "plaatsingen"),
            ("financiering", "loonkostensubsidies"),
        ):
            antwoord = await self.klant.get(
                f"/{dienst}/v1/{naam}?limiet=500",
                headers=namens(self.proef, organisatie, "klantmanager"),
            )
            assert antwoord.status_code == 200
            if self.ids["kandidaatId"] in antwoord.text:
                gezien.append(naam)
        return gezien

    async def feed(self, organisatie: str) -> list[dict[str, Any]]:
        antwoord = await self.klant.get(
            FEED_PAD,
            params={"subject": self.ids["kandidaatId"], "limiet": 500},
            headers=namens(self.proef, organisatie, "backoffice"),
        )
        assert antwoord.status_code == 200, antwoord.text
        return [regel["gebeurtenis"] for regel in antwoord.json()["resultaten"]]

    async def namen(self, organisatie: str) -> list[str]:
        return [e["type"].split(".")[2] for e in await self.feed(organisatie)]


ALLE_LIJSTEN = ["kandidaten", "dossiers", "plaatsingen", "loonkostensubsidies"]


@pytest_asyncio.fixture(loop_scope="module")
async def klant(proef: Proefketen) -> AsyncIterator[httpx2.AsyncClient]:
    async with proef.klant() as klant:
        yield klant


@pytest_asyncio.fixture(loop_scope="module")
async def geplaatst(proef: Proefketen, klant: httpx2.AsyncClient) -> Kandidaat:
    """A kandidaat of Boxtel whose klantreis was played to its end, nothing planned."""
    kandidaat = Kandidaat(proef, klant, await bouw(proef, BOXTEL))
    assert (await kandidaat.trek_in(kandidaat.ids["overdrachtId"])).status_code == 201
    return kandidaat


@pytest_asyncio.fixture(loop_scope="module")
async def aangemeld(proef: Proefketen, klant: httpx2.AsyncClient, klok: MovableClock) -> Kandidaat:
    """A kandidaat of Boxtel of whom WSD does not know."""
    reis = await proef.speel(BOXTEL, poortuitkomst="zorgtraject", vandaag=vandaag(klok))
    return Kandidaat(proef, klant, {"kandidaatId": reis.kandidaat_id})


def vandaag(klok: MovableClock) -> date:
    return klok.now().astimezone(NEDERLAND).date()


async def alles_verwerkt(proef: Proefketen) -> None:
    await proef.rust()
    assert not any((await onverwerkt(proef.beheer_url)).values())


async def test_vanaf_de_overdracht_leest_vught_alles_en_boxtel_niets_meer(
    proef: Proefketen, geplaatst: Kandidaat, klok: MovableClock
) -> None:
    bij_boxtel, bij_wsd = await geplaatst.ziet(BOXTEL), await geplaatst.ziet(WSD)
    assert set(bij_boxtel.values()) == {200}
    assert set((await geplaatst.ziet(VUGHT)).values()) == {404}
    assert await geplaatst.lijsten(VUGHT) == []

    assert (await geplaatst.draag_over(vandaag(klok))).status_code == 201
    await alles_verwerkt(proef)

    bij_vught = await geplaatst.ziet(VUGHT)
    assert {gezien.split()[0] for gezien in bij_vught.keys() - bij_boxtel.keys()} == VAN_DE_VORIGE
    assert set(bij_vught.values()) == {200}
    assert set((await geplaatst.ziet(BOXTEL)).values()) == {404}
    assert await geplaatst.ziet(WSD) == bij_wsd
    assert await geplaatst.lijsten(BOXTEL) == []
    assert await geplaatst.lijsten(VUGHT) == await geplaatst.lijsten(WSD) == ALLE_LIJSTEN


async def test_boxtel_houdt_wat_het_ontving_en_hoort_niets_meer(
    proef: Proefketen, geplaatst: Kandidaat, klok: MovableClock
) -> None:
    await alles_verwerkt(proef)
    voor_boxtel, voor_wsd = await geplaatst.feed(BOXTEL), await geplaatst.feed(WSD)
    assert await geplaatst.feed(VUGHT) == []
    await geplaatst.draag_over(vandaag(klok))
    await alles_verwerkt(proef)

    # Financiering tells what Vught pays from today; between services there is no order.
    vught = await geplaatst.feed(VUGHT)
    overdracht, betaald = sorted(vught, key=lambda event: event["type"] != GEBEURTENIS)
    assert overdracht["type"] == GEBEURTENIS
    assert betaald["type"] == "nl.participatie.lks-vastgesteld.v1"
    assert betaald["data"]["ingangsdatum"] == vandaag(klok).isoformat()
    assert overdracht["gemeentecode"] == VUGHT
    assert overdracht["aggregateversion"] == 6
    assert overdracht["data"] == {
        "kandidaatId": geplaatst.ids["kandidaatId"],
        "gemeentecode": VUGHT,
        "vanGemeente": BOXTEL,
        "ingangsdatum": vandaag(klok).isoformat(),
        "reden": "verhuizing",
    }
    assert await geplaatst.feed(BOXTEL) == [*voor_boxtel, overdracht]
    assert in_volgorde(await geplaatst.feed(WSD)) == in_volgorde([*voor_wsd, *vught])

    adres = f"/plaatsing/v1/plaatsingen/{geplaatst.ids['plaatsingId']}/beeindigingen"
    body = {"einddatum": vandaag(klok).isoformat(), "reden": "uitstroom-regulier"}
    einde = await geplaatst.klant.post(
        adres, json=body, headers=namens(proef, WSD, "accountmanager")
    )
    assert einde.status_code == 201, einde.text
    await alles_verwerkt(proef)

    laatste = (await geplaatst.feed(VUGHT))[2:]
    assert sorted(e["type"].split(".")[2] for e in laatste) == [
        "participatieladder-vastgesteld",
        "plaatsing-beeindigd",
    ]
    assert {e["gemeentecode"] for e in laatste} == {VUGHT}
    assert in_volgorde(await geplaatst.feed(WSD)) == in_volgorde([*voor_wsd, *vught, *laatste])
    assert await geplaatst.feed(BOXTEL) == [*voor_boxtel, overdracht]


def in_volgorde(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By source in its own order: between sources none is promised."""
    return sorted(events, key=lambda event: (event["source"], event["aggregateversion"]))


async def test_vught_besluit_en_boxtel_niet_meer(
    proef: Proefketen, aangemeld: Kandidaat, klok: MovableClock
) -> None:
    assert (await aangemeld.poortbesluit(BOXTEL)).status_code == 201
    await aangemeld.draag_over(vandaag(klok))
    assert (await aangemeld.poortbesluit(BOXTEL)).status_code == 404
    assert (await aangemeld.poortbesluit(VUGHT)).status_code == 201
    await alles_verwerkt(proef)
    assert await aangemeld.namen(VUGHT) == ["kandidaat-overgedragen", "poortbesluit-genomen"]
    assert (await aangemeld.namen(BOXTEL))[-1] == "kandidaat-overgedragen"
    assert await aangemeld.feed(WSD) == []


async def test_een_overdracht_midden_in_de_klantreis_eindigt_met_lks_voor_vught(
    proef: Proefketen, klant: httpx2.AsyncClient, klok: MovableClock
) -> None:
    """After each event of the first half: the same klantreis, the same amount, for Vught."""
    for na in ("kandidaat-aangemeld", "kandidaat-doorverwezen", "zrm-afgenomen", "lks-plaatsing"):

        async def draag_over(reis: Klantreis, gebeurtenis: str, na: str = na) -> None:
            if gebeurtenis == na:
                kandidaat = Kandidaat(proef, klant, {"kandidaatId": reis.kandidaat_id})
                antwoord = await kandidaat.draag_over(vandaag(klok))
                assert antwoord.status_code == 201, antwoord.text
                reis.opzet = verhuisd(reis.opzet)

        reis = await proef.speel(BOXTEL, na_gebeurtenis=draag_over, vandaag=vandaag(klok))
        await alles_verwerkt(proef)
        async with proef.verbinding() as reis.verbinding:
            assert (await reis.loonkostensubsidie())["maandbedrag"] == "1246.84"
        kandidaat = Kandidaat(proef, klant, {"kandidaatId": reis.kandidaat_id})
        assert "lks-vastgesteld" in await kandidaat.namen(VUGHT) or na == "lks-plaatsing"
        assert await kandidaat.lijsten(VUGHT) == ALLE_LIJSTEN
        assert await kandidaat.lijsten(BOXTEL) == []


def verhuisd(opzet: Opzet) -> Opzet:
    return replace(opzet, gemeentecode=VUGHT)


async def is_van(kandidaat: Kandidaat, organisatie: str) -> bool:
    """Whether the kandidaat is there for an organisation, also in what the bus has yet to bring."""
    await alles_verwerkt(kandidaat.proef)
    antwoord = await kandidaat.klant.get(
        kandidaat.pad, headers=namens(kandidaat.proef, organisatie, "klantmanager")
    )
    return antwoord.status_code == 200


async def statussen(kandidaat: Kandidaat, organisatie: str) -> list[str]:
    antwoord = await kandidaat.klant.get(
        f"{kandidaat.pad}/overdrachten",
        headers=namens(kandidaat.proef, organisatie, "klantmanager"),
    )
    assert antwoord.status_code == 200
    return [o["status"] for o in antwoord.json()["overdrachten"]]


class Genoeg(Exception):
    """The klantreis need not go on."""


@pytest.mark.parametrize("eerst", ["advies", "overdracht"])
async def test_een_advies_dat_onderweg_was_komt_aan_bij_wie_de_kandidaat_nu_heeft(
    proef: Proefketen, klant: httpx2.AsyncClient, klok: MovableClock, eerst: str
) -> None:
    """Diagnose gave it for Boxtel, before it heard of the overdracht."""
    reizen: list[Klantreis] = []

    async def stop(reis: Klantreis, gebeurtenis: str) -> None:
        if gebeurtenis == "kandidaat-doorverwezen":
            reizen.append(reis)
            raise Genoeg

    with pytest.raises(Genoeg):
        await proef.speel(BOXTEL, na_gebeurtenis=stop, vandaag=vandaag(klok))
    kandidaat = Kandidaat(proef, klant, {"kandidaatId": reizen[0].kandidaat_id})
    consument = Consumer(proef.draaiend.databases["intake"], REACTIONS)
    advies = advies_voor(kandidaat, klok)
    if eerst == "advies":
        assert await consument.handle_one(advies) is Outcome.HANDLED
    assert (await kandidaat.draag_over(vandaag(klok))).status_code == 201
    if eerst == "overdracht":
        assert await consument.handle_one(advies) is Outcome.HANDLED
    await alles_verwerkt(proef)
    antwoord = await klant.get(kandidaat.pad, headers=namens(proef, VUGHT, "klantmanager"))
    assert antwoord.json()["advies"]["programma"] == "ontwikkelprogramma"


def advies_voor(kandidaat: Kandidaat, klok: MovableClock) -> Message:
    """What diagnose says of the kandidaat first, and names Boxtel."""
    event = AdviesGegeven(
        kandidaat_id=UUID(kandidaat.ids["kandidaatId"]),
        gemeentecode=BOXTEL,
        dossier_id=uuid4(),
        advies_id=uuid4(),
        gegeven_op=vandaag(klok),
        programma=Programma.ONTWIKKEL,
        diensten=(Dienst.JOBCOACHING,),
    )
    envelope = CloudEvent(
        id=uuid4(),
        source="urn:nld:oin:00000099000000001000:systeem:diagnose",
        type=event.type(),
        subject=event.kandidaat_id,
        time=klok.now(),
        dataschema=event.dataschema(),
        dataref=event.dataref(),
        sequence=sequence_text(1),
        partitionkey=event.kandidaat_id,
        aggregateversion=1,
        gemeentecode=BOXTEL,
        data=event.json_bytes(),
    )
    sleutel = str(event.kandidaat_id).encode()
    return Message(dienst_topic("diagnose"), sleutel, envelope.data, envelope.kafka_headers())


async def test_een_overdracht_met_een_latere_datum_gebeurt_bij_het_begin_van_die_dag(
    aangemeld: Kandidaat, klok: MovableClock
) -> None:
    dag = vandaag(klok) + timedelta(days=3)
    assert (await aangemeld.draag_over(dag)).json()["status"] == "gepland"
    klok.move_to(datetime.combine(dag, time(), NEDERLAND) - timedelta(seconds=1))
    await geen_termijn_meer(aangemeld.proef, klok)
    assert await is_van(aangemeld, BOXTEL)
    assert await statussen(aangemeld, BOXTEL) == ["gepland"]
    assert (await aangemeld.poortbesluit(BOXTEL)).status_code == 201

    klok.move_to(datetime.combine(dag, time(), NEDERLAND))
    await geen_termijn_meer(aangemeld.proef, klok)
    assert not await is_van(aangemeld, BOXTEL)
    assert await statussen(aangemeld, VUGHT) == ["uitgevoerd"]
    assert await aangemeld.namen(VUGHT) == ["kandidaat-overgedragen"]


async def geen_termijn_meer(proef: Proefketen, klok: MovableClock) -> None:
    """Until every deadline that is due by now has fired."""
    async with proef.beheer() as beheer:

        async def klaar() -> bool:
            return not await beheer.fetchval(
                "SELECT EXISTS (SELECT FROM intake.termijn WHERE status = 'open'"
                " AND vervalt_op <= $1)",
                klok.now(),
            )

        await tot(klaar)


async def test_een_geplande_overdracht_kan_worden_ingetrokken(
    aangemeld: Kandidaat, klok: MovableClock
) -> None:
    dag = vandaag(klok) + timedelta(days=2)
    gepland = (await aangemeld.draag_over(dag)).json()["overdrachtId"]
    nogmaals = await aangemeld.draag_over(dag + timedelta(days=1))
    assert (nogmaals.status_code, nogmaals.json()["code"]) == (409, "overdracht-al-gepland")
    assert (await aangemeld.trek_in(gepland)).json()["status"] == "ingetrokken"
    weer = await aangemeld.trek_in(gepland)
    assert (weer.status_code, weer.json()["code"]) == (409, "overdracht-ingetrokken")

    klok.move_to(datetime.combine(dag, time(), NEDERLAND))
    await geen_termijn_meer(aangemeld.proef, klok)
    assert await is_van(aangemeld, BOXTEL)
    assert (await aangemeld.draag_over(vandaag(klok))).status_code == 201
    assert await statussen(aangemeld, VUGHT) == ["ingetrokken", "uitgevoerd"]
    te_laat = await aangemeld.trek_in(
        (await lijst(aangemeld, VUGHT))[1]["overdrachtId"], organisatie=VUGHT
    )
    assert (te_laat.status_code, te_laat.json()["code"]) == (409, "al-overgedragen")


async def lijst(kandidaat: Kandidaat, organisatie: str) -> list[dict[str, Any]]:
    headers = namens(kandidaat.proef, organisatie, "klantmanager")
    antwoord = await kandidaat.klant.get(f"{kandidaat.pad}/overdrachten", headers=headers)
    gevonden: list[dict[str, Any]] = antwoord.json()["overdrachten"]
    return gevonden


async def test_wat_niet_kan_wordt_geweigerd_met_wat_wel_kan(
    aangemeld: Kandidaat, geplaatst: Kandidaat, klok: MovableClock
) -> None:
    dag = vandaag(klok)
    for antwoord, status, code in (
        (await aangemeld.draag_over(dag, naar=BOXTEL), 400, "overdracht-aan-zichzelf"),
        (await aangemeld.draag_over(dag, naar="0999"), 400, "onbekende-gemeente"),
        (await aangemeld.draag_over(dag, naar="wsd"), 400, "ongeldige-invoer"),
        (await aangemeld.draag_over(dag - timedelta(days=1)), 400, "ingangsdatum-past-niet"),
        (await aangemeld.draag_over(dag + timedelta(days=366)), 400, "ingangsdatum-past-niet"),
        (await aangemeld.draag_over(dag, organisatie=VUGHT), 404, "niet-gevonden"),
        (await aangemeld.draag_over(dag, organisatie=WSD), 404, "niet-gevonden"),
        (await geplaatst.draag_over(dag, organisatie=WSD), 403, "niet-bevoegd"),
        (await aangemeld.trek_in(str(uuid4())), 404, "niet-gevonden"),
    ):
        assert (antwoord.status_code, antwoord.json()["code"]) == (status, code), antwoord.text
    [gemeld] = (
        await aangemeld.post(f"{aangemeld.pad}/overdrachten", {"naarGemeente": "865"})
    ).json()["fouten"][:1]
    assert gemeld["pad"] == "body.naarGemeente"
    assert await is_van(aangemeld, BOXTEL)
    assert await statussen(aangemeld, BOXTEL) == []


async def test_hetzelfde_verzoek_nog_eens_krijgt_hetzelfde_antwoord(
    aangemeld: Kandidaat, klok: MovableClock
) -> None:
    """Also when the kandidaat is not there any more for who asks."""
    eerste = await aangemeld.draag_over(vandaag(klok), sleutel="een")
    tweede = await aangemeld.draag_over(vandaag(klok), sleutel="een")
    assert (eerste.status_code, tweede.status_code) == (201, 201)
    assert eerste.json() == tweede.json()
    await alles_verwerkt(aangemeld.proef)
    assert (await aangemeld.namen(VUGHT)).count("kandidaat-overgedragen") == 1


async def test_een_kandidaat_kan_verder_en_terug(aangemeld: Kandidaat, klok: MovableClock) -> None:
    for van, naar in ((BOXTEL, VUGHT), (VUGHT, BEST), (BEST, BOXTEL)):
        antwoord = await aangemeld.draag_over(vandaag(klok), naar, van)
        assert antwoord.status_code == 201, antwoord.text
    assert await is_van(aangemeld, BOXTEL)
    assert not await is_van(aangemeld, VUGHT)
    assert not await is_van(aangemeld, BEST)
    assert (await aangemeld.poortbesluit(BOXTEL)).status_code == 201
    await alles_verwerkt(aangemeld.proef)
    overgedragen = "kandidaat-overgedragen"
    assert await aangemeld.namen(VUGHT) == await aangemeld.namen(BEST) == [overgedragen] * 2
    assert (await aangemeld.namen(BOXTEL))[-3:] == [overgedragen] * 2 + ["poortbesluit-genomen"]


async def test_wie_de_ander_al_kent_kan_niet_worden_overgedragen(
    proef: Proefketen, klant: httpx2.AsyncClient, klok: MovableClock
) -> None:
    """Not today, and a planned one stays with Boxtel: someone has to look, or it is withdrawn."""
    persoon = proef.persoon()
    bij_boxtel = await proef.speel(
        BOXTEL, persoon=persoon, poortuitkomst="zorgtraject", vandaag=vandaag(klok)
    )
    kandidaat = Kandidaat(proef, klant, {"kandidaatId": bij_boxtel.kandidaat_id})
    dag = vandaag(klok) + timedelta(days=2)
    gepland = (await kandidaat.draag_over(dag)).json()["overdrachtId"]
    await proef.speel(VUGHT, persoon=persoon, poortuitkomst="zorgtraject", vandaag=vandaag(klok))
    klok.move_to(datetime.combine(dag, time(), NEDERLAND))
    await geen_termijn_meer(proef, klok)
    assert await is_van(kandidaat, BOXTEL)
    assert await statussen(kandidaat, BOXTEL) == ["gepland"]
    assert (await kandidaat.trek_in(gepland)).status_code == 201

    nu = await kandidaat.draag_over(vandaag(klok))
    assert (nu.status_code, nu.json()["code"]) == (409, "inwoner-al-kandidaat")
    assert await is_van(kandidaat, BOXTEL)
    assert await kandidaat.feed(VUGHT) == []


async def test_de_bsn_van_wie_overging_is_bij_vught_bekend_en_bij_boxtel_niet_meer(
    proef: Proefketen, klant: httpx2.AsyncClient, klok: MovableClock
) -> None:
    persoon = proef.persoon()
    reis = await proef.speel(
        BOXTEL, persoon=persoon, poortuitkomst="zorgtraject", vandaag=vandaag(klok)
    )
    kandidaat = Kandidaat(proef, klant, {"kandidaatId": reis.kandidaat_id})
    await kandidaat.draag_over(vandaag(klok))
    body = {
        "aangemeldOp": vandaag(klok).isoformat(),
        "instroomkanaal": "balie",
        "doelgroep": "pwet",
        "persoon": persoon.als_invoer(),
    }
    bij_vught = await kandidaat.post("/intake/v1/kandidaten", body, VUGHT)
    assert (bij_vught.status_code, bij_vught.json()["kandidaatId"]) == (409, reis.kandidaat_id)
    assert (await kandidaat.post("/intake/v1/kandidaten", body, BOXTEL)).status_code == 201


async def test_een_verjaardag_na_de_overdracht_wordt_aan_vught_gemeld(
    proef: Proefketen, klant: httpx2.AsyncClient, klok: MovableClock
) -> None:
    dag = vandaag(klok)
    volgende_maand = (dag.replace(day=1) + timedelta(days=40)).replace(day=10)
    persoon = replace(proef.persoon(), geboortedatum=volgende_maand.replace(year=dag.year - 20))
    if volgende_maand.year != dag.year:
        persoon = replace(persoon, geboortedatum=volgende_maand.replace(year=dag.year - 19))
    reis = await proef.speel(BOXTEL, persoon=persoon, eind="trajectbesluit", vandaag=dag)
    kandidaat = Kandidaat(proef, klant, {"kandidaatId": reis.kandidaat_id})
    await kandidaat.draag_over(dag)
    klok.move_to(datetime.combine(volgende_maand, time(), NEDERLAND))
    await geen_termijn_meer(proef, klok)
    await alles_verwerkt(proef)
    assert (await kandidaat.namen(VUGHT))[-1] == "leeftijdsgroep-gewijzigd"
    assert "leeftijdsgroep-gewijzigd" not in await kandidaat.namen(BOXTEL)


async def test_een_werkplek_van_boxtel_blijft_zichtbaar_voor_wie_er_iemand_heeft_werken(
    proef: Proefketen, klant: httpx2.AsyncClient, klok: MovableClock
) -> None:
    """A traject without WSD: Boxtel placed at its own werkgever, and Vught ends it."""
    dag = vandaag(klok)
    ids = dict(await bouw(proef, BOXTEL))
    headers = {o: namens(proef, o, "klantmanager") for o in (BOXTEL, VUGHT)}

    async def doe(pad: str, body: Any, organisatie: str = BOXTEL) -> Any:
        antwoord = await klant.post(pad, json=body, headers=headers[organisatie])
        assert antwoord.status_code == 201, antwoord.text
        await alles_verwerkt(proef)
        return antwoord.json()

    kandidaat = Kandidaat(proef, klant, ids)
    await kandidaat.trek_in(ids["overdrachtId"])
    adres = f"/plaatsing/v1/plaatsingen/{ids['plaatsingId']}/beeindigingen"
    einde = {"einddatum": dag.isoformat(), "reden": "uitstroom-regulier"}
    beeindigd = await klant.post(adres, json=einde, headers=namens(proef, WSD, "accountmanager"))
    assert beeindigd.status_code == 201
    traject = AANROEPEN["intake.neemEenTrajectbesluit"].invulling(ids)["json"]
    vanaf = {"genomenOp": dag.isoformat(), "ingangsdatum": dag.isoformat(), "metWsd": False}
    await doe(f"{kandidaat.pad}/trajectbesluiten", traject | vanaf)
    proefplaatsing = AANROEPEN["plaatsing.startEenProefplaatsing"].invulling(ids)["json"]
    begin = {"begindatum": (dag + timedelta(days=1)).isoformat()}
    plaatsing = await doe("/plaatsing/v1/proefplaatsingen", proefplaatsing | begin)
    werkplek = f"/plaatsing/v1/werkplekken/{ids['werkplekId']}"
    assert (await klant.get(werkplek, headers=headers[VUGHT])).status_code == 404

    assert (await kandidaat.draag_over(dag)).status_code == 201
    await alles_verwerkt(proef)
    assert (await klant.get(werkplek, headers=headers[VUGHT])).status_code == 200
    klok.move_to(klok.now() + timedelta(days=2))
    morgen = {"einddatum": (dag + timedelta(days=1)).isoformat(), "reden": "terug-gemeld-motivatie"}
    adres = f"/plaatsing/v1/plaatsingen/{plaatsing['plaatsingId']}/beeindigingen"
    bij_boxtel = await klant.post(adres, json=morgen, headers=headers[BOXTEL])
    assert bij_boxtel.status_code == 404
    await doe(adres, morgen, VUGHT)
    assert (await klant.get(werkplek, headers=headers[VUGHT])).json()["vrijePlaatsen"] == 2


BLIJFT: dict[str, str] = {
    "outbox": "Wat was gezegd, voor wie het toen was.",
    "verwerking": "Wie toen wat verwerkte.",
    "geparkeerd": "Een gebeurtenis zoals zij kwam; herhaald is zij voor wie de kandidaat heeft.",
    "overgeslagen": "Logboek.",
    "houder": "Gaat bij elke overdracht mee, door het chassis.",
}
BLIJFT_BIJ: dict[str, dict[str, str]] = {
    "intake": {"groepsbijeenkomst": "Van de gemeente die haar hield; wie meedeed gaat mee."},
    "diagnose": {"tevredenheidscijfer": "Van de gemeente van het traject, van niemand apart."},
    "financiering": {
        "arbeidsplaatsperiode": "De dagen van elke gemeente; bijgehouden door wie nu betaalt.",
        "begeleiding_gemeld": "Wat over die dagen was gezegd.",
        "budget": "Van de gemeente, van niemand apart.",
        "budgetversie": "Van de gemeente, van niemand apart.",
        "contractspecificatie": "De prijzen van een gemeente, van geen kandidaat.",
        "factuur": "Van de gemeente aan wie zij is gericht.",
        "factuurregel": "Gaat met de factuur.",
        "rekening": "Van een werkgever, of van de gemeente zelf.",
        "betaalrun": "De boeken van de gemeente die betaalde.",
        "betaalregel": "De boeken van de gemeente die betaalde.",
        "niet_betaalbaar": "De boeken van de gemeente die betaalde.",
        "werkgeverspost": "De boeken van de gemeente die betaalde.",
        "maand_na_overdracht": "Van wie eerder betaalde, bijgehouden door wie nu betaalt.",
        "indexatie": "Hoe ver een gemeente is.",
        "lks_herziening": "Een besluit van een gemeente over al haar subsidies.",
    },
}


async def test_elke_tabel_met_een_gemeente_gaat_mee_of_staat_hier(proef: Proefketen) -> None:
    meegaand = {
        "intake": overdrachten.GAAT_MEE,
        "diagnose": diagnose.GAAT_MEE,
        "plaatsing": plaatsing.GAAT_MEE,
        "financiering": overdracht.GAAT_MEE,
    }
    async with proef.beheer() as beheer:
        for dienst, rows in meegaand.items():
            tabellen = await beheer.fetch(
                "SELECT table_name FROM information_schema.columns"
                " WHERE table_schema = $1 AND column_name = 'gemeentecode'",
                dienst,
            )
            blijft = {*BLIJFT, *BLIJFT_BIJ.get(dienst, {})}
            assert {rij["table_name"] for rij in tabellen} == {r.table for r in rows} | blijft
