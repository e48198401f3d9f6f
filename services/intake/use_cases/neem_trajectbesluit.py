"""Which traject a kandidaat follows, decided by whom the samenwerkingsmodel lets decide."""

from __future__ import annotations

from uuid import UUID

from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from contracts import portfolio
from services.intake import besluiten, store
from services.intake.afnemers import afnemers
from services.intake.domain.besluit import Besluit
from services.intake.domain.kandidaat import Programma, Trajectbesluit
from services.intake.gemeenten import gemeenten
from services.intake.use_cases.volg_proces import volg_handelingen
from services.intake.use_cases.wettelijke_termijnen import begin_bezwaartermijn


async def neem_trajectbesluit(
    uow: UnitOfWork,
    kandidaat_id: UUID,
    *,
    programma: Programma,
    diensten: tuple[str, ...],
    met_wsd: bool,
    besluit: Besluit,
) -> Trajectbesluit:
    """Raises NietGevonden and what Kandidaat.neem_trajectbesluit raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    genomen = kandidaat.neem_trajectbesluit(
        programma, diensten, met_wsd=met_wsd, besluit=besluit, afspraken=gemeenten().afspraken
    )
    await besluiten.voeg_toe(uow, kandidaat, genomen)
    await store.bewaar(uow, kandidaat)
    await begin_bezwaartermijn(uow, kandidaat, besluit)
    uow.emit(
        contract.TrajectbesluitGenomen(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            besluit_id=besluit.besluit_id,
            programma=portfolio.Programma(programma),
            diensten=tuple(portfolio.Dienst(dienst) for dienst in diensten),
            met_wsd=met_wsd,
            besloten_door=besluit.genomen_door.organisatie,
            ingangsdatum=besluit.ingangsdatum,
            inkooporder_nodig=genomen.inkooporder_nodig or None,
            advies_id=genomen.advies_id,
            advies_gevolgd=None if genomen.advies_id is None else not genomen.wijkt_af,
        ),
        afnemers=afnemers(kandidaat),
    )
    await volg_handelingen(uow, kandidaat)
    return genomen
