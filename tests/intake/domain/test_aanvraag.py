"""De aanvraag van bijstand: wanneer zij kan, en hoe zij eindigt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.aanvraag import (
    Aanvraag,
    Aanvraaguitkomst,
    Zoektermijnuitzondering,
    heeft_zoektermijn,
    schort_beslistermijn_op,
)
from services.intake.domain.bewaakte_termijn import (
    BewaakteTermijn,
    Opschortingsgrond,
    Termijnsoort,
)
from services.intake.domain.fouten import (
    AanvraagAfgehandeld,
    AanvraagLoopt,
    AanvullingNietGevraagd,
    BuitenBehandelingTeLaat,
    DatumPastNiet,
    EindeOpschortingOntbreekt,
    NietBevoegd,
    ZoektermijnLoopt,
)
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import Kandidaat

BOXTEL = "0757"
MELDING = date(2026, 11, 2)
VANDAAG = date(2027, 3, 1)
VOLWASSENE, JONGERE = date(1990, 1, 1), date(2005, 6, 1)
BUITEN = Aanvraaguitkomst.BUITEN_BEHANDELING
AANVULLING = Opschortingsgrond.AANVULLING
KANDIDAAT = Kandidaat(UUID(int=1), BOXTEL, MELDING, Instroomkanaal.BALIE, Doelgroep.PWET)


def dien_in(
    op: date,
    geboren: date = VOLWASSENE,
    uitzondering: Zoektermijnuitzondering | None = None,
    *,
    eerder: tuple[Aanvraag, ...] = (),
    door: str = BOXTEL,
) -> Aanvraag:
    return Aanvraag.dien_in(
        aanvraag_id=UUID(int=3),
        kandidaat=KANDIDAAT,
        geboortedatum=geboren,
        aangevraagd_op=op,
        uitzondering=uitzondering,
        eerder=eerder,
        door=door,
        vandaag=VANDAAG,
    )


def beslistermijn() -> BewaakteTermijn:
    return BewaakteTermijn(
        termijn_id=UUID(int=1),
        kandidaat_id=UUID(int=1),
        gemeentecode=BOXTEL,
        soort=Termijnsoort.BESLISTERMIJN,
        kenmerk="",
        rol="klantmanager",
        begonnen_op=date(2026, 11, 20),
        einddag=date(2027, 1, 15),
        atw=True,
    )


def test_wie_27_is_kan_meteen_aanvragen() -> None:
    assert dien_in(MELDING).aangevraagd_op == MELDING


def test_een_jongere_kan_aanvragen_vanaf_vier_weken_na_de_melding() -> None:
    with pytest.raises(ZoektermijnLoopt, match="2026-11-30"):
        dien_in(date(2026, 11, 29), JONGERE)
    assert dien_in(date(2026, 11, 30), JONGERE).uitzondering is None


@pytest.mark.parametrize("uitzondering", Zoektermijnuitzondering)
def test_met_een_uitzondering_kan_een_jongere_eerder_aanvragen(
    uitzondering: Zoektermijnuitzondering,
) -> None:
    assert dien_in(MELDING, JONGERE, uitzondering).uitzondering is uitzondering


def test_een_uitzondering_die_niet_nodig_was_wordt_niet_bewaard() -> None:
    """It can say something of a person's health."""
    onnodig = Zoektermijnuitzondering.MEDISCH_URENBEPERKT
    assert dien_in(MELDING, VOLWASSENE, onnodig).uitzondering is None
    assert dien_in(date(2026, 12, 1), JONGERE, onnodig).uitzondering is None


def test_wie_tijdens_de_zoektermijn_27_wordt_kan_vanaf_die_dag_aanvragen() -> None:
    jarig = date(2026, 11, 10)
    geboren = jarig.replace(year=jarig.year - 27)
    with pytest.raises(ZoektermijnLoopt):
        dien_in(jarig - timedelta(days=1), geboren)
    assert dien_in(jarig, geboren).uitzondering is None


@given(st.dates(date(1960, 1, 1), date(2010, 1, 1)), st.integers(0, 60))
def test_zonder_uitzondering_vraagt_een_jongere_nooit_binnen_vier_weken_aan(
    geboren: date, dagen: int
) -> None:
    op = MELDING + timedelta(days=dagen)
    jonger_dan_27 = (geboren.year + 27, geboren.month, geboren.day) > (op.year, op.month, op.day)
    try:
        dien_in(op, geboren)
    except ZoektermijnLoopt:
        assert jonger_dan_27
        assert dagen < 28
    else:
        assert not jonger_dan_27 or dagen >= 28


@pytest.mark.parametrize(
    ("geboren", "doelgroep", "heeft"),
    [
        (date(1999, 11, 3), Doelgroep.PWET, True),
        (date(1999, 11, 2), Doelgroep.PWET, False),  # 27 on the day of the melding
        (date(2008, 11, 2), Doelgroep.JONGERE_16_27, True),
        (date(2008, 11, 3), Doelgroep.JONGERE_16_27, False),  # 17: no right to bijstand
        (JONGERE, Doelgroep.NUG, False),
    ],
)
def test_de_zoektermijn_is_voor_wie_bijstand_kan_krijgen_en_nog_geen_27_is(
    geboren: date, doelgroep: Doelgroep, heeft: bool
) -> None:
    assert heeft_zoektermijn(geboren, MELDING, doelgroep) is heeft


@pytest.mark.parametrize("op", [MELDING - timedelta(days=1), VANDAAG + timedelta(days=1)])
def test_een_aanvraag_volgt_op_de_melding_en_ligt_niet_in_de_toekomst(op: date) -> None:
    with pytest.raises(DatumPastNiet):
        dien_in(op)


def test_alleen_de_gemeente_van_de_kandidaat_legt_een_aanvraag_vast() -> None:
    with pytest.raises(NietBevoegd):
        dien_in(MELDING, door="wsd")


def test_een_tweede_aanvraag_kan_pas_na_de_beslissing_op_de_eerste() -> None:
    eerste = dien_in(MELDING)
    with pytest.raises(AanvraagLoopt):
        dien_in(date(2026, 11, 20), eerder=(eerste,))
    beslist = replace(eerste, uitkomst=Aanvraaguitkomst.AFGEWEZEN, beslist_op=date(2026, 11, 19))
    dien_in(date(2026, 11, 20), eerder=(beslist,))


def test_na_de_beslissing_verandert_een_aanvraag_niet_meer() -> None:
    beslist = dien_in(MELDING).beslis(
        Aanvraaguitkomst.TOEGEKEND, date(2026, 12, 1), termijn=beslistermijn(), vandaag=VANDAAG
    )
    with pytest.raises(AanvraagAfgehandeld):
        beslist.beslis(BUITEN, date(2026, 12, 2), termijn=beslistermijn(), vandaag=VANDAAG)
    with pytest.raises(AanvraagAfgehandeld):
        beslist.verstrek_voorschot(date(2026, 12, 2), VANDAAG)


def test_voorschotten_volgen_elkaar_op() -> None:
    aanvraag = dien_in(MELDING).verstrek_voorschot(date(2026, 11, 27), VANDAAG)
    with pytest.raises(DatumPastNiet):
        aanvraag.verstrek_voorschot(date(2026, 11, 26), VANDAAG)
    twee = aanvraag.verstrek_voorschot(date(2026, 12, 24), VANDAAG)
    assert twee.voorschotten == (date(2026, 11, 27), date(2026, 12, 24))


def test_een_verzoek_om_aanvulling_schort_op_vanaf_de_dag_erna_tot_de_aanvulling() -> None:
    stil = schort_beslistermijn_op(
        beslistermijn(), AANVULLING, date(2026, 12, 1), date(2026, 12, 11), vandaag=VANDAAG
    )
    assert stil.hervat(date(2026, 12, 9)).dagen_opgeschort == 7  # 2 up to and including 8 December
    assert stil.hervat(date(2026, 12, 9)).laatste_dag == date(2027, 1, 22)
    assert stil.hervat(date(2026, 12, 1)).dagen_opgeschort == 0  # the same day
    ongebruikt = stil.hervat(date(2026, 12, 12))
    assert ongebruikt.dagen_opgeschort == 10
    assert ongebruikt.laatste_dag == date(2027, 1, 25)


def test_instemming_met_uitstel_schort_op_van_de_eerste_tot_en_met_de_laatste_dag() -> None:
    stil = schort_beslistermijn_op(
        beslistermijn(),
        Opschortingsgrond.INSTEMMING,
        date(2026, 12, 1),
        date(2026, 12, 10),
        vandaag=VANDAAG,
    )
    assert stil.hervat(date(2026, 12, 11)).dagen_opgeschort == 10


@pytest.mark.parametrize("grond", [AANVULLING, Opschortingsgrond.INSTEMMING])
def test_bij_aanvulling_en_instemming_hoort_een_laatste_dag(grond: Opschortingsgrond) -> None:
    with pytest.raises(EindeOpschortingOntbreekt):
        schort_beslistermijn_op(beslistermijn(), grond, date(2026, 12, 1), None, vandaag=VANDAAG)
    with pytest.raises(DatumPastNiet):
        schort_beslistermijn_op(
            beslistermijn(), grond, date(2026, 12, 1), date(2026, 11, 30), vandaag=VANDAAG
        )


@pytest.mark.parametrize("op", [date.min, date(2026, 11, 19), date(2027, 3, 2), date.max])
@pytest.mark.parametrize("tot_en_met", [date.min, date(2028, 1, 1), date.max])
def test_een_opschorting_begint_binnen_de_termijn_en_duurt_hoogstens_een_jaar(
    op: date, tot_en_met: date
) -> None:
    for begin, einde in ((op, tot_en_met), (op, op), (date(2026, 12, 1), tot_en_met)):
        with pytest.raises(DatumPastNiet):
            schort_beslistermijn_op(beslistermijn(), AANVULLING, begin, einde, vandaag=VANDAAG)


class TestBuitenBehandeling:
    def beslis(self, termijn: BewaakteTermijn, op: date) -> Aanvraag:
        return dien_in(date(2026, 11, 20)).beslis(BUITEN, op, termijn=termijn, vandaag=VANDAAG)

    @property
    def stil(self) -> BewaakteTermijn:
        return schort_beslistermijn_op(
            beslistermijn(), AANVULLING, date(2026, 12, 1), date(2026, 12, 11), vandaag=VANDAAG
        )

    def test_niet_zonder_gelegenheid_om_aan_te_vullen(self) -> None:
        with pytest.raises(AanvullingNietGevraagd):
            self.beslis(beslistermijn(), date(2026, 12, 15))
        with pytest.raises(AanvullingNietGevraagd):
            self.beslis(self.stil, date(2026, 12, 5))

    def test_tot_en_met_vier_weken_nadat_de_termijn_ongebruikt_verstreek(self) -> None:
        ongebruikt = self.stil.hervat(date(2026, 12, 12))
        assert self.beslis(ongebruikt, date(2027, 1, 8)).uitkomst is BUITEN
        with pytest.raises(BuitenBehandelingTeLaat):
            self.beslis(ongebruikt, date(2027, 1, 9))

    def test_tot_en_met_vier_weken_na_een_aanvulling_die_niet_genoeg_was(self) -> None:
        aangevuld = self.stil.hervat(date(2026, 12, 8))
        assert self.beslis(aangevuld, date(2027, 1, 5)).uitkomst is BUITEN
        with pytest.raises(BuitenBehandelingTeLaat):
            self.beslis(aangevuld, date(2027, 1, 6))
