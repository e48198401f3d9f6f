"""The SRG record of a month, from what other services said."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from chassis.database import Database
from contracts.diagnose import (
    Arbeidsvermogen,
    ArbeidsvermogenVastgesteld,
    LoonwaardeVastgesteld,
    ParticipatieladderVastgesteld,
)
from contracts.plaatsing import (
    Eindereden,
    Grondslag,
    LKSPlaatsing,
    OverigePlaatsingsoort,
    PlaatsingBeeindigd,
    PlaatsingGestart,
    Plaatsingsoort,
    ProefplaatsingGestart,
)
from services.intake.domain.srg import VELDEN
from tests.dienst import Klant
from tests.intake.hulp import (
    BEST,
    VUGHT,
    WSD,
    Anderen,
    doe,
    id_van,
    meld_aan,
    persoon,
    verwijs_door,
)


def baan(kandidaat: UUID) -> LKSPlaatsing:
    return LKSPlaatsing(
        kandidaat_id=kandidaat,
        gemeentecode=BEST,
        plaatsing_id=uuid4(),
        werkgever_id=uuid4(),
        werkplek_id=uuid4(),
        begindatum=date(2026, 3, 1),
        uren_per_week=Decimal(24),
        voltijdsuren_per_week=Decimal(36),
        grondslag=Grondslag.LOONWAARDE,
        loonwaarde=45,
    )


async def regels(klant: Klant, organisatie: str, jaar: int, maand: int) -> list[dict[str, str]]:
    antwoord = await klant(organisatie).get("/srg", params={"jaar": jaar, "maand": maand})
    assert antwoord.status_code == 200, antwoord.text
    assert antwoord.headers["content-type"] == "text/csv; charset=utf-8"
    rijen = list(csv.reader(io.StringIO(antwoord.text), strict=True))
    assert tuple(rijen[0]) == VELDEN
    return [dict(zip(VELDEN, rij, strict=True)) for rij in rijen[1:]]


async def test_elke_voorziening_die_in_de_maand_liep_is_een_regel(
    klant: Klant, database: Database
) -> None:
    best, anderen, wie = klant(BEST), Anderen(database), persoon(geslacht="V")
    kandidaat = await meld_aan(best, persoon=wie)
    await verwijs_door(best, kandidaat)
    id_ = id_van(kandidaat)
    proef = ProefplaatsingGestart(
        kandidaat_id=id_,
        gemeentecode=BEST,
        plaatsing_id=uuid4(),
        werkgever_id=uuid4(),
        werkplek_id=uuid4(),
        begindatum=date(2026, 2, 1),
        einddatum=date(2026, 3, 31),
        uren_per_week=Decimal(24),
    )
    loon = LoonwaardeVastgesteld(
        kandidaat_id=id_,
        gemeentecode=BEST,
        dossier_id=uuid4(),
        meting_id=uuid4(),
        loonwaarde=55,
        vastgesteld_op=date(2026, 4, 20),
        ingangsdatum=date(2026, 5, 1),
        methode="uniform-2021",
    )
    for event in (
        proef,
        PlaatsingBeeindigd(
            kandidaat_id=id_,
            gemeentecode=BEST,
            plaatsing_id=proef.plaatsing_id,
            soort=Plaatsingsoort.PROEFPLAATSING,
            einddatum=date(2026, 2, 28),
            reden=Eindereden.ARBEIDSOVEREENKOMST,
        ),
        baan(id_),
        loon,
    ):
        await anderen.zeg(event)
    for maand, verwacht in (
        (1, []),
        (2, [("99", "20260228", "1", "")]),
        (3, [("04", "", "", "045")]),
        (5, [("04", "", "", "055")]),
    ):
        gevonden = await regels(klant, BEST, 2026, maand)
        assert [
            (r["typeVoorziening"], r["einddatumVoorziening"], r["redenEinde"], r["loonwaarde"])
            for r in gevonden
        ] == verwacht, maand
        assert {(r["bsn"], r["geslacht"], r["geboortedatum"]) for r in gevonden} <= {
            (wie["bsn"], "2", "19900101")
        }
    # Only of the gemeente itself, and each reading of a person is recorded.
    assert await regels(klant, VUGHT, 2026, 3) == []
    wsd = await klant(WSD).get("/srg", params={"jaar": 2026, "maand": 3})
    assert (wsd.status_code, wsd.json()["code"]) == (403, "niet-bevoegd")
    async with database.unit_of_work(BEST) as uow:
        ingezien = await uow.connection.fetchval(
            "SELECT count(*) FROM verwerking WHERE betrokkene = $1"
            " AND naam = 'SRG-levering gemaakt'",
            id_,
        )
    assert ingezien == 3


async def test_ladder_en_arbeidsvermogen_komen_van_diagnose_en_gaan_mee_naar_een_ander(
    klant: Klant, database: Database
) -> None:
    anderen, nuenen = Anderen(database), klant("0820")
    kandidaat = await meld_aan(nuenen)
    await verwijs_door(nuenen, kandidaat)
    wie = {"kandidaat_id": id_van(kandidaat), "gemeentecode": "0820", "dossier_id": uuid4()}
    await anderen.zeg(baan(id_van(kandidaat)).model_copy(update={"gemeentecode": "0820"}))
    for trede, op in ((4, date(2026, 2, 1)), (5, date(2026, 3, 1))):
        await anderen.zeg(ParticipatieladderVastgesteld(**wie, trede=trede, vastgesteld_op=op))
    await anderen.zeg(
        ArbeidsvermogenVastgesteld(
            **wie,
            arbeidsvermogen=Arbeidsvermogen.ONDER_WML,
            vastgesteld_op=date(2026, 4, 1),
        )
    )
    velden = ("positieParticipatieladder", "begindatumPositie", "arbeidsvermogen")

    async def gevonden(gemeente: str, maand: int) -> list[tuple[str, ...]]:
        regels_ = await regels(klant, gemeente, 2026, maand)
        return [tuple(regel[veld] for veld in velden) for regel in regels_]

    assert await gevonden("0820", 3) == [("5", "20260301", "")]
    assert await gevonden("0820", 4) == [("5", "20260301", "1")]
    await doe(
        nuenen,
        f"{kandidaat}/overdrachten",
        {"naarGemeente": "0848", "ingangsdatum": "2026-11-20", "reden": "verhuizing"},
    )
    assert await gevonden("0848", 11) == [("5", "20260301", "1")]


async def test_wat_een_kandidaat_had_gaat_mee_naar_de_andere_gemeente(
    klant: Klant, database: Database
) -> None:
    anderen, oirschot = Anderen(database), klant("0823")
    kandidaat = await meld_aan(oirschot)
    await verwijs_door(oirschot, kandidaat)
    await anderen.zeg(baan(id_van(kandidaat)).model_copy(update={"gemeentecode": "0823"}))
    await doe(
        oirschot,
        f"{kandidaat}/overdrachten",
        {"naarGemeente": "0824", "ingangsdatum": "2026-11-20", "reden": "verhuizing"},
    )
    assert await regels(klant, "0823", 2026, 11) == []
    assert [r["gemeentecode"] for r in await regels(klant, "0824", 2026, 11)] == ["0824"]


async def test_een_maand_die_niet_bestaat_wordt_geweigerd(klant: Klant) -> None:
    antwoord = await klant(BEST).get("/srg", params={"jaar": 1999, "maand": 13})
    assert {fout["pad"] for fout in antwoord.json()["fouten"]} == {"query.jaar", "query.maand"}


async def test_elke_andere_plaatsing_is_een_voorziening_met_haar_eigen_code(
    klant: Klant, database: Database
) -> None:
    oirschot, anderen = klant("0823"), Anderen(database)
    kandidaat = await meld_aan(oirschot)
    await verwijs_door(oirschot, kandidaat)
    codes = {}
    for soort in OverigePlaatsingsoort:
        plaatsing = PlaatsingGestart(
            kandidaat_id=id_van(kandidaat),
            gemeentecode="0823",
            plaatsing_id=uuid4(),
            soort=soort,
            begindatum=date(2026, 3, 1),
        )
        await anderen.zeg(plaatsing)
        await anderen.zeg(
            PlaatsingBeeindigd(
                kandidaat_id=id_van(kandidaat),
                gemeentecode="0823",
                plaatsing_id=plaatsing.plaatsing_id,
                soort=Plaatsingsoort(soort),
                einddatum=date(2026, 3, 31),
                reden=Eindereden.OVERLEDEN,
            ),
        )
        codes[plaatsing.plaatsing_id.hex[:15]] = soort
    gevonden = await regels(klant, "0823", 2026, 3)
    assert {codes[r["registratienummerVoorziening"]] for r in gevonden} == set(
        OverigePlaatsingsoort
    ) - {OverigePlaatsingsoort.REGULIER}
    eigen = {
        codes[r["registratienummerVoorziening"]].value: r["typeVoorziening"]
        for r in gevonden
        if r["typeVoorziening"] != "99"
    }
    assert eigen == {"participatieplaats": "03", "beschut-werk": "05"}
    assert {r["redenEinde"] for r in gevonden} == {"3"}
