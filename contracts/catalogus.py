"""Every event that exists, by its CloudEvents type."""

from __future__ import annotations

from typing import Final

from contracts.diagnose import AdviesGegeven, DiagnoseGestart, LoonwaardeVastgesteld, ZrmAfgenomen
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

VERSIE: Final = "0.3.0"
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
    LoonwaardeVastgesteld,
    AdviesGegeven,
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
