"""Refusals of intake that a rule in domain/ cannot know of, because they take the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from chassis.web.problems import OngeldigeInvoer, Problem


class KandidaatAlBekend(Problem):
    status = 409
    code = "kandidaat-al-bekend"
    title = "Deze inwoner is al kandidaat"
    detail = (
        "Uw gemeente heeft al een kandidaat met dit BSN. Gebruik die kandidaat; het kandidaatId "
        "staat in dit antwoord."
    )
    terugval: ClassVar[str] = (
        "De kandidaat met dit BSN is minder dan twaalf maanden geleden uitgestroomd. Leg bij het "
        "kandidaatId in dit antwoord een terugval vast als de situatie van voor de uitstroom weer "
        "geldt, en anders een heraanmelding."
    )
    heraanmelding: ClassVar[str] = (
        "De kandidaat met dit BSN is uitgestroomd. Leg bij het kandidaatId in dit antwoord een "
        "heraanmelding vast."
    )
    members: ClassVar[Mapping[str, Any]] = {
        "kandidaatId": {
            "type": "string",
            "format": "uuid",
            "description": "De kandidaat die er al is.",
        }
    }


class InwonerAlKandidaat(Problem):
    status = 409
    code = "inwoner-al-kandidaat"
    title = "De andere gemeente heeft deze inwoner al als kandidaat"
    detail = (
        "Een inwoner is bij een gemeente hoogstens een keer kandidaat. Overleg met de andere "
        "gemeente welke van beide verdergaat."
    )


class BulkGeweigerd(Problem):
    status = 400
    code = "bulk-geweigerd"
    title = "Het bestand heeft regels die niet kunnen"
    detail = (
        "Er is niets vastgelegd. Herstel de genoemde regels en stuur het hele bestand opnieuw, of "
        "gebruik modus=per-regel."
    )
    members: ClassVar[Mapping[str, Any]] = {
        "geweigerd": {
            "type": "array",
            "description": "Elke regel die niet kan, met alle fouten erin.",
            "items": {
                "type": "object",
                "required": ["regel", "kandidaatId", "fouten"],
                "properties": {
                    "regel": {"type": "integer"},
                    "kandidaatId": {"type": ["string", "null"], "format": "uuid"},
                    "fouten": OngeldigeInvoer.members["fouten"],
                },
            },
        }
    }
