"""Kandidaten in the database: loaded whole, with their besluiten, and locked before a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.vault import Person
from chassis.web.problems import NietGevonden
from services.intake.domain.besluit import Besluit
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import (
    Kandidaat,
    Kandidaatstatus,
    OntvangenAdvies,
    Poortbesluit,
    Poortuitkomst,
    Programma,
    Trajectbesluit,
)

_KANDIDAAT: Final = """
SELECT id, gemeentecode, aangemeld_op, instroomkanaal, doelgroep, doorverwezen_op, advies_id,
       advies_gegeven_op, advies_programma, advies_diensten, ronde, uitgestroomd_op, gebiedsteam,
       versie
FROM kandidaat WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class EerdereBesluiten:
    poortbesluiten: tuple[Poortbesluit, ...] = ()
    trajectbesluiten: tuple[Trajectbesluit, ...] = ()


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A kandidaat as it is stored. versie counts changes and is its ETag.

    eerder: the besluiten from before the last heraanmelding; they no longer count.
    """

    kandidaat: Kandidaat
    versie: int
    eerder: EerdereBesluiten


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """A line in a list of kandidaten."""

    kandidaat_id: UUID
    gemeentecode: str
    status: Kandidaatstatus
    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    doorverwezen_op: date | None
    uitgestroomd_op: date | None
    ronde: int
    gebiedsteam: str | None
    vastgelegd_op: datetime


async def haal(uow: Reading, kandidaat_id: UUID, *, op_slot: bool = False) -> Bewaard | None:
    """The kandidaat with all besluiten; None when there is none that this organisation may see.

    op_slot: lock the row, to decide on it and change it.
    """
    row = await uow.connection.fetchrow(
        _KANDIDAAT + ("FOR UPDATE" if op_slot else ""), kandidaat_id
    )
    if row is None:
        return None
    besluiten = await uow.connection.fetch(
        "SELECT * FROM besluit WHERE kandidaat_id = $1 ORDER BY vastgelegd_op, id", kandidaat_id
    )
    person = await uow.vault.person(uow, kandidaat_id) if besluiten else None
    nu = [rij for rij in besluiten if rij["ronde"] == row["ronde"]]
    poort, traject = _genomen(nu, person)
    eerder = _genomen([rij for rij in besluiten if rij["ronde"] < row["ronde"]], person)
    kandidaat = Kandidaat(
        kandidaat_id=row["id"],
        gemeentecode=row["gemeentecode"],
        aangemeld_op=row["aangemeld_op"],
        instroomkanaal=Instroomkanaal(row["instroomkanaal"]),
        doelgroep=Doelgroep(row["doelgroep"]),
        poortbesluiten=poort,
        doorverwezen_op=row["doorverwezen_op"],
        advies=_advies(row),
        trajectbesluiten=traject,
        ronde=row["ronde"],
        uitgestroomd_op=row["uitgestroomd_op"],
        gebiedsteam=row["gebiedsteam"],
    )
    return Bewaard(kandidaat, row["versie"], EerdereBesluiten(*eerder))


async def neem(uow: UnitOfWork, kandidaat_id: UUID) -> Kandidaat:
    """The kandidaat under lock, to decide on. Raises NietGevonden."""
    bewaard = await haal(uow, kandidaat_id, op_slot=True)
    if bewaard is None:
        raise NietGevonden
    return bewaard.kandidaat


@dataclass(frozen=True, slots=True)
class Bekend:
    """A kandidaat that the gemeente has already, found by BSN."""

    kandidaat_id: UUID
    uitgestroomd_op: date | None


async def met_bsn(
    uow: UnitOfWork, gemeentecode: str, bsn_indexen: Sequence[bytes]
) -> dict[bytes, Bekend]:
    """The kandidaten of this gemeente with these BSNs, by the index of the BSN."""
    rows = await uow.connection.fetch(
        "SELECT id, bsn_index, uitgestroomd_op FROM kandidaat"
        " WHERE gemeentecode = $1 AND bsn_index = ANY($2::bytea[])",
        gemeentecode,
        bsn_indexen,
    )
    return {row["bsn_index"]: Bekend(row["id"], row["uitgestroomd_op"]) for row in rows}


async def voeg_toe(uow: UnitOfWork, nieuw: Mapping[bytes, Kandidaat]) -> set[UUID]:
    """Store new kandidaten of one gemeente, by the index of their BSN.

    Returns which were: not those whose BSN the gemeente has already.
    """
    kandidaten = nieuw.values()
    rows = await uow.connection.fetch(
        "INSERT INTO kandidaat (id, gemeentecode, status, aangemeld_op, instroomkanaal, doelgroep,"
        " gebiedsteam, bsn_index, vastgelegd_op)"
        " SELECT id, $8, status, aangemeld_op, instroomkanaal, doelgroep, gebiedsteam, bsn, $9"
        " FROM unnest($1::uuid[], $2::text[], $3::date[], $4::text[], $5::text[], $6::text[],"
        " $7::bytea[])"
        " AS n (id, status, aangemeld_op, instroomkanaal, doelgroep, gebiedsteam, bsn)"
        " ON CONFLICT (gemeentecode, bsn_index) DO NOTHING RETURNING id",
        [kandidaat.kandidaat_id for kandidaat in kandidaten],
        [kandidaat.status for kandidaat in kandidaten],
        [kandidaat.aangemeld_op for kandidaat in kandidaten],
        [kandidaat.instroomkanaal for kandidaat in kandidaten],
        [kandidaat.doelgroep for kandidaat in kandidaten],
        [kandidaat.gebiedsteam for kandidaat in kandidaten],
        list(nieuw),
        uow.organisation,
        uow.now,
    )
    return {row["id"] for row in rows}


async def bewaar_bsn_index(uow: UnitOfWork, kandidaat_id: UUID, bsn_index: bytes) -> bool:
    """Store by what its gemeente recognises a kandidaat's BSN; False when it knows it already."""
    try:
        await uow.connection.execute(
            "UPDATE kandidaat SET bsn_index = $2 WHERE id = $1", kandidaat_id, bsn_index
        )
    except asyncpg.UniqueViolationError:
        return False
    return True


async def bewaar(uow: UnitOfWork, kandidaat: Kandidaat) -> int:
    """Store what changed in a kandidaat that was loaded under lock. Returns the new version."""
    advies = kandidaat.advies
    versie: int = await uow.connection.fetchval(
        "UPDATE kandidaat SET status = $2, doorverwezen_op = $3, gedeeld_met_wsd = $4,"
        " advies_id = $5, advies_gegeven_op = $6, advies_programma = $7, advies_diensten = $8,"
        " ronde = $9, uitgestroomd_op = $10, gebiedsteam = $11, aangemeld_op = $12,"
        " instroomkanaal = $13, doelgroep = $14, versie = versie + 1 WHERE id = $1"
        " RETURNING versie",
        kandidaat.kandidaat_id,
        kandidaat.status,
        kandidaat.doorverwezen_op,
        kandidaat.gedeeld_met_wsd,
        advies.advies_id if advies else None,
        advies.gegeven_op if advies else None,
        advies.programma if advies else None,
        list(advies.diensten) if advies else None,
        kandidaat.ronde,
        kandidaat.uitgestroomd_op,
        kandidaat.gebiedsteam,
        kandidaat.aangemeld_op,
        kandidaat.instroomkanaal,
        kandidaat.doelgroep,
    )
    return versie


async def voeg_besluit_toe(
    uow: UnitOfWork, kandidaat: Kandidaat, genomen: Poortbesluit | Trajectbesluit
) -> None:
    """Store a besluit that was just taken; its motivation sealed."""
    person = await uow.vault.person(uow, kandidaat.kandidaat_id)
    besluit = genomen.besluit
    traject = genomen if isinstance(genomen, Trajectbesluit) else None
    poort = genomen if isinstance(genomen, Poortbesluit) else None
    await uow.connection.execute(
        "INSERT INTO besluit (id, kandidaat_id, gemeentecode, soort, uitkomst, programma, diensten,"
        " met_wsd, advies_id, wijkt_af, inkooporder_nodig, motivering, rechtsgrond, genomen_door,"
        " genomen_op, ingangsdatum, bekendgemaakt_op, vastgelegd_op, ronde) VALUES"
        " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        besluit.besluit_id,
        kandidaat.kandidaat_id,
        kandidaat.gemeentecode,
        "trajectbesluit" if traject else "poortbesluit",
        poort.uitkomst if poort else None,
        traject.programma if traject else None,
        list(traject.diensten) if traject else None,
        traject.met_wsd if traject else None,
        traject.advies_id if traject else None,
        traject.wijkt_af if traject else None,
        traject.inkooporder_nodig if traject else None,
        person.seal(besluit.motivering, _plaats(besluit.besluit_id)),
        besluit.rechtsgrond,
        besluit.genomen_door,
        besluit.genomen_op,
        besluit.ingangsdatum,
        besluit.bekendgemaakt_op,
        uow.now,
        kandidaat.ronde,
    )


async def lijst(
    uow: Reading,
    *,
    status: Kandidaatstatus | None,
    gebiedsteam: str | None,
    na: tuple[datetime, UUID] | None,
    aantal: int,
) -> Sequence[Samenvatting]:
    """Kandidaten in the order in which they were recorded, after a point in that order."""
    rows = await uow.connection.fetch(
        "SELECT id, gemeentecode, status, aangemeld_op, instroomkanaal, doelgroep, doorverwezen_op,"
        " uitgestroomd_op, ronde, gebiedsteam, vastgelegd_op FROM kandidaat"
        " WHERE ($1::text IS NULL OR status = $1)"
        " AND ($2::timestamptz IS NULL OR (vastgelegd_op, id) > ($2, $3))"
        " AND ($5::text IS NULL OR gebiedsteam = $5)"
        " ORDER BY vastgelegd_op, id LIMIT $4",
        status,
        na[0] if na else None,
        na[1] if na else None,
        aantal,
        gebiedsteam,
    )
    return [
        Samenvatting(
            kandidaat_id=row["id"],
            gemeentecode=row["gemeentecode"],
            status=Kandidaatstatus(row["status"]),
            aangemeld_op=row["aangemeld_op"],
            instroomkanaal=Instroomkanaal(row["instroomkanaal"]),
            doelgroep=Doelgroep(row["doelgroep"]),
            doorverwezen_op=row["doorverwezen_op"],
            uitgestroomd_op=row["uitgestroomd_op"],
            ronde=row["ronde"],
            gebiedsteam=row["gebiedsteam"],
            vastgelegd_op=row["vastgelegd_op"],
        )
        for row in rows
    ]


def _genomen(
    rijen: Sequence[asyncpg.Record], person: Person | None
) -> tuple[tuple[Poortbesluit, ...], tuple[Trajectbesluit, ...]]:
    poort, traject = [], []
    for rij in rijen:
        besluit = _besluit(rij, person)
        if rij["soort"] == "poortbesluit":
            poort.append(Poortbesluit(besluit, Poortuitkomst(rij["uitkomst"])))
        else:
            traject.append(_trajectbesluit(rij, besluit))
    return tuple(poort), tuple(traject)


def _besluit(row: asyncpg.Record, person: Person | None) -> Besluit:
    if person is None:
        raise LookupError("een besluit wordt gelezen met de sleutel van de kandidaat")
    return Besluit(
        besluit_id=row["id"],
        genomen_op=row["genomen_op"],
        genomen_door=row["genomen_door"],
        motivering=person.open(row["motivering"], _plaats(row["id"])),
        rechtsgrond=row["rechtsgrond"],
        ingangsdatum=row["ingangsdatum"],
        bekendgemaakt_op=row["bekendgemaakt_op"],
    )


def _trajectbesluit(row: asyncpg.Record, besluit: Besluit) -> Trajectbesluit:
    return Trajectbesluit(
        besluit=besluit,
        programma=Programma(row["programma"]),
        diensten=tuple(row["diensten"]),
        met_wsd=row["met_wsd"],
        advies_id=row["advies_id"],
        wijkt_af=row["wijkt_af"],
        inkooporder_nodig=row["inkooporder_nodig"],
    )


def _advies(row: asyncpg.Record) -> OntvangenAdvies | None:
    if row["advies_id"] is None:
        return None
    return OntvangenAdvies(
        advies_id=row["advies_id"],
        gegeven_op=row["advies_gegeven_op"],
        programma=Programma(row["advies_programma"]),
        diensten=tuple(row["advies_diensten"]),
    )


def _plaats(besluit_id: UUID) -> str:
    return f"besluit.motivering/{besluit_id}"
