"""The secrets of the local run: made once, kept in the data folder, readable by the owner only."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from chassis.encryption import KeyRing


@dataclass(frozen=True)
class Geheimen:
    """wachtwoorden: of the database role per service; sleutels: the key ring (MEEDOEN_SLEUTELS)."""

    wachtwoorden: dict[str, str]
    sleutels: str

    @classmethod
    def uit(cls, bestand: Path, diensten: Sequence[str]) -> Self:
        """Read the secrets, after making what is missing."""
        inhoud = json.loads(bestand.read_text()) if bestand.exists() else {}
        wachtwoorden = inhoud.setdefault("wachtwoorden", {})
        for dienst in diensten:
            wachtwoorden.setdefault(dienst, secrets.token_urlsafe(24))
        sleutels = inhoud.setdefault("sleutels", KeyRing.generate_json())
        bestand.parent.mkdir(parents=True, exist_ok=True)
        bestand.touch(mode=0o600)
        bestand.write_text(json.dumps(inhoud, indent=2))
        return cls(wachtwoorden, sleutels)
