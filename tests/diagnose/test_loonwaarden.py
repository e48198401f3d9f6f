"""Loonwaardemetingen by the API: the report, what follows from it, and who may read it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

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
