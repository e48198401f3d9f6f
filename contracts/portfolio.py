"""The programmes and services of WSD (bron 000, bijlage 2), as codes in events and APIs."""

from __future__ import annotations

from enum import StrEnum


class Programma(StrEnum):
    UITSTROOM = "uitstroomprogramma"
    ONTWIKKEL = "ontwikkelprogramma"
    WERK = "werkprogramma"


class Dienst(StrEnum):
    WERKEN_MET_LKS = "werken-met-loonkostensubsidie"
    WERKACADEMIE = "werkacademie"
    WERKACADEMIE_JONGEREN = "werkacademie-jongeren"
    JOBHUNTING = "jobhunting"
    SOLLICITATIEBEGELEIDING = "sollicitatiebegeleiding"
    WERKERVARINGSPLAATS = "werkervaringsplaats"
    OAD = "ontwikkelingsgerichte-arbeidsmatige-dagbesteding"
    PARTICIPATIE_VERGUNNINGHOUDERS = "participatie-vergunninghouders"
    WOONOMGEVINGSPLOEG = "woonomgevingsploeg"
    TRAINING_EN_OPLEIDING = "training-en-opleiding"
    JOBCOACHING = "jobcoaching"
    PLANREGIE = "planregie"
    BESCHUT_WERKEN = "beschut-werken"
    LOONWAARDEMETING = "loonwaardemeting"
    INBURGEREN_MET_WSD = "inburgeren-met-wsd"
    WERKEN_MET_BEHOUD_VAN_UITKERING = "werken-met-behoud-van-uitkering"
    GIDS_DIAGNOSE = "gids-diagnose"
    PERSOONLIJKE_COACHING = "persoonlijke-coaching"
