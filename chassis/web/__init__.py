"""What a service's API is made of.

`create_app` makes the application; `command` and `query` are the dependencies a route stands on;
`problems` says how it can fail; `page` pages.  A whole route module as an example:
tests/chassis/web/voorbeeld/api.py.
"""

from chassis.web.app import create_app
from chassis.web.commands import Command, command
from chassis.web.invalid_input import OngeldigeWaarde
from chassis.web.models import GEHEEL, NIET_LEEG, Bedrag, Daguren, Datum, Invoer, Tijdstip, Uitvoer
from chassis.web.pages import Page, PageRequest, page
from chassis.web.problems import NietGevonden, Problem, problems
from chassis.web.queries import Query, query

__all__ = [
    "GEHEEL",
    "NIET_LEEG",
    "Bedrag",
    "Command",
    "Daguren",
    "Datum",
    "Invoer",
    "NietGevonden",
    "OngeldigeWaarde",
    "Page",
    "PageRequest",
    "Problem",
    "Query",
    "Tijdstip",
    "Uitvoer",
    "command",
    "create_app",
    "page",
    "problems",
    "query",
]
