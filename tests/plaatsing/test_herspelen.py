"""The projection of plaatsing, rebuilt from history, is the live one, whatever happened to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.bus.protocol import Message
from chassis.consumer import Consumer, Effect, Outcome, Reaction, Received
from chassis.database import Database
from chassis.parking import Filter, Parking, parked
from chassis.replay import Outcome as Uitkomst
from chassis.replay import OutwardEffectError, Projection, Replay, ReplayFailedError
from chassis.tenancy import SYSTEM
from chassis.unit_of_work import UnitOfWork
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import (
    BeschutWerkbesluitGenomen,
    Doelgroep,
    Instroomkanaal,
    KandidaatDoorverwezen,
    KandidaatHeraangemeld,
    KandidaatTeruggevallen,
    KandidaatUitgestroomd,
    TrajectbesluitGenomen,
    Uitstroombestemming,
)
from contracts.portfolio import Programma
from services.plaatsing.reactions import KANDIDATEN, REACTIONS
from services.plaatsing.store import profielen
from tests.plaatsing.hulp import (
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    doorverwijzing,
    inkooporder,
    intrekking,
    loonwaarde,
    op_proef,
    overdracht,
    trajectbesluit,
    werkplek,
)
from tests.plaatsing.profielen import met_profiel

TABELLEN = tuple(KANDIDATEN.tables)
_VOLGORDE: Final = {
    "trajectbesluit": "volgnummer",
    "loonwaarde": "meting_id",
    "uitstroom": "volgorde",
}


class Geschiedenis:
    """A log like that of Kafka. wanneer_gelezen: called before each reading on."""

    def __init__(self) -> None:
        self.berichten: list[Message] = []
        self.wanneer_gelezen: Callable[[], Any] | None = None
        self._gelezen = 0

    async def read_on(self) -> AsyncIterator[Sequence[Message]]:
        if self.wanneer_gelezen is not None:
            await self.wanneer_gelezen()
        while self._gelezen < len(self.berichten):
            tot = min(self._gelezen + 3, len(self.berichten))
            deel = self.berichten[self._gelezen : tot]
            self._gelezen = tot
            yield deel

    def opnieuw(self) -> Geschiedenis:
        """The same log for another reader."""
        ander = Geschiedenis()
        ander.berichten = self.berichten
        return ander


class Dienst:
    """Plaatsing as it consumes, with a log of what was said."""

    def __init__(self, database: Database, url: str) -> None:
        self.database = database
        self.keten = Keten(database)
        self.log = Geschiedenis()
        self.url = url

    def zeg(self, event: Gebeurtenis) -> Message:
        bericht = self.keten.bericht(event)
        self.log.berichten.append(bericht)
        return bericht

    async def hoor(self, *events: Gebeurtenis) -> None:
        for event in events:
            await self.keten.bezorg(self.zeg(event))

    async def herspeel(
        self, *, projectie: Projection = KANDIDATEN, zet_in: bool = True
    ) -> Uitkomst:
        replay = Replay("plaatsing", self.url, projectie, self.log.opnieuw(), swap=zet_in)
        return await replay.run()


@pytest.fixture
def dienst(database: Database, plaatsing_url: str) -> Dienst:
    return Dienst(database, plaatsing_url)


async def stand(
    database: Database, *kandidaten: UUID, gemeenten: Sequence[str] = (BOXTEL, VUGHT)
) -> list[Any]:
    """All that the projection holds of kandidaten; numbers only as an order."""
    gezien: list[Any] = []
    for gemeente in gemeenten:
        async with database.unit_of_work(gemeente) as uow:
            for tabel, kolom in KANDIDATEN.tables.items():
                rijen = await uow.connection.fetch(
                    f"SELECT * FROM {tabel} WHERE {kolom} = ANY($1) ORDER BY {kolom},"  # noqa: S608
                    + _VOLGORDE.get(tabel, "1"),
                    list(kandidaten),
                )
                gezien += [(tabel, {**rij, "volgnummer": None}) for rij in rijen]
    return gezien


async def bederf(database: Database, kandidaten: Sequence[UUID], *opdrachten: str) -> None:
    """What a mistake in an earlier release may have done to the live tables. {k}: of these."""
    van = "('" + "', '".join(map(str, kandidaten)) + "')"
    for gemeente in (BOXTEL, VUGHT):
        async with database.unit_of_work(gemeente) as uow:
            for opdracht in opdrachten:
                await uow.connection.execute(opdracht.format(k=van))
            await uow.commit()


# -- equal to the live one --------------------------------------------------------------------


class Wereld:
    """What others say of one kandidaat, of whom besluiten are bought and withdrawn later on."""

    def __init__(self) -> None:
        self.kandidaat_id = uuid4()
        self._besluiten: list[TrajectbesluitGenomen] = []

    def zegt(self, soort: str, gemeente: str, dag: date) -> Gebeurtenis | None:
        """None where there is nothing yet to say it of."""
        wie: Any = {"kandidaat_id": self.kandidaat_id, "gemeentecode": gemeente}
        laatste = self._besluiten[-1] if self._besluiten else None
        match soort:
            case "doorverwezen":
                return doorverwijzing(**wie)
            case "trajectbesluit":
                nieuw = trajectbesluit(**wie, vanaf=dag, programma=list(Programma)[dag.day % 3])
                self._besluiten.append(nieuw)
                return nieuw
            case "loonwaarde":
                return loonwaarde(**wie, vanaf=dag, percentage=30 + dag.day)
            case "overgedragen":
                return overdracht(**wie)
            case "inkooporder":
                return laatste and inkooporder(laatste, geplaatst_op=dag)
            case "ingetrokken":
                return laatste and intrekking(laatste, per=dag)
            case "beschut-werk":
                return BeschutWerkbesluitGenomen(
                    **wie,
                    besluit_id=uuid4(),
                    uwv_advies_op=dag,
                    toegekend=dag.day % 2 == 0,
                    ingangsdatum=dag,
                )
            case "uitgestroomd":
                return KandidaatUitgestroomd(
                    **wie, uitgestroomd_op=dag, bestemming=list(Uitstroombestemming)[dag.day % 3]
                )
            case "teruggevallen":
                return KandidaatTeruggevallen(**wie, teruggevallen_op=dag)
            case _:
                return KandidaatHeraangemeld(
                    **wie,
                    aangemeld_op=dag,
                    instroomkanaal=Instroomkanaal.BALIE,
                    doelgroep=Doelgroep.PWET,
                    gegevens_hergebruikt=False,
                )


_SOORTEN: Final = (
    "doorverwezen",
    "trajectbesluit",
    "loonwaarde",
    "overgedragen",
    "inkooporder",
    "ingetrokken",
    "beschut-werk",
    "uitgestroomd",
    "teruggevallen",
    "heraangemeld",
)
_GEBEURTENISSEN = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(_SOORTEN),
        st.sampled_from([BOXTEL, VUGHT]),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=20,
)
_SCHADE = st.lists(
    st.sampled_from(
        [
            "DELETE FROM loonwaarde WHERE kandidaat_id IN {k}",
            "DELETE FROM trajectbesluit WHERE kandidaat_id IN {k} AND met_wsd",
            "UPDATE loonwaarde SET loonwaarde = 1 WHERE kandidaat_id IN {k}",
            "DELETE FROM uitstroom WHERE kandidaat_id IN {k}",
            "UPDATE beschut_werkbesluit SET toegekend = NOT toegekend WHERE kandidaat_id IN {k}",
            "UPDATE trajectbesluit SET programma = NULL, inkooporder_op = NULL,"
            " ingetrokken_per = NULL WHERE kandidaat_id IN {k}",
            "UPDATE kandidaat SET doorverwezen_op = NULL, doelgroep = NULL WHERE id IN {k}",
            "DELETE FROM loonwaarde WHERE kandidaat_id IN {k};"
            "DELETE FROM trajectbesluit WHERE kandidaat_id IN {k};"
            "DELETE FROM beschut_werkbesluit WHERE kandidaat_id IN {k};"
            "DELETE FROM uitstroom WHERE kandidaat_id IN {k};"
            "DELETE FROM kandidaat WHERE id IN {k}",
            "INSERT INTO trajectbesluit (id, kandidaat_id, gemeentecode, ingangsdatum, met_wsd)"
            " SELECT gen_random_uuid(), id, gemeentecode, current_date, true FROM kandidaat"
            " WHERE id IN {k}",
        ]
    ),
    max_size=3,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(gebeurtenissen=_GEBEURTENISSEN, schade=_SCHADE, dubbel=st.booleans())
async def test_uit_elke_reeks_gebeurtenissen_volgt_weer_precies_de_levende_stand(
    database: Database,
    plaatsing_url: str,
    gebeurtenissen: list[tuple[int, str, str, int]],
    schade: list[str],
    dubbel: bool,
) -> None:
    dienst = Dienst(database, plaatsing_url)
    werelden = [Wereld() for _ in range(4)]
    kandidaten = [wereld.kandidaat_id for wereld in werelden]
    gezegd = 0
    for wie, soort, gemeente, dagen in gebeurtenissen:
        event = werelden[wie].zegt(soort, gemeente, date(2026, 1, 1) + timedelta(dagen))
        if event is not None:
            await dienst.hoor(event)
            gezegd += 1
    if dubbel:
        # A relay that was killed sends a part again.
        dienst.log.berichten += dienst.log.berichten[len(dienst.log.berichten) // 2 :]
    levend = await stand(database, *kandidaten)
    await bederf(database, kandidaten, *schade)
    bedorven = await stand(database, *kandidaten)

    vergeleken = await dienst.herspeel(zet_in=False)
    assert await stand(database, *kandidaten) == bedorven, "comparing changes nothing"
    uitkomst = await dienst.herspeel()
    assert await stand(database, *kandidaten) == levend
    assert uitkomst.changed == vergeleken.changed
    assert (uitkomst.changed > 0) == (bedorven != levend)
    assert uitkomst.events == gezegd
    assert (await dienst.herspeel()).changed == 0


async def test_de_tabellen_blijven_dezelfde_met_alles_wat_eraan_hangt(
    dienst: Dienst, database: Database, postgres_beheer_url: str, plaatsing_url: str
) -> None:
    k = uuid4()
    await dienst.hoor(doorverwijzing(k), trajectbesluit(k), loonwaarde(k))
    beheer = await asyncpg.connect(
        urlunsplit(urlsplit(postgres_beheer_url)._replace(path=urlsplit(plaatsing_url).path))
    )
    try:
        voor = await catalogus(beheer)
        await bederf(database, [k], "DELETE FROM loonwaarde WHERE kandidaat_id IN {k}")
        assert (await dienst.herspeel()).changed == 1
        assert await catalogus(beheer) == voor
        assert len(voor) > 40
    finally:
        await beheer.close()


async def catalogus(beheer: asyncpg.Connection[asyncpg.Record]) -> list[tuple[Any, ...]]:
    """Tables with their rights, columns, indexes, constraints (of others on them too), policies."""
    rijen = await beheer.fetch(
        """
        WITH t AS (SELECT oid, relname, relacl, relrowsecurity, relforcerowsecurity, relowner
                   FROM pg_class WHERE relnamespace = 'plaatsing'::regnamespace AND relkind = 'r')
        SELECT relname::text, 'tabel',
            concat_ws(' ', oid, relacl, relrowsecurity, relforcerowsecurity, relowner) FROM t
        UNION ALL SELECT relname, 'kolom', concat_ws(' ', attname,
            format_type(atttypid, atttypmod), attnotnull, attidentity, attacl)
            FROM t JOIN pg_attribute ON attrelid = t.oid AND attnum > 0
        UNION ALL SELECT relname, 'index', pg_get_indexdef(indexrelid)
            FROM t JOIN pg_index ON indrelid = t.oid
        UNION ALL SELECT relname, 'voorwaarde',
            concat_ws(' ', conname, pg_get_constraintdef(c.oid), confrelid)
            FROM t JOIN pg_constraint c ON conrelid = t.oid
        UNION ALL SELECT relname, 'afscherming', concat_ws(' ', polname,
            pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
            FROM t JOIN pg_policy ON polrelid = t.oid
        ORDER BY 1, 2, 3
        """
    )
    return [tuple(rij) for rij in rijen]


async def test_een_rij_waar_een_plaatsing_op_rust_wordt_hersteld_zonder_haar_weg_te_nemen(
    dienst: Dienst, database: Database
) -> None:
    k = uuid4()
    await dienst.hoor(doorverwijzing(k), trajectbesluit(k))
    await op_proef(database, k, await werkplek(database))
    levend = await stand(database, k)
    await bederf(database, [k], "UPDATE kandidaat SET doelgroep = 'wajong' WHERE id IN {k}")
    assert (await dienst.herspeel()).changed == 1
    assert await stand(database, k) == levend


# -- while the service runs -------------------------------------------------------------------


async def test_wat_tijdens_het_herspelen_binnenkomt_gaat_niet_verloren(
    dienst: Dienst, database: Database
) -> None:
    """The service goes on consuming all the while, also between two readings of the log."""
    kandidaten = [uuid4() for _ in range(20)]
    for k in kandidaten:
        await dienst.hoor(doorverwijzing(k), loonwaarde(k))
    await bederf(database, kandidaten, "DELETE FROM loonwaarde WHERE kandidaat_id IN {k}")
    verwacht = 20

    async def doorwerken() -> None:
        nonlocal verwacht
        for ronde in range(12):
            for k in kandidaten:
                await dienst.hoor(loonwaarde(k, percentage=30 + ronde))
                verwacht += 1

    bezig = asyncio.create_task(doorwerken())
    uitkomsten = [await dienst.herspeel()]
    while not bezig.done():
        uitkomsten.append(await dienst.herspeel())
    await bezig
    assert uitkomsten[0].changed == 20
    assert all(uitkomst.incomplete == uitkomsten[0].incomplete for uitkomst in uitkomsten)
    levend = await stand(database, *kandidaten)
    assert len([rij for tabel, rij in levend if tabel == "loonwaarde"]) == verwacht
    assert (await dienst.herspeel()).changed == 0


async def test_wat_binnenkomt_tijdens_de_wissel_wacht_daarop_en_komt_erna(
    dienst: Dienst, database: Database
) -> None:
    k = uuid4()
    await dienst.hoor(doorverwijzing(k), loonwaarde(k))
    await bederf(database, [k], "UPDATE loonwaarde SET loonwaarde = 1 WHERE kandidaat_id IN {k}")
    nieuw = loonwaarde(k, percentage=70)
    binnen: list[asyncio.Task[None]] = []

    async def intussen(uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]) -> None:
        await REACTIONS[0].do(uow, gehoord)
        binnen.append(asyncio.create_task(dienst.hoor(nieuw)))
        await asyncio.wait(binnen, timeout=0.5)

    reactie = Reaction(KandidaatDoorverwezen, intussen, Effect.PROJECTION)
    projectie = Projection("kandidaten", KANDIDATEN.tables, (reactie, *REACTIONS[1:]))
    log = alles_onder_het_slot(dienst.log)
    await Replay("plaatsing", dienst.url, projectie, log).run()
    await asyncio.gather(*binnen)
    rijen = [rij for tabel, rij in await stand(database, k) if tabel == "loonwaarde"]
    assert sorted(rij["loonwaarde"] for rij in rijen) == [40, 70]


def alles_onder_het_slot(log: Geschiedenis) -> Geschiedenis:
    """The same log, of which nothing is there yet at the first reading."""
    later, gelezen = Geschiedenis(), list[int]()

    async def komt_later() -> None:
        if gelezen:
            later.berichten = list(log.berichten)
        gelezen.append(1)

    later.wanneer_gelezen = komt_later
    return later


async def test_wat_de_dienst_nog_niet_verwerkte_komt_er_niet_eerder_in(
    dienst: Dienst, database: Database
) -> None:
    k = uuid4()
    await dienst.hoor(doorverwijzing(k))
    later = [dienst.zeg(loonwaarde(k)), dienst.zeg(loonwaarde(k))]
    assert (await dienst.herspeel()).changed == 0
    assert [tabel for tabel, _ in await stand(database, k)] == ["kandidaat"]
    for bericht in later:
        assert await dienst.keten.bezorg(bericht) is Outcome.HANDLED
    assert (await dienst.herspeel()).changed == 0


async def test_een_lezer_ziet_nooit_een_halve_tabel(dienst: Dienst, database: Database) -> None:
    kandidaten = [uuid4() for _ in range(30)]
    for k in kandidaten:
        await dienst.hoor(doorverwijzing(k), trajectbesluit(k), trajectbesluit(k))
    await bederf(database, kandidaten, "DELETE FROM trajectbesluit WHERE kandidaat_id IN {k}")
    gezien: set[int] = set()
    klaar = asyncio.Event()

    async def kijk() -> None:
        while not klaar.is_set():
            async with database.unit_of_work(BOXTEL) as uow:
                gezien.add(
                    await uow.connection.fetchval(
                        "SELECT count(*) FROM trajectbesluit WHERE kandidaat_id = ANY($1)",
                        kandidaten,
                    )
                )

    kijker = asyncio.create_task(kijk())
    await dienst.herspeel()
    klaar.set()
    await kijker
    assert gezien <= {0, 60}


async def test_een_geparkeerde_gebeurtenis_hoort_er_niet_bij_en_een_overgeslagen_ook_niet(
    dienst: Dienst, database: Database
) -> None:
    k = uuid4()
    await dienst.hoor(doorverwijzing(k))
    slecht = dienst.keten.bericht(loonwaarde(k))
    slecht = Message(slecht.topic, slecht.key, b"{}", slecht.headers)
    dienst.log.berichten.append(slecht)
    await dienst.keten.bezorg(slecht)
    await dienst.hoor(loonwaarde(k, percentage=50))
    assert (await dienst.herspeel()).changed == 0
    assert [tabel for tabel, _ in await stand(database, k)] == ["kandidaat"]

    async with database.unit_of_work(SYSTEM) as uow:
        [item] = [i for i in await parked(uow, Filter(), limit=500) if i.subject == k]
    parking = Parking(database, Consumer(database, REACTIONS))
    await parking.skip(item.reference, by="piket", reason="Leeg bericht, zie melding 3.")
    levend = await stand(database, k)
    await bederf(database, [k], "DELETE FROM loonwaarde WHERE kandidaat_id IN {k}")
    assert (await dienst.herspeel()).changed == 1
    assert await stand(database, k) == levend


async def test_wie_is_overgedragen_staat_ook_herspeeld_bij_de_nieuwe_gemeente(
    dienst: Dienst, database: Database
) -> None:
    """With a plaatsing, which is not of the projection and stays as it is."""
    k = uuid4()
    await dienst.hoor(doorverwijzing(k), trajectbesluit(k), loonwaarde(k))
    await op_proef(database, k, await werkplek(database))
    await dienst.hoor(overdracht(k, VUGHT), loonwaarde(k, BOXTEL, percentage=50))
    levend = await stand(database, k, gemeenten=[VUGHT])
    assert await stand(database, k, gemeenten=[BOXTEL]) == []
    await bederf(database, [k], "DELETE FROM loonwaarde WHERE kandidaat_id IN {k}")
    assert (await dienst.herspeel()).changed == 1
    assert await stand(database, k, gemeenten=[VUGHT]) == levend
    assert [tabel for tabel, _ in levend].count("loonwaarde") == 2


async def test_midden_in_een_overdracht_eindigt_het_herspelen_bij_wie_de_kandidaat_hier_heeft(
    dienst: Dienst, database: Database
) -> None:
    """Diagnose knows of the overdracht, plaatsing has not heard it of intake, and the log has what
    they said in another order."""
    k = uuid4()
    await dienst.hoor(loonwaarde(k, VUGHT), doorverwijzing(k, BOXTEL))
    dienst.log.berichten.reverse()
    levend = await stand(database, k)
    assert {rij["gemeentecode"] for _, rij in levend} == {VUGHT}
    assert (await dienst.herspeel()).changed == 0
    await bederf(database, [k], "DELETE FROM loonwaarde WHERE kandidaat_id IN {k}")
    assert (await dienst.herspeel()).changed == 1
    assert await stand(database, k) == levend


# -- what cannot be rebuilt -------------------------------------------------------------------


async def test_wiens_geschiedenis_niet_meer_heel_is_blijft_zoals_hij_was(
    dienst: Dienst, database: Database
) -> None:
    heel, oud = uuid4(), uuid4()
    await dienst.hoor(doorverwijzing(oud), trajectbesluit(oud), loonwaarde(oud))
    dienst.log.berichten.clear()
    await dienst.hoor(trajectbesluit(oud), doorverwijzing(heel), loonwaarde(heel))
    levend = await stand(database, oud)
    voor = await dienst.herspeel(zet_in=False)
    await bederf(database, [heel], "DELETE FROM loonwaarde WHERE kandidaat_id IN {k}")

    uitkomst = await dienst.herspeel()
    assert (uitkomst.rebuilt, uitkomst.changed) == (1, 1)
    assert uitkomst.incomplete == voor.incomplete >= 1
    assert await stand(database, oud) == levend


async def test_wie_halverwege_stopt_laat_de_levende_tabel_zoals_zij_was(
    dienst: Dienst, database: Database
) -> None:
    k = uuid4()
    await dienst.hoor(doorverwijzing(k), trajectbesluit(k), loonwaarde(k))
    await bederf(database, [k], "DELETE FROM loonwaarde WHERE kandidaat_id IN {k}")
    bedorven = await stand(database, k)

    for lezing in (1, 2):
        log, gelezen = dienst.log.opnieuw(), 0

        async def valt_om(op: int = lezing) -> None:
            nonlocal gelezen
            gelezen += 1
            if gelezen == op:
                raise ConnectionResetError

        log.wanneer_gelezen = valt_om
        with pytest.raises(ConnectionResetError):
            await Replay("plaatsing", dienst.url, KANDIDATEN, log).run()
        assert await stand(database, k) == bedorven
        await dienst.hoor(trajectbesluit(k))  # Nothing holds the consumer any more.
        bedorven = await stand(database, k)


async def test_een_gebeurtenis_die_nu_mislukt_stopt_het_herspelen_en_wordt_genoemd(
    dienst: Dienst, database: Database
) -> None:
    async def mislukt(uow: UnitOfWork, gehoord: Received[TrajectbesluitGenomen]) -> None:
        raise ValueError("geheim-999990019")

    kapot = Projection(
        "kapot",
        KANDIDATEN.tables,
        (REACTIONS[0], Reaction(TrajectbesluitGenomen, mislukt, Effect.PROJECTION)),
    )
    k = uuid4()
    await dienst.hoor(doorverwijzing(k), trajectbesluit(k))
    levend = await stand(database, k)
    with pytest.raises(ReplayFailedError, match=r"trajectbesluit-genomen.*ValueError") as fout:
        await dienst.herspeel(projectie=kapot)
    assert "geheim" not in str(fout.value)
    assert await stand(database, k) == levend


# -- outward effects are never replayed --------------------------------------------------------


def test_een_reactie_zegt_zelf_dat_zij_herspeeld_mag_worden() -> None:
    async def besluit(uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]) -> None:
        raise AssertionError

    reactie = Reaction(KandidaatDoorverwezen, besluit)
    assert reactie.effect is Effect.OUTWARD, "who says nothing is never replayed"
    with pytest.raises(OutwardEffectError, match="werkt naar buiten"):
        Projection("mis", {"kandidaat": "id"}, (reactie,))


async def _zegt(uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]) -> None:
    uow.emit(gehoord.event, afnemers=[BOXTEL])


async def _plant(uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]) -> None:
    await uow.schedule(
        "proef",
        aggregate_id=gehoord.event.kandidaat_id,
        gemeentecode=BOXTEL,
        due_at=uow.now,
    )


async def _schrijft_elders(uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]) -> None:
    await uow.connection.execute(
        "INSERT INTO werkgever (id, eigenaar, kvk_nummer, naam, soort, vastgelegd_op)"
        " VALUES (gen_random_uuid(), '0757', '1', 'x', 'x', now())"
    )


async def _schrijft_outbox(uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]) -> None:
    await uow.connection.execute("UPDATE stroom SET versie = versie + 1")


async def _schrijft_de_echte(uow: UnitOfWork, gehoord: Received[KandidaatDoorverwezen]) -> None:
    await uow.connection.execute("DELETE FROM plaatsing.loonwaarde")


@pytest.mark.parametrize(
    "doet", [_zegt, _plant, _schrijft_elders, _schrijft_outbox, _schrijft_de_echte]
)
@pytest.mark.parametrize("onder_het_slot", [False, True])
async def test_wie_zich_ten_onrechte_een_projectie_noemt_wordt_tegengehouden(
    dienst: Dienst, database: Database, doet: Any, onder_het_slot: bool
) -> None:
    """In the first pass, and in the last part that is read with the consumer held."""
    mis = Projection(
        "mis", KANDIDATEN.tables, (Reaction(KandidaatDoorverwezen, doet, Effect.PROJECTION),)
    )
    k = uuid4()
    await dienst.hoor(doorverwijzing(k), loonwaarde(k))
    levend = await stand(database, k)
    log = alles_onder_het_slot(dienst.log) if onder_het_slot else dienst.log.opnieuw()
    with pytest.raises(OutwardEffectError, match="nooit herspeeld"):
        await Replay("plaatsing", dienst.url, mis, log).run()
    assert await stand(database, k) == levend
    async with database.unit_of_work(BOXTEL) as uow:
        for tabel in ("outbox", "termijn"):
            aantal = f"SELECT count(*) FROM {tabel} WHERE aggregate_id = $1"  # noqa: S608
            assert await uow.connection.fetchval(aantal, k) == 0


async def test_een_profiel_volgt_de_kandidaat_die_opnieuw_is_gebouwd(dienst: Dienst) -> None:
    """Also where the live kandidaat was wrong, and by that who may see the profiel."""
    kandidaat_id = uuid4()
    await dienst.hoor(doorverwijzing(kandidaat_id))
    await met_profiel(dienst.database, kandidaat_id)

    async def wsd_ziet() -> bool:
        async with dienst.database.unit_of_work(WSD) as uow:
            return await profielen.zoekende(uow, kandidaat_id) is not None

    bedorven = "UPDATE kandidaat SET doorverwezen_op = NULL, doelgroep = NULL WHERE id IN {k}"
    await bederf(dienst.database, [kandidaat_id], bedorven)
    assert not await wsd_ziet()
    await dienst.herspeel()
    assert await wsd_ziet()
