"""Wat een lopend bedrag verandert, en dat het dan opnieuw wordt gemeld."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from chassis.clock import NEDERLAND
from contracts.plaatsing import Eindereden
from services.financiering.domain.lks_dossier import LksStatus
from services.financiering.domain.lks_toekenning import EindeLks
from tests.financiering.omgeving import Kandidaat, Omgeving


def op(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, tzinfo=NEDERLAND)


async def lopend(omgeving: Omgeving, begin: date, loonwaarde: int | None = 40) -> Kandidaat:
    """Full-time, granted on its first day."""
    kandidaat = Kandidaat()
    await omgeving.wordt(begin)
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(begin, loonwaarde, "36.00"))
    return kandidaat


async def test_een_nieuwe_loonwaarde_geldt_vanaf_haar_ingangsdatum(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.wordt(date(2026, 5, 4))
    await omgeving.hoort(kandidaat.loonwaarde(55, date(2026, 5, 1)))
    assert await omgeving.bedragen(kandidaat) == [
        ("2026-01-01", "1836.16"),
        ("2026-05-01", "1377.12"),
    ]


async def test_een_loonwaarde_die_later_ingaat_wordt_op_die_dag_gemeld(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.hoort(kandidaat.loonwaarde(55, date(2026, 5, 1)))
    assert len(await omgeving.gezegd(kandidaat)) == 1
    await omgeving.wordt(date(2026, 5, 1))
    assert (await omgeving.bedragen(kandidaat))[1:] == [("2026-05-01", "1377.12")]


async def test_dezelfde_loonwaarde_nog_eens_gemeten_verandert_niets(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.wordt(date(2026, 5, 4))
    await omgeving.hoort(kandidaat.loonwaarde(40, date(2026, 5, 1)))
    assert len(await omgeving.gezegd(kandidaat)) == 1


async def test_een_loonwaarde_van_voor_de_plaatsing_verandert_haar_niet(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.hoort(kandidaat.loonwaarde(70, date(2025, 12, 1)))
    assert await omgeving.bedragen(kandidaat) == [("2026-01-01", "1836.16")]


async def test_bij_loonwaarde_100_is_het_bedrag_nul_en_loopt_de_subsidie_door(
    omgeving: Omgeving,
) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.wordt(date(2026, 5, 4))
    await omgeving.hoort(kandidaat.loonwaarde(100, date(2026, 5, 1)))
    assert (await omgeving.bedragen(kandidaat))[1:] == [("2026-05-01", "0.00")]
    assert (await omgeving.lks(kandidaat)).status is LksStatus.TOEGEKEND


async def test_een_verjaardag_telt_vanaf_de_eerste_van_haar_maand(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    await omgeving.wordt(date(2026, 1, 1))
    await omgeving.hoort(
        kandidaat.doorverwezen(date(2025, 11, 3), groep="19"),
        kandidaat.plaatsing(date(2026, 1, 1), 55, "36.00"),
    )
    await omgeving.wordt(date(2026, 4, 2))
    await omgeving.hoort(kandidaat.leeftijdsgroep("20", date(2026, 4, 1)))
    assert await omgeving.bedragen(kandidaat) == [
        ("2026-01-01", "826.27"),
        ("2026-04-01", "1101.70"),
    ]


async def test_na_het_forfait_geldt_de_eerder_gemeten_loonwaarde(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 15), loonwaarde=None)
    await omgeving.hoort(kandidaat.loonwaarde(40, date(2026, 1, 5)))
    await omgeving.wordt(date(2026, 7, 15))
    assert await omgeving.bedragen(kandidaat) == [
        ("2026-01-15", "1530.14"),
        ("2026-07-15", "1836.16"),
    ]


async def test_een_loonwaarde_tijdens_het_forfait_vervangt_het(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 15), loonwaarde=None)
    await omgeving.wordt(date(2026, 3, 2))
    await omgeving.hoort(kandidaat.loonwaarde(40, date(2026, 3, 1)))
    await omgeving.wordt(date(2026, 7, 16))
    assert (await omgeving.bedragen(kandidaat))[1:] == [("2026-03-01", "1836.16")]


async def test_na_het_forfait_zonder_loonwaarde_is_er_zichtbaar_geen_bedrag(
    omgeving: Omgeving,
) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 15), loonwaarde=None)
    await omgeving.wordt(date(2026, 7, 15))
    lks = await omgeving.lks(kandidaat)
    assert lks.maandbedrag is None
    reden = lks.perioden[-1].vaststelling.reden
    assert reden is not None
    assert reden.code == "loonwaarde-ontbreekt"
    assert reden.artikel == "art. 10d lid 1 onder a en lid 5 Participatiewet"
    assert len(await omgeving.gezegd(kandidaat)) == 1

    await omgeving.wordt(date(2026, 8, 10))
    await omgeving.hoort(kandidaat.loonwaarde(40, date(2026, 8, 1)))
    assert (await omgeving.bedragen(kandidaat))[1:] == [("2026-08-01", "1836.16")]
    dagen = [periode.vanaf for periode in (await omgeving.lks(kandidaat)).perioden]
    assert dagen == [date(2026, 1, 15), date(2026, 7, 15), date(2026, 8, 1)]


async def test_op_1_januari_geldt_het_minimumloon_van_die_dag(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2025, 8, 1))
    assert await omgeving.termijnen() == [("open", op(date(2026, 1, 1)))]
    await omgeving.wordt(date(2025, 12, 31))
    assert await omgeving.bedragen(kandidaat) == [("2025-08-01", "1797.27")]
    await omgeving.wordt(date(2026, 1, 1))
    assert (await omgeving.bedragen(kandidaat))[1:] == [("2026-01-01", "1836.16")]
    assert await omgeving.termijnen() == [("open", op(date(2027, 1, 1)))]


async def test_op_1_juli_verandert_een_lopend_bedrag_niet(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.wordt(date(2026, 7, 2))
    assert len(await omgeving.gezegd(kandidaat)) == 1


async def test_na_een_lange_stilstand_worden_alle_gemiste_wijzigingen_gemeld(
    omgeving: Omgeving,
) -> None:
    kandidaat = await lopend(omgeving, date(2024, 3, 1))
    await omgeving.wordt(date(2026, 2, 1))
    assert [dag for dag, _ in await omgeving.bedragen(kandidaat)] == [
        "2024-03-01",
        "2025-01-01",
        "2026-01-01",
    ]


async def test_een_bedrag_dat_nog_niet_in_de_wet_staat_wordt_niet_geraden(
    omgeving: Omgeving,
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 12, 1)))
    await omgeving.wordt(date(2027, 1, 1))
    lks = await omgeving.lks(kandidaat)
    assert lks.status is LksStatus.TOEGEKEND
    assert lks.maandbedrag is None
    december, januari = lks.perioden
    assert december.tot_en_met == date(2026, 12, 31)
    assert januari.vaststelling.reden is not None
    assert januari.vaststelling.reden.code == "datum-buiten-tabel"
    assert await omgeving.bedragen(kandidaat) == [("2026-12-01", "1246.84")]
    assert await omgeving.termijnen() == [("open", op(date(2027, 1, 2)))]


async def test_zodra_het_bedrag_wel_in_de_tabel_staat_wordt_het_alsnog_gemeld(
    omgeving: Omgeving, request: pytest.FixtureRequest
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 12, 1)))
    for dag in (1, 2, 3):
        await omgeving.wordt(date(2027, 1, dag))
    versie = await omgeving.versie(kandidaat)
    await omgeving.wordt(date(2027, 1, 4))
    assert await omgeving.versie(kandidaat) == versie
    request.getfixturevalue("bedragen_2027")
    await omgeving.wordt(date(2027, 1, 5))
    # 2400.00 x 1.08 x 60% x 24/36 x 1.235
    assert (await omgeving.bedragen(kandidaat))[1:] == [("2027-01-01", "1280.45")]
    assert await omgeving.termijnen() == [("open", op(date(2028, 1, 1)))]


async def test_met_het_dienstverband_eindigen_het_bedrag_en_de_termijnen(
    omgeving: Omgeving,
) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.wordt(date(2026, 6, 1))
    await omgeving.hoort(kandidaat.einde(date(2026, 5, 31)))
    lks = await omgeving.lks(kandidaat)
    assert (lks.status, lks.dienstverband.eindereden) == (
        LksStatus.BEEINDIGD,
        EindeLks.EINDE_DIENSTBETREKKING,
    )
    assert [(p.vanaf, p.tot_en_met) for p in lks.perioden] == [
        (date(2026, 1, 1), date(2026, 5, 31))
    ]
    assert [status for status, _ in await omgeving.termijnen()] == ["ingetrokken"]
    await omgeving.wordt(date(2027, 1, 1))
    assert len(await omgeving.gezegd(kandidaat)) == 1


async def test_wat_nog_verandert_voor_een_aangekondigd_einde_wordt_gemeld(
    omgeving: Omgeving,
) -> None:
    kandidaat = await lopend(omgeving, date(2025, 8, 1))
    await omgeving.hoort(kandidaat.einde(date(2026, 1, 31)))
    await omgeving.wordt(date(2026, 3, 1))
    assert [dag for dag, _ in await omgeving.bedragen(kandidaat)] == ["2025-08-01", "2026-01-01"]
    assert (await omgeving.lks(kandidaat)).perioden[-1].tot_en_met == date(2026, 1, 31)


async def test_een_einde_met_terugwerkende_kracht_laat_geen_bedrag_staan(
    omgeving: Omgeving,
) -> None:
    kandidaat = await lopend(omgeving, date(2025, 8, 1))
    await omgeving.wordt(date(2026, 1, 5))
    await omgeving.hoort(kandidaat.einde(date(2025, 12, 15)))
    (periode,) = (await omgeving.lks(kandidaat)).perioden
    assert periode.tot_en_met == date(2025, 12, 15)


async def test_een_dienstverband_dat_nooit_begon_heeft_geen_bedrag(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 3, 1))
    await omgeving.hoort(kandidaat.einde(date(2026, 2, 28)))
    lks = await omgeving.lks(kandidaat)
    assert (lks.status, lks.perioden, lks.maandbedrag) == (LksStatus.BEEINDIGD, (), None)


async def test_zonder_verminderde_loonwaarde_heet_het_einde_zo(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.hoort(
        kandidaat.einde(date(2026, 5, 31), reden=Eindereden.GEEN_VERMINDERDE_LOONWAARDE)
    )
    lks = await omgeving.lks(kandidaat)
    assert lks.dienstverband.eindereden is EindeLks.GEEN_VERMINDERDE_LOONWAARDE


async def test_andere_uren_geven_naar_rato_een_ander_bedrag_vanaf_hun_dag(
    omgeving: Omgeving,
) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.wordt(date(2026, 5, 4))
    await omgeving.hoort(kandidaat.gewijzigd(date(2026, 5, 1), "18.00"))
    assert await omgeving.bedragen(kandidaat) == [
        ("2026-01-01", "1836.16"),
        ("2026-05-01", "918.08"),
    ]


async def test_meer_uren_die_later_ingaan_worden_op_die_dag_gemeld(omgeving: Omgeving) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.hoort(kandidaat.gewijzigd(date(2026, 5, 1), "18.00"))
    assert len(await omgeving.gezegd(kandidaat)) == 1
    await omgeving.wordt(date(2026, 5, 1))
    assert (await omgeving.bedragen(kandidaat))[1:] == [("2026-05-01", "918.08")]


async def test_een_loonwaarde_bij_de_plaatsing_telt_niet_naast_die_van_de_diagnose(
    omgeving: Omgeving,
) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.wordt(date(2026, 5, 4))
    await omgeving.hoort(
        kandidaat.loonwaarde(55, date(2026, 5, 1)),
        kandidaat.gewijzigd(date(2026, 5, 1), loonwaarde=55),
    )
    assert await omgeving.bedragen(kandidaat) == [
        ("2026-01-01", "1836.16"),
        ("2026-05-01", "1377.12"),
    ]


async def test_een_wijziging_van_een_plaatsing_zonder_subsidie_verandert_niets(
    omgeving: Omgeving,
) -> None:
    kandidaat = Kandidaat()
    await omgeving.wordt(date(2026, 1, 1))
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.gewijzigd(date(2026, 5, 1), "18.00"))
    assert await omgeving.gezegd(kandidaat) == []


@pytest.mark.parametrize(
    "reden",
    [Eindereden.DOORSTROOM, Eindereden.VERHUISD, Eindereden.PENSIOEN, Eindereden.OVERLEDEN],
)
async def test_bij_elke_reden_van_het_einde_stopt_de_subsidie_na_de_laatste_dag(
    omgeving: Omgeving, reden: Eindereden
) -> None:
    kandidaat = await lopend(omgeving, date(2026, 1, 1))
    await omgeving.hoort(kandidaat.einde(date(2026, 3, 31), reden=reden))
    lks = await omgeving.lks(kandidaat)
    assert lks.status is LksStatus.BEEINDIGD
    assert lks.dienstverband.eindereden is EindeLks.EINDE_DIENSTBETREKKING
