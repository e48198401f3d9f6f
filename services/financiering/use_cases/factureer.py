"""WSD invoices a gemeente for what was delivered, and takes back what no longer holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from chassis.clock import local_date
from chassis.tenancy import WSD
from chassis.unit_of_work import UnitOfWork
from contracts import financiering as contract
from contracts.portfolio import Dienst
from services.financiering.domain.factuur import (
    Factuur,
    Factuursoort,
    Inhoud,
    factuurnummer,
    op_te_maken,
)
from services.financiering.domain.fouten import FacturatieInToekomst
from services.financiering.domain.levering import kosten
from services.financiering.domain.traject import traject_van
from services.financiering.partijen import partijen_van
from services.financiering.store import contractspecificaties, facturen, kandidaten, leveringen
from services.financiering.ubl import schrijf_ubl


@dataclass(frozen=True, slots=True)
class Facturatieronde:
    """niet_ingekocht: for whom something was delivered that was not bought, or not ordered yet."""

    gemaakt: tuple[facturen.Bewaard, ...]
    niet_ingekocht: tuple[UUID, ...]


async def factureer(
    uow: UnitOfWork, gemeentecode: str, tot_en_met: date, kandidaat_id: UUID | None = None
) -> Facturatieronde:
    """Everything through a day, of one kandidaat or of all of a gemeente; once, however often.

    Raises FacturatieInToekomst.
    """
    vandaag = local_date(uow.now)
    if tot_en_met > vandaag:
        raise FacturatieInToekomst(f"Kies uiterlijk {vandaag.isoformat()}.")
    await facturen.neem_nummering(uow, vandaag.year)
    contract_ = await contractspecificaties.geldend(uow)
    gemaakt: list[facturen.Bewaard] = []
    wachten = []
    for gevonden in await leveringen.kandidaten_met_kosten(
        uow, kandidaat_id=kandidaat_id, gemeentecode=gemeentecode, na=None, aantal=None
    ):
        if not await kandidaten.op_slot(uow, gevonden):
            continue
        geleverd = await leveringen.haal(uow, gevonden)
        if geleverd is None:
            continue
        eerder = await facturen.van_kandidaat(uow, gevonden)
        regels = kosten(
            geleverd.looptijden,
            geleverd.verrichtingen,
            contract_,
            geleverd.betaler,
            # A round through an earlier day takes nothing back of what came after it.
            tot_en_met=max([tot_en_met, *(factuur.inhoud.tot_en_met for factuur in eerder)]),
        )
        # What was not bought is not invoiced, and what was before is not taken back for that.
        niet = {
            regel.product
            for regel in regels
            if not geleverd.is_ingekocht(regel.product, regel.vanaf)
        }
        gemaakt += await _maak_op(
            uow,
            geleverd,
            eerder,
            [
                inhoud
                for inhoud in op_te_maken(
                    [regel for regel in regels if regel.product not in niet],
                    [factuur for factuur in eerder if factuur.inhoud.product not in niet],
                )
                if inhoud.gemeentecode == gemeentecode
            ],
        )
        if any(regel.product in niet and regel.gemeentecode == gemeentecode for regel in regels):
            wachten.append(gevonden)
    return Facturatieronde(tuple(gemaakt), tuple(wachten))


async def _maak_op(
    uow: UnitOfWork,
    geleverd: leveringen.Geleverd,
    eerder: Sequence[Factuur],
    inhouden: Sequence[Inhoud],
) -> list[facturen.Bewaard]:
    vandaag = local_date(uow.now)
    per_nummer = {factuur.factuur_id: factuur for factuur in eerder}
    gemaakt = []
    for inhoud in inhouden:
        terug = per_nummer[inhoud.van_factuur] if inhoud.van_factuur else None
        bron = terug or traject_van(geleverd.trajecten, inhoud.product, inhoud.vanaf)
        factuur = Factuur(
            factuur_id=uuid4(),
            nummer=factuurnummer(vandaag.year, await facturen.volgend_nummer(uow, vandaag.year)),
            kandidaat_id=geleverd.kandidaat_id,
            opgemaakt_op=vandaag,
            inhoud=inhoud,
            besluit_id=bron.besluit_id if bron else None,
            inkooporder_id=bron.inkooporder_id if bron else None,
            van_nummer=terug.nummer if terug else None,
        )
        bewaard = facturen.Bewaard(factuur, partijen_van(inhoud.gemeentecode), uow.now)
        schrijf_ubl(bewaard.factuur, bewaard.partijen)  # Refuses what the schema does.
        await facturen.voeg_toe(uow, bewaard)
        _zeg(uow, factuur)
        gemaakt.append(bewaard)
    return gemaakt


def _zeg(uow: UnitOfWork, factuur: Factuur) -> None:
    inhoud = factuur.inhoud
    uow.emit(
        contract.FactuurOpgemaakt(
            kandidaat_id=factuur.kandidaat_id,
            gemeentecode=inhoud.gemeentecode,
            factuur_id=factuur.factuur_id,
            soort=contract.Factuursoort(Factuursoort(inhoud.soort)),
            product=Dienst(inhoud.product),
            periode_vanaf=inhoud.vanaf,
            periode_tot_en_met=inhoud.tot_en_met,
            bedrag=inhoud.inclusief,
        ),
        afnemers={inhoud.gemeentecode, WSD},
    )
