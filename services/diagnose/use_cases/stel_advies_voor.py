"""The decision table of the gemeente proposes an advies; the professional decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.clock import local_date
from chassis.unit_of_work import Reading
from chassis.web.problems import NietGevonden
from services.diagnose.beslistabellen import beslistabellen
from services.diagnose.domain.advies import Voorstel, gevraagd, stel_voor
from services.diagnose.domain.beslistabel import Beslistabel
from services.diagnose.domain.feiten import Feit
from services.diagnose.domain.fouten import DatumPastNiet
from services.diagnose.store import dossiers
from services.diagnose.use_cases.feiten_voor_advies import feiten_voor_advies


@dataclass(frozen=True, slots=True)
class Adviesvoorstel:
    """A proposal, and the facts that the table asked and that are known."""

    tabel: Beslistabel
    voorstel: Voorstel
    feiten: tuple[Feit, ...]


async def stel_advies_voor(
    uow: Reading, dossier_id: UUID, op: date, opgegeven: tuple[Feit, ...]
) -> Adviesvoorstel:
    """Nothing is kept but that it was asked.

    Raises NietGevonden, DatumPastNiet, OngeldigFeit, FeitenOntbreken.
    """
    bewaard = await dossiers.haal(uow, dossier_id)
    if bewaard is None:
        raise NietGevonden
    dossier = bewaard.dossier
    if op > local_date(uow.now):
        raise DatumPastNiet("Stel voor op wat nu bekend is: kies vandaag of een eerdere dag.")
    await uow.log_processing(
        "advies voorgesteld",
        kandidaat_id=dossier.kandidaat_id,
        gemeentecode=dossier.gemeentecode,
        activity="diagnose/advies-voorstellen",
    )
    feiten = await feiten_voor_advies(uow, dossier, opgegeven, op)
    tabel = beslistabellen().voor(dossier.gemeentecode, op)
    return Adviesvoorstel(tabel, stel_voor(tabel, feiten, op), gevraagd(tabel, feiten, op))
