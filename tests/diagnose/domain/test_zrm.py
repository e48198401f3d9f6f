"""De Zelfredzaamheid-Matrix van 2017 en die van 2013."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from services.diagnose.domain.fouten import OngeldigeZrm
from services.diagnose.domain.zrm import (
    DOMEINEN,
    NIVEAUS,
    HulpAanwezig,
    ZrmDomein,
    ZrmMeting,
    ZrmScore,
    ZrmVersie,
)

DAG = date(2026, 9, 10)


def scores(niveau: int = 3, versie: ZrmVersie = ZrmVersie.V2017) -> tuple[ZrmScore, ...]:
    return tuple(ZrmScore(domein, niveau, HulpAanwezig.NEE) for domein in DOMEINEN[versie])


def meting(
    scores: tuple[ZrmScore, ...],
    op: date = DAG,
    informatie_van: date | None = None,
    versie: ZrmVersie = ZrmVersie.V2017,
) -> ZrmMeting:
    return ZrmMeting(
        meting_id=UUID(int=1),
        afgenomen_op=op,
        informatie_van=informatie_van or op,
        beoordelaar="consulent-12",
        scores=scores,
        versie=versie,
    )


def codes(fout: OngeldigeZrm) -> list[str]:
    return [punt.code for punt in fout.punten]


def test_de_matrix_heeft_dertien_domeinen_en_vijf_niveaus() -> None:
    assert len(DOMEINEN[ZrmVersie.V2017]) == 13
    assert list(NIVEAUS) == [1, 2, 3, 4, 5]
    assert NIVEAUS[1] == "Acute problematiek"
    assert NIVEAUS[5] == "Volledig zelfredzaam"


def test_een_volledige_meting_wordt_aangenomen() -> None:
    assert meting(scores(4)).niveau(ZrmDomein.JUSTITIE) == 4


def test_alle_domeinen_moeten_zijn_ingevuld() -> None:
    with pytest.raises(OngeldigeZrm) as fout:
        meting(scores()[2:])
    assert codes(fout.value) == ["domein-ontbreekt", "domein-ontbreekt"]
    assert "financien" in fout.value.punten[0].melding


def test_een_domein_wordt_een_keer_gescoord() -> None:
    with pytest.raises(OngeldigeZrm) as fout:
        meting((*scores(), ZrmScore(ZrmDomein.JUSTITIE, 2, HulpAanwezig.NEE)))
    assert codes(fout.value) == ["domein-dubbel"]


@pytest.mark.parametrize("niveau", [0, 6, -1])
def test_een_niveau_is_een_tot_en_met_vijf(niveau: int) -> None:
    with pytest.raises(OngeldigeZrm) as fout:
        meting((ZrmScore(ZrmDomein.FINANCIEN, niveau, HulpAanwezig.NEE), *scores()[1:]))
    assert codes(fout.value) == ["buiten-bereik"]
    assert fout.value.punten[0].pad == "scores.0.niveau"


def test_informatie_is_hoogstens_dertig_dagen_oud() -> None:
    meting(scores(), informatie_van=DAG - timedelta(days=30))
    with pytest.raises(OngeldigeZrm) as fout:
        meting(scores(), informatie_van=DAG - timedelta(days=31))
    assert codes(fout.value) == ["te-oud"]
    with pytest.raises(OngeldigeZrm) as fout:
        meting(scores(), informatie_van=DAG + timedelta(days=1))
    assert codes(fout.value) == ["in-de-toekomst"]


def test_alle_fouten_worden_tegelijk_gemeld() -> None:
    with pytest.raises(OngeldigeZrm) as fout:
        meting(
            (ZrmScore(ZrmDomein.FINANCIEN, 9, HulpAanwezig.JA_FORMEEL),),
            informatie_van=date(2026, 1, 1),
        )
    assert codes(fout.value) == ["te-oud", "buiten-bereik", *["domein-ontbreekt"] * 12]


def test_de_versie_van_2013_heeft_elf_domeinen() -> None:
    assert [domein.value for domein in DOMEINEN[ZrmVersie.V2013]] == [
        "financien",
        "dagbesteding",
        "huisvesting",
        "huiselijke-relaties",
        "geestelijke-gezondheid",
        "lichamelijke-gezondheid",
        "verslaving",
        "adl",
        "sociaal-netwerk",
        "maatschappelijke-participatie",
        "justitie",
    ]


@pytest.mark.parametrize("versie", ZrmVersie)
def test_een_meting_heeft_elk_domein_van_haar_versie_en_geen_ander(versie: ZrmVersie) -> None:
    meting(scores(versie=versie), versie=versie)
    ander = next(domein for domein in ZrmDomein if domein not in DOMEINEN[versie])
    with pytest.raises(OngeldigeZrm) as fout:
        meting((*scores(versie=versie), ZrmScore(ander, 3, HulpAanwezig.NEE)), versie=versie)
    assert [(punt.pad, punt.code) for punt in fout.value.punten] == [
        (f"scores.{len(DOMEINEN[versie])}.domein", "domein-van-andere-versie")
    ]


def test_elk_domein_heeft_een_naam_en_hoort_bij_een_versie() -> None:
    assert {domein for versie in DOMEINEN.values() for domein in versie} == set(ZrmDomein)
    assert len({domein.naam for domein in ZrmDomein}) == len(ZrmDomein)
