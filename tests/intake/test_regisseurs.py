"""Een kandidaat heeft altijd precies een regisseur."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from typing import Any

import asyncpg
import httpx2
import pytest

from tests.intake.gebruikers import Intake
from tests.intake.test_besluiten import geadviseerd

BOXTEL, VUGHT, MEIERIJSTAD, TILBURG, WSD = "0757", "0865", "1948", "0855", "wsd"


def overdracht(
    intake: Intake, van: dict[str, Any], naar: dict[str, Any], *, dagen: int = 0
) -> dict[str, Any]:
    vanaf = (intake.vandaag + timedelta(days=dagen)).isoformat()
    return {"van": van, "naar": naar, "vanaf": vanaf, "reden": "toewijzing"}


def wie(organisatie: str, medewerker: str | None = None) -> dict[str, Any]:
    return {"organisatie": organisatie, "medewerker": medewerker}


async def geschiedenis(intake: Intake, k: str, organisatie: str = BOXTEL) -> list[Any]:
    gevonden = await intake.haal(f"/kandidaten/{k}/regisseurs", organisatie=organisatie)
    regisseurs = gevonden["regisseurs"]
    assert [r["tot"] is None for r in regisseurs] == [False] * (len(regisseurs) - 1) + [True]
    for eerder, later in itertools.pairwise(regisseurs):
        assert eerder["tot"] == later["vanaf"]
    return [(r["organisatie"], r["medewerker"], r["reden"]) for r in regisseurs]


async def test_vanaf_de_aanmelding_heeft_de_gemeente_de_regie(intake: Intake) -> None:
    k = await intake.meld_aan(BOXTEL)
    assert await geschiedenis(intake, k) == [(BOXTEL, None, "aanmelding")]
    assert "regisseur-gewijzigd" not in await intake.gebeurtenissen(k)


async def test_de_regie_gaat_over_van_wie_haar_heeft_aan_de_volgende(intake: Intake) -> None:
    k = await intake.meld_aan(BOXTEL)
    pad = f"/kandidaten/{k}/regieoverdrachten"
    eerste = overdracht(intake, wie(BOXTEL), wie(BOXTEL, "KM-1"))
    antwoord = await intake.stuur(pad, eerste, organisatie=BOXTEL)
    assert antwoord == {
        "organisatie": BOXTEL,
        "vanaf": intake.vandaag.isoformat(),
        "reden": "toewijzing",
    }
    tweede = overdracht(intake, wie(BOXTEL, "KM-1"), wie(BOXTEL, "KM-2"))
    await intake.stuur(pad, tweede, organisatie=BOXTEL)
    assert [m for _, m, _ in await geschiedenis(intake, k)] == [None, "KM-1", "KM-2"]
    assert (await intake.gebeurtenissen(k)).count("regisseur-gewijzigd") == 2


async def test_een_tweede_regisseur_naast_de_eerste_wordt_geweigerd(intake: Intake) -> None:
    k = await intake.meld_aan(BOXTEL)
    pad = f"/kandidaten/{k}/regieoverdrachten"
    for van in (wie(WSD), wie(BOXTEL, "KM-9")):
        body = overdracht(intake, van, wie(BOXTEL, "KM-1"))
        fout = await intake.stuur(pad, body, organisatie=BOXTEL, status=409)
        assert (fout["code"], fout["title"]) == (
            "andere-regisseur",
            "Een kandidaat heeft één regisseur",
        )
    for body, code in (
        (overdracht(intake, wie(BOXTEL), wie(BOXTEL)), "regisseur-ongewijzigd"),
        (overdracht(intake, wie(BOXTEL), wie(BOXTEL, "KM-1"), dagen=1), "datum-past-niet"),
        (overdracht(intake, wie(BOXTEL), wie(BOXTEL, "KM-1"), dagen=-1), "datum-past-niet"),
        (overdracht(intake, wie(BOXTEL), wie(BOXTEL, "Jan Jansen")), "ongeldige-invoer"),
    ):
        fout = await intake.stuur(pad, body, organisatie=BOXTEL, status=400)
        assert fout["code"] == code
    assert await geschiedenis(intake, k) == [(BOXTEL, None, "aanmelding")]


@pytest.mark.parametrize(
    ("gemeente", "naar", "mag"),
    [
        (MEIERIJSTAD, WSD, True),
        (BOXTEL, WSD, False),
        (VUGHT, WSD, False),
        (TILBURG, WSD, False),
        (MEIERIJSTAD, BOXTEL, False),
    ],
)
async def test_wie_regisseur_kan_zijn_volgt_het_samenwerkingsmodel(
    intake: Intake, gemeente: str, naar: str, mag: bool
) -> None:
    zonder_wsd = gemeente == TILBURG
    k = await (intake.meld_aan(gemeente) if zonder_wsd else geadviseerd(intake, gemeente))
    body = overdracht(intake, wie(gemeente), wie(naar))
    pad = f"/kandidaten/{k}/regieoverdrachten"
    antwoord = await intake.stuur(pad, body, organisatie=gemeente, status=201 if mag else 409)
    if not mag:
        assert antwoord["code"] == "regie-buiten-model"


async def test_wsd_kan_pas_na_de_doorverwijzing_regisseur_zijn_en_draagt_zelf_over(
    intake: Intake,
) -> None:
    k = await intake.meld_aan(MEIERIJSTAD)
    body = overdracht(intake, wie(MEIERIJSTAD), wie(WSD))
    pad = f"/kandidaten/{k}/regieoverdrachten"
    fout = await intake.stuur(pad, body, organisatie=MEIERIJSTAD, status=409)
    assert fout["code"] == "niet-doorverwezen"
    k = await geadviseerd(intake, MEIERIJSTAD)
    pad = f"/kandidaten/{k}/regieoverdrachten"
    await intake.stuur(pad, body, organisatie=WSD, rol="trajectconsulent", status=403)
    await intake.stuur(pad, body, organisatie=MEIERIJSTAD)
    terug = overdracht(intake, wie(WSD), wie(MEIERIJSTAD))
    await intake.stuur(pad, terug, organisatie=WSD, rol="trajectconsulent")


async def test_bij_een_overdracht_van_de_kandidaat_krijgt_de_andere_gemeente_de_regie(
    intake: Intake,
) -> None:
    k = await geadviseerd(intake, MEIERIJSTAD)
    naar_wsd = overdracht(intake, wie(MEIERIJSTAD), wie(WSD, "TC-1"))
    await intake.stuur(f"/kandidaten/{k}/regieoverdrachten", naar_wsd, organisatie=MEIERIJSTAD)
    await intake.stuur(
        f"/kandidaten/{k}/overdrachten",
        {
            "naarGemeente": BOXTEL,
            "ingangsdatum": intake.vandaag.isoformat(),
            "reden": "verhuizing",
        },
        organisatie=MEIERIJSTAD,
    )
    assert await geschiedenis(intake, k) == [
        (MEIERIJSTAD, None, "aanmelding"),
        (WSD, "TC-1", "toewijzing"),
        (BOXTEL, None, "overdracht-gemeente"),
    ]
    assert (await intake.gebeurtenissen(k)).count("regisseur-gewijzigd") == 1


async def test_twintig_overdrachten_tegelijk_geven_een_regisseur(intake: Intake) -> None:
    k = await intake.meld_aan(BOXTEL)

    async def draag_over(nummer: int) -> httpx2.Response:
        body = overdracht(intake, wie(BOXTEL), wie(BOXTEL, f"KM-{nummer}"))
        klant = intake.klant(BOXTEL)
        return await klant.post(f"/kandidaten/{k}/regieoverdrachten", json=body)

    antwoorden = await asyncio.gather(*(draag_over(n) for n in range(20)))
    assert sorted(a.status_code for a in antwoorden) == [201] + [409] * 19
    assert len(await geschiedenis(intake, k)) == 2


async def test_de_database_zelf_laat_geen_tweede_regisseur_toe(intake: Intake) -> None:
    k = await intake.meld_aan(BOXTEL)
    async with intake.database.unit_of_work(BOXTEL) as uow:
        with pytest.raises(asyncpg.UniqueViolationError):
            await uow.connection.execute(
                "INSERT INTO regisseur (id, kandidaat_id, gemeentecode, organisatie, vanaf, reden,"
                " vastgelegd_op) SELECT gen_random_uuid(), id, gemeentecode, 'wsd', aangemeld_op,"
                " 'toewijzing', now() FROM kandidaat WHERE id = $1::text::uuid",
                k,
            )
