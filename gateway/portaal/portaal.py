"""Which page is where, and what it may do in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

import contracts
from chassis.web import NietGevonden
from chassis.web.problems import MethodeNietToegestaan
from contracts.afnemers import DIENSTEN
from contracts.asyncapi import asyncapi_document
from gateway.portaal.bestanden import Bestand
from gateway.portaal.catalogus import catalogus

HERE: Final = Path(__file__).parent
CONTRACTS: Final = Path(contracts.__file__).parent
FEED: Final = "gebeurtenissen"

WAT: Final = {
    "intake": (
        "Een inwoner meldt zich bij de gemeente, de gemeente besluit aan de poort, betrekt WSD en "
        "besluit over het traject."
    ),
    "diagnose": (
        "WSD kijkt wat een kandidaat kan: zelfredzaamheid, loonwaarde, en een advies aan de "
        "gemeente."
    ),
    "plaatsing": (
        "Een kandidaat begint bij een werkgever, op proef of in een baan met loonkostensubsidie."
    ),
    "financiering": "Wat een plaatsing kost en wie dat betaalt: de loonkostensubsidie per maand.",
}
"""What each service is for, in the order in which a kandidaat meets them."""

_STRICT: Final = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
_OPENAPI: Final = _STRICT | {
    "script-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self' data:",
    "worker-src": "blob:",
    # Redoc makes two style elements: an empty one, to which it adds rules one by one, and that of
    # its scroll bars.
    "style-src": "'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    " 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
}
_ASYNCAPI: Final = _STRICT | {
    # The component compiles JSON Schemas to code when it is loaded. So this page stands apart: in
    # a sandbox it belongs to no origin, holds its document itself and can connect to nothing.
    "sandbox": "allow-scripts allow-popups allow-popups-to-escape-sandbox",
    "script-src": "'self' 'unsafe-eval'",
    "img-src": "'self' data:",
}

_HTML: Final = "text/html; charset=utf-8"
_MEDIA: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/schema+json",
    ".yaml": "application/yaml",
}
_MENU: Final = {
    "/documentatie": "Documentatie",
    "/documentatie/catalogus": "Gebeurtenissen",
    "/documentatie/gebeurtenissen": "AsyncAPI",
    "/gezondheid": "Gezondheid",
}
_PLAIN_HOST: Final = re.compile(
    r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9a-fA-F:]{2,39}\](:\d{1,5})?"
)
_ADDRESS: Final = "@adres@"
"""Where the address of this gateway comes in the start page."""


def portal(*, has_development_issuer: bool = False) -> ASGIApp:
    """What answers every address that is not a service's."""
    files = _pages(has_development_issuer) | _statics() | _contracts()
    aliases = {f"/documentatie/openapi/{name}.json": _openapi(name) for name in (*DIENSTEN, FEED)}

    def answer(request: Request) -> Response:
        path = request.url.path
        known = files.get(path)
        if known is None and path not in aliases:
            raise NietGevonden("Dit adres bestaat niet.")
        if request.method not in ("GET", "HEAD"):
            raise MethodeNietToegestaan(headers={"Allow": "GET, HEAD"})
        if known is None:
            return RedirectResponse(aliases[path], 302)
        if path == "/":
            text = known.content.decode().replace(_ADDRESS, escape(_address(request)))
            known = Bestand(text.encode(), known.media_type, known.headers)
        return known.response(request)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await answer(Request(scope))(scope, receive, send)

    return app


def _pages(has_development_issuer: bool) -> dict[str, Bestand]:
    references = _references()
    document = json.dumps(asyncapi_document(), ensure_ascii=False)
    token = _part("token-ontwikkeling" if has_development_issuer else "token").substitute(
        adres=_ADDRESS
    )
    start = _part("start").substitute(verwijzingen=references, token=token, adres=_ADDRESS)
    pages = {
        "/": _page("/", "Meedoen voor ontwikkelaars", start),
        "/documentatie": _page(
            "/documentatie",
            "Documentatie – Meedoen",
            _part("documentatie").substitute(verwijzingen=references),
        ),
        "/documentatie/catalogus": _page(
            "/documentatie/catalogus", "Catalogus van gebeurtenissen – Meedoen", catalogus()
        ),
        "/documentatie/gebeurtenissen": _page(
            "/documentatie/gebeurtenissen",
            "AsyncAPI – Meedoen",
            # Inside a script element a "<" could end it.
            _part("asyncapi").substitute(document=document.replace("<", "\\u003c")),
            head=_stylesheet("asyncapi/asyncapi.css")
            + _scripts("vendor/asyncapi/asyncapi.standalone.js", "asyncapi.js"),
            policy=_ASYNCAPI,
            foot=False,
        ),
    }
    for name in (*DIENSTEN, FEED):
        path = f"/documentatie/{name}" if name in DIENSTEN else f"/documentatie/{name}-api"
        pages[path] = _page(
            path,
            f"API {name} – Meedoen",
            _part("api").substitute(document=_openapi(name)),
            head=_scripts("vendor/redoc/redoc.standalone.js", "api.js"),
            policy=_OPENAPI,
            foot=False,
        )
    return pages


def _references() -> str:
    """The list of all there is to read."""
    chain = "".join(
        f"<li><h3>{name.capitalize()}</h3><p>{escape(text)}</p>"
        f'<ul class="acties"><li><a href="/documentatie/{name}">API van {name}</a></li>'
        f'<li><a href="{_openapi(name)}">OpenAPI<span lang="en"> (JSON)</span></a></li></ul></li>\n'
        for name, text in WAT.items()
    )
    return _part("verwijzingen").substitute(keten=chain)


def _page(
    path: str,
    title: str,
    content: str,
    *,
    head: str = "",
    policy: Mapping[str, str] = _STRICT,
    foot: bool = True,
) -> Bestand:
    menu = "".join(
        f'<li><a href="{target}"{" aria-current=page" if target == path else ""}>{text}</a></li>\n'
        for target, text in _MENU.items()
    )
    text = _part("kader").substitute(
        titel=escape(title),
        hoofd=head,
        menu=menu,
        inhoud=content,
        voet=_part("voet").substitute() if foot else "",
    )
    csp = "; ".join(f"{directive} {value}" for directive, value in policy.items())
    return Bestand(text.encode(), _HTML, {"Content-Security-Policy": csp})


@cache
def _statics() -> dict[str, Bestand]:
    """Style, scripts, and the bundles of others with their licences."""
    files = [*(HERE / "stijl").iterdir(), *(HERE / "scripts").iterdir()]
    found = {f"/statisch/{file.name}": _file(file) for file in files}
    for file in (HERE / "vendor").glob("*/*"):
        found[f"/statisch/vendor/{file.parent.name}/{file.name}"] = _file(file)
    return found


def _contracts() -> dict[str, Bestand]:
    """What others build on, open to any page."""
    files = {"/documentatie/asyncapi.yaml": CONTRACTS / "asyncapi.yaml"}
    for file in (CONTRACTS / "schemas").glob("*.schema.json"):
        files[f"/documentatie/schemas/{file.name}"] = file
    open_to_all = {"Access-Control-Allow-Origin": "*"}
    return {path: _file(file, open_to_all) for path, file in files.items()}


def _file(file: Path, headers: dict[str, str] | None = None) -> Bestand:
    media_type = _MEDIA.get(file.suffix, "text/plain; charset=utf-8")
    return Bestand(file.read_bytes(), media_type, headers or {})


def _part(name: str) -> Template:
    return Template((HERE / "paginas" / f"{name}.html").read_text("utf-8"))


def _openapi(name: str) -> str:
    return f"/{name}/v1/openapi.json"


def _scripts(*names: str) -> str:
    return "".join(f'<script src="/statisch/{name}" defer></script>\n' for name in names)


def _stylesheet(name: str) -> str:
    return f'<link rel="stylesheet" href="/statisch/vendor/{name}">\n'


def _address(request: Request) -> str:
    """How the reader reached us, for examples that can be copied."""
    host = request.headers.get("host", "")
    if not _PLAIN_HOST.fullmatch(host):
        return "https://api.meedoen.example"
    return f"{request.url.scheme}://{host}"
