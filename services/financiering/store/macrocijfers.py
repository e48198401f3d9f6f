"""Figures of the whole country in the database, with every announcement of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.budget import Budgetstadium
from services.financiering.domain.op_realisatie import Macrocijfer, Macrosoort

_CIJFER: Final = "SELECT id, jaar, soort, stadium, bedrag, bron, vastgelegd_op FROM macrocijfer "


@dataclass(frozen=True, slots=True)
class Bekendmaking:
    """A figure as it was recorded, and when."""

    nummer: int
    cijfer: Macrocijfer
    vastgelegd_op: datetime


async def voeg_toe(uow: UnitOfWork, cijfer: Macrocijfer) -> Bekendmaking:
    """The first announcement of a year and kind, or a later one, which counts from now on."""
    nummer: int = await uow.connection.fetchval(
        "INSERT INTO macrocijfer (jaar, soort, stadium, bedrag, bron, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        cijfer.jaar,
        cijfer.soort,
        cijfer.stadium,
        cijfer.bedrag,
        cijfer.bron,
        uow.now,
    )
    return Bekendmaking(nummer, cijfer, uow.now)


async def lijst(
    uow: Reading, *, jaar: int | None, na: tuple[int] | None, aantal: int
) -> list[Bekendmaking]:
    """Every announcement in the order in which they were recorded, after one of them."""
    rijen = await uow.connection.fetch(
        _CIJFER + "WHERE ($1::int IS NULL OR jaar = $1) AND id > $2 ORDER BY id LIMIT $3",
        jaar,
        na[0] if na else 0,
        aantal,
    )
    return [_bekendmaking(rij) for rij in rijen]


async def geldend(
    uow: Reading, jaren: Collection[int]
) -> dict[tuple[int, Macrosoort], Macrocijfer]:
    """What counts of these years: per year and kind the last announcement."""
    rijen = await uow.connection.fetch(
        _CIJFER + "WHERE jaar = ANY($1::int[]) ORDER BY id", list(jaren)
    )
    cijfers = [_bekendmaking(rij).cijfer for rij in rijen]
    return {(cijfer.jaar, cijfer.soort): cijfer for cijfer in cijfers}


def _bekendmaking(rij: Any) -> Bekendmaking:
    return Bekendmaking(
        rij["id"],
        Macrocijfer(
            rij["jaar"],
            Macrosoort(rij["soort"]),
            Budgetstadium(rij["stadium"]),
            rij["bedrag"],
            rij["bron"],
        ),
        rij["vastgelegd_op"],
    )
