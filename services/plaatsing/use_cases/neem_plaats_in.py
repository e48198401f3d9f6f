"""What the start of every placement has in common, also one that follows on another."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from services.plaatsing.domain.bevoegdheid import eis_zelf_geplaatst
from services.plaatsing.domain.einde import Plaatsingsoort, reden_van_doorstroom
from services.plaatsing.domain.fouten import VorigePlaatsingPastNiet
from services.plaatsing.domain.kalender import EEN_DAG
from services.plaatsing.domain.kandidaat import Kandidaat
from services.plaatsing.domain.plaatsing import Plaatsing, loopbaandeel
from services.plaatsing.domain.werkplek import Werkplek
from services.plaatsing.store import plaatsingen, werkplekken
from services.plaatsing.use_cases.beeindig_plaatsing import sluit_af
from services.plaatsing.use_cases.bewaak_plaatsing import bewaak_plaatsing


async def neem_plaats_in(
    uow: UnitOfWork,
    kandidaat: Kandidaat,
    plaatsing: Plaatsing,
    werkplek: Werkplek | None,
    vorige_plaatsing_id: UUID | None,
) -> None:
    """Fit a new placement into the loopbaan and on the werkplek, both locked, and store it.

    vorige_plaatsing_id: from which the kandidaat goes on; it ends on the day before if it still
    runs. Raises NietGevonden, NietBevoegd, VorigePlaatsingPastNiet, PlaatsingenOverlappen,
    WerkplekNietBeschikbaar, WerkplekVol, UrenPassenNiet.
    """
    if vorige_plaatsing_id is not None:
        await _stroom_door(uow, kandidaat, vorige_plaatsing_id, plaatsing)
    loopbaan = await plaatsingen.loopbaan(uow, plaatsing.kandidaat_id)
    loopbaan.voeg_toe(loopbaandeel(plaatsing))
    await plaatsingen.voeg_toe(
        uow,
        plaatsing,
        vorige_plaatsing_id=vorige_plaatsing_id,
        programma=kandidaat.trajectbesluit_op(plaatsing.begin).programma,
    )
    if werkplek is not None:
        await werkplekken.bezet(uow, werkplek, plaatsing)
    await bewaak_plaatsing(uow, plaatsing)


async def _stroom_door(
    uow: UnitOfWork, kandidaat: Kandidaat, vorige_plaatsing_id: UUID, naar: Plaatsing
) -> None:
    _, bewaard = await plaatsingen.neem(uow, vorige_plaatsing_id)
    vorige = bewaard.plaatsing
    if vorige.kandidaat_id != kandidaat.kandidaat_id or vorige.begin >= naar.begin:
        raise VorigePlaatsingPastNiet(
            "Kies een eerdere plaatsing van dezelfde kandidaat, die voor deze begon."
        )
    if vorige.laatste_dag is not None:
        if vorige.laatste_dag >= naar.begin:
            raise VorigePlaatsingPastNiet(
                f"De vorige plaatsing eindigt op {vorige.laatste_dag.isoformat()}. Begin daarna."
            )
        return
    eis_zelf_geplaatst(bewaard.geplaatst_door, uow.organisation)
    laatste_dag = naar.begin - EEN_DAG
    if vorige.tot_en_met is not None:
        laatste_dag = min(laatste_dag, vorige.tot_en_met)
    vorige.beeindig(laatste_dag, reden_van_doorstroom(vorige.soort, naar.soort))
    await sluit_af(uow, kandidaat, vorige)


async def dagen_participatieplaats(uow: UnitOfWork, kandidaat_id: UUID, *, voor: date) -> int:
    """How long a kandidaat had participatieplaatsen before a day: they have one maximum."""
    loopbaan = await plaatsingen.loopbaan(uow, kandidaat_id)
    duur = timedelta()
    for deel in loopbaan.delen:
        if deel.soort is Plaatsingsoort.PARTICIPATIEPLAATS and deel.begin < voor:
            duur += min((deel.laatste_dag or voor) + EEN_DAG, voor) - deel.begin
    return duur.days
