"""Het diagnosedossier, van doorverwijzing tot advies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.diagnose.beslistabellen import beslistabellen
from services.diagnose.domain.advies import Advies, Dienst, Programma, Richting
from services.diagnose.domain.dossier import Dossier, Dossierstatus
from services.diagnose.domain.feiten import Feit, Feitsoort
from services.diagnose.domain.fouten import (
    AdviesZonderGrondslag,
    AfwijkingNietGemotiveerd,
    DatumPastNiet,
    DiagnoseAlGestart,
    DiagnoseNietGestart,
    FeitenOntbreken,
    GrondslagOnbekend,
    GrondslagVerouderd,
    LoonwaardeAlVastgesteld,
    OngeldigAdvies,
    ZrmAlAfgenomen,
)
from services.diagnose.domain.loonwaarde import Loonwaardemeting
from services.diagnose.domain.zrm import DOMEINEN, HulpAanwezig, ZrmMeting, ZrmScore, ZrmVersie
from tests.diagnose.rapporten import RAPPORT, hoofdtaak

DAG = date(2026, 9, 1)
ZRM_ID, LOONWAARDE_ID = UUID(int=10), UUID(int=20)


def zrm(op: date = DAG, meting_id: UUID = ZRM_ID) -> ZrmMeting:
    scores = tuple(ZrmScore(domein, 3, HulpAanwezig.NEE) for domein in DOMEINEN[ZrmVersie.V2017])
    return ZrmMeting(meting_id, op, op, "consulent-12", scores)


def loonwaarde(
    percentage: int = 40, op: date = DAG, ingang: date | None = None
) -> Loonwaardemeting:
    taak = hoofdtaak("100", str(percentage), "100", "100")
    return replace(
        RAPPORT,
        meting_id=LOONWAARDE_ID,
        bedrijfsbezoek_op=op,
        rapportage_op=op,
        vastgesteld_op=op,
        ingangsdatum=ingang or op,
        hoofdtaken=(taak,),
    )


def geopend() -> Dossier:
    return Dossier.open(
        dossier_id=UUID(int=1), kandidaat_id=UUID(int=2), gemeentecode="0757", doorverwezen_op=DAG
    )


def gestart() -> Dossier:
    dossier = geopend()
    dossier.start_diagnose(DAG)
    return dossier


def adviseer(
    dossier: Dossier,
    op: date = DAG,
    programma: Programma = Programma.ONTWIKKEL,
    diensten: tuple[Dienst, ...] = (Dienst.WERKEN_MET_LKS,),
    zrm_id: UUID | None = None,
    loonwaarde_id: UUID | None = LOONWAARDE_ID,
    geldig_tot: date | None = None,
) -> Advies:
    """By the default table, on the loonwaarde and that ordinary work is possible."""
    feiten = [Feit.opgegeven(Feitsoort.AANGEPASTE_OMSTANDIGHEDEN, False, op, "gesprek")]
    if gemeten := dossier.loonwaardefeit(op):
        feiten.append(gemeten)
    return dossier.geef_advies(
        beslistabellen().tabellen["standaard-1"],
        tuple(feiten),
        advies_id=UUID(int=30),
        gegeven_op=op,
        programma=programma,
        diensten=diensten,
        motivering="Kan met begeleiding werken.",
        vandaag=date(2027, 6, 1),
        zrm_meting_id=zrm_id,
        loonwaarde_meting_id=loonwaarde_id,
        geldig_tot=geldig_tot,
    )


def test_de_diagnose_van_doorverwijzing_tot_advies() -> None:
    dossier = geopend()
    weg = [dossier.status]
    dossier.start_diagnose(date(2026, 9, 3))
    weg.append(dossier.status)
    assert dossier.neem_zrm_af(zrm(date(2026, 9, 5))) == 1
    assert dossier.loonwaarde is None
    assert dossier.stel_loonwaarde_vast(loonwaarde(40, date(2026, 9, 10))) == 40
    assert dossier.loonwaarde == 40
    advies = adviseer(dossier, date(2026, 9, 10), zrm_id=ZRM_ID)
    weg.append(dossier.status)
    assert weg == list(Dossierstatus)
    assert advies.voorstel.richting is Richting.LOONKOSTENSUBSIDIE
    assert not advies.wijkt_af


def test_meten_en_adviseren_kan_pas_na_de_start() -> None:
    dossier = geopend()
    with pytest.raises(DiagnoseNietGestart):
        dossier.neem_zrm_af(zrm())
    with pytest.raises(DiagnoseNietGestart):
        dossier.stel_loonwaarde_vast(loonwaarde())
    with pytest.raises(DiagnoseNietGestart):
        adviseer(dossier)


def test_de_diagnose_start_een_keer_en_niet_voor_de_doorverwijzing() -> None:
    with pytest.raises(DatumPastNiet):
        geopend().start_diagnose(DAG - timedelta(days=1))
    with pytest.raises(DiagnoseAlGestart):
        gestart().start_diagnose(DAG)


def test_per_dag_is_er_een_zrm_meting() -> None:
    dossier = gestart()
    dossier.neem_zrm_af(zrm())
    with pytest.raises(ZrmAlAfgenomen):
        dossier.neem_zrm_af(zrm(meting_id=UUID(int=11)))
    assert dossier.neem_zrm_af(zrm(DAG + timedelta(days=90), UUID(int=12))) == 2
    with pytest.raises(DatumPastNiet):
        dossier.neem_zrm_af(zrm(DAG + timedelta(days=1), UUID(int=13)))


def test_een_meting_van_voor_de_start_hoort_niet_in_het_dossier() -> None:
    eerder = DAG - timedelta(days=1)
    with pytest.raises(DatumPastNiet):
        gestart().neem_zrm_af(zrm(eerder))
    with pytest.raises(DatumPastNiet):
        gestart().stel_loonwaarde_vast(loonwaarde(op=eerder))


def test_elke_loonwaarde_gaat_later_in_dan_de_vorige() -> None:
    dossier = gestart()
    dossier.stel_loonwaarde_vast(loonwaarde(40))
    with pytest.raises(LoonwaardeAlVastgesteld):
        dossier.stel_loonwaarde_vast(loonwaarde(50))
    dossier.stel_loonwaarde_vast(loonwaarde(50, DAG + timedelta(days=180)))
    assert dossier.loonwaarde == 50


def test_een_advies_rust_op_een_meting_uit_dit_dossier() -> None:
    dossier = gestart()
    dossier.neem_zrm_af(zrm())
    with pytest.raises(AdviesZonderGrondslag):
        adviseer(dossier, loonwaarde_id=None)
    with pytest.raises(GrondslagOnbekend):
        adviseer(dossier, loonwaarde_id=UUID(int=99))
    with pytest.raises(GrondslagOnbekend):
        adviseer(dossier, zrm_id=UUID(int=99), loonwaarde_id=None)
    with pytest.raises(FeitenOntbreken) as fout:
        adviseer(dossier, zrm_id=ZRM_ID, loonwaarde_id=None)
    ontbreekt = ["feiten.loonwaarde", "feiten.ontwikkelvermogen"]
    assert [punt.pad for punt in fout.value.punten] == ontbreekt
    dossier.stel_loonwaarde_vast(loonwaarde(40))
    advies = adviseer(dossier, zrm_id=ZRM_ID, loonwaarde_id=None)
    assert {feit.soort for feit in advies.feiten} == {
        Feitsoort.LOONWAARDE,
        Feitsoort.AANGEPASTE_OMSTANDIGHEDEN,
    }


def test_een_advies_rust_op_de_laatste_metingen() -> None:
    dossier = gestart()
    later = DAG + timedelta(days=30)
    dossier.neem_zrm_af(zrm())
    dossier.neem_zrm_af(zrm(later, UUID(int=11)))
    dossier.stel_loonwaarde_vast(loonwaarde(40))
    dossier.stel_loonwaarde_vast(replace(loonwaarde(50, later), meting_id=UUID(int=21)))
    with pytest.raises(GrondslagVerouderd):
        adviseer(dossier, later, zrm_id=ZRM_ID, loonwaarde_id=None)
    with pytest.raises(GrondslagVerouderd):
        adviseer(dossier, later, loonwaarde_id=LOONWAARDE_ID)
    adviseer(dossier, later, zrm_id=UUID(int=11), loonwaarde_id=UUID(int=21))


def test_een_zrm_van_langer_dan_drie_maanden_geleden_draagt_geen_advies() -> None:
    dossier = gestart()
    dossier.neem_zrm_af(zrm())
    dossier.stel_loonwaarde_vast(loonwaarde(40))
    drie_maanden = date(2026, 12, 1)
    assert adviseer(dossier, drie_maanden, zrm_id=ZRM_ID).geldig_tot == drie_maanden
    with pytest.raises(GrondslagVerouderd):
        adviseer(dossier, drie_maanden + timedelta(days=1), zrm_id=ZRM_ID)


def test_een_advies_geldt_niet_langer_dan_waar_het_op_rust() -> None:
    dossier = gestart()
    dossier.neem_zrm_af(zrm())
    dossier.stel_loonwaarde_vast(loonwaarde(40))
    assert adviseer(dossier).geldig_tot == date(2027, 3, 1)
    assert adviseer(dossier, zrm_id=ZRM_ID).geldig_tot == date(2026, 12, 1)
    assert adviseer(dossier, geldig_tot=date(2026, 10, 1)).geldig_tot == date(2026, 10, 1)
    for buiten in (DAG - timedelta(days=1), date(2027, 3, 2)):
        with pytest.raises(OngeldigAdvies) as fout:
            adviseer(dossier, geldig_tot=buiten)
        assert [punt.pad for punt in fout.value.punten] == ["geldigTot"]


def test_een_advies_komt_niet_voor_de_meting_waarop_het_rust() -> None:
    dossier = gestart()
    dossier.stel_loonwaarde_vast(loonwaarde(op=DAG + timedelta(days=5)))
    with pytest.raises(DatumPastNiet):
        adviseer(dossier, DAG + timedelta(days=4))


def test_een_advies_van_morgen_bestaat_niet() -> None:
    dossier = gestart()
    dossier.stel_loonwaarde_vast(loonwaarde(40))
    adviseer(dossier, date(2027, 6, 1))
    with pytest.raises(DatumPastNiet):
        adviseer(dossier, date(2027, 6, 2))


def test_een_advies_tegen_het_voorstel_in_vraagt_een_motivering_en_verandert_niets() -> None:
    dossier = gestart()
    dossier.stel_loonwaarde_vast(loonwaarde(85))
    voor = replace(dossier)
    with pytest.raises(AfwijkingNietGemotiveerd):
        adviseer(dossier)
    assert dossier == voor


def test_een_nieuw_advies_volgt_op_het_oude() -> None:
    dossier = gestart()
    dossier.stel_loonwaarde_vast(loonwaarde(40))
    eerste = adviseer(dossier)
    adviseer(dossier, DAG + timedelta(days=30), Programma.UITSTROOM)
    assert dossier.adviezen[0] is eerste
    assert len(dossier.adviezen) == 2
    with pytest.raises(DatumPastNiet):
        adviseer(dossier, DAG + timedelta(days=29))


def test_na_het_advies_gaat_het_meten_door() -> None:
    dossier = gestart()
    dossier.stel_loonwaarde_vast(loonwaarde(40))
    adviseer(dossier)
    assert dossier.neem_zrm_af(zrm(DAG + timedelta(days=90))) == 1
