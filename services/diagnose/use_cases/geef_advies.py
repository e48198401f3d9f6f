"""WSD advises the gemeente which traject fits the kandidaat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.unit_of_work import UnitOfWork
from contracts import portfolio
from contracts.diagnose import AdviesGegeven
from services.diagnose.afnemers import afnemers
from services.diagnose.beslistabellen import beslistabellen
from services.diagnose.domain.advies import Advies, Dienst, Programma
from services.diagnose.domain.feiten import Feit
from services.diagnose.store import dossiers
from services.diagnose.use_cases.feiten_voor_advies import feiten_voor_advies


@dataclass(frozen=True, slots=True)
class TeGevenAdvies:
    """What the trajectconsulent wants to advise; the domain decides whether it holds.

    opgegeven: facts that the dossier does not have. geldig_tot: None for as long as it can be.
    """

    gegeven_op: date
    programma: Programma
    diensten: tuple[Dienst, ...]
    motivering: str
    zrm_meting_id: UUID | None
    loonwaarde_meting_id: UUID | None
    opgegeven: tuple[Feit, ...]
    geldig_tot: date | None
    motivering_afwijking: str


async def geef_advies(uow: UnitOfWork, dossier_id: UUID, te_geven: TeGevenAdvies) -> Advies:
    """Raises NietGevonden, OngeldigFeit and what Dossier.geef_advies raises."""
    dossier = await dossiers.neem(uow, dossier_id)
    op = te_geven.gegeven_op
    advies = dossier.geef_advies(
        beslistabellen().voor(dossier.gemeentecode, op),
        await feiten_voor_advies(uow, dossier, te_geven.opgegeven, op),
        advies_id=uuid4(),
        gegeven_op=op,
        programma=te_geven.programma,
        diensten=te_geven.diensten,
        motivering=te_geven.motivering,
        vandaag=local_date(uow.now),
        zrm_meting_id=te_geven.zrm_meting_id,
        loonwaarde_meting_id=te_geven.loonwaarde_meting_id,
        geldig_tot=te_geven.geldig_tot,
        motivering_afwijking=te_geven.motivering_afwijking,
    )
    await dossiers.voeg_advies_toe(uow, dossier, advies)
    await dossiers.bewaar(uow, dossier)
    uow.emit(
        AdviesGegeven(
            kandidaat_id=dossier.kandidaat_id,
            gemeentecode=dossier.gemeentecode,
            dossier_id=dossier_id,
            advies_id=advies.advies_id,
            gegeven_op=advies.gegeven_op,
            programma=portfolio.Programma(advies.programma),
            diensten=tuple(portfolio.Dienst(dienst) for dienst in advies.diensten),
            geldig_tot=advies.geldig_tot,
        ),
        afnemers=afnemers(dossier),
    )
    return advies
