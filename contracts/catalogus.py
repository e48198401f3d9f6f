"""Every event that exists, by its CloudEvents type."""

from __future__ import annotations

from typing import Final

from contracts.diagnose import (
    AdviesGegeven,
    AdviesTeruggestuurd,
    AdviesvraagBeantwoord,
    ArbeidsvermogenVastgesteld,
    DiagnoseGestart,
    DiagnosetermijnVerstreken,
    DoelBehaald,
    JongerenscanAfgerond,
    LoonwaardeVastgesteld,
    OADBeeindigd,
    OADGestart,
    ParticipatieladderVastgesteld,
    PlanregieBeeindigd,
    PlanregieGestart,
    PlanregieVerlengd,
    RapportageBeschikbaar,
    RapportageGeaccordeerd,
    WerkdiagnoseAfgerond,
    WerkdiagnoseGestart,
    WerkdiagnoseVerlengd,
    Zrm2013Afgenomen,
    ZrmAfgenomen,
    ZrmGecorrigeerd,
)
from contracts.financiering import LKSVastgesteld
from contracts.gebeurtenis import Gebeurtenis
from contracts.intake import (
    BesluitIngetrokken,
    InkooporderGeplaatst,
    KandidaatAangemeld,
    KandidaatDoorverwezen,
    KandidaatHeraangemeld,
    KandidaatOvergedragen,
    KandidaatTeruggevallen,
    KandidaatUitgestroomd,
    LeeftijdsgroepGewijzigd,
    PoortbesluitGenomen,
    QuickScanAfgerond,
    RegisseurGewijzigd,
    TermijnNadert,
    TermijnVerstreken,
    TrajectbesluitGenomen,
    VrijstellingVerleend,
    ZorgtrajectBesloten,
)
from contracts.plaatsing import LKSPlaatsing, PlaatsingBeeindigd, ProefplaatsingGestart

VERSIE: Final = "0.4.0"
"""Release of the contracts; every release is kept under ``gepubliceerd/``."""

GEBEURTENISSEN: Final[tuple[type[Gebeurtenis], ...]] = (
    KandidaatAangemeld,
    RegisseurGewijzigd,
    QuickScanAfgerond,
    PoortbesluitGenomen,
    VrijstellingVerleend,
    ZorgtrajectBesloten,
    KandidaatDoorverwezen,
    LeeftijdsgroepGewijzigd,
    DiagnoseGestart,
    ZrmAfgenomen,
    Zrm2013Afgenomen,
    ZrmGecorrigeerd,
    ParticipatieladderVastgesteld,
    ArbeidsvermogenVastgesteld,
    JongerenscanAfgerond,
    WerkdiagnoseGestart,
    WerkdiagnoseVerlengd,
    WerkdiagnoseAfgerond,
    LoonwaardeVastgesteld,
    AdviesGegeven,
    AdviesTeruggestuurd,
    AdviesvraagBeantwoord,
    PlanregieGestart,
    DoelBehaald,
    RapportageBeschikbaar,
    RapportageGeaccordeerd,
    PlanregieVerlengd,
    PlanregieBeeindigd,
    OADGestart,
    OADBeeindigd,
    DiagnosetermijnVerstreken,
    TrajectbesluitGenomen,
    InkooporderGeplaatst,
    BesluitIngetrokken,
    TermijnNadert,
    TermijnVerstreken,
    KandidaatUitgestroomd,
    KandidaatTeruggevallen,
    KandidaatHeraangemeld,
    KandidaatOvergedragen,
    ProefplaatsingGestart,
    LKSPlaatsing,
    PlaatsingBeeindigd,
    LKSVastgesteld,
)

PER_TYPE: Final[dict[str, type[Gebeurtenis]]] = {g.type(): g for g in GEBEURTENISSEN}
