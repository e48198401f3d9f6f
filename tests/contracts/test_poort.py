"""The gate that keeps a published contract whole: what it must refuse, and what it must let by."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.poort import (
    Uitfasering,
    bezwaren,
    lees_gepubliceerd,
    lees_uitfasering,
    verschillen,
)
from contracts.schema import schema_bestanden

Schema = dict[str, Any]
NAAM = "trajectbesluit-genomen.v1.schema.json"
LKS = "lks-plaatsing.v1.schema.json"
ZRM = "zrm-afgenomen.v1.schema.json"
VANDAAG = date(2026, 7, 1)


def oordeel(nieuw: dict[str, Schema], **uitfasering: Uitfasering) -> list[str]:
    """What the gate says of changed schemas when the present ones have been published."""
    types = {name.replace("__", "."): entry for name, entry in uitfasering.items()}
    return bezwaren(nieuw, {"0.1.0": schema_bestanden()}, types, VANDAAG)


def veranderd(naam: str, change: Callable[[Schema], object]) -> dict[str, Schema]:
    schemas = copy.deepcopy(schema_bestanden())
    change(schemas[naam])
    return schemas


def veld(naam: str, **keywords: Any) -> Callable[[Schema], object]:
    return lambda schema: schema["properties"][naam].update(keywords)


def zonder(schema: Schema, naam: str) -> Schema:
    schema["required"] = [name for name in schema["required"] if name != naam]
    field: Schema = schema["properties"].pop(naam)
    return field


def hernoem(schema: Schema) -> None:
    schema["properties"]["ingang"] = zonder(schema, "ingangsdatum")
    schema["required"].append("ingang")


GEWEIGERD: dict[str, tuple[str, Callable[[Schema], object], str]] = {
    "verplicht veld weg": (NAAM, lambda s: zonder(s, "besluitId"), "besluitId is verdwenen"),
    "optioneel veld weg": (LKS, lambda s: zonder(s, "loonwaarde"), "loonwaarde is verdwenen"),
    "veld hernoemd": (NAAM, hernoem, "ingangsdatum is verdwenen"),
    "verplicht veld erbij": (
        NAAM,
        lambda s: (
            s["properties"].update(nieuw={"type": "boolean", "description": "x"}),
            s["required"].append("nieuw"),
        ),
        "nieuw veld nieuw is verplicht",
    ),
    "verplicht wordt optioneel": (
        NAAM,
        lambda s: s["required"].remove("metWsd"),
        "metWsd is niet langer verplicht",
    ),
    "optioneel wordt verplicht": (
        LKS,
        lambda s: s["required"].append("loonwaarde"),
        "loonwaarde is verplicht geworden",
    ),
    "ander type": (NAAM, veld("metWsd", type="string"), "metWsd: type was"),
    "getal wordt tekst": (
        LKS,
        veld("loonwaarde", type="string", pattern="^[0-9]+$"),
        "loonwaarde: type was",
    ),
    "bereik ruimer": (LKS, veld("loonwaarde", maximum=120), "maximum was 100 en is 120"),
    "bereik krapper": (LKS, veld("loonwaarde", maximum=80), "maximum was 100 en is 80"),
    "enum met waarde erbij": (
        NAAM,
        lambda s: s["properties"]["programma"]["enum"].append("proefprogramma"),
        "waarden erbij die afnemers niet kennen: proefprogramma",
    ),
    "enum met waarde weg": (
        NAAM,
        lambda s: s["properties"]["programma"]["enum"].remove("werkprogramma"),
        "waarden weg die oudere gebeurtenissen hebben: werkprogramma",
    ),
    "enum wordt vrije tekst": (
        NAAM,
        lambda s: s["properties"]["programma"].pop("enum"),
        "programma: enum was",
    ),
    "enum in een lijst ruimer": (
        NAAM,
        lambda s: s["properties"]["diensten"]["items"]["enum"].append("nieuw"),
        "in de lijst: waarden erbij",
    ),
    "lijst mag leeg": (NAAM, veld("diensten", minItems=0), "minItems was 1 en is 0"),
    "vaste waarde wordt keuze": (
        ZRM,
        lambda s: s["properties"].update(
            zrmVersie={"enum": ["2013", "2017"], "type": "string", "description": "x"}
        ),
        "zrmVersie: const was",
    ),
    "patroon losser": (
        NAAM,
        veld("gemeentecode", pattern="^[0-9]{4,5}$"),
        "gemeentecode: pattern was",
    ),
    "patroon weg": (
        NAAM,
        lambda s: s["properties"]["gemeentecode"].pop("pattern"),
        "gemeentecode: pattern was",
    ),
    "formaat weg": (
        NAAM,
        lambda s: s["properties"]["ingangsdatum"].pop("format"),
        "ingangsdatum: format was",
    ),
    "niet meer gesloten": (
        NAAM,
        lambda s: s.update(additionalProperties=True),
        "niet gesloten",
    ),
    "andere dienst": (
        NAAM,
        lambda s: s.update({"x-dienst": "plaatsing"}),
        "de dienst die het meldt was intake en is plaatsing",
    ),
    "ander adres van het schema": (
        NAAM,
        lambda s: s.update({"$id": "https://elders.example/x.schema.json"}),
        "$id was",
    ),
    "header weg": (
        "kafka-headers.v1.schema.json",
        lambda s: zonder(s, "ce_dataref"),
        "ce_dataref is verdwenen",
    ),
    "header hernoemd": (
        "kafka-headers.v1.schema.json",
        lambda s: s["properties"].update(ce_ref=zonder(s, "ce_dataref")),
        "ce_dataref is verdwenen",
    ),
    "attribuut losser": (
        "cloudevent.v1.schema.json",
        veld("sequence", pattern="^[0-9]+$"),
        "sequence: pattern was",
    ),
    "attribuut van soort veranderd": (
        "cloudevent.v1.schema.json",
        veld("aggregateversion", type="string"),
        "aggregateversion: type was",
    ),
}


@pytest.mark.parametrize(("naam", "change", "reden"), GEWEIGERD.values(), ids=GEWEIGERD.keys())
def test_wat_een_afnemer_breekt_wordt_geweigerd_met_de_reden(
    naam: str, change: Callable[[Schema], object], reden: str
) -> None:
    reasons = oordeel(veranderd(naam, change))
    assert any(naam in said and reden in said for said in reasons), reasons


TOEGELATEN: dict[str, tuple[str, Callable[[Schema], object]]] = {
    "niets veranderd": (NAAM, dict),
    "optioneel veld erbij": (
        NAAM,
        lambda s: s["properties"].update(
            herzien={"type": "boolean", "description": "Of het besluit is herzien."}
        ),
    ),
    "betere omschrijving": (NAAM, lambda s: s.update(description="Beter.", title="Beter")),
    "betere omschrijving van een veld": (NAAM, veld("programma", description="Beter.")),
    "ander voorbeeld": (NAAM, lambda s: s.update(examples=[])),
    "optionele header erbij": (
        "kafka-headers.v1.schema.json",
        lambda s: s["properties"].update(
            ce_tracestate={"type": "string", "pattern": "^[a-z=]+$", "description": "x"}
        ),
    ),
}


@pytest.mark.parametrize(("naam", "change"), TOEGELATEN.values(), ids=TOEGELATEN.keys())
def test_wat_niemand_breekt_mag(naam: str, change: Callable[[Schema], object]) -> None:
    assert oordeel(veranderd(naam, change)) == []


def test_een_nieuwe_gebeurtenis_mag() -> None:
    schemas = schema_bestanden()
    schemas["traject-gestart.v1.schema.json"] = schemas[NAAM] | {"x-type": "nl.participatie.x.v1"}
    assert oordeel(schemas) == []


def test_jsoncompat_ziet_een_wijziging_ook_zonder_onze_vergelijking() -> None:
    oud = schema_bestanden()[NAAM]
    wider = veranderd(NAAM, lambda s: s["properties"]["programma"]["enum"].append("x"))[NAAM]
    assert any("van toen begrijpt niet alles van nu" in r for r in verschillen(oud, wider))
    narrower = veranderd(NAAM, lambda s: s["properties"]["programma"]["enum"].pop())[NAAM]
    assert any("van nu begrijpt niet alles van toen" in r for r in verschillen(oud, narrower))


def _weg(*erbij: str) -> dict[str, Schema]:
    schemas = schema_bestanden()
    old = schemas.pop(NAAM)
    for version in erbij:
        type_ = f"nl.participatie.trajectbesluit-genomen.{version}"
        schemas[f"trajectbesluit-genomen.{version}.schema.json"] = old | {"x-type": type_}
    return schemas


TYPE = "nl__participatie__trajectbesluit-genomen__v1"
V2 = "nl.participatie.trajectbesluit-genomen.v2"


def test_een_gebeurtenis_mag_niet_verdwijnen() -> None:
    assert "niet op de lijst van uitfasering" in "".join(oordeel(_weg()))
    assert "niet op de lijst van uitfasering" in "".join(oordeel(_weg("v2")))


def test_een_gebeurtenis_op_de_lijst_mag_niet_weg_zonder_opvolger() -> None:
    retired = {TYPE: Uitfasering(opvolger=V2, vanaf=VANDAAG)}
    assert f"opvolger {V2} bestaat niet" in "".join(oordeel(_weg(), **retired))


def test_een_gebeurtenis_op_de_lijst_mag_niet_te_vroeg_weg() -> None:
    retired = {TYPE: Uitfasering(opvolger=V2, vanaf=date(2026, 7, 2))}
    assert "moet blijven tot 2026-07-02" in "".join(oordeel(_weg("v2"), **retired))


def test_een_gebeurtenis_mag_weg_met_een_opvolger_na_de_afgesproken_dag() -> None:
    retired = {TYPE: Uitfasering(opvolger=V2, vanaf=VANDAAG)}
    assert oordeel(_weg("v2"), **retired) == []


def test_de_envelop_kan_nooit_verdwijnen() -> None:
    schemas = schema_bestanden()
    del schemas["cloudevent.v1.schema.json"]
    assert "verdwenen" in "".join(oordeel(schemas))


def test_elke_gepubliceerde_versie_telt_niet_alleen_de_laatste() -> None:
    first, second = schema_bestanden(), schema_bestanden()
    del second[NAAM]["properties"]["metWsd"]
    second[NAAM]["required"].remove("metWsd")
    reasons = bezwaren(second, {"0.1.0": first, "0.2.0": second}, {}, VANDAAG)
    assert any("tegen 0.1.0" in reason for reason in reasons)


def test_de_lijst_van_uitfasering_wordt_gelezen(tmp_path: Path) -> None:
    entry = {"opvolger": V2, "vanaf": "2027-01-01"}
    (tmp_path / "uitfasering.json").write_text(json.dumps({"oud": entry}))
    assert lees_uitfasering(tmp_path) == {"oud": Uitfasering(V2, date(2027, 1, 1))}


def test_de_huidige_contracten_breken_geen_gepubliceerde_versie() -> None:
    published = lees_gepubliceerd()
    assert "0.1.0" in published
    assert all(published.values())
    assert bezwaren(schema_bestanden(), published, lees_uitfasering(), date.max) == []
