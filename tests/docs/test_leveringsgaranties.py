"""The page on delivery: which service says and hears what is what the code says and hears."""

from __future__ import annotations

import re

from contracts.catalogus import GEBEURTENISSEN
from deploy.installatie import WORTEL
from deploy.regio import SERVICES

PAGINA = (WORTEL / "docs" / "leveringsgaranties.md").read_text()


def test_de_pagina_noemt_van_elke_dienst_wat_zij_zegt_en_hoort() -> None:
    rijen = re.findall(
        r"^\| ([a-z]+) \| ([A-Z][A-Za-z0-9, ]+) \| ([A-Z][A-Za-z0-9, ]+) \|$", PAGINA, re.M
    )
    assert {dienst: (zegt.split(", "), hoort.split(", ")) for dienst, zegt, hoort in rijen} == {
        service.name: (
            [g.__name__ for g in GEBEURTENISSEN if g.dienst == service.name],
            [reactie.on.__name__ for reactie in service.reactions],
        )
        for service in SERVICES
    }
