"""Een kandidaat gaat over naar een andere gemeente: die betaalt vanaf dan, in elke volgorde."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chassis.database import Database
from chassis.tenancy import SYSTEM, WSD
from contracts.gebeurtenis import Gebeurtenis
from services.financiering.use_cases.herbeoordeel import HERBEOORDELING
from tests.financiering.conftest import Client
from tests.financiering.omgeving import BOXTEL, VUGHT, Kandidaat, Omgeving
from tests.financiering.test_volgorde import uitkomst, verweven

BEST = "0753"
OVERGANG = date(2026, 11, 11)
TABELLEN = (
    "kandidaat",
    "leeftijdsovergang",
    "loonwaarde",
    "loonkostensubsidie",
    "vaststelling",
    "overdracht",
    f"termijn WHERE soort = '{HERBEOORDELING}'",
)


async def lopend(omgeving: Omgeving) -> Kandidaat:
    """Of Boxtel, with a row in every table, before the overdracht."""
    kandidaat = Kandidaat(BOXTEL)
    await omgeving.hoort(
        kandidaat.doorverwezen(date(2026, 1, 5), groep="20"),
        kandidaat.leeftijdsgroep("21+", date(2026, 3, 1)),
        kandidaat.loonwaarde(40, date(2026, 2, 1)),
        kandidaat.plaatsing(date(2026, 9, 1)),
    )
    return kandidaat


async def aantallen(database: Database, organisatie: str) -> dict[str, int]:
    async with database.unit_of_work(organisatie) as uow:
        return {
            tabel: await uow.connection.fetchval(f"SELECT count(*) FROM {tabel}")  # noqa: S608
            for tabel in TABELLEN
        }


async def test_alles_gaat_over_ook_vanaf_wanneer_wie_betaalt(
    omgeving: Omgeving, database: Database
) -> None:
    kandidaat = await lopend(omgeving)
    voor = await aantallen(database, BOXTEL)
    assert all(n for t, n in voor.items() if t != "overdracht")
    await omgeving.hoort(kandidaat.overgedragen(VUGHT, OVERGANG))
    assert await aantallen(database, BOXTEL) == dict.fromkeys(TABELLEN, 0)
    na = await aantallen(database, VUGHT)
    assert na == voor | {"overdracht": 1, "vaststelling": voor["vaststelling"] + 1}
    assert await aantallen(database, WSD) == na


async def test_het_bedrag_loopt_door_en_de_nieuwe_gemeente_hoort_het(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving)
    await omgeving.hoort(kandidaat.overgedragen(VUGHT, OVERGANG))
    eerst, daarna = await omgeving.gezegd(kandidaat)
    assert (eerst["gemeentecode"], eerst["ingangsdatum"]) == (BOXTEL, "2026-09-01")
    assert (daarna["gemeentecode"], daarna["ingangsdatum"]) == (VUGHT, str(OVERGANG))
    assert (daarna["maandbedrag"], daarna["lksId"]) == (eerst["maandbedrag"], eerst["lksId"])
    assert [*map(set, await omgeving.afnemers(kandidaat))] == [{BOXTEL, WSD}, {VUGHT, WSD}]


async def test_een_gebroken_maand_telt_voor_elk_naar_kalenderdagen(
    omgeving: Omgeving, client: Client
) -> None:
    kandidaat = await lopend(omgeving)
    heel = (await omgeving.lks(kandidaat)).maandbedrag
    await omgeving.hoort(kandidaat.overgedragen(VUGHT, OVERGANG))
    lks = await omgeving.lks(kandidaat)
    pad = f"/loonkostensubsidies/{lks.lks_id}"
    antwoord = await client(VUGHT).get(f"{pad}/maanden?vanaf=2026-10&tot=2026-12")
    oktober, november, december = antwoord.json()["maanden"]
    assert [(d["betaler"], d["dagen"]) for d in oktober["delen"]] == [(BOXTEL, 31)]
    assert [(d["betaler"], d["dagen"]) for d in november["delen"]] == [(BOXTEL, 10), (VUGHT, 20)]
    assert [(d["betaler"], d["dagen"]) for d in december["delen"]] == [(VUGHT, 31)]
    assert {Decimal(m["bedrag"]) for m in (oktober, november, december)} == {heel}
    perioden = (await client(VUGHT).get(pad)).json()["perioden"]
    assert [(p["betaler"], p["vanaf"]) for p in perioden] == [
        (BOXTEL, "2026-09-01"),
        (VUGHT, str(OVERGANG)),
    ]
    assert (await client(BOXTEL).get(pad)).status_code == 404


async def test_wat_na_de_overdracht_over_ervoor_blijkt_hoort_alleen_de_nieuwe_gemeente(
    omgeving: Omgeving,
) -> None:
    """The amounts of Boxtel's months change, and it is Vught that hears so: what the two settle
    between them is not modelled."""
    kandidaat = await lopend(omgeving)
    await omgeving.hoort(kandidaat.overgedragen(VUGHT, OVERGANG))
    await omgeving.hoort(kandidaat.loonwaarde(60, date(2026, 10, 1)))
    nieuw = (await omgeving.gezegd(kandidaat))[2:]
    assert [(e["gemeentecode"], e["ingangsdatum"]) for e in nieuw] == [
        (VUGHT, "2026-10-01"),
        (VUGHT, str(OVERGANG)),
    ]
    perioden = (await omgeving.lks(kandidaat)).perioden
    assert [p.vaststelling.betaler for p in perioden] == [BOXTEL, BOXTEL, VUGHT]


async def test_een_termijn_gaat_na_de_overdracht_af_voor_de_nieuwe_gemeente(
    omgeving: Omgeving, bedragen_2027: None
) -> None:
    kandidaat = await lopend(omgeving)
    await omgeving.hoort(kandidaat.overgedragen(VUGHT, OVERGANG))
    await omgeving.wordt(date(2027, 1, 1))
    laatste = (await omgeving.gezegd(kandidaat))[-1]
    assert (laatste["gemeentecode"], laatste["ingangsdatum"]) == (VUGHT, "2027-01-01")
    assert "geparkeerd" not in [status for status, _ in await omgeving.termijnen()]


async def test_van_wie_nog_niets_is_gehoord_valt_niets_over_te_dragen(
    omgeving: Omgeving, database: Database
) -> None:
    """However often: what is heard then is of the gemeente that has the kandidaat by then."""
    for weg in ((VUGHT,), (BEST, VUGHT), (VUGHT, BOXTEL, VUGHT)):
        kandidaat = Kandidaat(BOXTEL)
        for naar in weg:
            await omgeving.hoort(kandidaat.overgedragen(naar, OVERGANG))
        assert not any((await aantallen(database, VUGHT)).values())
        await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 12, 1)))
        assert [e["gemeentecode"] for e in await omgeving.gezegd(kandidaat)] == [VUGHT]
        await omgeving.hoort(kandidaat.overgedragen(BEST, OVERGANG))


async def test_heen_en_terug_en_door_naar_een_derde(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving)
    for naar, vanaf in ((VUGHT, (2026, 10, 1)), (BOXTEL, (2026, 11, 1)), (BEST, (2026, 12, 1))):
        await omgeving.hoort(kandidaat.overgedragen(naar, date(*vanaf)))
    perioden = (await omgeving.lks(kandidaat)).perioden
    assert [p.vaststelling.betaler for p in perioden] == [BOXTEL, VUGHT, BOXTEL, BEST]
    assert [e["gemeentecode"] for e in await omgeving.gezegd(kandidaat)] == [
        BOXTEL,
        VUGHT,
        BOXTEL,
        BEST,
    ]


def onderweg(k: Kandidaat) -> Sequence[Sequence[Gebeurtenis]]:
    """Diagnose and plaatsing hear of the overdracht between their two events: what they said before
    names Boxtel, what they say after names Vught."""
    doorverwezen = k.doorverwezen(date(2025, 11, 3))
    diagnose_voor, plaatsing_voor = k.loonwaarde(40, date(2026, 2, 1)), k.plaatsing(OVERGANG)
    overgedragen = k.overgedragen(VUGHT, date(2026, 11, 20))
    return (
        (doorverwezen, overgedragen),
        (diagnose_voor, k.loonwaarde(60, date(2026, 12, 1))),
        (plaatsing_voor, k.einde(date(2026, 12, 4))),
    )


async def test_in_elke_volgorde_van_aankomst_komt_alles_aan_en_blijft_niets_liggen(
    omgeving: Omgeving, database: Database
) -> None:
    uitkomsten = []
    for volgorde in range(len(list(verweven(onderweg(Kandidaat()))))):
        kandidaat = Kandidaat(BOXTEL)
        await omgeving.hoort(*list(verweven(onderweg(kandidaat)))[volgorde])
        uitkomsten.append(await uitkomst(omgeving, kandidaat))
        lks = await omgeving.lks(kandidaat)
        assert [p.vaststelling.betaler for p in lks.perioden] == [BOXTEL, VUGHT, VUGHT]
        gemeld = {e["ingangsdatum"]: e for e in await omgeving.gezegd(kandidaat)}
        assert gemeld["2026-12-01"]["gemeentecode"] == VUGHT
    assert len(uitkomsten) == 90
    assert all(gevonden == uitkomsten[0] for gevonden in uitkomsten)
    async with database.unit_of_work(SYSTEM) as uow:
        assert await uow.connection.fetchval("SELECT count(*) FROM geparkeerd") == 0
    assert not any((await aantallen(database, BOXTEL)).values())
