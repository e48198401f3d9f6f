"""De Zelfredzaamheid-Matrix 2017."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnose.domain.fouten import OngeldigeZrm
from services.diagnose.domain.zrm import (
    NIVEAUS,
    HulpAanwezig,
    ZrmDomein,
    ZrmMeting,
    ZrmScore,
    stappen,
)

DAG = date(2026, 9, 10)


def scores(niveau: int = 3) -> tuple[ZrmScore, ...]:
    return tuple(ZrmScore(domein, niveau, HulpAanwezig.NEE) for domein in ZrmDomein)


def meting(
    scores: tuple[ZrmScore, ...], op: date = DAG, informatie_van: date | None = None
) -> ZrmMeting:
    return ZrmMeting(
        meting_id=UUID(int=1),
        afgenomen_op=op,
        informatie_van=informatie_van or op,
        beoordelaar="consulent-12",
        scores=scores,
    )


def codes(fout: OngeldigeZrm) -> list[str]:
    return [punt.code for punt in fout.punten]


def test_de_matrix_heeft_dertien_domeinen_en_vijf_niveaus() -> None:
    assert len(ZrmDomein) == 13
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


@given(
    st.lists(st.integers(1, 5), min_size=13, max_size=13),
    st.lists(st.integers(1, 5), min_size=13, max_size=13),
)
def test_stappen_zijn_het_verschil_per_domein(eerder: list[int], later: list[int]) -> None:
    def van(niveaus: list[int]) -> ZrmMeting:
        return meting(
            tuple(
                ZrmScore(domein, niveau, HulpAanwezig.NEE)
                for domein, niveau in zip(ZrmDomein, niveaus, strict=True)
            )
        )

    verschil = stappen(van(eerder), van(later))
    assert list(verschil.values()) == [na - voor for voor, na in zip(eerder, later, strict=True)]
