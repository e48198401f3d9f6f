"""What an afnemer may see arrives, signed, in order per kandidaat, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from standardwebhooks import Webhook

from chassis.unit_of_work import UnitOfWork
from contracts.envelope import CloudEvent
from contracts.intake import KandidaatAangemeld, PoortbesluitGenomen
from gateway.abonnementen import beheer, bezorging
from gateway.abonnementen.abonnement import Abonnement, Status, Zichtbaar
from gateway.abonnementen.ondertekening import nieuw_geheim
from gateway.abonnementen.wachtrij import Status as AfleveringStatus
from tests.gateway.abonnementen.conftest import Wereld, kandidaten
from tests.gateway.abonnementen.ontvanger import Antwoord, Verzoek
from tests.gateway.hulp import BOXTEL, VUGHT, event

UUR = timedelta(hours=1)
MINUUT = timedelta(minutes=1)


def in_volgorde(wereld: Wereld, events: list[CloudEvent]) -> bool:
    """Whether of each subject exactly these were accepted, in this order."""
    verwacht: dict[str, list[str]] = {}
    for e in events:
        verwacht.setdefault(str(e.subject), []).append(str(e.id))
    return dict(wereld.ontvanger.per_subject) == verwacht


async def test_een_gebeurtenis_komt_aan_als_cloudevent_met_een_geldige_handtekening(
    wereld: Wereld,
) -> None:
    geheim = nieuw_geheim()
    await wereld.abonneer(geheim=geheim)
    async with wereld.bezorgend():
        gemeld = event(BOXTEL)
        await wereld.meld(gemeld)
        await wereld.tot_aangekomen(gemeld)
    [verzoek] = wereld.ontvanger.aangenomen
    assert verzoek.headers["content-type"].startswith("application/cloudevents+json")
    assert verzoek.headers["webhook-request-origin"] == "api.meedoen.example"
    assert verzoek.id == str(gemeld.id)
    assert CloudEvent.from_structured_json(verzoek.body).model_dump() == gemeld.model_dump()
    Webhook(geheim).verify(verzoek.body.decode(), dict(verzoek.headers))


async def test_wat_er_al_was_komt_ook_aan_als_het_abonnement_vroeger_begint(
    wereld: Wereld,
) -> None:
    events = await wereld.meld_over(*kandidaten(300))
    await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(*events)
    assert in_volgorde(wereld, events)
    assert len(wereld.ontvanger.aangenomen) == 300


async def test_een_abonnement_begint_gewoonlijk_met_wat_erna_komt(wereld: Wereld) -> None:
    await wereld.meld_over(*kandidaten(3))
    await wereld.abonneer(vanaf=None)
    [nieuw] = await wereld.meld_over(*kandidaten(1))
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(nieuw)
    assert len(wereld.ontvanger.aangenomen) == 1


async def test_een_abonnement_ziet_alleen_zijn_typen_en_zijn_eigen_feed(wereld: Wereld) -> None:
    abonnement = await wereld.abonneer(types=[PoortbesluitGenomen.type()])
    mag = event(BOXTEL, model=PoortbesluitGenomen)
    async with wereld.bezorgend():
        await wereld.meld(event(VUGHT, model=PoortbesluitGenomen), aan=[VUGHT])
        await wereld.meld(event(BOXTEL, model=KandidaatAangemeld), mag)
        await wereld.tot_aangekomen(mag)
        await wereld.tot(lambda: _niets_open(wereld, abonnement))
    assert [v.id for v in wereld.ontvanger.aangenomen] == [str(mag.id)]


async def test_wat_mislukt_houdt_alleen_zijn_eigen_kandidaat_op(wereld: Wereld) -> None:
    ziek, gezond = kandidaten(2)
    events = await wereld.meld_over(ziek, ziek, gezond, gezond, gezond)
    stuk = {str(events[0].id)}
    wereld.ontvanger.gedrag = lambda v: Antwoord(422 if v.id in stuk else 204)
    await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(*events[2:])
        assert len(wereld.ontvanger.aangenomen) == 3
        stuk.clear()
        await wereld.tot_aangekomen(*events, stap=MINUUT)
    assert in_volgorde(wereld, events)


async def test_een_ontvanger_die_meer_dan_een_dag_weg_is_mist_niets(wereld: Wereld) -> None:
    """Thirty hours of failures and timeouts, then everything at once and in order."""
    wie = kandidaten(12)
    events = await wereld.meld_over(*wie, *wie)
    wereld.ontvanger.gedrag = lambda _: Antwoord(503)
    abonnement = await wereld.abonneer()
    begin = wereld.klok.now()
    async with wereld.bezorgend():
        await wereld.tot(lambda: wereld.klok.now() - begin > 30 * UUR, stap=20 * MINUUT)
        events += await wereld.meld_over(*wie)
        assert not wereld.ontvanger.aangenomen
        assert (await wereld.stand(abonnement)).storing_sinds is not None
        wereld.ontvanger.gedrag = lambda _: Antwoord(202)
        wereld.klok.move_by(MINUUT)
        await wereld.tot_aangekomen(*events)
        await wereld.tot(lambda: _niets_open(wereld, abonnement))
    assert in_volgorde(wereld, events)
    stand = await wereld.stand(abonnement)
    assert (stand.storing_sinds, stand.opgegeven, stand.wachtend) == (None, 0, 0)


async def test_een_ontvanger_in_storing_krijgt_een_poging_tegelijk(wereld: Wereld) -> None:
    await wereld.meld_over(*kandidaten(40))
    wereld.ontvanger.gedrag = lambda _: Antwoord(500)
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _in_storing(wereld, abonnement))
        await asyncio.sleep(0.3)
        tot_dan = _posts(wereld)
        assert tot_dan <= 8
        wereld.klok.move_by(MINUUT)
        await wereld.tot(lambda: _posts(wereld) > tot_dan)
        await asyncio.sleep(0.3)
        assert _posts(wereld) == tot_dan + 1


async def test_410_beeindigt_het_abonnement_en_er_gaat_niets_meer(wereld: Wereld) -> None:
    await wereld.meld_over(*kandidaten(1))
    wereld.ontvanger.gedrag = lambda _: Antwoord(410)
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _heeft_status(wereld, abonnement, Status.BEEINDIGD))
        await wereld.meld_over(*kandidaten(3))
        wereld.klok.move_by(48 * UUR)
        await asyncio.sleep(1.3)
    assert _posts(wereld) == 1
    assert (await wereld.lees(abonnement)).zichtbaar is Zichtbaar.BEEINDIGD


async def test_na_410_begint_het_weer_met_een_adres_en_is_niets_kwijt(wereld: Wereld) -> None:
    events = await wereld.meld_over(*kandidaten(2))
    wereld.ontvanger.gedrag = lambda _: Antwoord(410)
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _heeft_status(wereld, abonnement, Status.BEEINDIGD))
        wereld.ontvanger.gedrag = lambda _: Antwoord()
        await _wijzig(wereld, await wereld.lees(abonnement), callback_url=wereld.url)
        await wereld.tot_aangekomen(*events, stap=MINUUT)


async def test_429_geldt_voor_de_hele_ontvanger_tot_het_gevraagde_moment(wereld: Wereld) -> None:
    events = await wereld.meld_over(*kandidaten(30))
    wereld.ontvanger.gedrag = lambda _: Antwoord(429, {"Retry-After": "600"})
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _posts(wereld) >= 1)
        await wereld.tot(lambda: _niet_voor(wereld, abonnement))
        wereld.ontvanger.gedrag = lambda _: Antwoord()
        tot_dan = _posts(wereld)
        assert tot_dan <= 8
        wereld.klok.move_by(timedelta(seconds=590))
        await asyncio.sleep(1.3)
        assert _posts(wereld) == tot_dan
        wereld.klok.move_by(timedelta(seconds=20))
        await wereld.tot_aangekomen(*events)


async def test_415_wordt_meteen_opgegeven_en_de_rest_gaat_door(wereld: Wereld) -> None:
    een, twee = kandidaten(2)
    events = await wereld.meld_over(een, een, twee)
    wereld.ontvanger.gedrag = lambda v: Antwoord(415 if v.id == str(events[0].id) else 204)
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(events[2])
        await wereld.tot(lambda: _aantal_opgegeven(wereld, abonnement, 1))
        wereld.klok.move_by(48 * UUR)
        await asyncio.sleep(1.2)
    eerste, tweede, _ = await wereld.logboek(abonnement)
    assert (eerste.status, eerste.fout) == (AfleveringStatus.OPGEGEVEN, "http-415")
    assert (tweede.status, tweede.aantal_pogingen) == (AfleveringStatus.WACHT, 0)


async def test_opgegeven_wordt_op_verzoek_hervat_in_volgorde(wereld: Wereld) -> None:
    ziek, gezond = kandidaten(2)
    events = await wereld.meld_over(ziek, ziek, gezond)
    stuk = {str(events[0].id)}
    wereld.ontvanger.gedrag = lambda v: Antwoord(400 if v.id in stuk else 204)
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _aantal_opgegeven(wereld, abonnement, 1), stap=20 * MINUUT)
        assert str(events[1].id) not in {v.id for v in wereld.ontvanger.verzoeken if v.body}
        stuk.clear()
        await wereld.doe(lambda uow: beheer.hervat(uow, abonnement.id, events[0].id))
        await wereld.tot_aangekomen(*events)
    assert in_volgorde(wereld, events)


async def test_een_overgeslagen_aflevering_laat_de_volgende_door(wereld: Wereld) -> None:
    [ziek] = kandidaten(1)
    events = await wereld.meld_over(ziek, ziek)
    wereld.ontvanger.gedrag = lambda v: Antwoord(415 if v.id == str(events[0].id) else 204)
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _aantal_opgegeven(wereld, abonnement, 1))
        await wereld.doe(
            lambda uow: beheer.sla_over(uow, abonnement.id, events[0].id, "verwerkt", "client")
        )
        await wereld.tot_aangekomen(events[1])
    eerste = (await wereld.logboek(abonnement))[0]
    assert (eerste.status, eerste.reden) == (AfleveringStatus.OVERGESLAGEN, "verwerkt")
    assert eerste.overgeslagen_door == "client"


async def test_een_herhaling_levert_alles_vanaf_een_plaats_nog_eens_in_volgorde(
    wereld: Wereld,
) -> None:
    wie = kandidaten(5)
    events = await wereld.meld_over(*wie, *wie, *wie)
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(*events)
        wereld.ontvanger.aangenomen.clear()
        await wereld.doe(lambda uow: beheer.herhaal_vanaf(uow, abonnement.id, f"{BOXTEL}-5", None))
        await wereld.tot_aangekomen(*events[5:])
        await wereld.tot(lambda: _niets_open(wereld, abonnement))
    assert in_volgorde(wereld, events[5:])
    assert len(wereld.ontvanger.aangenomen) == 10


async def test_een_herhaling_terwijl_er_nog_veel_wacht_verandert_de_volgorde_niet(
    wereld: Wereld,
) -> None:
    wie = kandidaten(20)
    events = await wereld.meld_over(*wie, *wie, *wie)

    async def traag(_: Verzoek) -> Antwoord:
        await asyncio.sleep(0.02)
        return Antwoord()

    wereld.ontvanger.gedrag = traag
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        for _ in range(3):
            await asyncio.sleep(0.15)
            await wereld.doe(
                lambda uow: beheer.herhaal_vanaf(uow, abonnement.id, f"{BOXTEL}-0", None)
            )
        await asyncio.sleep(0.1)
        await wereld.tot(lambda: _niets_open(wereld, abonnement))
    for subject in wie:
        ids = [str(e.id) for e in events if e.subject == subject]
        plaatsen = [ids.index(v.id) for v in wereld.ontvanger.aangenomen if v.id in ids]
        assert plaatsen[-3:] == [0, 1, 2], "de laatste ronde was heel en op volgorde"
        # Each later event comes right after the one before it, in whatever round.
        assert all(b in (0, a + 1) for a, b in itertools.pairwise(plaatsen))


async def test_pauze_houdt_vast_en_hervatten_levert_alles(wereld: Wereld) -> None:
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _heeft_status(wereld, abonnement, Status.ACTIEF))
        await _wijzig(wereld, await wereld.lees(abonnement), gepauzeerd=True)
        await asyncio.sleep(0.1)
        events = await wereld.meld_over(*kandidaten(4))
        await asyncio.sleep(1.3)
        assert not wereld.ontvanger.aangenomen
        await _wijzig(wereld, await wereld.lees(abonnement), gepauzeerd=False)
        await wereld.tot_aangekomen(*events)


async def test_een_verwijderd_abonnement_houdt_op(wereld: Wereld) -> None:
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        [een] = await wereld.meld_over(*kandidaten(1))
        await wereld.tot_aangekomen(een)
        await wereld.doe(lambda uow: beheer.beeindig(uow, abonnement.id))
        await wereld.meld_over(*kandidaten(3))
        await asyncio.sleep(1.3)
    assert len(wereld.ontvanger.aangenomen) == 1


async def test_twee_processen_leveren_elk_bericht_een_keer_en_in_volgorde(wereld: Wereld) -> None:
    await wereld.abonneer()
    await wereld.abonneer()
    wie = kandidaten(10)
    async with wereld.bezorgend(), wereld.bezorgend():
        events = []
        for _ in range(5):
            events += await wereld.meld_over(*wie)
            await asyncio.sleep(0.02)
        await wereld.tot_aangekomen(*events)
        await wereld.tot(lambda: len(wereld.ontvanger.aangenomen) == 100)
        await asyncio.sleep(0.2)
    assert len(wereld.ontvanger.aangenomen) == 100
    assert in_volgorde(wereld, events)


async def test_wie_omvalt_tussen_aankomst_en_vastleggen_maakt_een_dubbele_met_hetzelfde_id(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    [wie] = kandidaten(1)
    events = await wereld.meld_over(wie, wie)
    abonnement = await wereld.abonneer()
    leg_vast = bezorging.leg_vast

    async def omvallen(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(bezorging, "leg_vast", omvallen)
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(events[0])
        await asyncio.sleep(0.2)
    assert [v.id for v in wereld.ontvanger.aangenomen] == [str(events[0].id)]
    assert (await wereld.stand(abonnement)).wachtend == 2
    monkeypatch.setattr(bezorging, "leg_vast", leg_vast)
    async with wereld.bezorgend():
        await wereld.tot_aangekomen(*events)
    assert [v.id for v in wereld.ontvanger.aangenomen] == [
        *(str(events[0].id),) * 2,
        str(events[1].id),
    ]


async def test_een_database_die_verbindingen_verbreekt_kost_geen_bericht(wereld: Wereld) -> None:
    wie = kandidaten(10)
    events = await wereld.meld_over(*wie, *wie, *wie)

    async def traag(_: Verzoek) -> Antwoord:
        await asyncio.sleep(0.02)
        return Antwoord()

    wereld.ontvanger.gedrag = traag
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        for aantal in (1, 10, 20):
            await wereld.tot(lambda n=aantal: len(wereld.ontvanger.aangenomen) >= n)  # type: ignore[misc]
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError):
                await wereld.database.pool.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE usename = current_user AND pid <> pg_backend_pid()"
                )
        await wereld.tot_aangekomen(*events)
        await asyncio.sleep(0.5)
        await wereld.tot(lambda: _niets_open(wereld, abonnement))
    assert in_volgorde(wereld, events)


async def test_wat_de_houder_kwijt_is_legt_hij_niet_meer_vast(wereld: Wereld) -> None:
    """Another process took over: its truth counts, and the worst is a double."""
    [wie] = kandidaten(1)
    [gemeld] = await wereld.meld_over(wie)
    abonnement = await wereld.abonneer()

    async def intussen(_: Verzoek) -> Antwoord:
        await wereld.doe(
            lambda uow: uow.connection.execute(
                "UPDATE bezorging SET houder = gen_random_uuid(), houder_tot = clock_timestamp()"
            )
        )
        wereld.ontvanger.gedrag = lambda _: Antwoord()
        return Antwoord()

    wereld.ontvanger.gedrag = intussen
    async with wereld.bezorgend():
        await wereld.tot(lambda: len(wereld.ontvanger.aangenomen) == 2)
        await wereld.tot(lambda: _niets_open(wereld, abonnement))
    assert {v.id for v in wereld.ontvanger.aangenomen} == {str(gemeld.id)}


async def test_een_wissel_van_sleutel_geeft_twee_handtekeningen_tot_de_overlap_voorbij_is(
    wereld: Wereld,
) -> None:
    oud, nieuw = nieuw_geheim(), nieuw_geheim()
    abonnement = await wereld.abonneer(geheim=oud)
    async with wereld.bezorgend():
        [een] = await wereld.meld_over(*kandidaten(1))
        await wereld.tot_aangekomen(een)
        await wereld.doe(lambda uow: beheer.wissel_sleutel(uow, abonnement.id, nieuw, 24 * UUR))
        [twee] = await wereld.meld_over(*kandidaten(1))
        await wereld.tot_aangekomen(twee)
        wereld.klok.move_by(25 * UUR)
        [drie] = await wereld.meld_over(*kandidaten(1))
        await wereld.tot_aangekomen(drie)
    eerste, tweede, derde = wereld.ontvanger.aangenomen
    Webhook(oud).verify(eerste.body.decode(), dict(eerste.headers))
    for geheim in (oud, nieuw):
        Webhook(geheim).verify(tweede.body.decode(), dict(tweede.headers))
    assert len(derde.headers["webhook-signature"].split(" ")) == 1


async def test_het_logboek_noemt_elke_poging(wereld: Wereld) -> None:
    [gemeld] = await wereld.meld_over(*kandidaten(1))
    wereld.ontvanger.gedrag = lambda _: Antwoord(503, body=b"geheim van de ontvanger")
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _posts(wereld) == 2, stap=timedelta(seconds=5))
        wereld.ontvanger.gedrag = lambda _: Antwoord(201)
        await wereld.tot_aangekomen(gemeld, stap=timedelta(seconds=5))
        await wereld.tot(lambda: _niets_open(wereld, abonnement))
    [regel] = await wereld.logboek(abonnement)
    assert regel.status is AfleveringStatus.AFGELEVERD
    assert [p.status for p in regel.pogingen] == [201, 503, 503]
    assert [p.fout for p in regel.pogingen] == [None, "http-503", "http-503"]
    assert "geheim" not in repr(regel)


async def test_het_logboek_wordt_opgeruimd_maar_wat_niet_is_aangekomen_blijft(
    wereld: Wereld,
) -> None:
    een, twee = kandidaten(2)
    events = await wereld.meld_over(een, twee)
    wereld.ontvanger.gedrag = lambda v: Antwoord(415 if v.id == str(events[0].id) else 204)
    abonnement = await wereld.abonneer()
    async with wereld.bezorgend():
        await wereld.tot(lambda: _aantal_opgegeven(wereld, abonnement, 1))
        await wereld.tot(lambda: _aantal_wachtend(wereld, abonnement, 0))
    for dagen, over in ((29, 2), (2, 1)):
        wereld.klok.move_by(timedelta(days=dagen))
        await wereld.doe(bezorging.ruim_op)
        assert len(await wereld.logboek(abonnement)) == over
    assert (await wereld.logboek(abonnement))[0].event_id == events[0].id


# -- helpers -------------------------------------------------------------------------------


def _posts(wereld: Wereld) -> int:
    return sum(v.methode == "POST" for v in wereld.ontvanger.verzoeken)


async def _wijzig(wereld: Wereld, abonnement: Abonnement, **wat: Any) -> None:
    leeg: dict[str, Any] = dict.fromkeys(("naam", "callback_url", "types", "wie", "gepauzeerd"))

    async def als_eigenaar(uow: UnitOfWork) -> None:
        op_slot = await beheer.lees(uow, abonnement.id, op_slot=True)
        await beheer.wijzig(uow, op_slot, **{**leeg, **wat})

    await wereld.doe(als_eigenaar)


async def _heeft_status(wereld: Wereld, abonnement: Abonnement, status: Status) -> bool:
    return (await wereld.lees(abonnement)).status is status


async def _in_storing(wereld: Wereld, abonnement: Abonnement) -> bool:
    return (await wereld.stand(abonnement)).storing_sinds is not None


async def _niet_voor(wereld: Wereld, abonnement: Abonnement) -> bool:
    return (await wereld.stand(abonnement)).niet_voor is not None


async def _aantal_opgegeven(wereld: Wereld, abonnement: Abonnement, aantal: int) -> bool:
    return (await wereld.stand(abonnement)).opgegeven == aantal


async def _aantal_wachtend(wereld: Wereld, abonnement: Abonnement, aantal: int) -> bool:
    return (await wereld.stand(abonnement)).wachtend == aantal


async def _niets_open(wereld: Wereld, abonnement: Abonnement) -> bool:
    stand = await wereld.stand(abonnement)
    return stand.wachtend == 0 and stand.opgegeven == 0
