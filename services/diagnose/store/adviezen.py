"""What a gemeente does with an advies, in the database; the advies itself lies in its dossier."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.vault import Person
from chassis.web.problems import NietGevonden
from services.diagnose.domain.advies import Advies
from services.diagnose.domain.adviesreactie import Adviesbesluit, Adviesvraag, BehandeldAdvies
from services.diagnose.domain.dossier import Dossier
from services.diagnose.store import dossiers


async def zie_in(uow: Reading, dossier_id: UUID, advies_id: UUID) -> BehandeldAdvies | None:
    """One advies for a person who asks; that it was read is recorded."""
    advies = await dossiers.zie_in(uow, dossier_id, Advies, advies_id)
    return None if advies is None else await _behandeld(uow, dossier_id, advies)


async def neem(uow: UnitOfWork, dossier: Dossier, advies_id: UUID) -> BehandeldAdvies:
    """An advies of a dossier that is under lock, to decide on. Raises NietGevonden."""
    for advies in dossier.adviezen:
        if advies.advies_id == advies_id:
            return await _behandeld(uow, dossier.dossier_id, advies)
    raise NietGevonden


async def voeg_vraag_toe(
    uow: UnitOfWork, dossier: Dossier, advies_id: UUID, vraag: Adviesvraag
) -> None:
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    await uow.connection.execute(
        "INSERT INTO adviesvraag (id, advies_id, dossier_id, gemeentecode, teruggestuurd_op, vraag,"
        " vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        vraag.vraag_id,
        advies_id,
        dossier.dossier_id,
        dossier.gemeentecode,
        vraag.teruggestuurd_op,
        person.seal(vraag.vraag, _plaats("vraag", vraag.vraag_id)),
        uow.now,
    )


async def bewaar_antwoord(uow: UnitOfWork, dossier: Dossier, vraag: Adviesvraag) -> None:
    person = await uow.vault.person(uow, dossier.kandidaat_id)
    await uow.connection.execute(
        "UPDATE adviesvraag SET beantwoord_op = $2, antwoord = $3 WHERE id = $1",
        vraag.vraag_id,
        vraag.beantwoord_op,
        person.seal(vraag.antwoord, _plaats("antwoord", vraag.vraag_id)),
    )


async def voeg_besluit_toe(uow: UnitOfWork, advies_id: UUID, besluit: Adviesbesluit) -> None:
    """What intake says that was decided on an advies. Raises NietGevonden."""
    bewaard = await uow.connection.execute(
        "INSERT INTO adviesbesluit (besluit_id, advies_id, dossier_id, gemeentecode, gevolgd,"
        " ingangsdatum, vastgelegd_op)"
        " SELECT $1, id, dossier_id, gemeentecode, $3, $4, $5 FROM advies WHERE id = $2",
        besluit.besluit_id,
        advies_id,
        besluit.gevolgd,
        besluit.ingangsdatum,
        uow.now,
    )
    if bewaard != "INSERT 0 1":
        raise NietGevonden


async def trek_besluit_in(uow: UnitOfWork, besluit_id: UUID, per: date) -> None:
    """Nothing to do for a besluit that was not taken on an advies."""
    await uow.connection.execute(
        "UPDATE adviesbesluit SET ingetrokken_per = $2 WHERE besluit_id = $1", besluit_id, per
    )


async def _behandeld(uow: Reading, dossier_id: UUID, advies: Advies) -> BehandeldAdvies:
    dossier = await uow.connection.fetchrow(
        "SELECT d.kandidaat_id, EXISTS (SELECT FROM advies l WHERE l.dossier_id = a.dossier_id"
        " AND l.volgnummer > a.volgnummer) AS vervangen"
        " FROM advies a JOIN dossier d ON d.id = a.dossier_id WHERE a.id = $1 AND d.id = $2",
        advies.advies_id,
        dossier_id,
    )
    if dossier is None:
        raise LookupError("an advies lies in a dossier")
    besluiten = await uow.connection.fetch(
        "SELECT besluit_id, gevolgd, ingangsdatum, ingetrokken_per FROM adviesbesluit"
        " WHERE advies_id = $1 ORDER BY vastgelegd_op, besluit_id",
        advies.advies_id,
    )
    return BehandeldAdvies(
        advies=advies,
        vervangen=dossier["vervangen"],
        vragen=await _vragen(uow, advies.advies_id, dossier["kandidaat_id"]),
        besluiten=tuple(Adviesbesluit(**row) for row in besluiten),
    )


async def _vragen(uow: Reading, advies_id: UUID, kandidaat_id: UUID) -> tuple[Adviesvraag, ...]:
    rows = await uow.connection.fetch(
        "SELECT id, teruggestuurd_op, vraag, beantwoord_op, antwoord FROM adviesvraag"
        " WHERE advies_id = $1 ORDER BY vastgelegd_op, id",
        advies_id,
    )
    if not rows:
        return ()
    person: Person = await uow.vault.person(uow, kandidaat_id)
    return tuple(
        Adviesvraag(
            vraag_id=row["id"],
            teruggestuurd_op=row["teruggestuurd_op"],
            vraag=person.open(row["vraag"], _plaats("vraag", row["id"])),
            beantwoord_op=row["beantwoord_op"],
            antwoord=(
                person.open(row["antwoord"], _plaats("antwoord", row["id"]))
                if row["antwoord"]
                else ""
            ),
        )
        for row in rows
    )


def _plaats(kolom: str, vraag_id: UUID) -> str:
    return f"adviesvraag.{kolom}/{vraag_id}"
