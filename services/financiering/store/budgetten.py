"""Budgets of gemeenten in the database, with every announcement of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final
from uuid import UUID, uuid4

from chassis.unit_of_work import Reading, UnitOfWork
from services.financiering.domain.begeleiding import Begeleidingsbudget
from services.financiering.domain.budget import (
    Budgetsoort,
    Budgetstadium,
    Budgetversie,
    Dagkosten,
    dagbedrag,
)

_BUDGET: Final = """
SELECT b.id, b.gemeentecode, b.jaar, b.soort, b.overschreden, b.versie, b.vastgelegd_op,
    v.stadium, v.bedrag, v.plaatsen, v.per_plaats, v.bron
FROM budget b JOIN budgetversie v ON v.budget_id = b.id AND v.nummer = b.versie
"""
_LKS: Final = """
SELECT l.plaatsing_id, l.begindatum, l.laatste_dag, v.vanaf, v.tot, v.maandbedrag
FROM loonkostensubsidie l JOIN LATERAL (
    SELECT d.ingangsdatum AS vanaf, d.maandbedrag, d.betaler,
        lead(d.ingangsdatum) OVER (ORDER BY d.ingangsdatum) AS tot
    FROM (SELECT DISTINCT ON (ingangsdatum) ingangsdatum, maandbedrag, betaler FROM vaststelling
          WHERE lks_id = l.id ORDER BY ingangsdatum, id DESC) d
) v ON v.maandbedrag IS NOT NULL AND v.betaler = $1
WHERE l.gemeentecode = $1 AND l.begindatum <= $3 AND (l.laatste_dag IS NULL OR l.laatste_dag >= $2)
    AND v.vanaf <= $3 AND (v.tot IS NULL OR v.tot > $2)
"""
_LKS_VAN_EERDER: Final = """
SELECT m.plaatsing_id, p.begin, greatest(m.maand, p.begin) AS vanaf, m.dagen, m.bedrag
FROM maand_na_overdracht m JOIN LATERAL (
    SELECT min(a.begin) AS begin FROM arbeidsplaatsperiode a
    WHERE a.plaatsing_id = m.plaatsing_id AND a.gemeentecode = $1
) p ON p.begin IS NOT NULL
WHERE m.gemeentecode = $1 AND m.maand BETWEEN $2 AND $3 AND m.dagen > 0 AND m.bedrag IS NOT NULL
    AND NOT EXISTS (SELECT FROM loonkostensubsidie l WHERE l.id = m.lks_id AND l.gemeentecode = $1)
"""
"""Of kandidaten that went to another gemeente: what this one paid until then."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget of a gemeente with its last announcement. nummer counts the announcements."""

    budget_id: UUID
    gemeentecode: str
    jaar: int
    soort: Budgetsoort
    overschreden: bool
    nummer: int
    vastgelegd_op: datetime
    geldt: Budgetversie


async def voeg_versie_toe(
    uow: UnitOfWork, gemeentecode: str, jaar: int, soort: Budgetsoort, versie: Budgetversie
) -> Budget:
    """Keep an announcement, the first or a later one, and lock the budget."""
    rij = await uow.connection.fetchrow(
        "INSERT INTO budget AS b (id, gemeentecode, jaar, soort, versie, vastgelegd_op)"
        " VALUES ($1, $2, $3, $4, 1, $5)"
        " ON CONFLICT (gemeentecode, jaar, soort) DO UPDATE SET versie = b.versie + 1"
        " RETURNING id, versie",
        uuid4(),
        gemeentecode,
        jaar,
        soort,
        uow.now,
    )
    assert rij is not None  # noqa: S101 - for the reader: an upsert returns its row
    await uow.connection.execute(
        "INSERT INTO budgetversie (budget_id, nummer, gemeentecode, stadium, bedrag, plaatsen,"
        " per_plaats, bron, vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        rij["id"],
        rij["versie"],
        gemeentecode,
        versie.stadium,
        versie.bedrag,
        versie.plaatsen,
        versie.per_plaats,
        versie.bron,
        uow.now,
    )
    bewaard = await haal(uow, rij["id"])
    if bewaard is None:
        raise LookupError("een budget dat net is vastgelegd")
    return bewaard


async def haal(uow: Reading, budget_id: UUID) -> Budget | None:
    rij = await uow.connection.fetchrow(_BUDGET + " WHERE b.id = $1", budget_id)
    return _budget(rij) if rij else None


async def lijst(
    uow: Reading, *, jaar: int | None, na: tuple[Any, ...] | None, aantal: int
) -> list[Budget]:
    vastgelegd_op, budget_id = na or (None, None)
    rijen = await uow.connection.fetch(
        _BUDGET + " WHERE ($1::int IS NULL OR b.jaar = $1)"
        " AND ($2::timestamptz IS NULL OR (b.vastgelegd_op, b.id) > ($2, $3))"
        " ORDER BY b.vastgelegd_op, b.id LIMIT $4",
        jaar,
        vastgelegd_op,
        budget_id,
        aantal,
    )
    return [_budget(rij) for rij in rijen]


async def versies(uow: Reading, budget_id: UUID) -> list[tuple[datetime, Budgetversie]]:
    """Every announcement in order, with when it was recorded."""
    rijen = await uow.connection.fetch(
        "SELECT stadium, bedrag, plaatsen, per_plaats, bron, vastgelegd_op FROM budgetversie"
        " WHERE budget_id = $1 ORDER BY nummer",
        budget_id,
    )
    return [(rij["vastgelegd_op"], _versie(rij)) for rij in rijen]


async def van_jaren(uow: Reading, gemeentecode: str, vanaf: int) -> list[Budget]:
    """The budgets of a gemeente from a year on."""
    rijen = await uow.connection.fetch(
        _BUDGET + " WHERE b.gemeentecode = $1 AND b.jaar >= $2 ORDER BY b.jaar, b.soort",
        gemeentecode,
        vanaf,
    )
    return [_budget(rij) for rij in rijen]


async def begeleiding(uow: Reading, gemeentecode: str) -> list[Begeleidingsbudget]:
    """What the guidance budget of a gemeente bears, per year."""
    rijen = await uow.connection.fetch(
        _BUDGET + " WHERE b.gemeentecode = $1 AND b.soort = $2 ORDER BY b.jaar",
        gemeentecode,
        Budgetsoort.BEGELEIDING_NIEUWE_DOELGROEP,
    )
    return [Begeleidingsbudget(rij["jaar"], rij["plaatsen"], rij["per_plaats"]) for rij in rijen]


async def bewaar_overschreden(uow: UnitOfWork, budget_id: UUID, *, overschreden: bool) -> None:
    await uow.connection.execute(
        "UPDATE budget SET overschreden = $2 WHERE id = $1", budget_id, overschreden
    )


async def lks_kosten(uow: Reading, gemeentecode: str, jaar: int) -> list[Dagkosten]:
    """What subsidies cost a gemeente in a year, as established by now; of kandidaten that went to
    another gemeente until that day.
    """
    begin, eind = date(jaar, 1, 1), date(jaar, 12, 31)
    rijen = await uow.connection.fetch(_LKS, gemeentecode, begin, eind)
    kosten = []
    for rij in rijen:
        grenzen = [rij["laatste_dag"] or eind, eind]
        if rij["tot"] is not None:
            grenzen.append(date.fromordinal(rij["tot"].toordinal() - 1))
        kosten.append(
            Dagkosten(
                rij["plaatsing_id"],
                rij["begindatum"],
                rij["vanaf"],
                min(grenzen),
                dagbedrag(rij["maandbedrag"], jaar),
            )
        )
    return kosten + [
        Dagkosten(
            rij["plaatsing_id"],
            rij["begin"],
            rij["vanaf"],
            rij["vanaf"] + timedelta(days=rij["dagen"] - 1),
            Fraction(rij["bedrag"]) / rij["dagen"],
        )
        for rij in await uow.connection.fetch(_LKS_VAN_EERDER, gemeentecode, begin, eind)
    ]


def _budget(rij: Any) -> Budget:
    return Budget(
        budget_id=rij["id"],
        gemeentecode=rij["gemeentecode"],
        jaar=rij["jaar"],
        soort=Budgetsoort(rij["soort"]),
        overschreden=rij["overschreden"],
        nummer=rij["versie"],
        vastgelegd_op=rij["vastgelegd_op"],
        geldt=_versie(rij),
    )


def _versie(rij: Any) -> Budgetversie:
    return Budgetversie(
        stadium=Budgetstadium(rij["stadium"]),
        bedrag=rij["bedrag"],
        bron=rij["bron"],
        plaatsen=rij["plaatsen"],
        per_plaats=rij["per_plaats"],
    )
