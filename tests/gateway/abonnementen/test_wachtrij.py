"""In order per subject, none lost, and a receiver that is away is left alone but not forgotten."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.abonnementen.uitkomst import BLIJF_PROBEREN, Antwoord
from gateway.abonnementen.wachtrij import (
    GELIJKTIJDIG,
    LANGSTE_PROEF,
    VERDACHT,
    Aflevering,
    Status,
    Wachtrij,
)

NU = datetime(2026, 11, 20, 9, tzinfo=UTC)
GOED = Antwoord(204, 3)
STUK = Antwoord(500, 3, "http-500")
ONGELDIG = Antwoord(422, 3, "http-422")
FORMAAT = Antwoord(415, 3, "http-415")
MIDDEN: Callable[[], float] = lambda: 0.5  # noqa: E731


def subject(nummer: int) -> UUID:
    return UUID(int=nummer)


def aflevering(nummer: int, van: int) -> Aflevering:
    return Aflevering(nummer, subject(van), UUID(int=10_000 + nummer), "t", NU)


def rij(*subjects: int, **kwargs: Any) -> Wachtrij:
    return Wachtrij([aflevering(n, s) for n, s in enumerate(subjects, 1)], **kwargs)


def antwoord(wachtrij: Wachtrij, nummer: int, wat: Antwoord, nu: datetime = NU) -> bool:
    gevolg = wachtrij.beantwoord(nummer, wat, nu, MIDDEN)
    wachtrij.vastgelegd([nummer])
    return gevolg.is_opgegeven


def nummers(wachtrij: Wachtrij, nu: datetime = NU) -> list[int]:
    return [a.nummer for a in wachtrij.te_verzenden(nu)]


def volgende(wachtrij: Wachtrij) -> tuple[datetime, list[int]]:
    """The next moment at which something goes, and what."""
    moment = wachtrij.wanneer()
    assert moment is not None
    return moment, nummers(wachtrij, moment)


def in_storing() -> tuple[Wachtrij, datetime]:
    """Five of eight subjects failed; each has one more event behind it."""
    wachtrij = rij(*range(8), *range(8))
    for nummer in nummers(wachtrij):
        antwoord(wachtrij, nummer, STUK)
    assert wachtrij.ontvanger.is_weg
    return wachtrij, NU


@settings(max_examples=300)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=25), st.data())
def test_per_subject_komt_alles_in_volgorde_aan_en_raakt_niets_kwijt(
    subjects: list[int], data: st.DataObject
) -> None:
    """For any answers in any order, until the receiver takes everything."""
    wachtrij, nu = rij(*subjects), NU
    onderweg: list[int] = []
    aangekomen: dict[int, list[int]] = defaultdict(list)
    mislukkingen = st.sampled_from([STUK, ONGELDIG, Antwoord(429, 1, "x", timedelta(seconds=7))])
    stappen = data.draw(st.integers(0, 60))
    while len(wachtrij):
        gekozen = wachtrij.te_verzenden(nu)
        assert len({a.subject for a in gekozen}) == len(gekozen)
        onderweg += [a.nummer for a in gekozen]
        assert len(onderweg) <= GELIJKTIJDIG
        onderweg_van = [subjects[n - 1] for n in onderweg]
        assert len(set(onderweg_van)) == len(onderweg_van)
        if not onderweg:
            moment = wachtrij.wanneer()
            assert moment is not None, "niets onderweg en niets meer te doen"
            assert moment >= nu
            nu = moment
            continue
        nummer = data.draw(st.sampled_from(onderweg)) if stappen > 0 else onderweg[0]
        wat = data.draw(mislukkingen | st.just(GOED)) if stappen > 0 else GOED
        stappen -= 1
        nu += timedelta(milliseconds=10)
        onderweg.remove(nummer)
        antwoord(wachtrij, nummer, wat, nu)
        if wat is GOED:
            aangekomen[subjects[nummer - 1]].append(nummer)
    for van in set(subjects):
        assert aangekomen[van] == [n for n, s in enumerate(subjects, 1) if s == van]


def test_de_volgende_van_een_subject_gaat_pas_als_de_vorige_is_vastgelegd() -> None:
    wachtrij = rij(1, 1)
    assert nummers(wachtrij) == [1]
    wachtrij.beantwoord(1, GOED, NU, MIDDEN)
    assert nummers(wachtrij) == []
    wachtrij.vastgelegd([1])
    assert nummers(wachtrij) == [2]


def test_een_mislukte_houdt_de_eigen_volgenden_op_en_niemand_anders() -> None:
    wachtrij = rij(1, 1, 2, 2)
    assert nummers(wachtrij) == [1, 3]
    antwoord(wachtrij, 1, ONGELDIG)
    antwoord(wachtrij, 3, GOED)
    assert nummers(wachtrij) == [4]
    assert volgende(wachtrij)[1] == [1]


def test_er_zijn_nooit_meer_onderweg_dan_afgesproken() -> None:
    assert len(nummers(rij(*range(50)))) == GELIJKTIJDIG


def test_na_24_uur_mislukken_is_een_aflevering_opgegeven_en_wacht_wat_erachter_staat() -> None:
    wachtrij, nu, eerste = rij(1, 1, 2), NU, None
    assert nummers(wachtrij) == [1, 3]
    antwoord(wachtrij, 3, GOED)
    while True:
        eerste = eerste or nu
        if antwoord(wachtrij, 1, ONGELDIG, nu):
            break
        moment, gegaan = volgende(wachtrij)
        assert gegaan == [1]
        nu = moment
    assert BLIJF_PROBEREN <= nu - NU <= BLIJF_PROBEREN + timedelta(hours=1)
    assert wachtrij.wanneer() is None
    assert nummers(wachtrij, nu + timedelta(days=400)) == []
    assert len(wachtrij) == 2


def test_een_formaat_dat_de_ontvanger_niet_kent_is_meteen_opgegeven() -> None:
    wachtrij = rij(1)
    nummers(wachtrij)
    assert antwoord(wachtrij, 1, FORMAAT)


def test_na_een_reeks_mislukkingen_gaat_er_een_tegelijk_nu_en_dan() -> None:
    wachtrij, nu = in_storing()
    proeven = []
    for _ in range(12):
        moment, gegaan = volgende(wachtrij)
        assert len(gegaan) == 1
        assert nummers(wachtrij, moment + timedelta(days=1)) == [], "er is er al een onderweg"
        proeven.append(moment - nu)
        nu = moment
        antwoord(wachtrij, gegaan[0], STUK, nu)
    assert proeven[0] <= timedelta(seconds=1)
    assert proeven == sorted(proeven)
    assert max(proeven) <= LANGSTE_PROEF


def test_bij_het_eerste_teken_van_leven_gaat_alles_meteen_weer_in_volgorde() -> None:
    wachtrij, _ = in_storing()
    moment, [proef] = volgende(wachtrij)
    antwoord(wachtrij, proef, GOED, moment)
    assert wachtrij.ontvanger.storing_sinds is None
    assert wachtrij.wanneer() == moment or wachtrij.wanneer() == NU
    gegaan = nummers(wachtrij, moment)
    assert len(gegaan) == GELIJKTIJDIG
    assert set(gegaan) == (set(range(1, 9)) - {proef}) | {proef + 8}


def test_een_ontvanger_die_dagen_weg_is_kost_niemand_zijn_aflevering() -> None:
    """What is given up meanwhile raises an alert, and goes with the rest when it is back."""
    wachtrij, nu = in_storing()
    opgegeven = 0
    while nu < NU + timedelta(days=3):
        nu, [nummer] = volgende(wachtrij)
        opgegeven += antwoord(wachtrij, nummer, STUK, nu)
    assert opgegeven > 0
    nu, [proef] = volgende(wachtrij)
    antwoord(wachtrij, proef, GOED, nu)
    aangekomen = [proef]
    while len(wachtrij):
        for nummer in nummers(wachtrij, nu):
            antwoord(wachtrij, nummer, GOED, nu)
            aangekomen.append(nummer)
    assert sorted(aangekomen) == list(range(1, 17))


def test_faalt_maar_een_subject_dan_gaan_de_andere_gewoon_door() -> None:
    wachtrij, nu = rij(1), NU
    assert nummers(wachtrij) == [1]
    for _ in range(VERDACHT + 3):
        antwoord(wachtrij, 1, STUK, nu)
        nu, gegaan = volgende(wachtrij)
        assert gegaan == [1]
    antwoord(wachtrij, 1, STUK, nu)
    wachtrij.neem_op([aflevering(2, 2), aflevering(3, 3)])
    assert nummers(wachtrij, nu) == [2, 3]


def test_zolang_niets_aankomt_wordt_een_enkel_subject_elke_minuut_geprobeerd() -> None:
    wachtrij, nu = rij(1), NU
    nummers(wachtrij)
    for _ in range(100):
        antwoord(wachtrij, 1, STUK, nu)
        moment, _ = volgende(wachtrij)
        assert moment - nu <= LANGSTE_PROEF
        nu = moment


def test_wat_is_opgegeven_terwijl_de_ontvanger_leefde_blijft_voor_een_mens() -> None:
    wachtrij, _ = in_storing()
    gif = aflevering(100, 100)
    gif.status, gif.opgegeven_op, gif.begonnen_op = Status.OPGEGEVEN, NU - timedelta(hours=1), NU
    wachtrij.neem_op([gif])
    moment, [proef] = volgende(wachtrij)
    antwoord(wachtrij, proef, GOED, moment)
    gegaan = set()
    while nieuw := nummers(wachtrij, moment):
        for nummer in nieuw:
            antwoord(wachtrij, nummer, GOED, moment)
        gegaan |= set(nieuw)
    assert 100 not in gegaan
    assert len(wachtrij) == 1


def test_wie_te_veel_zegt_krijgt_tot_dat_moment_niets() -> None:
    wachtrij = rij(1, 2, 3, gelijktijdig=1)
    assert nummers(wachtrij) == [1]
    antwoord(wachtrij, 1, Antwoord(429, 1, "http-429", timedelta(seconds=90)))
    assert wachtrij.wanneer() == NU + timedelta(seconds=90)
    assert nummers(wachtrij, NU + timedelta(seconds=89)) == []
    assert nummers(wachtrij, NU + timedelta(seconds=90)) == [2]


def test_het_toegestane_tempo_wordt_gehouden() -> None:
    wachtrij, nu, gegaan = rij(*range(20), tempo=60), NU, list[datetime]()
    while len(wachtrij):
        nu = wachtrij.wanneer() or nu
        for nummer in nummers(wachtrij, nu):
            gegaan.append(nu)
            antwoord(wachtrij, nummer, GOED, nu)
    stappen = [b - a for a, b in itertools.pairwise(gegaan)]
    assert min(stappen) >= timedelta(seconds=1)
