"""The event catalogue as a plain page: made from the contracts, readable by everyone."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from contracts.afnemers import DIENSTEN
from contracts.asyncapi import zichtbaar_voor
from contracts.catalogus import GEBEURTENISSEN, VERSIE
from contracts.gebeurtenis import Gebeurtenis
from contracts.leespagina import pad_naar_details, vorm_in_woorden
from contracts.schema import cloudevent_schema, event_schema, stam, voorbeeld_cloudevent

SCHEMAS = "/documentatie/schemas"


def catalogus() -> str:
    """The inside of the page."""
    services = "".join(_dienst(dienst) for dienst in DIENSTEN)
    return f"""\
<div class="binnen">
<h1>Catalogus van gebeurtenissen</h1>
<p class="inleiding">Alles wat de participatieketen meldt, versie {escape(VERSIE)}. Een gebeurtenis
is een feit dat voorbij is en wordt nooit gewijzigd. Dezelfde gebeurtenissen staan op Kafka
(<a href="/documentatie/gebeurtenissen">AsyncAPI</a>) en in de
<a href="/documentatie/gebeurtenissen-api">feed over HTTP</a>.</p>
{_overzicht()}
{services}
<h2 id="envelop">De envelop</h2>
<p class="inleiding">Elke gebeurtenis reist in dezelfde envelop: CloudEvents 1.0 volgens het
NL GOV-profiel. Over HTTP is het één JSON-object; op Kafka staat elk attribuut in een header
<code>ce_…</code>. <a href="{SCHEMAS}/cloudevent.v1.schema.json">JSON Schema</a>.</p>
{_velden("Attributen van de envelop", cloudevent_schema())}
</div>
"""


def _overzicht() -> str:
    rows = "".join(
        f'<tr><th scope="row"><a href="#{stam(model)}">{escape(model.__name__)}</a></th>'
        f"<td>{escape(model.dienst)}</td><td>{escape(model.omschrijving)}</td></tr>\n"
        for model in GEBEURTENISSEN
    )
    return _tabel("Alle gebeurtenissen", ("Gebeurtenis", "Dienst", "Betekenis"), rows)


def _dienst(dienst: str) -> str:
    events = "".join(_gebeurtenis(model) for model in GEBEURTENISSEN if model.dienst == dienst)
    return f'<h2 id="{escape(dienst)}">{escape(dienst.capitalize())}</h2>\n{events}'


def _gebeurtenis(model: type[Gebeurtenis]) -> str:
    name = escape(model.__name__)
    example = json.dumps(voorbeeld_cloudevent(model), indent=2, ensure_ascii=False)
    return f"""\
<section class="gebeurtenis" id="{stam(model)}" aria-labelledby="{stam(model)}-kop">
<h3 id="{stam(model)}-kop">{name}</h3>
<p>{escape(model.omschrijving)}</p>
<dl class="kenmerken">
<dt>Type</dt><dd><code>{escape(model.type())}</code></dd>
<dt>Zichtbaar voor</dt><dd>{escape(zichtbaar_voor(model))}</dd>
<dt>Details</dt><dd><code>{escape(pad_naar_details(model))}</code></dd>
<dt>JSON Schema</dt><dd><a href="{SCHEMAS}/{stam(model)}.schema.json">{stam(model)}</a></dd>
</dl>
{_velden(f"Velden van {name}", event_schema(model))}
<details><summary>Voorbeeld van {name}</summary>
<pre tabindex="0"><code>{escape(example)}</code></pre>
</details>
</section>
"""


def _velden(title: str, schema: dict[str, Any]) -> str:
    required = set(schema["required"])
    rows = "".join(
        f'<tr><th scope="row"><code>{escape(name)}</code></th>'
        f"<td>{'ja' if name in required else 'nee'}</td>"
        f"<td>{_code(vorm_in_woorden(field))}</td><td>{_code(field['description'])}</td></tr>\n"
        for name, field in schema["properties"].items()
    )
    return _tabel(title, ("Veld", "Altijd", "Vorm", "Betekenis"), rows)


def _tabel(title: str, head: tuple[str, ...], rows: str) -> str:
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    return (
        f'<div class="tabel" role="region" aria-label="{escape(title)}" tabindex="0"><table>\n'
        f"<thead><tr>{cells}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )


def _code(markdown: str) -> str:
    """Text of the contracts as HTML: what stands between backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(markdown))
