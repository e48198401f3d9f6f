"""Wat de werkgever van een plan leest, en wanneer er weer naar wordt gekeken."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.fouten import DatumPastNiet, OngeldigWerkOntwikkelplan
from services.plaatsing.domain.werk_ontwikkelplan import (
    Afspraak,
    Evaluatie,
    Evaluatieuitkomst,
    Partij,
    Planinhoud,
    Planversie,
    Werkgeverseditie,
    WerkOntwikkelplan,
    werkgeverseditie,
)

BEGIN = date(2026, 5, 4)
DAGEN = st.integers(0, 900).map(lambda n: BEGIN + timedelta(days=n))
AFSPRAKEN = st.lists(
    st.builds(
        Afspraak,
        wie=st.sampled_from([Partij.KANDIDAAT, Partij.GEMEENTE, Partij.WSD]),
        tekst=st.just("geheim"),
        uiterlijk=st.none() | DAGEN,
        met_werkgever=st.booleans(),
    ).map(lambda a: replace(a, tekst="gedeeld" if a.met_werkgever else "geheim")),
    max_size=6,
).map(tuple)


def versie(op: date = BEGIN, *afspraken: Afspraak, doel: str = "gedeeld") -> Planversie:
    return Planversie(
        vastgesteld_op=op,
        vastgesteld_door="wsd",
        besproken_met=(Partij.KANDIDAAT,),
        inhoud=Planinhoud("geheim", "geheim", doel, "gedeeld", afspraken),
    )


def plan(eerste: Planversie) -> WerkOntwikkelplan:
    return WerkOntwikkelplan(UUID(int=1), UUID(int=2), UUID(int=3), "0757", (eerste,))


def evaluatie(op: date) -> Evaluatie:
    return Evaluatie(UUID(int=4), op, "wsd", (), Evaluatieuitkomst.OP_KOERS, "geheim")


@given(AFSPRAKEN)
def test_de_werkgever_leest_nooit_wat_niet_is_gedeeld(afspraken: tuple[Afspraak, ...]) -> None:
    gelezen = werkgeverseditie(plan(versie(BEGIN, *afspraken)).evalueer(evaluatie(BEGIN)))
    assert "geheim" not in str(gelezen)
    assert len(gelezen.afspraken) == sum(a.met_werkgever for a in afspraken)


def test_in_de_werkgeverseditie_staat_niet_wie_het_is() -> None:
    assert not {f.name for f in fields(Werkgeverseditie)} & {
        "kandidaat_id",
        "gemeentecode",
        "profiel",
        "groei",
        "evaluaties",
    }


@given(st.lists(DAGEN, max_size=8))
def test_de_volgende_evaluatie_is_drie_maanden_na_de_laatste(dagen: list[date]) -> None:
    bekeken = plan(versie())
    laatst = BEGIN
    for dag in dagen:
        if dag < laatst:
            with pytest.raises(DatumPastNiet):
                bekeken.evalueer(evaluatie(dag))
        else:
            bekeken, laatst = bekeken.evalueer(evaluatie(dag)), dag
    assert 88 <= (bekeken.evaluatie_uiterlijk - laatst).days <= 91


@given(DAGEN)
def test_herzien_verschuift_de_evaluatie_niet(op: date) -> None:
    eerst = plan(versie())
    herzien = eerst.herzie(versie(op, doel="anders"))
    assert herzien.evaluatie_uiterlijk == eerst.evaluatie_uiterlijk
    assert (herzien.geldend.inhoud.doel, herzien.versies[0]) == ("anders", eerst.geldend)


def test_een_versie_ligt_niet_voor_de_vorige() -> None:
    with pytest.raises(DatumPastNiet):
        plan(versie()).herzie(versie(BEGIN - timedelta(days=1)))


def test_wat_de_werkgever_doet_weet_de_werkgever() -> None:
    alleen = Afspraak(Partij.WERKGEVER, "Legt het uit", None, met_werkgever=False)
    with pytest.raises(OngeldigWerkOntwikkelplan) as fout:
        plan(versie(BEGIN, alleen))
    assert [punt.pad for punt in fout.value.punten] == ["afspraken.0.metWerkgever"]


def test_elk_leeg_veld_wordt_genoemd() -> None:
    leeg = replace(versie(), inhoud=Planinhoud("", " ", "", "", ()))
    with pytest.raises(OngeldigWerkOntwikkelplan) as fout:
        plan(leeg)
    assert [p.pad for p in fout.value.punten] == ["profiel", "groei", "doel", "volgendeStap"]
