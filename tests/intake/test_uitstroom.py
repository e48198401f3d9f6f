"""Uitstroom, terugval and heraanmelding, through the API."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.clock import MovableClock
from chassis.database import Database
from contracts.diagnose import AdviesGegeven
from contracts.portfolio import Dienst, Programma
from services.intake.domain.uitstroom import twaalf_maanden_na
from tests.dienst import Klant
from tests.intake.hulp import (
    BOXTEL,
    VUGHT,
    WSD,
    Anderen,
    aanmelding,
    besluit,
    doe,
    gezegd,
    id_van,
    lees,
    meld_aan,
    persoon,
    verwijs_door,
)

UITSTROOM = {"uitgestroomdOp": "2026-06-01", "reden": "detentie"}
OPNIEUW = {"aangemeldOp": "2026-09-01", "instroomkanaal": "outreach", "doelgroep": "nug"}


def advies(kandidaat: str, op: date = date(2026, 2, 1)) -> AdviesGegeven:
    return AdviesGegeven(
        kandidaat_id=id_van(kandidaat),
        gemeentecode=BOXTEL,
        dossier_id=uuid4(),
        advies_id=uuid4(),
        gegeven_op=op,
        programma=Programma.ONTWIKKEL,
        diensten=(Dienst.JOBCOACHING,),
    )


async def met_traject(klant: Klant, database: Database) -> str:
    """A kandidaat of Boxtel whose traject was decided."""
    boxtel = klant(BOXTEL)
    kandidaat = await meld_aan(boxtel)
    await verwijs_door(boxtel, kandidaat)
    await Anderen(database).zeg(advies(kandidaat))
    traject = {"programma": "ontwikkelprogramma", "diensten": ["jobcoaching"], "metWsd": True}
    await doe(boxtel, f"{kandidaat}/trajectbesluiten", besluit("2026-02-10") | traject)
    return kandidaat


async def test_wie_uitstroomt_is_uitgestroomd_en_anderen_horen_alleen_waarheen(
    klant: Klant, database: Database
) -> None:
    kandidaat = await met_traject(klant, database)
    uitstroom = await doe(klant(BOXTEL), f"{kandidaat}/uitstromingen", UITSTROOM)
    assert (uitstroom["bestemming"], "reden" in uitstroom) == ("anders", False)
    stand = await lees(klant(BOXTEL), kandidaat)
    assert (stand["status"], stand["uitgestroomdOp"]) == ("uitgestroomd", "2026-06-01")
    laatste = (await gezegd(database, kandidaat))[-1]
    assert laatste.naam == "kandidaat-uitgestroomd"
    assert laatste.data["bestemming"] == "anders"
    assert laatste.afnemers == {BOXTEL, WSD}
    assert "detentie" not in str(laatste.data)


async def test_de_reden_ziet_alleen_de_gemeente_en_zij_staat_nergens_leesbaar(
    klant: Klant, database: Database
) -> None:
    kandidaat = await met_traject(klant, database)
    await doe(klant(BOXTEL), f"{kandidaat}/uitstromingen", UITSTROOM)
    [gezien] = (await lees(klant(BOXTEL), f"{kandidaat}/uitstromingen"))["uitstromingen"]
    assert (gezien["reden"], gezien["busCode"]) == ("detentie", "05")
    for ander in (WSD, VUGHT):
        await lees(klant(ander), f"{kandidaat}/uitstromingen", verwacht=404)
    async with database.unit_of_work(BOXTEL) as uow:
        rijen = await uow.connection.fetch("SELECT * FROM uitstroom")
        ingezien = await uow.connection.fetchval(
            "SELECT count(*) FROM verwerking WHERE betrokkene = $1 AND naam = 'uitstroom ingezien'",
            id_van(kandidaat),
        )
    assert rijen
    assert not [rij for rij in rijen if b"detentie" in rij["reden"]]
    assert ingezien == 1


@pytest.mark.parametrize(
    ("pad", "body"),
    [
        ("poortbesluiten", besluit("2026-06-02") | {"uitkomst": "vrijstellen"}),
        ("doorverwijzingen", {"doorverwezenOp": "2026-06-02"}),
        (
            "trajectbesluiten",
            besluit("2026-06-02")
            | {"programma": "werkprogramma", "diensten": ["jobcoaching"], "metWsd": True},
        ),
        (
            "overdrachten",
            {"naarGemeente": VUGHT, "ingangsdatum": "2026-12-01", "reden": "verhuizing"},
        ),
        ("aanvragen", {"aangevraagdOp": "2026-06-10"}),
        ("uitstromingen", UITSTROOM),
    ],
)
async def test_over_wie_is_uitgestroomd_wordt_niets_meer_besloten(
    klant: Klant, database: Database, pad: str, body: dict[str, object]
) -> None:
    kandidaat = await met_traject(klant, database)
    await doe(klant(BOXTEL), f"{kandidaat}/uitstromingen", UITSTROOM)
    voor = await gezegd(database, kandidaat)
    probleem = await doe(klant(BOXTEL), f"{kandidaat}/{pad}", body, verwacht=409)
    assert probleem["code"] == "kandidaat-uitgestroomd"
    assert await gezegd(database, kandidaat) == voor


async def test_wie_terugvalt_is_weer_waar_hij_was_en_het_trajectbesluit_telt(
    klant: Klant, database: Database
) -> None:
    kandidaat = await met_traject(klant, database)
    voor = await lees(klant(BOXTEL), kandidaat)
    await doe(klant(BOXTEL), f"{kandidaat}/uitstromingen", UITSTROOM)
    terug = await doe(klant(BOXTEL), f"{kandidaat}/terugvallen", {"teruggevallenOp": "2026-10-01"})
    assert terug["status"] == "trajectbesluit-genomen"
    assert await lees(klant(BOXTEL), kandidaat) == voor
    assert (await gezegd(database, kandidaat))[-1].naam == "kandidaat-teruggevallen"
    # And can flow out once more.
    opnieuw = {**UITSTROOM, "uitgestroomdOp": "2026-11-01", "reden": "arbeid"}
    uitstroom = await doe(klant(BOXTEL), f"{kandidaat}/uitstromingen", opnieuw)
    assert uitstroom["bestemming"] == "regulier-werk"
    gezien = (await lees(klant(BOXTEL), f"{kandidaat}/uitstromingen"))["uitstromingen"]
    assert {u["teruggevallenOp"] for u in gezien} == {"2026-10-01", None}


async def test_terugvallen_kan_tot_twaalf_maanden_na_de_uitstroom(
    klant: Klant, database: Database, klok: MovableClock
) -> None:
    kandidaat = await met_traject(klant, database)
    await doe(klant(BOXTEL), f"{kandidaat}/uitstromingen", UITSTROOM)
    klok.move_to(datetime(2027, 7, 1, 9, tzinfo=UTC))
    pad = f"{kandidaat}/terugvallen"
    te_laat = await doe(klant(BOXTEL), pad, {"teruggevallenOp": "2027-06-02"}, verwacht=409)
    assert te_laat["code"] == "terugvaltermijn-verstreken"
    assert "heraanmelding" in te_laat["detail"]
    await doe(klant(BOXTEL), pad, {"teruggevallenOp": "2027-06-01"})


async def test_wie_zich_opnieuw_meldt_begint_bij_de_poort_en_wsd_ziet_hem_niet_meer(
    klant: Klant, database: Database
) -> None:
    kandidaat = await met_traject(klant, database)
    await doe(klant(BOXTEL), f"{kandidaat}/uitstromingen", UITSTROOM)
    await lees(klant(WSD), kandidaat)
    opnieuw = await doe(klant(BOXTEL), f"{kandidaat}/heraanmeldingen", OPNIEUW)
    assert (opnieuw["status"], opnieuw["ronde"], opnieuw["doelgroep"]) == ("aangemeld", 2, "nug")
    assert (opnieuw["aangemeldOp"], opnieuw["doorverwezenOp"]) == ("2026-09-01", None)
    stand = await lees(klant(BOXTEL), kandidaat)
    assert (stand["advies"], stand["uitgestroomdOp"]) == (None, None)
    laatste = (await gezegd(database, kandidaat))[-1]
    assert (laatste.naam, laatste.afnemers) == ("kandidaat-heraangemeld", {BOXTEL})
    assert laatste.data["gegevensHergebruikt"] is True
    for onderdeel in ("", "/persoonsgegevens", "/besluiten"):
        await lees(klant(WSD), kandidaat + onderdeel, verwacht=404)


async def test_eerdere_besluiten_blijven_te_zien_en_tellen_niet(
    klant: Klant, database: Database
) -> None:
    kandidaat = await met_traject(klant, database)
    boxtel = klant(BOXTEL)
    await doe(boxtel, f"{kandidaat}/uitstromingen", UITSTROOM)
    await doe(boxtel, f"{kandidaat}/heraanmeldingen", OPNIEUW)
    besluiten = await lees(boxtel, f"{kandidaat}/besluiten")
    assert (besluiten["poortbesluiten"], besluiten["trajectbesluiten"]) == ([], [])
    assert len(besluiten["eerder"]["poortbesluiten"]) == 1
    assert len(besluiten["eerder"]["trajectbesluiten"]) == 1
    pad = f"{kandidaat}/doorverwijzingen"
    geweigerd = await doe(boxtel, pad, {"doorverwezenOp": "2026-09-02"}, verwacht=409)
    assert geweigerd["code"] == "geen-poortbesluit"
    await verwijs_door(boxtel, kandidaat, "2026-09-02")
    assert (await lees(klant(WSD), kandidaat))["status"] == "doorverwezen"


async def test_een_advies_van_voor_de_heraanmelding_verandert_niets(
    klant: Klant, database: Database
) -> None:
    boxtel, anderen = klant(BOXTEL), Anderen(database)
    kandidaat = await meld_aan(boxtel)
    await verwijs_door(boxtel, kandidaat)
    await doe(boxtel, f"{kandidaat}/uitstromingen", UITSTROOM)
    await doe(boxtel, f"{kandidaat}/heraanmeldingen", OPNIEUW)
    await anderen.zeg(advies(kandidaat, date(2026, 5, 1)))
    await verwijs_door(boxtel, kandidaat, "2026-09-02")
    await anderen.zeg(advies(kandidaat, date(2026, 5, 2)))
    assert (await lees(boxtel, kandidaat))["advies"] is None
    await anderen.zeg(advies(kandidaat, date(2026, 9, 20)))
    assert (await lees(boxtel, kandidaat))["advies"]["gegevenOp"] == "2026-09-20"


async def test_gegevens_van_meer_dan_twaalf_maanden_geleden_moeten_opnieuw(
    klant: Klant, klok: MovableClock, database: Database
) -> None:
    wie = persoon()
    boxtel = klant(BOXTEL)
    kandidaat = await meld_aan(boxtel, persoon=wie)
    await doe(boxtel, f"{kandidaat}/uitstromingen", UITSTROOM)
    klok.move_to(datetime(2027, 9, 1, 9, tzinfo=UTC))
    pad, laat = f"{kandidaat}/heraanmeldingen", {**OPNIEUW, "aangemeldOp": "2027-06-02"}
    probleem = await doe(boxtel, pad, laat, verwacht=409)
    assert (probleem["code"], probleem["artikel"]) == (
        "gegevens-verouderd",
        "art. 43a Participatiewet",
    )
    ander = {**laat, "persoon": persoon()}
    assert (await doe(boxtel, pad, ander, verwacht=400))["code"] == "andere-inwoner"
    nieuw = {**wie, "geslachtsnaam": "Nieuwenaam"}
    await doe(boxtel, pad, {**laat, "persoon": nieuw, "instroomreden": "einde-relatie"})
    gezien = await lees(boxtel, f"{kandidaat}/persoonsgegevens")
    assert (gezien["geslachtsnaam"], gezien["instroomreden"]) == ("Nieuwenaam", "einde-relatie")
    assert (await gezegd(database, kandidaat))[-1].data["gegevensHergebruikt"] is False


async def test_een_aanmelding_van_wie_is_uitgestroomd_zegt_welke_weg_terug_is(
    klant: Klant, klok: MovableClock
) -> None:
    boxtel, invoer = klant(BOXTEL), aanmelding()
    kandidaat = await meld_aan(boxtel, **invoer)
    bekend = await doe(boxtel, "/kandidaten", invoer, verwacht=409)
    assert bekend["code"] == "kandidaat-al-bekend"
    assert "heraanmelding" not in bekend["detail"]
    await doe(boxtel, f"{kandidaat}/uitstromingen", UITSTROOM)
    kort = await doe(boxtel, "/kandidaten", {**invoer, "aangemeldOp": "2027-06-01"}, verwacht=409)
    lang = await doe(boxtel, "/kandidaten", {**invoer, "aangemeldOp": "2027-06-02"}, verwacht=409)
    assert ("terugval" in kort["detail"], "terugval" in lang["detail"]) == (True, False)
    assert "heraanmelding" in lang["detail"]
    assert {kort["kandidaatId"], lang["kandidaatId"]} == {str(id_van(kandidaat))}


async def test_alleen_de_gemeente_legt_uitstroom_vast(klant: Klant, database: Database) -> None:
    kandidaat = await met_traject(klant, database)
    wsd = klant(WSD, "klantmanager")
    for pad, body in (
        ("uitstromingen", UITSTROOM),
        ("terugvallen", {"teruggevallenOp": "2026-10-01"}),
        ("heraanmeldingen", OPNIEUW),
    ):
        assert (await doe(wsd, f"{kandidaat}/{pad}", body, verwacht=403))["code"] == "niet-bevoegd"


async def test_van_twintig_tegelijk_wordt_er_een_uitstroom_en_een_heraanmelding(
    klant: Klant, database: Database
) -> None:
    boxtel = klant(BOXTEL)
    kandidaat = await meld_aan(boxtel)
    for pad, body in (("uitstromingen", UITSTROOM), ("heraanmeldingen", OPNIEUW)):
        antwoorden = await asyncio.gather(
            *(boxtel.post(f"{kandidaat}/{pad}", json=body) for _ in range(20))
        )
        assert sorted(a.status_code for a in antwoorden) == [201] + [409] * 19, pad
    namen = [g.naam for g in await gezegd(database, kandidaat)]
    assert namen == ["kandidaat-aangemeld", "kandidaat-uitgestroomd", "kandidaat-heraangemeld"]
    assert (await lees(boxtel, kandidaat))["ronde"] == 2


async def test_het_proces_stopt_bij_uitstroom_en_gaat_na_een_terugval_verder(
    klant: Klant,
) -> None:
    boxtel = klant(BOXTEL)
    kandidaat = await meld_aan(boxtel)

    async def stand() -> tuple[str, list[str]]:
        proces = await lees(boxtel, f"{kandidaat}/proces")
        return proces["status"], [stap["stap"] for stap in proces["openStappen"]]

    begin = await stand()
    assert begin[0] == "loopt"
    assert begin[1]
    await doe(boxtel, f"{kandidaat}/uitstromingen", UITSTROOM)
    assert await stand() == ("afgebroken", [])
    await doe(boxtel, f"{kandidaat}/terugvallen", {"teruggevallenOp": "2026-10-01"})
    assert await stand() == begin
    await doe(boxtel, f"{kandidaat}/uitstromingen", {**UITSTROOM, "uitgestroomdOp": "2026-10-02"})
    opnieuw = {**OPNIEUW, "aangemeldOp": "2026-11-01"}
    await doe(boxtel, f"{kandidaat}/heraanmeldingen", opnieuw)
    assert await stand() == begin


async def test_een_geplande_overdracht_vervalt_bij_uitstroom(
    klant: Klant, database: Database
) -> None:
    boxtel = klant(BOXTEL)
    kandidaat = await meld_aan(boxtel)
    later = {"naarGemeente": VUGHT, "ingangsdatum": "2026-12-01", "reden": "verhuizing"}
    await doe(boxtel, f"{kandidaat}/overdrachten", later)
    await doe(boxtel, f"{kandidaat}/uitstromingen", UITSTROOM)
    [overdracht] = (await lees(boxtel, f"{kandidaat}/overdrachten"))["overdrachten"]
    assert overdracht["status"] == "ingetrokken"
    async with database.unit_of_work(BOXTEL) as uow:
        open_ = await uow.connection.fetchval(
            "SELECT count(*) FROM termijn WHERE aggregate_id = $1 AND soort = 'overdracht'"
            " AND status = 'open'",
            id_van(kandidaat),
        )
    assert open_ == 0


@given(op=st.dates(date(2015, 1, 1), date(2100, 1, 1)))
def test_twaalf_maanden_later_is_dezelfde_dag_in_het_volgende_jaar(op: date) -> None:
    later = twaalf_maanden_na(op)
    assert later.year == op.year + 1
    assert (later.month, later.day) == (op.month, 28 if (op.month, op.day) == (2, 29) else op.day)
