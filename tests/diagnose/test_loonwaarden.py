"""Loonwaardemetingen by the API: the report, what follows from it, and who may read it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import asyncpg

from deploy.klantreis.modelrapport import modelrapport
from tests.diagnose.gebruikers import BOXTEL, VUGHT, WSD, Diagnose, Dossiernummers

DESKUNDIGE = "loonwaardedeskundige"
KVK = "12345678"


def rapport(op: date, tempo: int = 40, **anders: Any) -> dict[str, Any]:
    return {**modelrapport(op, bezoek_op=op, tempo=tempo, kvk_nummer=KVK), **anders}


async def meet(diagnose: Diagnose, dossier: Dossiernummers, **anders: Any) -> str:
    """A report of today; the number of the meting."""
    antwoord = await diagnose.stuur(
        f"{dossier.pad}/loonwaardemetingen", rapport(diagnose.vandaag, **anders), rol=DESKUNDIGE
    )
    return str(antwoord["metingId"])


async def test_het_rapport_is_te_lezen_voor_de_gemeente_en_wsd_zoals_het_is_ingevuld(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    invoer = rapport(diagnose.vandaag, hermetingOp="2027-11-20")
    meting_id = await meet(diagnose, dossier, hermetingOp="2027-11-20")
    pad = f"{dossier.pad}/loonwaardemetingen/{meting_id}"
    for organisatie in (BOXTEL, WSD):
        gelezen = await diagnose.haal(pad, organisatie=organisatie)
        assert gelezen["methode"] == "uniform-2021"
        assert gelezen["loonwaarde"] == 40
        for veld in invoer.keys() - {"hoofdtaken", "secondOpinionVan"}:
            assert gelezen[veld] == invoer[veld], veld
        [taak], [ingevuld] = gelezen["hoofdtaken"], invoer["hoofdtaken"]
        assert ingevuld.items() <= taak.items()
    await diagnose.haal(pad, organisatie=VUGHT, status=404)


async def test_een_volgende_meting_noemt_wat_hiervoor_gold(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    await meet(diagnose, dossier, tempo=40)
    await diagnose.naar(diagnose.vandaag + timedelta(days=200))
    meting_id = await meet(diagnose, dossier, tempo=55)
    _, eerste, tweede = await diagnose.gezegd(dossier)
    assert "vorigeLoonwaarde" not in eerste.data
    assert tweede.naam == "loonwaarde-vastgesteld"
    assert tweede.data["metingId"] == meting_id
    assert tweede.data["ingangsdatum"] == diagnose.vandaag.isoformat()
    assert (tweede.data["loonwaarde"], tweede.data["vorigeLoonwaarde"]) == (55, 40)
    assert tweede.afnemers == {BOXTEL, WSD}
    assert (await diagnose.haal(dossier.pad))["loonwaarde"] == 55


async def test_een_meting_van_ander_werk_noemt_geen_vorige_loonwaarde(diagnose: Diagnose) -> None:
    """A loonwaarde holds for one function with one employer (domain-rules §2.3)."""
    dossier = await diagnose.gestart()
    await meet(diagnose, dossier, tempo=40)
    await diagnose.naar(diagnose.vandaag + timedelta(days=30))
    await meet(diagnose, dossier, tempo=55, functie="Inpakker")
    await diagnose.naar(diagnose.vandaag + timedelta(days=30))
    await meet(diagnose, dossier, tempo=60)
    vorige = [g.data.get("vorigeLoonwaarde") for g in (await diagnose.gezegd(dossier))[1:]]
    assert vorige == [None, None, 40]


async def test_een_afgesproken_hermeting_die_er_niet_komt_is_een_termijn_die_verstrijkt(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    meting_id = await meet(diagnose, dossier, hermetingOp="2027-05-03")
    [termijn] = await diagnose.termijnen(dossier)
    assert (termijn["soort"], termijn["laatsteDag"]) == ("loonwaarde-hermeting", "2027-05-03")
    assert termijn["kenmerk"] == meting_id
    await diagnose.naar(date(2027, 5, 3))
    assert len(await diagnose.gezegd(dossier)) == 2
    await diagnose.naar(date(2027, 5, 4))
    verstreken = (await diagnose.gezegd(dossier))[-1]
    assert verstreken.naam == "diagnosetermijn-verstreken"
    assert verstreken.data["soort"] == "loonwaarde-hermeting"


async def test_een_hermeting_haalt_de_termijn_en_ander_werk_laat_haar_vervallen(
    diagnose: Diagnose,
) -> None:
    for anders, status in (({}, "gehaald"), ({"functie": "Inpakker"}, "vervallen")):
        dossier = await diagnose.gestart()
        afgesproken = (diagnose.vandaag + timedelta(days=200)).isoformat()
        eerste = await meet(diagnose, dossier, hermetingOp=afgesproken)
        await diagnose.naar(diagnose.vandaag + timedelta(days=100))
        tweede = await meet(
            diagnose,
            dossier,
            hermetingOp=(diagnose.vandaag + timedelta(days=300)).isoformat(),
            **anders,
        )
        [klaar] = await diagnose.termijnen(dossier, status)
        assert klaar["kenmerk"] == eerste
        [open_] = await diagnose.termijnen(dossier)
        assert open_["kenmerk"] == tweede


async def test_werkgever_en_werknemer_reageren_elk_een_keer_op_het_rapport(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    meting_id = await meet(diagnose, dossier)
    pad = f"{dossier.pad}/loonwaardemetingen/{meting_id}"
    reactie = {"partij": "werkgever", "ontvangenOp": "2026-11-20", "akkoord": True}
    await diagnose.stuur(f"{pad}/reacties", reactie, rol=DESKUNDIGE)
    fout = await diagnose.stuur(f"{pad}/reacties", reactie, rol=DESKUNDIGE, status=409)
    assert fout["code"] == "reactie-al-gegeven"
    bezwaar = {"partij": "werknemer", "akkoord": False, "toelichting": "Het tempo klopt niet."}
    for op, code in (("2026-11-19", "datum-past-niet"), ("2026-11-21", "datum-in-toekomst")):
        fout = await diagnose.stuur(
            f"{pad}/reacties", {**bezwaar, "ontvangenOp": op}, rol=DESKUNDIGE, status=400
        )
        assert fout["code"] == code
    await diagnose.stuur(
        f"{pad}/reacties", {**bezwaar, "ontvangenOp": "2026-11-20"}, rol=DESKUNDIGE
    )
    gelezen = await diagnose.haal(pad, organisatie=BOXTEL)
    assert [(r["partij"], r["akkoord"]) for r in gelezen["reacties"]] == [
        ("werkgever", True),
        ("werknemer", False),
    ]


async def test_een_second_opinion_staat_bij_het_rapport_dat_zij_opnieuw_bekeek(
    diagnose: Diagnose,
) -> None:
    dossier = await diagnose.gestart()
    eerste = await meet(diagnose, dossier, tempo=40, hermetingOp="2027-11-20")
    pad = f"{dossier.pad}/loonwaardemetingen"
    await diagnose.naar(diagnose.vandaag + timedelta(days=14))
    tweede = rapport(diagnose.vandaag, 50, secondOpinionVan=eerste)
    fout = await diagnose.stuur(pad, tweede, rol=DESKUNDIGE, status=409)
    assert fout["code"] == "second-opinion-niet-gevraagd"
    await diagnose.stuur(
        f"{pad}/{eerste}/reacties",
        {
            "partij": "werknemer",
            "ontvangenOp": diagnose.vandaag.isoformat(),
            "akkoord": False,
            "toelichting": "Het tempo klopt niet.",
            "vraagtSecondOpinion": True,
        },
        rol=DESKUNDIGE,
    )
    fout = await diagnose.stuur(pad, tweede, rol=DESKUNDIGE, status=400)
    assert fout["fouten"][0]["code"] == "dezelfde-deskundige"
    ander = {**tweede["loonwaardedeskundige"], "naam": "Andere deskundige"}
    meting_id = (
        await diagnose.stuur(pad, {**tweede, "loonwaardedeskundige": ander}, rol=DESKUNDIGE)
    )["metingId"]
    assert (await diagnose.haal(f"{pad}/{eerste}"))["secondOpinionId"] == meting_id
    assert (await diagnose.haal(f"{pad}/{meting_id}"))["secondOpinionVan"] == eerste
    laatste = (await diagnose.gezegd(dossier))[-1]
    assert (laatste.data["loonwaarde"], laatste.data["vorigeLoonwaarde"]) == (50, 40)
    # What was agreed with the first still stands.
    assert [t["kenmerk"] for t in await diagnose.termijnen(dossier)] == [eerste]


async def test_een_second_opinion_gaat_over_een_meting_uit_dit_dossier(diagnose: Diagnose) -> None:
    dossier, ander = await diagnose.gestart(), await diagnose.gestart()
    elders = await meet(diagnose, ander)
    fout = await diagnose.stuur(
        f"{dossier.pad}/loonwaardemetingen",
        rapport(diagnose.vandaag, secondOpinionVan=elders),
        rol=DESKUNDIGE,
        status=400,
    )
    assert fout["code"] == "grondslag-onbekend"


async def test_een_eerdere_loonwaarde_is_te_lezen_en_er_rust_niets_op(diagnose: Diagnose) -> None:
    dossier = await diagnose.gestart()
    eerdere = {
        "methode": "Regeling loonkostensubsidie 2014",
        "versie": "2014",
        "loonwaarde": 65,
        "maatstaf": "functieloon",
        "vastgesteldOp": "2020-03-02",
        "ingangsdatum": "2020-03-02",
        "werkgever": "Voorbeeld Logistiek",
        "functie": "Orderpicker",
    }
    pad = f"{dossier.pad}/eerdere-loonwaarden"
    eerdere_id = (await diagnose.stuur(pad, eerdere, rol=DESKUNDIGE))["eerdereId"]
    for organisatie in (BOXTEL, WSD):
        gelezen = await diagnose.haal(f"{pad}/{eerdere_id}", organisatie=organisatie)
        assert gelezen == {"eerdereId": eerdere_id, **eerdere}
    await diagnose.haal(f"{pad}/{eerdere_id}", organisatie=VUGHT, status=404)
    assert (await diagnose.haal(dossier.pad))["loonwaarde"] is None
    assert [g.naam for g in await diagnose.gezegd(dossier)] == ["diagnose-gestart"]
    te_laat = {**eerdere, "vastgesteldOp": "2021-07-01"}
    fout = await diagnose.stuur(pad, te_laat, rol=DESKUNDIGE, status=400)
    assert fout["fouten"][0]["code"] == "methode-niet-meer-toegestaan"


async def test_wat_er_staat_is_in_de_database_verzegeld(
    diagnose: Diagnose, diagnose_beheer_url: str
) -> None:
    dossier = await diagnose.gestart()
    meting_id = await meet(diagnose, dossier)
    await diagnose.stuur(
        f"{dossier.pad}/loonwaardemetingen/{meting_id}/reacties",
        {
            "partij": "werkgever",
            "ontvangenOp": diagnose.vandaag.isoformat(),
            "akkoord": True,
            "toelichting": "Zwanenzang",
        },
        rol=DESKUNDIGE,
    )
    connection = await asyncpg.connect(diagnose_beheer_url)
    try:
        rijen = [
            *await connection.fetch("SELECT * FROM diagnose.loonwaardemeting"),
            *await connection.fetch("SELECT * FROM diagnose.loonwaardereactie"),
        ]
    finally:
        await connection.close()
    bewaard = repr([tuple(rij) for rij in rijen])
    assert meting_id in bewaard
    for tekst in ("Voorbeeld Logistiek", "Orderpicker", KVK, "Zwanenzang", "Assembleren"):
        assert tekst not in bewaard
