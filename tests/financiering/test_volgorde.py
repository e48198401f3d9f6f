"""Wat diensten over een kandidaat vertellen mag in elke volgorde aankomen.

Alleen per dienst ligt de volgorde vast; daartussen proberen deze tests alle volgordes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import pytest

from chassis.consumer import Outcome
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import Doelgroep
from services.financiering.use_cases.herbeoordeel import HERBEOORDELING
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving

Verhaal = Callable[[Kandidaat], Sequence[Sequence[Gebeurtenis]]]
"""What each service tells, in its own order."""


def forfait_met_verjaardag_en_twee_metingen(k: Kandidaat) -> Sequence[Sequence[Gebeurtenis]]:
    return (
        (k.doorverwezen(date(2025, 11, 3), groep="20"), k.leeftijdsgroep("21+", date(2026, 2, 1))),
        (k.loonwaarde(35, date(2025, 12, 1)), k.loonwaarde(55, date(2026, 9, 1))),
        (k.plaatsing(date(2026, 1, 12), None, "28.00"), k.einde(date(2026, 11, 15))),
    )


def loonwaarde_die_twee_keer_gelijk_is(k: Kandidaat) -> Sequence[Sequence[Gebeurtenis]]:
    return (
        (k.doorverwezen(date(2025, 11, 3), groep="20"), k.leeftijdsgroep("21+", date(2026, 9, 1))),
        (k.loonwaarde(50, date(2026, 3, 1)), k.loonwaarde(50, date(2026, 2, 1))),
        (k.plaatsing(date(2026, 1, 12), 40),),
    )


def volledige_loonwaarde_op_de_eerste_dag(k: Kandidaat) -> Sequence[Sequence[Gebeurtenis]]:
    return (
        (k.doorverwezen(),),
        (k.loonwaarde(100, date(2026, 1, 12)), k.loonwaarde(60, date(2026, 4, 1))),
        (k.plaatsing(date(2026, 1, 12), 40), k.einde(date(2026, 10, 31))),
    )


def weigering(k: Kandidaat) -> Sequence[Sequence[Gebeurtenis]]:
    return (
        (k.doorverwezen(doelgroep=Doelgroep.WSW),),
        (k.loonwaarde(40, date(2026, 1, 12)),),
        (k.plaatsing(date(2026, 1, 12), 40), k.einde(date(2026, 10, 31))),
    )


def overdracht_waar_de_anderen_nog_van_horen(k: Kandidaat) -> Sequence[Sequence[Gebeurtenis]]:
    """The same story as the first. Diagnose and plaatsing say some of it before they know."""
    doorverwezen = k.doorverwezen(date(2025, 11, 3), groep="20")
    eerste_meting = k.loonwaarde(35, date(2025, 12, 1))
    plaatsing = (k.plaatsing(date(2026, 1, 12), None, "28.00"), k.einde(date(2026, 11, 15)))
    overgedragen = k.overgedragen(VUGHT, date(2026, 1, 20))
    return (
        (doorverwezen, overgedragen, k.leeftijdsgroep("21+", date(2026, 2, 1))),
        (eerste_meting, k.loonwaarde(55, date(2026, 9, 1))),
        plaatsing,
    )


def verweven(rijen: Sequence[Sequence[Gebeurtenis]]) -> Iterator[list[Gebeurtenis]]:
    """All orders in which these rows can arrive, each in its own order."""
    if not any(rijen):
        yield []
    for i, rij in enumerate(rijen):
        if rij:
            for rest in verweven([*rijen[:i], rij[1:], *rijen[i + 1 :]]):
                yield [rij[0], *rest]


async def uitkomst(omgeving: Omgeving, kandidaat: Kandidaat) -> Any:
    """Everything but the ids: decision, end, terms, and what holds when."""
    lks = await omgeving.lks(kandidaat)
    perioden = [(p.vanaf, p.tot_en_met, p.vaststelling.maandbedrag) for p in lks.perioden]
    async with omgeving.database.unit_of_work(kandidaat.gemeentecode) as uow:
        termijnen = await uow.connection.fetch(
            "SELECT soort, begonnen_op, laatste_dag, status, gehaald_op FROM financieringstermijn"
            " WHERE kandidaat_id = $1 ORDER BY soort",
            kandidaat.id,
        )
    besluit = (lks.status, lks.gronden, lks.besloten_op, lks.maandbedrag)
    return *besluit, [tuple(termijn) for termijn in termijnen], perioden


def gehoord(gezegd: list[tuple[str, str]], uitkomst: Any) -> list[str]:
    """The amounts that an afnemer ends with: per date the last said, until the last day."""
    einde = uitkomst[-1][-1][1] if uitkomst[-1] else None
    laatst = dict(gezegd)
    return [
        bedrag
        for bedrag, _ in groupby(
            laatst[dag] for dag in sorted(laatst) if einde is None or dag <= str(einde)
        )
    ]


@pytest.mark.parametrize(
    ("verhaal", "bedragen"),
    [
        (
            forfait_met_verjaardag_en_twee_metingen,
            ["952.08", "1190.11", "1547.14", "1071.09"],
        ),
        (
            overdracht_waar_de_anderen_nog_van_horen,
            ["952.08", "1190.11", "1547.14", "1071.09"],
        ),
        (loonwaarde_die_twee_keer_gelijk_is, ["979.29", "816.07", "1020.09"]),
        (volledige_loonwaarde_op_de_eerste_dag, ["0.00", "816.07"]),
        (weigering, []),
    ],
)
async def test_elke_volgorde_van_aankomst_geeft_dezelfde_uitkomst(
    omgeving: Omgeving, verhaal: Verhaal, bedragen: list[str]
) -> None:
    uitkomsten = []
    for volgorde in range(len(list(verweven(verhaal(Kandidaat()))))):
        kandidaat = Kandidaat()
        await omgeving.hoort(*list(verweven(verhaal(kandidaat)))[volgorde])
        uitkomsten.append(await uitkomst(omgeving, kandidaat))
        assert gehoord(await omgeving.bedragen(kandidaat), uitkomsten[0]) == bedragen
    assert len(uitkomsten) > 10
    assert all(gevonden == uitkomsten[0] for gevonden in uitkomsten)
    assert [str(bedrag) for bedrag, _ in groupby(p[-1] for p in uitkomsten[0][-1])] == bedragen


async def test_wat_tegelijk_aankomt_wordt_na_elkaar_verwerkt(omgeving: Omgeving) -> None:
    for _ in range(10):
        kandidaat = Kandidaat()
        berichten = [
            omgeving.bericht(event)
            for event in (
                kandidaat.doorverwezen(),
                kandidaat.loonwaarde(60, date(2026, 6, 1)),
                kandidaat.plaatsing(date(2026, 1, 12)),
            )
        ]
        uitkomsten = await asyncio.gather(*map(omgeving.ontvangt, berichten))
        assert set(uitkomsten) == {Outcome.HANDLED}
        lks = await omgeving.lks(kandidaat)
        assert [str(p.vaststelling.maandbedrag) for p in lks.perioden] == ["1224.11", "816.07"]


async def test_bij_een_overdracht_loopt_het_bedrag_door_en_hoort_vught_wat_het_betaalt(
    omgeving: Omgeving,
) -> None:
    """What was established for before stays as it was; the deadline of 1 January goes along."""
    k = Kandidaat()
    await omgeving.wordt(date(2026, 3, 2))
    await omgeving.hoort(k.doorverwezen(), k.plaatsing(date(2026, 1, 12), 40))
    voor = await omgeving.lks(k)
    gezegd = await omgeving.bedragen(k)
    await omgeving.hoort(k.overgedragen(VUGHT, date(2026, 3, 2)))
    na = await omgeving.lks(k)
    assert na.vaststellingen[: len(voor.vaststellingen)] == voor.vaststellingen
    assert (na.status, na.besloten_op, na.maandbedrag) == (
        voor.status,
        voor.besloten_op,
        voor.maandbedrag,
    )
    assert await omgeving.bedragen(k) == [*gezegd, ("2026-03-02", str(voor.maandbedrag))]
    assert await omgeving.versie(k) == 4
    async with omgeving.database.unit_of_work(BOXTEL) as uow:
        van_subsidies = f"termijn WHERE soort = '{HERBEOORDELING}'"
        for tabel in ("kandidaat", "loonkostensubsidie", "vaststelling", van_subsidies):
            assert await uow.connection.fetchval(f"SELECT count(*) FROM {tabel}") == 0  # noqa: S608

    await omgeving.hoort(k.loonwaarde(55, date(2026, 9, 1)))
    await omgeving.wordt(date(2026, 9, 1))
    assert (await omgeving.afnemers(k))[-1] == [VUGHT, "wsd"]
    assert (await omgeving.gezegd(k))[-1]["gemeentecode"] == VUGHT
    assert (await omgeving.gezegd(k))[0]["gemeentecode"] == BOXTEL
    await omgeving.wordt(date(2027, 1, 1))
    assert "geparkeerd" not in [status for status, _ in await omgeving.termijnen()]
