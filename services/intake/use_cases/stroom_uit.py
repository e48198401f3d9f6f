"""A kandidaat leaves, falls back to where they were, or reports again and begins at the gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from services.intake import dubbelen, persoonsgegevens, regisseurs, store, uitstromingen
from services.intake.afnemers import afnemers
from services.intake.domain.bewaakte_termijn import Termijnsoort
from services.intake.domain.fouten import AndereInwoner
from services.intake.domain.instroom import Doelgroep, Instroomkanaal, Instroomreden
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.regisseur import Regiereden
from services.intake.domain.uitstroom import Uitstroom, Uitstroomreden
from services.intake.gemeenten import gemeenten
from services.intake.persoonsgegevens import Persoonsgegevens
from services.intake.use_cases.bewaak_termijn import laat_termijn_vervallen
from services.intake.use_cases.draag_over import trek_geplande_in
from services.intake.use_cases.verwijs_door import LEEFTIJDSOVERGANG
from services.intake.use_cases.volg_proces import begin_proces, breek_proces_af, hervat_proces
from services.intake.use_cases.wettelijke_termijnen import begin_zoektermijn


async def stroom_uit(
    uow: UnitOfWork, kandidaat_id: UUID, op: date, reden: Uitstroomreden
) -> Uitstroom:
    """Raises NietGevonden and what Kandidaat.stroom_uit raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    kandidaat.stroom_uit(op, door=uow.organisation, vandaag=local_date(uow.now))
    uitstroom = Uitstroom(uuid4(), kandidaat_id, kandidaat.ronde, op, reden)
    await uitstromingen.voeg_toe(uow, kandidaat.gemeentecode, uitstroom)
    await breek_proces_af(uow, kandidaat_id, op=op)
    await laat_termijn_vervallen(uow, kandidaat_id, Termijnsoort.ZOEKTERMIJN)
    await trek_geplande_in(uow, kandidaat)
    await store.bewaar(uow, kandidaat)
    uow.emit(
        contract.KandidaatUitgestroomd(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            uitgestroomd_op=op,
            bestemming=contract.Uitstroombestemming(uitstroom.bestemming),
        ),
        afnemers=afnemers(kandidaat),
    )
    return uitstroom


async def val_terug(uow: UnitOfWork, kandidaat_id: UUID, op: date) -> Kandidaat:
    """Raises NietGevonden and what Kandidaat.val_terug raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    kandidaat.val_terug(op, door=uow.organisation, vandaag=local_date(uow.now))
    await uitstromingen.maak_ongedaan(uow, kandidaat_id, kandidaat.ronde, op)
    await store.bewaar(uow, kandidaat)
    uow.emit(
        contract.KandidaatTeruggevallen(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            teruggevallen_op=op,
        ),
        afnemers=afnemers(kandidaat),
    )
    await hervat_proces(uow, kandidaat)
    return kandidaat


@dataclass(frozen=True, slots=True)
class Heraanmelding:
    """gegevens: who it is, where that was given again; None to use what there is."""

    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    instroomreden: Instroomreden | None
    gegevens: Persoonsgegevens | None


async def meld_opnieuw_aan(
    uow: UnitOfWork, kandidaat_id: UUID, heraanmelding: Heraanmelding
) -> Kandidaat:
    """Raises NietGevonden, AndereInwoner and what Kandidaat.meld_opnieuw_aan raises."""
    kandidaat = await store.neem(uow, kandidaat_id)
    bekend = await persoonsgegevens.van(uow, kandidaat_id)
    gegevens = heraanmelding.gegevens or bekend.met_instroomreden(heraanmelding.instroomreden)
    if gegevens.bsn != bekend.bsn:
        raise AndereInwoner("Een heraanmelding is van dezelfde inwoner: controleer het BSN.")
    kandidaat.meld_opnieuw_aan(
        aangemeld_op=heraanmelding.aangemeld_op,
        instroomkanaal=heraanmelding.instroomkanaal,
        doelgroep=heraanmelding.doelgroep,
        geboortedatum=gegevens.geboortedatum,
        met_nieuwe_gegevens=heraanmelding.gegevens is not None,
        door=uow.organisation,
        afspraken=gemeenten().afspraken,
    )
    kandidaat.gebiedsteam = gemeenten().gebiedsteam(kandidaat.gemeentecode, gegevens.postcode)
    await persoonsgegevens.vervang(uow, kandidaat_id, gegevens)
    # It is set again at the next doorverwijzing: until then WSD hears nothing of the kandidaat.
    await uow.cancel(LEEFTIJDSOVERGANG, aggregate_id=kandidaat_id)
    await dubbelen.niet_meer_bij_wsd(uow, kandidaat_id)
    await store.bewaar(uow, kandidaat)
    # WSD, which sees nothing until the next doorverwijzing, has the regie no more either.
    await regisseurs.volg_gemeente(uow, kandidaat, Regiereden.AANMELDING, kandidaat.aangemeld_op)
    await begin_proces(uow, kandidaat, gegevens.geboortedatum, op=kandidaat.aangemeld_op)
    await begin_zoektermijn(uow, kandidaat, gegevens.geboortedatum)
    uow.emit(
        contract.KandidaatHeraangemeld(
            kandidaat_id=kandidaat_id,
            gemeentecode=kandidaat.gemeentecode,
            aangemeld_op=kandidaat.aangemeld_op,
            instroomkanaal=contract.Instroomkanaal(kandidaat.instroomkanaal),
            doelgroep=contract.Doelgroep(kandidaat.doelgroep),
            gegevens_hergebruikt=heraanmelding.gegevens is None,
        ),
        afnemers=afnemers(kandidaat),
    )
    return kandidaat
