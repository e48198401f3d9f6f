"""An issuer of tokens for the local run and the tests, and nowhere else."""

import json
import os
import secrets
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from chassis.tenancy import BEHEER, WSD


class DevelopmentIssuer:
    """Hands out tokens for any organisation and role, signed with a key kept in a file.

    Anyone who can call it can be anyone, so it refuses to exist in production.  The key is kept so
    that tokens that were handed out survive a restart.
    """

    def __init__(self, key_file: Path, *, environment: str, issuer: str, audience: str) -> None:
        if environment == "productie":
            raise RuntimeError("the development issuer does not run in production")
        self.issuer = issuer
        self._audience = audience
        self._key = _load_or_create(key_file)

    def jwks(self) -> dict[str, Any]:
        """The public half of the key, as an issuer publishes it."""
        public = {"use": "sig", "alg": "ES256", "kid": self._key.kid}
        return {"keys": [{**self._key.as_dict(private=False), **public}]}

    async def fetch(self, _uri: str) -> Mapping[str, Any]:
        """As the `fetch` of a TokenVerifier in the same process: no HTTP to ourselves."""
        return self.jwks()

    def token(
        self,
        organisation: str,
        role: str,
        scopes: Iterable[str],
        *,
        client_id: str | None = None,
        lifetime: int = 6 * 3600,
        now: float | None = None,
    ) -> str:
        """A token for a gemeente ("0757"), "wsd" or "beheer".

        Six hours is the longest lifetime of the profile.
        """
        own_name = organisation in (WSD, BEHEER)
        client = client_id or f"ontwikkel-{organisation}-{role}"
        issued_at = int(time.time() if now is None else now)
        claims = {
            "iss": self.issuer,
            "aud": self._audience,
            "sub": client,
            "azp": client,
            "jti": secrets.token_urlsafe(16),
            "iat": issued_at,
            "nbf": issued_at,
            "exp": issued_at + lifetime,
            "scope": " ".join(sorted(scopes)),
            "organisatie": organisation if own_name else f"gemeente-{organisation}",
            "rol": role,
        }
        header = {"alg": "ES256", "kid": self._key.kid, "typ": "at+jwt"}
        return jwt.encode(header, claims, self._key, algorithms=["ES256"])


def _load_or_create(path: Path) -> ECKey:
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path} can be read by others; run: chmod 600 {path}")
    key = ECKey.import_key(json.loads(path.read_text()))
    key.ensure_kid()
    return key


def _create(path: Path) -> None:
    """Write the key whole or not at all, and keep the one that another process wrote first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = ECKey.generate_key("P-256", auto_kid=True)
    # mkstemp makes the file readable by its owner only.
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        json.dump(key.as_dict(private=True), file)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()
