"""Personal data at rest: AES-256-GCM with a key per person, wrapped by a key of the organisation.

The key of a person (data key) is random and lies beside the row, wrapped by a key from the key
ring. Whoever destroys the wrapped key has erased the person's data, in every backup too that does
not hold that row. Each ciphertext is bound to its place (table, column, row), so it cannot be moved
to another row unnoticed.

A BSN must be found again without being readable: ``blind_index`` gives a keyed hash. There are
some 10^8 possible BSNs, so the index key must be kept as well as the encryption key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32
_KEY_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
"""It stands before the wrapped key, with a colon between."""


class UnreadableError(Exception):
    """The ciphertext was changed or moved, or its key is not in the ring."""


@dataclass(frozen=True)
class KeyRing:
    """The organisation's keys. ``current`` wraps new data keys; the others still unwrap."""

    current: str
    wrapping: dict[str, bytes] = field(repr=False)
    index: bytes = field(repr=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read ``{"huidig": "k1", "sleutels": {"k1": base64}, "index": base64}``.

        Raises ValueError that names what is wrong, never a key.
        """
        try:
            ring = json.loads(text)
            keys = {name: base64.b64decode(key) for name, key in ring["sleutels"].items()}
            index = base64.b64decode(ring["index"])
            current = ring["huidig"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                "MEEDOEN_SLEUTELS moet JSON zijn met huidig, sleutels en index (base64)"
            ) from error
        if not all(_KEY_NAME.fullmatch(name) for name in keys):
            raise ValueError("MEEDOEN_SLEUTELS: de naam van een sleutel is van letters en cijfers")
        if any(len(key) != _KEY_BYTES for key in (*keys.values(), index)):
            raise ValueError("MEEDOEN_SLEUTELS: elke sleutel is 32 bytes, in base64")
        if current not in list(keys):
            raise ValueError("MEEDOEN_SLEUTELS: huidig noemt een van de sleutels")
        return cls(current, keys, index)

    @staticmethod
    def generate_json() -> str:
        """A fresh key ring, as text for ``MEEDOEN_SLEUTELS``."""

        def key() -> str:
            return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()

        return json.dumps({"huidig": "k1", "sleutels": {"k1": key()}, "index": key()})

    def new_data_key(self, owner: str) -> tuple[bytes, bytes]:
        """A data key for one person: as it is, and wrapped for storage."""
        key = secrets.token_bytes(_KEY_BYTES)
        wrapped = self.current.encode() + b":" + _seal(self.wrapping[self.current], key, owner)
        return key, wrapped

    def unwrap(self, wrapped: bytes, owner: str) -> bytes:
        """The data key again. Raises UnreadableError."""
        name, _, sealed = wrapped.partition(b":")
        key = self.wrapping.get(name.decode("ascii", "replace"))
        if key is None:
            raise UnreadableError("wrapping key not in the ring")
        return _open(key, sealed, owner)

    def blind_index(self, scope: str, value: str) -> bytes:
        """A keyed hash to find equal values by, different in each scope."""
        return hmac.digest(self.index, f"{scope}\0{value}".encode(), hashlib.sha256)


def encrypt(key: bytes, plain: bytes, place: str) -> bytes:
    """Encrypt for one place, for example ``persoonsgegevens.gegevens/<id>``."""
    return _seal(key, plain, place)


def decrypt(key: bytes, sealed: bytes, place: str) -> bytes:
    """The reverse of ``encrypt``. Raises UnreadableError."""
    return _open(key, sealed, place)


def _seal(key: bytes, plain: bytes, place: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def _open(key: bytes, sealed: bytes, place: str) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise UnreadableError("ciphertext changed or moved") from error
