"""Begeleiding bij overdrachten en einden, in welke volgorde zij ook worden gehoord.

Per dienst ligt de volgorde vast; daartussen kiest het toeval. De uitkomst wordt vergeleken met een
tweede berekening, dag voor dag, rechtstreeks uit de afspraken (bron 000 §3.2).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from chassis.clock import NEDERLAND, MovableClock
from contracts.afnemers import WSD
from contracts.financiering import BegeleidingToegerekend, BudgetOverschreden
from contracts.gebeurtenis import Gebeurtenis
from contracts.plaatsing import Eindereden, OverigePlaatsingsoort, Plaatsingsoort
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

VANDAAG = date(2022, 3, 31)
JAREN = (2021, 2022)
PER_PLAATS = Decimal("4000.00")
PLAATSEN = {BOXTEL: 2, VUGHT: 1}
BESCHUT = Plaatsingsoort.BESCHUT_WERK


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2022, 3, 31, 9, tzinfo=NEDERLAND))


async def leg_vast(client: Client, bedrag: str = "432000.00") -> None:
    """The guidance budget of both gemeenten, the same in both years."""
    for gemeente, plaatsen in PLAATSEN.items():
        backoffice = client(
            gemeente, ("financiering.lezen", "financiering.schrijven"), "backoffice"
        )
        for jaar in JAREN:
            antwoord = await backoffice.post(
                "/budgetten",
                json={
                    "jaar": jaar,
                    "soort": "begeleiding-nieuwe-doelgroep",
                    "stadium": "voorlopig",
                    "bedrag": bedrag,
                    "plaatsen": plaatsen,
                    "bedragPerPlaats": str(PER_PLAATS),
                    "bron": "verzonnen voor de test",
                },
            )
            assert antwoord.status_code == 201, antwoord.text


async def rapport(client: Client, gemeente: str, op: date = VANDAAG) -> dict[str, Any]:
    antwoord = await client(gemeente).get(f"/rapportages/begeleiding?op={op}")
    [deel] = antwoord.json()["gemeenten"]
    return dict(deel)


async def kosten(client: Client, gemeente: str, kandidaat: Kandidaat) -> list[tuple[str, str, Any]]:
    pad = f"/begeleidingskosten/{kandidaat.plaatsing_id}"
    antwoord = await client(gemeente).get(pad)
    assert antwoord.status_code == 200, antwoord.text
    return [(t["tenLasteVan"], t["vanaf"], t["totEnMet"]) for t in antwoord.json()["toerekening"]]


def begin(kandidaat: Kandidaat, dag: date) -> Gebeurtenis:
    return kandidaat.gestart(OverigePlaatsingsoort.BESCHUT_WERK, dag)


def einde(kandidaat: Kandidaat, dag: date) -> Gebeurtenis:
    return kandidaat.einde(dag, BESCHUT, Eindereden.PENSIOEN)


async def test_vanaf_de_overdracht_telt_de_plaatsing_bij_de_nieuwe_gemeente(
    omgeving: Omgeving, client: Client
) -> None:
    await leg_vast(client)
    verhuisd, van_vught = Kandidaat(), Kandidaat(VUGHT)
    await omgeving.hoort(
        verhuisd.doorverwezen(),
        begin(verhuisd, date(2021, 2, 1)),
        begin(van_vught, date(2021, 6, 1)),
        verhuisd.overgedragen(VUGHT, date(2021, 9, 1)),
    )
    await omgeving.vuur()
    # In Vught it stands behind who was there already, though it began first.
    assert await kosten(client, VUGHT, verhuisd) == [("stimulus", "2021-09-01", None)]
    assert await kosten(client, BOXTEL, verhuisd) == [
        ("gemeentebudget", "2021-02-01", "2021-08-31")
    ]
    assert (await rapport(client, BOXTEL, date(2021, 8, 31)))["bijWsd"] == 1
    assert (await rapport(client, BOXTEL, date(2021, 9, 1)))["bijWsd"] == 0


async def test_wie_terugkomt_houdt_ook_de_dagen_van_de_eerste_keer(
    omgeving: Omgeving, client: Client
) -> None:
    await leg_vast(client)
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        begin(kandidaat, date(2021, 1, 4)),
        kandidaat.overgedragen(VUGHT, date(2021, 3, 1)),
        kandidaat.overgedragen(BOXTEL, date(2021, 5, 1)),
    )
    await omgeving.vuur()
    assert await kosten(client, BOXTEL, kandidaat) == [
        ("gemeentebudget", "2021-01-04", "2021-02-28"),
        ("gemeentebudget", "2021-05-01", None),
    ]
    assert await kosten(client, VUGHT, kandidaat) == [
        ("gemeentebudget", "2021-03-01", "2021-04-30")
    ]
    gezegd = [e["vanaf"] for e in await omgeving.gezegd_als(BegeleidingToegerekend, kandidaat)]
    assert len(gezegd) == len(set(gezegd)), "never the same twice"


async def test_een_einde_van_voor_de_overdracht_dat_later_wordt_gehoord(
    omgeving: Omgeving, client: Client
) -> None:
    """The day after the old gemeente is told too that the next one moves up."""
    await leg_vast(client)
    verhuisd, tweede, derde = Kandidaat(), Kandidaat(), Kandidaat()
    await omgeving.hoort(
        verhuisd.doorverwezen(),
        begin(verhuisd, date(2021, 1, 4)),
        begin(tweede, date(2021, 2, 1)),
        begin(derde, date(2021, 3, 1)),
        verhuisd.overgedragen(VUGHT, date(2021, 9, 1)),
    )
    await omgeving.vuur()
    await omgeving.hoort(einde(verhuisd, date(2021, 6, 30)))
    await omgeving.wordt(VANDAAG + timedelta(days=1))
    assert await kosten(client, BOXTEL, verhuisd) == [
        ("gemeentebudget", "2021-01-04", "2021-06-30")
    ]
    assert (
        await client(VUGHT).get(f"/begeleidingskosten/{verhuisd.plaatsing_id}")
    ).status_code == (404)
    assert (await kosten(client, BOXTEL, derde))[-1] == ("gemeentebudget", "2021-07-01", None)
    assert [
        (e["vanaf"], e["tenLasteVan"])
        for e in await omgeving.gezegd_als(BegeleidingToegerekend, derde)
    ] == [
        ("2021-03-01", "stimulus"),
        ("2021-09-01", "gemeentebudget"),
        ("2021-07-01", "gemeentebudget"),
    ]


async def test_een_begin_dat_na_de_overdracht_wordt_gehoord(
    omgeving: Omgeving, client: Client
) -> None:
    await leg_vast(client)
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.overgedragen(VUGHT, date(2021, 9, 1)),
        begin(kandidaat, date(2021, 2, 1)),
    )
    await omgeving.vuur()
    assert await kosten(client, BOXTEL, kandidaat) == [
        ("gemeentebudget", "2021-02-01", "2021-08-31")
    ]
    assert await kosten(client, VUGHT, kandidaat) == [("gemeentebudget", "2021-09-01", None)]
    assert await kosten(client, WSD, kandidaat) == [("gemeentebudget", "2021-09-01", None)]


async def test_een_budget_dat_door_een_vertrokken_kandidaat_opraakt_noemt_wie_er_nog_is(
    omgeving: Omgeving, client: Client
) -> None:
    """Of a kandidaat of another gemeente this one says nothing any more."""
    vertrokken, later = Kandidaat(), Kandidaat()
    await omgeving.hoort(
        vertrokken.doorverwezen(),
        begin(vertrokken, date(2022, 1, 3)),
        vertrokken.overgedragen(VUGHT, date(2022, 3, 1)),
    )
    await leg_vast(client, "1.00")
    await omgeving.vuur()
    over = await omgeving.gezegd_als(BudgetOverschreden, vertrokken)
    assert [e["gemeentecode"] for e in over] == [VUGHT]
    await omgeving.hoort(begin(later, date(2022, 3, 14)))
    await omgeving.vuur()
    [event] = await omgeving.gezegd_als(BudgetOverschreden, later)
    assert (event["gemeentecode"], event["overschredenPer"]) == (BOXTEL, "2022-01-03")


@dataclass
class Verhaal:
    """What really happened with one kandidaat, and what is told of it, in which order."""

    kandidaat: Kandidaat
    eerste_gemeente: str
    begin: date
    laatste_dag: date | None = None
    overdrachten: list[tuple[str, date]] = field(default_factory=list)
    rijen: list[list[Gebeurtenis]] = field(default_factory=list)

    def gemeente_op(self, dag: date) -> str:
        return [self.eerste_gemeente, *(g for g, d in self.overdrachten if d <= dag)][-1]

    def loopt_op(self, dag: date) -> bool:
        return self.begin <= dag and (self.laatste_dag is None or dag <= self.laatste_dag)


def verzin(toeval: random.Random) -> Verhaal:
    def dag(vanaf: date) -> date:
        return vanaf + timedelta(days=toeval.randrange(1, 150))

    eerste = toeval.choice([BOXTEL, VUGHT])
    verhaal = Verhaal(Kandidaat(eerste), eerste, dag(date(2020, 12, 1)))
    kandidaat = verhaal.kandidaat
    van_plaatsing = [begin(kandidaat, verhaal.begin)]
    for _ in range(toeval.randrange(3)):  # An end, told once or twice, and not the same.
        verhaal.laatste_dag = dag(verhaal.begin)
        van_plaatsing.append(einde(kandidaat, verhaal.laatste_dag))
    van_intake: list[Gebeurtenis] = [kandidaat.doorverwezen()]
    vanaf = date(2021, 1, 1)
    for _ in range(toeval.randrange(4)):
        vanaf = dag(vanaf)
        naar = VUGHT if verhaal.gemeente_op(vanaf) == BOXTEL else BOXTEL
        van_intake.append(kandidaat.overgedragen(naar, vanaf))
        verhaal.overdrachten.append((naar, vanaf))
    verhaal.rijen = [van_intake, van_plaatsing]
    return verhaal


def per_dag(verhalen: list[Verhaal], op: date) -> dict[Kandidaat, tuple[str, str]]:
    """Of who runs on a day: of which gemeente, and who pays. Slow, and obviously so."""
    lopend: dict[str, list[tuple[date, Any, Kandidaat]]] = defaultdict(list)
    for verhaal in verhalen:
        if verhaal.loopt_op(op):
            gemeente, eerste = verhaal.gemeente_op(op), op
            while verhaal.loopt_op(eerste) and verhaal.gemeente_op(eerste) == gemeente:
                eerste -= timedelta(days=1)
            lopend[gemeente].append((eerste, verhaal.kandidaat.plaatsing_id, verhaal.kandidaat))
    return {
        kandidaat: (gemeente, "gemeentebudget" if nummer < PLAATSEN[gemeente] else "stimulus")
        for gemeente, rij in lopend.items()
        for nummer, (_, _, kandidaat) in enumerate(sorted(rij, key=lambda r: r[:2]))
    }


def lasten(verhalen: list[Verhaal], op: date) -> dict[tuple[str, str], Decimal]:
    """Per gemeente and payer until a day of its year: days next to each other, rounded once."""
    som: dict[tuple[str, str], Decimal] = defaultdict(lambda: Decimal("0.00"))
    reeks: Counter[tuple[Kandidaat, str, str]] = Counter()
    dag = date(op.year, 1, 1)
    while True:
        nu = per_dag(verhalen, dag) if dag <= op else {}
        loopt = {(kandidaat, *wie) for kandidaat, wie in nu.items()}
        for sleutel in set(reeks) - loopt:
            bedrag = PER_PLAATS * reeks.pop(sleutel) / 365
            som[sleutel[1:]] += bedrag.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if dag > op:
            return som
        reeks.update(loopt)
        dag += timedelta(days=1)


@pytest.mark.parametrize("nummer", range(8))
async def test_in_elke_volgorde_komt_uit_wat_er_werkelijk_was(
    omgeving: Omgeving, client: Client, nummer: int
) -> None:
    toeval = random.Random(nummer)
    verhalen = [verzin(toeval) for _ in range(7)]
    if nummer % 2:
        await leg_vast(client)
    rijen = [rij for verhaal in verhalen for rij in verhaal.rijen]
    # A kandidaat must be known before they go to another gemeente.
    for rij in rijen[::2]:
        await omgeving.hoort(rij.pop(0))
    while rijen := [rij for rij in rijen if rij]:
        await omgeving.hoort(toeval.choice(rijen).pop(0))
        if toeval.random() < 0.2:
            await omgeving.vuur()
    if not nummer % 2:
        await leg_vast(client)
    await omgeving.wordt(VANDAAG + timedelta(days=1))
    omgeving.clock.move_to(datetime(2022, 3, 31, 9, tzinfo=NEDERLAND))
    for op in (date(2021, 5, 31), date(2021, 8, 31), date(2021, 12, 31), VANDAAG):
        verwacht, stand = lasten(verhalen, op), per_dag(verhalen, op)
        for gemeente in PLAATSEN:
            deel = await rapport(client, gemeente, op)
            telling = Counter(wie for code, wie in stand.values() if code == gemeente)
            for wie, bedrag in (
                ("gemeentebudget", "lastenGemeentebudget"),
                ("stimulus", "lastenStimulus"),
            ):
                assert deel[wie] == telling[wie], (op, gemeente, wie)
                assert Decimal(deel[bedrag]) == verwacht[gemeente, wie], (op, gemeente, wie)
    for verhaal in verhalen:  # What afnemers heard last of each day on which it runs today.
        if verhaal.kandidaat in stand:
            gezegd = {
                e["vanaf"]: e["tenLasteVan"]
                for e in await omgeving.gezegd_als(BegeleidingToegerekend, verhaal.kandidaat)
                if e["gemeentecode"] == verhaal.gemeente_op(VANDAAG)
            }
            assert gezegd[max(gezegd)] == stand[verhaal.kandidaat][1]
