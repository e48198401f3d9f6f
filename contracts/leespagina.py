"""The page for readers, docs/integratie/gebeurtenissen.md: every event, its fields, an example."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from contracts.afnemers import DIENSTEN
from contracts.asyncapi import zichtbaar_voor
from contracts.catalogus import GEBEURTENISSEN, VERSIE
from contracts.gebeurtenis import Gebeurtenis
from contracts.schema import cloudevent_schema, event_schema, stam, voorbeeld_cloudevent
from contracts.vorm import (
    DATUM_PATROON,
    EURO_PATROON,
    GEMEENTECODE_PATROON,
    ORGANISATIE_PATROON,
    UREN_PATROON,
    UUID_PATROON,
)

_CONTRACTS: Final = "../../contracts"

_KOP: Final = f"""\
# Gebeurtenissen

<!-- Gemaakt door `./meedoen contracts` uit de modellen in contracts/: wijzig het daar. -->

Wat de participatieketen meldt, versie {VERSIE}. Voor wie met software abonneert:
[AsyncAPI-document]({_CONTRACTS}/asyncapi.yaml) en [JSON Schemas]({_CONTRACTS}/schemas/).

## Hoe het werkt

- Een gebeurtenis is een feit dat voorbij is. Zij wordt nooit gewijzigd of ingetrokken: een
  vergissing wordt hersteld met een nieuwe gebeurtenis.
- Er staan geen persoonsgegevens in: geen naam, BSN, adres of vrije tekst. `kandidaatId` is een
  pseudoniem. De details haalt een bevoegde lezer op bij `dataref`, via de gateway.
- Elke afnemer heeft een eigen topic: `meedoen.afnemer.gemeente-0757.v1` voor Boxtel,
  `meedoen.afnemer.wsd.v1` voor WSD.
- Een gebeurtenis komt minstens één keer aan en kan vaker komen. `source` en `id` samen blijven dan
  gelijk: wat u al verwerkte, slaat u over.
- De gebeurtenissen van één kandidaat uit één bron komen in volgorde aan; `aggregateversion` telt
  ze zonder gaten. WSD ziet een kandidaat vanaf de doorverwijzing en begint bij intake dus hoger
  dan 1, net als een gemeente die een kandidaat krijgt overgedragen. Tussen bronnen en tussen
  kandidaten is er geen vaste volgorde.
- Velden die er niet toe doen ontbreken; `null` komt niet voor.
- Binnen een hoofdversie (`.v1`) komen er hoogstens velden bij: negeer wat u niet kent. Een
  wijziging die u raakt, krijgt een nieuwe hoofdversie naast de oude.
"""

_VORMEN: Final = {
    UUID_PATROON: "UUID",
    GEMEENTECODE_PATROON: "tekst van vier cijfers",
    ORGANISATIE_PATROON: "tekst van vier cijfers, of `wsd`",
    DATUM_PATROON: "datum (`JJJJ-MM-DD`)",
    EURO_PATROON: "bedrag in euro's als tekst met twee decimalen",
    UREN_PATROON: "uren als tekst met twee decimalen, boven 0 en hoogstens 60",
}


def gebeurtenissen_pagina() -> str:
    """The whole page, as Markdown."""
    parts = [_KOP, _overzicht(), _envelop()]
    for dienst in DIENSTEN:
        parts.append(f"## {dienst.capitalize()}\n")
        parts += [_gebeurtenis(m) for m in GEBEURTENISSEN if m.dienst == dienst]
    return "\n".join(parts)


def _overzicht() -> str:
    rows = [
        (
            f"[{m.__name__}](#{m.__name__.lower()})",
            m.dienst,
            _wie(m),
            m.omschrijving,
        )
        for m in GEBEURTENISSEN
    ]
    return "## Overzicht\n\n" + _table(
        ("gebeurtenis", "gemeld door", "zichtbaar voor", "betekenis"), rows
    )


def _wie(model: type[Gebeurtenis]) -> str:
    gemeente = "beide gemeenten" if model.ook_vorige_gemeente else "gemeente"
    return f"{gemeente} en WSD" if model.ook_wsd else gemeente


def _envelop() -> str:
    return "\n".join(
        (
            "## Envelop",
            "",
            "CloudEvents 1.0 volgens het NL GOV-profiel. Op Kafka staat elk attribuut in een "
            "header `ce_<naam>` en `datacontenttype` in `content-type`; het record zelf is "
            "`data`. Over HTTP staat alles in één JSON-object (`application/cloudevents+json`).",
            "",
            _velden(cloudevent_schema()),
        )
    )


def _gebeurtenis(model: type[Gebeurtenis]) -> str:
    schema = event_schema(model)
    example = json.dumps(voorbeeld_cloudevent(model)["data"], indent=2, ensure_ascii=False)
    return "\n".join(
        (
            f"### {model.__name__}",
            "",
            model.omschrijving,
            "",
            f"- Type: `{model.type()}`",
            f"- Zichtbaar voor {zichtbaar_voor(model)}",
            f"- Details: `{pad_naar_details(model)}`",
            f"- [JSON Schema]({_CONTRACTS}/schemas/{stam(model)}.schema.json), "
            f"[als CloudEvent]({_CONTRACTS}/voorbeelden/cloudevents/{stam(model)}.json)",
            "",
            _velden(schema),
            "```json",
            example,
            "```",
            "",
        )
    )


def pad_naar_details(model: type[Gebeurtenis]) -> str:
    """The path of the detail, with the names of the fields as they are in the JSON."""
    pad = model.dataref_pad
    for name, field in model.model_fields.items():
        pad = pad.replace(f"{{{name}}}", f"{{{field.alias}}}")
    return pad


def _velden(schema: dict[str, Any]) -> str:
    required = set(schema["required"])
    rows = [
        (
            f"`{name}`",
            "ja" if name in required else "nee",
            vorm_in_woorden(field),
            field["description"],
        )
        for name, field in schema["properties"].items()
    ]
    return _table(("veld", "altijd", "vorm", "betekenis"), rows)


def vorm_in_woorden(schema: dict[str, Any]) -> str:
    """What a value looks like, in Dutch with Markdown for code."""
    match schema:
        case {"const": value}:
            return f"`{value}`"
        case {"enum": values}:
            return " · ".join(f"`{value}`" for value in values)
        case {"items": items, "minItems": low, "maxItems": high}:
            return f"lijst van {low} tot {high}: {vorm_in_woorden(items)}"
        case {"type": "integer", "minimum": low, "maximum": high}:
            return f"geheel getal van {low} tot en met {high}"
        case {"type": "boolean"}:
            return "`true` of `false`"
        case {"pattern": pattern} if pattern in _VORMEN:
            return _VORMEN[pattern]
        case {"format": "date-time"}:
            return "moment in UTC (RFC 3339)"
        case {"pattern": pattern} if UUID_PATROON[1:-1] in pattern:
            return "pad"
        case {"pattern": pattern}:
            return f"tekst: `{pattern}`"
        case _:
            return "object"


def _table(kop: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [kop, tuple("---" for _ in kop), *rows]
    escaped = ([cell.replace("|", "\\|") for cell in cells] for cells in lines)
    return "".join("| " + " | ".join(cells) + " |\n" for cells in escaped)
