"""The secrets of the local run: made once, kept in the data folder, readable by the owner only."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from chassis.encryption import KeyRing


@dataclass(frozen=True)
class Geheimen:
    """wachtwoorden: of the database role per service; sleutels: the key ring (MEEDOEN_SLEUTELS)."""

    wachtwoorden: dict[str, str]
    sleutels: str

    @classmethod
    def uit(cls, bestand: Path, diensten: Sequence[str]) -> Self:
        """Read the secrets, after making what is missing."""
        inhoud = _lees(bestand)
        wachtwoorden = inhoud["wachtwoorden"] = _aangevuld(inhoud.get("wachtwoorden", {}), diensten)
        sleutels = inhoud.setdefault("sleutels", KeyRing.generate_json())
        _bewaar(bestand, inhoud)
        return cls(wachtwoorden, sleutels)


def wachtwoorden(bestand: Path, namen: Iterable[str]) -> dict[str, str]:
    """The passwords kept in a file of its own, one for each name, after making those missing."""
    inhoud = _aangevuld(_lees(bestand), namen)
    _bewaar(bestand, inhoud)
    return inhoud


def _aangevuld(wachtwoorden: Mapping[str, str], namen: Iterable[str]) -> dict[str, str]:
    """With a new password for each name that has none."""
    return {naam: secrets.token_urlsafe(24) for naam in namen} | dict(wachtwoorden)


def _lees(bestand: Path) -> dict[str, Any]:
    inhoud: dict[str, Any] = json.loads(bestand.read_text()) if bestand.exists() else {}
    return inhoud


def _bewaar(bestand: Path, inhoud: Mapping[str, Any]) -> None:
    bestand.parent.mkdir(parents=True, exist_ok=True)
    bestand.touch(mode=0o600)
    bestand.write_text(json.dumps(inhoud, indent=2))
