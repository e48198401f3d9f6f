"""How the entry itself can fail."""

from __future__ import annotations

from chassis.web.problems import Problem


class GeenAntwoord(Problem):
    status = 504
    code = "geen-antwoord"
    title = "De dienst antwoordde niet op tijd"
    detail = (
        "Het is niet zeker of uw verzoek is uitgevoerd. Herhaal het; een POST met dezelfde "
        "Idempotency-Key, dan gebeurt het nooit twee keer."
    )
