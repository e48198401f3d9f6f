"""The settings of the gateway as a process of its own."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from chassis.encryption import KeyRing
from contracts.afnemers import DIENSTEN
from gateway.settings import GatewaySettings

ADDRESSES = {dienst: f"http://{dienst}:8000" for dienst in DIENSTEN}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("MEEDOEN_DATABASE_URL", "postgresql://meedoen_gateway:geheim@db/meedoen")
    monkeypatch.setenv("MEEDOEN_OMGEVING", "test")
    monkeypatch.setenv("MEEDOEN_KAFKA_BOOTSTRAP", "kafka:9092")
    monkeypatch.setenv("MEEDOEN_DIENSTEN", json.dumps(ADDRESSES))
    monkeypatch.setenv("MEEDOEN_SLEUTELS", KeyRing.generate_json())
    return monkeypatch


def test_they_come_from_the_same_names_as_those_of_a_service(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("MEEDOEN_LUISTER", "0.0.0.0:8080")
    settings = GatewaySettings()
    assert settings.diensten == ADDRESSES
    assert settings.luister == "0.0.0.0:8080"
    assert "geheim" not in repr(settings)


def test_every_service_has_an_address(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("MEEDOEN_DIENSTEN", json.dumps({"intake": "http://intake:8000"}))
    with pytest.raises(ValidationError, match="van elke dienst het adres"):
        GatewaySettings()
