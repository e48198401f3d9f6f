"""Besluiten door de API: genomen, bekendgemaakt, ingetrokken, ingekocht; en wat geweigerd wordt."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from chassis.tenancy import SYSTEM
from services.intake import gemeenten as gemeentenmodule
from services.intake.domain.kandidaat import OntvangenAdvies, Programma
from services.intake.gemeenten import gemeenten
from services.intake.use_cases.ontvang_advies import ontvang_advies
from tests.intake.gebruikers import Intake

BOXTEL, VUGHT, MEIERIJSTAD, TILBURG, WSD = "0757", "0865", "1948", "0855", "wsd"
TRAJECT: dict[str, Any] = {
    "programma": "ontwikkelprogramma",
    "diensten": ["jobcoaching"],
    "metWsd": True,
}
GEHEIM = "Zwagerlijk geheim van de kandidaat"


def besluit(intake: Intake, grond: str = "pw-art-7-lid-1-a", **anders: Any) -> dict[str, Any]:
    dag = intake.vandaag.isoformat()
    return {
        "genomenOp": dag,
        "motivering": GEHEIM,
        "rechtsgrond": grond,
        "ingangsdatum": dag,
        **anders,
    }


async def geadviseerd(intake: Intake, gemeente: str) -> str:
    """A kandidaat who was referred to WSD and whom WSD advised on."""
    k = await intake.meld_aan(gemeente)
    poort = besluit(intake, uitkomst="aanmelden-bij-wsd")
    await intake.stuur(f"/kandidaten/{k}/poortbesluiten", poort, organisatie=gemeente)
    op = {"doorverwezenOp": intake.vandaag.isoformat()}
    await intake.stuur(f"/kandidaten/{k}/doorverwijzingen", op, organisatie=gemeente)
    advies = OntvangenAdvies(uuid4(), intake.vandaag, Programma.ONTWIKKEL, ("jobcoaching",))
    async with intake.database.unit_of_work(gemeente) as uow:
        await ontvang_advies(uow, UUID(k), advies)
        await uow.commit()
    return k


async def trajectbesluit(intake: Intake, k: str, gemeente: str, **anders: Any) -> dict[str, Any]:
    antwoord: dict[str, Any] = await intake.stuur(
        f"/kandidaten/{k}/trajectbesluiten",
        besluit(intake, **{**TRAJECT, **anders}),
        organisatie=gemeente,
    )
    return antwoord


def vrijstelling(intake: Intake, grond: str = "pw-art-9-lid-2", **anders: Any) -> dict[str, Any]:
    einde = (intake.vandaag + timedelta(days=90)).isoformat()
    velden: dict[str, Any] = {"vrijgesteldVan": ["arbeid"], "einddatum": einde, **anders}
    return besluit(intake, grond, **velden)


def beschut_werk(intake: Intake, **anders: Any) -> dict[str, Any]:
    velden: dict[str, Any] = {
        "rechtsgrond": "pw-art-10b",
        "uwvAdviesOp": intake.vandaag.isoformat(),
        "uwvAdviesPositief": True,
        "toegekend": True,
        **anders,
    }
    return {**besluit(intake), **velden}


# -- taken ------------------------------------------------------------------------------------


async def test_de_vijf_soorten_besluit_worden_genomen_gezegd_en_teruggelezen(
    intake: Intake,
) -> None:
    k = await geadviseerd(intake, BOXTEL)
    await trajectbesluit(intake, k, BOXTEL)
    verleend = await intake.stuur(
        f"/kandidaten/{k}/vrijstellingen", vrijstelling(intake), organisatie=BOXTEL
    )
    assert verleend["rol"] == "klantmanager"
    zorg = besluit(intake, "wmo-art-2.3.5")
    await intake.stuur(f"/kandidaten/{k}/zorgtrajecten", zorg, organisatie=BOXTEL)
    await intake.stuur(
        f"/kandidaten/{k}/beschut-werkbesluiten", beschut_werk(intake), organisatie=BOXTEL
    )
    alle = await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=BOXTEL)
    eerder = alle.pop("eerder")
    assert [len(alle[soort]) for soort in alle] == [1, 1, 1, 1, 1]
    assert all(b["telt"] and b["college"] == BOXTEL for bs in alle.values() for b in bs)
    assert not any(eerder.values())
    assert GEHEIM not in str(alle)
    namen = await intake.gebeurtenissen(k)
    assert namen[-4:] == [
        "trajectbesluit-genomen",
        "vrijstelling-verleend",
        "zorgtraject-besloten",
        "beschut-werkbesluit-genomen",
    ]


async def test_beschut_werk_wordt_alleen_toegekend_na_een_positief_advies_van_het_uwv(
    intake: Intake,
) -> None:
    k = await intake.meld_aan(BOXTEL)
    pad = f"/kandidaten/{k}/beschut-werkbesluiten"
    morgen = (intake.vandaag + timedelta(days=1)).isoformat()
    for anders, code, status in (
        ({"uwvAdviesPositief": False}, "beschut-werk-zonder-advies", 409),
        ({"uwvAdviesOp": morgen}, "datum-past-niet", 400),
        ({"rechtsgrond": "pw-art-10-lid-1"}, "rechtsgrond-past-niet", 400),
    ):
        body = beschut_werk(intake, **anders)
        fout = await intake.stuur(pad, body, organisatie=BOXTEL, status=status)
        assert fout["code"] == code
    afgewezen = beschut_werk(intake, uwvAdviesPositief=False, toegekend=False)
    genomen = await intake.stuur(pad, afgewezen, organisatie=BOXTEL)
    assert genomen["toegekend"] is False


async def test_een_besluit_beschut_werk_wordt_vervangen_en_niet_ingetrokken(
    intake: Intake,
) -> None:
    k = await intake.meld_aan(BOXTEL)
    pad = f"/kandidaten/{k}/beschut-werkbesluiten"
    eerste = await intake.stuur(pad, beschut_werk(intake), organisatie=BOXTEL)
    intrekking = {
        "genomenOp": intake.vandaag.isoformat(),
        "motivering": GEHEIM,
        "ingangsdatum": intake.vandaag.isoformat(),
    }
    fout = await intake.stuur(
        f"/kandidaten/{k}/besluiten/{eerste['besluitId']}/intrekkingen",
        intrekking,
        organisatie=BOXTEL,
        status=409,
    )
    assert fout["code"] == "besluit-niet-in-te-trekken"
    intake.klok.move_by(timedelta(minutes=1))
    await intake.stuur(pad, beschut_werk(intake, toegekend=False), organisatie=BOXTEL)
    alle = await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=BOXTEL)
    assert [(b["toegekend"], b["telt"]) for b in alle["beschutWerkbesluiten"]] == [
        (True, False),
        (False, True),
    ]


async def test_een_trajectbesluit_zegt_op_welk_advies_en_of_het_wordt_gevolgd(
    intake: Intake,
) -> None:
    k = await geadviseerd(intake, BOXTEL)
    await trajectbesluit(intake, k, BOXTEL)
    await trajectbesluit(intake, k, BOXTEL, metWsd=False)
    async with intake.database.unit_of_work(SYSTEM) as uow:
        rijen = await uow.connection.fetch(
            "SELECT data FROM outbox WHERE aggregate_id = $1 AND type LIKE '%.trajectbesluit-%'"
            " ORDER BY id",
            UUID(k),
        )
    gevolgd, afgeweken = (json.loads(rij["data"]) for rij in rijen)
    advies = (await intake.haal(f"/kandidaten/{k}", organisatie=BOXTEL))["advies"]["adviesId"]
    assert (gevolgd["adviesId"], gevolgd["adviesGevolgd"]) == (advies, True)
    assert (afgeweken["adviesId"], afgeweken["adviesGevolgd"]) == (advies, False)


async def test_een_rechtsgrond_is_een_code_en_past_bij_het_besluit(intake: Intake) -> None:
    k = await intake.meld_aan(BOXTEL)
    pad = f"/kandidaten/{k}/poortbesluiten"
    for grond, code in (
        ("art. 7 van de wet", "ongeldige-invoer"),
        ("pw-art-9a", "rechtsgrond-past-niet"),
    ):
        body = besluit(intake, grond, uitkomst="regulier-werk")
        fout = await intake.stuur(pad, body, organisatie=BOXTEL, status=400)
        assert fout["code"] == code


@pytest.mark.parametrize(
    ("veld", "dagen"), [("ingangsdatum", 366), ("genomenOp", 1), ("bekendgemaaktOp", 1)]
)
async def test_een_besluit_gaat_hoogstens_een_jaar_later_in_en_een_feit_ligt_niet_in_de_toekomst(
    intake: Intake, veld: str, dagen: int
) -> None:
    k = await intake.meld_aan(BOXTEL)
    dag = (intake.vandaag + timedelta(days=dagen)).isoformat()
    body = besluit(intake, uitkomst="regulier-werk", **{veld: dag})
    pad = f"/kandidaten/{k}/poortbesluiten"
    fout = await intake.stuur(pad, body, organisatie=BOXTEL, status=400)
    assert fout["code"] == "datum-past-niet"
    if veld == "ingangsdatum":
        net = {**body, veld: (intake.vandaag + timedelta(days=365)).isoformat()}
        await intake.stuur(pad, net, organisatie=BOXTEL)


async def test_een_besluit_zonder_motivering_wordt_geweigerd_en_er_verandert_niets(
    intake: Intake,
) -> None:
    k = await intake.meld_aan(BOXTEL)
    voor = await intake.gebeurtenissen(k)
    body = besluit(intake, uitkomst="regulier-werk", motivering="  ")
    fout = await intake.stuur(
        f"/kandidaten/{k}/poortbesluiten", body, organisatie=BOXTEL, status=400
    )
    assert (fout["code"], fout["artikel"]) == ("motivering-ontbreekt", "art. 3:46 en 3:47 Awb")
    assert await intake.gebeurtenissen(k) == voor
    alle = await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=BOXTEL)
    assert alle["poortbesluiten"] == []


async def test_buiten_het_mandaat_wordt_niet_besloten(intake: Intake) -> None:
    for gemeente, status in ((BOXTEL, 403), (MEIERIJSTAD, 201), (VUGHT, 403)):
        k = await geadviseerd(intake, gemeente)
        antwoord = await intake.stuur(
            f"/kandidaten/{k}/trajectbesluiten",
            besluit(intake, **TRAJECT),
            organisatie=WSD,
            rol="trajectconsulent",
            status=status,
        )
        if status == 403:
            assert antwoord["artikel"] == "art. 7 lid 4 Participatiewet"
        else:
            assert (antwoord["genomenDoor"], antwoord["college"]) == (WSD, MEIERIJSTAD)


async def test_een_gemeente_zonder_wsd_meldt_niet_aan_bij_wsd_en_besluit_zelf_over_het_traject(
    intake: Intake,
) -> None:
    k = await intake.meld_aan(TILBURG)
    pad = f"/kandidaten/{k}/poortbesluiten"
    naar_wsd = besluit(intake, uitkomst="aanmelden-bij-wsd")
    fout = await intake.stuur(pad, naar_wsd, organisatie=TILBURG, status=409)
    assert (fout["code"], bool(fout["artikel"])) == ("zonder-wsd", True)
    traject = f"/kandidaten/{k}/trajectbesluiten"
    zelf = besluit(intake, **{**TRAJECT, "metWsd": False})
    fout = await intake.stuur(traject, zelf, organisatie=TILBURG, status=409)
    assert fout["code"] == "geen-poortbesluit"
    poort = besluit(intake, uitkomst="regulier-werk")
    await intake.stuur(pad, poort, organisatie=TILBURG)
    met = besluit(intake, **TRAJECT)
    fout = await intake.stuur(traject, met, organisatie=TILBURG, status=409)
    assert fout["code"] == "zonder-wsd"
    genomen = await intake.stuur(traject, zelf, organisatie=TILBURG)
    assert (genomen["adviesId"], genomen["wijktAfVanAdvies"]) == (None, False)


# -- sent, withdrawn --------------------------------------------------------------------------


async def test_een_besluit_wordt_later_een_keer_bekendgemaakt_en_dan_loopt_de_bezwaartermijn(
    intake: Intake,
) -> None:
    k = await geadviseerd(intake, MEIERIJSTAD)
    genomen = await trajectbesluit(intake, k, MEIERIJSTAD)
    assert genomen["bezwaarTotEnMet"] is None
    pad = f"/kandidaten/{k}/besluiten/{genomen['besluitId']}/bekendmakingen"
    morgen = {"bekendgemaaktOp": (intake.vandaag + timedelta(days=1)).isoformat()}
    await intake.stuur(pad, morgen, organisatie=MEIERIJSTAD, status=400)
    vandaag = {"bekendgemaaktOp": intake.vandaag.isoformat()}
    bekend = await intake.stuur(pad, vandaag, organisatie=WSD, rol="trajectconsulent")
    # 42 days on is Friday 1 January, a holiday; then the weekend.
    assert bekend["bezwaarTotEnMet"] == "2027-01-04"
    fout = await intake.stuur(pad, vandaag, organisatie=MEIERIJSTAD, status=409)
    assert fout["code"] == "besluit-al-bekendgemaakt"
    alle = await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=MEIERIJSTAD)
    assert alle["trajectbesluiten"][0]["bezwaarTotEnMet"] == "2027-01-04"
    poort = alle["poortbesluiten"][0]["besluitId"]
    anders = f"/kandidaten/{k}/besluiten/{poort}/bekendmakingen"
    await intake.stuur(anders, vandaag, organisatie=WSD, rol="trajectconsulent", status=403)


async def trek_in(
    intake: Intake, k: str, besluit_id: str, gemeente: str = BOXTEL, *, status: int = 201
) -> dict[str, Any]:
    dag = intake.vandaag.isoformat()
    antwoord: dict[str, Any] = await intake.stuur(
        f"/kandidaten/{k}/besluiten/{besluit_id}/intrekkingen",
        {"genomenOp": dag, "motivering": GEHEIM, "ingangsdatum": dag},
        organisatie=gemeente,
        status=status,
    )
    return antwoord


async def test_na_een_intrekking_telt_het_vorige_besluit_weer_en_blijft_alles_bewaard(
    intake: Intake,
) -> None:
    k = await geadviseerd(intake, BOXTEL)
    eerste = await trajectbesluit(intake, k, BOXTEL)
    intake.klok.move_by(timedelta(minutes=1))
    tweede = await trajectbesluit(intake, k, BOXTEL)

    async def tellend() -> list[bool]:
        alle = await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=BOXTEL)
        return [b["telt"] for b in alle["trajectbesluiten"]]

    async def status() -> str:
        return str((await intake.haal(f"/kandidaten/{k}", organisatie=BOXTEL))["status"])

    assert await tellend() == [False, True]
    await trek_in(intake, k, tweede["besluitId"])
    assert await tellend() == [True, False]
    fout = await trek_in(intake, k, tweede["besluitId"], status=409)
    assert fout["code"] == "besluit-al-ingetrokken"
    assert await status() == "trajectbesluit-genomen"
    await trek_in(intake, k, eerste["besluitId"])
    assert await tellend() == [False, False]
    assert await status() == "doorverwezen"
    assert (await intake.gebeurtenissen(k)).count("besluit-ingetrokken") == 2


async def test_het_poortbesluit_waar_de_doorverwijzing_op_rust_wordt_niet_ingetrokken(
    intake: Intake,
) -> None:
    k = await intake.meld_aan(BOXTEL)
    pad = f"/kandidaten/{k}/poortbesluiten"
    naar_wsd = besluit(intake, uitkomst="aanmelden-bij-wsd")
    los = await intake.stuur(pad, naar_wsd, organisatie=BOXTEL)
    await trek_in(intake, k, los["besluitId"])
    op = {"doorverwezenOp": intake.vandaag.isoformat()}
    door = f"/kandidaten/{k}/doorverwijzingen"
    fout = await intake.stuur(door, op, organisatie=BOXTEL, status=409)
    assert fout["code"] == "geen-poortbesluit"
    vast = await intake.stuur(pad, naar_wsd, organisatie=BOXTEL)
    await intake.stuur(door, op, organisatie=BOXTEL)
    fout = await trek_in(intake, k, vast["besluitId"], status=409)
    assert fout["code"] == "besluit-draagt-doorverwijzing"
    assert "trajectbesluit" in fout["detail"]


async def test_de_database_laat_een_besluit_niet_wijzigen(intake: Intake) -> None:
    k = await intake.meld_aan(BOXTEL)
    poort = besluit(intake, uitkomst="regulier-werk")
    await intake.stuur(f"/kandidaten/{k}/poortbesluiten", poort, organisatie=BOXTEL)
    for kolom in ("uitkomst = 'vrijstellen'", "ingangsdatum = '2020-01-01'", "rol = 'x'"):
        async with intake.database.unit_of_work(BOXTEL) as uow:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await uow.connection.execute(f"UPDATE besluit SET {kolom}")  # noqa: S608


# -- ordered ----------------------------------------------------------------------------------


async def test_in_vught_koopt_de_gemeente_het_traject_een_keer_in(intake: Intake) -> None:
    k = await geadviseerd(intake, VUGHT)
    genomen = await trajectbesluit(intake, k, VUGHT)
    assert genomen["inkooporderNodig"]
    pad = f"/kandidaten/{k}/trajectbesluiten/{genomen['besluitId']}/inkooporders"
    order = {"nummer": "VGT-2026/0042", "geplaatstOp": intake.vandaag.isoformat()}
    await intake.stuur(pad, order, organisatie=WSD, status=403)
    geplaatst = await intake.stuur(pad, order, organisatie=VUGHT)
    assert "nummer" not in geplaatst
    fout = await intake.stuur(pad, order, organisatie=VUGHT, status=409)
    assert fout["code"] == "inkooporder-al-geplaatst"
    assert (await intake.gebeurtenissen(k))[-1] == "inkooporder-geplaatst"
    alle = await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=VUGHT)
    traject = alle["trajectbesluiten"][0]
    assert traject["inkooporderGeplaatstOp"] == order["geplaatstOp"]


async def test_een_ander_model_of_een_ander_besluit_heeft_geen_inkooporder(intake: Intake) -> None:
    k = await geadviseerd(intake, BOXTEL)
    genomen = await trajectbesluit(intake, k, BOXTEL)
    order = {"nummer": "1", "geplaatstOp": intake.vandaag.isoformat()}
    pad = f"/kandidaten/{k}/trajectbesluiten/{genomen['besluitId']}/inkooporders"
    fout = await intake.stuur(pad, order, organisatie=BOXTEL, status=409)
    assert fout["code"] == "geen-inkooporder-nodig"
    alle = await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=BOXTEL)
    poort = alle["poortbesluiten"][0]["besluitId"]
    pad = f"/kandidaten/{k}/trajectbesluiten/{poort}/inkooporders"
    await intake.stuur(pad, order, organisatie=BOXTEL, status=404)


@pytest.fixture
def boxtel_gaat_over(tmp_path: Path) -> Iterator[date]:
    """From a day on Boxtel works by the cafetariamodel, in a copy of all gemeenten."""
    vanaf = date(2026, 12, 1)
    kopie = tmp_path / "processen"
    shutil.copytree(gemeentenmodule.EIGEN_MAP, kopie)
    with (kopie / "boxtel" / "gemeente.toml").open("a") as bestand:
        bestand.write(
            f'\n[[samenwerking]]\nvanaf = {vanaf}\nmodel = "cafetariamodel"\nbron = "proef"\n'
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gemeentenmodule, "EIGEN_MAP", kopie)
        gemeenten.cache_clear()
        yield vanaf
    gemeenten.cache_clear()


async def test_een_nieuw_model_geldt_vanaf_zijn_dag_en_laat_lopende_trajecten_zoals_ze_zijn(
    intake: Intake, boxtel_gaat_over: date
) -> None:
    k = await geadviseerd(intake, BOXTEL)
    ervoor = await trajectbesluit(intake, k, BOXTEL)
    await intake.naar(boxtel_gaat_over)
    order = {"nummer": "1", "geplaatstOp": intake.vandaag.isoformat()}
    pad = f"/kandidaten/{k}/trajectbesluiten/{ervoor['besluitId']}/inkooporders"
    fout = await intake.stuur(pad, order, organisatie=BOXTEL, status=409)
    assert fout["code"] == "geen-inkooporder-nodig"
    erna = await trajectbesluit(intake, k, BOXTEL)
    assert (ervoor["inkooporderNodig"], erna["inkooporderNodig"]) == (False, True)


# -- who they are of, and what stands nowhere -------------------------------------------------


async def test_een_overgedragen_kandidaat_houdt_de_besluiten_van_het_vorige_college(
    intake: Intake,
) -> None:
    k = await geadviseerd(intake, VUGHT)
    genomen = await trajectbesluit(intake, k, VUGHT)
    order = {"nummer": "1", "geplaatstOp": intake.vandaag.isoformat()}
    pad = f"/kandidaten/{k}/trajectbesluiten/{genomen['besluitId']}/inkooporders"
    await intake.stuur(pad, order, organisatie=VUGHT)
    verleend = await intake.stuur(
        f"/kandidaten/{k}/vrijstellingen", vrijstelling(intake), organisatie=VUGHT
    )
    await trek_in(intake, k, verleend["besluitId"], VUGHT)
    await intake.stuur(
        f"/kandidaten/{k}/overdrachten",
        {
            "naarGemeente": BOXTEL,
            "ingangsdatum": intake.vandaag.isoformat(),
            "reden": "verhuizing",
        },
        organisatie=VUGHT,
    )
    await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=VUGHT, status=404)
    alle = await intake.haal(f"/kandidaten/{k}/besluiten", organisatie=BOXTEL)
    assert alle["trajectbesluiten"][0]["college"] == VUGHT
    assert alle["trajectbesluiten"][0]["inkooporderGeplaatstOp"]
    assert alle["vrijstellingen"][0]["ingetrokkenPer"]


async def test_motivering_ordernummer_en_medewerker_staan_nergens_leesbaar(
    intake: Intake, intake_beheer_url: str
) -> None:
    k = await geadviseerd(intake, VUGHT)
    genomen = await trajectbesluit(intake, k, VUGHT)
    order = {"nummer": "GEHEIMORDER-7", "geplaatstOp": intake.vandaag.isoformat()}
    pad = f"/kandidaten/{k}/trajectbesluiten/{genomen['besluitId']}/inkooporders"
    await intake.stuur(pad, order, organisatie=VUGHT)
    await trek_in(intake, k, genomen["besluitId"], VUGHT)
    await intake.stuur(
        f"/kandidaten/{k}/regieoverdrachten",
        {
            "van": {"organisatie": VUGHT},
            "naar": {"organisatie": VUGHT, "medewerker": "GEHEIMEMEDEWERKER-7"},
            "vanaf": intake.vandaag.isoformat(),
            "reden": "toewijzing",
        },
        organisatie=VUGHT,
    )
    connection = await asyncpg.connect(intake_beheer_url)
    try:
        tabellen = await connection.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'intake'"
        )
        assert {"intrekking", "inkooporder", "regisseur"} <= {t for (t,) in tabellen}
        for (tabel,) in tabellen:
            for rij in await connection.fetch(f'SELECT * FROM intake."{tabel}"'):  # noqa: S608
                tekst = " ".join(
                    w.decode("latin-1") if isinstance(w, bytes) else str(w) for w in rij.values()
                )
                assert GEHEIM not in tekst, tabel
                assert "GEHEIMORDER" not in tekst, tabel
                assert "GEHEIMEMEDEWERKER" not in tekst, tabel
    finally:
        await connection.close()
