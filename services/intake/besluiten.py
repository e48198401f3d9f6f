"""Besluiten in the database, with what became of them: never changed, only added to."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import asyncpg

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.vault import Person
from services.intake.domain.besluit import Beslisser, Besluit, Intrekking
from services.intake.domain.inkooporder import Inkooporder
from services.intake.domain.kandidaat import (
    BeschutWerkbesluit,
    Genomen,
    Kandidaat,
    Poortbesluit,
    Poortuitkomst,
    Programma,
    Trajectbesluit,
    UwvAdvies,
    Zorgtraject,
)
from services.intake.domain.rechtsgrond import Besluitsoort, Rechtsgrond
from services.intake.domain.vrijstelling import Verplichting, Vrijstelling

_BESLUITEN: Final = """
SELECT b.*, i.id AS intrekking_id, i.genomen_op AS ingetrokken_op,
       i.genomen_door AS ingetrokken_door, i.rol AS ingetrokken_rol,
       i.motivering AS intrekking_motivering, i.ingangsdatum AS ingetrokken_per,
       o.id AS inkooporder_id, o.nummer, o.geplaatst_op
FROM besluit b
LEFT JOIN intrekking i ON i.besluit_id = b.id
LEFT JOIN inkooporder o ON o.besluit_id = b.id
WHERE b.kandidaat_id = $1 ORDER BY b.vastgelegd_op, b.id
"""


async def van_kandidaat(uow: Reading, kandidaat_id: UUID) -> list[tuple[int, Genomen]]:
    """All besluiten about a kandidaat with their ronde, the oldest first."""
    rows = await uow.connection.fetch(_BESLUITEN, kandidaat_id)
    if not rows:
        return []
    person = await uow.vault.person(uow, kandidaat_id)
    return [(row["ronde"], _genomen(row, person)) for row in rows]


async def voeg_toe(uow: UnitOfWork, kandidaat: Kandidaat, genomen: Genomen) -> None:
    """Store a besluit that was just taken; its motivation sealed."""
    person = await uow.vault.person(uow, kandidaat.kandidaat_id)
    besluit = genomen.besluit
    plaats = _plaats("besluit.motivering", besluit.besluit_id)
    kolommen = {
        "id": besluit.besluit_id,
        "kandidaat_id": kandidaat.kandidaat_id,
        "gemeentecode": kandidaat.gemeentecode,
        "soort": genomen.soort,
        "motivering": person.seal(besluit.motivering, plaats),
        "rechtsgrond": besluit.rechtsgrond,
        "genomen_door": besluit.genomen_door.organisatie,
        "rol": besluit.genomen_door.rol,
        "college": besluit.college,
        "genomen_op": besluit.genomen_op,
        "ingangsdatum": besluit.ingangsdatum,
        "bekendgemaakt_op": besluit.bekendgemaakt_op,
        "vastgelegd_op": uow.now,
        "ronde": kandidaat.ronde,
        **_van_soort(genomen),
    }
    waarden = ", ".join(f"${n}" for n in range(1, len(kolommen) + 1))
    await uow.connection.execute(
        f"INSERT INTO besluit ({', '.join(kolommen)}) VALUES ({waarden})",  # noqa: S608
        *kolommen.values(),
    )


async def bewaar_bekendmaking(uow: UnitOfWork, besluit: Besluit) -> None:
    """Store on which day a besluit was sent."""
    await uow.connection.execute(
        "UPDATE besluit SET bekendgemaakt_op = $2 WHERE id = $1",
        besluit.besluit_id,
        besluit.bekendgemaakt_op,
    )


async def voeg_intrekking_toe(
    uow: UnitOfWork, kandidaat: Kandidaat, besluit_id: UUID, intrekking: Intrekking
) -> None:
    person = await uow.vault.person(uow, kandidaat.kandidaat_id)
    nummer = intrekking.intrekking_id
    await uow.connection.execute(
        "INSERT INTO intrekking (id, besluit_id, kandidaat_id, gemeentecode, motivering,"
        " genomen_door, rol, genomen_op, ingangsdatum, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        nummer,
        besluit_id,
        kandidaat.kandidaat_id,
        kandidaat.gemeentecode,
        person.seal(intrekking.motivering, _plaats("intrekking.motivering", nummer)),
        intrekking.genomen_door.organisatie,
        intrekking.genomen_door.rol,
        intrekking.genomen_op,
        intrekking.ingangsdatum,
        uow.now,
    )


async def voeg_inkooporder_toe(
    uow: UnitOfWork, kandidaat: Kandidaat, besluit_id: UUID, order: Inkooporder
) -> None:
    """Store an order; its number sealed, since another system says what stands in it."""
    person = await uow.vault.person(uow, kandidaat.kandidaat_id)
    await uow.connection.execute(
        "INSERT INTO inkooporder (id, besluit_id, kandidaat_id, gemeentecode, nummer,"
        " geplaatst_op, vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        order.inkooporder_id,
        besluit_id,
        kandidaat.kandidaat_id,
        kandidaat.gemeentecode,
        person.seal(order.nummer, _plaats("inkooporder.nummer", order.inkooporder_id)),
        order.geplaatst_op,
        uow.now,
    )


def _van_soort(genomen: Genomen) -> dict[str, object]:
    """The columns that only this kind of besluit fills."""
    match genomen:
        case Poortbesluit():
            return {"uitkomst": genomen.uitkomst}
        case Trajectbesluit():
            return {
                "programma": genomen.programma,
                "diensten": list(genomen.diensten),
                "met_wsd": genomen.met_wsd,
                "advies_id": genomen.advies_id,
                "wijkt_af": genomen.wijkt_af,
                "inkooporder_nodig": genomen.inkooporder_nodig,
            }
        case Vrijstelling():
            return {
                "vrijgesteld_van": sorted(genomen.vrijgesteld_van),
                "einddatum": genomen.einddatum,
            }
        case BeschutWerkbesluit():
            return {
                "uwv_advies_op": genomen.advies.gegeven_op,
                "uwv_advies_positief": genomen.advies.positief,
                "toegekend": genomen.toegekend,
            }
        case Zorgtraject():
            return {}


def _genomen(row: asyncpg.Record, person: Person) -> Genomen:
    besluit = _besluit(row, person)
    match Besluitsoort(row["soort"]):
        case Besluitsoort.POORTBESLUIT:
            return Poortbesluit(besluit, Poortuitkomst(row["uitkomst"]))
        case Besluitsoort.TRAJECTBESLUIT:
            return Trajectbesluit(
                besluit=besluit,
                programma=Programma(row["programma"]),
                diensten=tuple(row["diensten"]),
                met_wsd=row["met_wsd"],
                advies_id=row["advies_id"],
                wijkt_af=row["wijkt_af"],
                inkooporder_nodig=row["inkooporder_nodig"],
                inkooporder=_inkooporder(row, person),
            )
        case Besluitsoort.VRIJSTELLING:
            van = frozenset(Verplichting(v) for v in row["vrijgesteld_van"])
            return Vrijstelling(besluit, van, row["einddatum"])
        case Besluitsoort.ZORGTRAJECT:
            return Zorgtraject(besluit)
        case Besluitsoort.BESCHUT_WERK:
            advies = UwvAdvies(row["uwv_advies_op"], row["uwv_advies_positief"])
            return BeschutWerkbesluit(besluit, advies, row["toegekend"])


def _besluit(row: asyncpg.Record, person: Person) -> Besluit:
    return Besluit(
        besluit_id=row["id"],
        genomen_op=row["genomen_op"],
        genomen_door=Beslisser(row["genomen_door"], row["rol"]),
        motivering=person.open(row["motivering"], _plaats("besluit.motivering", row["id"])),
        rechtsgrond=Rechtsgrond(row["rechtsgrond"]),
        ingangsdatum=row["ingangsdatum"],
        bekendgemaakt_op=row["bekendgemaakt_op"],
        intrekking=_intrekking(row, person),
        college=row["college"],
    )


def _intrekking(row: asyncpg.Record, person: Person) -> Intrekking | None:
    nummer = row["intrekking_id"]
    if nummer is None:
        return None
    plaats = _plaats("intrekking.motivering", nummer)
    return Intrekking(
        intrekking_id=nummer,
        genomen_op=row["ingetrokken_op"],
        genomen_door=Beslisser(row["ingetrokken_door"], row["ingetrokken_rol"]),
        motivering=person.open(row["intrekking_motivering"], plaats),
        ingangsdatum=row["ingetrokken_per"],
    )


def _inkooporder(row: asyncpg.Record, person: Person) -> Inkooporder | None:
    nummer = row["inkooporder_id"]
    if nummer is None:
        return None
    plaats = _plaats("inkooporder.nummer", nummer)
    return Inkooporder(nummer, person.open(row["nummer"], plaats), row["geplaatst_op"])


def _plaats(kolom: str, nummer: UUID) -> str:
    return f"{kolom}/{nummer}"
