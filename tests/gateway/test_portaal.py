"""The pages for developers: complete, from own files, and closed to everything else."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Final

import httpx2
import pytest

from contracts.afnemers import DIENSTEN
from contracts.catalogus import GEBEURTENISSEN
from gateway.portaal import portal
from gateway.portaal.portaal import HERE
from gateway.service import Gateway
from tests.gateway.hulp import caller
from tests.gateway.test_entry import assert_is_problem

APIS: Final = [*(f"/documentatie/{dienst}" for dienst in DIENSTEN)]
APIS.append("/documentatie/gebeurtenissen-api")
PLAIN: Final = ["/", "/documentatie", "/documentatie/catalogus"]
PAGES: Final = [*PLAIN, *APIS, "/documentatie/gebeurtenissen"]
CLOSED: Final = {"data:", "blob:"}
"""Sources within the page itself."""
VOID: Final = {"meta", "link", "img", "br", "input", "hr"}


class Page(HTMLParser):
    """What a page of ours loads, links to, and says in headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.faults: list[str] = []
        self.language = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        self.faults += [f"{n} on <{tag}>" for n in attributes if n == "style" or n[:2] == "on"]
        if tag in ("style", "iframe", "object", "base", "form"):
            self.faults.append(f"<{tag}>")
        if tag == "html":
            self.language = attributes["lang"]
        if (
            tag == "script"
            and "src" not in attributes
            and attributes.get("type") != ("application/json")
        ):
            self.faults.append("inline script")
        if tag == "link":
            self.loaded.append(attributes["href"])
        if tag == "a":
            self.links.append(attributes["href"])
        if "src" in attributes:
            self.loaded.append(attributes["src"])
        if "data-document" in attributes:
            self.loaded.append(attributes["data-document"])
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


@pytest.fixture
async def reader(gateway: Gateway) -> AsyncIterator[httpx2.AsyncClient]:
    async with caller(gateway.app) as client:
        yield client


async def open_page(reader: httpx2.AsyncClient, path: str) -> tuple[Page, httpx2.Response]:
    answer = await reader.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text), answer


def policy(answer: httpx2.Response) -> dict[str, list[str]]:
    directives = (part.split() for part in answer.headers["content-security-policy"].split(";"))
    return {name: values for name, *values in directives}


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_loads_nothing_from_outside_and_holds_no_code(
    reader: httpx2.AsyncClient, path: str
) -> None:
    page, _ = await open_page(reader, path)
    assert not page.faults
    assert all(target.startswith("/") and target[:2] != "//" for target in page.loaded)
    for target in page.loaded:
        assert (await reader.get(target)).status_code == 200


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_may_do_no_more_than_it_needs(reader: httpx2.AsyncClient, path: str) -> None:
    _, answer = await open_page(reader, path)
    allowed = policy(answer)
    assert allowed["default-src"] == ["'none'"]
    for name in ("base-uri", "form-action", "frame-ancestors"):
        assert allowed[name] == ["'none'"]
    words = {word for values in allowed.values() for word in values}
    assert "'unsafe-inline'" not in words
    assert not [word for word in words if "*" in word or (":" in word and word not in CLOSED)]
    # Only the page that compiles schemas may, and it belongs to no origin and connects to nothing.
    if "'unsafe-eval'" in words:
        assert path == "/documentatie/gebeurtenissen"
        assert "allow-same-origin" not in allowed["sandbox"]
        assert "connect-src" not in allowed
    if path in PLAIN:
        assert "script-src" not in allowed
    assert answer.headers.get_list("content-security-policy") == [
        answer.headers["content-security-policy"]
    ]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_can_be_read_by_everyone(reader: httpx2.AsyncClient, path: str) -> None:
    page, answer = await open_page(reader, path)
    assert page.language == "nl"
    assert len(page.ids) == len(set(page.ids))
    assert 'href="#inhoud"' in answer.text
    assert re.search(r"<title>[^<]*Meedoen[^<]*</title>", answer.text)
    if path in PLAIN:
        assert page.headings[0] == 1
        assert page.headings.count(1) == 1
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(lower <= higher + 1 for higher, lower in steps)


@pytest.mark.parametrize("path", PAGES)
async def test_every_link_leads_somewhere(reader: httpx2.AsyncClient, path: str) -> None:
    page, _ = await open_page(reader, path)
    for link in page.links:
        target, _, fragment = link.partition("#")
        assert link.startswith(("/", "#"))
        if not target:
            assert fragment in page.ids
            continue
        answer = await reader.get(target)
        assert answer.status_code == 200, link
        if fragment:
            assert fragment in Page(answer.text).ids


async def test_the_start_page_leads_to_all_there_is(reader: httpx2.AsyncClient) -> None:
    page, _ = await open_page(reader, "/")
    wanted = {*APIS, "/documentatie/catalogus", "/documentatie/gebeurtenissen", "/gezondheid"}
    wanted |= {f"/{name}/v1/openapi.json" for name in (*DIENSTEN, "gebeurtenissen")}
    assert wanted <= set(page.links)


@pytest.mark.parametrize("dienst", [*DIENSTEN, "gebeurtenissen"])
async def test_the_documents_have_a_short_address(reader: httpx2.AsyncClient, dienst: str) -> None:
    answer = await reader.get(f"/documentatie/openapi/{dienst}.json")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/{dienst}/v1/openapi.json"


async def test_the_catalogue_tells_all_of_every_event(reader: httpx2.AsyncClient) -> None:
    page, answer = await open_page(reader, "/documentatie/catalogus")
    for model in GEBEURTENISSEN:
        assert model.type() in answer.text
        assert f"{model.naam}.v{model.versie}" in page.ids
        for field in model.model_fields.values():
            assert f"<code>{field.alias}</code>" in answer.text


async def test_the_schemas_and_the_asyncapi_document_are_open_to_any_page(
    reader: httpx2.AsyncClient,
) -> None:
    for model in GEBEURTENISSEN:
        answer = await reader.get(f"/documentatie/schemas/{model.dataschema().rpartition('/')[2]}")
        assert answer.json()["$id"] == model.dataschema()
        assert answer.headers["access-control-allow-origin"] == "*"
    document = await reader.get("/documentatie/asyncapi.yaml")
    assert "\nasyncapi: 3" in document.text
    assert document.headers["access-control-allow-origin"] == "*"


async def test_examples_can_be_copied_as_they_stand(gateway: Gateway) -> None:
    async with caller(gateway.app) as reader:
        page = await reader.get("/", headers={"Host": "localhost:8080"})
        assert "https://localhost:8080/ontwikkeluitgever/token" in page.text
        for host in ('"><script>', "a b", "x/y", "x@y", "x" * 300):
            page = await reader.get("/", headers={"Host": host})
            assert host not in page.text
            assert "https://api.meedoen.example/ontwikkeluitgever/token" in page.text


async def test_outside_the_local_run_there_is_no_word_of_its_issuer() -> None:
    async with caller(portal()) as reader:
        page = await reader.get("/")
    assert "ontwikkeluitgever" not in page.text
    assert "private_key_jwt" in page.text


async def test_what_did_not_change_is_not_sent_again(reader: httpx2.AsyncClient) -> None:
    bundle = "/statisch/vendor/redoc/redoc.standalone.js"
    first = await reader.get(bundle, headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) < 500_000
    assert first.headers["content-type"].startswith("text/javascript")
    again = await reader.get(bundle, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = await reader.get(bundle, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first.content


async def test_only_reading(reader: httpx2.AsyncClient) -> None:
    for path in ("/", "/documentatie/openapi/intake.json", "/statisch/portaal.css"):
        assert (await reader.head(path)).status_code in (200, 302)
        refused = await reader.post(path)
        assert_is_problem(refused, 405)
        assert refused.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path",
    [
        "/statisch",
        "/statisch/vendor/manifest.json",
        "/statisch/portaal.py",
        "/documentatie/onbekend",
    ],
)
async def test_nothing_else_is_served(reader: httpx2.AsyncClient, path: str) -> None:
    assert_is_problem(await reader.get(path), 404)


def test_the_bundles_of_others_are_what_their_makers_published() -> None:
    vendor = HERE / "vendor"
    manifest = json.loads((vendor / "manifest.json").read_text("utf-8"))
    assert {p.name for p in vendor.iterdir() if p.is_dir()} == manifest.keys()
    for name, package in manifest.items():
        assert package.keys() == {
            *("pakket", "versie", "licentie", "sha256_pakket", "bestanden"),
        }
        found = {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in (vendor / name).iterdir()
        }
        assert found == package["bestanden"]
        assert "LICENSE" in found
