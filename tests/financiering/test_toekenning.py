"""Een plaatsing met loonkostensubsidie: toegekend, geweigerd of wachtend."""

from __future__ import annotations

from datetime import date

from tests.financiering.omgeving import Kandidaat, Omgeving


async def test_boxtel_krijgt_voor_24_uur_en_loonwaarde_40_een_bedrag_van_1246_84(
    omgeving: Omgeving,
) -> None:
    kandidaat = Kandidaat()
    await omgeving.hoort(
        kandidaat.doorverwezen(),
        kandidaat.loonwaarde(40, date(2026, 11, 20)),
        kandidaat.plaatsing(date(2026, 12, 1), 40, "24.00"),
    )
    (event,) = await omgeving.gezegd(kandidaat)
    assert event["maandbedrag"] == "1246.84"
    assert event["ingangsdatum"] == "2026-12-01"
    assert (event["grondslag"], event["loonwaarde"]) == ("loonwaarde", 40)
    assert event["plaatsingId"] == str(kandidaat.plaatsing_id)
