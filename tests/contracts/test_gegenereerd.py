"""``./meedoen contracts``: what is committed is what the models say."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from chassis.runtime import Service
from contracts.catalogus import GEBEURTENISSEN, VERSIE
from contracts.leespagina import gebeurtenissen_pagina
from deploy.cli import contracts as opdracht

ROOT = Path(__file__).parents[2]


def test_de_vastgelegde_bestanden_zijn_gelijk_aan_de_modellen() -> None:
    assert opdracht.afwijkingen() == []
    assert opdracht.main(["--controleer"]) == 0


@pytest.fixture
def kopie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of everything generated, to spoil."""
    for name in opdracht.gemaakte_bestanden():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    monkeypatch.setattr(opdracht, "ROOT", tmp_path)
    return tmp_path


def test_een_gewijzigd_een_ontbrekend_en_een_overtollig_bestand_worden_genoemd(
    kopie: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = "contracts/asyncapi.yaml"
    missing = "contracts/schemas/lks-plaatsing.v1.schema.json"
    surplus = "contracts/schemas/verzonnen.v1.schema.json"
    (kopie / changed).write_text("anders")
    (kopie / missing).unlink()
    (kopie / surplus).write_text("{}")
    assert opdracht.main(["--controleer"]) == 1
    printed = capsys.readouterr().out
    assert all(f"wijkt af van de modellen: {n}" in printed for n in (changed, missing, surplus))
    assert opdracht.main([]) == 0
    assert opdracht.main(["--controleer"]) == 0
    assert not (kopie / surplus).exists()


def test_een_bezwaar_van_de_poort_laat_de_controle_mislukken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opdracht, "poort_bezwaren", lambda: ["veld x is verdwenen"])
    assert opdracht.main(["--controleer"]) == 1
    assert "breekt een gepubliceerd contract: veld x is verdwenen" in capsys.readouterr().out


def test_een_gepubliceerde_versie_verandert_niet_meer(capsys: pytest.CaptureFixture[str]) -> None:
    assert opdracht.main(["--publiceer", VERSIE]) == 2
    assert "is al gepubliceerd" in capsys.readouterr().out
    assert opdracht.main(["--publiceer", "99.0.0"]) == 2


def test_publiceren_legt_schemas_en_corpus_vast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opdracht, "GEPUBLICEERD", tmp_path)
    monkeypatch.setattr(opdracht, "CORPUS", tmp_path / "corpus")
    assert opdracht.main(["--publiceer", VERSIE]) == 0
    assert len(list((tmp_path / VERSIE).glob("*.schema.json"))) == len(GEBEURTENISSEN) + 2
    assert len(list((tmp_path / "corpus").glob(f"*/{VERSIE}.jsonl"))) == len(GEBEURTENISSEN)


def test_een_dienst_die_er_nog_niet_is_heeft_geen_openapi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.cli.contracts.find_spec", lambda _name: None)
    assert opdracht.openapi_documents() == {}


def test_een_dienst_die_er_is_moet_haar_openapi_geven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.cli.contracts.find_spec", lambda _name: object())
    app = FastAPI(title="Proef")
    service = Service(name="proef", package="proef", api=lambda *_: app)
    module = SimpleNamespace(SERVICE=service)
    monkeypatch.setattr("deploy.cli.contracts.import_module", lambda _name: module)
    assert opdracht.openapi_documents()["intake"]["info"]["title"] == "Proef"
    monkeypatch.setattr("deploy.cli.contracts.import_module", lambda _name: SimpleNamespace())
    with pytest.raises(AttributeError, match="SERVICE"):
        opdracht.openapi_documents()


def test_de_pagina_noemt_elke_gebeurtenis_met_elk_veld() -> None:
    page = gebeurtenissen_pagina()
    for model in GEBEURTENISSEN:
        section = page.split(f"### {model.__name__}\n")[1].split("\n### ")[0]
        assert model.type() in section
        assert model.omschrijving in section
        for field in model.model_fields.values():
            assert f"| `{field.alias}` |" in section


def test_elke_link_op_de_pagina_wijst_naar_een_bestand() -> None:
    page = ROOT / "docs" / "integratie" / "gebeurtenissen.md"
    links = [part.split(")")[0] for part in page.read_text("utf-8").split("](")[1:]]
    assert links
    for link in links:
        if not link.startswith("#"):
            assert (page.parent / link).exists(), link
