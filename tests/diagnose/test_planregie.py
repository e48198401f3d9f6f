"""Planregie by its API: from the aanmelding to an eindrapportage that both accord."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.clock import NEDERLAND, MovableClock
from services.diagnose.domain.zrm import ZrmVersie
from services.diagnose.use_cases.neem_over import neem_over
from tests.diagnose.gebruikers import BOXTEL, VUGHT, WSD, Diagnose, Dossiernummers
from tests.diagnose.verhalen import neem_af

PR, KM = "planregisseur", "klantmanager"
BEGIN = date(2026, 4, 20)
WOORDEN = {"samenvatting": "Het gaat goed.", "vervolg": "De planregisseur belt het wijkteam."}


@pytest.fixture(autouse=True)
def _begin(klok: MovableClock) -> None:
    klok.move_to(datetime.combine(BEGIN, time(9), NEDERLAND))


class Traject:
    """One planregie, through the API."""

    def __init__(self, diagnose: Diagnose, dossier: Dossiernummers, planregie_id: str) -> None:
        self.diagnose = diagnose
        self.dossier = dossier
        self.pad = f"{dossier.pad}/planregies/{planregie_id}"

    async def doe(
        self, onderdeel: str, status: int = 201, *, rol: str = PR, wie: str = WSD, **body: Any
    ) -> Any:
        return await self.diagnose.stuur(
            f"{self.pad}/{onderdeel}", body, organisatie=wie, rol=rol, status=status
        )

    async def meet(self, **niveaus: int) -> None:
        await neem_af(self.diagnose, self.dossier, ZrmVersie.V2017, **niveaus)

    async def gebeurtenissen(self) -> list[str]:
        return [gezegd.naam for gezegd in await self.diagnose.gezegd(self.dossier)]

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
    dossier = await diagnose.gestart(gemeente)
    antwoord = await diagnose.stuur(
        f"{dossier.pad}/planregies",
        {"aangemeldOp": diagnose.vandaag.isoformat()},
        organisatie=gemeente,
        rol=KM,
    )
    return Traject(diagnose, dossier, antwoord["planregieId"])


async def gestart(diagnose: Diagnose, gemeente: str = BOXTEL) -> Traject:
    traject = await aangemeld(diagnose, gemeente)
    await traject.doe("starts", gestartOp=traject.vandaag)
    return traject


async def met_plan(diagnose: Diagnose, gemeente: str = BOXTEL) -> tuple[Traject, Any]:
    traject = await gestart(diagnose, gemeente)
    doel = await traject.doel()
    await traject.meet()
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
    await traject.meet(tijdsbesteding=4)
    tussen = await traject.rapport("tussenrapportage")
    await diagnose.naar(date(2026, 10, 16))
    await traject.meet(tijdsbesteding=4, sociaal_netwerk=5)
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
    gezegd = await traject.gebeurtenissen()
    # The ladder and arbeidsvermogen, that have terms of their own, were left alone here.
    assert [naam for naam in gezegd if naam != "diagnosetermijn-verstreken"] == [
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
    assert await rapportagetermijnen(traject, "gehaald") == [
        ("tussenrapportage", "2026-07-19"),
        ("eindrapportage", "2026-10-19"),
    ]


# -- terms ------------------------------------------------------------------------------------


async def rapportagetermijnen(traject: Traject, status: str) -> list[tuple[str, str]]:
    return [
        (t["soort"], t["laatsteDag"])
        for t in await traject.diagnose.termijnen(traject.dossier, status)
        if t["soort"].endswith("rapportage")
    ]


async def test_een_rapportage_die_er_niet_op_tijd_is_wordt_een_gebeurtenis(
    diagnose: Diagnose,
) -> None:
    traject = await gestart(diagnose)
    assert await rapportagetermijnen(traject, "lopend") == [
        ("tussenrapportage", "2026-07-19"),
        ("eindrapportage", "2026-10-19"),
    ]
    await diagnose.naar(date(2026, 7, 19))
    assert "diagnosetermijn-verstreken" not in await traject.gebeurtenissen()
    await diagnose.naar(date(2026, 7, 20))
    assert (await traject.gebeurtenissen()).count("diagnosetermijn-verstreken") == 1


async def test_na_een_verlenging_moet_er_op_het_nieuwe_einde_nog_een_eindrapportage_zijn(
    diagnose: Diagnose,
) -> None:
    traject, _ = await met_plan(diagnose)
    await diagnose.naar(date(2026, 10, 12))
    await traject.meet(financien=4)
    eerste = await traject.rapport("eindrapportage")
    for rol, wie in ((PR, WSD), (KM, BOXTEL)):
        await traject.accordeer(eerste, rol, wie)
    verlenging: dict[str, Any] = {"verlengdOp": traject.vandaag, "einddatum": "2027-01-17"}
    await traject.doe("verlengingen", 400, **verlenging, reden=" ")
    await traject.doe("verlengingen", **verlenging, reden="De werkplek is er net.")
    assert await rapportagetermijnen(traject, "lopend") == [("eindrapportage", "2027-01-17")]
    await diagnose.naar(date(2027, 1, 12))
    await traject.meet(financien=5)
    await traject.rapport("eindrapportage")
    assert await rapportagetermijnen(traject, "lopend") == []
    assert "planregie-verlengd" in await traject.gebeurtenissen()


async def test_wie_eerder_stopt_hoeft_geen_tussenrapportage_meer_maar_wel_een_eindrapportage(
    diagnose: Diagnose,
) -> None:
    traject = await gestart(diagnose)
    await traject.doe("beeindigingen", beeindigdOp=traject.vandaag, reden="verhuizing")
    assert await rapportagetermijnen(traject, "lopend") == [("eindrapportage", "2026-10-19")]
    assert await rapportagetermijnen(traject, "vervallen") == [("tussenrapportage", "2026-07-19")]


# -- what is refused --------------------------------------------------------------------------


async def test_wat_nog_niet_kan_zegt_wat_er_eerst_moet(diagnose: Diagnose) -> None:
    traject = await aangemeld(diagnose)
    for onderdeel, body in (
        ("doelen", {"domein": "financien", "omschrijving": "x", "gesteldOp": traject.vandaag}),
        ("uren", {"medewerker": "A", "functie": PR, "op": traject.vandaag, "uren": "1"}),
        ("rapportages", {"soort": "eindrapportage", **WOORDEN}),
    ):
        fout = await traject.doe(onderdeel, 409, **body)
        assert fout["code"] in ("planregie-in-andere-toestand", "rapportage-zonder-zrm")
    await traject.doe("starts", gestartOp=traject.vandaag)
    assert (await traject.rapport("trajectplan", 409))["code"] == "rapportage-zonder-zrm"
    await traject.meet()
    assert (await traject.rapport("trajectplan", 409))["code"] == "trajectplan-zonder-doelen"
    fout = await traject.rapport("tussenrapportage", 409)
    assert fout["code"] == "rapportage-zonder-trajectplan"
    await traject.doel()
    await traject.rapport("trajectplan")
    await diagnose.naar(BEGIN + timedelta(days=31))
    fout = await traject.rapport("tussenrapportage", 409)
    assert "ouder dan 30 dagen" in fout["detail"]


@pytest.mark.parametrize(
    ("onderdeel", "body", "pad"),
    [
        ("uren", {"uren": "0"}, "body.uren"),
        ("uren", {"uren": "24.01"}, "body.uren"),
        ("uren", {"medewerker": "Jan de Vries"}, "body.medewerker"),
        ("doelen", {"domein": "geluk"}, "body.domein"),
        ("doelen", {"omschrijving": ""}, "body.omschrijving"),
        ("betrokkenen", {"soort": "buurman"}, "body.soort"),
        ("beeindigingen", {"reden": "zomaar"}, "body.reden"),
        ("rapportages", {"soort": "jaarverslag"}, "body.soort"),
        ("rapportages", {"samenvatting": ""}, "body.samenvatting"),
    ],
)
async def test_verkeerde_invoer_zegt_waar_zij_fout_is(
    diagnose: Diagnose, onderdeel: str, body: dict[str, Any], pad: str
) -> None:
    goed = {
        "uren": {"medewerker": "A", "functie": PR, "op": "2026-04-20", "uren": "1"},
        "doelen": {"domein": "financien", "omschrijving": "x", "gesteldOp": "2026-04-20"},
        "betrokkenen": {"soort": "zorg", "naam": "x"},
        "beeindigingen": {"beeindigdOp": "2026-04-20", "reden": "afgerond"},
        "rapportages": {"soort": "trajectplan", **WOORDEN},
    }
    traject = await gestart(diagnose)
    fout = await traject.doe(onderdeel, 400, **(goed[onderdeel] | body))
    assert [punt["pad"] for punt in fout["fouten"]] == [pad]


async def test_een_doel_kan_niet_weer_gaan_lopen_en_niet_twee_keer_worden_behaald(
    diagnose: Diagnose,
) -> None:
    traject = await gestart(diagnose)
    doel = await traject.doel()
    await traject.sluit(doel, "lopend", 400)
    await traject.sluit(doel)
    assert (await traject.sluit(doel, status=409))["code"] == "doel-al-afgesloten"
    await traject.sluit({"doelId": str(uuid4())}, status=404)
    anders = await traject.doel()
    await traject.sluit(anders, "vervallen")
    namen = await traject.gebeurtenissen()
    assert namen.count("doel-behaald") == 1


async def test_een_tweede_planregie_tegelijk_wordt_geweigerd(diagnose: Diagnose) -> None:
    traject = await aangemeld(diagnose)
    pad, body = f"{traject.dossier.pad}/planregies", {"aangemeldOp": traject.vandaag}
    fout = await diagnose.stuur(pad, body, rol=PR, status=409)
    assert fout["code"] == "planregie-loopt"
    await traject.doe("afmeldingen", op=traject.vandaag, reden="motivatie")
    await diagnose.stuur(pad, body, rol=PR)
    lijst = await diagnose.haal(pad, organisatie=BOXTEL)
    assert [p["status"] for p in lijst["resultaten"]] == ["niet-gestart", "aangemeld"]
    await diagnose.stuur(f"/dossiers/{uuid4()}/planregies", body, rol=PR, status=404)


async def test_iedereen_accordeert_een_keer_en_alleen_voor_de_eigen_kant(
    diagnose: Diagnose,
) -> None:
    traject, _ = await met_plan(diagnose)
    rapport = (await traject.lees())["rapportages"][0]
    await traject.accordeer(rapport)
    for medewerker in ("PR-1", "PR-2"):
        fout = await traject.accordeer(rapport, medewerker=medewerker, status=409)
        assert fout["code"] == "al-geaccordeerd"
    for rol, wie in ((PR, BOXTEL), (KM, WSD)):
        fout = await traject.accordeer(rapport, rol, wie, status=403)
        assert fout["code"] == "akkoord-niet-bevoegd"
    await traject.accordeer(rapport, "loonwaardedeskundige", WSD, status=403)
    await traject.accordeer(rapport, KM, VUGHT, status=404)
    assert (await traject.accordeer(rapport, KM, BOXTEL))["geaccordeerd"]
    fout = await traject.rapport("trajectplan", 409)
    assert fout["code"] == "rapportage-vastgesteld"


# -- who sees it ------------------------------------------------------------------------------


async def test_een_gemeente_ziet_alleen_de_planregie_van_de_eigen_kandidaten(
    diagnose: Diagnose,
) -> None:
    traject, doel = await met_plan(diagnose)
    rapport = (await traject.lees(BOXTEL))["rapportages"][0]
    document = f"{traject.pad}/rapportages/{rapport['rapportageId']}"
    assert (await diagnose.klant(BOXTEL).get(document)).status_code == 200
    for pad in (traject.pad, document, f"{traject.dossier.pad}/planregies"):
        assert (await diagnose.klant(VUGHT).get(pad)).status_code == 404
    # The path must be that of this kandidaat all the way.
    ander = await gestart(diagnose)
    verkeerd = f"{ander.pad}/rapportages/{rapport['rapportageId']}"
    assert (await diagnose.klant(BOXTEL).get(verkeerd)).status_code == 404
    await ander.sluit(doel, status=404)


async def test_elke_inzage_en_telling_wordt_vastgelegd(diagnose: Diagnose) -> None:
    traject, _ = await met_plan(diagnose)
    rapport = (await traject.lees(BOXTEL))["rapportages"][0]
    await diagnose.klant(BOXTEL).get(f"{traject.pad}/rapportages/{rapport['rapportageId']}")
    await diagnose.haal("/rapportages/planregie", organisatie=BOXTEL)
    async with diagnose.database.unit_of_work(BOXTEL) as uow:
        rijen = await uow.connection.fetch(
            "SELECT v.naam FROM verwerking v JOIN dossier d ON d.kandidaat_id = v.betrokkene"
            " WHERE d.id = $1 AND v.organisatie = $2 AND v.naam ~ 'ingezien|geteld'",
            UUID(traject.dossier.dossier_id),
            BOXTEL,
        )
    assert sorted(rij["naam"] for rij in rijen) == [
        "planregie geteld",
        "planregie ingezien",
        "planregierapportage ingezien",
    ]


async def test_wie_is_gewist_telt_niet_meer_mee(diagnose: Diagnose) -> None:
    son_en_breugel = "0848"
    await met_plan(diagnose, son_en_breugel)
    gewist = await gestart(diagnose, son_en_breugel)
    async with diagnose.database.unit_of_work(son_en_breugel) as uow:
        await uow.connection.execute(
            "DELETE FROM datasleutel WHERE kandidaat_id = $1", gewist.dossier.kandidaat_id
        )
        await uow.commit()
    cijfers = await diagnose.haal("/rapportages/planregie", organisatie=son_en_breugel)
    assert (cijfers["totaal"]["inwoners"], cijfers["lopend"]["doelenGesteld"]) == (1, 1)


async def test_bij_een_overdracht_gaat_de_planregie_mee(diagnose: Diagnose) -> None:
    oirschot = "0823"
    traject, _ = await met_plan(diagnose)
    rapport = (await traject.lees())["rapportages"][0]
    async with diagnose.database.unit_of_work(BOXTEL) as uow:
        await neem_over(uow, traject.dossier.kandidaat_id, oirschot)
        await uow.commit()
    await diagnose.haal(traject.pad, organisatie=BOXTEL, status=404)
    assert (await traject.lees(oirschot))["status"] == "lopend"
    document = f"{traject.pad}/rapportages/{rapport['rapportageId']}"
    antwoord = await diagnose.klant(oirschot).get(document)
    assert "Boxtel" in antwoord.text
    await traject.accordeer(rapport, KM, oirschot)
