"""POST aanmelding, and a step of the process that begins, against bare FastAPI and asyncpg writing
the same rows."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from datetime import date
from typing import Final

from deploy.bench.belasting import Server, server
from deploy.bench.omgeving import Omgeving
from deploy.bench.uitslag import Verhouding
from deploy.klantreis.persoon import Persoon, verzin_persoon

_PER_RONDE: Final = 2000
_WARM: Final = 300
_PAD: Final = "/intake/v1/kandidaten"
_ROL: Final = "klantmanager"


async def meet(omgeving: Omgeving, rondes: int) -> list[Verhouding]:
    """Requests per second over loopback, 16 at a time, in turns: aanmelding, and a first step."""
    inwoners = _inwoners()
    async with (
        server("intake", "meedoen", omgeving) as meedoen,
        server("intake", "kaal", omgeving) as kaal,
    ):
        beide = (meedoen, kaal)
        aanmeldingen: tuple[list[float], list[float]] = ([], [])
        stappen: tuple[list[float], list[float]] = ([], [])
        for wie in beide:
            await wie.ronde(_verzoeken(wie, _WARM, inwoners))
        for _ in range(rondes):
            for wie, aangemeld, gezet in zip(beide, aanmeldingen, stappen, strict=True):
                snelheid, antwoorden = await wie.ronde(_verzoeken(wie, _PER_RONDE, inwoners))
                aangemeld.append(snelheid)
                gezet.append((await wie.ronde([_stap(wie, a) for a in antwoorden]))[0])
    return [
        Verhouding("POST aanmelding", *aanmeldingen, doel=0.5),
        Verhouding("POST stap van een proces", *stappen, doel=0.2),
    ]


def _inwoners() -> Iterator[Persoon]:
    """Invented residents, each with a BSN of their own."""
    toeval = random.Random(1)  # noqa: S311 - invented people
    gezien: set[str] = set()
    while True:
        persoon = verzin_persoon(toeval, "Boxtel", date(2026, 11, 20))
        if persoon.bsn not in gezien:
            gezien.add(persoon.bsn)
            yield persoon


def _verzoeken(wie: Server, aantal: int, inwoners: Iterator[Persoon]) -> list[bytes]:
    return [_verzoek(wie, persoon) for persoon in itertools.islice(inwoners, aantal)]


def _verzoek(wie: Server, persoon: Persoon) -> bytes:
    inhoud = {
        "aangemeldOp": "2026-11-20",
        "instroomkanaal": "balie",
        "doelgroep": "pwet",
        "persoon": persoon.als_invoer(),
        "toelichting": persoon.toelichting,
    }
    return wie.post(_ROL, _PAD, inhoud)


def _stap(wie: Server, aanmelding: bytes) -> bytes:
    """The quick scan of Boxtel, of the kandidaat in the answer to an aanmelding."""
    kandidaat_id = json.loads(aanmelding)["kandidaatId"]
    inhoud = {
        "stap": "quick-scan",
        "gezetOp": "2026-11-20",
        "feiten": {"mijnwerkdichtbij": False},
    }
    return wie.post(_ROL, f"{_PAD}/{kandidaat_id}/proces/stappen", inhoud)
