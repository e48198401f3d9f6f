"""Errors as RFC 9457 problem documents: one class per kind, the same at runtime and in the OpenAPI.

A class attribute `detail` is what the reader sees unless the place that raises says it better.
Nothing a caller entered may end up in a problem: it could be a BSN.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, Protocol, runtime_checkable

from starlette.responses import Response

from chassis import trace

MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "https://meedoen.example/problemen/"


class Problem(Exception):
    """Base of all problems; raise a subclass anywhere below a route."""

    status: ClassVar[int]
    code: ClassVar[str]
    title: ClassVar[str]
    detail: ClassVar[str]
    members: ClassVar[Mapping[str, Any]] = {}
    """JSON Schema of the members this kind has besides the standard ones."""

    def __init__(
        self, detail: str | None = None, *, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(self.code)
        self.text = detail or self.detail
        self.headers = headers
        self.extra = members

    def response(self) -> Response:
        return problem_response(
            self.status, self.code, self.title, self.text, headers=self.headers, extra=self.extra
        )


@runtime_checkable
class DomainError(Protocol):
    """What a service's own error tells: a rule that was broken, and where that rule stands."""

    code: str
    titel: str
    soort: str
    """What kind of refusal: one of the keys of _STATUS_BY_KIND."""
    uitleg: str
    artikel: str | None
    punten: Sequence[Any]
    """All faults of one input together, each with pad, code and melding."""


def problem_response(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Response:
    span = trace.current.get()
    document = {
        "type": TYPE_BASE + code,
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        **({"traceId": span.trace_id} if span else {}),
        **(extra or {}),
    }
    content = json.dumps(document, ensure_ascii=False).encode(errors="replace")
    return Response(content, status, headers, MEDIA_TYPE)


_STATUS_BY_KIND: Final = {"invoer": 400, "bevoegdheid": 403, "toestand": 409}


def domain_statuses(base: type[Exception]) -> dict[type[Exception], int]:
    """The HTTP status of each error of a domain, by the kind of refusal it is."""
    return {cls: _STATUS_BY_KIND[getattr(cls, "soort")] for cls in (base, *base.__subclasses__())}  # noqa: B009


def domain_response(error: DomainError, status: int) -> Response:
    extra: dict[str, Any] = {"artikel": error.artikel} if error.artikel else {}
    if error.punten:
        extra["fouten"] = [
            {"pad": punt.pad, "code": punt.code, "melding": punt.melding} for punt in error.punten
        ]
    return problem_response(status, error.code, error.titel, error.uitleg, extra=extra)


class OngeldigeInvoer(Problem):
    status = 400
    code = "ongeldige-invoer"
    title = "De invoer klopt niet"
    detail = "Herstel de genoemde fouten en stuur het verzoek opnieuw."
    members: ClassVar[Mapping[str, Any]] = {
        "fouten": {
            "type": "array",
            "description": "Alle gevonden fouten; de ingevulde waarden staan er nooit in.",
            "items": {
                "type": "object",
                "required": ["pad", "code", "melding"],
                "properties": {
                    "pad": {
                        "type": "string",
                        "description": "Waar de fout zit: body, query, path of header, "
                        "en de namen en volgnummers daarbinnen.",
                        "examples": ["body.contact.email"],
                    },
                    "code": {"type": "string", "examples": ["verplicht"]},
                    "melding": {"type": "string", "examples": ["Vul dit veld in."]},
                },
            },
        }
    }

    def __init__(self, *fouten: Mapping[str, str]) -> None:
        super().__init__(fouten=list(fouten))


class NietAangemeld(Problem):
    status = 401
    code = "niet-aangemeld"
    title = "U bent niet aangemeld"
    detail = "Stuur een geldig access token mee in de header Authorization: Bearer."


class GeenToegang(Problem):
    status = 403
    code = "geen-toegang"
    title = "U mag dit niet"
    detail = "Het token geeft geen recht op deze bewerking."
    members: ClassVar[Mapping[str, Any]] = {
        "scope": {"type": "string", "description": "De scope die ontbreekt."},
        "rollen": {
            "type": "array",
            "items": {"type": "string"},
            "description": "De rollen die dit wel mogen.",
        },
    }


class NietGevonden(Problem):
    status = 404
    code = "niet-gevonden"
    title = "Niet gevonden"
    detail = "Dit bestaat niet, of niet voor uw organisatie."


class MethodeNietToegestaan(Problem):
    status = 405
    code = "methode-niet-toegestaan"
    title = "Deze methode kan hier niet"
    detail = "Gebruik een van de methoden in de header Allow."


class NietLeverbaar(Problem):
    status = 406
    code = "niet-leverbaar"
    title = "Dit formaat kunnen we niet leveren"
    detail = "Vraag om application/json in de header Accept."


class SleutelHergebruikt(Problem):
    status = 409
    code = "sleutel-hergebruikt"
    title = "Deze Idempotency-Key is al gebruikt"
    detail = (
        "Met deze Idempotency-Key is eerder een ander verzoek gedaan. "
        "Gebruik voor elk nieuw verzoek een nieuwe sleutel."
    )


class VersieVerouderd(Problem):
    status = 412
    code = "versie-verouderd"
    title = "De gegevens zijn intussen gewijzigd"
    detail = "Haal de gegevens opnieuw op en herhaal de wijziging met de nieuwe ETag in If-Match."


class TeGroot(Problem):
    status = 413
    code = "te-groot"
    title = "Het verzoek is te groot"
    detail = "Stuur minder gegevens in één verzoek."


class VerkeerdMediatype(Problem):
    status = 415
    code = "verkeerd-mediatype"
    title = "Dit formaat kunnen we niet lezen"
    detail = "Stuur de body als JSON, met Content-Type: application/json."


class VersieVereist(Problem):
    status = 428
    code = "versie-vereist"
    title = "De versie ontbreekt"
    detail = "Stuur de ETag van de gegevens die u wijzigt mee in de header If-Match."


class OnverwachteFout(Problem):
    status = 500
    code = "onverwachte-fout"
    title = "Er ging bij ons iets mis"
    detail = "Meld deze fout met het traceId als die blijft; de oorzaak staat in ons logboek."


class TijdelijkNietBeschikbaar(Problem):
    status = 503
    code = "tijdelijk-niet-beschikbaar"
    title = "Even niet beschikbaar"
    detail = (
        "Probeer het over enkele seconden opnieuw. Herhaal een POST met dezelfde Idempotency-Key: "
        "dan gebeurt het nooit twee keer."
    )

    def __init__(self, detail: str | None = None, *, retry_after: int = 1, **members: Any) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)}, **members)


ProblemClass = type[Problem] | type[Exception]

_declared: dict[str, ProblemClass] = {}


def problems(*classes: ProblemClass) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a route: the problems and domain errors it can answer with.

    The OpenAPI builder puts each under its own status; that of a domain error is only known to
    `create_app`.  The general ones (401, 403, 500 and so on) are added there too.
    """
    names = [f"{cls.__module__}.{cls.__qualname__}" for cls in classes]
    _declared.update(zip(names, classes, strict=True))
    return {"default": {"description": "", "x-problemen": names}}


def declared(responses: Mapping[int | str, Mapping[str, Any]]) -> list[ProblemClass]:
    """The classes that `problems()` was given for this route."""
    return [_declared[name] for name in responses.get("default", {}).get("x-problemen", ())]


def schema(cls: ProblemClass, status: int) -> dict[str, Any]:
    """JSON Schema of one kind of problem, exact enough to tell the kinds apart by."""
    if issubclass(cls, Problem):
        code, title, detail, members = cls.code, cls.title, cls.detail, cls.members
    else:
        code, title = getattr(cls, "code"), getattr(cls, "titel")  # noqa: B009
        detail = getattr(cls, "uitleg", title)
        members = {
            "artikel": {"type": "string", "description": "Het wetsartikel waar dit op berust."},
            "fouten": OngeldigeInvoer.members["fouten"],
        }
    properties = {
        "type": {"type": "string", "format": "uri", "const": TYPE_BASE + code},
        "title": {"type": "string", "const": title},
        "status": {"type": "integer", "const": status},
        "detail": {"type": "string", "examples": [detail]},
        "code": {"type": "string", "const": code},
        "traceId": {
            "type": "string",
            "pattern": "^[0-9a-f]{32}$",
            "description": "Noem dit als u de fout meldt.",
        },
        **members,
    }
    required = ["type", "title", "status", "detail", "code"]
    return {"type": "object", "title": title, "required": required, "properties": properties}
