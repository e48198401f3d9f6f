"""Versions of processes: read from the files, and kept from the day that a kandidaat goes by one.

What is kept is what runs: a file that is changed or taken away does nothing to kandidaten under
way, and a changed file with the same number is refused (see ``toets_bestanden``).
"""

from __future__ import annotations

from functools import lru_cache

from chassis.database import Database
from chassis.tenancy import SYSTEM
from chassis.unit_of_work import Reading, UnitOfWork
from services.intake.bpmn import Procesdefinitie, ProcesFout, lees
from services.intake.gemeenten import gemeenten


def nieuwste(gemeentecode: str) -> Procesdefinitie:
    """The process by which a new kandidaat of this gemeente goes. Raises ProcesFout."""
    proces = gemeenten().proces[gemeentecode]
    versies = gemeenten().versies[proces]
    return _lees(proces, max(versies), versies[max(versies)])


def versie(proces: str, nummer: int) -> Procesdefinitie | None:
    """A version of a process as it stands in the files; None without. Raises ProcesFout."""
    inhoud = gemeenten().versies.get(proces, {}).get(nummer)
    return None if inhoud is None else _lees(proces, nummer, inhoud)


def alle() -> list[Procesdefinitie]:
    """Every version of every process in the files, by name and number. Raises ProcesFout."""
    return [
        _lees(proces, nummer, inhoud)
        for proces, versies in sorted(gemeenten().versies.items())
        for nummer, inhoud in sorted(versies.items())
    ]


async def leg_vast(uow: UnitOfWork, definitie: Procesdefinitie) -> None:
    """Keep a version, the first time that a kandidaat goes by it."""
    await uow.connection.execute(
        "INSERT INTO procesversie (proces, versie, bpmn, vastgelegd_op) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT DO NOTHING",
        definitie.proces,
        definitie.versie,
        definitie.inhoud,
        uow.now,
    )


async def haal(uow: Reading, proces: str, nummer: int) -> Procesdefinitie:
    """A version that was kept."""
    inhoud = await uow.connection.fetchval(
        "SELECT bpmn FROM procesversie WHERE proces = $1 AND versie = $2", proces, nummer
    )
    if inhoud is None:
        raise LookupError("deze versie van het proces is nooit vastgelegd")
    return _lees(proces, nummer, inhoud)


async def toets_bestanden(database: Database) -> None:
    """Are the files what they were when they were first used? For the readiness of the service.

    Raises ProcesFout.
    """
    gevonden = {(d.proces, d.versie): d.inhoud for d in alle()}
    async with database.unit_of_work(SYSTEM) as uow:
        vastgelegd = await uow.connection.fetch("SELECT proces, versie, bpmn FROM procesversie")
    anders = [
        f"{rij['proces']} versie {rij['versie']}"
        for rij in vastgelegd
        if gevonden.get((rij["proces"], rij["versie"]), rij["bpmn"]) != rij["bpmn"]
    ]
    if anders:
        raise ProcesFout(
            ", ".join(anders),
            [
                "Het bestand is veranderd nadat kandidaten ermee op weg gingen. Geef de nieuwe "
                "inhoud een nieuw versienummer (proces-<nummer>.bpmn)."
            ],
        )


@lru_cache(maxsize=256)
def _lees(proces: str, nummer: int, inhoud: bytes) -> Procesdefinitie:
    return lees(proces, nummer, inhoud)
