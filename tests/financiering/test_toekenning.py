"""Een plaatsing met loonkostensubsidie: toegekend, geweigerd of wachtend, en wat wordt gemeld."""

from __future__ import annotations

from datetime import date

import pytest

from chassis.consumer import Outcome
from contracts.afnemers import WSD
from contracts.intake import Doelgroep
from contracts.plaatsing import Plaatsingsoort
from services.financiering.domain.lks_dossier import LksStatus
from tests.financiering.omgeving import BOXTEL, Kandidaat, Omgeving

DECEMBER = date(2026, 12, 1)


async def test_boxtel_krijgt_voor_24_uur_en_loonwaarde_40_een_bedrag_van_1246_84(
    omgeving: Omgeving,
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.loonwaarde(40, date(2026, 11, 20)),
        kandidaat.plaatsing(DECEMBER, 40, "24.00"),
    )
    (event,) = await omgeving.gezegd(kandidaat)
    assert event["maandbedrag"] == "1246.84"
    assert event["ingangsdatum"] == "2026-12-01"
    assert (event["grondslag"], event["loonwaarde"]) == ("loonwaarde", 40)
    assert event["plaatsingId"] == str(kandidaat.plaatsing_id)
    lks = await omgeving.lks(kandidaat)
    assert event["lksId"] == str(lks.lks_id)
    assert (lks.status, lks.besloten_op) == (LksStatus.TOEGEKEND, date(2026, 12, 7))


async def test_een_forfait_noemt_geen_loonwaarde(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(), kandidaat.plaatsing(DECEMBER, loonwaarde=None, uren="36.00")
    )
    (event,) = await omgeving.gezegd(kandidaat)
    assert event["grondslag"] == "forfait"
    assert event["maandbedrag"] == "1558.55"
    assert "loonwaarde" not in event


async def test_gemeente_en_wsd_horen_het_bedrag(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(DECEMBER))
    assert await omgeving.afnemers(kandidaat) == [[BOXTEL, WSD]]


async def test_een_plaatsing_die_later_begint_krijgt_haar_bedrag_meteen(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2026, 12, 28)))
    assert await omgeving.bedragen(kandidaat) == [("2026-12-28", "1246.84")]


@pytest.mark.parametrize(
    ("doelgroep", "code", "artikel"),
    [
        (Doelgroep.WSW, "wsw-dienstbetrekking", "art. 10d lid 3 Participatiewet"),
        (
            Doelgroep.WAJONG_UWV_PILOT,
            "niet-in-doelgroep-loonkostensubsidie",
            "art. 6 onder e en art. 10d lid 1 en 8 Participatiewet",
        ),
    ],
)
async def test_buiten_de_doelgroep_wordt_geweigerd_met_het_artikel(
    omgeving: Omgeving, doelgroep: Doelgroep, code: str, artikel: str
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(doelgroep=doelgroep), kandidaat.plaatsing(DECEMBER))
    lks = await omgeving.lks(kandidaat)
    assert lks.status is LksStatus.GEWEIGERD
    assert [(g.code, g.artikel) for g in lks.gronden] == [(code, artikel)]
    assert await omgeving.gezegd(kandidaat) == []
    assert await omgeving.termijnen() == []


async def test_een_loonwaarde_van_100_wordt_geweigerd(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(DECEMBER, 100))
    lks = await omgeving.lks(kandidaat)
    assert lks.status is LksStatus.GEWEIGERD
    assert [grond.code for grond in lks.gronden] == ["loonwaarde-volledig"]


@pytest.mark.parametrize(
    "doelgroep", [d for d in Doelgroep if d not in (Doelgroep.WSW, Doelgroep.WAJONG_UWV_PILOT)]
)
async def test_elke_andere_doelgroep_krijgt_de_subsidie(
    omgeving: Omgeving, doelgroep: Doelgroep
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(doelgroep=doelgroep), kandidaat.plaatsing(DECEMBER))
    assert (await omgeving.lks(kandidaat)).status is LksStatus.TOEGEKEND


async def test_een_plaatsing_wacht_zichtbaar_op_de_doorverwijzing(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.plaatsing(DECEMBER))
    lks = await omgeving.lks(kandidaat)
    assert lks.status is LksStatus.WACHT_OP_GEGEVENS
    assert [grond.code for grond in lks.gronden] == ["doorverwijzing-nog-niet-ontvangen"]
    assert await omgeving.gezegd(kandidaat) == []

    await omgeving.hoort(kandidaat.doorverwezen())
    lks = await omgeving.lks(kandidaat)
    assert (lks.status, lks.gronden) == (LksStatus.TOEGEKEND, ())
    assert await omgeving.bedragen(kandidaat) == [("2026-12-01", "1246.84")]


async def test_een_plaatsing_die_begint_na_de_bekende_bedragen_wacht_op_de_tabel(
    omgeving: Omgeving, bedragen_2027: None
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(date(2028, 1, 3)))
    lks = await omgeving.lks(kandidaat)
    assert lks.status is LksStatus.WACHT_OP_GEGEVENS
    assert [grond.code for grond in lks.gronden] == ["datum-buiten-tabel"]
    assert [status for status, _ in await omgeving.termijnen()] == ["open"]


async def test_een_tweede_plaatsing_krijgt_een_eigen_subsidie(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.plaatsing(date(2026, 7, 1)),
        kandidaat.einde(date(2026, 9, 30)),
    )
    kandidaat.nieuwe_plaatsing()
    await omgeving.hoort(kandidaat.plaatsing(date(2026, 11, 1), 60))
    assert await omgeving.bedragen(kandidaat) == [
        ("2026-07-01", "1246.84"),
        ("2026-11-01", "831.22"),
    ]
    assert (await omgeving.lks(kandidaat)).dienstverband.loonwaarde == 60


async def test_wat_nog_eens_wordt_bezorgd_heeft_geen_gevolg(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    berichten = [
        omgeving.bericht(event)
        for event in (
            kandidaat.doorverwezen(),
            kandidaat.loonwaarde(40, date(2026, 11, 20)),
            kandidaat.plaatsing(DECEMBER),
            kandidaat.loonwaarde(50, date(2026, 12, 5)),
        )
    ]
    for bericht in berichten:
        assert await omgeving.ontvangt(bericht) is Outcome.HANDLED
    eerst = await omgeving.lks(kandidaat)
    for bericht in berichten:
        assert await omgeving.ontvangt(bericht) is Outcome.DUPLICATE
    assert await omgeving.lks(kandidaat) == eerst
    assert len(await omgeving.gezegd(kandidaat)) == 2


async def test_dezelfde_plaatsing_nog_eens_gemeld_geeft_geen_tweede_subsidie(
    omgeving: Omgeving,
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(), kandidaat.plaatsing(DECEMBER), kandidaat.plaatsing(DECEMBER, 60)
    )
    assert await omgeving.bedragen(kandidaat) == [("2026-12-01", "1246.84")]


async def test_het_einde_van_een_proefplaatsing_raakt_geen_subsidie(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(kandidaat.einde(DECEMBER, soort=Plaatsingsoort.PROEFPLAATSING))
    await omgeving.hoort(kandidaat.doorverwezen(), kandidaat.plaatsing(DECEMBER))
    assert (await omgeving.lks(kandidaat)).status is LksStatus.TOEGEKEND


async def test_een_einde_zonder_begin_wordt_geparkeerd_en_niet_vergeten(omgeving: Omgeving) -> None:
    kandidaat = Kandidaat()
    bericht = omgeving.bericht(kandidaat.einde(DECEMBER))
    assert await omgeving.ontvangt(bericht) is Outcome.PARKED
