"""Who a kandidaat is. Sealed at rest; in memory only as long as one request takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from chassis.unit_of_work import Reading, UnitOfWork
from services.intake.domain.instroom import Instroomreden


class Geslacht(StrEnum):
    """As the BRP writes it (tabel geslachtsaanduiding)."""

    MAN = "M"
    VROUW = "V"
    ONBEKEND = "O"


@dataclass(frozen=True, slots=True)
class Adres:
    straat: str
    huisnummer: str
    postcode: str
    woonplaats: str


@dataclass(frozen=True, slots=True)
class Persoonsgegevens:
    """Dutch names as in the BRP. Never in an event, a log line, a URL or an error text."""

    bsn: str
    voornamen: str
    voorvoegsel: str | None
    geslachtsnaam: str
    geboortedatum: date
    email: str | None
    telefoonnummer: str | None
    adres: Adres | None
    toelichting: str | None
    instroomreden: Instroomreden | None = None
    geslacht: Geslacht | None = None
    """Only for the record that CBS asks for."""

    def __repr__(self) -> str:
        return "Persoonsgegevens(…)"

    @property
    def postcode(self) -> str | None:
        return self.adres.postcode if self.adres else None

    def met_instroomreden(self, reden: Instroomreden | None) -> Self:
        """The same person, who now reports for another reason."""
        return replace(self, instroomreden=reden)

    def als_tekst(self) -> str:
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False)

    @classmethod
    def uit_tekst(cls, tekst: str) -> Self:
        velden = json.loads(tekst)
        velden["geboortedatum"] = date.fromisoformat(velden["geboortedatum"])
        velden["adres"] = Adres(**velden["adres"]) if velden["adres"] else None
        if reden := velden.get("instroomreden"):
            velden["instroomreden"] = Instroomreden(reden)
        if geslacht := velden.get("geslacht"):
            velden["geslacht"] = Geslacht(geslacht)
        return cls(**velden)


def bsn_index(uow: UnitOfWork, gemeentecode: str, bsn: str) -> bytes:
    """By what one gemeente recognises a BSN; the same BSN in another gemeente looks different."""
    return uow.vault.blind_index(f"bsn/{gemeentecode}", bsn)


async def bewaar(
    uow: UnitOfWork, gemeentecode: str, per_kandidaat: Mapping[UUID, Persoonsgegevens]
) -> None:
    """Seal the personal data of new kandidaten, of each with a key of their own."""
    personen = await uow.vault.new_people(uow, tuple(per_kandidaat), gemeentecode)
    await uow.connection.execute(
        "INSERT INTO persoonsgegevens (kandidaat_id, gemeentecode, gegevens)"
        " SELECT id, $2, gegevens FROM unnest($1::uuid[], $3::bytea[]) AS p (id, gegevens)",
        [person.kandidaat_id for person in personen],
        gemeentecode,
        [
            person.seal(
                per_kandidaat[person.kandidaat_id].als_tekst(), _plaats(person.kandidaat_id)
            )
            for person in personen
        ],
    )


async def vervang(uow: UnitOfWork, kandidaat_id: UUID, gegevens: Persoonsgegevens) -> None:
    """Seal the personal data that a kandidaat gave again."""
    person = await uow.vault.person(uow, kandidaat_id)
    await uow.connection.execute(
        "UPDATE persoonsgegevens SET gegevens = $2 WHERE kandidaat_id = $1",
        kandidaat_id,
        person.seal(gegevens.als_tekst(), _plaats(kandidaat_id)),
    )


async def geboortedatum(uow: UnitOfWork, kandidaat_id: UUID) -> date:
    """For what the law derives from age, within this service."""
    return (await van(uow, kandidaat_id)).geboortedatum


async def van(uow: Reading, kandidaat_id: UUID) -> Persoonsgegevens:
    """For what this service itself derives from them; whoever shows them logs that it was seen."""
    gegevens = await _open(uow, kandidaat_id)
    if gegevens is None:
        raise LookupError("een kandidaat heeft persoonsgegevens")
    return gegevens


async def bsn_index_bij(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> bytes:
    """By what another gemeente will recognise the BSN of this kandidaat."""
    return bsn_index(uow, gemeentecode, (await van(uow, kandidaat_id)).bsn)


async def zie_in(
    uow: Reading, kandidaat_id: UUID, *, wat: str = "persoonsgegevens"
) -> Persoonsgegevens | None:
    """Read the personal data for a person who asks, and record as part of what it was read."""
    gegevens = await _open(uow, kandidaat_id)
    if gegevens is not None:
        gemeentecode = await uow.connection.fetchval(
            "SELECT gemeentecode FROM kandidaat WHERE id = $1", kandidaat_id
        )
        await uow.log_processing(
            f"{wat} ingezien",
            kandidaat_id=kandidaat_id,
            gemeentecode=gemeentecode,
            activity=f"intake/{wat}-inzien",
        )
    return gegevens


async def _open(uow: Reading, kandidaat_id: UUID) -> Persoonsgegevens | None:
    verzegeld = await uow.connection.fetchval(
        "SELECT gegevens FROM persoonsgegevens WHERE kandidaat_id = $1", kandidaat_id
    )
    if verzegeld is None:
        return None
    person = await uow.vault.person(uow, kandidaat_id)
    return Persoonsgegevens.uit_tekst(person.open(verzegeld, _plaats(kandidaat_id)))


def _plaats(kandidaat_id: UUID) -> str:
    return f"persoonsgegevens.gegevens/{kandidaat_id}"
