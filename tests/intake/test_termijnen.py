"""Termijnen in the running service: they warn, pass and are listed, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from chassis.clock import NEDERLAND, MovableClock
from chassis.database import Database
from chassis.tenancy import WSD
from chassis.timers import Timers
from services.intake import store, termijnen
from services.intake.domain.bewaakte_termijn import Termijnsoort, Termijnstatus
from services.intake.service import SERVICE
from services.intake.use_cases.bewaak_termijn import (
    begin_termijn,
    haal_termijn,
    laat_termijn_vervallen,
)
from services.intake.use_cases.wettelijke_termijnen import (
    begin_plan_van_aanpak,
    plan_van_aanpak_opgesteld,
    vrijstelling_herbeoordeeld,
)
from tests.dienst import Klant
from tests.intake.kandidaten import (
    BOXTEL,
    VUGHT,
    gezegd_over_termijnen,
    meld_aan,
    verwijs_door,
)

STAP = Termijnsoort.PROCESSTAP
NADERT, VERSTREKEN = "termijn-nadert", "termijn-verstreken"


def middernacht(dag: date) -> datetime:
    """The start of a day in the Netherlands."""
    return datetime.combine(dag, time(), NEDERLAND)


class Proef:
    """Terms of a kandidaat of Boxtel, with a clock to move and what was said of them."""

    def __init__(self, database: Database, klok: MovableClock, kandidaat_id: UUID) -> None:
        self.database, self.klok, self.kandidaat_id = database, klok, kandidaat_id
        self.begonnen: set[str] = set()

    async def begin(
        self, laatste_dag: date, kenmerk: str = "stap", begonnen_op: date = date(2026, 11, 20)
    ) -> UUID:
        async with self.database.unit_of_work(BOXTEL) as uow:
            termijn_id = await begin_termijn(
                uow,
                await store.neem(uow, self.kandidaat_id),
                soort=STAP,
                begonnen_op=begonnen_op,
                laatste_dag=laatste_dag,
                rol="klantmanager",
                kenmerk=kenmerk,
            )
            await uow.commit()
        self.begonnen.add(str(termijn_id))
        return termijn_id

    async def haal(self, op: date, kenmerk: str = "stap") -> None:
        async with self.database.unit_of_work(BOXTEL) as uow:
            await haal_termijn(uow, self.kandidaat_id, STAP, kenmerk, op=op)
            await uow.commit()

    async def vervalt(self, kenmerk: str = "stap") -> None:
        async with self.database.unit_of_work(BOXTEL) as uow:
            await laat_termijn_vervallen(uow, self.kandidaat_id, STAP, kenmerk)
            await uow.commit()

    async def tot(self, moment: date | datetime) -> None:
        """Move the clock and let what is due fire: by timers that were just started."""
        self.klok.move_to(moment if isinstance(moment, datetime) else middernacht(moment))
        await Timers(self.database, SERVICE.deadlines).fire_due()

    async def gezegd(self) -> list[tuple[str, str, list[str]]]:
        """Of each event about a term that began here: its name, the last day it names, for whom.

        Of all terms of the kandidaat, the steps of a process too, when none began here.
        """
        return [
            (gezegd.naam, gezegd.laatste_dag, gezegd.afnemers)
            for gezegd in await gezegd_over_termijnen(self.database, self.kandidaat_id)
            if not self.begonnen or gezegd.termijn_id in self.begonnen
        ]

    async def namen(self) -> list[tuple[str, str]]:
        return [(naam, dag) for naam, dag, _ in await self.gezegd()]

    async def status(self, termijn_id: UUID) -> Termijnstatus:
        async with self.database.unit_of_work(BOXTEL) as uow:
            termijn = await termijnen.met_id(uow, termijn_id)
        assert termijn is not None
        return termijn.status


@pytest.fixture
async def boxtel(klant: Klant) -> httpx2.AsyncClient:
    return klant(BOXTEL)


@pytest.fixture
async def proef(database: Database, klok: MovableClock, boxtel: httpx2.AsyncClient) -> Proef:
    return Proef(database, klok, await meld_aan(boxtel))


# -- warn and pass --------------------------------------------------------------------------


async def test_een_termijn_nadert_en_verstrijkt_een_keer(proef: Proef) -> None:
    termijn_id = await proef.begin(date(2026, 12, 4))  # ten werkdagen: warn two before
    await proef.tot(date(2026, 12, 1))
    assert await proef.namen() == []
    await proef.tot(date(2026, 12, 2))
    assert await proef.namen() == [(NADERT, "2026-12-04")]
    await proef.tot(middernacht(date(2026, 12, 5)) - timedelta(microseconds=1))
    assert await proef.namen() == [(NADERT, "2026-12-04")]
    assert await proef.status(termijn_id) is Termijnstatus.LOPEND
    await proef.tot(date(2026, 12, 5))
    await proef.tot(date(2026, 12, 6))
    await proef.tot(date(2027, 12, 6))
    assert await proef.namen() == [(NADERT, "2026-12-04"), (VERSTREKEN, "2026-12-04")]
    assert await proef.status(termijn_id) is Termijnstatus.VERSTREKEN


@pytest.mark.parametrize(
    ("laatste_dag", "moment"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),  # summer time from here
        (date(2027, 10, 30), datetime(2027, 10, 30, 22, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 23, tzinfo=UTC)),  # and back
        (date(2028, 2, 29), datetime(2028, 2, 29, 23, tzinfo=UTC)),
        (date(2027, 12, 31), datetime(2027, 12, 31, 23, tzinfo=UTC)),
    ],
)
async def test_een_termijn_verstrijkt_bij_het_begin_van_de_volgende_dag_in_nederland(
    proef: Proef, laatste_dag: date, moment: datetime
) -> None:
    termijn_id = await proef.begin(laatste_dag)
    await proef.tot(moment - timedelta(microseconds=1))
    assert await proef.status(termijn_id) is Termijnstatus.LOPEND
    await proef.tot(moment)
    assert await proef.status(termijn_id) is Termijnstatus.VERSTREKEN


async def test_na_een_lange_stilstand_wordt_alleen_nog_gezegd_dat_een_termijn_voorbij_is(
    proef: Proef,
) -> None:
    await proef.begin(date(2026, 12, 4))
    await proef.tot(date(2027, 2, 1))
    assert await proef.namen() == [(VERSTREKEN, "2026-12-04")]


async def test_over_wat_op_tijd_is_gehaald_of_vervallen_wordt_niets_gezegd(proef: Proef) -> None:
    gehaald = await proef.begin(date(2026, 12, 4), "gehaald")
    vervallen = await proef.begin(date(2026, 12, 4), "vervallen")
    await proef.haal(date(2026, 11, 24), "gehaald")
    await proef.vervalt("vervallen")
    await proef.haal(date(2026, 11, 24), "nooit begonnen")
    await proef.vervalt("nooit begonnen")
    await proef.tot(date(2027, 1, 1))
    assert await proef.namen() == []
    assert await proef.status(gehaald) is Termijnstatus.GEHAALD
    assert await proef.status(vervallen) is Termijnstatus.VERVALLEN


async def test_een_verplaatste_termijn_nadert_en_verstrijkt_een_keer_op_haar_nieuwe_dagen(
    proef: Proef,
) -> None:
    eerst = await proef.begin(date(2026, 12, 4))
    assert await proef.begin(date(2026, 12, 18)) == eerst
    await proef.tot(date(2026, 12, 10))
    assert await proef.namen() == []
    await proef.tot(date(2026, 12, 19))
    assert await proef.namen() == [(VERSTREKEN, "2026-12-18")]


async def test_een_handler_die_te_vroeg_wordt_geroepen_doet_niets(proef: Proef) -> None:
    """As after a deadline that was set, and then moved while it was being handled."""
    await proef.begin(date(2026, 12, 18))
    async with proef.database.unit_of_work(BOXTEL) as uow:
        await uow.connection.execute(
            "UPDATE termijn SET vervalt_op = $2 WHERE aggregate_id = $1 AND soort LIKE 'termijn-%'",
            proef.kandidaat_id,
            uow.now,
        )
        await uow.commit()
    await proef.tot(date(2026, 11, 21))
    assert await proef.namen() == []


async def test_na_het_verstrijken_begint_een_termijn_opnieuw_als_zij_weer_wordt_gezet(
    proef: Proef,
) -> None:
    await proef.begin(date(2026, 12, 4))
    await proef.tot(date(2026, 12, 5))
    opnieuw = await proef.begin(date(2026, 12, 31), begonnen_op=date(2026, 12, 5))
    assert await proef.status(opnieuw) is Termijnstatus.LOPEND
    await proef.haal(date(2026, 12, 10))
    await proef.tot(date(2027, 1, 5))
    assert await proef.namen() == [(VERSTREKEN, "2026-12-04")]


async def test_een_termijn_is_voor_de_gemeente_en_vanaf_de_doorverwijzing_ook_voor_wsd(
    proef: Proef, boxtel: httpx2.AsyncClient
) -> None:
    await proef.begin(date(2026, 12, 4))
    await proef.tot(date(2026, 12, 2))
    await verwijs_door(boxtel, proef.kandidaat_id)
    await proef.tot(date(2026, 12, 5))
    assert await proef.gezegd() == [
        (NADERT, "2026-12-04", [BOXTEL]),
        (VERSTREKEN, "2026-12-04", [BOXTEL, WSD]),
    ]


async def test_na_een_overdracht_is_een_termijn_van_de_andere_gemeente(
    proef: Proef, boxtel: httpx2.AsyncClient, klant: Klant
) -> None:
    termijn_id = await proef.begin(date(2026, 12, 4))
    antwoord = await boxtel.post(
        f"/kandidaten/{proef.kandidaat_id}/overdrachten",
        json={"naarGemeente": VUGHT, "ingangsdatum": "2026-11-20", "reden": "verhuizing"},
    )
    assert antwoord.status_code == 201, antwoord.text
    await proef.tot(date(2026, 12, 5))
    assert (VERSTREKEN, "2026-12-04", [VUGHT]) in await proef.gezegd()
    gezien = (await klant(VUGHT).get(f"/kandidaten/{proef.kandidaat_id}/termijnen")).json()
    assert str(termijn_id) in [t["termijnId"] for t in gezien["termijnen"]]


# -- the terms of the law -------------------------------------------------------------------


async def van(klant: httpx2.AsyncClient, kandidaat_id: UUID, soort: str) -> list[dict[str, Any]]:
    antwoord = await klant.get(f"/kandidaten/{kandidaat_id}/termijnen")
    assert antwoord.status_code == 200, antwoord.text
    return [t for t in antwoord.json()["termijnen"] if t["soort"] == soort]


async def test_bij_de_melding_van_een_jongere_begint_de_zoektermijn_vanzelf(
    boxtel: httpx2.AsyncClient, database: Database, klok: MovableClock
) -> None:
    kandidaat_id = await meld_aan(boxtel, geboortedatum="2004-03-01")
    [zoektermijn] = await van(boxtel, kandidaat_id, "zoektermijn")
    assert zoektermijn["begonnenOp"] == "2026-11-20"
    assert zoektermijn["laatsteDag"] == "2026-12-17"
    assert zoektermijn["grondslag"] == "art. 41 lid 4 Participatiewet"
    assert zoektermijn["rol"] == "kandidaat"
    assert zoektermijn["waarschuwenVanaf"] is None
    proef = Proef(database, klok, kandidaat_id)
    await proef.tot(date(2026, 12, 18))
    assert (VERSTREKEN, "2026-12-17") in await proef.namen()


@pytest.mark.parametrize(
    "anders",
    [
        {"geboortedatum": "1999-11-20"},
        {"geboortedatum": "2004-03-01", "aangemeldOp": "2026-10-23"},
        {"geboortedatum": "2004-03-01", "doelgroep": "nug"},
    ],
)
async def test_wie_27_is_of_vier_weken_geleden_meldde_heeft_geen_zoektermijn(
    boxtel: httpx2.AsyncClient, anders: dict[str, str]
) -> None:
    assert await van(boxtel, await meld_aan(boxtel, **anders), "zoektermijn") == []


async def test_bij_de_bekendmaking_van_een_besluit_begint_de_bezwaartermijn(
    boxtel: httpx2.AsyncClient, database: Database, klok: MovableClock
) -> None:
    kandidaat_id = await meld_aan(boxtel)
    await verwijs_door(boxtel, kandidaat_id, bekendgemaakt_op="2026-11-20")
    [bezwaar] = await van(boxtel, kandidaat_id, "bezwaartermijn")
    assert bezwaar["laatsteDag"] == "2027-01-04"  # 1 January is a Friday
    assert bezwaar["rol"] == "kandidaat"
    proef = Proef(database, klok, kandidaat_id)
    await proef.tot(date(2027, 1, 5))
    assert (VERSTREKEN, "2027-01-04") in await proef.namen()
    # After it nobody has anything to do.
    lijst = await boxtel.get("/termijnen", params={"kandidaatId": str(kandidaat_id)})
    assert "bezwaartermijn" not in lijst.text
    verstreken = await boxtel.get(
        "/termijnen", params={"kandidaatId": str(kandidaat_id), "status": "verstreken"}
    )
    assert "bezwaartermijn" in verstreken.text


async def test_een_besluit_van_lang_geleden_heeft_geen_bezwaartermijn_meer(
    boxtel: httpx2.AsyncClient,
) -> None:
    kandidaat_id = await meld_aan(boxtel, aangemeldOp="2026-09-01")
    await verwijs_door(boxtel, kandidaat_id, op="2026-09-01", bekendgemaakt_op="2026-10-01")
    assert await van(boxtel, kandidaat_id, "bezwaartermijn") == []


async def test_een_besluit_dat_later_wordt_bekendgemaakt_krijgt_dan_zijn_bezwaartermijn(
    boxtel: httpx2.AsyncClient,
) -> None:
    kandidaat_id = await meld_aan(boxtel)
    await verwijs_door(boxtel, kandidaat_id)
    assert await van(boxtel, kandidaat_id, "bezwaartermijn") == []
    besluiten = (await boxtel.get(f"/kandidaten/{kandidaat_id}/besluiten")).json()
    besluit_id = besluiten["poortbesluiten"][0]["besluitId"]
    antwoord = await boxtel.post(
        f"/kandidaten/{kandidaat_id}/besluiten/{besluit_id}/bekendmakingen",
        json={"bekendgemaaktOp": "2026-11-20"},
    )
    assert antwoord.status_code == 201, antwoord.text
    [bezwaar] = await van(boxtel, kandidaat_id, "bezwaartermijn")
    assert (bezwaar["kenmerk"], bezwaar["laatsteDag"]) == (besluit_id, "2027-01-04")


async def test_bij_een_vrijstelling_van_art_9a_hoort_een_plan_tot_zij_wordt_ingetrokken(
    boxtel: httpx2.AsyncClient,
) -> None:
    kandidaat_id = await meld_aan(boxtel)
    besluit = {
        "genomenOp": "2026-11-20",
        "motivering": "Proefmotivering",
        "ingangsdatum": "2026-11-20",
        "bekendgemaaktOp": "2026-11-20",
    }
    antwoord = await boxtel.post(
        f"/kandidaten/{kandidaat_id}/vrijstellingen",
        json={
            **besluit,
            "rechtsgrond": "pw-art-9a",
            "vrijgesteldVan": ["arbeid"],
            "einddatum": "2027-11-19",
            "alleenstaandeOuderKindJongerDan5": True,
        },
    )
    assert antwoord.status_code == 201, antwoord.text
    [plan] = await van(boxtel, kandidaat_id, "plan-van-aanpak")
    assert plan["laatsteDag"] == antwoord.json()["planVanAanpakUiterlijk"] == "2027-05-20"
    intrekking = await boxtel.post(
        f"/kandidaten/{kandidaat_id}/besluiten/{plan['kenmerk']}/intrekkingen",
        json={k: v for k, v in besluit.items() if k != "bekendgemaaktOp"},
    )
    assert intrekking.status_code == 201, intrekking.text
    [plan] = await van(boxtel, kandidaat_id, "plan-van-aanpak")
    assert plan["status"] == "vervallen"
    [bezwaar] = await van(boxtel, kandidaat_id, "bezwaartermijn")
    assert bezwaar["status"] == "lopend"


async def test_op_een_plan_van_aanpak_volgt_elk_half_jaar_een_herbeoordeling(
    proef: Proef, boxtel: httpx2.AsyncClient
) -> None:
    besluit_id = uuid4()

    async def doe(stap: Callable[..., Any], op: date) -> None:
        async with proef.database.unit_of_work(BOXTEL) as uow:
            await stap(uow, await store.neem(uow, proef.kandidaat_id), besluit_id, op)
            await uow.commit()

    async def dagen(soort: str) -> list[tuple[str, str, int | None]]:
        gevonden = await van(boxtel, proef.kandidaat_id, soort)
        return [(t["laatsteDag"], t["status"], t["dagenTeLaat"]) for t in gevonden]

    await doe(begin_plan_van_aanpak, date(2026, 11, 20))
    assert await dagen("plan-van-aanpak") == [("2027-05-20", "lopend", None)]
    await doe(plan_van_aanpak_opgesteld, date(2027, 5, 25))
    assert await dagen("plan-van-aanpak") == [("2027-05-20", "gehaald", 5)]
    assert await dagen("herbeoordeling-vrijstelling") == [("2027-11-25", "lopend", None)]
    await doe(vrijstelling_herbeoordeeld, date(2027, 11, 1))
    assert await dagen("herbeoordeling-vrijstelling") == [
        ("2028-05-01", "lopend", None),
        ("2027-11-25", "gehaald", 0),
    ]


# -- the list -------------------------------------------------------------------------------


async def test_de_lijst_staat_op_urgentie_en_is_te_doorlopen_en_te_filteren(
    proef: Proef, boxtel: httpx2.AsyncClient
) -> None:
    voorbij = await proef.begin(date(2026, 11, 23), "voorbij")
    morgen = await proef.begin(date(2026, 11, 25), "morgen")
    later = await proef.begin(date(2026, 12, 31), "later")
    gedaan = await proef.begin(date(2026, 11, 22), "gedaan")
    await proef.haal(date(2026, 11, 21), "gedaan")
    await proef.tot(middernacht(date(2026, 11, 24)) + timedelta(hours=9))

    async def zoek(**filters: str) -> list[str]:
        gevonden: list[str] = []
        adres: str | None = "/termijnen"
        params: dict[str, str] | None = {
            "kandidaatId": str(proef.kandidaat_id),
            "limiet": "1",
            **filters,
        }
        while adres:
            antwoord = await boxtel.get(adres, params=params)
            assert antwoord.status_code == 200, antwoord.text
            gevonden += [t["termijnId"] for t in antwoord.json()["resultaten"]]
            volgende = antwoord.links.get("next", {}).get("url")
            adres, params = volgende and f"https://api.meedoen.example{volgende}", None
        return [g for g in gevonden if UUID(g) in {voorbij, morgen, later, gedaan}]

    def ids(*gezocht: UUID) -> list[str]:
        return [str(termijn_id) for termijn_id in gezocht]

    assert await zoek() == ids(voorbij, morgen, later)
    assert await zoek(uiterlijk="2026-11-25") == ids(voorbij, morgen)
    assert await zoek(status="lopend") == ids(morgen, later)
    assert await zoek(status="gehaald") == ids(gedaan)
    assert await zoek(soort="processtap", rol="klantmanager") == ids(voorbij, morgen, later)
    assert await zoek(rol="kandidaat") == []
    assert await zoek(soort="beslistermijn") == []
    alles = await van(boxtel, proef.kandidaat_id, "processtap")
    over = {t["termijnId"]: t["werkdagenOver"] for t in alles}
    assert [over[str(t)] for t in (voorbij, morgen, later, gedaan)] == [-1, 1, 26, None]


async def test_na_de_laatste_die_er_kan_zijn_komt_niets(boxtel: httpx2.AsyncClient) -> None:
    cursor = f"{10**18 - 1}.{10**6 - 1}.{uuid4().hex}"
    antwoord = await boxtel.get("/termijnen", params={"cursor": cursor})
    assert antwoord.json() == {"resultaten": []}


@pytest.mark.parametrize(
    "filters",
    [
        {"soort": "onzin"},
        {"status": "onzin"},
        {"uiterlijk": "morgen"},
        {"rol": "Hé"},
        {"cursor": "x"},
    ],
)
async def test_een_filter_dat_niet_bestaat_wordt_geweigerd(
    boxtel: httpx2.AsyncClient, filters: dict[str, str]
) -> None:
    assert (await boxtel.get("/termijnen", params=filters)).status_code == 400


async def test_een_ander_ziet_geen_termijnen_en_wsd_pas_na_de_doorverwijzing(
    proef: Proef, boxtel: httpx2.AsyncClient, klant: Klant
) -> None:
    await proef.begin(date(2026, 12, 4))
    params = {"kandidaatId": str(proef.kandidaat_id)}
    pad = f"/kandidaten/{proef.kandidaat_id}/termijnen"
    for organisatie in (VUGHT, WSD):
        ander = klant(organisatie)
        assert (await ander.get("/termijnen", params=params)).json() == {"resultaten": []}
        assert (await ander.get(pad)).status_code == 404
    await verwijs_door(boxtel, proef.kandidaat_id)
    assert (await klant(WSD).get("/termijnen", params=params)).json()["resultaten"]
    assert (await klant(WSD).get(pad)).status_code == 200
    assert (await klant(VUGHT).get(pad)).status_code == 404
