"""The OpenAPI document: what FastAPI knows of the routes, made true and fit for ADR 2.2.

Rights, headers and problems are read from the objects that act on them at runtime, so that the
document cannot promise anything else than what happens.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from chassis.web import idempotency
from chassis.web.commands import IF_MATCH, CommandRight
from chassis.web.invalid_input import READABLE_TEXT
from chassis.web.problems import (
    MEDIA_TYPE,
    GeenToegang,
    NietAangemeld,
    NietGevonden,
    NietLeverbaar,
    OngeldigeInvoer,
    OnverwachteFout,
    Problem,
    ProblemClass,
    SleutelHergebruikt,
    TeGroot,
    TijdelijkNietBeschikbaar,
    VerkeerdMediatype,
    VersieVereist,
    VersieVerouderd,
    declared,
    schema,
)
from chassis.web.queries import QueryRight
from chassis.web.rights import Right

Document = dict[str, Any]
StatusOf = Callable[[ProblemClass], int]

SERVER: Final = "https://api.meedoen.example"
CONTACT: Final = {
    "name": "Team Meedoen",
    "url": "https://meedoen.example/ontwikkelaars",
    "email": "team-api@meedoen.example",
}
LICENSE: Final = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}

_SUCCESS: Final = {
    "200": "Gelukt.",
    "201": "Aangemaakt; het adres staat in Location.",
    "202": "Aangenomen.",
    "204": "Gelukt; er is geen inhoud.",
}
_HEADERS: Final = {
    "APIVersion": ("API-Version", "De volledige versie van deze API."),
    "ETag": ("ETag", "De versie van de gegevens, voor If-Match en If-None-Match."),
    "Location": ("Location", "Waar het nieuwe te vinden is."),
    "Link": ("Link", "De volgende pagina (rel=next); ontbreekt op de laatste."),
    "RetryAfter": ("Retry-After", "Na hoeveel seconden opnieuw proberen zin heeft."),
    "WWWAuthenticate": ("WWW-Authenticate", "Hoe aan te melden: met een Bearer token."),
    "IdempotencyReplayed": (
        idempotency.REPLAYED,
        "«true» als dit het bewaarde antwoord is op een eerder verzoek met dezelfde sleutel.",
    ),
}
_PAGE_FROM: Final = ("cursor", "na")
"""Parameters that say where a page begins: the answer says where the next one does."""

_PARAMETERS: Final = {
    "IdempotencyKey": {
        "name": idempotency.HEADER,
        "in": "header",
        "required": False,
        "description": "Een eigen sleutel voor dit verzoek, zoals een UUID. Wie het verzoek met "
        "dezelfde sleutel herhaalt krijgt het eerste antwoord en er gebeurt niets dubbel. "
        "Sleutels werken ten minste 7 dagen.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "De ETag van de versie die u wijzigt. "
        "Is er intussen een nieuwere, dan is het antwoord 412; ontbreekt de header, dan 428.",
        "schema": {"type": "string", "pattern": f"^{IF_MATCH}$", "examples": ['"3"']},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "De ETag die u al hebt; is er niets gewijzigd, dan is het antwoord 304.",
        "schema": {"type": "string", "examples": ['"3"']},
    },
}


def build_openapi(
    app: FastAPI, *, prefix: str, tags: Mapping[str, str], status_of: StatusOf
) -> Document:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        servers=[{"url": SERVER + prefix}],
        tags=[{"name": name, "description": text} for name, text in tags.items()],
        separate_input_output_schemas=False,
    )
    document["info"] |= {"contact": CONTACT, "license": LICENSE}
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for component in schemas.values():
        if "enum" in component:
            # The docstring of an enumeration of the domain is for developers, in English.
            component.pop("description", None)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    _tidy(document["paths"])
    _tidy(schemas)
    _say_what_text_is(document["paths"], schemas)
    seen: set[str] = set()
    for route in _operations(app):
        _check_unique(seen, route.operation_id)
        _complete(route, document["paths"][route.path][route.method], schemas, status_of)
    document["paths"] = {
        path.removeprefix(prefix): item for path, item in sorted(document["paths"].items())
    }
    components["schemas"] = dict(sorted(schemas.items()))
    components["parameters"] = dict(_PARAMETERS)
    components["headers"] = {
        name: {"description": text, "schema": {"type": "string"}}
        for name, (_, text) in _HEADERS.items()
    }
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "Access token volgens OAuth 2.0 NL GOV, van een uitgever die wij "
            "vertrouwen. Het token noemt uw organisatie en rol; per bewerking staat welke scope "
            "nodig is.",
        }
    }
    return document


@dataclass(frozen=True, slots=True)
class _Operation:
    path: str
    method: str
    operation_id: str
    right: Right | None
    has_body: bool
    has_answer: bool
    docstring: str
    declared: list[ProblemClass]


def _operations(app: FastAPI) -> Iterator[_Operation]:
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute) and context.include_in_schema:
            for method in cast("set[str]", context.methods):
                yield _operation(context, method.lower())


def _operation(route: RouteContext, method: str) -> _Operation:
    return _Operation(
        path=route.path_format or "",
        method=method,
        operation_id=route.unique_id,
        right=_right(route.dependant),
        has_body=route.body_field is not None,
        has_answer=route.response_field is not None,
        docstring=route.description,
        declared=declared(route.responses),
    )


def _right(dependant: Dependant) -> Right | None:
    if isinstance(dependant.call, Right):
        return dependant.call
    found = (_right(inner) for inner in dependant.dependencies)
    return next((right for right in found if right), None)


def _check_unique(seen: set[str], operation_id: str) -> None:
    if operation_id in seen:
        raise ValueError(f"two routes are called {operation_id}; clients need different names")
    seen.add(operation_id)


def _complete(
    route: _Operation, operation: Document, schemas: Document, status_of: StatusOf
) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    responses.pop("default", None)
    operation["summary"], _, description = route.docstring.partition("\n")
    operation["description"] = "\n\n".join(
        filter(None, (description.strip(), _rights_text(route.right)))
    )
    if not operation["description"]:
        del operation["description"]
    _add_parameters(route, operation)
    for status, response in responses.items():
        response["description"] = _SUCCESS.get(status, response["description"])
        response["headers"] = _headers("APIVersion", *_success_headers(route, operation, status))
        if not route.has_answer and "content" in response:
            # FastAPI's for a route without a model: JSON of any kind.
            response["content"].pop("application/json", None)
            if not response["content"]:
                del response["content"]
    if isinstance(route.right, QueryRight) and route.right.etag:
        responses["304"] = {
            "description": "U hebt deze versie al.",
            "headers": _headers("APIVersion", "ETag"),
        }
    by_status: dict[int, list[ProblemClass]] = {}
    for cls in (*route.declared, *_general_problems(route, operation)):
        same = by_status.setdefault(status_of(cls), [])
        if cls not in same:
            same.append(cls)
    for number, classes in sorted(by_status.items()):
        responses[str(number)] = _problem_response(number, classes, schemas)
    operation["responses"] = dict(sorted(responses.items()))
    operation["security"] = [{"token": [route.right.scope]}] if route.right else []


def _rights_text(right: Right | None) -> str:
    if right is None:
        return ""
    roles = " of ".join(f"`{role}`" for role in sorted(right.roles))
    text = f"Vereist de scope `{right.scope}`" + (f" en de rol {roles}." if roles else ".")
    return f"Alleen voor de beheerder van het platform. {text}" if right.operator else text


def _add_parameters(route: _Operation, operation: Document) -> None:
    names = []
    if _takes_key(route):
        names.append("IdempotencyKey")
    if isinstance(route.right, CommandRight) and route.right.if_match:
        names.append("IfMatch")
    if isinstance(route.right, QueryRight) and route.right.etag:
        names.append("IfNoneMatch")
    parameters = operation.get("parameters", [])
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in names]
    if parameters:
        operation["parameters"] = parameters


def _success_headers(route: _Operation, operation: Document, status: str) -> Iterator[str]:
    if status == "201":
        yield "Location"
    if route.right and route.right.etag:
        yield "ETag"
    parameters = operation.get("parameters", ())
    if route.has_answer and any(p.get("name") in _PAGE_FROM for p in parameters):
        yield "Link"
    if _takes_key(route):
        yield "IdempotencyReplayed"


def _general_problems(route: _Operation, operation: Document) -> Iterator[ProblemClass]:
    writes = route.method in ("post", "put", "patch")
    if writes or operation.get("parameters"):
        yield OngeldigeInvoer
    if "{" in route.path:
        yield NietGevonden
    if route.right:
        yield from (NietAangemeld, GeenToegang, NietLeverbaar, TijdelijkNietBeschikbaar)
    if writes:
        yield TeGroot
    if route.has_body:
        yield VerkeerdMediatype
    if _takes_key(route):
        yield SleutelHergebruikt
    if isinstance(route.right, CommandRight) and route.right.if_match:
        yield from (VersieVerouderd, VersieVereist)
    yield OnverwachteFout


def _takes_key(route: _Operation) -> bool:
    return isinstance(route.right, CommandRight) and route.method in ("post", "patch")


def _problem_response(status: int, classes: list[ProblemClass], schemas: Document) -> Document:
    references = {}
    for cls in classes:
        name = f"Probleem{cls.__name__}"
        schemas[name] = schema(cls, status)
        references[_code(cls)] = f"#/components/schemas/{name}"
    content: Document
    if len(references) == 1:
        (reference,) = references.values()
        content = {"$ref": reference}
    else:
        content = {
            "oneOf": [{"$ref": reference} for reference in references.values()],
            "discriminator": {"propertyName": "code", "mapping": references},
        }
    extra = {
        401: ["WWWAuthenticate"],
        412: ["ETag"],
        429: ["RetryAfter"],
        503: ["RetryAfter"],
    }.get(status, [])
    return {
        "description": " Of: ".join(_title(cls) + "." for cls in classes),
        "headers": _headers("APIVersion", *extra),
        "content": {MEDIA_TYPE: {"schema": content}},
    }


def _code(cls: ProblemClass) -> str:
    return str(getattr(cls, "code"))  # noqa: B009 - problems and domain errors both have it


def _title(cls: ProblemClass) -> str:
    return cls.title if issubclass(cls, Problem) else str(getattr(cls, "titel"))  # noqa: B009


def _headers(*names: str) -> Document:
    return {_HEADERS[name][0]: {"$ref": f"#/components/headers/{name}"} for name in names}


def _say_what_text_is(paths: Document, schemas: Document) -> None:
    """Give text that comes in the pattern that `unstorable_text` goes by."""
    seen: set[str] = set()

    def visit(node: Any) -> None:
        for item in node if isinstance(node, list) else ():
            visit(item)
        if not isinstance(node, dict):
            return
        name = str(node.get("$ref", "")).rpartition("/")[2]
        if name and name not in seen:
            seen.add(name)
            visit(schemas[name])
        if "string" in _types(node) and not node.keys() & {"pattern", "format", "enum", "const"}:
            node["pattern"] = READABLE_TEXT
        if isinstance(node.get("additionalProperties"), dict):
            node.setdefault("propertyNames", {"pattern": READABLE_TEXT})
        for item in node.values():
            visit(item)

    for path in paths.values():
        for operation in path.values():
            visit(operation.get("requestBody"))
            visit(operation.get("parameters"))


def _types(schema: Document) -> list[str]:
    kinds = schema.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


def _tidy(node: Any) -> None:
    """Take out what pydantic adds for nobody, and say "or null" in the way ADR 2.2 understands.

    Titles repeat the field name.  `anyOf: [{type: string, format: date}, {type: null}]` hides the
    format from the rule that dates must have one; `type: [string, null]` says the same.
    """
    if isinstance(node, list):
        for item in node:
            _tidy(item)
        return
    if not isinstance(node, dict):
        return
    if isinstance(node.get("title"), str):
        del node["title"]
    match node.get("anyOf"):
        case [{"type": str(kind), **rest}, {"type": "null"}] if "const" not in rest:
            del node["anyOf"]
            node |= {"type": [kind, "null"], **rest}
            if "enum" in node:
                node["enum"] = [*node["enum"], None]
    for name, item in node.items():
        if name not in ("examples", "example", "default", "const", "enum"):
            _tidy(item)
