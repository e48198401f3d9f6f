"""The document says what happens: no more, no less, and in a form that ADR 2.2 accepts."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI

from chassis.web import Invoer, problems
from tests.chassis.web.voorbeeld.api import make_app, router_that_runs

Document = dict[str, Any]


@pytest.fixture
def document(app: FastAPI) -> Document:
    return app.openapi()


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def schema_of(document: Document, operation: Document, status: str) -> Document:
    content = operation["responses"][status]["content"]["application/problem+json"]["schema"]
    found: Document = document["components"]["schemas"][content["$ref"].rpartition("/")[2]]
    return found


def test_paths_are_relative_to_the_server_of_the_service(document: Document) -> None:
    assert document["servers"] == [{"url": "https://api.meedoen.example/voorbeeld/v1"}]
    assert list(document["paths"]) == ["/_live", "/_ready", "/taken", "/taken/{taakId}"]
    assert document["info"]["version"] == "1.2.3"
    assert set(document["info"]["contact"]) == {"name", "url", "email"}


def test_every_operation_has_a_summary_a_tag_and_its_errors(document: Document) -> None:
    known = {tag["name"] for tag in document["tags"]}
    for path, method, operation in operations(document):
        assert operation["summary"], (path, method)
        assert set(operation["tags"]) <= known
        assert "422" not in operation["responses"]
        assert "default" not in operation["responses"]
        assert "500" in operation["responses"]
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"]
            if status >= "4":
                assert list(response["content"]) == ["application/problem+json"]


def test_rights_are_part_of_the_document(document: Document) -> None:
    create = document["paths"]["/taken"]["post"]
    assert create["security"] == [{"token": ["taken.schrijven"]}]
    assert "Vereist de scope `taken.schrijven` en de rol `klantmanager`." in create["description"]
    assert {"401", "403", "406"} <= set(create["responses"])
    assert document["paths"]["/_live"]["get"]["security"] == []


def test_headers_are_documented_where_they_work(document: Document) -> None:
    def parameters(path: str, method: str) -> set[str]:
        listed = document["paths"][path][method].get("parameters", ())
        return {p.get("name", p.get("$ref", "").rpartition("/")[2]) for p in listed}

    def headers(path: str, method: str, status: str) -> set[str]:
        return set(document["paths"][path][method]["responses"][status]["headers"])

    assert parameters("/taken", "post") == {"IdempotencyKey"}
    assert parameters("/taken", "get") == {"cursor", "limiet", "naamBegintMet"}
    assert parameters("/taken/{taakId}", "get") == {"taakId", "IfNoneMatch"}
    assert parameters("/taken/{taakId}", "put") == {"taakId", "IfMatch"}
    assert parameters("/taken/{taakId}", "delete") == {"taakId"}
    assert headers("/taken", "post", "201") == {"API-Version", "Location", "Idempotency-Replayed"}
    assert headers("/taken", "get", "200") == {"API-Version", "Link"}
    assert headers("/taken/{taakId}", "get", "304") == {"API-Version", "ETag"}
    assert headers("/taken/{taakId}", "put", "412") == {"API-Version", "ETag"}


def test_each_kind_of_problem_has_a_schema_of_its_own(document: Document) -> None:
    delete = document["paths"]["/taken/{taakId}"]["delete"]
    both = delete["responses"]["404"]["content"]["application/problem+json"]["schema"]
    assert both["discriminator"]["propertyName"] == "code"
    assert set(both["discriminator"]["mapping"]) == {"taak-onbekend", "niet-gevonden"}
    schema = schema_of(document, delete, "403")
    assert schema["properties"]["code"] == {"type": "string", "const": "geen-toegang"}
    assert schema["properties"]["status"] == {"type": "integer", "const": 403}


def test_a_domain_error_is_documented_with_its_own_status(document: Document) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["ProbleemNaamBezet"]["properties"]["status"]["const"] == 409
    assert schemas["ProbleemTaakOnbekend"]["properties"]["status"]["const"] == 404


def test_a_date_that_may_be_absent_still_has_its_format(document: Document) -> None:
    taak = document["components"]["schemas"]["TaakIn"]
    assert taak["properties"]["uiterlijk"] == {"type": ["string", "null"], "format": "date"}


def test_schema_names_are_plain(document: Document) -> None:
    for name in document["components"]["schemas"]:
        assert name.isalnum()
        assert name[0].isupper()


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
def test_two_routes_cannot_have_one_name(app: FastAPI) -> None:
    async def nothing(_uow: object) -> None:
        pass

    twice = [router_that_runs(path, nothing) for path in ("/a", "/b")]
    with pytest.raises(ValueError, match="voerUit"):
        make_app(app.state.database, app.state.access, *twice).openapi()


def test_a_plain_date_in_a_request_is_refused_because_it_reads_20260101_as_seconds() -> None:
    from datetime import date

    with pytest.raises(TypeError, match="use Datum"):
        type("In", (Invoer,), {"__annotations__": {"dag": date | None}, "__module__": __name__})


def test_a_route_without_rights_has_no_security(app: FastAPI) -> None:
    router = APIRouter(tags=["Taken"])

    @router.get("/open", responses=problems())
    async def open_voor_iedereen() -> dict[str, str]:
        """Open voor iedereen."""
        return {}

    document = make_app(app.state.database, app.state.access, router).openapi()
    assert document["paths"]["/open"]["get"]["security"] == []
    assert set(document["paths"]["/open"]["get"]["responses"]) == {"200", "500"}
