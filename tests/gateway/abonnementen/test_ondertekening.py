"""A receiver with the library of the standard believes our signatures, and no others."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from gateway.abonnementen.ondertekening import nieuw_geheim, onderteken

ID = "6e1b2c1e-57b8-4f1c-9f0b-0d9d5b1c2a3b"


@given(st.from_regex(r"\{\"a\":\"[a-zé€😀]*\"\}", fullmatch=True))
def test_de_bibliotheek_van_de_standaard_herkent_de_handtekening(body: str) -> None:
    geheim = nieuw_geheim()
    headers = onderteken([geheim], ID, datetime.now(UTC), body.encode())
    assert Webhook(geheim).verify(body, headers)


def test_tijdens_een_wissel_zijn_beide_geheimen_goed_en_een_derde_niet() -> None:
    nieuw, oud = nieuw_geheim(), nieuw_geheim()
    headers = onderteken([nieuw, oud], ID, datetime.now(UTC), b"{}")
    assert len(headers["webhook-signature"].split(" ")) == 2
    for geheim in (nieuw, oud):
        Webhook(geheim).verify("{}", headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(nieuw_geheim()).verify("{}", headers)


@pytest.mark.parametrize("naam", ["webhook-id", "webhook-timestamp", "body"])
def test_wie_iets_verandert_valt_door_de_mand(naam: str) -> None:
    geheim = nieuw_geheim()
    nu = datetime.now(UTC)
    headers, body = onderteken([geheim], ID, nu, b"{}"), "{}"
    if naam == "body":
        body = "[]"
    elif naam == "webhook-id":
        headers[naam] = ID.replace("6", "7")
    else:
        headers[naam] = str(int((nu + timedelta(seconds=1)).timestamp()))
    with pytest.raises(WebhookVerificationError):
        Webhook(geheim).verify(body, headers)


def test_een_geheim_heeft_de_lengte_die_de_standaard_vraagt() -> None:
    geheim = nieuw_geheim()
    assert geheim.startswith("whsec_")
    assert 24 <= len(base64.b64decode(geheim.removeprefix("whsec_"))) <= 64
