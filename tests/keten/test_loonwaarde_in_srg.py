"""De loonwaarde in de SRG-levering is die waarmee de loonkostensubsidie wordt berekend.

Two services and what one says to the other: random careers of financiering, told to intake event
by event, and then every month the record beside the calculation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep
from services.financiering.domain.lks_aanvraag import LoonwaardeVanaf
from services.financiering.domain.lks_dossier import (
    Besluit,
    Dienstverband,
    Doelgroep,
    Kandidaatfeiten,
    Loonkostensubsidie,
)
from services.financiering.domain.lks_toekenning import EindeLks
from services.financiering.domain.loonkostensubsidie import Arbeidsduur
from services.intake.domain.lks_loonwaarde import LksLoonwaarde
from services.intake.domain.srg import (
    VELDEN,
    Betrokkene,
    Loonwaarde,
    Maand,
    Profiel,
    Voorziening,
    Voorzieningsoort,
    srg_regel,
)

JAN = Betrokkene("0757", "999990342", date(1985, 3, 9), "M")
EERSTE, LAATSTE = date(2025, 1, 1), date(2026, 12, 31)
DAGEN = st.dates(date(2024, 10, 1), LAATSTE)
FEITEN = Kandidaatfeiten(doelgroep=Doelgroep.PWET, leeftijdsgroep=Leeftijdsgroep.VOLWASSEN)


def vertel(
    lks: Loonkostensubsidie,
    metingen: dict[date, LoonwaardeVanaf],
    einde: date | None,
    einde_gehoord_op: date,
) -> tuple[Loonkostensubsidie, list[LksLoonwaarde]]:
    """Day by day what financiering learns and what it says then, in the order in which it does."""
    gezegd: list[LksLoonwaarde] = []
    geleerd = {*metingen} | ({einde_gehoord_op} if einde else set())
    dag: date | None = min({EERSTE, *geleerd})
    while dag is not None and dag <= LAATSTE:
        bekend = {m.vanaf: m for op, m in sorted(metingen.items()) if op <= dag}
        if einde and dag >= einde_gehoord_op:
            lks = lks.beeindigd(einde, EindeLks.EINDE_DIENSTBETREKKING)
        feiten = replace(FEITEN, loonwaarden=tuple(bekend[d] for d in sorted(bekend)))
        nieuw = lks.beoordeeld(feiten, dag)
        gezegd += [
            LksLoonwaarde(
                lks.dienstverband.plaatsing_id, v.ingangsdatum, v.loonwaarde, len(gezegd) + n
            )
            for n, v in enumerate(v for v in nieuw.vaststellingen if v not in lks.vaststellingen)
            if v.maandbedrag is not None
        ]
        lks = nieuw
        straks = [op for op in geleerd if op > dag]
        volgende = lks.volgende_beoordeling(feiten, dag)
        dag = min((*straks, *([volgende] if volgende else [])), default=None)
    return lks, gezegd


def loonwaarde_in_srg(voorziening: Voorziening, profiel: Profiel, maand: Maand) -> int | None:
    regel = dict(zip(VELDEN, srg_regel(maand, "1", JAN, voorziening, profiel, ()), strict=True))
    return int(regel["loonwaarde"]) if regel["loonwaarde"] else None


@settings(max_examples=300, deadline=None)
@given(
    begin=st.dates(EERSTE, date(2026, 11, 30)),
    bij_begin=st.none() | st.integers(0, 99),
    duur=st.none() | st.integers(0, 700),
    einde_gehoord_op=st.dates(EERSTE, LAATSTE),
    metingen=st.dictionaries(DAGEN, st.builds(LoonwaardeVanaf, st.integers(0, 100), DAGEN)),
)
def test_elke_maand_noemt_de_srg_de_loonwaarde_van_de_loonkostensubsidie(
    begin: date,
    bij_begin: int | None,
    duur: int | None,
    einde_gehoord_op: date,
    metingen: dict[date, LoonwaardeVanaf],
) -> None:
    laatste = None if duur is None else begin + timedelta(days=duur)
    dienstverband = Dienstverband(uuid4(), begin, Arbeidsduur(Decimal(24)), bij_begin)
    lks, gezegd = vertel(
        Loonkostensubsidie(uuid4(), uuid4(), "0757", dienstverband),
        metingen,
        laatste,
        einde_gehoord_op,
    )
    assert lks.besluit is Besluit.TOEGEKEND
    bekend = {m.vanaf: m for _, m in sorted(metingen.items())}
    feiten = replace(FEITEN, loonwaarden=tuple(bekend[d] for d in sorted(bekend)))
    toekenning = lks.toekenning(feiten)
    voorziening = Voorziening(
        dienstverband.plaatsing_id,
        lks.kandidaat_id,
        Voorzieningsoort.LKS_DIENSTVERBAND,
        begin,
        bij_begin,
        laatste,
        "uitstroom-regulier" if laatste else None,
    )
    profiel = Profiel(
        loonwaarden=[Loonwaarde(m.percentage, m.vanaf, op) for op, m in metingen.items()],
        lks_loonwaarden=gezegd,
    )
    for maand in maanden(begin, laatste):
        dag = min(maand.laatste_dag, laatste or maand.laatste_dag)
        assert loonwaarde_in_srg(voorziening, profiel, maand) == toekenning.loonwaarde_op(dag), dag


def maanden(begin: date, laatste: date | None) -> Sequence[Maand]:
    """The months in which it ran, up to the last of which the figures are known."""
    eind = min(laatste or LAATSTE, LAATSTE)
    nummers = range(begin.year * 12 + begin.month - 1, eind.year * 12 + eind.month)
    return [Maand(n // 12, n % 12 + 1) for n in nummers]
