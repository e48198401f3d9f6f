"""De pilot van Vught door de API: van traject en geboekte uren tot facturen en wat nog komt.

The same table as tests/financiering/domain/test_vught_budget.py, which derives the dates; here
other services tell them and WSD invoices (bron 003, p. Budget).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx2

from contracts.afnemers import WSD
from contracts.diagnose import OADGestart, PlanregieBeeindigd, PlanregieGestart, PlanregieVerlengd
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import TrajectbesluitGenomen
from contracts.plaatsing import (
    BegeleidingsurenGeboekt,
    OverigePlaatsingsoort,
    PlaatsingGestart,
)
from contracts.portfolio import Dienst, Programma
from tests.financiering.conftest import Client
from tests.financiering.domain.test_vught_budget import (
    APRIL,
    KANDIDATEN,
    MEI,
    OAD_AFGESPROKEN,
    PLANREGIE_NIET_GESTART,
    Rij,
    afgeleide_looptijd,
)
from tests.financiering.omgeving import VUGHT, Kandidaat, Omgeving

BEGIN = date(2018, 10, 1)
NIETS = Decimal("0.00")
MEESTE_UREN = Decimal("60.00")
"""That one booking may be of."""
OVERIG = {"overhead": 528, "personeel": 19996, "projectleiding": 88593, "inkoop": 3744}
BESTAND = 50000
"""What else the pilot spent, in whole euros (bron 003)."""


def verhaal(kandidaat: Kandidaat, rij: Rij) -> tuple[list[Gebeurtenis], date]:
    """What the other services tell, and through which day it was invoiced."""
    wie: dict[str, Any] = {"kandidaat_id": kandidaat.id, "gemeentecode": VUGHT}
    diensten = (
        [Dienst.PLANREGIE] if rij.planregie or rij.kandidaat in PLANREGIE_NIET_GESTART else []
    )
    if rij.oad:
        diensten.append(Dienst.OAD)
    events: list[Gebeurtenis] = [
        TrajectbesluitGenomen(
            **wie,
            besluit_id=uuid4(),
            programma=Programma.ONTWIKKEL,
            diensten=tuple(diensten),
            met_wsd=True,
            besloten_door=VUGHT,
            ingangsdatum=BEGIN,
        )
    ]
    tot = MEI
    if rij.planregie:
        looptijd, tot = afgeleide_looptijd(rij)
        planregie = {**wie, "dossier_id": uuid4(), "planregie_id": uuid4()}
        events.append(
            PlanregieGestart(
                **planregie, gestart_op=looptijd.begin, einddatum=looptijd.eerste_einddatum
            )
        )
        if rij.verlengd:
            events.append(PlanregieVerlengd(**planregie, einddatum=looptijd.tot_en_met))
        if looptijd.beeindigd_op:
            events.append(PlanregieBeeindigd(**planregie, beeindigd_op=looptijd.beeindigd_op))
    return [*events, *_oad(kandidaat, wie, rij.oad)], tot


def _oad(kandidaat: Kandidaat, wie: dict[str, Any], uren: Decimal) -> list[Gebeurtenis]:
    """At EUR 1 an hour: the price is in no source, so the hours are the amounts of the table."""
    if not uren:
        return []
    plaats: dict[str, Any] = {**wie, "plaatsing_id": kandidaat.plaatsing_id}
    events: list[Gebeurtenis] = [
        OADGestart(
            **wie, dossier_id=uuid4(), oad_id=uuid4(), gestart_op=BEGIN, einddatum=date(2019, 9, 30)
        ),
        PlaatsingGestart(**plaats, soort=OverigePlaatsingsoort.OAD, begindatum=BEGIN),
    ]
    begeleiding: UUID = uuid4()
    while uren:
        deel = min(uren, MEESTE_UREN)
        uren -= deel
        events.append(
            BegeleidingsurenGeboekt(
                **plaats,
                begeleiding_id=begeleiding,
                boeking_id=uuid4(),
                geboekt_voor=APRIL,
                uren=deel,
            )
        )
    return events


async def spreek_af(wsd: httpx2.AsyncClient, product: Dienst, **prijs: str) -> None:
    body = {"gemeentecode": VUGHT, "product": product, "vanaf": BEGIN.isoformat(), **prijs}
    antwoord = await wsd.post("/contractspecificaties", json=body)
    assert antwoord.status_code == 201, antwoord.text


async def test_de_budgettabel_van_vught_komt_op_de_cent_uit_de_facturen(
    omgeving: Omgeving, client: Client
) -> None:
    """23,243.13, 4,266.72 and 18,777.84; with the rest of the pilot 209,149 of 300,000."""
    wsd = client(WSD, ("financiering.lezen", "financiering.schrijven"), "backoffice")
    await spreek_af(wsd, Dienst.PLANREGIE, eenheid="maand", prijs="500.00", plafond="3000.00")
    await spreek_af(wsd, Dienst.OAD, eenheid="uur", prijs="1.00")
    planregie = oad = nog = NIETS
    for rij in KANDIDATEN:
        kandidaat = Kandidaat(VUGHT)
        events, tot = verhaal(kandidaat, rij)
        await omgeving.hoort(*events)
        ronde = {"gemeentecode": VUGHT, "totEnMet": str(tot), "kandidaatId": str(kandidaat.id)}
        gemaakt = await wsd.post("/facturatierondes", json=ronde)
        assert gemaakt.status_code == 201, gemaakt.text
        per_product = {f["product"]: Decimal(f["exclusief"]) for f in gemaakt.json()["facturen"]}
        assert per_product.get("planregie", NIETS) == rij.planregie
        assert per_product.get(Dienst.OAD, NIETS) == rij.oad
        vraag = {"kandidaatId": str(kandidaat.id), "totEnMet": str(tot)}
        antwoord = await client(VUGHT).get("/trajectkosten", params=vraag)
        [gezien] = antwoord.json()["resultaten"]
        te_gaan = {p["product"]: p["nogTeVerwachten"] for p in gezien["producten"]}
        van_oad = OAD_AFGESPROKEN.get(rij.kandidaat, rij.oad) - rij.oad
        verwacht = Decimal(te_gaan.get("planregie", "0.00")) + van_oad
        assert verwacht == rij.verwacht, rij
        planregie, oad, nog = planregie + rij.planregie, oad + rij.oad, nog + verwacht
    assert (planregie, oad, nog) == (
        Decimal("23243.13"),
        Decimal("4266.72"),
        Decimal("18777.84"),
    )
    gefactureerd = [
        Decimal(factuur["exclusief"])
        for factuur in (await client(VUGHT).get("/facturen?limiet=100")).json()["resultaten"]
    ]
    assert sum(gefactureerd) == planregie + oad
    heel = [som.quantize(Decimal(1), ROUND_HALF_UP) for som in (sum(gefactureerd, NIETS), nog)]
    besteed = sum(OVERIG.values()) + sum(heel) + BESTAND
    assert (besteed, 300_000 - besteed) == (209_149, 90_851)
