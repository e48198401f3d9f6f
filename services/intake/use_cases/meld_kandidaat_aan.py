"""A resident reports to the gemeente and becomes a kandidaat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from services.intake import persoonsgegevens, regisseurs, store
from services.intake.afnemers import afnemers
from services.intake.domain.fouten import NietBevoegd
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import Kandidaat
from services.intake.gemeenten import gemeenten
from services.intake.persoonsgegevens import Persoonsgegevens
from services.intake.problemen import KandidaatAlBekend
from services.intake.use_cases.volg_proces import begin_proces
from services.intake.use_cases.wettelijke_termijnen import begin_zoektermijn


@dataclass(frozen=True, slots=True)
class Aanmelding:
    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    gegevens: Persoonsgegevens


async def meld_kandidaat_aan(uow: UnitOfWork, aanmelding: Aanmelding) -> Kandidaat:
    """Record the kandidaat for the gemeente that this unit of work acts for.

    Raises KandidaatAlBekend when the gemeente already has a kandidaat with this BSN, and what
    Kandidaat.meld_aan raises.
    """
    if uow.organisation == WSD:
        raise NietBevoegd("Een inwoner meldt zich altijd eerst bij de eigen gemeente.")
    gegevens = aanmelding.gegevens
    kandidaat = Kandidaat.meld_aan(
        kandidaat_id=uuid4(),
        gemeentecode=uow.organisation,
        aangemeld_op=aanmelding.aangemeld_op,
        instroomkanaal=aanmelding.instroomkanaal,
        doelgroep=aanmelding.doelgroep,
        geboortedatum=gegevens.geboortedatum,
        afspraken=gemeenten().afspraken,
    )
    index = persoonsgegevens.bsn_index(uow, kandidaat.gemeentecode, gegevens.bsn)
    if not await store.voeg_toe(uow, kandidaat, index):
        raise KandidaatAlBekend(
            kandidaatId=str(await store.met_bsn(uow, kandidaat.gemeentecode, index))
        )
    await persoonsgegevens.bewaar(uow, kandidaat.kandidaat_id, kandidaat.gemeentecode, gegevens)
    await regisseurs.begin(uow, kandidaat)
    await begin_proces(uow, kandidaat, gegevens.geboortedatum, op=kandidaat.aangemeld_op)
    uow.emit(
        contract.KandidaatAangemeld(
            kandidaat_id=kandidaat.kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            aangemeld_op=kandidaat.aangemeld_op,
            instroomkanaal=contract.Instroomkanaal(kandidaat.instroomkanaal),
            doelgroep=contract.Doelgroep(kandidaat.doelgroep),
        ),
        afnemers=afnemers(kandidaat),
    )
    await begin_zoektermijn(uow, kandidaat, gegevens.geboortedatum)
    return kandidaat
