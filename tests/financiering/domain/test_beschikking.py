"""Wat het college beslist volgt uit de feiten, in welke volgorde die ook komen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.financiering.domain.beschikking import (
    Beschikking,
    Beschikkingsoort,
    Besluitinhoud,
    eindig_doelgroep,
    eis_bekendmaking,
    stel_besluit_voor,
)
from services.financiering.domain.fouten import BekendmakingPastNiet
from services.financiering.domain.kalender import Maand
from services.financiering.domain.leeftijdsgroep import Leeftijdsgroep, Leeftijdsovergang
from services.financiering.domain.lks_aanvraag import LoonwaardeVanaf
from services.financiering.domain.lks_dossier import (
    Dienstverband,
    Doelgroep,
    Kandidaatfeiten,
    Loonkostensubsidie,
)
from services.financiering.domain.lks_toekenning import ArbeidsduurVanaf, EindeLks
from services.financiering.domain.loonkostensubsidie import Arbeidsduur

ID = UUID(int=1, version=4)
BEGIN, VANDAAG = date(2026, 1, 12), date(2026, 12, 7)
DAGEN = st.dates(BEGIN - timedelta(days=60), VANDAAG)


@dataclass(frozen=True)
class Meting:
    percentage: int
    vanaf: date


@dataclass(frozen=True)
class Uren:
    uren: int
    vanaf: date


@dataclass(frozen=True)
class Jarig:
    vanaf: date


@dataclass(frozen=True)
class Einde:
    laatste_dag: date


Feit = Meting | Uren | Jarig | Einde
FEITEN: st.SearchStrategy[Feit] = st.one_of(
    st.builds(Meting, st.sampled_from((0, 30, 40, 60, 99, 100)), DAGEN),
    st.builds(Uren, st.integers(8, 40), st.dates(BEGIN + timedelta(days=1), VANDAAG)),
    st.builds(Jarig, st.dates(BEGIN, VANDAAG)),
    st.builds(Einde, st.dates(BEGIN - timedelta(days=1), VANDAAG + timedelta(days=60))),
)


@dataclass
class Dossier:
    """A subsidy with what was heard and decided of it."""

    lks: Loonkostensubsidie
    feiten: Kandidaatfeiten
    gegeven: list[Besluitinhoud] = field(default_factory=list)

    @classmethod
    def van(cls, loonwaarde: int | None) -> Dossier:
        dienstverband = Dienstverband(ID, BEGIN, Arbeidsduur(Decimal(24)), loonwaarde)
        dossier = cls(
            Loonkostensubsidie(ID, ID, "0757", dienstverband),
            Kandidaatfeiten(Doelgroep.PWET, Leeftijdsgroep("20")),
        )
        dossier._beoordeel()
        return dossier

    def hoor(self, feit: Feit) -> None:
        dienstverband = self.lks.dienstverband
        match feit:
            case Meting(percentage, vanaf):
                ander = [w for w in self.feiten.loonwaarden if w.vanaf != vanaf]
                metingen = sorted(
                    [*ander, LoonwaardeVanaf(percentage, vanaf)], key=lambda w: w.vanaf
                )
                self.feiten = replace(self.feiten, loonwaarden=tuple(metingen))
            case Uren(uren, vanaf):
                anders = [a for a in dienstverband.gewijzigd if a.vanaf != vanaf]
                duren = [*anders, ArbeidsduurVanaf(Arbeidsduur(Decimal(uren)), vanaf)]
                duren.sort(key=lambda a: a.vanaf)
                dienstverband = replace(dienstverband, gewijzigd=tuple(duren))
                self.lks = replace(self.lks, dienstverband=dienstverband)
            case Jarig(vanaf):
                overgang = Leeftijdsovergang(vanaf, Leeftijdsgroep.VOLWASSEN)
                self.feiten = replace(self.feiten, overgangen=(overgang,))
            case Einde(laatste_dag):
                self.lks = self.lks.beeindigd(laatste_dag, EindeLks.EINDE_DIENSTBETREKKING)
        self._beoordeel()

    @property
    def voorstel(self) -> Besluitinhoud | None:
        return stel_besluit_voor(self.lks, self.feiten, self.gegeven)

    def beslis(self, inhoud: Besluitinhoud) -> None:
        beschikking = Beschikking(ID, ID, ID, ID, None, "0757", "klantmanager", inhoud, VANDAAG)
        self.gegeven.append(inhoud)
        self.lks = beschikking.toegepast(self.lks)
        self._beoordeel()

    def beslis_alles(self) -> None:
        """Until there is nothing to decide; that takes a toekenning, a herziening and an end."""
        for _ in range(3):
            if (inhoud := self.voorstel) is None:
                return
            self.beslis(inhoud)
        assert self.voorstel is None

    def _beoordeel(self) -> None:
        self.lks = self.lks.beoordeeld(self.feiten, VANDAAG)


@settings(deadline=None)
@given(
    st.sampled_from((None, 40)),
    st.lists(st.one_of(FEITEN, st.just(None)), max_size=8),
)
def test_na_elke_reeks_feiten_en_besluiten_zeggen_de_beschikkingen_samen_wat_geldt(
    loonwaarde: int | None, verhaal: list[Feit | None]
) -> None:
    """None in the story: the college decides what is proposed at that moment, if anything."""
    dossier = Dossier.van(loonwaarde)
    for gebeurt in verhaal:
        if gebeurt is not None:
            dossier.hoor(gebeurt)
        elif (inhoud := dossier.voorstel) is not None:
            dossier.beslis(inhoud)
    dossier.beslis_alles()
    if not dossier.gegeven:  # An employment that never began.
        assert dossier.lks.perioden == ()
        return
    beschikt: dict[date, Decimal] = {}
    laatste = None
    for inhoud in dossier.gegeven:
        if inhoud.soort is not Beschikkingsoort.BEEINDIGING:
            beschikt = {d: b for d, b in beschikt.items() if d < inhoud.ingangsdatum}
            beschikt |= {b.vanaf: b.maandbedrag for b in inhoud.bedragen}
        if inhoud.soort is not Beschikkingsoort.HERZIENING:
            laatste = inhoud.laatste_dag
    assert laatste == dossier.lks.laatste_dag
    for periode in dossier.lks.perioden:
        if periode.vaststelling.maandbedrag is not None:
            op_die_dag = [b for d, b in sorted(beschikt.items()) if d <= periode.vanaf]
            assert op_die_dag[-1] == periode.vaststelling.maandbedrag


@settings(deadline=None)
@given(st.lists(FEITEN, max_size=4), st.lists(FEITEN, max_size=5), st.integers(0, 30))
def test_na_het_einde_van_de_doelgroep_begint_niets_opnieuw(
    voor: list[Feit], na: list[Feit], dagen: int
) -> None:
    dossier = Dossier.van(40)
    for feit in voor:
        if not isinstance(feit, Einde) and feit != Meting(100, feit.vanaf):
            dossier.hoor(feit)
    dossier.beslis(_toekenning(dossier))
    laatste = VANDAAG + timedelta(days=dagen)
    dossier.lks = replace(dossier.lks, toekenning_id=ID)
    dossier.beslis(eindig_doelgroep(dossier.lks, laatste, VANDAAG))
    for feit in na:
        dossier.hoor(feit)
        assert dossier.lks.laatste_dag is not None
        assert dossier.lks.laatste_dag <= laatste
    dossier.beslis_alles()
    toekenning = dossier.lks.toekenning(dossier.feiten)
    assert toekenning.maandbedrag(Maand.van(laatste).plus(1)).bedrag == 0
    assert not toekenning.loopt_op(laatste + timedelta(days=1))
    assert all(p.vanaf <= laatste for p in dossier.lks.perioden)


@settings(deadline=None)
@given(DAGEN.filter(lambda d: d >= BEGIN), st.lists(FEITEN, max_size=5))
def test_na_een_einde_wegens_volledige_loonwaarde_begint_niets_opnieuw(
    vanaf: date, na: list[Feit]
) -> None:
    dossier = Dossier.van(40)
    dossier.beslis(_toekenning(dossier))
    dossier.hoor(Meting(100, vanaf))
    dossier.beslis_alles()
    eind = dossier.gegeven[-1]
    assert (eind.soort, eind.eindereden, eind.laatste_dag) == (
        Beschikkingsoort.BEEINDIGING,
        EindeLks.GEEN_VERMINDERDE_LOONWAARDE,
        vanaf - timedelta(days=1),
    )
    for feit in na:
        dossier.hoor(feit)
    toekenning = dossier.lks.toekenning(dossier.feiten)
    assert not toekenning.loopt_op(vanaf)
    assert toekenning.maandbedrag(Maand(2027, 1)).bedrag == 0


@settings(deadline=None)
@given(st.permutations([Meting(60, date(2026, 5, 4)), Uren(32, date(2026, 8, 1)), Jarig(BEGIN)]))
def test_de_volgorde_van_de_feiten_verandert_het_voorstel_niet(volgorde: list[Feit]) -> None:
    dossier, ander = Dossier.van(40), Dossier.van(40)
    for feit in volgorde:
        dossier.hoor(feit)
    for feit in sorted(volgorde, key=str):
        ander.hoor(feit)
    assert dossier.voorstel == ander.voorstel


@pytest.mark.parametrize("dagen", [-1, 0, 1, 2])
def test_een_brief_is_verzonden_tussen_bekend_worden_en_vandaag(dagen: int) -> None:
    op = VANDAAG - timedelta(days=1) + timedelta(days=dagen)
    gisteren = VANDAAG - timedelta(days=1)
    if dagen in (0, 1):
        eis_bekendmaking(op, bekend_sinds=gisteren, vandaag=VANDAAG)
    else:
        with pytest.raises(BekendmakingPastNiet):
            eis_bekendmaking(op, bekend_sinds=gisteren, vandaag=VANDAAG)


def _toekenning(dossier: Dossier) -> Besluitinhoud:
    inhoud = dossier.voorstel
    assert inhoud is not None
    assert inhoud.soort is Beschikkingsoort.TOEKENNING
    return inhoud
