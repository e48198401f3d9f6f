"""Invented residents, with a BSN that passes the elfproef."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

_GEWICHTEN: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)


@dataclass(frozen=True)
class Persoon:
    """What a gemeente would enter about a resident. Every value is recognisably invented, so that a
    test can search for it where it must not be."""

    bsn: str
    voornamen: str
    geslachtsnaam: str
    geboortedatum: date
    email: str
    telefoonnummer: str
    straat: str
    huisnummer: str
    postcode: str
    woonplaats: str
    toelichting: str

    def als_invoer(self) -> dict[str, Any]:
        return {
            "bsn": self.bsn,
            "voornamen": self.voornamen,
            "geslachtsnaam": self.geslachtsnaam,
            "geboortedatum": self.geboortedatum.isoformat(),
            "email": self.email,
            "telefoonnummer": self.telefoonnummer,
            "adres": {
                "straat": self.straat,
                "huisnummer": self.huisnummer,
                "postcode": self.postcode,
                "woonplaats": self.woonplaats,
            },
        }


def verzin_bsn(toeval: Random) -> str:
    """Nine digits that pass the elfproef; starts with 9, where no BSN has been given out."""
    while True:
        cijfers = [9, *(toeval.randrange(10) for _ in range(7))]
        rest = sum(g * c for g, c in zip(_GEWICHTEN, cijfers, strict=False)) % 11
        if rest < 10:
            return "".join(map(str, (*cijfers, rest)))


def verzin_persoon(toeval: Random, woonplaats: str, vandaag: date) -> Persoon:
    """A resident of 22 to 62 years."""
    nummer = toeval.randrange(10**6)
    return Persoon(
        bsn=verzin_bsn(toeval),
        voornamen=f"Proefvoornaam{nummer}",
        geslachtsnaam=f"Proefgeslachtsnaam{nummer}",
        geboortedatum=vandaag - timedelta(days=toeval.randint(22 * 366, 62 * 365)),
        email=f"proefpersoon{nummer}@voorbeeld.example",
        telefoonnummer=f"06{toeval.randrange(10**8):08d}",
        straat=f"Proefstraat{nummer}",
        huisnummer=str(toeval.randint(1, 300)),
        postcode=f"5{toeval.randint(100, 999)} ZZ",
        woonplaats=woonplaats,
        toelichting=f"Proeftoelichting{nummer}: zoekt werk in het groen.",
    )


def verzin_kvk_nummer(toeval: Random) -> str:
    """Eight digits; a KvK number has no check digit."""
    return f"{toeval.randrange(10**8):08d}"
