"""Every operation of every API, as its OpenAPI document tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from deploy.lokaal.toegang import ROLLEN

VASTE_DELEN: Final = {"stap": "quick-scan"}
"""Path parameters that are a code, the same for everyone."""


@dataclass(frozen=True)
class Operatie:
    """pad: whole, as the gateway knows it, with the names of its parameters in braces."""

    dienst: str
    id: str
    methode: str
    pad: str
    scope: str | None
    rollen: tuple[str, ...]
    padparameters: tuple[str, ...]
    queryparameters: tuple[str, ...]
    heeft_body: bool

    @property
    def sleutel(self) -> str:
        return f"{self.dienst}.{self.id}"

    @property
    def is_beheer(self) -> bool:
        """Whether it is for who runs the platform, about the tables of the chassis."""
        return self.scope == f"{self.dienst}.beheren"

    @property
    def verwijst(self) -> bool:
        """Whether it names a resource, in its path or in what is sent."""
        return bool(self.padparameters) or self.heeft_body

    def adres(self, ids: Mapping[str, str]) -> str:
        return self.pad.format_map({**VASTE_DELEN, **ids})


def operaties(documenten: Mapping[str, Mapping[str, Any]]) -> list[Operatie]:
    return [operatie for name, doc in documenten.items() for operatie in _van(name, doc)]


def alle_scopes(operaties: Iterable[Operatie]) -> list[str]:
    return sorted({o.scope for o in operaties if o.scope})


@cache
def alle_rollen() -> list[str]:
    return sorted({rol for rollen in ROLLEN.values() for rol in rollen})


def _van(dienst: str, document: Mapping[str, Any]) -> Iterator[Operatie]:
    prefix = "/" + document["servers"][0]["url"].partition("://")[2].partition("/")[2]
    for pad, item in document["paths"].items():
        for methode, operatie in item.items():
            parameters = [_parameter(document, p) for p in operatie.get("parameters", ())]
            # The OpenAPI says the roles in words: they are no part of its security schemes.
            _, _, in_woorden = operatie.get("description", "").partition(" en de rol ")
            yield Operatie(
                dienst=dienst,
                id=operatie["operationId"],
                methode=methode.upper(),
                pad=prefix + pad,
                scope=_scope(operatie["security"]),
                rollen=tuple(rol for rol in alle_rollen() if f"`{rol}`" in in_woorden),
                padparameters=tuple(
                    p["name"]
                    for p in parameters
                    if p["in"] == "path" and p["name"] not in VASTE_DELEN
                ),
                queryparameters=tuple(p["name"] for p in parameters if p["in"] == "query"),
                heeft_body="requestBody" in operatie,
            )


def _scope(security: list[dict[str, list[str]]]) -> str | None:
    scopes = [scope for scheme in security for scope in scheme["token"]]
    assert len(scopes) <= 1, "een operatie vraagt een scope"
    return scopes[0] if scopes else None


def _parameter(document: Mapping[str, Any], parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in parameter:
        return parameter
    found: Mapping[str, Any] = document["components"]["parameters"][
        parameter["$ref"].rpartition("/")[2]
    ]
    return found
