"""A placement with an agreed end goes on for longer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from chassis.web.problems import NietGevonden
from contracts.plaatsing import PlaatsingVerlengd
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_zelf_geplaatst
from services.plaatsing.domain.fouten import (
    AndereOmgevingNodig,
    NietTeVerlengen,
    VerlengingOnduidelijk,
)
from services.plaatsing.domain.kalender import EEN_DAG
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.overige_plaatsing import OverigePlaatsing
from services.plaatsing.domain.plaatsing import Plaatsing
from services.plaatsing.domain.proefplaatsing import Proefplaatsing
from services.plaatsing.domain.verloop import Wijziging
from services.plaatsing.store import plaatsingen, verlopen, werkplekken
from services.plaatsing.use_cases.bewaak_plaatsing import bewaak_plaatsing
from services.plaatsing.use_cases.neem_plaats_in import dagen_participatieplaats
from services.plaatsing.use_cases.wijzig_plaatsing import wijzig


async def verleng(
    uow: UnitOfWork,
    plaatsing_id: UUID,
    op: date,
    *,
    maanden: int | None = None,
    einddatum: date | None = None,
    werkplek_id: UUID | None = None,
) -> Plaatsing:
    """By months, a proefplaatsing, or until a day, another kind.

    Raises VerlengingOnduidelijk, and what the extension of the kind raises.
    """
    if einddatum is not None and maanden is None:
        return await verleng_plaatsing(uow, plaatsing_id, einddatum, op, werkplek_id)
    if maanden is not None and einddatum is None and werkplek_id is None:
        return await verleng_proefplaatsing(uow, plaatsing_id, maanden, op)
    raise VerlengingOnduidelijk(
        "Geef bij een proefplaatsing maanden, en bij een andere soort de nieuwe einddatum."
    )


async def verleng_proefplaatsing(
    uow: UnitOfWork, plaatsing_id: UUID, maanden: int, op: date
) -> Proefplaatsing:
    """Raises NietGevonden, NietBevoegd, NietTeVerlengen, PlaatsingenOverlappen, WerkplekVol and
    what Proefplaatsing.verleng raises.
    """
    kandidaat, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    eis_zelf_geplaatst(bewaard.geplaatst_door, uow.organisation)
    plaatsing = bewaard.plaatsing
    if not isinstance(plaatsing, Proefplaatsing):
        raise NietTeVerlengen(
            "Met maanden verleng je een proefplaatsing. Geef bij een andere soort de nieuwe "
            "einddatum; een dienstverband zonder einddatum loopt door tot het wordt beëindigd."
        )
    was_tot_en_met = plaatsing.tot_en_met
    plaatsing.verleng(maanden, op)
    await _loop_door(uow, kandidaat, plaatsing, was_tot_en_met, op)
    return plaatsing


async def verleng_plaatsing(
    uow: UnitOfWork, plaatsing_id: UUID, tot_en_met: date, op: date, werkplek_id: UUID | None = None
) -> OverigePlaatsing:
    """werkplek_id: only of a participatieplaats that goes beyond two years, which needs another.

    Raises NietGevonden, NietBevoegd, NietTeVerlengen, AndereOmgevingNodig, PlaatsingenOverlappen,
    WerkplekVol and what OverigePlaatsing.verleng raises.
    """
    kandidaat, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    eis_zelf_geplaatst(bewaard.geplaatst_door, uow.organisation)
    plaatsing = bewaard.plaatsing
    if not isinstance(plaatsing, OverigePlaatsing) or plaatsing.einddatum is None:
        raise NietTeVerlengen(
            "Een proefplaatsing verleng je met maanden. Een dienstverband zonder einddatum loopt "
            "door tot het wordt beëindigd."
        )
    was_tot_en_met = plaatsing.einddatum
    eerder = await dagen_participatieplaats(uow, plaatsing.kandidaat_id, voor=plaatsing.begin)
    plaatsing.verleng(tot_en_met, op, eerdere_dagen=eerder)
    anders = plaatsing.vraagt_andere_omgeving(tot_en_met, eerder)
    if anders:
        await _eis_andere_omgeving(uow, plaatsing, werkplek_id)
    elif werkplek_id is not None:
        raise NietTeVerlengen("Leg een andere werkplek vast als wijziging, en verleng daarna.")
    await _loop_door(uow, kandidaat, plaatsing, was_tot_en_met, op, verhuist=anders)
    if anders:
        await wijzig(
            uow, kandidaat, plaatsing, Wijziging(was_tot_en_met + EEN_DAG, werkplek_id=werkplek_id)
        )
    return plaatsing


async def _loop_door(
    uow: UnitOfWork,
    kandidaat: Kandidaat,
    plaatsing: Proefplaatsing | OverigePlaatsing,
    was_tot_en_met: date,
    op: date,
    *,
    verhuist: bool = False,
) -> None:
    """Keep the place for longer, unless the kandidaat moves on, and store and say it."""
    if plaatsing.tot_en_met is None:
        raise ValueError("wie verlengt heeft een einddatum")
    loopbaan = await plaatsingen.loopbaan(uow, plaatsing.kandidaat_id)
    loopbaan.wijzig_laatste_dag(plaatsing.plaatsing_id, plaatsing.tot_en_met)
    if plaatsing.werkplek_id is not None and not verhuist:
        sinds = await werkplekken.sinds(uow, plaatsing.plaatsing_id)
        werkplek = (await werkplekken.neem(uow, plaatsing.werkplek_id)).werkplek
        await werkplekken.bezet(uow, werkplek, plaatsing, van=was_tot_en_met + EEN_DAG, sinds=sinds)
    await plaatsingen.bewaar(uow, plaatsing)
    await verlopen.voeg_verlenging_toe(uow, plaatsing, op)
    await bewaak_plaatsing(uow, plaatsing)
    uow.emit(
        PlaatsingVerlengd(
            kandidaat_id=plaatsing.kandidaat_id,
            gemeentecode=plaatsing.gemeentecode,
            plaatsing_id=plaatsing.plaatsing_id,
            einddatum=plaatsing.tot_en_met,
        ),
        afnemers=afnemers(kandidaat),
    )


async def _eis_andere_omgeving(
    uow: UnitOfWork, plaatsing: Plaatsing, werkplek_id: UUID | None
) -> None:
    """Other work at another place of the werkgever. Raises AndereOmgevingNodig, NietGevonden."""
    if werkplek_id is None or plaatsing.werkplek_id is None:
        raise AndereOmgevingNodig("Kies een andere werkplek voor de tijd na twee jaar.")
    oud = await werkplekken.haal(uow, plaatsing.werkplek_id)
    nieuw = await werkplekken.haal(uow, werkplek_id)
    if oud is None or nieuw is None:
        raise NietGevonden("Deze werkplek bestaat niet, of niet voor uw organisatie.")
    if not nieuw.werkplek.is_ander_werk_elders_dan(oud.werkplek):
        raise AndereOmgevingNodig(
            "Kies een werkplek op een andere locatie met ander werk. Bij een andere werkgever "
            "begint een nieuwe plaatsing, met deze als vorige."
        )
