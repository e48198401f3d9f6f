"""Only a token of a trusted issuer, for us, now, lets a caller in."""

import base64
import contextlib
import hmac
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from chassis.access import (
    Caller,
    DevelopmentIssuer,
    IssuerUnreachable,
    TokenRefused,
    TokenVerifier,
)
from chassis.access.tokens import REMEMBER_FOR, read_caller
from chassis.settings import TokenIssuer

ISSUER = "https://issuer.example"
AUDIENCE = "meedoen"
EC_KEY = ECKey.generate_key("P-256", {"kid": "ec"}, auto_kid=False)
RSA_KEY = RSAKey.generate_key(2048, {"kid": "rsa"}, auto_kid=False)
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "aud": [AUDIENCE],
    "azp": "suite-boxtel",
    "jti": "b6c7b1f0d2a94c0f",
    "sub": "suite-boxtel",
    "exp": time.time() + 3600,
    "scope": "intake.lezen intake.schrijven",
    "organisatie": "gemeente-0757",
    "rol": "klantmanager",
}


async def keys(_uri: str) -> Mapping[str, Any]:
    return {"keys": [EC_KEY.as_dict(private=False), RSA_KEY.as_dict(private=False)]}


def verifier(now: float | None = None) -> TokenVerifier:
    return TokenVerifier(
        [TokenIssuer(issuer=ISSUER, jwks_uri="https://issuer.example/jwks")],
        audience=AUDIENCE,
        fetch=keys,
        now=time.time if now is None else lambda: now,
    )


def signed(
    key: ECKey | RSAKey = EC_KEY,
    algorithm: str = "ES256",
    header: Mapping[str, Any] | None = None,
    **changes: Any,
) -> str:
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    full_header = {"alg": algorithm, "kid": key.kid, **(header or {})}
    return "Bearer " + jwt.encode(full_header, claims, key, algorithms=[algorithm])


def base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def part(value: object) -> str:
    return base64url(json.dumps(value).encode())


async def refusal(authorization: str | None, now: float | None = None) -> str:
    with pytest.raises(TokenRefused) as refused:
        await verifier(now).caller(authorization)
    return refused.value.reason


async def test_a_good_token_says_who_calls_and_until_when() -> None:
    now = 1_795_000_000.0
    checked = verifier(now)
    caller = await checked.caller(signed(exp=now + 300))
    assert checked.seconds_left(caller) == 300
    assert caller == Caller(
        organisation="0757",
        role="klantmanager",
        scopes=frozenset({"intake.lezen", "intake.schrijven"}),
        client_id="suite-boxtel",
        subject="suite-boxtel",
        expires_at=now + 300,
    )


async def test_wsd_is_an_organisation_too() -> None:
    assert (await verifier().caller(signed(organisatie="wsd"))).organisation == "wsd"


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
async def test_rsa_signatures_of_the_profile_are_accepted(algorithm: str) -> None:
    assert await verifier().caller(signed(RSA_KEY, algorithm))


async def test_other_algorithms_are_refused_also_when_the_signature_is_right() -> None:
    assert "RS256" in await refusal(signed(RSA_KEY, "RS384"))


async def test_a_public_key_does_not_work_as_a_shared_secret() -> None:
    signing_input = f"{part({'alg': 'HS256', 'kid': 'rsa'})}.{part(CLAIMS)}"
    secret = RSA_KEY.as_pem(private=False)
    signature = hmac.digest(secret, signing_input.encode(), "sha256")
    assert "RS256" in await refusal(f"Bearer {signing_input}.{base64url(signature)}")


async def test_an_unsigned_token_is_refused() -> None:
    assert "RS256" in await refusal(f"Bearer {part({'alg': 'none'})}.{part(CLAIMS)}.")


async def test_a_signature_by_another_key_is_refused() -> None:
    imposter = ECKey.generate_key("P-256", {"kid": "ec"}, auto_kid=False)
    assert "handtekening" in await refusal(signed(imposter))


async def test_a_key_sent_inside_the_token_is_not_used() -> None:
    own = ECKey.generate_key("P-256", {"kid": "ec"}, auto_kid=False)
    assert "handtekening" in await refusal(signed(own, header={"jwk": own.as_dict(private=False)}))


async def test_a_changed_claim_breaks_the_signature() -> None:
    header, claims, signature = signed().removeprefix("Bearer ").split(".")
    changed = part(CLAIMS | {"rol": "backoffice"})
    assert changed != claims
    assert "handtekening" in await refusal(f"Bearer {header}.{changed}.{signature}")


async def test_an_issuer_that_is_not_on_the_list_is_refused() -> None:
    assert "uitgever" in await refusal(signed(iss="https://elders.example"))


async def test_a_token_for_another_system_is_refused() -> None:
    assert "(aud)" in await refusal(signed(aud="elders"))
    assert "(aud)" in await refusal(signed(aud=None))


async def test_an_expired_token_is_refused_to_the_second() -> None:
    assert await verifier(CLAIMS["exp"] - 1).caller(signed())
    assert "verlopen" in await refusal(signed(), CLAIMS["exp"])
    assert "verlopen" in await refusal(signed(exp=None))


async def test_a_token_of_the_future_is_refused() -> None:
    assert "nbf" in await refusal(signed(nbf=time.time() + 120))


async def test_the_claims_of_the_profile_are_required() -> None:
    assert "azp" in await refusal(signed(azp=None))
    assert "jti" in await refusal(signed(jti=None))


async def test_a_token_that_is_not_an_access_token_is_refused() -> None:
    assert "access token" in await refusal(signed(header={"typ": "logout+jwt"}))


@pytest.mark.parametrize(
    "header",
    [None, "", "Basic YTpi", "Bearer", "Bearer a.b", "Bearer é.b.c", "Bearer " + "a" * 9999],
)
async def test_anything_else_in_the_header_is_refused(header: str | None) -> None:
    assert await refusal(header)


async def test_a_checked_token_is_remembered_until_it_expires_and_a_minute_at_most() -> None:
    moment = [1_000_000.0]
    asked = []

    async def counting(uri: str) -> Mapping[str, Any]:
        asked.append(uri)
        return await keys(uri)

    checks = TokenVerifier(
        [TokenIssuer(issuer=ISSUER, jwks_uri="https://issuer.example/jwks")],
        audience=AUDIENCE,
        fetch=counting,
        now=lambda: moment[0],
    )
    short, long = signed(exp=moment[0] + 10), signed(exp=moment[0] + 3600)
    await checks.caller(short)
    await checks.caller(long)
    checks._keys.clear()  # from here on only memory can answer
    assert await checks.caller(short)
    moment[0] += 11
    assert await checks.caller(long)
    with pytest.raises(TokenRefused):
        await checks.caller(short)
    moment[0] += REMEMBER_FOR
    with pytest.raises(TokenRefused):
        await checks.caller(long)
    assert len(asked) == 1


async def test_without_keys_the_caller_is_not_blamed() -> None:
    async def away(_uri: str) -> Mapping[str, Any]:
        raise OSError

    checks = TokenVerifier(
        [TokenIssuer(issuer=ISSUER, jwks_uri="x")], audience=AUDIENCE, fetch=away
    )
    with pytest.raises(IssuerUnreachable):
        await checks.caller(signed())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(sorted(CLAIMS))


@settings(deadline=None)
@given(st.dictionaries(NAMES, JSON))
async def test_signed_nonsense_is_refused_and_never_an_accident(changes: dict[str, Any]) -> None:
    with contextlib.suppress(TokenRefused):
        await verifier().caller(signed(**changes))


@settings(deadline=None)
@given(st.text() | st.text().map(lambda text: f"Bearer {text}"))
async def test_any_header_is_refused_and_never_an_accident(header: str) -> None:
    with pytest.raises(TokenRefused):
        await verifier().caller(header)


@given(JSON, JSON, JSON)
def test_no_reason_repeats_what_a_claim_holds(organisation: Any, role: Any, scope: Any) -> None:
    claims = {"azp": "client", "organisatie": organisation, "rol": role, "scope": scope, "exp": 0}
    reason = None
    try:
        read_caller(claims)
    except TokenRefused as refused:
        reason = refused.reason
    assert reason in {
        None,
        "Het token noemt geen organisatie (gemeente-<code> of wsd).",
        "Het token noemt geen rol.",
        "De scopes van het token zijn niet te lezen.",
    }


def test_the_development_issuer_does_not_exist_in_production(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="production"):
        DevelopmentIssuer(
            tmp_path / "key", environment="productie", issuer=ISSUER, audience=AUDIENCE
        )
    assert not (tmp_path / "key").exists()


async def test_tokens_of_the_development_issuer_survive_its_restart(tmp_path: Path) -> None:
    def issuer() -> DevelopmentIssuer:
        return DevelopmentIssuer(
            tmp_path / "key.json", environment="ontwikkeling", issuer=ISSUER, audience=AUDIENCE
        )

    token = issuer().token("0865", "klantmanager", ["intake.lezen"])
    checks = TokenVerifier(
        [TokenIssuer(issuer=ISSUER, jwks_uri="")], audience=AUDIENCE, fetch=issuer().fetch
    )
    caller = await checks.caller(f"Bearer {token}")
    assert (caller.organisation, caller.role) == ("0865", "klantmanager")
    assert "d" not in issuer().jwks()["keys"][0]


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    DevelopmentIssuer(key, environment="ontwikkeling", issuer=ISSUER, audience=AUDIENCE)
    key.chmod(0o644)
    with pytest.raises(PermissionError, match="chmod 600"):
        DevelopmentIssuer(key, environment="ontwikkeling", issuer=ISSUER, audience=AUDIENCE)


def test_the_key_file_is_for_its_owner_only_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    DevelopmentIssuer(key, environment="ontwikkeling", issuer=ISSUER, audience=AUDIENCE)
    assert [*tmp_path.iterdir()] == [key]
    assert key.stat().st_mode & 0o777 == 0o600
