"""The posities on the participatieladder of a dossier, and the plaatsingen they may follow from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from chassis.unit_of_work import Reading, UnitOfWork
from services.diagnose.domain.dossier import Dossier
from services.diagnose.domain.ladder import (
    BetaaldWerk,
    Ladderbron,
    Ladderpositie,
    Participatieladder,
)


async def haal(uow: Reading, dossier_id: UUID, kandidaat_id: UUID) -> Participatieladder:
    """Of a dossier that is under lock, where it is to be changed."""
    rows = await uow.connection.fetch(
        "SELECT trede, vastgesteld_op, bron FROM ladderpositie WHERE dossier_id = $1"
        " ORDER BY volgnummer",
        dossier_id,
    )
    posities = tuple(
        Ladderpositie(row["trede"], row["vastgesteld_op"], Ladderbron(row["bron"])) for row in rows
    )
    return Participatieladder(posities, await werk_van(uow, kandidaat_id))


async def voeg_toe(uow: UnitOfWork, dossier: Dossier, ladder: Participatieladder) -> None:
    """Store the positie that holds now, which is new."""
    positie = ladder.posities[-1]
    await uow.connection.execute(
        "INSERT INTO ladderpositie"
        " (id, dossier_id, gemeentecode, volgnummer, trede, vastgesteld_op, bron)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        uuid4(),
        dossier.dossier_id,
        dossier.gemeentecode,
        len(ladder.posities),
        positie.trede,
        positie.vastgesteld_op,
        positie.bron,
    )


async def werk_van(uow: Reading, kandidaat_id: UUID) -> Sequence[BetaaldWerk]:
    rows = await uow.connection.fetch(
        "SELECT plaatsing_id, dienstverband_van, geeindigd_op, naar_regulier FROM betaald_werk"
        " WHERE kandidaat_id = $1 ORDER BY plaatsing_id",
        kandidaat_id,
    )
    return [BetaaldWerk(**row) for row in rows]


async def bewaar_werk(
    uow: UnitOfWork, kandidaat_id: UUID, gemeentecode: str, werk: BetaaldWerk
) -> None:
    """What plaatsing said; a begin that is known stays."""
    await uow.connection.execute(
        "INSERT INTO betaald_werk AS w (plaatsing_id, kandidaat_id, gemeentecode,"
        " dienstverband_van, geeindigd_op, naar_regulier) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (plaatsing_id) DO UPDATE"
        " SET dienstverband_van = coalesce(excluded.dienstverband_van, w.dienstverband_van),"
        " geeindigd_op = excluded.geeindigd_op, naar_regulier = excluded.naar_regulier",
        werk.plaatsing_id,
        kandidaat_id,
        gemeentecode,
        werk.dienstverband_van,
        werk.geeindigd_op,
        werk.naar_regulier,
    )


async def treden(uow: Reading, op: date, gemeentecode: str | None) -> list[int | None]:
    """The trede that holds on a day of everyone who was referred by then and has not flowed out;
    None of whom there is none. gemeentecode None: of all that the asker sees.
    """
    rows = await uow.connection.fetch(
        "SELECT (SELECT l.trede FROM ladderpositie l WHERE l.dossier_id = d.id"
        " AND l.vastgesteld_op <= $1 ORDER BY l.volgnummer DESC LIMIT 1) AS trede FROM dossier d"
        " WHERE d.geopend_op <= $1 AND (d.uitgestroomd_op IS NULL OR d.uitgestroomd_op > $1)"
        " AND ($2::text IS NULL OR d.gemeentecode = $2)",
        op,
        gemeentecode,
    )
    return [row["trede"] for row in rows]
