"""Scenario's in the database: of an organisation, without anything of a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter

from chassis.unit_of_work import Reading, UnitOfWork
from chassis.web.problems import NietGevonden
from services.financiering.domain.doorrekening import Aanpassing, Bronscenario, Driver
from services.financiering.domain.scenario import Inhoud, Scenario, Scenarioversie

_AANPASSINGEN: Final = TypeAdapter(tuple[Aanpassing, ...])
_UITGANGSPUNTEN: Final = TypeAdapter(dict[int, dict[Driver, Decimal]])

_SCENARIO: Final = """
SELECT s.id AS scenario_id, s.eigenaar, s.stand, s.vastgelegd_op AS sinds, v.versie, v.naam,
    v.notitie, v.basis, v.aanpassingen, v.uitgangspunten, v.vastgelegd_op,
    ARRAY(SELECT d.organisatie FROM scenariodeling d WHERE d.scenario_id = s.id ORDER BY 1)
        AS gedeeld_met
FROM scenario s JOIN scenarioversie v ON v.scenario_id = s.id AND v.versie = s.versie
"""


async def voeg_toe(uow: UnitOfWork, scenario_id: UUID, inhoud: Inhoud) -> None:
    """A new scenario of the organisation that the transaction acts for, with its first versie."""
    await uow.connection.execute(
        "INSERT INTO scenario (id, eigenaar, versie, stand, vastgelegd_op)"
        " VALUES ($1, $2, 1, 1, $3)",
        scenario_id,
        uow.organisation,
        uow.now,
    )
    await _voeg_versie_toe(uow, scenario_id, 1, inhoud)


async def voeg_versie_toe(uow: UnitOfWork, scenario: Scenario, inhoud: Inhoud) -> None:
    """The next versie of a scenario that was taken under lock."""
    scenario_id, versie = scenario.nieuwste.scenario_id, scenario.nieuwste.versie + 1
    await _voeg_versie_toe(uow, scenario_id, versie, inhoud)
    await uow.connection.execute(
        "UPDATE scenario SET versie = $2, stand = stand + 1 WHERE id = $1", scenario_id, versie
    )


async def deel(uow: UnitOfWork, scenario_id: UUID, organisaties: Collection[str]) -> None:
    """From now on these see it besides the eigenaar, and no others. It was taken under lock."""
    await uow.connection.execute("DELETE FROM scenariodeling WHERE scenario_id = $1", scenario_id)
    await uow.connection.execute(
        "INSERT INTO scenariodeling (scenario_id, organisatie, eigenaar)"
        " SELECT $1, organisatie, $3 FROM unnest($2::text[]) AS o (organisatie)",
        scenario_id,
        sorted(set(organisaties)),
        uow.organisation,
    )
    await uow.connection.execute("UPDATE scenario SET stand = stand + 1 WHERE id = $1", scenario_id)


async def haal(uow: Reading, scenario_id: UUID) -> Scenario | None:
    """None when there is none that this organisation may see."""
    rij = await uow.connection.fetchrow(f"{_SCENARIO} WHERE s.id = $1", scenario_id)
    return None if rij is None else _scenario(rij)


async def neem(uow: UnitOfWork, scenario_id: UUID) -> Scenario:
    """The scenario, under lock when it is of this organisation. Raises NietGevonden."""
    await uow.connection.execute("SELECT FROM scenario WHERE id = $1 FOR UPDATE", scenario_id)
    scenario = await haal(uow, scenario_id)
    if scenario is None:
        raise NietGevonden
    return scenario


async def haal_versie(uow: Reading, scenario_id: UUID, versie: int | None) -> Scenarioversie | None:
    """A versie, or the newest; None when there is none that this organisation may see."""
    rij = await uow.connection.fetchrow(
        "SELECT * FROM scenarioversie WHERE scenario_id = $1 AND ($2::integer IS NULL OR"
        " versie = $2) ORDER BY versie DESC LIMIT 1",
        scenario_id,
        versie,
    )
    return None if rij is None else _versie(rij)


async def versies(
    uow: Reading, scenario_id: UUID, *, na: tuple[int] | None, aantal: int
) -> Sequence[Scenarioversie]:
    """The versies of a scenario, the oldest first, after one of them. Raises NietGevonden."""
    if await haal_versie(uow, scenario_id, None) is None:
        raise NietGevonden
    rijen = await uow.connection.fetch(
        "SELECT * FROM scenarioversie WHERE scenario_id = $1 AND versie > $2::bigint"
        " ORDER BY versie LIMIT $3",
        scenario_id,
        na[0] if na else 0,
        aantal,
    )
    return [_versie(rij) for rij in rijen]


async def lijst(
    uow: Reading, *, na: tuple[datetime, UUID] | None, aantal: int
) -> Sequence[Scenario]:
    """Scenario's in the order in which they were recorded, after a point in that order."""
    rijen = await uow.connection.fetch(
        f"{_SCENARIO} WHERE ($1::timestamptz IS NULL OR (s.vastgelegd_op, s.id) > ($1, $2))"
        " ORDER BY s.vastgelegd_op, s.id LIMIT $3",
        na[0] if na else None,
        na[1] if na else None,
        aantal,
    )
    return [_scenario(rij) for rij in rijen]


async def _voeg_versie_toe(uow: UnitOfWork, scenario_id: UUID, versie: int, inhoud: Inhoud) -> None:
    await uow.connection.execute(
        "INSERT INTO scenarioversie (scenario_id, versie, eigenaar, naam, notitie, basis,"
        " aanpassingen, uitgangspunten, vastgelegd_op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        scenario_id,
        versie,
        uow.organisation,
        inhoud.naam,
        inhoud.notitie,
        inhoud.basis,
        _AANPASSINGEN.dump_json(inhoud.aanpassingen).decode(),
        _UITGANGSPUNTEN.dump_json(
            {jaar: dict(waarden) for jaar, waarden in inhoud.uitgangspunten.items()}
        ).decode(),
        uow.now,
    )


def _scenario(rij: asyncpg.Record) -> Scenario:
    return Scenario(_versie(rij), tuple(rij["gedeeld_met"]), rij["sinds"], rij["stand"])


def _versie(rij: asyncpg.Record) -> Scenarioversie:
    inhoud = Inhoud(
        naam=rij["naam"],
        notitie=rij["notitie"],
        basis=Bronscenario(rij["basis"]),
        aanpassingen=_AANPASSINGEN.validate_json(rij["aanpassingen"]),
        uitgangspunten=_UITGANGSPUNTEN.validate_json(rij["uitgangspunten"]),
    )
    return Scenarioversie(
        rij["scenario_id"], rij["eigenaar"], rij["versie"], inhoud, rij["vastgelegd_op"]
    )
