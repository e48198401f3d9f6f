"""Een kandidaat bij een werkgever voorstellen: wie mag wat, en wat de werkgever leest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from chassis.database import Database
from services.plaatsing.domain.eisen import Belastingseis
from tests.plaatsing.hulp import (
    BOXTEL,
    VUGHT,
    WSD,
    Keten,
    doorverwijzing,
    gezegd,
    overdracht,
    trajectbesluit,
)
from tests.plaatsing.profielen import met_profiel, met_werkplek, profiel, werkplek

Klant = Callable[..., httpx2.AsyncClient]
VANDAAG = "2026-04-20"
JA, NEE = ({"akkoord": akkoord, "beantwoordOp": VANDAAG} for akkoord in (True, False))
EIS = Belastingseis


@dataclass
class Voorstelling:
    """Someone who can be proposed for a werkplek that fits."""

    klant: Klant
    kandidaat_id: UUID
    werkplek_id: UUID

    async def stel_voor(self, door: str = WSD, status: int = 201) -> Any:
        antwoord = await self.klant(door).post(
            "/voorstellen",
            json={
                "kandidaatId": str(self.kandidaat_id),
                "werkplekId": str(self.werkplek_id),
                "begindatum": "2026-05-04",
            },
        )
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    async def zeg(
        self,
        voorstel_id: str,
        wie: str,
        antwoord: dict[str, Any],
        *,
        door: str = WSD,
        rol: str | None = None,
        status: int = 201,
    ) -> Any:
        rol = rol or ("trajectconsulent" if wie == "kandidaatantwoorden" and door == WSD else None)
        gestuurd = await self.klant(door, rol).post(
            f"/voorstellen/{voorstel_id}/{wie}", json=antwoord
        )
        assert gestuurd.status_code == status, gestuurd.text
        return gestuurd.json()


@pytest.fixture
async def klaar(database: Database, keten: Keten, klant: Klant) -> Voorstelling:
    kandidaat_id = await keten.kandidaat()
    await met_profiel(
        database,
        kandidaat_id,
        profiel(niet_mogelijk=frozenset({EIS.NACHTDIENSTEN})),
        toelichting="Heeft schulden",
    )
    return Voorstelling(klant, kandidaat_id, await met_werkplek(database))


async def test_de_werkgever_leest_niet_wie_het_is(klaar: Voorstelling) -> None:
    gedaan = await klaar.stel_voor()
    pad = f"/voorstellen/{gedaan['voorstelId']}/werkgeverstekst"
    gelezen = await klaar.klant(WSD).get(pad)
    assert gelezen.json() == {
        "voorstelId": gedaan["voorstelId"],
        "werkplekId": str(klaar.werkplek_id),
        "gedaanOp": VANDAAG,
        "tekst": [
            "Wij hebben een kandidaat voor uw werkplek Orderpicker in Boxtel.",
            "De kandidaat kan op 2026-05-04 beginnen, voor 12 tot 20 uur per week.",
            "Nodig is dagelijkse begeleiding.",
            "U hoort wie het is zodra de kandidaat met dit voorstel heeft ingestemd.",
        ],
        "werkgeverMagWetenWie": False,
    }
    assert str(klaar.kandidaat_id) not in gelezen.text


async def test_pas_als_de_kandidaat_instemt_mag_de_werkgever_weten_wie_het_is(
    klaar: Voorstelling,
) -> None:
    gedaan = await klaar.stel_voor()
    id_ = gedaan["voorstelId"]
    assert not gedaan["werkgeverMagWetenWie"]
    assert not (await klaar.zeg(id_, "werkgeversantwoorden", JA))["werkgeverMagWetenWie"]
    aangenomen = await klaar.zeg(id_, "kandidaatantwoorden", JA)
    assert (aangenomen["werkgeverMagWetenWie"], aangenomen["antwoord"]) == (True, "aangenomen")


async def test_een_accountmanager_legt_niet_vast_dat_de_kandidaat_instemt(
    klaar: Voorstelling,
) -> None:
    id_ = (await klaar.stel_voor())["voorstelId"]
    await klaar.zeg(id_, "kandidaatantwoorden", JA, rol="accountmanager", status=403)


async def test_de_gemeente_kan_het_antwoord_van_de_kandidaat_vastleggen_en_verder_niets(
    klaar: Voorstelling,
) -> None:
    id_ = (await klaar.stel_voor())["voorstelId"]
    for wie, antwoord in (
        ("werkgeversantwoorden", JA),
        ("intrekkingen", {"ingetrokkenOp": VANDAAG}),
    ):
        geweigerd = await klaar.zeg(id_, wie, antwoord, door=BOXTEL, status=403)
        assert geweigerd["code"] == "niet-bevoegd"
    afgewezen = await klaar.zeg(id_, "kandidaatantwoorden", NEE, door=BOXTEL)
    assert afgewezen["antwoord"] == "afgewezen-door-kandidaat"


async def test_gemeente_en_wsd_horen_het_voorstel_en_wat_ervan_werd(
    database: Database, klaar: Voorstelling
) -> None:
    id_ = (await klaar.stel_voor())["voorstelId"]
    await klaar.zeg(id_, "kandidaatantwoorden", JA)
    await klaar.zeg(id_, "werkgeversantwoorden", NEE)
    gedaan, beantwoord = await gezegd(database, klaar.kandidaat_id)
    assert (gedaan.naam, beantwoord.naam) == ("voorstel-gedaan", "voorstel-beantwoord")
    assert gedaan.afnemers == beantwoord.afnemers == {BOXTEL, WSD}
    vast = {
        "kandidaatId": str(klaar.kandidaat_id),
        "gemeentecode": BOXTEL,
        "voorstelId": id_,
        "werkplekId": str(klaar.werkplek_id),
    }
    assert gedaan.data == {**vast, "gedaanOp": VANDAAG}
    assert beantwoord.data == {
        **vast,
        "antwoord": "afgewezen-door-werkgever",
        "beantwoordOp": VANDAAG,
    }


async def test_wat_de_werkgever_leest_is_verzegeld(database: Database, klaar: Voorstelling) -> None:
    id_ = (await klaar.stel_voor())["voorstelId"]
    async with database.unit_of_work(BOXTEL) as uow:
        [rij] = await uow.connection.fetch("SELECT * FROM voorstel WHERE id = $1", UUID(id_))
    assert "begeleiding" not in str(rij)


async def test_een_kandidaat_wordt_voor_een_werkplek_een_keer_tegelijk_voorgesteld(
    klaar: Voorstelling,
) -> None:
    id_ = (await klaar.stel_voor())["voorstelId"]
    assert (await klaar.stel_voor(status=409))["code"] == "voorstel-loopt-al"
    await klaar.zeg(id_, "intrekkingen", {"ingetrokkenOp": VANDAAG})
    opnieuw = (await klaar.stel_voor())["voorstelId"]
    lijst = await klaar.klant(BOXTEL).get(
        "/voorstellen", params={"kandidaatId": str(klaar.kandidaat_id)}
    )
    assert {v["voorstelId"]: v["antwoord"] for v in lijst.json()["resultaten"]} == {
        id_: "ingetrokken",
        opnieuw: None,
    }


async def test_zonder_profiel_is_er_niets_voor_te_stellen(
    database: Database, keten: Keten, klant: Klant
) -> None:
    leeg = Voorstelling(klant, await keten.kandidaat(), await met_werkplek(database))
    assert (await leeg.stel_voor(status=409))["code"] == "profiel-ontbreekt"


async def test_wat_niet_past_wordt_niet_voorgesteld(
    database: Database, klaar: Voorstelling
) -> None:
    klaar.werkplek_id = await met_werkplek(
        database, werkplek(eisen=frozenset({EIS.NACHTDIENSTEN}), locatie="Oss")
    )
    geweigerd = await klaar.stel_voor(status=409)
    assert geweigerd["code"] == "match-uitgesloten"
    assert "afstand, belasting" in geweigerd["detail"]
    assert "nacht" not in str(geweigerd)


async def test_wie_niet_zou_plaatsen_stelt_niet_voor(
    database: Database, keten: Keten, klant: Klant
) -> None:
    eigen = Voorstelling(klant, await keten.kandidaat(met_wsd=False), await met_werkplek(database))
    await met_profiel(database, eigen.kandidaat_id)
    assert (await eigen.stel_voor(status=403))["code"] == "niet-bevoegd"
    await eigen.stel_voor(door=BOXTEL)


async def test_zonder_trajectbesluit_geen_voorstel(
    database: Database, keten: Keten, klant: Klant
) -> None:
    kandidaat_id = uuid4()
    await keten.zeg(doorverwijzing(kandidaat_id))
    te_vroeg = Voorstelling(klant, kandidaat_id, await met_werkplek(database))
    assert (await te_vroeg.stel_voor(status=409))["code"] == "trajectbesluit-ontbreekt"
    await keten.zeg(trajectbesluit(kandidaat_id))
    await met_profiel(database, kandidaat_id)
    await te_vroeg.stel_voor()


async def test_voor_een_andere_gemeente_bestaat_het_voorstel_niet(klaar: Voorstelling) -> None:
    id_ = (await klaar.stel_voor())["voorstelId"]
    for pad in ("", "/werkgeverstekst"):
        assert (await klaar.klant(VUGHT).get(f"/voorstellen/{id_}{pad}")).status_code == 404
    await klaar.zeg(id_, "kandidaatantwoorden", JA, door=VUGHT, status=404)


async def test_een_antwoord_van_morgen_is_er_nog_niet(klaar: Voorstelling) -> None:
    id_ = (await klaar.stel_voor())["voorstelId"]
    morgen = {"akkoord": True, "beantwoordOp": "2026-04-21"}
    geweigerd = await klaar.zeg(id_, "kandidaatantwoorden", morgen, status=400)
    assert geweigerd["code"] == "datum-in-toekomst"
    gisteren = {"akkoord": True, "beantwoordOp": "2026-04-19"}
    geweigerd = await klaar.zeg(id_, "kandidaatantwoorden", gisteren, status=400)
    assert geweigerd["code"] == "datum-past-niet"


async def test_het_voorstel_gaat_met_de_kandidaat_mee(
    database: Database, keten: Keten, klant: Klant
) -> None:
    """What the gemeente itself proposed, the next one answers."""
    eigen = Voorstelling(klant, await keten.kandidaat(met_wsd=False), await met_werkplek(database))
    await met_profiel(database, eigen.kandidaat_id)
    id_ = (await eigen.stel_voor(door=BOXTEL))["voorstelId"]
    await keten.zeg(overdracht(eigen.kandidaat_id, VUGHT))
    assert (await klant(BOXTEL).get(f"/voorstellen/{id_}")).status_code == 404
    await eigen.zeg(id_, "werkgeversantwoorden", NEE, door=VUGHT)
    assert (await gezegd(database, eigen.kandidaat_id))[-1].afnemers == {VUGHT, WSD}
