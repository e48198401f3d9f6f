"""De processen van de gemeenten: wat er ook blijkt, een kandidaat komt bij een einde."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake import procesversies
from services.intake.bpmn import Procesdefinitie
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import Poortuitkomst, Programma
from services.intake.domain.proces import (
    Feit,
    Feiten,
    GezetteStap,
    Handeling,
    Stap,
    Veld,
    Veldsoort,
)
from services.intake.domain.samenwerkingsmodel import Samenwerkingsmodel
from services.intake.motor import speel

DEFINITIES = {d.proces: d for d in procesversies.alle()}
BEGIN = date(2026, 11, 20)
LANGSTE_WEG = 80
"""Steps after which we say that a walk goes on for ever."""

altijd = st.fixed_dictionaries(
    {
        "leeftijd": st.integers(16, 70),
        "doelgroep": st.sampled_from([d.value for d in Doelgroep]),
        "instroomkanaal": st.sampled_from([k.value for k in Instroomkanaal]),
        "gebiedsteam": st.just(""),
        "model": st.sampled_from([m.value for m in Samenwerkingsmodel]),
    }
)


def antwoord(veld: Veld) -> st.SearchStrategy[Feit]:
    match veld.soort:
        case Veldsoort.JA_NEE:
            return st.booleans()
        case Veldsoort.GETAL:
            laagste = 0 if veld.minimum is None else veld.minimum
            return st.integers(laagste, 120 if veld.maximum is None else veld.maximum)
        case Veldsoort.KEUZE:
            return st.sampled_from([code for code, _ in veld.opties])
        case Veldsoort.DATUM:
            return st.dates(BEGIN, BEGIN + timedelta(days=400)).map(date.isoformat)


def feiten_van(stap: Stap) -> st.SearchStrategy[Feiten]:
    if stap.handeling is Handeling.POORTBESLUIT:
        return st.fixed_dictionaries({"poortuitkomst": st.sampled_from(list(Poortuitkomst))})
    if stap.handeling is Handeling.TRAJECTBESLUIT:
        return st.fixed_dictionaries(
            {
                "programma": st.sampled_from(list(Programma)),
                "met_wsd": st.booleans(),
                "inkooporder_nodig": st.booleans(),
            }
        )
    return st.fixed_dictionaries({veld.naam: antwoord(veld) for veld in stap.velden})


@pytest.mark.parametrize("proces", sorted(DEFINITIES))
@settings(max_examples=40, deadline=None)
@given(data=st.data(), vooraf=altijd)
def test_elke_weg_leidt_naar_een_einde(proces: str, data: st.DataObject, vooraf: Feiten) -> None:
    definitie: Procesdefinitie = DEFINITIES[proces]
    gezet: list[GezetteStap] = []
    stand = speel(definitie, vooraf, BEGIN, gezet)
    while stand.open and len(gezet) < LANGSTE_WEG:
        assert stand.einde is None
        open_stap = data.draw(st.sampled_from(stand.open))
        feiten = data.draw(feiten_van(open_stap.stap))
        if open_stap.stap.handeling is None:
            open_stap.stap.toets_feiten(feiten)
        gezet.append(GezetteStap(open_stap.stap.code, open_stap.niet_voor, feiten))
        stand = speel(definitie, vooraf, BEGIN, gezet)
        codes = [o.stap.code for o in stand.open]
        assert len(set(codes)) == len(codes), "a step is open once"
    if not stand.open:
        assert stand.einde is not None
        assert stand.einde.code in definitie.einden


def test_elke_gemeente_heeft_een_proces() -> None:
    assert set(DEFINITIES) == {
        "alphen-aan-den-rijn",
        "boxtel",
        "ijmond",
        "klantreis",
        "s-hertogenbosch",
        "sudwest-fryslan",
        "tilburg",
        "vught",
    }
