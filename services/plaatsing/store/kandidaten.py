"""What was heard of kandidaten, from other services, in any order between those services."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from chassis.handover import DEADLINES, Rows
from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.plaatsing.domain.kandidaat import (
    BeschutWerkbesluit,
    Doelgroep,
    Kandidaat,
    Programma,
    Trajectbesluit,
    VastgesteldeLoonwaarde,
)
from services.plaatsing.domain.levensloop import Uitstroomfeit, Uitstroomsoort

GAAT_MEE: Final = (
    Rows("kandidaat", "id = $1"),
    Rows("trajectbesluit"),
    Rows("loonwaarde"),
    Rows(
        "plaatsing",
        also="versie = versie + 1, geplaatst_door ="
        " CASE geplaatst_door WHEN gemeentecode THEN $2 ELSE geplaatst_door END",
    ),
    Rows("plaatsingsstand"),
    Rows("verlenging"),
    Rows("beschut_werkbesluit"),
    Rows("uitstroom"),
    Rows("plaatsingstermijn"),
    Rows("werk_ontwikkelplan"),
    Rows("begeleiding"),
    Rows("begeleidingsafspraak"),
    Rows("begeleidingsboeking"),
    Rows("afwezigheid"),
    Rows("profiel"),
    Rows("profielversie"),
    Rows(
        "voorstel",
        also="voorgesteld_door ="
        " CASE voorgesteld_door WHEN gemeentecode THEN $2 ELSE voorgesteld_door END",
    ),
    Rows("datasleutel"),
    DEADLINES,
)
"""Everything plaatsing has of a kandidaat, for a hand-over."""


async def op_slot(uow: UnitOfWork, kandidaat_id: UUID) -> None:
    """Lock the kandidaat, if known."""
    await uow.connection.execute("SELECT FROM kandidaat WHERE id = $1 FOR UPDATE", kandidaat_id)


async def neem(uow: UnitOfWork, kandidaat_id: UUID) -> Kandidaat:
    """The kandidaat under lock, to decide on. Raises NietGevonden."""
    row = await uow.connection.fetchrow(
        "SELECT gemeentecode, doorverwezen_op, doelgroep, uitgestroomd_op FROM kandidaat"
        " WHERE id = $1 FOR UPDATE",
        kandidaat_id,
    )
    if row is None:
        raise NietGevonden(
            "Deze kandidaat is hier niet bekend, of niet voor uw organisatie. Is de kandidaat net "
            "doorverwezen, probeer het dan zo dadelijk opnieuw."
        )
    besluiten = await uow.connection.fetch(
        "SELECT id, ingangsdatum, met_wsd, inkooporder_nodig, inkooporder_op, ingetrokken_per,"
        " programma FROM trajectbesluit WHERE kandidaat_id = $1 ORDER BY volgnummer",
        kandidaat_id,
    )
    loonwaarden = await uow.connection.fetch(
        "SELECT loonwaarde, ingangsdatum FROM loonwaarde WHERE kandidaat_id = $1"
        " ORDER BY ingangsdatum, volgnummer",
        kandidaat_id,
    )
    beschut = await uow.connection.fetch(
        "SELECT id, ingangsdatum, toegekend FROM beschut_werkbesluit WHERE kandidaat_id = $1"
        " ORDER BY volgorde",
        kandidaat_id,
    )
    return Kandidaat(
        kandidaat_id=kandidaat_id,
        gemeentecode=row["gemeentecode"],
        doorverwezen_op=row["doorverwezen_op"],
        doelgroep=Doelgroep(row["doelgroep"]) if row["doelgroep"] else None,
        uitgestroomd_op=row["uitgestroomd_op"],
        trajectbesluiten=tuple(
            Trajectbesluit(
                besluit_id=b["id"],
                ingangsdatum=b["ingangsdatum"],
                met_wsd=b["met_wsd"],
                inkooporder_nodig=b["inkooporder_nodig"],
                inkooporder_op=b["inkooporder_op"],
                ingetrokken_per=b["ingetrokken_per"],
                programma=Programma(b["programma"]) if b["programma"] else None,
            )
            for b in besluiten
        ),
        loonwaarden=tuple(
            VastgesteldeLoonwaarde(m["loonwaarde"], m["ingangsdatum"]) for m in loonwaarden
        ),
        beschut_werkbesluiten=tuple(
            BeschutWerkbesluit(b["id"], b["ingangsdatum"], b["toegekend"]) for b in beschut
        ),
    )


async def neem_of_maak(uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str) -> None:
    """Lock the kandidaat, made known by the first that is heard of them."""
    await uow.connection.execute(
        "INSERT INTO kandidaat (id, gemeentecode) VALUES ($1, $2)"
        " ON CONFLICT (id) DO UPDATE SET gemeentecode = excluded.gemeentecode",
        kandidaat_id,
        gemeentecode,
    )


async def bewaar_doorverwijzing(uow: UnitOfWork, kandidaat: Kandidaat) -> None:
    await uow.connection.execute(
        "UPDATE kandidaat SET doorverwezen_op = $2, doelgroep = $3 WHERE id = $1",
        kandidaat.kandidaat_id,
        kandidaat.doorverwezen_op,
        kandidaat.doelgroep,
    )


async def bewaar_uitstroom(uow: UnitOfWork, kandidaat_id: UUID, op: date | None) -> None:
    """None: the kandidaat is back."""
    await uow.connection.execute(
        "UPDATE kandidaat SET uitgestroomd_op = $2 WHERE id = $1", kandidaat_id, op
    )


async def voeg_uitstroomfeit_toe(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, feit: Uitstroomfeit, volgorde: int
) -> None:
    """volgorde: the place among all that intake says of the kandidaat."""
    await uow.connection.execute(
        "INSERT INTO uitstroom (kandidaat_id, volgorde, gemeentecode, soort, op, bestemming)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kandidaat_id, volgorde) DO NOTHING",
        kandidaat_id,
        volgorde,
        gemeentecode,
        feit.soort,
        feit.op,
        feit.bestemming,
    )


async def uitstroomfeiten(uow: Reading, kandidaat_id: UUID) -> list[Uitstroomfeit]:
    """When a kandidaat flowed out, fell back or began again, in the order in which it was said."""
    rows = await uow.connection.fetch(
        "SELECT soort, op, bestemming FROM uitstroom WHERE kandidaat_id = $1 ORDER BY volgorde",
        kandidaat_id,
    )
    return [Uitstroomfeit(Uitstroomsoort(r["soort"]), r["op"], r["bestemming"]) for r in rows]


async def voeg_beschut_werkbesluit_toe(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    besluit: BeschutWerkbesluit,
    *,
    uwv_advies_op: date,
    volgorde: int,
) -> None:
    """volgorde: the place among all that intake says of the kandidaat."""
    await uow.connection.execute(
        "INSERT INTO beschut_werkbesluit (id, kandidaat_id, gemeentecode, uwv_advies_op, toegekend,"
        " ingangsdatum, volgorde) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
        besluit.besluit_id,
        kandidaat_id,
        gemeentecode,
        uwv_advies_op,
        besluit.toegekend,
        besluit.ingangsdatum,
        volgorde,
    )


async def is_bekend(uow: Reading, kandidaat_id: UUID) -> bool:
    """Does this organisation see the kandidaat here?"""
    return bool(
        await uow.connection.fetchval(
            "SELECT EXISTS (SELECT FROM kandidaat WHERE id = $1)", kandidaat_id
        )
    )


async def voeg_trajectbesluit_toe(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, besluit: Trajectbesluit
) -> None:
    """A besluit that is there already stays as it is."""
    await uow.connection.execute(
        "INSERT INTO trajectbesluit (id, kandidaat_id, gemeentecode, ingangsdatum, met_wsd,"
        " inkooporder_nodig, programma) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT (id) DO NOTHING",
        besluit.besluit_id,
        kandidaat_id,
        gemeentecode,
        besluit.ingangsdatum,
        besluit.met_wsd,
        besluit.inkooporder_nodig,
        besluit.programma,
    )


async def bewaar_inkooporder(uow: UnitOfWork, besluit_id: UUID, geplaatst_op: date) -> None:
    await uow.connection.execute(
        "UPDATE trajectbesluit SET inkooporder_op = $2 WHERE id = $1", besluit_id, geplaatst_op
    )


async def bewaar_intrekking(uow: UnitOfWork, besluit_id: UUID, per: date) -> None:
    await uow.connection.execute(
        "UPDATE trajectbesluit SET ingetrokken_per = $2 WHERE id = $1", besluit_id, per
    )


async def verwijder_besluiten(uow: UnitOfWork, kandidaat_id: UUID) -> None:
    await uow.connection.execute("DELETE FROM trajectbesluit WHERE kandidaat_id = $1", kandidaat_id)
    await uow.connection.execute(
        "DELETE FROM beschut_werkbesluit WHERE kandidaat_id = $1", kandidaat_id
    )


async def voeg_loonwaarde_toe(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    gemeentecode: str,
    meting_id: UUID,
    vastgesteld: VastgesteldeLoonwaarde,
) -> None:
    """A meting that is there already stays as it is."""
    await uow.connection.execute(
        "INSERT INTO loonwaarde (meting_id, kandidaat_id, gemeentecode, ingangsdatum, loonwaarde)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (meting_id) DO NOTHING",
        meting_id,
        kandidaat_id,
        gemeentecode,
        vastgesteld.ingangsdatum,
        vastgesteld.loonwaarde,
    )
