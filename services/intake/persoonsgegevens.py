"""Who a kandidaat is. Sealed at rest; in memory only as long as one request takes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self
from uuid import UUID

from chassis.unit_of_work import Reading, UnitOfWork


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

    def __repr__(self) -> str:
        return "Persoonsgegevens(…)"

    def als_tekst(self) -> str:
        return json.dumps(asdict(self), default=date.isoformat, ensure_ascii=False)

    @classmethod
    def uit_tekst(cls, tekst: str) -> Self:
        velden = json.loads(tekst)
        velden["geboortedatum"] = date.fromisoformat(velden["geboortedatum"])
        velden["adres"] = Adres(**velden["adres"]) if velden["adres"] else None
        return cls(**velden)


def bsn_index(uow: UnitOfWork, gemeentecode: str, bsn: str) -> bytes:
    """By what one gemeente recognises a BSN; the same BSN in another gemeente looks different."""
    return uow.vault.blind_index(f"bsn/{gemeentecode}", bsn)


async def bewaar(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, gegevens: Persoonsgegevens
) -> None:
    """Seal the personal data of a new kandidaat with a key of their own."""
    person = await uow.vault.new_person(uow, kandidaat_id, gemeentecode)
    await uow.connection.execute(
        "INSERT INTO persoonsgegevens (kandidaat_id, gemeentecode, gegevens) VALUES ($1, $2, $3)",
        kandidaat_id,
        gemeentecode,
        person.seal(gegevens.als_tekst(), _plaats(kandidaat_id)),
    )


async def geboortedatum(uow: UnitOfWork, kandidaat_id: UUID) -> date:
    """For what the law derives from age, within this service."""
    gegevens = await _open(uow, kandidaat_id)
    if gegevens is None:
        raise LookupError("een kandidaat heeft persoonsgegevens")
    return gegevens.geboortedatum


async def bsn_index_bij(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> bytes:
    """By what another gemeente will recognise the BSN of this kandidaat."""
    gegevens = await _open(uow, kandidaat_id)
    if gegevens is None:
        raise LookupError("een kandidaat heeft persoonsgegevens")
    return bsn_index(uow, gemeentecode, gegevens.bsn)


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
