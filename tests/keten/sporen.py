"""Looking for a person in whatever a chain leaves behind, in every way it could be written."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote_plus

from deploy.klantreis.persoon import Persoon

_TOKEN: Final = re.compile(r"[A-Za-z0-9+/_=-]{12,}")
_HEX: Final = re.compile(r"(?:[0-9a-f]{2}){6,}", re.I)
_JSON_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")


class Zoeker:
    """Finds what was entered about a person. vrij: free texts that were entered besides."""

    def __init__(self, persoon: Persoon, vrij: Iterable[str] = ()) -> None:
        self._namen: dict[str, re.Pattern[str]] = {}
        for label, tekst in _teksten(persoon, vrij):
            self._namen[label] = re.compile(re.escape(_plat(tekst)))
        self._namen["bsn"] = _cijfers(persoon.bsn)
        self._namen["postcode"] = re.compile(_plat(persoon.postcode).replace(" ", r"\s*"))
        nationaal = persoon.telefoonnummer.lstrip("0")
        self._namen["telefoonnummer"] = re.compile(
            r"(?<!\d)(?:\+?31|0031|0)?[\s()-]*" + _cijfers(nationaal).pattern
        )
        self._namen["geboortedatum"] = re.compile("|".join(map(re.escape, _datums(persoon))))
        self._namen["hash van het bsn"] = re.compile("|".join(map(re.escape, _hashes(persoon.bsn))))

    @property
    def zoekt(self) -> set[str]:
        return set(self._namen)

    def vind(self, tekst: str) -> set[str]:
        """The names of what stands in a text, as it is or encoded."""
        lezingen = {_plat(lezing) for lezing in _lezingen(tekst)}
        return {
            naam
            for naam, patroon in self._namen.items()
            if any(patroon.search(lezing) for lezing in lezingen)
        }


def schrijfwijzen(persoon: Persoon) -> dict[str, list[str]]:
    """By name, ways in which it could stand somewhere: to try a Zoeker on."""
    g, b, t = persoon.geboortedatum, persoon.bsn, persoon.telefoonnummer
    return {
        "bsn": [b, f"{b[:4]}.{b[4:6]}.{b[6:]}", f"{b[:3]} {b[3:6]} {b[6:]}", f"0{b}"],
        "geboortedatum": [
            g.isoformat(),
            f"{g:%d-%m-%Y}",
            f"{g:%Y%m%d}",
            f"{g.day}-{g.month}-{g.year}",
        ],
        "telefoonnummer": [t, f"+31{t[1:]}", f"0031 {t[1]} {t[2:6]} {t[6:]}", f"{t[:2]}-{t[2:]}"],
        "geslachtsnaam": [persoon.geslachtsnaam, persoon.geslachtsnaam.upper()],
        "hash van het bsn": [hashlib.sha256(b.encode()).hexdigest()],
        "postcode": [persoon.postcode, persoon.postcode.replace(" ", "")],
    }


def vermommingen(tekst: str) -> list[str]:
    """The same text as it is, and in the encodings in which it could have been hidden."""
    rauw = tekst.encode()
    return [
        f"voor {tekst} na",
        "https://x.example/" + "".join(f"%{byte:02X}" for byte in rauw),
        json.dumps({"a": tekst}),
        base64.b64encode(b"voor-" + rauw + b"-na").decode(),
        base64.urlsafe_b64encode(b'["' + rauw + b'"]').rstrip(b"=").decode(),
        "\\x" + (b"bytes " + rauw + b" ").hex(),
    ]


def _teksten(persoon: Persoon, vrij: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "voornamen", persoon.voornamen
    yield "geslachtsnaam", persoon.geslachtsnaam
    yield "email", persoon.email
    yield "naam in de email", persoon.email.partition("@")[0]
    yield "straat", persoon.straat
    yield "huisnummer", persoon.huisnummer
    yield "woonplaats", persoon.woonplaats
    yield "toelichting", persoon.toelichting
    yield from ((tekst, tekst) for tekst in vrij)


def _cijfers(cijfers: str) -> re.Pattern[str]:
    return re.compile(r"[\s.()-]*".join(cijfers))


def _datums(persoon: Persoon) -> list[str]:
    g = persoon.geboortedatum
    vormen = [
        f"{jaar}{s}{maand}{s}{dag}"
        for jaar, maand, dag in ((g.year, f"{g.month:02}", f"{g.day:02}"), (g.year, g.month, g.day))
        for s in ("-", "/", ".", "")
    ]
    vormen += [
        f"{dag}{s}{maand}{s}{g.year}"
        for maand, dag in ((f"{g.month:02}", f"{g.day:02}"), (g.month, g.day))
        for s in ("-", "/", ".", " ", "")
    ]
    # Written together, without leading zeros, it is too short to be told from any number.
    return [vorm for vorm in vormen if len(vorm) > 7]


def _hashes(bsn: str) -> list[str]:
    gevonden = []
    for naam in ("md5", "sha1", "sha256", "sha512"):
        waarde = hashlib.new(naam, bsn.encode(), usedforsecurity=False)
        gevonden += [waarde.hexdigest(), _plat(base64.b64encode(waarde.digest()).decode())[:20]]
    return gevonden


def _plat(tekst: str) -> str:
    """Without case and diacritics."""
    ontleed = unicodedata.normalize("NFKD", tekst.casefold())
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def _lezingen(tekst: str) -> Iterator[str]:
    yield tekst
    yield unquote_plus(tekst)
    yield _JSON_ESCAPE.sub(lambda m: chr(int(m[1], 16)), tekst)
    for match in _HEX.finditer(tekst):
        yield bytes.fromhex(match[0]).decode("utf-8", "ignore")
    yield " ".join(_uit_base64(m[0]) for m in _TOKEN.finditer(tekst))


def _uit_base64(token: str) -> str:
    kaal = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(kaal + "=" * (-len(kaal) % 4)).decode("utf-8", "ignore")
    except (binascii.Error, ValueError):
        return ""
