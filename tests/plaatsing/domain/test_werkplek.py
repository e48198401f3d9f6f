"""Een werkplek: uren, periode, plaatsen en wat het werk vraagt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.plaatsing.domain.eisen import Begeleidingsniveau, Dag
from services.plaatsing.domain.fouten import (
    CapaciteitInGebruik,
    OngeldigeWerkplek,
    UrenPassenNiet,
    WerkplekNietBeschikbaar,
    WerkplekVol,
)
from services.plaatsing.domain.jobcarving import Carvingstap, Jobcarving, Vacature
from services.plaatsing.domain.werkplek import Werkplek, Werksoort
from services.plaatsing.domain.werktijd import Werktijd, fouten_in

UREN = Decimal(24)
MEI, JUNI, JULI = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
GECARVED = Jobcarving(
    Vacature("Magazijnmedewerker", ("inpakken", "heftruck rijden")),
    (Carvingstap(MEI, "Zonder heftruck past het", eraf=("heftruck rijden",)),),
)


def werkplek() -> Werkplek:
    return Werkplek(
        werkplek_id=UUID(int=10),
        werkgever_id=UUID(int=11),
        werksoort=Werksoort.LOGISTIEK,
        functie="Orderpicker",
        locatie="Boxtel",
        uren_van=Decimal(16),
        uren_tot=Decimal(32),
        capaciteit=2,
    )


def paden(fout: OngeldigeWerkplek) -> list[str]:
    return [punt.pad for punt in fout.punten]


def test_een_volle_werkplek_heeft_geen_plaats() -> None:
    plek = replace(werkplek(), bezetting=1)
    plek.eis_plaats(UREN, MEI, None)
    assert plek.vrije_plaatsen == 1
    with pytest.raises(WerkplekVol):
        replace(plek, bezetting=2).eis_plaats(UREN, MEI, None)


@pytest.mark.parametrize(
    ("uren", "past"), [("15.99", False), ("16", True), ("32", True), ("33", False)]
)
def test_de_uren_passen_bij_de_werkplek(uren: str, past: bool) -> None:
    if past:
        werkplek().eis_plaats(Decimal(uren), MEI, None)
        return
    with pytest.raises(UrenPassenNiet):
        werkplek().eis_plaats(Decimal(uren), MEI, None)


@pytest.mark.parametrize(
    ("begin", "tot_en_met", "past"),
    [
        (JUNI, JULI, True),
        (JUNI, None, True),
        (JULI, JULI, True),
        (MEI, JULI, False),
        (JUNI, date(2026, 7, 2), False),
        (date(2026, 7, 2), None, False),
    ],
)
def test_een_plaatsing_valt_in_de_periode_van_de_werkplek(
    begin: date, tot_en_met: date | None, past: bool
) -> None:
    plek = replace(werkplek(), vanaf=JUNI, tot_en_met=JULI)
    if past:
        plek.eis_plaats(UREN, begin, tot_en_met)
        return
    with pytest.raises(WerkplekNietBeschikbaar):
        plek.eis_plaats(UREN, begin, tot_en_met)


def test_de_capaciteit_wordt_niet_kleiner_dan_wat_bezet_is() -> None:
    werkplek().eis_genoeg_plaats(2)
    with pytest.raises(CapaciteitInGebruik):
        werkplek().eis_genoeg_plaats(3)


def test_de_meeste_begeleiding_telt_van_wie_die_ook_komt() -> None:
    plek = replace(werkplek(), begeleiding_vereist=Begeleidingsniveau.OP_AFSTAND)
    assert plek.begeleiding is Begeleidingsniveau.OP_AFSTAND
    plek = replace(plek, begeleiding_geboden=Begeleidingsniveau.DAGELIJKS)
    assert plek.begeleiding is Begeleidingsniveau.DAGELIJKS


def test_alle_fouten_van_een_werkplek_worden_tegelijk_gemeld() -> None:
    with pytest.raises(OngeldigeWerkplek) as fout:
        Werkplek(
            UUID(int=10),
            UUID(int=11),
            Werksoort.PRODUCTIE,
            "",
            " ",
            Decimal(20),
            Decimal(16),
            0,
            vanaf=JULI,
            tot_en_met=JUNI,
            werktijden=(Werktijd(Dag.MAANDAG, time(9), time(9)),),
            jobcarving=Jobcarving(Vacature("x", ("a", "a")), ()),
        )
    assert paden(fout.value) == [
        "functie",
        "locatie",
        "urenVan",
        "capaciteit",
        "totEnMet",
        "werktijden.0.tot",
        "jobcarving.vacature.taken",
        "jobcarving.stappen",
    ]


def test_een_stap_van_morgen_is_nog_niet_gezet() -> None:
    plek = replace(werkplek(), jobcarving=GECARVED)
    plek.eis_vast_te_leggen(MEI, eigenaar_is_gemeente=True)
    with pytest.raises(OngeldigeWerkplek) as fout:
        plek.eis_vast_te_leggen(date(2026, 4, 30), eigenaar_is_gemeente=True)
    assert paden(fout.value) == ["jobcarving.stappen.0.op"]


def test_een_werkplek_van_wsd_is_voor_elke_gemeente() -> None:
    alleen_eigen = replace(werkplek(), gedeeld=False)
    alleen_eigen.eis_vast_te_leggen(MEI, eigenaar_is_gemeente=True)
    with pytest.raises(OngeldigeWerkplek) as fout:
        alleen_eigen.eis_vast_te_leggen(MEI, eigenaar_is_gemeente=False)
    assert paden(fout.value) == ["gedeeld"]


tijden = st.tuples(
    st.sampled_from(Dag), st.integers(0, 24 * 60 - 1), st.integers(0, 24 * 60 - 1)
).flatmap(
    lambda t: (
        st.nothing()
        if t[1] == t[2]
        else st.just(Werktijd(t[0], time(*divmod(t[1], 60)), time(*divmod(t[2], 60))))
    )
)


def minuten_van(werktijd: Werktijd) -> set[int]:
    """Every minute of the week in which there is work."""
    begin, einde = werktijd.minuten
    return {minuut % (7 * 24 * 60) for minuut in range(begin, einde)}


@given(tijden, tijden)
def test_werktijden_overlappen_als_er_een_minuut_in_beide_valt(
    een: Werktijd, ander: Werktijd
) -> None:
    samen = minuten_van(een) & minuten_van(ander)
    codes = {punt.code for punt in fouten_in([een, ander])}
    assert ("overlapt" in codes) == bool(samen)


def test_een_nachtdienst_loopt_door_tot_de_volgende_dag() -> None:
    nacht = Werktijd(Dag.ZONDAG, time(22), time(6))
    assert not fouten_in([nacht, Werktijd(Dag.MAANDAG, time(6), time(14))])
    assert fouten_in([nacht, Werktijd(Dag.MAANDAG, time(5), time(14))])
