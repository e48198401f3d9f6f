"""A resident reports to the gemeente and becomes a kandidaat; or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from contracts import intake as contract
from services.intake import persoonsgegevens, regisseurs, store
from services.intake.afnemers import afnemers
from services.intake.domain.fouten import DomeinFout, NietBevoegd
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import Kandidaat
from services.intake.domain.uitstroom import twaalf_maanden_na
from services.intake.gemeenten import gemeenten
from services.intake.persoonsgegevens import Persoonsgegevens
from services.intake.problemen import KandidaatAlBekend
from services.intake.use_cases.volg_proces import TeBeginnen, begin_processen
from services.intake.use_cases.wettelijke_termijnen import begin_zoektermijn


@dataclass(frozen=True, slots=True)
class Aanmelding:
    aangemeld_op: date
    instroomkanaal: Instroomkanaal
    doelgroep: Doelgroep
    gegevens: Persoonsgegevens


Uitkomst = Kandidaat | DomeinFout | KandidaatAlBekend
"""What became of one aanmelding among many: a kandidaat, or why not."""


async def meld_kandidaat_aan(uow: UnitOfWork, aanmelding: Aanmelding) -> Kandidaat:
    """Record the kandidaat for the gemeente that this unit of work acts for.

    Raises NietBevoegd, KandidaatAlBekend when the gemeente already has a kandidaat with this BSN,
    and what Kandidaat.meld_aan raises.
    """
    [uitkomst] = await meld_kandidaten_aan(uow, [aanmelding])
    if isinstance(uitkomst, Exception):
        raise uitkomst
    return uitkomst


async def meld_kandidaten_aan(
    uow: UnitOfWork, aanmeldingen: Sequence[Aanmelding]
) -> list[Uitkomst]:
    """Record those that may, in a handful of statements; a refused one is no hindrance to others.

    No BSN is there twice. Raises NietBevoegd.
    """
    if uow.organisation == WSD:
        raise NietBevoegd("Een inwoner meldt zich altijd eerst bij de eigen gemeente.")
    uitkomsten = [_beoordeel(uow.organisation, aanmelding) for aanmelding in aanmeldingen]
    nieuw = {
        persoonsgegevens.bsn_index(uow, uow.organisation, aanmelding.gegevens.bsn): (
            plek,
            kandidaat,
        )
        for plek, (aanmelding, kandidaat) in enumerate(zip(aanmeldingen, uitkomsten, strict=True))
        if isinstance(kandidaat, Kandidaat)
    }
    toegevoegd = await store.voeg_toe(uow, {index: k for index, (_, k) in nieuw.items()})
    al_bekend = [i for i, (_, k) in nieuw.items() if k.kandidaat_id not in toegevoegd]
    if al_bekend:
        bekenden = await store.met_bsn(uow, uow.organisation, al_bekend)
        for index in al_bekend:
            plek = nieuw.pop(index)[0]
            uitkomsten[plek] = _al_bekend(bekenden[index], aanmeldingen[plek].aangemeld_op)
    await persoonsgegevens.bewaar(
        uow,
        uow.organisation,
        {k.kandidaat_id: aanmeldingen[plek].gegevens for plek, k in nieuw.values()},
    )
    await regisseurs.begin(uow, [kandidaat for _, kandidaat in nieuw.values()])
    te_beginnen = [
        TeBeginnen(k, aanmeldingen[plek].gegevens.geboortedatum, k.aangemeld_op)
        for plek, k in nieuw.values()
    ]
    await begin_processen(uow, te_beginnen)
    for plek, kandidaat in nieuw.values():
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
        await begin_zoektermijn(uow, kandidaat, aanmeldingen[plek].gegevens.geboortedatum)
    return uitkomsten


def _beoordeel(gemeentecode: str, aanmelding: Aanmelding) -> Uitkomst:
    gegevens = aanmelding.gegevens
    try:
        return Kandidaat.meld_aan(
            kandidaat_id=uuid4(),
            gemeentecode=gemeentecode,
            aangemeld_op=aanmelding.aangemeld_op,
            instroomkanaal=aanmelding.instroomkanaal,
            doelgroep=aanmelding.doelgroep,
            geboortedatum=gegevens.geboortedatum,
            afspraken=gemeenten().afspraken,
            gebiedsteam=gemeenten().gebiedsteam(gemeentecode, gegevens.postcode),
        )
    except DomeinFout as fout:
        return fout


def _al_bekend(bekend: store.Bekend, aangemeld_op: date) -> KandidaatAlBekend:
    uitleg = None
    if bekend.uitgestroomd_op is not None:
        kan_terug = aangemeld_op <= twaalf_maanden_na(bekend.uitgestroomd_op)
        uitleg = KandidaatAlBekend.terugval if kan_terug else KandidaatAlBekend.heraanmelding
    return KandidaatAlBekend(uitleg, kandidaatId=str(bekend.kandidaat_id))
