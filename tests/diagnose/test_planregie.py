"""Planregie by its API: from the aanmelding to an eindrapportage that both accord."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.diagnose.gebruikers import BOXTEL, WSD, Diagnose

PR, KM = "planregisseur", "klantmanager"
BEGIN = date(2026, 4, 20)
WOORDEN = {"samenvatting": "Het gaat goed.", "vervolg": "De planregisseur belt het wijkteam."}


class Traject:
    """One planregie, through the API."""

    def __init__(self, diagnose: Diagnose, dossier_id: str, planregie_id: str) -> None:
        self.diagnose = diagnose
        self.dossier_id = dossier_id
        self.pad = f"/dossiers/{dossier_id}/planregies/{planregie_id}"

    async def doe(
        self, onderdeel: str, status: int = 201, *, rol: str = PR, wie: str = WSD, **body: Any
    ) -> Any:
        return await self.diagnose.stuur(
            f"{self.pad}/{onderdeel}", body, organisatie=wie, rol=rol, status=status
        )

    async def lees(self, wie: str = WSD) -> Any:
        return await self.diagnose.haal(self.pad, organisatie=wie)

    @property
    def vandaag(self) -> str:
        return self.diagnose.vandaag.isoformat()

    async def doel(self, domein: str = "tijdsbesteding", status: int = 201) -> Any:
        return await self.doe(
            "doelen",
            status,
            domein=domein,
            omschrijving="Drie ochtenden per week naar de tuin.",
            gesteldOp=self.vandaag,
        )

    async def sluit(self, doel: Any, uitkomst: str = "behaald", status: int = 201) -> Any:
        pad = f"doelen/{doel['doelId']}/uitkomsten"
        return await self.doe(pad, status, uitkomst=uitkomst, op=self.vandaag)

    async def rapport(self, soort: str, status: int = 201) -> Any:
        return await self.doe("rapportages", status, soort=soort, **WOORDEN)

    async def accordeer(
        self, rapport: Any, rol: str = PR, wie: str = WSD, medewerker: str = "PR-1", **anders: Any
    ) -> Any:
        pad = f"rapportages/{rapport['rapportageId']}/akkoorden"
        return await self.doe(pad, rol=rol, wie=wie, medewerker=medewerker, **anders)


async def aangemeld(diagnose: Diagnose, gemeente: str = BOXTEL) -> Traject:
    dossier_id = await diagnose.open_dossier(gemeente)
    antwoord = await diagnose.stuur(
        f"/dossiers/{dossier_id}/planregies",
        {"aangemeldOp": diagnose.vandaag.isoformat()},
        organisatie=gemeente,
        rol=KM,
    )
    return Traject(diagnose, dossier_id, antwoord["planregieId"])


async def gestart(diagnose: Diagnose, gemeente: str = BOXTEL) -> Traject:
    traject = await aangemeld(diagnose, gemeente)
    await traject.doe("starts", gestartOp=traject.vandaag)
    return traject


async def met_plan(diagnose: Diagnose, gemeente: str = BOXTEL) -> tuple[Traject, Any]:
    traject = await gestart(diagnose, gemeente)
    doel = await traject.doel()
    await diagnose.meet(traject.dossier_id)
    await traject.rapport("trajectplan")
    return traject, doel


async def test_een_half_jaar_planregie_van_aanmelding_tot_eindrapportage(
    diagnose: Diagnose,
) -> None:
    traject, doel = await met_plan(diagnose)
    await traject.doe("betrokkenen", soort="zorg", naam="GGZ-instelling")
    await traject.doe("uren", medewerker="PR-1", functie=PR, op=traject.vandaag, uren="1.50")
    await diagnose.naar(date(2026, 7, 15))
    await traject.sluit(doel)
    await diagnose.meet(traject.dossier_id, {"tijdsbesteding": 4})
    tussen = await traject.rapport("tussenrapportage")
    await diagnose.naar(date(2026, 10, 16))
    await diagnose.meet(traject.dossier_id, {"tijdsbesteding": 4, "sociaal-netwerk": 5})
    einde = await traject.rapport("eindrapportage")
    for rapport in (tussen, einde):
        await traject.accordeer(rapport)
        beide = await traject.accordeer(rapport, KM, BOXTEL, "KM-1")
        assert beide["geaccordeerd"]
    await traject.doe("beeindigingen", beeindigdOp=traject.vandaag, reden="afgerond")
    gelezen = await traject.lees(BOXTEL)
    assert (gelezen["status"], gelezen["einddatum"]) == ("beeindigd", "2026-10-18")
    assert [r["soort"] for r in gelezen["rapportages"]] == [
        "trajectplan",
        "tussenrapportage",
        "eindrapportage",
    ]
    assert [(a["organisatie"], a["medewerker"], a["op"]) for a in einde["akkoorden"]] == []
    assert [
        (a["organisatie"], a["rol"], a["medewerker"], a["op"])
        for a in gelezen["rapportages"][2]["akkoorden"]
    ] == [(WSD, PR, "PR-1", "2026-10-16"), (BOXTEL, KM, "KM-1", "2026-10-16")]
    assert await diagnose.gebeurtenissen(traject.dossier_id) == [
        "diagnose-gestart",
        "planregie-gestart",
        "zrm-afgenomen",
        "rapportage-beschikbaar",
        "doel-behaald",
        "zrm-afgenomen",
        "rapportage-beschikbaar",
        "zrm-afgenomen",
        "rapportage-beschikbaar",
        "rapportage-geaccordeerd",
        "rapportage-geaccordeerd",
        "planregie-beeindigd",
    ]
    termijnen = await diagnose.haal("/termijnen", vraag={"status": "gehaald"})
    van_dit = [t for t in termijnen["resultaten"] if t["dossierId"] == traject.dossier_id]
    assert [(t["soort"], t["laatsteDag"], t["teLaat"]) for t in van_dit] == [
        ("tussenrapportage", "2026-07-19", False),
        ("eindrapportage", "2026-10-19", False),
    ]
