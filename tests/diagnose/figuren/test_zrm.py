"""Een ZRM als figuur: te lezen op papier, in zwart-wit en voorgelezen."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
import typst
from lxml import etree

from services.diagnose.domain.zrm import DOMEINEN, HulpAanwezig, ZrmMeting, ZrmScore, ZrmVersie
from services.diagnose.figuren.zrm import zrm_figuur

SVG = "{http://www.w3.org/2000/svg}"


def meting(versie: ZrmVersie, op: date, niveau: int, **anders: int) -> ZrmMeting:
    scores = tuple(
        ZrmScore(
            domein, anders.get(domein.replace("-", "_"), niveau), HulpAanwezig.NEE, "Huilt vaak."
        )
        for domein in DOMEINEN[versie]
    )
    return ZrmMeting(UUID(int=op.toordinal()), op, op, "consulent-12", scores, versie)


VAN_2013 = meting(ZrmVersie.V2013, date(2026, 1, 5), 2, dagbesteding=4)
EERSTE = meting(ZrmVersie.V2017, date(2026, 4, 6), 2)
TWEEDE = meting(ZrmVersie.V2017, date(2026, 7, 6), 2, financien=4, justitie=1)


def teksten(svg: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(svg).iter(f"{SVG}text")]


def test_de_figuur_heeft_een_titel_en_staat_ook_in_woorden_in_zichzelf() -> None:
    svg = etree.fromstring(zrm_figuur(EERSTE, TWEEDE))
    titel, uitleg = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert titel is not None
    assert uitleg is not None
    assert titel.text == "ZRM van 6 april 2026 en 6 juli 2026"
    assert uitleg.text is not None
    zinnen = uitleg.text.split(". ")
    assert zinnen[0] == (
        "Financiën: niveau 2 (niet zelfredzaam) naar niveau 4 (voldoende zelfredzaam), "
        "2 stappen vooruit"
    )
    assert zinnen[-2].endswith("niveau 1 (acute problematiek), 1 stap terug")
    assert zinnen[-1] == "Alle domeinen samen: 1 stap vooruit."
    assert len(zinnen) == 14
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{titel.get('id')} {uitleg.get('id')}"


def test_elk_domein_heeft_een_balk_per_meting_zo_lang_als_zijn_niveau() -> None:
    svg = etree.fromstring(zrm_figuur(EERSTE, TWEEDE))
    balken = [r for r in svg.iter(f"{SVG}rect") if r.get("x") == "216"]
    open_, gevuld = (
        [int(r.get("width", "")) // 72 for r in paar] for paar in (balken[::2], balken[1::2])
    )
    assert open_ == [score.niveau for score in EERSTE.scores]
    assert gevuld == [score.niveau for score in TWEEDE.scores]
    assert {r.get("fill") for r in balken[::2]} == {"#ffffff"}
    assert {r.get("fill") for r in balken[1::2]} == {"#3d3d3d"}


def test_tussen_versies_staat_bij_gesplitste_domeinen_dat_zij_niet_vergelijkbaar_zijn() -> None:
    gezien = teksten(zrm_figuur(VAN_2013, EERSTE))
    assert gezien.count("niet vergelijkbaar") == 6
    assert {"Dagbesteding", "Werk en opleiding", "Tijdsbesteding"} <= set(gezien)
    assert "Alle vergelijkbare domeinen samen: gelijk." in gezien
    assert {"5 januari 2026 (ZRM 2013)", "6 april 2026 (ZRM 2017)"} <= set(gezien)


@pytest.mark.parametrize(("een", "aantal"), [(VAN_2013, 11), (EERSTE, 13)])
def test_een_enkele_meting_staat_er_zonder_stappen(een: ZrmMeting, aantal: int) -> None:
    svg = zrm_figuur(een)
    balken = [r for r in etree.fromstring(svg).iter(f"{SVG}rect") if r.get("x") == "216"]
    assert len(balken) == aantal
    assert f"ZRM {een.versie} van" in svg
    assert "stap" not in svg


def test_geen_toelichting_en_geen_beoordelaar_komt_in_de_figuur() -> None:
    svg = zrm_figuur(EERSTE, TWEEDE)
    assert "Huilt" not in svg
    assert "consulent" not in svg


def test_de_figuur_past_in_een_toegankelijke_pdf_en_in_een_pagina_zonder_vrije_stijl() -> None:
    svg = zrm_figuur(VAN_2013, TWEEDE)
    assert "style" not in svg
    assert "class" not in svg
    typst.compile(
        b'#set document(title: "ZRM")\n#image(bytes(sys.inputs.figuur), format: "svg", alt: "ZRM")',
        sys_inputs={"figuur": svg},
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],
    )
