"""Personal data at rest can be read in its own place, with its own key, and nowhere else."""

from __future__ import annotations

import base64
import itertools
import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chassis.encryption import KeyRing, UnreadableError, decrypt, encrypt

KEYS = st.binary(min_size=32, max_size=32)
PLACES = st.text(st.characters(codec="utf-8"), max_size=40)
PLACE = "persoonsgegevens.gegevens/1"
KEY = bytes(range(32))


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing.from_json(KeyRing.generate_json())


@given(KEYS, st.binary(), PLACES)
def test_what_is_encrypted_comes_back(key: bytes, plain: bytes, place: str) -> None:
    assert decrypt(key, encrypt(key, plain, place), place) == plain


@given(KEYS, st.binary(), PLACES, PLACES)
def test_a_ciphertext_that_was_moved_is_unreadable(
    key: bytes, plain: bytes, place: str, elsewhere: str
) -> None:
    assume(place != elsewhere)
    with pytest.raises(UnreadableError):
        decrypt(key, encrypt(key, plain, place), elsewhere)


@given(st.binary(), st.data())
def test_a_ciphertext_that_was_changed_is_unreadable(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(encrypt(KEY, plain, PLACE))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= data.draw(st.integers(1, 255))
    with pytest.raises(UnreadableError):
        decrypt(KEY, bytes(sealed), PLACE)


@given(st.binary(), st.integers(0, 100))
def test_a_ciphertext_that_was_cut_off_is_unreadable(plain: bytes, length: int) -> None:
    sealed = encrypt(KEY, plain, PLACE)
    assume(length < len(sealed))
    with pytest.raises(UnreadableError):
        decrypt(KEY, sealed[:length], PLACE)


@given(KEYS, KEYS, st.binary())
def test_another_key_reads_nothing(key: bytes, other: bytes, plain: bytes) -> None:
    assume(key != other)
    with pytest.raises(UnreadableError):
        decrypt(other, encrypt(key, plain, PLACE), PLACE)


@given(st.binary(min_size=1))
def test_equal_values_look_different(plain: bytes) -> None:
    assert encrypt(KEY, plain, PLACE) != encrypt(KEY, plain, PLACE)


def test_the_key_of_a_person_is_unwrapped_for_that_person_only(ring: KeyRing) -> None:
    key, wrapped = ring.new_data_key("kandidaat-1")
    assert ring.unwrap(wrapped, "kandidaat-1") == key
    assert key not in wrapped
    with pytest.raises(UnreadableError):
        ring.unwrap(wrapped, "kandidaat-2")


def test_every_person_has_a_key_of_their_own(ring: KeyRing) -> None:
    assert ring.new_data_key("a")[0] != ring.new_data_key("a")[0]


def test_an_older_key_of_the_ring_still_unwraps() -> None:
    old = json.loads(KeyRing.generate_json())
    key, wrapped = KeyRing.from_json(json.dumps(old)).new_data_key("kandidaat")
    newer = json.loads(KeyRing.generate_json())["sleutels"]["k1"]
    both = {**old, "huidig": "k2", "sleutels": {**old["sleutels"], "k2": newer}}

    turned = KeyRing.from_json(json.dumps(both))
    assert turned.unwrap(wrapped, "kandidaat") == key
    assert turned.new_data_key("kandidaat")[1].startswith(b"k2:")


def test_a_key_that_left_the_ring_unwraps_nothing(ring: KeyRing) -> None:
    _, wrapped = ring.new_data_key("kandidaat")
    other = KeyRing.from_json(KeyRing.generate_json().replace('"k1"', '"k9"'))
    with pytest.raises(UnreadableError):
        other.unwrap(wrapped, "kandidaat")


def test_equal_values_have_equal_blind_indexes_within_a_scope(ring: KeyRing) -> None:
    assert ring.blind_index("0757", "999990019") == ring.blind_index("0757", "999990019")
    assert ring.blind_index("0757", "999990019") != ring.blind_index("0757", "999990020")
    assert ring.blind_index("0757", "999990019") != ring.blind_index("0865", "999990019")


def test_a_blind_index_needs_the_key(ring: KeyRing) -> None:
    other = KeyRing.from_json(KeyRing.generate_json())
    assert ring.blind_index("0757", "999990019") != other.blind_index("0757", "999990019")


def test_the_keys_are_not_in_how_the_ring_shows_itself(ring: KeyRing) -> None:
    """A key ring ends up in a log or a traceback one day."""
    shown = repr(ring) + str(ring)
    for key in (ring.index, *ring.wrapping.values()):
        assert repr(key)[2:-1] not in shown
        assert key.hex() not in shown


def keyring(**changes: Any) -> str:
    return json.dumps({**json.loads(KeyRing.generate_json()), **changes})


SHORT = base64.b64encode(b"kort-geheim").decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geheim",
        "[]",
        "{}",
        keyring(huidig="k2"),
        keyring(huidig=["k1"]),
        keyring(index=SHORT),
        keyring(index=None),
        keyring(sleutels={"k1": SHORT}),
        keyring(sleutels=[SHORT]),
        keyring(huidig="k:1", sleutels={"k:1": base64.b64encode(KEY).decode()}),
        keyring(huidig="é", sleutels={"é": base64.b64encode(KEY).decode()}),
    ],
    # Not the text itself: its keys are random, and a test keeps its name.
    ids=map(str, itertools.count()),
)
def test_a_key_ring_that_is_wrong_is_refused_without_showing_a_key(text: str) -> None:
    with pytest.raises(ValueError, match="MEEDOEN_SLEUTELS") as caught:
        KeyRing.from_json(text)
    assert "geheim" not in str(caught.value)
    assert SHORT not in str(caught.value)
