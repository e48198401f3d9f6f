"""Hours or workplace of a placement are different from a day on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts.plaatsing import PlaatsingGewijzigd
from services.plaatsing.afnemers import afnemers
from services.plaatsing.domain.bevoegdheid import eis_beschikbaar, eis_zelf_geplaatst
from services.plaatsing.domain.fouten import (
    DatumBuitenPlaatsing,
    PlaatsingAlBeeindigd,
    WijzigingPastNiet,
)
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.plaatsing import Plaatsing, eis_begin_nabij, neem_stand_over
from services.plaatsing.domain.verloop import Verloop, Wijziging
from services.plaatsing.store import plaatsingen, verlopen, werkplekken


async def wijzig_plaatsing(uow: UnitOfWork, plaatsing_id: UUID, wijziging: Wijziging) -> Plaatsing:
    """Raises NietGevonden, NietBevoegd, BeginTeVerWeg and what wijzig raises."""
    kandidaat, bewaard = await plaatsingen.neem(uow, plaatsing_id)
    eis_zelf_geplaatst(bewaard.geplaatst_door, uow.organisation)
    eis_begin_nabij(wijziging.vanaf, local_date(uow.now))
    await wijzig(uow, kandidaat, bewaard.plaatsing, wijziging)
    return bewaard.plaatsing


async def wijzig(
    uow: UnitOfWork, kandidaat: Kandidaat, plaatsing: Plaatsing, wijziging: Wijziging
) -> None:
    """Change a placement of a locked kandidaat, and say it.

    Raises PlaatsingAlBeeindigd, DatumBuitenPlaatsing, WijzigingPastNiet, NietsGewijzigd,
    NietGevonden, NietBevoegd, WerkplekVol, UrenPassenNiet.
    """
    _eis_loopt_op(plaatsing, wijziging.vanaf)
    verloop = await verlopen.verloop(uow, plaatsing.plaatsing_id)
    was_werkplek = verloop.laatste.werkplek_id
    anders = verloop.wijzig(wijziging)
    neem_stand_over(plaatsing, verloop.laatste)
    await _neem_werkplek(uow, plaatsing, anders, was_werkplek)
    await bewaar_en_meld(uow, kandidaat, plaatsing, verloop, anders)


async def bewaar_en_meld(
    uow: UnitOfWork,
    kandidaat: Kandidaat,
    plaatsing: Plaatsing,
    verloop: Verloop,
    anders: Wijziging,
) -> None:
    """Store a change of a placement with its new course, and say it."""
    await plaatsingen.bewaar(uow, plaatsing)
    await verlopen.bewaar(uow, plaatsing, verloop)
    uow.emit(
        PlaatsingGewijzigd(
            kandidaat_id=plaatsing.kandidaat_id,
            gemeentecode=plaatsing.gemeentecode,
            plaatsing_id=plaatsing.plaatsing_id,
            vanaf=anders.vanaf,
            uren_per_week=anders.uren_per_week,
            voltijdsuren_per_week=anders.voltijdsuren_per_week,
            werkplek_id=anders.werkplek_id,
            loonwaarde=anders.loonwaarde,
        ),
        afnemers=afnemers(kandidaat),
    )


def _eis_loopt_op(plaatsing: Plaatsing, dag: date) -> None:
    if plaatsing.laatste_dag is not None:
        raise PlaatsingAlBeeindigd(
            f"De plaatsing eindigde op {plaatsing.laatste_dag.isoformat()}. Begin een nieuwe als "
            "de kandidaat weer aan het werk gaat."
        )
    if plaatsing.tot_en_met is not None and dag > plaatsing.tot_en_met:
        raise DatumBuitenPlaatsing(
            f"De plaatsing loopt tot en met {plaatsing.tot_en_met.isoformat()}. Kies een eerdere "
            "dag, of verleng eerst."
        )


async def _neem_werkplek(
    uow: UnitOfWork, plaatsing: Plaatsing, anders: Wijziging, was_werkplek: UUID | None
) -> None:
    """Take the new werkplek, or see whether the hours still fit the one there is."""
    if plaatsing.werkplek_id is None:
        return
    plek = await werkplekken.neem(uow, plaatsing.werkplek_id)
    if anders.werkplek_id is not None:
        eis_beschikbaar(plek.eigenaar, plek.werkplek.gedeeld, plaatsing.gemeentecode)
        if was_werkplek is None or plek.werkplek.werkgever_id != plaatsing.werkgever_id:
            raise WijzigingPastNiet(
                "Deze werkplek is bij een andere werkgever. Begin daar een nieuwe plaatsing, met "
                "deze als vorige."
            )
        await werkplekken.verhuis(uow, plek.werkplek, plaatsing, anders.vanaf)
    elif anders.uren_per_week is not None:
        plek.werkplek.eis_passende_uren(anders.uren_per_week)
