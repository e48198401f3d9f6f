"""Ontvangt de gebeurtenissen van een afnemer als webhook: Python, WSGI.

pip install standardwebhooks; de instellingen staan in README.md. Zo gestart luistert het op deze
machine, achter uw reverse proxy met HTTPS; elke WSGI-server kan ook: `waitress-serve
webhook_ontvanger:app`.
"""

import json
import os
import sqlite3
import sys
from contextlib import closing
from wsgiref.simple_server import WSGIRequestHandler, make_server

from standardwebhooks import Webhook, WebhookVerificationError

GROOTSTE = 256 * 1024

geheim = Webhook(os.environ["WEBHOOK_GEHEIM"])
with closing(sqlite3.connect(os.environ["STAND"])) as db, db:
    db.execute(
        """CREATE TABLE IF NOT EXISTS gebeurtenis (
            source TEXT, id TEXT, gebeurtenis TEXT, PRIMARY KEY (source, id))"""
    )


def app(omgeving, antwoord):
    status, koppen = {"OPTIONS": handdruk, "POST": ontvang}.get(
        omgeving["REQUEST_METHOD"], lambda _: ("405 Method Not Allowed", [("Allow", "POST")])
    )(omgeving)
    antwoord(status, koppen)
    return []


def handdruk(omgeving):
    """Meedoen vraagt eenmaal of het hierheen mag sturen (CloudEvents, abuse protection)."""
    oorsprong = omgeving.get("HTTP_WEBHOOK_REQUEST_ORIGIN")
    if oorsprong != os.environ["WEBHOOK_OORSPRONG"]:
        return "403 Forbidden", []
    koppen = [("WebHook-Allowed-Origin", oorsprong), ("WebHook-Allowed-Rate", "*")]
    return "204 No Content", [("Allow", "POST"), *koppen]


def ontvang(omgeving):
    """Bewaart voordat het antwoordt: na een 204 stuurt Meedoen de gebeurtenis niet meer."""
    lengte = omgeving.get("CONTENT_LENGTH") or ""
    if not lengte.isdecimal() or int(lengte) > GROOTSTE:
        return "413 Content Too Large", []
    inhoud = omgeving["wsgi.input"].read(int(lengte))
    koppen = {k[5:].replace("_", "-"): w for k, w in omgeving.items() if k.startswith("HTTP_")}
    try:
        geheim.verify(inhoud, koppen)
    except (WebhookVerificationError, ValueError):
        return "401 Unauthorized", []
    if not omgeving.get("CONTENT_TYPE", "").startswith("application/cloudevents+json"):
        return "415 Unsupported Media Type", []
    event = json.loads(inhoud)
    with closing(sqlite3.connect(os.environ["STAND"], timeout=10)) as db, db:
        # Zet uw verwerking hierbij, in dezelfde transactie, of doe haar later uit de tabel.
        nieuw = db.execute(
            "INSERT OR IGNORE INTO gebeurtenis VALUES (?, ?, ?)",
            (event["source"], event["id"], inhoud.decode()),
        ).rowcount
    if nieuw:
        versie = event.get("aggregateversion", 0)  # een proefaflevering heeft er geen
        print(event["type"], event["source"], event["subject"], versie)
    return "204 No Content", []


class _Verzoek(WSGIRequestHandler):
    timeout = 10  # wie verbindt en zwijgt, houdt de rest niet op

    def log_request(self, *_):
        """Alleen de gebeurtenissen worden geschreven."""


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    make_server("127.0.0.1", int(os.environ["POORT"]), app, handler_class=_Verzoek).serve_forever()
