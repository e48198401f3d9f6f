"""De weg van een kandidaat door intake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.intake.domain.besluit import Beslisser, Besluit
from services.intake.domain.fouten import (
    AdviesOntbreekt,
    AlDoorverwezen,
    DatumPastNiet,
    DienstenOntbreken,
    GeenPoortbesluit,
    NietBevoegd,
    NietDoorverwezen,
    OnbekendeGemeente,
    PoortbesluitLeidtNietNaarWsd,
    WswInstroomGesloten,
)
from services.intake.domain.instroom import Doelgroep, Instroomkanaal
from services.intake.domain.kandidaat import (
    Adviesontvangst,
    Kandidaat,
    Kandidaatstatus,
    OntvangenAdvies,
    Poortuitkomst,
    Programma,
    Trajectbesluit,
)
from services.intake.domain.rechtsgrond import Rechtsgrond
from services.intake.gemeenten import gemeenten

BOXTEL, VUGHT, MEIERIJSTAD, WSD = "0757", "0865", "1948", "wsd"
DAG = date(2026, 9, 1)
DIENSTEN = ("werken-met-loonkostensubsidie", "jobcoaching")
ADVIES = OntvangenAdvies(UUID(int=7), date(2026, 9, 20), Programma.ONTWIKKEL, DIENSTEN)

AFSPRAKEN = gemeenten().afspraken


def besluit(op: date = date(2026, 10, 1), door: str = BOXTEL) -> Besluit:
    return Besluit(
        besluit_id=UUID(int=1),
        genomen_op=op,
        genomen_door=Beslisser(door, "klantmanager"),
        motivering="Op grond van gesprek en advies.",
        rechtsgrond=Rechtsgrond.PW_10_4,
        ingangsdatum=op,
    )


def aangemeld(
    gemeente: str = BOXTEL, doelgroep: Doelgroep = Doelgroep.PWET, op: date = DAG
) -> Kandidaat:
    return Kandidaat.meld_aan(
        kandidaat_id=UUID(int=42),
        gemeentecode=gemeente,
        aangemeld_op=op,
        instroomkanaal=Instroomkanaal.BALIE,
        doelgroep=doelgroep,
        geboortedatum=date(1990, 1, 1),
        afspraken=AFSPRAKEN,
    )


def doorverwezen(gemeente: str = BOXTEL) -> Kandidaat:
    kandidaat = aangemeld(gemeente)
    kandidaat.neem_poortbesluit(
        Poortuitkomst.AANMELDEN_BIJ_WSD, besluit(DAG, gemeente), afspraken=AFSPRAKEN
    )
    kandidaat.verwijs_door(DAG, gemeente)
    return kandidaat


def geadviseerd(gemeente: str = BOXTEL) -> Kandidaat:
    kandidaat = doorverwezen(gemeente)
    kandidaat.ontvang_advies(ADVIES)
    return kandidaat


def test_de_klantreis_door_intake() -> None:
    kandidaat = aangemeld()
    weg = [kandidaat.status]
    kandidaat.neem_poortbesluit(Poortuitkomst.AANMELDEN_BIJ_WSD, besluit(DAG), afspraken=AFSPRAKEN)
    weg.append(kandidaat.status)
    kandidaat.verwijs_door(date(2026, 9, 2), BOXTEL)
    weg.append(kandidaat.status)
    assert kandidaat.ontvang_advies(ADVIES) is Adviesontvangst.VERWERKT
    genomen = kandidaat.neem_trajectbesluit(
        Programma.ONTWIKKEL, DIENSTEN, met_wsd=True, besluit=besluit(), afspraken=AFSPRAKEN
    )
    weg.append(kandidaat.status)
    kandidaat.stroom_uit(date(2026, 12, 1), door=BOXTEL, vandaag=date(2026, 12, 1))
    weg.append(kandidaat.status)
    assert weg == list(Kandidaatstatus)
    assert not genomen.wijkt_af
    assert not genomen.inkooporder_nodig
    assert genomen.advies_id == ADVIES.advies_id


def test_aanmelden_kan_alleen_bij_een_gemeente_met_een_afspraak() -> None:
    with pytest.raises(OnbekendeGemeente):
        aangemeld("0363")


def test_aanmelden_voor_de_wsw_kan_niet_meer() -> None:
    with pytest.raises(WswInstroomGesloten):
        aangemeld(doelgroep=Doelgroep.WSW)


def test_wsd_ziet_de_kandidaat_pas_vanaf_de_doorverwijzing() -> None:
    kandidaat = aangemeld()
    assert not kandidaat.gedeeld_met_wsd
    kandidaat.neem_poortbesluit(Poortuitkomst.AANMELDEN_BIJ_WSD, besluit(DAG), afspraken=AFSPRAKEN)
    assert not kandidaat.gedeeld_met_wsd
    kandidaat.verwijs_door(DAG, BOXTEL)
    assert kandidaat.gedeeld_met_wsd


@pytest.mark.parametrize("door", [WSD, VUGHT])
def test_alleen_de_eigen_gemeente_neemt_het_poortbesluit_en_verwijst_door(door: str) -> None:
    kandidaat = aangemeld()
    with pytest.raises(NietBevoegd):
        kandidaat.neem_poortbesluit(
            Poortuitkomst.AANMELDEN_BIJ_WSD, besluit(DAG, door), afspraken=AFSPRAKEN
        )
    kandidaat.neem_poortbesluit(Poortuitkomst.AANMELDEN_BIJ_WSD, besluit(DAG), afspraken=AFSPRAKEN)
    with pytest.raises(NietBevoegd):
        kandidaat.verwijs_door(DAG, door)


def test_zonder_poortbesluit_geen_doorverwijzing() -> None:
    with pytest.raises(GeenPoortbesluit):
        aangemeld().verwijs_door(DAG, BOXTEL)


@pytest.mark.parametrize(
    "uitkomst", [u for u in Poortuitkomst if u is not Poortuitkomst.AANMELDEN_BIJ_WSD]
)
def test_een_ander_poortbesluit_leidt_niet_naar_wsd(uitkomst: Poortuitkomst) -> None:
    kandidaat = aangemeld()
    kandidaat.neem_poortbesluit(uitkomst, besluit(DAG), afspraken=AFSPRAKEN)
    with pytest.raises(PoortbesluitLeidtNietNaarWsd):
        kandidaat.verwijs_door(DAG, BOXTEL)


def test_een_nieuw_poortbesluit_volgt_op_het_oude_en_het_laatste_telt() -> None:
    kandidaat = aangemeld()
    eerste = kandidaat.neem_poortbesluit(
        Poortuitkomst.ZORGTRAJECT, besluit(DAG), afspraken=AFSPRAKEN
    )
    kandidaat.neem_poortbesluit(
        Poortuitkomst.AANMELDEN_BIJ_WSD, besluit(date(2026, 12, 1)), afspraken=AFSPRAKEN
    )
    kandidaat.verwijs_door(date(2026, 12, 1), BOXTEL)
    assert kandidaat.besluiten[0] is eerste
    assert kandidaat.gedeeld_met_wsd


def test_na_de_doorverwijzing_volgt_geen_poortbesluit_en_geen_tweede_doorverwijzing() -> None:
    kandidaat = doorverwezen()
    with pytest.raises(AlDoorverwezen):
        kandidaat.neem_poortbesluit(Poortuitkomst.VRIJSTELLEN, besluit(), afspraken=AFSPRAKEN)
    with pytest.raises(AlDoorverwezen):
        kandidaat.verwijs_door(date(2026, 10, 1), BOXTEL)


def test_geen_stap_ligt_voor_de_vorige() -> None:
    kandidaat = aangemeld()
    with pytest.raises(DatumPastNiet):
        kandidaat.neem_poortbesluit(
            Poortuitkomst.ZORGTRAJECT, besluit(date(2026, 8, 31)), afspraken=AFSPRAKEN
        )
    kandidaat.neem_poortbesluit(
        Poortuitkomst.AANMELDEN_BIJ_WSD, besluit(date(2026, 9, 10)), afspraken=AFSPRAKEN
    )
    with pytest.raises(DatumPastNiet):
        kandidaat.verwijs_door(date(2026, 9, 9), BOXTEL)
    kandidaat.verwijs_door(date(2026, 9, 10), BOXTEL)
    kandidaat.ontvang_advies(ADVIES)
    with pytest.raises(DatumPastNiet):
        kandidaat.neem_trajectbesluit(
            Programma.WERK,
            DIENSTEN,
            met_wsd=True,
            besluit=besluit(date(2026, 9, 19)),
            afspraken=AFSPRAKEN,
        )


def test_een_geweigerde_stap_verandert_niets() -> None:
    kandidaat = geadviseerd()
    voor = replace(kandidaat)
    with pytest.raises(NietBevoegd):
        kandidaat.neem_trajectbesluit(
            Programma.WERK, DIENSTEN, met_wsd=True, besluit=besluit(door=WSD), afspraken=AFSPRAKEN
        )
    assert kandidaat == voor


def test_een_advies_hoort_bij_een_doorverwezen_kandidaat() -> None:
    with pytest.raises(NietDoorverwezen):
        aangemeld().ontvang_advies(ADVIES)


def test_het_laatste_advies_telt_en_een_oud_of_bekend_advies_verandert_niets() -> None:
    kandidaat = geadviseerd()
    assert kandidaat.ontvang_advies(ADVIES) is Adviesontvangst.AL_BEKEND
    ouder = replace(ADVIES, advies_id=UUID(int=8), gegeven_op=date(2026, 9, 19))
    assert kandidaat.ontvang_advies(ouder) is Adviesontvangst.ACHTERHAALD
    nieuwer = replace(ADVIES, advies_id=UUID(int=9), programma=Programma.WERK)
    assert kandidaat.ontvang_advies(nieuwer) is Adviesontvangst.VERWERKT
    assert kandidaat.advies is nieuwer


def test_zonder_doorverwijzing_of_advies_geen_trajectbesluit() -> None:
    with pytest.raises(NietDoorverwezen):
        aangemeld().neem_trajectbesluit(
            Programma.WERK, DIENSTEN, met_wsd=True, besluit=besluit(), afspraken=AFSPRAKEN
        )
    with pytest.raises(AdviesOntbreekt):
        doorverwezen().neem_trajectbesluit(
            Programma.WERK, DIENSTEN, met_wsd=True, besluit=besluit(), afspraken=AFSPRAKEN
        )


def test_een_traject_heeft_ten_minste_een_dienst() -> None:
    with pytest.raises(DienstenOntbreken):
        geadviseerd().neem_trajectbesluit(
            Programma.WERK, (), met_wsd=True, besluit=besluit(), afspraken=AFSPRAKEN
        )


@pytest.mark.parametrize(
    ("gemeente", "door", "mag"),
    [
        (BOXTEL, BOXTEL, True),
        (BOXTEL, WSD, False),
        (BOXTEL, VUGHT, False),
        (MEIERIJSTAD, MEIERIJSTAD, True),
        (MEIERIJSTAD, WSD, True),
        (VUGHT, WSD, False),
    ],
)
def test_wie_het_trajectbesluit_mag_nemen_volgt_het_samenwerkingsmodel(
    gemeente: str, door: str, mag: bool
) -> None:
    kandidaat = geadviseerd(gemeente)
    if mag:
        genomen = kandidaat.neem_trajectbesluit(
            Programma.ONTWIKKEL,
            DIENSTEN,
            met_wsd=True,
            besluit=besluit(door=door),
            afspraken=AFSPRAKEN,
        )
        assert genomen.besluit.genomen_door.organisatie == door
        return
    with pytest.raises(NietBevoegd) as fout:
        kandidaat.neem_trajectbesluit(
            Programma.ONTWIKKEL,
            DIENSTEN,
            met_wsd=True,
            besluit=besluit(door=door),
            afspraken=AFSPRAKEN,
        )
    assert fout.value.soort == "bevoegdheid"


def test_in_vught_begint_een_traject_met_wsd_na_een_inkooporder() -> None:
    met = geadviseerd(VUGHT).neem_trajectbesluit(
        Programma.ONTWIKKEL,
        DIENSTEN,
        met_wsd=True,
        besluit=besluit(door=VUGHT),
        afspraken=AFSPRAKEN,
    )
    zonder = geadviseerd(VUGHT).neem_trajectbesluit(
        Programma.ONTWIKKEL,
        DIENSTEN,
        met_wsd=False,
        besluit=besluit(door=VUGHT),
        afspraken=AFSPRAKEN,
    )
    assert met.inkooporder_nodig
    assert not zonder.inkooporder_nodig


@pytest.mark.parametrize(
    ("programma", "diensten", "met_wsd", "wijkt_af"),
    [
        (Programma.ONTWIKKEL, tuple(reversed(DIENSTEN)), True, False),
        (Programma.WERK, DIENSTEN, True, True),
        (Programma.ONTWIKKEL, DIENSTEN[:1], True, True),
        (Programma.ONTWIKKEL, DIENSTEN, False, True),
    ],
)
def test_een_besluit_dat_het_advies_niet_volgt_is_een_afwijking(
    programma: Programma, diensten: tuple[str, ...], met_wsd: bool, wijkt_af: bool
) -> None:
    genomen = geadviseerd().neem_trajectbesluit(
        programma, diensten, met_wsd=met_wsd, besluit=besluit(), afspraken=AFSPRAKEN
    )
    assert genomen.wijkt_af is wijkt_af


def test_een_nieuw_trajectbesluit_volgt_op_het_oude() -> None:
    kandidaat = geadviseerd()
    eerste = kandidaat.neem_trajectbesluit(
        Programma.ONTWIKKEL, DIENSTEN, met_wsd=True, besluit=besluit(), afspraken=AFSPRAKEN
    )
    kandidaat.neem_trajectbesluit(
        Programma.UITSTROOM,
        DIENSTEN,
        met_wsd=True,
        besluit=besluit(date(2026, 11, 1)),
        afspraken=AFSPRAKEN,
    )
    assert kandidaat.van_soort(Trajectbesluit)[0] is eerste
    assert kandidaat.geldend(Trajectbesluit) is kandidaat.besluiten[-1]
    with pytest.raises(DatumPastNiet):
        kandidaat.neem_trajectbesluit(
            Programma.WERK,
            DIENSTEN,
            met_wsd=True,
            besluit=besluit(date(2026, 10, 31)),
            afspraken=AFSPRAKEN,
        )
