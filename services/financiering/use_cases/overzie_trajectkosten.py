"""What was done for a kandidaat, what it cost and what is to come: for both sides the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.unit_of_work import Reading
from services.financiering.domain.contractspecificatie import Contractspecificatie, Eenheid
from services.financiering.domain.factuur import gefactureerd, totaal
from services.financiering.domain.levering import afgesproken, kosten
from services.financiering.domain.traject import Traject, traject_van
from services.financiering.domain.trajectkosten import Trajectkosten
from services.financiering.store import contractspecificaties, facturen, leveringen


@dataclass(frozen=True, slots=True)
class Overzicht:
    """Of one kandidaat. trajecten: what was bought, the oldest first."""

    kandidaat_id: UUID
    gemeentecode: str
    trajecten: tuple[Traject, ...]
    producten: tuple[Trajectkosten, ...]


async def overzie_trajectkosten(
    uow: Reading,
    *,
    tot_en_met: date,
    kandidaat_id: UUID | None,
    gemeentecode: str | None,
    na: UUID | None,
    aantal: int,
) -> Sequence[Overzicht]:
    """By kandidaat, of those whom this organisation sees."""
    contract = await contractspecificaties.geldend(uow)
    gevonden = []
    for nummer in await leveringen.kandidaten_met_kosten(
        uow, kandidaat_id=kandidaat_id, gemeentecode=gemeentecode, na=na, aantal=aantal
    ):
        geleverd = await leveringen.haal(uow, nummer)
        if geleverd is not None:
            documenten = await facturen.van_kandidaat(uow, nummer)
            per_product = {
                product: gefactureerd(d for d in documenten if d.inhoud.product == product)
                for product in {d.inhoud.product for d in documenten}
            }
            gevonden.append(_overzicht(geleverd, contract, per_product, tot_en_met))
    return gevonden


def _overzicht(
    geleverd: leveringen.Geleverd,
    contract: Contractspecificatie,
    per_product: dict[str, Decimal],
    tot_en_met: date,
) -> Overzicht:
    regels = kosten(
        geleverd.looptijden,
        geleverd.verrichtingen,
        contract,
        geleverd.betaler,
        tot_en_met=tot_en_met,
    )
    producten = {
        *per_product,
        *(looptijd.product for looptijd in geleverd.looptijden),
        *(verrichting.product for verrichting in geleverd.verrichtingen),
        *(product for traject in geleverd.trajecten for product in traject.producten),
    }
    return Overzicht(
        geleverd.kandidaat_id,
        geleverd.gemeentecode,
        geleverd.trajecten,
        tuple(
            Trajectkosten(
                product=product,
                uren=sum(
                    (
                        v.aantal
                        for v in geleverd.verrichtingen
                        if v.product == product and v.eenheid is Eenheid.UUR and v.dag <= tot_en_met
                    ),
                    Decimal("0.00"),
                ),
                geleverd=totaal(regel for regel in regels if regel.product == product),
                gefactureerd=per_product.get(product, Decimal("0.00")),
                afgesproken=_afgesproken(geleverd, contract, product, tot_en_met),
                loopt=_loopt(geleverd, product, tot_en_met),
                ingekocht=geleverd.is_ingekocht(product, tot_en_met),
            )
            for product in sorted(producten)
        ),
    )


def _afgesproken(
    geleverd: leveringen.Geleverd, contract: Contractspecificatie, product: str, dag: date
) -> Decimal | None:
    """Of all that was delivered of a product; of what was bought and did not begin its plafond."""
    looptijden = [looptijd for looptijd in geleverd.looptijden if looptijd.product == product]
    if looptijden:
        delen = [afgesproken(looptijd, contract, geleverd.betaler) for looptijd in looptijden]
        bekend = [deel for deel in delen if deel is not None]
        return sum(bekend, Decimal(0)) if len(bekend) == len(delen) else None
    afspraak = contract.op(geleverd.betaler(dag), product, dag)
    return afspraak.plafond if afspraak else None


def _loopt(geleverd: leveringen.Geleverd, product: str, dag: date) -> bool:
    """Whether something of it is still to come: it runs, or was bought and did not begin."""
    looptijden = [looptijd for looptijd in geleverd.looptijden if looptijd.product == product]
    if not looptijden:
        return traject_van(geleverd.trajecten, product, dag) is not None
    return any(looptijd.laatste_dag >= dag and not looptijd.beeindigd_op for looptijd in looptijden)
