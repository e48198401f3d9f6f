"""Refusals of plaatsing that a rule in domain/ cannot know of, because they take the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from chassis.web.problems import Problem


class WerkgeverAlBekend(Problem):
    status = 409
    code = "werkgever-al-bekend"
    title = "Deze werkgever is al vastgelegd"
    detail = (
        "Uw organisatie heeft al een werkgever met dit KvK-nummer. Gebruik die; het werkgeverId "
        "staat in dit antwoord."
    )
    members: ClassVar[Mapping[str, Any]] = {
        "werkgeverId": {
            "type": "string",
            "format": "uuid",
            "description": "De werkgever die er al is.",
        }
    }
