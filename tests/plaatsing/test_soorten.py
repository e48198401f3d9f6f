"""Elke soort plaatsing in de dienst: gestart, gewijzigd, doorgestroomd en verteld."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.database import Database
from chassis.unit_of_work import UnitOfWork
from contracts.intake import BeschutWerkbesluitGenomen
from services.plaatsing.domain.einde import Eindereden, Plaatsingsoort, einderedenen
from services.plaatsing.domain.fouten import (
    AndereOmgevingNodig,
    BesluitBeschutWerkOntbreekt,
    DomeinFout,
    PlaatsingenOverlappen,
    VorigePlaatsingPastNiet,
    WerkplekVol,
    WijzigingPastNiet,
)
from services.plaatsing.domain.levensloop import Loopbaanfeiten
from services.plaatsing.domain.overige_plaatsing import OverigePlaatsing
from services.plaatsing.domain.soorten import REGELS, OverigePlaatsingsoort
from services.plaatsing.domain.verloop import Wijziging
from services.plaatsing.domain.werkgever import Route, Werkgeversoort
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.store import plaatsingen
from services.plaatsing.use_cases.heroverweeg_plaatsing import heroverweeg_plaatsing
from services.plaatsing.use_cases.leg_werkplek_vast import leg_werkplek_vast
from services.plaatsing.use_cases.start_plaatsing import TeStartenPlaatsing, start_plaatsing
from services.plaatsing.use_cases.verleng_plaatsing import verleng_plaatsing
from services.plaatsing.use_cases.wijzig_plaatsing import wijzig_plaatsing
from tests.plaatsing.hulp import (
    BEGIN,
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    beeindig,
    doe,
    gezegd,
    in_dienst,
    loonwaarde,
    op_proef,
    overdracht,
    tegelijk,
    werkplek,
)

P = Plaatsingsoort
JUNI = date(2026, 6, 15)


def beschut(kandidaat_id: UUID, *, toegekend: bool = True) -> BeschutWerkbesluitGenomen:
    return BeschutWerkbesluitGenomen(
        kandidaat_id=kandidaat_id,
        gemeentecode=BOXTEL,
        besluit_id=uuid4(),
        uwv_advies_op=date(2026, 3, 1),
        toegekend=toegekend,
        ingangsdatum=date(2026, 4, 1),
    )


async def begin(
    database: Database,
    kandidaat_id: UUID,
    soort: OverigePlaatsingsoort,
    werkplek_id: UUID | None = None,
    **anders: Any,
) -> OverigePlaatsing:
    regel = REGELS[soort]
    velden: dict[str, Any] = {
        "begindatum": BEGIN,
        "einddatum": None if regel.open_einde_mag else BEGIN + timedelta(days=183),
        "uren_per_week": Decimal(24) if werkplek_id else None,
        "tarief_per_uur": Decimal("14.50") if regel.inlener else None,
        "ontvangt_algemene_bijstand": True,
        **anders,
    }
    opdracht = TeStartenPlaatsing(kandidaat_id, soort, werkplek_id=werkplek_id, **velden)
    return await doe(database, WSD, lambda uow: start_plaatsing(uow, opdracht))


async def wijzig(database: Database, plaatsing_id: UUID, **anders: Any) -> None:
    await doe(database, WSD, lambda uow: wijzig_plaatsing(uow, plaatsing_id, Wijziging(**anders)))


async def ernaast(
    database: Database, werkplek_id: UUID, functie: str, locatie: str, capaciteit: int = 1
) -> UUID:
    """Another werkplek of the same werkgever."""

    async def leg_vast(uow: UnitOfWork) -> UUID:
        werkgever_id = await uow.connection.fetchval(
            "SELECT werkgever_id FROM werkplek WHERE id = $1", werkplek_id
        )
        plek = Werkplek(
            werkplek_id=uuid4(),
            werkgever_id=werkgever_id,
            werksoort=Werksoort.PRODUCTIE,
            functie=functie,
            locatie=locatie,
            uren_van=Decimal(16),
            uren_tot=Decimal(32),
            capaciteit=capaciteit,
            gedeeld=True,
        )
        return (await leg_werkplek_vast(uow, plek)).werkplek.werkplek_id

    return await doe(database, WSD, leg_vast)


async def bezet(database: Database, werkplek_id: UUID) -> list[tuple[date, date | None]]:
    async with database.unit_of_work(WSD) as uow:
        rows = await uow.connection.fetch(
            "SELECT begin, laatste_dag FROM bezetting WHERE werkplek_id = $1 ORDER BY begin",
            werkplek_id,
        )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("soort", [soort for soort in REGELS if not REGELS[soort].beschut])
async def test_elke_soort_wordt_gestart_gemeld_en_teruggelezen(
    database: Database, keten: Keten, soort: OverigePlaatsingsoort
) -> None:
    kandidaat_id = await keten.kandidaat()
    plek = await werkplek(database) if REGELS[soort].werkplek else None
    plaatsing = await begin(database, kandidaat_id, soort, plek)
    [gestart] = await gezegd(database, kandidaat_id)
    assert (gestart.naam, gestart.afnemers) == ("plaatsing-gestart", {BOXTEL, WSD})
    assert gestart.data["soort"] == soort
    assert gestart.data.get("werkplekId") == (str(plek) if plek else None)
    async with database.unit_of_work(BOXTEL) as uow:
        bewaard = await plaatsingen.haal(uow, plaatsing.plaatsing_id)
    assert bewaard is not None
    assert bewaard.plaatsing == plaatsing


@pytest.mark.parametrize("soort", [P.BESCHUT_WERK, P.DETACHERING_BESCHUT])
async def test_beschut_werk_kan_alleen_na_het_besluit_dat_nu_telt(
    database: Database, keten: Keten, soort: OverigePlaatsingsoort
) -> None:
    kandidaat_id = await keten.kandidaat()
    plek = await werkplek(database)
    with pytest.raises(BesluitBeschutWerkOntbreekt):
        await begin(database, kandidaat_id, soort, plek)
    await keten.zeg(beschut(kandidaat_id), beschut(kandidaat_id, toegekend=False))
    with pytest.raises(BesluitBeschutWerkOntbreekt):
        await begin(database, kandidaat_id, soort, plek)
    telt = beschut(kandidaat_id)
    await keten.zeg(telt)
    assert (await begin(database, kandidaat_id, soort, plek)).besluit_id == telt.besluit_id


async def test_wie_bij_werkpartners_in_dienst_is_wordt_daarnaast_gedetacheerd(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    bij_wsd = await werkplek(database, soort=Werkgeversoort.WERKPARTNERS)
    await in_dienst(database, kandidaat_id, bij_wsd, via=Route.WERKPARTNERS)
    await begin(database, kandidaat_id, P.DETACHERING_GROEP, await werkplek(database))
    elders = await keten.kandidaat()
    await in_dienst(database, elders, await werkplek(database))
    with pytest.raises(PlaatsingenOverlappen):
        await begin(database, elders, P.DETACHERING_GROEP, await werkplek(database))


async def test_andere_uren_en_een_andere_werkplek_gelden_vanaf_hun_dag(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    plek = await werkplek(database)
    baan = await in_dienst(database, kandidaat_id, plek)
    ander = await ernaast(database, plek, "Inpakker", "Best")
    await wijzig(database, baan.plaatsing_id, vanaf=JUNI, uren_per_week=Decimal(32))
    verhuist = JUNI + timedelta(days=10)
    await wijzig(database, baan.plaatsing_id, vanaf=verhuist, werkplek_id=ander)
    uren, werkplek_anders = (await gezegd(database, kandidaat_id))[1:]
    assert uren.naam == werkplek_anders.naam == "plaatsing-gewijzigd"
    assert {k: uren.data.get(k) for k in ("vanaf", "urenPerWeek", "werkplekId")} == {
        "vanaf": "2026-06-15",
        "urenPerWeek": "32.00",
        "werkplekId": None,
    }
    assert werkplek_anders.data["werkplekId"] == str(ander)
    assert "urenPerWeek" not in werkplek_anders.data
    assert await bezet(database, plek) == [(BEGIN, verhuist - timedelta(days=1))]
    assert await bezet(database, ander) == [(verhuist, None)]
    await beeindig(database, baan.plaatsing_id, JUNI)
    assert await bezet(database, plek) == [(BEGIN, JUNI)]
    assert await bezet(database, ander) == []


async def test_naar_een_andere_werkgever_of_een_volle_werkplek_wordt_niet_gewijzigd(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database)
    baan = await in_dienst(database, await keten.kandidaat(), plek)
    with pytest.raises(WijzigingPastNiet):
        await wijzig(database, baan.plaatsing_id, vanaf=JUNI, werkplek_id=await werkplek(database))
    vol = await ernaast(database, plek, "Inpakker", "Best")
    await in_dienst(database, await keten.kandidaat(), vol)
    with pytest.raises(WerkplekVol):
        await wijzig(database, baan.plaatsing_id, vanaf=JUNI, werkplek_id=vol)


async def test_een_nieuwe_loonwaarde_wijzigt_wat_betaald_wordt_en_niets_anders(
    database: Database, keten: Keten
) -> None:
    betaald, onbetaald = await keten.kandidaat(), await keten.kandidaat()
    baan = await in_dienst(database, betaald, await werkplek(database))
    await op_proef(database, onbetaald, await werkplek(database))
    for kandidaat_id in (betaald, onbetaald):
        await keten.zeg(loonwaarde(kandidaat_id, percentage=55, vanaf=JUNI))
    _, gewijzigd = await gezegd(database, betaald)
    assert gewijzigd.data == {
        "kandidaatId": str(betaald),
        "gemeentecode": BOXTEL,
        "plaatsingId": str(baan.plaatsing_id),
        "vanaf": "2026-06-15",
        "loonwaarde": 55,
    }
    assert len(await gezegd(database, onbetaald)) == 1


async def test_doorstromen_eindigt_de_vorige_plaatsing_in_dezelfde_opdracht(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    proef = await op_proef(database, kandidaat_id, await werkplek(database))
    ander = await begin(
        database,
        kandidaat_id,
        P.REGULIER,
        begindatum=JUNI,
        vorige_plaatsing_id=proef.plaatsing_id,
    )
    _, einde, gestart = await gezegd(database, kandidaat_id)
    assert (einde.data["einddatum"], einde.data["reden"]) == ("2026-06-14", "uitstroom-regulier")
    assert gestart.data["vorigePlaatsingId"] == str(proef.plaatsing_id)
    assert gestart.data["plaatsingId"] == str(ander.plaatsing_id)


async def test_doorstromen_mislukt_geheel_als_de_volgende_plaatsing_niet_kan(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    proef = await op_proef(database, kandidaat_id, await werkplek(database))
    vol = await werkplek(database)
    await in_dienst(database, await keten.kandidaat(), vol)
    with pytest.raises(WerkplekVol):
        await begin(
            database,
            kandidaat_id,
            P.DETACHERING_INDIVIDUEEL,
            vol,
            begindatum=JUNI,
            vorige_plaatsing_id=proef.plaatsing_id,
        )
    assert [e.naam for e in await gezegd(database, kandidaat_id)] == ["proefplaatsing-gestart"]
    ander = await keten.kandidaat()
    with pytest.raises(VorigePlaatsingPastNiet):
        await begin(
            database,
            ander,
            P.REGULIER,
            begindatum=JUNI,
            vorige_plaatsing_id=proef.plaatsing_id,
        )


async def test_na_twee_jaar_participatieplaats_is_er_ander_werk_in_een_andere_omgeving(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    plek = await werkplek(database)
    plaats = await begin(
        database, kandidaat_id, P.PARTICIPATIEPLAATS, plek, einddatum=date(2028, 5, 3)
    )
    await doe(
        database,
        WSD,
        lambda uow: heroverweeg_plaatsing(uow, plaats.plaatsing_id, JUNI, vooruitgang=True),
    )
    zelfde_plaats = await ernaast(database, plek, "Inpakker", "Boxtel")
    elders = await ernaast(database, plek, "Inpakker", "Best")

    async def verleng(werkplek_id: UUID | None) -> OverigePlaatsing:
        return await doe(
            database,
            WSD,
            lambda uow: verleng_plaatsing(
                uow, plaats.plaatsing_id, date(2029, 5, 3), JUNI, werkplek_id
            ),
        )

    for niet in (None, zelfde_plaats, plek):
        with pytest.raises(AndereOmgevingNodig):
            await verleng(niet)
    await verleng(elders)
    assert await bezet(database, plek) == [(BEGIN, date(2028, 5, 3))]
    assert await bezet(database, elders) == [(date(2028, 5, 4), date(2029, 5, 3))]
    namen = [event.naam for event in await gezegd(database, kandidaat_id)]
    assert namen[-2:] == ["plaatsing-verlengd", "plaatsing-gewijzigd"]


async def test_een_gemeente_die_overneemt_ziet_en_beeindigt_wat_zij_kreeg(
    database: Database, keten: Keten
) -> None:
    kandidaat_id = await keten.kandidaat()
    plek = await werkplek(database)
    baan = await in_dienst(database, kandidaat_id, plek)
    await wijzig(database, baan.plaatsing_id, vanaf=JUNI, uren_per_week=Decimal(32))
    await keten.zeg(overdracht(kandidaat_id, VUGHT))
    async with database.unit_of_work(VUGHT) as uow:
        [feiten] = await plaatsingen.loopbaanfeiten(uow, kandidaat_id)
    assert [stand.uren_per_week for stand in feiten.standen] == [24, 32]
    async with database.unit_of_work(BOXTEL) as uow:
        assert await plaatsingen.loopbaanfeiten(uow, kandidaat_id) == []
    await beeindig(database, baan.plaatsing_id, JUNI)


async def test_van_vijftig_die_de_laatste_plaats_willen_krijgt_een_die(
    database: Database, keten: Keten
) -> None:
    """In two waves, for there are 25 connections: whoever comes is held until the last is there."""
    plek = await werkplek(database, capaciteit=3)
    for _ in range(2):
        await in_dienst(database, await keten.kandidaat(), plek)
    kandidaten = [await keten.kandidaat((BOXTEL, VUGHT)[n % 2]) for n in range(50)]
    uitkomsten: list[Any] = []
    for golf in (kandidaten[:24], kandidaten[24:48], kandidaten[48:]):
        uitkomsten += await tegelijk(
            database,
            "werkplek",
            plek,
            [begin(database, kandidaat, P.DETACHERING_GROEP, plek) for kandidaat in golf],
        )
    assert sum(isinstance(uitkomst, WerkplekVol) for uitkomst in uitkomsten) == 49
    assert len(await bezet(database, plek)) == 3


async def test_vijftig_verzoeken_tegelijk_om_de_laatste_plaats_geven_er_een(
    database: Database, keten: Keten
) -> None:
    plek = await werkplek(database)
    kandidaten = [await keten.kandidaat() for _ in range(50)]
    uitkomsten = await asyncio.gather(
        *(begin(database, kandidaat, P.DETACHERING_GROEP, plek) for kandidaat in kandidaten),
        return_exceptions=True,
    )
    assert sum(isinstance(uitkomst, WerkplekVol) for uitkomst in uitkomsten) == 49
    assert len(await bezet(database, plek)) == 1


# -- what was said is what is stored ------------------------------------------------------------


OPDRACHTEN = st.lists(
    st.tuples(
        st.sampled_from(["proef", "lks", "detachering", "stage", "wijzig", "loonwaarde", "eindig"]),
        st.integers(0, 200),
        st.integers(0, 13),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(OPDRACHTEN)
def test_uit_alles_wat_is_gezegd_volgt_dezelfde_loopbaan(
    plaatsing_url: str, opdrachten: list[tuple[str, int, int, bool]]
) -> None:
    asyncio.run(_speel(plaatsing_url, opdrachten))


async def _speel(url: str, opdrachten: list[tuple[str, int, int, bool]]) -> None:
    async with Database("plaatsing", url, pool_size=3) as database:
        keten = Keten(database)
        kandidaat_id = await keten.kandidaat()
        plek = await werkplek(database, capaciteit=50)
        gestart: list[UUID] = []
        for wat, dagen, keuze, doorstroom in opdrachten:
            dag = BEGIN + timedelta(days=dagen)
            vorige = gestart[-1] if gestart and doorstroom else None
            op = gestart[keuze % len(gestart)] if gestart else uuid4()
            try:
                match wat:
                    case "proef":
                        nieuw = await op_proef(database, kandidaat_id, plek, begin=dag)
                        gestart.append(nieuw.plaatsing_id)
                    case "lks":
                        baan = await in_dienst(database, kandidaat_id, plek, begin=dag)
                        gestart.append(baan.plaatsing_id)
                    case "detachering" | "stage":
                        soort: OverigePlaatsingsoort = (
                            P.STAGE if wat == "stage" else P.DETACHERING_GROEP
                        )
                        ander = await begin(
                            database,
                            kandidaat_id,
                            soort,
                            plek,
                            begindatum=dag,
                            einddatum=dag + timedelta(days=90),
                            vorige_plaatsing_id=vorige,
                        )
                        gestart.append(ander.plaatsing_id)
                    case "wijzig" if gestart:
                        await wijzig(database, op, vanaf=dag, uren_per_week=Decimal(16 + keuze))
                    case "loonwaarde":
                        await keten.zeg(loonwaarde(kandidaat_id, percentage=30 + keuze, vanaf=dag))
                    case "eindig" if gestart:
                        await beeindig(database, op, dag, list(Eindereden)[keuze])
            except DomeinFout:
                continue
        async with database.unit_of_work(WSD) as uow:
            feiten = await plaatsingen.loopbaanfeiten(uow, kandidaat_id)
        assert _uit_gebeurtenissen(await gezegd(database, kandidaat_id)) == {
            str(f.plaatsing_id): _kort(f) for f in feiten
        }
        assert all(f.eindereden in einderedenen(f.soort) for f in feiten if f.eindereden)


def _kort(feiten: Loopbaanfeiten) -> dict[str, Any]:
    """What an afnemer can know of a placement, per day from which something holds."""
    return {
        "soort": str(feiten.soort),
        "begin": feiten.begin.isoformat(),
        "einde": feiten.tot_en_met and feiten.tot_en_met.isoformat(),
        "reden": feiten.eindereden and str(feiten.eindereden),
        "vorige": feiten.vorige_plaatsing_id and str(feiten.vorige_plaatsing_id),
        "uren": _zonder_herhaling(
            (s.vanaf.isoformat(), f"{s.uren_per_week:.2f}") for s in feiten.standen
        ),
    }


def _zonder_herhaling(rij: Any) -> list[tuple[str, str]]:
    kort: list[tuple[str, str]] = []
    for vanaf, waarde in sorted(rij):
        if not kort or kort[-1][1] != waarde:
            kort.append((vanaf, waarde))
    return kort


def _uit_gebeurtenissen(events: list[Any]) -> dict[str, dict[str, Any]]:
    """The placements as someone knows them who only heard the events."""
    gevonden: dict[str, dict[str, Any]] = {}
    for event in events:
        data = event.data
        plaatsing = gevonden.setdefault(data["plaatsingId"], {})
        match event.naam:
            case "proefplaatsing-gestart" | "lks-plaatsing" | "plaatsing-gestart":
                plaatsing |= {
                    "soort": {
                        "proefplaatsing-gestart": "proefplaatsing",
                        "lks-plaatsing": "lks-dienstverband",
                    }.get(event.naam)
                    or data["soort"],
                    "begin": data["begindatum"],
                    "einde": data.get("einddatum"),
                    "reden": None,
                    "vorige": data.get("vorigePlaatsingId"),
                    "uren": [(data["begindatum"], data["urenPerWeek"])],
                }
            case "plaatsing-gewijzigd" if "urenPerWeek" in data:
                plaatsing["uren"].append((data["vanaf"], data["urenPerWeek"]))
            case "plaatsing-verlengd":
                plaatsing["einde"] = data["einddatum"]
            case "plaatsing-beeindigd":
                plaatsing |= {"einde": data["einddatum"], "reden": data["reden"]}
    return gevonden
