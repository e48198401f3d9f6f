"""Postcode to gebiedsteam: from the folder of the gemeente to the kandidaat."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.gebiedsteam import Gebiedsteams, Postcodegebied
from services.intake.gemeenten import EIGEN_MAP, gemeenten
from tests.dienst import Klant
from tests.intake.hulp import BOXTEL, SUDWEST_FRYSLAN, aanmelding, doe, lees, persoon

STAVOREN = {"straat": "Haven", "huisnummer": "1", "postcode": "8715 AB", "woonplaats": "Stavoren"}


def test_stavoren_hoort_bij_ijsselmeerkust_en_er_zijn_zes_teams() -> None:
    teams = gemeenten().gebiedsteams[SUDWEST_FRYSLAN]
    assert teams.van("8715AB") == "IJsselmeerkust"
    assert len({gebied.gebiedsteam for gebied in teams.gebieden}) == 6
    assert gemeenten().gebiedsteam(BOXTEL, "5281AB") is None
    assert gemeenten().gebiedsteam(SUDWEST_FRYSLAN, None) is None
    assert gemeenten().gebiedsteam(SUDWEST_FRYSLAN, "5281AB") is None


gebieden = st.tuples(st.integers(1000, 9999), st.integers(0, 50)).map(
    lambda g: Postcodegebied(str(g[0]), str(min(9999, g[0] + g[1])), f"team {g[0]}")
)


@given(st.lists(gebieden, max_size=6))
def test_een_postcode_hoort_bij_een_team_of_de_indeling_wordt_geweigerd(
    rijen: list[Postcodegebied],
) -> None:
    van_wie = [
        {pc for g in rijen[i : i + 1] for pc in range(int(g.van), int(g.tot_en_met) + 1)}
        for i in range(len(rijen))
    ]
    overlapt = sum(map(len, van_wie)) > len(set().union(*van_wie))
    if overlapt:
        with pytest.raises(ValueError, match="overlappen"):
            Gebiedsteams(tuple(rijen))
        return
    teams = Gebiedsteams(tuple(rijen))
    for gebied, postcodes in zip(rijen, van_wie, strict=True):
        assert {teams.van(f"{pc}AB") for pc in postcodes} == {gebied.gebiedsteam}


@pytest.mark.parametrize(
    ("inhoud", "fout"),
    [
        ("8600,8610,A\n8610,8620,B\n", "overlappen bij 8610"),
        ("8610,8600,A\n", "8610 ligt na 8600"),
        ("860,8600,A\n", "vier cijfers"),
        ("8600,8600,\n", "noem het gebiedsteam"),
        ("8600,8600,A,B\n", "gebiedsteams.csv"),
    ],
)
def test_een_indeling_die_niet_klopt_wordt_bij_het_laden_geweigerd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inhoud: str, fout: str
) -> None:
    folder = tmp_path / "nieuw"
    folder.mkdir()
    toml = (EIGEN_MAP / "sudwest-fryslan" / "gemeente.toml").read_text()
    (folder / "gemeente.toml").write_text(toml.replace("1900", "9998"))
    (folder / "gebiedsteams.csv").write_text("van,tot_en_met,gebiedsteam\n" + inhoud)
    monkeypatch.setenv("MEEDOEN_PROCESSEN", str(tmp_path))
    with pytest.raises(ValueError, match=fout):
        gemeenten.__wrapped__()


async def test_het_team_volgt_uit_het_adres_en_is_een_filter(klant: Klant) -> None:
    swf = klant(SUDWEST_FRYSLAN)
    kandidaat = await doe(swf, "/kandidaten", aanmelding(persoon=persoon(adres=STAVOREN)))
    ander = await doe(swf, "/kandidaten", aanmelding())
    assert (kandidaat["gebiedsteam"], ander["gebiedsteam"]) == ("IJsselmeerkust", None)
    lijst = await lees(swf, "/kandidaten?gebiedsteam=IJsselmeerkust&limiet=500")
    gevonden = {regel["kandidaatId"] for regel in lijst["resultaten"]}
    assert kandidaat["kandidaatId"] in gevonden
    assert ander["kandidaatId"] not in gevonden
