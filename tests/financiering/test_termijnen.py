"""Wat bij een loonkostensubsidie uiterlijk wanneer moet, en wat er gebeurt als dat niet lukt."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from chassis.termijnen import Termijn, Termijnstatus, Zoekvraag
from contracts.financiering import FinancieringstermijnVerstreken
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import Doelgroep
from services.financiering.domain.termijn import Financieringstermijnsoort
from services.financiering.store.termijnen import TERMIJNEN
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

BESLISSING = Financieringstermijnsoort.BESLISSING_LKS
NA_FORFAIT = Financieringstermijnsoort.LOONWAARDE_NA_FORFAIT
LOPEND, GEHAALD, VERSTREKEN, VERVALLEN = Termijnstatus


async def termijnen(
    omgeving: Omgeving, kandidaat: Kandidaat
) -> dict[Financieringstermijnsoort, Termijn[Financieringstermijnsoort]]:
    """Every term of a kandidaat, whatever became of it."""
    async with omgeving.database.unit_of_work(kandidaat.gemeentecode) as uow:
        gevonden = [
            termijn
            for status in Termijnstatus
            for termijn in await TERMIJNEN.lijst(
                uow, Zoekvraag(status=status, kandidaat_id=kandidaat.id), na=None, aantal=10
            )
        ]
    per_soort = {termijn.soort: termijn for termijn in gevonden}
    assert len(per_soort) == len(gevonden)
    return per_soort


async def verstreken(omgeving: Omgeving, kandidaat: Kandidaat) -> list[tuple[str, str]]:
    """What was said to have passed: which soort, and its last day."""
    gezegd = await omgeving.gezegd_als(FinancieringstermijnVerstreken, kandidaat)
    return [(e["soort"], e["laatsteDag"]) for e in gezegd]


async def test_een_plaatsing_met_loonwaarde_vraagt_een_beslissing_binnen_vijf_weken(
    omgeving: Omgeving, client: Client
) -> None:
    k = Kandidaat()
    await omgeving.wordt(date(2026, 1, 12))
    await omgeving.hoort(
        k.doorverwezen(),
        k.loonwaarde(40, date(2026, 1, 1), date(2026, 1, 5)),
        k.plaatsing(date(2026, 1, 12)),
    )
    antwoord = await client(rol="klantmanager").get("/termijnen")
    assert antwoord.status_code == 200, antwoord.text
    lks = await omgeving.lks(k)
    [termijn] = antwoord.json()["resultaten"]
    assert termijn == {
        "termijnId": termijn["termijnId"],
        "lksId": str(lks.lks_id),
        "kandidaatId": str(k.id),
        "gemeentecode": BOXTEL,
        "soort": "beslissing-lks",
        "kenmerk": "",
        "begonnenOp": "2026-01-05",
        "laatsteDag": "2026-02-09",
        "status": "lopend",
        "gehaaldOp": None,
        "teLaat": False,
    }
    wsd = await client("wsd", rol="backoffice").get("/termijnen")
    assert [t["termijnId"] for t in wsd.json()["resultaten"]] == [termijn["termijnId"]]
    assert (await client(VUGHT).get("/termijnen")).json()["resultaten"] == []

    await omgeving.wordt(date(2026, 2, 9))
    assert await verstreken(omgeving, k) == []
    await omgeving.wordt(date(2026, 2, 10))
    [event] = await omgeving.gezegd_als(FinancieringstermijnVerstreken, k)
    assert event["termijnId"] == termijn["termijnId"]
    assert await verstreken(omgeving, k) == [("beslissing-lks", "2026-02-09")]
    assert (await termijnen(omgeving, k))[BESLISSING].status is VERSTREKEN

    # A fact that says nothing new of it lets it stand, and it is not said again.
    await omgeving.hoort(k.gewijzigd(date(2026, 2, 1), "28.00"))
    await omgeving.vuur()
    assert (await termijnen(omgeving, k))[BESLISSING].status is VERSTREKEN
    assert len(await verstreken(omgeving, k)) == 1
    te_laat = await client().get("/termijnen", params={"soort": "beslissing-lks"})
    assert [t["teLaat"] for t in te_laat.json()["resultaten"]] == [True]


async def test_een_gehaalde_beslistermijn_blijft_gehaald_wat_er_ook_nog_komt(
    omgeving: Omgeving,
) -> None:
    k = Kandidaat()
    await omgeving.wordt(date(2026, 1, 12))
    await omgeving.hoort(k.doorverwezen(), k.plaatsing(date(2026, 1, 12)))
    await omgeving.wordt(date(2026, 1, 20))
    await omgeving.beschikt(k)
    # The measurement on which the placement rests comes late: other days, the same state.
    await omgeving.hoort(k.loonwaarde(40, date(2026, 1, 1), date(2026, 1, 5)))
    await omgeving.hoort(k.einde(date(2026, 3, 1)))
    await omgeving.wordt(date(2026, 4, 1))
    [termijn] = (await termijnen(omgeving, k)).values()
    assert (termijn.status, termijn.gehaald_op) == (GEHAALD, date(2026, 1, 20))
    assert termijn.laatste_dag == date(2026, 2, 9)
    assert await verstreken(omgeving, k) == []


async def test_voor_het_einde_van_het_forfait_wordt_de_loonwaarde_gemeten(
    omgeving: Omgeving,
) -> None:
    op_tijd, te_laat = Kandidaat(), Kandidaat()
    await omgeving.wordt(date(2026, 1, 12))
    for k in (op_tijd, te_laat):
        await omgeving.hoort(k.doorverwezen(), k.plaatsing(date(2026, 1, 12), None))
        assert (await termijnen(omgeving, k))[NA_FORFAIT].laatste_dag == date(2026, 7, 11)
        await omgeving.beschikt(k)
    await omgeving.hoort(op_tijd.loonwaarde(45, date(2026, 7, 12), date(2026, 6, 30)))
    await omgeving.wordt(date(2026, 7, 12))
    assert await verstreken(omgeving, op_tijd) == []
    assert await verstreken(omgeving, te_laat) == [("loonwaarde-na-forfait", "2026-07-11")]
    assert await omgeving.afnemers(te_laat) != []

    await omgeving.hoort(te_laat.loonwaarde(45, date(2026, 7, 12), date(2026, 8, 3)))
    for k, dag in ((op_tijd, date(2026, 6, 30)), (te_laat, date(2026, 8, 3))):
        termijn = (await termijnen(omgeving, k))[NA_FORFAIT]
        assert (termijn.status, termijn.gehaald_op) == (GEHAALD, dag)
        assert termijn.te_laat is (k is te_laat)


async def test_na_het_einde_van_het_dienstverband_hoeft_de_loonwaarde_niet_meer(
    omgeving: Omgeving,
) -> None:
    """In the forfait at once; later on its last day, which may be told ahead."""
    binnen, erna = Kandidaat(), Kandidaat()
    await omgeving.wordt(date(2026, 1, 12))
    for k in (binnen, erna):
        await omgeving.hoort(k.doorverwezen(), k.plaatsing(date(2026, 1, 12), None))
        await omgeving.beschikt(k)
    await omgeving.hoort(binnen.einde(date(2026, 7, 11)), erna.einde(date(2026, 9, 30)))
    assert (await termijnen(omgeving, binnen))[NA_FORFAIT].status is VERVALLEN
    assert (await termijnen(omgeving, erna))[NA_FORFAIT].status is LOPEND
    await omgeving.wordt(date(2026, 7, 12))
    assert await verstreken(omgeving, binnen) == []
    assert len(await verstreken(omgeving, erna)) == 1
    await omgeving.wordt(date(2026, 9, 30))
    assert (await termijnen(omgeving, erna))[NA_FORFAIT].status is VERSTREKEN
    await omgeving.wordt(date(2026, 10, 1))
    assert (await termijnen(omgeving, erna))[NA_FORFAIT].status is VERVALLEN


async def test_na_het_einde_van_de_doelgroep_hoeft_de_loonwaarde_niet_meer(
    omgeving: Omgeving,
) -> None:
    k = Kandidaat()
    await omgeving.wordt(date(2026, 1, 12))
    await omgeving.hoort(k.doorverwezen(), k.plaatsing(date(2026, 1, 12), None))
    await omgeving.beschikt(k)
    assert (await termijnen(omgeving, k))[BESLISSING].status is GEHAALD
    await omgeving.wordt(date(2026, 5, 1))
    await omgeving.beschikt(k, einde_doelgroep=date(2026, 5, 31))
    assert (await termijnen(omgeving, k))[NA_FORFAIT].status is VERVALLEN
    await omgeving.wordt(date(2026, 8, 1))
    assert await verstreken(omgeving, k) == []


async def test_een_dienstverband_dat_niet_doorging_laat_beide_termijnen_vervallen(
    omgeving: Omgeving,
) -> None:
    k = Kandidaat()
    await omgeving.wordt(date(2026, 1, 5))
    await omgeving.hoort(k.doorverwezen(), k.plaatsing(date(2026, 1, 12), None))
    await omgeving.hoort(k.einde(date(2026, 1, 11)))
    assert {t.status for t in (await termijnen(omgeving, k)).values()} == {VERVALLEN}
    await omgeving.wordt(date(2026, 8, 1))
    assert await verstreken(omgeving, k) == []


async def test_een_geweigerde_subsidie_wacht_niet_op_een_loonwaarde_wel_op_een_beslissing(
    omgeving: Omgeving,
) -> None:
    k = Kandidaat()
    await omgeving.hoort(k.plaatsing(date(2026, 12, 1), None))
    await omgeving.hoort(k.doorverwezen(doelgroep=Doelgroep.WSW))
    gevonden = await termijnen(omgeving, k)
    assert (gevonden[BESLISSING].status, gevonden[NA_FORFAIT].status) == (LOPEND, VERVALLEN)


async def test_de_termijnen_gaan_met_de_kandidaat_mee_naar_een_andere_gemeente(
    omgeving: Omgeving, client: Client
) -> None:
    k = Kandidaat()
    await omgeving.wordt(date(2026, 1, 12))
    await omgeving.hoort(k.doorverwezen(), k.plaatsing(date(2026, 1, 12), None))
    await omgeving.hoort(k.einde(date(2026, 9, 30)))
    voor = await termijnen(omgeving, k)
    await omgeving.hoort(k.overgedragen(VUGHT, date(2026, 1, 20)))
    na = await termijnen(omgeving, k)
    assert {s: (t.termijn_id, t.laatste_dag) for s, t in na.items()} == {
        s: (t.termijn_id, t.laatste_dag) for s, t in voor.items()
    }
    assert (await client(BOXTEL).get("/termijnen")).json()["resultaten"] == []
    await omgeving.wordt(date(2026, 7, 12))
    gezegd = await omgeving.gezegd_als(FinancieringstermijnVerstreken, k)
    assert {e["gemeentecode"] for e in gezegd} == {VUGHT}
    assert len(gezegd) == 2
    await omgeving.wordt(date(2026, 10, 1))
    assert (await termijnen(omgeving, k))[NA_FORFAIT].status is VERVALLEN
    assert "geparkeerd" not in [status for status, _ in await omgeving.termijnen()]


def verhaal(k: Kandidaat, toeval: random.Random) -> list[Sequence[Gebeurtenis]]:
    """What each service tells of one kandidaat, in its own order; the same for the same toeval."""
    begin = date(2026, 1, 1) + timedelta(days=toeval.randrange(300))

    def rond(dagen: int) -> date:
        return begin + timedelta(days=toeval.randrange(-60, dagen))

    doelgroep = toeval.choice([Doelgroep.PWET, Doelgroep.PWET, Doelgroep.WSW])
    intake: list[Gebeurtenis] = [k.doorverwezen(doelgroep=doelgroep)]
    diagnose = [
        k.loonwaarde(toeval.choice([40, 55]), rond(250), rond(250))
        for _ in range(toeval.randrange(4))
    ]
    plaatsing: list[Gebeurtenis] = [k.plaatsing(begin, toeval.choice([None, 40]))]
    if toeval.random() < 0.3:
        plaatsing.append(k.gewijzigd(begin + timedelta(days=10), "30.00"))
    if toeval.random() < 0.6:
        plaatsing.append(k.einde(begin + timedelta(days=toeval.choice([-1, 30, 180, 250, 400]))))
    return [intake, diagnose, plaatsing]


def verweven(rijen: list[Sequence[Gebeurtenis]], toeval: random.Random) -> list[Gebeurtenis]:
    """One order in which these rows can arrive, each in its own order."""
    beurten = [i for i, rij in enumerate(rijen) for _ in rij]
    toeval.shuffle(beurten)
    verder = [iter(rij) for rij in rijen]
    return [next(verder[i]) for i in beurten]


async def test_in_welke_volgorde_de_feiten_ook_komen_dezelfde_termijnen_blijven_over(
    omgeving: Omgeving,
) -> None:
    gezien: set[Any] = set()
    for nummer in range(60):
        uitkomsten = set()
        for volgorde in range(3):
            k = Kandidaat()
            rijen = verhaal(k, random.Random(nummer))
            await omgeving.hoort(*verweven(rijen, random.Random(f"{nummer}-{volgorde}")))
            await omgeving.vuur()
            uitkomsten.add(
                frozenset(
                    (t.soort, t.begonnen_op, t.laatste_dag, t.status, t.gehaald_op)
                    for t in (await termijnen(omgeving, k)).values()
                )
            )
        assert len(uitkomsten) == 1, nummer
        gezien |= {(soort, status) for soort, _, _, status, _ in uitkomsten.pop()}
    # The stories are worth something: every state occurs that facts alone can bring about.
    assert gezien == {
        (BESLISSING, LOPEND),
        (BESLISSING, VERVALLEN),
        *((NA_FORFAIT, status) for status in Termijnstatus),
    }
